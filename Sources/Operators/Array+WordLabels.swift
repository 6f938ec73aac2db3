/// Labels of sums in words: only their pattern matters, not their numbers.
extension Array where Element == Letter {
  /// The number of labels that sums in a word use; they count from 0.
  public var labelCount: Int {
    reduce(0) {
      if case .label(let label) = $1.cell { return Swift.max($0, label + 1) }
      return $0
    }
  }

  /// The labels that letters bear, each with a factor of such a letter: families that share a label have one size.
  var boundLabels: [Letter.Cell: FactorID] {
    reduce(into: [:]) { if case .label = $1.cell { $0[$1.cell] = $1.factor } }
  }

  /// The word with every label raised by a number.
  public func shiftingLabels(by shift: Int) -> [Letter] {
    guard shift > 0 else { return self }
    return mapLabels { $0 + shift }
  }

  func renaming(_ old: Letter.Cell, _ new: Letter.Cell) -> [Letter] {
    map { letter in
      var letter = letter
      if letter.cell == old { letter.cell = new }
      return letter
    }
  }

  private func mapLabels(_ transform: (Int) -> Int) -> [Letter] {
    map { letter in
      guard case .label(let label) = letter.cell else { return letter }
      var letter = letter
      letter.cell = .label(transform(label))
      return letter
    }
  }

  /// Labels renumbered without gaps, in the order in which they occur.
  func closingLabels() -> [Letter] {
    var names: [Int: Int] = [:]
    return mapLabels { label in
      let name = names[label] ?? names.count
      names[label] = name
      return name
    }
  }

  /// The least word among those with labels renamed, and whether it is the opposite; nil where the sum vanishes.
  ///
  /// Renaming keeps factors and kinds in place, so that letters are put in order among those of one kind: these
  /// commute, and of fermions anticommute, also where two labels are equal. A word that is its own opposite is zero.
  func leastByLabels() throws -> (word: [Letter], isOpposite: Bool)? {
    let word = closingLabels()
    let count = word.labelCount
    guard count >= 2 else { return (word, false) }
    guard count <= 5 else { throw OutsideFragment("more than five sums in a product") }
    var best: (word: [Letter], isOpposite: Bool)?
    for order in [Letter].permutations(count) {
      let candidate = word.mapLabels { order[$0] }.sortedBehindObservables()
      if let known = best, known.word == candidate.word {
        if known.isOpposite != candidate.isOpposite { return nil }
      } else if best.map({ candidate.word.lexicographicallyPrecedes($0.word) }) ?? true {
        best = candidate
      }
    }
    return best
  }

  /// Letters behind the observables in order, and whether fermions changed places an odd number of times.
  private func sortedBehindObservables() -> (word: [Letter], isOpposite: Bool) {
    let front = prefix { $0.kind == .observable }
    var tail = Array(dropFirst(front.count))
    var isOpposite = false
    // By insertion, which counts exchanges.
    for end in tail.indices.dropFirst() {
      var place = end
      while place > 0, tail[place] < tail[place - 1] {
        if tail[place].isFermion, tail[place - 1].isFermion { isOpposite.toggle() }
        tail.swapAt(place, place - 1)
        place -= 1
      }
    }
    return (front + tail, isOpposite)
  }

  private static func permutations(_ count: Int) -> [[Int]] {
    guard count > 1 else { return [Swift.Array(0..<count)] }
    return permutations(count - 1).flatMap { shorter in
      (0..<count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }
}
