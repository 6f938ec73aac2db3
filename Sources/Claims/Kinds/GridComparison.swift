import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels
import RigorousNumerics

/// A quantity against a formula at the points of a grid, as the kinds `value` and `bound` compare them.
struct GridComparison: Sendable {
  let quantity: Quantity
  let relation: Statement.Relation
  let formula: QuantityFormula
  let routes: [Route]
  /// The claims whose closed forms are named as routes; nil where no routes are named.
  let namedForms: [ClosedFormName]?
  /// The claims that may state a closed form of the quantity: those that are named, or all of the file on its model.
  var closedForms: [ClosedFormSource] = []
  /// Routes that are run beside these where they reach: an independent computation of the same values.
  let checks: [Route]
  let quick: Grid
  let full: Grid
  let tolerance: Tolerance
  let kernelUlps: Rational?

  /// What the kinds may expect.
  static let verdicts: [Verdict] = [.certified, .refuted, .undecided]

  /// What comparing the formula with the quantity at a point showed.
  private enum Comparison {
    case holds
    case fails(quantity: Interval, formula: Interval)

    /// Whether both say the same.
    func agrees(with other: Comparison) -> Bool {
      switch (self, other) {
      case (.holds, .holds), (.fails, .fails): true
      case (.holds, .fails), (.fails, .holds): false
      }
    }
  }

  /// The points of the grid one after the other; the first counterexample ends the run.
  ///
  /// A value claim holds at a point when quantity and formula agree within its ``Tolerance`` for all numbers in both
  /// enclosures, by every route, and fails when they do for none. A bound claim holds or fails when the enclosures are
  /// in certain order. Where another route gives an enclosure that the first one's does not meet, one of them is wrong,
  /// and nothing is said of the claim.
  func check(in context: CheckContext) throws -> Finding {
    let grid = context.full ? full : quick
    var grounds: [Ground] = [.enclosure]
    if routes.contains(where: { !$0.lemmas.isEmpty }) || !formula.lemmas.isEmpty { grounds.append(.argument) }
    var worstUlps: Rational = 0
    var kernelFailure: String?
    let forms = try closedForms.compactMap { $0.route(of: quantity) }.filter { try $0.isProved(in: context) }
    if namedForms != nil, let open = closedForms.first(where: { form in !forms.contains { $0.id == form.id } }) {
      return .undecided("the claim \(open.id), whose closed form is a route, is not proved", by: grounds)
    }
    var met = forms.map { (id: $0.id, points: 0) }
    var second = SecondOpinions()
    for index in 0..<grid.count {
      let arguments = try grid.arguments(index, of: quantity)
      let isZero = quantity.isZero(arguments) == .certainlyTrue
      let shown = arguments.texts.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
      var all = routes
      for (place, form) in forms.enumerated() {
        guard try form.applies(to: arguments, within: context.budget) else {
          guard namedForms != nil else { continue }
          return .undecided(
            "\(shown.isEmpty ? "" : "at \(shown) ")the claim \(form.id) is not seen to speak of the model's state",
            by: grounds)
        }
        all.append(form.route)
        met[place].points += 1
      }
      for route in all {
        var known: Interval?
        let start = ContinuousClock.now
        let (comparison, reason) = try settle(from: tolerance.startingBits, within: context.budget) { precision in
          let found = try compare(arguments, route, precision, context.budget, &known)
          // Enclosures come near a zero and never decide; the exact decision of the quantity does.
          guard found == nil, isZero else { return found }
          return try compare(arguments, Interval(0, precision: precision), precision, context.budget)
        }
        let taken = (ContinuousClock.now - start).inSeconds
        if let comparison, let known, route.name == routes.first?.name,
          let conflict = try second.ask(
            checks, { try opinion($0, arguments, known, comparison, context.budget, after: taken) })
        {
          let place = shown.isEmpty ? "" : "at \(shown) "
          return .undecided(
            "\(place)two routes disagree, so that one of them is wrong: \(route.name) in \(known), \(conflict.name) in "
              + "\(conflict.value)", by: grounds)
        }
        switch comparison {
        case .holds: continue
        case nil:
          let hint = needsAbsolute(arguments) ? "; the formula may be zero, which needs 'absolute'" : ""
          return .undecided("\(shown.isEmpty ? "" : "at \(shown) ")by \(route.name): \(reason)\(hint)", by: grounds)
        case .fails(let quantity, let formula):
          let against = tolerance.printed.map { "which does not round to \($0.text)" } ?? "the formula in \(formula)"
          let evidence = Evidence(
            "counterexample\(shown.isEmpty ? "" : " \(shown)"): the quantity is in \(quantity), \(against)",
            [
              "point": .point(arguments.texts), "route": .text(route.name), "quantity": .enclosure(quantity),
              "formula": .enclosure(formula),
            ])
          return Finding(verdict: .refuted, by: grounds, evidence: evidence)
        }
      }
      if let limit = kernelUlps, kernelFailure == nil {
        kernelFailure = try kernelFault(arguments, limit, context.budget, &worstUlps).map { "at \(shown) \($0)" }
      }
    }
    return Finding(
      verdict: .certified, by: grounds, evidence: evidence(grid, met.filter { $0.points > 0 }, worstUlps, second),
      kernelFailure: kernelFailure)
  }

  /// How the kernel fails at a point; nil when it keeps its promise.
  private func kernelFault(
    _ arguments: Arguments, _ limit: Rational, _ budget: Budget, _ worst: inout Rational
  ) throws -> String? {
    do {
      let held = try quantity.kernelUlps(arguments, within: budget)
      worst = max(worst, held.ulps)
      if held.ulps <= limit, held.withinBound { return nil }
      let (off, allowed) = (ExactDecimal(nearest: held.ulps, significantDigits: 3), "\(limit) ulps and its own bound")
      return "the kernel is off by \(off) ulps; allowed: \(allowed)"
    } catch let refused as KernelRefusal {
      return "the kernel refuses: \(refused.reason)"
    } catch let undecided as Undecided {
      return "the kernel cannot be judged: \(undecided.reason)"
    }
  }

  /// What a route says of values that another one has compared with the formula.
  ///
  /// It may take four times as long as that one did, or two seconds: no verdict waits for it.
  private func opinion(
    _ route: Route, _ arguments: Arguments, _ known: Interval, _ first: Comparison, _ budget: Budget,
    after taken: Double
  ) throws -> SecondOpinions.Opinion {
    let bits = tolerance.startingBits
    let limited = budget.limited(to: 4 * bits).limited(toSeconds: max(2, 4 * taken))
    do {
      var value: Interval?
      let (found, reason) = try settle(from: bits, within: limited) { precision in
        let found = try compare(arguments, route, precision, limited, &value)
        if let value, value.isDisjoint(from: known) { return SecondOpinions.Opinion.conflict(value) }
        return found.map { $0.agrees(with: first) ? .same : .conflict(value ?? known) }
      }
      if found == nil, limited.secondsLeft == 0, budget.secondsLeft > 0 {
        return .none("it takes over four times as long as the first route, and over two seconds")
      }
      return found ?? .none(reason)
    } catch let undecided as Undecided {
      return .none(undecided.reason)
    }
  }

  private func evidence(
    _ grid: Grid, _ forms: [(id: String, points: Int)], _ worstUlps: Rational, _ second: SecondOpinions
  ) -> Evidence {
    let compared = formula.values.isEmpty ? "" : ", the formula with \(formula.routes)"
    let proved = forms.map { form in
      "the closed form proved in \(form.id)" + (form.points == grid.count ? "" : " (at \(form.points) of them)")
    }
    let names = (routes.map(\.name) + second.names(of: grid.count) + proved).joined(separator: ", ") + compared
    let lemmas = Set(routes.flatMap(\.lemmas) + formula.lemmas).sorted()
    let agreement = relation == .equal ? tolerance.shown : "holds"
    let kernel =
      kernelUlps == nil ? "" : "; kernel within \(ExactDecimal(nearest: worstUlps, significantDigits: 3)) ulps"
    let points = "\(grid.count) \(grid.count == 1 ? "point" : "points")"
    return Evidence(
      "\(agreement) at \(points) by \(names)\(kernel)\(second.rest(of: grid.count))",
      [
        "points": .count(grid.count), "routes": .text(names), "digits": tolerance.digits.map { .count($0) },
        "absolute": tolerance.absoluteText.map { .text($0) }, "printed": tolerance.printed.map { .text($0.text) },
        "lemmas": .list(lemmas), "grid": .grid(grid.axes.map { ($0.name, $0.values.shown) }),
      ])
  }

  /// Whether the formula may be zero at a point and the claim states no distance for that.
  private func needsAbsolute(_ arguments: Arguments) -> Bool {
    guard relation == .equal, tolerance.absolute == nil else { return false }
    // Values of quantities may take long at so many bits, and no exact zero is expected of them.
    guard formula.values.isEmpty else { return false }
    let value = try? formula.formula.evaluate(
      in: DefinedContext(precision: 1024), variables: arguments.formulaVariables(1024))
    return value?.interval.containsZero ?? false
  }

  private func compare(
    _ arguments: Arguments, _ route: Route, _ precision: Int, _ budget: Budget, _ known: inout Interval?
  ) throws -> Comparison? {
    guard let value = try route.bounded(arguments, precision, budget) else { return nil }
    known = value
    return try compare(arguments, value, precision, budget)
  }

  /// Compares an enclosure with the formula.
  private func compare(
    _ arguments: Arguments, _ value: Interval, _ precision: Int, _ budget: Budget
  ) throws -> Comparison? {
    guard let checked = try formula.evaluate(arguments, precision, budget) else { return nil }
    guard !checked.interval.isEmpty else {
      let point = arguments.texts.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
      throw BadInput("the formula has no value at \(point); accepted: one that has a value at every point of the grid")
    }
    // As long as the formula may have no value nothing is said of it.
    guard checked.isDefined else { return nil }
    let formula = checked.interval
    let decision: Decision
    switch relation {
    case .equal:
      decision = tolerance.agrees(value, with: formula, precision: precision)
    case .less: decision = value.isLess(than: formula)
    case .atMost: decision = value.isAtMost(formula)
    case .greater: decision = formula.isLess(than: value)
    case .atLeast: decision = formula.isAtMost(value)
    }
    switch decision {
    case .certainlyTrue: return .holds
    case .certainlyFalse: return .fails(quantity: value, formula: formula)
    case .undecided: return nil
    }
  }
}
