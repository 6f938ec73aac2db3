import Catalogue
import Models
import RigorousNumerics
import Systems
import Testing

/// Every refusal of a model file, with its message.
@Suite struct RefusalTests {
  /// A model whose lines can be changed one by one.
  static let lines = [
    "model: m", "parameters: {g: positive, N: {kind: integer, from: 1}}", "space: {a: boson, q: qubit, J: spin N/2}",
    "hamiltonian: g*(a'*q_m + a*q_p) + J_z", "start: {a: fock(N), q: down, J: down}",
    "parts: {battery: {of: [q], hamiltonian: q_z}}", "quantities: {energy: {value: mean(battery)}}",
  ]

  static func text(_ line: Int, _ replacement: String) -> String {
    var lines = lines
    lines[line - 1] = replacement
    return lines.joined(separator: "\n")
  }

  @Test func `the model itself is accepted`() { #expect(refusal(of: Self.lines.joined(separator: "\n")) == nil) }

  static let readings: [(Int, String, String)] = [
    (1, "model: a b", "line 1: model: 'a b' is no name; accepted: letters, digits, hyphens, a letter first"),
    (
      1, "colour: red",
      "line 1: unknown key 'colour'; accepted here: model, title, source, parameters, tables, space, operators, let, hamiltonian, jumps, schedule, start, parts, quantities"
    ),
    (1, "title: x", "line 1: the key 'model' is missing; accepted: a file with model, space, start and quantities"),
    (
      1, "model: m\njumps: [{operator: q_m}]",
      "line 2: jumps: a jump states its operator and its rate; accepted: {operator: L, rate: r}, {each: j, operator: \"L[j]\", rate: r}, {correlated: {operators: [...], rates: [...]}}"
    ),
    (
      1, "model: m\njumps: [{operator: q_m, rate: x}]",
      "line 2: jumps.rate: column 1: unknown name 'x'; accepted: g, N, t"
    ),
    (
      1, "model: m\njumps: [{operator: q_m, rate: g, each: [j, k, l]}]",
      "line 2: jumps.each: 'each' takes one index or two; accepted: each: j, each: [j, k]"
    ),
    (
      1, "model: m\njumps: [{operator: q_m, rate: g, each: g}]",
      "line 2: jumps.each: the index 'g' stands for something else; accepted: a new name"
    ),
    (
      1, "model: m\njumps: [{correlated: {operators: [q_m, q_z], rates: [[1, 0]]}}]",
      "line 2: jumps.correlated.rates: the rates are no matrix of the size 2; accepted: a row for each operator"
    ),
    (
      1, "model: m\nlet: {h: h + 1}",
      "line 2: let.h: column 1: unknown name 'h'; accepted: g, N, a, a', q_x, q_y, q_z, q_p, q_m, J_x, J_y, J_z, J_p, J_m, t"
    ),
    (
      1, "model: m\nlet: {g: 2}",
      "line 2: let.g: the name 'g' stands for something else on line 3; accepted: one thing of a name"
    ),
    (
      1, "model: m\nlet: {h: 1/0}",
      "line 2: let.h: the abbreviation 'h' has no value: division by zero"
    ),
    (1, "model: m\nlet: {h: log(0)}", "line 2: let.h: the abbreviation 'h' has no value"),
    (
      2, "parameters: {g: big, N: {kind: integer, from: 1}}",
      "line 2: parameters.g: unknown kind 'big'; accepted: integer, real, positive, non-negative, rational"
    ),
    (
      2, "parameters: {g: positive, N: integer, x: real}",
      "line 2: parameters.x: the parameter stands nowhere else in the file; accepted: parameters that are used"
    ),
    (
      2, "parameters: {g: {kind: positive, default: -1}, N: integer}",
      "line 2: parameters.g.default: parameter g: -1 is outside the domain; accepted: real numbers, g > 0"
    ),
    (
      2, "parameters: {g: {kind: positive, from: 1}, N: integer}",
      "line 2: parameters.g.from: 'from: 1' is refused; accepted: an integer, of parameters of the kind integer"
    ),
    (
      2, "parameters: {t: positive, N: integer}",
      "line 2: parameters.t: the name 't' is reserved; accepted: names that are not functions, states, t, i, H or all"
    ),
    (
      3, "space: {a: boson, q: qubits, J: spin N/2}",
      "line 3: space.q: 'qubits' is no factor; accepted: boson, qubit, fermion, spin J, spin N/2 of qubits, levels D, {kind: matrix, size: D, dims: [2, 3]}"
    ),
    (
      3, "space: {a: boson, q: qubit, q_z: spin N/2}",
      "line 3: space.q_z: the name 'q_z' stands for something else on line 3; accepted: one thing of a name"
    ),
    (
      3, "space: {a: boson, vector: qubit}",
      "line 3: space.vector: a factor named 'vector', which is a key of starts; accepted: another name"
    ),
    (3, "space: {a: boson, q: qubit, J: spin M/2}", "line 3: space.J: column 1: unknown name 'M'; accepted: g, N"),
    (
      4, "hamiltonian: g*(a'*q_m + a*q_p) + x",
      "line 4: hamiltonian: column 22: unknown name 'x'; accepted: g, N, a, a', q_x, q_y, q_z, q_p, q_m, J_x, J_y, J_z, J_p, J_m, t"
    ),
    (
      3, "space: {a: boson, q: qubit, J: spin t/2}",
      "line 3: space.J: column 1: 't' stands where nothing depends on the time; accepted: t in the Hamiltonian, in jumps, in 'let', and outside of the operators of quantities"
    ),
    (4, "hamiltonian: g*cos(q_x)", "line 4: hamiltonian: column 7: the operator 'q_x' where a number must stand"),
    (
      4, "hamiltonian: g*q_x + (",
      "line 4: hamiltonian: 'g*q_x + (' has brackets that do not match; accepted: inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    (
      4, "hamiltonian: g*q_x + log(i)",
      "line 4: hamiltonian: column 9: 'log' takes real numbers; accepted: formulas without i"
    ),
    (
      4, "hamiltonian: g*q_x + sum(g, q_x)",
      "line 4: hamiltonian: column 9: the index 'g' stands for something else; accepted: a new name"
    ),
    (
      5, "start: {a: fock(N), q: down}",
      "line 5: start: the factor 'J' has no state; accepted: a state for each of a, q, J"
    ),
    (
      5, "start: {a: fock(N), q: coherent(1), J: down}",
      "line 5: start.q: 'coherent(1)' is no state of the qubit 'q'; accepted: up, down, plus, minus, bloch(x, y, z), level(k), diagonal(p0, p1, ...)"
    ),
    (
      5, "start: {a: up, q: down, J: down}",
      "line 5: start.a: 'up' is no state of the boson 'a'; accepted: fock(n), coherent(alpha), squeezed(r), squeezed(r, phi), displaced_squeezed(alpha, r, phi), thermal(nbar), level(k), diagonal(p0, p1, ...)"
    ),
    (
      5, "start: {a: fock(N), q: bloch(0, 1), J: down}",
      "line 5: start.q: 'bloch(0' has brackets that do not match; accepted: inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    (
      5, "start: {a: fock(N), q: \"bloch(0, 1)\", J: down}",
      "line 5: start.q: 'bloch(0, 1)' has 2 numbers; accepted: bloch(x, y, z)"
    ),
    (5, "start: {a: fock(N), q: [down, up], J: down}", "line 5: start.q: 'q' is no family; accepted: one state"),
    (
      5, "start: {a: fock(N), q: down, J: down, b: up}",
      "line 5: start.b: 'b' is no factor of the space; accepted: a, q, J"
    ),
    (
      5, "start: {mixture: []}",
      "line 5: start.mixture: the list is empty; accepted: at least one [probability, {factor: state, ...}]"
    ),
    (
      5, "start: {mixture: [[1, {density: [[1]]}]]}",
      "line 5: start.mixture.density: a mixture holds vectors; accepted: a state for each factor, superposition, vector"
    ),
    (
      5, "start: {density: [[1, 0], [0]]}",
      "line 5: start.density: row 1 has 1 elements of 2 rows; accepted: as many columns as rows"
    ),
    (5, "start: {vector: []}", "line 5: start.vector: the list is empty; accepted: one row for each basis state"),
    (
      5, "start: {vector: [1, q_x]}",
      "line 5: start.vector: column 1: the operator 'q_x' where a number must stand"
    ),
    (
      5, "start: {vector: no-such.mtx}",
      "line 5: start.vector: file 'no-such.mtx' cannot be read; accepted: a file of a vector"
    ),
    (
      5, "start: {vector: [1], superposition: [[1, {a: fock(0), q: up, J: up}]]}",
      "line 5: start: unknown key 'superposition'; accepted here: vector, normalised"
    ),
    (
      5, "start: {superposition: [[1]]}",
      "line 5: start.superposition: a term is no pair; accepted: [coefficient, {factor: state, ...}]"
    ),
    (
      6, "parts: {battery: {of: [z], hamiltonian: q_z}}",
      "line 6: parts.battery.of: 'z' is no factor or cell of the space; accepted: a, \"b[0]\""
    ),
    (
      6, "parts: {battery: {of: [q]}}",
      "line 6: parts.battery: a part states 'of' and 'hamiltonian'; accepted: {of: [a], hamiltonian: w*a'*a}"
    ),
    (
      7, "quantities: {energy: {value: battery}}",
      "line 7: quantities.energy.value: column 1: 'battery' stands for a Hamiltonian; accepted: mean(battery) and other figures of it in quantities"
    ),
    (
      7, "quantities: {energy: {value: q_z}}",
      "line 7: quantities.energy.value: column 1: the operator 'q_z' stands outside of a figure; accepted: figures such as mean(X), variance(X), weight(q = up)"
    ),
    (
      7, "quantities: {energy: {value: weight(q)}}",
      "line 7: quantities.energy.value: column 8: 'q' gives no state; accepted: a factor or cell with its state, q = up"
    ),
    (
      7, "quantities: {energy: {value: i*mean(q_z)}}",
      "line 7: quantities.energy.value: column 1: quantities are real; accepted: formulas without i outside of operators"
    ),
    (
      7, "quantities: {energy: {value: mean(battery), digits: 3}}",
      "line 7: quantities.energy: unknown key 'digits'; accepted here: value, unit, meaning"
    ),
    (
      7, "let: {n: \"a'*a\"}\nquantities: {energy: {value: n}}",
      "line 8: quantities.energy.value: column 1: the operator 'n' stands outside of a figure; accepted: "
        + "figures such as mean(X), variance(X), weight(q = up)"
    ),
    (
      7, "quantities: {energy: {value: mean(battery = 1)}}",
      "line 7: quantities.energy.value: column 1: 'mean(battery = 1)' is refused; accepted: mean(X)"
    ),
    (
      7, "quantities: {energy: {value: \"covariance(battery)\"}}",
      "line 7: quantities.energy.value: column 1: 'covariance(battery)' is refused; accepted: covariance(X, Y)"
    ),
    (
      7, "quantities: {energy: {value: weight(z = up)}}",
      "line 7: quantities.energy.value: column 8: 'z' is no factor or cell of the space; accepted: a, q, J"
    ),
    (
      7, "quantities: {energy: {value: mean(mean(battery))}}",
      "line 7: quantities.energy.value: column 6: the figure 'mean' stands in a formula of operators; accepted: figures in quantities"
    ),
    (
      7, "quantities: {energy: {value: cos(q = up)}}",
      "line 7: quantities.energy.value: column 7: unexpected '='; accepted here: an operator or ')'"
    ),
    (7, "quantities: {}", "line 7: quantities: there is no quantity; accepted: at least one"),
  ]

  @Test(arguments: readings) func `a file is refused with its line`(
    _ line: Int, _ replacement: String, _ message: String
  ) {
    #expect(refusal(of: Self.text(line, replacement)) == "m.yaml \(message)")
  }

  @Test func `a name of a system is refused`() throws {
    let text = Self.text(1, "model: spin")
    let model = try Model(parsing: text, name: "m.yaml")
    #expect(throws: BadInput("m.yaml line 1: model: there is a system 'spin' already; accepted: another name")) {
      try model.entered(in: .builtIn)
    }
  }

  /// What is refused at parameters.
  static let evaluations: [(Int, String, String)] = [
    (3, "space: {a: boson, q: qubit, J: spin N/3}", "line 3: space.J: 2J is 2*(1/3), no integer; accepted: integers"),
    (
      4, "hamiltonian: g*a*q_p + J_z",
      "line 4: hamiltonian: is not Hermitian: <1,0,0|X|0,1,0> = 0, and <0,1,0|X|1,0,0> = 2; accepted: operators with conjugate elements there"
    ),
    (
      4, "hamiltonian: g*(a'*q_m + a*q_p) + a(0,1)",
      "line 4: hamiltonian: column 22: 'a' takes nothing in parentheses; accepted: a, a'"
    ),
    (
      4, "hamiltonian: g*(a'*q_m + a*q_p) + sqrt(-g)*J_z",
      "line 4: hamiltonian: column 22: 'sqrt(-g)' has no value: square root of a negative number"
    ),
    (4, "hamiltonian: g/(sqrt(6) - sqrt(2)*sqrt(3))*q_z", "line 4: hamiltonian: column 1: division by zero"),
    (
      4, "jumps: [{operator: q_m, rate: -g}]",
      "line 4: jumps.rate: the rate is negative or not real; accepted: rates of 0 or more"
    ),
    (
      4, "hamiltonian: g*q_x\njumps: [{operator: q_m, rate: 0, each: j}]",
      "line 5: jumps.operator: the index 'j' stands at no family; accepted: operators such as s_m[j]"
    ),
    (5, "start: {a: fock(N - 3), q: down, J: down}", "line 5: start.a: 'N - 3' is -2; accepted: 0 to 4294967295"),
    (
      5, "start: {a: fock(N), q: \"bloch(0, 1, 1)\", J: down}",
      "line 5: start.q: the Bloch vector has the length 1.4142135623730951; accepted: bloch(x, y, z) with x^2 + y^2 + z^2 <= 1"
    ),
    (
      5, "start: {superposition: [[1, {a: fock(0), q: up, J: up}], [1, {a: fock(N), q: up, J: up}]]}",
      "line 5: start: the start is not normalised: its norm is about 1.4142135623730951; accepted: the norm 1, or 'normalised: true'"
    ),
    (
      6, "parts: {battery: {of: [a], hamiltonian: q_z}}",
      "line 6: parts.battery.hamiltonian: the Hamiltonian of the part acts on 'q' outside of it; accepted: operators of what 'of' lists"
    ),
    (
      7, "quantities: {energy: {value: mean(battery)}, other: {value: steady(t*mean(battery))}}",
      "line 7: quantities.other.value: t stands in a figure of 'steady'; accepted: figures of one state, without t"
    ),
    (
      7, "quantities: {energy: {value: mean(q_p)}}",
      "line 7: quantities.energy.value: is not Hermitian: <0,1,0|X|0,0,0> = 1, and <0,0,0|X|0,1,0> = 0; accepted: operators with conjugate elements there"
    ),
    (
      7, "quantities: {energy: {value: 1/mean(J_p + J_m)}}",
      "line 7: quantities.energy.value: division by 'mean(J_p + J_m)', which is zero here"
    ),
    (
      7, "quantities: {energy: {value: \"log(initial(mean(a'*a)) - N)\"}}",
      "line 7: quantities.energy.value: 'log(initial(mean(a'*a)) - N)' has no value here"
    ),
  ]

  @Test(arguments: evaluations) func `parameters are refused with the line`(
    _ line: Int, _ replacement: String, _ message: String
  ) throws {
    let model = try Model(parsing: Self.text(line, replacement), name: "m.yaml")
    do {
      let name = replacement.contains("other:") ? "other" : "energy"
      let quantity = try model.quantity(name)
      let time = quantity.parameters.contains { $0.name == "t" } ? [("t", "1")] : []
      let value = try model.value(name, [("N", "1"), ("g", "2")] + time, digits: 10)
      Issue.record("\(replacement): \(String(describing: value.lower))")
    } catch let error as BadInput {
      #expect(error.message == "m.yaml \(message)")
    }
  }

  @Test func `jumps without rates are none`() throws {
    let jumps = "hamiltonian: g*q_x\njumps: [{operator: q_m, rate: g - N}, {operator: q_z, rate: 0}]"
    let model = try Model(parsing: Self.text(4, jumps), name: "m.yaml")
    let values = [("N", "1"), ("t", "1")]
    let closed = try Model(parsing: Self.text(4, "hamiltonian: g*q_x"), name: "m.yaml")
    let (a, b) = (
      try model.value("energy", values + [("g", "1")], digits: 20),
      try closed.value("energy", values + [("g", "1")], digits: 20)
    )
    #expect(a.lower == b.lower && a.upper == b.upper)
  }

  @Test func `a sector of too many states is beyond the route`() throws {
    let text = Self.text(3, "space: {a: boson, q: qubit, J: spin 15000*N}").replacing("+ J_z", with: "+ J_x")
    let model = try Model(parsing: text, name: "m.yaml")
    #expect(
      throws: Unanswered(
        beyond: "this route is limited to starts that reach at most 20000 states: the state is computed on all "
          + "basis states that the start reaches under the Hamiltonian")
    ) {
      try model.quantity("energy").route.evaluate(
        Arguments(
          [("N", "1"), ("g", "2"), ("t", "1")].map { (name: $0.0, text: $0.1) }, for: model.quantity("energy")),
        64, Budget())
    }
  }

  @Test func `integers below the least one are refused`() throws {
    let model = try Model(
      parsing: Self.text(2, "parameters: {g: positive, N: {kind: integer, from: 2}}"), name: "m.yaml")
    #expect(throws: BadInput("parameter N: 1 is outside the domain; accepted: integers N >= 2")) {
      try model.value("energy", [("N", "1"), ("g", "2"), ("t", "1")], digits: 10)
    }
  }
}
