import Catalogue
import JSON

/// Who answers: what a harness says of itself.
package struct HarnessIdentity: Sendable {
  package let name: String
  package let version: String
  package let language: String

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
      name: name.printable(atMost: 60), version: json["version"]?.text?.printable(atMost: 60) ?? "",
      language: json["language"]?.text?.printable(atMost: 60) ?? "")
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
  /// - Throws: ``HarnessFailure``, ``OtherDialect``.
  init(_ command: String, _ containment: Containment) throws {
    self.containment = containment
    let process = try HarnessProcess(command, containment)
    self.process = process
    let seconds = containment.caseSeconds + containment.startSeconds
    identity = try process.failing { () throws(HarnessFault) in
      process.send(#"{"command": "start", "protocol": \#(HarnessSession.version)}"#)
      let hello = try HarnessSession.parsed(try process.receive(within: seconds))
      guard let identity = HarnessIdentity(hello) else {
        throw .malformed(
          "the answer to start is \("\(hello)".abridged); accepted: 'protocol' \(HarnessSession.version), and 'name'")
      }
      return identity
    }
    let reason: String? = try process.failing { () throws(HarnessFault) in
      process.send(#"{"command": "dialect", "dialect": "\#(HarnessSession.dialect)"}"#)
      let answer = try HarnessSession.parsed(try process.receive(within: seconds))
      guard case .bool(let isKnown) = answer["dialect"] else {
        throw .malformed("the answer to dialect is \("\(answer)".abridged); accepted: 'dialect' true or false")
      }
      return isKnown ? nil : answer["reason"]?.text?.printable(atMost: 60) ?? "no reason is given"
    }
    if let reason { throw OtherDialect(name: identity.name, reason: reason) }
  }

  /// The answer to a question.
  ///
  /// - Throws: ``HarnessFailure``, after which the session is of no use.
  func ask(_ question: VectorStore.Question) throws(HarnessFailure) -> Answer {
    sequence += 1
    return try process.failing { () throws(HarnessFault) in
      process.send("\(question.request(sequence))")
      let json = try HarnessSession.parsed(try process.receive(within: containment.caseSeconds))
      guard let number = json["seq"] else { throw .malformed("the key 'seq' is missing in \("\(json)".abridged)") }
      guard number == .integer(sequence) else {
        throw .outOfOrder("seq is \("\(number)".abridged), asked was \(sequence)")
      }
      do throws(BadInput) {
        return try Answer(json)
      } catch {
        throw .malformed(error.message)
      }
    }
  }

  /// The failure of a harness that has written more than it was asked for, which is that of the last question.
  var surplus: HarnessFailure? {
    process.hasMore ? HarnessFailure(fault: .surplus, standardError: process.lastErrors) : nil
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

extension HarnessProcess {
  /// What a body gives, its fault with the end of standard error.
  fileprivate func failing<Result>(
    _ body: () throws(HarnessFault) -> Result
  ) throws(HarnessFailure) -> Result {
    do { return try body() } catch { throw HarnessFailure(fault: error, standardError: lastErrors) }
  }
}
