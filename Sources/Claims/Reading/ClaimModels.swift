import Catalogue
import Models
import YAMLText

/// The models of a claim file: files, by their paths from its own folder, or models in full.
struct ClaimModels {
  /// The models by their names.
  private(set) var byName: [String: Model] = [:]
  /// The names, in order.
  private(set) var names: [String] = []
  /// The quantities that claims may name: those that were given, and those of the models.
  private(set) var catalogue: Catalogue

  /// The key under which they stand.
  static let key = "models"

  /// Reads a model file.
  typealias Reading = (_ path: String) throws(BadInput) -> Model

  private let file: String
  private var lines: [String: Int] = [:]

  /// The models of the key `models`; none without it.
  ///
  /// - Parameters:
  ///   - file: the name of the claim file, from which paths begin.
  ///   - catalogue: the quantities beside those of the models.
  ///   - read: reads a file.
  init(
    _ keys: inout YAMLMapping, file: String, beside catalogue: Catalogue, _ read: Reading
  ) throws(BadInput) {
    (self.catalogue, self.file) = (catalogue, file)
    guard let entry = keys.entry(Self.key) else { return }
    switch entry.content {
    case .list(let items):
      guard !items.isEmpty else { throw Self.fault(file, keys.line(of: Self.key), "the list is empty") }
      for item in items { try add(item, read) }
    case .mapping(let models) where !models.contains(where: { $0.name == "model" }):
      guard !models.isEmpty else { throw Self.fault(file, keys.line(of: Self.key), "there is no model") }
      for model in models { try add(named: model) }
    default: try add(entry, read)
    }
  }

  private static func fault(_ file: String, _ line: Int, _ message: String) -> BadInput {
    BadInput(
      "\(file) line \(line): \(key): \(message); accepted: files, as [FILE, ...], and models in full with their key "
        + "'model'")
  }

  /// A member of the list: the path of a file, or a model.
  private mutating func add(_ entry: YAMLEntry, _ read: Reading) throws(BadInput) {
    switch entry.content {
    case .text(let text):
      guard !text.allSatisfy(\.isWhitespace) else { throw Self.fault(file, entry.line, "a path is missing") }
      let model: Model
      do { model = try read(path(to: text)) } catch {
        throw BadInput("\(error.message) (a model of \(file) line \(entry.line))")
      }
      try add(model, line: entry.line)
    case .mapping: try add(try Model(entry.asRoot), line: entry.line)
    case .list: throw Self.fault(file, entry.line, "a list stands in the place of a model")
    }
  }

  /// A model whose name is its key.
  private mutating func add(named key: YAMLEntry.Key) throws(BadInput) {
    guard case .mapping(let keys) = key.value.content else {
      throw Self.fault(file, key.line, "a name without a model")
    }
    let own = keys.first { $0.name == "model" }?.value
    if let own {
      guard case .text(key.name) = own.content else {
        throw Self.fault(file, key.line, "'\(key.name.abridged)' has another name under 'model'")
      }
    }
    let entry = key.value.asRoot
    try add(try Model(own == nil ? try entry.with("model", key.name) : entry), line: key.line)
  }

  private mutating func add(_ model: Model, line: Int) throws(BadInput) {
    if let other = lines.updateValue(line, forKey: model.name) {
      throw BadInput(
        "\(file) line \(line): \(Self.key): the model '\(model.name)' is given on line \(other) already; accepted: one "
          + "of a name")
    }
    catalogue = try model.entered(in: catalogue)
    byName[model.name] = model
    names.append(model.name)
  }

  /// A path from the folder of the claim file.
  private func path(to file: String) -> String {
    guard !file.hasPrefix("/"), let end = self.file.lastIndex(of: "/") else { return file }
    return self.file[...end] + file
  }
}
