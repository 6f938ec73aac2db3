import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// `threshold`: where a quantity passes a formula as one parameter grows.
struct ThresholdClaim: ClaimKind {
  static let name = "threshold"
  static let keys = ["statement", "quantity", "parameter", "between", "jumps", "for"] + QuantityNames.keys
  static let verdicts = GridComparison.verdicts

  let statementText: String
  private let quantity: Quantity
  private let formula: QuantityFormula
  private let parameter: String
  /// The two values between which it passes.
  private let between: [String]
  private let rest: Grid
  /// Whether the quantity may jump over the formula: then no more is claimed than the sides at the two values.
  private let allowsJumps: Bool

  init(reading claim: inout ClaimReader) throws(BadInput) {
    statementText = try claim.keys.requiredText("statement")
    var names = try QuantityNames(&claim)
    let statement = try names.statement(claim.keys, "statement", statementText)
    let subject = try names.subject(of: statement, &claim)
    let quantity = subject.quantity
    let parameter = try claim.keys.number(of: quantity)
    (self.quantity, self.parameter) = (quantity, parameter)
    guard quantity.parameters.contains(where: { $0.name == parameter && $0.kind != .integer }) else {
      throw claim.keys.fault(
        "parameter", "'\(parameter)' takes integers alone, and nothing lies between; accepted: real parameters")
    }
    allowsJumps = try claim.keys.allowsJumps()
    guard allowsJumps || quantity.parameters.contains(where: { $0.name == parameter && $0.isContinuous }) else {
      let known = quantity.parameters.filter(\.isContinuous).map(\.name)
      let accepted = known.isEmpty ? "" : "\(known.joined(separator: ", ")), or "
      throw claim.keys.fault(
        "parameter",
        """
        \(quantity.name) is not known to be continuous in '\(parameter)', and may jump over the formula; accepted: \
        \(accepted)'jumps: allowed'
        """
      )
    }
    rest = try Grid(&claim.keys, "for", of: quantity, without: parameter)
    // What crosses is then no longer the quantity as a function of one parameter.
    if let value = rest.formulas.first(where: { $0.value.variables.contains(parameter.inFormulas) })?.key {
      throw claim.keys.fault(
        "for", "'\(value)' stands on \(parameter), which varies; accepted: formulas in other parameters")
    }
    guard let between = try claim.keys.rising("between", of: parameter, beside: rest, of: quantity) else {
      throw claim.keys.missing("between")
    }
    self.between = between
    guard between.count == 2 else { throw claim.keys.fault("between", "must list two values") }
    formula = try names.comparand(
      of: statement, subject, claim.keys, ThresholdClaim.self, relations: [.equal], accepted: "the relation = alone")
    // Between the two values a formula of this grammar is continuous where it has a value; a quantity may jump.
    if let value = formula.values.first(where: { $0.names.contains(parameter.inFormulas) }) {
      throw claim.keys.fault(
        "statement",
        "'\(value.text)' varies with \(parameter); accepted after the relation: values that do not")
    }
    let formula = formula
    try rest.check(with: [(name: parameter, text: between[0])], of: quantity, at: claim.keys.place("for")) {
      try formula.check($0.formulas)
    }
    try names.requireUse(&claim)
  }

  /// The difference of the quantity and the formula at both ends of the interval, for every combination of the other
  /// parameters.
  ///
  /// Holds when it certainly has opposite signs: a quantity that is continuous in the parameter crosses the formula
  /// between, and of others no more is claimed than the two sides. The formula must have a value at all points between,
  /// as formulas of this grammar are continuous where they have one. Equal signs show nothing, since it may cross
  /// twice.
  func check(in context: CheckContext) throws -> Finding {
    var grounds: [Ground] = [.enclosure]
    if !quantity.route.lemmas.isEmpty || !formula.lemmas.isEmpty { grounds.append(.argument) }
    for index in 0..<rest.count {
      let others = rest.point(index)
      guard try hasValueBetween(others, context.budget) else {
        return .undecided("the formula is not known to have a value everywhere between", by: grounds)
      }
      var signs: [Int] = []
      for end in between {
        let arguments = try rest.arguments(index, with: [(name: parameter, text: end)], of: quantity)
        let (sign, reason) = try settle(from: 64, within: context.budget) { precision -> Int? in
          guard let value = try quantity.route.bounded(arguments, precision, context.budget) else { return nil }
          guard let formula = try formula.evaluate(arguments, precision, context.budget) else { return nil }
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
        ["parameter": .text(parameter), "between": .list(between)]))
  }

  /// Whether a formula has a value at every point between the ends, by enclosures on parts of the interval.
  private func hasValueBetween(_ others: [(name: String, text: String)], _ budget: Budget) throws -> Bool {
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
      // Values of quantities in it do not vary with the parameter, whatever it is put to.
      guard let value = try formula.evaluate(at: ends[0].formulas, variables, precision, budget) else { return false }
      guard value.isDefined, value.interval.isBounded else { return false }
    }
    return true
  }
}

extension YAMLMapping {
  /// Whether the key `jumps` allows them.
  fileprivate mutating func allowsJumps() throws(BadInput) -> Bool {
    guard let text = try text("jumps") else { return false }
    guard text == "allowed" else { throw fault("jumps", "'\(text)' is refused; accepted: allowed") }
    return true
  }
}
