/// How much a computation may spend before it answers `undecided`.
public struct Budget: Sendable {
  /// The most bits of precision.
  public let bits: Int
  /// The most seconds.
  public let seconds: Double
  private let deadline: ContinuousClock.Instant

  /// The caps that the command line states: 65536 bits, 60 seconds.
  public static let standardBits = 65536
  /// The time cap that the command line states.
  public static let standardSeconds = 60.0

  /// A budget whose time starts now.
  public init(bits: Int = Budget.standardBits, seconds: Double = Budget.standardSeconds) {
    self.bits = bits
    self.seconds = seconds
    // A century is as good as any longer time and stays clear of overflow.
    deadline = .now + .seconds(min(seconds, 3.2e9))
  }

  private init(bits: Int, deadline: ContinuousClock.Instant, of budget: Budget) {
    (self.bits, seconds, self.deadline) = (bits, budget.seconds, deadline)
  }

  /// The same time with at most so many bits.
  public func limited(to bits: Int) -> Budget { Budget(bits: min(bits, self.bits), deadline: deadline, of: self) }

  /// The same bits for at most so many seconds from now, and no longer than this one.
  public func limited(toSeconds seconds: Double) -> Budget {
    Budget(bits: bits, deadline: min(deadline, .now + .seconds(min(seconds, 3.2e9))), of: self)
  }

  /// What is left of the time, in seconds; zero when it is over.
  public var secondsLeft: Double { max(0, (deadline - .now).inSeconds) }

  /// That the time is over.
  public var timeIsOver: Unanswered { Unanswered(undecided: "the cap of \(seconds) seconds was reached") }

  /// Throws when the time is over; called inside loops that may take long.
  public func check() throws(Unanswered) {
    if ContinuousClock.now > deadline { throw timeIsOver }
  }
}

extension Duration {
  /// This duration in seconds, as a double.
  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
