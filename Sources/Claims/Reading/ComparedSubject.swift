import Catalogue
import Expressions

/// What a statement about quantities is about: a quantity under a name of the statement's own, or the formula on its
/// left-hand side.
struct ComparedSubject {
  let quantity: Quantity
  /// Whether the quantity is the left-hand side itself.
  let isFormula: Bool
}

extension QuantityNames {
  /// The quantity of the key `quantity`; without the key the left-hand side of the statement, where values of
  /// quantities stand.
  mutating func subject(of statement: Statement, _ claim: inout ClaimReader) throws(BadInput) -> ComparedSubject {
    if let quantity = try quantity(&claim) { return ComparedSubject(quantity: quantity, isFormula: false) }
    // A single name is one that the statement gives to the quantity, but for an abbreviation.
    var isName = false
    if case .variable(let name) = statement.left.node { isName = !isAbbreviation(name) }
    guard !isName, !quantityNames.isEmpty else { throw claim.keys.missing("quantity") }
    let left = try formula(statement.left, claim.keys, "statement", among: nil)
    guard !left.values.isEmpty else {
      throw claim.keys.fault(
        "statement", "no quantity stands before the relation; accepted: formulas in values of quantities, or 'quantity'"
      )
    }
    // The names on the right are those of the grid, too.
    let right = try formula(statement.right, claim.keys, "statement", among: nil)
    return ComparedSubject(quantity: Quantity(left, alsoNaming: right.names), isFormula: true)
  }

  /// The formula after the relation, in the parameters of the subject.
  mutating func comparand(
    of statement: Statement, _ subject: ComparedSubject, _ keys: YAMLMapping, _ kind: any ClaimKind.Type,
    relations: [Statement.Relation], accepted: String
  ) throws(BadInput) -> QuantityFormula {
    let quantity = subject.quantity
    let known = quantity.parameters.filter { !$0.isChoice }.map(\.name.inFormulas)
    if !subject.isFormula {
      guard case .variable(let name) = statement.left.node else {
        throw keys.fault(
          "statement",
          """
          must have a single name for the quantity before the relation; accepted: NAME \(statement.relation.rawValue) \
          FORMULA
          """)
      }
      guard !known.contains(name) else {
        throw keys.fault(
          "statement", "'\(name)' is a parameter; accepted before the relation: another name, for the quantity")
      }
      try requireNew(name, keys)
    }
    guard relations.contains(statement.relation) else {
      throw keys.fault("statement", "a \(kind.name) claim accepts \(accepted)")
    }
    return try formula(statement.right, keys, "statement", among: known)
  }

  /// Refuses a name for the quantity that has a meaning after the relation: the statement would not say what is read.
  private func requireNew(_ name: String, _ keys: YAMLMapping) throws(BadInput) {
    guard !isAbbreviation(name), !quantityNames.contains(name), !taken.contains(name) else {
      throw keys.fault(
        "statement",
        "'\(name)' stands for something else already; accepted before the relation: another name, for the "
          + "quantity")
    }
  }

  /// The number of a statement `NAME = CONSTANT`.
  mutating func number(of statement: Statement, _ keys: YAMLMapping) throws(BadInput) -> PrintedNumber {
    guard case .variable(let name) = statement.left.node, statement.relation == .equal else {
      throw keys.fault("statement", "must be of the form NAME = CONSTANT")
    }
    try requireNew(name, keys)
    let right = try formula(statement.right, keys, "statement", among: nil)
    guard right.names.isEmpty else { throw keys.fault("statement", "must be of the form NAME = CONSTANT") }
    do {
      try right.check([:])
    } catch {
      throw keys.fault("statement", "\(error)")
    }
    do { return try PrintedNumber(right) } catch { throw keys.fault("statement", "\(error)") }
  }
}
