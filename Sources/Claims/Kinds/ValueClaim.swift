import Catalogue
import Expressions

/// `value`: a quantity equals a formula, or rounds to a printed decimal, at the points of a grid.
struct ValueClaim: ComparesQuantity {
  static let name = "value"
  static let keys =
    ["statement", "quantity", "routes", "for", "quick", "full", "digits", "absolute", "printed", "kernel", "ulps"]
    + QuantityNames.keys
  static let verdicts = GridComparison.verdicts

  let statementText: String
  var comparison: GridComparison

  init(reading claim: inout ClaimReader) throws(BadInput) {
    let printed = try claim.keys.printedDecimal()
    // Beside a printed decimal a statement is its name at most, or says the same once more.
    let given = printed == nil ? try claim.keys.requiredText("statement") : try claim.keys.text("statement")
    let isName = given.map { (try? Expression(parsing: $0))?.isName == true } ?? true
    var names = try QuantityNames(&claim)
    let statement: Statement
    if let printed, isName {
      let quantity = try names.requiredQuantity(&claim)
      statementText = "\(given ?? quantity.name) = \(printed.text)"
      statement = try names.statement(claim.keys, "statement", "\(given ?? "value") = \(printed.text)")
    } else {
      statementText = given ?? ""
      statement = try names.statement(claim.keys, "statement", statementText)
    }
    let tolerance = try claim.keys.tolerance(printed)
    comparison = try GridComparison(
      &claim, statement, &names, tolerance: tolerance, of: ValueClaim.self, relations: [.equal],
      accepted: "the relation = alone")
    if let printed {
      guard let number = try? Constant(statement.right).rational, number == printed.value else {
        throw claim.keys.fault(
          "statement", "is not the printed \(printed.text); accepted: NAME = \(printed.text), or no statement")
      }
    }
    try names.requireUse(&claim)
  }

  func check(in context: CheckContext) throws -> Finding { try comparison.check(in: context) }
}

extension Expression {
  /// Whether this is a single name.
  var isName: Bool {
    if case .variable = node { return true }
    return false
  }
}

extension YAMLMapping {
  /// The decimal of the key `printed`.
  fileprivate mutating func printedDecimal() throws(BadInput) -> PrintedDecimal? {
    guard let text = try text("printed") else { return nil }
    guard let printed = PrintedDecimal(text) else {
      throw fault("printed", "'\(text)' is refused; accepted: a decimal as printed, such as 0.7246, -12 or 3.80e34")
    }
    for key in ["digits", "absolute"] where keys.contains(key) {
      throw fault(key, "the printed decimal says how many digits are claimed; accepted: 'printed' without '\(key)'")
    }
    return printed
  }

  /// What a value claim says of the distance between quantity and formula.
  fileprivate mutating func tolerance(_ printed: PrintedDecimal?) throws(BadInput) -> Tolerance {
    if let printed { return Tolerance(absolute: Constant(printed.halfUnit), printed: printed) }
    let absolute = try absolute()
    return Tolerance(
      digits: absolute == nil ? try requiredDigits() : try digits(), absolute: absolute,
      absoluteText: try text("absolute"))
  }
}
