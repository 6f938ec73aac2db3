import ArbitraryPrecision
import Catalogue
import FastKernels
import Operators
import RigorousNumerics

/// A vector in doubles with its distance from the true one.
struct KernelVector: Sendable {
  var numbers: ComplexVector
  /// At least the distance in the 2-norm.
  var distance: Double
  /// What the start and each step added, for distances in weighted norms; none where the state reaches no mode without
  /// an end.
  var ledger = KernelLedger()
}

/// What the start and the steps of a path added to its distance, by which the weighted distances are found.
struct KernelLedger: Sendable {
  struct Step: Sendable {
    let duration: Double
    /// Bounds of the elements of (1 - P) H phi at all times of the step as sums of squares by the value of B there.
    let squares: [(weight: Double, square: Double)]
    /// At least B of all states that are kept and of those outside that are met.
    let greatest: Double
    /// What series and roundings added within the states that are kept.
    let roundings: Double
  }

  var start: ModeStart?
  /// At least B of the states of the start, and what their amplitudes were rounded by.
  var first = (weight: 1.0, roundings: 0.0)
  var steps: [Step] = []
}

/// The state of a model with modes as it evolves in doubles on basis states that follow it: ``ModePath`` with another
/// bound of the amplitudes at the edge.
///
/// Each step begins from a vector v of doubles as they stand, so that phi(s) = exp(-i P H P s) v is the exact flow of
/// the kept states from there, and
///
///     |psi(s) - phi(s)| <= |psi(0) - v| + integral of |(1 - P) H phi|,    |phi_k(s)| <= (exp(h M)|v|)_k
///
/// with the magnitudes M of the elements of H (``MagnitudeFlow``). What arithmetic adds within the kept states is a
/// distance of vectors, which the true flow keeps. Its growth by exp(h M) begins anew with each step, of some turns,
/// and roundings are relative to the numbers around, which are tiny at the edge.
struct KernelPath {
  private let point: ModelPoint
  private let weight: ModeWeight
  private(set) var sector: KernelSector
  private var prepared: (flow: SparseFlow, magnitudes: MagnitudeFlow, boundary: KernelBoundary, greatest: Double)?
  private var depth = 4

  /// The multiple of 1 that the flows leave out of H, where phases count; nil where they do not.
  private let turn: Double?
  /// The cut may add this to the distance.
  private let allowance: Double
  /// R h of a step.
  private static let turn = 8.0
  private static let greatestSteps = 1 << 15

  /// - Parameter count: how many vectors the path moves one after the other. Flows of growing sectors leave out
  ///   different multiples of 1: one vector turns by a phase, but several turn against each other.
  init(_ words: KernelWords, _ weight: ModeWeight, count: Int, allowance: Double, _ point: ModelPoint) {
    (self.point, self.weight, self.allowance) = (point, weight, allowance)
    turn = count > 1 ? 0 : nil
    sector = KernelSector(words)
  }

  /// At least B of a state.
  static func weight(_ state: BasisState, _ weight: ModeWeight, _ point: ModelPoint) -> Double {
    BigFloat(weight.value(state, point.basis), precision: 64, rounding: .up).double(rounding: .up)
  }

  /// Evolves a vector that stands on states of the sector, which it grows.
  mutating func evolve(_ vector: inout KernelVector, for time: Double, within budget: Budget) throws {
    var left = time
    var steps = 0
    while left > 0 {
      try budget.check()
      steps += 1
      guard steps < Self.greatestSteps else {
        throw KernelRefusal("the time takes more steps than the kernel does; accepted: to \(Self.greatestSteps)")
      }
      let (flow, magnitudes, boundary, greatest) = try preparation()
      vector.numbers = vector.numbers.extended(to: sector.states.count)
      // Steps are multiples of the last place of the time, so that what is left is exact.
      let sensible = flow.scale > 0 ? max((Self.turn / flow.scale / time.ulp).rounded(.down), 1) * time.ulp : left
      let step = min(left, sensible)
      let image = boundary.image(try magnitudes.bounds(of: vector.numbers, for: step))
      let length = image.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 + 0x1p-20) + 0x1p-500
      let loss = step * length * (1 + 0x1p-40)
      guard image.isEmpty || loss <= allowance * (step / time) else {
        try grow(image, above: allowance / (4 * time), within: budget)
        continue
      }
      let run = try flow.evolved(vector.numbers, for: step)
      vector.numbers = run.vector
      vector.distance = (vector.distance + run.error + (image.isEmpty ? 0 : loss)) * (1 + 0x1p-40)
      vector.ledger.steps.append(
        .init(
          duration: step, squares: squares(image, boundary.outside), greatest: greatest, roundings: run.error))
      left -= step
    }
  }

  /// Holds a vector as it stands for what the time is beyond a double: the flow of H moves it by at most |H v| in a
  /// unit of time, of which (1 - P) H v is bounded at the boundary.
  mutating func wait(_ vector: inout KernelVector, _ missed: Double) throws {
    guard missed > 0 else { return }
    let (flow, magnitudes, boundary, greatest) = try preparation()
    vector.numbers = vector.numbers.extended(to: sector.states.count)
    let image = boundary.image(try magnitudes.bounds(of: vector.numbers, for: 0))
    let length = image.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 + 0x1p-20) + 0x1p-500
    let inside = missed * flow.speed(vector.numbers)
    vector.distance = (vector.distance + inside + missed * length) * (1 + 0x1p-40)
    // What is added within the kept states comes first, so that what follows lets it grow.
    vector.ledger.steps += [
      .init(duration: 0, squares: [], greatest: greatest, roundings: inside),
      .init(duration: missed, squares: squares(image, boundary.outside), greatest: greatest, roundings: 0),
    ]
  }

  private func squares(_ image: [Double], _ outside: [BasisState]) -> [(weight: Double, square: Double)] {
    var sums: [Double: Double] = [:]
    for (state, size) in zip(outside, image) {
      sums[Self.weight(state, weight, point), default: 0] += size * size
    }
    return sums.map { ($0.key, $0.value * (1 + 0x1p-20) + 0x1p-900) }
  }

  private mutating func preparation() throws -> (SparseFlow, MagnitudeFlow, KernelBoundary, Double) {
    if let prepared { return prepared }
    let hermitian = sector.hermitian
    let boundary = sector.boundary
    let greatest = (sector.states + boundary.outside).reduce(1) { max($0, Self.weight($1, weight, point)) }
    let made = (try SparseFlow(hermitian, turn: turn), MagnitudeFlow(hermitian), boundary, greatest)
    prepared = made
    return made
  }

  /// Adds states.
  mutating func add(_ states: some Sequence<BasisState>, within budget: Budget) throws {
    let count = sector.states.count
    try sector.add(states, depth: depth, within: budget)
    if sector.states.count > count { prepared = nil }
  }

  /// Adds the states outside that matter, and what they reach.
  private mutating func grow(_ image: [Double], above bound: Double, within budget: Budget) throws {
    let outside = prepared?.boundary.outside ?? []
    let least = bound / Double(max(image.count, 1)).squareRoot()
    let wanted = zip(outside, image).filter { $0.1 > least }.map(\.0)
    let more = max(4, depth / 4)
    depth += more
    try sector.add(wanted, depth: more, within: budget)
    prepared = nil
  }
}
