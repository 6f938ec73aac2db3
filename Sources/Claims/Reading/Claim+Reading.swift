import ArbitraryPrecision
import BatteryModels
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
    ("value", ["quantity", "routes", "for", "quick", "full", "digits", "kernel", "ulps"]),
    ("bound", ["quantity", "routes", "for", "quick", "full", "digits", "kernel", "ulps"]),
    ("constant", ["quantity", "digits", "maximise", "variable", "stationary"]),
    ("exponent", ["quantity", "parameter", "ladder", "full-ladder", "tolerance", "for"]),
    ("threshold", ["quantity", "parameter", "between", "for"]),
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
    let statementKey = kindText == "misprint" ? "printed" : "statement"
    statementText = try keys.requiredText(statementKey)
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
    statement = try keys.parsed(statementKey, statementText) { text throws(ExpressionError) in
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
    switch kindText {
    case "value", "bound":
      let claim = try GridClaim(&keys)
      try Claim.check(statement, &keys, of: claim.quantity, kindText)
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
        "must have a single name for the quantity before the relation; accepted: NAME \(statement.relation.rawValue) FORMULA"
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

  private static func checkConstant(_ statement: Statement, _ keys: YAMLMapping) throws(BadInput) {
    guard case .variable = statement.left.node, statement.relation == .equal, statement.right.variables.isEmpty else {
      throw keys.fault("statement", "must be of the form NAME = CONSTANT")
    }
    do { _ = try Constant(statement.right) } catch { throw keys.fault("statement", "\(error)") }
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
    do { return try Catalogue.quantity(named: name) } catch { throw fault("quantity", error.message) }
  }

  mutating func requiredQuantity() throws(BadInput) -> Quantity {
    guard let quantity = try quantity() else {
      throw missing("quantity")
    }
    return quantity
  }

  mutating func requiredDigits() throws(BadInput) -> Int {
    guard let digits = try integer("digits", 1...10_000) else {
      throw missing("digits")
    }
    return digits
  }
}

extension GridClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    digits = try keys.requiredDigits()
    let quantity = quantity
    if let names = try keys.list("routes") {
      var routes: [Route] = []
      for name in names {
        guard let route = quantity.routes.first(where: { $0.name == name }) else {
          let accepted = quantity.routes.map(\.name).joined(separator: ", ")
          throw keys.fault("routes", "unknown route '\(name)' of \(quantity.name); accepted: \(accepted)")
        }
        routes.append(route)
      }
      guard !routes.isEmpty else { throw keys.fault("routes", "the list is empty") }
      self.routes = routes
    } else {
      routes = [quantity.route]
    }
    let domain = try ClaimDomain(&keys, of: quantity)
    quick = try Grid(&keys, "quick", of: quantity, within: domain)
    full = try Grid(&keys, "full", of: quantity, within: domain, fallback: quick)
    if let name = try keys.text("kernel") {
      guard name == quantity.name, quantity.kernel != nil else {
        throw keys.fault("kernel", "'\(name)' is no kernel of \(quantity.name)")
      }
      guard let text = try keys.text("ulps") else { throw keys.fault("kernel", "the key 'ulps' is missing beside it") }
      let ulps = try keys.parsed("ulps", text) { text throws(ExpressionError) in try Constant(parsing: text) }
      guard let limit = ulps.rational, limit.signum > 0 else {
        throw keys.fault("ulps", "'\(text)' is refused; accepted: positive rational numbers")
      }
      kernelUlps = limit
    } else {
      guard try keys.text("ulps") == nil else { throw keys.fault("ulps", "the key 'kernel' is missing beside it") }
      kernelUlps = nil
    }
  }
}

extension ConstantClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    let name = try keys.requiredText("variable")
    let text = try keys.requiredText("maximise")
    let function = try keys.parsed("maximise", text) { text throws(ExpressionError) in try Expression(parsing: text) }
    guard case .quotient(let numerator, let divisor) = function.node, divisor == Expression(.variable(name)),
      numerator.variables == [name]
    else { throw keys.fault("maximise", "must be of the form FORMULA/\(name) with the variable \(name) alone") }
    variable = name
    self.numerator = numerator
    if let text = try keys.text("stationary") {
      let condition = try keys.parsed("stationary", text) { text throws(ExpressionError) in
        try Statement(parsing: text)
      }
      guard condition.relation == .equal,
        condition.left.variables.union(condition.right.variables).isSubset(of: [name])
      else { throw keys.fault("stationary", "must be an equation in \(name)") }
      stationary = condition
    } else {
      stationary = nil
    }
    quantity = try keys.quantity()
    if let quantity, !quantity.parameters.isEmpty {
      throw keys.fault("quantity", "must be one without parameters")
    }
    digits = try keys.requiredDigits()
  }
}

extension ExponentClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    let quantity = quantity
    parameter = try keys.number(of: quantity)
    let text = try keys.requiredText("tolerance")
    tolerance = try keys.parsed("tolerance", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard tolerance.sign == 1 else { throw keys.fault("tolerance", "must be positive") }
    rest = try Grid(&keys, "for", of: quantity, without: parameter)
    ladder = try keys.rising("ladder", of: parameter, beside: rest, of: quantity) ?? []
    fullLadder = try keys.rising("full-ladder", of: parameter, beside: rest, of: quantity) ?? ladder
    guard ladder.count >= 2, fullLadder.count >= 2 else { throw keys.fault("ladder", "must list at least two values") }
  }
}

extension ThresholdClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    let quantity = quantity
    parameter = try keys.number(of: quantity)
    let parameter = parameter
    guard quantity.parameters.contains(where: { $0.name == parameter && $0.kind == .real }) else {
      throw keys.fault(
        "parameter", "'\(parameter)' takes integers alone, and nothing lies between; accepted: real parameters")
    }
    rest = try Grid(&keys, "for", of: quantity, without: parameter)
    // What crosses is then no longer the quantity as a function of one parameter.
    if let value = rest.formulas.first(where: { $0.value.variables.contains(parameter.inFormulas) })?.key {
      throw keys.fault("for", "'\(value)' stands on \(parameter), which varies; accepted: formulas in other parameters")
    }
    between = try keys.rising("between", of: parameter, beside: rest, of: quantity) ?? []
    guard between.count == 2 else { throw keys.fault("between", "must list two values") }
  }
}

extension YAMLMapping {
  /// The name of a parameter that takes numbers.
  fileprivate mutating func number(of quantity: Quantity) throws(BadInput) -> String {
    let parameter = try requiredText("parameter")
    let known = quantity.parameters.filter { !$0.isChoice }.map(\.name)
    guard known.contains(parameter) else {
      throw fault(
        "parameter", "'\(parameter)' is no number of \(quantity.name); accepted: \(known.joined(separator: ", "))")
    }
    return parameter
  }

  /// Values of a parameter, each a good one at all points of the others, positive and rising.
  fileprivate mutating func rising(
    _ key: String, of parameter: String, beside rest: Grid, of quantity: Quantity
  ) throws(BadInput) -> [String]? {
    guard let values = try list(key) else { return nil }
    var previous: Constant?
    for value in values {
      do {
        let points = (0..<rest.count).map { rest.point($0, with: [(name: parameter, text: value)]) }
        for point in points.dropFirst() { _ = try Arguments(point, for: quantity) }
        let current = try Arguments(points.first ?? [(name: parameter, text: value)], for: quantity).constant(parameter)
        if let previous, try Constant(current.expression - previous.expression).sign != 1 || previous.sign != 1 {
          throw BadInput("the values must be positive and rise")
        }
        previous = current
      } catch { throw fault(key, "\(error)") }
    }
    return values
  }
}
