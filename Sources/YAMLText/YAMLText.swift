import Catalogue
import Foundation
import Yams

/// Texts in YAML: read whole from a file of limited size, and parsed without anchors.
public enum YAMLText {
  /// The text of a file.
  ///
  /// - Parameters:
  ///   - kind: what it is, for messages.
  ///   - greatestSize: the most bytes.
  public static func text(ofFile path: String, kind: String, greatestSize: Int) throws(BadInput) -> String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let size = attributes?[.size] as? Int else {
      throw BadInput("\(path): the \(kind) cannot be read; accepted: a YAML file")
    }
    guard attributes?[.type] as? FileAttributeType != .typeDirectory else {
      throw BadInput("\(path): is a folder; accepted: a YAML file")
    }
    guard size <= greatestSize else {
      throw BadInput("\(path): the \(kind) has \(size) bytes; accepted: at most \(greatestSize)")
    }
    // Devices and pipes have no size beforehand: one byte more than is accepted tells.
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw BadInput("\(path): the \(kind) cannot be opened; accepted: a readable YAML file")
    }
    guard let data = try? handle.read(upToCount: greatestSize + 1) ?? Data() else {
      throw BadInput("\(path): the \(kind) cannot be read; accepted: a YAML file")
    }
    guard data.count <= greatestSize else {
      throw BadInput("\(path): the \(kind) has more than \(greatestSize) bytes; accepted: at most these")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw BadInput("\(path): the \(kind) cannot be read as UTF-8 text")
    }
    return text
  }

  /// The root of a YAML text without anchors; nil when it is empty.
  ///
  /// - Parameter name: the name of the file, for messages.
  static func root(of text: String, file name: String) throws(BadInput) -> Node? {
    try refuseAnchors(text, name)
    do {
      // All scalars are texts.
      return try Yams.compose(yaml: text, .basic)
    } catch let error as YamlError {
      throw BadInput("\(name) \(place(of: error, in: text))")
    } catch {
      throw BadInput("\(name): not readable as YAML")
    }
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

  /// What to do about a text with brackets that do not match, or a key that is the end of a text.
  public static let bracketAdvice =
    "inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"

  /// Whether the brackets of a text match.
  public static func bracketsMatch(_ text: String) -> Bool {
    var open: [Character] = []
    for character in text {
      switch character {
      case "(", "[", "{": open.append(character)
      case ")": if open.popLast() != "(" { return false }
      case "]": if open.popLast() != "[" { return false }
      case "}": if open.popLast() != "{" { return false }
      default: break
      }
    }
    return open.isEmpty
  }

  /// Place and problem of a YAML fault in one line.
  private static func place(of error: YamlError, in text: String) -> String {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      let said = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
      if let quote = QuotedText.all(in: text).first(where: { $0.reaches(mark.line) }) {
        let end = quote.last.map { "closes on line \($0)" } ?? "closes nowhere"
        return
          "line \(quote.first): the quote \(quote.mark) that opens here \(end); accepted: quotes that close (\(said))"
      }
      let hint =
        if line.prefix(while: { $0.isWhitespace }).contains("\t") {
          "blanks indent, and tabs do not"
        } else if context?.text.contains("flow") ?? false {
          bracketAdvice
        } else {
          "a text that begins with [ { ' @ or % or holds ': ' stands in double quotes"
        }
      return "line \(mark.line): \(said); accepted: YAML, where \(hint)"
    case .composer(let context, let problem, let mark, _):
      return "line \(mark.line): \([context?.text, problem].compactMap(\.self).joined(separator: ", "))"
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "'\($0)'" }.joined(separator: ", ")
      let advice = duplicates.contains { !bracketsMatch("\($0)") } ? "; \(bracketAdvice)" : ""
      return "line \(context.mark.line): given twice: \(keys); accepted: each key once\(advice)"
    default:
      return "is not readable as YAML"
    }
  }
}
