import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import Testing

@testable import Models

/// Weights of states of modes without an end over times: their rates are means of commutators.
@Suite struct WeightTimeTests {
  private static let quantities = """
    quantities:
      rate-two: {value: rate(weight(a = fock(2)))}
      rate-pair: {value: "rate(weight(a = fock(0), q = up))"}
      rate-plus: {value: "rate(weight(a = fock(0), q = plus))"}
      rate-one: {value: rate(weight(a = fock(1)))}
      fall: {value: first_time(weight(a = fock(1)) = 1/2)}
      first: {value: first_maximum(weight(a = fock(2)))}
      first-at: {value: time_of_first_maximum(weight(a = fock(2)))}
      first-one-at: {value: time_of_first_maximum(weight(a = fock(1)))}
      power: {value: greatest(weight(a = fock(0))/t)}
      power-at: {value: time_of_greatest(weight(a = fock(0))/t)}
      most: {value: "greatest(weight(a = fock(0)), 3)"}
      steepest: {value: "greatest(rate(weight(a = fock(2))), 3)"}
    """

  /// A qubit and a mode with all terms of the coupling.
  private static func rabi(_ start: String) -> String {
    """
    model: rabi
    space: {a: boson, q: qubit}
    hamiltonian: a'*a + 2/5*q_z + 4/5*(a + a')*q_x
    start: {a: \(start), q: down}

    """ + quantities
  }

  private func check(
    _ text: String, _ name: String, _ given: [(String, String)], _ expected: Double, digits: Int = 11
  ) throws {
    let found = try Model(parsing: text, name: "m.yaml").value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(name): \(found.undecided ?? "")")
    let value = try #require(found.interval(precision: 128)?.anchor?.double(rounding: .nearest))
    #expect(abs(value - expected) < 2 * pow(10, -Double(digits)), "\(name): \(value) for \(expected)")
  }

  /// NumPy: eigenvectors of 70 levels, which agree with 50 to 14 digits; zeros by SciPy's brentq.
  @Test(arguments: [
    ("rate-two", "0.7", 0.15249775009026467), ("rate-pair", "1.1", 0.30789020187527255),
    ("rate-plus", "0.9", 0.20759564732177904), ("fall", "", 0.598842168811315),
    ("first", "", 0.2915688290022944), ("first-at", "", 0.7689778296600098),
    ("power", "", 0.3628767598983124), ("power-at", "", 1.0026838940422258),
    ("most", "", 0.47750876719744806), ("steepest", "", 0.5999004342004777),
  ])
  func `weights of a qubit and a mode`(_ name: String, _ time: String, _ value: Double) throws {
    try check(Self.rabi("fock(1)"), name, time.isEmpty ? [] : [("t", time)], value)
  }

  @Test func `weights of a coherent mode`() throws {
    try check(Self.rabi("coherent(1/2)"), "rate-one", [("t", "0.6")], 0.14674605682305236)
    try check(Self.rabi("coherent(1/2)"), "first-one-at", [], 0.8304597726266049)
  }

  /// Steps of a spin have vectors of other lengths than one, as levels of a mode do.
  @Test func `weights of a spin and a mode`() throws {
    let text = """
      model: dicke
      space: {a: boson, J: spin 3/2 of qubits}
      hamiltonian: a'*a + J_z + 6/5*(a + a')*J_x
      start: {a: fock(2), J: down}
      quantities:
        rate: {value: "rate(weight(a = fock(1), J = dicke(1)))"}
        power: {value: "greatest(weight(a = fock(1), J = dicke(1))/t)"}
      """
    try check(text, "rate", [("t", "1/2")], -0.08959599697387444)
    try check(text, "power", [], 0.41672577693113244)
  }

  /// Two modes, of which one or both are asked for: the other one stays as it is in the commutator.
  @Test func `a weight of two modes is the sum of the weights of both`() throws {
    let text = """
      model: modes
      space: {a: boson, b: boson, q: qubit}
      hamiltonian: a'*a + b'*b/2 + 3/10*(a + a')*q_x + 1/5*(a'*b + a*b')
      start: {a: fock(1), b: fock(0), q: up}
      quantities:
        whole: {value: "rate(weight(b = fock(1)))"}
        parts: {value: "rate(weight(b = fock(1), q = up)) + rate(weight(b = fock(1), q = down))"}
        steps: {value: "sum(n from 0 to 9, rate(weight(a = fock(n), b = fock(1))))"}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    let values = try ["whole", "parts", "steps"].map { name in
      try #require(try model.value(name, [("t", "1/3")], digits: 10).interval(precision: 128))
    }
    #expect(!values[0].isDisjoint(from: values[1]))
    // Nine quanta weigh some 10^-10 after a third of the time.
    #expect(!values[0].isDisjoint(from: values[2] + .ball(Interval(Rational(1, 100_000_000), precision: 64))))
    #expect(values[0].lower.signum > 0)
  }

  /// Beside a mode that is driven and coupled to nothing the state of the rest is what it is alone, on finitely many
  /// states.
  @Test(arguments: ["rate", "rate-pair", "fall", "first", "first-at", "power", "power-at", "most"])
  func `a spectator without an end changes nothing`(_ name: String) throws {
    func text(_ space: String, _ term: String, _ start: String) -> String {
      """
      model: pair
      space: {a: boson, q: qubit\(space)}
      hamiltonian: a'*a + 2/3*q_z + a'*q_m + a*q_p\(term)
      start: {a: fock(1), q: up\(start)}
      quantities:
        rate: {value: rate(weight(a = fock(2)))}
        rate-pair: {value: "rate(weight(a = fock(1), q = plus))"}
        fall: {value: first_time(weight(a = fock(1)) = 1/2)}
        first: {value: first_maximum(weight(a = fock(2)))}
        first-at: {value: time_of_first_maximum(weight(a = fock(2)))}
        power: {value: greatest(weight(a = fock(2))/t)}
        power-at: {value: time_of_greatest(weight(a = fock(2))/t)}
        most: {value: "greatest(weight(a = fock(2)), 1)"}
      """
    }
    let given = name.hasPrefix("rate") ? [("t", "0.7")] : []
    let alone = try Model(parsing: text("", "", ""), name: "m.yaml")
    let beside = try Model(parsing: text(", c: boson", " + c'*c + (c + c')/3", ", c: fock(0)"), name: "m.yaml")
    let values = try [alone, beside].map { model in
      let found = try model.value(name, given, digits: 12)
      return try #require(found.interval(precision: 128), "\(found.undecided ?? "")")
    }
    #expect(!values[0].isDisjoint(from: values[1]), "\(name): \(values[0]) and \(values[1])")
    #expect(values.allSatisfy { $0.width.double(rounding: .up) < 1e-11 })
  }

  /// The path of a start with a bound of the cut.
  private func path(bits: Int) throws -> (paths: FramePaths, point: ModelPoint) {
    let model = try Model(parsing: Self.rabi("fock(1)"), name: "m.yaml")
    let arguments = try Arguments([(name: "t", text: "1")], for: try model.quantity("rate-two"))
    let point = try ModelPoint(model, arguments, precision: 640, spareBits: 72)
    let budget = Budget(bits: 4096, seconds: 600)
    var evolution = try ModelEvolution(point, within: budget)
    // An end of which the steps of a path are no simple fractions.
    let end = Interval(Rational(13, 3), precision: 64)
    return (try FramePaths(&evolution, until: Interval(end.upper), bits: bits, within: budget), point)
  }

  /// The cut may add 2^-bits to the distance of the vector, which counts twice in the trace norm, and roundings and what
  /// is left of the time are below it.
  @Test(arguments: [60, 100, 131, 179, 262, 400, 524]) func `more bits bring a path nearer`(_ bits: Int) throws {
    let distance = try path(bits: bits).paths.traceDistance
    #expect(distance.double(rounding: .up) < pow(2, 3 - Double(bits)), "\(bits) bits: \(distance)")
  }

  /// Of a coarse cut the rates of weights hold what a fine one gives, and the finite vector alone does not.
  @Test func `the bounds of rates of weights are needed`() throws {
    let budget = Budget(bits: 4096, seconds: 600)
    var missed = 0
    for level in 0...3 {
      func rate(bits: Int, _ t: Interval) throws -> TaylorSeries {
        let (paths, point) = try path(bits: bits)
        let weight = try #require(
          try SiteTransitions(projectingOn: [(0, SiteState(level: level, point))], point))
        let rate = PathOperator.transitions(try weight.change(by: point.hamiltonian(), point))
        return try paths.mean(start: nil, accuracy: 60, of: rate, within: budget) { try rate.column(at: $0, point) }
          .series(t, 0, budget)
      }
      for time in ["1", "3", "4"] {
        let (coarse, fine) = (try rate(bits: 8, interval(time)), try rate(bits: 80, interval(time)))
        #expect(!coarse.range.isDisjoint(from: fine.range), "\(level) at \(time): \(coarse.range), \(fine.range)")
        if coarse.approximation.range.isDisjoint(from: fine.range) { missed += 1 }
      }
    }
    #expect(missed > 0)
  }
}
