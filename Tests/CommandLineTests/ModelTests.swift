import Foundation
import JSON
import TestSupport
import Testing

/// Models on the command line: the page that explains them, the files beside it, and refusals.
@Suite struct ModelTests {
  private static let folder = Repository.top.appending(path: "docs/models")

  private static func file(_ name: String) -> String { folder.appending(path: "\(name).yaml").path }

  /// The first two YAML texts of a page, and its commands with what they print.
  private static func page() throws -> (model: String, claims: String, commands: [(words: [String], output: String)]) {
    let text = try String(contentsOf: Repository.top.appending(path: "docs/models.md"), encoding: .utf8)
    let blocks = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    let model = try #require(blocks.first)
    let claims = try #require(blocks.dropFirst().first)
    var commands: [(words: [String], output: String)] = []
    var isInYAML = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("```") { isInYAML.toggle() }
      guard !isInYAML, line.hasPrefix("    ") else { continue }
      let content = line.dropFirst(4)
      if content.hasPrefix("$ qbo ") {
        let words = content.dropFirst(6).split(separator: " ").map { $0.replacingOccurrences(of: "'", with: "") }
        commands.append((words, ""))
      } else if !commands.isEmpty {
        commands[commands.count - 1].output += content + "\n"
      }
    }
    return (model, claims, commands)
  }

  @Test func `the page prints what its commands print, of a model of twelve lines`() throws {
    let (model, claims, commands) = try Self.page()
    #expect(commands.count == 8)
    #expect(model.split(separator: "\n").count == 12)
    try withFile(named: "charger.yaml", model) { path in
      let folder = URL(filePath: path).deletingLastPathComponent()
      try Data(claims.utf8).write(to: folder.appending(path: "claims.yaml"))
      for (words, output) in commands {
        let run = try Program.run(words, in: folder)
        #expect(words[0] == "verify" || run.output == output, "\(words)")
        #expect(run.error == "" && run.status == 0)
      }
    }
  }

  /// Values by NumPy's `eigh` of the dense Hamiltonian in doubles, with matrices typed in by hand.
  private static let values: [(file: String, words: [String], value: Double)] = [
    ("tavis-cummings", ["energy", "N=3", "delta=0.2", "t=0.7"], 2.182568692835659),
    ("tavis-cummings", ["noise", "N=3", "delta=0.2", "t=0.7"], 0.5536752101789735),
    ("tavis-cummings", ["full", "N=3", "delta=0.2", "t=0.7"], 0.2563564854698331),
    ("xxz-chain", ["energy", "N=4", "Delta=1/3", "t=2.5"], 0.7050808252313329),
    ("xxz-chain", ["gain", "N=4", "Delta=1/3", "t=2.5"], 0.005080825231332908),
    ("xxz-chain", ["profile", "N=4", "Delta=1/3", "t=2.5"], 4.2),
    ("xxz-chain", ["correlation", "N=4", "Delta=1/3", "t=2.5"], 0.24135053728009076),
    ("three-level", ["energy", "phi=pi/3", "t=2.5"], 1.1248116655967175),
    ("three-level", ["top", "phi=0", "t=2.5"], 0.41892983474316475),
    // By fixtures/checkers/model_reader.py.
    ("matrix-pair", ["energy", "t=0.6"], 0.022305477312354695),
    ("matrix-pair", ["spread", "t=0.6"], 0.02181872294783178),
    ("random-couplings", ["energy", "t=0.6"], 1.1782241567650404),
    ("random-couplings", ["coupled", "t=0.6"], 0.02619614860782797),
    ("bose-dimer", ["right", "n=2", "t=0.6"], 0.3184483973256924),
    ("central-spin", ["energy", "Nb=2", "Nc=2", "m=2", "t=0.6"], 1.125924751614679),
    ("driven-pair", ["local", "t=0.6"], 0.17419931146895887),
    ("hopping-fermions", ["right", "t=0.6"], 0.3024211583680479),
    ("ising-tail", ["ends", "N=2", "t=0.6"], 0.6148062415785067),
    ("jaynes-cummings", ["ergotropy", "t=0.6"], 0.7412442437123712),
    ("kerr-charger", ["entropy", "t=0.6"], 0.062297484892397836),
    ("lambda-atom", ["photons", "t=0.6"], 0.07468829130127372),
    ("optomechanics", ["purity", "t=0.6"], 0.8525806280809124),
    ("spin-ring", ["opposite", "t=0.6"], -0.9724796277346042),
    ("squeezed-charger", ["fluctuation", "N=2", "t=0.6"], 0.1713648310878796),
    ("three-wave", ["correlation", "n=2", "t=0.6"], 0.5734618233079758),
    ("two-photon-dicke", ["energy", "N=2", "t=0.6"], 0.25313158092484),
    // By SciPy's `expm` of the generators on 14 levels, which three collisions do not pass, and einsum's partial trace.
    ("collisions", ["last", "n=3"], 1.3133578653701203),
    ("collisions", ["ergotropy", "n=3"], 0.6666335407007048),
    // sin(0.6)^2/(1 + exp(1/2)): the hot cell is up with 1/(1 + exp(beta)), and the pair is two levels.
    ("thermal-charger", ["energy", "t=0.6"], 0.12036793991441293),
    // By mpmath: x^n sin^2(sqrt(n) t)/(N + 1), x = N/(N + 1), summed over n, and its greatest value.
    ("warm-charger", ["energy", "t=0.6"], 0.03114585066852663),
    ("warm-charger", ["entropy", "t=0.6"], 0.13870297163835314),
    ("warm-charger", ["most", "--digits", "8"], 0.087875988),
    // sin(pi/2 Phi(-2))^2, Phi the normal distribution, by mpmath.
    ("pulse", ["before", "--digits", "12"], 0.0012765055698204),
    // -cos(pi (1 + erf(sqrt(2)))/2) by mpmath.
    ("pulse-late", ["z", "t=201", "--digits", "12"], 0.99744698886035921),
    // By the moments of a displaced squeezed thermal state, in mpmath.
    ("quenched-trap", ["position", "t=0.6", "--digits", "12"], -0.55022374327312),
    ("quenched-trap", ["spread", "t=0.6", "--digits", "12"], 1.3519616782727),
    ("quenched-trap", ["purity", "t=0.6", "--digits", "8"], 0.69934911),
    // By SciPy's `expm_multiply` of the generator on 28 levels, and to all these digits on 22 and 20.
    ("driven-cavity", ["energy", "t=0.6"], 0.023926752049925625),
    ("driven-cavity", ["ergotropy", "t=0.6"], 0.023910367659687983),
    ("driven-cavity", ["photons", "t=0.6"], 0.23869065028912043),
    ("driven-cavity", ["noise", "t=0.6"], 0.23843900499237553),
    ("cat-state", ["photons", "t=0.6"], 0.20056438145674296),
    ("cat-state", ["purity", "t=0.6"], 0.9960580553133734),
    ("cat-state", ["even", "t=0.6"], 0.9949444901064539),
    // By SciPy's `expm` of the dense generator; QuTiP's `mesolve` agrees to 1e-12.
    ("damped-charger", ["energy", "t=0.6"], 1.2957368300926912),
    ("damped-charger", ["ergotropy", "t=0.6"], 0.8559715194669353),
    ("damped-charger", ["purity", "t=0.6"], 0.5560920347889022),
    ("damped-charger", ["photons", "t=0.6"], 1.3619840565500516),
    // By mpmath's `expm` of the matrix of the moments, with 45 digits; and 1/(1 + 2/5).
    ("gaussian-pair", ["energy", "t=7/3"], 0.77813174340360778),
    ("gaussian-pair", ["negativity", "t=7/3"], 0.08150784453392309),
    ("parametric-oscillator", ["squeezed"], 0.7142857142857143),
  ]

  @Test(arguments: values.indices) func `the models of the guide have the values of a dense diagonalisation`(
    _ index: Int
  ) throws {
    let (name, words, value) = Self.values[index]
    let run = try Program.run(["evaluate", "--model", Self.file(name), "\(name).\(words[0])"] + words.dropFirst())
    #expect(run.status == 0)
    let found = try #require(Double(run.output.dropLast()))
    // Doubles of sums over 20 states: some hundred roundings of 10^-16 times values below 10.
    #expect(abs(found - value) < 1e-11, "\(words)")
  }

  @Test func `every file of the guide has a value in the table`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(Set(files.map { String($0.dropLast(5)) }) == Set(Self.values.map(\.file)))
  }

  @Test func `several models serve a batch`() throws {
    let request = """
      {"id": 1, "quantity": "tavis-cummings.energy", "parameters": {"N": 3, "t": "0"}}
      {"id": 2, "quantity": "three-level.top", "parameters": {"t": "0"}}
      {"id": 3, "quantity": "harmonic.power-constant", "digits": 3}
      """
    let run = try Program.run(
      ["evaluate", "--batch", "--model", Self.file("tavis-cummings"), "--model", Self.file("three-level")],
      input: request)
    #expect(run.status == 0)
    #expect(try run.jsonLines().map { $0["outcome"]?.text } == ["zero", "zero", "value"])
  }

  @Test func `quantities of models are listed`() throws {
    let run = try Program.run(["quantities", "--model", Self.file("three-level"), "--format", "json"])
    let names = try run.json()["quantities"]?.elements.compactMap { $0["name"]?.text }
    #expect(names == ["three-level.energy", "three-level.top"])
  }

  @Test func `refusals name the file and the line`() throws {
    try expectRefused(
      ["quantities", "--model", "none.yaml"], "none.yaml: the model file cannot be read; accepted: a YAML file")
    try expectRefused(
      ["quantities", "--model", Self.file("three-level"), "--model", Self.file("three-level")],
      "--model: \(Self.file("three-level")) and \(Self.file("three-level")) have one name, 'three-level'; accepted: each "
        + "file once, and one model of a name")
    try expectRefused(
      ["evaluate", "--model", Self.file("tavis-cummings"), "tavis-cummings.power", "N=2", "t=0"],
      "\(Self.file("tavis-cummings")) line 20: quantities.power.value: division by 't', which is zero here")
    try expectRefused(
      ["evaluate", "--model", Self.file("tavis-cummings"), "tavis-cummings.energy", "N=2", "t=-1"],
      "parameter t: -1 is outside the domain; accepted: real numbers, t >= 0")
  }
}
