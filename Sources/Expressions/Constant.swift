import ArbitraryPrecision

/// A real number given exactly by a formula in integers, decimals, `pi`, `sqrt` and + - * / ^.
///
/// Made only when the formula has a value and every part of it is zero or has a magnitude from 2^-65536 to 2^65536.
/// Questions about it are answered exactly for quotients of polynomials in pi over numbers built from rationals by
/// + - * / and square roots; otherwise by enclosures; and with nil or `undecided` when neither can tell.
public struct Constant: Sendable {
  /// The formula.
  public let expression: Expression
  /// Whether the number is zero.
  public let isZero: Decision
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
    try self.init(Expression(parsingConstant: text))
  }

  /// The constant of a formula without variables.
  public init(_ expression: Expression) throws(ExpressionError) {
    self.expression = expression
    var work = DecisionWork()
    let checked = try Constant.check(expression, &work)
    form = checked.form
    isZero = checked.value.containsZero ? Constant.isZero(checked.form, expression, &work) : .certainlyFalse
  }

  /// An exact rational.
  public init(_ value: Rational) {
    expression = .number(value)
    isZero = Decision(value.signum == 0)
    form = ExactForm(value)
  }

  /// The enclosure of the number at a precision.
  public func enclosure(precision: Int) -> Interval {
    // The formula was checked: no names are left, so evaluation cannot fail.
    (try? expression.evaluate(in: IntervalContext(precision: precision))) ?? .entire(precision: precision)
  }

  /// The number when it is visibly rational.
  public var rational: Rational? { form?.rational }

  /// The x and y of this number x + y pi, each built from rationals by + - * / and square roots; nil when the number
  /// may be none of these.
  ///
  /// There is one such pair at most, since pi is transcendental.
  public var algebraicAndPi: (algebraic: Constant, pi: Constant)? {
    var work = DecisionWork()
    guard let (x, y) = form?.linear(&work), let algebraic = try? Constant(x), let pi = try? Constant(y) else {
      return nil
    }
    return (algebraic, pi)
  }

  /// Minus one, zero or one; nil when undecided.
  public var sign: Int? {
    if let rational { return rational.signum }
    switch isZero {
    case .certainlyTrue: return 0
    case .certainlyFalse:
      var work = DecisionWork()
      return Constant.nonZeroEnclosure(expression, upTo: Constant.signBits, &work)?.certainSign
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
    var work = DecisionWork()
    var bits = 128
    while bits <= Constant.greatestExponent * 2 {
      guard let value = work.enclosure(of: expression, precision: bits) else { return .undecided }
      bits *= 2
      // The integers in the enclosure are -floor(-lower) ... floor(upper); an unbounded one tells nothing yet.
      guard let least = (-value.lower).floor.map({ -$0 }), let high = value.upper.floor else { continue }
      if least > high { return .none }
      if least == high {
        guard let difference = try? Constant(expression - .number(Rational(high))) else { return .undecided }
        switch difference.isZero {
        case .certainlyTrue: return .integer(high)
        case .certainlyFalse: return .none
        case .undecided: return .undecided
        }
      }
    }
    return .undecided
  }

  // MARK: - Checks

  private static func isZero(
    _ form: ExactForm?, _ expression: Expression, _ work: inout DecisionWork
  ) -> Decision {
    let decision = form?.isZero(&work) ?? expression.isAlgebraicZero(&work)
    if decision != .undecided { return decision }
    return nonZeroEnclosure(expression, upTo: decisionBits, &work) == nil ? .undecided : .certainlyFalse
  }

  /// An enclosure without zero of a formula that is not zero, at growing precision; nil when none is found.
  private static func nonZeroEnclosure(
    _ expression: Expression, upTo greatest: Int, _ work: inout DecisionWork
  ) -> Interval? {
    var bits = 128
    while bits <= greatest {
      guard let value = work.enclosure(of: expression, precision: bits) else { return nil }
      if let sign = value.certainSign, sign != 0 { return value }
      bits *= 2
    }
    return nil
  }

  /// A part of a formula that was found to have a value in range.
  private struct Checked {
    var form: ExactForm?
    var value: Interval
  }

  private static func check(
    _ expression: Expression, _ work: inout DecisionWork
  ) throws(ExpressionError) -> Checked {
    // Only this small frame recurs: a deep tree must not exhaust a small stack.
    var parts: [Checked] = []
    for child in expression.node.children { parts.append(try check(child, &work)) }
    var result = try root(of: expression, parts, &work)
    result.value = try inRange(result, expression, &work)
    return result
  }

  /// The root of a formula from its checked children.
  @inline(never)
  private static func root(
    of expression: Expression, _ parts: [Checked], _ work: inout DecisionWork
  ) throws(ExpressionError) -> Checked {
    let column = expression.column
    let context = IntervalContext(precision: 128)
    switch expression.node {
    case .number(let value): return Checked(form: ExactForm(value), value: context.number(value))
    case .pi: return Checked(form: .pi, value: context.pi)
    case .variable(let name):
      throw ExpressionError(
        .malformed, column: column, "unknown name '\(name)'; accepted: numbers, pi, sqrt(...) and + - * / ^ ( )")
    case .negation: return Checked(form: parts[0].form.flatMap { -$0 }, value: -parts[0].value)
    case .sum:
      return Checked(form: combined(parts) { $0 + $1 }, value: parts[0].value + parts[1].value)
    case .difference:
      return Checked(
        form: combined(parts) { p, q in (-q).flatMap { p + $0 } }, value: parts[0].value - parts[1].value)
    case .product:
      return Checked(form: combined(parts) { $0 * $1 }, value: parts[0].value * parts[1].value)
    case .quotient(_, let b):
      let divisor = try nonZero(parts[1], b, column, &work)
      return Checked(form: combined(parts) { $0 * $1.reciprocal }, value: parts[0].value / divisor)
    case .power(let a, let n):
      let value = (n < 0 ? try nonZero(parts[0], a, column, &work) : parts[0].value).power(n)
      // The range first: an exact power is formed only when its magnitude is within bounds.
      try requireRange(value, column)
      return Checked(form: n == 0 ? ExactForm(1) : parts[0].form.flatMap { $0.power(n) }, value: value)
    case .generalPower(_, let exponent):
      throw ExpressionError(
        .malformed, column: exponent.column, "the exponent is not an integer; accepted: integers of at most 6 digits")
    case .call(.sqrt, let a):
      try requireNonNegative(parts[0], a, column, &work)
      return Checked(form: parts[0].form.flatMap { $0.squareRoot }, value: parts[0].value.squareRoot)
    case .call(let function, _):
      throw ExpressionError(
        .malformed, column: column,
        "the function '\(function.rawValue)' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )")
    case .operation:
      throw ExpressionError(.malformed, column: column, "adjoints, brackets and sums are not accepted in a constant")
    case .quantity:
      throw ExpressionError(.malformed, column: column, "values of quantities are not accepted in a constant")
    }
  }

  private static func combined(
    _ parts: [Checked], _ operation: (ExactForm, ExactForm) -> ExactForm?
  ) -> ExactForm? {
    guard let a = parts[0].form, let b = parts[1].form else { return nil }
    return operation(a, b)
  }

  private static func outOfRange(_ column: Int) -> ExpressionError {
    ExpressionError(
      .outOfRange, column: column, "the value is out of range; accepted: magnitudes from 2^-65536 to 2^65536, and 0")
  }

  /// The enclosure of a part whose magnitude was compared with the limits: exactly when it is visibly rational, and by
  /// an enclosure without zero when it is not zero. A number that may be zero, or that no enclosure tells from a limit,
  /// passes.
  private static func inRange(
    _ part: Checked, _ expression: Expression, _ work: inout DecisionWork
  ) throws(ExpressionError) -> Interval {
    if let rational = part.form?.rational {
      guard rational.signum != 0 else { return Interval(0, precision: 128) }
      let limit = Rational(.powerOfTwo(greatestExponent))
      guard rational.magnitude <= limit, rational.magnitude * limit >= 1 else { throw outOfRange(expression.column) }
      return Interval(rational, precision: 128)
    }
    var value = part.value
    if value.containsZero, isZero(part.form, expression, &work) == .certainlyFalse {
      value = nonZeroEnclosure(expression, upTo: signBits, &work) ?? value
    }
    try requireRange(value, expression.column)
    return value
  }

  /// Refuses an enclosure that is certainly beyond the limits, or unbounded.
  private static func requireRange(_ value: Interval, _ column: Int) throws(ExpressionError) {
    let one = BigFloat(1, precision: 2, rounding: .nearest)
    let limit = one.scaled(byPowerOfTwo: greatestExponent, rounding: .nearest)
    let least = one.scaled(byPowerOfTwo: -greatestExponent, rounding: .nearest)
    // An upper end below the least magnitude that is not zero means an underflow or a value out of range; exactly {0}
    // is the number zero.
    guard value.isBounded, value.mignitude <= limit, value.isPoint && value.containsZero || value.magnitude >= least
    else { throw outOfRange(column) }
  }

  /// The enclosure of a divisor, without zero.
  private static func nonZero(
    _ checked: Checked, _ divisor: Expression, _ column: Int, _ work: inout DecisionWork
  ) throws(ExpressionError) -> Interval {
    if !checked.value.containsZero { return checked.value }
    if isZero(checked.form, divisor, &work) == .certainlyTrue {
      throw ExpressionError(.undefined, column: column, "division by zero")
    }
    guard let value = nonZeroEnclosure(divisor, upTo: signBits, &work) else {
      throw ExpressionError(.undecided, column: column, "undecided whether the divisor is zero")
    }
    return value
  }

  private static func requireNonNegative(
    _ radicand: Checked, _ expression: Expression, _ column: Int, _ work: inout DecisionWork
  ) throws(ExpressionError) {
    var sign = radicand.form?.rational?.signum ?? radicand.value.certainSign
    if sign == nil {
      switch isZero(radicand.form, expression, &work) {
      case .certainlyTrue: sign = 0
      case .certainlyFalse: sign = nonZeroEnclosure(expression, upTo: signBits, &work)?.certainSign
      case .undecided: break
      }
    }
    guard let sign else {
      throw ExpressionError(.undecided, column: column, "undecided whether the square root is defined")
    }
    guard sign >= 0 else { throw ExpressionError(.undefined, column: column, "square root of a negative number") }
  }
}

extension Constant: CustomStringConvertible {
  /// The formula.
  public var description: String { "\(expression)" }
}
