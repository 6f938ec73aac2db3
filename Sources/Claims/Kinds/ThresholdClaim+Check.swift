import ArbitraryPrecision
import BatteryModels
import Expressions
import RigorousNumerics

extension ThresholdClaim {
  /// The difference of the quantity and the formula at both ends of the interval, for every combination of the other parameters.
  ///
  /// Holds when it certainly has opposite signs: a quantity that is continuous in the parameter crosses the formula between, and an optimal time may
  /// jump. Equal signs show nothing, since it may cross twice.
  func check(_ statement: Statement, in context: CheckContext) throws -> Finding {
    var grounds: [Ground] = [.enclosure]
    if !quantity.route.lemmas.isEmpty { grounds.append(.argument) }
    for index in 0..<rest.count {
      let others = rest.point(index)
      var signs: [Int] = []
      for end in between {
        let arguments = try Arguments(others + [(name: parameter, text: end)], for: quantity)
        let (sign, reason) = try settle(from: 64, within: context.budget) { precision -> Int? in
          let value = try quantity.route.evaluate(arguments, precision, context.budget)
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
        "passes the formula between \(parameter) = \(between[0]) and \(between[1])",
        ["parameter": parameter, "between": between.joined(separator: ", ")]))
  }
}
