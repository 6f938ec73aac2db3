import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Figures that need the state around a time, in a schedule: piece by piece.
///
/// A piece is a model of its own: its Hamiltonian and jumps with b + t in the place of t, b being its beginning, and
/// the state there as a start. Figures over times are put together from those of the pieces, each on its closed span: a
/// supremum is that of the values and of their limits on both sides of an instant.
extension FigureEvaluation {
  /// The figure of a schedule: by the moments of its pieces where they tell it, and else by their elements.
  mutating func scheduled(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    if moments != nil {
      asksMoments = true
      do {
        return try ofPieces(call, formula, indices, moment)
      } catch is NotByMoments {
      } catch let reason as Unanswered where reason.cause != .never {
        asksMoments = false
        do {
          return try ofPieces(call, formula, indices, moment)
        } catch is Unanswered { throw reason }
      }
    }
    asksMoments = false
    return try ofPieces(call, formula, indices, moment)
  }

  private mutating func ofPieces(
    _ call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    switch call {
    case .rate(let inner):
      var piece = try piece(try entry(after: try instant(moment)), inner)
      return try piece.value(of: call, formula, indices, .start)
    case .steady(let inner):
      guard let entry = try lastEntry() else {
        throw formula.place.fault(
          "'\("steady(\(inner.written))".abridged)' of a schedule that ends; accepted: a last piece {for: rest}")
      }
      var piece = try piece(entry, inner)
      guard try !piece.evolution.dependsOnTime() else {
        throw formula.place.fault(
          "'\("steady(\(inner.written))".abridged)' of a last piece in which t stands; accepted: one without t")
      }
      return try piece.value(inner, indices, .limit)
    case .extremum(let isGreatest, let answer, let inner, let window):
      var last: ScheduledEvolution.Time?
      if let window { last = try end(window, inner, indices, moment) }
      let figure = isGreatest ? inner : inner.with(Expression(.negation(inner.expression)))
      let found = try greatest(answer, figure, until: last, indices)
      return answer == .time || isGreatest ? found : context.negation(found)
    case .firstMaximum(let answer, let inner): return try scheduledFirstMaximum(answer, inner, indices)
    case .firstTime(let inner, let level): return try scheduledFirstTime(inner, level, indices)
    case .average(let inner, let window):
      let end = try end(window, inner, indices, moment)
      guard !end.value.isExactZero else {
        throw BadInput(undefined: inner.place.fault("an average over a window of length 0").message)
      }
      let context = context
      var sum = context.number(0)
      try forEachPiece(until: end, inner) { piece, _, span in
        guard let span else { return false }
        let mean = try piece.average(inner, DefinedInterval(span), indices)
        sum = context.sum(sum, context.product(mean, DefinedInterval(span)))
        return true
      }
      return context.quotient(sum, DefinedInterval(end.value))
    default:
      throw Unanswered(
        beyond: "\(model.name): this figure is not served in a schedule; accepted: figures of the state at a time, "
          + "rate(F), steady(F), average(F, T), greatest(F), least(F), first_time(F = c), first_maximum(F)")
    }
  }

  private func instant(_ moment: Moment) throws -> ScheduledEvolution.Time {
    switch moment {
    case .start: .init(value: Interval(0, precision: point.precision), exact: Constant(0))
    case .now: .init(value: try question(), exact: time)
    case .at(let value, let exact): .init(value: value, exact: exact)
    case .limit: throw Unanswered(beyond: "\(model.name): rates in 'steady' are not served")
    }
  }

  private mutating func end(
    _ window: FigureFormula, _ inner: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> ScheduledEvolution.Time {
    let exact = exact(window, indices, moment)
    return .init(value: try checked(try value(window, indices, moment), inner), exact: exact)
  }

  // MARK: - Pieces

  /// The moments of the schedule with those of the start, where pieces are asked by them.
  private mutating func momentSchedule() throws -> (schedule: GaussianSchedule, start: GaussianStart)? {
    guard asksMoments, let schedule = moments?.schedule else { return nil }
    return (schedule, try momentStart())
  }

  private mutating func entry(after time: ScheduledEvolution.Time) throws -> ScheduledEvolution.Entry {
    if let own = try momentSchedule() { return try own.schedule.after(time, from: own.start) }
    return try evolution.scheduled { try $0.after(time) }
  }

  private mutating func lastEntry() throws -> ScheduledEvolution.Entry? {
    if let own = try momentSchedule() { return try own.schedule.atRest(from: own.start) }
    return try evolution.scheduled { try $0.atRest() }
  }

  /// The question of a piece alone, from its beginning or from another state there.
  func piece(
    _ entry: ScheduledEvolution.Entry, from other: PieceStart? = nil, _ figure: FigureFormula
  ) throws -> FigureEvaluation {
    guard let schedule = model.schedule else { return self }
    let declaration = schedule.pieces[entry.piece]
    guard !figure.namesStart else {
      throw Unanswered(
        beyond: figure.place.fault("the state 'start' in a figure around times of a schedule; accepted: other states")
          .message)
    }
    let origin = entry.begin.exact.flatMap { $0.isZero == .certainlyTrue ? nil : $0.expression }
    let holdsTime = declaration.holdsTime || figure.written.variables.contains("t")
    guard entry.begin.exact != nil || !holdsTime else {
      throw Unanswered(
        beyond: figure.place.fault("t stands in a figure around a time that is no constant; accepted: constants")
          .message)
    }
    let own = point.with(model.inPiece(declaration, from: origin))
    switch other ?? entry.state {
    case .elements(let state): return try asked(of: own, StartState(state, point), from: origin)
    case .moments(let moments): return try asked(of: own, moments, from: origin)
    }
  }

  /// The pieces up to a time or to the end of all, each with its beginning and how long it goes on, nil for no end, as
  /// long as the next one is asked for.
  mutating func forEachPiece(
    until end: ScheduledEvolution.Time?, _ figure: FigureFormula,
    _ body: (inout FigureEvaluation, _ entry: ScheduledEvolution.Entry, _ span: Interval?) throws -> Bool
  ) throws {
    if let own = try momentSchedule() {
      var tour = try own.schedule.tour(until: end, from: own.start)
      while let (entry, span) = try own.schedule.next(&tour) {
        var piece = try piece(entry, figure)
        guard try body(&piece, entry, span) else { return }
      }
      return
    }
    var tour = try evolution.scheduled { try $0.tour(until: end) }
    while let (entry, span) = try evolution.scheduled({ try $0.next(&tour) }) {
      var own = try piece(entry, figure)
      guard try body(&own, entry, span) else { return }
    }
  }

  private mutating func greatest(
    _ answer: TimeAnswer, _ figure: FigureFormula, until end: ScheduledEvolution.Time?, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    var found: [(value: Interval, time: Interval, isOne: Bool)] = []
    let namesEnergy = figure.written.variables.contains("H")
    let outer = self
    func add(_ value: DefinedInterval, at time: Interval) throws {
      guard value.isDefined, value.interval.isBounded else { throw NotToldYet(what: "a value") }
      found.append((value.interval, time, true))
    }
    if let end, end.value.isExactZero { try add(try value(figure, indices, .start), at: end.value) }
    try forEachPiece(until: end, figure) { piece, entry, span in
      let begin = entry.begin.value
      // The value at the instant of a reset is the limit before it, but at t = 0 and where H is a new one.
      if let before = entry.before, found.isEmpty || namesEnergy {
        var own = try outer.piece(entry, from: before, figure)
        try add(try own.value(figure, indices, .start), at: begin)
      }
      let own = try piece.greatest(figure, span.map { DefinedInterval($0) }, indices, isTimeAsked: answer == .time)
      guard !own.isOpen else {
        throw Unanswered(undecided: "no bound closes the half line of long times; accepted: a window, greatest(F, T)")
      }
      let least = BigFloat.zero(precision: 64)
      let times =
        own.times.isEmpty
        ? Interval(least, span?.upper ?? .infinity(precision: 64)) ?? .entire(precision: 64) : own.hull
      found.append((own.value, begin + times, own.times.count == 1))
      return true
    }
    guard let least = found.map(\.value.lower).max() else { throw NotToldYet(what: "a greatest value") }
    let candidates = found.filter { $0.value.upper >= least }
    guard let most = candidates.map(\.value.upper).max(), let value = Interval(least, most) else {
      throw NotToldYet(what: "a greatest value")
    }
    if answer == .value { return DefinedInterval(value) }
    let hull = candidates.dropFirst().reduce(candidates[0].time) { $0.hull($1.time) }
    guard hull.isBounded, (candidates.count == 1 && candidates[0].isOne) || isPatient else {
      throw Unanswered(undecided: "several times compete for the maximum and could not be told apart")
    }
    return DefinedInterval(hull)
  }
}

extension FigureFormula {
  /// Whether the state of the start stands in it, but in figures of that state.
  var namesStart: Bool {
    calls.values.contains { call in
      switch call {
      case .distance(_, _, .start): true
      case .rate(let inner), .sum(_, _, _, let inner): inner.namesStart
      default: false
      }
    }
  }
}

extension Model {
  /// A piece of the schedule as a model whose time begins with it.
  func inPiece(_ piece: ScheduleDeclaration.Piece, from begin: Expression?) -> Model {
    let shift = begin.map { ["t": Expression(.variable("t")) + $0] } ?? [:]
    return with(
      hamiltonian: piece.hamiltonian?.substituting(shift), jumps: piece.jumps.map { $0.substituting(shift) })
  }
}

extension ScheduleDeclaration.Piece {
  /// Whether the time stands in it.
  var holdsTime: Bool {
    hamiltonian?.expression.variables.contains("t") ?? false || jumps.contains { $0.variables.contains("t") }
  }
}
