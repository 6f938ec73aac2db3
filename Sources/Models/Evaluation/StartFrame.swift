import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// A state of the whole space as a frame with exact vectors.
struct StartFrame {
  typealias Vector = StartState.Vector

  private(set) var vectors: [Vector] = []
  /// The vectors without a last basis state, by their places; nothing stands in ``vectors`` there.
  private(set) var open: [Int: OpenVector] = [:]
  /// The elements of C that are not zero.
  private(set) var coefficients: [ModelState.Coefficient] = []
  /// What mixtures without an end leave out; none where nothing is.
  private(set) var dropped: [DroppedProduct] = []
  /// The products of modes without an end and states of the other sites that the state is the sum of; nil where that is
  /// not told.
  private(set) var closed: [ClosedFrame]?

  /// The most vectors and the most coefficients.
  private static let greatestCount = 65_536

  /// Vectors with coefficients.
  init(vectors: [Vector], coefficients: [ModelState.Coefficient]) {
    (self.vectors, self.coefficients) = (vectors, coefficients)
    closed = [ClosedFrame(sites: [], vectors: vectors, coefficients: coefficients)]
  }

  /// One vector.
  init(_ vector: Vector, _ number: StateNumber) {
    self.init(vectors: [vector], coefficients: [.init(row: 0, column: 0, number: number)])
  }

  /// One vector without a last basis state.
  init(_ vector: OpenVector, _ number: StateNumber, _ point: ModelPoint, within budget: Budget) throws {
    self.init([:], number)
    open[0] = vector
    closed = nil
    guard vector.terms.count == 1, let (coefficient, sites) = vector.terms.first else { return }
    var own = Vector()
    try StartState.add(sites.map { $0.closed(point) }, coefficient, to: &own, point, within: budget)
    let modes = sites.indices.filter { sites[$0].isOpen }
    closed = [ClosedFrame(sites: Set(modes), vectors: [own], coefficients: coefficients)]
  }

  /// A product of vectors of the frames of sites, as far as it is formed.
  private struct Product {
    var states: [Int: SiteState] = [:]
    /// The population of its modes without an end.
    var population = Interval(1, precision: 64)
  }

  /// The product of states of sites, which are all of them together.
  ///
  /// Modes without a last population are taken together: products of their levels whose populations are below 2^-bits
  /// are left out (``DroppedProduct``).
  init(_ frames: [SiteFrame], _ point: ModelPoint, within budget: Budget) throws {
    let ring = point.scalars
    let least = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -point.startBits, rounding: .down)
    var products = [Product()]
    var coefficients: [ModelState.Coefficient] = [
      .init(row: 0, column: 0, number: try StartState.number(ring.one, ring))
    ]
    for frame in frames {
      let count = frame.vectors.count
      var (next, places) = ([Product](), [Int: Int]())
      for (first, product) in products.enumerated() {
        try budget.check()
        for (place, states) in frame.vectors.enumerated() {
          var own = product
          if frame.populations != nil {
            own.population = own.population * frame.coefficients[place].number.value.real.rounded(to: 64)
            if own.population.upper < least { continue }
          }
          own.states.merge(zip(frame.sites, states)) { first, _ in first }
          places[first * count + place] = next.count
          next.append(own)
          guard next.count <= Self.greatestCount else {
            throw Unanswered(undecided: "a mixed start with more than \(Self.greatestCount) vectors")
          }
        }
      }
      products = next
      if frame.pure != nil { continue }
      guard frame.populations != nil || coefficients.count * frame.coefficients.count <= Self.greatestCount else {
        throw Unanswered(
          undecided: "a mixed start with \(coefficients.count * frame.coefficients.count) elements or more (cap "
            + "\(Self.greatestCount))")
      }
      // Vectors that are joined have the same levels of the modes without an end, and are left out together.
      coefficients = try coefficients.flatMap { known in
        try frame.coefficients.compactMap { row, column, number in
          guard let i = places[known.row * count + row], let j = places[known.column * count + column] else {
            return nil
          }
          return .init(row: i, column: j, number: try known.number.product(number, ring))
        }
      }
      guard coefficients.count <= Self.greatestCount else {
        throw Unanswered(undecided: "a mixed start with more than \(Self.greatestCount) elements")
      }
    }
    self.coefficients = coefficients
    for product in products {
      let sites = product.states.sorted { $0.key < $1.key }.map(\.value)
      var vector = Vector()
      if sites.contains(where: \.isOpen) {
        open[vectors.count] = OpenVector(terms: [(ring.one, sites)])
      } else {
        try StartState.add(sites, ring.one, to: &vector, point, within: budget)
      }
      vectors.append(vector)
    }
    let ends = frames.filter(\.isOpen)
    if frames.contains(where: { $0.populations != nil }) { dropped = [DroppedProduct(frames, bits: point.startBits)] }
    dropped += frames.indices.filter { frames[$0].blocks != nil }.map { DroppedProduct(frames, tailOf: $0) }
    if ends.isEmpty {
      closed = [ClosedFrame(sites: [], vectors: vectors, coefficients: coefficients)]
    } else {
      let rest = try StartFrame(try frames.map { try $0.closed(point) }, point, within: budget)
      closed = [
        ClosedFrame(
          sites: Set(ends.flatMap(\.sites)), diagonal: Set(ends.compactMap(\.diagonalMode)), vectors: rest.vectors,
          coefficients: rest.coefficients)
      ]
    }
  }

  /// Adds a vector with a weight.
  mutating func add(_ vector: Vector, weight: StateNumber) {
    coefficients.append(.init(row: vectors.count, column: vectors.count, number: weight))
    vectors.append(vector)
    closed = [ClosedFrame(sites: [], vectors: vectors, coefficients: coefficients)]
  }

  /// Adds another state times a number.
  mutating func add(_ other: StartFrame, times factor: StateNumber, _ ring: ModelScalars) throws {
    let offset = vectors.count
    vectors += other.vectors
    for (place, vector) in other.open { open[offset + place] = vector }
    coefficients += try StartFrame.shifted(other.coefficients, by: offset, factor, ring)
    dropped += other.dropped.map { $0.scaled(by: factor.value.magnitude) }
    guard let own = closed, let more = other.closed else {
      closed = nil
      return
    }
    closed = try own.filter { !$0.vectors.isEmpty }
      + more.map { frame in
        ClosedFrame(
          sites: frame.sites, diagonal: frame.diagonal, vectors: frame.vectors,
          coefficients: try StartFrame.shifted(frame.coefficients, by: 0, factor, ring))
      }
  }

  private static func shifted(
    _ coefficients: [ModelState.Coefficient], by offset: Int, _ factor: StateNumber, _ ring: ModelScalars
  ) throws -> [ModelState.Coefficient] {
    try coefficients.map {
      .init(row: $0.row + offset, column: $0.column + offset, number: try $0.number.product(factor, ring))
    }
  }
}

/// A product of states of some sites, modes without an end among them, and of a state of the others: a frame in which
/// the vacuum stands in place of the former.
struct ClosedFrame {
  /// The modes, with the sites that are in one state with them.
  let sites: Set<Int>
  /// The modes in which the state is diagonal in quanta.
  var diagonal: Set<Int> = []
  let vectors: [StartFrame.Vector]
  let coefficients: [ModelState.Coefficient]

  /// The state.
  func state(_ ring: ModelScalars) throws -> ModelState {
    ModelState(
      vectors: try vectors.map { try $0.mapValues { try StartState.number($0, ring) } }, coefficients: coefficients)
  }
}

extension StateNumber {
  /// The product, exact where both are.
  func product(_ other: StateNumber, _ ring: ModelScalars) throws -> StateNumber {
    guard let a = exact, let b = other.exact else { return StateNumber(value: value * other.value, exact: nil) }
    return try StartState.number(try ring.product(a, b), ring)
  }
}
