import ArbitraryPrecision
import Catalogue
import Conformance
import JSON

/// Another implementation against certified vectors, as it is printed.
public struct ValidationReport: Report {
  private let validation: Validation

  /// A report of a validation.
  public init(_ validation: Validation) { self.validation = validation }

  // MARK: - Text

  /// The table of quantities, the failures, what is not as expected, and the counts.
  public var text: String {
    var text = ValidationReport.table(validation.tallies).text
    if !validation.remarkable.isEmpty { text += "\n" + remarkable.text(wrapping: 7) }
    if !notes.isEmpty { text += "\n" + notes.map { "\($0.visible)\n" }.joined() }
    return text + "\n\(summary.visible)\n"
  }

  /// A row a quantity: `right` counts both verdicts, `by claim` those of them beyond four ulps.
  private static func table(_ tallies: [SubjectTally]) -> Table {
    Table(
      [
        "quantity", "cases", "right", "by claim", "refused", "failed", "skipped", "worst ulps", "worst units of claim",
        "where",
      ],
      tallies.map { tally in
        let (ulps, units) = (tally.worstUlps, tally.worstUnits)
        return [
          tally.subject, "\(tally.cases.count)", "\(tally.count(.agrees, .agreesWithinClaim))",
          "\(tally.count(.agreesWithinClaim))", "\(tally.count(.refused))", "\(tally.failed)",
          "\(tally.count(.skipped))", ulps?.value.boundText ?? "-", units?.value.boundText ?? "-",
          (units ?? ulps)?.id ?? "-",
        ]
      })
  }

  /// The cases to be looked at: value and truth, bounds of the errors and what is to be said, the input among it.
  private var remarkable: Table {
    Table(
      ["case", "verdict", "value", "truth", "error", "ulps", "units of claim", "what"],
      validation.remarkable.map { item in
        let judgement = item.judgement
        let errors = judgement.errors
        var (truth, flags) = ("", [CaseFlag]())
        if case .valid(let valid) = item.question { (truth, flags) = (valid.shortTruth, valid.flags) }
        let input = item.question.parameters.map { "\($0.name)=\($0.value.shortText)" }.joined(separator: " ")
        let what = [
          judgement.mark?.rawValue ?? "", judgement.note, input, flags.map(\.rawValue).joined(separator: ", "),
        ]
        return [
          item.question.id, judgement.verdict.rawValue, judgement.value?.shortened ?? "", truth,
          errors?.absolute.boundText ?? "", errors?.ulps?.boundText ?? "", errors?.units?.boundText ?? "",
          what.filter { !$0.isEmpty }.joined(separator: "; "),
        ]
      })
  }

  /// What is to be said of the run as a whole, and what is not as the known failures say.
  private var notes: [String] {
    validation.remarks + quiet + (validation.known > 0 ? validation.surprises : validation.findings)
  }

  /// What does not fail and should be known.
  private var quiet: [String] {
    let ids = validation.cases.filter { $0.judgement.mark == .vacuous }.map(\.question.id)
    return ids.first.map { ["\(ids.count) claims hold and leave no digit, the first is \($0)"] } ?? []
  }

  /// The counts in one line.
  var summary: String {
    let counts = AnswerVerdict.allCases.compactMap { verdict in
      validation.count(verdict) > 0 ? "\(validation.count(verdict)) \(verdict.rawValue)" : nil
    }
    let name = [validation.identity.name, validation.identity.version, validation.identity.language]
      .filter { !$0.isEmpty }.joined(separator: " ")
    let abstentions = validation.abstentions
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

  // MARK: - Markdown

  /// The errors of the quantities that are answered at all, at their valid cases.
  var answered: Table {
    Table(
      ["quantity", "cases", "agreed", "of these by claim", "skipped", "failed", "worst ulps", "worst in claims", "at"],
      validation.tallies.map(\.valid).filter { $0.cases.count > $0.count(.skipped) }.map { tally in
        let (ulps, units) = (tally.worstUlps, tally.worstUnits)
        return [
          tally.subject, "\(tally.cases.count)", "\(tally.count(.agrees, .agreesWithinClaim))",
          "\(tally.count(.agreesWithinClaim))", "\(tally.count(.skipped))", "\(tally.failed)",
          ulps?.value.boundText ?? "-", units?.value.boundText ?? "-", (units ?? ulps)?.id ?? "-",
        ]
      })
  }

  // MARK: - JSON

  /// All numbers are upper bounds.
  public var json: JSONValue {
    let identity = validation.identity
    let verdicts = AnswerVerdict.allCases.map { JSONValue.Member($0.rawValue, .integer(validation.count($0))) }
    return .members([
      "harness": .members([
        "name": .string(identity.name), "version": .string(identity.version), "language": .string(identity.language),
      ]),
      "quantities": .array(validation.tallies.map(ValidationReport.json)),
      "cases": .array(validation.cases.map(ValidationReport.json)),
      "summary": .object(
        [.init("cases", .integer(validation.cases.count))] + verdicts + [
          .init("abstentions", .integer(validation.abstentions)),
          .init("answerable", .integer(validation.answerable)),
          .init("restarts", .integer(validation.restarts)), .init("knownFailures", .integer(validation.known)),
          .init("remarks", .array(validation.remarks.map { .string($0) })),
          .init("surprises", .array(validation.surprises.map { .string($0) })),
          .init("passed", .bool(validation.passed)),
        ]),
    ])
  }

  private static func json(_ tally: SubjectTally) -> JSONValue {
    let (ulps, units) = (tally.worstUlps, tally.worstUnits)
    return .members([
      "quantity": .string(tally.subject), "cases": .integer(tally.cases.count),
      "agreed": .integer(tally.count(.agrees, .agreesWithinClaim)),
      "withinClaim": .integer(tally.count(.agreesWithinClaim)), "refused": .integer(tally.count(.refused)),
      "failed": .integer(tally.failed), "skipped": .integer(tally.count(.skipped)),
      "abstained": .integer(tally.abstained),
      "worstUlps": .bound(ulps?.value), "worstUlpsCase": .optional(ulps?.id), "worstUnits": .bound(units?.value),
      "worstUnitsCase": .optional(units?.id),
    ])
  }

  private static func json(_ item: Validation.Case) -> JSONValue {
    let judgement = item.judgement
    var flags: [CaseFlag] = []
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

extension Rational {
  /// A decimal of three digits that is at least this number, which is not negative.
  var boundText: String {
    BigFloat(self, precision: 64, rounding: .up).decimal(digits: 3, rounding: .up)?.text(plainExponents: -3...5) ?? "0"
  }
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
    case .vector, .matrix: "(\(tag.rawValue))"
    }
  }
}
