/// Numbers in sets that are joined.
struct DisjointSets {
  private var parents: [Int]

  init(_ count: Int) { parents = Array(0..<count) }

  mutating func root(of element: Int) -> Int {
    var root = element
    while parents[root] != root { root = parents[root] }
    var place = element
    while parents[place] != root { (parents[place], place) = (root, parents[place]) }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (x, y) = (root(of: a), root(of: b))
    parents[max(x, y)] = min(x, y)
  }

  /// The sets, each in rising order, by their least elements.
  var groups: [[Int]] {
    var copy = self
    var result: [Int: [Int]] = [:]
    for element in parents.indices { result[copy.root(of: element), default: []].append(element) }
    return result.sorted { $0.key < $1.key }.map(\.value)
  }
}
