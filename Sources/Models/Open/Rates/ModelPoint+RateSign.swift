import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

extension ModelPoint {
  /// Refuses rates that are negative at a time between two: only with rates that are not is the flow a limit
  /// of completely positive maps.
  ///
  /// - Parameters:
  ///   - start: the beginning of the span; nil for t = 0.
  ///   - exact: its end as a formula, where it is one: a rate may change its sign there.
  /// - Throws: ``BadInput`` for a rate that is negative at a time, or not real; ``Undecided``.
  func requireRates(
    _ dissipators: [Dissipator], from start: RateSign.Time? = nil, until end: Interval, exact: Constant? = nil,
    within budget: Budget
  ) throws {
    let zero = RateSign.Time(value: Interval(0, precision: 64), exact: Constant(0))
    let sign = RateSign(start: start ?? zero, end: .init(value: end, exact: exact), budget: budget)
    for jump in dissipators where jump.rate.holdsTime {
      guard try scalars.decision(isZero: jump.rate + -scalars.conjugate(jump.rate)) == .certainlyTrue else {
        throw jump.place.fault("the rate is negative or not real; accepted: rates of 0 or more at all times")
      }
      switch try outcome(of: jump, sign) {
      case .holds: continue
      case .fails(let time):
        let shown = time.double(rounding: .nearest)
        throw jump.place.fault("the rate is negative at t = \(shown); accepted: rates of 0 or more at all times")
      case .untold(let time):
        let shown = time.double(rounding: .nearest)
        throw Undecided(
          jump.place.fault("undecided whether the rate is negative at a time, near t = \(shown)").message)
      }
    }
  }

  /// The sign of a rate as it is written, where that is a formula in t alone, and else multiplied out.
  private func outcome(of jump: Dissipator, _ sign: RateSign) throws -> NonNegativity.Outcome {
    if let written = (try? scalars.written(jump.place.expression))?.substituting(scalars.values),
      written.isScalar, written.variables.subtracting(["t"]).isEmpty
    {
      return try sign.outcome(of: written)
    }
    let rate = jump.rate.formula.substituting(scalars.values)
    guard rate.variables.contains("i") else { return try sign.outcome(of: rate) }
    // Its imaginary part is zero, as was decided.
    do {
      return try sign.outcome { (time) throws(ExpressionError) in
        let complex = ComplexContext(precision: time.precision, continuesFunctions: true)
        let value = try rate.evaluate(in: complex, variables: ["t": complex.real(time), "i": complex.imaginaryUnit])
        return DefinedInterval(value.value.real, isDefined: value.isDefined)
      }
    } catch let error as ExpressionError { throw jump.place.fault(error.message) }
  }
}

extension Expression {
  /// Whether nothing but the arithmetic of numbers stands in it.
  fileprivate var isScalar: Bool {
    switch node {
    case .operation, .quantity: false
    default: node.children.allSatisfy(\.isScalar)
    }
  }
}
