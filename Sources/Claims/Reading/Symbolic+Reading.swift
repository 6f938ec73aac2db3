import ArbitraryPrecision
import BatteryModels
import Expressions
import Symbolic
import Yams

extension SymbolicSetting {
  /// The keys that say what names stand for.
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    let single = try SymbolicSetting.kinds(&keys, "operators")
    let indexed = try SymbolicSetting.kinds(&keys, "families")
    for name in indexed.keys.sorted() where indexed[name] == .observable {
      throw keys.fault("families", "\(name): observables stand alone; accepted: boson, fermion, spin, qubit")
    }
    let cells = try keys.text("cells")
    cellsText = cells
    if let text = try keys.text("sizes") {
      guard let range = Grid.range(text), range.lowerBound >= 1, range.upperBound <= 16 else {
        throw keys.fault("sizes", "'\(text)' is refused; accepted: 'a ... b' for integers from 1 to 16")
      }
      guard cells != nil else { throw keys.fault("sizes", "the key 'cells' is missing beside it") }
      sizes = range
    } else {
      sizes = nil
    }
    var families: [CanonicalPair] = []
    if var mapping = try keys.mapping("canonical-families") {
      guard sizes != nil else { throw keys.fault("canonical-families", "the key 'sizes' is missing beside it") }
      for name in mapping.keys { families.append(CanonicalPair(name, try mapping.requiredText(name))) }
    }
    self.families = families
    if cells != nil, indexed.isEmpty, families.isEmpty {
      throw keys.fault("cells", "the key 'families' or 'canonical-families' is missing beside it")
    }
    if cells == nil, !indexed.isEmpty { throw keys.fault("families", "the key 'cells' is missing beside it") }
    algebra = single.isEmpty && indexed.isEmpty ? nil : OperatorAlgebra(single: single, indexed: indexed, cells: cells)

    var pairs: [CanonicalPair] = []
    if var mapping = try keys.mapping("canonical") {
      for name in mapping.keys { pairs.append(CanonicalPair(name, try mapping.requiredText(name))) }
    }
    if algebra != nil, !pairs.isEmpty {
      throw keys.fault("canonical", "operators have commutators; accepted: one of both")
    }
    self.pairs = pairs

    var definitions: [String: Expression] = [:]
    if var mapping = try keys.mapping("let") {
      for name in mapping.keys {
        let formula = try mapping.operatorFormula(name)
        // Later abbreviations may use those before.
        for used in formula.variables.sorted() where mapping.keys.contains(used) && definitions[used] == nil {
          throw mapping.fault(name, "'\(used)' is not defined before it; accepted: abbreviations that stand above")
        }
        let written = formula.substituting(definitions)
        guard written.size <= 20_000, written.depth <= Expression.greatestDepth else {
          throw mapping.fault(name, "is too long with abbreviations written out; accepted: 20000 parts, 400 levels")
        }
        definitions[name] = written
      }
    }
    self.definitions = definitions

    var domains: [String: SymbolDomain] = [:]
    switch keys.node("for") {
    case .scalar(let scalar):
      guard scalar.string == "all" else {
        throw keys.fault("for", "'\(scalar.string)' is refused; accepted: all, or each name with its values")
      }
      isOpen = true
    case .some:
      guard var mapping = try keys.mapping("for") else { throw keys.missing("for") }
      for name in mapping.keys { domains[name] = try mapping.domain(name) }
      isOpen = false
    case nil: throw keys.missing("for")
    }
    self.domains = domains
    if let cells, let domain = domains[cells], domain != .integers {
      throw keys.fault("for", "\(cells) is a number of cells; accepted for it: integers")
    }
    let duals = (pairs + families).flatMap { [$0.coordinate, $0.momentum] }
    try requireDistinct(
      [
        ("operators", SymbolicSetting.names(of: single)), ("families", SymbolicSetting.names(of: indexed)),
        ("cells", cells.map { [$0] } ?? []),
        ("canonical", duals), ("let", definitions.keys.sorted()),
        ("for", domains.keys.filter { $0 != cells }.sorted()),
      ], keys)
    for (name, formula) in definitions.sorted(by: { $0.key < $1.key }) { try requireNames(formula, keys, "let", name) }
  }

  /// Names of degrees of freedom, and of the components of spins.
  private static func names(of kinds: [String: OperatorAlgebra.Kind]) -> [String] {
    kinds.sorted { $0.key < $1.key }.flatMap { name, kind in
      [name] + kind.operatorNames(name).filter { $0 != name }
    }
  }

  private static func kinds(
    _ keys: inout YAMLMapping, _ key: String
  ) throws(BadInput) -> [String: OperatorAlgebra.Kind] {
    guard var mapping = try keys.mapping(key) else { return [:] }
    var result: [String: OperatorAlgebra.Kind] = [:]
    for name in mapping.keys {
      let text = try mapping.requiredText(name)
      guard let kind = OperatorAlgebra.Kind(rawValue: text) else {
        let accepted = OperatorAlgebra.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw mapping.fault(name, "unknown kind '\(text)'; accepted: \(accepted)")
      }
      result[name] = kind
    }
    return result
  }
}

extension YAMLMapping {
  fileprivate mutating func operatorFormula(_ key: String) throws(BadInput) -> Expression {
    try parsed(key, try requiredText(key)) { text throws(ExpressionError) in try Expression(parsingOperators: text) }
  }

  fileprivate mutating func operatorStatement(_ key: String) throws(BadInput) -> Statement {
    let statement = try parsed(key, try requiredText(key)) { text throws(ExpressionError) in
      try Statement(parsingOperators: text)
    }
    guard statement.relation == .equal else { throw fault(key, "accepted here: the relation = alone") }
    return statement
  }

  fileprivate mutating func domain(_ name: String) throws(BadInput) -> SymbolDomain {
    let text = try requiredText(name)
    switch text {
    case "all": return .all
    case "positive": return .positive
    case "integers": return .integers
    default:
      let words = text.split(separator: " ")
      if words.count == 4, words[0] == "between", words[2] == "and" {
        let ends = try [words[1], words[3]].map { word throws(BadInput) in
          try parsed(name, String(word)) { text throws(ExpressionError) in try Constant(parsing: text) }.rational
        }
        if let low = ends[0], let high = ends[1], low < high { return .between(low, high) }
      }
      throw fault(
        name, "'\(text)' is refused; accepted: all, positive, integers, 'between a and b' with rational a < b")
    }
  }

  /// The Hamiltonian and the observable whose rate a claim is about.
  mutating func motion(_ setting: SymbolicSetting) throws(BadInput) -> (hamiltonian: Expression, observable: Expression)
  {
    guard setting.algebra != nil || !setting.pairs.isEmpty else {
      throw BadInput(
        "\(file) line \(line): the key 'operators' or 'canonical' is missing; accepted: see docs/claims.md")
    }
    let (hamiltonian, observable) = (try operatorFormula("hamiltonian"), try operatorFormula("observable"))
    try setting.requireNames(hamiltonian, self, "hamiltonian")
    try setting.requireNames(observable, self, "observable")
    return (hamiltonian, observable)
  }
}

extension SolutionClaim {
  init(_ keys: inout YAMLMapping, _ setting: SymbolicSetting) throws(BadInput) {
    variable = try keys.text("variable") ?? "t"
    let hasHamiltonian = keys.keys.contains("hamiltonian")
    hamiltonian = hasHamiltonian ? try keys.operatorFormula("hamiltonian") : nil
    if let hamiltonian { try setting.requireNames(hamiltonian, keys, "hamiltonian") }
    guard var list = try keys.mapping("unknowns") else { throw keys.missing("unknowns") }
    let names = list.keys
    var unknowns: [Unknown] = []
    for name in names {
      guard var parts = try list.mapping(name) else { throw list.missing(name) }
      try parts.requireKeys(among: ["observable", "equation", "initial", "solution"])
      if !hasHamiltonian, parts.keys.contains("observable") {
        throw parts.fault("observable", "the key 'hamiltonian' is missing in the claim")
      }
      let observable = hasHamiltonian ? try parts.operatorFormula("observable") : nil
      let (equation, initial) = (try parts.operatorFormula("equation"), try parts.operatorFormula("initial"))
      let solution = try parts.operatorFormula("solution")
      if let observable { try setting.requireNames(observable, parts, "observable") }
      try setting.requireNames(equation, parts, "equation", and: names + [variable])
      try setting.requireNames(initial, parts, "initial")
      try setting.requireNames(solution, parts, "solution", and: [variable])
      unknowns.append(
        Unknown(name: name, observable: observable, equation: equation, initial: initial, solution: solution))
    }
    guard !unknowns.isEmpty else { throw keys.fault("unknowns", "the mapping is empty") }
    // A coordinate may be an unknown under its own name.
    let coordinates = unknowns.filter { $0.observable == Expression(.variable($0.name)) }.map(\.name)
    try setting.requireNew(names.filter { !coordinates.contains($0) } + [variable], keys, "unknowns")
    self.unknowns = unknowns
  }
}

extension MisprintClaim {
  init(_ keys: inout YAMLMapping, _ setting: SymbolicSetting) throws(BadInput) {
    printed = try keys.operatorStatement("printed")
    derived = try keys.operatorStatement("derived")
    for (key, statement) in [("printed", printed), ("derived", derived)] {
      try setting.requireNames(statement.left, keys, key)
      try setting.requireNames(statement.right, keys, key)
    }
    asPrinted = try keys.requiredText("as-printed")
    asDerived = try keys.requiredText("as-derived")
    depends = try keys.requiredText("depends")
  }
}
