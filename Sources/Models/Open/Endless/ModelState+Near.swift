import ArbitraryPrecision
import Operators

extension ModelState {
  /// The state near to a finite matrix X.
  ///
  /// Q being the projector on the d basis states that are met, Q X Q = X >= Q rho Q - e Q for e = |rho - X|_1: X + e Q
  /// is positive, as figures of states ask for, and is within (1 + d) e of rho; in the norm of A the multiple of Q adds
  /// e Tr QA.
  ///
  /// - Parameters:
  ///   - elements: X, on and below the diagonal.
  ///   - states: the basis states on which X stands.
  ///   - error: e.
  ///   - weighted: at least |rho - X|_A for A = B^m, m > 0; nil where there is no bound.
  init(
    near elements: [DensityBlock.Place: ComplexInterval], on states: [BasisState], within error: Interval,
    _ weight: ModeWeight, _ point: ModelPoint, weighted: @escaping @Sendable (Rational) throws -> Interval?
  ) {
    let (precision, basis) = (point.precision, point.basis)
    var (elements, vectors) = (elements, states)
    let zero = Interval(0, precision: precision)
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    for state in states {
      let place = DensityBlock.Place(row: state, column: state)
      elements[place] = ComplexInterval(((elements[place]?.real ?? zero) + error).nonNegative, zero)
    }
    var coefficients: [Coefficient] = []
    for (place, value) in elements.sorted(by: { $0.key < $1.key }) {
      guard let row = numbers[place.row], let column = numbers[place.column] else { continue }
      if value.isExactlyZero { continue }
      coefficients.append(.init(row: row, column: column, number: StateNumber(value: value, exact: nil)))
      guard !place.isDiagonal else { continue }
      coefficients.append(.init(row: column, column: row, number: StateNumber(value: value.conjugate, exact: nil)))
    }
    let trace = (1 + states.count) * error
    // A state of one vector would count as pure.
    if states.count == 1 { vectors.append(states[0]) }
    let one = StateNumber(
      value: ComplexInterval(Interval(1, precision: precision), zero), exact: point.scalars.one)
    let none = VectorDistance(norm: Interval(0, precision: 64), weight: weight) { _ in Interval(0, precision: 64) }
    self.init(
      vectors: vectors.map { [$0: one] }, coefficients: coefficients,
      distance: StateDistance(
        traceNorm: trace.upper, vectors: vectors.map { _ in none }, dropped: trace,
        weightedDropped: { m in
          let sum = states.reduce(Interval(0, precision: 64)) {
            $0 + Interval(weight.value($1, basis), precision: 64).power(m)
          }
          return try m.signum == 0 ? trace : weighted(m).map { $0 + error * sum }
        }, exactMean: nil))
  }
}
