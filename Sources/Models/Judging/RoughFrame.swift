import Operators

/// The basis states of a path and of the truth in one order, for arithmetic in doubles on contiguous arrays.
final class RoughFrame: Sendable {
  /// The states, rising.
  let states: [BasisState]
  /// The number of each state.
  let numbers: [BasisState: Int]
  /// The number of the state at each place of the path.
  let ofPath: [Int]

  /// Fewer numbers of a vector, or rows of a matrix, are not worth it, and more elements of a matrix than these are not
  /// held in full.
  private static let (leastCount, leastRows, greatestSize) = (128, 24, 1 << 22)

  /// - Parameters:
  ///   - places: the basis state of each place of the path.
  ///   - truth: the basis states of the truth.
  ///   - isMatrix: whether matrices are meant.
  ///   - isProjector: whether the projectors of vectors are, whose elements are many.
  /// - Returns: nil where doubles are not worth it.
  init?(_ places: [BasisState?], _ truth: [BasisState], isMatrix: Bool, isProjector: Bool = false) {
    let own = places.compactMap { $0 }
    let states = Set(own).union(truth).sorted()
    guard own.count == places.count, states.count >= (isMatrix || isProjector ? Self.leastRows : Self.leastCount),
      !isMatrix || states.count * states.count <= Self.greatestSize
    else { return nil }
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    (self.states, self.numbers) = (states, numbers)
    ofPath = own.compactMap { numbers[$0] }
  }

  var count: Int { states.count }
}
