import Foundation
import JSON
import TestSupport
import Testing

/// A value from an independent computation: the arguments, and its digits.
struct ReferenceValue: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let digits: String

  var testDescription: String { arguments.joined(separator: " ") }

  init(_ arguments: String, _ digits: String) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.digits = digits
  }

  // mpmath 1.3.0, mp.dps = 160. Stored energy: N*w0*sin(g*sqrt(N)*tau)**2. x = findroot(sin(x) - 2*x*cos(x), 1.1655),
  // Y = sin(x)**2/x. Maximal power: N*w0*g*sqrt(N)*Y; its time: x/(g*sqrt(N)); advantage: sqrt(N).
  static let all = [
    ReferenceValue(
      "harmonic.stored-energy N=1000003 w0=0.017 g=5 tau=123456.789",
      "8.657023101019909895817262638268293770816370114774153435"),
    ReferenceValue(
      "harmonic.stored-energy N=200 tau=0.1", "195.1363128125847436093112841565482484375672922285736133"),
    ReferenceValue(
      "harmonic.stored-energy N=7 w0=1/3 g=sqrt(2) tau=1e-20",
      "3.266666666666666666666666666666666666665142222222222222e-39"),
    ReferenceValue(
      "harmonic.stored-energy N=2 w0=1e40 tau=3/10", "3389117878885902593308522499674501900000.138875618423389"),
    ReferenceValue(
      "harmonic.stored-energy N=1 tau=3.14159265358979323846264338327950288",
      "1.761623096705078654750632395403908280040415057856917901e-71"),
    ReferenceValue(
      "harmonic.power-constant", "0.7246113537767084757389904535256317843478651018383917149594"),
    ReferenceValue(
      "harmonic.max-power N=5 w0=0.017 g=3", "0.413171462299781625493700554761368169273671865532557588278176"),
    ReferenceValue(
      "harmonic.max-power N=30", "119.065795166357842418851649813162094942572981466891544956567"),
    ReferenceValue(
      "harmonic.optimal-time N=5 w0=0.017 g=3", "0.173751602803903118905644935352668341341241392135299025258439"),
    ReferenceValue("harmonic.advantage N=200", "14.1421356237309504880168872420969807856967187537694807317668"),
  ]
}

@Suite struct EvaluateTests {
  @Test(arguments: ReferenceValue.all, [1, 2, 16, 50])
  func `printed digits are right within one unit of the last`(_ reference: ReferenceValue, _ digits: Int) throws {
    let run = try Program.run(["evaluate"] + reference.arguments + ["--digits", "\(digits)"])
    #expect(run.status == 0)
    #expect(run.error == "")
    let printed = try PlainDecimal(String(run.output.dropLast()))
    #expect(printed.digits.count == digits)
    #expect(PlainDecimal.distance(printed, try PlainDecimal(reference.digits)) <= printed.unit)
  }

  @Test(arguments: ReferenceValue.all, [1, 30, 48])
  func `bounds hold the value and are as near as asked`(_ reference: ReferenceValue, _ digits: Int) throws {
    let run = try Program.run(["evaluate"] + reference.arguments + ["--digits", "\(digits)", "--format", "json"])
    #expect(run.status == 0)
    let answer = try run.json()
    let low = try #require(answer["lower"]?.text)
    let high = try #require(answer["upper"]?.text)
    for bound in [low, high] { #expect(bound.wholeMatch(of: /-?\d(\.\d+)?(e-?\d+)?/) != nil) }
    let (lower, upper) = (try PlainDecimal(low), try PlainDecimal(high))
    let truth = try PlainDecimal(reference.digits)
    #expect(lower <= truth)
    #expect(truth <= upper)
    #expect(PlainDecimal.distance(lower, upper) <= lower.scaled(by: -digits))
    #expect(answer["digits"] == .integer(digits))
  }

  @Test(arguments: [1, 5, 40])
  func `absolute accuracy counts places after the point`(_ places: Int) throws {
    // mpmath 1.3.0, mp.dps = 80: 200*sin(sqrt(mpf(200))*mpf('0.1'))**2
    let truth = try PlainDecimal("195.1363128125847436093112841565482484375672922285736133")
    let arguments = ["evaluate", "harmonic.stored-energy", "N=200", "tau=0.1", "--absolute", "\(places)"]
    let printed = try PlainDecimal(String(try Program.run(arguments).output.dropLast()))
    #expect(printed.exponent == -places)
    #expect(PlainDecimal.distance(printed, truth) <= printed.unit)
    let answer = try Program.run(arguments + ["--format", "json"]).json()
    let lower = try PlainDecimal(try #require(answer["lower"]?.text))
    let upper = try PlainDecimal(try #require(answer["upper"]?.text))
    #expect(lower <= truth)
    #expect(truth <= upper)
    #expect(PlainDecimal.distance(lower, upper) <= PlainDecimal(digits: [1], exponent: -places))
  }

  @Test func `thirty digits are the default`() throws {
    let run = try Program.run(["evaluate", "harmonic.advantage", "N=200"])
    // mpmath 1.3.0, mp.dps = 80: sqrt(200) = 14.1421356237309504880168872420969807856967...
    #expect(run.output == "14.1421356237309504880168872421\n")
  }

  /// The examples of docs/star.md; mpmath 1.4.1, mp.dps = 50: expm of the 8x8 Hamiltonian.
  @Test(arguments: [
    (["F=1", "gamma=0"], "1.13160612940356569980437117895"), (["F=0", "gamma=1"], "0"),
    (["F=1", "g=0", "gamma=1"], "0"),
  ])
  func `the star at a time may be without drive, coupling or dephasing`(_ given: [String], _ value: String) throws {
    let run = try Program.run(["evaluate", "star.energy", "N=3", "t=2"] + given)
    #expect(run.status == 0)
    #expect(run.output == "\(value)\n")
  }

  /// The example of docs/star.md on two cells; mpmath, mp.dps = 40: eigenvectors of R A and eigenvalues of (D + R D R)/2.
  @Test func `two cells give back more than a small fraction`() throws {
    let run = try Program.run(["evaluate", "star.steady-ratio", "N=2", "F=0.7", "--digits", "10"])
    #expect(run.output == "0.6241058678\n")
  }

  @Test func `ten thousand digits are given`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=5", "tau=1.3", "--digits", "10000"])
    #expect(run.status == 0)
    #expect(run.output.count { $0.isNumber } - run.output.prefix { "0.".contains($0) }.count { $0 == "0" } == 10_000)
  }

  @Test func `JSON has the keys of the contract in order`() throws {
    let run = try Program.run(["evaluate", "harmonic.stored-energy", "N=1", "tau=0.5", "--format", "json"])
    let answer = try run.json()
    #expect(
      answer.keys == [
        "quantity", "parameters", "lower", "upper", "digits", "precisionBits", "seconds", "method",
        "outcome",
      ])
    #expect(answer["quantity"] == .string("harmonic.stored-energy"))
    #expect(try #require(answer["seconds"]?.double) >= 0)
    #expect(try #require(answer["precisionBits"]?.double) >= 64)
    #expect(answer["method"]?.text?.isEmpty == false)
  }
}
