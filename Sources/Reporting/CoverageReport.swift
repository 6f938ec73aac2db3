import Claims

/// The statements of the papers with the verdicts of their claims.
///
/// The verdicts are those that the claims expect; `qbo verify` fails when a run finds another one.
public struct CoverageReport {
  private let coverage: Coverage
  private let verdicts: [String: Verdict]
  private let counts: [Verdict: Int]

  /// The report of some papers and claims.
  public init(_ coverage: Coverage, _ claims: [Claim]) {
    self.coverage = coverage
    verdicts = claims.reduce(into: [:]) { $0[$1.id] = $1.expected }
    counts = claims.reduce(into: [:]) { $0[$1.expected, default: 0] += 1 }
  }

  /// The page as Markdown.
  public var markdown: String {
    let printed = coverage.papers.flatMap(\.statements).filter { !$0.isOwn }
    let decided = printed.filter { $0.open == nil }.count
    let open = printed.filter(\.claims.isEmpty).count
    let verdictCounts = Verdict.allCases.compactMap { verdict in counts[verdict].map { "\($0) \(verdict.rawValue)" } }
    var lines = [
      "# Coverage", "",
      "Written by `swift run -c release guide-figures coverage` from `proofs/coverage.yaml`; do not edit. A verdict is the one that the claim",
      "expects; `qbo verify` runs the claims and fails when it finds another one. What a claim shows, and on which domain, is in its file.",
      "",
      "Statements: \(printed.count). With claims and nothing known to be open: \(decided). In part: \(printed.count - decided - open). "
        + "Without a claim: \(open).",
      "Claims: \(verdicts.count), of which " + verdictCounts.joined(separator: ", ") + ".", "",
    ]
    for paper in coverage.papers {
      lines += ["## \(paper.title)", "", "\(paper.reference). Read: \(paper.supplied).", ""]
      lines += MarkdownTable.lines(["place", "statement", "claims", "open"], paper.statements.map(cells))
      lines += ["", "Not decided here: \(paper.beyond)", ""]
    }
    return lines.joined(separator: "\n")
  }

  private func cells(_ statement: Coverage.Statement) -> [String] {
    let groups = Verdict.allCases.compactMap { verdict -> String? in
      let ids = statement.claims.filter { verdicts[$0] == verdict }
      return ids.isEmpty ? nil : "\(verdict.rawValue): " + ids.map { "`\($0)`" }.joined(separator: ", ")
    }
    return [
      statement.place, (statement.isOwn ? "(derived here) " : "") + statement.says, groups.joined(separator: "; "),
      statement.open ?? "",
    ]
  }
}
