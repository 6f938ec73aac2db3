import ArbitraryPrecision
import Expressions

/// A complex number whose parts are rational.
public struct GaussianRational: Sendable, Hashable, CustomStringConvertible {
  /// The real part.
  public let real: Rational
  /// The imaginary part.
  public let imaginary: Rational

  /// A number of its parts.
  public init(_ real: Rational, _ imaginary: Rational = 0) { (self.real, self.imaginary) = (real, imaginary) }

  /// The imaginary unit.
  public static let i = GaussianRational(0, 1)

  /// Whether it is zero.
  public var isZero: Bool { real.signum == 0 && imaginary.signum == 0 }

  /// The conjugate.
  public var conjugate: GaussianRational { GaussianRational(real, -imaginary) }

  /// The reciprocal; nil of zero.
  public var reciprocal: GaussianRational? {
    guard !isZero else { return nil }
    let square = real * real + imaginary * imaginary
    return GaussianRational(real / square, -imaginary / square)
  }

  /// Exact sum.
  public static func + (a: GaussianRational, b: GaussianRational) -> GaussianRational {
    GaussianRational(a.real + b.real, a.imaginary + b.imaginary)
  }

  /// Exact product.
  public static func * (a: GaussianRational, b: GaussianRational) -> GaussianRational {
    if a.imaginary.signum == 0, b.imaginary.signum == 0 { return GaussianRational(a.real * b.real) }
    return GaussianRational(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  /// The opposite.
  public static prefix func - (a: GaussianRational) -> GaussianRational { GaussianRational(-a.real, -a.imaginary) }

  /// The number as a formula with the imaginary unit `i`.
  public var formula: Expression {
    let unit = Expression(.variable("i"))
    if imaginary.signum == 0 { return .number(real) }
    let turned = imaginary == 1 ? unit : .number(imaginary) * unit
    return real.signum == 0 ? turned : .number(real) + turned
  }

  /// The formula's text.
  public var description: String { "\(formula)" }
}

/// The ring of complex numbers with rational parts; no name stands for one, and zero is exact.
public struct GaussianRationals: ScalarReading {
  /// The ring.
  public init() {}

  /// A rational.
  public func number(_ value: Rational) -> GaussianRational { GaussianRational(value) }
  /// The imaginary unit.
  public func imaginaryUnit() -> GaussianRational { .i }
  /// The sum.
  public func sum(_ a: GaussianRational, _ b: GaussianRational) -> GaussianRational { a + b }
  /// The product.
  public func product(_ a: GaussianRational, _ b: GaussianRational) -> GaussianRational { a * b }
  /// The opposite.
  public func negation(_ a: GaussianRational) -> GaussianRational { -a }
  /// The conjugate.
  public func conjugate(_ a: GaussianRational) -> GaussianRational { a.conjugate }
  /// Whether a number is zero.
  public func isZero(_ a: GaussianRational) -> Bool { a.isZero }
  /// No name does.
  public func declares(_ name: String) -> Bool { false }
  /// None.
  public var declaredNames: [String] { [] }

  /// The reciprocal.
  public func reciprocal(_ a: GaussianRational) throws -> GaussianRational {
    guard let result = a.reciprocal else { throw OutsideFragment("division by zero") }
    return result
  }

  /// Zero: numbers are constant.
  public func derivative(_ a: GaussianRational, in name: String) -> GaussianRational { GaussianRational(0) }

  /// The number of a formula in rationals, `i` and + - * / ^.
  public func scalar(_ formula: Expression) throws -> GaussianRational {
    let parts = try formula.node.children.map(scalar)
    switch formula.node {
    case .number(let value): return GaussianRational(value)
    case .variable("i"): return .i
    case .variable(let name):
      throw Unreadable(expression: formula, reason: "unknown name '\(name)'; accepted: numbers and i")
    case .negation: return -parts[0]
    case .sum: return parts[0] + parts[1]
    case .difference: return parts[0] + -parts[1]
    case .product: return parts[0] * parts[1]
    case .quotient: return try parts[0] * divisor(parts[1], formula)
    case .power(_, let n):
      guard abs(n) <= GaussianRationals.greatestExponent else {
        let greatest = GaussianRationals.greatestExponent
        throw Unreadable(expression: formula, reason: "an exponent above \(greatest); accepted: smaller ones")
      }
      let base = n < 0 ? try divisor(parts[0], formula) : parts[0]
      return (0..<abs(n)).reduce(GaussianRational(1)) { power, _ in power * base }
    case .operation(.adjoint, _): return parts[0].conjugate
    case .pi, .generalPower, .call, .operation, .quantity:
      throw Unreadable(expression: formula, reason: "no complex rational; accepted: numbers, i and + - * / ^ ( )")
    }
  }

  /// The greatest magnitude of an exponent.
  static let greatestExponent = 4096

  private func divisor(_ a: GaussianRational, _ formula: Expression) throws -> GaussianRational {
    guard let result = a.reciprocal else { throw Unreadable(expression: formula, reason: "division by zero") }
    return result
  }
}
