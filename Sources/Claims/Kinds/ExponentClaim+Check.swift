import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import RigorousNumerics

extension ExponentClaim {
  /// The local exponents log(Q(b)/Q(a)) / log(b/a) between neighbours a < b of the ladder, for every combination of the
  /// other parameters.
  ///
  /// Holds when every one is certainly within the tolerance of the printed exponent, refuted when one certainly is not.
  func check(_ statement: Statement, in context: CheckContext) throws -> Finding {
    var grounds: [Ground] = [.enclosure]
    if !quantity.route.lemmas.isEmpty { grounds.append(.argument) }
    let printed = try Constant(statement.right)
    let ladder = context.full ? fullLadder : ladder
    var hull: Interval?
    for index in 0..<rest.count {
      for (from, to) in zip(ladder, ladder.dropFirst()) {
        let shown = "\(parameter)=\(from) ... \(to)"
        let (result, reason) = try settle(from: 64, within: context.budget) { precision -> (Bool, Interval)? in
          guard let exponent = try localExponent(from, to, index, precision, context.budget) else {
            return nil
          }
          let distance = (exponent - printed.enclosure(precision: precision)).absoluteValue
          switch distance.isAtMost(tolerance.enclosure(precision: precision)) {
          case .certainlyTrue: return (true, exponent)
          case .certainlyFalse: return (false, exponent)
          case .undecided: return nil
          }
        }
        guard let (holds, exponent) = result else { return .undecided("at \(shown): \(reason)", by: grounds) }
        guard holds else {
          let evidence = Evidence(
            "the local exponent at \(shown) is in \(exponent)", ["point": shown, "exponent": "\(exponent)"])
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
        ["exponents": span, "ladder": ladder.joined(separator: ", ")]))
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
