import JSON
import TestSupport
import Testing

@Suite struct UndecidedTests {
  // mpmath 1.3.0, mp.dps = 160: sin(tau)**2
  private static let tau = "3.14159265358979323846264338327950288"
  private static let truth = "1.761623096705078654750632395403908280040415057856917901e-71"
  private static let request = ["evaluate", "harmonic.stored-energy", "N=1", "tau=\(tau)"]

  @Test func `a cap on bits leaves the best bounds and the reason in JSON`() throws {
    let run = try Program.run(Self.request + ["--max-bits", "64", "--format", "json"])
    #expect(run.status == 3)
    #expect(run.error == "")
    let answer = try run.json()
    #expect(
      answer.keys == [
        "quantity", "parameters", "lower", "upper", "digits", "precisionBits", "seconds", "method", "outcome",
        "undecided",
      ])
    #expect(answer["undecided"] == .string("the cap of 64 bits was reached"))
    let truth = try PlainDecimal(Self.truth)
    #expect(try PlainDecimal(try #require(answer["lower"]?.text)) <= truth)
    #expect(try truth <= PlainDecimal(try #require(answer["upper"]?.text)))
    #expect(try PlainDecimal(try #require(answer["upper"]?.text)) <= PlainDecimal("1e-15"))
  }

  @Test func `a cap on bits leaves the best bounds and the reason in text`() throws {
    let run = try Program.run(Self.request + ["--max-bits", "64"])
    #expect(run.status == 3)
    #expect(run.error == "")
    let pattern = /undecided: the cap of 64 bits was reached; the value is in \[0, (\d\.\d+e-\d+)\]\n/
    let match = try #require(run.output.wholeMatch(of: pattern))
    #expect(try PlainDecimal(Self.truth) <= PlainDecimal(String(match.1)))
  }

  @Test func `without a bound the method is still that of the quantity`() throws {
    let run = try Program.run(["evaluate", "dicke.stored-energy", "N=1001", "tau=1", "--format", "json"])
    #expect(run.status == 3)
    let answer = try run.json()
    #expect(answer["precisionBits"] == .integer(0))
    #expect(answer["method"]?.text?.hasPrefix("Schroedinger equation in the parity sector") == true)
  }

  @Test func `a cap on time is told`() throws {
    let run = try Program.run([
      "evaluate", "harmonic.stored-energy", "N=5", "tau=1.3", "--digits", "10000", "--max-seconds", "1e-9", "--format",
      "json",
    ])
    #expect(run.status == 3)
    #expect(try run.json()["undecided"] == .string("the cap of 1e-09 seconds was reached"))
  }

  // sqrt(pi^2) - pi is zero; neither exact arithmetic nor enclosures tell.
  private static let parameters = [
    ("sqrt(pi^2)-pi", "parameter tau: the sign of sqrt(pi^2)-pi is undecided"),
    (
      "1/(sqrt(pi^2)-pi)",
      "parameter tau: '1/(sqrt(pi^2)-pi)': column 2: undecided whether the divisor is zero"
    ),
  ]

  @Test(arguments: parameters)
  func `a parameter that cannot be told from one outside the domain is undecided`(
    _ tau: String, _ reason: String
  ) throws {
    let arguments = ["evaluate", "harmonic.stored-energy", "N=1", "tau=\(tau)"]
    let run = try Program.run(arguments)
    #expect(run.status == 3)
    #expect(run.output == "undecided: \(reason)\n")
    #expect(run.error == "")
    let other = try Program.run(arguments + ["--format", "json"])
    #expect(other.status == 3)
    #expect(other.error == "")
    let answer = try other.json()
    #expect(answer.keys == ["quantity", "parameters", "lower", "upper", "seconds", "method", "outcome", "undecided"])
    #expect(
      answer["parameters"]
        == .members(["N": .string("1"), "w0": .string("1"), "g": .string("1"), "tau": .string(tau)]))
    #expect(answer["lower"] == .null)
    #expect(answer["upper"] == .null)
    #expect(try #require(answer["seconds"]?.double) >= 0)
    #expect(answer["method"]?.text?.isEmpty == false)
    #expect(answer["undecided"] == .string(reason))
  }

  @Test func `more bits decide`() throws {
    let run = try Program.run(Self.request + ["--max-bits", "512", "--digits", "5"])
    #expect(run.status == 0)
    #expect(run.output == "1.7616e-71\n")
  }
}
