import ArbitraryPrecision
import Operators
import RigorousNumerics
import States

/// The Hamiltonian of some modes, of degree two and with rising levels: the sum of w_k n_k and the ground level after a
/// symplectic transformation and a displacement.
struct QuadraticEnergy {
  /// w_1, w_2, ...
  private(set) var frequencies: [Interval] = []
  /// The ground level.
  private(set) var ground: Interval

  /// Nil for Hamiltonians of another degree or of other modes.
  ///
  /// - Throws: ``Unanswered`` where there is no ground level.
  init?(
    _ polynomial: ModelPoint.Operator, at sites: [Int], of part: PartDeclaration, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    ground = Interval(0, precision: point.precision)
    let order = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var sets = DisjointSets(sites.count)
    var words: [(places: [Int], word: [Letter], value: ComplexInterval)] = []
    for (word, coefficient) in polynomial.sorted {
      guard word.count <= 2 else { return nil }
      let value = try point.scalars.enclosure(coefficient)
      guard value.isBounded else { throw NotToldYet(what: "a coefficient") }
      let places = word.compactMap { letter in
        point.basis.site(of: letter.factor, letter.cell).flatMap { order[$0] }
      }
      guard places.count == word.count else { return nil }
      if places.isEmpty { ground += value.real }
      for place in places.dropFirst() { sets.join(places[0], place) }
      words.append((places, word, value))
    }
    for group in sets.groups {
      let own = words.filter { $0.places.first.map(group.contains) ?? false }
      guard
        let found = group.count == 1
          ? try OneModeEnergy(own.map { ($0.word, $0.value) }, point.precision).levels
          : try QuadraticEnergy.levels(of: group, own, point, within: budget)
      else {
        throw Unanswered(
          beyond: part.hamiltonian.fault(
            "the Hamiltonian of '\(part.name)' has no levels that rise from a lowest one; accepted for energies over "
              + "unitaries: c*a'*a + (b*a'^2 + b'*a^2)/2 + ... with c above the magnitude of b, and positive "
              + "quadratic forms of several modes"
          ).message)
      }
      frequencies += found.frequencies
      ground += found.ground
    }
  }

  /// Of modes that two letters join: with :H: = R'hR/2 + g.R in normal order, h > 0, the levels are those of w_k (n_k +
  /// 1/2) with w_k twice the symplectic eigenvalues of h (Williamson), less the vacuum's tr h/2 and g'h^-1 g/2.
  private static func levels(
    of group: [Int], _ words: [(places: [Int], word: [Letter], value: ComplexInterval)], _ point: ModelPoint,
    within budget: Budget
  ) throws -> (frequencies: [Interval], ground: Interval)? {
    let precision = point.precision
    let order = group.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var h = IntervalMatrix(zero: 2 * group.count, precision: precision)
    let zero = Interval(0, precision: precision)
    var g = [Interval](repeating: zero, count: 2 * group.count)
    let half = Interval(1, precision: precision).scaled(byPowerOfTwo: -1)
    for (places, word, value) in words {
      let vectors = zip(places, word).map { place, letter in
        let first = 2 * (order[place] ?? 0)
        let turn = letter.kind == .boson(.creation) ? -half : half
        return [(first, ComplexInterval(half, zero)), (first + 1, ComplexInterval(zero, turn))]
      }
      for (j, u) in vectors[0] {
        // Of the sum with the adjoint the real parts alone are left.
        guard vectors.count == 2 else {
          g[j] += (value * u).real
          continue
        }
        for (k, v) in vectors[1] {
          let own = (value * u * v).real
          h[j, k] = h[j, k] + own
          h[k, j] = h[k, j] + own
        }
      }
    }
    switch h.isPositive {
    case .certainlyFalse: return nil
    case .undecided: throw NotToldYet(what: "whether a part has a ground level")
    case .certainlyTrue: break
    }
    guard let (lower, pivots) = h.eliminated, let values = try h.symplecticEigenvalues(within: budget) else {
      throw NotToldYet(what: "the levels of a part")
    }
    let frequencies = values.map { 2 * $0 }
    var ground = frequencies.reduce(zero, +)
    for j in g.indices { ground -= h[j, j] }
    var rest = g
    for k in rest.indices {
      ground -= rest[k].squared / pivots[k]
      for i in k + 1..<max(rest.count, k + 1) { rest[i] -= lower[i, k] * rest[k] }
    }
    return (frequencies, ground.scaled(byPowerOfTwo: -1))
  }
}

/// c a'a + (b a'^2 + conj(b) a^2)/2 + z a' + conj(z) a, c > |b|: by a Bogoliubov transformation and a displacement it
/// is w a'a + (w - c)/2 - (c |z|^2 - Re(conj(b) z^2))/w^2 with w = sqrt(c^2 - |b|^2).
private struct OneModeEnergy {
  /// Nil where there is no ground level.
  let levels: (frequencies: [Interval], ground: Interval)?

  init(_ words: [(word: [Letter], value: ComplexInterval)], _ precision: Int) throws {
    let zero = ComplexInterval.zero(precision: precision)
    var (c, b, z) = (zero.real, zero, zero)
    var isSqueezed = false
    for (word, value) in words {
      switch (word.count { $0.kind == .boson(.creation) }, word.count) {
      case (1, 1): z = value
      case (1, 2): c = value.real
      case (2, 2):
        b = ComplexInterval(2 * value.real, 2 * value.imaginary)
        isSqueezed = true
      default: break
      }
    }
    let square = c.squared - b.squaredMagnitude
    guard let sign = c.certainSign, let rest = square.certainSign else {
      throw NotToldYet(what: "whether a part has a ground level")
    }
    guard sign > 0, rest > 0 else {
      levels = nil
      return
    }
    let frequency = isSqueezed ? square.squareRoot : c
    let shift = c * z.squaredMagnitude - (b.conjugate * z * z).real
    levels = ([frequency], (isSqueezed ? (frequency - c) / 2 : zero.real) - shift / square)
  }
}
