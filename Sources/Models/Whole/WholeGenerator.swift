import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The right side of a master equation on all elements of a density matrix of a whole space,
///
///     L(t) rho = sum over j of f_j(t) M_j rho,
///
/// from formulas as they are written: M_j is a sparse complex matrix on the elements, row after row.
struct WholeGenerator {
  /// A function of time and its matrix.
  struct Part {
    /// f in `t` and `i`; nil for 1.
    let function: Expression?
    let rows: [[(column: Int, value: ComplexInterval)]]
    /// At least the 2-norm of the matrix: by Schur's test.
    let norm: Interval
  }

  /// A jump as it is written: rate (A rho B' - (B'A rho + rho B'A)/2).
  struct Jump {
    let left: ModelPoint.Operator
    let right: ModelPoint.Operator
    let rate: ScalarPolynomial
  }

  /// The number of rows of a density matrix.
  let dimension: Int
  private(set) var parts: [Part] = []

  /// The number of elements of all matrices.
  var entryCount: Int { parts.reduce(0) { $0 + $1.rows.reduce(0) { $0 + $1.count } } }
  /// Whether it depends on the time.
  var isDriven: Bool { parts.contains { $0.function != nil } }

  init(
    _ hamiltonian: ModelPoint.Operator, _ jumps: [Jump], _ space: WholeSpace, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    dimension = space.dimension
    var sums = Sums(dimension, point.precision)
    let imaginary = ComplexInterval(
      Interval(0, precision: point.precision), Interval(1, precision: point.precision))
    for (function, matrix) in try Self.pieces(hamiltonian, space, point, within: budget) {
      sums.add(-imaginary, function, left: matrix.columns)
      sums.add(imaginary, function, right: matrix.columns)
    }
    for jump in jumps {
      try budget.check()
      let rate: (function: Expression?, value: ComplexInterval)
      if jump.rate.holdsTime {
        let one = ComplexInterval(Interval(1, precision: point.precision), imaginary.real)
        rate = (jump.rate.formula.substituting(point.scalars.values), one)
      } else {
        rate = (nil, try point.scalars.enclosure(jump.rate))
      }
      let half = ComplexInterval(
        -rate.value.real.scaled(byPowerOfTwo: -1), -rate.value.imaginary.scaled(byPowerOfTwo: -1))
      let right = try Self.pieces(jump.right, space, point, isConjugate: true, within: budget)
      for (first, a) in try Self.pieces(jump.left, space, point, within: budget) {
        for (second, b) in right {
          let function = [rate.function, first, second].reduce(nil) { Self.product($0, $1) }
          sums.add(rate.value, function, left: a.columns, mirrored: b.columns)
          let square = Self.square(b.columns, a.columns)
          sums.add(half, function, left: square)
          sums.add(half, function, right: square)
        }
      }
    }
    parts = sums.parts
  }

  private static func product(_ a: Expression?, _ b: Expression?) -> Expression? {
    guard let a, let b else { return a ?? b }
    return a * b
  }

  /// An operator as functions of time with matrices, one for each word that holds the time.
  ///
  /// - Parameter isConjugate: whether the functions are conjugated.
  private static func pieces(
    _ written: ModelPoint.Operator, _ space: WholeSpace, _ point: ModelPoint, isConjugate: Bool = false,
    within budget: Budget
  ) throws -> [(function: Expression?, matrix: WholeSpace.Matrix)] {
    let one = ComplexInterval(Interval(1, precision: point.precision), Interval(0, precision: point.precision))
    var constant = ModelPoint.Operator()
    var result: [(function: Expression?, matrix: WholeSpace.Matrix)] = []
    for (word, coefficient) in written.sorted {
      guard coefficient.holdsTime else {
        try constant.add(coefficient, word, in: point.scalars)
        continue
      }
      let own = isConjugate ? point.scalars.conjugate(coefficient) : coefficient
      result.append(
        (own.formula.substituting(point.scalars.values), try space.matrix([(word, one)], within: budget)))
    }
    if !constant.isZero { result.append((nil, try space.matrix(try space.terms(constant), within: budget))) }
    return result
  }

  private typealias Columns = [[(row: Int, value: ComplexInterval)]]

  /// B'A.
  private static func square(_ b: Columns, _ a: Columns) -> Columns {
    var rows: [Int: [(column: Int, value: ComplexInterval)]] = [:]
    for (column, list) in b.enumerated() {
      for (row, value) in list { rows[row, default: []].append((column, value.conjugate)) }
    }
    return a.map { list in
      var sums: [Int: ComplexInterval] = [:]
      for (middle, x) in list {
        for (row, y) in rows[middle] ?? [] { sums[row] = sums[row].map { $0 + y * x } ?? y * x }
      }
      return sums.map { (row: $0.key, value: $0.value) }
    }
  }

  /// Matrices on elements as they are added up.
  private struct Sums {
    private let dimension: Int
    private let precision: Int
    private var order: [String] = []
    private var functions: [String: Expression?] = [:]
    private var entries: [String: [[Int: ComplexInterval]]] = [:]

    init(_ dimension: Int, _ precision: Int) { (self.dimension, self.precision) = (dimension, precision) }

    private mutating func open(_ function: Expression?) -> String {
      let name = function.map { "\($0)" } ?? ""
      if entries[name] == nil {
        order.append(name)
        functions[name] = .some(function)
        entries[name] = Array(repeating: [:], count: dimension * dimension)
      }
      return name
    }

    private mutating func add(_ value: ComplexInterval, _ name: String, _ row: Int, _ column: Int) {
      let known = entries[name]?[row][column]
      entries[name]?[row][column] = known.map { $0 + value } ?? value
    }

    /// c A rho.
    mutating func add(_ factor: ComplexInterval, _ function: Expression?, left: Columns) {
      let name = open(function)
      for (column, list) in left.enumerated() {
        for (row, value) in list {
          let product = factor * value
          for l in 0..<dimension { add(product, name, row * dimension + l, column * dimension + l) }
        }
      }
    }

    /// c rho B.
    mutating func add(_ factor: ComplexInterval, _ function: Expression?, right: Columns) {
      let name = open(function)
      for (column, list) in right.enumerated() {
        for (row, value) in list {
          let product = factor * value
          for k in 0..<dimension { add(product, name, k * dimension + column, k * dimension + row) }
        }
      }
    }

    /// c A rho B'.
    mutating func add(_ factor: ComplexInterval, _ function: Expression?, left: Columns, mirrored: Columns) {
      let name = open(function)
      for (i, list) in left.enumerated() {
        for (k, a) in list {
          let first = factor * a
          for (j, other) in mirrored.enumerated() {
            for (l, b) in other { add(first * b.conjugate, name, k * dimension + l, i * dimension + j) }
          }
        }
      }
    }

    var parts: [Part] {
      order.compactMap { name in
        guard let own = entries[name], let function = functions[name] else { return nil }
        let zero = Interval(0, precision: 64)
        var (columns, greatest) = ([Interval](repeating: zero, count: own.count), zero)
        let rows = own.map { row in
          let list = row.filter { !$0.value.isExactlyZero }.sorted { $0.key < $1.key }
          var sum = zero
          for (column, value) in list {
            let size = value.magnitude.rounded(to: 64)
            sum += size
            columns[column] += size
          }
          greatest = greatest.maximum(sum)
          return list.map { (column: $0.key, value: $0.value) }
        }
        let norm = (greatest * columns.reduce(zero) { $0.maximum($1) }).squareRoot
        return Part(function: function, rows: rows, norm: norm)
      }
    }
  }

  // MARK: - Functions of time

  /// The magnitudes of all functions on the square around a disc of radius r about all times of an interval; nil where
  /// one of them is not seen to be analytic there.
  func sizes(around time: Interval, radius: BigFloat) throws -> [Interval]? {
    let complex = ComplexSeriesContext(DefinedContext(precision: 64))
    let span = Interval.ball(radius)
    let variables = [
      "t": ComplexSeries(DefinedInterval(time.rounded(to: 64) + span), DefinedInterval(span)),
      "i": complex.imaginaryUnit,
    ]
    var sizes: [Interval] = []
    for part in parts {
      guard let function = part.function else {
        sizes.append(Interval(1, precision: 64))
        continue
      }
      let value = try Self.evaluated(function, complex, variables)
      let imaginary = value.imaginary ?? DefinedInterval(Interval(0, precision: 64))
      let size = value.real.interval.hypotenuse(imaginary.interval)
      guard value.real.isDefined, imaginary.isDefined, size.isBounded, !size.isEmpty else { return nil }
      sizes.append(size.rounded(to: 64))
    }
    return sizes
  }

  /// Taylor coefficients of the functions at all times of an interval; none for the constant.
  func series(at time: Interval, order: Int, precision: Int) throws -> [[ComplexInterval]] {
    let reals = TaylorSeriesContext(order: order, precision: precision)
    let complex = ComplexSeriesContext(reals)
    let variables = ["t": ComplexSeries(reals.variable(time)), "i": complex.imaginaryUnit]
    let zero = Interval(0, precision: precision)
    return try parts.map { part in
      guard let function = part.function else { return [] }
      let value = try Self.evaluated(function, complex, variables)
      let known = [value.real, value.imaginary].compactMap { $0 }
      guard known.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact && $0.coefficients.allSatisfy(\.isBounded) })
      else { throw Unanswered(undecided: "the drive is not known at a time") }
      return (0...order).map {
        ComplexInterval(value.real.coefficients[$0], value.imaginary?.coefficients[$0] ?? zero)
      }
    }
  }

  private static func evaluated<Context: EvaluationContext>(
    _ function: Expression, _ context: Context, _ variables: [String: Context.Value]
  ) throws -> Context.Value {
    do throws(ExpressionError) {
      return try function.evaluate(in: context, variables: variables)
    } catch {
      throw Unanswered(beyond: "a function of t by the second route: \(error.message)")
    }
  }

  /// A part's matrix times elements.
  static func image(_ part: Part, _ elements: [ComplexInterval], precision: Int) -> [ComplexInterval] {
    part.rows.map { row in
      row.reduce(ComplexInterval.zero(precision: precision)) { sum, entry in
        let x = elements[entry.column]
        return x.isExactlyZero ? sum : sum + entry.value * x
      }
    }
  }
}
