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

  /// More elements are reached than were to be closed.
  struct TooMany: Error {}

  /// The block of the elements that are not zero in a start.
  ///
  /// - Parameter greatest: the most real numbers.
  /// - Throws: ``TooMany`` beyond them, ``Unanswered`` beyond ``greatestSize``.
  init(
    _ generator: inout MasterGenerator, from start: [Place], atMost greatest: Int = greatestSize, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    let (count, realPlaces) = generator.realFunctions
    var images: [Place: [MasterGenerator.Entry]] = [:]
    var (waiting, found) = (start, Set(start))
    var size = 0
    while let place = waiting.popLast() {
      try budget.check()
      size += place.isDiagonal ? 1 : 2
      guard size <= greatest else {
        if greatest < Self.greatestSize { throw TooMany() }
        throw Self.limit.exceeded
      }
      let own = try generator.entries(of: place, realPlaces)
      for entry in own where found.insert(entry.target).inserted { waiting.append(entry.target) }
      images[place] = own
    }
    let places = found.sorted()
    self.places = places
    states = Set(places.map(\.row)).union(places.map(\.column)).sorted()
    let (coordinates, dimension) = Self.coordinates(places)
    self.coordinates = coordinates
    var constant: [ContractiveFlow.Entry] = []
    var driven = Array(repeating: [ContractiveFlow.Entry](), count: count)
    for place in places {
      try budget.check()
      guard let column = coordinates[place] else { continue }
      for entry in images[place] ?? [] {
        guard let row = coordinates[entry.target] else { continue }
        let number = ContractiveFlow.Entry(
          row + (entry.isImaginary ? 1 : 0), column + (entry.fromImaginary ? 1 : 0), entry.value)
        if let function = entry.function { driven[function].append(number) } else { constant.append(number) }
      }
    }
    let drive = generator.functions.isEmpty ? nil : try point.drive(generator.functions)
    flow = ContractiveFlow(
      dimension: dimension, constant: constant, driven: driven, drive: drive,
      spread: Self.spread(rows: states.count))
  }

  /// A block of some elements, in order, with a flow of their real numbers.
  init(_ places: [Place], _ states: [BasisState], _ flow: ContractiveFlow) {
    (self.places, self.states, self.flow) = (places, states, flow)
    coordinates = Self.coordinates(places).places
  }

  private static func coordinates(_ places: [Place]) -> (places: [Place: Int], dimension: Int) {
    places.reduce(into: ([:], 0)) { known, place in
      known.places[place] = known.dimension
      known.dimension += place.isDiagonal ? 1 : 2
    }
  }

  /// At least the greatest ratio of the trace norm to the 2-norm of the real numbers: |rho|_1 <= sqrt(d) |rho|_F for d
  /// rows, and |rho|_F <= sqrt(2) times the 2-norm of the real numbers.
  static func spread(rows: Int) -> Interval { Interval(2 * rows, precision: 64).squareRoot }
}
