import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import Testing
import TestSupport

/// The two routes of a model's quantities: both enclose the same number, so enclosures that do not meet show an error
/// in one of them.
@Suite struct SecondRouteTests {
  /// How often both routes gave narrow enclosures, and how often the second one does not reach.
  struct Count {
    var both = 0
    var beyond = 0
    var wide = 0
  }

  /// Holds both routes of all quantities of a model against each other.
  func compare(
    _ text: String, _ given: [(String, String)], _ label: String, _ count: inout Count, precision: Int = 160
  ) throws {
    let model = try Model(parsing: text, name: "random.yaml")
    let catalogue = try model.entered(in: Catalogue([]))
    for system in catalogue.systems {
      for quantity in system.quantities {
        let named = given.filter { pair in quantity.parameters.contains { $0.name == pair.0 } }
        let arguments = try Arguments(named.map { (name: $0.0, text: $0.1) }, for: quantity)
        let other = quantity.routes.first { $0.isCheck }
        let second = try #require(other, "\(label): \(quantity.name)")
        func value(_ route: Route) throws -> Interval? {
          do {
            return try route.evaluate(arguments, precision, Budget(bits: 4096, seconds: 600))
          } catch let e as Unanswered {
            if e.cause == .beyond, route.isCheck { count.beyond += 1 }
            return nil
          } catch is Undecided { return nil }
        }
        guard let a = try value(quantity.route), let b = try value(second) else { continue }
        #expect(!a.isDisjoint(from: b), "\(label)\n\(text)\n\(quantity.name) \(given): \(a) \(b)")
        let isNarrow = [a, b].allSatisfy { $0.width.double(rounding: .up) < 1e-12 }
        if isNarrow { count.both += 1 } else { count.wide += 1 }
      }
    }
  }

  @Test func `both routes of random finite models meet`() throws {
    var count = Count()
    try RandomCases.run(24) { random, label in
      let twin = RandomModel(&random)
      try compare(twin.text, [("t", twin.time)], label, &count)
    }
    #expect(count.both >= 80 && count.beyond <= 4, "\(count)")
  }

  @Test func `both routes of figures of states meet`() throws {
    var count = Count()
    try RandomCases.run(12) { random, label in
      guard let twin = StateFigureTwin(&random) else { return }
      try compare(twin.text, [("t", twin.time)], label, &count)
    }
    #expect(count.both >= 80, "\(count)")
  }

  @Test func `both routes of random modes meet`() throws {
    var count = Count()
    try RandomCases.run(6) { random, label in
      let model = RandomModes(&random)
      try compare(model.text, [("t", model.time)], label, &count)
    }
    #expect(count.both >= 12, "\(count)")
  }

  /// Spins of qubits, whose other route has all 2^N states.
  @Test func `levels on other spins come out of one matrix`() throws {
    var count = Count()
    for (start, energy) in [("dicke(1)", "J_z^2 - J_x/3"), ("'css(1, 1/2)'", "J_x + J_y*J_z + J_z*J_y")] {
      let text = """
        model: spins
        space: {J: spin 3/2 of qubits, q: qubit}
        hamiltonian: J_z + q_p*J_m + q_m*J_p + q_x*J_z/3
        start: {J: \(start.replacing("'", with: "\"")), q: plus}
        parts: {battery: {of: [J], hamiltonian: \(energy)}}
        quantities:
          ergotropy: {value: ergotropy(battery)}
          passive: {value: passive(battery)}
          capacity: {value: capacity(battery)}
          purity: {value: purity(battery)}
          coherence: {value: coherence(J)}
          copies: {value: "copies(battery, 2)"}
          rate: {value: rate(mean(battery))}
          negativity: {value: negativity(J)}
          fidelity: {value: "fidelity(q, bloch(1/2, 0, 1/3))"}
          distance: {value: "trace_distance(q, plus)"}
        """
      for time in ["0", "0.7"] { try compare(text, [("t", time)], start, &count) }
    }
    #expect(count.both >= 32 && count.beyond == 0, "\(count)")
  }

  /// Models that each lean on one step of a route: phases, signs of fermions, the order of factors in a part, the cut
  /// of a mode, means that close.
  @Test(arguments: [
    """
    model: exchange
    space: {q: qubit, J: spin 1}
    hamiltonian: q_p*J_m + q_m*J_p
    start: {q: up, J: dicke(1)}
    quantities: {current: {value: "mean(i*(q_p*J_m - q_m*J_p))"}, up: {value: weight(q = up)}}
    """,
    """
    model: fermions
    space: {c: {kind: fermion, cells: 4}}
    hamiltonian: "ring(j, c[j]'*c[j+1] + c[j+1]'*c[j]) + c[0]'*c[0]/2"
    start: {c: [level(1), level(0), level(1), level(0)]}
    parts: {ends: {of: ["c[0]", "c[3]"], hamiltonian: "c[0]'*c[3] + c[3]'*c[0] + c[3]'*c[3]/3"}}
    quantities: {first: {value: "mean(c[0]'*c[0])"}, work: {value: ergotropy(ends)}, pairs: {value: variance(ends)}}
    """,
    """
    model: order
    space: {q: qubit, b: levels 3, s: qubit}
    hamiltonian: q_x*(b(0,1) + b(1,0)) + s_x*(b(1,2) + b(2,1)) + q_z/3
    start: {q: up, b: level(1), s: down}
    parts: {part: {of: [q, b], hamiltonian: "q_z/5 + b(1,1) + 3*b(2,2)"}}
    quantities: {work: {value: ergotropy(part)}, rest: {value: energy_coherence(part)}, energy: {value: mean(part)}}
    """,
    """
    model: driven
    space: {a: boson}
    hamiltonian: a'*a + 2*(a + a')
    start: {a: fock(2)}
    quantities: {quanta: {value: mean(a'*a)}, empty: {value: weight(a = fock(0))}, square: {value: "mean((a'*a)^2)"}}
    """,
    """
    model: displaced
    space: {a: boson}
    hamiltonian: a'*a/3 + (a + a')/2
    start: {a: "coherent(i/3)"}
    quantities: {quanta: {value: mean(a'*a)}, empty: {value: weight(a = fock(0))}}
    """,
  ])
  func `each step of a route is held by a model`(_ text: String) throws {
    var count = Count()
    try compare(text, [("t", "4/5")], "step", &count)
    #expect(count.both >= 2 && count.beyond == 0 && count.wide == 0, "\(count)")
  }

  /// Larger spaces go by vectors, and means that close by an equation of their own.
  @Test func `a chain of qubits by vectors and by closed means`() throws {
    var count = Count()
    let text = """
      model: chain
      space: {s: {kind: qubit, cells: 6}}
      hamiltonian: chain(j, s_p[j]*s_m[j+1] + s_m[j]*s_p[j+1]) + \(0.3)*chain(j, s_z[j]*s_z[j+1])
      start: {s: [up, down, plus, down, down, minus]}
      parts: {end: {of: ["s[5]"], hamiltonian: "s_z[5]"}}
      quantities:
        energy: {value: mean(end)}
        spread: {value: variance(end)}
        total: {value: "mean(sum(j, s_z[j]))"}
        work: {value: ergotropy(end)}
        tangle: {value: "concurrence(s[0], s[5])"}
      """
    for time in ["0", "1/3"] { try compare(text, [("t", time)], "chain", &count) }
    #expect(count.both >= 9 && count.beyond == 0, "\(count)")
  }
}

/// Random models with modes without a last level.
struct RandomModes {
  let text: String
  let time: String

  init(_ random: inout SplitMix64) {
    func choice<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
    let number = { (random: inout SplitMix64) in "\(Int(random.next() % 7) - 3)/\(Int(random.next() % 4) + 2)" }
    let hasQubit = random.next() % 2 == 0
    let hasSecond = random.next() % 3 == 0
    var terms = ["(\(number(&random)))*a'*a"]
    var choices = ["(a + a')", "i*(a - a')", "(a^2 + a'^2)", "a'^2*a^2"]
    if hasQubit { choices += ["(a + a')*q_x", "a'*a*q_z", "(a'*q_m + a*q_p)", "(a^2*q_p + a'^2*q_m)", "q_x"] }
    if hasSecond { choices += ["(a'*b + a*b')", "(a*b + a'*b')"] }
    for _ in 0...Int(random.next() % 3) { terms.append("(\(number(&random)))*\(choice(choices))") }
    // A term of the fourth order beside one that changes the quanta has no proved flow.
    if terms.contains(where: { $0.hasSuffix("a'^2*a^2") || $0.contains("a^2*q_p") }) {
      terms.removeAll { $0.contains("(a +") || $0.contains("(a -") || $0.contains("(a^2 +") || $0.contains("(a*b +") }
    }
    let a = choice([
      "fock(0)", "fock(2)", "coherent(1/2)", "\"coherent(i/3)\"", "squeezed(1/4)", "\"squeezed(1/5, 1)\"",
    ])
    let space = ["a: boson"] + (hasQubit ? ["q: qubit"] : []) + (hasSecond ? ["b: boson"] : [])
    let start =
      ["a: \(a)"] + (hasQubit ? ["q: \(choice(["up", "down", "plus"]))"] : []) + (hasSecond ? ["b: fock(1)"] : [])
    var quantities = [
      "quanta: {value: mean(a'*a)}", "field: {value: mean(a + a')}", "width: {value: variance(a + a')}",
      "empty: {value: weight(a = fock(0))}",
    ]
    if hasQubit {
      quantities += ["up: {value: weight(q = up)}", "purity: {value: purity(q)}", "spin: {value: mean(q_z)}"]
    }
    text = """
      model: random
      space: {\(space.joined(separator: ", "))}
      hamiltonian: "\(terms.joined(separator: " + "))"
      start: {\(start.joined(separator: ", "))}
      quantities:
        \(quantities.joined(separator: "\n  "))
      """
    time = choice(["0", "1e-6", "1/3", "0.8", "3/2"])
  }
}
