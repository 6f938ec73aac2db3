import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// Basis states that grow in number, with the columns of a Hamiltonian at each of them, images outside included.
struct GrowingSector {
  /// The states in the order in which they were added.
  private(set) var states: [BasisState] = []
  private(set) var places: [BasisState: Int] = [:]
  /// <image|H|state> for each state; none is exactly zero.
  private(set) var columns: [[(image: BasisState, value: ComplexInterval)]] = []
  /// The same numbers in doubles, which prove nothing.
  private(set) var seeds: [[(real: Double, imaginary: Double)]] = []
  private var roots: [Integer: Interval] = [:]
  private let basis: ProductBasis
  private let terms: [(word: [Letter], coefficient: ComplexInterval)]
  private let precision: Int

  /// The most states.
  static let greatestSize = Sector.greatestSize

  /// No states yet, with elements enclosed to some bits.
  init(of hamiltonian: ModelPoint.Operator, _ point: ModelPoint, precision: Int) throws {
    basis = point.basis
    self.precision = precision
    let scalars = point.scalars(precision: precision)
    terms = try hamiltonian.sorted.map { word, coefficient in
      let value = try scalars.enclosure(coefficient)
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coupling") }
      return (word, value)
    }
  }

  /// Adds states that are not there yet.
  ///
  /// - Throws: ``Unanswered`` beyond ``greatestSize``.
  mutating func add(_ new: [BasisState], within budget: Budget) throws {
    for state in new.sorted() where places[state] == nil {
      if states.count % 256 == 255 { try budget.check() }
      guard states.count < GrowingSector.greatestSize else { throw TooManyStates() }
      places[state] = states.count
      states.append(state)
      let column = try column(state)
      columns.append(column)
      seeds.append(column.map { ($0.value.real.centralDouble, $0.value.imaginary.centralDouble) })
    }
  }

  /// Adds states and what is reached from them in some applications of the Hamiltonian.
  mutating func add(_ new: [BasisState], depth: Int, within budget: Budget) throws {
    var front = new
    for _ in 0..<depth {
      let first = states.count
      try add(front, within: budget)
      var next: Set<BasisState> = []
      for column in columns[first...] {
        for (image, _) in column where places[image] == nil { next.insert(image) }
      }
      if next.isEmpty { return }
      front = Array(next)
    }
  }

  /// Keeps some states, by their places in rising order.
  mutating func keep(_ kept: [Int]) {
    (states, columns, seeds) = (kept.map { states[$0] }, kept.map { columns[$0] }, kept.map { seeds[$0] })
    places = states.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
  }

  /// The places of some states and of those that are reached from them in some applications of the Hamiltonian, as far
  /// as they are here, in rising order.
  func neighbourhood(_ first: [Int], depth: Int) -> [Int] {
    var found = Set(first)
    var front = first
    for _ in 0..<depth {
      front = front.flatMap { columns[$0].compactMap { places[$0.image] } }.filter { found.insert($0).inserted }
      if front.isEmpty { break }
    }
    return found.sorted()
  }

  /// The most roots that are kept.
  private static let greatestRoots = 4096

  private mutating func root(_ radicand: Integer) -> Interval {
    if let known = roots[radicand] { return known }
    let found = Interval(radicand, precision: precision).squareRoot
    if roots.count < Self.greatestRoots { roots[radicand] = found }
    return found
  }

  private mutating func column(_ state: BasisState) throws -> [(image: BasisState, value: ComplexInterval)] {
    var found: [(image: BasisState, value: ComplexInterval)] = []
    for (word, coefficient) in terms {
      let images: [(state: BasisState, root: SquareRoot, number: GaussianRational)]
      do { images = try basis.images(of: word, at: state) } catch { throw Unanswered(beyond: error.description) }
      for image in images {
        var value = coefficient
        func multiply(_ factor: Interval) {
          // A part that is zero stays so.
          value = ComplexInterval(
            value.real.isExactZero ? value.real : value.real * factor,
            value.imaginary.isExactZero ? value.imaginary : value.imaginary * factor)
        }
        if !image.root.hasFactorOne { multiply(Interval(image.root.factor, precision: precision)) }
        if !image.root.isRational { multiply(root(image.root.radicand)) }
        if image.number != GaussianRational(1) {
          value =
            value
            * ComplexInterval(
              Interval(image.number.real, precision: precision), Interval(image.number.imaginary, precision: precision))
        }
        if let place = found.firstIndex(where: { $0.image == image.state }) {
          found[place].value = found[place].value + value
        } else {
          found.append((image.state, value))
        }
      }
    }
    return found.filter { !$0.value.isExactlyZero }
  }

  /// A number in the middle of the diagonal, exactly, which the ``flow()`` is without; nil where it is not told.
  var shift: BigFloat? {
    var range: Interval?
    for (place, column) in columns.enumerated() {
      let value = column.first { places[$0.image] == place }?.value.real ?? Interval(0, precision: precision)
      range = range.map { $0.hull(value) } ?? value
    }
    guard let middle = range?.midpoint, middle.isFinite else { return nil }
    return BigFloat(middle, precision: 64, rounding: .nearest)
  }

  /// The Hamiltonian cut off at these states, as a rotation of x_0, y_0, x_1, y_1, ..., the amplitudes being x + iy.
  ///
  /// With H = S + iK, real symmetric S and skew K, psi' = -iH psi is x' = Kx + Sy, y' = Ky - Sx. A multiple of 1 is
  /// left out, which turns all amplitudes alike.
  func flow() throws -> SkewFlow {
    guard let shift = shift.map({ Interval($0) }) else { throw NotToldYet(what: "a coupling") }
    var couplings: [SkewFlow.Coupling<Interval>] = []
    func add(_ row: Int, _ column: Int, _ value: Interval) {
      if !(value.isPoint && value.containsZero) { couplings.append(.init(row: row, column: column, value)) }
    }
    for (c, column) in columns.enumerated() {
      var diagonal = -shift
      for (image, value) in column {
        guard let r = places[image] else { continue }
        if r == c {
          diagonal = diagonal + value.real
        } else if r < c {
          add(2 * r, 2 * c, value.imaginary)
          add(2 * r + 1, 2 * c + 1, value.imaginary)
          add(2 * r, 2 * c + 1, value.real)
          add(2 * c, 2 * r + 1, value.real)
        }
      }
      add(2 * c, 2 * c + 1, diagonal)
    }
    return SkewFlow(dimension: 2 * states.count, real: couplings)
  }

  /// The elements of the Hamiltonian that lead out of these states.
  func boundary() -> SectorBoundary {
    var result = SectorBoundary()
    for (place, column) in columns.enumerated() {
      for (image, value) in column where places[image] == nil {
        result.add(UpperBound(value.magnitude.upper), from: place, to: image)
      }
    }
    return result
  }
}

/// More states are needed than are served.
struct TooManyStates: Error {}

/// The elements of a Hamiltonian from some states to states outside of them, in magnitude.
struct SectorBoundary {
  /// The states from which there is such an element, by their places.
  private(set) var edge: [Int] = []
  /// The states that they lead to.
  private(set) var outside: [BasisState] = []
  /// The elements, by places in ``edge`` and ``outside``.
  private(set) var elements: [(from: Int, to: Int, size: UpperBound)] = []
  private var targets: [BasisState: Int] = [:]

  mutating func add(_ size: UpperBound, from place: Int, to image: BasisState) {
    if edge.last != place { edge.append(place) }
    if targets[image] == nil {
      targets[image] = outside.count
      outside.append(image)
    }
    elements.append((edge.count - 1, targets[image] ?? 0, size))
  }

  /// At least the norm of these elements as a matrix: by Schur's test the root of the greatest sum in a row times that
  /// in a column.
  var norm: Interval {
    var (rows, columns) = (
      [UpperBound](repeating: .zero, count: outside.count), [UpperBound](repeating: .zero, count: edge.count)
    )
    for (from, to, size) in elements {
      rows[to] = rows[to] + size
      columns[from] = columns[from] + size
    }
    let product = (rows.max() ?? .zero) * (columns.max() ?? .zero)
    return Interval(product.value).squareRoot
  }

  /// Bounds of the image outside, one for each state there, of a vector with bounded elements at the edge.
  func image(_ bounds: [UpperBound]) -> [UpperBound] {
    var result = [UpperBound](repeating: .zero, count: outside.count)
    for (from, to, size) in elements { result[to] = result[to] + size * bounds[from] }
    return result
  }
}

extension Interval {
  /// A double near the middle.
  var centralDouble: Double { lower.double(rounding: .nearest) / 2 + upper.double(rounding: .nearest) / 2 }
}

extension ComplexInterval {
  /// Whether this is the number zero.
  var isExactlyZero: Bool { real.isPoint && imaginary.isPoint && containsZero }
}
