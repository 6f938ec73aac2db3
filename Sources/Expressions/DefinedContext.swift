import ArbitraryPrecision

/// An enclosure of a formula over a box, and whether the formula is certain to be defined and continuous on all of it.
///
/// Set-based functions silently leave out the part of a box where they are not defined: the square root of [-1, 4] is
/// [0, 2], and 0/[-1, 1] is {0}. Such an enclosure holds every value that there is, and says nothing of whether there
/// is one at every point. Whoever certifies or refutes a formula needs the second answer too (the decorations of IEEE
/// 1788-2015, Sec. 8, cut to two).
public struct DefinedInterval: Sendable {
  /// The enclosure of all values.
  public let interval: Interval
  /// Whether the formula is certain to be defined and continuous at every point.
  public let isDefined: Bool

  /// An enclosure with what is known of it; an empty one is never defined.
  public init(_ interval: Interval, isDefined: Bool) {
    self.interval = interval
    self.isDefined = isDefined && !interval.isEmpty
  }

  /// All points of a box.
  public init(_ box: Interval) {
    self.init(box, isDefined: true)
  }
}

/// Enclosures at a precision that know whether the formula has a value everywhere.
public struct DefinedContext: Sendable {
  private let intervals: IntervalContext

  /// Enclosures at a precision in bits.
  public init(precision: Int) {
    intervals = IntervalContext(precision: precision)
  }

  private func both(_ a: DefinedInterval, _ b: DefinedInterval, _ value: Interval) -> DefinedInterval {
    DefinedInterval(value, isDefined: a.isDefined && b.isDefined)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension DefinedContext: EvaluationContext {
  public func number(_ value: Rational) -> DefinedInterval { DefinedInterval(intervals.number(value)) }
  public var pi: DefinedInterval { DefinedInterval(intervals.pi) }

  public func negation(_ a: DefinedInterval) -> DefinedInterval {
    DefinedInterval(-a.interval, isDefined: a.isDefined)
  }

  public func sum(_ a: DefinedInterval, _ b: DefinedInterval) -> DefinedInterval {
    both(a, b, a.interval + b.interval)
  }

  public func difference(_ a: DefinedInterval, _ b: DefinedInterval) -> DefinedInterval {
    both(a, b, a.interval - b.interval)
  }

  public func product(_ a: DefinedInterval, _ b: DefinedInterval) -> DefinedInterval {
    both(a, b, a.interval * b.interval)
  }

  public func quotient(_ a: DefinedInterval, _ b: DefinedInterval) -> DefinedInterval {
    DefinedInterval(
      a.interval / b.interval, isDefined: a.isDefined && b.isDefined && !b.interval.containsZero)
  }

  public func power(_ a: DefinedInterval, _ exponent: Int) -> DefinedInterval {
    DefinedInterval(
      a.interval.power(exponent), isDefined: a.isDefined && (exponent >= 0 || !a.interval.containsZero))
  }

  public func power(_ a: DefinedInterval, _ exponent: DefinedInterval) -> DefinedInterval {
    if let n = exponent.interval.exponent {
      let value = power(a, n)
      return DefinedInterval(value.interval, isDefined: value.isDefined && exponent.isDefined)
    }
    let value = intervals.power(a.interval, exponent.interval)
    return DefinedInterval(
      value, isDefined: a.isDefined && exponent.isDefined && a.interval.lower.signum > 0)
  }

  public func call(_ function: ElementaryFunction, _ a: DefinedInterval) -> DefinedInterval {
    let value = intervals.call(function, a.interval)
    return DefinedInterval(value, isDefined: a.isDefined && function.isDefined(on: a.interval, value: value))
  }
}

extension ElementaryFunction {
  /// Whether the function is certain to be defined, continuous and (but for the square root and the magnitude at 0)
  /// differentiable on a box.
  ///
  /// - Parameter value: the enclosure of the function on the box.
  public func isDefined(on box: Interval, value: Interval) -> Bool {
    switch self {
    case .sqrt: box.lower.signum >= 0
    case .log: box.lower.signum > 0
    // The enclosure of a tangent is bounded exactly when no pole is in the box.
    case .tan: value.isBounded && !value.isEmpty
    case .sin, .cos, .atan, .exp, .sinh, .cosh, .tanh, .abs: true
    }
  }
}
