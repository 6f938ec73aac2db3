import Catalogue

/// `bound`: a quantity is below or above a formula at the points of a grid.
struct BoundClaim: ComparesQuantity {
  static let name = "bound"
  static let keys =
    ["statement", "quantity", "routes", "for", "quick", "full", "digits", "kernel", "ulps"] + QuantityNames.keys
  static let verdicts = GridComparison.verdicts

  let statementText: String
  var comparison: GridComparison

  init(reading claim: inout ClaimReader) throws(BadInput) {
    statementText = try claim.keys.requiredText("statement")
    var names = try QuantityNames(&claim)
    let statement = try names.statement(claim.keys, "statement", statementText)
    // The digits say where the comparison starts; they are no tolerance.
    let tolerance = Tolerance(digits: try claim.keys.requiredDigits())
    comparison = try GridComparison(
      &claim, statement, &names, tolerance: tolerance, of: BoundClaim.self,
      relations: [.less, .atMost, .greater, .atLeast], accepted: "the relations < <= > >=")
    try names.requireUse(&claim)
  }

  func check(in context: CheckContext) throws -> Finding { try comparison.check(in: context) }
}
