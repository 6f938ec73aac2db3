import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The average power of a Dicke battery as a function of o = w0/g alone, in units of time and energy in which nothing
/// else is left.
///
/// The arguments have g = 1 and w0 = o.
protocol PowerOverFrequency: Sendable {
  /// The energy is never above it.
  var greatestEnergy: Int { get }
  /// The greatest power over all times.
  func greatest(_ arguments: Arguments, within budget: Budget) throws -> Interval
  /// A time, a number, near that of the greatest power.
  func time(_ arguments: Arguments, within budget: Budget) throws -> Interval
  /// The power at a time.
  func power(_ arguments: Arguments, at time: Interval, within budget: Budget) throws -> Interval
  /// At least the magnitude of the power's second derivative in o, at all times up to one.
  func curvature(until time: Interval) -> Interval
}

/// <k>/x, x = g tau.
struct QuantumPower: PowerOverFrequency {
  let cells: Int
  var greatestEnergy: Int { cells }

  func greatest(_ arguments: Arguments, within budget: Budget) throws -> Interval {
    let power = try DickeBattery(arguments, 64, cells: cells).maximalPower(within: budget)
    return power / arguments.enclosure(.frequency, 64)
  }

  func time(_ arguments: Arguments, within budget: Budget) throws -> Interval {
    try DickeBattery(arguments, 32, cells: cells).optimalTime(within: budget).number
  }

  func power(_ arguments: Arguments, at time: Interval, within budget: Budget) throws -> Interval {
    try DickePath.excitations(
      cells: cells, coupling: arguments.enclosure(.coupling, 128), frequency: arguments.enclosure(.frequency, 128),
      at: time,
      bits: 64, precision: 64, within: budget) / time
  }

  func curvature(until time: Interval) -> Interval { FrequencyCurvature.quantum(cells: cells, until: time) }
}

/// (1 + n_z)/s, s = 2 sqrt(2N) g tau.
struct ClassicalPower: PowerOverFrequency {
  let cells: Int
  var greatestEnergy: Int { 2 }

  /// 2 sqrt(2N).
  private var speed: Interval { Interval(8 * cells, precision: 64).squareRoot }

  func greatest(_ arguments: Arguments, within budget: Budget) throws -> Interval {
    let power = try ClassicalDickeBattery(arguments, 64, cells: Integer(cells)).maximalPower(within: budget)
    return 2 * power / (cells * (arguments.enclosure(.frequency, 64) * speed))
  }

  func time(_ arguments: Arguments, within budget: Budget) throws -> Interval {
    (speed * (try ClassicalDickeBattery(arguments, 32, cells: Integer(cells)).optimalTime(within: budget))).number
  }

  func power(_ arguments: Arguments, at time: Interval, within budget: Budget) throws -> Interval {
    let start = ClassicalDickeBattery.start(arguments, Integer(cells), 128)
    let end = try ClassicalDickeBattery.flow.evolved(
      start, for: time, bits: 64, within: budget, bounds: ClassicalDickeBattery.bounds)
    return (1 + end[4]) / time
  }

  /// The flow's own parameter is o over its speed.
  func curvature(until time: Interval) -> Interval {
    FrequencyCurvature.classical(until: time) / speed.squared
  }
}

extension Interval {
  /// A number near the middle of a time that is known to be positive; one where it is not.
  fileprivate var number: Interval {
    let middle = anchor.map { BigFloat($0, precision: 32, rounding: .nearest) }
    guard let middle, middle.signum > 0 else { return Interval(1, precision: 64) }
    return Interval(middle).rounded(to: 64)
  }
}
