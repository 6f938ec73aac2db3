import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

extension StartMatrix {
  /// The elements by row and column; zeros are left out.
  private func numbers(_ point: ModelPoint) throws -> [[Int]: ScalarPolynomial] {
    guard let dimension = point.basis.dimension else {
      throw place.fault("a vector or matrix of a space without end; accepted: spaces without bosons")
    }
    guard dimension == Integer(rows) else {
      throw place.fault("\(rows) rows of \(dimension) basis states; accepted: one row for each basis state")
    }
    var result: [[Int]: ScalarPolynomial] = [:]
    for element in elements {
      let key = [element.row, element.column]
      let value = try point.scalar(element.value.expression, element.value)
      result[key] = result[key].map { point.scalars.sum($0, value) } ?? value
    }
    return result.filter { !point.scalars.isZero($0.value) }
  }

  /// The vector, and the square of its length.
  func vector(_ point: ModelPoint) throws -> (vector: StartState.Vector, norm: ScalarPolynomial) {
    let ring = point.scalars
    var (vector, norm) = (StartState.Vector(), ring.number(0))
    for (key, number) in try numbers(point) {
      guard let state = point.basis.state(at: key[0]) else { continue }
      vector[state] = number
      norm = ring.sum(norm, try ring.product(ring.conjugate(number), number))
    }
    return (vector, norm)
  }

  /// The most rows of a density matrix.
  private static let greatestDensity = 256

  /// The density matrix: of rational elements a sum of as many vectors with weights as its rank, else its elements
  /// between basis states.
  ///
  /// - Throws: ``BadInput`` for what is no state, with what it is off by, ``Undecided``, ``NotToldYet``.
  func density(_ point: ModelPoint, isNormalised: Bool, within budget: Budget) throws -> StartFrame {
    let ring = point.scalars
    let numbers = try numbers(point)
    guard rows <= Self.greatestDensity else {
      throw Unanswered(undecided: "a density matrix of \(rows) rows (cap \(Self.greatestDensity))")
    }
    try requireHermitian(numbers, ring)
    let trace = numbers.reduce(ring.number(0)) { $1.key[0] == $1.key[1] ? ring.sum($0, $1.value) : $0 }
    var share = try StartState.number(ring.one, ring)
    if isNormalised {
      let value = try ring.enclosure(trace).real
      guard let sign = value.certainSign else { throw NotToldYet(what: "the trace of the start") }
      guard sign > 0 else { throw place.fault("the trace of the start is not positive; accepted: positive traces") }
      let zero = Interval(0, precision: value.precision)
      share = StateNumber(value: ComplexInterval(1 / value, zero), exact: try? ring.reciprocal(trace))
    } else {
      try Populations.requireUnit(
        trace, "the elements on the diagonal", place, ring, accepted: "the trace 1, or 'normalised: true'")
    }
    // Rows of which all elements are zero are left out.
    let used = Set(numbers.keys.joined()).sorted()
    let states = used.compactMap(point.basis.state)
    if let decomposition = try rational(numbers, used) {
      guard let terms = decomposition else { throw try negative(numbers, used, point, within: budget) }
      var frame = StartFrame(vectors: [], coefficients: [])
      for term in terms.terms {
        var vector = StartState.Vector()
        for (row, state) in states.enumerated() {
          let number = GaussianRational(Rational(term.real[row]), Rational(term.imaginary[row]))
          if !number.isZero { vector[state] = ScalarPolynomial(number) }
        }
        frame.add(vector, weight: try StartState.number(ring.number(term.weight), ring).product(share, ring))
      }
      return frame
    }
    try requirePositive(numbers, used, point, within: budget)
    let places = used.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    return StartFrame(
      vectors: states.map { [$0: ring.one] },
      coefficients: try numbers.compactMap { key, number in
        guard let row = places[key[0]], let column = places[key[1]] else { return nil }
        return .init(row: row, column: column, number: try StartState.number(number, ring).product(share, ring))
      })
  }

  private func requireHermitian(_ numbers: [[Int]: ScalarPolynomial], _ ring: ModelScalars) throws {
    for (key, number) in numbers.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let (row, column) = (key[0], key[1])
      let mirror = numbers[[column, row]].map(ring.conjugate) ?? ring.number(0)
      let difference = ring.sum(number, ring.negation(mirror))
      switch try ring.decision(isZero: difference) {
      case .certainlyTrue: continue
      case .certainlyFalse:
        let off = try ring.enclosure(difference).magnitude
        throw place.fault(
          "element (\(row), \(column)) differs from the conjugate of (\(column), \(row)) by "
            + "\(Populations.measured(off)); accepted: Hermitian matrices")
      case .undecided:
        throw Undecided(
          place.fault("undecided whether element (\(row), \(column)) is the conjugate of its mirror").message)
      }
    }
  }

  /// The decomposition of a rational matrix, nil inside where there is a negative eigenvalue; nil of others.
  private func rational(_ numbers: [[Int]: ScalarPolynomial], _ used: [Int]) throws -> RankDecomposition?? {
    guard numbers.values.allSatisfy({ $0.number != nil }) else { return nil }
    return .some(
      RankDecomposition(used.count) { row, column in
        numbers[[used[row], used[column]]]?.number.map { ($0.real, $0.imaginary) } ?? (0, 0)
      })
  }

  private func spectrum(
    _ numbers: [[Int]: ScalarPolynomial], _ used: [Int], _ point: ModelPoint, within budget: Budget
  ) throws -> [Interval] {
    let zero = ComplexInterval.zero(precision: point.precision)
    let values = try numbers.mapValues(point.scalars.enclosure)
    let matrix = HermitianMatrix(used.count, precision: point.precision) { values[[used[$0], used[$1]]] ?? zero }
    return try HermitianSpectrum(matrix, bits: point.precision, within: budget).eigenvalues
  }

  private func negative(
    _ numbers: [[Int]: ScalarPolynomial], _ used: [Int], _ point: ModelPoint, within budget: Budget
  ) throws -> BadInput {
    let least = try spectrum(numbers, used, point, within: budget)[0]
    return place.fault(
      "the matrix has a negative eigenvalue, about \(Populations.measured(least)); accepted: matrices without one")
  }

  /// The most rows of which signs of sums of principal minors are decided.
  private static let greatestMinors = 4

  /// Refuses a matrix with a negative eigenvalue.
  ///
  /// A Hermitian matrix has none where enclosures say so, or where all sums of its principal minors of one size, the
  /// elementary symmetric functions of its eigenvalues, are at least zero.
  private func requirePositive(
    _ numbers: [[Int]: ScalarPolynomial], _ used: [Int], _ point: ModelPoint, within budget: Budget
  ) throws {
    let values = try spectrum(numbers, used, point, within: budget)
    guard let least = values.first, least.lower.signum < 0 else { return }
    if least.upper.signum < 0 { throw try negative(numbers, used, point, within: budget) }
    guard used.count <= Self.greatestMinors else {
      throw NotToldYet(what: "whether the start has negative eigenvalues")
    }
    let ring = point.scalars
    for size in 1...used.count {
      var sum = ring.number(0)
      for chosen in Self.subsets(used, size) {
        sum = ring.sum(sum, try Self.determinant(chosen, chosen, numbers, ring))
      }
      if try ring.decision(isZero: sum) == .certainlyTrue { continue }
      guard let sign = try ring.enclosure(sum).real.certainSign else {
        throw NotToldYet(what: "whether the start has negative eigenvalues")
      }
      if sign < 0 { throw try negative(numbers, used, point, within: budget) }
    }
  }

  private static func subsets(_ numbers: [Int], _ size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return numbers.indices.flatMap { place in
      subsets(Array(numbers[(place + 1)...]), size - 1).map { [numbers[place]] + $0 }
    }
  }

  /// The determinant by its first row.
  private static func determinant(
    _ rows: [Int], _ columns: [Int], _ numbers: [[Int]: ScalarPolynomial], _ ring: ModelScalars
  ) throws -> ScalarPolynomial {
    guard let first = rows.first else { return ring.one }
    var sum = ring.number(0)
    for (place, column) in columns.enumerated() {
      guard let element = numbers[[first, column]] else { continue }
      let rest = columns.filter { $0 != column }
      let term = try ring.product(element, try determinant(Array(rows.dropFirst()), rest, numbers, ring))
      sum = ring.sum(sum, place.isMultiple(of: 2) ? term : ring.negation(term))
    }
    return sum
  }
}
