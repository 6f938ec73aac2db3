import ArgumentParser
import Catalogue
import Foundation
import JSON
import Reporting
import RigorousNumerics
import Synchronization

/// Requests as JSON lines, answered in order; a bad line is answered by its error and the next one goes on.
struct Batch {
  let evaluator: Evaluator

  /// Answers each line as soon as it is known and all before it are answered.
  func run(file: String?, jobs: Int) throws {
    let handle = file.map { FileHandle(forReadingAtPath: $0) } ?? .standardInput
    guard let handle else {
      throw BadInput("--batch: cannot read '\(file ?? "")'; accepted: a file of JSON lines, or none for standard input")
    }
    var lines = LineReader(handle.fileDescriptor, name: file.map { "'\($0)'" } ?? "standard input")
    // Answers are written line by line: nothing is left to show.
    Interruption.watch { "" }
    var number = 0
    let worst = Worst()
    try Jobs.run(
      jobs: jobs,
      next: { () throws -> (Result<String, BadInput>, Int)? in
        while let line = try lines.next() {
          number += 1
          if let text = try? line.get(), text.allSatisfy(\.isWhitespace) { continue }
          return (line, number)
        }
        return nil
      }, { answer($0.0, $0.1) },
      each: { text, status in
        Output.write(text + "\n")
        worst.add(status)
      })
    try worst.status.exit()
  }

  /// The worst status of the answers so far.
  private final class Worst: Sendable {
    private let code = Mutex(ExitCode.success.rawValue)
    var status: ExitCode { ExitCode(code.withLock { $0 }) }
    func add(_ status: ExitCode) { code.withLock { $0 = Batch.worse(ExitCode($0), status).rawValue } }
  }

  /// 2 over 3 over 0.
  static func worse(_ a: ExitCode, _ b: ExitCode) -> ExitCode {
    [Status.badInput, Status.undecided].first { a == $0 || b == $0 } ?? .success
  }

  private func answer(_ line: Result<String, BadInput>, _ number: Int) -> (text: String, status: ExitCode) {
    var id = JSONValue.null
    do {
      let text = try line.get()
      let request: JSONValue
      do { request = try JSONValue(parsing: text) } catch { throw BadInput("not JSON: \(error)") }
      id = request["id"] ?? .null
      let (quantity, given, question) = try parsed(request)
      var evaluator = evaluator
      evaluator.question = question
      let evaluation = try evaluator.evaluation(of: quantity, at: given)
      let answer = [.init("id", id)] + EvaluationReport(evaluation).members
      return ("\(JSONValue.object(answer))", evaluation.outcome.status)
    } catch {
      let answer = JSONValue.members(["id": id, "line": .integer(number), "error": .string("\(error)")])
      return (answer.description, Status.badInput)
    }
  }

  private func parsed(
    _ request: JSONValue
  ) throws -> (quantity: Quantity, given: [(name: String, text: String)], question: Evaluation.Question) {
    let accepted = ["id", "quantity", "parameters", "digits", "absolute"]
    guard case .object(let members) = request else {
      throw BadInput("a request must be a JSON object; accepted keys: \(accepted.joined(separator: ", "))")
    }
    if let unknown = members.first(where: { !accepted.contains($0.key) }) {
      throw BadInput("unknown key '\(unknown.key)'; accepted: \(accepted.joined(separator: ", "))")
    }
    guard case .string(let name) = request["quantity"] else {
      throw BadInput("the key 'quantity' is missing or not a string; accepted: a name that 'qbo quantities' lists")
    }
    let quantity = try evaluator.catalogue.quantity(named: name)
    var given: [(name: String, text: String)] = []
    if let parameters = request["parameters"] {
      guard case .object(let members) = parameters else {
        throw BadInput("'parameters' is not an object; accepted: names with strings, or with integers as numbers")
      }
      given = try members.map { ($0.key, try text(of: $0)) }
    }
    if evaluator.question == .kernel, let goal = ["digits", "absolute"].first(where: { request[$0] != nil }) {
      throw BadInput("'\(goal)' is of certified values; accepted with --double: neither digits nor absolute")
    }
    let digits = try request["digits"].map { try integer($0, "digits") }
    let absolute = try request["absolute"].map { try integer($0, "absolute") }
    if digits == nil, absolute == nil { return (quantity, given, evaluator.question) }
    return (quantity, given, .certified(try Evaluator.goal(digits: digits, absolute: absolute, prefix: "")))
  }

  /// Strings are taken as written; a JSON number only when it is written as an integer, since JSON readers turn other
  /// numbers into doubles.
  private func text(of member: JSONValue.Member) throws -> String {
    switch member.value {
    case .string(let text): return text
    case .number(let text) where !text.contains(where: { ".eE".contains($0) }): return text
    case .number(let text):
      throw BadInput(
        "parameter \(member.key): the JSON number \(text) is not exact; accepted: strings, or integers as numbers")
    default:
      throw BadInput("parameter \(member.key): \(member.value) is no text; accepted: strings, or integers as numbers")
    }
  }

  private func integer(_ value: JSONValue, _ name: String) throws -> String {
    switch value {
    case .number(let text), .string(let text): return text
    default: throw BadInput("\(name): \(value) is no number; accepted: integers from 1 to 10000")
    }
  }
}
