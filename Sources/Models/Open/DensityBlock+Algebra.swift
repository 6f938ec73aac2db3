import Operators

extension DensityBlock {
  /// Whether the matrices that are zero outside of some real numbers are closed under products: the places of these
  /// are the pairs of an equivalence relation of basis states, and both parts of each element are among them.
  func isAlgebra(_ elements: [Int]) -> Bool {
    let own = Set(elements)
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var sets = DisjointSets(states.count)
    var isMet = [Bool](repeating: false, count: states.count)
    var count = 0
    for place in places {
      guard let coordinate = coordinates[place], let row = numbers[place.row], let column = numbers[place.column]
      else { return false }
      let hasReal = own.contains(coordinate)
      guard place.isDiagonal || own.contains(coordinate + 1) == hasReal else { return false }
      guard hasReal else { continue }
      (isMet[row], isMet[column]) = (true, true)
      sets.join(row, column)
      count += 1
    }
    // Each class has all of its pairs.
    return count == sets.groups.filter { isMet[$0[0]] }.reduce(0) { $0 + $1.count * ($1.count + 1) / 2 }
  }
}
