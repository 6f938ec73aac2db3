import ArbitraryPrecision

/// Enclosures of the Taylor coefficients f^(k)/k!, k = 0 ... m, of a function at all points of an interval, and how far
/// another function F can be from f there.
///
/// F is what is asked for, f what has derivatives: where the distance is zero they are one. The coefficient of order 1
/// holds all difference quotients (f(x) - f(y))/(x - y) of two points of the interval wherever f is defined, with kinks
/// as well: this is kept by sums, by products f g, whose quotients are f(x) times one of g and g(y) times one of f, and
/// by functions with a derivative between all values. Entire it says nothing.
public struct TaylorSeries: Sendable {
  /// Of each k an interval that holds f^(k)(x)/k! for every x of the interval.
  public let coefficients: [Interval]
  /// At least |F - f| on the interval.
  public let distance: BigFloat
  /// Whether f is certain to be m times differentiable at every point of the interval; without that no theorem on
  /// derivatives may be used.
  public let isSmooth: Bool
  /// Whether F is certain to have a value at every point of the interval, and to be continuous.
  public let isDefined: Bool

  /// Enclosures that belong together; empty ones are neither smooth nor defined.
  public init(
    _ coefficients: [Interval], distance: BigFloat = .zero(precision: 64), isSmooth: Bool = true,
    isDefined: Bool = true
  ) {
    self.coefficients = coefficients
    self.distance = distance
    let hasEmpty = coefficients.contains(where: \.isEmpty) || distance.isNaN
    self.isSmooth = isSmooth && isDefined && !hasEmpty
    self.isDefined = isDefined && !hasEmpty
  }

  /// A function of which its values alone are known.
  public init(rough value: Interval, order: Int) {
    let unknown = Interval.entire(precision: value.precision)
    self.init([value] + Array(repeating: unknown, count: order), isSmooth: false)
  }

  /// m.
  public var order: Int { coefficients.count - 1 }

  /// The values of f.
  public var value: Interval { coefficients[0] }

  /// The values of F.
  public var range: Interval { isExact ? value : value + .ball(distance) }

  /// The difference quotients of F; nil where F is not f or not defined.
  var slopes: Interval? { isDefined && isExact && order >= 1 ? coefficients[1] : nil }

  /// f alone.
  public var approximation: TaylorSeries { TaylorSeries(coefficients, isSmooth: isSmooth, isDefined: isDefined) }

  /// The coefficients up to an order alone.
  public func cut(to order: Int) -> TaylorSeries {
    TaylorSeries(
      Array(coefficients.prefix(order + 1)), distance: distance, isSmooth: isSmooth, isDefined: isDefined)
  }

  /// Whether f is F.
  public var isExact: Bool { distance.isZero }

  /// The functions on the union of two intervals, where their enclosures are these.
  func hull(_ other: TaylorSeries) -> TaylorSeries {
    TaylorSeries(
      zip(coefficients, other.coefficients).map { $0.hull($1) }, distance: max(distance, other.distance),
      isSmooth: isSmooth && other.isSmooth, isDefined: isDefined && other.isDefined)
  }

  /// The derivative, which knows one coefficient less; of F nothing is known where it is not f.
  public var derivative: TaylorSeries {
    TaylorSeries(
      (1..<max(coefficients.count, 1)).map { $0 * coefficients[$0] },
      distance: isExact ? distance : .infinity(precision: 64), isSmooth: isSmooth, isDefined: isSmooth && isExact)
  }

  /// The values of F on an interval x, from those here, on x, and those at a point c of it: f(c) + f'(c) (x - c) +
  /// f''/2 (x - c)^2 and so on, by Taylor's theorem with the last coefficient on x, each cut met by the others; with
  /// kinks by difference quotients alone.
  func range(on x: Interval, around c: Interval, _ center: TaylorSeries) -> Interval {
    guard isDefined, center.isDefined, order >= 1, x.isBounded else { return range }
    let s = x - c
    var result = value
    var (sum, power) = (center.value, s)
    let last = isSmooth ? order : 1
    for k in 1...last {
      result = result.intersection(sum + coefficients[k] * (k == 1 ? s : power))
      guard k < last, k <= center.order else { break }
      sum += center.coefficients[k] * power
      power = k == 1 ? s.squared : power * s
    }
    return isExact ? result : result + .ball(distance)
  }
}
