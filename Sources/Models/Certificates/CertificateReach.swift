import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The places that a question's generator leads to from its start, with what leads there.
struct CertificateReach {
  /// How far to go: as far as it leads, some steps, or to all pairs of the states that it leads to.
  enum Extent {
    case all
    case steps(Int)
    case pairs
  }

  private typealias Column = [BasisState: ComplexInterval]
  /// f (K X + X R' + L X L') by the columns of K, R and L.
  private struct Term {
    let function: ScalarPolynomial?
    let left: ModelPoint.Operator
    let right: ModelPoint.Operator
    let around: ModelPoint.Operator?
    let rate: ScalarPolynomial?
  }

  private(set) var states: [BasisState] = []
  private(set) var places: [CertificatePlace] = []
  private let terms: [Term]
  private let problem: CertificateProblem
  private let limit: Int
  private var columns: [Int: [BasisState: Column]] = [:]
  private var numbers: [BasisState: Int] = [:]
  private var found: [CertificatePlace: Int] = [:]
  private var fresh: [CertificatePlace] = []

  /// The functions of time of the generator's parts; nil for the constant 1.
  var functions: [ScalarPolynomial?] { terms.map(\.function) }

  /// The places of the start.
  init(_ problem: CertificateProblem, limit: Int) throws {
    (self.problem, self.limit, terms) = (problem, limit, try Self.terms(problem))
    for (_, vector) in problem.kets {
      let own = vector.keys.sorted().map { number($0) }
      for a in own {
        for b in problem.isVector ? [0] : own where problem.isVector || a >= b {
          try enter(.init(row: a, column: b))
        }
      }
    }
  }

  mutating func grow(_ extent: Extent, within budget: Budget) throws {
    var level = 0
    while !fresh.isEmpty {
      if case .steps(let count) = extent, level >= count { return }
      let edge = fresh
      (fresh, level) = ([], level + 1)
      for place in edge {
        try budget.check()
        for term in terms.indices {
          let next = try images(term, place).sorted { ($0.row, $0.column ?? $0.row) < ($1.row, $1.column ?? $1.row) }
          for (row, column, _) in next {
            let (a, b) = (number(row), column.map { number($0) } ?? 0)
            try enter(.init(row: column == nil ? a : max(a, b), column: column == nil ? 0 : min(a, b)))
          }
        }
      }
      guard case .pairs = extent, fresh.isEmpty else { continue }
      for a in states.indices {
        for b in 0...a { try enter(.init(row: a, column: b)) }
      }
    }
  }

  private mutating func number(_ state: BasisState) -> Int {
    if let known = numbers[state] { return known }
    numbers[state] = states.count
    states.append(state)
    return states.count - 1
  }

  private mutating func enter(_ place: CertificatePlace) throws {
    guard found[place] == nil else { return }
    guard places.count < limit else { throw CertificateText.uncovered("more than \(limit) numbers of a state") }
    found[place] = places.count
    places.append(place)
    fresh.append(place)
  }

  /// The number of a product |row><column|, and whether it is not above the diagonal; nil where it is left out.
  func target(_ row: BasisState, _ column: BasisState?) -> (target: Int, isBelow: Bool)? {
    guard let a = numbers[row], let b = column.map({ numbers[$0] }) ?? 0 else { return nil }
    guard column != nil else { return found[.init(row: a, column: 0)].map { ($0, true) } }
    return found[.init(row: max(a, b), column: min(a, b))].map { ($0, a >= b) }
  }

  /// All products |v><u| that a place is led to, with their factors.
  mutating func images(
    _ term: Int, _ place: CertificatePlace
  ) throws -> [(row: BasisState, column: BasisState?, ComplexInterval)] {
    let (own, state) = (terms[term], states[place.row])
    var result: [(row: BasisState, column: BasisState?, ComplexInterval)] = []
    let other = problem.isVector ? nil : states[place.column]
    for (v, e) in try column(3 * term, own.left, state) { result.append((v, other, e)) }
    guard let other else { return result }
    for (v, e) in try column(3 * term + 1, own.right, other) { result.append((state, v, e.conjugate)) }
    guard let around = own.around, let rate = own.rate else { return result }
    let factor = try problem.point.scalars.enclosure(rate)
    for (v, e) in try column(3 * term + 2, around, state) {
      for (u, f) in try column(3 * term + 2, around, other) { result.append((v, u, factor * e * f.conjugate)) }
    }
    return result
  }

  private mutating func column(_ number: Int, _ polynomial: ModelPoint.Operator, _ state: BasisState) throws -> Column {
    if let known = columns[number]?[state] { return known }
    let point = problem.point
    let exact = try point.basis.column(of: polynomial, at: state, in: point.scalars)
    let found = try exact.mapValues { try point.scalars.enclosure($0) }
    columns[number, default: [:]][state] = found
    return found
  }

  private static func terms(_ problem: CertificateProblem) throws -> [Term] {
    let point = problem.point
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    let drop = -point.scalars.imaginaryUnit()
    var result = try point.timeParts(problem.hamiltonian).map { part in
      let adjoint = try arithmetic.adjoint(part.polynomial)
      return Term(
        function: part.function, left: try arithmetic.scaled(part.polynomial, by: drop),
        right: try arithmetic.scaled(adjoint, by: drop), around: nil, rate: nil)
    }
    for jump in problem.jumps {
      let square = try arithmetic.product(try arithmetic.adjoint(jump.left), jump.left)
      let moves = jump.rate.holdsTime
      let half = try point.scalars.product(
        moves ? point.scalars.one : jump.rate, point.scalars.number(Rational(-1, 2)))
      let own = try arithmetic.scaled(square, by: half)
      result.append(
        Term(
          function: moves ? jump.rate : nil, left: own, right: own, around: jump.left,
          rate: moves ? point.scalars.one : jump.rate))
    }
    return result
  }
}
