import Catalogue
import Foundation
import JSON

/// Answers from a file, each with the id of its question.
struct AnswerFile {
  /// Whose answers these are.
  let identity: HarnessIdentity
  let answers: [String: Answer]

  /// Reads JSON lines `{"id": "...", "value": "...", "tolerance": "..."}`, or with `refused`, `skipped` or `errored`;
  /// the first one may be an answer to `start`.
  ///
  /// - Parameter known: the ids that there are.
  /// - Throws: `BadInput` that names the line.
  init(_ file: String, known: Set<String>) throws(BadInput) {
    // By a handle, since what a shell gives as a file may be a pipe.
    guard let data = try? FileHandle(forReadingFrom: URL(filePath: file)).readToEnd() ?? Data() else {
      throw BadInput("cannot read '\(file.abridged)'; accepted: a file of JSON lines with answers")
    }
    var (identity, answers): (HarnessIdentity?, [String: Answer]) = (nil, [:])
    for (index, bytes) in data.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
      let place = "'\(file.abridged)', line \(index + 1)"
      guard let line = String(validating: Array(bytes), as: UTF8.self) else {
        throw BadInput("\(place): not UTF-8; accepted: JSON in UTF-8")
      }
      if line.allSatisfy(\.isWhitespace) { continue }
      let json: JSONValue
      do { json = try JSONValue(parsing: line) } catch {
        throw BadInput("\(place): not JSON: \(error); accepted: an answer")
      }
      if answers.isEmpty, identity == nil, json["protocol"] != nil, json["id"] == nil {
        identity = HarnessIdentity(json)
        guard identity != nil else {
          throw BadInput(
            "\(place): no 'name', or another protocol; accepted: 'protocol' \(HarnessSession.version) and 'name'")
        }
        continue
      }
      guard let id = json["id"]?.text else { throw BadInput("\(place): no 'id'; accepted: the id of a question") }
      guard known.contains(id) else {
        throw BadInput("\(place): there is no case \(id.abridged); accepted: ids that 'qbo fixtures questions' lists")
      }
      guard answers[id] == nil else {
        throw BadInput("\(place): \(id.abridged) is answered twice; accepted: each id once")
      }
      do throws(BadInput) { answers[id] = try Answer(json) } catch { throw BadInput("\(place): \(error.message)") }
    }
    guard !answers.isEmpty else {
      throw BadInput("'\(file.abridged)' has no answers; accepted: a file of JSON lines with answers")
    }
    (self.identity, self.answers) = (identity ?? .file, answers)
  }
}
