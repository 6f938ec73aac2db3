import Catalogue
import Expressions

/// The names in a claim about quantities: its abbreviations, and the quantities whose values stand in its formulas.
///
/// Those of the claim itself are read first, those around it when a formula asks for them; the nearest wins.
struct QuantityNames {
  /// The keys that such claims take.
  static let keys = ["let", "quantities"]

  private let catalogue: Catalogue
  private let abbreviations: [Mapping]
  private let quantities: [Mapping]
  /// Names that stand for something else in the claim, whatever is around it.
  var taken: Set<String> = []
  /// What was asked for, and what is being written out.
  private var used: Set<SharedKeys.Use> = []
  private var open: [String] = []

  private struct Mapping {
    /// The keys around that it is one of; nil for the claim's own.
    let id: Int?
    var entries: YAMLMapping
  }

  /// Marks names of the claim itself, which no keys around have.
  private static let ownID = -1

  init(_ claim: inout ClaimReader) throws(BadInput) {
    catalogue = claim.catalogue
    abbreviations = try QuantityNames.mappings("let", &claim.keys)
    quantities = try QuantityNames.mappings("quantities", &claim.keys)
    for (key, mappings) in [("let", abbreviations), ("quantities", quantities)] {
      for name in mappings.first(where: { $0.id == nil })?.entries.keys ?? [] {
        try QuantityNames.requireName(name, mappings[0].entries)
        if key == "quantities", abbreviations.first(where: { $0.id == nil })?.entries.keys.contains(name) ?? false {
          throw mappings[0].entries.fault(name, "is given in 'let' already; accepted: each name once")
        }
      }
    }
  }

  private static func mappings(_ key: String, _ keys: inout YAMLMapping) throws(BadInput) -> [Mapping] {
    var result: [Mapping] = []
    if keys.keys.contains(key), let own = try keys.mapping(key) { result.append(Mapping(id: nil, entries: own)) }
    for (id, mapping) in try keys.mappingsAround(key) { result.append(Mapping(id: id, entries: mapping)) }
    return result
  }

  private static func requireName(_ name: String, _ entries: YAMLMapping) throws(BadInput) {
    guard Vocabulary.isWord(name) else {
      throw entries.fault(name, "is no name; accepted: letters, digits and _, a letter first")
    }
    guard !Vocabulary.reserved.contains(name) else {
      let words = Vocabulary.reserved.joined(separator: ", ")
      throw entries.fault(name, "has a meaning of its own; accepted: other names than \(words)")
    }
  }

  /// The names after which a parenthesis holds the parameters of a quantity.
  var quantityNames: Set<String> { Set(quantities.flatMap(\.entries.keys)) }

  /// Whether a name is short for a formula.
  func isAbbreviation(_ name: String) -> Bool { abbreviations.contains { $0.entries.keys.contains(name) } }

  // MARK: - Formulas

  /// A formula of a key, with abbreviations written out and quantities looked up.
  ///
  /// - Parameter known: the parameters that may stand in it; nil for any names.
  mutating func formula(
    _ expression: Expression, _ keys: YAMLMapping, _ key: String, among known: [String]?
  ) throws(BadInput) -> QuantityFormula {
    var values: [QuantityValue] = []
    let formula = try resolved(expression, Place(keys: keys, key: key), known, &values)
    guard formula.size <= Vocabulary.greatestSize, formula.depth <= Expression.greatestDepth else {
      throw keys.fault(key, "is too long with abbreviations written out; accepted: 20000 parts, 400 levels")
    }
    return QuantityFormula(formula: formula, values: values)
  }

  private struct Place {
    let keys: YAMLMapping
    let key: String

    func fault(_ message: String) -> BadInput { keys.fault(key, message) }
  }

  private mutating func resolved(
    _ expression: Expression, _ place: Place, _ known: [String]?, _ values: inout [QuantityValue]
  ) throws(BadInput) -> Expression {
    switch expression.node {
    case .variable(let name):
      if taken.contains(name) || known?.contains(name) ?? false { return expression }
      if let formula = try abbreviation(name, known, &values) { return formula }
      guard !quantityNames.contains(name) else {
        throw place.fault("'\(name)' is a quantity; accepted: its value at a point, \(name)(NAME: FORMULA, ...)")
      }
      if let known {
        throw place.fault("unknown name '\(name)'; accepted: \(known.isEmpty ? "none" : known.joined(separator: ", "))")
      }
      return expression
    case .quantity(let name, let arguments):
      let value = try value(name, arguments, place, known)
      if !values.contains(where: { $0.text == value.text }) { values.append(value) }
      return Expression(.variable(value.text), column: expression.column)
    default:
      var parts: [Expression] = []
      for child in expression.node.children { parts.append(try resolved(child, place, known, &values)) }
      return expression.replacingChildren(parts)
    }
  }

  /// What an abbreviation stands for; nil for a name that is none.
  private mutating func abbreviation(
    _ name: String, _ known: [String]?, _ values: inout [QuantityValue]
  ) throws(BadInput) -> Expression? {
    guard let mapping = abbreviations.first(where: { $0.entries.keys.contains(name) }) else { return nil }
    var entries = mapping.entries
    guard !open.contains(name) else {
      throw entries.fault(name, "stands for itself; accepted: abbreviations that stand above")
    }
    used.insert(.init(id: mapping.id ?? QuantityNames.ownID, key: "let", name: name))
    let text = try entries.requiredText(name)
    let names = quantityNames
    let formula = try entries.parsed(name, text) { text throws(ExpressionError) in
      try Expression(parsing: text, quantities: names)
    }
    let later = entries.keys.drop { $0 != name }
    for other in formula.variables.sorted() where later.contains(other) && !(known?.contains(other) ?? false) {
      throw entries.fault(name, "'\(other)' is not defined before it; accepted: abbreviations that stand above")
    }
    open.append(name)
    defer { open.removeLast() }
    let result = try resolved(formula, Place(keys: entries, key: name), known, &values)
    guard result.size <= Vocabulary.greatestSize, result.depth <= Expression.greatestDepth else {
      throw entries.fault(name, "is too long with abbreviations written out; accepted: 20000 parts, 400 levels")
    }
    return result
  }

  /// The value of a quantity at a point.
  private mutating func value(
    _ name: String, _ given: [Expression.NamedArgument], _ place: Place, _ known: [String]?
  ) throws(BadInput) -> QuantityValue {
    let quantity = try quantity(called: name, place)
    var arguments: [(name: String, formula: Expression)] = []
    for argument in given {
      guard let parameter = quantity.parameters.first(where: { $0.name.inFormulas == argument.name }) else {
        let names = quantity.parameters.map(\.name.inFormulas)
        throw place.fault(
          """
          '\(argument.name)' is no parameter of \(quantity.name); accepted: \
          \(names.isEmpty ? "none" : names.joined(separator: ", "))
          """)
      }
      if case .choice(let words) = parameter.kind {
        guard words.contains("\(argument.formula)") else {
          throw place.fault(
            "'\(argument.formula)' is no \(parameter.name) of \(quantity.name); accepted: \(parameter.domainText)")
        }
        arguments.append((parameter.name, argument.formula))
        continue
      }
      guard parameter.isNumber else {
        throw place.fault(
          """
          the parameter '\(argument.name)' of '\(name)' is of kind \(parameter.kind.name); accepted in a formula: \
          numbers and words
          """)
      }
      var inner: [QuantityValue] = []
      let formula = try resolved(argument.formula, place, known, &inner)
      guard inner.isEmpty else {
        throw place.fault(
          "the parameter '\(argument.name)' of '\(name)' is no exact number; accepted: formulas without quantities")
      }
      arguments.append((parameter.name, formula))
    }
    for parameter in quantity.parameters where parameter.defaultText == nil {
      guard arguments.contains(where: { $0.name == parameter.name }) else {
        throw place.fault(
          "the parameter '\(parameter.name.inFormulas)' of '\(name)' is missing; accepted: \(name)(NAME: FORMULA, ...)")
      }
    }
    let text = arguments.map { "\($0.name.inFormulas): \($0.formula)" }.joined(separator: ", ")
    return QuantityValue(text: "\(name)(\(text))", quantity: quantity, arguments: arguments)
  }

  private mutating func quantity(called name: String, _ place: Place) throws(BadInput) -> Quantity {
    guard let mapping = quantities.first(where: { $0.entries.keys.contains(name) }) else {
      throw place.fault("unknown quantity '\(name)'; accepted: names of the key 'quantities'")
    }
    used.insert(.init(id: mapping.id ?? QuantityNames.ownID, key: "quantities", name: name))
    var entries = mapping.entries
    let full = try entries.requiredText(name)
    do { return try catalogue.quantity(named: full) } catch { throw entries.fault(name, error.message) }
  }

  // MARK: - The quantity of a claim

  /// The quantity of the key `quantity`: a name of the catalogue, or a formula in values of quantities; nil without
  /// the key.
  mutating func quantity(_ claim: inout ClaimReader) throws(BadInput) -> Quantity? {
    guard let text = try claim.keys.text("quantity") else { return nil }
    guard text.contains("(") else {
      do { return try catalogue.quantity(named: text) } catch { throw claim.keys.fault("quantity", error.message) }
    }
    let names = quantityNames
    let expression = try claim.keys.parsed("quantity", text) { text throws(ExpressionError) in
      try Expression(parsing: text, quantities: names)
    }
    let formula = try formula(expression, claim.keys, "quantity", among: nil)
    guard !formula.values.isEmpty else {
      throw claim.keys.fault("quantity", "no quantity stands in '\(text)'; accepted: formulas in values of quantities")
    }
    return Quantity(formula)
  }

  /// The quantity of the key `quantity`, which must be there.
  mutating func requiredQuantity(_ claim: inout ClaimReader) throws(BadInput) -> Quantity {
    guard let quantity = try quantity(&claim) else { throw claim.keys.missing("quantity") }
    return quantity
  }

  /// A statement of a key.
  func statement(_ keys: YAMLMapping, _ key: String, _ text: String) throws(BadInput) -> Statement {
    let names = quantityNames
    return try keys.parsed(key, text) { text throws(ExpressionError) in try Statement(parsing: text, quantities: names)
    }
  }

  /// Refuses names of the claim itself that stand in no formula, and notes those around it that do.
  func requireUse(_ claim: inout ClaimReader) throws(BadInput) {
    for (key, mappings) in [("let", abbreviations), ("quantities", quantities)] {
      guard let own = mappings.first(where: { $0.id == nil })?.entries else { continue }
      for name in own.keys where !used.contains(.init(id: QuantityNames.ownID, key: key, name: name)) {
        throw own.fault(name, "stands in no formula; accepted: names that do")
      }
    }
    claim.keys.note(used.filter { $0.id != QuantityNames.ownID })
  }
}
