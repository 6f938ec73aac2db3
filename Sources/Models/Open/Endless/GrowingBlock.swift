import ArbitraryPrecision
import Catalogue
import FastKernels
import Operators
import RigorousNumerics

/// Real numbers of a density matrix that grow in number, with what the master equation makes of each of them, numbers
/// outside included.
struct GrowingBlock {
  /// The real or the imaginary part of an element on or below the diagonal.
  struct Coordinate: Hashable, Comparable {
    let place: DensityBlock.Place
    let isImaginary: Bool

    static func < (a: Coordinate, b: Coordinate) -> Bool {
      a.place == b.place ? !a.isImaginary && b.isImaginary : a.place < b.place
    }
  }

  /// What adds to the rate of a number, for each unit of a function of time where there is one.
  struct Entry {
    let target: Coordinate
    let function: Int?
    let value: Interval
  }

  /// The numbers that are kept, in the order in which they were added.
  private(set) var coordinates: [Coordinate] = []
  private(set) var places: [Coordinate: Int] = [:]
  private var columns: [[Entry]] = []
  private var generator: MasterGenerator
  private let realFunctions: (count: Int, places: [(real: Int, imaginary: Int?)])
  private let drive: ContractiveFlow.Drive?
  /// Both columns of places that were met.
  private var known: [DensityBlock.Place: (real: [Entry], imaginary: [Entry])] = [:]

  /// The most numbers.
  static let greatestSize = DensityBlock.greatestSize

  /// No numbers yet.
  init(_ generator: MasterGenerator, _ point: ModelPoint) throws {
    self.generator = generator
    realFunctions = generator.realFunctions
    drive = generator.functions.isEmpty ? nil : try point.drive(generator.functions)
  }

  /// Adds numbers, and what is reached from them in some applications of the master equation.
  ///
  /// - Throws: ``Unanswered`` beyond ``greatestSize``.
  mutating func add(_ new: [Coordinate], depth: Int, within budget: Budget) throws {
    var front = new
    for _ in 0..<depth {
      let first = coordinates.count
      for coordinate in front.sorted() where places[coordinate] == nil {
        if coordinates.count % 64 == 63 { try budget.check() }
        guard coordinates.count < Self.greatestSize else {
          throw Unanswered(
            undecided:
              "more than \(Self.greatestSize) real elements are needed to bound what the cut-off of the modes adds")
        }
        places[coordinate] = coordinates.count
        coordinates.append(coordinate)
        columns.append(try column(coordinate))
      }
      var next: Set<Coordinate> = []
      for column in columns[first...] {
        for entry in column where places[entry.target] == nil { next.insert(entry.target) }
      }
      if next.isEmpty { return }
      front = Array(next)
    }
  }

  /// Adds all numbers between the basis states that are met which these reach without others.
  mutating func complete(within budget: Budget) throws {
    let own = Set(states)
    var first = 0
    while true {
      var front: Set<Coordinate> = []
      for column in columns[first...] {
        for target in column.map(\.target) where places[target] == nil {
          if own.contains(target.place.row), own.contains(target.place.column) { front.insert(target) }
        }
      }
      if front.isEmpty { return }
      first = coordinates.count
      try add(Array(front), depth: 1, within: budget)
    }
  }

  private mutating func column(_ coordinate: Coordinate) throws -> [Entry] {
    if let both = known[coordinate.place] { return coordinate.isImaginary ? both.imaginary : both.real }
    var sums: [Bool: [Coordinate: [Int: Interval]]] = [:]
    for entry in try generator.entries(of: coordinate.place, realFunctions.places) {
      let target = Coordinate(place: entry.target, isImaginary: entry.isImaginary)
      let sum = sums[entry.fromImaginary]?[target]?[entry.function ?? -1]
      sums[entry.fromImaginary, default: [:]][target, default: [:]][entry.function ?? -1] =
        sum.map { $0 + entry.value } ?? entry.value
    }
    func list(_ column: [Coordinate: [Int: Interval]]?) -> [Entry] {
      (column ?? [:]).sorted { $0.key < $1.key }.flatMap { target, values in
        values.sorted { $0.key < $1.key }.compactMap { function, value in
          value.isPoint && value.containsZero
            ? nil : Entry(target: target, function: function < 0 ? nil : function, value: value)
        }
      }
    }
    let both = (real: list(sums[false]), imaginary: list(sums[true]))
    known[coordinate.place] = both
    return coordinate.isImaginary ? both.imaginary : both.real
  }

  /// Keeps some numbers, by their places in rising order.
  mutating func keep(_ kept: [Int]) {
    (coordinates, columns) = (kept.map { coordinates[$0] }, kept.map { columns[$0] })
    places = coordinates.enumerated().reduce(into: [:]) { $0[$1.element] = $1.offset }
  }

  /// The places of some numbers and of those that are reached from them in some applications, as far as they are here,
  /// in rising order.
  func neighbourhood(_ first: [Int], depth: Int) -> [Int] {
    var (found, front) = (Set(first), first)
    for _ in 0..<depth {
      front = front.flatMap { columns[$0].compactMap { places[$0.target] } }.filter { found.insert($0).inserted }
      if front.isEmpty { break }
    }
    return found.sorted()
  }

  /// The basis states that are met.
  var states: [BasisState] {
    var states: Set<BasisState> = []
    for coordinate in coordinates { states.formUnion([coordinate.place.row, coordinate.place.column]) }
    return states.sorted()
  }

  /// The greatest sum of the magnitudes of what a number adds to the rates of others, but for functions of the time.
  var greatestSpeed: BigFloat {
    columns.reduce(.zero(precision: 64)) { greatest, column in
      max(greatest, column.reduce(Interval(0, precision: 64)) { $0 + $1.value.absoluteValue.rounded(to: 64) }.upper)
    }
  }

  /// The greatest B of the basis states that are met.
  func greatest(_ weight: ModeWeight, _ basis: ProductBasis) -> Integer {
    states.reduce(Integer(1)) { max($0, weight.value($1, basis)) }
  }

  /// The master equation cut off at these numbers.
  func flow() -> ContractiveFlow { flow(places, dimension: coordinates.count) }

  /// The same on elements with both of their parts: a part that is not among these numbers vanishes at all times.
  func block() -> DensityBlock {
    let elements = Set(coordinates.map(\.place)).sorted()
    var (order, count) = ([Coordinate: Int](), 0)
    for place in elements {
      order[Coordinate(place: place, isImaginary: false)] = count
      if !place.isDiagonal { order[Coordinate(place: place, isImaginary: true)] = count + 1 }
      count += place.isDiagonal ? 1 : 2
    }
    return DensityBlock(elements, states, flow(order, dimension: count))
  }

  private func flow(_ places: [Coordinate: Int], dimension: Int) -> ContractiveFlow {
    var constant: [ContractiveFlow.Entry] = []
    var driven = Array(repeating: [ContractiveFlow.Entry](), count: realFunctions.count)
    for (coordinate, entries) in zip(coordinates, columns) {
      guard let column = places[coordinate] else { continue }
      for entry in entries where self.places[entry.target] != nil {
        guard let row = places[entry.target] else { continue }
        let number = ContractiveFlow.Entry(row, column, entry.value)
        if let function = entry.function { driven[function].append(number) } else { constant.append(number) }
      }
    }
    return ContractiveFlow(
      dimension: dimension, constant: constant, driven: driven, drive: drive,
      spread: DensityBlock.spread(rows: states.count))
  }

  /// The matrices of the flow and the magnitudes of what leads out, in doubles: a guess.
  func inDoubles() throws(KernelRefusal) -> BlockForecast.Matrices {
    var matrices = Array(repeating: [TaylorDoubles.Entry](), count: realFunctions.count + 1)
    var (outside, exits) = ([Coordinate](), [BlockForecast.Exit]())
    var targets: [Coordinate: Int] = [:]
    for (column, entries) in columns.enumerated() {
      for entry in entries {
        let value = entry.value.midpoint?.double(rounding: .nearest) ?? 0
        let function = entry.function.map { $0 + 1 } ?? 0
        if let row = places[entry.target] {
          matrices[function].append(.init(row: row, column: column, value: value, radius: 0))
          continue
        }
        let target = targets[entry.target] ?? outside.count
        if target == outside.count {
          targets[entry.target] = target
          outside.append(entry.target)
        }
        exits.append(.init(from: column, to: target, function: function, size: abs(value)))
      }
    }
    return .init(
      kernel: try TaylorDoubles(dimension: coordinates.count, matrices), outside: outside, exits: exits)
  }

  /// The functions of time alone.
  var functions: ContractiveFlow? {
    drive.map {
      ContractiveFlow(
        dimension: 1, constant: [], driven: Array(repeating: [], count: realFunctions.count), drive: $0,
        spread: Interval(1, precision: 64))
    }
  }

  /// What leads out of these numbers.
  func boundary(_ weight: ModeWeight, _ basis: ProductBasis) -> BlockBoundary {
    var result = BlockBoundary()
    for (place, column) in columns.enumerated() {
      for entry in column where places[entry.target] == nil {
        result.add(
          UpperBound(entry.value.magnitude), entry.function, from: place, to: entry.target, weight, basis)
      }
    }
    return result
  }
}

/// The elements of a master equation from some numbers of a density matrix to others outside of them, in magnitude.
struct BlockBoundary {
  /// The numbers from which there is such an element, by their places.
  private(set) var edge: [Int] = []
  /// The numbers that they lead to.
  private(set) var outside: [GrowingBlock.Coordinate] = []
  /// B(k) B(l) of the elements that these stand for.
  private(set) var weights: [Integer] = []
  private var elements: [(from: Int, to: Int, function: Int?, size: UpperBound)] = []
  private var targets: [GrowingBlock.Coordinate: Int] = [:]

  mutating func add(
    _ size: UpperBound, _ function: Int?, from place: Int, to target: GrowingBlock.Coordinate, _ weight: ModeWeight,
    _ basis: ProductBasis
  ) {
    if edge.last != place { edge.append(place) }
    if targets[target] == nil {
      targets[target] = outside.count
      outside.append(target)
      weights.append(weight.value(target.place.row, basis) * weight.value(target.place.column, basis))
    }
    elements.append((edge.count - 1, targets[target] ?? 0, function, size))
  }

  /// Bounds of the rates outside, one for each number there, as parts of trace norms.
  ///
  /// The trace norm of a matrix is at most the sum of the magnitudes of its elements, that of A^(1/2) Y A^(1/2) the sum
  /// of sqrt(A_k A_l) |Y_kl|; an element beside the diagonal stands for two, and has a magnitude of at most the sum of
  /// those of its parts.
  ///
  /// - Parameters:
  ///   - bounds: of the numbers at the edge.
  ///   - functions: of the functions of time.
  func image(_ bounds: [UpperBound], functions: [UpperBound]) -> [UpperBound] {
    var result = [UpperBound](repeating: .zero, count: outside.count)
    for (from, to, function, size) in elements {
      let own = size * bounds[from]
      result[to] = result[to] + (function.map { own * functions[$0] } ?? own)
    }
    return zip(outside, result).map { $0.place.isDiagonal ? $1 : $1 + $1 }
  }

  /// Rates outside by B(k) B(l).
  func byWeight(_ image: [UpperBound]) -> [Integer: UpperBound] {
    zip(weights, image).reduce(into: [:]) { $0[$1.0] = ($0[$1.0] ?? .zero) + $1.1 }
  }
}
