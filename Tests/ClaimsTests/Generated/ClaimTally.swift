import Catalogue
import Systems
import Claims

/// What the suite made of generated claims, by kind, source and truth.
struct ClaimTally {
  private var counts: [String: [String: Int]] = [:]
  /// Claims with a wrong verdict, each with its seed, what is known of it, what was found and its file.
  private(set) var wrong: [String] = []
  /// Claims that were left open, alike.
  private(set) var open: [String] = []

  /// Checks a claim as a user would have it checked.
  mutating func add(_ claim: GeneratedClaim, _ source: String, _ label: String) {
    let (verdict, summary) = ClaimTally.outcome(claim.file)
    counts["\(claim.kind), \(source), \(claim.truth.rawValue)", default: [:]][verdict, default: 0] += 1
    let line = "\(label): \(claim.rule), \(claim.truth.rawValue)"
    let shared = ClaimTally.outcome(claim.sharingFile)
    // A name around a claim makes no constant of its time: the shared form is refused where the time may stand.
    let isTimeHidden = shared.verdict == "refused" && shared.summary.contains("'t' is the time here, and stands around")
    if verdict != "refused", shared != (verdict, summary), !isTimeHidden {
      wrong.append("\(line), was \(verdict): \(summary)\nand sharing \(shared)\n\(claim.sharingFile)")
    } else if !claim.allows(verdict) || claim.givesValuesToUnknowns(summary) {
      wrong.append("\(line), was \(verdict): \(summary)\n\(claim.file)")
    } else if verdict == "undecided" {
      open.append("\(line): \(summary)\n\(claim.file)")
    }
  }

  private static func outcome(_ file: String) -> (verdict: String, summary: String) {
    do {
      guard let claim = try ClaimFile(parsing: file, name: "f", catalogue: .builtIn).claims.first else {
        return ("empty", "")
      }
      let outcome = try claim.check(in: CheckContext(full: false))
      return (outcome.verdict.rawValue, outcome.evidence.summary)
    } catch let error as BadInput {
      return (error.message.contains("line ") ? "refused" : "refused without a line", error.message)
    } catch { return ("thrown", "\(error)") }
  }

  /// The number of claims.
  var count: Int { counts.values.reduce(0) { $0 + $1.values.reduce(0, +) } }

  /// The share of claims that are true or false and were left open.
  var undecidedShare: Double {
    let decidable = counts.filter { !$0.key.hasSuffix("bad") && !$0.key.hasSuffix("open") }.values
    let total = decidable.reduce(0) { $0 + $1.values.reduce(0, +) }
    return Double(decidable.reduce(0) { $0 + ($1["undecided"] ?? 0) }) / Double(max(total, 1))
  }

  /// A line for each kind, source and truth, and the share that was left open.
  var table: String {
    let lines = counts.sorted { $0.key < $1.key }.map { key, verdicts in
      "\(key): " + verdicts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
    return (lines + ["\(count) claims, \(wrong.count) wrong, undecided: \(Double(Int(undecidedShare * 1000)) / 10) %"])
      .joined(separator: "\n")
  }
}

extension GeneratedClaim {
  /// Whether a verdict agrees with what is known.
  fileprivate func allows(_ verdict: String) -> Bool {
    switch (truth, verdict) {
    case (.bad, "refused"), (.holds, "proved"), (.fails, "refuted"), (.misprinted, "misprinted"): true
    case (.holds, "undecided"), (.fails, "undecided"), (.misprinted, "undecided"), (.open, "undecided"): true
    case (_, "refused"): mayBeRefused
    default: false
    }
  }

  /// Whether a counterexample gives an unknown a value of its own; only a coordinate has one, in the equation of an unknown.
  fileprivate func givesValuesToUnknowns(_ summary: String) -> Bool {
    guard summary.contains("counterexample ") else { return false }
    return unknowns.contains { unknown in
      summary.contains(" \(unknown)=") && !(isCoordinate(unknown) && summary.hasPrefix("equation of"))
    }
  }
}
