import Catalogue
import Expressions

/// `conserved`: the rate of change of an observable under a Hamiltonian is zero.
struct ConservedClaim: StatesClosedForm {
  static let name = "conserved"
  static let keys = RateClaim.keys
  static let verdicts = Vocabulary.verdicts

  let statementText: String
  private let claim: RateClaim

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let (text, statement) = try claim.equation("statement", of: ConservedClaim.self)
    statementText = text
    guard statement.right == .number(0) else {
      throw claim.keys.fault("statement", "must be of the form NAME = 0: the rate of what is conserved")
    }
    self.claim = try RateClaim(&claim, statement)
  }

  func check(in context: CheckContext) -> Finding { claim.check() }

  var closedForm: ClosedForm? { claim.closedFormOfConserved }
}
