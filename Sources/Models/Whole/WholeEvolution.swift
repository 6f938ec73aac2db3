import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The states of a model by its second route.
///
/// - With jumps, functions of time or a schedule: the density matrix of up to 24 states, ``WholeMaster``.
/// - Finite spaces of up to 24 states: the density matrix, by Taylor's series of -i[H, rho] (``LindbladFlow``).
/// - Larger ones: the vectors, by Taylor's series of -iH (``TaylorFlow``).
/// - Modes: the same on whole levels up to some quanta, ``WholePath``.
///
/// With the first route it shares the reading of the file, the start's amplitudes, and of modes the theorem that the
/// flow exists with its constants. Sectors, phases, Chebyshev's series, the search for states that matter and the bound
/// of what leaves them are not shared.
struct WholeEvolution {
  let point: ModelPoint
  let start: StartState
  /// With jumps, functions of time or a schedule.
  let master: WholeMaster?
  private let budget: Budget

  /// The most states of a density matrix.
  static let greatestDensity = 24
  /// The most products of two numbers of an evolution.
  static let greatestWork = 10_000_000

  init(_ point: ModelPoint, _ start: StartState, within budget: Budget) throws {
    let isOpen =
      try point.model.schedule != nil || !point.dissipators().isEmpty || ModelPoint.holdsTime(point.openHamiltonian())
    if isOpen {
      master = try WholeMaster(point, start, within: budget)
      (self.point, self.start, self.budget) = (point, start, budget)
      return
    }
    master = nil
    guard start.dropped.isEmpty else {
      throw Unanswered(beyond: "a start with infinitely many vectors; accepted: starts with finitely many")
    }
    // Refuses what is not Hermitian.
    _ = try point.hamiltonian()
    (self.point, self.start, self.budget) = (point, start, budget)
  }

  private var sites: [Int] { Array(0..<point.basis.count) }

  /// Refuses what takes too long.
  ///
  /// - Parameter entries: of a generator; each term of a series takes so many products.
  static func check(entries: Int, steps: Int, bits: Int) throws(Unanswered) {
    // About 20 + bits/5 terms a step; products of w limbs cost w (w + 3)/10 of those of two.
    let limbs = bits / 64 + 1
    let work = Double(entries) * Double(steps) * Double(20 + bits / 5) * Double(limbs * (limbs + 3)) / 10
    guard work <= Double(greatestWork) else { throw WholeSpace.limit.exceeded }
  }

  /// The Hamiltonian on a space.
  func hamiltonian(_ space: WholeSpace) throws -> WholeSpace.Matrix {
    try space.matrix(try space.terms(try written()), within: budget)
  }

  /// The Hamiltonian as it is written.
  private func written() throws -> ModelPoint.Operator {
    try point.model.hamiltonian.map(point.asWritten) ?? ModelPoint.Operator()
  }

  /// The state after a time; at t = 0 that of the start.
  ///
  /// - Parameter exact: the time as a formula, where it is one.
  func state(after time: Interval, exact: Constant?) throws -> WholeState {
    guard time.isBounded, time.lower.signum >= 0 else { throw NotToldYet(what: "the time") }
    if let master { return try master.state(after: .init(value: time, exact: exact)) }
    guard point.modes.isEmpty else {
      let path = try WholePath(point, try written(), start, for: time, within: budget)
      return WholeState(space: path.space, content: path.content(start), point: point, budget: budget)
    }
    let space = try WholeSpace(sites, levels: [:], point)
    let vectors = try start.vectors.map { try vector($0, space) }
    if space.dimension <= Self.greatestDensity {
      return WholeState(
        space: space, content: try density(vectors, space, after: time), point: point, budget: budget)
    }
    return WholeState(space: space, content: try frame(vectors, space, after: time), point: point, budget: budget)
  }

  /// The state at all times; of finite spaces under a Hamiltonian without the time.
  func motion() throws -> WholeMotion {
    guard master == nil, point.modes.isEmpty else {
      throw Unanswered(
        beyond: "figures over times by the second route are those of finite spaces under a Hamiltonian without t")
    }
    let space = try WholeSpace(sites, levels: [:], point)
    guard space.dimension <= Self.greatestDensity else {
      throw Unanswered(
        beyond: "figures over times of \(space.dimension) states by the second route (cap \(Self.greatestDensity))")
    }
    let start = try matrix(try start.vectors.map { try vector($0, space) }, space)
    return try WholeMotion(start, try hamiltonian(space), space, precision: point.precision, within: budget)
  }

  private func vector(_ amplitudes: StartState.Vector, _ space: WholeSpace) throws -> [ComplexInterval] {
    var vector = Array(repeating: ComplexInterval.zero(precision: point.precision), count: space.dimension)
    for (state, amplitude) in amplitudes {
      guard let index = space.index(point.basis.numbers(of: state)) else { continue }
      vector[index] = try point.scalars.enclosure(amplitude)
    }
    return vector
  }

  /// The density matrix of the start.
  private func matrix(_ vectors: [[ComplexInterval]], _ space: WholeSpace) throws -> HermitianMatrix {
    let zero = ComplexInterval.zero(precision: point.precision)
    var rows = Array(repeating: Array(repeating: zero, count: space.dimension), count: space.dimension)
    for coefficient in start.coefficients {
      let (a, b) = (vectors[coefficient.row], vectors[coefficient.column])
      for row in a.indices where !a[row].isExactlyZero {
        for column in b.indices where !b[column].isExactlyZero {
          rows[row][column] = rows[row][column] + coefficient.number.value * a[row] * b[column].conjugate
        }
      }
    }
    return HermitianMatrix(space.dimension, precision: point.precision) { rows[$0][$1] }
  }

  private func density(
    _ vectors: [[ComplexInterval]], _ space: WholeSpace, after time: Interval
  ) throws -> WholeState.Content {
    let rho = try matrix(vectors, space)
    if time.isExactZero { return .density(rho, error: .zero(precision: 64)) }
    let hamiltonian = try hamiltonian(space)
    let entries = 2 * space.dimension * hamiltonian.columns.reduce(0) { $0 + 2 * $1.count }
    let length = (2 * hamiltonian.norm * time.rounded(to: 64)).upper.floor.flatMap { Int(exactly: $0) } ?? .max / 2
    try Self.check(entries: entries, steps: length + 1, bits: point.precision)
    let flow = LindbladFlow(hamiltonian: hamiltonian.hermitian(precision: point.precision), jumps: [])
    let end = try flow.evolved(rho, for: time, bits: point.precision, within: budget)
    return .density(end.matrix, error: end.error)
  }

  private func frame(
    _ vectors: [[ComplexInterval]], _ space: WholeSpace, after time: Interval
  ) throws -> WholeState.Content {
    let weight = ModeWeight(modes: [], weights: [], powers: [])
    func content(_ vectors: [[ComplexInterval]], _ errors: [Interval]) -> WholeState.Content {
      let distances = errors.map { error in VectorDistance(norm: error, weight: weight) { _ in error } }
      let distance = StateDistance(distances, norms: vectors.map(WholePath.length), start.coefficients)
      return .frame(vectors, start.coefficients, distance)
    }
    if time.isExactZero {
      return .frame(vectors, start.coefficients, .none)
    }
    let flow = try WholePath.flow(try hamiltonian(space), precision: point.precision)
    let steps = try flow.steps(for: time)
    try Self.check(entries: flow.count * vectors.count, steps: steps, bits: point.precision)
    let ends = try vectors.compactMap {
      try flow.evolved(
        WholePath.elements($0), for: time, bits: point.precision, watching: [], within: budget, accept: { _ in true })
    }
    return content(ends.map { WholePath.amplitudes($0.elements) }, ends.map(\.error))
  }
}
