import ArbitraryPrecision
import FastKernels
import JSON
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Reporting

/// How an evaluation ends is told apart in both forms, whatever quantity it is of.
@Suite struct EvaluationReportTests {
  private static func toy(
    isZero: Decision = .certainlyFalse, kernel: Kernel? = nil, _ evaluate: @escaping Route.Evaluate
  ) -> Quantity {
    Quantity(
      "toy.value", [Parameter(RealKey("x"), default: "1")], unit: "1", meaning: "a toy",
      source: Source(derivedIn: Source.Page("toy", "Toy")),
      routes: [Route("only", method: "a route", evaluate: evaluate)],
      isZero: { _ in isZero }, kernel: kernel)
  }

  private static let cases: [(quantity: Quantity, outcome: CertifiedValue.Outcome, text: String, reason: String?)] = [
    (toy { _, precision, _ in Interval(Rational(1, 4), precision: precision) }, .value, "0.25000\n", nil),
    (toy(isZero: .certainlyTrue) { _, _, _ in .entire(precision: 64) }, .zero, "0\n", nil),
    (toy { _, precision, _ in Interval(0, precision: precision) }, .zero, "0\n", nil),
    (
      toy { _, _, _ in throw Unanswered(never: "it is never reached") }, .never, "never: it is never reached\n",
      "it is never reached"
    ),
    (
      toy { _, _, _ in throw Limit([.of(RealKey("x"))], "x <= 1/2", because: "it grows").exceeded }, .beyond,
      "beyond: this route is limited to x <= 1/2: it grows\n", "this route is limited to x <= 1/2: it grows"
    ),
    (
      toy { _, _, _ in throw Unanswered(undecided: "no side is certain") }, .undecided,
      "undecided: no side is certain; no bounds were found\n", "no side is certain"
    ),
    (
      toy { _, precision, _ in Interval(from: 1, to: 2, precision: precision) }, .undecided,
      "undecided: the cap of 128 bits was reached; the value is in [1, 2]\n", "the cap of 128 bits was reached"
    ),
    (
      toy { _, _, _ in throw Undecided("the sign of x is undecided") }, .undecided,
      "undecided: the sign of x is undecided\n", "the sign of x is undecided"
    ),
  ]

  @Test(arguments: cases.indices)
  func `outcomes are told apart`(_ index: Int) throws {
    let (quantity, outcome, text, reason) = Self.cases[index]
    let evaluation = try Evaluation(
      of: quantity, at: [], .certified(.relative(digits: 5)), bits: 128, seconds: 10)
    let report = EvaluationReport(evaluation)
    #expect(evaluation.outcome == outcome)
    #expect(report.text == text)
    #expect(report.json["outcome"] == .string(outcome.rawValue))
    #expect(report.json["undecided"] == reason.map { .string($0) })
    #expect(report.json["parameters"] == .members(["x": .string("1")]))
    #expect(report.printed(as: .json) == "\(report.json)\n" && report.printed(as: .text) == text)
  }

  @Test func `a kernel that refuses is beyond, and one that answers has a value`() throws {
    for (refusal, outcome) in [(KernelRefusal("x is too large"), CertifiedValue.Outcome.beyond), (nil, .value)] {
      let kernel = Kernel(bound: "half", auditInputs: { _ in [] }) { x throws(KernelRefusal) in
        if let refusal { throw refusal }
        return KernelValue(value: x[RealKey("x")], errorBound: 0.5)
      }
      let quantity = Self.toy(kernel: kernel) { _, precision, _ in Interval(1, precision: precision) }
      let evaluation = try Evaluation(of: quantity, at: [], .kernel, bits: 128, seconds: 10)
      let report = EvaluationReport(evaluation)
      #expect(evaluation.outcome == outcome && report.json["outcome"] == .string(outcome.rawValue))
      #expect(report.json["method"] == .string("double-precision kernel; promised bound: half"))
      #expect(report.text.hasPrefix(refusal == nil ? "1.0\nwithin 0.5" : "beyond: x is too large\n"))
    }
  }
}
