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
/// Here sigma is zero, or one population: L keeps the trace, so that this population is 1 - sum of C_jk <v_k|v_j>.
struct Unravelling {
  /// Vectors of the start that elements of C join, with the flow on all that they reach.
  private struct Group {
    let vectors: [Int]
    let flow: NoJumpFlow
  }

  private let groups: [Group]
  /// The state into which jumps lead; nil where there are none.
  private let last: BasisState?
  private let start: StartState
  private let dissipators: [Dissipator]
  private let point: ModelPoint

  /// The way of (1) where it pays, by the elements that are reached; modes have to be bounded.
  init?(_ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], within budget: Budget) throws {
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
    guard numbers < elements else { return nil }
    self.groups = groups
    var fed: Set<DensityBlock.Place> = []
    for group in groups {
      guard let own = try generator.recycled(group.flow.states, atMost: 1, within: budget) else { return nil }
      fed.formUnion(own)
    }
    guard let place = fed.first else {
      last = nil
      return
    }
    guard fed.count == 1, place.isDiagonal,
      try generator.image(place.row, place.row).allSatisfy({ $0.row == place.row && $0.column == place.row })
    else { return nil }
    last = place.row
  }

  /// The state after a time.
  func state(after time: Interval, exact: Constant? = nil, within budget: Budget) throws -> ModelState {
    try point.requireRates(dissipators, until: time, exact: exact, within: budget)
    let precision = point.precision
    let zero = ComplexInterval.zero(precision: precision)
    var ends = Array(repeating: [ComplexInterval](), count: start.vectors.count)
    var vectors = Array(repeating: [BasisState: StateNumber](), count: start.vectors.count)
    for group in groups {
      for vector in group.vectors {
        let amplitudes = try group.flow.states.map {
          try start.vectors[vector][$0].map(point.scalars.enclosure) ?? zero
        }
        let end = try group.flow.evolved(amplitudes, until: time, bits: precision, within: budget)
        ends[vector] = end
        vectors[vector] = zip(group.flow.states, end).reduce(into: [:]) {
          $0[$1.0] = StateNumber(value: $1.1, exact: nil)
        }
      }
    }
    guard let last else { return ModelState(vectors: vectors, coefficients: start.coefficients) }
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
      row: vectors.count, column: vectors.count,
      number: StateNumber(value: ComplexInterval(population, zero.real), exact: nil))
    return ModelState(vectors: vectors + [[last: one]], coefficients: start.coefficients + [own])
  }
}
