import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// Repetitions by a power of the map that one of them is.
///
/// Where no piece depends on the time, and the elements at the end of a repetition are those at its beginning, it is
/// one linear map of their real numbers: a product of resets and of flows, none of which enlarges the trace norm. The
/// map is followed from each number; its powers are those of ``ContractionPower``.
extension ScheduledEvolution {
  /// The most real numbers of which the map is made.
  private static let greatestOrder = 256

  /// Leaps over repetitions that are over before the goal of a walk, where their power is cheaper than they are one by
  /// one: how many; 0 where it is not.
  ///
  /// - Parameters:
  ///   - places: the elements at the beginning of the last repetition.
  ///   - left: the number of repetitions that are left.
  mutating func leap(
    _ steps: [ScheduleDeclaration.Step], from places: [DensityBlock.Place]?, _ left: Int, _ walk: inout Walk
  ) throws -> Int {
    guard left > 4, let places, places == walk.state.places else { return 0 }
    let order = walk.state.numbers.dimension
    let own = try clock.passes(steps)
    guard order <= Self.greatestOrder,
      own.indices.allSatisfy({ own[$0] == 0 || generators[$0].functions.isEmpty })
    else { return 0 }
    var whole = left
    if let goal = walk.goal {
      // One is left, so that it is told where the goal lies.
      whole = try clock.whole(own, before: goal, after: walk.passed, atMost: left + 1) - 1
    }
    guard whole > 4 else { return 0 }
    let digits = Int.bitWidth - whole.leadingZeroBitCount
    // In products of numbers: a piece has some 60 powers of 10 products for each number, and what it begins with.
    let repetition = own.reduce(0.0) { $0 + Double($1) } * (20_000 + 600 * Double(order))
    let cube = Double(order) * Double(order) * Double(order)
    let power = Double(order) * repetition + 2 * Double(digits) * cube
    guard power < Double(whole) * repetition else { return 0 }
    let bits = point.precision + 64 + digits
    var columns: [FlowState] = []
    for number in 0..<order {
      var column = DensityElements(places, .unit(number, dimension: order))
      column = try follow(steps, column, bits: bits)
      guard column.places == places else { return 0 }
      columns.append(column.numbers)
    }
    let rows = Set(places.map(\.row)).union(places.map(\.column)).count
    let map = ContractionPower(columns: columns, spread: DensityBlock.spread(rows: rows), bits: bits)
    let end = try map.applied(
      whole, to: walk.state.numbers, size: BigFloat(1, precision: 64, rounding: .up), within: budget)
    walk.state = DensityElements(places, end)
    for piece in own.indices { walk.passed[piece] += whole * own[piece] }
    return whole
  }

  /// What whole steps without the time make of elements, of which no one is greater than 1.
  private mutating func follow(
    _ steps: [ScheduleDeclaration.Step], _ elements: DensityElements, bits: Int
  ) throws -> DensityElements {
    var state = elements
    for step in steps {
      try budget.check()
      switch step {
      case .reset(let number): state = try resets[number].applied(to: state, within: budget)
      case .repeated(let formula, let inner):
        // Resets alone do the same once and often.
        let isStill = try clock.passes(inner).allSatisfy { $0 == 0 }
        for _ in 0..<min(try clock.count(formula), isStill ? 1 : .max) {
          state = try follow(inner, state, bits: bits)
        }
      case .piece(let number):
        guard let length = clock.lengths[number] else { throw point.unservedInSchedule() }
        let block = try block(number, from: state.places)
        let wide = state.extended(to: block.places, precision: point.precision)
        // One element and its mirror image have the trace norm 2.
        let end = try block.flow.evolved(
          wide.numbers, size: BigFloat(2, precision: 64, rounding: .up), until: length.value, bits: bits,
          within: budget)
        state = DensityElements(block.places, end)
      }
    }
    return state
  }
}
