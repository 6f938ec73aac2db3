import ArbitraryPrecision

extension GreatestValueSearch {
  /// A piece of time that can hold the supremum.
  struct Piece {
    let time: Interval
    /// At least F.
    let upper: BigFloat
    /// How far F is known.
    let distance: BigFloat

    init(_ time: Interval, _ upper: BigFloat, _ distance: BigFloat = .zero(precision: 64)) {
      (self.time, self.upper, self.distance) = (time, upper, distance)
    }
  }
}

/// Pieces of which the one with the greatest upper bound is at hand.
struct PieceHeap {
  private(set) var all: [GreatestValueSearch.Piece] = []

  var greatest: GreatestValueSearch.Piece? { all.first }

  mutating func removeAll() { all = [] }

  mutating func insert(_ piece: GreatestValueSearch.Piece) {
    all.append(piece)
    var child = all.count - 1
    while child > 0, all[(child - 1) / 2].upper < all[child].upper {
      all.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeGreatest() {
    guard let last = all.popLast() else { return }
    guard !all.isEmpty else { return }
    all[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < all.count }
      guard let child = children.max(by: { all[$0].upper < all[$1].upper }), all[parent].upper < all[child].upper
      else { return }
      all.swapAt(parent, child)
      parent = child
    }
  }
}
