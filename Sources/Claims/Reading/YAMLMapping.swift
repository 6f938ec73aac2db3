import Catalogue
import Expressions
import YAMLText

/// A mapping of a YAML file whose keys are taken one by one; every scalar is read as text, and a fault names its line.
///
/// A claim takes keys that it does not state itself from what stands ``around`` it; the nearest wins.
public struct YAMLMapping {
  /// The name of the file, for messages.
  let file: String
  /// The line on which it begins.
  let line: Int
  private let entries: [YAMLEntry.Key]
  private var taken: Set<String> = []

  /// The keys that stand around, the nearest first.
  var around: [SharedKeys] = []
  /// The keys that may be taken from around; nil for all.
  var sharable: Set<String>?
  /// What was taken from around.
  private(set) var uses: Set<SharedKeys.Use> = []
  /// Ends messages about what stands elsewhere in the file: the claim that takes it.
  private var note = ""

  init(_ entry: YAMLEntry, file: String, what: String) throws(BadInput) {
    self.file = file
    guard case .mapping(let keys) = entry.content else {
      throw BadInput("\(file) line \(entry.line): \(what) must be a mapping of keys to values")
    }
    line = keys.first?.line ?? entry.line
    entries = keys
  }

  /// The keys that it states itself.
  var keys: [String] { entries.map(\.name) }

  /// Its own keys with their values.
  var own: [YAMLEntry.Key] { entries }

  /// Whether a key is stated here or around.
  func has(_ key: String) -> Bool { found(key) != nil }

  private func found(_ key: String) -> (entry: YAMLEntry.Key, from: Int?)? {
    if let entry = entries.first(where: { $0.name == key }) { return (entry, nil) }
    guard sharable?.contains(key) ?? true else { return nil }
    for keys in around {
      if let entry = keys.entry(key) { return (entry, keys.id) }
    }
    return nil
  }

  func line(of key: String) -> Int { found(key)?.entry.line ?? line }

  // MARK: - Faults

  /// The refusal of a mapping without a key.
  public func missing(_ key: String) -> BadInput {
    BadInput("\(file) line \(line): the key '\(key)' is missing; accepted: see docs/claims.md\(note)")
  }

  /// The refusal of what stands under a key, at the line of the key or at one of its own.
  public func fault(_ key: String, _ message: String, line: Int? = nil) -> BadInput {
    let note = found(key)?.from == nil ? note : noteOfClaim
    return BadInput("\(place(key, line: line)): \(message)\(note)")
  }

  private var noteOfClaim: String {
    guard case .text(let id)? = entries.first(where: { $0.name == "id" })?.value.content else { return note }
    return " (in the claim '\(id)')"
  }

  /// A key as the beginning of a message.
  func place(_ key: String, line: Int? = nil) -> String { "\(file) line \(line ?? self.line(of: key)): \(key)" }

  /// Refuses a key that is none of a set, before anything is missed because of it.
  ///
  /// - Parameter hint: says more of a key that is refused.
  func requireKeys(among known: [String], hint: (String) -> String? = { _ in nil }) throws(BadInput) {
    guard let unknown = entries.first(where: { !known.contains($0.name) }) else { return }
    let more = hint(unknown.name).map { "; \($0)" } ?? ""
    throw BadInput(
      """
      \(file) line \(unknown.line): unknown key '\(unknown.name)'; accepted here: \(known.joined(separator: ", "))\
      \(more)\(note)
      """)
  }

  /// Refuses keys that nobody has taken.
  func requireNoOther() throws(BadInput) { try requireKeys(among: taken.sorted()) }

  // MARK: - Values

  mutating func entry(_ key: String) -> YAMLEntry? {
    taken.insert(key)
    guard let found = found(key) else { return nil }
    if let id = found.from { uses.insert(.init(id: id, key: key)) }
    return found.entry.value
  }

  /// Notes that what stands around was taken otherwise.
  mutating func note(_ more: Set<SharedKeys.Use>) { uses.formUnion(more) }

  /// The text of a key; nil when it is not there.
  public mutating func text(_ key: String) throws(BadInput) -> String? {
    guard let entry = entry(key) else { return nil }
    guard case .text(let text) = entry.content else { throw fault(key, "must be one text, not a list or a mapping") }
    return text
  }

  /// The text of a key that must be there.
  public mutating func requiredText(_ key: String) throws(BadInput) -> String {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  /// The texts of a list; nil when the key is not there.
  public mutating func list(_ key: String) throws(BadInput) -> [String]? { try items(key)?.map(\.text) }

  /// A member of a list, and its line.
  struct Item: Sendable {
    let text: String
    let line: Int
  }

  mutating func items(_ key: String) throws(BadInput) -> [Item]? {
    guard let entry = entry(key) else { return nil }
    guard case .list(let list) = entry.content else {
      throw BadInput("\(file) line \(entry.line): \(key): must be a list")
    }
    var items: [Item] = []
    for item in list {
      guard case .text(let text) = item.content else {
        throw BadInput("\(file) line \(item.line): \(key): must be a list of plain texts")
      }
      items.append(Item(text: text, line: item.line))
    }
    return items
  }

  mutating func mapping(_ key: String) throws(BadInput) -> YAMLMapping? {
    let isShared = found(key)?.from != nil
    guard let entry = entry(key) else { return nil }
    var mapping = try YAMLMapping(entry, file: file, what: "'\(key)'")
    mapping.note = isShared ? noteOfClaim : note
    return mapping
  }

  /// The mappings of a key whose entries are taken name by name: those that stand around, the nearest first.
  func mappingsAround(_ key: String) throws(BadInput) -> [(id: Int, mapping: YAMLMapping)] {
    var mappings: [(id: Int, mapping: YAMLMapping)] = []
    for keys in around {
      guard let entry = keys.entries.first(where: { $0.name == key }) else { continue }
      // The word `all` in the place of names.
      if case .text = entry.value.content { continue }
      var mapping = try YAMLMapping(entry.value, file: file, what: "'\(key)'")
      mapping.note = noteOfClaim
      mappings.append((keys.id, mapping))
    }
    return mappings
  }

  /// Whether a mapping of a key holds a key, here or around.
  func hasEntry(_ name: String, in key: String) throws(BadInput) -> Bool {
    var keys = self
    if case .mapping? = keys.entry(key)?.content, try keys.mapping(key)?.keys.contains(name) ?? false { return true }
    return try mappingsAround(key).contains { $0.mapping.keys.contains(name) }
  }
}

extension YAMLMapping {
  /// What a parser makes of the text of a key; its faults are those of the key.
  func parsed<T>(
    _ key: String, _ text: String, _ parse: (String) throws(ExpressionError) -> T
  ) throws(BadInput) -> T {
    do { return try parse(text) } catch { throw fault(key, "\(error)") }
  }

  /// The integer of a key; nil when it is not there.
  public mutating func integer(_ key: String, _ range: ClosedRange<Int>) throws(BadInput) -> Int? {
    guard let text = try text(key) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw fault(key, "'\(text)' is refused; accepted: integers from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
