import Catalogue
import Claims
import Foundation
import Systems
import Testing

/// Claims about formulas on models with tables, matrices and jumps.
@Suite struct ModelDataClaimTests {
  private static let files = [
    "couplings.txt": "0 0.25\n1 1.5\n",
    "matrix.mtx": "%%MatrixMarket matrix array real general\n2 2\n1\n0\n0\n2\n",
    "models.yaml": """
    source: test
    models:
      - model: chain
        parameters: {N: {kind: integer, from: 2}}
        tables: {J: couplings.txt}
        space: {s: {kind: qubit, cells: N}}
        hamiltonian: "sum(j, J[j]*s_z[j]) + s_x[0]*s_x[1]"
        start: {s: up}
        quantities: {first: {value: "mean(s_z[0])"}}
      - model: matrix
        space: {m: {kind: matrix, size: 2}}
        operators: {n: {matrix: matrix.mtx}}
        hamiltonian: n
        start: {m: level(0)}
        quantities: {first: {value: mean(n)}}
      - model: lossy
        parameters: {w: positive, gamma: non-negative}
        space: {s: qubit}
        hamiltonian: w*s_z
        jumps: [{operator: s_m, rate: gamma/2}]
        start: {s: up}
        quantities: {first: {value: mean(s_z)}}
    claims:
      - id: test
        expect: undecided
        reason: test

    """,
  ]

  private static func verdict(_ body: String, _ files: [String: String] = files) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "claims-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let text = (files["models.yaml"] ?? "") + body.split(separator: "\n").map { "    \($0)\n" }.joined()
    do {
      let path = folder.appending(path: "models.yaml").path
      let claims = try ClaimFile(parsing: text, name: path, catalogue: .builtIn).claims
      return "\(try #require(claims.first).check(in: CheckContext(full: false)).verdict)"
    } catch let refusal as BadInput {
      // A long path is shown by its beginning.
      return refusal.message.replacing("\(folder.path)/", with: "").replacing("coupling...", with: "couplings.txt")
    }
  }

  private static let cases: [(body: String, found: String)] = [
    // The entries of the file are exact: 0.25 and 1.5.
    (
      "statement: \"H = s_z[0]/4 + 3*s_z[1]/2 + s_x[0]*s_x[1]\"\nkind: identity\nmodel: chain\nat: {N: 2}", "proved"
    ),
    (
      "statement: \"H = s_z[0]/3 + 3*s_z[1]/2 + s_x[0]*s_x[1]\"\nkind: identity\nmodel: chain\nat: {N: 2}", "refuted"
    ),
    (
      "statement: \"rate = i*J[1]*[s_z[1], s_x[1]]\"\nkind: equation-of-motion\nmodel: chain\nat: {N: 2}\n"
        + "observable: \"s_x[1]\"", "proved"
    ),
    (
      "statement: \"rate = i*J[0]*[s_z[1], s_x[1]]\"\nkind: equation-of-motion\nmodel: chain\nat: {N: 2}\n"
        + "observable: \"s_x[1]\"", "refuted"
    ),
    (
      "statement: \"rate = J[2]\"\nkind: equation-of-motion\nmodel: chain\nat: {N: 2}\nobservable: H",
      """
      models.yaml line 27: statement: column 8: the table has no entry J[2]; accepted: the 2 entries of file \
      'couplings.txt'
      """
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 2}\nlet: {J: 2}\nobservable: J*H",
      "models.yaml line 31: let: 'J' is given in 'model' already; accepted: each name once"
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: chain\nat: {N: 3}\nobservable: H",
      """
      models.yaml line 30: at: the model 'chain': the Hamiltonian: the table has no entry J[2]; accepted: the 2 entries \
      of file 'couplings.txt'; accepted here: values of parameters under 'at' that make numbers of sizes and indices
      """
    ),
    (
      "statement: rate = 0\nkind: conserved\nmodel: matrix\nobservable: n",
      """
      models.yaml line 29: model: models.yaml line 11: space.m: claims about formulas do not read matrices; accepted: \
      models of bosons, fermions, qubits, spins and levels
      """
    ),
    // What a Hamiltonian keeps, a jump may take: nothing is derived without it.
    (
      "statement: rate = 0\nkind: conserved\nmodel: lossy\nobservable: s_z",
      """
      models.yaml line 29: model: 'lossy' has jumps, and rates of change follow from a Hamiltonian alone here; accepted: \
      rates that are zero at what 'at' fixes
      """
    ),
    ("statement: rate = 0\nkind: conserved\nmodel: lossy\nat: {gamma: 0}\nobservable: s_z", "proved"),
    ("statement: H = w*s_z\nkind: identity\nmodel: lossy", "proved"),
  ]

  @Test(arguments: cases.indices) func `tables stand for their numbers, matrices and jumps are refused`(
    _ index: Int
  ) throws {
    let (body, found) = Self.cases[index]
    let verdict = try Self.verdict(body)
    #expect(verdict == found)
  }

  @Test func `a Hamiltonian that depends on the time is refused in claims about formulas`() throws {
    let files = Self.files.mapValues { $0.replacing("hamiltonian: w*s_z\n", with: "hamiltonian: w*t*s_z\n") }
    let verdict = try Self.verdict(
      "statement: rate = 0\nkind: conserved\nmodel: lossy\nat: {gamma: 0}\nobservable: s_z", files)
    #expect(
      verdict
        == "models.yaml line 29: model: the Hamiltonian of 'lossy' depends on t; accepted: one that does not, in claims "
        + "about formulas")
  }
}
