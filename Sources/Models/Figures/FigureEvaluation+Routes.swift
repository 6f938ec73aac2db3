import Catalogue
import Expressions
import RigorousNumerics

/// Which computation tells a figure: pieces of a schedule, moments, states or the second route.
extension FigureEvaluation {
  /// The value of a figure.
  mutating func value(
    of call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    if model.schedule != nil, call.needsSchedule {
      guard !isSecond else { throw Unanswered(beyond: "this figure is not served by the second route") }
      return try scheduled(call, formula, indices, moment)
    }
    if var whole = wholeQuestion.first, call.isOfAllTimes { return try whole.value(of: call, formula, indices, moment) }
    if isSecond { return try value(bySecond: call, formula, indices, moment) }
    guard moments != nil else { return try value(byStates: call, formula, indices, moment) }
    let isFirst = try asksMomentsFirst()
    if isFirst, let value = try value(byMoments: call, formula, indices, moment) { return DefinedInterval(value) }
    do {
      return try value(byStates: call, formula, indices, moment)
    } catch let reason where !isFirst && !(reason is NotToldYet) {
      // What states do not serve moments may.
      guard let value = try value(byMoments: call, formula, indices, moment) else { throw reason }
      return DefinedInterval(value)
    }
  }

  /// Whether moments are asked before states: those of a density matrix, and those from a mode in a mixed Gaussian
  /// state, which takes many vectors.
  mutating func asksMomentsFirst() throws -> Bool {
    guard let moments else { return false }
    if moments.isOpen { return true }
    if knownMomentStart == nil { knownMomentStart = try GaussianStart(product: point, within: budget) }
    guard let start = knownMomentStart else { return false }
    return zip(start.isGaussian, start.isPure).contains { $0 && !$1 }
  }

  /// The value of a figure by the second route: what moments tell first by states; else by the whole space, and what it
  /// does not reach and states told first by moments.
  private mutating func value(
    bySecond call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    let isFirst = try asksMomentsFirst()
    if isFirst {
      guard !call.isComposed, try value(byMoments: call, formula, indices, moment) == nil else {
        return try value(byStates: call, formula, indices, moment)
      }
      if whole == nil { whole = try WholeEvolution(point, try evolution.start, within: budget) }
    }
    guard let whole else { return try value(byStates: call, formula, indices, moment) }
    do {
      guard let value = try value(of: call, formula, indices, moment, by: whole) else {
        return try value(byStates: call, formula, indices, moment)
      }
      return DefinedInterval(value)
    } catch let reason where moments != nil && !isFirst && !(reason is NotToldYet) {
      guard let value = try value(byMoments: call, formula, indices, moment),
        (try? self.value(byStates: call, formula, indices, moment)) != nil
      else { throw reason }
      return DefinedInterval(value)
    }
  }
}
