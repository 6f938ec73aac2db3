import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// First maxima and first times in a schedule: piece by piece, with the signs on both sides of each instant.
///
/// Of F - c the first time is the first one before and after which the signs differ: an instant counts where they do. A
/// function that is exactly zero for a while has no sign there; where the signs before and after differ, the change is
/// at the beginning of that while. Of a maximum the function is the rate, and a jump at an instant counts as a rate of
/// its sign: a figure that rises and jumps down has its maximum at the instant.
extension FigureEvaluation {
  mutating func scheduledFirstTime(
    _ formula: FigureFormula, _ level: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let never = Unanswered(never: "the figure never passes this value")
    let found = try passage(formula, isRising: nil, never) { piece in
      (try piece.difference(formula, level, indices), nil, !formula.writesTime && !level.writesTime)
    } jump: { _, _, _ in
      nil
    }
    return DefinedInterval(found.time)
  }

  mutating func scheduledFirstMaximum(
    _ answer: TimeAnswer, _ formula: FigureFormula, _ indices: [String: Expression]
  ) throws -> DefinedInterval {
    let never = Unanswered(never: "the rate never changes from plus to minus")
    let found = try passage(formula, isRising: false, never) { piece in
      let (function, slope) = try piece.slope(of: formula, indices)
      return (slope, function, !formula.writesTime)
    } jump: { before, entry, after in
      try after.jump(of: formula, from: before, at: entry, indices)
    }
    guard answer == .value else { return DefinedInterval(found.time) }
    guard let value = found.value, value.isBounded else { throw NotToldYet(what: "a value at a maximum") }
    return DefinedInterval(value)
  }

  // MARK: - Signs

  /// A figure at an instant: the limits on both sides, and the sign of their difference.
  struct Jump {
    let sign: Int
    let before: Interval
    let after: Interval
  }

  private struct Passage {
    let time: Interval
    /// The figure there.
    let value: Interval?
  }

  /// What was seen so far.
  private struct Trail {
    /// The last sign that is not zero; 0 for none.
    var sign = 0
    /// Where the function became exactly zero, if it still is.
    var rest: Passage?

    /// The change of a direction that the next sign makes, being met from somewhere on; nil where it makes none.
    mutating func change(to next: Int, isRising: Bool?, at here: Passage) -> Passage? {
      guard next != 0 else {
        rest = rest ?? here
        return nil
      }
      defer { (sign, rest) = (next, nil) }
      guard sign != 0, next != sign, isRising == nil || isRising == (next > 0) else { return nil }
      return rest ?? here
    }
  }

  /// The first change of sign of a function of each piece.
  ///
  /// - Parameters:
  ///   - subject: the function in a piece, the figure whose value is asked for, and whether the function recurs with
  ///     the state.
  ///   - jump: what happens at an instant between two pieces; nil where it does not count.
  private mutating func passage(
    _ formula: FigureFormula, isRising: Bool?, _ never: Unanswered,
    _ subject: (inout FigureEvaluation) throws -> (function: TimeFunction, figure: TimeFunction?, isPeriodic: Bool),
    jump: (_ before: Interval, ScheduledEvolution.Entry, inout FigureEvaluation) throws -> Jump?
  ) throws -> Passage {
    let (bits, budget) = (goal, budget)
    var trail = Trail()
    var (found, left) = (Passage?.none, Interval?.none)
    try forEachPiece(until: nil, formula) { piece, entry, span in
      let begin = entry.begin.value
      if let span { piece.look(until: span) }
      let (function, figure, isPeriodic) = try subject(&piece)
      var here = Passage(time: begin, value: left)
      if let left, let jump = try jump(left, entry, &piece), jump.sign != 0 {
        here = Passage(time: begin, value: jump.sign > 0 ? jump.after : jump.before)
        found = trail.change(to: jump.sign, isRising: isRising, at: here)
        if found != nil { return false }
      }
      if let span, let figure { left = try figure.values(on: span, within: budget) }
      // Exactly zero on the whole piece.
      let whole = Interval(.zero(precision: 128), span?.upper ?? .infinity(precision: 128)) ?? .entire(precision: 128)
      let range = try function.series(whole, 0, budget)
      let isZero = range.isDefined && range.range.isExactZero
      var course: SignChange.Course?
      if let span, !isZero {
        course = try SignChange.course(of: function, isRising: isRising, upTo: span, precision: bits, within: budget)
      }
      let first =
        try isZero
        ? 0
        : course.map(\.first) ?? SignChange.sign(afterStartOf: function, precision: bits, within: budget)
      guard let first else { throw piece.untold("the sign just after t = \(begin.shown) was not told") }
      found = trail.change(to: first, isRising: isRising, at: here)
      if found != nil { return false }
      func passage(_ time: Interval) throws -> Passage {
        Passage(time: begin + time, value: try figure?.values(on: time, within: budget))
      }
      guard let course else {
        if isZero, span != nil { return true }
        // The last piece, which has no end.
        found = try passage(
          try piece.first(never) { own in
            try own.change(of: function, isRising: isRising, isPeriodic: isPeriodic, never)?.time
          })
        return false
      }
      switch course.outcome {
      case .found(let change):
        found = try passage(change.time)
        return false
      case .untold(let reason): throw piece.untold("\(reason), from t = \(begin.shown) on")
      case .none: trail.sign = course.last ?? 0
      }
      return true
    }
    guard let found else { throw never }
    return found
  }

  /// The jump of a figure at the instant at which this piece begins.
  private mutating func jump(
    of formula: FigureFormula, from before: Interval, at entry: ScheduledEvolution.Entry,
    _ indices: [String: Expression]
  ) throws -> Jump? {
    let after = try value(formula, indices, .start).interval
    if try isContinuous(formula, entry, indices) { return Jump(sign: 0, before: before, after: before) }
    guard let sign = (after - before).certainSign, sign != 0 else {
      throw untold("whether the figure jumps at t = \(entry.begin.value.shown) was not told")
    }
    return Jump(sign: sign, before: before, after: after)
  }

  /// Whether a figure is one of the state, which has no jump where nothing is reset, or of sites that are not reset.
  private mutating func isContinuous(
    _ formula: FigureFormula, _ entry: ScheduledEvolution.Entry, _ indices: [String: Expression]
  ) throws -> Bool {
    for call in formula.calls.values {
      switch call {
      case .mean(let x), .variance(let x):
        guard try isContinuous([x], entry, indices) else { return false }
      case .covariance(let x, let y):
        guard try isContinuous([x, y], entry, indices) else { return false }
      case .weight, .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
        guard entry.before == nil else { return false }
      case .initial, .extremum, .firstMaximum, .firstTime, .average, .at, .steady, .relaxationTime, .gap: continue
      case .rate, .sum: return false
      }
    }
    return true
  }

  private mutating func isContinuous(
    _ operators: [ModelFormula], _ entry: ScheduledEvolution.Entry, _ indices: [String: Expression]
  ) throws -> Bool {
    for x in operators {
      if x.expression.variables.contains("H") { return false }
      guard entry.before != nil else { continue }
      guard entry.resets.isDisjoint(with: sites(of: try hermitian(x, indices, .start))) else { return false }
    }
    return true
  }
}

extension Interval {
  /// Its middle in messages.
  fileprivate var shown: String { midpoint.map { "\($0.double(rounding: .nearest))" } ?? "a time without a bound" }
}
