import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// The two routes of models with jumps, functions of time and schedules: elements that the start reaches, in fixed
/// point with the defect of Taylor's series, and the whole space in enclosures with Cauchy's estimate.
@Suite struct OpenSecondRouteTests {
  private let routes = SecondRouteTests()

  @Test func `both routes of random models with jumps meet`() throws {
    var count = SecondRouteTests.Count()
    try RandomCases.run(8) { random, label in
      let twin = RandomOpenModel(&random, greatestDimension: 4)
      try routes.compare(twin.text, [("t", twin.closed.time)], label, &count, precision: 64)
    }
    #expect(count.both >= 24, "\(count)")
  }

  @Test func `both routes of random drives meet`() throws {
    var count = SecondRouteTests.Count()
    try RandomCases.run(4) { random, label in
      func choice<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
      let functions = [
        "cos(3*t)", "sin(t)/2", "exp(-t)", "t", "1/(1 + t^2)", "exp(-8*(t - 1/2)^2)", "cosh(t/3)", "(1 - t)^3",
      ]
      let rates = ["cos(t)^2", "exp(-t)", "1/(1 + t^2)", "t^2", "1/3", "exp(-9*(t - 1/4)^2)"]
      let terms = ["q_x", "q_z*s_z", "(q_p*s_m + q_m*s_p)", "(s_x + q_y)", "i*(q_p - q_m)*s_z"]
      let jumps = ["q_m", "s_m + q_z", "(1 + i)*s_p", "cos(t)*q_m + exp(i*t)*s_m", "q_z*exp(2*i*t)", "s_z*q_p"]
      var hamiltonian = (0...Int(random.next() % 3)).map { _ in "(\(choice(functions)))*\(choice(terms))" }
      if random.next() % 2 == 0 { hamiltonian.append("exp(i*2*t)*q_m*s_p + exp(-i*2*t)*q_p*s_m") }
      let own = (0...Int(random.next() % 2)).map { _ in "{operator: \"\(choice(jumps))\", rate: \"\(choice(rates))\"}" }
      let text = """
        model: random
        space: {q: qubit, s: spin \(choice(["1/2", "1"]))}
        hamiltonian: "\(hamiltonian.joined(separator: " + "))"
        jumps: [\(own.joined(separator: ", "))]
        start: {q: "bloch(1/3, 0, 1/2)", s: \(choice(["up", "dicke(0)"]))}
        quantities:
          z: {value: "mean(q_z + s_x/2)"}
          v: {value: "variance(q_x + s_z)"}
          energy: {value: mean(H)}
          change: {value: "rate(mean(q_z))"}
          up: {value: weight(q = up)}
          purity: {value: purity(all)}
          entropy: {value: entropy(q)}
        """
      try routes.compare(text, [("t", choice(["0", "1e-3", "1/2", "1"]))], label, &count, precision: 64)
    }
    #expect(count.both >= 20, "\(count)")
  }

  /// Models that each lean on one step of a route.
  @Test(arguments: [
    (
      "1", 3,
      """
      model: pulse
      space: {q: qubit}
      hamiltonian: "(pi/2)*8/sqrt(2*pi)*exp(-(t - 1/2)^2*32)*q_x"
      start: {q: down}
      quantities: {up: {value: weight(q = up)}, y: {value: mean(q_y)}, purity: {value: purity(all)}}
      """
    ),
    (
      "3/2", 4,
      """
      model: cavity
      space: {a: boson, q: qubit}
      hamiltonian: "(1/2)*(a'*q_m + a*q_p)"
      jumps: [{operator: a, rate: 1/3}, {operator: "a*q_m", rate: 1/5}]
      start: {a: fock(2), q: up}
      quantities:
        n: {value: mean(a'*a)}
        v: {value: variance(a'*a)}
        tangle: {value: purity(q)}
        none: {value: "weight(a = fock(0), q = down)"}
      """
    ),
    (
      "4/5", 3,
      """
      model: bath
      space: {s: {kind: qubit, cells: 2}}
      hamiltonian: s_p[0]*s_m[1] + s_m[0]*s_p[1]
      jumps:
        - {correlated: {operators: ["s_m[0]", "i*s_m[1]"], rates: [[2, "1 - i"], ["1 + i", 1]]}}
        - {each: j, operator: "s_p[j]", rate: 1/(2 + j)}
      start: {s: [up, plus]}
      quantities:
        z: {value: "mean(s_z[0] - s_z[1]/2)"}
        tangle: {value: "concurrence(s[0], s[1])"}
        work: {value: "variance(s_x[0]*s_y[1])"}
      """
    ),
    (
      "2", 3,
      """
      model: fermions
      space: {c: {kind: fermion, cells: 3}}
      hamiltonian: "chain(j, c[j]'*c[j+1] + c[j+1]'*c[j])"
      jumps: [{each: j, operator: "c[j]", rate: "(1 + j)/4"}, {operator: "c[1]'*c[0]", rate: 1}]
      start: {c: [level(1), level(0), level(1)]}
      quantities:
        n: {value: "mean(c[1]'*c[1])"}
        v: {value: "variance(c[0]'*c[0] + c[2]'*c[2])"}
        p: {value: purity(all)}
      """
    ),
    (
      "9/4", 4,
      """
      model: collisions
      space: {a: boson, q: qubit}
      schedule:
        - {for: pi/3, hamiltonian: "a'*q_m + a*q_p"}
        - repeat: 2
          steps:
            - reset: {q: "bloch(3/5, 0, 1/5)"}
            - {for: 1/2, hamiltonian: "a'*q_m + a*q_p", jumps: [{operator: a, rate: 1/4}]}
        - reset: {q: gibbs(2)}
        - {for: rest, hamiltonian: q_x + a'*a, jumps: [{operator: q_m, rate: "t/3"}]}
      start: {a: fock(0), q: up}
      parts: {b: {of: [q], hamiltonian: q_z}}
      quantities:
        n: {value: mean(a'*a)}
        energy: {value: mean(H)}
        work: {value: ergotropy(b)}
        purity: {value: purity(all)}
        middle: {value: "at(mean(q_z), pi/3)"}
      """
    ),
  ])
  func `each step of the second route is held by a model`(_ time: String, _ least: Int, _ text: String) throws {
    var count = SecondRouteTests.Count()
    try routes.compare(text, [("t", time)], "step", &count, precision: 64)
    // The purity of all of a space with a mode is not served by the second route.
    let isOpen = text.contains("boson") && text.contains("purity(all)")
    #expect(count.both >= least && count.beyond == (isOpen ? 1 : 0), "\(count)")
  }

  @Test func `what the second route does not reach is said`() throws {
    func reason(_ text: String, _ quantity: String) throws -> String? {
      let model = try Model(parsing: text, name: "m.yaml")
      let system = try #require(try model.entered(in: Catalogue([])).systems.first)
      let own = try #require(system.quantities.first { $0.name == quantity })
      let arguments = try Arguments([(name: "t", text: "1")], for: own)
      let route = try #require(own.routes.first { $0.isCheck })
      do {
        _ = try route.evaluate(arguments, 96, .init(bits: 4096, seconds: 60))
        return nil
      } catch let unanswered as Unanswered {
        return unanswered.reason
      }
    }
    let start = "model: m\nquantities: {n: {value: mean(q_z)}}\njumps: [{operator: q_m, rate: 1}]\n"
    let wide = try reason(
      start + "space: {q: qubit, s: {kind: qubit, cells: 4}}\nhamiltonian: q_x\nstart: {q: up, s: up}", "m.n")
    #expect(wide?.contains("spaces of at most") == true, "\(wide ?? "none")")
    let root = try reason(start + "space: {q: qubit}\nhamiltonian: sqrt(2 + t)*q_x\nstart: {q: up}", "m.n")
    #expect(root == "a function of t is not seen to be analytic by the second route", "\(root ?? "none")")
    let reset = try reason(
      """
      model: m
      space: {q: qubit, a: boson}
      schedule: [{for: 1/2, hamiltonian: q_x}, {reset: {a: fock(1)}}, {for: rest}]
      start: {q: up, a: fock(0)}
      quantities: {n: {value: mean(q_z)}}
      """, "m.n")
    #expect(
      reset == "resets of modes, and of some fermions beside others, by the second route", "\(reset ?? "none")")
  }
}
