import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The density matrix of a model with jumps, with functions of time or with a schedule on a whole space.
///
/// Modes have all levels up to the greatest number of quanta that is met: the numbers that the start reaches by the
/// words of the Hamiltonian, of the jumps A, and of B'A, letter by letter, whatever their coefficients are. They span a
/// space that is left by none of these, so that nothing is cut off.
///
/// With the first route it shares the reading of the file, the start's amplitudes, that rates and lengths are right,
/// and that propagators do not enlarge the trace norm.
struct WholeMaster {
  private let point: ModelPoint
  private let budget: Budget
  private let space: WholeSpace
  private let start: WholeElements
  /// What acts in each piece; one without a schedule.
  private let generators: [WholeGenerator]
  private let dissipators: [[Dissipator]]
  private let resets: [WholeReset]

  init(_ point: ModelPoint, _ start: StartState, within budget: Budget) throws {
    (self.point, self.budget) = (point, budget)
    guard start.open.isEmpty, start.dropped.isEmpty else {
      throw Unanswered(beyond: "a start without a last level; accepted: starts on finitely many")
    }
    let model = point.model
    let pieces: [(hamiltonian: ModelFormula?, jumps: [JumpDeclaration])] =
      model.schedule?.pieces.map { ($0.hamiltonian, $0.jumps) } ?? [(model.hamiltonian, model.jumps)]
    var written: [(hamiltonian: ModelPoint.Operator, jumps: [WholeGenerator.Jump])] = []
    for piece in pieces {
      // Refuses what is not Hermitian.
      _ = try point.hamiltonian(piece.hamiltonian)
      let hamiltonian = try piece.hamiltonian.map(point.asWritten) ?? ModelPoint.Operator()
      written.append((hamiltonian, try piece.jumps.flatMap(point.jumpsAsWritten)))
    }
    dissipators = try pieces.map { try point.dissipators($0.jumps) }
    resets = try (model.schedule?.resets ?? []).map { try WholeReset($0, point, within: budget) }
    let numbers = Set(start.vectors.flatMap(\.keys).map(point.basis.numbers))
    let levels =
      point.modes.isEmpty
      ? [:] : try WholeSupport(point, within: budget).levels(from: numbers, written, resets)
    let space = try WholeSpace(Array(0..<point.basis.count), levels: levels, point)
    guard space.dimension <= WholeEvolution.greatestDensity else { throw WholeSpace.limit.exceeded }
    self.space = space
    generators = try written.map { try WholeGenerator($0.hamiltonian, $0.jumps, space, point, within: budget) }
    let d = space.dimension
    var rows = Array(repeating: ComplexInterval.zero(precision: point.precision), count: d * d)
    let vectors = try start.vectors.map { vector in
      try vector.compactMap { state, amplitude in
        try space.index(point.basis.numbers(of: state)).map {
          (index: $0, value: try point.scalars.enclosure(amplitude))
        }
      }
    }
    for coefficient in start.coefficients {
      for (row, a) in vectors[coefficient.row] {
        for (column, b) in vectors[coefficient.column] {
          rows[row * d + column] = rows[row * d + column] + coefficient.number.value * a * b.conjugate
        }
      }
    }
    self.start = WholeElements(rows, rows: d)
  }

  /// The state after a time; at t = 0 that of the start, at the instant of a reset or of a new piece that before it.
  func state(after time: ScheduledEvolution.Time) throws -> WholeState {
    let end = time.value.isExactZero ? start : try elements(at: time)
    let there = point.at(time.value)
    let space = try WholeSpace(self.space.sites, levels: levels, there)
    let matrix = end.hermitian(rows: space.dimension, precision: point.precision + 64)
    return WholeState(
      space: space, content: .density(matrix, error: end.error.upper), point: there, budget: budget)
  }

  private var levels: [Int: Int] { Dictionary(zip(space.sites, space.sizes)) { first, _ in first } }

  /// The rate of the mean of an operator without the time, of a model without a schedule.
  func rate(_ written: ModelPoint.Operator, at time: Interval) throws -> Interval {
    guard point.model.schedule == nil, !ModelPoint.holdsTime(written) else {
      throw Unanswered(beyond: "rates by the second route are those of operators without t")
    }
    let matrix = try space.matrix(try space.terms(written), within: budget)
    let state = time.isExactZero ? start : try elements(at: .init(value: time, exact: nil))
    return try WholeFlow(generator: generators[0]).rate(
      state, at: time, matrix.columns, norm: matrix.norm, precision: point.precision)
  }

  private func elements(at time: ScheduledEvolution.Time) throws -> WholeElements {
    let zero = Interval(0, precision: point.precision)
    guard let schedule = point.model.schedule else {
      return try passed(start, 0, from: .init(value: zero, exact: Constant(0)), until: time)
    }
    var walk = Walk(state: start, time: zero, exact: Constant(0))
    guard try follow(schedule.steps, schedule, to: time, &walk) else {
      throw Unanswered(beyond: "a time beyond the last piece")
    }
    return walk.state
  }

  /// The state at the end of a span of one piece.
  private func passed(
    _ state: WholeElements, _ piece: Int, from first: ScheduledEvolution.Time, until last: ScheduledEvolution.Time
  ) throws -> WholeElements {
    try point.requireRates(dissipators[piece], from: first, until: last.value, exact: last.exact, within: budget)
    return try WholeFlow(generator: generators[piece]).evolved(
      state, from: first.value, until: last.value, bits: point.precision, within: budget)
  }

  // MARK: - Schedules

  /// A way through the steps.
  private struct Walk {
    var state: WholeElements
    var time: Interval
    /// The time as a formula; nil where a length is none.
    var exact: Constant?

    var begin: ScheduledEvolution.Time { .init(value: time, exact: exact) }
  }

  /// Follows steps; whether the time was met.
  private func follow(
    _ steps: [ScheduleDeclaration.Step], _ schedule: ScheduleDeclaration, to goal: ScheduledEvolution.Time,
    _ walk: inout Walk
  ) throws -> Bool {
    for step in steps {
      try budget.check()
      switch step {
      case .reset(let number): walk.state = try resets[number].applied(to: walk.state, space, point)
      case .repeated(let formula, let inner):
        for _ in 0..<max(try point.integer(formula), 0) {
          if try follow(inner, schedule, to: goal, &walk) { return true }
        }
      case .piece(let number):
        guard let formula = schedule.pieces[number].length else {
          walk.state = try passed(walk.state, number, from: walk.begin, until: goal)
          return true
        }
        let length = try point.scalar(formula.expression, formula)
        let end = walk.time + (try point.scalars(precision: point.precision + 64).enclosure(length).real)
        let known = try? point.scalars.constant(formula.expression)
        let exact = walk.exact.flatMap { start in known.flatMap { try? Constant(start.expression + $0.expression) } }
        if try isWithin(goal, end, exact) {
          walk.state = try passed(walk.state, number, from: walk.begin, until: goal)
          return true
        }
        let next = try passed(walk.state, number, from: walk.begin, until: .init(value: end, exact: exact))
        walk = Walk(state: next, time: end, exact: exact)
      }
    }
    return false
  }

  /// Whether a time is at most another one.
  private func isWithin(_ time: ScheduledEvolution.Time, _ end: Interval, _ exact: Constant?) throws -> Bool {
    if time.value.lower > end.upper { return false }
    if time.value.upper <= end.lower { return true }
    if let a = time.exact, let b = exact, let sign = (try? Constant(b.expression - a.expression))?.sign {
      return sign >= 0
    }
    throw NotToldYet(what: "whether a piece is over")
  }
}

extension ModelPoint {
  /// Jumps with their operators as they are written.
  fileprivate func jumpsAsWritten(_ jump: JumpDeclaration) throws -> [WholeGenerator.Jump] {
    switch jump.content {
    case .single(let each, let operation, let rate):
      return try values(of: each, in: operation).map { indices in
        let own = try asWritten(operation.substituting(indices))
        let rate = rate.substituting(indices)
        return WholeGenerator.Jump(left: own, right: own, rate: try scalar(rate.expression, rate))
      }
    case .correlated(let operators, let rates):
      let written = try operators.map(asWritten)
      return try rates.enumerated().flatMap { k, row in
        try row.enumerated().map { l, rate in
          WholeGenerator.Jump(left: written[k], right: written[l], rate: try scalar(rate.expression, rate))
        }
      }
    }
  }
}
