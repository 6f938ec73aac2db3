import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// Zeros of a formula in t that are known exactly: guessed from many digits, and decided by exact Taylor coefficients.
///
/// A guess is a time at which something that stands in the formula and is linear in t, or t itself, is a rational, a
/// rational times pi, the root of a rational, or one of a quadratic equation with small coefficients.
struct TouchingTime {
  let formula: Expression
  let series: TimeFunction.Series
  /// The ends of the span, where they are known exactly.
  let start: Constant?
  let end: Constant?
  let budget: Budget
  private let lines: [(slope: Expression, offset: Expression)]

  private static let bits = 384
  /// The bits of a zero that a guess meets.
  private static let agreed = 100
  /// Rationals of more bits are no guesses.
  private static let greatestWidth = 40
  private static let greatestOrder = 8

  init(
    _ formula: Expression, _ series: @escaping TimeFunction.Series, start: Constant?, end: Constant?, _ budget: Budget
  ) {
    (self.formula, self.series, self.start, self.end, self.budget) = (formula, series, start, end, budget)
    var lines = [(slope: Expression.number(1), offset: Expression.number(0))]
    var open = [formula]
    while let part = open.popLast() {
      guard part.variables.contains("t") else { continue }
      if let line = Self.line(part) { lines.append(line) } else { open += part.node.children }
    }
    self.lines = lines
  }

  /// a and b of a formula a t + b.
  private static func line(_ formula: Expression) -> (slope: Expression, offset: Expression)? {
    guard formula.variables.contains("t") else { return (.number(0), formula) }
    switch formula.node {
    case .variable: return (.number(1), .number(0))
    case .negation(let a):
      return line(a).map { (Expression(.negation($0.slope)), Expression(.negation($0.offset))) }
    case .sum(let a, let b):
      return line(a).flatMap { x in line(b).map { (x.slope + $0.slope, x.offset + $0.offset) } }
    case .difference(let a, let b):
      return line(a).flatMap { x in line(b).map { (x.slope - $0.slope, x.offset - $0.offset) } }
    case .product(let a, let b):
      if !a.variables.contains("t") { return line(b).map { (a * $0.slope, a * $0.offset) } }
      return b.variables.contains("t") ? nil : line(a).map { ($0.slope * b, $0.offset * b) }
    case .quotient(let a, let b):
      return b.variables.contains("t") ? nil : line(a).map { ($0.slope / b, $0.offset / b) }
    default: return nil
    }
  }

  /// A zero in a short piece or near it.
  func touch(_ piece: Interval) throws(Unanswered) -> NonNegativity.Touch? {
    for end in [start, end] {
      guard let end, !end.enclosure(precision: piece.precision + 64).isDisjoint(from: piece) else { continue }
      if let found = touch(at: end.expression) { return found }
    }
    for order in [2, 1, 4, 3, 6] {
      try budget.check()
      guard let zero = try zero(of: order, near: piece) else { continue }
      for guess in guesses(zero) {
        if let found = touch(at: guess) { return found }
      }
    }
    return nil
  }

  /// A zero of the derivative of order m - 1, by Newton steps; nil where they lead away or the function is not small.
  private func zero(of order: Int, near piece: Interval) throws(Unanswered) -> Interval? {
    guard var time = piece.anchor, time.isFinite else { return nil }
    let goal = -Self.agreed - 20
    for _ in 0..<24 {
      let there = try series(Interval(time).rounded(to: Self.bits), order, budget)
      guard there.isSmooth else { return nil }
      let slope = there.coefficients[order]
      guard !slope.containsZero, let step = (there.coefficients[order - 1] / (order * slope)).midpoint,
        let next = (Interval(time) - Interval(step)).midpoint, next.isFinite
      else { return nil }
      time = BigFloat(next, precision: Self.bits, rounding: .nearest)
      // Away from the piece by more than its width.
      let near = piece + .ball(piece.width)
      guard near.lower <= time, time <= near.upper else { return nil }
      if step.isZero || (step.binaryExponent ?? 0) < goal {
        let value = try series(Interval(time).rounded(to: Self.bits), 0, budget).range
        let size = BigFloat(1, precision: 64, rounding: .up).scaled(byPowerOfTwo: goal / 2, rounding: .up)
        guard value.mignitude < size else { return nil }
        return Interval(time) + Interval.ball(Interval(1, precision: 64)).scaled(byPowerOfTwo: -Self.agreed)
      }
    }
    return nil
  }

  private func guesses(_ zero: Interval) -> [Expression] {
    var result: [Expression] = []
    for line in lines {
      guard let slope = try? line.slope.evaluate(in: IntervalContext(precision: Self.bits)), !slope.containsZero,
        let offset = try? line.offset.evaluate(in: IntervalContext(precision: Self.bits))
      else { continue }
      for value in Self.numbers(slope * zero + offset) { result.append((value - line.offset) / line.slope) }
    }
    return result
  }

  /// Numbers of a simple form in a narrow interval.
  private static func numbers(_ value: Interval) -> [Expression] {
    func rational(_ x: Interval) -> Rational? {
      guard let low = x.lower.rational, let high = x.upper.rational else { return nil }
      let simplest = Constant.simplest(low, high)
      return simplest.bitWidth <= greatestWidth ? simplest : nil
    }
    if let number = rational(value) { return [.number(number)] }
    if let number = rational(value / .pi(precision: bits)) { return [.number(number) * .pi] }
    if let square = rational(value.squared), square.signum > 0 {
      let root = Expression.number(square).squareRoot
      return [value.lower.signum < 0 ? Expression(.negation(root)) : root]
    }
    return quadratic(value)
  }

  /// The root of a x^2 + b x + c with small integers.
  private static func quadratic(_ value: Interval) -> [Expression] {
    guard let x = value.midpoint?.double(rounding: .nearest), abs(x) < 1e6 else { return [] }
    for a in 1...20 {
      for b in -200...200 {
        let c = -(Double(a) * x * x + Double(b) * x).rounded()
        guard abs(c) < 1e12, abs(Double(a) * x * x + Double(b) * x + c) < 1e-9 else { continue }
        let whole = Int(c)
        guard (a * value.squared + b * value + Interval(whole, precision: bits)).containsZero, b * b > 4 * a * whole
        else { continue }
        let root = Expression.number(Rational(Integer(b * b - 4 * a * whole))).squareRoot
        let isUpper = 2 * Double(a) * x + Double(b) > 0
        let sum = isUpper ? .number(Rational(-b)) + root : .number(Rational(-b)) - root
        return [sum / .number(Rational(2 * a))]
      }
    }
    return []
  }

  /// The zero at a time, where the function is shown to vanish there.
  private func touch(at time: Expression) -> NonNegativity.Touch? {
    guard let constant = try? Constant(time) else { return nil }
    let context = ExactTaylorContext(order: Self.greatestOrder)
    let written = constant.rational.map(Expression.number) ?? time
    guard let series = try? formula.evaluate(in: context, variables: ["t": context.variable(written)]),
      let order = context.order(of: series), order > 0
    else { return nil }
    func isSame(_ other: Constant?) -> Bool {
      other.flatMap { try? Constant($0.expression - written) }?.isZero == .certainlyTrue
    }
    return NonNegativity.Touch(order: order, isStart: isSame(start), isEnd: isSame(end)) {
      constant.enclosure(precision: $0)
    }
  }
}
