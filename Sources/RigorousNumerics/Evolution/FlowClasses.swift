import ArbitraryPrecision

/// Classes of the elements of a flow that feed one another, in both directions and over others: element j feeds element
/// i where M_ij is not exactly zero.
struct FlowClasses {
  /// What each element feeds.
  let targets: [[(row: Int, value: Interval)]]

  init(dimension: Int, _ entries: [FractionMatrix.Entry]) {
    var targets = [[(row: Int, value: Interval)]](repeating: [], count: dimension)
    for entry in entries { targets[entry.column].append((entry.row, entry.value)) }
    self.targets = targets
  }

  private init(_ targets: [[(row: Int, value: Interval)]]) { self.targets = targets }

  /// The classes with a part of the entries.
  func filtered(_ isKept: (_ row: Int, _ column: Int, _ value: Interval) throws -> Bool) rethrows -> FlowClasses {
    FlowClasses(
      try targets.enumerated().map { column, entries in try entries.filter { try isKept($0.row, column, $0.value) } })
  }

  /// The classes of what some elements reach, each after those that feed it (Kosaraju).
  func classes(from isStart: (Int) -> Bool, within budget: Budget) throws(Unanswered) -> [[Int]] {
    let dimension = targets.count
    var sources = [[Int]](repeating: [], count: dimension)
    var order: [Int] = []
    var isMet = [Bool](repeating: false, count: dimension)
    for first in 0..<dimension where !isMet[first] && isStart(first) {
      try budget.check()
      isMet[first] = true
      var path = [(element: first, next: 0)]
      while let (element, next) = path.last {
        guard next < targets[element].count else {
          order.append(element)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let row = targets[element][next].row
        if row != element { sources[row].append(element) }
        if !isMet[row] {
          isMet[row] = true
          path.append((row, 0))
        }
      }
    }
    var classes: [[Int]] = []
    for last in order.reversed() where isMet[last] {
      isMet[last] = false
      var (own, waiting) = ([Int](), [last])
      while let element = waiting.popLast() {
        own.append(element)
        for source in sources[element] where isMet[source] {
          isMet[source] = false
          waiting.append(source)
        }
      }
      classes.append(own.sorted())
    }
    return classes
  }

  /// Some elements and all that they feed, over others too.
  func reached(from elements: [Int]) -> Set<Int> {
    var (met, waiting) = (Set(elements), elements)
    while let element = waiting.popLast() {
      for (row, _) in targets[element] where met.insert(row).inserted { waiting.append(row) }
    }
    return met
  }

  /// The elements in groups of which none feeds another one.
  func components() -> [[Int]] {
    var neighbours = targets.map { $0.map(\.row) }
    for (element, rows) in targets.enumerated() { for (row, _) in rows { neighbours[row].append(element) } }
    var isMet = [Bool](repeating: false, count: targets.count)
    return targets.indices.compactMap { first in
      guard !isMet[first] else { return nil }
      isMet[first] = true
      var (own, waiting) = ([Int](), [first])
      while let element = waiting.popLast() {
        own.append(element)
        for other in neighbours[element] where !isMet[other] {
          isMet[other] = true
          waiting.append(other)
        }
      }
      return own.sorted()
    }
  }

  /// The block of M on a class, and whether it feeds no other one.
  func block(_ elements: [Int]) -> (entries: [ContractiveFlow.Entry], isLast: Bool) {
    let places = elements.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var (entries, isLast) = ([ContractiveFlow.Entry](), true)
    for (column, element) in elements.enumerated() {
      for (row, value) in targets[element] {
        guard let place = places[row] else {
          isLast = false
          continue
        }
        entries.append(.init(place, column, value))
      }
    }
    return (entries, isLast)
  }
}
