import ArbitraryPrecision
import JSON
import TestSupport
import Testing

@testable import Conformance
@testable import Reporting

/// Verdicts of numbers, at the ends of what agrees.
@Suite struct JudgementTests {
  private static func verdict(_ value: String, _ tolerance: String?, _ lower: String, _ upper: String) throws
    -> Judgement
  {
    func number(_ text: String) throws -> Rational {
      guard case .finite(let value) = ClaimedNumber(text) else { throw CancellationError() }
      return value
    }
    return Judgement(
      value: try number(value), tolerance: try tolerance.map(number), lower: try number(lower), upper: try number(upper)
    )
  }

  @Test(arguments: [
    // An ulp of 1 is 2^-52: 4 of them are the end.
    ("0x1p+0", nil, "1", "1", AnswerVerdict.agrees), ("0x1.0000000000004p+0", nil, "1", "1", .agrees),
    ("0x1.0000000000005p+0", nil, "1", "1", .disagrees), ("0x1.00000000000041p+0", nil, "1", "1", .disagrees),
    // Below one it is 2^-53: the truth counts, not the answer.
    ("0x1p+0", nil, "0x1.ffffffffffffcp-1", "0x1.ffffffffffffcp-1", .agrees),
    ("0x1.0000000000001p+0", nil, "0x1.ffffffffffffcp-1", "0x1.ffffffffffffcp-1", .disagrees),
    // A claim decides where there is one.
    ("1.001", "0.001", "1", "1", .agreesWithinClaim), ("1.001", "0.000999", "1", "1", .disagrees),
    ("0x1.0000000000002p+0", "1e-16", "1", "1", .disagrees), ("1", "0", "1", "1", .agrees),
    ("0x1.0000000000001p+0", "0", "1", "1", .disagrees),
    // A claim above a tenth of the true value leaves no digit, but is not wrong for it.
    ("1.5", "1", "1", "1", .skipped), ("2.5", "2", "1", "1", .skipped),
    ("1.05", "0.1", "1", "1", .agreesWithinClaim), ("1.05", "0.100001", "1", "1", .skipped),
    ("-1.05", "0.1", "-1", "-1", .agreesWithinClaim), ("0.5", "0.4999", "0.6", "0.6", .skipped),
    ("2.5", "1", "1", "1", .disagrees),
    // Zero, or zero within its claim, is wrong where the truth is not zero, however true the claim is and however small the truth.
    ("0", "1", "0.99", "0.99", .disagrees), ("0.4", "0.7", "1", "1", .disagrees), ("-1.5", "2", "-1", "-1", .disagrees),
    ("1e300", "1e308", "1", "1", .disagrees), ("0", "1e-10", "1e-11", "1e-11", .disagrees),
    ("1e-12", "2e-12", "1e-13", "1e-13", .disagrees), ("1", "1", "1", "1", .disagrees),
    ("1", "1e300", "1", "1", .disagrees),
    ("1", "0.999", "1", "1", .agrees), ("0", "1e-15", "-1e-18", "-1e-18", .disagrees),
    // Zero is zero; nothing else says anything of it.
    ("0", nil, "0", "0", .agrees), ("-0x0p+0", nil, "0", "0", .agrees), ("1e-300", nil, "0", "0", .disagrees),
    ("1e-17", "1e-16", "0", "0", .skipped), ("1e-16", "1e-17", "0", "0", .disagrees), ("0", "1e-16", "0", "0", .agrees),
    // No mercy below the range of doubles.
    ("0", nil, "1e-400", "1e-400", .disagrees), ("1e-400", nil, "1e-400", "1e-400", .agrees),
    ("0", "5e-324", "1e-400", "1e-400", .disagrees), ("0", "0", "1e-400", "1e-400", .disagrees),
    // An exact answer, where the bounds have a width.
    ("1", "0", "0.99999999999999999999", "1.00000000000000000001", .agrees),
    ("1", "1e-25", "0.99999999999999999999", "1.00000000000000000001", .agrees),
    // Bounds too wide to tell.
    ("1.5", nil, "1", "2", .undecided), ("1.5", "0.25", "1", "2", .undecided), ("4", "0.25", "1", "2", .disagrees),
  ])
  func `verdicts follow from the numbers`(
    _ value: String, _ tolerance: String?, _ lower: String, _ upper: String, _ verdict: AnswerVerdict
  ) throws {
    #expect(try Self.verdict(value, tolerance, lower, upper).verdict == verdict)
  }

  @Test func `errors are bounds from above in all three units`() throws {
    let errors = try #require(try Self.verdict("1.25", "0.5", "1", "1.0000001").errors)
    #expect(errors.absolute.boundText == "0.25")
    #expect(errors.ulps?.boundText == "1.13e15")
    #expect(errors.units?.boundText == "0.5")
    #expect(try Self.verdict("1.3334", nil, "1", "1").errors?.absolute.boundText == "0.334")
    #expect(try Self.verdict("1", nil, "1", "1").errors?.units == nil)
  }

  @Test func `marks say why`() throws {
    #expect(try Self.verdict("1.001", "1e-4", "1", "1").mark == .brokenClaim)
    #expect(try Self.verdict("1.5", "1", "1", "1").mark == .vacuous)
    #expect(try Self.verdict("0", "1", "0.5", "0.5").mark == .wrongZero)
    #expect(try Self.verdict("0", nil, "0.5", "0.5").mark == .wrongZero)
    #expect(try Self.verdict("0", "0.1", "0.5", "0.5").mark == .brokenClaim)
    #expect(try Self.verdict("1", "1", "1", "1").mark == .wrongZero)
    #expect(try Self.verdict("1", "0.999", "1", "1").mark == nil)
    #expect(try Self.verdict("1", nil, "1", "1").mark == nil)
  }

  @Test(arguments: [
    (#"{"value": 1}"#, AnswerVerdict.agrees), (#"{"value": "1", "tolerance": null}"#, .agrees),
    (#"{"value": "nan"}"#, .disagrees),
    (#"{"value": "inf", "tolerance": 1}"#, .disagrees), (#"{"skipped": "no"}"#, .skipped),
    (#"{"errored": "no"}"#, .errored),
    (#"{"refused": "no"}"#, .refusedValid), (#"{"value": null, "skipped": "no"}"#, .skipped),
    // An abstention that says how far from zero the truth, which is 1, is at most.
    (#"{"skipped": "no", "tolerance": 1}"#, .skipped), (#"{"skipped": "no", "tolerance": null}"#, .skipped),
    (#"{"skipped": "no", "tolerance": "0.999"}"#, .disagrees), (#"{"skipped": "no", "tolerance": 0}"#, .disagrees),
  ])
  func `answers to a valid question`(_ line: String, _ verdict: AnswerVerdict) throws {
    let question = try Self.valid("1")
    #expect(Judgement(try Answer(try JSONValue(parsing: line)), to: question).verdict == verdict)
  }

  @Test(arguments: [
    (#"{"value": 1}"#, AnswerVerdict.acceptedInvalid), (#"{"value": "nan"}"#, .acceptedInvalid),
    (#"{"skipped": "no"}"#, .skipped),
    (#"{"errored": "no"}"#, .errored), (#"{"refused": "no"}"#, .refused),
  ])
  func `answers to a question that must be refused`(_ line: String, _ verdict: AnswerVerdict) throws {
    let question = VectorStore.Question.invalid(InvalidCase(id: "a", subject: "a", parameters: [], fault: "N = 0"))
    #expect(Judgement(try Answer(try JSONValue(parsing: line)), to: question).verdict == verdict)
  }

  @Test(arguments: [
    ("{}", "none of the keys value, refused, skipped, errored is there; accepted: one of them"),
    (
      #"{"value": 1, "skipped": ""}"#,
      "value and skipped of the keys value, refused, skipped, errored is there; accepted: one of them"
    ),
    (#"{"value": null}"#, "none of the keys value, refused, skipped, errored is there; accepted: one of them"),
    (#"{"value": true}"#, "'value' is no number; accepted: \(ClaimedNumber.accepted)"),
    (#"{"value": "one"}"#, "'value' is 'one'; accepted: \(ClaimedNumber.accepted)"),
    (#"{"value": 1, "tolerance": -1}"#, "'tolerance' is -1; accepted: finite numbers, zero or above"),
    (#"{"value": 1, "tolerance": "nan"}"#, "'tolerance' is nan; accepted: finite numbers, zero or above"),
    (#"{"refused": 1}"#, "'refused' is no string; accepted: the reason as a string"),
    (#"{"skipped": "", "tolerance": -1}"#, "'tolerance' is -1; accepted: finite numbers, zero or above"),
  ])
  func `malformed answers are refused`(_ line: String, _ message: String) throws {
    let json = try JSONValue(parsing: line)
    #expect {
      try Answer(json)
    } throws: {
      "\($0)" == message
    }
  }

  private static func valid(_ value: String) throws -> VectorStore.Question {
    let line = """
      {"id": "a.0001", "parameters": {}, "lower": "\(value)", "upper": "\(value)", "digits": 50, "flags": [], "equation": ""}
      """
    return .valid(try VectorCase(try JSONValue(parsing: line), of: "a"))
  }
}
