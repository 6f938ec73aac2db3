import ArbitraryPrecision

/// The supremum of a function of time over a window or over all t > 0, proved global, and where it is attained.
///
/// Pieces of the time axis are divided, the one with the greatest upper bound first. A piece is dropped
///
/// - where its values are certainly below one that is attained;
/// - where F' has one sign, or F'' is positive: no maximum is inside, and its ends belong to neighbours or to the
///   window;
/// - where it lies in an interval on which F'' < 0 and a Newton step has proved one zero of F', which is kept.
///
/// What is left when the greatest upper bound is as good as the precision asks for holds all other times at which the
/// supremum can be attained. Nothing is assumed of F there: it need have no derivative, and may be known to a distance.
public struct GreatestValue: Sendable {
  /// What is to be greatest.
  public enum Subject: Sendable {
    /// F itself.
    case plain(TimeFunction)
    /// F = G/t with G(0) = 0, given F for t > 0, G and its rate G': on (0, b] F is in G'([0, b]) by the mean value
    /// theorem, with the limit G'(0) at t = 0+.
    case overTime(TimeFunction, gain: TimeFunction, rate: TimeFunction)

    var function: TimeFunction {
      switch self {
      case .plain(let function), .overTime(let function, _, _): function
      }
    }
  }

  /// The times.
  public enum Window: Sendable {
    /// 0 <= t <= T, T in an enclosure.
    case upTo(Interval)
    /// 0 < t <= P for a function with the period P, in an enclosure.
    case period(Interval)
    /// t > 0: values beyond a time are bounded by the function's enclosure on the half line.
    case all
  }

  /// The supremum.
  public let value: Interval
  /// The times at which it can be attained, apart from each other, in rising order; 0 where it is the limit t -> 0+.
  public let times: [Interval]

  /// Whether the function is not known long enough to close the half line.
  public let isOpen: Bool
  /// A time from which on G/t is below what was attained, where it is open for G that is bounded at all times: later
  /// times need not be known.
  public let closingTime: BigFloat?

  /// The time at which it is attained.
  ///
  /// - Throws: ``Unanswered`` when several compete.
  public func time() throws(Unanswered) -> Interval {
    guard times.count == 1 else {
      throw Unanswered(undecided: "\(times.count) times compete for the maximum and could not be told apart")
    }
    return times[0]
  }

  /// Finds the supremum.
  ///
  /// - Parameters:
  ///   - precision: the bits asked for.
  ///   - isTimeAsked: whether the times are to be sharp, too.
  /// - Throws: ``Unanswered`` when the time is over, or nothing bounds the function.
  public init(
    of subject: Subject, over window: Window, precision: Int, isTimeAsked: Bool = true, within budget: Budget
  ) throws(Unanswered) {
    var search = GreatestValueSearch(subject, precision, isTimeAsked: isTimeAsked, budget)
    try search.cover(window)
    isOpen = search.isOpen
    guard !isOpen else {
      (value, times) = (.entire(precision: 64), [.entire(precision: 64)])
      closingTime = try search.closingTime()
      return
    }
    closingTime = nil
    try search.divide()
    if isTimeAsked { try search.divideTimes() }
    (value, times) = try search.result()
  }
}
