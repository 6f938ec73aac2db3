import Catalogue
import Foundation
import JSON

/// Vectors read from a folder, their hashes checked: what a run asks, and what it expects.
package struct VectorStore: Sendable {
  /// A question: the case with its answer, or an input that must be refused.
  package enum Question: Sendable {
    case valid(VectorCase)
    case invalid(InvalidCase)

    package var id: String {
      switch self {
      case .valid(let valid): valid.id
      case .invalid(let invalid): invalid.id
      }
    }

    package var subject: String {
      switch self {
      case .valid(let valid): valid.subject
      case .invalid(let invalid): invalid.subject
      }
    }

    package var parameters: Subject.Given {
      switch self {
      case .valid(let valid): valid.parameters
      case .invalid(let invalid): invalid.parameters
      }
    }

    /// The request, which holds nothing of the answer.
    func request(_ sequence: Int) -> JSONValue {
      .members([
        "command": .string("run"), "seq": .integer(sequence), "id": .string(id), "quantity": .string(subject),
        "parameters": VectorCase.json(parameters),
      ])
    }
  }

  /// All questions in the order of the list of files: of each subject the valid ones, then those to refuse.
  let questions: [Question]

  /// Reads the files of a folder.
  ///
  /// - Throws: `BadInput` for a file that is missing, not the one of the list, or malformed.
  init(folder: String) throws(BadInput) {
    let manifest = try Manifest(folder: folder)
    var subjects: [String] = []
    var bySubject: [String: [Question]] = [:]
    var ids: Set<String> = []
    for entry in manifest.files where !entry.path.hasPrefix("schema/") {
      let name = "\(folder)/\(entry.path)"
      let bytes = try VectorStore.bytes(name)
      guard SHA256.hexadecimal(bytes) == entry.sha256 else {
        throw BadInput(
          """
          \(name): the file is not the one of \(Fixtures.manifest); accepted: files that 'qbo fixtures generate' \
          writes
          """
        )
      }
      let json = try VectorStore.json(name, bytes)
      guard json["format"] == .integer(1), let subject = json["quantity"]?.text, let cases = json["cases"]?.elements
      else {
        throw BadInput("\(name): no file of vectors; accepted: format 1, with 'quantity' and 'cases'")
      }
      if bySubject[subject] == nil { subjects.append(subject) }
      for item in cases {
        let question: Question
        do throws(BadInput) {
          question = try VectorStore.question(item, subject, isValid: entry.path.hasPrefix("vectors/"))
        } catch {
          throw BadInput("\(name): \(error.message)")
        }
        guard ids.insert(question.id).inserted else {
          throw BadInput("\(name): the id \(question.id.abridged) is given twice; accepted: each id once")
        }
        bySubject[subject, default: []].append(question)
      }
    }
    questions = subjects.flatMap { bySubject[$0] ?? [] }
  }

  private static func question(_ json: JSONValue, _ subject: String, isValid: Bool) throws(BadInput) -> Question {
    if isValid { return .valid(try VectorCase(json, of: subject)) }
    guard let id = json["id"]?.text, let fault = json["fault"]?.text else {
      throw BadInput("a case has no 'id' or no 'fault'; accepted: strings")
    }
    return .invalid(
      InvalidCase(id: id, subject: subject, parameters: try VectorCase.parameters(json, id), fault: fault))
  }

  /// The questions of subjects whose names start with one of some prefixes; all without one.
  ///
  /// - Throws: `BadInput` for a prefix that matches nothing.
  func selected(_ prefixes: [String]) throws(BadInput) -> [Question] {
    for prefix in prefixes where !questions.contains(where: { $0.subject.hasPrefix(prefix) }) {
      throw BadInput(
        """
        --quantity: no vectors of '\(prefix.abridged)'; accepted: beginnings of names that 'qbo quantities' lists, \
        fermions and state
        """
      )
    }
    return prefixes.isEmpty ? questions : questions.filter { q in prefixes.contains { q.subject.hasPrefix($0) } }
  }

  // MARK: - Reading

  static func bytes(_ name: String) throws(BadInput) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: name) else {
      throw BadInput(
        "cannot read '\(name.abridged)'; accepted: a folder of vectors, by --vectors, or fixtures in the current one")
    }
    return Array(data)
  }

  static func json(_ name: String, _ bytes: [UInt8]? = nil) throws(BadInput) -> JSONValue {
    let content = if let bytes { bytes } else { try VectorStore.bytes(name) }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw BadInput("\(name): not UTF-8; accepted: JSON in UTF-8")
    }
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw BadInput("\(name): not JSON: \(error); accepted: a file that 'qbo fixtures generate' wrote")
    }
  }
}

extension VectorStore {
  /// Reads a file that a user names.
  static func read(_ file: String, option: String, accepted: String) throws(BadInput) -> JSONValue {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw BadInput("\(option): cannot read '\(file.abridged)'; accepted: \(accepted)")
    }
    guard let text = String(validating: Array(data), as: UTF8.self) else {
      throw BadInput("\(option): '\(file.abridged)' is not UTF-8; accepted: \(accepted)")
    }
    do {
      return try JSONValue(parsing: text)
    } catch {
      throw BadInput("\(option): '\(file.abridged)' is not JSON: \(error); accepted: \(accepted)")
    }
  }
}
