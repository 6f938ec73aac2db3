import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// A density matrix as the vectors that no jump has met, and what jumps have made of them:
///
///     rho(t) = sum over j, k of C_jk v_j v_k' + sigma(t),
///     v' = G v,   sigma' = L sigma + J(sum of C_jk v_j v_k'),   sigma(0) = 0,                              (1)
///
/// with L rho = G rho + rho G' + J(rho) and C as it is at the start. That holds for every master equation, and it pays
/// where sigma stands on few elements: a vector of d numbers is in the place of d^2 elements. So it is with jumps that
/// leave the states of the vectors for good (decay), and without jumps (a drive alone).
///
/// Sigma is zero, or one population: L keeps the trace, so that this population is 1 - sum of C_jk <v_k|v_j>. Else it
/// stands on the elements that the jumps feed (``FedElements``): of a ladder the topmost sector is carried by vectors,
/// and those below it by elements.
struct Unravelling {
  /// Vectors of the start that elements of C join, with the flow on all that they reach.
  struct Group {
    let vectors: [Int]
    let flow: NoJumpFlow
  }

  /// Where sigma stands.
  private enum Rest {
    case nowhere
    case population(BasisState)
    case elements(FedElements)
  }

  private let groups: [Group]
  private let rest: Rest
  private let start: StartState
  private let dissipators: [Dissipator]
  private let point: ModelPoint

  /// The elements of the vectors' own sector for each number that is carried in their place from which on a feed pays.
  private static let leastGain = 16

  /// The way of (1) where it pays, by the elements that are reached; modes have to be bounded.
  ///
  /// - Parameter always: whether it is taken where it does not pay, with elements for all that jumps feed.
  init?(
    _ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], always: Bool = false, within budget: Budget
  ) throws {
    guard start.open.isEmpty, start.dropped.isEmpty,
      try OpenRoute.isBounded(point, try point.openHamiltonian(), dissipators)
    else { return nil }
    (self.start, self.dissipators, self.point) = (start, dissipators, point)
    var generator = try MasterGenerator(point, try point.openHamiltonian(), dissipators)
    let joined = ModelEvolution.groups(start)
    // The elements between the states of a group are all reached; of more vectors than states they are less.
    var (groups, numbers, elements) = ([Group](), 0, 0)
    for vectors in joined {
      let reached = Set(vectors.flatMap { start.vectors[$0].keys })
      guard
        let flow = try NoJumpFlow(
          &generator, from: reached.sorted(), atMost: Sector.greatestSize, point, within: budget)
      else { return nil }
      groups.append(Group(vectors: vectors, flow: flow))
      numbers += 2 * vectors.count * flow.states.count
      elements = max(elements, flow.states.count * flow.states.count)
    }
    guard always || numbers < elements else { return nil }
    self.groups = groups
    let most =
      always ? DensityBlock.greatestSize - 1 : min(elements / Self.leastGain - numbers, DensityBlock.greatestSize - 1)
    var fed: Set<DensityBlock.Place> = []
    for group in groups {
      guard let own = try generator.recycled(group.flow.states, atMost: max(most, 1), within: budget)
      else { return nil }
      fed.formUnion(own)
    }
    if fed.isEmpty {
      rest = .nowhere
      return
    }
    if !always, let place = fed.first, fed.count == 1, place.isDiagonal,
      try generator.image(place.row, place.row).allSatisfy({ $0.row == place.row && $0.column == place.row })
    {
      rest = .population(place.row)
      return
    }
    // Under a drive every node takes series of its functions for each path, which is not measured to pay.
    guard most > 0, always || generator.functions.isEmpty,
      let own = try FedElements(
        &generator, groups, start.coefficients, fed: fed, atMost: most, point, within: budget)
    else { return nil }
    rest = .elements(own)
  }

  /// Whether jumps feed elements.
  var hasFeed: Bool {
    if case .elements = rest { true } else { false }
  }

  /// The state after a time.
  ///
  /// - Parameters:
  ///   - exact: the time as a formula, where it is one.
  ///   - bits: its error is about 2^-bits; nil for the precision of the question.
  func state(
    after time: Interval, exact: Constant? = nil, precision bits: Int? = nil, within budget: Budget
  ) throws -> ModelState {
    try point.requireRates(dissipators, until: time, exact: exact, within: budget)
    let precision = bits ?? point.precision
    let starts = try starts(precision: precision)
    if case .elements(let fed) = rest {
      let (ends, elements) = try fed.evolved(starts, until: time, precision: precision, within: budget)
      return joined(ends, and: fed.block.state(elements, point))
    }
    var ends = starts
    for group in groups {
      for vector in group.vectors {
        ends[vector] = try group.flow.evolved(starts[vector], until: time, bits: precision, within: budget)
      }
    }
    return state(ends, precision: precision)
  }

  /// The amplitudes of the start's vectors on the states of their groups.
  private func starts(precision: Int) throws -> [[ComplexInterval]] {
    let zero = ComplexInterval.zero(precision: precision)
    var starts = Array(repeating: [ComplexInterval](), count: start.vectors.count)
    for group in groups {
      for vector in group.vectors {
        starts[vector] = try group.flow.states.map {
          try start.vectors[vector][$0].map(point.scalars.enclosure) ?? zero
        }
      }
    }
    return starts
  }

  /// The vectors of the start with the flows that move them; nil where jumps feed elements.
  func moving(bits: Int) throws -> [(flow: NoJumpFlow, state: FlowState, size: BigFloat)]? {
    guard !hasFeed else { return nil }
    let starts = try starts(precision: point.precision)
    var flows: [Int: NoJumpFlow] = [:]
    for group in groups { for vector in group.vectors { flows[vector] = group.flow } }
    var result: [(flow: NoJumpFlow, state: FlowState, size: BigFloat)] = []
    for (vector, amplitudes) in starts.enumerated() {
      guard let flow = flows[vector] else { return nil }
      let own = try flow.start(amplitudes, bits: bits)
      result.append((flow, own.state, own.size))
    }
    return result
  }

  /// The state that has given vectors, where jumps feed one population or none.
  func state(_ ends: [[ComplexInterval]], precision: Int) -> ModelState {
    guard case .population(let last) = rest else {
      return ModelState(vectors: vectors(ends), coefficients: start.coefficients)
    }
    let zero = ComplexInterval.zero(precision: precision)
    var left = zero.real
    for coefficient in start.coefficients {
      let c = coefficient.number.value
      for (u, w) in zip(ends[coefficient.row], ends[coefficient.column]) {
        left += coefficient.row == coefficient.column ? c.real * u.squaredMagnitude : (c * u * w.conjugate).real
      }
    }
    let unit = Interval(from: 0, to: 1, precision: precision)
    let population = (Interval(1, precision: precision) - left).intersection(unit)
    let one = StateNumber(
      value: ComplexInterval(Interval(1, precision: precision), zero.real), exact: point.scalars.one)
    let own = ModelState.Coefficient(
      row: ends.count, column: ends.count,
      number: StateNumber(value: ComplexInterval(population, zero.real), exact: nil))
    return ModelState(vectors: vectors(ends) + [[last: one]], coefficients: start.coefficients + [own])
  }

  private func vectors(_ ends: [[ComplexInterval]]) -> [[BasisState: StateNumber]] {
    var vectors = Array(repeating: [BasisState: StateNumber](), count: ends.count)
    for group in groups {
      for vector in group.vectors {
        vectors[vector] = zip(group.flow.states, ends[vector]).reduce(into: [:]) {
          $0[$1.0] = StateNumber(value: $1.1, exact: nil)
        }
      }
    }
    return vectors
  }

  /// The sum of the vectors' part and another one.
  private func joined(_ ends: [[ComplexInterval]], and other: ModelState) -> ModelState {
    let count = ends.count
    let vectors =
      vectors(ends)
      + other.vectors.map { vector in
        vector.reduce(into: [BasisState: StateNumber]()) { $0[other.states[$1.place]] = $1.number }
      }
    let coefficients = other.coefficients.map {
      ModelState.Coefficient(row: $0.row + count, column: $0.column + count, number: $0.number)
    }
    return ModelState(vectors: vectors, coefficients: start.coefficients + coefficients)
  }
}
