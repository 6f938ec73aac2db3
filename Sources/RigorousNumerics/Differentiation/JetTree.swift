/// The hulls of ranges of jets, each from at most two jets a level.
struct JetTree: Sendable {
  /// The jets, then hulls of pairs, of pairs of these, and so on; one without a partner stands for itself.
  private let levels: [[TaylorJet]]

  /// Jets in their order.
  init(_ jets: [TaylorJet]) {
    var levels = [jets]
    while let last = levels.last, last.count > 1 {
      levels.append(
        stride(from: 0, to: last.count, by: 2).map { $0 + 1 < last.count ? last[$0].hull(last[$0 + 1]) : last[$0] })
    }
    self.levels = levels
  }

  /// The hull of a range of the jets; nil for none.
  func hull(_ range: Range<Int>) -> TaylorJet? {
    var (low, high) = (range.lowerBound, range.upperBound)
    var result: TaylorJet?
    func add(_ jet: TaylorJet) { result = result.map { $0.hull(jet) } ?? jet }
    for level in levels where low < high {
      // Ends without their partner are taken at this level, the rest as pairs at the next.
      if low % 2 == 1 { add(level[low]) }
      if high % 2 == 1 { add(level[high - 1]) }
      (low, high) = ((low + 1) / 2, high / 2)
    }
    return result
  }
}
