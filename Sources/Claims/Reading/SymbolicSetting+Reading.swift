import ArbitraryPrecision
import Catalogue
import Expressions
import Symbolic
import YAMLText

extension Vocabulary {
  /// The keys by which a claim about formulas says what names stand for.
  static let keys =
    ["operators", "families", "cells", "sizes", "canonical", "canonical-families", "let", "for"] + ClaimReader.modelKeys

  /// What a claim about formulas may expect.
  static let verdicts: [Verdict] = [.proved, .refuted, .undecided]

  /// The keys that say what names stand for, in any claim about formulas.
  ///
  /// - Parameter more: declares the names that a kind of claim has besides; abbreviations may use them.
  init(
    _ claim: inout ClaimReader, and more: (inout Vocabulary, YAMLMapping) throws(BadInput) -> Void = { _, _ in }
  ) throws(BadInput) {
    if let model = try claim.model() {
      try self.init(model, &claim.keys, and: more)
    } else {
      try self.init(&claim.keys, and: more)
    }
  }

  private init(
    _ keys: inout YAMLMapping, and more: (inout Vocabulary, YAMLMapping) throws(BadInput) -> Void
  ) throws(BadInput) {
    let single = try Vocabulary.kinds(&keys, "operators")
    let indexed = try Vocabulary.kinds(&keys, "families")
    for name in indexed.keys.sorted() where indexed[name] == .observable {
      throw keys.fault("families", "\(name): observables stand alone; accepted: boson, fermion, spin, qubit")
    }
    let cells = try keys.text("cells")
    let sizes = try Vocabulary.sizes(&keys, cells)
    var families: [CanonicalPair] = []
    if var mapping = try keys.mapping("canonical-families") {
      guard sizes != nil else { throw keys.fault("canonical-families", "the key 'sizes' is missing beside it") }
      for name in mapping.keys { families.append(CanonicalPair(name, try mapping.requiredText(name))) }
    }
    if cells != nil, indexed.isEmpty, families.isEmpty {
      throw keys.fault("cells", "the key 'families' or 'canonical-families' is missing beside it")
    }
    if cells == nil, !indexed.isEmpty { throw keys.fault("families", "the key 'cells' is missing beside it") }
    let pairs = try Vocabulary.pairs(&keys)
    if !single.isEmpty || !indexed.isEmpty, !pairs.isEmpty || !families.isEmpty {
      let key = pairs.isEmpty ? "canonical-families" : "canonical"
      throw keys.fault(key, "operators have commutators; accepted: one of both")
    }
    let shared = try SharedNames(&keys)
    let domains = try Vocabulary.domains(&keys, shared)
    self.init(
      algebra: single.isEmpty && indexed.isEmpty
        ? nil : OperatorAlgebra(single: single, indexed: indexed, cells: cells),
      families: families, sizes: sizes, isOpen: shared.isOpen, shared: shared)
    try reserve(Vocabulary.names(of: single), keys, "operators")
    try reserve(Vocabulary.names(of: indexed), keys, "families")
    if let cells {
      try declare([cells], as: .cells, keys, "cells")
      try self.shared.noteCells(cells)
    }
    try declarePairs(pairs, keys)
    try reserve(families.flatMap { [$0.coordinate, $0.momentum] }, keys, "canonical-families")
    try readDomains(domains, keys)
    try more(&self, keys)
    try readAbbreviations(&keys)
  }

  mutating func readDomains(_ domains: [String: SymbolDomain], _ keys: YAMLMapping) throws(BadInput) {
    for (name, domain) in domains.sorted(by: { $0.key < $1.key }) {
      if name == cells {
        guard domain == .integers else {
          throw keys.fault("for", "\(name) is a number of cells; accepted for it: integers")
        }
      } else {
        try declare([name], as: .parameter(domain), keys, "for")
      }
    }
  }

  mutating func readAbbreviations(_ keys: inout YAMLMapping) throws(BadInput) {
    guard keys.keys.contains("let"), let mapping = try keys.mapping("let") else { return }
    for name in mapping.keys {
      let written = try abbreviation(name, in: mapping, keys, "let", called: name)
      try declare([name], as: .abbreviation(written), keys, "let")
    }
  }

  /// What an abbreviation of a mapping stands for; it may use those before it.
  ///
  /// - Parameters:
  ///   - keys: with `key`, where faults of names in it stand.
  mutating func abbreviation(
    _ name: String, in mapping: YAMLMapping, _ keys: YAMLMapping, _ key: String, called title: String? = nil
  ) throws(BadInput) -> Expression {
    var mapping = mapping
    let text = try mapping.requiredText(name)
    let formula = try mapping.operatorFormula(name, text, model != nil)
    for used in formula.variables.sorted() where mapping.keys.drop(while: { $0 != name }).contains(used) {
      guard isDeclared(used) else {
        throw mapping.fault(name, "'\(used)' is not defined before it; accepted: abbreviations that stand above")
      }
    }
    return try resolved(formula, keys, key, .any, called: title)
  }

  private static func sizes(_ keys: inout YAMLMapping, _ cells: String?) throws(BadInput) -> ClosedRange<Int>? {
    guard let text = try keys.text("sizes") else { return nil }
    guard let range = Grid.range(text), range.lowerBound >= 1, range.upperBound <= 16 else {
      throw keys.fault("sizes", "'\(text)' is refused; accepted: 'a ... b' for integers from 1 to 16")
    }
    guard cells != nil else { throw keys.fault("sizes", "the key 'cells' is missing beside it") }
    return range
  }

  private static func pairs(_ keys: inout YAMLMapping) throws(BadInput) -> [CanonicalPair] {
    guard var mapping = try keys.mapping("canonical") else { return [] }
    var pairs: [CanonicalPair] = []
    for name in mapping.keys { pairs.append(CanonicalPair(name, try mapping.requiredText(name))) }
    return pairs
  }

  /// The values of the names that the claim itself lists.
  static func domains(
    _ keys: inout YAMLMapping, _ shared: SharedNames, isRequired: Bool = true
  ) throws(BadInput) -> [String: SymbolDomain] {
    guard keys.keys.contains("for") else {
      guard shared.hasDomains || !isRequired else { throw keys.missing("for") }
      return [:]
    }
    if case .text? = keys.entry("for")?.content { return [:] }
    guard var mapping = try keys.mapping("for") else { throw keys.missing("for") }
    var domains: [String: SymbolDomain] = [:]
    for name in mapping.keys { domains[name] = try mapping.domain(name) }
    return domains
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
  /// The values of a name.
  mutating func domain(_ name: String) throws(BadInput) -> SymbolDomain {
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
}

extension SymbolicSetting {
  /// What a vocabulary leaves of names when all formulas are written out.
  init(_ vocabulary: Vocabulary) {
    algebra = vocabulary.algebra
    pairs = vocabulary.coordinatePairs
    domains = vocabulary.domains
    cellsName = vocabulary.cells
    sizes = vocabulary.sizes
    families = vocabulary.families
    isOpen = vocabulary.isOpen
    openNames = vocabulary.openNames
    fixed = vocabulary.model?.fixed.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" } ?? []
  }
}
