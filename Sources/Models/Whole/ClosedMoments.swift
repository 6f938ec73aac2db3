import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The means of finitely many words that close under the commutator with the Hamiltonian: a linear equation of their
/// own, without a state and without a cut-off.
///
/// With i[H, w_a] = sum over b of A_ab w_b in normal order the means m_a = <w_a> obey m' = A m, and m(t) = exp(tA) m(0)
/// by scaling, Taylor's series and squaring in interval arithmetic. In modes this asks for a state whose means of all
/// words are finite at all times, and differentiable: so they are where the flow exists by the commutator theorem with
/// the weight B, since |B^(m/2) psi| grows by e^(ct) at most for every m, and the starts that are served have all
/// moments; or where a number of quanta is kept.
struct ClosedMoments {
  /// The most words.
  static let greatestCount = 12

  private let words: [[Letter]]
  /// A, row after row.
  private let rows: [[ComplexInterval]]
  private let point: ModelPoint

  /// The words that an operator needs; nil where they are too many.
  init?(of operation: ModelPoint.Operator, _ point: ModelPoint, within budget: Budget) throws {
    self.point = point
    let hamiltonian = try point.hamiltonian()
    if !point.modes.isEmpty {
      let terms = try ModeTerm.terms(of: hamiltonian, modes: point.modes, point)
      guard QuantaBound(terms, point) != nil || Existence.weight(terms, modes: point.modes).weight != nil else {
        return nil
      }
    }
    var (arithmetic, ring) = (OperatorArithmetic(factors: point.basis.factors, ring: point.scalars), point.scalars)
    var words = operation.sorted.map(\.word)
    var places = words.enumerated().reduce(into: [[Letter]: Int]()) { $0[$1.element] = $1.offset }
    var (rows, next): ([[Int: ComplexInterval]], Int) = ([], 0)
    let unit = ring.imaginaryUnit()
    while next < words.count {
      guard words.count <= Self.greatestCount else { return nil }
      try budget.check()
      var single = ModelPoint.Operator()
      try single.add(ring.one, words[next], in: ring)
      let rate = try arithmetic.scaled(try arithmetic.commutator(hamiltonian, single), by: unit)
      var row: [Int: ComplexInterval] = [:]
      for (word, coefficient) in rate.sorted {
        if try ring.decision(isZero: coefficient) == .certainlyTrue { continue }
        if places[word] == nil {
          places[word] = words.count
          words.append(word)
        }
        let value = try ring.enclosure(coefficient)
        guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
        if let place = places[word] { row[place] = value }
      }
      rows.append(row)
      next += 1
    }
    guard !words.isEmpty, words.count <= Self.greatestCount else { return nil }
    let zero = ComplexInterval.zero(precision: point.precision)
    self.words = words
    self.rows = rows.map { row in words.indices.map { row[$0] ?? zero } }
  }

  /// The mean of the operator at a time, with the means of Hermitian operators at the start.
  func mean(
    of operation: ModelPoint.Operator, after time: Interval, within budget: Budget,
    start: (ModelPoint.Operator) throws -> Interval
  ) throws -> Interval {
    let n = words.count
    var generator = IntervalMatrix(zero: 2 * n, precision: point.precision)
    for (row, list) in rows.enumerated() {
      for (column, value) in list.enumerated() {
        (generator[row, column], generator[n + row, n + column]) = (value.real * time, value.real * time)
        (generator[row, n + column], generator[n + row, column]) = (-(value.imaginary * time), value.imaginary * time)
      }
    }
    let first = try words.map { try mean(ofWord: $0, start) }
    let end = try generator.exponential(within: budget).applied(to: first.map(\.real) + first.map(\.imaginary))
    var sum = Interval(0, precision: point.precision)
    for (word, coefficient) in operation.sorted {
      guard let place = words.firstIndex(of: word) else { continue }
      let value = try point.scalars.enclosure(coefficient)
      sum = sum + value.real * end[place] - value.imaginary * end[n + place]
    }
    return sum
  }

  /// <w> = <(w + w')/2> + i <(w - w')/(2i)>.
  private func mean(
    ofWord word: [Letter], _ start: (ModelPoint.Operator) throws -> Interval
  ) throws -> ComplexInterval {
    var (arithmetic, ring) = (OperatorArithmetic(factors: point.basis.factors, ring: point.scalars), point.scalars)
    var single = ModelPoint.Operator()
    try single.add(ring.one, word, in: ring)
    let adjoint = try arithmetic.adjoint(single)
    let half = ring.number(Rational(1, 2))
    let real = try arithmetic.scaled(try arithmetic.sum(single, adjoint), by: half)
    let turn = try ring.product(ring.number(Rational(-1, 2)), ring.imaginaryUnit())
    let imaginary = try arithmetic.scaled(try arithmetic.difference(single, adjoint), by: turn)
    let zero = Interval(0, precision: point.precision)
    return ComplexInterval(real.isZero ? zero : try start(real), imaginary.isZero ? zero : try start(imaginary))
  }
}
