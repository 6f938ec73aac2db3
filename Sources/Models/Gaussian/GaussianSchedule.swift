import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// The first and second moments of modes as they pass through a schedule.
///
/// Each piece maps (R, 1) -> P (R, 1), M -> P M P' + Q; a reset to a state with means r and covariances 1 + F does the
/// same with no row of P but r in the last column, and Q = F, on its modes: what they shared with the others is lost.
/// Where no `t` stands in them repetitions are a power of one such map.
///
/// The modes that are marked as Gaussian are so together. A piece keeps the mark of those that feed on marked modes
/// alone, and a reset marks its modes by their fresh states.
struct GaussianSchedule {
  typealias Time = ScheduleClock.Time
  typealias Step = ScheduleDeclaration.Step

  let point: ModelPoint
  let schedule: ScheduleDeclaration
  let clock: ScheduleClock
  let generators: [GaussianGenerator]
  private let dissipators: [[Dissipator]]
  private let flows: [Flow]
  private let resets: [Reset]
  private let budget: Budget

  private enum Flow {
    case steady(MomentFlow)
    case driven(DrivenMomentFlow)
  }

  private struct Reset {
    let sites: [Int]
    let fresh: GaussianStart
  }

  /// A way through the steps.
  struct Walk {
    /// Nil for the end of all.
    let goal: Time?
    /// Whether the moments after an instant at the goal are meant, and not those before it.
    var isAfter = false
    var moments: GaussianStart
    /// How often each piece has passed.
    var passed: [Int]
    /// The last piece that was met.
    var last: Int?
  }

  /// The moments of a schedule; nil where those of a piece do not close.
  init?(_ schedule: ScheduleDeclaration, _ point: ModelPoint, within budget: Budget) throws {
    guard (0..<point.basis.count).allSatisfy({ point.basis.dimension(ofSite: $0) == nil }) else { return nil }
    (self.schedule, self.point, self.budget) = (schedule, point, budget)
    dissipators = try schedule.pieces.map { try point.dissipators($0.jumps) }
    let generators = try zip(schedule.pieces, dissipators).compactMap {
      try GaussianGenerator(point, $1, hamiltonian: try point.hamiltonian($0.hamiltonian))
    }
    guard generators.count == schedule.pieces.count else { return nil }
    self.generators = generators
    clock = try ScheduleClock(schedule, point, within: budget)
    flows = try generators.map { generator in
      let equations = try generator.enclosed(Array(0..<point.basis.count), point)
      let parts = equations.parts.map(\.augmented)
      guard let drive = equations.drive else { return .steady(MomentFlow(parts[0].drift, noise: parts[0].noise)) }
      return .driven(DrivenMomentFlow(parts.map(\.drift), noises: parts.map(\.noise), drive: drive))
    }
    var resets: [Reset] = []
    for reset in schedule.resets {
      guard let fresh = try GaussianStart(reset.fresh, point, within: budget) else { return nil }
      var sites: [Int] = []
      for (position, words) in reset.fresh.words.enumerated() {
        if case .inPart = words { continue }
        sites += point.basis.sites(of: FactorID(position))
      }
      for (part, _) in reset.fresh.gibbs { sites += try point.model.parts[part].places.flatMap(point.sites) }
      resets.append(Reset(sites: Set(sites).sorted(), fresh: fresh))
    }
    self.resets = resets
  }

  private var dimension: Int { 2 * point.basis.count + 1 }

  func walk(to goal: Time?, isAfter: Bool = false, from start: GaussianStart) -> Walk {
    Walk(goal: goal, isAfter: isAfter, moments: start, passed: schedule.pieces.map { _ in 0 })
  }

  /// The moments at a time; at the instant of a reset or of a new piece those before it.
  ///
  /// - Throws: ``BadInput`` beyond the last piece, ``NotToldYet`` where it is not told which piece a time is in.
  func moments(at time: Time, from start: GaussianStart) throws -> GaussianStart {
    guard time.value.lower.signum > 0 || time.exact?.sign == 1 else { throw NotToldYet(what: "whether a time is 0") }
    var walk = walk(to: time, from: start)
    guard try follow(schedule.steps, &walk) else { throw clock.refusal(of: time, beyond: walk.passed) }
    return walk.moments
  }

  /// Follows steps; whether the time is reached.
  func follow(_ steps: [Step], _ walk: inout Walk) throws -> Bool {
    for step in steps {
      try budget.check()
      switch step {
      // The time is later: a piece at whose end it lies has been the last one.
      case .reset(let number): reset(number, &walk.moments)
      case .repeated(let formula, let inner):
        var left = try clock.count(formula)
        // Resets alone do the same once and often.
        if try clock.passes(inner).allSatisfy({ $0 == 0 }) { left = min(left, 1) }
        left -= try leap(inner, left, &walk)
        let own = try clock.passes(inner)
        let few = try walk.goal.map { try clock.whole(own, before: $0, after: walk.passed, atMost: left) } ?? left
        guard few <= Self.greatestRepetitions else {
          throw Unanswered(
            beyond: formula.fault(
              "\(few) repetitions one by one; accepted: \(Self.greatestRepetitions), and more where no t stands in them"
            ).message)
        }
        for _ in 0..<left { if try follow(inner, &walk) { return true } }
      case .piece(let number): if try pass(number, &walk) { return true }
      }
    }
    return false
  }

  /// The most repetitions that are followed one by one.
  private static let greatestRepetitions = 1 << 17

  // MARK: - Maps

  func sites(ofReset number: Int) -> [Int] { resets[number].sites }

  func reset(_ number: Int, _ moments: inout GaussianStart) {
    moments = applied(map(ofReset: number), to: moments)
    moments = GaussianStart(
      means: moments.means, excess: moments.excess, isGaussian: marks(moments.isGaussian, afterReset: number))
  }

  private func map(ofReset number: Int) -> MomentFlow.Step {
    let (n, precision) = (dimension, point.precision)
    let reset = resets[number]
    var propagator = IntervalMatrix(identity: n, precision: precision)
    var noise = IntervalMatrix(zero: n, precision: precision)
    for place in reset.sites.flatMap({ [2 * $0, 2 * $0 + 1] }) {
      propagator[place, place] = Interval(0, precision: precision)
      propagator[place, n - 1] = reset.fresh.means[place]
      for other in [place, place ^ 1] { noise[place, other] = reset.fresh.excess[place, other] }
    }
    return MomentFlow.Step(propagator: propagator, noise: noise)
  }

  private func applied(_ step: MomentFlow.Step, to moments: GaussianStart) -> GaussianStart {
    let (n, precision) = (moments.means.count, point.precision)
    let means = step.propagator.applied(to: moments.means + [Interval(1, precision: precision)])
    var wide = IntervalMatrix(zero: n + 1, precision: precision)
    for i in 0..<n { for j in 0..<n { wide[i, j] = moments.excess[i, j] } }
    return GaussianStart(
      means: Array(means.prefix(n)), excess: step.moments(after: wide).leading(n), isGaussian: moments.isGaussian)
  }

  private func marks(_ marks: [Bool], afterPiece number: Int) -> [Bool] {
    marks.indices.map { site in generators[number].closure(of: [site]).allSatisfy { marks[$0] } }
  }

  private func marks(_ marks: [Bool], afterReset number: Int) -> [Bool] {
    var result = marks
    for site in resets[number].sites { result[site] = resets[number].fresh.isGaussian[site] }
    return result
  }

  /// Leaps over repetitions that are over before the goal of a walk: how many.
  private func leap(_ steps: [Step], _ count: Int, _ walk: inout Walk) throws -> Int {
    guard count > 4 else { return 0 }
    let own = try clock.passes(steps)
    guard own.indices.allSatisfy({ own[$0] == 0 || isSteady($0) }) else { return 0 }
    var whole = count
    if let goal = walk.goal {
      // One is left, so that it is told where the goal lies.
      whole = try clock.whole(own, before: goal, after: walk.passed, atMost: count + 1) - 1
    }
    guard whole > 4 else { return 0 }
    let map = try map(of: steps)
    var kept = walk.moments.isGaussian
    var all = kept.map { _ in true }
    // Marks that any of the repetitions takes away; after as many as there are modes nothing new happens.
    for _ in 0..<min(whole, kept.count + 2) {
      kept = try marks(kept, after: steps)
      all = zip(all, kept).map { $0 && $1 }
    }
    let end = applied(map.power(whole), to: walk.moments)
    walk.moments = GaussianStart(means: end.means, excess: end.excess, isGaussian: all)
    for piece in own.indices { walk.passed[piece] += whole * own[piece] }
    return whole
  }

  private func isSteady(_ piece: Int) -> Bool {
    guard case .steady = flows[piece] else { return false }
    return !dissipators[piece].contains(where: \.rate.holdsTime)
  }

  /// The map of whole steps without the time.
  private func map(of steps: [Step]) throws -> MomentFlow.Step {
    var whole = MomentFlow.Step.identity(dimension, precision: point.precision)
    for step in steps {
      try budget.check()
      switch step {
      case .reset(let number): whole = map(ofReset: number).after(whole)
      case .repeated(let formula, let inner):
        whole = try map(of: inner).power(try clock.count(formula)).after(whole)
      case .piece(let number):
        guard case .steady(let flow) = flows[number], let length = clock.lengths[number] else {
          throw point.unservedInSchedule()
        }
        whole = try flow.step(over: length.value, within: budget).after(whole)
      }
    }
    return whole
  }

  private func marks(_ marks: [Bool], after steps: [Step]) throws -> [Bool] {
    var result = marks
    for step in steps {
      switch step {
      case .reset(let number): result = self.marks(result, afterReset: number)
      case .piece(let number): result = self.marks(result, afterPiece: number)
      case .repeated(let formula, let inner):
        for _ in 0..<min(try clock.count(formula), marks.count + 2) { result = try self.marks(result, after: inner) }
      }
    }
    return result
  }

  /// Passes through a piece; whether the time lies in it.
  func pass(_ number: Int, _ walk: inout Walk) throws -> Bool {
    let beginning = clock.time(walk.passed)
    walk.last = number
    if let goal = walk.goal, walk.isAfter, try clock.compare(goal, walk.passed) == 0 { return true }
    walk.passed[number] += 1
    let isLast =
      try walk.goal.map { goal in
        let order = try clock.lengths[number] == nil ? -1 : clock.compare(goal, walk.passed)
        return order < 0 || (order == 0 && !walk.isAfter)
      } ?? false
    let end = isLast ? walk.goal ?? beginning : clock.time(walk.passed)
    try point.requireRates(dissipators[number], from: beginning, until: end.value, exact: end.exact, within: budget)
    let step: MomentFlow.Step
    switch flows[number] {
    case .steady(let flow):
      // A flow that does not depend on the time is known best by how long it lasts.
      let whole = isLast ? nil : clock.lengths[number]?.value
      step = try flow.step(over: whole ?? (end.value - beginning.value), within: budget)
    case .driven(let flow): step = try flow.step(from: beginning.value, until: end.value, within: budget)
    }
    let moments = applied(step, to: walk.moments)
    walk.moments = GaussianStart(
      means: moments.means, excess: moments.excess, isGaussian: marks(moments.isGaussian, afterPiece: number))
    return isLast
  }
}
