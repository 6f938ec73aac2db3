import Foundation
import JSON
import TestSupport
import Testing

/// Claim files with models: `verify --claims` with `models:`, `verify --model`, `audit --model`, and what is refused.
@Suite struct ModelClaimTests {
  /// N qubits and a mode of N quanta.
  private static let model = """
    model: tavis
    parameters:
      N: {kind: integer, from: 1}
      w: {kind: positive, default: 1}
      g: {kind: positive, default: 1}
    space: {a: boson, J: spin N/2 of qubits}
    hamiltonian: w*a'*a + w*(J_z + N/2) + g*(a*J_p + a'*J_m)
    start: {a: fock(N), J: down}
    parts: {battery: {of: [J], hamiltonian: w*(J_z + N/2)}}
    quantities:
      energy: {value: mean(battery), unit: w}
      photons: {value: mean(a'*a)}
      relative: {value: "mean(battery)/(mean(a'*a) - 1)"}

    """

  /// One quantum and one qubit: E = w sin^2(g t), and photons 1 - sin^2(g t), by the two-level problem; two qubits and
  /// two quanta are full to 8/9 at least once between 0.5 and 1.3 (8/9 is greatest, sin^2(sqrt(6) g t) = 1).
  private static let claims = """
    claims:
      - id: x.value
        statement: E = w*sin(g*t)^2
        kind: value
        quantity: tavis.energy
        quick: {N: [1], w: [1, 2], g: [1/3], t: [0.3, 2]}
        digits: 20
        expect: certified
        reason: A two-level problem.
      - id: x.misread
        statement: E = w*sin(2*g*t)^2
        kind: value
        quantity: tavis.energy
        quick: {N: [1], w: [2], g: [1/3], t: [0.3]}
        digits: 5
        expect: refuted
        reason: A factor two has slipped into the phase.
      - id: x.bound
        statement: E <= N*w
        kind: bound
        quantity: tavis.energy
        quick: {N: 1 ... 4, t: [0.3, 1.1]}
        digits: 10
        expect: certified
        reason: The battery holds no more.
      - id: x.quanta
        statement: "E(N: N, t: t) + n(N: N, t: t) = N"
        kind: value
        quantities: {E: tavis.energy, n: tavis.photons}
        quick: {N: [2, 3], t: [0.4]}
        digits: 20
        expect: certified
        reason: Excitations are kept.
      - id: x.exponent
        statement: alpha = 2
        kind: exponent
        quantity: tavis.energy
        parameter: N
        ladder: [1, 2, 4, 8]
        for: {t: [1e-6]}
        tolerance: 1e-5
        expect: certified
        reason: The energy begins as N^2 g^2 t^2.
      - id: x.threshold
        statement: E = 1
        kind: threshold
        quantity: tavis.energy
        parameter: t
        between: [0.5, 0.6]
        for: {N: [2]}
        expect: certified
        reason: The battery of two is half full there.

    """

  /// Runs a body in a folder that holds the claims, with some lines before them, and the model.
  private static func withFiles(_ head: String, _ body: (URL) throws -> Void) throws {
    try withFile(named: "claims.yaml", "source: an example\n" + head + Self.claims) { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      let sub = folder.appending(path: "sub")
      try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
      for place in [folder, sub] { try Data(Self.model.utf8).write(to: place.appending(path: "tavis.yaml")) }
      try body(folder)
    }
  }

  private static func indented(_ text: String, _ first: String) -> String {
    text.split(separator: "\n").enumerated().map { ($0 == 0 ? first : "    ") + $1 + "\n" }.joined()
  }

  /// A file, from the folder of the claims wherever the program runs; the model in full, in a list, alone, and under
  /// its name with and without the key `model`.
  private static let heads = [
    "models: [tavis.yaml]\n", "models: [sub/tavis.yaml]\n", "models: tavis.yaml\n",
    "models:\n" + indented(model, "  - "), "models:\n" + indented(model, "    "),
    "models:\n  tavis:\n" + indented(model, "    "),
    "models:\n  tavis:\n" + indented(String(model.drop { $0 != "\n" }.dropFirst()), "    "),
  ]

  @Test(arguments: heads.indices) func `a claim file has models, as files or in full`(_ index: Int) throws {
    try Self.withFiles(Self.heads[index]) { folder in
      let path = folder.appending(path: "claims.yaml").path
      let run = try Program.run(["verify", "--claims", path, "--format", "json"])
      #expect(run.error == "" && run.status == 0)
      let verdicts = try run.json()["claims"]?.elements.map { "\($0["id"]?.text ?? "") \($0["verdict"]?.text ?? "")" }
      #expect(
        verdicts == [
          "x.value certified", "x.misread refuted", "x.bound certified", "x.quanta certified", "x.exponent certified",
          "x.threshold certified",
        ])
    }
  }

  @Test func `a model may be given beside the claim file`() throws {
    try Self.withFiles("") { folder in
      let run = try Program.run(["verify", "--claims", "claims.yaml", "--model", "tavis.yaml"], in: folder)
      #expect(run.error == "" && run.status == 0)
      #expect(run.output.contains("\n6 claims: 5 certified, 1 refuted; all as expected; "))
    }
  }

  @Test func `a verdict that is not the expected one fails the run`() throws {
    try Self.withFiles("models: [tavis.yaml]\n") { folder in
      let path = folder.appending(path: "claims.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      try Data(text.replacing("expect: refuted", with: "expect: certified").utf8).write(to: path)
      let run = try Program.run(["verify", "--claims", path.path])
      #expect(run.status == 1 && run.output.contains("x.misread"))
    }
  }

  /// What stands before the claims, and the message after the name of the file.
  private static let refusals: [(head: String, message: String)] = [
    (
      "models: [none.yaml]\n",
      "none.yaml: the model file cannot be read; accepted: a YAML file (a model of claims.yaml line 2)"
    ),
    (
      "models: []\n",
      """
      claims.yaml line 2: models: the list is empty; accepted: files, as [FILE, ...], and models in full with their key \
      'model'
      """
    ),
    (
      "models: {}\n",
      """
      claims.yaml line 2: models: there is no model; accepted: files, as [FILE, ...], and models in full with their key \
      'model'
      """
    ),
    (
      "models: [[tavis.yaml]]\n",
      """
      claims.yaml line 2: models: a list stands in the place of a model; accepted: files, as [FILE, ...], and models in \
      full with their key 'model'
      """
    ),
    (
      "models: {tavis: tavis.yaml}\n",
      """
      claims.yaml line 2: models: a name without a model; accepted: files, as [FILE, ...], and models in full with their \
      key 'model'
      """
    ),
    (
      "models: [tavis.yaml,\n  tavis.yaml]\n",
      "claims.yaml line 3: models: the model 'tavis' is given on line 2 already; accepted: one of a name"
    ),
    (
      "models:\n  - model: broken\n    space: {a: boson, q: quibit}\n",
      """
      claims.yaml line 4: space.q: 'quibit' is no factor; accepted: boson, qubit, fermion, spin J, spin N/2 of qubits, \
      levels D, {kind: matrix, size: D, dims: [2, 3]}
      """
    ),
    (
      "models: [broken.yaml]\n",
      """
      broken.yaml line 3: hamiltonian: column 3: unknown name 'b'; accepted: a, a', t (a model of claims.yaml line 2)
      """
    ),
    (
      "models:\n" + indented(model.replacing("model: tavis", with: "model: harmonic"), "  - "),
      "claims.yaml line 3: model: there is a system 'harmonic' already; accepted: another name"
    ),
  ]

  @Test(arguments: refusals.indices) func `models that are none are refused with their line`(_ index: Int) throws {
    let (head, message) = Self.refusals[index]
    try Self.withFiles(head) { folder in
      try Data("model: broken\nspace: {a: boson}\nhamiltonian: a*b\n".utf8)
        .write(to: folder.appending(path: "broken.yaml"))
      let run = try Program.run(["verify", "--claims", "claims.yaml"], in: folder)
      #expect(run.status == 2 && run.output == "")
      #expect(run.error == "qbo: \(message)\n")
    }
  }

  @Test func `a quantity that no model has is refused in the claim`() throws {
    try Self.withFiles("models: [tavis.yaml]\n") { folder in
      let path = folder.appending(path: "claims.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      try Data(text.replacing("quantity: tavis.energy", with: "quantity: tavis.enrgy", maxReplacements: 1).utf8)
        .write(to: path)
      let run = try Program.run(["verify", "--claims", "claims.yaml"], in: folder)
      #expect(run.status == 2)
      #expect(
        run.error == """
          qbo: claims.yaml line 7: quantity: unknown quantity 'tavis.enrgy'; accepted: tavis.energy, tavis.photons, \
          tavis.relative; did you mean tavis.energy?

          """)
    }
  }

  /// A qubit that starts down under g s_x is charged as sin^2(g t): the greatest power is g times the constant of the
  /// harmonic battery.
  @Test func `a constant is compared with a quantity of a model`() throws {
    let text = """
      source: an example
      models: {flip: {space: {q: qubit}, hamiltonian: q_x, start: {q: down}, quantities: {power: {value: greatest(mean((q_z + 1)/2)/t)}}}}
      claims:
        - {id: x.constant, statement: Y = 0.724611353776708475738990453525631784347, kind: constant, maximise: sin(x)^2/x, variable: x, quantity: flip.power, digits: 30, expect: certified, reason: r}

      """
    try withFile(named: "claims.yaml", text) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.error == "" && run.status == 0)
      #expect(run.output.contains("x.constant  certified "))
    }
  }

  /// A quotient by what may vanish jumps over every value.
  @Test func `a passage of a quantity with a pole is refused`() throws {
    try Self.withFiles("models: [tavis.yaml]\n") { folder in
      let path = folder.appending(path: "claims.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      let old = "kind: threshold\n    quantity: tavis.energy"
      try #require(text.contains(old))
      try Data(text.replacing(old, with: "kind: threshold\n    quantity: tavis.relative").utf8).write(to: path)
      let run = try Program.run(["verify", "--claims", "claims.yaml"], in: folder)
      #expect(run.status == 2)
      #expect(
        run.error.contains(
          "parameter: tavis.relative is not known to be continuous in 't', and may jump over the formula"))
    }
  }

  @Test func `models without claims are answered`() throws {
    try Self.withFiles("") { folder in
      let path = folder.appending(path: "tavis.yaml").path
      try expectRefused(
        ["verify", "--model", path],
        "--model: the built-in claims speak of no model given here; accepted: beside --claims FILE")
      let run = try Program.run(["audit", "harmonic.stored", "--model", path, "--format", "json"])
      #expect(run.status == 0 && run.output.contains("harmonic.stored-energy"))
    }
  }
}
