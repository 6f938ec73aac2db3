import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics
import States

/// Figures of reduced states as functions of a time that runs: from their elements and eigenvalues at all times of an
/// interval, with derivatives where eigenvalues are told apart and difference quotients elsewhere.
extension FigureEvaluation {
  /// A figure at all times of an interval.
  private typealias Rule = @Sendable (Interval, TaylorSeriesContext, Budget) throws(Unanswered) -> TaylorSeries

  /// What a figure is made of.
  private struct Parts {
    let rule: Rule
    var steps: [Interval?]
    var ends: [Interval?]

    init(_ states: [RunningState], _ functions: [TimeFunction] = [], rule: @escaping Rule) {
      self.rule = rule
      steps = states.map(\.step) + functions.map(\.step)
      ends = states.map(\.end) + functions.map(\.end)
    }
  }

  /// The figure with derivatives; nil where its values alone are served.
  mutating func running(
    ofState call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ accuracy: Int,
    start: Interval
  ) throws -> TimeFunction? {
    let parts: Parts?
    switch call {
    case .energetic(let figure, let part): parts = try energetic(figure, part, accuracy)
    case .ofState(let figure, let subject):
      parts = try ofState(figure, try figures(.start).sites(of: subject.substituting(indices)), accuracy)
    case .concurrence(let x, let y):
      let own = try [x, y].flatMap { try point.sites(of: $0.substituting(indices)) }.sorted()
      parts = try concurrence(own, accuracy)
    case .distance(let figure, let subject, let reference):
      let own = try figures(.start).sites(of: subject.substituting(indices))
      parts = try distance(figure, own, reference, formula, indices, accuracy)
    default: parts = nil
    }
    guard let parts else { return nil }
    let rule = parts.rule
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        try rule(t, TaylorSeriesContext(order: order, precision: t.precision), budget)
      },
      start: { order in [start] + Array(repeating: .entire(precision: start.precision), count: order) },
      step: parts.steps.compactMap { $0 }.min { $0.lower < $1.lower },
      end: parts.ends.compactMap { $0 }.min { $0.lower < $1.lower })
  }

  private mutating func runningState(_ sites: [Int], _ accuracy: Int) throws -> RunningState? {
    try RunningState(sites, along: framePaths(), accuracy: accuracy, point, within: budget)
  }

  /// A state with the eigenvalues of the one of some sites, but for zeros: that of the others of a pure whole may have
  /// smaller blocks.
  private mutating func spectralState(_ sites: [Int], _ accuracy: Int) throws -> RunningState? {
    let paths = try framePaths()
    let others = (0..<point.basis.count).filter { !sites.contains($0) }
    if try evolution.start.vectors.count == 1, paths.keepsVectors, !others.isEmpty {
      let (own, turned) = (LocalLayout(sites, paths, point), LocalLayout(others, paths, point))
      if turned.greatestGroup < own.greatestGroup { return try runningState(others, accuracy) }
    }
    return try runningState(sites, accuracy)
  }

  private static func populations(
    _ state: RunningState, _ t: Interval, _ context: TaylorSeriesContext, _ budget: Budget, own: [Int?] = []
  ) throws(Unanswered) -> PopulationSeries {
    let values = try state.eigenvalues(t, context.order, budget)
    return PopulationSeries(
      context: context,
      populations: values.enumerated().map { place, value in
        .init(value: value, own: own.indices.contains(place) ? own[place] : nil)
      })
  }

  // MARK: - Energies

  private mutating func energetic(_ figure: EnergyFigure, _ part: Int, _ accuracy: Int) throws -> Parts? {
    let sites = try figures(.start).sites(ofPart: part)
    let declaration = point.model.parts[part]
    let polynomial = try point.hermitian(declaration.hamiltonian)
    var chosen = try spectralState(sites, accuracy)
    // Populations that stand on levels of their own keep their places exactly where none passes another.
    if figure == .ergotropy, chosen?.sites != sites, let own = try runningState(sites, accuracy),
      try own.hasLevels(polynomial, point)
    {
      chosen = own
    }
    guard let state = chosen else { return nil }
    let levels = try PartLevels(
      of: polynomial, on: sites, room: max(state.count, 1), declaration.hamiltonian, point, within: budget)
    let energies = try levels.energies(point.scalars)
    let rising = Self.places(energies.rising, state.count)
    let mean = try mean(polynomial, accuracy)
    switch figure {
    case .ergotropy:
      let own = state.sites == sites ? try ownLevels(polynomial, state, energies) : []
      return Parts([state], [mean]) { (t, context, budget) throws(Unanswered) in
        let populations = try Self.populations(state, t, context, budget, own: own)
        if !own.isEmpty, let value = populations.ergotropyOfLevels(on: rising) { return value.within(Self.notNegative) }
        let energy = try mean.series(t, context.order, budget)
        return context.difference(energy, populations.energy(on: rising)).within(Self.notNegative)
      }
    case .passive:
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        try Self.populations(state, t, context, budget).energy(on: rising)
      }
    case .capacity:
      guard energies.isWhole else { return nil }
      let falling = Self.places(energies.rising.reversed(), state.count)
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        let populations = try Self.populations(state, t, context, budget)
        return context.difference(populations.energy(on: falling), populations.energy(on: rising))
          .within(Self.notNegative)
      }
    case .incoherentErgotropy, .coherentErgotropy, .energyCoherence:
      return try dephased(figure, sites, polynomial, energies, mean, accuracy)
    }
  }

  /// Figures of the state without its elements between different levels, of Hamiltonians that are diagonal.
  private mutating func dephased(
    _ figure: EnergyFigure, _ sites: [Int], _ polynomial: ModelPoint.Operator, _ energies: EnergyLevels,
    _ mean: TimeFunction, _ accuracy: Int
  ) throws -> Parts? {
    guard let state = try runningState(sites, accuracy), state.distance.signum == 0,
      let own = try PartEnergy(polynomial, on: state.states, point).levels
    else { return nil }
    let ring = point.scalars
    let groups = try state.groups.flatMap { group -> [[Int]] in
      var sets = DisjointSets(group.count)
      for i in group.indices {
        for j in 0..<i where try PassiveOrder.areEqual(own[group[i]], own[group[j]], ring) { sets.join(i, j) }
      }
      return sets.groups.map { $0.map { group[$0] } }
    }
    let rising = Self.places(energies.rising, state.count)
    return Parts([state], [mean]) { (t, context, budget) throws(Unanswered) in
      let rest = PopulationSeries(
        context: context,
        populations: try state.eigenvalues(in: groups, nil, t, context, budget).map { .init(value: $0, own: nil) })
      let value: TaylorSeries
      switch figure {
      case .incoherentErgotropy:
        value = try context.difference(mean.series(t, context.order, budget), rest.energy(on: rising))
      case .coherentErgotropy:
        let whole = try Self.populations(state, t, context, budget)
        value = context.difference(rest.energy(on: rising), whole.energy(on: rising))
      default:
        let whole = try Self.populations(state, t, context, budget)
        value = context.difference(rest.entropy, whole.entropy)
      }
      return value.within(Self.notNegative)
    }
  }

  private static let notNegative =
    Interval(.zero(precision: 64), .infinity(precision: 64)) ?? .entire(precision: 64)

  /// The levels for as many places; those beyond the last dimension are of zeros.
  private static func places(
    _ levels: [(energy: Interval, count: Integer)], _ count: Int
  ) -> [PopulationSeries.Place] {
    var result: [PopulationSeries.Place] = []
    for (number, level) in levels.enumerated() {
      let room = min(level.count, Integer(max(count - result.count, 0)))
      result += Array(repeating: .init(level: number, energy: level.energy), count: Int(exactly: room) ?? 0)
    }
    while let last = result.last, result.count < count { result.append(last) }
    return result
  }

  /// The number of the level on which each population stands; empty where some stand on none.
  private func ownLevels(
    _ polynomial: ModelPoint.Operator, _ state: RunningState, _ energies: EnergyLevels
  ) throws -> [Int?] {
    guard try state.hasLevels(polynomial, point), let own = try PartEnergy(polynomial, on: state.states, point).levels
    else { return [] }
    let numbers = try state.groups.flatMap { group -> [Int?] in
      let value = try point.scalars.enclosure(own[group[0]]).real
      let met = energies.rising.indices.filter { !energies.rising[$0].energy.isDisjoint(from: value) }
      return Array(repeating: met.count == 1 ? met[0] : nil, count: group.count)
    }
    return numbers.allSatisfy { $0 != nil } ? numbers : []
  }

  // MARK: - States alone

  private mutating func ofState(_ figure: StateFigure, _ sites: [Int], _ accuracy: Int) throws -> Parts? {
    switch figure {
    case .purity, .coherence:
      guard let state = try runningState(sites, accuracy) else { return nil }
      let off = Interval(state.distance)
      let dimensions = state.count
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        if figure == .purity {
          // The lengths are within e of each other, and at most one and 1 + e.
          let unit = Interval(from: 0, to: 1, precision: t.precision)
          return try state.squaredNorm(t, context, budget).widened(by: (off * (2 + off)).upper).within(unit)
        }
        return try state.coherence(t, context, budget).widened(
          by: (Interval(dimensions, precision: 64) * off).upper)
      }
    case .entropy:
      guard let state = try spectralState(sites, accuracy) else { return nil }
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        try Self.populations(state, t, context, budget).entropy.within(Self.notNegative)
      }
    case .largestEigenvalue:
      guard let state = try spectralState(sites, accuracy) else { return nil }
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        try Self.populations(state, t, context, budget).greatest
      }
    case .negativity:
      guard try evolution.start.vectors.count == 1, try framePaths().keepsVectors, sites.count < point.basis.count,
        let state = try spectralState(sites, accuracy)
      else { return nil }
      // ((sum of Schmidt coefficients)^2 - 1)/2.
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        let sum = try Self.populations(state, t, context, budget).sumOfRoots
        let twice = context.difference(context.power(sum, 2), context.number(1))
        return context.product(context.number(Rational(1, 2)), twice).within(Self.notNegative)
      }
    }
  }

  // MARK: - Two states

  private mutating func distance(
    _ figure: DistanceFigure, _ sites: [Int], _ reference: StateReference, _ formula: FigureFormula,
    _ indices: [String: Expression], _ accuracy: Int
  ) throws -> Parts? {
    guard let state = try runningState(sites, accuracy),
      let other = try self.reference(reference, sites, formula, indices), !other.isOpen, other.error.signum == 0
    else { return nil }
    let values = other.elements.mapValues(\.value)
    let error = state.distance
    if figure == .fidelity {
      guard other.pure != nil else { return nil }
      return Parts([state]) { (t, context, budget) throws(Unanswered) in
        let unit = Interval(from: 0, to: 1, precision: t.precision)
        return try state.trace(with: values, t, context, budget).widened(by: error).within(unit)
      }
    }
    guard let difference = RunningDifference(state, values) else { return nil }
    return Parts([state]) { (t, context, budget) throws(Unanswered) in
      let unit = Interval(from: 0, to: 1, precision: t.precision)
      let norm = try difference.traceNorm(t, context, budget).widened(by: error)
      return context.product(context.number(Rational(1, 2)), norm).within(unit)
    }
  }

  private mutating func reference(
    _ reference: StateReference, _ sites: [Int], _ formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> LocalReference? {
    switch reference {
    case .start:
      var figures = try figures(.start)
      return try LocalReference(figures.local(sites))
    case .word(let word):
      return try LocalReference(
        SiteFrame.frames(word.substituting(indices), on: sites, point), point, within: budget)
    case .product(let assignments):
      return try LocalReference(frames(assignments, indices, formula), point, within: budget)
    case .gibbs: return nil
    }
  }

  // MARK: - Concurrence

  /// Of a pure state of both twice the root of the determinant of either; of a state with elements (0, 3) and (1, 2)
  /// alone by the formula of Yu and Eberly (``StateFigures``).
  private mutating func concurrence(_ sites: [Int], _ accuracy: Int) throws -> Parts? {
    let paths = try framePaths()
    guard sites.count == 2, !paths.isTruncated else { return nil }
    let layout = LocalLayout(sites, paths, point)
    if layout.ranks.reduce(0, +) == 1 {
      guard let one = try runningState([sites[0]], accuracy) else { return nil }
      return Parts([one]) { (t, context, budget) throws(Unanswered) in
        let square = try one.determinantOfPair(t, context, budget).within(Self.notNegative)
        let root = context.call(.sqrt, square)
        let unit = Interval(from: 0, to: 1, precision: t.precision)
        return context.product(context.number(2), root).within(unit)
      }
    }
    guard let state = try runningState(sites, accuracy) else { return nil }
    let basis = point.basis
    let numbers = state.states.map { 2 * basis.number(of: sites[0], in: $0) + basis.number(of: sites[1], in: $0) }
    let isX = state.groups.allSatisfy { group in
      group.count == 1 || (group.count == 2 && numbers[group[0]] + numbers[group[1]] == 3)
    }
    guard isX else { return nil }
    return Parts([state]) { (t, context, budget) throws(Unanswered) in
      try state.concurrenceOfX(numbers, t, context, budget)
    }
  }
}
