import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import Yams

extension Claim {
  /// The kinds that a claim file may name, with the keys of each.
  static let kinds: [(name: String, keys: [String])] = [
    ("identity", setting),
    ("equation-of-motion", setting + ["hamiltonian", "observable", "variable"]),
    ("conserved", setting + ["hamiltonian", "observable", "variable"]),
    ("solution", setting + ["hamiltonian", "unknowns", "variable", "sector"]),
    ("misprint", setting + ["printed", "derived", "as-printed", "as-derived", "depends"]),
    (
      "value",
      ["quantity", "routes", "for", "quick", "full", "digits", "absolute", "printed", "kernel", "ulps"]
    ),
    ("bound", ["quantity", "routes", "for", "quick", "full", "digits", "kernel", "ulps"]),
    ("constant", ["quantity", "digits", "absolute", "maximise", "variable", "stationary"]),
    ("exponent", ["quantity", "parameter", "ladder", "full-ladder", "tolerance", "for"]),
    ("threshold", ["quantity", "parameter", "between", "jumps", "for"]),
  ]

  private static let setting = [
    "operators", "families", "cells", "sizes", "canonical", "canonical-families", "let", "for",
  ]
  private static let symbolicKinds = ["identity", "equation-of-motion", "solution", "conserved", "misprint"]

  /// The keys that claims of a kind have, or of any kind.
  private static func keys(of kind: String?) -> [String] {
    let own = kinds.first { $0.name == kind }?.keys ?? kinds.flatMap(\.keys)
    let statement = kind == "misprint" ? [] : ["statement"]
    let all = ["id", "equation", "title"] + statement + ["kind"] + own + ["cost", "expect", "reason"]
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  init(_ node: Node, file: String, source: String) throws(BadInput) {
    var keys = try YAMLMapping(node, file: file, what: "a claim")
    try keys.requireKeys(among: Claim.keys(of: try? keys.text("kind")))
    id = try keys.requiredText("id")
    guard !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }) else {
      throw keys.fault("id", "'\(id)' is no id; accepted: letters, digits and . - _")
    }
    self.source = source
    equation = try keys.text("equation") ?? ""
    title = try keys.text("title") ?? ""
    let kindText = try keys.requiredText("kind")
    let isSymbolic = Claim.symbolicKinds.contains(kindText)
    let printed = kindText == "value" ? try keys.printedDecimal() : nil
    let statementKey = kindText == "misprint" ? "printed" : "statement"
    // Beside a printed decimal a statement is its name at most, or says the same once more.
    let given = printed == nil ? try keys.requiredText(statementKey) : try keys.text(statementKey)
    let isName = given.map { (try? Expression(parsing: $0))?.isName == true } ?? true
    let formula: String
    if let printed, isName {
      let quantity = try keys.requiredQuantity()
      statementText = "\(given ?? quantity.name) = \(printed.text)"
      formula = "\(given ?? "value") = \(printed.text)"
    } else {
      statementText = given ?? ""
      formula = statementText
    }
    reason = try keys.requiredText("reason")
    let cost = try keys.text("cost")
    guard cost == nil || cost == "long" else {
      throw keys.fault("cost", "'\(cost ?? "")' is refused; accepted: long")
    }
    isLong = cost == "long"
    let expectedText = try keys.requiredText("expect")
    guard let expected = Verdict(rawValue: expectedText) else {
      let accepted = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
      throw keys.fault("expect", "unknown verdict '\(expectedText)'; accepted: \(accepted)")
    }
    self.expected = expected
    statement = try keys.parsed(statementKey, formula) { text throws(ExpressionError) in
      isSymbolic ? try Statement(parsingOperators: text) : try Statement(parsing: text)
    }
    if isSymbolic {
      let verdicts: [Verdict] = [.proved, .refuted, .undecided] + (kindText == "misprint" ? [.misprinted] : [])
      guard verdicts.contains(expected) else {
        let accepted = verdicts.map(\.rawValue).joined(separator: ", ")
        throw keys.fault("expect", "a claim of the kind '\(kindText)' cannot be \(expected); accepted: \(accepted)")
      }
      kind = try Claim.symbolicKind(kindText, statement, &keys)
      try keys.requireNoOther()
      return
    }
    let isKnown = Claim.kinds.contains { $0.name == kindText }
    guard !isKnown || ![.proved, .misprinted].contains(expected) else {
      throw keys.fault(
        "expect",
        "a claim of the kind '\(kindText)' cannot be \(expected); accepted: certified, refuted, undecided")
    }
    switch kindText {
    case "value", "bound":
      let claim = try GridClaim(&keys, tolerance: kindText == "value" ? keys.tolerance(printed) : keys.bits())
      try Claim.check(statement, &keys, of: claim.quantity, kindText)
      if let printed { try Claim.check(statement, is: printed, keys) }
      kind = kindText == "value" ? .value(claim) : .bound(claim)
    case "constant":
      kind = .constant(try ConstantClaim(&keys))
      try Claim.checkConstant(statement, keys)
    case "exponent":
      kind = .exponent(try ExponentClaim(&keys))
      try Claim.checkConstant(statement, keys)
    case "threshold":
      let claim = try ThresholdClaim(&keys)
      try Claim.check(statement, &keys, of: claim.quantity, kindText)
      kind = .threshold(claim)
    default:
      throw keys.fault(
        "kind", "unknown kind '\(kindText)'; accepted: \(Claim.kinds.map(\.name).joined(separator: ", "))")
    }
    try keys.requireNoOther()
  }

  private static func symbolicKind(
    _ kind: String, _ statement: Statement, _ keys: inout YAMLMapping
  ) throws(BadInput) -> Kind {
    guard statement.relation == .equal else {
      throw keys.fault(
        kind == "misprint" ? "printed" : "statement", "a claim of the kind '\(kind)' accepts the relation = alone")
    }
    switch kind {
    case "misprint":
      let (setting, claim) = try MisprintClaim.read(&keys)
      return .misprint(setting, claim)
    case "solution":
      let (setting, claim) = try SolutionClaim.read(&keys, statement)
      return .solution(setting, claim)
    case "equation-of-motion":
      let (setting, claim) = try MotionClaim.read(&keys, statement, isConserved: false)
      return .motion(setting, claim)
    case "conserved":
      let (setting, claim) = try MotionClaim.read(&keys, statement, isConserved: true)
      return .conserved(setting, claim)
    default:
      var vocabulary = try Vocabulary(&keys)
      let equality = try vocabulary.equality(statement, keys, "statement", .physical)
      try vocabulary.requireConsistency(keys)
      return .identity(SymbolicSetting(vocabulary), equality)
    }
  }

  /// A statement about a quantity: a name for it on the left, a formula in its parameters on the right.
  private static func check(
    _ statement: Statement, _ keys: inout YAMLMapping, of quantity: Quantity, _ kind: String
  ) throws(BadInput) {
    guard case .variable(let name) = statement.left.node else {
      throw keys.fault(
        "statement",
        """
        must have a single name for the quantity before the relation; accepted: NAME \(statement.relation.rawValue) \
        FORMULA
        """
      )
    }
    let equality = kind != "bound"
    guard (statement.relation == .equal) == equality else {
      throw keys.fault(
        "statement",
        equality ? "a \(kind) claim accepts the relation = alone" : "a bound claim accepts the relations < <= > >=")
    }
    let known = quantity.parameters.filter { !$0.isChoice }.map(\.name.inFormulas)
    guard !known.contains(name) else {
      throw keys.fault(
        "statement", "'\(name)' is a parameter; accepted before the relation: another name, for the quantity")
    }
    if let unknown = statement.right.variables.subtracting(known).sorted().first {
      throw keys.fault(
        "statement", "unknown name '\(unknown)'; accepted: \(known.isEmpty ? "none" : known.joined(separator: ", "))")
    }
  }

  /// Refuses a statement beside a printed decimal that says something else.
  private static func check(
    _ statement: Statement, is printed: PrintedDecimal, _ keys: YAMLMapping
  ) throws(BadInput) {
    guard let number = try? Constant(statement.right).rational, number == printed.value else {
      throw keys.fault(
        "statement", "is not the printed \(printed.text); accepted: NAME = \(printed.text), or no statement")
    }
  }

  private static func checkConstant(_ statement: Statement, _ keys: YAMLMapping) throws(BadInput) {
    guard case .variable = statement.left.node, statement.relation == .equal, statement.right.variables.isEmpty else {
      throw keys.fault("statement", "must be of the form NAME = CONSTANT")
    }
    do { _ = try Constant(statement.right) } catch { throw keys.fault("statement", "\(error)") }
  }
}

extension Expression {
  /// Whether this is a single name.
  fileprivate var isName: Bool {
    if case .variable = node { return true }
    return false
  }
}

extension YAMLMapping {
  func parsed<T>(
    _ key: String, _ text: String, _ parse: (String) throws(ExpressionError) -> T
  ) throws(BadInput) -> T {
    do { return try parse(text) } catch { throw fault(key, "\(error)") }
  }

  mutating func integer(_ key: String, _ range: ClosedRange<Int>) throws(BadInput) -> Int? {
    guard let text = try text(key) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw fault(key, "'\(text)' is refused; accepted: integers from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  mutating func quantity() throws(BadInput) -> Quantity? {
    guard let name = try text("quantity") else { return nil }
    do { return try Catalogue.builtIn.quantity(named: name) } catch { throw fault("quantity", error.message) }
  }

  mutating func requiredQuantity() throws(BadInput) -> Quantity {
    guard let quantity = try quantity() else {
      throw missing("quantity")
    }
    return quantity
  }

  mutating func digits() throws(BadInput) -> Int? { try integer("digits", 1...10_000) }

  mutating func requiredDigits() throws(BadInput) -> Int {
    guard let digits = try digits() else { throw missing("digits") }
    return digits
  }
}
