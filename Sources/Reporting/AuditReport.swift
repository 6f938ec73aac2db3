import Catalogue
import JSON

/// Kernel audits as they are printed.
public struct AuditReport: Report {
  let audits: [KernelAudit]
  /// Quantities that were meant and have no kernel.
  let without: [String]

  /// A report of audits.
  public init(audits: [KernelAudit], without: [String] = []) {
    (self.audits, self.without) = (audits, without)
  }

  /// Whether every promised bound held.
  public var held: Bool { audits.allSatisfy(\.held) }

  /// One object, keys in the order of the contract.
  public var json: JSONValue {
    let kernels = JSONValue.Member(
      "kernels",
      .array(
        audits.map { audit in
          .members([
            "name": .string(audit.name), "points": .integer(audit.points), "worstUlps": .double(audit.worstUlps),
            "meanUlps": .double(audit.meanUlps), "correctBits": .double(audit.correctBits),
            "worstInput": .object(audit.worstInput.map { .init($0.name, .string($0.text)) }),
            "promisedBound": .double(audit.promisedUlps), "held": .bool(audit.held),
            "refused": .integer(audit.refused), "worstShareOfBound": .double(audit.worstShareOfBound),
          ])
        }))
    let others = JSONValue.Member("without", .array(without.map { .string($0) }))
    return .object(without.isEmpty ? [kernels] : [kernels, others])
  }

  /// A row a kernel.
  public var text: String {
    Table(
      ["kernel", "points", "worst ulps", "mean ulps", "correct bits", "promised ulps there", "held", "worst input"],
      audits.map { audit in
        [
          audit.name, "\(audit.points)", fixed(audit.worstUlps), fixed(audit.meanUlps), fixed(audit.correctBits),
          fixed(audit.promisedUlps), audit.held ? "yes" : "NO",
          audit.worstInput.map { "\($0.name)=\($0.text)" }.joined(separator: " "),
        ]
      }
    ).text + (without.isEmpty ? "" : "\nno double-precision kernel: \(without.joined(separator: ", "))\n")
  }
}
