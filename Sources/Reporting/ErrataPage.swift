import Catalogue
import Claims

/// The errata of the papers, from the outcomes of the claims: what is misprinted, what does not hold, and what was
/// found right.
public struct ErrataPage: Page {
  private let outcomes: [Outcome]
  private let remarks: [ClaimFile.Remark]

  /// The page of outcomes and of slips in words.
  public init(_ outcomes: [Outcome], _ remarks: [ClaimFile.Remark]) {
    self.outcomes = outcomes
    self.remarks = remarks
  }

  /// The page as Markdown.
  public var markdown: String {
    var lines = [
      "# Errata", "",
      """
      Written by `swift run -c release guide-figures errata` from the claims of `proofs/`; do not edit. Places are \
      those of the supplied transcriptions, so a
      """,
      """
      slip may be the scanner's; each misprint has an equation of the same text that needs the derived form. What the \
      papers say, statement by
      """,
      "statement, with what holds and what is open, is in [the coverage](coverage.md).", "",
    ]
    lines += table(
      "Misprints", "Refuted as printed and proved as derived, by normal form.",
      ["place", "printed", "derived", "what rests on it", "claim"],
      outcomes.filter { $0.verdict == .misprinted }.map { outcome in
        let details = outcome.evidence.details.reduce(into: [:]) { $0[$1.name] = $1.text }
        return [
          "\(outcome.claim.equation), \(outcome.claim.source.prefix { $0 != "," })", code(details["printed"] ?? ""),
          code(details["derived"] ?? ""), details["depends"] ?? "", code(outcome.claim.id),
        ]
      })
    lines += table(
      "Statements that do not hold", "Refuted by enclosures or by a theorem; the claims give the counterexample.",
      ["place", "statement", "reason", "claim"],
      outcomes.filter { $0.verdict == .refuted }.map { outcome in
        [outcome.claim.equation, outcome.claim.title, outcome.claim.reason, code(outcome.claim.id)]
      })
    lines += table(
      "Slips in words", "No formula decides these; they are listed by reading.", ["place", "printed", "meant"],
      remarks.map { [$0.place, $0.printed, $0.meant] })
    lines += table(
      "Found right", "Statements that were proved for all values of their parameters.", ["place", "what", "claim"],
      outcomes.filter { $0.verdict == .proved }.map { outcome in
        [outcome.claim.equation, outcome.claim.title, code(outcome.claim.id)]
      })
    return lines.joined(separator: "\n")
  }

  private func code(_ text: String) -> String { "`\(text)`" }

  private func table(_ title: String, _ text: String, _ head: [String], _ rows: [[String]]) -> [String] {
    ["## \(title)", "", text, ""] + Table(head, rows).markdownLines + [""]
  }
}
