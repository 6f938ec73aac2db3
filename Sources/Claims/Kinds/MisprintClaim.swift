import Catalogue
import Expressions

/// `misprint`: a printed statement that is wrong, and what is right in its place.
struct MisprintClaim: ClaimKind {
  static let name = "misprint"
  static let keys = Vocabulary.keys + ["printed", "derived", "as-printed", "as-derived", "depends"]
  static let verdicts = Vocabulary.verdicts + [.misprinted]

  let statementText: String
  private let setting: SymbolicSetting
  private let printed: Equality
  private let derived: Equality
  /// The text of the paper.
  private let asPrinted: String
  /// The text that should stand there.
  private let asDerived: String
  /// What rests on it.
  private let depends: String

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let (text, statement) = try claim.equation("printed", of: MisprintClaim.self)
    statementText = text
    var vocabulary = try Vocabulary(&claim)
    printed = try vocabulary.equality(statement, claim.keys, "printed", .physical)
    derived = try vocabulary.equality(&claim.keys, "derived", .physical)
    asPrinted = try claim.keys.requiredText("as-printed")
    asDerived = try claim.keys.requiredText("as-derived")
    depends = try claim.keys.requiredText("depends")
    try vocabulary.requireConsistency(&claim.keys)
    setting = SymbolicSetting(vocabulary)
  }

  /// Misprinted when the printed form has a witness against it and the derived one is proved.
  func check(in context: CheckContext) -> Finding {
    let derived = setting.check(derived)
    guard derived.verdict == .proved else {
      return Finding(
        verdict: derived.verdict == .refuted ? .refuted : .undecided, by: derived.by,
        evidence: Evidence("the derived form: \(derived.evidence.summary)"))
    }
    let printed = setting.check(printed)
    switch printed.verdict {
    case .refuted:
      return Finding(
        verdict: .misprinted, by: [.normalForm, .enclosure],
        evidence: Evidence(
          "printed: \(asPrinted); derived: \(asDerived)",
          [
            "printed": .text(asPrinted), "derived": .text(asDerived), "depends": .text(depends),
            "against the printed form": .text(printed.evidence.summary),
            "for the derived form": .text(derived.evidence.summary),
          ]))
    case .proved:
      return Finding(
        verdict: .proved, by: printed.by, evidence: Evidence("the printed form holds: \(printed.evidence.summary)"))
    default: return printed
    }
  }
}
