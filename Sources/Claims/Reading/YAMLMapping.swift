import Catalogue
import Systems
import Yams

/// A mapping of a YAML file whose keys are taken one by one; every scalar is read as text, and a fault names its line.
struct YAMLMapping {
  let file: String
  let line: Int
  private let entries: [(key: String, line: Int, value: Node)]
  private var taken: Set<String> = []

  init(_ node: Node, file: String, what: String) throws(BadInput) {
    self.file = file
    line = node.line
    guard case .mapping(let mapping) = node else {
      throw BadInput("\(file) line \(node.line): \(what) must be a mapping of keys to values")
    }
    var entries: [(key: String, line: Int, value: Node)] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        throw BadInput("\(file) line \(key.line): a key must be plain text")
      }
      entries.append((scalar.string, key.line, value))
    }
    self.entries = entries
  }

  var keys: [String] { entries.map(\.key) }

  func line(of key: String) -> Int { entries.first { $0.key == key }?.line ?? line }

  func missing(_ key: String) -> BadInput {
    BadInput("\(file) line \(line): the key '\(key)' is missing; accepted: see docs/claims.md")
  }

  /// The refusal of what stands under a key, at the line of the key or at one of its own.
  func fault(_ key: String, _ message: String, line: Int? = nil) -> BadInput {
    BadInput("\(place(key, line: line)): \(message)")
  }

  /// A key as the beginning of a message.
  func place(_ key: String, line: Int? = nil) -> String { "\(file) line \(line ?? self.line(of: key)): \(key)" }

  /// Refuses a key that is none of a set, before anything is missed because of it.
  func requireKeys(among known: [String]) throws(BadInput) {
    guard let unknown = entries.first(where: { !known.contains($0.key) }) else { return }
    throw BadInput(
      "\(file) line \(unknown.line): unknown key '\(unknown.key)'; accepted here: \(known.joined(separator: ", "))")
  }

  mutating func node(_ key: String) -> Node? {
    taken.insert(key)
    return entries.first { $0.key == key }?.value
  }

  mutating func text(_ key: String) throws(BadInput) -> String? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node else { throw fault(key, "must be one text, not a list or a mapping") }
    return scalar.string
  }

  mutating func requiredText(_ key: String) throws(BadInput) -> String {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  mutating func list(_ key: String) throws(BadInput) -> [String]? { try items(key)?.map(\.text) }

  /// A member of a list, and its line.
  struct Item: Sendable {
    let text: String
    let line: Int
  }

  mutating func items(_ key: String) throws(BadInput) -> [Item]? {
    guard let node = node(key) else { return nil }
    return try YAMLMapping.items(node, file: file, key: key)
  }

  mutating func mapping(_ key: String) throws(BadInput) -> YAMLMapping? {
    guard let node = node(key) else { return nil }
    return try YAMLMapping(node, file: file, what: "'\(key)'")
  }

  /// Whether a mapping of a key holds a key.
  func hasEntry(_ name: String, in key: String) throws(BadInput) -> Bool {
    var keys = self
    return try keys.mapping(key)?.keys.contains(name) ?? false
  }

  static func texts(_ node: Node, file: String, key: String) throws(BadInput) -> [String] {
    try items(node, file: file, key: key).map(\.text)
  }

  static func items(_ node: Node, file: String, key: String) throws(BadInput) -> [Item] {
    guard case .sequence(let sequence) = node else {
      throw BadInput("\(file) line \(node.line): \(key): must be a list")
    }
    var items: [Item] = []
    for item in sequence {
      guard case .scalar(let scalar) = item else {
        throw BadInput("\(file) line \(item.line): \(key): must be a list of plain texts")
      }
      items.append(Item(text: scalar.string, line: item.line))
    }
    return items
  }

  /// Refuses keys that nobody has taken.
  func requireNoOther() throws(BadInput) {
    try requireKeys(among: taken.sorted())
  }
}

extension Node {
  var line: Int { mark?.line ?? 1 }
}
