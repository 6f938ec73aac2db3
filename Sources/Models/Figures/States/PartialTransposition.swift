import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// The partial transpose of a whole state on some sites: the element of |s e> and |s' e'> goes to |s' e> and |s e'>.
struct PartialTransposition {
  private let groups: [[Int]]
  private let elements: [LocalState.Element: StateNumber]
  private let precision: Int

  /// The most states of the whole.
  private static let greatestSize = 1024

  init(_ state: ModelState, _ sites: [Int], _ point: ModelPoint, within budget: Budget) throws {
    precision = point.precision
    guard state.states.count <= Self.greatestSize else {
      throw Unanswered(undecided: "a negativity on \(state.states.count) basis states (cap \(Self.greatestSize))")
    }
    let whole = try LocalState(state, Array(0..<point.basis.count), point, within: budget)
    let numbers = whole.states.map(point.basis.numbers)
    var places: [[Int]: Int] = [:]
    /// The place of the numbers of a row with those of a column on the sites.
    func place(_ row: Int, _ column: Int) -> Int {
      var mixed = numbers[row]
      for site in sites { mixed[site] = numbers[column][site] }
      if let known = places[mixed] { return known }
      places[mixed] = places.count
      return places.count - 1
    }
    var elements: [LocalState.Element: StateNumber] = [:]
    for (element, number) in whole.elements {
      try budget.check()
      let (i, j) = (place(element.row, element.column), place(element.column, element.row))
      elements[.init(row: max(i, j), column: min(i, j))] = i >= j ? number : number.conjugate
    }
    var sets = DisjointSets(places.count)
    for element in elements.keys { sets.join(element.row, element.column) }
    (self.elements, groups) = (elements, sets.groups)
    try StateFigures.check(groups.map(\.count).max() ?? 0)
  }

  /// Whether no eigenvalue is negative, of rational elements; nil where that is not decided.
  var isPositive: Bool? {
    for group in groups {
      guard group.count <= 32 else { return nil }
      var isRational = true
      let decomposition = RankDecomposition(group.count) { row, column in
        guard let element = elements[.init(row: group[row], column: group[column])] else { return (0, 0) }
        guard let number = element.exact?.number else {
          isRational = false
          return (0, 0)
        }
        return (number.real, number.imaginary)
      }
      guard isRational else { return nil }
      if decomposition == nil { return false }
    }
    return true
  }

  /// The sum of the magnitudes of all negative eigenvalues.
  func negative(within budget: Budget) throws -> Interval {
    let zero = ComplexInterval.zero(precision: precision)
    return try groups.reduce(zero.real) { sum, group in
      // A state alone has a population.
      guard group.count > 1 else { return sum }
      let matrix = HermitianMatrix(group.count, precision: precision) { row, column in
        elements[.init(row: group[row], column: group[column])]?.value ?? zero
      }
      let values = try HermitianSpectrum(matrix, bits: precision, within: budget).eigenvalues
      return values.reduce(sum) { $0 + (-$1).maximum(zero.real) }
    }
  }
}

extension StateNumber {
  /// The conjugate.
  var conjugate: StateNumber { StateNumber(value: value.conjugate, exact: exact?.conjugate) }
}
