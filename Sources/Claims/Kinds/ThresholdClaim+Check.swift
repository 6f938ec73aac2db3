import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import RigorousNumerics

extension ThresholdClaim {
  /// The difference of the quantity and the formula at both ends of the interval, for every combination of the other
  /// parameters.
  ///
  /// Holds when it certainly has opposite signs: a quantity that is continuous in the parameter crosses the formula
  /// between, and of others no more is claimed than the two sides. The formula must have a value at all points between,
  /// as formulas of this grammar are continuous where they have one. Equal signs show nothing, since it may cross
  /// twice.
  func check(_ statement: Statement, in context: CheckContext) throws -> Finding {
    var grounds: [Ground] = [.enclosure]
    if !quantity.route.lemmas.isEmpty { grounds.append(.argument) }
    for index in 0..<rest.count {
      let others = rest.point(index)
      guard try isContinuous(statement.right, others) else {
        return .undecided("the formula is not known to have a value everywhere between", by: grounds)
      }
      var signs: [Int] = []
      for end in between {
        let arguments = try rest.arguments(index, with: [(name: parameter, text: end)], of: quantity)
        let (sign, reason) = try settle(from: 64, within: context.budget) { precision -> Int? in
          guard let value = try quantity.route.bounded(arguments, precision, context.budget) else { return nil }
          let formula = try statement.right.evaluate(
            in: DefinedContext(precision: precision), variables: arguments.formulaVariables(precision))
          guard formula.isDefined, let sign = (value - formula.interval).certainSign, sign != 0 else { return nil }
          return sign
        }
        guard let sign else { return .undecided("at \(parameter)=\(end): \(reason)", by: grounds) }
        signs.append(sign)
      }
      guard signs[0] == -signs[1] else {
        let side = signs[0] > 0 ? "above" : "below"
        return .undecided("the quantity is \(side) the formula at both ends, which shows nothing", by: grounds)
      }
    }
    return Finding(
      verdict: .certified, by: grounds,
      evidence: Evidence(
        allowsJumps
          ? """
          is on opposite sides of the formula at \(parameter) = \(between[0]) and \(between[1]), and may jump \
          between
          """
          : "passes the formula between \(parameter) = \(between[0]) and \(between[1])",
        ["parameter": parameter, "between": between.joined(separator: ", ")]))
  }

  /// Whether a formula has a value at every point between the ends, by enclosures on parts of the interval.
  private func isContinuous(_ formula: Expression, _ others: [(name: String, text: String)]) throws -> Bool {
    let precision = 64
    let ends = try between.map { end in try Arguments(others + [(name: parameter, text: end)], for: quantity) }
    guard let low = ends[0].number(named: parameter)?.enclosure(precision: precision),
      let high = ends[1].number(named: parameter)?.enclosure(precision: precision)
    else { return false }
    let (parts, whole) = (64, low.hull(high))
    for index in 0..<parts {
      let part =
        low + (high - low)
        * Interval(
          from: Rational(Integer(index), Integer(parts)), to: Rational(Integer(index + 1), Integer(parts)),
          precision: precision)
      var variables = ends[0].formulaVariables(precision)
      variables[parameter.inFormulas] = DefinedInterval(part.intersection(whole))
      let value = try formula.evaluate(in: DefinedContext(precision: precision), variables: variables)
      guard value.isDefined, value.interval.isBounded else { return false }
    }
    return true
  }
}
