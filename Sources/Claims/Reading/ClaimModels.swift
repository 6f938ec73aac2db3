import Catalogue
import Models
import YAMLText
import Yams

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
    guard let node = keys.node(Self.key) else { return }
    switch node {
    case .sequence(let items):
      guard !items.isEmpty else { throw Self.fault(file, keys.line(of: Self.key), "the list is empty") }
      for item in items { try add(item, read) }
    case .mapping(let mapping) where mapping["model"] == nil:
      guard !mapping.isEmpty else { throw Self.fault(file, keys.line(of: Self.key), "there is no model") }
      for (name, body) in mapping { try add(named: name, body) }
    default: try add(node, read)
    }
  }

  private static func fault(_ file: String, _ line: Int, _ message: String) -> BadInput {
    BadInput(
      "\(file) line \(line): \(key): \(message); accepted: files, as [FILE, ...], and models in full with their key "
        + "'model'")
  }

  /// A member of the list: the path of a file, or a model.
  private mutating func add(_ node: Node, _ read: Reading) throws(BadInput) {
    switch node {
    case .scalar(let scalar):
      guard !scalar.string.allSatisfy(\.isWhitespace) else { throw Self.fault(file, node.line, "a path is missing") }
      let model: Model
      do { model = try read(path(to: scalar.string)) } catch {
        throw BadInput("\(error.message) (a model of \(file) line \(node.line))")
      }
      try add(model, line: node.line)
    case .mapping: try add(try Model(try YAMLEntry(node, file: file)), line: node.line)
    default: throw Self.fault(file, node.line, "a list stands in the place of a model")
    }
  }

  /// A model whose name is its key.
  private mutating func add(named name: Node, _ body: Node) throws(BadInput) {
    guard case .scalar(let scalar) = name, case .mapping(let mapping) = body else {
      throw Self.fault(file, name.line, "a name without a model")
    }
    guard mapping["model"].map({ $0.string == scalar.string }) ?? true else {
      throw Self.fault(file, name.line, "'\(scalar.string.abridged)' has another name under 'model'")
    }
    let entry = try YAMLEntry(body, file: file)
    try add(
      try Model(mapping["model"] == nil ? try entry.with("model", scalar.string) : entry), line: name.line)
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
