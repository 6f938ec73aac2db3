import ArbitraryPrecision
import Models
import RigorousNumerics
import Testing

/// Figures of reduced states over times: two unequal qubits, and values of other computations.
@Suite struct TimeStateTests {
  static let pair = """
    model: unequal-pair
    parameters: {n: {kind: integer, from: 1, default: 1}, T: {kind: positive, default: 3}, c: {kind: real, default: 1/4}}
    space: {a: boson, q: qubit, s: qubit}
    hamiltonian: a'*a + q_z/2 + s_z/2 + a'*(q_m + s_m/2) + a*(q_p + s_p/2)
    start: {a: fock(n), q: down, s: down}
    parts:
      battery: {of: [q, s], hamiltonian: (2 + q_z + s_z)/2}
      cell: {of: [q], hamiltonian: (1 + q_z)/2}
    quantities:
      most: {value: "greatest(ergotropy(battery), T)"}
      most-at: {value: "time_of_greatest(ergotropy(battery), T)"}
      power: {value: "greatest(ergotropy(battery)/t, T)"}
      power-ever: {value: "greatest(ergotropy(battery)/t)"}
      share: {value: "greatest(ergotropy(battery)/mean(battery), T)"}
      mean: {value: "average(ergotropy(battery), T)"}
      mixed: {value: "greatest(entropy(q), T)"}
      impure: {value: "least(purity(q), T)"}
      linked: {value: "greatest(concurrence(q, s), T)"}
      linked-at: {value: "first_time(concurrence(q, s) = c)"}
      away: {value: "greatest(trace_distance(battery, start), T)"}
      faithful: {value: "least(fidelity(battery, start), T)"}
      split: {value: "greatest(negativity(q), T)"}
      wide: {value: "greatest(capacity(battery), T)"}
      idle: {value: "greatest(passive(battery), T)"}
      sharp: {value: "least(largest_eigenvalue(battery), T)"}
      waves: {value: "greatest(coherence(battery), T)"}
      cell-first: {value: "first_time(ergotropy(cell) = c)"}
    """

  static func check(
    _ text: String, _ name: String, _ given: [(String, String)], _ expected: String, digits: Int
  ) throws {
    let found = try Model(parsing: text, name: "m.yaml").value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(name) \(given): \(found.undecided ?? "")")
    let slack = Interval.ball(Interval(Rational(10).power(-digits), precision: 64))
    let truth = try interval(expected) + slack
    #expect(
      found.interval(precision: 256).map { !$0.isDisjoint(from: truth) } ?? false,
      "\(name) \(given): \(found.lower.map { "\($0)" } ?? "") for \(expected)")
  }

  /// With one quantum the pair is in one state of energy one with the weight p = sin^2(sqrt(5) t/2), of which the first
  /// qubit has 4/5: ergotropy max(0, 2p - 1), concurrence 4p/5, purity 1 - 2x(1 - x) with x = 4p/5.
  @Test(
    arguments: [
      ("most", [], "1"), ("most-at", [("T", "2")], "pi/sqrt(5)"), ("linked", [], "4/5"), ("mixed", [], "log(2)"),
      ("impure", [], "1/2"), ("away", [], "1"), ("faithful", [], "0"), ("split", [], "1/2"), ("wide", [], "2"),
      ("idle", [], "1/2"), ("sharp", [], "1/2"), ("waves", [], "4/5"), ("mean", [], "2/(3*sqrt(5))"),
      ("linked-at", [], "2*atan(sqrt(5/11))/sqrt(5)"), ("linked-at", [("c", "1/2")], "2*atan(sqrt(5/3))/sqrt(5)"),
      ("cell-first", [], "2*atan(5/sqrt(7))/sqrt(5)"), ("share", [("T", "2")], "1"),
    ] as [(String, [(String, String)], String)])
  func `one quantum by closed forms`(_ name: String, _ given: [(String, String)], _ value: String) throws {
    try Self.check(Self.pair, name, given, value, digits: 8)
  }

  /// mpmath with 30 digits: eigenvectors of the whole, reduced states, golden sections and Gaussian quadrature.
  @Test(
    arguments: [
      ("power", "1", "0.752455695230372173341605730700"), ("power-ever", "1", "0.752455695230372173341605730700"),
      ("power", "2", "1.02819926396076481576086465207"), ("linked", "2", "0.614553732472725286369219330708"),
      ("linked-at", "2", "0.74555077398522838274256921016"),
      ("most", "2", "0.99999999999999999"), ("mixed", "2", "log(2)"), ("away", "2", "1"),
    ])
  func `one and two quanta by another computation`(_ name: String, _ quanta: String, _ value: String) throws {
    try Self.check(Self.pair, name, [("n", quanta)], value, digits: 7)
  }

  /// A figure over 0/0 is continued at the start alone: near t = 2 pi/sqrt(5) the pair is empty again.
  @Test func `a ratio without a bound is given up`() throws {
    let model = try Model(parsing: Self.pair, name: "m.yaml")
    let value = try model.value("share", [("T", "3")], digits: 5, budget: Budget(seconds: 5))
    #expect(value.undecided != nil && value.lower == nil)
  }
}
