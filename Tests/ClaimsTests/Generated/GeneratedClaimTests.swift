import BatteryModels
import Claims
import Foundation
import RandomInputs
import TestSupport
import Testing

@Suite struct GeneratedClaimTests {
  static let sources: [any ClaimSource] = [
    RealIdentities(), RealIdentities(RealIdentities.laterTable), OperatorIdentities(), CellIdentities(), Motions(), Solutions(), BadNames(),
  ]

  @Test func `claims whose truth is known are never decided wrongly`() throws {
    var tally = ClaimTally()
    RandomCases.run(60) { random, label in
      for source in Self.sources {
        let claim = source.claim(&random)
        let certain = claim.truth == .holds && claim.certainlyFails(&random)
        #expect(!certain, "\(label): the table is wrong\n\(claim.file)")
        tally.add(claim, source.name, label)
        if claim.truth == .holds, let slip = claim.slipped(&random) { tally.add(slip, source.name, label) }
      }
    }
    print(tally.table)
    if let path = ProcessInfo.processInfo.environment["QBO_OPEN"] {
      try (tally.wrong + ["=========="] + tally.open).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    for failure in tally.wrong { Issue.record("\(failure)") }
    #expect(tally.undecidedShare <= 0.1)
  }
}

/// What was found of generated claims, by source and truth.
struct ClaimTally {
  private var counts: [String: [String: Int]] = [:]
  private(set) var wrong: [String] = []
  private(set) var open: [String] = []

  mutating func add(_ claim: GeneratedClaim, _ source: String, _ label: String) {
    let (verdict, summary) = ClaimTally.outcome(claim.file)
    let good: Set<String> =
      switch claim.truth {
      case .holds: ["proved"]
      case .fails: ["refuted"]
      case .misprinted: ["misprinted"]
      case .bad, .open: []
      }
    counts["\(source), \(claim.truth.rawValue)", default: [:]][verdict, default: 0] += 1
    let isRight = good.contains(verdict) || verdict == "refused" && (claim.truth == .bad || claim.mayBeRefused)
      || verdict == "undecided" && claim.truth != .bad
    if !isRight { wrong.append("\(label): \(claim.rule), \(claim.truth.rawValue), was \(verdict): \(summary)\n\(claim.file)") }
    if verdict == "undecided" { open.append("\(label): \(claim.rule), \(claim.truth.rawValue): \(summary)\n\(claim.file)") }
  }

  private static func outcome(_ file: String) -> (verdict: String, summary: String) {
    do {
      guard let claim = try ClaimFile(parsing: file, name: "f").claims.first else { return ("empty", "") }
      let outcome = try claim.check(in: CheckContext(full: false))
      return (outcome.verdict.rawValue, outcome.evidence.summary)
    } catch let error as BadInput {
      return (error.message.contains("line") ? "refused" : "refused without a line", error.message)
    } catch { return ("thrown", "\(error)") }
  }

  var undecidedShare: Double {
    let all = counts.filter { !$0.key.hasSuffix("bad") && !$0.key.hasSuffix("open") }.values
    let total = all.reduce(0) { $0 + $1.values.reduce(0, +) }
    return Double(all.reduce(0) { $0 + ($1["undecided"] ?? 0) }) / Double(max(total, 1))
  }

  var table: String {
    counts.sorted { $0.key < $1.key }.map { key, verdicts in
      "\(key): " + verdicts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }.joined(separator: "\n") + "\nundecided: \(undecidedShare)"
  }
}
