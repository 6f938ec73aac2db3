import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// The figures of a part with its own Hamiltonian, over all unitaries of all its dimensions.
struct PartFigures: Sendable {
  private let part: PartDeclaration
  private let local: LocalState
  private let spectrum: BlockState
  private let energy: PartEnergy
  private let mean: Interval
  private let levels: PartLevels
  private let rising: EnergyLevels
  private let dimension: Integer?
  private let point: ModelPoint
  private let budget: Budget
  /// Populations and levels that are rational numbers.
  private let exact: DiagonalState?
  /// Whether the state is seen to be passive.
  private let isPassive: Bool
  /// What is known on high levels of a part without end.
  private let tail: UnitaryEnergies.Tail?
  private let quanta: BlockState.Quanta?

  init(
    _ part: PartDeclaration, local: LocalState, spectrum: BlockState, dimension: Integer?,
    quanta: BlockState.Quanta?, _ state: ModelState,
    _ point: ModelPoint, within budget: Budget
  ) throws {
    (self.part, self.local, self.spectrum) = (part, local, spectrum)
    (self.dimension, self.point, self.budget) = (dimension, point, budget)
    let polynomial = try point.hermitian(part.hamiltonian)
    energy = try PartEnergy(polynomial, on: local.states, point)
    levels = try PartLevels(
      of: polynomial, on: local.sites, room: local.states.count, part.hamiltonian, point, within: budget)
    rising = try levels.energies(point.scalars)
    let order = PassiveOrder(local, energy, levels, point)
    exact = try order.exactState()
    isPassive = try exact.map { $0.ergotropy.signum == 0 } ?? order.isPassive(within: budget)
    mean = try state.mean(polynomial, point)
    self.quanta = quanta
    tail = try PartFigures.tail(polynomial, energy, rising, state, point)
  }

  /// What the state has above the highest level that its vectors reach: as those vectors have nothing there, the mean
  /// of (H - c)_+ <= H - e_0 in what they are off.
  private static func tail(
    _ polynomial: ModelPoint.Operator, _ energy: PartEnergy, _ levels: EnergyLevels, _ state: ModelState,
    _ point: ModelPoint
  ) throws -> UnitaryEnergies.Tail? {
    guard !levels.isWhole, !state.distance.vectors.isEmpty, let own = energy.levels, let first = own.first,
      let bottom = levels.rising.first?.energy
    else { return nil }
    let highest = try own.reduce(try point.scalars.enclosure(first).real) {
      $0.maximum(try point.scalars.enclosure($1).real)
    }
    let none = state.vectors.map { _ in ModelState.Image() }
    let rest = try state.distance.error(polynomial, images: none, state.coefficients, point)
    let norms = state.distance.vectors.map(\.norm)
    // What is left out need not be positive (``StateDistance``).
    let order = try state.distance.vectors.first.map {
      $0.weight.order(try ModeTerm.terms(of: polynomial, modes: $0.weight.modes, point))
    }
    let dropped = try order.flatMap(state.distance.weightedDropped) ?? .entire(precision: 64)
    let shift = state.coefficients.reduce(dropped) { sum, coefficient in
      sum + coefficient.number.value.magnitude.rounded(to: 64) * norms[coefficient.row] * norms[coefficient.column]
    }
    return .init(highest: highest, rest: rest + (-bottom).nonNegative.hull(Interval(0, precision: 64)) * shift)
  }

  func value(_ figure: EnergyFigure) throws -> Interval {
    switch figure {
    case .ergotropy: return try ergotropy()
    case .passive: return try exact.map { number($0.passiveEnergy) } ?? energies(spectrum).passive
    case .capacity:
      if let exact { return number(exact.capacity) }
      guard let capacity = try energies(spectrum).capacity else {
        throw part.hamiltonian.fault(
          "the capacity of '\(part.name)' has no bound, as its energy has none; accepted: parts without bosons")
      }
      return capacity
    case .incoherentErgotropy: return try isDiagonalInEnergy() ? ergotropy() : energies(dephased()).ergotropy
    case .coherentErgotropy:
      if try isDiagonalInEnergy() { return zero }
      return (try energies(dephased()).passive - energies(spectrum).passive).nonNegative
    case .energyCoherence:
      if try isDiagonalInEnergy() { return zero }
      return (try dephased().entropy(quanta) - spectrum.entropy(quanta)).nonNegative
    }
  }

  private var zero: Interval { Interval(0, precision: point.precision) }

  private func number(_ value: Rational) -> Interval { Interval(value, precision: point.precision) }

  private func energies(_ state: BlockState) throws -> UnitaryEnergies {
    try UnitaryEnergies(of: state, energy: mean, rising, tail: tail)
  }

  private func ergotropy() throws -> Interval {
    if let exact { return number(exact.ergotropy) }
    return isPassive ? zero : try energies(spectrum).ergotropy
  }

  /// The ergotropy of copies together.
  func copies(_ count: Int, _ place: ModelFormula) throws -> Interval {
    guard count >= 1 else { throw place.fault("\(count) copies; accepted: 1 or more") }
    if count == 1 { return try ergotropy() }
    guard levels.isWhole else { return try endlessCopies(count) }
    let limit = StateCopies.greatestCount
    for (size, what) in [(spectrum.eigenvalues.count, "populations"), (levels.levels.count, "levels")] {
      guard StateCopies.count(dimension: size, copies: count) != nil else {
        throw Unanswered(undecided: "\(count) copies of \(size) \(what) (cap \(limit) products)")
      }
    }
    if let exact { return number(exact.copies(count).ergotropy) }
    return try StateCopies.ergotropy(of: spectrum, energy: mean, rising, copies: count, within: budget)
  }

  /// The ergotropy of copies of a part without a highest level, of which more levels are looked at until they are
  /// enough for the copies.
  private func endlessCopies(_ count: Int) throws -> Interval {
    let polynomial = energy.polynomial
    let populations = spectrum.eigenvalues.filter { !($0.isPoint && $0.containsZero) }
    func beyond(_ size: Int, _ what: String) -> Unanswered {
      Unanswered(undecided: "\(count) copies of \(size) \(what) (cap \(StateCopies.greatestCount) products)")
    }
    guard StateCopies.count(dimension: max(populations.count, 1), copies: count) != nil else {
      throw beyond(populations.count, "populations")
    }
    var room = populations.count + 1
    while StateCopies.count(dimension: room, copies: count) != nil {
      let known = try PartLevels(
        of: polynomial, on: local.sites, room: room, part.hamiltonian, point, within: budget
      ).energies(point.scalars)
      let passive = try StateCopies.passiveEnergy(
        populations: populations, known, lowest: Integer(room), copies: count, precision: point.precision,
        within: budget)
      if let passive, let bottom = known.rising.first?.energy {
        return try StateCopies.ergotropy(
          of: spectrum, energy: mean, bottom: bottom, passive: passive, tail: tail, copies: count)
      }
      room += max(room / 4, 1)
    }
    throw beyond(room, "levels")
  }

  // MARK: - Levels that are told apart

  /// Whether two places of the reached states have one level.
  private func areEqual(_ a: ScalarPolynomial, _ b: ScalarPolynomial) throws -> Bool {
    try PassiveOrder.areEqual(a, b, point.scalars)
  }

  /// Whether all elements join states of one level, so that dephasing changes nothing.
  private func isDiagonalInEnergy() throws -> Bool {
    guard local.distance.traceNorm.signum == 0, let own = energy.levels else { return false }
    return try local.elements.keys.allSatisfy { try areEqual(own[$0.row], own[$0.column]) }
  }

  /// The state without its elements between different levels; what it is off keeps its bound, as dephasing does not
  /// enlarge a trace norm.
  private func dephased() throws -> BlockState {
    if let own = energy.levels {
      var sets = DisjointSets(local.states.count)
      for place in local.elements.keys where try areEqual(own[place.row], own[place.column]) {
        sets.join(place.row, place.column)
      }
      var kept = local.elements
      for place in local.elements.keys where try !areEqual(own[place.row], own[place.column]) { kept[place] = nil }
      let rest = local.replacing(kept)
      let groups = sets.groups
      try StateFigures.check(groups.map(\.count).max() ?? 0)
      return try block(groups.map(rest.matrix))
    }
    return try block([EnergyProjectors(local, energy, point, within: budget).dephased()])
  }

  private func block(_ matrices: [HermitianMatrix]) throws -> BlockState {
    try BlockState(
      matrices, dimension: dimension, error: local.distance.traceNorm, precision: point.precision, within: budget)
  }
}
