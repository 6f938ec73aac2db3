import ArbitraryPrecision

/// A number as a quotient of polynomials in pi whose coefficients are formulas in rationals and square roots.
///
/// pi is transcendental (Lindemann 1882), so such a polynomial is zero only if all its coefficients are: whether a form
/// is zero, or an integer, can be decided. Forms that would grow out of hand are given up (nil), never approximated.
struct ExactForm {
  private var numerator: Polynomial
  private var denominator: Polynomial

  private init(_ numerator: Polynomial, _ denominator: Polynomial) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ value: Rational) {
    self.init(Polynomial([.number(value)]), .one)
  }

  static var pi: ExactForm { ExactForm(Polynomial([.number(0), .number(1)]), .one) }

  /// Whether this number is zero.
  func isZero(_ work: inout DecisionWork) -> Decision { numerator.isZero(&work) }

  /// The rational that this number visibly is, after exact folding; nil when it may be none.
  var rational: Rational? {
    guard let p = numerator.algebraic, let q = denominator.algebraic, case .number(let x) = p.node,
      case .number(let y) = q.node, y.signum != 0
    else { return nil }
    return x / y
  }

  /// The x and y of this number x + y pi, formulas without pi; nil when the number may be none of these.
  func linear(_ work: inout DecisionWork) -> (algebraic: Expression, pi: Expression)? {
    guard let divisor = denominator.algebraic, let quotient = numerator.divided(by: divisor) else { return nil }
    let parts = quotient.coefficients
    for higher in parts.dropFirst(2) where higher.isAlgebraicZero(&work) != .certainlyTrue { return nil }
    return (parts.first ?? .number(0), parts.count >= 2 ? parts[1] : .number(0))
  }

  static func + (a: ExactForm, b: ExactForm) -> ExactForm? {
    if a.denominator.isOne, b.denominator.isOne {
      return (a.numerator + b.numerator).map { ExactForm($0, .one) }
    }
    guard let x = a.numerator * b.denominator, let y = b.numerator * a.denominator, let numerator = x + y,
      let denominator = a.denominator * b.denominator
    else { return nil }
    return ExactForm(numerator, denominator)
  }

  static prefix func - (a: ExactForm) -> ExactForm? {
    (a.numerator * Polynomial([.number(-1)])).map { ExactForm($0, a.denominator) }
  }

  static func * (a: ExactForm, b: ExactForm) -> ExactForm? {
    guard let numerator = a.numerator * b.numerator, let denominator = a.denominator * b.denominator else { return nil }
    return ExactForm(numerator, denominator).reduced
  }

  /// The reciprocal; meaningful only when this number is known not to be zero.
  var reciprocal: ExactForm { ExactForm(denominator, numerator).reduced }

  func power(_ exponent: Int) -> ExactForm? {
    if let value = rational {
      if value.magnitude == 1 { return ExactForm(exponent % 2 == 0 ? 1 : value) }
      guard max(value.numerator.bitWidth, value.denominator.bitWidth) * abs(exponent) <= Polynomial.greatestBits
      else { return nil }
      guard exponent >= 0 || value.signum != 0 else { return nil }
      return ExactForm(value.power(exponent))
    }
    if let p = numerator.algebraic, let q = denominator.algebraic,
      let base = Polynomial.folded(.quotient(p, q)), let power = Polynomial.folded(.power(base, exponent))
    {
      return ExactForm(Polynomial([power]), .one)
    }
    guard abs(exponent) <= Polynomial.greatestDegree else { return nil }
    var base = exponent >= 0 ? self : reciprocal
    var result = ExactForm(1)
    var rest = abs(exponent)
    while rest > 0 {
      if rest & 1 == 1 {
        guard let product = result * base else { return nil }
        result = product
      }
      rest >>= 1
      guard rest > 0 else { break }
      guard let square = base * base else { return nil }
      base = square
    }
    return result
  }

  /// The square root of a number without pi; meaningful only when this number is known not to be negative.
  var squareRoot: ExactForm? {
    guard let p = numerator.algebraic, let q = denominator.algebraic,
      let radicand = Polynomial.folded(.quotient(p, q)), let root = Polynomial.folded(.call(.sqrt, radicand))
    else { return nil }
    return ExactForm(Polynomial([root]), .one)
  }

  /// The same number with a denominator without pi divided out, and common factors pi removed.
  private var reduced: ExactForm {
    var (p, q) = (numerator, denominator)
    while let x = p.dividedByPi, let y = q.dividedByPi { (p, q) = (x, y) }
    if let divisor = q.algebraic, let quotient = p.divided(by: divisor) { return ExactForm(quotient, .one) }
    return ExactForm(p, q)
  }
}

/// A polynomial in pi; coefficients are formulas without pi, the constant term first.
private struct Polynomial {
  var coefficients: [Expression]

  static let one = Polynomial([.number(1)])
  static let greatestDegree = 16
  static let greatestBits = 1 << 19
  static let greatestSize = 4096

  init(_ coefficients: [Expression]) {
    self.coefficients = coefficients
    while let last = self.coefficients.last, last.isNumber(0) { self.coefficients.removeLast() }
  }

  var isOne: Bool { coefficients.count == 1 && coefficients[0].isNumber(1) }

  /// The constant when pi does not occur.
  var algebraic: Expression? {
    coefficients.isEmpty ? .number(0) : coefficients.count == 1 ? coefficients[0] : nil
  }

  func isZero(_ work: inout DecisionWork) -> Decision {
    var result = Decision.certainlyTrue
    for coefficient in coefficients {
      result = result.and(coefficient.isAlgebraicZero(&work))
      if result == .certainlyFalse { break }
    }
    return result
  }

  /// The quotient by pi when the constant term is visibly zero.
  var dividedByPi: Polynomial? {
    guard let first = coefficients.first, first.isNumber(0) else { return nil }
    return Polynomial(Array(coefficients.dropFirst()))
  }

  func divided(by divisor: Expression) -> Polynomial? {
    let quotients = coefficients.map { Polynomial.folded(.quotient($0, divisor)) }
    let known = quotients.compactMap { $0 }
    return known.count == quotients.count ? Polynomial(known) : nil
  }

  static func + (a: Polynomial, b: Polynomial) -> Polynomial? {
    var result: [Expression] = []
    for index in 0..<max(a.coefficients.count, b.coefficients.count) {
      let x = index < a.coefficients.count ? a.coefficients[index] : .number(0)
      let y = index < b.coefficients.count ? b.coefficients[index] : .number(0)
      guard let sum = folded(.sum(x, y)) else { return nil }
      result.append(sum)
    }
    return Polynomial(result)
  }

  static func * (a: Polynomial, b: Polynomial) -> Polynomial? {
    guard !a.coefficients.isEmpty, !b.coefficients.isEmpty else { return Polynomial([]) }
    let count = a.coefficients.count + b.coefficients.count - 1
    guard count <= greatestDegree + 1 else { return nil }
    var result = [Expression](repeating: .number(0), count: count)
    for (i, x) in a.coefficients.enumerated() {
      for (j, y) in b.coefficients.enumerated() {
        guard let product = folded(.product(x, y)), let sum = folded(.sum(result[i + j], product)) else { return nil }
        result[i + j] = sum
      }
    }
    return Polynomial(result)
  }

  /// The tree with this root, worked out when that is exact and short; nil when it would grow out of hand.
  static func folded(_ node: Expression.Node) -> Expression? {
    let result = simplified(node)
    if case .number(let value) = result.node { return value.bitWidth <= greatestBits ? result : nil }
    return result.depth <= Expression.greatestDepth && result.size <= greatestSize ? result : nil
  }

  private static func simplified(_ node: Expression.Node) -> Expression {
    switch node {
    case .sum(let a, let b):
      if case (.number(let x), .number(let y)) = (a.node, b.node) { return .number(x + y) }
      if a.isNumber(0) { return b }
      if b.isNumber(0) { return a }
    case .product(let a, let b):
      if case (.number(let x), .number(let y)) = (a.node, b.node) { return .number(x * y) }
      if a.isNumber(0) || b.isNumber(0) { return .number(0) }
      if a.isNumber(1) { return b }
      if b.isNumber(1) { return a }
      if case (.call(.sqrt, let x), .call(.sqrt, let y)) = (a.node, b.node), case .number(let p) = x.node,
        case .number(let q) = y.node
      {
        return simplified(.call(.sqrt, .number(p * q)))
      }
    case .quotient(let a, let b):
      if case (.number(let x), .number(let y)) = (a.node, b.node), y.signum != 0 { return .number(x / y) }
      if b.isNumber(1) { return a }
      if a == b { return .number(1) }
    case .power(let a, let n):
      if case .call(.sqrt, let x) = a.node, case .number(let p) = x.node, n % 2 == 0, p.signum != 0 || n > 0,
        p.bitWidth * abs(n / 2) <= greatestBits
      {
        return .number(p.power(n / 2))
      }
    case .call(.sqrt, let a):
      if case .number(let x) = a.node, let root = x.exactSquareRoot { return .number(root) }
    default: break
    }
    return Expression(node)
  }
}

extension Expression {
  fileprivate func isNumber(_ value: Rational) -> Bool {
    if case .number(let own) = node { return own == value }
    return false
  }
}
