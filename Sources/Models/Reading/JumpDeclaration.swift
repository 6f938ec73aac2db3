import Catalogue
import Expressions
import YAMLText

/// Jumps of an open system as they stand in a file.
struct JumpDeclaration: Sendable {
  enum Content: Sendable {
    /// One jump, or one for each cell or each pair of cells j < k.
    case single(each: [String], operator: ModelFormula, rate: ModelFormula)
    /// Jumps with a matrix of rates.
    case correlated(operators: [ModelFormula], rates: [[ModelFormula]])
  }

  let content: Content
  let place: YAMLEntry

  /// All rates.
  var rates: [ModelFormula] {
    switch content {
    case .single(_, _, let rate): [rate]
    case .correlated(_, let rates): rates.flatMap(\.self)
    }
  }

  private static let accepted =
    "accepted: {operator: L, rate: r}, {each: j, operator: \"L[j]\", rate: r}, "
    + "{correlated: {operators: [...], rates: [...]}}"

  init(_ entry: YAMLEntry, _ names: inout ModelNames) throws(BadInput) {
    place = entry
    let keys = try entry.keys()
    func value(_ name: String) -> YAMLEntry? { keys.first { $0.name == name }?.value }
    if let both = value("correlated") {
      _ = try entry.keys(among: ["correlated"])
      content = try Self.correlated(both, &names)
      return
    }
    _ = try entry.keys(among: ["each", "operator", "rate"])
    guard let jump = value("operator"), let rate = value("rate") else {
      throw entry.fault("a jump states its operator and its rate; \(Self.accepted)")
    }
    var each: [String] = []
    if let index = value("each") {
      if case .list(let list) = index.content {
        for item in list { each.append(try item.filledText()) }
      } else {
        each = [try index.filledText()]
      }
      guard (1...2).contains(each.count), Set(each).count == each.count else {
        throw index.fault("'each' takes one index or two; accepted: each: j, each: [j, k]")
      }
      for name in each { try names.requireFree(index: name, index) }
    }
    content = .single(
      each: each, operator: try Self.formula(jump, .generator, Set(each), &names),
      rate: try Self.formula(rate, .rate, Set(each), &names))
  }

  private static func correlated(_ entry: YAMLEntry, _ names: inout ModelNames) throws(BadInput) -> Content {
    let keys = try entry.keys(among: ["operators", "rates"])
    guard let list = keys.first(where: { $0.name == "operators" })?.value,
      let matrix = keys.first(where: { $0.name == "rates" })?.value
    else { throw entry.fault("correlated jumps state operators and rates; \(accepted)") }
    var operators: [ModelFormula] = []
    for item in try list.list() { operators.append(try formula(item, .generator, [], &names)) }
    var rates: [[ModelFormula]] = []
    for row in try matrix.list() {
      var own: [ModelFormula] = []
      for item in try row.list() { own.append(try formula(item, .rate, [], &names)) }
      rates.append(own)
    }
    guard !operators.isEmpty, rates.count == operators.count, rates.allSatisfy({ $0.count == operators.count }) else {
      throw matrix.fault("the rates are no matrix of the size \(operators.count); accepted: a row for each operator")
    }
    return .correlated(operators: operators, rates: rates)
  }

  private static func formula(
    _ entry: YAMLEntry, _ scope: ModelNames.Scope, _ bound: Set<String>, _ names: inout ModelNames
  ) throws(BadInput) -> ModelFormula {
    let written = try entry.parsed(try entry.filledText()) { text throws(ExpressionError) in
      try Expression(parsingModel: text)
    }
    return try names.formula(written: written, entry, scope, bound)
  }

  private init(_ content: Content, _ place: YAMLEntry) { (self.content, self.place) = (content, place) }

  /// The same jumps with formulas in the place of names.
  func substituting(_ names: [String: Expression]) -> JumpDeclaration {
    switch content {
    case .single(let each, let jump, let rate):
      let own = names.filter { !each.contains($0.key) }
      return JumpDeclaration(
        .single(each: each, operator: jump.substituting(own), rate: rate.substituting(own)), place)
    case .correlated(let operators, let rates):
      return JumpDeclaration(
        .correlated(
          operators: operators.map { $0.substituting(names) },
          rates: rates.map { $0.map { $0.substituting(names) } }), place)
    }
  }

  /// The names in its formulas.
  var variables: Set<String> {
    let formulas: [ModelFormula] =
      switch content {
      case .single(_, let jump, let rate): [jump, rate]
      case .correlated(let operators, let rates): operators + rates.joined()
      }
    return formulas.reduce(into: []) { $0.formUnion($1.expression.variables) }
  }
}
