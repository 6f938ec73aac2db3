import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The lowest levels of a boson, alone or with finite sites, under a Hamiltonian that rises for good with its quanta.
///
/// - Diagonal. Every word keeps the quanta and the other sites' states: on each state of these the levels are
///   ``RisingLevels``, which rise from some number m on. Then the R lowest dimensions are among the quanta below m + R:
///   a state of more has R lower ones, with m to m + R - 1 quanta, below it.
/// - Quadratic. A a'a + B a'^2 + B* a^2 + C a' + C* a with A > 2|B| is w(b'b) + s after a turn and a shift
///   (Bogoliubov), with w = sqrt(A^2 - 4|B|^2) and s = (w - A)/2 + (2 Re(B C*^2) - A |C|^2)/w^2, the last the value of
///   the form at its only critical point.
struct BosonLevels {
  private let bosons: [Int]
  private let kinds: [Factor.Kind]
  private let terms: [[Letter]: ScalarPolynomial]
  private let place: ModelFormula
  private let point: ModelPoint

  init(
    _ bosons: [Int], _ kinds: [Factor.Kind], _ terms: [[Letter]: ScalarPolynomial], _ place: ModelFormula,
    _ point: ModelPoint
  ) {
    (self.bosons, self.kinds, self.terms, self.place, self.point) = (bosons, kinds, terms, place, point)
  }

  private static let accepted =
    "accepted for ergotropy, passive energy and copies of a part without end: functions of a'a that rise for good, and "
    + "positive quadratic forms of one boson"

  private static let couplesTwo = "couples two bosons of the part"
  private static let isNotDiagonal = "is not diagonal in quanta"

  func levels(room: Int, within budget: Budget) throws -> [PartLevels.Level] {
    guard bosons.count == 1 else { throw place.fault("\(Self.couplesTwo); \(Self.accepted)") }
    if kinds.count == 1, let form = try quadratic(room) { return form }
    let ring = point.scalars
    var found: [ScalarPolynomial: Integer] = [:]
    for levels in try rising(accepted: Self.accepted) {
      guard levels.start + room <= RisingLevels.greatestQuanta else {
        throw Unanswered(
          undecided: "a part's Hamiltonian with \(levels.start + room) levels (cap \(RisingLevels.greatestQuanta))")
      }
      for n in 0..<(levels.start + max(room, 1)) {
        try budget.check()
        found[try levels.exact(n, ring), default: 0] += 1
      }
    }
    return try found.map { .init(exact: $0.key, value: try ring.enclosure($0.key).real, count: $0.value) }
  }

  /// The place of the boson, and its levels beside each state of the finite sites.
  ///
  /// - Parameter accepted: what refusals say is accepted.
  func ladders(accepted: String) throws -> (boson: Int, levels: [RisingLevels]) {
    guard bosons.count == 1 else { throw place.fault("\(Self.couplesTwo); \(accepted)") }
    return (bosons[0], try rising(accepted: accepted))
  }

  private func rising(accepted: String) throws -> [RisingLevels] {
    guard terms.keys.allSatisfy(isDiagonal) else { throw place.fault("\(Self.isNotDiagonal); \(accepted)") }
    return try finiteStates().map { finite in
      try RisingLevels(
        finite.basis.numbers(of: finite.state), try coefficients(finite), place, accepted: accepted, point)
    }
  }

  private func isDiagonal(_ word: [Letter]) -> Bool {
    kinds.indices.allSatisfy { position in
      var change = 0
      for letter in word where letter.factor.position == position {
        switch letter.kind {
        case .boson(let ladder), .fermion(let ladder): change += ladder == .creation ? 1 : -1
        case .spin(.plus), .pauli(.plus): change += 1
        case .spin(.minus), .pauli(.minus): change -= 1
        case .spin(.z), .pauli(.z): break
        case .level(let k, let l): change += k - l
        case .observable, .matrix: return false
        }
      }
      return change == 0
    }
  }

  /// The states of the finite sites, with no quanta.
  private func finiteStates() throws -> [(basis: ProductBasis, state: BasisState)] {
    let basis: ProductBasis
    do {
      basis = try ProductBasis(Factors(kinds.enumerated().map { Factor("s\($0.offset)", $0.element) }))
    } catch { throw place.fault(error.description) }
    var numbers: [[Int]] = [[]]
    for position in kinds.indices {
      let size = basis.dimension(ofSite: position) ?? 1
      guard numbers.count * size <= 256 else {
        throw Unanswered(
          undecided: "a part's Hamiltonian that joins a boson to \(numbers.count * size) states (cap 256)")
      }
      numbers = numbers.flatMap { list in (0..<size).map { list + [$0] } }
    }
    return numbers.compactMap { basis.state($0) }.map { (basis, $0) }
  }

  /// The c_k on a state of the finite sites.
  private func coefficients(_ place: (basis: ProductBasis, state: BasisState)) throws -> [Int: ScalarPolynomial] {
    let ring = point.scalars
    var result: [Int: ScalarPolynomial] = [:]
    for (word, coefficient) in terms {
      let own = word.filter { !bosons.contains($0.factor.position) }
      let k = (word.count - own.count) / 2
      guard let (image, factor) = try place.basis.apply(own, to: place.state), image == place.state else { continue }
      // A word that keeps all numbers has squares of roots.
      var element = RadicalSum<ScalarPolynomial>()
      try element.add(coefficient, factor, in: ring)
      result[k] = ring.sum(result[k] ?? ring.number(0), try ring.value(of: element))
    }
    return result.filter { !ring.isZero($0.value) }
  }

  /// The levels of a positive quadratic form that is not diagonal; nil for other Hamiltonians.
  private func quadratic(_ room: Int) throws -> [PartLevels.Level]? {
    let (up, down) = (Letter.Kind.boson(.creation), Letter.Kind.boson(.annihilation))
    var (a, b, c) = (point.scalars.number(0), point.scalars.number(0), point.scalars.number(0))
    var isTurned = false
    for (word, coefficient) in terms {
      switch word.map(\.kind) {
      case [up, down]: a = coefficient
      case [up, up]: (b, isTurned) = (coefficient, true)
      case [up]: (c, isTurned) = (coefficient, true)
      case [down, down], [down]: break
      default: return nil
      }
    }
    guard isTurned else { return nil }
    let ring = point.scalars
    let (first, second, shift) = (try ring.enclosure(a).real, try ring.enclosure(b), try ring.enclosure(c))
    let square = first.squared - 4 * second.squaredMagnitude
    guard let sign = first.certainSign, let inner = square.certainSign else {
      throw NotToldYet(what: "whether a quadratic form is positive")
    }
    guard sign > 0, inner > 0 else { throw place.fault("is no positive quadratic form; \(Self.accepted)") }
    let frequency = square.squareRoot
    let turned = second * (shift * shift).conjugate
    let ground =
      (frequency - first).scaled(byPowerOfTwo: -1)
      + (2 * turned.real - first * shift.squaredMagnitude) / square
    return (0..<max(room, 1)).map {
      .init(exact: nil, value: ground + Interval($0, precision: point.precision) * frequency, count: 1)
    }
  }
}
