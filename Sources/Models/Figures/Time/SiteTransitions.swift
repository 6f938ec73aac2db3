import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A sum of |u)(v| W, u and v being levels of some sites and W a sum of words of letters elsewhere: projections on
/// such levels, and their commutators with a Hamiltonian.
///
/// The vectors are those that raising letters make of lowest levels: |n) = a'^n |0>, of a spin J_p^n |down>, and |n>
/// of qubits and levels. So letters act on them with rational factors,
///
///     a'|n) = |n+1),  a|n) = n |n-1),  J_p|n) = |n+1),  J_m|n) = n (2J - n + 1) |n-1),  J_z|n) = (n - J) |n),
///
/// J_p on the last one giving zero, and what cancels in a commutator cancels exactly. (n|n) is n!, and of a spin n!
/// (2J)!/(2J - n)!.
///
/// |u)(v| times a word maps each basis state with the levels v to a multiple of one other, different ones to different
/// ones, and the others to zero: its magnitude is that of the word times sqrt((u|u)(v|v)). So it is a weighted shift as
/// the word is, and ``WeightGrowth`` bounds it by the modes on which the word acts: B is at least what they add to it,
/// whatever the levels of the sites are.
struct SiteTransitions: Sendable, Hashable {
  /// |u)(v|.
  struct Move: Sendable, Hashable {
    let to: [Int]
    let from: [Int]
  }

  /// The sites, in rising order.
  let sites: [Int]
  /// W for each move; none is zero.
  private(set) var terms: [Move: ModelPoint.Operator] = [:]
  /// Whether it is the projection that it began as.
  let isProjection: Bool

  private init(_ sites: [Int], isProjection: Bool) { (self.sites, self.isProjection) = (sites, isProjection) }

  /// The projection on a product state; nil where a site has another state than a level of a boson, a spin, a qubit or
  /// of levels, or a superposition of those of qubits and levels, and where the Hamiltonian joins such a site with
  /// others by a matrix.
  init?(projectingOn product: [(site: Int, state: SiteState)], _ point: ModelPoint) throws {
    let ordered = product.sorted { $0.site < $1.site }
    self.init(ordered.map(\.site), isProjection: true)
    let ring = point.scalars
    var moves: [(to: [Int], from: [Int], value: ScalarPolynomial)] = [([], [], ring.one)]
    for (site, state) in ordered {
      guard !state.isOpen else { return nil }
      switch point.basis.factors[point.basis.factor(ofSite: site)].kind {
      case .qubit, .levels: break
      case .boson, .spin: guard state.amplitudes.count == 1 else { return nil }
      default: return nil
      }
      var next: [(to: [Int], from: [Int], value: ScalarPolynomial)] = []
      for move in moves {
        for (k, a) in state.amplitudes {
          let share = ring.number(1 / Rational(point.squaredLength(of: k, at: site)))
          for (l, b) in state.amplitudes {
            let value = try ring.product(share, try ring.product(a, ring.conjugate(b)))
            next.append((move.to + [k], move.from + [l], try ring.product(move.value, value)))
          }
        }
      }
      moves = next
    }
    for (to, from, value) in moves { try add(value, [], Move(to: to, from: from), ring) }
    guard try point.hamiltonian().terms.keys.allSatisfy({ split($0, point) != nil }) else { return nil }
  }

  private mutating func add(
    _ coefficient: ScalarPolynomial, _ word: [Letter], _ move: Move, _ ring: ModelScalars
  ) throws {
    var sum = terms[move] ?? ModelPoint.Operator()
    try sum.add(coefficient, word, in: ring)
    terms[move] = sum.isZero ? nil : sum
  }

  /// i[H, X] of an operator H.
  ///
  /// - Throws: ``OutsideFragment`` beyond the sizes of operators.
  func change(by hamiltonian: ModelPoint.Operator, _ point: ModelPoint) throws -> SiteTransitions {
    var result = SiteTransitions(sites, isProjection: false)
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    let ring = point.scalars
    let unit = ring.imaginaryUnit()
    for (word, coefficient) in hamiltonian.sorted {
      guard let (own, other) = split(word, point) else {
        throw Unanswered(beyond: "rates of a weight of sites that a matrix joins with others are not served")
      }
      var rest = ModelPoint.Operator()
      try rest.add(try ring.product(unit, coefficient), other, in: ring)
      // (v|L is the adjoint of L'|v).
      let adjoint = Array(own.reversed().map { (place: $0.place, letter: $0.letter.adjoint) })
      for (move, factor) in terms {
        if let (to, number) = moved(move.to, by: own, point) {
          let product = try arithmetic.product(rest, factor)
          for (word, value) in product.terms {
            try result.add(try ring.product(ring.number(number), value), word, Move(to: to, from: move.from), ring)
          }
        }
        if let (from, number) = moved(move.from, by: adjoint, point) {
          let product = try arithmetic.product(factor, rest)
          for (word, value) in product.terms {
            try result.add(try ring.product(ring.number(-number), value), word, Move(to: move.to, from: from), ring)
          }
        }
      }
    }
    return result
  }

  /// The letters of a word that act on the sites, by their places there, and the others; nil where one acts on both.
  private func split(
    _ word: [Letter], _ point: ModelPoint
  ) -> (own: [(place: Int, letter: Letter)], other: [Letter])? {
    var own: [(place: Int, letter: Letter)] = []
    var other: [Letter] = []
    for letter in word {
      let met = point.basis.support(of: letter)
      if met.count == 1, let place = sites.firstIndex(of: met[0]), letter.movesLevels {
        own.append((place, letter))
      } else if !met.isEmpty, met.allSatisfy({ !sites.contains($0) }) {
        other.append(letter)
      } else {
        return nil
      }
    }
    return (own, other)
  }

  /// What letters make of |n), the last one first; nil for zero. ``split(_:_:)`` lets no others through.
  private func moved(
    _ levels: [Int], by letters: [(place: Int, letter: Letter)], _ point: ModelPoint
  ) -> (levels: [Int], factor: Rational)? {
    var (result, factor) = (levels, Rational(1))
    for (place, letter) in letters.reversed() {
      let n = result[place]
      let twice = (point.basis.dimension(ofSite: sites[place]) ?? 1) - 1
      switch letter.kind {
      case .boson(.creation): result[place] = n + 1
      case .boson(.annihilation):
        guard n > 0 else { return nil }
        (result[place], factor) = (n - 1, factor * Rational(Integer(n)))
      case .spin(.plus), .pauli(.plus):
        guard n < twice else { return nil }
        result[place] = n + 1
      case .spin(.minus):
        guard n > 0 else { return nil }
        (result[place], factor) = (n - 1, factor * Rational(Integer(n) * Integer(twice - n + 1)))
      case .pauli(.minus):
        guard n > 0 else { return nil }
        result[place] = n - 1
      case .spin(.z): factor = factor * Rational(Integer(2 * n - twice), 2)
      case .pauli(.z): factor = factor * Rational(Integer(2 * n - 1))
      case .level(let k, let l):
        guard n == l else { return nil }
        result[place] = k
      case .fermion, .matrix, .observable: return nil
      }
      if factor.signum == 0 { return nil }
    }
    return (result, factor)
  }

  /// sqrt((u|u) (v|v)).
  private func length(_ move: Move, _ point: ModelPoint, precision: Int) -> Interval {
    let square = sites.indices.reduce(Integer(1)) {
      $0 * point.squaredLength(of: move.to[$1], at: sites[$1]) * point.squaredLength(of: move.from[$1], at: sites[$1])
    }
    return Interval(square, precision: precision).squareRoot
  }

  /// The image of a basis state.
  func column(at state: BasisState, _ point: ModelPoint) throws -> [BasisState: ComplexInterval] {
    let levels = sites.map { point.basis.number(of: $0, in: state) }
    var result: [BasisState: ComplexInterval] = [:]
    for (move, factor) in terms where move.from == levels {
      let length = length(move, point, precision: point.precision)
      for (image, element) in try point.basis.column(of: factor, at: state, in: point.scalars) {
        var numbers = point.basis.numbers(of: image)
        for (site, level) in zip(sites, move.to) { numbers[site] = level }
        guard let there = point.basis.state(numbers) else {
          throw Unanswered(beyond: "rates of a weight of so many quanta are not served")
        }
        let own = try point.scalars.enclosure(element)
        let value = ComplexInterval(
          own.real.isExactZero ? own.real : length * own.real,
          own.imaginary.isExactZero ? own.imaginary : length * own.imaginary)
        result[there] = result[there].map { $0 + value } ?? value
      }
    }
    return result
  }

  /// The words as modes see them.
  func modeTerms(_ point: ModelPoint) throws -> [ModeTerm] {
    try terms.flatMap { move, factor in
      let length = length(move, point, precision: 64)
      return try ModeTerm.terms(of: factor, modes: point.modes, point).map {
        ModeTerm(word: $0.word, creations: $0.creations, annihilations: $0.annihilations, size: length * $0.size)
      }
    }
  }

  /// The mean in a start, exactly zero where no element meets two amplitudes; entire where it is not known, of rates in
  /// a start without a last level.
  func mean(in start: ModelState, _ point: ModelPoint) throws -> Interval {
    let off = start.distance.traceNorm
    guard isProjection || off.isZero else { return .entire(precision: point.precision) }
    let own = start.vectors.map { vector in
      vector.reduce(into: ModelState.Image()) { $0[start.states[$1.place]] = $1.number.value }
    }
    var isMet = false
    let images = try own.map { vector in
      var image: ModelState.Image = [:]
      for (state, amplitude) in vector {
        for (there, element) in try column(at: state, point) {
          guard start.places[there] != nil, !element.isExactlyZero else { continue }
          isMet = true
          image[there] = image[there].map { $0 + element * amplitude } ?? element * amplitude
        }
      }
      return image
    }
    let zero = Interval(0, precision: point.precision)
    let value = isMet ? start.form(images, own, precision: point.precision) : zero
    // A probability changes by at most the trace norm.
    return off.isZero ? value : value + .ball(off)
  }
}

extension Letter {
  /// Whether it takes a level of its site to a multiple of one level.
  fileprivate var movesLevels: Bool {
    switch kind {
    case .boson, .spin, .pauli, .level: true
    case .fermion, .matrix, .observable: false
    }
  }
}

extension ModelPoint {
  /// (n|n) of the vector that raising letters make of the lowest level of a site.
  fileprivate func squaredLength(of level: Int, at site: Int) -> Integer {
    let steps = level > 0 ? Array(1...level) : []
    switch basis.factors[basis.factor(ofSite: site)].kind {
    case .boson: return steps.reduce(Integer(1)) { $0 * Integer($1) }
    case .spin:
      let twice = (basis.dimension(ofSite: site) ?? 1) - 1
      return steps.reduce(Integer(1)) { $0 * Integer($1) * Integer(twice - $1 + 1) }
    default: return Integer(1)
    }
  }
}
