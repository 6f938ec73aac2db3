import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The vectors that carry a state under a drive or under jumps that leave them for good, moved step by step.
struct VectorsWalk {
  private let unravelling: Unravelling
  private var vectors: [(flow: NoJumpFlow, state: FlowState, size: BigFloat)]
  private var time = Interval(0, precision: 64)
  private let bits: Int

  /// - Returns: nil where jumps feed elements.
  init?(_ unravelling: Unravelling, bits: Int) throws {
    guard let vectors = try unravelling.moving(bits: bits) else { return nil }
    (self.unravelling, self.vectors, self.bits) = (unravelling, vectors, bits)
  }

  /// The states on which the vectors stand.
  var states: [BasisState] { Set(vectors.flatMap(\.flow.states)).sorted() }

  mutating func advance(to next: Interval, within budget: Budget) throws {
    defer { time = next }
    guard next.upper > time.upper else { return }
    for place in vectors.indices {
      let own = vectors[place]
      vectors[place].state = try own.flow.flow.evolved(
        own.state, size: own.size, from: time, until: next, bits: bits, within: budget)
    }
  }

  func state(_ point: ModelPoint) -> ModelState {
    let ends = vectors.map { own in
      own.flow.amplitudes(own.state).map { $0.rounded(to: point.precision) }
    }
    return unravelling.state(ends, precision: point.precision)
  }
}
