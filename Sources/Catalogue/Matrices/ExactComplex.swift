import ArbitraryPrecision
import Expressions

/// A complex number whose parts are exact real numbers.
public struct ExactComplex: Sendable {
  /// The real part.
  public let real: Constant
  /// The imaginary part.
  public let imaginary: Constant

  /// A number of its parts.
  public init(_ real: Constant, _ imaginary: Constant = Constant(0)) {
    (self.real, self.imaginary) = (real, imaginary)
  }

  /// A number of rational parts.
  public init(_ real: Rational, _ imaginary: Rational = 0) { self.init(Constant(real), Constant(imaginary)) }

  /// Reads a formula in exact numbers and the imaginary unit `i`.
  ///
  /// - Throws: an `ExpressionError` that points at the column.
  public init(parsing text: String) throws(ExpressionError) {
    let parts = try Parts(Expression(parsing: text))
    real = try parts.real.map { (part) throws(ExpressionError) in try Constant(part) } ?? Constant(0)
    imaginary = try parts.imaginary.map { (part) throws(ExpressionError) in try Constant(part) } ?? Constant(0)
  }

  /// Both parts where they are visibly rational.
  public var rational: (real: Rational, imaginary: Rational)? {
    guard let x = real.rational, let y = imaginary.rational else { return nil }
    return (x, y)
  }

  /// The enclosure at a precision.
  public func enclosure(precision: Int) -> ComplexInterval {
    ComplexInterval(real.enclosure(precision: precision), imaginary.enclosure(precision: precision))
  }
}

/// Numbers are the same when their parts are the same rationals or the same formulas.
extension ExactComplex: Hashable {
  private enum Part: Hashable {
    case rational(Rational)
    case formula(Expression)

    init(_ value: Constant) { self = value.rational.map { .rational($0) } ?? .formula(value.expression) }
  }

  /// Whether both parts are the same.
  public static func == (a: ExactComplex, b: ExactComplex) -> Bool {
    Part(a.real) == Part(b.real) && Part(a.imaginary) == Part(b.imaginary)
  }

  /// Both parts.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Part(real))
    hasher.combine(Part(imaginary))
  }
}

/// The real and the imaginary part of a formula with `i`, as formulas without; nil for a part that is zero since
/// nothing of it is written.
private struct Parts {
  var real: Expression?
  var imaginary: Expression?

  /// The greatest magnitude of an exponent on a number that is not real.
  static let greatestExponent = 64
  /// The most nodes of a part of a product.
  static let greatestSize = 4096

  init(_ real: Expression?, _ imaginary: Expression?) { (self.real, self.imaginary) = (real, imaginary) }

  init(_ formula: Expression) throws(ExpressionError) {
    switch formula.node {
    case .variable("i"): self.init(nil, .number(1))
    case .variable(let name):
      throw Parts.malformed(
        formula, "unknown name '\(name)'; accepted: numbers, i, pi, sqrt(...) and + - * / ^ ( )")
    case .negation(let a):
      let a = try Parts(a)
      self.init(a.real.map { Expression(.negation($0)) }, a.imaginary.map { Expression(.negation($0)) })
    case .sum(let a, let b):
      let (a, b) = (try Parts(a), try Parts(b))
      self.init(Parts.sum(a.real, b.real), Parts.sum(a.imaginary, b.imaginary))
    case .difference(let a, let b):
      let (a, b) = (try Parts(a), try Parts(b))
      self.init(Parts.difference(a.real, b.real), Parts.difference(a.imaginary, b.imaginary))
    case .product(let a, let b): self = try Parts(a).times(try Parts(b), formula)
    case .quotient(let a, let b):
      let (a, b) = (try Parts(a), try Parts(b))
      guard b.imaginary != nil else {
        let divisor = b.real ?? .number(0)
        self.init(
          (a.real ?? (a.imaginary == nil ? .number(0) : nil)).map {
            Expression(.quotient($0, divisor), column: formula.column)
          },
          a.imaginary.map { Expression(.quotient($0, divisor), column: formula.column) })
        return
      }
      let square = Parts.sum(b.real.map { $0 * $0 }, b.imaginary.map { $0 * $0 }) ?? .number(0)
      let product = try a.times(Parts(b.real, b.imaginary.map { Expression(.negation($0)) }), formula)
      self.init(product.real.map { $0 / square }, product.imaginary.map { $0 / square })
    case .power(let base, let exponent):
      let parts = try Parts(base)
      guard parts.imaginary != nil else {
        self.init(Expression(.power(parts.real ?? .number(0), exponent), column: formula.column), nil)
        return
      }
      guard (0...Parts.greatestExponent).contains(exponent) else {
        throw Parts.malformed(
          formula,
          "the exponent \(exponent) of a number that is not real; accepted: 0 to \(Parts.greatestExponent)")
      }
      self.init(.number(1), nil)
      for _ in 0..<exponent { self = try times(parts, formula) }
    case .call(_, let a) where try Parts(a).imaginary != nil:
      throw Parts.malformed(formula, "a function of a number that is not real; accepted: functions of real numbers")
    case .number, .pi, .call, .generalPower, .operation, .quantity: self.init(formula, nil)
    }
  }

  private static func malformed(_ formula: Expression, _ message: String) -> ExpressionError {
    ExpressionError(.malformed, column: max(1, formula.column), message)
  }

  private static func sum(_ a: Expression?, _ b: Expression?) -> Expression? {
    guard let a, let b else { return a ?? b }
    if case .number(let x) = a.node, case .number(let y) = b.node { return .number(x + y) }
    return a + b
  }

  private static func difference(_ a: Expression?, _ b: Expression?) -> Expression? {
    guard let b else { return a }
    if case .number(let y) = b.node { return sum(a, .number(-y)) }
    return a.map { $0 - b } ?? Expression(.negation(b))
  }

  private static func product(_ a: Expression?, _ b: Expression?) -> Expression? {
    guard let a, let b else { return nil }
    if case .number(let x) = a.node, case .number(let y) = b.node { return .number(x * y) }
    return a * b
  }

  /// The product. Parts that are not rational stand in it twice, so that powers of them grow fast.
  private func times(_ other: Parts, _ formula: Expression) throws(ExpressionError) -> Parts {
    let product = Parts(
      Parts.difference(Parts.product(real, other.real), Parts.product(imaginary, other.imaginary)),
      Parts.sum(Parts.product(real, other.imaginary), Parts.product(imaginary, other.real)))
    guard max(product.real?.size ?? 0, product.imaginary?.size ?? 0) <= Parts.greatestSize else {
      throw Parts.malformed(formula, "too large a product of numbers that are not real; accepted: shorter ones")
    }
    return product
  }
}
