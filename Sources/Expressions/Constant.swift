import ArbitraryPrecision

/// A real number given exactly by a formula in integers, decimals, `pi`, `sqrt` and + - * / ^.
///
/// Made only when the formula has a value and every part of it is zero or has a magnitude from 2^-65536 to 2^65536.
/// Questions about it are answered exactly for quotients of polynomials in pi over numbers built from rationals by
/// + - * / and square roots; otherwise by enclosures; and with nil or `undecided` when neither can tell.
public struct Constant: Sendable {
  /// The formula.
  public let expression: Expression
  private let form: ExactForm?

  /// The exponent of the largest and, negated, of the least magnitude.
  public static let greatestExponent = 65536

  /// Bits at which undecided questions are given up when no exact form is at hand.
  private static let decisionBits = 8192

  /// Bits at which the sign of a number that is known not to be zero is given up.
  private static let signBits = 1 << 18

  /// Reads a constant.
  ///
  /// - Throws: an ``ExpressionError`` that points at the column: not of the grammar, no value, out of range, or
  ///   undecided whether it has one.
  public init(parsing text: String) throws(ExpressionError) {
    try self.init(Expression(parsing: text, offering: [.sqrt]))
  }

  /// The constant of a formula without variables.
  public init(_ expression: Expression) throws(ExpressionError) {
    self.expression = expression
    form = try Constant.check(expression).form
  }

  /// An exact rational.
  public init(_ value: Rational) {
    expression = .number(value)
    form = ExactForm(value)
  }

  /// The enclosure of the number at a precision.
  public func enclosure(precision: Int) -> Interval {
    // The formula was checked: no names are left, so evaluation cannot fail.
    (try? expression.evaluate(in: IntervalContext(precision: precision))) ?? .entire(precision: precision)
  }

  /// The number when it is visibly rational.
  public var rational: Rational? { form?.rational }

  /// Whether the number is zero.
  public var isZero: Decision { Constant.isZero(form, expression) }

  /// Minus one, zero or one; nil when undecided.
  public var sign: Int? {
    if let rational { return rational.signum }
    switch isZero {
    case .certainlyTrue: return 0
    case .certainlyFalse: return Constant.nonZeroEnclosure(expression, upTo: Constant.signBits)?.certainSign
    case .undecided: return nil
    }
  }

  /// What is known of a number being an integer.
  public enum Integrality: Sendable, Hashable {
    /// It is this integer.
    case integer(Integer)
    /// It is certainly none.
    case none
    /// Neither can be shown.
    case undecided
  }

  /// Whether the number is an integer, and which.
  public var integrality: Integrality {
    if let rational { return rational.integer.map { .integer($0) } ?? .none }
    var bits = 128
    while bits <= Constant.greatestExponent * 2 {
      let value = enclosure(precision: bits)
      // The integers in the enclosure are -floor(-lower) ... floor(upper).
      guard let least = (-value.lower).floor.map({ -$0 }), let high = value.upper.floor else { return .undecided }
      if least > high { return .none }
      if least == high {
        guard let difference = try? Constant(expression - .number(Rational(high))) else { return .undecided }
        switch difference.isZero {
        case .certainlyTrue: return .integer(high)
        case .certainlyFalse: return .none
        case .undecided: return .undecided
        }
      }
      bits *= 2
    }
    return .undecided
  }

  // MARK: - Checks

  private static func isZero(_ form: ExactForm?, _ expression: Expression) -> Decision {
    if let decision = form?.isZero, decision != .undecided { return decision }
    return nonZeroEnclosure(expression, upTo: decisionBits) == nil ? .undecided : .certainlyFalse
  }

  /// An enclosure without zero of a formula that is not zero, at growing precision; nil when none is found.
  private static func nonZeroEnclosure(_ expression: Expression, upTo greatest: Int) -> Interval? {
    var bits = 128
    while bits <= greatest {
      let value = try? expression.evaluate(in: IntervalContext(precision: bits))
      if let value, let sign = value.certainSign, sign != 0 { return value }
      bits *= 2
    }
    return nil
  }

  private static func check(_ expression: Expression) throws(ExpressionError) -> (form: ExactForm?, value: Interval) {
    let column = expression.column
    let context = IntervalContext(precision: 128)
    let result: (form: ExactForm?, value: Interval)
    switch expression.node {
    case .number(let value): result = (ExactForm(value), context.number(value))
    case .pi: result = (.pi, context.pi)
    case .variable(let name):
      throw ExpressionError(
        .malformed, column: column, "unknown name '\(name)'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )")
    case .negation(let a):
      let x = try check(a)
      result = (x.form.flatMap { -$0 }, -x.value)
    case .sum(let a, let b):
      let (x, y) = (try check(a), try check(b))
      result = (combined(x.form, y.form) { $0 + $1 }, x.value + y.value)
    case .difference(let a, let b):
      let (x, y) = (try check(a), try check(b))
      result = (combined(x.form, y.form) { p, q in (-q).flatMap { p + $0 } }, x.value - y.value)
    case .product(let a, let b):
      let (x, y) = (try check(a), try check(b))
      result = (combined(x.form, y.form) { $0 * $1 }, x.value * y.value)
    case .quotient(let a, let b):
      let (x, y) = (try check(a), try check(b))
      let divisor = try nonZero(y, b, column)
      result = (combined(x.form, y.form) { $0 * $1.reciprocal }, x.value / divisor)
    case .power(let a, let n):
      let x = try check(a)
      let value = (n < 0 ? try nonZero(x, a, column) : x.value).power(n)
      // The range first: an exact power is formed only when its magnitude is within bounds.
      try requireRange(value, column)
      result = (n == 0 ? ExactForm(1) : x.form.flatMap { $0.power(n) }, value)
    case .call(.sqrt, let a):
      let x = try check(a)
      try requireNonNegative(x.form, a, column)
      result = (x.form.flatMap { $0.squareRoot }, x.value.squareRoot)
    case .call(let function, _):
      throw ExpressionError(
        .malformed, column: column,
        "the function '\(function.rawValue)' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )")
    }
    try requireRange(result.value, column)
    return result
  }

  private static func combined(
    _ a: ExactForm?, _ b: ExactForm?, _ operation: (ExactForm, ExactForm) -> ExactForm?
  ) -> ExactForm? {
    guard let a, let b else { return nil }
    return operation(a, b)
  }

  private static func requireRange(_ value: Interval, _ column: Int) throws(ExpressionError) {
    let tooLarge = value.mignitude.binaryExponent.map { $0 > greatestExponent + 1 } ?? value.mignitude.isInfinite
    let tooSmall = value.magnitude.binaryExponent.map { $0 < -greatestExponent } ?? false
    let one = BigFloat(1, precision: 2, rounding: .nearest)
    let limit = one.scaled(byPowerOfTwo: greatestExponent, rounding: .nearest)
    // A power that underflowed to zero at its upper end, or overflowed, is as much out of range.
    let vanished = value.magnitude.isZero && !value.isPoint
    guard !tooLarge, !tooSmall, !vanished, !(value.mignitude > limit), !value.upper.isInfinite, !value.lower.isInfinite
    else {
      throw ExpressionError(
        .outOfRange, column: column, "the value is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0")
    }
  }

  /// The enclosure of a divisor, without zero.
  private static func nonZero(
    _ checked: (form: ExactForm?, value: Interval), _ divisor: Expression, _ column: Int
  ) throws(ExpressionError) -> Interval {
    if !checked.value.containsZero { return checked.value }
    if isZero(checked.form, divisor) == .certainlyTrue {
      throw ExpressionError(.undefined, column: column, "division by zero")
    }
    guard let value = nonZeroEnclosure(divisor, upTo: signBits) else {
      throw ExpressionError(.undecided, column: column, "undecided whether the divisor is zero")
    }
    return value
  }

  private static func requireNonNegative(
    _ form: ExactForm?, _ radicand: Expression, _ column: Int
  ) throws(ExpressionError) {
    if let rational = form?.rational {
      guard rational.signum >= 0 else {
        throw ExpressionError(.undefined, column: column, "square root of a negative number")
      }
      return
    }
    switch isZero(form, radicand) {
    case .certainlyTrue: return
    case .certainlyFalse:
      switch nonZeroEnclosure(radicand, upTo: signBits)?.certainSign {
      case 1: return
      case -1: throw ExpressionError(.undefined, column: column, "square root of a negative number")
      default: break
      }
    case .undecided: break
    }
    throw ExpressionError(.undecided, column: column, "undecided whether the square root is defined")
  }
}
