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

  /// The states on which the density matrix stands.
  var states: [BasisState] { block.states }

  /// Whether the numbers alone are within their error in the trace norm; else what is cut off counts besides.
  var isClosed: Bool { cut == nil }

  /// The density matrix in doubles; of elements without an end the block that is followed.
  func rough(in frame: RoughFrame) -> RoughState? {
    let error = Interval(numbers.error)
    return RoughState(numbers, of: block, within: cut.map { $0.distance + error } ?? error, in: frame)
  }

  /// About the Frobenius norm of the difference of one matrix of doubles, moved for a time, from another one.
  ///
  /// Of what stands on other elements only a change of its size counts.
  func loss(
    from first: RoughState, at begin: Interval, to second: RoughState, at end: Interval, within budget: Budget
  ) throws -> Double? {
    let n = first.frame.count
    var (numbers, others) = ([Double](), [Double]())
    var isHeld = [Bool](repeating: false, count: n * n)
    for place in block.places {
      guard let row = first.frame.numbers[place.row], let column = first.frame.numbers[place.column] else { return nil }
      let place = row * n + column
      isHeld[place] = true
      numbers.append(first.real[place])
      others.append(second.real[place])
      if row != column {
        numbers.append(first.imaginary[place])
        others.append(second.imaginary[place])
      }
    }
    guard let start = FlowState(numbers, fractionBits: 64) else { return nil }
    let size = (block.flow.spread * (start.storedNorm + Interval(start.error))).upper
    let moved = try block.flow.evolved(
      start, size: size, from: begin, until: end, bits: Self.roughBits, within: budget)
    guard let ends = moved.storedDoubles?.elements else { return nil }
    var (inside, coordinate) = (0.0, 0)
    for place in block.places {
      for part in 0..<(place.isDiagonal ? 1 : 2) {
        let miss = ends[coordinate + part] - others[coordinate + part]
        inside += (place.isDiagonal ? 1 : 2) * miss * miss
      }
      coordinate += place.isDiagonal ? 1 : 2
    }
    func outside(_ state: RoughState) -> Double {
      var sum = 0.0
      for row in 0..<n {
        for column in 0...row where !isHeld[row * n + column] {
          let place = row * n + column
          let own = state.real[place] * state.real[place] + state.imaginary[place] * state.imaginary[place]
          sum += row == column ? own : 2 * own
        }
      }
      return sum.squareRoot()
    }
    let change = outside(second) - outside(first)
    return (inside + change * change).squareRoot()
  }

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
