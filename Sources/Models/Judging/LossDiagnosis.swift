import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import Operators
import RigorousNumerics

/// What a distance of a trajectory comes of. The distances are proved; this is told in doubles, to say where to look.
struct LossDiagnosis {
  let trajectory: Trajectory
  let order: StateOrder
  let point: ModelPoint
  let times: [Double]
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  /// How much of the truth is on basis states that the path does not hold.
  private var missed: [Double] = []
  /// The truth by elements or amplitudes, at all times, or at equal steps of their numbers where that is much.
  private(set) var kept: [Int: DoubleState] = [:]
  private var keptStep = 1
  private var keptCount = 0
  private let own: Set<BasisState>

  /// The most numbers that are kept.
  private static let greatestCount = 1 << 20

  init(_ trajectory: Trajectory, _ order: StateOrder, _ point: ModelPoint) {
    (self.trajectory, self.order, self.point) = (trajectory, order, point)
    times = trajectory.times.map { time in
      time.enclosure(precision: 128).midpoint?.double(rounding: .nearest) ?? .nan
    }
    own = Set(order.states(point).compactMap { $0 })
  }

  mutating func add(_ number: Int, _ distance: PathDistance, _ truth: DoubleState) {
    lower.append(max(distance.value.lower.double(rounding: .down), 0))
    upper.append(distance.value.upper.double(rounding: .up))
    missed.append(truth.outside(own))
    guard number % keptStep == 0 else { return }
    kept[number] = truth
    keptCount += truth.count
    while keptCount > Self.greatestCount, kept.count > 1 {
      keptStep *= 2
      kept = kept.filter { $0.key % keptStep == 0 }
      keptCount = kept.values.reduce(0) { $0 + $1.count }
    }
  }

  /// A state of the path.
  func given(_ number: Int, _ places: [BasisState?]) -> ForeignState {
    ForeignState(point: point, trajectory: trajectory, number: number, places: places)
  }

  // MARK: - The cause

  /// A distance below which nothing is looked for.
  static let small = 1e-6

  func cause(_ walk: StateWalk, model: Model, arguments: Arguments, within budget: Budget) throws -> String {
    let greatest = lower.max() ?? 0
    guard greatest > Self.small else { return "none: the path is within \(Self.above(upper.max() ?? 0)) of the truth" }
    if let phase = phase() { return phase }
    if let label = try relabelled(within: budget) { return label }
    if let clock = try clock(model, arguments, within: budget) { return clock }
    // Where the loss is first seen.
    let first = lower.firstIndex { $0 > max(greatest / 100, Self.small) } ?? 0
    if let cut = cutOff(first) { return cut }
    if lower[0] > greatest / 2 {
      return "start: at the first time, t = \(times[0]), the path is off by \(Self.shown(lower[0])) already"
    }
    return try steps(walk, within: budget)
  }

  /// The cut-off of modes: the truth stood where the path holds nothing. A path is off by as much at least.
  private func cutOff(_ first: Int) -> String? {
    guard !point.modes.isEmpty, let most = missed[...first].indices.max(by: { missed[$0] < missed[$1] }),
      missed[most] > lower[first] / 4
    else { return nil }
    let (part, off) = (Self.shown(missed[most]), Self.shown(lower[first]))
    return "cut-off: at t = \(times[most]) a part of the truth of size \(part) stands on levels that the path does not "
      + "hold; at t = \(times[first]) the path is off by \(off)"
  }

  static func shown(_ value: Double) -> String { String(format: "%.2g", value) }

  /// Two digits, not below the value.
  private static func above(_ value: Double) -> String {
    let near = shown(value)
    guard value > 0, value.isFinite, let shownValue = Double(near), shownValue < value else { return near }
    return shown(value + pow(10, floor(log10(value)) - 1))
  }
}
