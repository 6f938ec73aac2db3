import Foundation
import TestSupport
import Testing

/// Wrong names and wrong files on the command line of models.
@Suite struct ModelUsageTests {
  private static let model = """
    model: m
    space: {q: qubit}
    hamiltonian: q_x
    start: {q: up}
    quantities: {energy: {value: mean(q_z)}, ratio: {value: mean(q_z)/2}}

    """
  private static let claims = """
    source: s
    claims:
      - {id: a, kind: identity, statement: "1 = 1"}

    """

  /// The words after `qbo`, in a folder with the files a.yaml, b.yaml (both of the model m) and claims.yaml.
  private static let refusals: [([String], String)] = [
    (
      ["evaluate", "--model", "a.yaml", "m.enrgy", "t=1"],
      "unknown quantity 'm.enrgy'; accepted: m.energy, m.ratio; did you mean m.energy?"
    ),
    (["evaluate", "--model", "a.yaml", "ratio", "t=1"], "unknown quantity 'ratio'; accepted: "),
    (
      ["evaluate", "--model", "a.yaml", "--model", "b.yaml", "m.energy", "t=1"],
      "--model: b.yaml and a.yaml have one name, 'm'; accepted: each file once, and one model of a name"
    ),
    (
      ["quantities", "--model", "a.yaml", "--model", "a.yaml"],
      "--model: a.yaml and a.yaml have one name, 'm'; accepted: each file once, and one model of a name"
    ),
    (
      ["evaluate", "--model", "claims.yaml", "m.energy", "t=1"],
      "claims.yaml line 2: claims: this is a file of claims; accepted: a model file, or 'qbo verify --claims' for claims"
    ),
    (
      ["verify", "--claims", "a.yaml"],
      "a.yaml line 1: model: this is a model file; accepted: a claim file, in which 'models: [FILE, ...]' names models"
    ),
    (
      ["evaluate", "--model", "none.yaml", "m.energy", "t=1"],
      "none.yaml: the model file cannot be read; accepted: a YAML file"
    ),
    (["evaluate", "--model", ".", "m.energy", "t=1"], ".: is a folder; accepted: a YAML file"),
  ]

  @Test(arguments: refusals) func `a wrong name or file is one line`(_ words: [String], _ message: String) throws {
    try withFile(named: "a.yaml", Self.model) { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      try Data(Self.model.utf8).write(to: folder.appending(path: "b.yaml"))
      try Data(Self.claims.utf8).write(to: folder.appending(path: "claims.yaml"))
      let run = try Program.run(words, in: folder)
      #expect(run.status == 2 && run.output == "")
      #expect(run.error.hasPrefix("qbo: \(message)"), "\(run.error)")
      #expect(run.error.split(separator: "\n").count == 1)
    }
  }

  /// A name without its model is completed.
  @Test func `a quantity without its model is named with it`() throws {
    try withFile(named: "a.yaml", Self.model) { path in
      let run = try Program.run(["evaluate", "--model", path, "energy", "t=1"])
      #expect(run.error.hasPrefix("qbo: unknown quantity 'energy'; accepted: "))
      #expect(run.error.contains("m.energy") && run.error.count < 300, "\(run.error)")
    }
  }

  /// What a parameter means stands beside the meaning of a quantity that takes it, and in JSON where it has one.
  @Test func `quantities show what parameters mean`() throws {
    let model = """
      model: m
      parameters: {g: {kind: real, meaning: Rabi frequency}, h: real}
      space: {q: qubit}
      hamiltonian: g*q_x + h*q_z
      start: {q: up}
      quantities: {energy: {value: mean(q_z), meaning: inversion}}

      """
    try withFile(named: "m.yaml", model) { path in
      let text = try Program.run(["quantities", "--model", path]).output
      #expect(text.contains("inversion; g: Rabi frequency [limited to"), "\(text)")
      let parameters = try Program.run(["quantities", "--model", path, "--format", "json"]).json()["quantities"]?
        .elements.first?["parameters"]?.elements
      #expect(parameters?.map { $0["meaning"]?.text } == ["Rabi frequency", nil, nil])
    }
  }
}
