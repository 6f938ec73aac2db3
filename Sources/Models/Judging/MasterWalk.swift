import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A density matrix on a finite block, moved step by step.
struct MasterWalk {
  private let block: DensityBlock
  private let size: BigFloat
  /// What the block stands for, where the elements have no end.
  private let cut: TruncatedBlock?
  private var numbers: FlowState
  private var time: Interval
  private let bits: Int

  /// Each step from one time to the next adds about 2^-spareBits of what the state may be off: there are no more than
  /// some thousands.
  static let spareBits = 24

  /// - Parameter size: at least the trace norm of the density matrix.
  init(
    _ block: DensityBlock, from numbers: FlowState, size: BigFloat = BigFloat(1, precision: 64, rounding: .up),
    at time: Interval = Interval(0, precision: 64), bits: Int
  ) {
    (self.block, self.numbers, self.size, self.time, self.bits, cut) = (block, numbers, size, time, bits, nil)
  }

  init(_ cut: TruncatedBlock, bits: Int) {
    (block, size, self.cut, self.bits) = (cut.block, cut.size, cut, bits)
    numbers = cut.started(fractionBits: bits + 32)
    time = Interval(0, precision: 64)
  }

  /// Whether an element is one of those that are moved.
  func holds(_ place: DensityBlock.Place) -> Bool { block.coordinates[place] != nil }

  /// The bits of what tells a cause: far below the 1e-6 from which on one is looked for.
  private static let roughBits = 44

  /// Another density matrix after a time, to some digits; what stands on other elements is left out.
  func moved(
    _ elements: [DensityBlock.Place: ComplexInterval], from begin: Interval, to end: Interval, _ point: ModelPoint,
    within budget: Budget
  ) throws -> [DensityBlock.Place: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: 64)
    let numbers = block.places.flatMap { place -> [Interval] in
      let value = elements[place] ?? zero
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
    let first = FlowState(numbers, fractionBits: 64)
    let size = (block.flow.spread * (first.storedNorm + Interval(first.error))).upper
    var walk = MasterWalk(block, from: first, size: size, at: begin, bits: Self.roughBits)
    try walk.advance(to: end, within: budget)
    return block.places.reduce(into: [:]) { result, place in
      guard let coordinate = block.coordinates[place] else { return }
      let real = walk.numbers.element(coordinate)
      result[place] = ComplexInterval(
        real, place.isDiagonal ? Interval(0, precision: 64) : walk.numbers.element(coordinate + 1))
    }
  }

  mutating func advance(to next: Interval, within budget: Budget) throws {
    defer { time = next }
    guard next.upper > time.upper else { return }
    numbers = try block.flow.evolved(
      numbers, size: size, from: time, until: next, bits: bits, within: budget)
  }

  func state(_ point: ModelPoint) -> ModelState {
    // Numbers of the same bits as those that they are used with, or each operation would take longer.
    cut?.state(numbers, point) ?? block.state(point) { numbers.element($0).rounded(to: point.precision) }
  }
}
