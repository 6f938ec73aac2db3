import Catalogue

/// `equation-of-motion`: the rate of change of an observable under a Hamiltonian.
struct EquationOfMotionClaim: ClaimKind {
  static let name = "equation-of-motion"
  static let keys = RateClaim.keys
  static let verdicts = Vocabulary.verdicts

  let statementText: String
  private let claim: RateClaim

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let (text, statement) = try claim.equation("statement", of: EquationOfMotionClaim.self)
    statementText = text
    self.claim = try RateClaim(&claim, statement)
  }

  func check(in context: CheckContext) -> Finding { claim.check() }
}
