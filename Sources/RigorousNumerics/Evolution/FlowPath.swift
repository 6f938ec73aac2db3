import ArbitraryPrecision
import Synchronization

/// The states of a flow from one start, at the multiples of a step as they are asked for, and at any time.
///
/// Several means are taken along one path: its states are computed once.
public final class FlowPath: Sendable {
  /// The flow; nil where nothing turns.
  let flow: SkewFlow?
  /// The start.
  let start: FlowState
  /// The start as it was given.
  private let elements: [Interval]
  /// The most states that are kept.
  static let greatestCount = 200_000

  private struct Grid {
    let step: Interval
    let bits: Int
    var states: [FlowState]
  }
  private let grids = Mutex<[Grid]>([])
  /// The last states that were asked for at single times.
  private let recent = Mutex<[(time: Interval, bits: Int, state: FlowState)]>([])

  /// The path from a start of enclosures.
  ///
  /// - Parameter bits: the start is held with so many bits after the point.
  public init(_ flow: SkewFlow?, from elements: [Interval], bits: Int) {
    (self.flow, self.elements) = (flow, elements)
    start = FlowState(elements, fractionBits: bits)
  }

  /// At least the 2-norm of the stored start.
  public var startNorm: BigFloat { start.normBound }

  /// The path of the stored vector of a state.
  public init(_ flow: SkewFlow, fromStored state: FlowState) {
    let elements = (0..<state.dimension).map { state.storedElement($0, precision: max(64 * state.width, 64)) }
    (self.flow, self.elements) = (flow, elements)
    var start = state
    start.error = .zero(precision: 64)
    self.start = start
  }

  /// The state at a time.
  func state(at time: Interval, bits: Int, within budget: Budget) throws(Unanswered) -> FlowState {
    guard let flow else { return start }
    let known = recent.withLock { all in all.first { $0.bits == bits && $0.time.isSameSet(as: time) } }
    if let known { return known.state }
    let state = try flow.evolved(start, for: time, bits: bits, within: budget)
    recent.withLock { all in
      if all.count > 3 { all.removeFirst() }
      all.append((time, bits, state))
    }
    return state
  }

  /// The state at a multiple of a step.
  func state(_ index: Int, step: Interval, bits: Int, within budget: Budget) throws(Unanswered) -> FlowState {
    guard let flow else { return start }
    var grid =
      grids.withLock { all in all.first { $0.step.isSameSet(as: step) && $0.bits == bits } }
      ?? Grid(step: step, bits: bits, states: [start])
    guard grid.states.count <= index else { return grid.states[index] }
    guard index < FlowPath.greatestCount else {
      throw Unanswered(beyond: "a flow of \(FlowPath.greatestCount) steps is too long")
    }
    while grid.states.count <= index {
      grid.states.append(
        try flow.evolved(grid.states[grid.states.count - 1], for: step, bits: bits, within: budget))
    }
    let found = grid
    grids.withLock { all in
      all.removeAll { $0.step.isSameSet(as: step) && $0.bits == bits }
      all.append(found)
    }
    return grid.states[index]
  }

  /// The Taylor coefficients of <v|B|v> at the start, of which those that vanish by structure are exactly zero: where
  /// elements that are exactly zero meet others in every product.
  func startCoefficients(of observable: FlowObservable, order: Int) -> [Interval] {
    let precision = elements.reduce(64) { max($0, $1.precision) }
    func isZero(_ x: Interval) -> Bool { x.isPoint && x.containsZero }
    func product(_ rows: [[(column: Int, value: Interval)]], _ vector: [Interval]) -> [Interval] {
      rows.map { row in
        var sum: Interval?
        for (k, a) in row where !isZero(vector[k]) { sum = sum.map { $0 + a * vector[k] } ?? a * vector[k] }
        return sum ?? Interval(0, precision: precision)
      }
    }
    let rows = flow.map { flow in (0..<flow.dimension).map { flow.row($0, precision: precision) } } ?? []
    var powers = [elements]
    for k in 0..<order {
      powers.append(flow == nil ? elements.map { 0 * $0 } : product(rows, powers[k]))
    }
    let images = powers.map { product(observable.rows, $0) }
    return (0...order).map { n in
      var total = Interval(0, precision: precision)
      var (binomial, factorial) = (Integer(1), Integer(1))
      for i in 0...n {
        var sum = Interval(0, precision: precision)
        for (x, y) in zip(powers[i], images[n - i]) where !isZero(x) && !isZero(y) { sum += x * y }
        if !isZero(sum) { total += Interval(binomial, precision: precision) * sum }
        binomial = (binomial * Integer(n - i)).dividedDown(by: Integer(i + 1))
        factorial = factorial * Integer(max(i, 1))
      }
      return isZero(total) ? total : total / Interval(factorial, precision: precision)
    }
  }
}
