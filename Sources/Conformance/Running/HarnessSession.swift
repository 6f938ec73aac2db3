import BatteryModels
import JSON

/// Who answers: what a harness says of itself.
struct HarnessIdentity: Sendable {
  let name: String
  let version: String
  let language: String

  /// What a file of answers is called that does not say whose they are.
  static let file = HarnessIdentity(name: "answers", version: "", language: "")

  /// The line that a harness answers to `start`, and that a file of answers may begin with.
  var json: JSONValue {
    .members([
      "protocol": .integer(HarnessSession.version), "name": .string(name), "version": .string(version),
      "language": .string(language),
    ])
  }
}

extension HarnessIdentity {
  /// Reads ``json``; nil for another protocol, or without a name.
  init?(_ json: JSONValue) {
    guard json["protocol"] == .integer(HarnessSession.version), let name = json["name"]?.text else { return nil }
    self.init(
      name: name.abridged, version: json["version"]?.text?.abridged ?? "",
      language: json["language"]?.text?.abridged ?? "")
  }
}

/// A started harness that speaks the protocol and knows the dialect.
final class HarnessSession {
  /// The version of the protocol.
  static let version = 1
  /// Units, signs and orders of bases, as `docs/protocol.md` states them.
  static let dialect = "qbo-1"

  /// The harness knows other conventions.
  struct OtherDialect: Error {
    let name: String
    let reason: String
  }

  let identity: HarnessIdentity
  private let process: HarnessProcess
  private let containment: Containment
  private var sequence = 0

  /// Starts a harness.
  ///
  /// - Throws: ``HarnessFault``, ``OtherDialect``.
  init(_ command: String, _ containment: Containment) throws {
    self.containment = containment
    process = try HarnessProcess(command, containment)
    let seconds = containment.caseSeconds + containment.startSeconds
    process.send(#"{"command": "start", "protocol": \#(HarnessSession.version)}"#)
    let hello = try HarnessSession.parsed(try process.receive(within: seconds))
    guard let identity = HarnessIdentity(hello) else {
      throw HarnessFault.malformed(
        "the answer to start is \("\(hello)".abridged); accepted: 'protocol' \(HarnessSession.version), and 'name'")
    }
    self.identity = identity
    process.send(#"{"command": "dialect", "dialect": "\#(HarnessSession.dialect)"}"#)
    let answer = try HarnessSession.parsed(try process.receive(within: seconds))
    guard case .bool(let isKnown) = answer["dialect"] else {
      throw HarnessFault.malformed(
        "the answer to dialect is \("\(answer)".abridged); accepted: 'dialect' true or false")
    }
    if !isKnown {
      throw OtherDialect(name: identity.name, reason: answer["reason"]?.text?.abridged ?? "no reason is given")
    }
  }

  /// The answer to a question.
  ///
  /// - Throws: ``HarnessFault``, after which the session is of no use.
  func ask(_ question: VectorStore.Question) throws(HarnessFault) -> Answer {
    sequence += 1
    process.send("\(question.request(sequence))")
    let json = try HarnessSession.parsed(try process.receive(within: containment.caseSeconds))
    guard let number = json["seq"] else { throw .malformed("the key 'seq' is missing in \("\(json)".abridged)") }
    guard number == .integer(sequence) else {
      throw .outOfOrder("seq is \("\(number)".abridged), asked was \(sequence)")
    }
    do {
      return try Answer(json)
    } catch {
      throw .malformed(error.message)
    }
  }

  /// Ends the harness; what went wrong, nil for nothing.
  func stop() -> String? { process.stop() }

  private static func parsed(_ line: String) throws(HarnessFault) -> JSONValue {
    do {
      return try JSONValue(parsing: line)
    } catch {
      throw .malformed("not JSON: \(error), in '\(line.printable(atMost: 60))'")
    }
  }
}
