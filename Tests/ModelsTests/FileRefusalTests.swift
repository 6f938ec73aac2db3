import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import Testing

/// Refusals that take a file of their own: slips in YAML, names that are nearly right, families, levels, parities.
@Suite struct FileRefusalTests {
  /// A whole file with its message.
  static let files: [(String, String)] = [
    // Slips in YAML.
    (
      "model: m\nspace: {a: boson}\nstart: {a: squeezed(r, phi)}\nquantities: {n: {value: t}}",
      "line 3: start.a: 'squeezed(r' has brackets that do not match; accepted: inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    (
      "model: m\nspace: {a: boson, b: boson}\nstart: {a: squeezed(r, phi), b: squeezed(r, phi)}",
      "line 3: given twice: 'phi)'; accepted: each key once; inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    (
      "model: m\nspace: {a: boson}\nstart: {a: fock(1)}\nquantities: {n: {value: a'*a, unit, x}}",
      "line 4: quantities.n: unknown key 'x'; accepted here: value, unit, meaning; inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    (
      "model: m\nspace:\n\ta: boson",
      "line 3: while scanning for the next token, found character that cannot start any token; accepted: YAML, where blanks indent, and tabs do not"
    ),
    (
      "model: m\nspace: {a: boson}\nhamiltonian: [a, a']",
      "line 3: hamiltonian: must be one text, not a list or keys; a formula that begins with [ or { stands in double quotes"
    ),
    (
      "model: m\nspace: {a: boson}\nhamiltonian: [a, a']*i",
      "line 3: while parsing a block mapping, did not find expected key; accepted: YAML, where a text that begins with [ { ' @ or % or holds ': ' stands in double quotes"
    ),
    // A quote that does not close, and one that closes at the next that opens; texts of two lines are no slip.
    (
      "model: m\ntitle: 'abc\nspace: {a: boson}",
      "line 2: the quote ' that opens here closes nowhere; accepted: quotes that close (while scanning a quoted scalar, found unexpected end of stream)"
    ),
    (
      "model: m\ntitle: \"abc\nsource: \"def\"\nspace: {a: boson}",
      "line 2: the quote \" that opens here closes on line 3; accepted: quotes that close (while parsing a block mapping, did not find expected key)"
    ),
    (
      "model: m\ntitle: \"a \\\" # b\n  c\" # d's\nhamiltonian: [a, a']*i",
      "line 4: while parsing a block mapping, did not find expected key; accepted: YAML, where a text that begins with [ { ' @ or % or holds ': ' stands in double quotes"
    ),
    (
      "model: m\nspace: {s: {kind: qubit, cells: 2}}\nquantities:\n  e: {value: mean(s_z[0])}",
      "line 4: while parsing a flow mapping, did not find expected ',' or '}'; accepted: YAML, where inside {...} a formula with , [ ] { } stands in double quotes, and one with ': ' always"
    ),
    ("", "the file is empty; accepted: keys with values"),
    ("model: m\nspace: &a {q: qubit}", "line 2: anchors are not supported; accepted: '&' followed by a space"),
    ("- model", "line 1: must be keys with values"),
    ("model: m\nmodel: n", "line 1: given twice: 'model'; accepted: each key once"),
    (
      "source: s\nclaims: []",
      "line 2: claims: this is a file of claims; accepted: a model file, or 'qbo verify --claims' for claims"
    ),
    // Names that are nearly right.
    (
      "model: m\nhamiltonain: 1",
      "line 2: unknown key 'hamiltonain'; accepted here: model, title, source, parameters, tables, space, operators, let, hamiltonian, jumps, schedule, start, parts, quantities; did you mean hamiltonian?"
    ),
    (
      "model: m\nspace: {a: boson, q: qubit}\nhamiltonian: a_x",
      "line 3: hamiltonian: column 1: 'a_x' is no operator of the boson 'a'; accepted: a, a'"
    ),
    (
      "model: m\nspace: {a: boson, q: qubit}\nhamiltonian: q*a",
      "line 3: hamiltonian: column 1: 'q' is no operator of the qubit 'q'; accepted: q_x, q_y, q_z, q_p, q_m"
    ),
    (
      "model: m\nparameters: {delta: real}\nspace: {a: boson}\nhamiltonian: detla*a'*a",
      "line 4: hamiltonian: column 1: unknown name 'detla'; accepted: delta, a, a', t; did you mean delta?"
    ),
    (
      "model: m\nspace: {a: boson}\nstart: {a: fock(0)}\nquantities: {n: {value: mean(n)}}",
      "line 4: quantities.n.value: column 6: unknown name 'n'; accepted: a, a', H"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {q: up}\nquantities: {n: {value: meen(q_z)}}",
      "line 4: quantities.n.value: column 1: unknown function or operator 'meen'; accepted: t, figures such as mean(X), variance(X), weight(q = up); did you mean mean?"
    ),
    // What is missing.
    ("model: m", "line 1: the key 'space' is missing; accepted: a file with model, space, start and quantities"),
    ("model: m\nspace: {}", "line 2: space: the space has no factor; accepted: at least one"),
    (
      "model: m\nspace: {q: {cells: 2}}",
      "line 2: space.q: the key 'kind' is missing; accepted: boson, qubit, fermion, spin J, spin N/2 of qubits, levels D, {kind: matrix, size: D, dims: [2, 3]}"
    ),
    (
      "model: m\nspace: {q: qubit}\nhamiltonian:",
      "line 3: hamiltonian: the value is missing; accepted: a text"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {superposition: [[1, {q: up}]], normalised: yes}",
      "line 3: start.normalised: 'yes' is refused; accepted: true, false"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {q: up, normalised: true}",
      "line 3: start.normalised: a product is normalised; accepted: 'normalised' beside superposition, mixture, vector or density"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {q: up}\nparts: {b: {of: [], hamiltonian: q_z}}",
      "line 4: parts.b.of: the part has no factor; accepted: at least one factor or cell"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {q: up}\nquantities: {a b: {value: t}}",
      "line 4: quantities.a b: 'a b' is no name of a quantity; accepted: letters, digits, hyphens"
    ),
    (
      "model: m\nspace: {q: qubit}\nstart: {q: up}\nquantities: {a: {unit: w}}",
      "line 4: quantities.a: the key 'value' is missing; accepted: a formula such as mean(battery)"
    ),
  ]

  @Test(arguments: files) func `a file is refused with its line`(_ text: String, _ message: String) {
    let place = message.hasPrefix("line") ? "m.yaml " : "m.yaml: "
    #expect(refusal(of: text) == place + message)
  }

  /// The space, the Hamiltonian, the start and the message of what is refused at parameters.
  static let evaluations: [(String, String, String, String)] = [
    (
      "{s: {kind: qubit, cells: 4}}", "chain(j, s_z[j]*s_z[j + 2])", "{s: up}",
      "line 3: hamiltonian: column 17: the index 4 is none of a family of 4 cells; accepted: 0 to 3"
    ),
    (
      "{s: {kind: qubit, cells: 3}, b: {kind: qubit, cells: 2}}", "sum(j, s_z[j]*b_z[j])", "{s: up, b: up}",
      "line 3: hamiltonian: column 1: a sum over families of different sizes: b, s"
    ),
    (
      "{s: {kind: qubit, cells: 0}}", "0", "{s: up}", "line 2: space.s.cells: 0 cells; accepted: 1 to 4096"
    ),
    ("{b: levels 0}", "0", "{b: level(0)}", "line 2: space.b: 0 levels; accepted: integers from 1 to 4294967295"),
    (
      "{b: levels 3}", "b(0,3) + b(3,0)", "{b: level(0)}",
      "line 3: hamiltonian: column 1: the level 3 of 'b' is none; accepted: 0 to 2"
    ),
    ("{b: levels 3}", "0", "{b: level(3)}", "line 4: start.b: '3' is 3; accepted: 0 to 2"),
    ("{J: spin -1}", "0", "{J: up}", "line 2: space.J: 2J is -2; accepted: integers from 0 to 4294967294"),
    (
      "{s: {kind: qubit, cells: 3}}", "0", "{s: [up, down]}",
      "line 4: start.s: 2 states of 3 cells; accepted: one state, or one for each cell"
    ),
    // Parities of fermions.
    (
      "{c: {kind: fermion, cells: 2}}", "chain(j, c[j]'*c[j+1] + c[j+1]'*c[j]) + c[0] + c[0]'", "{c: level(0)}",
      "line 3: hamiltonian: the term 'c[0]'' has an odd number of fermion letters; accepted: even ones, which keep the parity of the number of fermions"
    ),
    (
      "{q: qubit, c: fermion}", "0", "{superposition: [[3/5, {q: up, c: level(0)}], [4/5, {q: down, c: level(1)}]]}",
      "line 4: start: the start holds |1,0> with an even number of fermions beside |0,1> with an odd one; accepted: vectors of one parity, and mixtures of these"
    ),
    (
      "{a: boson, c: fermion}", "0",
      "{superposition: [[3/5, {a: coherent(1), c: level(0)}], [4/5, {a: coherent(1), c: level(1)}]]}",
      "line 4: start: the start holds even and odd numbers of fermions; accepted: vectors of one parity, and mixtures of these"
    ),
  ]

  @Test(arguments: evaluations) func `parameters are refused with the line`(
    _ space: String, _ hamiltonian: String, _ start: String, _ message: String
  ) throws {
    let text = """
      model: m
      space: \(space)
      hamiltonian: "\(hamiltonian)"
      start: \(start)
      quantities: {h: {value: mean(H)}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    #expect(throws: BadInput("m.yaml \(message)")) { try model.value("h", [("t", "1")], digits: 10) }
  }

  @Test func `a jump keeps or changes the parity of fermions`() throws {
    let text = """
      model: m
      parameters: {r: non-negative}
      space: {c: fermion, q: qubit}
      jumps: [{operator: c + q_m, rate: r}]
      start: {c: level(0), q: up}
      quantities: {h: {value: mean(q_z)}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    #expect(
      throws: BadInput(
        "m.yaml line 4: jumps.operator: the term 'c' has an odd number of fermion letters, and 'q_m' an even one; "
          + "accepted: all even or all odd")
    ) { try model.value("h", [("r", "0"), ("t", "1")], digits: 10) }
  }

  /// What keeps the parity is served.
  @Test func `pairs of fermions are served`() throws {
    let text = """
      model: m
      space: {c: {kind: fermion, cells: 2}}
      hamiltonian: "c[0]'*c[1]' + c[1]*c[0]"
      start: {superposition: [[3/5, {c: level(0)}], [4/5, {c: level(1)}]]}
      quantities: {h: {value: initial(mean(H))}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    let value = try #require(try model.value("h", [], digits: 20).interval(precision: 64))
    // <H> = 2 Re conj(b) a for c_0'c_1'|0> = b|11>, b = 1.
    #expect(value.contains(Rational(24, 25)))
  }
}
