import ArbitraryPrecision
import Catalogue
import Expressions
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Starts that are mixed, or typed as vectors and matrices, by figures with values known otherwise.
@Suite struct MixedStartTests {
  private static func model(_ space: String, _ start: String, _ values: [String], parts: String = "") throws -> Model {
    let quantities = values.enumerated().map { "  v\($0.offset): {value: \"\($0.element)\"}" }.joined(separator: "\n")
    return try Model(
      parsing: "model: m\nspace: {\(space)}\nstart: \(start)\nparts: {\(parts)}\nquantities:\n\(quantities)\n",
      name: "m.yaml")
  }

  /// Holds figures at t = 0 against numbers.
  private static func expect(
    _ space: String, _ start: String, _ expected: [(value: String, number: String)], parts: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try model(space, start, expected.map { "initial(\($0.value))" }, parts: parts)
    for (place, (value, number)) in expected.enumerated() {
      let found = try #require(try model.value("v\(place)", [], digits: 18).interval(precision: 128))
      let known = try Expression(parsing: number).evaluate(in: IntervalContext(precision: 128))
      #expect(!found.isDisjoint(from: known), "\(value): \(found), \(known)", sourceLocation: sourceLocation)
      #expect(found.width.double(rounding: .up) < 1e-17, "\(value)", sourceLocation: sourceLocation)
    }
  }

  @Test func `Bloch vectors inside the ball`() throws {
    try Self.expect(
      "q: qubit", "{q: \"bloch(2/7, 3/7, -3/7)\"}",
      [
        ("mean(q_x)", "2/7"), ("mean(q_y)", "3/7"), ("mean(q_z)", "-3/7"), ("purity(q)", "(1 + 22/49)/2"),
        ("variance(q_z)", "1 - 9/49"), ("ergotropy(cell)", "(sqrt(22)/7 - 3/7)/2"), ("capacity(cell)", "sqrt(22)/7"),
        ("coherence(q)", "sqrt(13)/7"), ("largest_eigenvalue(q)", "(1 + sqrt(22)/7)/2"),
        ("fidelity(q, up)", "2/7"), ("trace_distance(q, down)", "sqrt(4 + 9 + 16)/14"),
        ("fidelity(q, bloch(2/7, 3/7, -3/7))", "1"), ("trace_distance(q, bloch(2/7, 3/7, -3/7))", "0"),
        // |n x r|^2 for half of a Pauli matrix along n.
        ("fisher(q, q_z/2)", "13/49"), ("fisher(q, q_x)", "4*18/49"),
        // Two qubits: F = (1 + r.s + sqrt((1 - r^2)(1 - s^2)))/2.
        ("fidelity(q, bloch(0, 0, 1/2))", "(1 - 3/14 + sqrt(27/49*3/4))/2"),
      ], parts: "cell: {of: [q], hamiltonian: q_z/2}")
  }

  @Test func `populations of levels and quanta`() throws {
    try Self.expect(
      "a: levels 3, b: boson", "{a: \"diagonal(1/2, 1/3, 1/6)\", b: \"diagonal(1/4, 0, 3/4)\"}",
      [
        ("mean(b'*b)", "3/2"), ("mean(a(2,2))", "1/6"), ("purity(all)", "(1/4 + 1/9 + 1/36)*(1/16 + 9/16)"),
        ("entropy(b)", "-log(1/4)/4 - 3*log(3/4)/4"), ("weight(a = level(1), b = fock(2))", "1/4"),
        ("ergotropy(mode)", "3/2 - 1/4"), ("trace_distance(b, fock(2))", "1/4"),
      ], parts: "mode: {of: [b], hamiltonian: \"b'*b\"}")
  }

  @Test func `mixtures of superpositions`() throws {
    // |0> and |+>, which are not orthogonal: Tr r^2 = (1 + 1 + 2/2)/4.
    try Self.expect(
      "q: qubit, s: qubit",
      "{mixture: [[1/2, {q: down, s: up}], [1/2, {superposition: [[sqrt(1/2), {q: down, s: up}], [i*sqrt(1/2), {q: up, s: up}]]}]]}",
      [
        ("purity(q)", "3/4"), ("purity(all)", "3/4"), ("purity(s)", "1"), ("entropy(s)", "0"), ("mean(q_z)", "-1/2"),
        ("largest_eigenvalue(all)", "(2 + sqrt(2))/4"), ("mean(q_y)", "-1/2"),
      ])
    try Self.expect(
      "q: qubit", "{mixture: [[1, {q: up}], [2, {q: down}], [0, {q: plus}]], normalised: true}",
      [("mean(q_z)", "-1/3"), ("purity(q)", "5/9")])
  }

  @Test func `matrices and vectors as they are typed`() throws {
    let part = "cell: {of: [q], hamiltonian: (q_z + 1)/2}"
    try Self.expect(
      "q: qubit", "{density: [[1/2, \"i/4\"], [\"-i/4\", 1/2]]}",
      [
        ("ergotropy(cell)", "1/4"), ("purity(q)", "5/8"), ("mean(q_x)", "0"), ("coherence(q)", "1/2"),
        // <down|r|up> = i/4 is (x + iy)/2.
        ("mean(q_y)", "1/2"), ("capacity(cell)", "1/2"),
      ], parts: part)
    try Self.expect(
      "q: qubit", "{density: [[2, \"i\"], [\"-i\", 2]], normalised: true}", [("ergotropy(cell)", "1/4")], parts: part)
    // A pure state with roots, of which the determinant is zero exactly.
    try Self.expect(
      "q: qubit", "{density: [[1/3, \"sqrt(2)/3\"], [\"sqrt(2)/3\", 2/3]]}",
      [("mean(q_z)", "1/3"), ("purity(q)", "1"), ("ergotropy(cell)", "2/3")], parts: part)
    try Self.expect(
      "q: qubit, a: levels 3", "{vector: [0, 3/5, 0, 0, 0, \"4*i/5\"]}",
      [("mean(q_z)", "7/25"), ("mean(a(1,1))", "9/25"), ("entropy(a)", "-9*log(9/25)/25 - 16*log(16/25)/25")])
    try Self.expect(
      "q: qubit", "{vector: [1, 1], normalised: true}", [("mean(q_x)", "1"), ("purity(q)", "1")])
  }

  @Test func `Gibbs states of parts`() throws {
    let pair = "pair: {of: [a, b], hamiltonian: a_z + b_z/2}, one: {of: [a], hamiltonian: 3*a_z}"
    let space = "a: qubit, b: qubit"
    try Self.expect(
      space, "{pair: gibbs(2)}",
      [
        ("mean(a_z)", "-tanh(2)"), ("mean(b_z)", "-tanh(1)"), ("trace_distance(pair, gibbs(2))", "0"),
        (
          "fidelity(pair, gibbs(0))",
          "((sqrt(1 + tanh(2)) + sqrt(1 - tanh(2)))*(sqrt(1 + tanh(1)) + sqrt(1 - tanh(1))))^2/16"
        ),
        ("coherence(pair)", "0"),
      ], parts: pair)
    try Self.expect(
      space, "{a: gibbs(-1/3), b: down}",
      [("mean(a_z)", "tanh(1)"), ("ergotropy(one)", "6*tanh(1)"), ("trace_distance(one, gibbs(0))", "tanh(1)/2")],
      parts: pair)
    try Self.expect(
      space, "{pair: gibbs(0)}", [("purity(all)", "1/4"), ("capacity(pair)", "0"), ("ergotropy(pair)", "0")],
      parts: pair)
    try Self.expect(space, "{pair: gibbs(infinity)}", [("mean(a_z)", "-1"), ("purity(all)", "1")], parts: pair)
    // Coupled: exp(-H) of H = (z_a + z_b)/2 + x_a x_b/3 by its blocks (-1, 1/3; 1/3, 1) and (0, 1/3; 1/3, 0).
    let tied = "pair: {of: [a, b], hamiltonian: a_z/2 + b_z/2 + a_x*b_x/3}"
    let w = "sqrt(10)/3"
    let z = "(2*cosh(\(w)) + 2*cosh(1/3))"
    try Self.expect(
      space, "{pair: gibbs(1)}",
      [
        ("mean(a_z)", "-2*sinh(\(w))/(\(w))/\(z)"), ("mean(a_x*b_x)", "-(2*sinh(\(w))/(3*\(w)) + 2*sinh(1/3))/\(z)"),
      ].map { ($0.0, $0.1.exponential) }, parts: tied)
    // The ground state of the first block.
    try Self.expect(
      space, "{pair: gibbs(infinity)}", [("mean(pair)", "-\(w)"), ("purity(all)", "1")], parts: tied)
  }

  /// Half a Bell state and half a product, in a basis that is turned on one side and one that is not; a Werner state.
  @Test func `entanglement of mixtures`() throws {
    for (one, other) in [("plus", "minus"), ("down", "up")] {
      // (|0 down> - |1 up>)/sqrt(2) and |0 up>: C = 1/2, and the partial transpose has the block (1/2, -1/4; -1/4, 0).
      try Self.expect(
        "a: qubit, b: qubit",
        """
        {mixture: [[1/2, {superposition: [[sqrt(1/2), {a: \(one), b: down}], [-sqrt(1/2), {a: \(other), b: up}]]}], \
        [1/2, {a: \(one), b: up}]]}
        """,
        [
          ("concurrence(a, b)", "1/2"), ("concurrence(b, a)", "1/2"), ("negativity(a)", "(sqrt(2) - 1)/4"),
          ("negativity(b)", "(sqrt(2) - 1)/4"), ("negativity(all)", "0"),
        ])
    }
    for (p, concurrence, negativity) in [
      ("3/4", "5/8", "5/16"), ("1/3", "0", "0"), ("1/4", "0", "0"), ("1", "1", "1/2"),
    ] {
      let (inner, outer, off) = ("(1 + \(p))/4", "(1 - \(p))/4", "-(\(p))/2")
      try Self.expect(
        "a: qubit, b: qubit",
        "{density: [[\(outer), 0, 0, 0], [0, \(inner), \(off), 0], [0, \(off), \(inner), 0], [0, 0, 0, \(outer)]]}",
        [("concurrence(a, b)", concurrence), ("negativity(b)", negativity)])
    }
    try Self.expect(
      "a: qubit, b: levels 3",
      """
      {mixture: [[1/2, {superposition: [[sqrt(1/2), {a: down, b: level(0)}], [sqrt(1/2), {a: up, b: level(1)}]]}], \
      [1/2, {a: down, b: level(2)}]]}
      """, [("negativity(b)", "1/4"), ("entropy(b)", "log(2)/2 + log(4)/2")])
  }

  // MARK: - Refusals

  private static let refusals: [(space: String, start: String, parts: String, message: String)] = [
    (
      "q: qubit", "{q: \"bloch(1, 1, 0)\"}", "",
      "start.q: the Bloch vector has the length 1.4142135623730951; accepted: bloch(x, y, z) with x^2 + y^2 + z^2 <= 1"
    ),
    (
      "a: levels 3", "{a: \"diagonal(1/2, 1/2)\"}", "",
      "start.a: 2 populations of 3 levels; accepted: one for each level"
    ),
    (
      "a: levels 2", "{a: \"diagonal(3/2, -1/2)\"}", "",
      "start.a: the population '-1/2' is -0.5, negative; accepted: weights of 0 or more"
    ),
    ("a: levels 2", "{a: \"diagonal(1/2, 1/4)\"}", "", "start.a: the populations add up to 0.75; accepted: 1"),
    (
      "a: levels 2", "{a: \"diagonal(1, i)\"}", "",
      "start.a: the population 'i' is not real; accepted: weights of 0 or more"
    ),
    (
      "q: qubit", "{mixture: [[1/2, {q: up}], [1/4, {q: down}]]}", "",
      "start: the probabilities add up to 0.75; accepted: the sum 1, or 'normalised: true'"
    ),
    (
      "q: qubit", "{mixture: [[3/2, {q: up}], [-1/2, {q: down}]]}", "",
      "start.mixture: the probability '-1/2' is -0.5, negative; accepted: weights of 0 or more"
    ),
    (
      "q: qubit", "{mixture: [[0, {q: up}]], normalised: true}", "",
      "start: the probabilities are all zero; accepted: a positive one"
    ),
    (
      "q: qubit", "{density: [[1/2, 1/4], [1/8, 1/2]]}", "",
      "start.density: element (0, 1) differs from the conjugate of (1, 0) by 0.125; accepted: Hermitian matrices"
    ),
    (
      "q: qubit", "{density: [[1/2, 0], [0, 1/4]]}", "",
      "start.density: the elements on the diagonal add up to 0.75; accepted: the trace 1, or 'normalised: true'"
    ),
    (
      "q: qubit", "{density: [[1/2, 3/4], [3/4, 1/2]]}", "",
      "start.density: the matrix has a negative eigenvalue, about -0.25; accepted: matrices without one"
    ),
    (
      "q: qubit", "{density: [[1/2, \"sqrt(2)/2\"], [\"sqrt(2)/2\", 1/2]]}", "",
      "start.density: the matrix has a negative eigenvalue, about -0.20710678118654752; accepted: matrices without one"
    ),
    (
      "q: qubit, s: qubit", "{density: [[1, 0], [0, 0]]}", "",
      "start.density: 2 rows of 4 basis states; accepted: one row for each basis state"
    ),
    (
      "q: qubit, a: boson", "{vector: [1, 0]}", "",
      "start.vector: a vector or matrix of a space without end; accepted: spaces without bosons"
    ),
    (
      "q: qubit", "{superposition: [[1, {q: \"diagonal(1/2, 1/2)\"}]]}", "",
      "start.superposition.q: 'diagonal' is mixed where a pure state must stand; accepted: vectors"
    ),
    (
      "q: qubit", "{superposition: [[1, {cell: gibbs(1)}]]}", "cell: {of: [q], hamiltonian: q_z}",
      "start.superposition: 'gibbs' is mixed where a pure state must stand; accepted: vectors"
    ),
    (
      "q: qubit", "{q: gibbs(1)}", "",
      "start.q: 0 parts of 'q' alone, where 'gibbs' takes the Hamiltonian of one; accepted: the name of a part as the key, as "
        + "in 'battery: gibbs(beta)'"
    ),
    (
      "q: qubit", "{cell: gibbs(1), q: up}", "cell: {of: [q], hamiltonian: q_z}",
      "start.cell: the factor 'q' has two states; accepted: one for each factor"
    ),
    (
      "q: qubit", "{cell: up}", "cell: {of: [q], hamiltonian: q_z}",
      "start.cell: the state of a part is 'gibbs(beta)'; accepted: gibbs(beta), or states of its factors"
    ),
    (
      "s: {kind: qubit, cells: 2}", "{cell: gibbs(1)}", "cell: {of: [\"s[0]\"], hamiltonian: \"s_z[0]\"}",
      "start.cell: the part 'cell' has cells; accepted: 'gibbs' of parts of whole factors"
    ),
    (
      "q: qubit", "{cell: gibbs(i)}", "cell: {of: [q], hamiltonian: q_z}",
      "start.cell: 'i' is not real; accepted: real numbers"
    ),
    (
      "q: qubit", "{cell: \"gibbs(1, 2)\"}", "cell: {of: [q], hamiltonian: q_z}",
      "start.cell: 'gibbs(1, 2)' is no Gibbs state; accepted: gibbs(beta), gibbs(infinity)"
    ),
    (
      "q: qubit", "{cell: gibbs(infinity)}", "cell: {of: [q], hamiltonian: 0*q_z}",
      "start.cell: the ground level of 'cell' is degenerate; accepted: gibbs(beta) with a number"
    ),
    (
      "q: qubit, s: qubit", "{cell: gibbs(infinity)}",
      "cell: {of: [q, s], hamiltonian: \"q_x*s_x + q_y*s_y + q_z*s_z - 2*q_z*s_z - 2*q_x*s_x - 2*q_y*s_y\"}",
      "start.cell: the ground level of 'cell' is degenerate; accepted: gibbs(beta) with a number"
    ),
    (
      "a: boson", "{cell: gibbs(-1)}", "cell: {of: [a], hamiltonian: \"a'*a\"}",
      "start.cell: '-1' is -1.0, and the boson of 'cell' has levels without end; accepted: gibbs(beta) with beta > 0, "
        + "gibbs(infinity)"
    ),
  ]

  @Test(arguments: refusals.indices) func `a start that is none is refused with its line`(_ index: Int) throws {
    let (space, start, parts, message) = Self.refusals[index]
    let error = #expect(throws: BadInput.self) {
      try Self.model(space, start, ["purity(all)"], parts: parts).value("v0", [("t", "0")], digits: 10)
    }
    #expect(error?.message == "m.yaml line 3: \(message)")
  }

  private static let questions: [(value: String, message: String)] = [
    ("weight(q = diagonal(1/2, 1/2))", "'diagonal' is mixed where a pure state must stand; accepted: vectors"),
    (
      "fidelity(cell, q = up)", "'fidelity' gives no state for 'b'; accepted: one for each factor and cell"
    ),
    (
      "trace_distance(q, b = level(0), q = up)",
      "'trace_distance' gives a state for 'b', of which it is not; accepted: its factors and cells"
    ),
    ("fidelity(cell, q = up, q = down, b = level(1))", "a factor or cell has two states; accepted: one for each"),
    (
      "fisher(q, b(1,1))",
      "the observable of 'fisher' acts on 'b' outside of what the state is of; accepted: operators of its factors and cells"
    ),
    (
      "concurrence(q, b)",
      "the concurrence is one of two qubits, and 'b' is none; accepted: qubits, cells of them, spins 1/2"
    ),
    ("concurrence(q, q)", "the concurrence of a qubit with itself; accepted: two qubits"),
    ("copies(cell, 0)", "0 copies; accepted: 1 or more"),
    (
      "fidelity(q, gibbs(1))",
      "'gibbs(1)' is no state of the qubit 'q'; accepted: up, down, plus, minus, bloch(x, y, z), level(k), diagonal(p0, p1, ...)"
    ),
  ]

  @Test(arguments: questions.indices) func `a figure without a meaning is refused with its line`(_ index: Int) throws {
    let (value, message) = Self.questions[index]
    let error = #expect(throws: BadInput.self) {
      try Self.model(
        "q: qubit, b: levels 3", "{q: up, b: level(0)}", [value], parts: "cell: {of: [q, b], hamiltonian: q_z}"
      ).value("v0", [("t", "0")], digits: 10)
    }
    #expect(
      error?.message.hasPrefix("m.yaml line 6: ") ?? false && error?.message.hasSuffix(message) ?? false,
      "\(error?.message ?? "")")
  }

  @Test func `fermions have no negativity`() throws {
    let error = #expect(throws: BadInput.self) {
      try Self.model("c: fermion, q: qubit", "{c: level(1), q: up}", ["negativity(q)"])
        .value("v0", [("t", "0")], digits: 10)
    }
    #expect(error?.message == "m: the negativity of fermions is not served; accepted: models without fermions")
  }
}

extension String {
  /// The text with hyperbolic functions by exponentials, which formulas have.
  fileprivate var exponential: String {
    var result = self
    for (name, sign) in [("cosh", "+"), ("sinh", "-")] {
      while let range = result.range(of: "\(name)(") {
        var (depth, end) = (1, range.upperBound)
        while depth > 0 {
          depth += result[end] == "(" ? 1 : result[end] == ")" ? -1 : 0
          end = result.index(after: end)
        }
        let inside = result[range.upperBound..<result.index(before: end)]
        result.replaceSubrange(range.lowerBound..<end, with: "((exp(\(inside)) \(sign) exp(-(\(inside))))/2)")
      }
    }
    return result
  }
}
