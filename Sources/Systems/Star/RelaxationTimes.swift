import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Charging times of the strongly driven star, E/E_ss = 1 - f(g, t) with f of ``Relaxation``.
///
/// f' = -exp(-gamma t/2) (g^2/k) sinh(k t), k^2 = gamma^2/4 - g^2. For k^2 >= 0 f falls for ever. Otherwise, with w^2 =
/// -k^2, it is monotonic between the points m pi/w, where it is (-1)^m exp(-gamma m pi/(2 w)).
struct RelaxationTimes {
  private let rate: Interval
  private let coupling: Interval
  private let precision: Int
  private let level: Interval

  init(_ arguments: Arguments, _ precision: Int) {
    (rate, coupling) = (arguments.enclosure(.dephasing, precision), arguments.enclosure(.coupling, precision))
    self.precision = precision
    level = Interval(Rational(1, 10), precision: precision)
  }

  private func value(_ t: Interval) -> Interval { Relaxation.value(at: t, rate: rate, coupling: coupling) }

  /// The frequency w, with zero for what k^2 >= 0 gives.
  private var frequency: Interval {
    (coupling.squared - rate.squared.scaled(byPowerOfTwo: -2)).maximum(Interval(0, precision: precision)).squareRoot
  }

  /// The only place of a range with sign f = 1/10, sign f being above at its beginning, below at its end and monotonic
  /// between.
  private func passage(_ sign: Int, _ low: BigFloat, _ high: BigFloat, within budget: Budget) throws -> Interval {
    var (low, high) = (low, high)
    for _ in 0..<precision {
      try budget.check()
      guard let middle = Interval(low, high)?.midpoint else { return .entire(precision: precision) }
      switch (sign * value(Interval(middle)) - level).certainSign {
      case 1: low = middle
      case -1: high = middle
      default: return Interval(low, high) ?? .entire(precision: precision)
      }
    }
    return Interval(low, high) ?? .entire(precision: precision)
  }

  /// The first time with f = 1/10: f falls up to pi/w.
  func first(within budget: Budget) throws -> Interval {
    let fastest = frequency.upper
    let turn =
      fastest.isZero
      ? BigFloat.infinity(precision: precision) : (Interval.pi(precision: precision) / Interval(fastest)).lower
    // A power of two with f below the level, or the turn, where f is negative.
    var time = Interval(1, precision: precision).scaled(byPowerOfTwo: -(coupling.upper.binaryExponent ?? 0))
    while time.upper < turn {
      try budget.check()
      if value(time).isLess(than: level) == .certainlyTrue { break }
      time = time.scaled(byPowerOfTwo: 1)
    }
    let end = min(time.upper, turn)
    guard value(Interval(end)).isLess(than: level) == .certainlyTrue else { return .entire(precision: precision) }
    return try passage(1, .zero(precision: precision), end, within: budget)
  }

  /// The last time with |f| = 1/10.
  func last(within budget: Budget) throws -> Interval {
    let w = frequency
    // The last of the turns with a magnitude of 1/10 or more; without one but the start, f is 1/10 once.
    let turns = 2 * w * Interval(10, precision: precision).logarithm / (rate * .pi(precision: precision))
    if turns.isLess(than: Interval(1, precision: precision)) == .certainlyTrue { return try first(within: budget) }
    guard let least = turns.lower.floor, let greatest = turns.upper.floor, least == greatest else {
      return .entire(precision: precision)
    }
    guard let turn = Int(exactly: least), turn < 1 << 60 else {
      throw Unanswered(beyond: "this route is limited to 2^60 turns of the energy before it settles")
    }
    let half = Interval.pi(precision: precision) / w
    return try passage(turn % 2 == 0 ? 1 : -1, (turn * half).upper, ((turn + 1) * half).lower, within: budget)
  }
}
