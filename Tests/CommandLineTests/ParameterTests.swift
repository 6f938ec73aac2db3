import JSON
import TestSupport
import Testing

@Suite struct ParameterTests {
  @Test func `parameters are echoed as given with the defaults filled in`() throws {
    let run = try Program.run([
      "evaluate", "harmonic.stored-energy", "tau=1.50e-1", "N=2^2", "g= 2 / 6 ", "--format", "json",
    ])
    #expect(
      try run.json()["parameters"]
        == .members(["N": .string("2^2"), "w0": .string("1"), "g": .string(" 2 / 6 "), "tau": .string("1.50e-1")]))
  }

  @Test func `a quantity without parameters echoes none`() throws {
    let run = try Program.run(["evaluate", "harmonic.power-constant", "--format", "json"])
    #expect(try run.json()["parameters"] == .object([]))
  }

  @Test(arguments: [
    ("sqrt(16)", "4"), ("2^3", "8"), ("sqrt(2)*sqrt(8)", "4"), ("8/2", "4"), ("1e2", "100"), ("4.0", "4"),
    ("(sqrt(5)-1)*(sqrt(5)+1)", "4"), ("pi/pi", "1"), ("+7", "7"), ("-(-7)", "7"),
  ])
  func `an integer may be any expression that is one`(_ expression: String, _ integer: String) throws {
    let arguments = ["evaluate", "harmonic.stored-energy", "tau=0.3", "--digits", "20"]
    let run = try Program.run(arguments + ["N=\(expression)"])
    #expect(run.status == 0)
    #expect(run.error == "")
    #expect(run.output == (try Program.run(arguments + ["N=\(integer)"])).output)
  }

  @Test(arguments: [
    ("2^3^2", "512"), ("1e-3", "1/1000"), (".5", "1/2"), ("2^-2", "1/4"), ("-2^2+5", "1"), ("1/2/2", "0.25"),
    ("7-2-1", "4"), ("(-2)^2", "4"), ("1E1", "10"),
  ])
  func `operators bind as documented`(_ expression: String, _ value: String) throws {
    let arguments = ["evaluate", "harmonic.stored-energy", "N=3", "--digits", "20"]
    let run = try Program.run(arguments + ["tau=\(expression)"])
    #expect(run.status == 0)
    #expect(run.output == (try Program.run(arguments + ["tau=\(value)"])).output)
  }

  @Test(arguments: [
    ["N=1", "tau=0"], ["N=1", "tau=pi"], ["N=2", "tau=pi/sqrt(2)"], ["N=8", "tau=3*pi/sqrt(8)"],
    ["N=3", "g=sqrt(3)", "tau=5*pi/3"], ["N=1", "tau=1e6*pi"], ["N=2", "tau=sqrt(2)-sqrt(2)"],
    ["N=5", "g=1/sqrt(5)", "tau=pi*sqrt(4)"],
  ])
  func `zeros are exact`(_ parameters: [String]) throws {
    let arguments = ["evaluate", "harmonic.stored-energy"] + parameters
    let run = try Program.run(arguments)
    #expect(run.status == 0)
    #expect(run.output == "0\n")
    #expect(run.error == "")
    let answer = try Program.run(arguments + ["--format", "json"]).json()
    #expect(answer["lower"] == .string("0"))
    #expect(answer["upper"] == .string("0"))
    #expect(answer["undecided"] == nil)
    #expect(answer["method"] == .string("exact decision that the value is zero"))
  }

  @Test func `an absolute zero has its places`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=pi", "--absolute", "5"])
    #expect(run.output == "0.00000\n")
  }

  @Test func `a number close to pi is no zero`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=3.14159265358979", "--digits", "3"])
    // mpmath 1.3.0, mp.dps = 80: sin(mpf('3.14159265358979'))**2 = 1.04876402...e-29
    #expect(run.output == "1.05e-29\n")
  }
}
