import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// `constant`: the global maximum of FORMULA/x over x > 0 is a printed constant.
struct ConstantClaim: ClaimKind {
  static let name = "constant"
  static let keys =
    ["statement", "quantity", "digits", "absolute", "maximise", "variable", "stationary"] + QuantityNames.keys
  static let verdicts = GridComparison.verdicts

  let statementText: String
  let numerator: Expression
  let variable: String
  /// The two sides of the condition at the maximiser.
  private let stationary: [Expression]?
  private let quantity: Quantity?
  private let digits: Int
  private let absolute: Constant?
  private let printed: PrintedNumber

  init(reading claim: inout ClaimReader) throws(BadInput) {
    statementText = try claim.keys.requiredText("statement")
    var names = try QuantityNames(&claim)
    let statement = try names.statement(claim.keys, "statement", statementText)
    let name = try claim.keys.requiredText("variable")
    names.taken = [name]
    let text = try claim.keys.requiredText("maximise")
    let written = try claim.keys.parsed("maximise", text) { text throws(ExpressionError) in
      try Expression(parsing: text)
    }
    guard case .quotient(let numerator, let divisor) = written.node, divisor == Expression(.variable(name)) else {
      throw ConstantClaim.malformed(name, claim.keys)
    }
    self.numerator = try names.formula(numerator, claim.keys, "maximise", among: nil).formula
    guard self.numerator.variables == [name] else { throw ConstantClaim.malformed(name, claim.keys) }
    variable = name
    if let text = try claim.keys.text("stationary") {
      let condition = try claim.keys.parsed("stationary", text) { text throws(ExpressionError) in
        try Statement(parsing: text)
      }
      let sides = [
        try names.formula(condition.left, claim.keys, "stationary", among: nil).formula,
        try names.formula(condition.right, claim.keys, "stationary", among: nil).formula,
      ]
      guard condition.relation == .equal, sides[0].variables.union(sides[1].variables).isSubset(of: [name]) else {
        throw claim.keys.fault("stationary", "must be an equation in \(name)")
      }
      stationary = sides
    } else {
      stationary = nil
    }
    quantity = try names.quantity(&claim)
    if let quantity, !quantity.parameters.isEmpty {
      throw claim.keys.fault("quantity", "must be one without parameters")
    }
    if let quantity {
      do { _ = try Arguments([], for: quantity) } catch let refusal as BadInput {
        throw claim.keys.fault("quantity", refusal.message)
      } catch {
        throw claim.keys.fault("quantity", "\(error)")
      }
    }
    digits = try claim.keys.requiredDigits()
    absolute = try claim.keys.absolute()
    printed = try names.number(of: statement, claim.keys)
    try names.requireUse(&claim)
  }

  private static func malformed(_ name: String, _ keys: YAMLMapping) -> BadInput {
    keys.fault("maximise", "must be of the form FORMULA/\(name) with the variable \(name) alone")
  }

  /// The global maximum of numerator/variable over positive values of the variable, against the printed constant.
  ///
  /// Holds when the printed constant and the quantity, if one is named, agree with the maximum within the tolerance,
  /// and the two sides of the stationarity condition with each other at the maximiser; refuted when one certainly does
  /// not.
  func check(in context: CheckContext) throws -> Finding {
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
      try compare(maximum, $0, context)
    }
    return finding ?? .undecided(reason, by: [.enclosure])
  }

  /// A value with which the maximum is compared may rest on a lemma.
  private var grounds: [Ground] {
    printed.lemmas.isEmpty && quantity?.route.lemmas.isEmpty ?? true ? [.enclosure] : [.enclosure, .argument]
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
    _ maximum: PowerMaximum, _ precision: Int, _ context: CheckContext
  ) throws -> Finding? {
    let value = try maximum.value(precision: precision, within: context.budget)
    let place = try maximum.argument(precision: precision, within: context.budget)
    let numbers = DefinedContext(precision: precision)
    let tolerance = Tolerance(digits: digits, absolute: absolute)
    guard let printed = try printed.enclosure(precision: precision, within: context.budget) else { return nil }
    // A printed constant is a rounded one: it is right when it is within the digits, and wrong when it certainly is
    // not. So is all else.
    var comparisons = [(name: "the printed constant", left: value, right: printed)]
    if let quantity {
      let other: Interval = try quantity.route.evaluate(try Arguments([], for: quantity), precision, context.budget)
      comparisons.append((quantity.name, value, other))
    }
    if let stationary {
      let values = try stationary.map { try $0.evaluate(in: numbers, variables: [variable: DefinedInterval(place)]) }
      // A condition that may have no value there is neither held nor broken.
      guard values.allSatisfy(\.isDefined) else { return nil }
      comparisons.append(("the stationarity condition", values[0].interval, values[1].interval))
    }
    func refuted(_ name: String, _ left: Interval, _ right: Interval) -> Finding {
      let evidence = Evidence(
        "\(name) fails: \(left) against \(right)",
        ["maximum": .enclosure(value), "at": .enclosure(place), "against": .enclosure(right)])
      return Finding(verdict: .refuted, by: grounds, evidence: evidence)
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
      "global maximum \(value) at \(variable) in \(place), unique, \(tolerance.allowance)",
      ["maximum": .enclosure(value), "at": .enclosure(place), "digits": .count(digits)])
    return Finding(verdict: .certified, by: grounds, evidence: evidence)
  }
}
