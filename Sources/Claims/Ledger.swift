import Catalogue
import Systems
import Proofs

/// The claims of the suite and how they are run.
public enum Ledger {
  /// The built-in claims: those of the files in `proofs`, as they were when the program was built.
  public static func builtIn() throws(BadInput) -> [Claim] {
    try files().flatMap(\.claims)
  }

  /// The slips in words that the built-in files list.
  public static func remarks() throws(BadInput) -> [ClaimFile.Remark] { try files().flatMap(\.remarks) }

  private static func files() throws(BadInput) -> [ClaimFile] {
    var files: [ClaimFile] = []
    for file in ProofFiles.all { files.append(try ClaimFile(parsing: file.text, name: "proofs/\(file.name)")) }
    return files
  }

  /// The claims whose ids start with one of the prefixes; all without a prefix.
  ///
  /// - Throws: `BadInput` for a prefix that matches nothing.
  public static func select(_ claims: [Claim], prefixes: [String]) throws(BadInput) -> [Claim] {
    for prefix in prefixes where !claims.contains(where: { $0.id.hasPrefix(prefix) }) {
      // Of the same system, or only the systems: all ids would fill the screen.
      func system(_ id: String) -> Substring { id.prefix(while: { $0 != "." }) }
      let near = claims.map(\.id).filter { system($0) == system(prefix) }
      let systems = claims.map { "\(system($0.id))." }.reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      let known = (near.isEmpty ? systems : near).joined(separator: ", ")
      let file = prefix.contains("/") || prefix.hasSuffix(".yaml") ? "; a file is named by --claims" : ""
      throw BadInput("no claim has an id that starts with '\(prefix)'; accepted: prefixes of \(known)\(file)")
    }
    return prefixes.isEmpty
      ? claims : claims.filter { claim in prefixes.contains { claim.id.hasPrefix($0) } }
  }
}

extension Claim {
  /// Checks the claim.
  ///
  /// - Throws: `BadInput` when the claim cannot be evaluated at all, such as a formula without a value at a point.
  public func check(in context: CheckContext) throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let finding: Finding
    do {
      finding =
        switch kind {
        case .value(let claim), .bound(let claim): try claim.check(statement, in: context)
        case .constant(let claim): try claim.check(statement, in: context)
        case .exponent(let claim): try claim.check(statement, in: context)
        case .threshold(let claim): try claim.check(statement, in: context)
        case .identity(let setting, let equality): setting.check(equality)
        case .motion(let setting, let claim), .conserved(let setting, let claim): setting.check(claim)
        case .solution(let setting, let claim): setting.check(claim)
        case .misprint(let setting, let claim): setting.check(claim)
        }
    } catch let question as Undecided {
      finding = .undecided(question.reason, by: [.enclosure])
    } catch let bad as BadInput {
      throw BadInput("claim \(id): \(bad.message)")
    }
    return Outcome(
      claim: self, verdict: finding.verdict, by: finding.by, evidence: finding.evidence,
      kernelFailure: finding.kernelFailure, seconds: (clock.now - start).inSeconds)
  }
}
