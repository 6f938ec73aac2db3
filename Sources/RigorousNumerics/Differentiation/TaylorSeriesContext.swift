import ArbitraryPrecision
import Expressions

/// Evaluation of formulas with Taylor coefficients in one variable.
///
/// Sums and products are those of polynomials. A function g of f has the coefficients of the sum of g_k (f - f_0)^k,
/// where g_k = g^(k)/k! over all values of f: that is Faa di Bruno's formula. Distances |F - f| are followed by the
/// triangle inequality, and by the mean value theorem on all values that F and f have.
public struct TaylorSeriesContext {
  /// The bits of the ends.
  public let precision: Int
  /// m.
  public let order: Int

  /// Coefficients up to an order, at a precision in bits.
  public init(order: Int, precision: Int) { (self.order, self.precision) = (order, precision) }

  /// The variable itself, anywhere in an interval.
  public func variable(_ x: Interval) -> TaylorSeries {
    var coefficients = constant(x).coefficients
    if order >= 1 { coefficients[1] = Interval(1, precision: precision) }
    return TaylorSeries(coefficients)
  }

  /// A number.
  public func constant(_ value: Interval) -> TaylorSeries {
    TaylorSeries([value] + Array(repeating: Interval(0, precision: precision), count: order))
  }

  /// The product of polynomials, cut after the order.
  private func product(_ a: [Interval], _ b: [Interval]) -> [Interval] {
    let nonzero = (1..<order + 1).filter { !a[$0].isExactZero }
    return (0...order).map { n in
      var sum = a[0] * b[n]
      for k in nonzero where k <= n { sum += a[k] * b[n - k] }
      return sum
    }
  }

  /// From this order on functions of functions are made by recurrences, which cost the square of the order and not its
  /// cube; below, the powers of what is put in see that a square is not negative.
  private static let leastRecurrence = 8

  private var usesRecurrences: Bool { order >= Self.leastRecurrence }

  /// The coefficients of a function y with y' = a' g, from y_0 and those of g that were made so far: n y_n = sum over k
  /// from 1 to n of k a_k g_(n-k). It holds at every point of an interval.
  private func next(_ n: Int, _ a: [Interval], _ nonzero: [Int], _ g: [Interval]) -> Interval {
    var sum = Interval(0, precision: precision)
    for k in nonzero where k <= n { sum += (k * a[k]) * g[n - k] }
    return sum / n
  }

  /// The coefficients of two functions of a with u' = a' v and v' = sign a' u; nil where they are not made so.
  private func pair(_ a: TaylorSeries, _ u: Interval, _ v: Interval, sign: Int) -> (u: [Interval], v: [Interval])? {
    guard usesRecurrences else { return nil }
    let c = a.coefficients
    let nonzero = (1..<order + 1).filter { !c[$0].isExactZero }
    var (first, second) = ([u], [v])
    for n in 1..<order + 1 {
      let (x, y) = (next(n, c, nonzero, second), next(n, c, nonzero, first))
      first.append(x)
      second.append(sign > 0 ? y : -y)
    }
    return (first, second)
  }

  /// The coefficients of exp(a).
  private func exponential(_ a: TaylorSeries) -> [Interval]? {
    guard usesRecurrences else { return nil }
    let c = a.coefficients
    let nonzero = (1..<order + 1).filter { !c[$0].isExactZero }
    var result = [a.value.exponential]
    for n in 1..<order + 1 { result.append(next(n, c, nonzero, result)) }
    return result
  }

  /// The coefficients of 1/a, by a (1/a) = 1.
  private func reciprocal(_ a: TaylorSeries) -> [Interval]? {
    guard usesRecurrences, !a.value.containsZero else { return nil }
    let c = a.coefficients
    let nonzero = (1..<order + 1).filter { !c[$0].isExactZero }
    var result = [1 / a.value]
    for n in 1..<order + 1 {
      var sum = Interval(0, precision: precision)
      for k in nonzero where k <= n { sum += c[k] * result[n - k] }
      result.append(-(sum / a.value))
    }
    return result
  }

  /// The coefficients of a power other than 0, by products, of the reciprocal where it is negative.
  private func whole(_ a: TaylorSeries, _ exponent: Int) -> [Interval]? {
    guard usesRecurrences, exponent != 0, let first = exponent > 0 ? a.coefficients : reciprocal(a) else { return nil }
    var (result, base, left) = ([Interval]?.none, first, exponent.magnitude)
    while left > 0 {
      if left & 1 == 1 { result = result.map { product($0, base) } ?? base }
      left >>= 1
      if left > 0 { base = product(base, base) }
    }
    return result.map { [a.value.power(exponent)] + $0.dropFirst() }
  }

  /// The coefficients of g(a) from g_0 ... g_m.
  private func composed(_ a: TaylorSeries, _ g: [Interval]) -> [Interval] {
    let zero = Interval(0, precision: precision)
    let rest = [zero] + a.coefficients.dropFirst()
    var result = [Interval](repeating: zero, count: order + 1)
    if !rest.allSatisfy(\.isExactZero) {
      for k in stride(from: order, through: 1, by: -1) {
        result = product(result, rest)
        result = zip(result, rest).map { $0 + g[k] * $1 }
      }
    }
    result[0] = g[0]
    return result
  }

  /// g(a) from g_0 ... g_m over the values of f, or its coefficients where they are known, and an enclosure of g' over
  /// those of F and f.
  private func chain(
    _ a: TaylorSeries, _ g: @autoclosure () -> [Interval], slope: @autoclosure () -> Interval, isDefined: Bool = true,
    isSmooth: Bool = true, known: [Interval]? = nil
  ) -> TaylorSeries {
    let result = known ?? composed(a, g())
    let distance =
      a.isExact ? a.distance : BigFloat.product(slope().magnitude, a.distance, precision: 64, rounding: .up)
    return TaylorSeries(
      result, distance: distance, isSmooth: a.isSmooth && isSmooth, isDefined: a.isDefined && isDefined)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension TaylorSeriesContext: EvaluationContext {
  public func number(_ value: Rational) -> TaylorSeries { constant(Interval(value, precision: precision)) }
  public var pi: TaylorSeries { constant(.pi(precision: precision)) }

  public func negation(_ a: TaylorSeries) -> TaylorSeries {
    TaylorSeries(a.coefficients.map { -$0 }, distance: a.distance, isSmooth: a.isSmooth, isDefined: a.isDefined)
  }

  public func sum(_ a: TaylorSeries, _ b: TaylorSeries) -> TaylorSeries {
    TaylorSeries(
      zip(a.coefficients, b.coefficients).map { $0 + $1 },
      distance: .sum(a.distance, b.distance, precision: 64, rounding: .up), isSmooth: a.isSmooth && b.isSmooth,
      isDefined: a.isDefined && b.isDefined)
  }

  public func difference(_ a: TaylorSeries, _ b: TaylorSeries) -> TaylorSeries { sum(a, negation(b)) }

  public func product(_ a: TaylorSeries, _ b: TaylorSeries) -> TaylorSeries {
    // |FG - fg| <= |f| |G - g| + |g| |F - f| + |F - f| |G - g|.
    func times(_ x: BigFloat, _ y: BigFloat) -> BigFloat {
      x.isZero || y.isZero ? .zero(precision: 64) : .product(x, y, precision: 64, rounding: .up)
    }
    func plus(_ x: BigFloat, _ y: BigFloat) -> BigFloat { .sum(x, y, precision: 64, rounding: .up) }
    var distance = BigFloat.zero(precision: 64)
    if !a.isExact || !b.isExact {
      distance = plus(
        plus(times(a.value.magnitude, b.distance), times(b.value.magnitude, a.distance)),
        times(a.distance, b.distance))
    }
    return TaylorSeries(
      product(a.coefficients, b.coefficients), distance: distance, isSmooth: a.isSmooth && b.isSmooth,
      isDefined: a.isDefined && b.isDefined)
  }

  public func quotient(_ a: TaylorSeries, _ b: TaylorSeries) -> TaylorSeries { product(a, power(b, -1)) }

  public func power(_ a: TaylorSeries, _ exponent: Int) -> TaylorSeries {
    let n = exponent
    let isDefined = n >= 0 || !a.range.containsZero
    return chain(
      a, binomials(Rational(Integer(n)), a.value) { n >= 0 && $0 > n ? nil : a.value.power(n - $0) },
      slope: n == 0 ? Interval(0, precision: 64) : n * a.range.power(n - 1), isDefined: isDefined,
      known: whole(a, n))
  }

  /// The coefficients C(r, k) x^(r - k) of a power; nil stands for a zero.
  private func binomials(_ r: Rational, _ x: Interval, _ power: (Int) -> Interval?) -> [Interval] {
    var binomial = Rational(1)
    return (0...order).map { k in
      defer { binomial = binomial * (r - Rational(Integer(k))) / Rational(Integer(k + 1)) }
      guard let power = power(k) else { return Interval(0, precision: precision) }
      return k == 0 ? power : Interval(binomial, precision: precision) * power
    }
  }

  public func power(_ a: TaylorSeries, _ exponent: TaylorSeries) -> TaylorSeries {
    let isConstant =
      exponent.isSmooth && exponent.isExact && exponent.coefficients.dropFirst().allSatisfy { $0.certainSign == 0 }
    if isConstant, let n = exponent.value.exponent { return power(a, n) }
    return call(.exp, product(exponent, call(.log, a)))
  }

  public func call(_ function: ElementaryFunction, _ a: TaylorSeries) -> TaylorSeries {
    let (x, y) = (a.value, a.range)
    switch function {
    case .sqrt:
      let root = x.squareRoot
      var denominator = root
      let isPositive = x.lower.signum > 0
      return chain(
        a,
        binomials(Rational(1, 2), x) { k in
          defer { if k > 0 { denominator = denominator * x } }
          return k == 0 ? root : 1 / denominator
        }, slope: 1 / (2 * y.squareRoot), isDefined: y.lower.signum >= 0, isSmooth: isPositive)
    case .sin:
      return chain(
        a, cyclic([x.sine, x.cosine, -x.sine, -x.cosine]), slope: y.cosine,
        known: pair(a, x.sine, x.cosine, sign: -1)?.u)
    case .cos:
      return chain(
        a, cyclic([x.cosine, -x.sine, -x.cosine, x.sine]), slope: y.sine,
        known: pair(a, x.sine, x.cosine, sign: -1)?.v)
    case .exp: return chain(a, cyclic([x.exponential]), slope: y.exponential, known: exponential(a))
    case .sinh:
      return chain(
        a, cyclic([x.hyperbolicSine, x.hyperbolicCosine]), slope: y.hyperbolicCosine,
        known: pair(a, x.hyperbolicSine, x.hyperbolicCosine, sign: 1)?.u)
    case .cosh:
      return chain(
        a, cyclic([x.hyperbolicCosine, x.hyperbolicSine]), slope: y.hyperbolicSine,
        known: pair(a, x.hyperbolicSine, x.hyperbolicCosine, sign: 1)?.v)
    case .tan:
      let t = x.tangent
      return chain(
        a, riccati(t, sign: 1), slope: 1 + y.tangent.squared,
        isDefined: function.isDefined(on: y, value: y.tangent))
    case .tanh: return chain(a, riccati(x.hyperbolicTangent, sign: -1), slope: Interval(1, precision: 64))
    case .atan:
      // 1/(1 + (x + s)^2) = sum g_k s^k with (1 + x^2) g_k + 2 x g_(k-1) + g_(k-2) = 0.
      let w = 1 + x.squared
      var g: [Interval] = [1 / w]
      for k in 1..<max(order, 1) {
        var sum = (2 * x) * g[k - 1]
        if k > 1 { sum += g[k - 2] }
        g.append(-(sum / w))
      }
      let derivatives = (0...order).map { k -> Interval in k == 0 ? x.arctangent : g[k - 1] / k }
      return chain(a, derivatives, slope: 1 / (1 + y.squared))
    case .log:
      let isPositive = y.lower.signum > 0
      let derivatives = (0...order).map { k -> Interval in
        if k == 0 { return x.logarithm }
        let size = 1 / (k * x.power(k))
        return k % 2 == 0 ? -size : size
      }
      return chain(a, derivatives, slope: 1 / y, isDefined: isPositive)
    case .abs:
      let zero = Interval(0, precision: precision)
      let derivatives = (0...order).map { k -> Interval in k == 0 ? x.absoluteValue : k == 1 ? x.sign : zero }
      return chain(a, derivatives, slope: Interval(1, precision: 64), isSmooth: !x.containsZero)
    }
  }

  /// A function's derivatives that repeat, each over its factorial.
  private func cyclic(_ derivatives: [Interval]) -> [Interval] {
    var factorial = Integer(1)
    return (0...order).map { k in
      if k > 1 { factorial = factorial * Integer(k) }
      let value = derivatives[k % derivatives.count]
      return k > 1 ? value / Interval(factorial, precision: precision) : value
    }
  }

  /// The coefficients of a function with y' = 1 +- y^2.
  private func riccati(_ y: Interval, sign: Int) -> [Interval] {
    var c = [y]
    for k in 0..<order {
      var square = y.squared
      if k > 0 {
        square = Interval(0, precision: precision)
        for j in 0...k { square += c[j] * c[k - j] }
      }
      let one = Interval(k == 0 ? 1 : 0, precision: precision)
      let slope = sign > 0 ? one + square : one - square
      c.append(slope / (k + 1))
    }
    return c
  }
}
