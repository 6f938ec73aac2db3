import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Modes with jumps or drives whose levels have no end, against closed forms and values of other programs.
@Suite struct EndlessModeTests {
  static func model(
    _ space: String, _ hamiltonian: String, _ jumps: String, _ start: String, _ values: [String],
    parts: String = ""
  ) throws -> Model {
    let quantities = values.enumerated().map { "  v\($0.offset): {value: \"\($0.element)\"}" }.joined(separator: "\n")
    return try Model(
      parsing: """
        model: m
        space: {\(space)}
        hamiltonian: "\(hamiltonian)"
        \(jumps.isEmpty ? "" : "jumps: [\(jumps)]")
        start: {\(start)}
        parts: {\(parts)}
        quantities:
        \(quantities)
        """, name: "m.yaml")
  }

  /// Holds figures at a time against numbers, to some digits after the point.
  private static func expect(
    _ space: String, _ hamiltonian: String, _ jumps: String, _ start: String, _ time: String,
    _ expected: [(value: String, number: Interval)], parts: String = "", digits: Int = 20,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try model(space, hamiltonian, jumps, start, expected.map(\.value), parts: parts)
    for (place, (value, number)) in expected.enumerated() {
      let found = try #require(
        try model.value("v\(place)", [("t", time)], digits: digits).interval(precision: 256), "\(start): \(value)",
        sourceLocation: sourceLocation)
      #expect(
        !found.isDisjoint(from: number), "\(start): \(value): \(found), \(number)", sourceLocation: sourceLocation)
      #expect(
        found.width.double(rounding: .up) < 100 * pow(0.1, Double(digits)), "\(start): \(value)",
        sourceLocation: sourceLocation)
    }
  }

  private static func number(_ text: String) throws -> Interval { try interval(text) }

  /// Numbers of a program in doubles, which are worth some digits.
  private static func rough(_ value: Double, _ digits: Int = 11) -> Interval {
    return Interval(Rational(exactly: value) ?? 0, precision: 128)
      + .ball(Interval(Rational(1, Integer(10).power(digits)), precision: 64).upper)
  }

  // MARK: - Closed forms

  /// A damped oscillator keeps a coherent state coherent: alpha e^(-iwt - kt/2).
  @Test func `a damped coherent state`() throws {
    // w = 2, k = 1/2, alpha = 3/2, t = 3/4.
    let n = "9/4*exp(-3/8)"
    let x = "3*exp(-3/16)*cos(3/2)"
    // |alpha(t) - alpha|^2.
    let away = "(9/4*(1 + exp(-3/8)) - 9/2*exp(-3/16)*cos(3/2))"
    try Self.expect(
      "a: boson", "2*a'*a", "{operator: a, rate: 1/2}", "a: coherent(3/2)", "3/4",
      [
        ("mean(a'*a)", try Self.number(n)), ("mean(a + a')", try Self.number(x)),
        ("weight(a = fock(2))", try Self.number("(\(n))^2*exp(-\(n))/2")), ("purity(all)", try Self.number("1")),
      ], digits: 30)
    try Self.expect(
      "a: boson", "2*a'*a", "{operator: a, rate: 1/2}", "a: coherent(3/2)", "3/4",
      [
        ("variance(a'*a)", try Self.number(n)), ("variance(a + a')", try Self.number("1")),
        ("fidelity(a, start)", try Self.number("exp(-\(away))")),
        ("trace_distance(a, start)", try Self.number("sqrt(1 - exp(-\(away)))")),
      ], digits: 6)
  }

  /// A thermal state stays one, of nbar e^(-kt) quanta.
  @Test(arguments: ["1/7", "2"])
  func `a damped thermal state`(_ quanta: String) throws {
    let n = "(\(quanta)*exp(-3/8))"
    try Self.expect(
      "a: boson", "a'*a", "{operator: a, rate: 1/2}", "a: thermal(\(quanta))", "3/4",
      [
        ("mean(a'*a)", try Self.number(n)), ("variance(a'*a)", try Self.number("\(n)*(\(n) + 1)")),
        ("purity(all)", try Self.number("1/(2*\(n) + 1)")),
        ("largest_eigenvalue(a)", try Self.number("1/(\(n) + 1)")),
      ], digits: 30)
    try Self.expect(
      "a: boson", "a'*a", "{operator: a, rate: 1/2}", "a: thermal(\(quanta))", "3/4",
      [
        ("entropy(a)", try Self.number("(\(n) + 1)*log(\(n) + 1) - \(n)*log(\(n))")),
        ("ergotropy(mode)", try Self.number("0")), ("passive(mode)", try Self.number("3*\(n)")),
        ("coherence(a)", try Self.number("0")),
      ], parts: "mode: {of: [a], hamiltonian: 3*a'*a}", digits: 12)
  }

  /// Second moments of a squeezed state: n = sinh(r)^2 e^(-kt), <a^2> = -e^(i phi - 2iwt - kt) sinh(2r)/2.
  @Test func `a damped squeezed state`() throws {
    // w = 1, k = 1/3, r = 2/5, phi = 1/2, t = 3/4.
    let (n, size) = ("(sinh(2/5)^2*exp(-1/4))", "(sinh(4/5)/2*exp(-1/4))")
    try Self.expect(
      "a: boson", "a'*a", "{operator: a, rate: 1/3}", "a: \"squeezed(2/5, 1/2)\"", "3/4",
      [
        ("mean(a'*a)", try Self.number(n)),
        ("mean((a + a')^2)", try Self.number("1 + 2*\(n) - 2*\(size)*cos(1)")),
        ("mean(a + a')", try Self.number("0")),
        // Gaussian without a mean.
        ("variance(a'*a)", try Self.number("\(n)^2 + \(n) + \(size)^2")),
        ("purity(all)", try Self.number("1/sqrt((2*\(n) + 1)^2 - 4*\(size)^2)")),
      ], digits: 30)
  }

  /// A driven cavity from the vacuum: coherent at all times, alpha = -2i (F/k) (1 - e^(-kt/2)).
  @Test(arguments: ["1/2", "10"])
  func `a driven cavity`(_ time: String) throws {
    let n = "(4*(1 - exp(-\(time)/2))^2)"
    try Self.expect(
      "a: boson", "a + a'", "{operator: a, rate: 1}", "a: fock(0)", time,
      [
        ("mean(a'*a)", try Self.number(n)), ("weight(a = fock(1))", try Self.number("\(n)*exp(-\(n))")),
      ], digits: 6)
  }

  /// Loss and gain together: n' = -(k - g) n + g, and a thermal state stays one.
  @Test func `loss and gain`() throws {
    let n = "(1/3*exp(-3/4) + 1/2*(1 - exp(-3/4)))"
    try Self.expect(
      "a: boson", "a'*a", "{operator: a, rate: 3/2}, {operator: \"a'\", rate: 1/2}", "a: thermal(1/3)", "3/4",
      [
        ("mean(a'*a)", try Self.number(n)), ("variance(a'*a)", try Self.number("\(n)*(\(n) + 1)")),
        ("purity(all)", try Self.number("1/(2*\(n) + 1)")),
      ])
  }

  /// Gain from the vacuum: a thermal state of N = e^t - 1 quanta, with <n^2> = 2 N^2 + N.
  ///
  /// At t = 3/2 the root of <n^2> is 5.27; with the growth of <n>, e^(3/2), it would be at most 4.48.
  @Test func `gain alone`() throws {
    let n = "(exp(3/2) - 1)"
    try Self.expect(
      "a: boson", "0", "{operator: \"a'\", rate: 1}", "a: fock(0)", "3/2",
      [
        ("mean(a'*a)", try Self.number(n)), ("mean((a'*a)^2)^(1/2)", try Self.number("sqrt(2*\(n)^2 + \(n))")),
        ("mean(a'^3*a^3)", try Self.number("6*\(n)^3")),
      ])
  }

  /// <a> of a Kerr oscillator with loss (Milburn and Holmes, Phys. Rev. Lett. 56, 2237, 1986): alpha e^(-kt/2)
  /// exp(-|alpha|^2 2ix/(k + 2ix) (1 - e^(-(k + 2ix)t))) for H = x a'^2 a^2.
  @Test func `Kerr with loss`() throws {
    // x = 1/4, k = 1/5, alpha = 3/2, t = 2: of 2ix/(k + 2ix) (1 - e^(-z)) the parts, |k + 2ix|^2 = 29/100.
    let (u, v) = ("(1 - exp(-2/5)*cos(1))", "(exp(-2/5)*sin(1))")
    // 2ix (k - 2ix) = 1/4 + i/10.
    let (real, imaginary) = ("(25*\(u) - 10*\(v))/29", "(25*\(v) + 10*\(u))/29")
    try Self.expect(
      "a: boson", "a'^2*a^2/4", "{operator: a, rate: 1/5}", "a: coherent(3/2)", "2",
      [
        ("mean(a + a')", try Self.number("3*exp(-1/5)*exp(-9/4*\(real))*cos(9/4*\(imaginary))")),
        ("mean(a'*a)", try Self.number("9/4*exp(-2/5)")),
        // By SciPy's expm_multiply of the whole generator on 40 levels.
        ("purity(all)", Self.rough(0.7023490851728877)),
      ], digits: 10)
  }

  /// With a drive f(t) and a rate k(t) the vacuum becomes coherent: alpha = -i times the integral of f e^(-K), K that
  /// of k/2 from s to t. k = 2/(1 + t) has e^(-K) = (1 + s)/(1 + t).
  @Test func `drives and rates that depend on the time`() throws {
    try Self.expect(
      "a: boson", "a + a'", "{operator: a, rate: 2/(1 + t)}", "a: fock(0)", "1",
      [("mean(a'*a)", try Self.number("9/16")), ("mean(i*(a' - a))", try Self.number("-3/2"))], digits: 14)
    try Self.expect(
      "a: boson", "cos(t)*(a + a')", "", "a: fock(0)", "2",
      [("mean(a'*a)", try Self.number("sin(2)^2")), ("purity(all)", try Self.number("1"))], digits: 14)
  }

  // MARK: - Other programs

  /// By SciPy's expm_multiply of the whole generator on 40, 26, 40 and 11 by 8 levels; with fewer levels (30, 20, 34,
  /// 9) all digits that are held here are the same.
  @Test func `values of another program`() throws {
    try Self.expect(
      "a: boson", "0", "{operator: a^2 - 1, rate: 1}", "a: fock(0)", "1",
      [
        ("mean(a'*a)", Self.rough(0.380072417974083)), ("purity(all)", Self.rough(0.9937377649396969)),
      ], digits: 10)
    try Self.expect(
      "a: boson", "0", "{operator: a^3 - 1/2, rate: 1}", "a: fock(0)", "1/2",
      [("mean(a'*a)", Self.rough(0.07426219516962222)), ("purity(all)", Self.rough(0.9998850713530036))], digits: 10)
    try Self.expect(
      "a: boson, q: qubit", "a'*q_m + a*q_p", "{operator: a, rate: 1/10}", "a: coherent(2), q: down", "5",
      [
        ("mean(a'*a)", Self.rough(2.1202258734340935)), ("entropy(q)", Self.rough(0.43435298362556646)),
      ], digits: 10)
    let model = try Model(
      parsing: """
        model: m
        space: {a: boson, b: boson}
        hamiltonian: "b'*b + a'*a*(b + b')/4"
        jumps: [{operator: a, rate: 1/10}, {operator: b, rate: 1/5}]
        start: {superposition: [[1/sqrt(2), {a: fock(0), b: fock(0)}], [1/sqrt(2), {a: fock(1), b: fock(0)}]]}
        quantities: {n: {value: "mean(b'*b)"}, a: {value: "mean(a + a')"}}
        """, name: "m.yaml")
    for (name, value) in [("n", 0.024355290034298472), ("a", 0.9250525018080661)] {
      let found = try #require(try model.value(name, [("t", "1")], digits: 12).interval(precision: 128))
      #expect(!found.isDisjoint(from: Self.rough(value)), "\(name): \(found)")
    }
  }

  // MARK: - Laws

  /// What the start's state is after a time does not depend on the digits that are asked for.
  @Test(arguments: [
    ("a: boson", "a'^2*a^2/8 + (a + a')/2", "{operator: a, rate: 1/4}, {operator: \"a'*a\", rate: 1/5}", "a: fock(1)"),
    (
      "a: boson, q: qubit", "a'*q_m + a*q_p + (a + a')/2", "{operator: a, rate: 1/2}, {operator: q_m, rate: 1/4}",
      "a: fock(0), q: plus"
    ),
    ("a: boson", "i*(a^2 - a'^2)/5", "{operator: \"a + a'/3\", rate: 1/2}", "a: thermal(1/2)"),
    ("a: boson", "a'*a", "{correlated: {operators: [a, \"a'\"], rates: [[1, i/4], [-i/4, 1/8]]}}", "a: coherent(1/2)"),
  ])
  func `more digits meet fewer`(_ space: String, _ hamiltonian: String, _ jumps: String, _ start: String) throws {
    let values = ["mean(a'*a)", "purity(a)"]
    let model = try Self.model(space, hamiltonian, jumps, start, values)
    for place in values.indices {
      let found = try [3, 6, 10].map {
        try #require(
          try model.value("v\(place)", [("t", "2/3")], digits: $0).interval(precision: 128), "\(values[place])")
      }
      #expect(
        !found[0].isDisjoint(from: found[2]) && !found[1].isDisjoint(from: found[2]), "\(values[place]): \(found)")
    }
  }

  // MARK: - Refusals

  @Test func `what is not proved or not served`() throws {
    func message(
      _ hamiltonian: String, _ jumps: String, _ value: String, _ start: String = "a: fock(0)", _ t: String? = "1"
    ) throws -> String? {
      let model = try Self.model("a: boson", hamiltonian, jumps, start, [value])
      do {
        return try model.value("v0", t.map { [("t", $0)] } ?? [], digits: 6).undecided
      } catch let error as BadInput {
        return error.message
      }
    }
    func jump(_ words: String) -> String {
      "m: the flow is not proved to exist for the jump with \(words); accepted: in modes without an end jumps "
        + "linear in the letters of modes, single terms that lower or keep a weighted number of quanta, a^k + c, "
        + "functions of a'a"
    }
    #expect(try message("0", "{operator: \"a'^2\", rate: 1}", "mean(a'*a)") == jump("'a'^2'"))
    #expect(try message("0", "{operator: \"a'^2*a\", rate: 1}", "mean(a'*a)", "a: fock(1)") == jump("'a'^2*a'"))
    #expect(try message("0", "{operator: \"a^2 + a'\", rate: 1}", "mean(a'*a)") == jump("'a'' and 'a^2'"))
    #expect(
      try message("a^3 + a'^3", "{operator: a, rate: 1}", "mean(a'*a)")
        == "m.yaml line 3: hamiltonian: the flow is not proved to exist for the term 'a'^3'; accepted: in modes "
        + "without an end terms of at most two letters of modes, terms that keep a weighted number of quanta, "
        + "functions of a'a, a'a*(b + b')")
    #expect(
      try message("a + a' + a'^2*a^2", "{operator: a, rate: 1}", "greatest(mean(a'*a))", "a: fock(0)", nil)
        == "figures over all times are not served of modes that no conserved number keeps finite; accepted: windows, "
        + "greatest(F, T)")
    #expect(
      try message("a + a' + a'^2*a^2", "{operator: a, rate: 1}", "steady(mean(a'*a))", "a: fock(0)", nil)
        == "m: limits are not served of modes that jumps or a drive take to levels without end, unless they are "
        + "Gaussian: that one state is at rest, and that the start comes to it, is not proved; accepted: figures of "
        + "the state at a time, rates, figures in windows")
    // A mode that loses or keeps its quanta has an end.
    #expect(try message("a'*a", "{operator: a, rate: 1}", "steady(mean(a'*a))", "a: fock(3)", nil) == nil)
    #expect(try message("a'*a", "{operator: \"a'^2*a^2\", rate: 1}", "mean(a'*a)", "a: fock(3)") == nil)
  }
}
