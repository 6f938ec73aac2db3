import Foundation
import JSON
import TestSupport
import Testing

/// `qbo evaluate --certificate` and `qbo verify --certificates`, with what `fixtures/checkers/check.py` proves of the files.
@Suite struct CertificateTests {
  private static let checkers = Repository.top.appending(path: "fixtures/checkers")

  /// Two qubits of which the second one loses energy, under a field that comes and goes.
  static let pair = """
    model: pair
    parameters: {g: positive, kappa: non-negative, w: {kind: real, default: 0}, u: {kind: non-negative, default: 1}}
    space: {q: {kind: qubit, cells: 2}}
    hamiltonian: "g*(q_x[0]*q_x[1] + q_y[0]*q_y[1])/2 + w*exp(-(t - 1)^2)*q_x[0]"
    jumps:
      - {operator: "q_m[1]", rate: "kappa*(1 + u*cos(t)/2)"}
    start: {q: [up, down]}
    parts: {b: {of: ["q[1]"], hamiltonian: "(q_z[1] + 1)/2"}}
    quantities:
      energy: {value: mean(b)}
      power: {value: greatest(mean(b)/t)}
      most: {value: "greatest(mean(b), 2)"}
      half: {value: first_time(mean(b) = 1/2)}
      ergotropy: {value: ergotropy(b)}
      capacity: {value: "capacity(b)/2 + passive(b)"}
      share: {value: "purity(b) - largest_eigenvalue(q[0])^2"}
      entropy: {value: entropy(b)}
      negativity: {value: "negativity(q[0])"}
      spread: {value: variance(b)}
      dip: {value: "least(mean(q_z[0]), 2)"}
      slowest: {value: "least(mean(b)/t, 2)"}
      sum: {value: "sum(j from 0 to 1, (j + 1)*mean(q_z[j]))/t"}
    """

  /// Two coupled qubits of which one is driven and both lose energy; the second one's Hamiltonian is not diagonal.
  private static let resting = """
    model: resting
    parameters: {F: positive, kappa: positive}
    space: {q: {kind: qubit, cells: 2}}
    hamiltonian: "F*q_x[0] + q_p[0]*q_m[1] + q_m[0]*q_p[1]"
    jumps: [{operator: "q_m[0]", rate: kappa}, {operator: "q_m[1]", rate: kappa}]
    start: {q: [up, down]}
    parts: {b: {of: ["q[1]"], hamiltonian: "q_z[1] + q_x[1]/2"}}
    quantities:
      energy: {value: "steady(mean(b)^2 + 1)"}
      ergotropy: {value: steady(ergotropy(b))}
      entropy: {value: "steady(entropy(all))"}
      concurrence: {value: "steady(concurrence(q[0], q[1]))"}
      mixed: {value: "steady(fidelity(b, diagonal(3/4, 1/4)) + coherence(b))"}
      warm: {value: "steady(trace_distance(b, gibbs(1)))"}
    """

  private static let exchange = """
    model: exchange
    space: {a: boson, q: qubit}
    hamiltonian: a*q_p + a'*q_m
    start: {a: fock(1), q: down}
    quantities:
      purity: {value: purity(a)}
      one: {value: "fidelity(a, fock(1))"}
      bright: {value: "fidelity(a, coherent(1))"}
    """

  /// A mode that drives a qubit beyond the rotating wave, filled without an end.
  private static let rabi = """
    model: rabi
    parameters: {g: positive}
    space: {a: boson, q: qubit}
    hamiltonian: "a'*a + q_z/2 + g*(a + a')*q_x"
    start: {a: coherent(1/2), q: down}
    quantities:
      photons: {value: "mean(a'*a)"}
      fourth: {value: "mean((a'*a)^2)"}
      position: {value: "mean(a + a')^2 + mean(q_z)"}
      most: {value: "greatest(mean(a'*a), 1/4)"}
    """

  /// A mode under a drive that fades and a squeezing, with losses about a displaced point and gains.
  private static let lossy = """
    model: lossy
    parameters: {kappa: {kind: non-negative, default: 1/3}}
    space: {a: boson}
    hamiltonian: "a'*a + exp(-t)*(a + a') + (a^2 + a'^2)/8"
    jumps: [{operator: a + 1/4, rate: "kappa*(1 + cos(t)/2)"}, {operator: "a'", rate: kappa/8}]
    start: {a: coherent(1/4)}
    quantities: {photons: {value: "mean(a'*a)"}}
    """

  /// A driven mode with losses.
  private static let leaky = """
    model: leaky
    space: {a: boson}
    hamiltonian: a + a'
    jumps: [{operator: a, rate: 4}]
    start: {a: fock(0)}
    quantities: {power: {value: "greatest(mean(a'*a)/t)"}, photons: {value: "mean(a'*a)"}}
    """

  private static let splitter = """
    model: splitter
    space: {a: boson, b: boson}
    hamiltonian: a*b' + a'*b
    start: {a: coherent(1/2), b: fock(0)}
    quantities: {power: {value: "greatest(mean(b'*b)/t, 1)"}}
    """

  /// A question in the models of docs/models or the one above, with a claim of each kind and form of path.
  struct Question: CustomStringConvertible, Sendable {
    let file: String
    let words: [String]
    let form: String
    let kind: String
    var description: String { ([file] + words).joined(separator: " ") }

    init(_ file: String, _ words: String..., form: String, kind: String) {
      (self.file, self.words, self.form, self.kind) = (file, words, form, kind)
    }
  }

  static let questions = [
    Question("three-level", "three-level.energy", "t=3/2", form: "vector", kind: "value"),
    Question("three-level", "three-level.top", "t=pi/4", "phi=1/3", form: "vector", kind: "value"),
    Question("hopping-fermions", "hopping-fermions.right", "t=1", "V=1/2", form: "vector", kind: "value"),
    Question("damped-charger", "damped-charger.energy", "t=1", form: "density", kind: "value"),
    Question("damped-charger", "damped-charger.photons", "t=1/2", "n=2", form: "density", kind: "value"),
    Question("matrix-pair", "matrix-pair.empty", "t=2", form: "vector", kind: "value"),
    Question("pair", "pair.energy", "g=1", "kappa=0", "t=7/10", form: "vector", kind: "value"),
    Question("pair", "pair.sum", "g=1", "kappa=0", "w=2/3", "t=sqrt(2)", form: "vector", kind: "value"),
    Question("pair", "pair.energy", "g=1", "kappa=1/3", "w=1/5", "t=3/2", form: "density", kind: "value"),
    Question("pair", "pair.power", "g=4/3", "kappa=0", form: "vector", kind: "greatest"),
    Question("pair", "pair.most", "g=1", "kappa=1/4", form: "density", kind: "greatest"),
    Question("pair", "pair.half", "g=1", "kappa=0", "w=1/9", form: "vector", kind: "first-time"),
    Question("pair", "pair.half", "g=1", "kappa=1/7", "u=0", form: "density", kind: "first-time"),
    Question("pair", "pair.ergotropy", "g=1", "kappa=0", "w=1/5", "t=3/2", form: "vector", kind: "value"),
    Question("pair", "pair.ergotropy", "g=1", "kappa=1/3", "w=1/5", "t=1", form: "density", kind: "value"),
    Question("pair", "pair.capacity", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("pair", "pair.share", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    Question("pair", "pair.entropy", "g=1", "kappa=1/3", "t=1/2", form: "density", kind: "value"),
    Question("pair", "pair.negativity", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("beside", "beside.coherence", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    Question("beside", "beside.coherence", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("beside", "beside.concurrence", "g=1", "kappa=0", "w=1/5", "t=3/2", form: "vector", kind: "value"),
    Question("beside", "beside.concurrence", "g=1", "kappa=1/3", "w=1/5", "t=3/2", form: "density", kind: "value"),
    Question("beside", "beside.far", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    Question("beside", "beside.far", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("beside", "beside.near", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    Question("beside", "beside.mixed", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    Question("beside", "beside.mixed", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("beside", "beside.warm", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
    Question("exchange", "exchange.one", "t=1/4", form: "vector", kind: "value"),
    Question("pair", "pair.dip", "g=1", "kappa=1/4", form: "density", kind: "least"),
    Question("resting", "resting.energy", "F=1/3", "kappa=1", form: "density", kind: "rest"),
    Question("resting", "resting.ergotropy", "F=2", "kappa=1/2", form: "density", kind: "rest"),
    Question("resting", "resting.entropy", "F=1", "kappa=1", form: "density", kind: "rest"),
    Question("resting", "resting.concurrence", "F=2/3", "kappa=1/2", form: "density", kind: "rest"),
    Question("resting", "resting.mixed", "F=2/3", "kappa=1/2", form: "density", kind: "rest"),
    Question("jaynes-cummings", "jaynes-cummings.ergotropy", "nbar=1", "t=1", form: "vector", kind: "value"),
    Question("jaynes-cummings", "jaynes-cummings.energy", "nbar=1", "t=1", form: "vector", kind: "value"),
    Question("rabi", "rabi.photons", "g=1/2", "t=1/2", form: "vector", kind: "value"),
    Question("rabi", "rabi.fourth", "g=1/2", "t=1/4", form: "vector", kind: "value"),
    Question("rabi", "rabi.position", "g=1/2", "t=1/4", form: "vector", kind: "value"),
    Question("rabi", "rabi.most", "g=1/2", form: "vector", kind: "greatest"),
    Question("lossy", "lossy.photons", "t=1/64", form: "density", kind: "value"),
    Question("driven-cavity", "driven-cavity.photons", "t=1/4", form: "density", kind: "value"),
  ]

  /// Writes a certificate and returns its lines, and what was printed.
  static func certificate(
    _ question: Question, digits: Int
  ) throws -> (run: Program.Run, lines: [String], path: String) {
    let path = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString).jsonl").path
    let run = try Program.run(
      ["evaluate", "--model", try model(question.file)] + question.words
        + ["--digits", "\(digits)", "--certificate", path, "--format", "json"])
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return (run, text.split(separator: "\n").map(String.init), path)
  }

  private static func model(_ name: String) throws -> String {
    let own = [
      "pair": pair, "resting": resting, "exchange": exchange, "rabi": rabi, "lossy": lossy, "leaky": leaky,
      "splitter": splitter, "beside": beside, "wide": wide,
    ]
    guard let text = own[name] else {
      return Repository.top.appending(path: "docs/models/\(name).yaml").path
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// What a program of Python prints, with its exit status.
  static func python(_ words: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-B"] + words
    process.currentDirectoryURL = checkers
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(arguments: questions)
  func `what is written is proved`(_ question: Question) throws {
    let (run, lines, path) = try Self.certificate(question, digits: 12)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(run.status == 0, "\(run.error)")
    let (first, last) = (try #require(lines.first), try #require(lines.last))
    let head = try JSONValue(parsing: first)
    let claim = try #require(try JSONValue(parsing: last)["claim"])
    #expect(head["form"] == .string(question.form))
    #expect(claim["kind"] == .string(question.kind))
    let checked = try Self.python(["check.py", path])
    #expect(checked.status == 0 && checked.output.hasPrefix("proved: ["), "\(checked.output)")
  }

  /// What a cut of a start leaves out stands under a root.
  @Test func `thirty digits from a coherent start`() throws {
    let question = Question(
      "jaynes-cummings", "jaynes-cummings.energy", "nbar=4", "t=1", form: "vector", kind: "value")
    let (run, _, path) = try Self.certificate(question, digits: 30)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(run.status == 0, "\(run.error)")
    let checked = try Self.python(["check.py", path])
    #expect(checked.status == 0 && checked.output.hasPrefix("proved: [0.70263468856004766704149087961"), "\(checked)")
  }

  /// The checker in C, which was written from docs/certificates.md alone; nil without a compiler.
  static let other: String? = {
    let program = FileManager.default.temporaryDirectory.appending(path: "check-\(UUID().uuidString)").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["cc", "-O2", "-o", program, checkers.appending(path: "check.c").path, "-lgmp"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? program : nil
  }()

  /// What the checker in C prints of a file.
  static func checkedInC(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(other))
    process.arguments = [path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return output
  }

  @Test(.enabled(if: other != nil, "there is no C compiler with GMP"), arguments: questions)
  func `the checker in C says the same`(_ question: Question) throws {
    let (_, _, path) = try Self.certificate(question, digits: 10)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let output = try Self.checkedInC(path)
    #expect(output.hasPrefix("proved: ["), "\(output)")
  }

  @Test func `a packed file is read, and one that is cut is refused`() throws {
    let (_, lines, path) = try Self.certificate(Self.questions[0], digits: 10)
    let packed = path + ".gz"
    defer { for file in [path, packed] { try? FileManager.default.removeItem(atPath: file) } }
    let pack = "import gzip, sys; gzip.open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read())"
    #expect(try Self.python(["-c", pack, path, packed]).status == 0)
    #expect(try Self.python(["check.py", packed]).output.hasPrefix("proved: ["))
    try Data(lines.dropLast().map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    let cut = try Self.python(["check.py", path])
    #expect(cut.status == 1 && cut.output == "refused: a file without its end\n", "\(cut.output)")
  }

  @Test func `verify writes a certificate of each claim that has one`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "proofs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let claims = """
      source: an example
      models: ["\(try Self.model("pair"))"]
      claims:
        - {id: own.energy, statement: E = sin(g*t)^2, kind: value, quantity: pair.energy,
           quick: {g: [1], kappa: [0], t: [1/2]}, digits: 10, expect: certified, reason: exchange}
        - {id: own.spread, statement: E = 1, kind: value, quantity: pair.spread,
           quick: {g: [1], kappa: [0], t: [5/4]}, digits: 3, expect: refuted, reason: at most a quarter}
      """
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "claims.yaml")
    try Data(claims.utf8).write(to: file)
    let run = try Program.run(["verify", "--claims", file.path, "--certificates", folder.path])
    #expect(run.status == 0, "\(run.output) \(run.error)")
    let index = try String(contentsOf: folder.appending(path: "index.jsonl"), encoding: .utf8)
    #expect(
      index.split(separator: "\n").map(String.init).sorted() == [
        #"{"id": "own.energy", "file": "own.energy.jsonl"}"#,
        #"{"id": "own.spread", "none": "no certificate: a figure that is no mean, weight or figure of a part's state"}"#,
      ], "\(index)")
    let checked = try Self.python(["check.py", folder.appending(path: "own.energy.jsonl").path])
    #expect(checked.output.hasPrefix("proved: ["), "\(checked.output)")
  }

  /// Changed files are refused, or claim what is true of the model that they state, by matrices of doubles.
  ///
  /// `QBO_TEST_SCALE` multiplies the number of changes.
  @Test func `changed certificates prove nothing false`() throws {
    let chosen = [
      Question("three-level", "three-level.energy", "t=3/2", form: "vector", kind: "value"),
      Question("pair", "pair.energy", "g=1", "kappa=1/3", "w=1/5", "t=1", form: "density", kind: "value"),
      Question("pair", "pair.most", "g=1", "kappa=1/4", form: "density", kind: "greatest"),
      Question("pair", "pair.half", "g=1", "kappa=0", "w=1/9", form: "vector", kind: "first-time"),
      Question("pair", "pair.capacity", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
      Question("pair", "pair.entropy", "g=1", "kappa=1/3", "t=1/2", form: "density", kind: "value"),
      Question("leaky", "leaky.photons", "t=1/8", form: "density", kind: "value"),
      Question("beside", "beside.concurrence", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
      Question("beside", "beside.mixed", "g=1", "kappa=1/3", "w=1/5", "t=1/2", form: "density", kind: "value"),
      Question("beside", "beside.far", "g=1", "kappa=0", "w=1/5", "t=1/2", form: "vector", kind: "value"),
    ]
    let paths = try chosen.map { try Self.certificate($0, digits: 8).path }
    defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    let seed = 20_261_130
    let count = 60 * RandomCases.scale
    let changed = try Self.python(["mutate.py", "\(seed)", "\(count)"] + paths)
    #expect(changed.status == 0, "seed \(seed): \(changed.output)")
    #expect(changed.output.contains("path refused"))
  }

  private static let refusals: [(file: String, words: [String], message: String)] = [
    ("collisions", ["collisions.energy", "n=2", "t=1/2"], "no certificate: a schedule"),
    (
      "warm-charger", ["warm-charger.energy", "t=1"],
      "no certificate: a mixed start without a last level of a mode"
    ),
    ("leaky", ["leaky.power"], "no certificate: a mean without a bound on what the start reaches"),
    (
      "splitter", ["splitter.power"],
      "no certificate: a mean over the time from a start without a last level of a mode"
    ),
    ("squeezed-charger", ["squeezed-charger.energy", "N=1", "t=1/4"], "no certificate: a squeezed start"),
    (
      "damped-charger", ["damped-charger.ergotropy", "t=1/2"],
      "no certificate: a figure over all unitaries of the qubits of a symmetric spin"
    ),
    ("exchange", ["exchange.purity", "t=1/4"], "no certificate: a figure of a mode without a last level"),
    ("pair", ["pair.slowest", "g=1", "kappa=0"], "no certificate: a least value over the time"),
    (
      "pair", ["pair.spread", "g=1", "kappa=0", "t=1"],
      "no certificate: a figure that is no mean, weight or figure of a part's state"
    ),
    (
      "exchange", ["exchange.bright", "t=1/4"], "no certificate: a distance from a state of a mode without a last level"
    ),
    ("wide", ["wide.mixed", "t=1"], "no certificate: a figure of more than 16 states"),
    (
      "beside", ["beside.inside", "g=1", "kappa=0", "t=1"],
      "no certificate: a distance from a state that is no list of vectors with probabilities"
    ),
    (
      "beside", ["beside.cold", "g=1", "kappa=1/3", "t=1"],
      "no certificate: a Gibbs state of other than levels of the basis at a finite temperature"
    ),
    (
      "resting", ["resting.warm", "F=1", "kappa=1"],
      "no certificate: a Gibbs state of other than levels of the basis at a finite temperature"
    ),
  ]

  @Test(arguments: refusals)
  func `what no checker covers is refused`(_ file: String, _ words: [String], _ message: String) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "none-\(UUID().uuidString).jsonl").path
    let answer = try Program.run(
      ["evaluate", "--model", try Self.model(file)] + words + ["--digits", "8", "--certificate", path])
    #expect(answer.status == 3)
    #expect(answer.error.contains(message), "\(answer.error)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
