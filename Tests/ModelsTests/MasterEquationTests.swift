import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Models with jumps and with Hamiltonians that depend on the time, against closed forms and the exponential of the
/// whole generator.
@Suite struct MasterEquationTests {
  private static func model(_ space: String, _ rest: String) throws -> Model {
    try Model(parsing: "model: m\nspace: \(space)\n\(rest)", name: "m.yaml")
  }

  private static func expect(
    _ model: Model, _ name: String, _ given: [(String, String)], _ expected: String, digits: Int = 25,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try model.value(name, given, digits: digits)
    let value = try #require(found.interval(precision: 256), sourceLocation: sourceLocation)
    #expect(found.undecided == nil, "\(name)", sourceLocation: sourceLocation)
    #expect(
      !value.isDisjoint(from: try interval(expected)), "\(name): \(value) for \(expected)",
      sourceLocation: sourceLocation)
  }

  @Test func `random models meet the exponential of the whole generator`() throws {
    try RandomCases.run(40) { random, label in
      let twin = RandomOpenModel(&random, greatestDimension: 4)
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let time = twin.closed.time
      for (name, expected) in try twin.values() {
        let found = try model.value(name, [("t", time)], digits: 20)
        let value = try #require(found.interval(precision: 128), "\(label)\n\(twin.text)\n\(name) t = \(time)")
        #expect(found.undecided == nil, "\(label)\n\(twin.text)\n\(name) t = \(time)")
        #expect(
          !value.isDisjoint(from: expected), "\(label)\n\(twin.text)\n\(name) t = \(time): \(value) \(expected)")
        #expect(expected.width.double(rounding: .up) < 1e-15, "\(label): the twin is wide")
      }
    }
  }

  /// Quanta are lost one by one: the number left is binomial, its mean n e^-gt.
  @Test func `a mode loses its quanta`() throws {
    let model = try Self.model(
      "{a: boson}",
      """
      hamiltonian: a'*a
      jumps: [{operator: a, rate: 1/2}]
      start: {a: fock(5)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      quantities: {n: {value: mean(b)}, v: {value: variance(b)}, w: {value: weight(a = fock(2))}, p: {value: purity(all)}}
      """)
    let q = "exp(-3/2)"
    try Self.expect(model, "n", [("t", "3")], "5*\(q)")
    try Self.expect(model, "v", [("t", "3")], "5*\(q)*(1-\(q))")
    try Self.expect(model, "w", [("t", "3")], "10*\(q)^2*(1-\(q))^3")
    let terms = [1, 5, 10, 10, 5, 1].enumerated().map { "(\($1)*\(q)^\($0)*(1-\(q))^\(5 - $0))^2" }
    try Self.expect(model, "p", [("t", "3")], terms.joined(separator: " + "))
  }

  /// A rate f(t) in place of 1 makes the time into the integral of f; so does a factor of the Hamiltonian.
  @Test(
    arguments: [
      ("cos(t)^2", "2", "1 + sin(4)/4"), ("1 - cos(t)", "3", "3 - sin(3)"), ("t*exp(-t)", "2", "1 - 3*exp(-2)"),
      ("1/(1 + t)", "5", "log(6)"), ("exp(-(t-20)^2)*0 + 2*t", "3/2", "9/4"),
      ("1/(1 + 4*(t - 30)^2)", "60", "atan(60)"),
    ])
  func `a factor of time is a time of its own`(_ factor: String, _ time: String, _ integral: String) throws {
    func model(_ f: String, _ g: String, at end: String) throws -> Model {
      try Self.model(
        "{q: qubit, s: spin 1}",
        """
        hamiltonian: (\(g))*(q_x + 2*s_z*q_y + s_x/3)
        jumps: [{operator: q_m, rate: "\(f)"}, {operator: s_z + i*q_z, rate: "(\(f))/2"}]
        start: {q: up, s: up}
        quantities:
          z: {value: "at(mean(q_z), \(end))"}
          e: {value: "at(entropy(q), \(end))"}
        """)
    }
    let (driven, plain) = (try model(factor, factor, at: time), try model("1", "1", at: integral))
    for name in ["z", "e"] {
      let (a, b) = (try driven.value(name, [], digits: 18), try plain.value(name, [], digits: 18))
      #expect(meet(a, b), "\(name): \(a) \(b)")
    }
  }

  /// In the frame that turns with the drive the Hamiltonian does not depend on the time.
  @Test func `a circular drive is a detuned one in its frame`() throws {
    let space = "{q: qubit}"
    let rest = """
      jumps: [{operator: q_m, rate: 1/5}, {operator: q_z, rate: 1/7}]
      start: {q: down}
      quantities: {z: {value: mean(q_z)}}
      """
    let driven = try Self.model(space, "hamiltonian: 3/2*q_z + exp(i*5*t/2)*q_m + exp(-i*5*t/2)*q_p\n" + rest)
    let turned = try Self.model(space, "hamiltonian: q_z/4 + q_x\n" + rest)
    let (a, b) = (try driven.value("z", [("t", "3")], digits: 20), try turned.value("z", [("t", "3")], digits: 20))
    #expect(meet(a, b), "\(a) \(b)")
  }

  /// sin(F)^2 for a pulse of area F that ends long before the time asked for.
  @Test func `a pulse between two times is not missed`() throws {
    let model = try Self.model(
      "{q: qubit}",
      """
      hamiltonian: q_x/(1 + 100*(t - 200)^2)
      start: {q: down}
      quantities: {up: {value: weight(q = up)}}
      """)
    try Self.expect(model, "up", [("t", "400")], "sin(2*atan(2000)/10)^2", digits: 15)
  }

  @Test func `rates and their matrices are refused with the reason`() throws {
    func message(_ jumps: String, _ t: String = "2") throws -> String? {
      let model = try Self.model(
        "{q: qubit, s: qubit}",
        "hamiltonian: q_x\njumps: [\(jumps)]\nstart: {q: up, s: up}\nquantities: {z: {value: mean(q_z)}}")
      do {
        let value = try model.value("z", [("t", t)], digits: 10)
        return value.undecided
      } catch let error as BadInput {
        return error.message
      } catch let error as Undecided {
        return error.description
      }
    }
    let place = "m.yaml line 4: jumps.rate: "
    #expect(
      try message("{operator: q_m, rate: -1}") == place
        + "the rate is negative or not real; accepted: rates of 0 or more")
    #expect(
      try message("{operator: q_m, rate: i}") == place
        + "the rate is negative or not real; accepted: rates of 0 or more")
    #expect(
      try message("{operator: q_m, rate: cos(t)}")?.hasPrefix(place + "the rate is negative at t = ") == true)
    #expect(try message("{operator: q_m, rate: cos(t)}", "1") == nil)
    #expect(
      try message("{operator: q_m, rate: \"exp(i*t)\"}") == place
        + "the rate is negative or not real; accepted: rates of 0 or more at all times")
    let rates = "m.yaml line 4: jumps.correlated.rates: "
    #expect(
      try message("{correlated: {operators: [q_m, s_m], rates: [[1, 2], [2, 1]]}}") == rates
        + "the rates have a negative eigenvalue; accepted: matrices without one")
    #expect(
      try message("{correlated: {operators: [q_m, s_m], rates: [[1, i], [i, 1]]}}") == rates
        + "the rates are not Hermitian: the entry of row 1, column 0 is not the conjugate of its mirror image"
        + "; accepted: Hermitian matrices")
    #expect(try message("{correlated: {operators: [q_m, s_m], rates: [[1, i], [-i, 1]]}}") == nil)
  }

  @Test func `the time may stand in an abbreviation, and a real rate be written with i`() throws {
    func model(_ amplitude: String, _ rate: String, _ abbreviation: String = "f: cos(t)") throws -> Model {
      try Self.model(
        "{q: qubit}",
        """
        let: {\(abbreviation)}
        hamiltonian: q_z + (\(amplitude))*q_x
        jumps: [{operator: q_m, rate: "\(rate)"}]
        start: {q: up}
        quantities: {z: {value: mean(q_z)}}
        """)
    }
    let plain = try model("cos(t)", "1 + cos(t)", "unused: 1").value("z", [("t", "2")], digits: 18)
    for (amplitude, rate) in [("f", "1 + f"), ("cos(t)", "1 + (exp(i*t) + exp(-i*t))/2")] {
      let other = try model(amplitude, rate, amplitude == "f" ? "f: cos(t)" : "unused: 1")
      #expect(meet(plain, try other.value("z", [("t", "2")], digits: 18)), "\(amplitude) \(rate)")
    }
    let text = "model: m\nspace: {q: qubit}\nlet: {f: t}\nhamiltonian: f*q_x\nstart: {q: up}\n"
    #expect(
      refusal(of: text + "quantities: {z: {value: mean(f*q_z)}}")
        == "m.yaml line 6: quantities.z.value: column 6: 'f' stands where nothing depends on the time; accepted: t in the "
        + "Hamiltonian, in jumps, in 'let', and outside of the operators of quantities")
  }

  @Test(arguments: ["(1 + i*t)*q_z", "i*cos(t)*q_x", "exp(i*t)*q_x"])
  func `a Hamiltonian that is not Hermitian at a time is refused`(_ hamiltonian: String) throws {
    let model = try Self.model(
      "{q: qubit}", "hamiltonian: \(hamiltonian)\nstart: {q: up}\nquantities: {z: {value: mean(q_z)}}")
    do {
      _ = try model.value("z", [("t", "1")], digits: 10)
      Issue.record("\(hamiltonian) has a value")
    } catch let error as BadInput {
      #expect(error.message.hasPrefix("m.yaml line 3: hamiltonian: is not Hermitian: <"), "\(error.message)")
    }
  }
}
