import ArgumentParser
import BatteryModels
import Foundation
import Reporting
import RigorousNumerics

/// Requests as JSON lines, answered in order; a bad line is answered by its error and the next one goes on.
struct Batch {
  let evaluator: Evaluator

  func run(file: String?) throws {
    let handle: FileHandle
    if let file {
      guard let opened = FileHandle(forReadingAtPath: file) else { throw BadInput("--batch: cannot read '\(file)'") }
      handle = opened
    } else {
      handle = .standardInput
    }
    var lines = LineReader(handle)
    var number = 0
    var worst = ExitCode.success
    while let line = try lines.next() {
      number += 1
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      let (text, status) = answer(line, number)
      Output.write(text + "\n")
      worst = Batch.worse(worst, status)
    }
    if worst != .success { throw worst }
  }

  /// 2 over 3 over 0.
  static func worse(_ a: ExitCode, _ b: ExitCode) -> ExitCode {
    [Status.badInput, Status.undecided].first { a == $0 || b == $0 } ?? .success
  }

  private func answer(_ line: String, _ number: Int) -> (text: String, status: ExitCode) {
    var id = JSONValue.null
    do {
      let request: JSONValue
      do { request = try JSONValue(parsing: line) } catch { throw BadInput("no JSON: \(error)") }
      id = request["id"] ?? .null
      let (quantity, given, goal) = try parsed(request)
      var evaluator = evaluator
      evaluator.goal = goal
      let answer = try evaluator.answer(quantity, given)
      return (JSONValue.object([.init("id", id)] + answer.members).description, answer.status)
    } catch {
      let answer = JSONValue.members(["id": id, "line": .integer(number), "error": .string("\(error)")])
      return (answer.description, Status.badInput)
    }
  }

  private func parsed(
    _ request: JSONValue
  ) throws -> (quantity: Quantity, given: [(name: String, text: String)], goal: Goal) {
    let accepted = ["id", "quantity", "parameters", "digits", "absolute"]
    guard case .object(let members) = request else {
      throw BadInput("a request must be a JSON object; accepted keys: \(accepted.joined(separator: ", "))")
    }
    if let unknown = members.first(where: { !accepted.contains($0.key) }) {
      throw BadInput("unknown key '\(unknown.key)'; accepted: \(accepted.joined(separator: ", "))")
    }
    guard case .string(let name) = request["quantity"] else {
      throw BadInput("the key 'quantity' is missing or not a string")
    }
    let quantity = try Catalogue.quantity(named: name)
    var given: [(name: String, text: String)] = []
    if let parameters = request["parameters"] {
      guard case .object(let members) = parameters else {
        throw BadInput("'parameters' must be an object of names and strings")
      }
      given = try members.map { ($0.key, try text(of: $0)) }
    }
    let digits = try request["digits"].map { try integer($0, "digits") }
    let absolute = try request["absolute"].map { try integer($0, "absolute") }
    if digits == nil, absolute == nil { return (quantity, given, evaluator.goal) }
    return (quantity, given, try Evaluator.goal(digits: digits, absolute: absolute))
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
    default: throw BadInput("parameter \(member.key): accepted: strings, or integers as numbers")
    }
  }

  private func integer(_ value: JSONValue, _ name: String) throws -> String {
    switch value {
    case .number(let text), .string(let text): return text
    default: throw BadInput("\(name): accepted: integers from 1 to 10000")
    }
  }
}

/// Lines of a file or a pipe, as soon as they are complete.
struct LineReader {
  /// The most bytes of a line.
  static let greatestLength = 1 << 20

  private let handle: FileHandle
  private var buffer = Data()
  private var isAtEnd = false

  init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next line without its end; nil after the last. Bytes that are no UTF-8 become replacement characters, which no
  /// request accepts.
  mutating func next() throws -> String? {
    var searched = buffer.startIndex
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0a) {
        let line = String(decoding: buffer[buffer.startIndex..<end], as: UTF8.self)
        buffer = Data(buffer[buffer.index(after: end)...])
        return line
      }
      if isAtEnd {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = Data() }
        return String(decoding: buffer, as: UTF8.self)
      }
      guard buffer.count <= LineReader.greatestLength else {
        throw BadInput("--batch: a line is longer than \(LineReader.greatestLength) bytes")
      }
      searched = buffer.endIndex
      let chunk = handle.availableData
      if chunk.isEmpty { isAtEnd = true }
      buffer.append(chunk)
    }
  }
}
