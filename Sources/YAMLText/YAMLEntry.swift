import Catalogue
import Yams

/// What stands in a YAML file at a line: a text, a list, or keys with values; every scalar is a text.
///
/// Messages name the file, the line and the keys above: ``fault(_:)``.
public struct YAMLEntry: Sendable {
  /// The kinds of content.
  public enum Content: Sendable {
    /// A text.
    case text(String)
    /// A list.
    case list([YAMLEntry])
    /// Keys with values, in order.
    case mapping([Key])
  }

  /// A key with its line and its value.
  public struct Key: Sendable {
    /// The key.
    public let name: String
    /// The line of the key.
    public let line: Int
    /// What it stands for.
    public let value: YAMLEntry
  }

  /// What stands there.
  public let content: Content
  /// The line on which it begins; of a value that of its key.
  public let line: Int
  private let file: String
  private let path: String

  /// The tree of a text.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: ``BadInput`` with the line; also for an empty text.
  public init(parsing text: String, file: String) throws(BadInput) {
    guard let entry = try YAMLEntry(readingIfFilled: text, file: file) else {
      throw BadInput("\(file): the file is empty; accepted: keys with values")
    }
    self = entry
  }

  /// The tree of a text; nil for an empty one.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: ``BadInput`` with the line.
  public init?(readingIfFilled text: String, file: String) throws(BadInput) {
    guard let root = try YAMLText.root(of: text, file: file) else { return nil }
    try self.init(root, file: file, path: "", line: nil)
  }

  /// The same as a tree of its own, whose messages leave out the keys above.
  public var asRoot: YAMLEntry { below(path.isEmpty ? 0 : path.count + 1) }

  /// The same without the first characters of the keys above.
  private func below(_ count: Int) -> YAMLEntry {
    let inner: Content =
      switch content {
      case .text: content
      case .list(let list): .list(list.map { $0.below(count) })
      case .mapping(let keys):
        .mapping(keys.map { Key(name: $0.name, line: $0.line, value: $0.value.below(count)) })
      }
    return YAMLEntry(inner, line: line, file: file, path: String(path.dropFirst(count)))
  }

  /// Keys with another one before them.
  ///
  /// - Throws: ``BadInput`` where there are no keys.
  public func with(_ name: String, _ text: String) throws(BadInput) -> YAMLEntry {
    let value = YAMLEntry(.text(text), line: line, file: file, path: name)
    return YAMLEntry(
      .mapping([Key(name: name, line: line, value: value)] + (try keys())), line: line, file: file, path: path)
  }

  private init(_ content: Content, line: Int, file: String, path: String) {
    (self.content, self.line, self.file, self.path) = (content, line, file, path)
  }

  private init(_ node: Node, file: String, path: String, line: Int?) throws(BadInput) {
    let own = line ?? node.mark?.line ?? 1
    (self.file, self.path, self.line) = (file, path, own)
    switch node {
    case .scalar(let scalar): content = .text(scalar.string)
    case .sequence(let sequence):
      var list: [YAMLEntry] = []
      for item in sequence {
        list.append(try YAMLEntry(item, file: file, path: path, line: item.mark?.line ?? own))
      }
      content = .list(list)
    case .mapping(let mapping):
      var keys: [Key] = []
      for (key, value) in mapping {
        let line = key.mark?.line ?? own
        guard case .scalar(let scalar) = key else { throw BadInput("\(file) line \(line): a key must be plain text") }
        let name = scalar.string
        let value = try YAMLEntry(value, file: file, path: path.isEmpty ? name : "\(path).\(name)", line: line)
        keys.append(Key(name: name, line: line, value: value))
      }
      content = .mapping(keys)
    case .alias: throw BadInput("\(file) line \(own): anchors are not supported")
    }
  }

  /// A refusal: the file, the line, the keys above, and what is wrong.
  public func fault(_ message: String) -> BadInput {
    BadInput("\(file) line \(line): \(path.isEmpty ? "" : path + ": ")\(message)")
  }

  /// A path that stands in the file: relative ones begin at its folder.
  public func path(_ text: String) -> String {
    guard !text.hasPrefix("/"), let end = file.lastIndex(of: "/") else { return text }
    return file[...end] + text
  }

  /// The text.
  public func text() throws(BadInput) -> String {
    guard case .text(let text) = content else {
      throw fault("must be one text, not a list or keys; a formula that begins with [ or { stands in double quotes")
    }
    return text
  }

  /// The members of a list.
  public func list() throws(BadInput) -> [YAMLEntry] {
    guard case .list(let list) = content else { throw fault("must be a list") }
    return list
  }

  /// The keys.
  ///
  /// - Parameter accepted: the keys that there may be; nil for any.
  public func keys(among accepted: [String]? = nil) throws(BadInput) -> [Key] {
    guard case .mapping(let keys) = content else { throw fault("must be keys with values") }
    if let accepted, let other = keys.first(where: { !accepted.contains($0.name) }) {
      var advice = Suggestion.name(for: other.name, among: accepted).map { "; did you mean \($0)?" } ?? ""
      // The end of a text that a comma has cut off is a key without a value.
      if case .text("") = other.value.content { advice = "; \(YAMLText.bracketAdvice)" }
      throw BadInput(
        "\(file) line \(other.line): \(path.isEmpty ? "" : path + ": ")unknown key '\(other.name.abridged)'; accepted "
          + "here: \(accepted.joined(separator: ", "))\(advice)")
    }
    return keys
  }
}
