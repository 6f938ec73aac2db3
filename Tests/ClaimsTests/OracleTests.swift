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
  static let claims = (try? Ledger.builtIn()) ?? []

  @Test func `the ledger is read and not empty`() throws {
    #expect(try Ledger.builtIn().count >= 8)
    #expect(Set(Self.claims.map(\.id)).count == Self.claims.count)
  }

  /// Without optimisation, those that take long are left to `qbo verify`, which runs them all.
  static let tested: [Claim] = {
    #if DEBUG
      claims.filter { !$0.isLong }
    #else
      claims
    #endif
  }()

  @Test(arguments: tested)
  func `a claim has its expected verdict`(_ claim: Claim) throws {
    let outcome = try claim.check(in: CheckContext(full: RandomCases.full))
    #expect(outcome.verdict == claim.expected, "\(outcome.evidence.summary)")
    #expect(outcome.kernelFailure == nil)
  }
}

/// The examples of `docs/claims.md`, run as they are printed.
@Suite struct DocumentedExampleTests {
  static let examples: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = (try? String(contentsOf: root.appending(path: "docs/claims.md"), encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }()

  @Test func `every kind has an example`() throws {
    let kinds = try Self.examples.flatMap { try ClaimFile(parsing: $0, name: "example").claims.map(\.kindName) }
    #expect(
      Set(kinds)
        == [
          "value", "bound", "constant", "exponent", "threshold", "identity", "equation-of-motion", "solution",
          "conserved",
          "misprint",
        ])
  }

  @Test(arguments: examples.indices)
  func `an example gives the verdict that it states`(_ index: Int) throws {
    for claim in try ClaimFile(parsing: Self.examples[index], name: "example").claims {
      let outcome = try claim.check(in: CheckContext(full: false))
      #expect(!outcome.isSurprise, "\(claim.id): \(outcome.verdict): \(outcome.evidence.summary)")
    }
  }
}
