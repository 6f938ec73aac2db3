import Catalogue
import Models
import YAMLText

/// The claims of a file.
public struct ClaimFile: Sendable {
  /// The claims, in order.
  public let claims: [Claim]

  /// Slips in words that the file lists, which no formula decides.
  public let remarks: [Remark]

  /// A slip in words: its place, what is printed, and what is meant.
  public struct Remark: Sendable, Hashable {
    /// Where it stands.
    public let place: String
    /// What is printed.
    public let printed: String
    /// What is meant.
    public let meant: String
  }

  /// The most bytes of a claim file.
  static let greatestSize = 4 << 20

  /// What the claims of a file are read with.
  struct Surroundings {
    let models: ClaimModels
    let kinds: ClaimKinds

    /// The quantities that claims may name.
    var catalogue: Catalogue { models.catalogue }
  }

  /// Reads the claims from a text.
  ///
  /// - Parameters:
  ///   - name: the name of the file, for messages.
  ///   - catalogue: the quantities that claims may name.
  ///   - kinds: the kinds that claims may have.
  ///   - models: reads a model file that the text names, by its path from where `name` says that the text stands.
  /// - Throws: `BadInput` with the line.
  public init(
    parsing text: String, name: String, catalogue: Catalogue, kinds: ClaimKinds = .builtIn,
    models read: (_ path: String) throws(BadInput) -> Model = { path throws(BadInput) in try Model(path: path) }
  ) throws(BadInput) {
    guard let root = try YAMLEntry(readingIfFilled: text, file: name) else {
      throw BadInput("\(name): the file is empty; accepted: keys 'source' and 'claims'")
    }
    var file = try YAMLMapping(root, file: name, what: "the file")
    if file.has("model"), !file.has("claims") {
      throw file.fault(
        "model", "this is a model file; accepted: a claim file, in which 'models: [FILE, ...]' names models")
    }
    try file.requireKeys(among: ["source", ClaimModels.key, "claims", "remarks", "let", "for", "defaults"])
    let source = try file.requiredText("source")
    guard case .list(let items)? = file.entry("claims")?.content else {
      throw BadInput("\(name) line \(file.line(of: "claims")): 'claims' must be a list of claims")
    }
    remarks = try ClaimFile.remarks(&file, name)
    let models = try ClaimModels(&file, file: name, beside: catalogue, read)
    var reader = try ClaimListReader(
      file: name, source: source, surroundings: Surroundings(models: models, kinds: kinds), &file)
    try reader.read(items)
    try reader.requireUse()
    guard !reader.claims.isEmpty else { throw BadInput("\(name): the file has no claims; accepted: at least one") }
    claims = try reader.claims.withClosedForms(of: models)
  }

  private static func remarks(_ file: inout YAMLMapping, _ name: String) throws(BadInput) -> [Remark] {
    guard let entry = file.entry("remarks") else { return [] }
    guard case .list(let items) = entry.content else { throw file.fault("remarks", "must be a list of remarks") }
    var remarks: [Remark] = []
    for item in items {
      var keys = try YAMLMapping(item, file: name, what: "a remark")
      try keys.requireKeys(among: ["place", "printed", "meant"])
      remarks.append(
        Remark(
          place: try keys.requiredText("place"), printed: try keys.requiredText("printed"),
          meant: try keys.requiredText("meant")))
    }
    return remarks
  }

  /// Reads the claims from a file.
  ///
  /// - Parameters:
  ///   - catalogue: the quantities that claims may name.
  ///   - kinds: the kinds that claims may have.
  public init(path: String, catalogue: Catalogue, kinds: ClaimKinds = .builtIn) throws(BadInput) {
    let text = try YAMLText.text(ofFile: path, kind: "claim file", greatestSize: ClaimFile.greatestSize)
    try self.init(parsing: text, name: path, catalogue: catalogue, kinds: kinds)
  }
}
