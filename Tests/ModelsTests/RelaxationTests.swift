import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Times to come near a limit, and gaps, against closed forms.
@Suite struct RelaxationTests {
  private static func model(_ space: String, _ rest: String) throws -> Model {
    try Model(parsing: "model: m\nspace: \(space)\n\(rest)", name: "m.yaml")
  }

  private static func expect(
    _ model: Model, _ name: String, _ expected: String, digits: Int = 25,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws { try model.expect(name, expected, digits: digits, sourceLocation: sourceLocation) }

  private static func message(_ model: Model, _ name: String) throws -> String? { try model.reason(name) }

  /// From `up` D = exp(-g t); from `plus` the difference has the eigenvalues +-sqrt(x^2 + x)/2, x = exp(-g t).
  @Test(arguments: [("3/2", "1/10"), ("1/1000", "1/3"), ("50", "1/1000000")])
  func `a qubit loses its quantum`(_ g: String, _ e: String) throws {
    func model(_ start: String) throws -> Model {
      try Self.model(
        "{q: qubit}",
        """
        hamiltonian: q_z/3
        jumps: [{operator: q_m, rate: "\(g)"}]
        start: {q: \(start)}
        quantities:
          time: {value: "relaxation_time(\(e))"}
          twice: {value: "relaxation_time(2*(\(e)))"}
          gap: {value: spectral_gap(all)}
        """)
    }
    try Self.expect(try model("up"), "time", "-log(\(e))/(\(g))")
    try Self.expect(try model("up"), "gap", g)
    try Self.expect(try model("plus"), "time", "-log((sqrt(1 + 16*(\(e))^2) - 1)/2)/(\(g))")
    try Self.expect(try model("plus"), "gap", "(\(g))/2")
    try Self.expect(try model("down"), "time", "0")
    try Self.expect(try model("up"), "twice", "-log(2*(\(e)))/(\(g))")
  }

  /// Optical Bloch equations: <z> and <y> fall off at 3 g/4, and <x>, which this start does not reach, at g/2; below W =
  /// g/4 at 3 g/4 - sqrt(g^2/16 - W^2).
  @Test func `the gap is that of what the start reaches`() throws {
    func model(_ w: String, _ g: String, _ start: String) throws -> Model {
      try Self.model(
        "{q: qubit}",
        """
        hamiltonian: "(\(w))*q_x/2"
        jumps: [{operator: q_m, rate: "\(g)"}]
        start: {q: \(start)}
        quantities: {gap: {value: spectral_gap(all)}}
        """)
    }
    try Self.expect(try model("3/2", "1/5", "down"), "gap", "3/20", digits: 40)
    try Self.expect(try model("3/2", "1/5", "plus"), "gap", "1/10", digits: 40)
    try Self.expect(try model("1/10", "1", "down"), "gap", "3/4 - sqrt(1/16 - 1/100)", digits: 40)
    try Self.expect(try model("sqrt(2)", "pi", "down"), "gap", "3*pi/4", digits: 40)
  }

  /// What stays as it is has no part in the gap: a term that cancels on the elements that are met is none, in whatever
  /// number it is written.
  @Test(arguments: ["0", "1", "6/5", "sqrt(2)", "pi", "sqrt(2)*sqrt(3) - sqrt(6)"])
  func `a term that cancels couples nothing`(_ w: String) throws {
    let still = try Self.model(
      "{u: qubit, v: qubit}",
      """
      hamiltonian: \(w)*u_z + v_x
      jumps: [{operator: v_m, rate: 1}]
      start: {u: down, v: up}
      quantities: {gap: {value: spectral_gap(all)}}
      """)
    try Self.expect(still, "gap", "3/4")
    // A spin beside it, and coherences of the spectator that are met.
    let spin = try Self.model(
      "{u: spin 1, v: qubit}",
      """
      hamiltonian: (\(w))*u_z + v_x
      jumps: [{operator: v_m, rate: 1}]
      start: {u: dicke(1), v: up}
      quantities: {gap: {value: spectral_gap(all)}}
      """)
    try Self.expect(spin, "gap", "3/4")
  }

  /// Hops around a ring of three levels: the eigenvalues exp(2 pi i k/3) - 1. Where all hop to all they are equal.
  @Test func `a pair of eigenvalues, and equal ones`() throws {
    func model(_ jumps: String) throws -> Model {
      try Self.model(
        "{a: levels 3}",
        "jumps: [\(jumps)]\nstart: {a: level(0)}\nquantities: {gap: {value: spectral_gap(all)}}")
    }
    func hop(_ k: Int, _ l: Int) -> String { "{operator: \"a(\(k),\(l))\", rate: 1}" }
    let ring = [hop(1, 0), hop(2, 1), hop(0, 2)]
    try Self.expect(try model(ring.joined(separator: ", ")), "gap", "3/2", digits: 40)
    let all = ring + [hop(0, 1), hop(1, 2), hop(2, 0)]
    #expect(
      try Self.message(try model(all.joined(separator: ", ")), "gap")?.contains(
        "the gap is not proved: on 3 elements that feed one another several eigenvalues are as far to the right, or nearly"
      ) == true)
  }

  /// Two states at rest: the trace and the weight of the singlet take two zeros out. The populations of the triplets
  /// fall off at 2 (x + y) - 2 sqrt(x y) with the rates x = 3/7, y = 2/7, and what joins the middle one to the singlet at
  /// x + y, which is less.
  @Test func `a gap beside conserved quantities`() throws {
    let model = try Self.model(
      "{a: qubit, b: qubit}",
      """
      hamiltonian: a_z/2 + b_z/2
      jumps: [{operator: a_m + b_m, rate: 3/7}, {operator: a_p + b_p, rate: 2/7}]
      start: {a: down, b: up}
      quantities: {gap: {value: spectral_gap(all)}}
      """)
    try Self.expect(model, "gap", "5/7", digits: 40)
  }

  @Test func `times to come near are refused with the reason`() throws {
    func message(_ value: String, _ rest: String = "jumps: [{operator: q_m, rate: 1}]\n") throws -> String? {
      let text =
        "model: m\nspace: {q: qubit}\nhamiltonian: q_x\n\(rest)start: {q: up}\nquantities: {x: {value: \"\(value)\"}}"
      if let refusal = refusal(of: text) { return refusal }
      return try Self.message(try Model(parsing: text, name: "m.yaml"), "x")
    }
    let place = "m.yaml line 6: quantities.x.value: "
    for e in ["0", "-1/3"] {
      #expect(
        try message("relaxation_time(\(e))") == place
          + "'relaxation_time(\(e))' to a distance of 0 or less, which takes for ever; accepted: e > 0")
    }
    #expect(
      try message("relaxation_time(t)") == place
        + "column 1: 'relaxation_time(t)' holds t or a figure; accepted: relaxation_time(e) of a number")
    #expect(
      try message("relaxation_time(mean(q_z))")?.hasSuffix(
        "holds t or a figure; accepted: relaxation_time(e) of a number")
        == true)
    #expect(
      try message("relaxation_time(1/2, 1)") == place
        + "column 1: 'relaxation_time(1/2, 1)' is refused; accepted: relaxation_time(e)")
    #expect(
      try message("spectral_gap(q)") == place + "column 1: 'spectral_gap(q)' is refused; accepted: spectral_gap(all)")
    let none = "quantities.x.value: 'spectral_gap(all)' of a model without jumps; accepted: models with jumps"
    #expect(try message("spectral_gap(all)", "") == "m.yaml line 5: " + none)
    #expect(
      try message("relaxation_time(1/2)", "")?.contains("without jumps one that moves turns for ever") == true)
    let driven = "jumps: [{operator: q_m, rate: \"1 + t\"}]\n"
    for (figure, shown) in [
      ("relaxation_time(1/2)", "relaxation_time(1/2)"), ("spectral_gap(all)", "spectral_gap(all)"),
    ] {
      #expect(
        try message(figure, driven) == place
          + "'\(shown)' of a model in which t stands; accepted: models that do not depend on the time")
    }
    let schedule = "model: m\nspace: {q: qubit}\nschedule: [{for: rest, hamiltonian: q_x}]\nstart: {q: up}\n"
    for figure in ["relaxation_time(1/2)", "spectral_gap(all)"] {
      let model = try Model(parsing: schedule + "quantities: {x: {value: \"\(figure)\"}}", name: "m.yaml")
      #expect(try Self.message(model, "x")?.contains("schedule") == true)
    }
    // One that rests is there at once, and no distance is above one.
    #expect(try message("relaxation_time(1)") == nil)
  }
}
