import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// A state of the whole space as a frame with exact vectors.
struct StartFrame {
  typealias Vector = StartState.Vector

  var vectors: [Vector] = []
  /// The elements of C that are not zero.
  var coefficients: [ModelState.Coefficient] = []

  /// The most vectors and the most coefficients.
  private static let greatestCount = 65_536

  /// One vector.
  init(_ vector: Vector, _ number: StateNumber) {
    (vectors, coefficients) = ([vector], [.init(row: 0, column: 0, number: number)])
  }

  /// The product of states of sites, which are all of them together.
  init(_ frames: [SiteFrame], _ point: ModelPoint, within budget: Budget) throws {
    typealias Partial = [(numbers: [Int], amplitude: ScalarPolynomial)]
    let ring = point.scalars
    let one = try StartState.number(ring.one, ring)
    var partial: [Partial] = [[(Array(repeating: 0, count: point.basis.count), ring.one)]]
    var coefficients: [ModelState.Coefficient] = [.init(row: 0, column: 0, number: one)]
    for frame in frames {
      let count = frame.vectors.count
      let size = frame.vectors.reduce(0) { $0 + $1.count } * partial.reduce(0) { $0 + $1.count }
      guard size <= Sector.greatestSize else { throw Sector.limit.exceeded }
      guard coefficients.count * frame.coefficients.count <= Self.greatestCount else {
        throw Unanswered(
          undecided: "a mixed start with \(coefficients.count * frame.coefficients.count) elements or more (cap "
            + "\(Self.greatestCount))")
      }
      partial = try partial.flatMap { known in
        try frame.vectors.map { vector in
          try budget.check()
          return try known.flatMap { numbers, amplitude in
            try vector.map { own, factor in
              var next = numbers
              for (site, number) in zip(frame.sites, own) { next[site] = number }
              return (next, try ring.product(amplitude, factor))
            }
          }
        }
      }
      if count == 1, frame.pure != nil { continue }
      coefficients = try coefficients.flatMap { known in
        try frame.coefficients.map { row, column, number in
          .init(
            row: known.row * count + row, column: known.column * count + column,
            number: try known.number.product(number, ring))
        }
      }
    }
    vectors = partial.map { list in
      list.reduce(into: [:]) { vector, item in
        if let state = point.basis.state(item.numbers) { vector[state] = item.amplitude }
      }
    }
    self.coefficients = coefficients
  }

  /// Adds another state times a number.
  mutating func add(_ other: StartFrame, times factor: StateNumber, _ ring: ModelScalars) throws {
    let offset = vectors.count
    vectors += other.vectors
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
