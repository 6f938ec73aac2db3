import Catalogue
import Expressions
import Symbolic

/// Formulas of a claim: every name in them is declared, bound by a sum, or refused.
extension Vocabulary {
  /// What a formula may be made of, beside numbers and parameters.
  struct Role: OptionSet {
    let rawValue: Int
    static let operators = Role(rawValue: 1)
    static let coordinates = Role(rawValue: 2)
    static let unknowns = Role(rawValue: 4)
    static let time = Role(rawValue: 8)
    /// A Hamiltonian, an observable, or a side of an identity.
    static let physical: Role = [.operators, .coordinates]
    /// An abbreviation may stand for any of them.
    static let any: Role = [.operators, .coordinates, .unknowns, .time]
  }

  /// A formula of a key, with abbreviations written out.
  mutating func formula(
    _ keys: inout YAMLMapping, _ key: String, _ role: Role, called title: String? = nil
  ) throws(BadInput) -> Expression {
    let text = try keys.requiredText(key)
    return try resolved(
      try keys.operatorFormula(key, text, model != nil), keys, key, role, called: title)
  }

  /// An equality of a key.
  mutating func equality(_ keys: inout YAMLMapping, _ key: String, _ role: Role) throws(BadInput) -> Equality {
    let text = try keys.requiredText(key)
    let statement = try keys.operatorStatement(key, text, model != nil)
    guard statement.relation == .equal else { throw keys.fault(key, "accepted here: the relation = alone") }
    return try equality(statement, keys, key, role)
  }

  mutating func equality(
    _ statement: Statement, _ keys: YAMLMapping, _ key: String, _ role: Role
  ) throws(BadInput) -> Equality {
    Equality(
      left: try resolved(statement.left, keys, key, role), right: try resolved(statement.right, keys, key, role))
  }

  /// A formula with abbreviations written out.
  mutating func resolved(
    _ formula: Expression, _ keys: YAMLMapping, _ key: String, _ role: Role, called title: String? = nil
  ) throws(BadInput) -> Expression {
    let reading = Reading(
      place: Place(keys: keys, key: key), start: title.map { "\($0): " } ?? "", role: role)
    let formula = try written(formula, reading)
    try check(formula, reading, bound: [])
    let result = formula.substituting(abbreviations)
    try requireOperations(result, reading)
    guard result.size <= Vocabulary.greatestSize, result.depth <= Expression.greatestDepth else {
      throw reading.fault("is too long with abbreviations written out; accepted: 20000 parts, 400 levels")
    }
    return result
  }

  /// A formula in the grammar of claims: of one about a model, members and sums are written out.
  private func written(_ formula: Expression, _ reading: Reading) throws(BadInput) -> Expression {
    guard let model else { return formula }
    do { return try model.written(formula) } catch { throw reading.fault("\(error)") }
  }

  /// The most parts of a formula with abbreviations written out.
  static let greatestSize = 20_000

  /// What is being read, and for what.
  struct Reading {
    let place: Place
    let start: String
    let role: Role

    func fault(_ message: String) -> BadInput { place.keys.fault(place.key, "\(start)\(message)") }
  }

  private mutating func check(_ formula: Expression, _ reading: Reading, bound: Set<String>) throws(BadInput) {
    var bound = bound
    switch formula.node {
    case .variable(let name): try checkName(name, reading, bound)
    case .operation(let operation, let parts):
      switch operation {
      case .adjoint, .commutator, .bracket, .cellSum, .equation: break
      case .member(let name, _):
        guard reading.role.contains(.operators) else {
          throw reading.fault(
            "'\(name)' is an operator, and a number must stand here; accepted: \(accepted(reading.role))")
        }
      case .sum(let index):
        guard cells != nil else { throw reading.fault("sums need the key 'cells'") }
        guard !isDeclared(index), !Vocabulary.reserved.contains(index) else {
          throw reading.fault("the index '\(index)' stands for something else already; accepted: a new name")
        }
        noteIndex(index, reading.place)
        bound.insert(index)
      case .derivative(let name): try checkDerivative(in: name, of: parts[0], reading, bound)
      }
    default: break
    }
    for part in formula.node.children { try check(part, reading, bound: bound) }
  }

  /// Refuses operations that mean nothing in a formula, also where an abbreviation holds them.
  private func requireOperations(_ formula: Expression, _ reading: Reading) throws(BadInput) {
    switch formula.node {
    case .operation(.adjoint, _), .operation(.commutator, _):
      guard algebra != nil else {
        throw reading.fault("adjoints and commutators need the key 'operators' or 'families'")
      }
      guard reading.role.contains(.operators) else {
        throw reading.fault(
          "adjoints and commutators are of operators, and a number must stand here; accepted: numbers")
      }
    case .operation(.bracket, _):
      guard hasCoordinates else { throw reading.fault("Poisson brackets need the key 'canonical'") }
      guard reading.role.contains(.coordinates) else {
        throw reading.fault(
          "Poisson brackets are of coordinates, and functions of time stand here; accepted: functions")
      }
    default: break
    }
    for part in formula.node.children { try requireOperations(part, reading) }
  }

  private mutating func checkName(_ name: String, _ reading: Reading, _ bound: Set<String>) throws(BadInput) {
    if name == "i" { return }
    let parsed = IndexedName(name)
    if parsed.index != nil { return try checkMember(name, parsed, reading, bound) }
    if bound.contains(name) {
      guard sizes != nil else {
        let needed = model == nil ? "the key 'sizes'" : "a value of '\(cells ?? "")' under 'at'"
        throw reading.fault("the index '\(name)' stands as a number, which needs \(needed)")
      }
      return
    }
    try declareShared(name, reading)
    if let meaning = meanings[name] {
      note(name)
      return try checkRole(of: name, meaning, reading)
    }
    if let algebra, algebra.isOperator(name), algebra.isComplete(name) {
      guard reading.role.contains(.operators) else {
        throw reading.fault(
          "'\(name)' is an operator, and a number must stand here; accepted: \(accepted(reading.role))")
      }
      return
    }
    if let algebra, algebra.isOperator(name) {
      throw reading.fault("'\(name)' has the wrong index; accepted: b[j] for families, and no index else")
    }
    guard isOpen, !isDeclared(name), !(algebra?.isNear(name) ?? false) else {
      throw reading.fault("unknown name '\(name)'; accepted: \(accepted(reading.role))")
    }
    noteUndeclared(name, reading.place)
  }

  /// A member of a family, such as `b[j]`.
  private func checkMember(
    _ name: String, _ parsed: IndexedName, _ reading: Reading, _ bound: Set<String>
  ) throws(BadInput) {
    if let sizes, let number = parsed.number, number >= sizes.lowerBound {
      throw reading.fault("'\(name)' does not exist for \(sizes.lowerBound) cells; numbers begin with 0")
    }
    let isCoordinate = families.contains { parsed.base == $0.coordinate || parsed.base == $0.momentum }
    let isOperator = algebra?.isOperator(name) ?? false
    if isOperator, !(algebra?.isComplete(name) ?? false) {
      throw reading.fault("'\(name)' has the wrong index; accepted: b[j] for families, and no index else")
    }
    guard isCoordinate || isOperator else {
      throw reading.fault("unknown name '\(name)'; accepted: \(accepted(reading.role))")
    }
    if parsed.number != nil {
      guard sizes != nil || model != nil else {
        throw reading.fault("'\(name)' needs the key 'sizes'; accepted without it: indices of sums")
      }
    } else if !bound.contains(parsed.index ?? "") {
      throw reading.fault("the index of '\(name)' is bound by no sum; accepted: indices of sums around it")
    }
    guard reading.role.contains(isCoordinate ? .coordinates : .operators) else {
      throw reading.fault("'\(name)' has no value here; accepted: \(accepted(reading.role))")
    }
  }

  /// The name of a derivative must be that of a number that may vary.
  private mutating func checkDerivative(
    in name: String, of formula: Expression, _ reading: Reading, _ bound: Set<String>
  ) throws(BadInput) {
    let refusal = "cannot be differentiated in"
    let accepted = "accepted: real parameters, coordinates, the time"
    guard !bound.contains(name) else { throw reading.fault("the index '\(name)' \(refusal); \(accepted)") }
    try declareShared(name, reading)
    let isInteger =
      switch meanings[name] {
      case .cells: true
      case .parameter(let domain): domain.isInteger
      default: false
      }
    guard !isInteger else { throw reading.fault("'\(name)' \(refusal), as it takes integers alone; \(accepted)") }
    switch meanings[name] {
    case .abbreviation: throw reading.fault("the abbreviation '\(name)' \(refusal); \(accepted)")
    case .unknown: throw reading.fault("the unknown '\(name)' \(refusal); \(accepted)")
    case .coordinate where !reading.role.contains(.coordinates):
      let kind = unknownCoordinates.contains(name) ? "unknown" : "coordinate"
      throw reading.fault("the \(kind) '\(name)' \(refusal); \(accepted)")
    case .parameter, .cells, .coordinate, .time: note(name)
    case nil:
      let isOperator = algebra.map { $0.isOperator(name) || $0.isNear(name) } ?? false
      guard !isOperator, !Vocabulary.reserved.contains(name), !isDeclared(name) else {
        throw reading.fault("'\(name)' \(refusal); \(accepted)")
      }
      // Without a declaration a name is one that stands in the formula.
      guard isOpen, formula.substituting(abbreviations).variables.contains(name) else {
        throw reading.fault("unknown name '\(name)' to differentiate in; \(accepted)")
      }
      noteUndeclared(name, reading.place)
    }
  }

  /// Refuses names whose meaning has no value in a formula, abbreviations by what they stand for.
  private func checkRole(of name: String, _ meaning: Meaning, _ reading: Reading) throws(BadInput) {
    switch meaning {
    case .parameter, .cells: return
    case .abbreviation(let formula):
      guard let hidden = missing(in: formula, reading.role) else { return }
      throw reading.fault(
        "'\(name)' holds '\(hidden)', which has no value here; accepted: \(accepted(reading.role))")
    case .coordinate, .unknown, .time:
      guard !isAllowed(name, meaning, reading.role) else { return }
      let kind =
        switch meaning {
        case .unknown: "is an unknown, and"
        case .coordinate:
          unknownCoordinates.contains(name) ? "is an unknown, and" : "is a coordinate and no unknown, and"
        default: "is the time, and"
        }
      throw reading.fault("'\(name)' \(kind) has no value here; accepted: \(accepted(reading.role))")
    }
  }

  private func isAllowed(_ name: String, _ meaning: Meaning, _ role: Role) -> Bool {
    switch meaning {
    case .parameter, .cells: true
    case .unknown: role.contains(.unknowns)
    case .coordinate:
      role.contains(.coordinates) || role.contains(.unknowns) && unknownCoordinates.contains(name)
    case .time: role.contains(.time)
    case .abbreviation(let formula): missing(in: formula, role) == nil
    }
  }

  /// A name in a formula without abbreviations that has no value in a role.
  private func missing(in formula: Expression, _ role: Role) -> String? {
    formula.variables.sorted().first { name in
      if let meaning = meanings[name] { return !isAllowed(name, meaning, role) }
      let base = IndexedName(name).base
      if families.contains(where: { base == $0.coordinate || base == $0.momentum }) {
        return !role.contains(.coordinates)
      }
      return (algebra?.isOperator(name) ?? false) && !role.contains(.operators)
    }
  }

  private var hasCoordinates: Bool {
    !families.isEmpty || meanings.values.contains { if case .coordinate = $0 { true } else { false } }
  }

  /// The names that a formula may use, for messages.
  private func accepted(_ role: Role) -> String {
    let names = (meanings.filter { isAllowed($0.key, $0.value, role) }.keys + sharedNames).sorted()
    let operators = role.contains(.operators) ? algebra?.exampleNames ?? [] : []
    let members =
      role.contains(.coordinates) ? families.flatMap { ["\($0.coordinate)[j]", "\($0.momentum)[j]"] } : []
    let all = (names + operators + members).joined(separator: ", ")
    return all.isEmpty ? "none" : all
  }
}

/// Two formulas that are said to be equal, with abbreviations written out.
struct Equality: Sendable {
  let left: Expression
  let right: Expression
}
