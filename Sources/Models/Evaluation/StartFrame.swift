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

  /// The most vectors and the most coefficients.
  private static let greatestCount = 65_536

  /// Vectors with coefficients.
  init(vectors: [Vector], coefficients: [ModelState.Coefficient]) {
    (self.vectors, self.coefficients) = (vectors, coefficients)
  }

  /// One vector.
  init(_ vector: Vector, _ number: StateNumber) {
    self.init(vectors: [vector], coefficients: [.init(row: 0, column: 0, number: number)])
  }

  /// One vector without a last basis state.
  init(_ vector: OpenVector, _ number: StateNumber) {
    self.init([:], number)
    open[0] = vector
  }

  /// The product of states of sites, which are all of them together.
  init(_ frames: [SiteFrame], _ point: ModelPoint, within budget: Budget) throws {
    let ring = point.scalars
    var products: [[Int: SiteState]] = [[:]]
    var coefficients: [ModelState.Coefficient] = [
      .init(row: 0, column: 0, number: try StartState.number(ring.one, ring))
    ]
    for frame in frames {
      try budget.check()
      let count = frame.vectors.count
      guard products.count * count <= Self.greatestCount,
        coefficients.count * frame.coefficients.count <= Self.greatestCount
      else {
        throw Unanswered(
          undecided: "a mixed start with \(coefficients.count * frame.coefficients.count) elements or more (cap "
            + "\(Self.greatestCount))")
      }
      products = products.flatMap { product in
        frame.vectors.map { states in product.merging(zip(frame.sites, states)) { first, _ in first } }
      }
      if frame.pure != nil { continue }
      coefficients = try coefficients.flatMap { known in
        try frame.coefficients.map { row, column, number in
          .init(
            row: known.row * count + row, column: known.column * count + column,
            number: try known.number.product(number, ring))
        }
      }
    }
    self.coefficients = coefficients
    for product in products {
      let sites = product.sorted { $0.key < $1.key }.map(\.value)
      var vector = Vector()
      if sites.contains(where: { $0.gaussian != nil }) {
        open[vectors.count] = OpenVector(terms: [(ring.one, sites)])
      } else {
        try StartState.add(sites, ring.one, to: &vector, point, within: budget)
      }
      vectors.append(vector)
    }
  }

  /// Adds a vector with a weight.
  mutating func add(_ vector: Vector, weight: StateNumber) {
    coefficients.append(.init(row: vectors.count, column: vectors.count, number: weight))
    vectors.append(vector)
  }

  /// Adds another state times a number.
  mutating func add(_ other: StartFrame, times factor: StateNumber, _ ring: ModelScalars) throws {
    let offset = vectors.count
    vectors += other.vectors
    for (place, vector) in other.open { open[offset + place] = vector }
    coefficients += try other.coefficients.map {
      .init(row: $0.row + offset, column: $0.column + offset, number: try $0.number.product(factor, ring))
    }
  }
}

extension StateNumber {
  /// The product, exact where both are.
  func product(_ other: StateNumber, _ ring: ModelScalars) throws -> StateNumber {
    guard let a = exact, let b = other.exact else { return StateNumber(value: value * other.value, exact: nil) }
    return try StartState.number(try ring.product(a, b), ring)
  }
}
