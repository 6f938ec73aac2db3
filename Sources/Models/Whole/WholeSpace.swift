import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// All basis states of some sites, and operators on them letter by letter: what the second route of a model works on.
///
/// The states are counted with the first site slowest, whatever a start reaches, so that the matrix of a letter is the
/// Kronecker product of its own matrix with ones on the other sites, and with signs on fermions before a fermion's.
/// Formulas are taken as they are written: no letters are exchanged, no normal order is formed. Modes are cut off at
/// some quanta, and words pass through higher ones: what is cut off is what a whole word leads to.
struct WholeSpace: Sendable {
  /// The sites, in the order of the model.
  let sites: [Int]
  /// How many numbers each of them has; a spin of qubits that is expanded has all 2^N.
  let sizes: [Int]
  /// The number of basis states.
  let dimension: Int
  private let expanded: Set<Int>
  private let kinds: [Factor.Kind]
  private let strides: [Int]
  private let places: [Int: Int]
  private let point: ModelPoint

  /// A word with its coefficient.
  typealias Term = (word: [Letter], coefficient: ComplexInterval)

  /// The space of some sites.
  ///
  /// - Parameters:
  ///   - levels: the numbers of quanta of modes, by site.
  ///   - expanded: spins of qubits that stand for all 2^N states of their qubits: bits of a number, 1 for `up`.
  init(_ sites: [Int], levels: [Int: Int], expanded: Set<Int> = [], _ point: ModelPoint) throws {
    (self.sites, self.expanded, self.point) = (sites, expanded, point)
    kinds = sites.map { point.basis.factors[point.basis.factor(ofSite: $0)].kind }
    sizes = sites.map { site in
      let dimension = point.basis.dimension(ofSite: site) ?? levels[site] ?? 1
      return expanded.contains(site) ? 1 << min(dimension - 1, 24) : dimension
    }
    var strides: [Int] = []
    var count = 1
    for size in sizes.reversed() {
      strides.append(count)
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      guard !isTooLarge, product <= WholeSpace.greatestSize else { throw WholeSpace.limit.exceeded }
      count = product
    }
    (self.strides, dimension) = (strides.reversed(), count)
    places = sites.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
  }

  /// The most basis states.
  static let greatestSize = 4096
  /// The most states times words.
  private static let greatestCount = 200_000
  /// How far the second route reaches.
  static let limit = Limit(
    [], "spaces of at most \(greatestSize) basis states and times of little work on them",
    because: "it takes all of them, whatever the start reaches")

  /// The numbers of a state.
  func numbers(_ index: Int) -> [Int] { sizes.indices.map { index / strides[$0] % sizes[$0] } }

  /// The place of numbers; nil of those that are cut off.
  func index(_ numbers: [Int]) -> Int? {
    var result = 0
    for (place, number) in numbers.enumerated() {
      guard number < sizes[place] else { return nil }
      result += number * strides[place]
    }
    return result
  }

  /// The words of a formula as it is written, with enclosed coefficients.
  func terms(_ written: ModelPoint.Operator) throws -> [Term] {
    try written.sorted.map { word, coefficient in
      let value = try point.scalars.enclosure(coefficient)
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
      return (word, value)
    }
  }

  /// What a sum of words makes of a basis state, states that are cut off included.
  func column(_ terms: [Term], at numbers: [Int]) throws -> [[Int]: ComplexInterval] {
    var result: [[Int]: ComplexInterval] = [:]
    for (word, coefficient) in terms {
      var images = [(numbers: numbers, value: coefficient)]
      for letter in word.reversed() {
        images = try images.flatMap { image in
          try apply(letter, to: image.numbers).map { (numbers: $0.numbers, value: $0.factor * image.value) }
        }
      }
      for image in images {
        result[image.numbers] = result[image.numbers].map { $0 + image.value } ?? image.value
      }
    }
    return result.filter { !$0.value.isExactlyZero }
  }

  /// The states that a letter makes of one, with their factors.
  private func apply(_ letter: Letter, to numbers: [Int]) throws -> [(numbers: [Int], factor: ComplexInterval)] {
    let own = point.basis.sites(of: letter)
    guard let first = own.first, let place = places[first] else {
      throw Unanswered(beyond: "an operator outside of the sites that the second route looks at")
    }
    let n = numbers[place]
    func image(_ number: Int, _ factor: Interval) -> [(numbers: [Int], factor: ComplexInterval)] {
      var moved = numbers
      moved[place] = number
      return [(moved, ComplexInterval(factor, Interval(0, precision: point.precision)))]
    }
    func number(_ value: Int) -> Interval { Interval(value, precision: point.precision) }
    switch letter.kind {
    case .boson(.creation): return image(n + 1, number(n + 1).squareRoot)
    case .boson(.annihilation): return n == 0 ? [] : image(n - 1, number(n).squareRoot)
    case .fermion(let ladder):
      guard n == (ladder == .creation ? 0 : 1) else { return [] }
      let before = (0..<place).count { kinds[$0] == .fermion && numbers[$0] == 1 }
      return image(1 - n, number(before.isMultiple(of: 2) ? 1 : -1))
    case .spin(let component):
      let twice = (point.basis.dimension(ofSite: first) ?? 1) - 1
      if expanded.contains(first) {
        let up = n.nonzeroBitCount
        if component == .z { return image(n, number(2 * up - twice) / 2) }
        return (0..<twice).filter { (n >> $0 & 1 == 0) == (component == .plus) }.flatMap {
          image(n ^ (1 << $0), number(1))
        }
      }
      // sqrt(J(J + 1) - m(m +- 1)) with m = n - J.
      let (j, m) = (Rational(Integer(twice), 2), Rational(Integer(2 * n - twice), 2))
      switch component {
      case .z: return image(n, Interval(m, precision: point.precision))
      case .plus:
        return n == twice
          ? [] : image(n + 1, Interval(j * (j + 1) - m * (m + 1), precision: point.precision).squareRoot)
      case .minus:
        return n == 0 ? [] : image(n - 1, Interval(j * (j + 1) - m * (m - 1), precision: point.precision).squareRoot)
      }
    case .pauli(.plus): return n == 0 ? image(1, number(1)) : []
    case .pauli(.minus): return n == 1 ? image(0, number(1)) : []
    case .pauli(.z): return image(n, number(2 * n - 1))
    case .level(let k, let l): return n == l ? image(k, number(1)) : []
    case .matrix(let matrix):
      let (from, count) = (place, own.count)
      guard (0..<count).allSatisfy({ places[first + $0] == from + $0 }) else {
        throw Unanswered(beyond: "a matrix on places of which some stay outside")
      }
      let column = (from..<from + count).reduce(0) { $0 * sizes[$1] + numbers[$1] }
      return matrix.column(column).map { row, value in
        var (moved, left) = (numbers, row)
        for site in (from..<from + count).reversed() {
          moved[site] = left % sizes[site]
          left /= sizes[site]
        }
        return (
          moved,
          ComplexInterval(
            Interval(value.real, precision: point.precision), Interval(value.imaginary, precision: point.precision))
        )
      }
    case .observable: throw Unanswered(beyond: "an observable without a matrix")
    }
  }

  /// A matrix by its columns, and what leads out of the space.
  struct Matrix: Sendable {
    /// The elements of each column that are not zero.
    fileprivate(set) var columns: [[(row: Int, value: ComplexInterval)]] = []
    /// The elements of each column to states that are cut off.
    fileprivate(set) var outside: [[(numbers: [Int], value: ComplexInterval)]] = []

    /// At least the 2-norm, on the states of the space alone: by Schur's test.
    var norm: Interval {
      let zero = Interval(0, precision: 64)
      var (rows, greatest) = ([Interval](repeating: zero, count: columns.count), zero)
      for column in columns {
        var sum = zero
        for (row, value) in column {
          let size = value.magnitude.rounded(to: 64)
          rows[row] += size
          sum += size
        }
        greatest = greatest.maximum(sum)
      }
      return (greatest * rows.reduce(zero) { $0.maximum($1) }).squareRoot
    }

    /// Which states are reached from some.
    func reached(from start: [Int]) -> [Bool] {
      var isReached = [Bool](repeating: false, count: columns.count)
      for index in start { isReached[index] = true }
      var front = start
      while let column = front.popLast() {
        for (row, _) in columns[column] where !isReached[row] {
          isReached[row] = true
          front.append(row)
        }
      }
      return isReached
    }

    /// The elements as a Hermitian matrix.
    func hermitian(precision: Int) -> HermitianMatrix {
      var rows = Array(
        repeating: Array(repeating: ComplexInterval.zero(precision: precision), count: columns.count),
        count: columns.count)
      for (column, list) in columns.enumerated() { for (row, value) in list { rows[row][column] = value } }
      return HermitianMatrix(columns.count, precision: precision) { rows[$0][$1] }
    }

    /// The image of a vector, on the states of the space.
    func applied(to vector: [ComplexInterval], precision: Int) -> [ComplexInterval] {
      var result = Array(repeating: ComplexInterval.zero(precision: precision), count: columns.count)
      for (column, list) in columns.enumerated() where !vector[column].isExactlyZero {
        for (row, value) in list { result[row] = result[row] + value * vector[column] }
      }
      return result
    }
  }

  /// The matrix of a sum of words.
  func matrix(_ terms: [Term], within budget: Budget) throws -> Matrix {
    guard dimension * terms.count <= Self.greatestCount else { throw Self.limit.exceeded }
    var result = Matrix()
    for index in 0..<dimension {
      if index % 64 == 63 { try budget.check() }
      var (inside, outside): ([(row: Int, value: ComplexInterval)], [(numbers: [Int], value: ComplexInterval)]) = (
        [], []
      )
      for (numbers, value) in try column(terms, at: self.numbers(index)) {
        if let row = self.index(numbers) { inside.append((row, value)) } else { outside.append((numbers, value)) }
      }
      result.columns.append(inside)
      result.outside.append(outside)
    }
    return result
  }
}

extension ModelPoint {
  /// The words of a formula in the order in which they are written.
  func asWritten(_ formula: ModelFormula) throws -> Operator {
    try reading(formula) { reader in try reader.asWritten(formula.expression) }
  }
}
