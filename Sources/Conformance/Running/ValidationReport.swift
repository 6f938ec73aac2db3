import ArbitraryPrecision
import JSON

/// A validation as tables and as JSON.
public struct ValidationReport: Sendable {
  let validation: Validation

  /// A report of a validation.
  public init(_ validation: Validation) { self.validation = validation }

  /// The heading of the table of quantities.
  public static let heading = [
    "quantity", "cases", "right", "by claim", "refused", "failed", "skipped", "worst ulps", "worst units of claim",
    "where",
  ]

  /// A row a quantity: `right` counts both verdicts, `by claim` those of them beyond four ulps.
  public var rows: [[String]] { tallies.map(\.row) }

  /// The rows of quantities that are answered at all, of their valid cases.
  var answeredRows: [[String]] {
    tallies.map { tally in
      Tally(subject: tally.subject, cases: tally.cases.filter { if case .valid = $0.question { true } else { false } })
    }.filter { $0.cases.count > $0.count(.skipped) }.map { tally in
      var row = tally.row
      row.remove(at: 4)
      row.swapAt(4, 5)
      return row
    }
  }

  /// The cases that failed, then those of which no digit was given though they are not small, as id, verdict, value and
  /// truth, bounds of the errors and what is to be said, the input among it; without those that were not asked.
  public var remarkable: [[String]] {
    let failed = validation.cases.filter { $0.judgement.verdict.isFailure && $0.judgement.mark != .notAsked }
    return (failed + validation.cases.filter(\.isAbstention)).map { item in
      let judgement = item.judgement
      let errors = judgement.errors
      var (truth, flags) = ("", [Flag]())
      if case .valid(let valid) = item.question {
        (truth, flags) = (valid.shortTruth, valid.flags)
      }
      let input = item.question.parameters.map { "\($0.name)=\($0.value.shortText)" }.joined(separator: " ")
      let what = [judgement.mark?.rawValue ?? "", judgement.note, input, flags.map(\.rawValue).joined(separator: ", ")]
      return [
        item.question.id, judgement.verdict.rawValue, judgement.value?.shortened ?? "", truth,
        errors?.absolute.boundText ?? "", errors?.ulps?.boundText ?? "", errors?.units?.boundText ?? "",
        what.filter { !$0.isEmpty }.joined(separator: "; "),
      ]
    }
  }

  /// The heading of ``remarkable``.
  public static let failureHeading = [
    "case", "verdict", "value", "truth", "error", "ulps", "units of claim", "what",
  ]

  /// Whether all is as listed.
  public var passed: Bool { validation.passed }

  /// What is to be said of the run as a whole, and what is not as the known failures say.
  public var notes: [String] {
    validation.remarks + quiet + (validation.known > 0 ? validation.surprises : validation.findings)
  }

  /// What does not fail and should be known.
  private var quiet: [String] {
    func marked(_ mark: Judgement.Mark, _ what: String) -> String? {
      let ids = validation.cases.filter { $0.judgement.mark == mark }.map(\.question.id)
      return ids.first.map { "\(ids.count) \(what), the first is \($0)" }
    }
    return [marked(.vacuous, "claims hold and leave no digit")].compactMap { $0 }
  }

  /// The counts in one line.
  public var summary: String {
    let counts = CaseVerdict.allCases.compactMap { verdict in
      count(verdict) > 0 ? "\(count(verdict)) \(verdict.rawValue)" : nil
    }
    let name = [validation.identity.name, validation.identity.version, validation.identity.language]
      .filter { !$0.isEmpty }.joined(separator: " ")
    let abstentions = validation.cases.count(where: \.isAbstention)
    let abstained =
      abstentions > 0 ? "; no digit of \(abstentions) of \(validation.answerable) truths that are not small" : ""
    let restarts = validation.restarts > 0 ? "; \(validation.restarts) restarts" : ""
    let known = validation.known > 0 ? "; \(validation.known) known failures" : ""
    let end = validation.passed ? "all as expected" : "\(max(1, validation.surprises.count)) not as expected"
    return
      """
      \(name): \(validation.cases.count) cases: \(counts.joined(separator: ", "))\(abstained)\(restarts)\(known); \
      \(end)
      """
  }

  private func count(_ verdict: CaseVerdict) -> Int { validation.cases.count { $0.judgement.verdict == verdict } }

  // MARK: - Quantities

  private struct Tally {
    let subject: String
    var cases: [Validation.Case] = []

    func count(_ verdicts: CaseVerdict...) -> Int { cases.count { verdicts.contains($0.judgement.verdict) } }

    var failed: Int { cases.count { $0.judgement.verdict.isFailure } }

    /// The case with the greatest figure among the answers to valid questions.
    func worst(_ figure: (Judgement.Errors) -> Rational?) -> (value: Rational, id: String)? {
      cases.compactMap { item in
        item.judgement.errors.flatMap(figure).map { ($0, item.question.id) }
      }.reduce(nil) { worst, item in worst.map { $0.value >= item.0 } == true ? worst : item }
    }

    var row: [String] {
      let (ulps, units) = (worst(\.ulps), worst(\.units))
      return [
        subject, "\(cases.count)", "\(count(.agrees, .agreesWithinClaim))", "\(count(.agreesWithinClaim))",
        "\(count(.refused))", "\(failed)", "\(count(.skipped))",
        ulps?.value.boundText ?? "-", units?.value.boundText ?? "-", (units ?? ulps)?.id ?? "-",
      ]
    }

    var json: JSONValue {
      let (ulps, units) = (worst(\.ulps), worst(\.units))
      return .members([
        "quantity": .string(subject), "cases": .integer(cases.count),
        "agreed": .integer(count(.agrees, .agreesWithinClaim)), "withinClaim": .integer(count(.agreesWithinClaim)),
        "refused": .integer(count(.refused)),
        "failed": .integer(failed), "skipped": .integer(count(.skipped)),
        "abstained": .integer(cases.count(where: \.isAbstention)),
        "worstUlps": .bound(ulps?.value), "worstUlpsCase": .optional(ulps?.id), "worstUnits": .bound(units?.value),
        "worstUnitsCase": .optional(units?.id),
      ])
    }
  }

  private var tallies: [Tally] {
    var result: [Tally] = []
    for item in validation.cases {
      if result.last?.subject != item.question.subject { result.append(Tally(subject: item.question.subject)) }
      result[result.count - 1].cases.append(item)
    }
    return result
  }

  // MARK: - JSON

  /// One object, all numbers upper bounds.
  public var json: JSONValue {
    let identity = validation.identity
    let verdicts = CaseVerdict.allCases.map { JSONValue.Member($0.rawValue, .integer(count($0))) }
    return .members([
      "harness": .members([
        "name": .string(identity.name), "version": .string(identity.version), "language": .string(identity.language),
      ]),
      "quantities": .array(tallies.map(\.json)), "cases": .array(validation.cases.map(ValidationReport.json)),
      "summary": .object(
        [.init("cases", .integer(validation.cases.count))] + verdicts + [
          .init("abstentions", .integer(validation.cases.count(where: \.isAbstention))),
          .init("answerable", .integer(validation.answerable)),
          .init("restarts", .integer(validation.restarts)), .init("knownFailures", .integer(validation.known)),
          .init("remarks", .array(validation.remarks.map { .string($0) })),
          .init("surprises", .array(validation.surprises.map { .string($0) })),
          .init("passed", .bool(validation.passed)),
        ]),
    ])
  }

  private static func json(_ item: Validation.Case) -> JSONValue {
    let judgement = item.judgement
    var flags: [Flag] = []
    var bounds: (lower: String, upper: String)?
    if case .valid(let valid) = item.question { (flags, bounds) = (valid.flags, valid.bounds) }
    return .members([
      "id": .string(item.question.id), "quantity": .string(item.question.subject),
      "parameters": VectorCase.json(item.question.parameters), "lower": .optional(bounds?.lower),
      "upper": .optional(bounds?.upper),
      "verdict": .string(judgement.verdict.rawValue), "mark": .optional(judgement.mark?.rawValue),
      "abstains": .bool(item.isAbstention),
      "value": .optional(judgement.value), "tolerance": .optional(judgement.tolerance),
      "error": .bound(judgement.errors?.absolute), "ulps": .bound(judgement.errors?.ulps),
      "units": .bound(judgement.errors?.units), "note": .string(judgement.note),
      "flags": .array(flags.map { .string($0.rawValue) }),
    ])
  }
}

extension JSONValue {
  fileprivate static func bound(_ value: Rational?) -> JSONValue { value.map { .number($0.boundText) } ?? .null }
  fileprivate static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension String {
  /// At most 24 characters of a number.
  fileprivate var shortened: String { count <= 24 ? self : prefix(21) + "..." }
}

extension VectorCase {
  /// The truth to twelve digits.
  fileprivate var shortTruth: String {
    ExactDecimal(nearest: lower, significantDigits: 12).text(plainExponents: -3...5)
  }
}

extension TaggedValue {
  /// The value for people: doubles by the shortest decimal that reads back to them, of vectors and matrices the tag
  /// alone.
  fileprivate var shortText: String {
    switch self {
    case .integer(let text), .rational(let text), .choice(let text): text
    case .binary64(let bits): "\(Double(bitPattern: bits))"
    case .vector, .matrix: "(\(tag))"
    }
  }
}
