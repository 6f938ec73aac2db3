import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The elements <k|rho|l> of a density matrix that a start reaches under a master equation, as a flow of real numbers:
/// the real parts of those on and below the diagonal, and the imaginary parts of those below it.
///
/// The span of |k><l| for these places and their mirror images is invariant and holds the start, so that it holds the
/// state at all times: conserved numbers and parities of the sides, and blocks, come out. A coupling that is zero
/// without being decided so counts as one.
struct DensityBlock {
  /// An element on or below the diagonal.
  struct Place: Hashable, Comparable {
    let row: BasisState
    let column: BasisState

    static func < (a: Place, b: Place) -> Bool { (a.row, a.column) < (b.row, b.column) }
    var isDiagonal: Bool { row == column }
  }

  /// The basis states that are met.
  let states: [BasisState]
  /// The elements, in order.
  let places: [Place]
  /// Where each one's real part stands; an imaginary part follows it.
  let coordinates: [Place: Int]
  let flow: ContractiveFlow

  /// The most real numbers.
  static let greatestSize = 100_000

  static let limit = Limit(
    [], "states with at most \(greatestSize) real elements",
    because: "the density matrix is computed on all elements that the start reaches under the master equation")

  /// The block of the elements that are not zero in a start.
  init(
    _ generator: inout MasterGenerator, from start: [Place], _ point: ModelPoint, within budget: Budget
  ) throws {
    var images: [Place: [(target: Place, isMirrored: Bool, term: MasterGenerator.Term)]] = [:]
    var (waiting, found) = (start, Set(start))
    var size = 0
    while let place = waiting.popLast() {
      try budget.check()
      size += place.isDiagonal ? 1 : 2
      guard size <= Self.greatestSize else { throw Self.limit.exceeded }
      var own: [(target: Place, isMirrored: Bool, term: MasterGenerator.Term)] = []
      for (row, column, term) in try generator.image(place.row, place.column) {
        if row >= column { own.append((Place(row: row, column: column), false, term)) }
        // The mirror image of this place reaches the mirror image of that one.
        if column >= row, !place.isDiagonal { own.append((Place(row: column, column: row), true, term)) }
      }
      for (target, _, _) in own where found.insert(target).inserted { waiting.append(target) }
      images[place] = own
    }
    let places = found.sorted()
    self.places = places
    states = Set(places.map(\.row)).union(places.map(\.column)).sorted()
    var (coordinates, dimension) = ([Place: Int](), 0)
    for place in places {
      coordinates[place] = dimension
      dimension += place.isDiagonal ? 1 : 2
    }
    self.coordinates = coordinates
    let parts = generator.functionParts
    var constant: [ContractiveFlow.Entry] = []
    var driven = Array(repeating: [ContractiveFlow.Entry](), count: parts.count)
    for place in places {
      try budget.check()
      guard let column = coordinates[place] else { continue }
      for (target, isMirrored, term) in images[place] ?? [] {
        guard let row = coordinates[target] else { continue }
        func add(_ value: ComplexInterval, to entries: inout [ContractiveFlow.Entry]) {
          let (a, b) = (value.real, value.imaginary)
          // v rho is (ax - by) + i (bx + ay), its conjugate has the other sign behind.
          let sign = isMirrored ? -1 : 1
          entries.append(.init(row, column, a))
          if !place.isDiagonal { entries.append(.init(row, column + 1, -b)) }
          guard !target.isDiagonal else { return }
          entries.append(.init(row + 1, column, sign * b))
          if !place.isDiagonal { entries.append(.init(row + 1, column + 1, sign * a)) }
        }
        guard let function = term.function else {
          add(term.value, to: &constant)
          continue
        }
        let (real, imaginary) = parts.places[function]
        add(term.value, to: &driven[real])
        if let imaginary {
          // i v, or -i v.
          let (a, b) = (term.value.real, term.value.imaginary)
          add(term.isConjugate ? ComplexInterval(b, -a) : ComplexInterval(-b, a), to: &driven[imaginary])
        }
      }
    }
    let drive = generator.functions.isEmpty ? nil : try point.drive(generator.functions)
    flow = ContractiveFlow(
      dimension: dimension, constant: constant, driven: driven, drive: drive,
      spread: Self.spread(rows: states.count))
  }

  /// At least the greatest ratio of the trace norm to the 2-norm of the real numbers: |rho|_1 <= sqrt(d) |rho|_F for d
  /// rows, and |rho|_F <= sqrt(2) times the 2-norm of the real numbers.
  static func spread(rows: Int) -> Interval { Interval(2 * rows, precision: 64).squareRoot }
}
