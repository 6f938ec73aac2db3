import Foundation
import JSON
import TestSupport
import Testing

/// Figures of states on the command line, in a batch and in claims.
@Suite struct StateQuantityTests {
  /// The examples of the page: a command, and the lines that it prints up to the next blank one.
  private static func examples() throws -> [(arguments: [String], output: String)] {
    let page = try String(contentsOf: Repository.top.appending(path: "docs/spectra.md"), encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { lines[$0].hasPrefix("    $ qbo ") }.map { index in
      let output = lines[(index + 1)...].prefix { $0.hasPrefix("    ") && !$0.hasPrefix("    $") }
      return (words(lines[index].dropFirst("    $ qbo ".count)), output.map { $0.dropFirst(4) + "\n" }.joined())
    }
  }

  /// The words of a command, with single quotes about what has blanks.
  private static func words(_ command: some StringProtocol) -> [String] {
    var (words, word, isQuoted) = ([String](), "", false)
    for character in command {
      if character == "'" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return words + [word]
  }

  @Test func `the examples of the page are what is printed`() throws {
    let examples = try Self.examples()
    #expect(examples.count == 9)
    for (arguments, output) in examples {
      let run = try Program.run(arguments)
      #expect(run.output + run.error == output, "\(arguments)")
      #expect(run.status == (output.hasPrefix("qbo:") ? 2 : 0))
    }
  }

  private static let qubit = "rho=[[1/2, i/4], [-i/4, 1/2]]"
  private static let exactly =
    "accepted: Hermitian, of trace one and without negative eigenvalues exactly, normalise=yes for the trace, or a tolerance of that distance"

  @Test(arguments: [
    RefusedInput(
      ["state.ergotropy", qubit],
      "parameter H of state.ergotropy is missing; accepted: a Hermitian matrix, as [[1/2, i/4], [-i/4, 1/2]] or @FILE"),
    RefusedInput(
      ["state.ergotropy", qubit, "H=[[1]]"], "parameter H: 1 rows where rho has 2; accepted: equally many"),
    RefusedInput(
      ["state.ergotropy", qubit, "H=[[1, i], [i, 1]]"],
      "parameter H: element (1, 0) is not the conjugate of (0, 1); accepted: Hermitian"),
    RefusedInput(
      ["state.fidelity", qubit, "sigma=[[1]]"], "parameter sigma: 1 rows where rho has 2; accepted: equally many"),
    RefusedInput(
      ["state.fidelity", qubit, "sigma=[[1, 0], [0, 1]]"],
      "parameter sigma: the trace is not one; the nearest state is 1 away in the trace norm; \(exactly)"),
    RefusedInput(
      ["state.purity", "rho=[[1, 1], [0, 0]]"],
      "parameter rho: element (1, 0) is not the conjugate of (0, 1); the nearest state is 1.42 away in the trace norm; \(exactly)"
    ),
    RefusedInput(
      ["state.purity", "rho=[[3/2, 0], [0, -1/2]]"],
      "parameter rho: there is a negative eigenvalue; the nearest state is 1 away in the trace norm; \(exactly)"),
    RefusedInput(
      ["state.purity", "rho=[[1/2, sqrt(1/3)], [sqrt(1/3), 1/2]]"],
      "parameter rho: there is a negative eigenvalue; the nearest state is 0.155 away in the trace norm; \(exactly)"),
    RefusedInput(
      ["state.purity", "rho=[[0.4, 0], [0, 0.5]]", "tolerance=0.01"],
      "parameter rho: the nearest state is 0.1 away in the trace norm; accepted: at most the tolerance"),
    RefusedInput(
      ["state.purity", "rho=[[0, 1], [1, 0]]", "normalise=yes"],
      "parameter rho: the trace is not positive; accepted: positive traces"),
    RefusedInput(
      ["state.purity", qubit, "normalise=maybe"], "parameter normalise: unknown choice 'maybe'; accepted: yes, no"),
    RefusedInput(
      ["state.purity", qubit, "tolerance=-1"],
      "parameter tolerance: -1 is outside the domain; accepted: real numbers, tolerance >= 0"),
    RefusedInput(
      ["state.concurrence", qubit],
      "parameter dims: '2,2' for 2 rows of rho; accepted: 2,2, two qubits, with 4 rows of rho"),
    RefusedInput(
      ["state.negativity", qubit, "dims=2,2"],
      "parameter dims: '2,2' for 2 rows of rho; accepted: the dimensions of two parts or more, whose product is that of the rows"
    ),
    RefusedInput(
      ["state.negativity", qubit, "dims=2,1", "cut=0,1"],
      "parameter cut: '0,1' of 2 parts; accepted: places from 0 to 1, rising, some but not all"),
    RefusedInput(
      ["state.negativity", qubit, "dims=2,1", "cut=2"],
      "parameter cut: '2' of 2 parts; accepted: places from 0 to 1, rising, some but not all"),
    RefusedInput(
      ["state.negativity", qubit, "dims=2;1"],
      "parameter dims: '2;1' is no list of integers; accepted: dimensions of the parts, the first one slowest, as 2,3"),
    RefusedInput(
      ["state.copies", qubit, "H=[[0, 0], [0, 1]]", "n=0"],
      "parameter n: 0 is outside the domain; accepted: integers n >= 1"),
    RefusedInput(
      ["state.purity", "rho=@no/such.npy"],
      "parameter rho: file 'no/such.npy' cannot be read; accepted: a file of a matrix"),
    RefusedInput(
      ["state.purity", qubit, "--double"],
      "state.purity has no double-precision kernel; accepted with --double: "),
  ])
  func `what is no state is refused`(_ input: RefusedInput) throws {
    let run = try Program.run(["evaluate"] + input.arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(
      input.message.hasSuffix(": ")
        ? run.error.hasPrefix("qbo: " + input.message) : run.error == "qbo: \(input.message)\n")
  }

  @Test func `the distance that a refusal names is accepted as the tolerance`() throws {
    let rho = "rho=[[0.1, 0.30001], [0.3, 0.89]]"
    let run = try Program.run(["evaluate", "state.purity", rho])
    let words = run.error.split(separator: " ")
    let place = try #require(words.firstIndex(of: "away"))
    #expect(run.status == 2)
    let again = try Program.run([
      "evaluate", "state.purity", rho, "tolerance=\(words[place - 1])", "--absolute", "1",
    ])
    #expect(again.status == 0, "\(again.error)")
  }

  @Test func `too many copies are beyond the route`() throws {
    let run = try Program.run(["evaluate", "state.copies", Self.qubit, "H=[[0, 0], [0, 1]]", "n=1000000"])
    #expect(run.status == 3)
    #expect(
      run.output
        == "beyond: this route is limited to C(n + d - 1, n) <= 20000 for d rows of rho: so many products of populations are put in order\n"
    )
  }

  @Test func `a batch takes matrices as texts`() throws {
    let request =
      #"{"id": 1, "quantity": "state.purity", "parameters": {"rho": "[[1/2, i/4], [-i/4, 1/2]]"}, "digits": 5}"#
    let run = try Program.run(["evaluate", "--batch"], input: request + "\n")
    let answer = try JSONValue(parsing: run.output)
    #expect(run.status == 0)
    #expect(answer["lower"] == .string("0.625") && answer["upper"] == .string("0.625"))
    #expect(
      answer["parameters"]
        == .members([
          "rho": .string("[[1/2, i/4], [-i/4, 1/2]]"), "normalise": .string("no"), "tolerance": .string("0"),
        ]))
  }

  @Test func `files of doubles are read`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("[[0.5, [0, 0.25]], [[0, -0.25], 0.5]]".utf8).write(to: file)
    let run = try Program.run(["evaluate", "state.entropy", "rho=@\(file.path)"])
    #expect(run.output == "0.562335144618808350288030315224\n")
  }

  @Test func `claims ask for figures of states`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "state-\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    let claims = """
      source: a test
      claims:
        - id: state.right
          statement: W = 1/4
          kind: value
          quantity: state.ergotropy
          digits: 20
          quick: {H: ["[[0, 0], [0, 1]]"], rho: ["[[1/2, i/4], [-i/4, 1/2]]"]}
          full: {H: ["[[0, 0], [0, 1]]"], rho: ["[[1/2, i/4], [-i/4, 1/2]]"]}
          expect: certified
          reason: the Bloch vector has the length 1/2 and lies in the plane
      """
    try Data(claims.utf8).write(to: file)
    let run = try Program.run(["verify", "--claims", file.path])
    #expect(run.status == 0, "\(run.error)\(run.output)")
    try Data(claims.replacing("W = 1/4", with: "W = 1/5", maxReplacements: 1).utf8).write(to: file)
    let wrong = try Program.run(["verify", "--claims", file.path])
    #expect(wrong.status == 1 && wrong.output.contains("refuted"), "\(wrong.error)\(wrong.output)")

    // A matrix is no formula.
    let inFormula = """
      source: a test
      claims:
        - id: state.formula
          statement: "P(rho: 1) = 1"
          kind: value
          quantities: {P: state.purity}
          quick: {}
          digits: 20
          expect: certified
          reason: none
      """
    try Data(inFormula.utf8).write(to: file)
    let refused = try Program.run(["verify", "--claims", file.path])
    #expect(refused.status == 2)
    #expect(
      refused.error.hasSuffix(
        "the parameter 'rho' of 'P' is of kind matrix; accepted in a formula: numbers and words\n"), "\(refused.error)")
  }
}
