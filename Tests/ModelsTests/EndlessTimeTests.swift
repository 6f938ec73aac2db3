import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Rates and figures in windows of modes without an end, against closed forms and values of another program.
@Suite struct EndlessTimeTests {
  /// Holds figures against numbers, to some digits.
  private static func expect(
    _ hamiltonian: String, _ jumps: String, _ start: String, _ expected: [(value: String, number: Interval)],
    space: String = "a: boson", at time: String? = nil, digits: Int = 6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try EndlessModeTests.model(space, hamiltonian, jumps, start, expected.map(\.value))
    for (place, (value, number)) in expected.enumerated() {
      let answer = try model.value("v\(place)", time.map { [("t", $0)] } ?? [], digits: digits)
      let found = try #require(
        answer.interval(precision: 256), "\(value): \(answer.undecided ?? "")", sourceLocation: sourceLocation)
      #expect(!found.isDisjoint(from: number), "\(value): \(found), \(number)", sourceLocation: sourceLocation)
      #expect(
        found.width.double(rounding: .up) < 100 * pow(0.1, Double(digits)), "\(value)", sourceLocation: sourceLocation)
    }
  }

  /// Numbers of a program in doubles, which are worth some digits.
  private static func rough(_ value: Double, _ digits: Int = 10) -> Interval {
    Interval(Rational(exactly: value) ?? 0, precision: 128)
      + .ball(Interval(Rational(1, Integer(10).power(digits)), precision: 64).upper)
  }

  /// What a Kerr term does to no population: loss and gain with n' = -3 n/4 + 1/4 from the vacuum.
  @Test func `loss and gain beside a Kerr term`() throws {
    let (kerr, jumps) = ("a'^2*a^2/8", "{operator: a, rate: 1}, {operator: \"a'\", rate: 1/4}")
    try Self.expect(
      kerr, jumps, "a: fock(0)",
      [
        ("rate(mean(a'*a))", try interval("exp(-3/8)/4")),
        // A thermal state stays one: <(a'a)^2> = 2 n^2 + n.
        (
          "rate(mean((a'*a)^2))", try interval("(4/3*(1 - exp(-3/8)) + 1)*exp(-3/8)/4")
        ),
      ], at: "1/2", digits: 8)
    try Self.expect(
      kerr, jumps, "a: fock(0)",
      [
        ("first_time(mean(a'*a) = 1/8)", try interval("4/3*log(8/5)")),
        ("average(mean(a'*a), 1)", try interval("(1 - 4/3*(1 - exp(-3/4)))/3")),
        ("greatest(mean(a'*a), 1)", try interval("(1 - exp(-3/4))/3")),
        ("least(weight(a = fock(0)), 1)", try interval("1/(1 + (1 - exp(-3/4))/3)")),
      ], digits: 5)
  }

  /// Gain that dies away, n' = -(1 - 2 e^(-3t)) n + 2 e^(-3t): by mpmath's quadrature of the linear equation.
  @Test func `a greatest number within a window`() throws {
    let jumps = "{operator: a, rate: 1}, {operator: \"a'\", rate: 2*exp(-3*t)}"
    try Self.expect(
      "a'^2*a^2/8", jumps, "a: fock(0)", [("rate(mean(a'*a))", try interval("-0.283462528221525820274011877191"))],
      at: "1")
    try Self.expect(
      "a'^2*a^2/8", jumps, "a: fock(0)",
      [
        ("greatest(mean(a'*a), 1)", try interval("0.500192941352029661264666134375")),
        ("time_of_greatest(mean(a'*a), 1)", try interval("0.597167426751260660047085158794")),
      ], digits: 4)
  }

  /// By the derivative of the closed form of Milburn and Holmes, with x = 1/4, k = 1/5, alpha = 1/2, at t = 1/2.
  @Test func `the rate of an amplitude of a Kerr oscillator with loss`() throws {
    try Self.expect(
      "a'^2*a^2/4", "{operator: a, rate: 1/5}", "a: coherent(1/2)",
      [
        ("rate(mean(a + a'))", try interval("-0.126738425981366494008348270212")),
        ("rate(mean(a'*a))", try interval("-exp(-1/10)/20")),
      ], at: "1/2", digits: 8)
  }

  /// By SciPy's DOP853 to 1e-13 on 22 and 18 levels, with all digits that are held here the same.
  @Test func `rates of another program`() throws {
    try Self.expect(
      "a'^2*a^2/4 + (a + a')/2", "{operator: a, rate: 1/2}", "a: fock(0)",
      [("rate(mean(a'*a))", Self.rough(0.34313196721277905))], at: "1")
    try Self.expect(
      "a'^2*a^2/4 + cos(t)*(a + a')/2", "{operator: a, rate: 1/2}", "a: fock(0)",
      [("rate(mean(a'*a))", Self.rough(0.1305580431791578))], at: "1")
    try Self.expect(
      "a'*q_m + a*q_p + (a + a')/2", "{operator: a, rate: 1/2}", "a: fock(0), q: down",
      [("rate(weight(q = up))", Self.rough(0.15258800453947038))], space: "a: boson, q: qubit", at: "1", digits: 5)
    try Self.expect(
      "0", "{operator: a^2 - 1, rate: 1}", "a: fock(0)", [("rate(mean(a'*a))", Self.rough(0.465345635818))], at: "1/2")
  }

  /// Doubles on the finite cut, with a proved bound: the bound holds the closed form, and is small.
  @Test func `in doubles`() throws {
    let model = try EndlessModeTests.model(
      "a: boson", "a'^2*a^2/4", "{operator: a, rate: 1/5}", "a: coherent(1/2)", ["mean(a'*a)"])
    let quantity = try model.quantity("v0")
    let arguments = try Arguments([(name: "t", text: "1/2")], for: quantity)
    let found = try quantity.kernelAnswer(arguments, within: Budget(seconds: 600))
    let value = try interval("exp(-1/10)/4").midpoint?.double(rounding: .nearest) ?? 0
    #expect(abs(found.value - value) <= found.kernelErrorBound + 0x1p-50, "\(found)")
    #expect(found.kernelErrorBound < 1e-8, "\(found)")
  }

  /// The weight of the vacuum in a driven lossy mode, e^(-4 u^2) with u = 1 - e^(-t/2), beside a qubit that keeps it
  /// from going by moments. A rate that knows the Hamiltonian alone, and no jump, would be another one: an answer holds
  /// the closed form, or there is none.
  @Test func `weights know the jumps`() throws {
    let figures = [
      ("first_time(weight(a = fock(0)) = 1/2)", "-2*log(1 - sqrt(log(2))/2)"),
      ("at(weight(a = fock(0)), 1/2)", "exp(-4*(1 - exp(-1/4))^2)"),
      ("least(weight(a = fock(0)), 1)", "exp(-4*(1 - exp(-1/2))^2)"),
    ]
    let model = try EndlessModeTests.model(
      "a: boson, q: qubit", "a + a' + q_z/2", "{operator: a, rate: 1}", "a: fock(0), q: plus", figures.map(\.0))
    var answered = 0
    for (place, (figure, expected)) in figures.enumerated() {
      guard let found = try? model.value("v\(place)", [], digits: 5).interval(precision: 256) else { continue }
      answered += 1
      #expect(!found.isDisjoint(from: try interval(expected)), "\(figure): \(found)")
    }
    #expect(answered > 0)
    let rate = try EndlessModeTests.model(
      "a: boson, q: qubit", "a + a' + q_z/2", "{operator: a, rate: 1}", "a: fock(0), q: plus",
      ["rate(weight(a = fock(0)))"])
    let found = try? rate.value("v0", [("t", "1/2")], digits: 5).interval(precision: 256)
    if let found {
      let expected = try interval("-4*(1 - exp(-1/4))*exp(-1/4)*exp(-4*(1 - exp(-1/4))^2)")
      #expect(!found.isDisjoint(from: expected), "\(found)")
    }
  }

  @Test func `what has no rate`() throws {
    let model = try EndlessModeTests.model(
      "a: boson", "a'^2*a^2/4", "{operator: a, rate: 1/5}", "a: coherent(1/4)", ["rate(weight(a = fock(0)))"])
    #expect(
      try model.value("v0", [("t", "1/4")], digits: 4).undecided
        == "m: of modes that no conserved number keeps finite the rate of a figure of states, or of a weight on a "
        + "mode, is not served; accepted: rates of means, variances, weights on other factors")
  }
}
