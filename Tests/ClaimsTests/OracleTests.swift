import Claims
import Foundation
import TestSupport
import Testing

extension Claim: CustomTestStringConvertible {
  /// The id.
  public var testDescription: String { id }
}

/// The oracle: every claim of the ledger must get the verdict that its file expects.
@Suite struct OracleTests {
  static let claims = (try? Ledger.builtIn(.builtIn)) ?? []

  /// As many as the files have lines that begin a claim, so that none is lost between them and the tests.
  @Test func `the ledger holds every claim of the files`() throws {
    let written = try ProofLines.files().reduce(0) { $0 + $1.text.matches(of: #/\n *- (\{ *)?id: /#).count }
    let count = try Ledger.builtIn(.builtIn).count
    #expect(written > 0 && count == written)
    #expect(Set(Self.claims.map(\.id)).count == Self.claims.count)
  }

  /// Those that take long are left to `qbo verify`, which runs them all.
  @Test(arguments: RandomCases.full ? claims : claims.filter { !$0.isLong })
  func `a claim has its expected verdict`(_ claim: Claim) throws {
    let outcome = try claim.check(in: CheckContext(full: RandomCases.full))
    #expect(outcome.verdict == claim.expected, "\(outcome.evidence.summary)")
    #expect(outcome.kernelFailure == nil)
  }
}

/// The examples of `docs/claims.md`, run as they are printed.
@Suite struct DocumentedExampleTests {
  static let examples: [String] = {
    let root = Repository.top
    let text = (try? String(contentsOf: root.appending(path: "docs/claims.md"), encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }()

  @Test func `every kind has an example`() throws {
    let kinds = try Self.examples.flatMap {
      try ClaimFile(parsing: $0, name: "example", catalogue: .builtIn).claims.map(\.kindName)
    }
    #expect(Set(kinds) == Set(ClaimKinds.builtIn.names))
  }

  @Test(arguments: examples.indices)
  func `an example gives the verdict that it states`(_ index: Int) throws {
    for claim in try ClaimFile(parsing: Self.examples[index], name: "example", catalogue: .builtIn).claims {
      let outcome = try claim.check(in: CheckContext(full: false))
      #expect(!outcome.isSurprise, "\(claim.id): \(outcome.verdict): \(outcome.evidence.summary)")
    }
  }
}
