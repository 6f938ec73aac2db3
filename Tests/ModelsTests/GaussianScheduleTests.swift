import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Schedules of modes by their first and second moments.
@Suite struct GaussianScheduleTests {
  private static let pieces = """
    space: {a: boson, b: boson}
    schedule:
      - {for: 1, hamiltonian: "a'*a + b'*b + (a'*b + b'*a)/2 + (a*b + a'*b')/5", jumps: [{operator: a, rate: 1/4}]}
      - reset: {b: squeezed(1/3)}
      - {for: 1/2, hamiltonian: "cos(t)*(a + a') + b'*b + (a'*b + b'*a)/2", jumps: [{operator: b, rate: t}]}
      - for: rest
        hamiltonian: "a'*a + (a'*b + b'*a)/3"
        jumps: [{operator: a, rate: 1/2}, {operator: b, rate: 1/2}, {operator: "b'", rate: 1/10}]
    start: {a: thermal(1/3), b: coherent(1)}
    parts: {p: {of: [b], hamiltonian: "b'*b"}}
    """

  /// Numbers of mpmath 1.3.0: the pieces without t by `expm`, the driven one by the midpoint rule extrapolated to 26
  /// digits; the rate by a difference over 2e-8, the limit at t = 60. Each list is
  /// held to a unit of the last decimal of its shortest number.
  @Test func `pieces with a drive and a reset`() throws {
    try GaussianFigures.expect(
      Self.pieces, at: "2",
      [
        ("mean(a'*a)", "0.4666363918829044480118"), ("mean(b'*b)", "0.1560989988482504849836"),
        ("mean(a'*b' + a*b)", "0.3693276306871895542921"), ("purity(all)", "0.6462756524362688641871"),
        ("ergotropy(p)", "0.05777840733350548274096"), ("negativity(a)", "0"),
      ], digits: 20, within: "1e-22")
    try GaussianFigures.expect(
      Self.pieces, at: "3/2",
      [
        ("mean(a'*a)", "0.6514804701664045705518"), ("purity(all)", "0.6560838837235382410913"),
        ("ergotropy(p)", "0.0452521492557235479155"),
      ], digits: 20, within: "1e-22")
    try GaussianFigures.expect(
      Self.pieces, at: "2",
      [("rate(mean(b'*b))", "0.13767320277869"), ("steady(mean(b'*b))", "0.212178517397")], digits: 12,
      within: "1e-12")
  }

  /// Each piece has a Hamiltonian of its own, and a piece begins at its first instant.
  @Test func `the Hamiltonian and Gibbs states of a schedule`() throws {
    let rest = """
      space: {a: boson, b: boson}
      schedule:
        - {for: 1, hamiltonian: "i*(a'*b - b'*a)"}
        - {for: 1, hamiltonian: "t*b'*b"}
        - {for: rest, hamiltonian: "3*b'*b", jumps: [{operator: b, rate: 1}]}
      start: {a: coherent(2), b: fock(0)}
      parts: {p: {of: [b], hamiltonian: "b'*b"}}
      """
    let quanta = "4*sin(1)^2"
    for (time, energy) in [
      ("1/2", "0"), ("1", quanta), ("3/2", "3/2*\(quanta)"), ("2", "3*\(quanta)"), ("3", "3*exp(-1)*\(quanta)"),
    ] {
      try GaussianFigures.expect(rest, at: time, [("mean(H)", energy)], digits: 15)
    }
    // A coherent state with x = 1 - e^(-2): x e^(-x |alpha|^2).
    try GaussianFigures.expect(
      rest, at: "2", [("fidelity(p, gibbs(2))", "(1 - exp(-2))*exp(-(1 - exp(-2))*\(quanta))")], digits: 15)
  }

  /// A beam splitter of angle 1/4 with a fresh mode, again and again: what a has falls to the fresh mode's by cos^2.
  @Test func `a million collisions`() throws {
    func collisions(_ fresh: String, _ count: Int) -> String {
      """
      space: {a: boson, b: boson}
      schedule:
        - repeat: \(count)
          steps:
            - reset: {b: \(fresh)}
            - {for: 1/4, hamiltonian: "i*(a'*b - b'*a)"}
      start: {a: "displaced_squeezed(3, 1/2, 0)", b: fock(0)}
      """
    }
    let left = "cos(1/4)^200"
    try GaussianFigures.expect(
      collisions("\"squeezed(-1/3)\"", 100), at: "25",
      [
        ("variance(a + a')", "exp(2/3) + \(left)*(exp(-1) - exp(2/3))"),
        ("variance(i*(a - a'))", "exp(-2/3) + \(left)*(exp(1) - exp(-2/3))"), ("mean(a + a')", "6*cos(1/4)^100"),
        ("variance(b + b')", "cos(1/4)^2*exp(2/3) + sin(1/4)^2*(exp(2/3) + cos(1/4)^198*(exp(-1) - exp(2/3)))"),
      ], digits: 20)
    try GaussianFigures.expect(
      collisions("thermal(2)", 1_000_000), at: "250000",
      [("mean(a'*a)", "2"), ("purity(a)", "1/5")], digits: 20)
    // Amid the sixtieth: the fresh mode has turned by 1/8.
    try GaussianFigures.expect(
      collisions("thermal(2)", 1000), at: "59/4 + 1/8",
      [("abs(mean(b + b'))", "6*cos(1/4)^59*sin(1/8)")], digits: 20)
    try GaussianFigures.expect(
      collisions("thermal(2)", 1_000_000), at: "59/4 + 1/8", [("abs(mean(b + b'))", "6*cos(1/4)^59*sin(1/8)")],
      digits: 20)
  }

  @Test func `repetitions with a drive are followed one by one`() throws {
    func driven(_ count: Int) -> String {
      """
      space: {a: boson}
      schedule: [{repeat: \(count), steps: [{for: 1, hamiltonian: "cos(t)*(a + a')"}, {for: 1/2}]}]
      start: {a: fock(0)}
      """
    }
    // <a> = -i times the integral of cos over 0 ... 1 and 3/2 ... 5/2.
    try GaussianFigures.expect(
      driven(200_000), at: "3", [("mean(a'*a)", "(sin(1) + sin(5/2) - sin(3/2))^2")], digits: 15)
    let reason = try GaussianFigures.reason(driven(200_000), "mean(a'*a)", at: "250000")
    #expect(reason?.contains("repetitions one by one") ?? false)
  }

  /// What the modes had in common is lost in a reset, and a level of one is known by its moments alone.
  @Test func `a reset cuts correlations`() throws {
    func text(_ fresh: String) -> String {
      """
      space: {a: boson, b: boson}
      schedule:
        - {for: 1, hamiltonian: "i*(a'*b' - a*b)"}
        - reset: {b: \(fresh)}
        - {for: rest, jumps: [{operator: a, rate: 1}]}
      start: {a: fock(0), b: fock(0)}
      """
    }
    let quanta = "sinh(1)^2*exp(-1)"
    try GaussianFigures.expect(
      text("coherent(2)"), at: "2",
      [
        ("mean(a'*a)", quanta), ("negativity(a)", "0"), ("purity(all)", "1/(1 + 2*\(quanta))"),
        ("mean(a*b + a'*b')", "0"), ("mean(b + b')", "4"), ("fidelity(b, coherent(2))", "1"),
      ], digits: 20)
    try GaussianFigures.expect(text("coherent(2)"), at: "1", [("negativity(a)", "(exp(2) - 1)/2")], digits: 20)
    try GaussianFigures.expect(
      text("fock(3)"), at: "2",
      [("mean(b'*b)", "3"), ("variance(b + b')", "7"), ("purity(a)", "1/(1 + 2*\(quanta))")], digits: 20)
    let reason = try GaussianFigures.reason(text("fock(3)"), "purity(b)", at: "2")
    #expect(reason?.contains("no number of quanta is seen to bound") ?? false)
  }

  /// n = 4 (1 - e^(-t/2))^2 to t = 1, and decay from there on.
  @Test func `figures over times`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      schedule:
        - {for: 1, hamiltonian: a + a', jumps: [{operator: a, rate: 1}]}
        - {for: rest, jumps: [{operator: a, rate: 1}]}
      start: {a: fock(0)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """,
      [
        ("greatest(mean(b))", "4*(1 - exp(-1/2))^2"), ("time_of_greatest(mean(b), 3)", "1"),
        ("first_time(mean(b) = 1/4)", "2*log(4/3)"), ("time_of_first_maximum(mean(b))", "1"),
        ("average(mean(b), 2)", "(4*(1 - 4*(1 - exp(-1/2)) + 1 - exp(-1)) + 4*(1 - exp(-1/2))^2*(1 - exp(-1)))/2"),
        ("greatest(ergotropy(b), 3)", "4*(1 - exp(-1/2))^2"), ("at(rate(mean(b)), 1)", "-4*(1 - exp(-1/2))^2"),
        ("steady(mean(b))", "0"),
      ], digits: 12)
  }

  /// Vectors and elements serve the same where quanta are few: the second route.
  @Test func `moments and elements of one schedule`() throws {
    var count = SecondRouteTests.Count()
    try RandomCases.run(4) { random, label in
      func choice(_ list: [String]) -> String { list[Int(random.next() % UInt64(list.count))] }
      let forms = ["a'*b + b'*a + a'*a", "i*(a'*b - b'*a)", "b'*b/3", "2*a'*a + (a'*b + b'*a)/2"]
      let jumps = ["a + b/2", "b", "a - i*b", "a"]
      func piece(_ length: String) -> String {
        "{for: \(length), hamiltonian: \"\(choice(forms))\", jumps: [{operator: \(choice(jumps)), rate: 1/3}]}"
      }
      let text = """
        model: random
        space: {a: boson, b: boson}
        schedule:
          - \(piece("1/3"))
          - repeat: \(choice(["0", "2", "7"]))
            steps: [\(piece("1/8")), {reset: {\(choice(["a", "b"])): fock(\(choice(["0", "1"])))}}]
          - \(piece("rest"))
        start: {a: fock(\(choice(["0", "1", "2"]))), b: "\(choice(["fock(1)", "diagonal(1/2, 1/4, 1/4)"]))"}
        quantities:
          quanta: {value: "mean(a'*a)"}
          x: {value: "variance(a + a')"}
          c: {value: "covariance(a + a', b + b')"}
          exchange: {value: "mean(i*(a'*b - b'*a))"}
        """
      try SecondRouteTests().compare(text, [("t", choice(["1/4", "1/3", "2"]))], label, &count, precision: 64)
    }
    #expect(count.both >= 14, "\(count)")
  }
}
