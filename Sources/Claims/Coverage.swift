import Catalogue
import Proofs
import YAMLText

/// The statements of the papers, each with the claims that decide it and with what is open.
public struct Coverage: Sendable {
  /// A statement, or a group of claims that no statement prints.
  public struct Statement: Sendable, Hashable {
    /// Where it stands.
    public let place: String
    /// The source's own words, or for a group derived here what it is about.
    public let words: String
    /// How the words are read, where they are a formula or name several things; nil when they speak for themselves.
    public let says: String?
    /// The ids of its claims.
    public let claims: [String]
    /// In which way the claims contradict it; nil when they do not.
    public let fails: String?
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
  ///
  /// - Parameter catalogue: the quantities that the claims name.
  public static func builtIn(_ catalogue: Catalogue) throws(BadInput) -> Coverage {
    try Coverage(
      parsing: ProofFiles.coverage, name: "proofs/coverage.yaml", ids: Ledger.builtIn(catalogue).map(\.id))
  }

  /// Reads the papers from a text.
  ///
  /// - Parameter ids: the claims there are; each must be named at least once.
  /// - Throws: `BadInput` with the line.
  public init(parsing text: String, name: String, ids: [String]) throws(BadInput) {
    guard let root = try YAMLEntry(readingIfFilled: text, file: name) else {
      throw BadInput("\(name): the file is empty; accepted: the key 'papers'")
    }
    var file = try YAMLMapping(root, file: name, what: "the file")
    try file.requireKeys(among: ["papers"])
    let known = Set(ids)
    var papers: [Paper] = []
    for item in try Coverage.list("papers", &file) { papers.append(try Coverage.paper(item, name, known)) }
    self.papers = papers
    let named = Set(papers.flatMap(\.statements).flatMap(\.claims))
    let left = ids.filter { !named.contains($0) }
    guard left.isEmpty else {
      throw BadInput(
        "\(name): no statement names \(left.joined(separator: ", ")); accepted: every claim in a statement")
    }
  }

  private static func list(_ key: String, _ keys: inout YAMLMapping) throws(BadInput) -> [YAMLEntry] {
    guard let entry = keys.entry(key) else { throw keys.fault(key, "is missing; accepted: a list") }
    guard case .list(let items) = entry.content, !items.isEmpty else {
      throw keys.fault(key, "must be a list of mappings, with at least one")
    }
    return items
  }

  private static func paper(_ entry: YAMLEntry, _ name: String, _ known: Set<String>) throws(BadInput) -> Paper {
    var keys = try YAMLMapping(entry, file: name, what: "a paper")
    try keys.requireKeys(among: ["title", "reference", "supplied", "statements", "beyond"])
    var statements: [Statement] = []
    var seen: Set<[String]> = []
    for item in try list("statements", &keys) {
      let (statement, line) = try statement(item, name, known)
      // Words that name several things may stand in several rows, each with a reading of its own.
      guard seen.insert([statement.words, statement.says ?? ""]).inserted else {
        throw BadInput(
          """
          \(name) line \(line): the statement '\(statement.words)' is given twice; accepted: once in a paper, or each \
          with another 'says'
          """
        )
      }
      statements.append(statement)
    }
    return Paper(
      title: try keys.requiredText("title"), reference: try keys.requiredText("reference"),
      supplied: try keys.requiredText("supplied"), statements: statements, beyond: try keys.requiredText("beyond"))
  }

  private static func statement(
    _ entry: YAMLEntry, _ name: String, _ known: Set<String>
  ) throws(BadInput) -> (Statement, line: Int) {
    var keys = try YAMLMapping(entry, file: name, what: "a statement")
    try keys.requireKeys(among: ["place", "quote", "own", "says", "claims", "fails", "open"])
    let place = try keys.requiredText("place")
    let (own, quote) = (try phrase("own", &keys), try phrase("quote", &keys))
    guard (own == nil) != (quote == nil), let words = own ?? quote else {
      throw BadInput("\(name) line \(keys.line): a statement has one of the keys 'quote' and 'own'")
    }
    let says = try phrase("says", &keys)
    guard says != nil || !words.contains("\\") else {
      throw keys.fault("quote", "a formula needs the key 'says' beside it, which tells how it is read")
    }
    let claims = try claims(&keys, known)
    let (fails, open) = (try phrase("fails", &keys), try phrase("open", &keys))
    guard !claims.isEmpty || open != nil else {
      throw BadInput("\(name) line \(keys.line): a statement without claims needs the key 'open'")
    }
    guard !claims.isEmpty || fails == nil else {
      throw keys.fault("fails", "needs the key 'claims', with what contradicts the statement")
    }
    let statement = Statement(
      place: place, words: words, says: says, claims: claims, fails: fails, open: open, isOwn: own != nil)
    return (statement, keys.line)
  }

  /// A text that may be left out, but not be empty.
  private static func phrase(_ key: String, _ keys: inout YAMLMapping) throws(BadInput) -> String? {
    guard let text = try keys.text(key) else { return nil }
    guard !text.isEmpty else { throw keys.fault(key, "is empty; accepted: words, or a statement without this key") }
    return text
  }

  private static func claims(_ keys: inout YAMLMapping, _ known: Set<String>) throws(BadInput) -> [String] {
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
    return items.map(\.text)
  }
}
