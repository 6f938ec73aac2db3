import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The reduced state of some sites at all times: each element a mean along the path.
///
/// Rows are the local states that the start reaches, in groups that no element joins. Where modes are cut off the
/// elements are those of a finite matrix X with |rho - X| <= e in the trace norm, on sites of finitely many dimensions.
struct RunningState: Sendable {
  /// An element by its real and imaginary part; nil for zero.
  private struct Element: Sendable {
    let real: TimeFunction?
    let imaginary: TimeFunction?
  }

  let sites: [Int]
  let states: [BasisState]
  let groups: [[Int]]
  /// Of each group at least the number of eigenvalues that are not zero.
  private let ranks: [Int]
  private let elements: [LocalState.Element: Element]
  /// e.
  let distance: BigFloat
  /// Dimensions of which X has nothing and rho may have something.
  let others: Int
  let step: Interval?
  let end: Interval?

  /// The most rows of a group, and the most elements.
  static let greatestGroup = 6
  private static let greatestSize = 64

  /// The state of sites; nil where it is too large, or not known to be finite.
  init?(
    _ sites: [Int], along paths: FramePaths, accuracy: Int, _ point: ModelPoint, within budget: Budget
  ) throws {
    let layout = LocalLayout(sites, paths, point)
    guard layout.greatestGroup <= Self.greatestGroup, layout.size <= Self.greatestSize else { return nil }
    distance = paths.traceDistance
    if distance.signum > 0 {
      var dimension = 1
      for site in sites {
        guard let own = point.basis.dimension(ofSite: site), dimension * own <= Self.greatestSize else { return nil }
        dimension *= own
      }
      others = dimension - layout.states.count
    } else {
      others = 0
    }
    (self.sites, states, groups, ranks) = (sites, layout.states, layout.groups, layout.ranks)
    var elements: [LocalState.Element: Element] = [:]
    let zero = Interval(0, precision: 64)
    func function(
      _ range: Interval, _ columns: (BasisState) throws -> [BasisState: ComplexInterval]
    ) throws -> TimeFunction? {
      if try paths.isZero(columns: columns) { return nil }
      return try paths.mean(
        start: nil, accuracy: accuracy, of: nil, range: range, within: budget, columns: columns)
    }
    let half = Interval(Rational(1, 2), precision: 64)
    for group in groups {
      for row in group {
        for column in group where column <= row {
          try budget.check()
          let (k, l) = (layout.states[row], layout.states[column])
          /// The operator with a factor at |l><k|, and its conjugate at |k><l|.
          func unit(_ factor: ComplexInterval) -> (BasisState) -> [BasisState: ComplexInterval] {
            { state in
              let split = SiteSplit(state, sites, point)
              guard split.local == k || split.local == l else { return [:] }
              let other = split.local == k ? l : k
              guard let image = point.basis.joined(other, split.rest, sites) else { return [:] }
              let sign = SiteSplit(image, sites, point)
              let value = split.local == k ? factor : factor.conjugate
              return [image: sign.isNegative == split.isNegative ? value : -value]
            }
          }
          let element: Element
          if row == column {
            let one = Interval(1, precision: 64)
            element = Element(
              real: try function(Interval(from: 0, to: 1, precision: 64), unit(ComplexInterval(one, zero))),
              imaginary: nil)
          } else {
            element = Element(
              real: try function((-half).hull(half), unit(ComplexInterval(half, zero))),
              imaginary: try function((-half).hull(half), unit(ComplexInterval(zero, -half))))
          }
          elements[.init(row: row, column: column)] = element
        }
      }
    }
    self.elements = elements
    let functions = elements.values.flatMap { [$0.real, $0.imaginary] }.compactMap { $0 }
    step = functions.compactMap(\.step).min { $0.lower < $1.lower }
    end = functions.compactMap(\.end).min { $0.lower < $1.lower }
  }

  /// What the elements are at all times of an interval, without the distance.
  func values(
    _ t: Interval, _ order: Int, _ budget: Budget
  ) throws(Unanswered) -> [LocalState.Element: (real: TaylorSeries?, imaginary: TaylorSeries?)] {
    var result: [LocalState.Element: (real: TaylorSeries?, imaginary: TaylorSeries?)] = [:]
    for (place, element) in elements {
      let real = try element.real?.series(t, order, budget).approximation
      let imaginary = try element.imaginary?.series(t, order, budget).approximation
      if real != nil || imaginary != nil { result[place] = (real, imaginary) }
    }
    return result
  }

  /// The number of eigenvalues.
  var count: Int { groups.reduce(others) { $0 + $1.count } }

  /// The eigenvalues at all times of an interval, each with its distance.
  func eigenvalues(_ t: Interval, _ order: Int, _ budget: Budget) throws(Unanswered) -> [TaylorSeries] {
    let context = TaylorSeriesContext(order: order, precision: t.precision)
    // A state that is pure at all times.
    if distance.signum == 0, ranks.reduce(0, +) == 1 {
      return groups.indices.flatMap { group in
        groups[group].indices.map { context.number($0 == 0 && ranks[group] == 1 ? 1 : 0) }
      }
    }
    return try eigenvalues(in: groups, ranks, t, context, budget)
  }

  /// The eigenvalues of some blocks of the matrix, and zeros for all else.
  func eigenvalues(
    in groups: [[Int]], _ ranks: [Int]?, _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget
  ) throws(Unanswered) -> [TaylorSeries] {
    let values = try values(t, context.order, budget)
    let unit = Interval(from: 0, to: 1, precision: t.precision)
    var result: [TaylorSeries] = []
    for (place, group) in groups.enumerated() {
      let block = HermitianSeries(group.count, context) { row, column in
        let (i, j) = (max(group[row], group[column]), min(group[row], group[column]))
        return values[.init(row: i, column: j)] ?? (nil, nil)
      }
      for value in try block.eigenvalues(rank: ranks?[place] ?? group.count, within: budget) {
        // Populations: of the state itself where nothing is cut off.
        result.append(distance.signum == 0 ? value.within(unit) : value.widened(by: distance))
      }
    }
    if distance.signum > 0 {
      let zero = TaylorSeries(context.number(0).coefficients, distance: distance)
      result += Array(repeating: zero, count: others)
    }
    return result
  }
}

/// The local states of some sites that a path reaches.
struct LocalLayout {
  let states: [BasisState]
  let groups: [[Int]]
  let ranks: [Int]

  var greatestGroup: Int { groups.map(\.count).max() ?? 0 }
  /// The number of elements.
  var size: Int { groups.reduce(0) { $0 + $1.count * ($1.count + 1) / 2 } }

  init(_ sites: [Int], _ paths: FramePaths, _ point: ModelPoint) {
    let reached = paths.reached.map { part in
      (splits: part.states.map { SiteSplit($0, sites, point) }, vectors: part.vectors)
    }
    let states = Set(reached.flatMap { $0.splits.map(\.local) }).sorted()
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var sets = DisjointSets(states.count)
    var columns: [(first: Int, vectors: Int)] = []
    for part in reached {
      var first: [BasisState: Int] = [:]
      for split in part.splits {
        guard let row = places[split.local] else { continue }
        if let known = first[split.rest] {
          sets.join(known, row)
        } else {
          first[split.rest] = row
          columns.append((row, part.vectors))
        }
      }
    }
    let groups = sets.groups
    (self.states, self.groups) = (states, groups)
    // Each column of each vector adds at most one.
    ranks = groups.map { group in
      min(group.count, columns.reduce(0) { group.contains($1.first) ? $0 + $1.vectors : $0 })
    }
  }
}

extension ProductBasis {
  /// The state with the numbers of one on some sites and those of another elsewhere.
  func joined(_ local: BasisState, _ rest: BasisState, _ sites: [Int]) -> BasisState? {
    var all = numbers(of: rest)
    let own = numbers(of: local)
    for site in sites { all[site] = own[site] }
    return state(all)
  }
}
