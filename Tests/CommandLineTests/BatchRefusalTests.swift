import Foundation
import JSON
import TestSupport
import Testing

@Suite struct BatchRefusalTests {
  private static let quantity = #""quantity": "harmonic.stored-energy""#
  private static let keys = "id, quantity, parameters, digits, absolute"

  private static let unread = [
    ("this is no JSON", "not JSON: column 1: a JSON value is expected here"),
    (#"{"id": 1, "id": 2, \#(quantity)}"#, #"not JSON: column 11: the key "id" is given twice"#),
    (
      #"{"id": 1, \#(quantity), "parameters": {"N": 1, "N": 2}}"#,
      #"not JSON: column 72: the key "N" is given twice"#
    ),
    (#"{"id": 1, \#(quantity)"#, "not JSON: column 47: ',' or '}' is expected"),
    ("[1]", "a request must be a JSON object; accepted keys: \(keys)"),
    ("17", "a request must be a JSON object; accepted keys: \(keys)"),
    (String(repeating: "[", count: 100), "not JSON: column 65: nested too deeply; accepted: 64 levels"),
  ]

  @Test(arguments: unread)
  func `a line that cannot be read has no id`(_ line: String, _ error: String) throws {
    let run = try Program.run(["evaluate", "--batch"], input: line)
    #expect(run.status == 2)
    #expect(run.error == "")
    #expect(try run.json() == .members(["id": .null, "line": .integer(1), "error": .string(error)]))
  }

  private static let refused = [
    (#"\#(quantity), "extra": 1"#, "unknown key 'extra'; accepted: \(keys)"),
    (#""quantity": 3"#, "the key 'quantity' is missing or not a string; accepted: a name that 'qbo quantities' lists"),
    (#""digits": 3"#, "the key 'quantity' is missing or not a string; accepted: a name that 'qbo quantities' lists"),
    (
      #"\#(quantity), "parameters": []"#,
      "'parameters' is not an object; accepted: names with strings, or with integers as numbers"
    ),
    (
      #"\#(quantity), "parameters": {"N": 1, "tau": 0.1}"#,
      "parameter tau: the JSON number 0.1 is not exact; accepted: strings, or integers as numbers"
    ),
    (
      #"\#(quantity), "parameters": {"N": 1.0, "tau": 1}"#,
      "parameter N: the JSON number 1.0 is not exact; accepted: strings, or integers as numbers"
    ),
    (
      #"\#(quantity), "parameters": {"N": 1e2, "tau": 1}"#,
      "parameter N: the JSON number 1e2 is not exact; accepted: strings, or integers as numbers"
    ),
    (
      #"\#(quantity), "parameters": {"N": 1}"#,
      "parameter tau of harmonic.stored-energy is missing; accepted: real numbers, tau >= 0"
    ),
    (
      #"\#(quantity), "parameters": {"N": "0", "tau": 1}"#,
      "parameter N: 0 is outside the domain; accepted: integers N >= 1"
    ),
    (#"\#(quantity), "digits": 5, "absolute": 5"#, "digits and absolute are both given; accepted: one of them"),
    (#"\#(quantity), "digits": 20000"#, "digits: '20000' is refused; accepted: integers from 1 to 10000"),
    (#"\#(quantity), "digits": 1.5"#, "digits: '1.5' is refused; accepted: integers from 1 to 10000"),
    (#"\#(quantity), "absolute": 0"#, "absolute: '0' is refused; accepted: integers from 1 to 10000"),
  ]

  @Test(arguments: refused)
  func `a bad request keeps its id`(_ members: String, _ error: String) throws {
    let run = try Program.run(["evaluate", "--batch"], input: "\n{\"id\": 1.50, \(members)}\n")
    #expect(run.status == 2)
    #expect(run.error == "")
    #expect(try run.json() == .members(["id": .number("1.50"), "line": .integer(2), "error": .string(error)]))
  }

  @Test(arguments: ["true", "null", "[]"])
  func `a parameter that is no text names what it is not`(_ value: String) throws {
    let line = #"{"id": 1, \#(Self.quantity), "parameters": {"N": \#(value), "tau": 1}}"#
    let run = try Program.run(["evaluate", "--batch"], input: line)
    #expect(run.status == 2)
    let error = try #require(try run.json()["error"]?.text)
    #expect(error.hasPrefix("parameter N: "))
    #expect(error.hasSuffix("; accepted: strings, or integers as numbers"))
  }

  private static let next = #"{"id": 2, "quantity": "harmonic.power-constant", "digits": 2}"#
  private static let tooLong = "the line is too long; accepted: at most 1048576 bytes"

  @Test func `an overlong line is refused and the next one goes on`() throws {
    let long = #"{"id": 1, "quantity": "\#(String(repeating: "a", count: 2 << 20))"}"#
    let run = try Program.run(["evaluate", "--batch"], input: long + "\n" + Self.next)
    #expect(run.status == 2)
    #expect(run.output.utf8.count < 10_000)
    #expect(try run.jsonLines().map { $0["id"] } == [.null, .integer(2)])
  }

  @Test func `an overlong line in the middle of a batch is answered in its place`() throws {
    let long = #"{"id": 1, "quantity": "\#(String(repeating: "a", count: 3 << 20))"}"#
    let run = try Program.run(
      ["evaluate", "--batch"], input: [Self.next, long, "", Self.next].joined(separator: "\n"))
    #expect(run.status == 2)
    #expect(run.error == "")
    let answers = try run.jsonLines()
    try #require(answers.count == 3)
    #expect(answers[1] == .members(["id": .null, "line": .integer(2), "error": .string(Self.tooLong)]))
    for answer in [answers[0], answers[2]] {
      #expect(answer["id"] == .integer(2))
      #expect(answer["upper"] != nil)
    }
  }

  @Test(arguments: [0, 1], ["", "\n", "\n\n"])
  func `a line may have as many bytes as the refusal says`(_ excess: Int, _ end: String) throws {
    let line = Self.next + String(repeating: " ", count: (1 << 20) + excess - Self.next.utf8.count)
    let run = try Program.run(["evaluate", "--batch"], input: line + end)
    #expect(run.error == "")
    if excess == 0 {
      #expect(run.status == 0)
      #expect(try run.json()["id"] == .integer(2))
    } else {
      #expect(run.status == 2)
      #expect(try run.json() == .members(["id": .null, "line": .integer(1), "error": .string(Self.tooLong)]))
    }
  }

  @Test func `files that cannot be read are refused`() throws {
    let missing = "no-such-folder/requests.jsonl"
    let run = try Program.run(["evaluate", "--batch", missing])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(
      run.error
        == "qbo: --batch: cannot read '\(missing)'; accepted: a file of JSON lines, or none for standard input\n")
  }

  @Test func `a folder is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.path
    try expectRefused(
      ["evaluate", "--batch", folder],
      "--batch: cannot read '\(folder)': Is a directory; accepted: a file of JSON lines")
  }

  @Test func `two files are refused`() throws {
    try expectRefused(
      ["evaluate", "--batch", "a.jsonl", "b.jsonl"], "--batch: 2 files are given; accepted: one, or none")
  }

  @Test func `a line that is not UTF-8 is refused and the next one goes on`() throws {
    let bytes = Data("\(Self.next)\n{\"id\": \"".utf8) + [0xff, 0xfe] + Data("\"}\n\(Self.next)\n".utf8)
    try withFile(named: "requests.jsonl", bytes) { path in
      let run = try Program.run(["evaluate", "--batch", path])
      #expect(run.status == 2)
      #expect(run.error == "")
      let answers = try run.jsonLines()
      try #require(answers.count == 3)
      let error = "the line is not UTF-8; accepted: JSON in UTF-8"
      #expect(answers[1] == .members(["id": .null, "line": .integer(2), "error": .string(error)]))
      #expect([answers[0]["id"], answers[2]["id"]] == [.integer(2), .integer(2)])
    }
  }
}
