import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A place of a path: a basis state of a vector, or an element |row><column| of a density matrix, row not below column.
struct CertificatePlace: Hashable {
  let row: Int
  let column: Int
}

/// The generator of a question on the basis states that its path uses, in fixed point.
///
/// A density is kept as half of itself: X = T + T' with what stands on and below the diagonal, the diagonal halved, as
/// in docs/certificates.md (S5). Elements are midpoints: the checkers have their own.
struct CertificateMatrix {
  /// What a place adds to another one: to it, and to it conjugated.
  struct Entry {
    let target: Int
    let real: Integer
    let imaginary: Integer
    let isPlain: Bool
    let isTurned: Bool
  }

  /// A sum of entries times a function of the time; nil for the constant 1.
  struct Part {
    let function: ScalarPolynomial?
    var rows: [[Entry]]
  }

  /// Bits of the elements.
  let scale: Int
  private(set) var states: [BasisState] = []
  private(set) var places: [CertificatePlace] = []
  private(set) var parts: [Part] = []
  /// The sum of the magnitudes by which a place feeds places that are left out.
  private(set) var leaks: [Double] = []
  /// The greatest sum of the magnitudes of a column.
  private(set) var norm = 0.0

  private typealias Column = [BasisState: ComplexInterval]
  /// f (K X + X R' + L X L') by the columns of K, R and L.
  private struct Term {
    let function: ScalarPolynomial?
    let left: ModelPoint.Operator
    let right: ModelPoint.Operator
    let around: ModelPoint.Operator?
    let rate: ScalarPolynomial?
  }

  /// The most places.
  static let greatestSize = 20_000
  /// Whether the generator leads out of no listed state: what is left out is nothing.
  var isClosed: Bool { leaks.allSatisfy { $0 == 0 } }

  /// - Parameters:
  ///   - depth: how often the generator acts on what the start fills; nil for as often as it leads further.
  ///   - limit: the most places.
  /// - Throws: ``Unanswered`` beyond the limit.
  init(_ problem: CertificateProblem, scale: Int, depth: Int?, limit: Int, within budget: Budget) throws {
    self.scale = scale
    let terms = try Self.terms(problem)
    let point = problem.point
    var columns: [Int: [BasisState: Column]] = [:]
    func column(_ number: Int, _ polynomial: ModelPoint.Operator, _ state: BasisState) throws -> Column {
      if let known = columns[number]?[state] { return known }
      let exact = try point.basis.column(of: polynomial, at: state, in: point.scalars)
      let found = try exact.mapValues { try point.scalars.enclosure($0) }
      columns[number, default: [:]][state] = found
      return found
    }
    var numbers: [BasisState: Int] = [:]
    func number(_ state: BasisState) -> Int {
      if let known = numbers[state] { return known }
      numbers[state] = states.count
      states.append(state)
      return states.count - 1
    }
    var found: [CertificatePlace: Int] = [:]
    var fresh: [CertificatePlace] = []
    func enter(_ place: CertificatePlace) throws {
      guard found[place] == nil else { return }
      guard places.count < limit else { throw CertificateText.uncovered("more than \(limit) numbers of a state") }
      found[place] = places.count
      places.append(place)
      fresh.append(place)
    }
    for (_, vector) in problem.kets {
      for row in vector.keys.sorted() {
        let a = number(row)
        guard !problem.isVector else {
          try enter(.init(row: a, column: 0))
          continue
        }
        for column in vector.keys.sorted() {
          let b = number(column)
          if a >= b { try enter(.init(row: a, column: b)) }
        }
      }
    }
    // All products |v><u| that a place is led to, with their factors.
    func images(
      _ term: Int, _ place: CertificatePlace
    ) throws -> [(row: BasisState, column: BasisState?, ComplexInterval)] {
      let (own, state) = (terms[term], states[place.row])
      var result: [(row: BasisState, column: BasisState?, ComplexInterval)] = []
      let other = problem.isVector ? nil : states[place.column]
      for (v, e) in try column(3 * term, own.left, state) { result.append((v, other, e)) }
      guard let other else { return result }
      for (v, e) in try column(3 * term + 1, own.right, other) { result.append((state, v, e.conjugate)) }
      guard let around = own.around, let rate = own.rate else { return result }
      let factor = try point.scalars.enclosure(rate)
      for (v, e) in try column(3 * term + 2, around, state) {
        for (u, f) in try column(3 * term + 2, around, other) { result.append((v, u, factor * e * f.conjugate)) }
      }
      return result
    }
    var level = 0
    while !fresh.isEmpty, depth.map({ level < $0 }) ?? true {
      let edge = fresh
      (fresh, level) = ([], level + 1)
      for place in edge {
        try budget.check()
        for term in terms.indices {
          let next = try images(term, place).sorted { ($0.row, $0.column ?? $0.row) < ($1.row, $1.column ?? $1.row) }
          for (row, column, _) in next {
            let a = number(row)
            guard let column else {
              try enter(.init(row: a, column: 0))
              continue
            }
            let b = number(column)
            try enter(.init(row: max(a, b), column: min(a, b)))
          }
        }
      }
    }
    leaks = Array(repeating: 0, count: places.count)
    for (term, own) in terms.enumerated() {
      var part = Part(function: own.function, rows: Array(repeating: [], count: places.count))
      for (number, place) in places.enumerated() {
        try budget.check()
        let isHalf = !problem.isVector && place.row == place.column
        var total = 0.0
        for (row, column, value) in try images(term, place) {
          let value = isHalf ? ComplexInterval(value.real / 2, value.imaginary / 2) : value
          let size = value.real.magnitudeBound + value.imaginary.magnitudeBound
          total += size
          guard let a = numbers[row], let b = column.map({ numbers[$0] }) ?? 0 else {
            leaks[number] += size
            continue
          }
          guard let target = found[.init(row: max(a, b), column: min(a, b))] else {
            leaks[number] += size
            continue
          }
          let isTurned = column != nil && a <= b
          part.rows[number].append(
            Entry(
              target: target, real: value.real.fixed(scale), imaginary: value.imaginary.fixed(scale),
              isPlain: a >= b || column == nil, isTurned: isTurned))
        }
        norm = max(norm, total)
      }
      parts.append(part)
    }
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

extension Interval {
  /// Near to it as a multiple of 2^-scale.
  func fixed(_ scale: Int) -> Integer {
    guard let middle = midpoint?.rational else { return 0 }
    return (middle * Rational(Integer.powerOfTwo(scale))).floor
  }

  /// About its greatest magnitude.
  var magnitudeBound: Double { max(abs(lower.double(rounding: .down)), abs(upper.double(rounding: .up))) }
}
