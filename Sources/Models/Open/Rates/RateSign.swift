import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// The sign of a rate that depends on the time, on a span.
///
/// Products are told by their factors, even powers by their writing, sums by their terms; what is none of these by
/// ``NonNegativity``.
struct RateSign {
  /// An end of the span, exact where it is known as a formula.
  typealias Time = ScheduledEvolution.Time

  let start: Time
  let end: Time
  let budget: Budget

  private typealias Outcome = NonNegativity.Outcome
  private static let bits = 64
  /// How often factors and terms are taken apart.
  private static let greatestDepth = 6

  /// Whether a formula in t alone is nowhere negative.
  func outcome(of formula: Expression) throws -> NonNegativity.Outcome { try outcome(of: formula, 0) }

  /// Whether a function of which its values alone are known is nowhere negative.
  func outcome(
    ofValues value: @escaping @Sendable (Interval) throws(ExpressionError) -> DefinedInterval
  ) throws -> NonNegativity.Outcome {
    try NonNegativity.outcome(
      of: { (t, order, _) throws(Unanswered) in
        do throws(ExpressionError) {
          let there = try value(t)
          return there.isDefined
            ? TaylorSeries(rough: there.interval, order: order)
            : TaylorSeries(rough: .entire(precision: t.precision), order: order)
        } catch { throw Unanswered(undecided: error.message) }
      }, from: start.value, until: end.value, within: budget
    ) { (_) throws(Unanswered) in nil }
  }

  private func outcome(of formula: Expression, _ depth: Int) throws -> Outcome {
    if isVisiblyNotNegative(formula) { return .holds }
    guard depth < Self.greatestDepth else { return try byPieces(formula) }
    let factors = Factors(formula)
    if !factors.isOne {
      switch try sign(of: factors, depth) {
      case (let sign, let rest) where rest.isEmpty:
        if sign > 0 { return .holds }
      case (let sign, let rest):
        let product = rest.dropFirst().reduce(rest[0]) { $0 * $1 }
        let left = sign > 0 ? product : Expression(.negation(product))
        if case .holds = try byPieces(left) { return .holds }
      }
    }
    let whole = try byPieces(formula)
    guard case .untold = whole, case let terms = formula.terms, terms.count > 1 else { return whole }
    for term in terms {
      guard case .holds = try outcome(of: term, depth + 1) else { return whole }
    }
    return .holds
  }

  /// The sign of the factors that have one, and the others; with all of them where the product may have no value.
  private func sign(of factors: Factors, _ depth: Int) throws -> (sign: Int, rest: [Expression]) {
    var (sign, rest) = (factors.isNegative ? -1 : 1, [Expression]())
    for factor in factors.signed {
      if case .holds = try outcome(of: factor, depth + 1) { continue }
      if case .holds = try outcome(of: Expression(.negation(factor)), depth + 1) {
        sign = -sign
      } else {
        rest.append(factor)
      }
    }
    // Squares and what is divided by must have values.
    let values = factors.squares + factors.divisors.map { .number(1) / $0 }
    guard try values.allSatisfy(isDefined) else { return (1, [factors.whole]) }
    return (sign, rest)
  }

  private var span: Interval { start.value.rounded(to: Self.bits).hull(end.value.rounded(to: Self.bits)) }

  private func values(_ formula: Expression, _ time: Interval) -> DefinedInterval? {
    try? formula.evaluate(in: DefinedContext(precision: Self.bits), variables: ["t": DefinedInterval(time)])
  }

  private func isVisiblyNotNegative(_ formula: Expression) -> Bool {
    values(formula, span).map { $0.isDefined && $0.interval.lower.signum >= 0 } ?? false
  }

  /// Whether a formula is seen to have a value and to be continuous on the span.
  private func isDefined(_ formula: Expression) throws -> Bool {
    var (pieces, looked) = ([span], 0)
    while let piece = pieces.popLast() {
      try budget.check()
      looked += 1
      if values(formula, piece)?.isDefined ?? false { continue }
      guard looked < 2_000, let middle = piece.midpoint, piece.lower < middle, middle < piece.upper,
        let left = Interval(piece.lower, middle), let right = Interval(middle, piece.upper)
      else { return false }
      pieces += [right, left]
    }
    return true
  }

  private func byPieces(_ formula: Expression) throws -> Outcome {
    let series: TimeFunction.Series = { (t, order, _) throws(Unanswered) in
      let context = TaylorSeriesContext(order: order, precision: t.precision)
      do throws(ExpressionError) {
        return try formula.evaluate(in: context, variables: ["t": context.variable(t)])
      } catch { throw Unanswered(undecided: error.message) }
    }
    let touching = TouchingTime(formula, series, start: start.exact, end: end.exact, budget)
    return try NonNegativity.outcome(of: series, from: start.value, until: end.value, within: budget) {
      (piece) throws(Unanswered) in try touching.touch(piece)
    }
  }
}

/// The factors of a formula as it is written.
private struct Factors {
  let whole: Expression
  private(set) var isNegative = false
  /// Those whose sign counts.
  private(set) var signed: [Expression] = []
  /// Bases of even powers.
  private(set) var squares: [Expression] = []
  private(set) var divisors: [Expression] = []
  /// Whether the formula is one factor.
  var isOne: Bool { signed.count == 1 && squares.isEmpty && divisors.isEmpty && signed[0] == whole }

  init(_ formula: Expression) {
    whole = formula
    add(formula)
  }

  private mutating func add(_ formula: Expression) {
    switch formula.node {
    case .negation(let a):
      isNegative.toggle()
      add(a)
    case .product(let a, let b):
      add(a)
      add(b)
    case .quotient(let a, let b):
      add(a)
      add(b)
      divisors.append(b)
    case .power(let a, let n):
      if n < 0 { divisors.append(a) }
      if n % 2 == 0 { squares.append(a) } else { add(a) }
    default: signed.append(formula)
    }
  }
}

extension Expression {
  /// The terms of a sum.
  fileprivate var terms: [Expression] {
    switch node {
    case .sum(let a, let b): a.terms + b.terms
    case .difference(let a, let b): a.terms + b.terms.map { Expression(.negation($0)) }
    default: [self]
    }
  }
}
