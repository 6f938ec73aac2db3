import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The basis states that a start reaches under a Hamiltonian, with the elements of the Hamiltonian between them.
///
/// The span of these states is invariant and holds the start, so it holds the state at all times. An element that is
/// zero without being decided so counts as a coupling: the span is then greater than it needs to be.
struct Sector {
  /// The states, in the order of the basis.
  let states: [BasisState]
  /// The place of each state.
  let places: [BasisState: Int]
  /// The elements of each column that are not certainly zero, on and above the diagonal.
  let columns: [[(row: Int, element: RadicalSum<ScalarPolynomial>)]]

  /// The most states.
  static let greatestSize = 20_000

  static let limit = Limit(
    [], "starts that reach at most \(greatestSize) states",
    because: "the state is computed on all basis states that the start reaches under the Hamiltonian")

  init(
    of hamiltonian: ModelPoint.Operator, from start: [BasisState], atMost greatest: Int = Sector.greatestSize,
    _ point: ModelPoint, within budget: Budget
  ) throws {
    var found = Set(start)
    var columns: [BasisState: [BasisState: RadicalSum<ScalarPolynomial>]] = [:]
    var waiting = start
    let placed: ProductBasis.PlacedOperator<ScalarPolynomial>
    do {
      placed = try point.basis.placed(hamiltonian)
    } catch {
      throw Unanswered(beyond: error.description)
    }
    while let state = waiting.popLast() {
      try budget.check()
      var column: [BasisState: RadicalSum<ScalarPolynomial>] = [:]
      do {
        for (image, element) in try point.basis.column(of: placed, at: state, in: point.scalars)
        where try point.scalars.decision(isZero: element) != .certainlyTrue {
          column[image] = element
          if found.insert(image).inserted { waiting.append(image) }
        }
      } catch let fault as OutsideFragment {
        throw Unanswered(beyond: fault.description)
      }
      guard found.count <= greatest else { throw Sector.limit.exceeded }
      columns[state] = column
    }
    let states = found.sorted()
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    (self.states, self.places) = (states, places)
    self.columns = states.enumerated().map { place, state in
      (columns[state] ?? [:]).compactMap { image, element in
        places[image].flatMap { $0 <= place ? ($0, element) : nil }
      }.sorted { $0.row < $1.row }
    }
  }

  private init(_ whole: Sector, _ kept: [Int]) {
    states = kept.map { whole.states[$0] }
    places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    let numbers = kept.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    columns = kept.map { place in
      whole.columns[place].compactMap { row, element in numbers[row].map { ($0, element) } }
    }
  }

  /// The states in parts that nothing couples to each other.
  func parts() -> [Sector] {
    var sets = DisjointSets(states.count)
    for (place, column) in columns.enumerated() {
      for (row, _) in column { sets.join(row, place) }
    }
    let groups = sets.groups
    return groups.count == 1 ? [self] : groups.map { Sector(self, $0.sorted()) }
  }
}
