import JSON
import TestSupport
import Testing

@Suite struct DoubleTests {
  @Test func `the kernel gives its value with two bounds`() throws {
    let run = try Program.run([
      "evaluate", "harmonic.stored-energy", "N=10", "w0=0.017", "g=5", "tau=0.3", "--double", "--format", "json",
    ])
    #expect(run.status == 0)
    let answer = try run.json()
    #expect(
      answer.keys == [
        "quantity", "parameters", "value", "errorBound", "kernelErrorBound", "seconds", "method", "outcome",
      ])
    #expect(answer["outcome"] == .string("value"))
    let value = try #require(answer["value"]?.double)
    let bound = try #require(answer["errorBound"]?.double)
    let kernelBound = try #require(answer["kernelErrorBound"]?.double)
    #expect(kernelBound > 0)
    #expect(kernelBound <= 1e-14 * 10 * 0.017)
    #expect(bound >= kernelBound)
    // mpmath 1.3.0, mp.dps = 80: 10*mpf('0.017')*sin(5*sqrt(mpf(10))*mpf('0.3'))**2 = 0.16983639242946483...
    #expect(abs(value - 0.169_836_392_429_464_8) <= bound + 1e-16)
    #expect(answer["value"] == .number("\(value)"))
  }

  @Test func `text gives the value and both bounds`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=1", "--double"])
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 3)
    // mpmath 1.3.0, mp.dps = 80: sin(1)**2 = 0.70807341827357119349878...
    #expect(abs(try #require(Double(lines[0])) - 0.708_073_418_273_571_2) < 1e-14)
    #expect(lines[1].wholeMatch(of: /within (\S+) of the value at the parameters as written/) != nil)
    #expect(lines[2].wholeMatch(of: /within (\S+) of the value at the parameters rounded to doubles/) != nil)
  }

  private static let refusals = [
    ("N=10", "tau=1e300", "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    ("N=10", "tau=1e-300", "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    ("N=1", "tau=2^44+1", "g sqrt(N) tau is outside the kernel's domain; accepted: up to 2^44"),
    ("N=10^20", "tau=1", "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    ("N=10", "tau=1e400", "parameter tau is beyond the range of doubles"),
  ]

  @Test(arguments: refusals)
  func `a refusal of the kernel is told with its reason`(_ n: String, _ tau: String, _ reason: String) throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", n, tau, "--double"])
    #expect(run.status == 3)
    // The last one is of the doubles, before the kernel is asked.
    let outcome = reason.hasPrefix("parameter") ? "undecided" : "beyond"
    #expect(run.output == "\(outcome): \(reason)\n")
    #expect(run.error == "")
  }

  @Test(arguments: refusals)
  func `a refusal of the kernel is told in JSON`(_ n: String, _ tau: String, _ reason: String) throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", n, tau, "--double", "--format", "json"])
    #expect(run.status == 3)
    #expect(run.error == "")
    let answer = try run.json()
    #expect(
      answer.keys == [
        "quantity", "parameters", "value", "errorBound", "kernelErrorBound", "seconds", "method", "outcome",
        "undecided",
      ])
    for key in ["value", "errorBound", "kernelErrorBound"] { #expect(answer[key] == .null) }
    #expect(try #require(answer["seconds"]?.double) >= 0)
    #expect(answer["method"]?.text?.hasPrefix("double-precision kernel; ") == true)
    #expect(answer["undecided"] == .string(reason))
  }

  @Test func `a refusal echoes the parameters with the defaults filled in`() throws {
    let arguments = ["evaluate", "harmonic.stored-energy", "N=1", "tau=1e300", "--double", "--format", "json"]
    let run = try Program.run(arguments)
    #expect(
      try run.json()["parameters"]
        == .members(["N": .string("1"), "w0": .string("1"), "g": .string("1"), "tau": .string("1e300")]))
  }

  @Test func `a parameter that no double holds is undecided, not refused`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "w0=1e-400", "tau=1", "--double"])
    #expect(run.status == 3)
    #expect(run.error == "")
    #expect(
      run.output
        == "undecided: rounded to doubles, the parameters are refused: parameter w0: 0 is outside the domain; "
        + "accepted: real numbers, w0 > 0\n")
  }

  @Test func `a choice is echoed as its word and goes to the kernel`() throws {
    let slice = ["N=8", "k=4", "q=1/2", "a=1/4", "b=1/2", "w=2", "--double", "--format", "json"]
    var (values, bounds): ([Double], [Double]) = ([], [])
    for family in ["flip", "parallel", "blocks"] {
      let run = try Program.run(["evaluate", "quasi.atom", "family=\(family)"] + slice)
      #expect(run.status == 0)
      let answer = try run.json()
      #expect(answer["parameters"]?["family"] == .string(family))
      #expect(answer["errorBound"] == answer["kernelErrorBound"])
      values.append(try #require(answer["value"]?.double))
      bounds.append(try #require(answer["errorBound"]?.double))
    }
    // mpmath 1.3.0, mp.dps = 50, from the definition: no atom of the flip; eight cells, half an excitation each; two blocks of four.
    let expected = [0.0, 0.2005248728834259, 0.22364585854852498]
    #expect(values[0] == 0)
    // The kernel keeps its own bound; 2^-53 is more than the expected values lose by 16 digits and by doubles.
    for (index, truth) in expected.enumerated() {
      #expect(abs(values[index] - truth) <= bounds[index] + 0x1p-53)
      #expect(bounds[index] < 1e-13)
    }
  }

  @Test func `an order that is no short dyadic number is told with the reason`() throws {
    let run = try Program.run([
      "evaluate", "quasi.negativity", "family=flip", "N=2", "q=1/3", "a=1", "b=1", "--double",
    ])
    #expect(run.status == 3)
    #expect(
      run.output
        == "beyond: q is outside the kernel's domain; accepted: multiples of 1/64 from -4 to 4, since a rounded q would take apart atoms that coincide\n"
    )
  }
}
