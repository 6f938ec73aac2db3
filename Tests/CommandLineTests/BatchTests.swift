import JSON
import TestSupport
import Testing

@Suite struct BatchTests {
  private static func request(_ id: String, _ n: Int) -> String {
    #"{"id": \#(id), "quantity": "harmonic.advantage", "parameters": {"N": \#(n)}, "digits": 2}"#
  }

  @Test(arguments: [#""a b""#, "1.10", "-0", "1e400", "null", "true", #"[1, {"k": "\\ \" \n"}]"#, #""é \u0001""#])
  func `the id is echoed verbatim`(_ id: String) throws {
    let run = try Program.run(["evaluate", "--batch"], input: Self.request(id, 4) + "\n")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix(#"{"id": \#(id), "quantity": "harmonic.advantage", "#))
  }

  @Test func `a request without an id is answered with null`() throws {
    let run = try Program.run(
      ["evaluate", "--batch"], input: #"{"quantity": "harmonic.stored-energy", "parameters": {"N": 1, "tau": "pi"}}"#)
    #expect(run.status == 0)
    let answer = try run.json()
    #expect(
      answer.keys == [
        "id", "quantity", "parameters", "lower", "upper", "digits", "precisionBits", "seconds", "method",
        "outcome",
      ])
    #expect(answer["id"] == .null)
    #expect(answer["upper"] == .string("0"))
  }

  @Test func `answers come in order, and a bad line does not stop the rest`() throws {
    let input = [Self.request("1", 1), "no JSON here", "", Self.request("2", 4), Self.request("3", 9)]
    let run = try Program.run(["evaluate", "--batch"], input: input.joined(separator: "\n") + "\n")
    #expect(run.status == 2)
    #expect(run.error == "")
    let answers = try run.jsonLines()
    #expect(answers.map { $0["id"] } == [.integer(1), .null, .integer(2), .integer(3)])
    try #require(answers.count == 4)
    #expect(answers[1].keys == ["id", "line", "error"])
    #expect(answers[1]["line"] == .integer(2))
    #expect(answers[3]["parameters"]?["N"] == .string("9"))
  }

  @Test(arguments: ["\n", "\r\n", "\n\n", "\r\n \t\r\n"], [true, false])
  func `line ends, blank lines and a missing last end are accepted`(_ end: String, _ last: Bool) throws {
    let input = Self.request("1", 1) + end + Self.request("2", 2) + (last ? end : "")
    let run = try Program.run(["evaluate", "--batch"], input: input)
    #expect(run.status == 0)
    #expect(try run.jsonLines().map { $0["id"] } == [.integer(1), .integer(2)])
  }

  @Test func `line numbers count blank lines`() throws {
    let run = try Program.run(["evaluate", "--batch"], input: "\n\r\n[]\n")
    #expect(try run.json()["line"] == .integer(3))
  }

  @Test func `a file is read`() throws {
    try withFile(named: "requests.jsonl", Self.request("7", 4) + "\n" + Self.request("8", 9)) { path in
      let run = try Program.run(["evaluate", "--batch", path])
      #expect(run.status == 0)
      #expect(try run.jsonLines().map { $0["id"] } == [.integer(7), .integer(8)])
    }
  }

  @Test func `no request is no error`() throws {
    let run = try Program.run(["evaluate", "--batch"])
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(run.error == "")
  }

  @Test func `digits are those of the line, else of the command line`() throws {
    let lines = [
      #"{"quantity": "harmonic.power-constant", "digits": 7}"#, #"{"quantity": "harmonic.power-constant"}"#,
      #"{"quantity": "harmonic.power-constant", "absolute": 4}"#,
    ]
    let run = try Program.run(["evaluate", "--batch", "--digits", "12"], input: lines.joined(separator: "\n"))
    let answers = try run.jsonLines()
    #expect(answers.map { $0["digits"] } == [.integer(7), .integer(12), .integer(4)])
    #expect(answers.map { $0["goal"] } == [nil, nil, .string("absolute")])
  }

  // 35 digits of pi: within 64 bits the value cannot be told from zero.
  private static let hard =
    #"{"quantity": "harmonic.stored-energy", "parameters": {"N": 1, "tau": "3.14159265358979323846264338327950288"}}"#

  @Test func `the status is the worst of the lines`() throws {
    let good = Self.request("1", 4)
    let cases: [(lines: [String], status: Int32)] = [
      ([good, good], 0), ([good, Self.hard, good], 3), ([Self.hard, "[]", good], 2), (["[]", Self.hard], 2),
    ]
    for (lines, status) in cases {
      let run = try Program.run(["evaluate", "--batch", "--max-bits", "64"], input: lines.joined(separator: "\n"))
      #expect(run.status == status)
      #expect(try run.jsonLines().count == lines.count)
    }
  }

  @Test func `an undecided line carries its bounds and the reason`() throws {
    let run = try Program.run(["evaluate", "--batch", "--max-bits", "64"], input: Self.hard)
    let answer = try run.json()
    #expect(answer["lower"] == .string("0"))
    #expect(answer["undecided"] == .string("the cap of 64 bits was reached"))
  }

  @Test func `kernels answer batches`() throws {
    let lines = ["1", "1e300"].map {
      #"{"id": "\#($0)", "quantity": "harmonic.stored-energy", "parameters": {"N": 1, "tau": "\#($0)"}}"#
    }
    let run = try Program.run(["evaluate", "--batch", "--double"], input: lines.joined(separator: "\n"))
    #expect(run.status == 3)
    let answers = try run.jsonLines()
    #expect(answers.first?["kernelErrorBound"]?.double.map { $0 <= 1e-14 } == true)
    #expect(
      answers.last?["undecided"] == .string("tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"))
  }
}
