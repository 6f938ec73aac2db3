import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import RigorousNumerics

extension ConstantClaim {
  /// The global maximum of numerator/variable over positive values of the variable, against the printed constant.
  ///
  /// Holds when the printed constant and the quantity, if one is named, agree with the maximum within the tolerance,
  /// and the two sides of the stationarity condition with each other at the maximiser; refuted when one certainly does
  /// not.
  func check(_ statement: Statement, in context: CheckContext) throws -> Finding {
    let zero = try numerator.evaluate(
      in: DefinedContext(precision: 64), variables: [variable: DefinedInterval(Interval(0, precision: 64))])
    guard zero.isDefined, zero.interval.isPoint, zero.interval.containsZero else {
      return .undecided("the numerator is not known to vanish at 0", by: [.enclosure])
    }
    let maximum: PowerMaximum
    do {
      maximum = try PowerMaximum(of: energy, within: context.budget)
    } catch {
      return .undecided(error.reason, by: [.enclosure])
    }
    let (finding, reason) = try settle(from: startingBits(digits: digits), within: context.budget) {
      try compare(statement, maximum, $0, context)
    }
    return finding ?? .undecided(reason, by: [.enclosure])
  }

  private var energy: PowerMaximum.Energy {
    let (numerator, variable) = (numerator, variable)
    return { x in
      let context = TaylorJetContext(precision: x.precision)
      // The reader made sure that the variable is the only name: evaluation cannot fail.
      let unknown = Interval.entire(precision: x.precision)
      return (try? numerator.evaluate(in: context, variables: [variable: context.variable(x)]))
        ?? TaylorJet(value: unknown, first: unknown, second: unknown, isSmooth: false)
    }
  }

  private func compare(
    _ statement: Statement, _ maximum: PowerMaximum, _ precision: Int, _ context: CheckContext
  ) throws -> Finding? {
    let value = try maximum.value(precision: precision, within: context.budget)
    let place = try maximum.argument(precision: precision, within: context.budget)
    let numbers = DefinedContext(precision: precision)
    let tolerance = Tolerance(digits: digits, absolute: absolute)
    let printed = try Constant(statement.right).enclosure(precision: precision)
    // A printed constant is a rounded one: it is right when it is within the digits, and wrong when it certainly is
    // not. So is all else.
    var comparisons = [(name: "the printed constant", left: value, right: printed)]
    if let quantity {
      let other: Interval = try quantity.route.evaluate(try Arguments([], for: quantity), precision, context.budget)
      comparisons.append((quantity.name, value, other))
    }
    if let stationary {
      let sides = [stationary.left, stationary.right]
      let values = try sides.map { try $0.evaluate(in: numbers, variables: [variable: DefinedInterval(place)]) }
      // A condition that may have no value there is neither held nor broken.
      guard values.allSatisfy(\.isDefined) else { return nil }
      comparisons.append(("the stationarity condition", values[0].interval, values[1].interval))
    }
    func refuted(_ name: String, _ left: Interval, _ right: Interval) -> Finding {
      let evidence = Evidence(
        "\(name) fails: \(left) against \(right)", ["maximum": "\(value)", "at": "\(place)", "against": "\(right)"])
      return Finding(verdict: .refuted, by: [.enclosure], evidence: evidence)
    }
    var holds = true
    for (name, left, right) in comparisons {
      switch tolerance.agrees(right, with: left, precision: precision) {
      case .certainlyFalse: return refuted(name, left, right)
      case .undecided: holds = false
      case .certainlyTrue: break
      }
    }
    guard holds else { return nil }
    let evidence = Evidence(
      "global maximum \(value) at \(variable) in \(place), unique, to \(digits) digits",
      ["maximum": "\(value)", "at": "\(place)", "digits": "\(digits)"])
    return Finding(verdict: .certified, by: [.enclosure], evidence: evidence)
  }
}
