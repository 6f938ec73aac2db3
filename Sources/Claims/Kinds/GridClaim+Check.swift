import ArbitraryPrecision
import BatteryModels
import Expressions
import FastKernels
import RigorousNumerics

extension GridClaim {
  /// What comparing the formula with the quantity at a point showed.
  private enum Comparison {
    case holds
    case fails(quantity: Interval, formula: Interval)
  }

  /// The points of the grid one after the other; the first counterexample ends the run.
  ///
  /// A value claim holds at a point when |formula - quantity| <= 10^-digits |formula| for all numbers in both enclosures
  /// (10^-digits absolutely when the formula is exactly zero), by every route; it fails when the enclosures are disjoint.
  /// A bound claim holds or fails when the enclosures are in certain order.
  func check(_ statement: Statement, in context: CheckContext) throws -> Finding {
    let grid = context.full ? full : quick
    var grounds: [Ground] = [.enclosure]
    if routes.contains(where: { !$0.lemmas.isEmpty }) { grounds.append(.argument) }
    var worstUlps: Rational = 0
    var kernelFailure: String?
    for index in 0..<grid.count {
      let point = grid.point(index)
      let shown = point.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
      let arguments = try Arguments(point, for: quantity)
      for route in routes {
        let (comparison, reason) = try settle(from: startingBits(digits: digits), within: context.budget) {
          try compare(statement, arguments, route, $0, context.budget)
        }
        switch comparison {
        case .holds: continue
        case nil: return .undecided("at \(shown) by \(route.name): \(reason)", by: grounds)
        case .fails(let quantity, let formula):
          let evidence = Evidence(
            "counterexample \(shown): the quantity is in \(quantity), the formula in \(formula)",
            ["point": shown, "route": route.name, "quantity": "\(quantity)", "formula": "\(formula)"])
          return Finding(verdict: .refuted, by: grounds, evidence: evidence)
        }
      }
      if let limit = kernelUlps, kernelFailure == nil {
        kernelFailure = try kernelFault(arguments, limit, context.budget, &worstUlps).map { "at \(shown) \($0)" }
      }
    }
    return Finding(
      verdict: .certified, by: grounds, evidence: evidence(statement, grid, worstUlps), kernelFailure: kernelFailure)
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

  private func evidence(_ statement: Statement, _ grid: Grid, _ worstUlps: Rational) -> Evidence {
    let names = routes.map(\.name).joined(separator: ", ")
    let lemmas = Set(routes.flatMap(\.lemmas)).sorted().joined(separator: ", ")
    let agreement = statement.relation == .equal ? "to \(digits) digits " : ""
    let kernel =
      kernelUlps == nil ? "" : "; kernel within \(ExactDecimal(nearest: worstUlps, significantDigits: 3)) ulps"
    return Evidence(
      "holds \(agreement)at \(grid.count) \(grid.count == 1 ? "point" : "points") by \(names)\(kernel)",
      [
        "points": "\(grid.count)", "routes": names, "digits": "\(digits)", "lemmas": lemmas,
        "grid": grid.axes.map { "\($0.name): \($0.values.joined(separator: ", "))" }.joined(separator: "; "),
      ])
  }

  private func compare(
    _ statement: Statement, _ arguments: Arguments, _ route: Route, _ precision: Int, _ budget: Budget
  ) throws -> Comparison? {
    let value = try route.evaluate(arguments, precision, budget)
    // A route that encloses nothing is broken; it must never count against a statement.
    precondition(!value.isEmpty, "the route \(route.name) returned an empty enclosure")
    let checked = try statement.right.evaluate(
      in: DefinedContext(precision: precision), variables: arguments.formulaVariables(precision))
    guard !checked.interval.isEmpty else {
      let point = arguments.texts.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
      throw BadInput("the formula has no value at \(point); accepted: one that has a value at every point of the grid")
    }
    // As long as the formula may have no value nothing is said of it.
    guard checked.isDefined else { return nil }
    let formula = checked.interval
    let decision: Decision
    switch statement.relation {
    case .equal:
      if value.isDisjoint(from: formula) { return .fails(quantity: value, formula: formula) }
      let difference = (formula - value).magnitude
      let scale = formula.isPoint && formula.containsZero ? Interval(1, precision: precision) : formula
      let limit = scale.absoluteValue * Interval(unit(digits: digits), precision: precision)
      return difference.isFinite && difference <= limit.lower ? .holds : nil
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

extension Arguments {
  /// The enclosures of the parameters under their names in formulas.
  func formulaVariables(_ precision: Int) -> [String: DefinedInterval] {
    numericNames.reduce(into: [:]) { result, name in
      result[name.inFormulas] = DefinedInterval(
        constant(name).enclosure(precision: precision))
    }
  }
}
