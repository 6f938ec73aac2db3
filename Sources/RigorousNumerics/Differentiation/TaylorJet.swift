import ArbitraryPrecision
import Expressions

/// Enclosures of a function and its first two derivatives at all points of an interval.
public struct TaylorJet: Sendable {
  /// The function.
  public let value: Interval
  /// Its derivative.
  public let first: Interval
  /// Its second derivative.
  public let second: Interval
  /// Whether the function is certain to be twice differentiable at every point of the interval; without that the
  /// enclosures hold only what there is, and no theorem on derivatives may be used.
  public let isSmooth: Bool

  /// Enclosures that belong together; empty ones are never smooth.
  public init(value: Interval, first: Interval, second: Interval, isSmooth: Bool) {
    self.value = value
    self.first = first
    self.second = second
    self.isSmooth = isSmooth && !value.isEmpty && !first.isEmpty && !second.isEmpty
  }

  /// The polynomial sum of c_k s^k on an interval, by Horner's rule.
  init(polynomial coefficients: [Interval], at s: Interval) {
    var value = Interval(0, precision: s.precision)
    var (first, second) = (value, value)
    for k in coefficients.indices.reversed() {
      let c = coefficients[k]
      value = c + value * s
      if k >= 1 { first = k * c + first * s }
      if k >= 2 { second = (k * (k - 1)) * c + second * s }
    }
    self.init(value: value, first: first, second: second, isSmooth: true)
  }

  /// The jet of a function on the union of two intervals.
  func hull(_ other: TaylorJet) -> TaylorJet {
    TaylorJet(
      value: value.hull(other.value), first: first.hull(other.first), second: second.hull(other.second),
      isSmooth: isSmooth && other.isSmooth)
  }
}

extension TaylorJet {
  /// Whether a function can be in this jet and in another one.
  func meets(_ other: TaylorJet) -> Bool {
    !value.isDisjoint(from: other.value) && !first.isDisjoint(from: other.first)
      && !second.isDisjoint(from: other.second)
  }
}

/// Evaluation of formulas with the first two derivatives in one variable, by the rules of differentiation.
public struct TaylorJetContext {
  /// The bits of the ends.
  public let precision: Int

  /// Enclosures at a precision in bits.
  public init(precision: Int) {
    self.precision = precision
  }

  /// The variable itself, anywhere in an interval.
  public func variable(_ x: Interval) -> TaylorJet {
    TaylorJet(
      value: x, first: Interval(1, precision: precision), second: Interval(0, precision: precision),
      isSmooth: true)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension TaylorJetContext: EvaluationContext {
  private func constant(_ value: Interval) -> TaylorJet {
    let zero = Interval(0, precision: precision)
    return TaylorJet(value: value, first: zero, second: zero, isSmooth: true)
  }

  public func number(_ value: Rational) -> TaylorJet { constant(Interval(value, precision: precision)) }
  public var pi: TaylorJet { constant(.pi(precision: precision)) }

  public func negation(_ a: TaylorJet) -> TaylorJet {
    TaylorJet(value: -a.value, first: -a.first, second: -a.second, isSmooth: a.isSmooth)
  }

  public func sum(_ a: TaylorJet, _ b: TaylorJet) -> TaylorJet {
    TaylorJet(
      value: a.value + b.value, first: a.first + b.first, second: a.second + b.second,
      isSmooth: a.isSmooth && b.isSmooth)
  }

  public func difference(_ a: TaylorJet, _ b: TaylorJet) -> TaylorJet { sum(a, negation(b)) }

  public func product(_ a: TaylorJet, _ b: TaylorJet) -> TaylorJet {
    TaylorJet(
      value: a.value * b.value, first: a.first * b.value + a.value * b.first,
      second: a.second * b.value + 2 * (a.first * b.first) + a.value * b.second, isSmooth: a.isSmooth && b.isSmooth)
  }

  public func quotient(_ a: TaylorJet, _ b: TaylorJet) -> TaylorJet { product(a, power(b, -1)) }

  public func power(_ a: TaylorJet, _ exponent: Int) -> TaylorJet {
    let n = exponent
    let zero = Interval(0, precision: precision)
    return chain(
      a, value: a.value.power(n), first: n == 0 ? zero : n * a.value.power(n - 1),
      second: n == 0 || n == 1 ? zero : n * ((n - 1) * a.value.power(n - 2)),
      isDifferentiable: n >= 0 || !a.value.containsZero)
  }

  public func power(_ a: TaylorJet, _ exponent: TaylorJet) -> TaylorJet {
    let isConstant = exponent.isSmooth && [exponent.first, exponent.second].allSatisfy { $0.certainSign == 0 }
    if isConstant, let n = exponent.value.exponent { return power(a, n) }
    return call(.exp, product(exponent, call(.log, a)))
  }

  public func call(_ function: ElementaryFunction, _ a: TaylorJet) -> TaylorJet {
    let x = a.value
    switch function {
    case .sqrt:
      let root = x.squareRoot
      return chain(
        a, value: root, first: 1 / (2 * root), second: -1 / (4 * (root * x)), isDifferentiable: x.lower.signum > 0)
    case .sin: return chain(a, value: x.sine, first: x.cosine, second: -x.sine)
    case .cos: return chain(a, value: x.cosine, first: -x.sine, second: -x.cosine)
    case .tan:
      let t = x.tangent
      let slope = 1 + t.squared
      return chain(
        a, value: t, first: slope, second: 2 * (t * slope), isDifferentiable: function.isDefined(on: x, value: t))
    case .atan:
      let w = 1 + x.squared
      return chain(a, value: x.arctangent, first: 1 / w, second: -2 * (x / w.squared))
    case .exp: return chain(a, value: x.exponential, first: x.exponential, second: x.exponential)
    case .log:
      return chain(
        a, value: x.logarithm, first: 1 / x, second: -1 / x.squared, isDifferentiable: x.lower.signum > 0)
    case .sinh: return chain(a, value: x.hyperbolicSine, first: x.hyperbolicCosine, second: x.hyperbolicSine)
    case .cosh: return chain(a, value: x.hyperbolicCosine, first: x.hyperbolicSine, second: x.hyperbolicCosine)
    case .tanh:
      let t = x.hyperbolicTangent
      let slope = 1 - t.squared
      return chain(a, value: t, first: slope, second: -2 * (t * slope))
    case .abs:
      // The sign where there is one; at zero both slopes, and no derivative.
      let zero = Interval(0, precision: precision)
      return chain(a, value: x.absoluteValue, first: x.sign, second: zero, isDifferentiable: !x.containsZero)
    }
  }

  /// The chain rule: f(a)' = f' a', f(a)'' = f'' a'^2 + f' a''.
  private func chain(
    _ a: TaylorJet, value: Interval, first: Interval, second: Interval, isDifferentiable: Bool = true
  ) -> TaylorJet {
    TaylorJet(
      value: value, first: first * a.first, second: second * a.first.squared + first * a.second,
      isSmooth: a.isSmooth && isDifferentiable)
  }
}
