import Catalogue
import Claims

/// The statements of the papers with the verdicts of their claims.
///
/// The verdicts are those that the claims expect; `qbo verify` fails when a run finds another one.
public struct CoveragePage: Page {
  /// What the claims say of a statement.
  enum Finding: String, CaseIterable {
    case holds = "holds"
    case inPart = "in part"
    case fails = "fails"
    case misprinted = "misprinted"
    case noClaim = "no claim"
  }

  private let coverage: Coverage
  private let verdicts: [String: Verdict]
  private let counts: [Verdict: Int]

  /// The page of some papers and claims.
  public init(_ coverage: Coverage, _ claims: [Claim]) {
    self.coverage = coverage
    verdicts = claims.reduce(into: [:]) { $0[$1.id] = $1.expected }
    counts = claims.reduce(into: [:]) { $0[$1.expected, default: 0] += 1 }
  }

  private static let introduction = """
    # Coverage

    Written by `swift run -c release guide-figures coverage` from `proofs/coverage.yaml`; do not edit. The statements of
    the papers in their own words, and what the [claims](claims.md) say of each. A verdict is the one that the claim
    expects; `qbo verify` runs the claims and fails when it finds another one. What a claim shows, and on which domain,
    is in its file.

    - `holds`: as stated, and nothing is known to be open.
    - `in part`: shown on a grid, for some cases or for a part of the words; the last column tells what is missing. A
      statement on all N that is certified on a ladder is here. A change of variables that a reason states in a sentence
      counts as shown.
    - `fails`: the claims contradict the words, in the way that is told; by a claim that is refuted, or one that is
      proved or certified to the contrary. Statements are counted here, and the same words may stand twice in a paper.
    - `misprinted`: as printed it is refuted, as derived it is proved.
    - `no claim`: not decided, and why.
    """

  /// The page as Markdown.
  public var markdown: String {
    let verdictCounts = Verdict.allCases.compactMap { verdict in counts[verdict].map { "\($0) \(verdict.rawValue)" } }
    var lines = [CoveragePage.introduction, ""]
    let all = [("all", coverage.papers.flatMap(\.statements))]
    lines +=
      Table(
        ["paper", "statements"] + Finding.allCases.map(\.rawValue),
        (coverage.papers.map { ($0.title, $0.statements) } + all).map(countRow)
      ).markdownLines
    lines += ["", "Claims: \(verdicts.count), of which " + verdictCounts.joined(separator: ", ") + ".", ""]
    for paper in coverage.papers {
      lines += ["## \(paper.title)", "", "\(paper.reference). Read: \(paper.supplied).", ""]
      lines +=
        Table(
          ["place", "statement", "finding", "claims", "open"], paper.statements.filter { !$0.isOwn }.map(cells)
        ).markdownLines
      let own = paper.statements.filter(\.isOwn)
      if !own.isEmpty {
        lines += ["", "Derived beside them:", ""]
        lines +=
          Table(
            ["place", "what", "claims", "open"], own.map { [$0.place, $0.words, ids($0), $0.open ?? ""] }
          ).markdownLines
      }
      lines += ["", "Not decided here: \(paper.beyond)", ""]
    }
    return lines.joined(separator: "\n")
  }

  private func countRow(_ name: String, _ statements: [Coverage.Statement]) -> [String] {
    let findings = statements.filter { !$0.isOwn }.map(finding)
    return [name, "\(findings.count)"] + Finding.allCases.map { one in "\(findings.count { $0 == one })" }
  }

  private func finding(_ statement: Coverage.Statement) -> Finding {
    if statement.claims.isEmpty { return .noClaim }
    if statement.fails != nil { return .fails }
    if statement.claims.contains(where: { verdicts[$0] == .misprinted }) { return .misprinted }
    return statement.open == nil ? .holds : .inPart
  }

  private func cells(_ statement: Coverage.Statement) -> [String] {
    let quote = statement.words.contains("\\") ? "`\(statement.words)`" : "\u{201C}\(statement.words)\u{201D}"
    return [
      statement.place, quote + (statement.says.map { " (\($0))" } ?? ""),
      finding(statement).rawValue + (statement.fails.map { ": \($0)" } ?? ""), ids(statement), statement.open ?? "",
    ]
  }

  private func ids(_ statement: Coverage.Statement) -> String {
    let groups = Verdict.allCases.compactMap { verdict -> String? in
      let ids = statement.claims.filter { verdicts[$0] == verdict }
      return ids.isEmpty ? nil : "\(verdict.rawValue): " + ids.map { "`\($0)`" }.joined(separator: ", ")
    }
    return groups.joined(separator: "; ")
  }
}
