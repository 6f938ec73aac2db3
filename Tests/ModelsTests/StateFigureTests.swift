import ArbitraryPrecision
import Catalogue
import Expressions
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Figures of one state against a dense twin, and against other models of the same physics.
@Suite struct StateFigureTests {
  /// A figure's bounds, and whether it is an exact zero.
  static func bounds(
    _ model: Model, _ name: String, _ given: [(String, String)], digits: Int = 15
  ) throws -> (bounds: Interval, isZero: Bool) {
    let found = try model.value(name, given, digits: digits)
    #expect(found.undecided == nil, "\(name): \(found.undecided.map { "\($0)" } ?? "")")
    let bounds = try #require(found.interval(precision: 160), "\(name)")
    return (bounds, bounds.isPoint && bounds.containsZero)
  }

  @Test func `figures of random parts meet those of dense matrices`() throws {
    var compared = 0
    try RandomCases.run(60) { random, label in
      guard let twin = StateFigureTwin(&random) else { return }
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let expected = try twin.values()
      for (name, value) in expected {
        let note: Comment = "\(label)\n\(twin.text)\n\(name) t = \(twin.time)"
        do {
          let (bounds, _) = try Self.bounds(model, name, [("t", twin.time)], digits: 14)
          #expect(!bounds.isDisjoint(from: value), "\(note): \(bounds) \(value)")
          compared += 1
        } catch let error as BadInput {
          // Letters of fermions alone, as in c + c', leave no parity.
          let isOdd = error.message.contains("an odd number of fermion letters")
          #expect(twin.holdsFermions && isOdd, "\(note): \(error.message)")

        }
      }
    }
    #expect(compared >= 400 * RandomCases.scale, "\(compared) compared")
  }

  private static func model(_ text: String) throws -> Model { try Model(parsing: text, name: "m.yaml") }

  private static let all = [
    "ergotropy", "passive", "capacity", "incoherent_ergotropy", "coherent_ergotropy", "energy_coherence", "entropy",
  ]

  private static func quantities(_ figures: [String] = all) -> String {
    (figures.map { "  \($0.replacing("_", with: "-")): {value: \($0)(battery)}" } + [
      "  copies: {value: \"copies(battery, 2)\"}"
    ]).joined(separator: "\n")
  }

  /// The symmetric states of N qubits against N qubits one by one, alone and with another factor, the Hamiltonian of the
  /// part a polynomial in J_z, or in all letters.
  @Test func `spins of qubits have the figures of their qubits`() throws {
    for (n, energy, other) in [
      (1, "J_z", ""), (2, "J_z + 1", ""), (3, "J_z^2 + J_z/3", ""), (3, "J_x + J_z/2", ""), (2, "J_x^2", ""),
      (2, "J_z + J_x*q_x/2", "q"), (3, "J_z*q_z + q_x/5", "q"), (4, "J_p*J_m", ""), (2, "2*J_z + q_z", "q"),
    ] {
      let of = other.isEmpty ? "" : ", q"
      func text(_ space: String, _ rename: (String) -> String, _ start: String, _ part: String) -> String {
        """
        model: m
        space: {\(space), q: qubit, a: boson}
        hamiltonian: "\(rename("a'*a + J_z + (a*J_p + a'*J_m)*3/5 + q_z/2 + J_x*q_x/3 + (q_p*a + q_m*a')/4"))"
        start: {\(start), q: plus, a: fock(2)}
        parts: {battery: {of: [\(part)\(of)], hamiltonian: "\(rename(energy))"}}
        quantities:
        \(Self.quantities())
        """
      }
      let spin = try Self.model(text("J: spin \(n)/2 of qubits", { $0 }, "J: down", "J"))
      let cells = try Self.model(
        text(
          "s: {kind: qubit, cells: \(n)}",
          {
            $0.replacing("J_z", with: "sum(j, s_z[j]/2)").replacing("J_x", with: "sum(j, s_x[j]/2)")
              .replacing("J_p", with: "sum(j, s_p[j])").replacing("J_m", with: "sum(j, s_m[j])")
          }, "s: down", "s"))
      for name in Self.all.map({ $0.replacing("_", with: "-") }) + ["copies"] where n < 4 || name == "ergotropy" {
        for time in ["0", "7/10"] {
          let (a, _) = try Self.bounds(spin, name, [("t", time)], digits: 12)
          let (b, _) = try Self.bounds(cells, name, [("t", time)], digits: 12)
          #expect(!a.isDisjoint(from: b), "N = \(n), \(energy), \(name), t = \(time): \(a) \(b)")
        }
      }
    }
  }

  /// What the order of fermions in the file is changes no figure.
  @Test func `fermions in another order have the same figures`() throws {
    var values: [[Interval]] = []
    for order in [["c", "d", "e", "f"], ["f", "c", "e", "d"], ["e", "d", "f", "c"]] {
      let model = try Self.model(
        """
        model: m
        space: {\(order.map { "\($0): fermion" }.joined(separator: ", "))}
        hamiltonian: "c'*d + d'*c + (d'*e + e'*d)/2 + e'*f + f'*e + i*(c'*e - e'*c)/3 + c'*c*e'*e + d'*d/5 + (c*d + d'*c')/4"
        start: {c: level(1), d: level(0), e: level(1), f: level(0)}
        parts: {battery: {of: [c, e], hamiltonian: "c'*c + 2*e'*e + (c'*e + e'*c)/2"}}
        quantities:
        \(Self.quantities(Self.all + ["purity", "coherence"]))
          own: {value: "fisher(battery, c'*e + e'*c)"}
        """)
      values.append(
        try (Self.all + ["purity", "copies", "own"]).map {
          try Self.bounds(model, $0.replacing("_", with: "-"), [("t", "13/10")], digits: 12).bounds
        })
    }
    for other in values.dropFirst() {
      for (place, pair) in zip(values[0], other).enumerated() {
        #expect(!pair.0.isDisjoint(from: pair.1), "figure \(place): \(pair.0) \(pair.1)")
      }
    }
    #expect(values[0][0].lower.signum > 0)
  }

  /// cos t |up, down> - i sin t |down, up>.
  @Test func `an exchange entangles two spins`() throws {
    let model = try Self.model(
      """
      model: m
      space: {a: qubit, s: spin 1/2, c: qubit}
      hamiltonian: a_p*s_m + a_m*s_p
      start: {a: up, s: down, c: plus}
      parts: {pair: {of: [a, s], hamiltonian: a_z}}
      quantities:
        concurrence: {value: "concurrence(a, s)"}
        negativity: {value: negativity(a)}
        none: {value: "concurrence(a, c)"}
        far: {value: negativity(c)}
        back: {value: "fidelity(pair, a = up, s = down)"}
        away: {value: "trace_distance(pair, start)"}
        whole: {value: "fidelity(all, start)"}
        own: {value: "fisher(pair, a_z/2)"}
        side: {value: "fisher(a, a_x/2)"}
      """)
    let t = Interval(Rational(2, 5), precision: 200)
    let (sine, cosine) = (t.sine, t.cosine)
    for (name, value) in [
      ("concurrence", 2 * sine * cosine), ("negativity", sine * cosine), ("back", cosine.squared), ("away", sine),
      ("whole", cosine.squared), ("own", (2 * sine * cosine).squared),
      ("side", (cosine.squared - sine.squared).squared),
    ] {
      let (bounds, _) = try Self.bounds(model, name, [("t", "2/5")])
      #expect(!bounds.isDisjoint(from: value), "\(name): \(bounds) \(value)")
    }
    for name in ["none", "far"] {
      let (bounds, _) = try Self.bounds(model, name, [("t", "2/5")])
      #expect(bounds.containsZero, "\(name): \(bounds)")
    }
  }

  // MARK: - Values of the literature

  private static let tavis = """
    model: tavis-fock
    parameters: {N: {kind: integer, from: 1}, n: {kind: integer, from: 1}}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: a'*a + J_z + N/2 + a*J_p + a'*J_m
    start: {a: fock(n), J: down}
    parts:
      battery: {of: [J], hamiltonian: J_z + N/2}
      plain: {of: [a], hamiltonian: a'*a}
    quantities:
      ratio: {value: ergotropy(battery)/mean(battery)}
      mode: {value: ergotropy(plain)}
      most: {value: capacity(plain)}
    """

  /// The values of the certified papers: Tavis-Cummings over the 2^N dimensions, central spins over N + 1.
  @Test func `batteries of spins have the values of their papers`() throws {
    let tavis = try Self.model(Self.tavis)
    for (n, quanta, time, value) in [
      ("3", "3", "4/5", "0.821460000329746631080346"), ("5", "2", "1", "0.677211283826824817688400"),
    ] {
      let (bounds, _) = try Self.bounds(tavis, "ratio", [("N", n), ("n", quanta), ("t", time)], digits: 22)
      #expect(try bounds.agrees(with: value))
    }
    let central = try Self.model(
      """
      model: central-spin
      parameters: {Nb: {kind: integer, from: 1}, Nc: {kind: integer, from: 1}, m: {kind: integer, from: 0}}
      space: {B: spin Nb/2, C: spin Nc/2}
      hamiltonian: B_z + Nb/2 + C_z + Nc/2 + B_p*C_m + B_m*C_p
      start: {B: down, C: dicke(m)}
      parts: {battery: {of: [B], hamiltonian: B_z + Nb/2}}
      quantities: {ergotropy: {value: ergotropy(battery)}}
      """)
    let (bounds, _) = try Self.bounds(
      central, "ergotropy", [("Nb", "2"), ("Nc", "6"), ("m", "3"), ("t", "1/4")], digits: 22)
    #expect(try bounds.agrees(with: "0.503369605012358631208850"))
    // A ladder that falls certainly is passive: the zero is exact.
    let (none, isZero) = try Self.bounds(central, "ergotropy", [("Nb", "4"), ("Nc", "4"), ("m", "4"), ("t", "1/4")])
    #expect(none.containsZero && isZero)
  }

  /// Alicki and Fannes: exact rationals of copies, by hand in the page of papers.
  @Test func `copies of a diagonal state are exact`() throws {
    let model = try Self.model(
      """
      model: alicki-fannes
      parameters: {e1: positive, p0: rational, p1: rational, n: {kind: integer, from: 1, default: 2}}
      let: {p2: 1 - p0 - p1}
      space: {a: levels 3}
      hamiltonian: e1*a(1,1) + a(2,2)
      start: {a: "diagonal(p0, p1, p2)"}
      parts: {cell: {of: [a], hamiltonian: "e1*a(1,1) + a(2,2)"}}
      quantities:
        per-copy: {value: "copies(cell, n)/n"}
        entropy: {value: entropy(cell)}
      """)
    func bounds(_ name: String, _ e1: String, _ p0: String, _ p1: String, _ n: String) throws -> Interval {
      try Self.bounds(model, name, [("e1", e1), ("p0", p0), ("p1", p1), ("n", n), ("t", "0")], digits: 22).bounds
    }
    let passive = try bounds("per-copy", "579/1000", "269/500", "237/1000", "2")
    #expect(passive.isPoint && passive.containsZero)
    for (e1, p0, p1, n, value) in [
      ("579/1000", "269/500", "237/1000", "3", "0.001220687937"), ("3/4", "1/2", "37/100", "2", "0.017975"),
      ("3/4", "1/2", "37/100", "3", "0.0291161666666666666666666667"), ("3/4", "1/2", "37/100", "4", "0.028857479375"),
      ("2/5", "1/2", "7/20", "4", "0.0007928125"), ("2/5", "1/2", "7/20", "5", "0.000749275"),
    ] { #expect(try bounds("per-copy", e1, p0, p1, n).agrees(with: value), "n = \(n)") }
    #expect(try bounds("entropy", "3/4", "1/2", "37/100", "1").agrees(with: "0.979675639125655518623459"))
  }

  // MARK: - Parts without end

  /// Of populations on the levels of a mode: those of a Fock state after exchange fill the lowest quanta.
  @Test func `a mode has ergotropy by its levels and no capacity`() throws {
    let tavis = try Self.model(Self.tavis)
    let given = [("N", "1"), ("n", "2"), ("t", "1/2")]
    // Two quanta, one cell: cos^2(sqrt(2) t) on 2, the rest on 1.
    let p = (Interval(2, precision: 160).squareRoot / 2).cosine.squared
    let (low, high) = (p.minimum(1 - p), p.maximum(1 - p))
    let expected = 2 * p + (1 - p) - low
    let mode = try Self.bounds(tavis, "mode", given).bounds
    #expect(high.lower > low.upper && !mode.isDisjoint(from: expected))
    #expect(throws: BadInput.self) { try Self.bounds(tavis, "most", given) }
  }

  private static func boson(_ energy: String, _ start: String = "fock(2)") throws -> Model {
    try model(
      """
      model: m
      space: {a: boson, q: qubit}
      start: {a: "\(start)", q: up}
      parts: {cell: {of: [a], hamiltonian: "\(energy)"}, both: {of: [a, q], hamiltonian: "\(energy) + 3*q_z"}}
      quantities:
        ergotropy: {value: ergotropy(cell)}
        passive: {value: passive(cell)}
        both: {value: passive(both)}
        copies: {value: "copies(cell, 2)"}
        capacity: {value: capacity(cell)}
        dephased: {value: incoherent_ergotropy(cell)}
      """)
  }

  @Test func `levels of modes are those of functions of quanta and of positive quadratic forms`() throws {
    func value(_ energy: String, _ name: String, _ start: String = "fock(2)") throws -> Interval {
      try Self.bounds(try Self.boson(energy, start), name, [("t", "0")]).bounds
    }
    // E(n) = n^2 - 5n: -4 at 1 and 4, -6 at 2 and 3; the lowest of a pure state is -6, its own.
    #expect(try value("(a'*a)^2 - 5*a'*a", "ergotropy").containsZero)
    #expect(try value("(a'*a)^2 - 5*a'*a", "ergotropy", "fock(0)").contains(6))
    #expect(try value("(a'*a)^2 - 5*a'*a", "passive", "diagonal(0, 1/4, 1/4, 1/4, 1/4)").contains(-5))
    // With the qubit at +-3: -9, -9, -7, ... for one population.
    #expect(try value("(a'*a)^2 - 5*a'*a", "both").contains(-9))
    // (a - 1)'(a - 1) has the levels n; the squeezed form w = sqrt(4 - 1), s = (w - 2)/2.
    #expect(try value("a'*a - a - a' + 1", "passive").containsZero)
    #expect(try value("a'*a - a - a' + 1", "ergotropy").contains(3))
    let w = Interval(3, precision: 160).squareRoot
    #expect(!(try value("2*a'*a + (a^2 + a'^2)/2", "passive").isDisjoint(from: (w - 2) / 2)))
    // i(a'^2 - a^2)/4 and a shift: s has 2 Re(B C*^2) with B = i/4, C = 1 + i, C*^2 = -2i: 1, A |C|^2 = 2, w^2 = 3/4.
    let root = Interval(Rational(3, 4), precision: 160).squareRoot
    let turned = try value("a'*a + i*(a'^2 - a^2)/4 + (1 + i)*a' + (1 - i)*a", "passive")
    #expect(!turned.isDisjoint(from: (root - 1) / 2 - Interval(Rational(4, 3), precision: 160)))
  }

  /// Two copies of 1/2, 1/3, 1/6 stand on the levels 0, 1, 1, 2, 2, 2, 3, 3, 3 of two modes: 1/3 + 5/9 + 5/12.
  @Test func `copies of a mode fill levels above those of one`() throws {
    let value = try Self.bounds(try Self.boson("a'*a", "diagonal(1/6, 1/3, 1/2)"), "copies", [("t", "0")]).bounds
    #expect(value.contains(Rational(49, 36)))
    // E(n) = n^2 - 5n has its lowest level -6 twice, at 2 and 3: four times 1/4 go to -12, from 2 (0 - 4)/2.
    let other = try Self.bounds(
      try Self.boson("(a'*a)^2 - 5*a'*a", "diagonal(1/2, 1/2)"), "copies", [("t", "0")]
    ).bounds
    #expect(other.contains(8))
  }

  @Test func `Hamiltonians of modes that do not rise are refused`() throws {
    let accepted =
      "accepted for ergotropy, passive energy and copies of a part without end: functions of a'a that rise for good, and "
      + "positive quadratic forms of one boson"
    for (energy, name, message) in [
      ("0", "ergotropy", "does not rise with the quanta of a boson of the part; \(accepted)"),
      ("-a'*a", "ergotropy", "does not rise for good with the quanta of a boson of the part; \(accepted)"),
      ("a + a'", "passive", "is no positive quadratic form; \(accepted)"),
      ("a'*a + a^2 + a'^2", "passive", "is no positive quadratic form; \(accepted)"),
      ("a'*a + a^3 + a'^3", "passive", "is not diagonal in quanta; \(accepted)"),
      (
        "a'*a", "capacity",
        "the capacity of 'cell' has no bound, as its energy has none; accepted: parts without bosons"
      ),
    ] {
      let error = #expect(throws: BadInput.self, "\(energy)") {
        try Self.boson(energy).value(name, [("t", "0")], digits: 10)
      }
      #expect(error?.message.hasSuffix(message) ?? false, "\(energy): \(error?.message ?? "")")
      #expect(error?.message.hasPrefix("m.yaml line ") ?? false, "\(error?.message ?? "")")
    }
    let error = #expect(throws: BadInput.self) {
      try Self.model(
        """
        model: m
        space: {a: boson, b: boson}
        start: {a: fock(0), b: fock(1)}
        parts: {cell: {of: [a, b], hamiltonian: "a'*a + b'*b + a'*a*b'*b"}}
        quantities: {ergotropy: {value: ergotropy(cell)}}
        """
      ).value("ergotropy", [("t", "0")], digits: 10)
    }
    #expect(error?.message.contains("couples two bosons of the part; \(accepted)") ?? false, "\(error?.message ?? "")")
  }
}

extension Interval {
  /// Whether a decimal, right to its last digit, may be inside.
  func agrees(with decimal: String) throws -> Bool {
    let places = decimal.split(separator: ".").last?.count ?? 0
    let value = try Constant(parsing: decimal).enclosure(precision: 160)
    let unit = Interval(Rational(1, Integer(10).power(places)), precision: 160)
    return !isDisjoint(from: value + .ball(unit.upper))
  }
}
