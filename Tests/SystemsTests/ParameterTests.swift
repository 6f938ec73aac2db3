import Catalogue
import Systems
import Testing

@Suite struct ParameterTests {
  private func refusal(_ given: [(name: String, text: String)]) -> String {
    do {
      _ = try Arguments(given, for: try Catalogue.builtIn.quantity(named: "harmonic.stored-energy"))
      return "accepted"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("N", "0", "parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    ("N", "5/2", "parameter N: 5/2 is not an integer; accepted: integers N >= 1"),
    ("N", "sqrt(2)", "parameter N: sqrt(2) is not an integer; accepted: integers N >= 1"),
    ("N", "pi", "parameter N: pi is not an integer; accepted: integers N >= 1"),
    (
      "g", "sqrt(8) - 2*sqrt(2)",
      "parameter g: sqrt(8) - 2*sqrt(2) is outside the domain; accepted: real numbers, g > 0"
    ),
    ("g", "22/7 - pi", "accepted"),
    ("g", "pi - 22/7", "parameter g: pi - 22/7 is outside the domain; accepted: real numbers, g > 0"),
    ("tau", "pi - pi", "accepted"),
    (
      "tau", "1/(pi - pi)", "parameter tau: '1/(pi - pi)': column 2: division by zero; accepted: real numbers, tau >= 0"
    ),
    ("N", "2^3", "accepted"), ("N", "sqrt(2)*sqrt(8)", "accepted"), ("N", "(1 + sqrt(2))^2 - 2*sqrt(2)", "accepted"),
    ("speed", "1", "unknown parameter 'speed' of harmonic.stored-energy; accepted: N, w0, g, tau"),
  ])
  func `values are accepted and refused exactly`(_ name: String, _ text: String, _ expected: String) {
    var given: [(name: String, text: String)] = [("N", "2"), ("tau", "1")].filter { $0.0 != name }
    given.append((name, text))
    #expect(refusal(given) == expected)
  }

  @Test func `missing and repeated parameters are refused`() {
    #expect(
      refusal([("N", "1")]) == "parameter tau of harmonic.stored-energy is missing; accepted: real numbers, tau >= 0")
    #expect(
      refusal([("N", "1"), ("tau", "1"), ("N", "1")])
        == "parameter N is given twice; accepted: each of N, w0, g, tau once")
  }

  @Test func `names in the catalogue are unique and unknown ones are refused with what is near`() {
    let names = Catalogue.builtIn.quantities.map(\.name)
    #expect(Set(names).count == names.count)
    let near = names.filter { $0.hasPrefix("harmonic.") }
    #expect(
      throws: BadInput(
        "unknown quantity 'harmonic.ratios'; accepted: \(near.joined(separator: ", ")); did you mean harmonic.ratio?")
    ) {
      try Catalogue.builtIn.quantity(named: "harmonic.ratios")
    }
  }
}

/// Where a quantity is not known to be continuous no passage is claimed (`docs/claims.md`, "Continuity").
@Suite struct ContinuityTests {
  @Test func `the real parameters without known continuity are these`() {
    let open = Catalogue.builtIn.quantities.flatMap { quantity in
      quantity.parameters.filter { [.real, .rational].contains($0.kind) && !$0.isContinuous }.map {
        "\(quantity.name) \($0.name)"
      }
    }
    #expect(
      Set(open) == [
        "capacity.peak-deficit J1",
        "capacity.peak-deficit wb",
        "capacity.peak-deficit wc",
        "dicke.classical-optimal-time g",
        "dicke.classical-optimal-time phase",
        "dicke.classical-optimal-time w0",
        "dicke.optimal-time g",
        "dicke.optimal-time w0",
        "dicke.scaling-constant phase",
        "dicke.scaling-deviation g",
        "dicke.scaling-deviation phase",
        "dicke.scaling-deviation w0",
        "freedom.tavis-cummings-deficit nbar",
        "quasi.atom q",
        "quasi.atom w",
        "quasi.fermion-atom q",
        "quasi.fermion-atom w",
        "quasi.fermion-least-atom q",
        "quasi.fermion-negativity q",
        "quasi.fermion-negativity-ratio q",
        "quasi.gaussian-distance a",
        "quasi.gaussian-distance b",
        "quasi.gaussian-distance q",
        "quasi.negative-atoms a",
        "quasi.negative-atoms b",
        "quasi.negative-atoms q",
        "quasi.negativity q",
        "quasi.smoothed-negativity q",
        "spin.classical-advantage phi",
        "spin.classical-advantage theta-a",
        "spin.classical-advantage theta-b",
        "spin.classical-optimal-time phi",
        "spin.classical-optimal-time theta-a",
        "spin.classical-optimal-time theta-b",
        "spin.ratio phi",
        "spin.ratio theta-a",
        "spin.ratio theta-b",
        "state.capacity tolerance",
        "state.coherence tolerance",
        "state.concurrence tolerance",
        "state.copies tolerance",
        "state.entropy tolerance",
        "state.ergotropy tolerance",
        "state.fidelity tolerance",
        "state.negativity tolerance",
        "state.passive tolerance",
        "state.purity tolerance",
        "state.trace-distance tolerance",
        "star.ratio F",
        "star.ratio g",
        "star.ratio gamma",
        "star.ratio t",
        "star.strong-charging-time g",
        "star.strong-charging-time gamma",
        "star.strong-settling-time g",
        "star.strong-settling-time gamma",
      ])
  }

  @Test func `numbers of cells and words have no continuity`() {
    for quantity in Catalogue.builtIn.quantities {
      #expect(
        quantity.parameters.allSatisfy { [.real, .rational].contains($0.kind) || !$0.isContinuous }, "\(quantity.name)")
    }
  }
}
