import Catalogue
import Expressions

/// `identity`: two formulas are equal for all values of the names in them.
struct IdentityClaim: ClaimKind {
  static let name = "identity"
  static let keys = ["statement"] + Vocabulary.keys
  static let verdicts = Vocabulary.verdicts

  let statementText: String
  let setting: SymbolicSetting
  let equality: Equality

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let (text, statement) = try claim.equation("statement", of: IdentityClaim.self)
    statementText = text
    var vocabulary = try Vocabulary(&claim)
    equality = try vocabulary.equality(statement, claim.keys, "statement", .physical)
    try vocabulary.requireConsistency(&claim.keys)
    setting = SymbolicSetting(vocabulary)
  }

  func check(in context: CheckContext) -> Finding { setting.check(equality) }
}

extension ClaimReader {
  /// The equation of a key, in operators or in functions on a phase space.
  mutating func equation(
    _ key: String, of kind: any ClaimKind.Type
  ) throws(BadInput) -> (text: String, statement: Statement) {
    let text = try keys.requiredText(key)
    let statement = try keys.operatorStatement(key, text, keys.has("model"))
    guard statement.relation == .equal else {
      throw keys.fault(key, "a claim of the kind '\(kind.name)' accepts the relation = alone")
    }
    return (text, statement)
  }
}
