import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// `exponent`: local exponents of a quantity on a ladder of one parameter.
struct ExponentClaim: ClaimKind {
  static let name = "exponent"
  static let keys =
    ["statement", "quantity", "parameter", "ladder", "full-ladder", "tolerance", "for"] + QuantityNames.keys
  static let verdicts = GridComparison.verdicts

  let statementText: String
  private let printed: PrintedNumber
  private let quantity: Quantity
  private let parameter: String
  private let ladder: [String]
  private let fullLadder: [String]
  private let rest: Grid
  private let tolerance: Constant

  init(reading claim: inout ClaimReader) throws(BadInput) {
    statementText = try claim.keys.requiredText("statement")
    var names = try QuantityNames(&claim)
    let statement = try names.statement(claim.keys, "statement", statementText)
    let quantity = try names.requiredQuantity(&claim)
    let parameter = try claim.keys.number(of: quantity)
    (self.quantity, self.parameter) = (quantity, parameter)
    let text = try claim.keys.requiredText("tolerance")
    tolerance = try claim.keys.parsed("tolerance", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard tolerance.sign == 1 else {
      throw claim.keys.fault("tolerance", "'\(text)' is refused; accepted: positive numbers")
    }
    rest = try Grid(&claim.keys, "for", of: quantity, without: parameter)
    guard let ladder = try claim.keys.rising("ladder", of: parameter, beside: rest, of: quantity) else {
      throw claim.keys.missing("ladder")
    }
    self.ladder = ladder
    fullLadder = try claim.keys.rising("full-ladder", of: parameter, beside: rest, of: quantity) ?? ladder
    for (key, values) in [("ladder", ladder), ("full-ladder", fullLadder)] where values.count < 2 {
      throw claim.keys.fault(key, "must list at least two values")
    }
    printed = try names.number(of: statement, claim.keys)
    try names.requireUse(&claim)
  }

  /// The local exponents log(Q(b)/Q(a)) / log(b/a) between neighbours a < b of the ladder, for every combination of the
  /// other parameters.
  ///
  /// Holds when every one is certainly within the tolerance of the printed exponent, refuted when one certainly is not.
  func check(in context: CheckContext) throws -> Finding {
    var grounds: [Ground] = [.enclosure]
    if !quantity.route.lemmas.isEmpty || !printed.lemmas.isEmpty { grounds.append(.argument) }
    let ladder = context.full ? fullLadder : ladder
    var hull: Interval?
    for index in 0..<rest.count {
      for (from, to) in zip(ladder, ladder.dropFirst()) {
        let shown = "\(parameter)=\(from) ... \(to)"
        let (result, reason) = try settle(from: 64, within: context.budget) { precision -> (Bool, Interval)? in
          guard let exponent = try localExponent(from, to, index, precision, context.budget),
            let printed = try printed.enclosure(precision: precision, within: context.budget)
          else { return nil }
          let distance = (exponent - printed).absoluteValue
          switch distance.isAtMost(tolerance.enclosure(precision: precision)) {
          case .certainlyTrue: return (true, exponent)
          case .certainlyFalse: return (false, exponent)
          case .undecided: return nil
          }
        }
        guard let (holds, exponent) = result else { return .undecided("at \(shown): \(reason)", by: grounds) }
        guard holds else {
          let evidence = Evidence(
            "the local exponent at \(shown) is in \(exponent)",
            ["point": .text(shown), "exponent": .enclosure(exponent)])
          return Finding(verdict: .refuted, by: grounds, evidence: evidence)
        }
        hull = hull.map { $0.hull(exponent) } ?? exponent
      }
    }
    let count = rest.count * (ladder.count - 1)
    let span = hull.map { "\($0)" } ?? "none"
    return Finding(
      verdict: .certified, by: grounds,
      evidence: Evidence(
        "\(count) local exponents on \(parameter) = \(ladder.first ?? "") ... \(ladder.last ?? ""), all in \(span)",
        ["exponents": hull.map { .enclosure($0) } ?? "none", "ladder": .list(ladder)]))
  }

  private func localExponent(
    _ from: String, _ to: String, _ index: Int, _ precision: Int, _ budget: Budget
  ) throws -> Interval? {
    func ends(_ text: String) throws -> (value: Interval, parameter: Interval)? {
      let arguments = try rest.arguments(index, with: [(name: parameter, text: text)], of: quantity)
      guard let value = try quantity.route.bounded(arguments, precision, budget),
        let place = arguments.number(named: parameter)
      else { return nil }
      return (value, place.enclosure(precision: precision))
    }
    guard let a = try ends(from), let b = try ends(to) else { return nil }
    let (ratio, step) = (b.value / a.value, (b.parameter / a.parameter).logarithm)
    // The logarithm would leave out what is not positive; the ladder rises, so the step is positive at enough bits.
    guard a.value.certainSign == b.value.certainSign, ratio.certainSign == 1, step.certainSign == 1 else { return nil }
    return ratio.logarithm / step
  }
}
