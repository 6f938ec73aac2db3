import BatteryModels
import Proofs
import Yams

/// The statements of the papers, each with the claims that decide it and with what is open.
public struct Coverage: Sendable {
  /// A statement, or a group of claims that no statement prints.
  public struct Statement: Sendable, Hashable {
    /// Where it stands.
    public let place: String
    /// What it says.
    public let says: String
    /// The ids of its claims.
    public let claims: [String]
    /// What is not decided; nil when nothing is known to be open.
    public let open: String?
    /// Whether it was derived here and is printed nowhere in the text that was supplied.
    public let isOwn: Bool
  }

  /// A paper.
  public struct Paper: Sendable {
    /// The title.
    public let title: String
    /// Authors and place.
    public let reference: String
    /// Which text was read.
    public let supplied: String
    /// The statements, in order.
    public let statements: [Statement]
    /// What is no statement to decide here, and why.
    public let beyond: String
  }

  /// The papers, in order.
  public let papers: [Paper]

  /// The built-in papers against the built-in claims.
  public static func builtIn() throws(BadInput) -> Coverage {
    try Coverage(
      parsing: ProofFiles.coverage, name: "proofs/coverage.yaml", ids: Ledger.builtIn().map(\.id))
  }

  /// Reads the papers from a text.
  ///
  /// - Parameter ids: the claims there are; each must be named at least once.
  /// - Throws: `BadInput` with the line.
  public init(parsing text: String, name: String, ids: [String]) throws(BadInput) {
    guard let node = try ClaimFile.compose(text, name) else {
      throw BadInput("\(name): the file is empty; accepted: the key 'papers'")
    }
    var file = try YAMLMapping(node, file: name, what: "the file")
    try file.requireKeys(among: ["papers"])
    let known = Set(ids)
    var papers: [Paper] = []
    for item in try Coverage.list("papers", &file) {
      var keys = try YAMLMapping(item, file: name, what: "a paper")
      try keys.requireKeys(among: ["title", "reference", "supplied", "statements", "beyond"])
      var statements: [Statement] = []
      for item in try Coverage.list("statements", &keys) {
        statements.append(try Coverage.statement(item, name, known))
      }
      papers.append(
        Paper(
          title: try keys.requiredText("title"), reference: try keys.requiredText("reference"),
          supplied: try keys.requiredText("supplied"), statements: statements,
          beyond: try keys.requiredText("beyond")))
    }
    self.papers = papers
    let named = Set(papers.flatMap(\.statements).flatMap(\.claims))
    let left = ids.filter { !named.contains($0) }
    guard left.isEmpty else {
      throw BadInput(
        "\(name): no statement names \(left.joined(separator: ", ")); accepted: every claim in a statement")
    }
  }

  private static func list(_ key: String, _ keys: inout YAMLMapping) throws(BadInput) -> [Node] {
    guard let node = keys.node(key) else { throw keys.fault(key, "is missing; accepted: a list") }
    guard case .sequence(let items) = node, !items.isEmpty else {
      throw keys.fault(key, "must be a list of mappings, with at least one")
    }
    return Array(items)
  }

  private static func statement(
    _ node: Node, _ name: String, _ known: Set<String>
  ) throws(BadInput) -> Statement {
    var keys = try YAMLMapping(node, file: name, what: "a statement")
    try keys.requireKeys(among: ["place", "says", "own", "claims", "open"])
    // A group derived here has its words under 'own'.
    let own = try keys.text("own")
    let said = try keys.text("says")
    guard (own == nil) != (said == nil), let words = own ?? said else {
      throw BadInput("\(name) line \(keys.line): a statement has one of the keys 'says' and 'own'")
    }
    let items = try keys.items("claims") ?? []
    var seen: Set<String> = []
    for item in items {
      guard known.contains(item.text) else {
        throw keys.fault(
          "claims", "no claim has the id '\(item.text)'; accepted: ids that qbo verify lists", line: item.line)
      }
      guard seen.insert(item.text).inserted else {
        throw keys.fault("claims", "'\(item.text)' is given twice; accepted: once in a statement", line: item.line)
      }
    }
    let open = try keys.text("open")
    guard !items.isEmpty || open != nil else {
      throw BadInput("\(name) line \(keys.line): a statement without claims needs the key 'open'")
    }
    return Statement(
      place: try keys.requiredText("place"), says: words, claims: items.map(\.text), open: open, isOwn: own != nil)
  }
}
