import Catalogue
import Foundation
import JSON
import Systems
import TestSupport
import Testing

@testable import Conformance

/// `qbo validate` and `qbo fixtures` as a user calls them.
@Suite struct ValidateCommandTests {
  private static let vectors = ["--vectors", Places.fixtures]

  private static func expectRefused(
    _ arguments: [String], _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 2, sourceLocation: sourceLocation)
    #expect(run.output == "", sourceLocation: sourceLocation)
    #expect(run.error == "qbo: \(message)\n", sourceLocation: sourceLocation)
  }

  // MARK: - The suite's own kernels

  @Test func `the suite's kernels pass`() throws {
    let program = Program.products.appending(path: "qbo").path
    let run = try Program.run(
      ["validate", "--harness", "'\(program)' harness", "--format", "json", "--quantity", "harmonic", "capacity"]
        + Self.vectors)
    #expect(run.status == 0)
    #expect(run.error == "")
    let json = try JSONValue(parsing: run.output)
    #expect(json["harness"]?["name"] == .string("qbo kernels"))
    #expect(json["summary"]?["passed"] == .bool(true))
    let rows = try #require(json["quantities"]?.elements)
    #expect(rows.count == 22)
    #expect(rows.first?["agreed"] == .integer(15))
    #expect(rows.first?["refused"] == .integer(13))
  }

  @Test func `text has a row for each quantity and ends with the counts`() throws {
    let program = Program.products.appending(path: "qbo").path
    let run = try Program.run(
      ["validate", "--harness", "'\(program)' harness", "--quantity", "capacity.b"] + Self.vectors)
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 4)
    #expect(lines[0].hasPrefix("quantity "))
    #expect(lines[1].hasPrefix("capacity.battery "))
    #expect(lines[2].hasPrefix("capacity.bell "))
    #expect(lines[3].hasPrefix("qbo kernels 0.1.0 swift: 49 cases: "))
    #expect(lines[3].hasSuffix("; all as expected"))
  }

  @Test func `the kernels speak the protocol and nothing else`() throws {
    let run = try Program.run(
      ["harness"], input: #"{"command": "start", "protocol": 1}"# + "\n" + #"{"command": "stop"}"# + "\n")
    #expect(run.status == 0)
    #expect(run.output == #"{"protocol": 1, "name": "qbo kernels", "version": "0.1.0", "language": "swift"}"# + "\n")
    let bad = try Program.run(["harness"], input: "{}\n")
    #expect(bad.status == 2)
    #expect(bad.error == "qbo: unknown command in {}; accepted: start, dialect, run, stop\n")
    let garbage = try Program.run(["harness"], input: "garbage\n")
    #expect(
      garbage.error == "qbo: not JSON: column 1: a JSON value is expected here; accepted: lines of the protocol\n")
  }

  // MARK: - Files of answers

  private static func withAnswers(_ lines: [String], _ body: (String) throws -> Void) throws {
    try withFolder { folder in
      let file = folder.appending(path: "answers.jsonl")
      try Data(lines.joined(separator: "\n").utf8).write(to: file)
      try body(file.path)
    }
  }

  @Test func `a file of answers is judged, and what is missing is skipped`() throws {
    let answers = [
      #"{"id": "harmonic.power-constant.0001", "value": 0.7246113537767085}"#, "",
      #"{"id": "state.sector-ergotropy.0003", "value": "2"}"#,
    ]
    try Self.withAnswers(answers) { file in
      let run = try Program.run(["validate", file, "--format", "json"] + Self.vectors)
      #expect(run.status == 1)
      let json = try JSONValue(parsing: run.output)
      #expect(json["summary"]?["agrees"] == .integer(1))
      #expect(json["summary"]?["disagrees"] == .integer(1))
      // Of the quantity with one answer of eleven the others are missing; of the quantities without any nothing is said.
      #expect(
        json["summary"]?["surprises"]?.elements == [
          .string("state.sector-ergotropy.0003 disagrees"),
          .string(
            "no digit of 10 of 12 truths that are not small; accepted: one in ten, or those that --known-failures lists as skipped"
          ),
          .string(
            "no digit of 10 of 11 truths of state.sector-ergotropy that are not small; accepted: half of them, or those that --known-failures lists as skipped"
          ),
        ])
      let bad = json["cases"]?.elements?.first { $0["verdict"] == .string("disagrees") }
      #expect(bad?["flags"]?.elements == [.string("multiplicity")])
      #expect(bad?["error"] == .number("0.667"))
    }
  }

  @Test func `answers may come through a pipe`() throws {
    let run = try Program.run(
      ["validate", "/dev/stdin", "--quantity", "harmonic.power"] + Self.vectors,
      input: #"{"id": "harmonic.power-constant.0001", "value": 0.7246113537767085}"#)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.hasSuffix("answers: 1 cases: 1 agrees; all as expected\n"))
  }

  @Test func `a record takes the place of a file, a link stays one`() throws {
    try withFolder { folder in
      let (file, link) = (folder.appending(path: "old.jsonl"), folder.appending(path: "link.jsonl"))
      try Data("old".utf8).write(to: file)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      _ = try ShellHarness.run(ShellHarness.script(ShellHarness.skip), more: ["--record", link.path])
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
      #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix(#"{"protocol": 1, "name": "shell""#))
    }
  }

  private static let badAnswers: [(line: String, message: String)] = [
    ("garbage", "not JSON: column 1: a JSON value is expected here; accepted: an answer"),
    (#"{"value": 1}"#, "no 'id'; accepted: the id of a question"),
    (#"{"id": "none", "value": 1}"#, "there is no case none; accepted: ids that 'qbo fixtures questions' lists"),
    (
      #"{"id": "harmonic.power-constant.0001", "value": 1}"#,
      "harmonic.power-constant.0001 is answered twice; accepted: each id once"
    ),
    (#"{"id": "harmonic.ratio.0001", "value": "x"}"#, "'value' is 'x'; accepted: \(ClaimedNumber.accepted)"),
    (#"{"protocol": 1, "name": "late"}"#, "no 'id'; accepted: the id of a question"),
  ]

  @Test(arguments: [#"{"protocol": 2, "name": "x"}"#, #"{"protocol": 1}"#])
  func `a first line of another protocol is refused`(_ line: String) throws {
    try Self.withAnswers([line]) { file in
      try Self.expectRefused(
        ["validate", file] + Self.vectors,
        "'\(file.abridged)', line 1: no 'name', or another protocol; accepted: 'protocol' 1 and 'name'")
    }
  }

  /// Every verdict, its error and its reason.
  @Test func `a recorded run is judged again as it was`() throws {
    try withFolder { folder in
      let (file, mark) = (folder.appending(path: "answers.jsonl").path, folder.appending(path: "mark").path)
      let answers = [
        #"echo "{\"seq\": $n, \"value\": 1, \"tolerance\": 0.5}""#, #"echo "{\"seq\": $n, \"value\": \"0x1p-1\"}""#,
        #"echo "{\"seq\": $n, \"refused\": \"no reason\"}""#, #"echo "{\"seq\": $n, \"errored\": \"why\"}""#,
        ShellHarness.skip, "touch \(mark); exit 3",
      ]
      let body = answers.enumerated().map { "if [ $((seq % 6)) = \($0) ]; then \($1); fi" }.joined(separator: "\n")
      // The number of the question over all starts, as each start counts from one.
      let script = ShellHarness.script("seq=$(cat \(mark)n 2>/dev/null || echo 0); echo $((seq+1)) > \(mark)n\n\(body)")
      let (run, first) = try ShellHarness.run(script, more: ["--record", file])
      #expect(run.status == 1)
      #expect(Set(first.outcomes.map(\.verdict)).count >= 4, "\(first.outcomes)")
      let again = try Program.run(
        ["validate", file, "--format", "json", "--quantity", "harmonic.ratio"] + Self.vectors)
      let second = try JSONValue(parsing: again.output)
      #expect(again.status == 1)
      #expect(second["cases"] == first["cases"])
      #expect(second["quantities"] == first["quantities"])
      #expect(second["harness"] == first["harness"])
    }
  }

  @Test(arguments: badAnswers.indices)
  func `a bad line of answers is refused with its number`(_ index: Int) throws {
    let (line, message) = Self.badAnswers[index]
    try Self.withAnswers([#"{"id": "harmonic.power-constant.0001", "value": 1}"#, line]) { file in
      try Self.expectRefused(["validate", file] + Self.vectors, "'\(file.abridged)', line 2: \(message)")
    }
  }

  // MARK: - Known failures

  /// A wrong answer, and right ones to the other questions of the quantity.
  private static let wrong = answers("state.sector-ergotropy") {
    $0 == "state.sector-ergotropy.0003" ? #""value": "2""# : nil
  }

  /// Answers to the valid questions of a quantity as lines: the lower bounds of the truth, or what is given in their place.
  private static func answers(_ quantity: String, in place: (String) -> String?) -> String {
    let questions = (try? VectorStore(folder: Places.fixtures).selected([quantity])) ?? []
    return questions.compactMap { question in
      guard case .valid(let valid) = question, valid.subject == quantity else { return nil }
      return #"{"id": "\#(valid.id)", \#(place(valid.id) ?? #""value": "\#(valid.bounds.lower)""#)}"#
    }.joined(separator: "\n")
  }

  private static func known(_ id: String, _ verdict: String) -> String {
    #"{"failures": [{"id": "\#(id)", "verdict": "\#(verdict)", "reason": "the sector alone"}]}"#
  }

  @Test(arguments: [
    (known("state.sector-ergotropy.0003", "disagrees"), wrong, 0, ""),
    (
      known("state.sector-ergotropy.0003", "errored"), wrong, 1,
      "state.sector-ergotropy.0003 is listed as errored and is disagrees"
    ),
    (
      known("state.sector-ergotropy.0003", "disagrees"), #"{"id": "harmonic.ratio.0001", "value": 1}"#, 1,
      "state.sector-ergotropy.0003 is listed as disagrees and is skipped"
    ),
    (
      known("state.sector-ergotropy.0999", "disagrees"), wrong, 1,
      "state.sector-ergotropy.0999 is listed as a known failure and does not exist"
    ),
    (#"{"failures": []}"#, wrong, 1, "state.sector-ergotropy.0003 disagrees"),
  ])
  func `known failures must stay exact`(_ list: String, _ answer: String, _ status: Int32, _ surprise: String) throws {
    try withFolder { folder in
      let (file, answers) = (folder.appending(path: "known.json"), folder.appending(path: "answers.jsonl"))
      try Data(list.utf8).write(to: file)
      try Data(answer.utf8).write(to: answers)
      let run = try Program.run(
        ["validate", answers.path, "--known-failures", file.path, "--quantity", "state", "--format", "json"]
          + Self.vectors)
      #expect(run.status == status)
      let surprises = try JSONValue(parsing: run.output)["summary"]?["surprises"]?.elements?.compactMap(\.text) ?? []
      #expect(surprise.isEmpty ? surprises.isEmpty : surprises.contains(surprise), "\(surprises)")
    }
  }

  @Test(arguments: [
    ("[]", "is no list; accepted: an object with the array 'failures'"),
    (
      #"{"failures": [{"id": "a", "verdict": "disagrees"}]}"#,
      "failure 1 has no 'id', 'verdict' or 'reason'; accepted: all three, as strings"
    ),
    (
      #"{"failures": [{"id": "a", "verdict": "agrees", "reason": ""}]}"#,
      "failure 1: unknown verdict 'agrees'; accepted: disagrees, accepted-invalid, refused-valid, skipped, errored, undecided"
    ),
    (
      #"{"failures": [{"id": "a", "verdict": "errored", "reason": ""}, {"id": "a", "verdict": "errored", "reason": ""}]}"#,
      "failure 2: a is listed twice; accepted: each id once"
    ),
    ("{", "is not JSON: column 2: a key in quotation marks is expected; accepted: a JSON file of known failures"),
  ])
  func `malformed lists of known failures are refused`(_ list: String, _ message: String) throws {
    try withFolder { folder in
      let file = folder.appending(path: "known.json").path
      try Data(list.utf8).write(to: URL(filePath: file))
      let run = try Program.run(["validate", "--harness", "true", "--known-failures", file] + Self.vectors)
      #expect(run.status == 2)
      #expect(run.error.hasPrefix("qbo: --known-failures: "))
      #expect(run.error.hasSuffix("\(message)\n"), "\(run.error)")
    }
  }

  // MARK: - Refusals

  private static let refusals: [(arguments: [String], message: String)] = [
    (["validate"], "nothing to validate is given; accepted: --harness COMMAND, or a file of answers"),
    (["validate", "a", "--harness", "b"], "--harness and a file of answers are both given; accepted: one of them"),
    (["validate", "/dev/null"] + vectors, "'/dev/null' has no answers; accepted: a file of JSON lines with answers"),
    (["validate", "/nowhere"] + vectors, "cannot read '/nowhere'; accepted: a file of JSON lines with answers"),
    (
      ["validate", "a", "--case-seconds", "1"],
      "--case-seconds, --case-megabytes and --record are of harnesses; accepted with a file of answers: none of them"
    ),
    (
      ["validate", "--harness", "b", "--record", "/nowhere/answers.jsonl"],
      "--record: '/nowhere/answers.jsonl' cannot be written; accepted: a regular file, or a new one in a folder that is there"
    ),
    (
      ["validate", "--harness", "b", "--record", "/dev/null"],
      "--record: '/dev/null' cannot be written; accepted: a regular file, or a new one in a folder that is there"
    ),
    (
      ["validate", "--harness", "b", "--record", "/tmp"],
      "--record: '/tmp' cannot be written; accepted: a regular file, or a new one in a folder that is there"
    ),
    (
      ["validate", "--harness", "b", "--case-seconds", "0"],
      "--case-seconds: '0' is refused; accepted: numbers from 0.01 to 86400"
    ),
    (
      ["validate", "--harness", "b", "--case-seconds", "nan"],
      "--case-seconds: 'nan' is refused; accepted: numbers from 0.01 to 86400"
    ),
    (
      ["validate", "--harness", "b", "--case-megabytes", "1"],
      "--case-megabytes: '1' is refused; accepted: integers from 16 to 1048576"
    ),
    (["validate", "--harness", "b", "--format", "xml"], "--format: unknown format 'xml'; accepted: text, json"),
    (
      ["validate", "--harness", "b", "--vectors", "/nowhere"],
      "cannot read '/nowhere/MANIFEST.json'; accepted: a folder of vectors, by --vectors, or fixtures in the current one"
    ),
    (
      ["validate", "--harness", "b", "--known-failures", "/nowhere"],
      "--known-failures: cannot read '/nowhere'; accepted: a JSON file of known failures"
    ),
    (
      ["validate", "--harness", "b", "--quantity", "harmonious"] + vectors,
      "--quantity: no vectors of 'harmonious'; accepted: beginnings of names that 'qbo quantities' lists, fermions and state"
    ),
    (["fixtures", "make"], "unknown action 'make'; accepted: generate, check, questions"),
    (["fixtures", "generate", "--full"], "--full is of 'check'; accepted with 'generate': --vectors"),
    (["fixtures", "check", "--quantity", "a"], "--quantity is of 'questions'; accepted with 'check': --vectors"),
    (
      ["fixtures", "check", "--vectors", "/nowhere"],
      "cannot read '/nowhere/MANIFEST.json'; accepted: a folder of vectors, by --vectors, or fixtures in the current one"
    ),
  ]

  @Test(arguments: refusals.indices)
  func `bad input is one line`(_ index: Int) throws {
    try Self.expectRefused(Self.refusals[index].arguments, Self.refusals[index].message)
  }

  // MARK: - Damaged vectors

  private static let damages: [(file: String, old: String, new: String, hash: Bool, message: String)] = [
    (
      "vectors/freedom.qudit-deficit.json", "0.3", "0.2", false,
      "the file is not the one of MANIFEST.json; accepted: files that 'qbo fixtures generate' writes"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "{\n", "", true,
      "not JSON: column 11: unexpected text after the JSON value; accepted: a file that 'qbo fixtures generate' wrote"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "\"format\": 1", "\"format\": 2", true,
      "no file of vectors; accepted: format 1, with 'quantity' and 'cases'"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "\"lower\": ", "\"low\": ", true,
      "case freedom.qudit-deficit.0001 has no 'lower'; accepted: a string"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "\"flags\": [\"multiplicity\"]", "\"flags\": [\"hard\"]", true,
      "case freedom.qudit-deficit.0002: unknown flag \"hard\"; accepted: \(CaseFlag.allCases.map(\.rawValue).joined(separator: ", "))"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "{\"integer\": \"1\"}", "1", true,
      "case freedom.qudit-deficit.0001: N is 1; accepted: a value with the tag integer, binary64, rational, choice, vector or matrix"
    ),
    (
      "vectors/freedom.qudit-deficit.json", "deficit.0002", "deficit.0001", true,
      "the id freedom.qudit-deficit.0001 is given twice; accepted: each id once"
    ),
    (
      "invalid/freedom.qudit-deficit.json", "\"fault\"", "\"why\"", true,
      "a case has no 'id' or no 'fault'; accepted: strings"
    ),
  ]

  @Test(arguments: damages.indices)
  func `damaged vectors are refused by their name`(_ index: Int) throws {
    let damage = Self.damages[index]
    try withFolder { folder in
      let made = try Fixtures(of: Catalogue.builtIn.subjects, only: ["freedom.qudit-deficit"])
      let files = try made.files.filter { $0.path != Fixtures.manifest }.map { file in
        guard file.path == damage.file else { return file }
        let range = try #require(file.text.range(of: damage.old))
        return Fixtures.File(
          path: file.path, text: file.text.replacingCharacters(in: range, with: damage.new), cases: file.cases)
      }
      let manifest = damage.hash ? Fixtures.manifest(of: files) : made.files.first { $0.path == Fixtures.manifest }
      for file in files + [try #require(manifest)] {
        let url = folder.appending(path: file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url)
      }
      try Self.expectRefused(
        ["validate", "--harness", "true", "--vectors", folder.path], "\(folder.path)/\(damage.file): \(damage.message)")
    }
  }
}
