import Catalogue
import Foundation
import Yams

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
    let catalogue: Catalogue
    let kinds: ClaimKinds
  }

  /// Reads the claims from a text.
  ///
  /// - Parameters:
  ///   - name: the name of the file, for messages.
  ///   - catalogue: the quantities that claims may name.
  ///   - kinds: the kinds that claims may have.
  /// - Throws: `BadInput` with the line.
  public init(
    parsing text: String, name: String, catalogue: Catalogue, kinds: ClaimKinds = .builtIn
  ) throws(BadInput) {
    guard let node = try ClaimFile.compose(text, name) else {
      throw BadInput("\(name): the file is empty; accepted: keys 'source' and 'claims'")
    }
    var file = try YAMLMapping(node, file: name, what: "the file")
    try file.requireKeys(among: ["source", "claims", "remarks", "let", "for", "defaults"])
    let source = try file.requiredText("source")
    guard let list = file.node("claims"), case .sequence(let items) = list else {
      throw BadInput("\(name) line \(file.line(of: "claims")): 'claims' must be a list of claims")
    }
    remarks = try ClaimFile.remarks(&file, name)
    var reader = try ClaimListReader(
      file: name, source: source, surroundings: Surroundings(catalogue: catalogue, kinds: kinds), &file)
    try reader.read(Array(items))
    try reader.requireUse()
    guard !reader.claims.isEmpty else { throw BadInput("\(name): the file has no claims; accepted: at least one") }
    claims = reader.claims
  }

  /// The root of a YAML text without anchors; nil when it is empty.
  static func compose(_ text: String, _ name: String) throws(BadInput) -> Node? {
    try refuseAnchors(text, name)
    do {
      return try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw BadInput("\(name) \(place(of: error))")
    } catch {
      throw BadInput("\(name): not readable as YAML")
    }
  }

  private static func remarks(_ file: inout YAMLMapping, _ name: String) throws(BadInput) -> [Remark] {
    guard let node = file.node("remarks") else { return [] }
    guard case .sequence(let items) = node else { throw file.fault("remarks", "must be a list of remarks") }
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
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let size = attributes?[.size] as? Int else {
      throw BadInput("\(path): the claim file cannot be read; accepted: a YAML file")
    }
    guard attributes?[.type] as? FileAttributeType != .typeDirectory else {
      throw BadInput("\(path): is a folder; accepted: a YAML file")
    }
    guard size <= ClaimFile.greatestSize else {
      throw BadInput("\(path): the claim file has \(size) bytes; accepted: at most \(ClaimFile.greatestSize)")
    }
    // Devices and pipes have no size beforehand: one byte more than is accepted tells.
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw BadInput("\(path): the claim file cannot be opened; accepted: a readable YAML file")
    }
    guard let data = try? handle.read(upToCount: ClaimFile.greatestSize + 1) ?? Data() else {
      throw BadInput("\(path): the claim file cannot be read; accepted: a YAML file")
    }
    guard data.count <= ClaimFile.greatestSize else {
      throw BadInput("\(path): the claim file has more than \(ClaimFile.greatestSize) bytes; accepted: at most these")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw BadInput("\(path): the claim file cannot be read as UTF-8 text")
    }
    try self.init(parsing: text, name: path, catalogue: catalogue, kinds: kinds)
  }

  /// Refuses anchors, by which a short file can name an exponentially large one.
  ///
  /// An anchor is `&` before a name, at the start or after white space or a flow indicator; in running text `&` stands
  /// alone or inside a word.
  private static func refuseAnchors(_ text: String, _ name: String) throws(BadInput) {
    var line = 1
    var previous: UInt8 = 0x0a
    var isAnchor = false
    for byte in text.utf8 {
      if isAnchor, !" \t\n\r".utf8.contains(byte) {
        throw BadInput("\(name) line \(line): anchors are not supported; accepted: '&' followed by a space")
      }
      isAnchor = byte == UInt8(ascii: "&") && " \t\n\r[{,:-?".utf8.contains(previous)
      if byte == 0x0a { line += 1 }
      previous = byte
    }
  }

  /// Place and problem of a YAML fault in one line.
  private static func place(of error: YamlError) -> String {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let text = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      let hint = "a text that begins with [ { or ' or holds ': ' stands in double quotes"
      return "line \(mark.line): \(text); accepted: YAML, where \(hint)"
    case .composer(let context, let problem, let mark, _):
      return "line \(mark.line): \([context?.text, problem].compactMap(\.self).joined(separator: ", "))"
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      return "line \(context.mark.line): given twice: \(keys); accepted: each key once"
    default:
      return "is not readable as YAML"
    }
  }
}
