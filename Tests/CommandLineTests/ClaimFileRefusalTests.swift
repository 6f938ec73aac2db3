import Foundation
import TestSupport
import Testing

/// A change to a claim file that holds, and what must be said of it after the name of the file.
struct SpoiltClaim: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let message: String

  var testDescription: String { message }

  init(_ old: String, _ new: String, _ message: String) {
    self.old = old
    self.new = new
    self.message = message
  }
}

@Suite struct ClaimFileRefusalTests {
  private static let changes = [
    SpoiltClaim("    digits: 20", "    digit: 20", " line 14: unknown key 'digit'"),
    SpoiltClaim("    title: ", "    titel: ", " line 5: unknown key 'titel'"),
    SpoiltClaim("claims:", "claim:", " line 2: unknown key 'claim'; accepted here: source, models, claims"),
    SpoiltClaim("A paper", "A paper\nextra: 1", " line 2: unknown key 'extra'; accepted here: source, models, claims"),
    SpoiltClaim("g: [1]", "g: [1]\n      zeta: [1]", " line 14: unknown key 'zeta'; accepted here: N, w0, g"),
    SpoiltClaim(
      "kind: value", "kind: valu",
      " line 7: kind: unknown kind 'valu'; accepted: identity, equation-of-motion, conserved, solution, misprint, value, bound, constant, exponent"
    ),
    SpoiltClaim(
      "kind: value", "kind: [value]", " line 7: kind: must be one text, not a list or a mapping"),
    SpoiltClaim("    kind: value\n", "", " line 3: the key 'kind' is missing"),
    SpoiltClaim("    expect: certified\n", "", " line 3: the key 'expect' is missing"),
    SpoiltClaim("    digits: 20\n", "", " line 3: the key 'digits' is missing"),
    SpoiltClaim("    quantity: harmonic.advantage\n", "", " line 3: the key 'quantity' is missing"),
    SpoiltClaim("source: A paper\n", "", " line 1: the key 'source' is missing"),
    SpoiltClaim("id: test.gamma\n    equation", "equation", " line 3: the key 'id' is missing"),
    SpoiltClaim(
      "[1, 2, 3]", "[1, 0, 3]", " line 11: N: parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    SpoiltClaim("[1, 2, 3]", "[1, 1/0]", " line 11: N: parameter N: '1/0': column 2: division by zero"),
    SpoiltClaim("[1, 2, 3]", "[]", " line 11: N: the list is empty"),
    SpoiltClaim(
      "[1, 2, 3]", "3",
      " line 11: N: '3' is refused; accepted: a list, or at most 1000000 integers 'a ... b', with spaces"),
    SpoiltClaim("      N: [1, 2, 3]\n", "", " line 10: quick: the parameter N is missing"),
    SpoiltClaim("{N: all", "{N: [1, 2]", " line 11: N: the value 3 is outside what 'for' states"),
    SpoiltClaim("{N: all", "{M: all", " line 9: M: harmonic.advantage has no such parameter"),
    SpoiltClaim(
      "{N: all", "{N: some", " line 9: N: 'some' is refused; accepted: all, a list, 'a ... b', 'between a and b'"),
    SpoiltClaim(
      "harmonic.advantage", "harmonic.advantag",
      " line 8: quantity: unknown quantity 'harmonic.advantag'; accepted: harmonic.stored-energy, "),
    SpoiltClaim(
      "certified", "perhaps",
      " line 15: expect: unknown verdict 'perhaps'; accepted: proved, certified, refuted, misprinted, undecided"),
    SpoiltClaim("digits: 20", "digits: 0", " line 14: digits: '0' is refused; accepted: integers from 1 to 10000"),
    SpoiltClaim("sqrt(N)", "sqrt(M)", " line 6: statement: unknown name 'M'; accepted: N, w0, g"),
    SpoiltClaim("sqrt(N)", "sqrt(N))", " line 6: statement: column 16: unexpected ')'"),
    SpoiltClaim("= sqrt", "<= sqrt", " line 6: statement: a value claim accepts the relation = alone"),
    SpoiltClaim(
      "id: test.gamma", "id: test gamma", " line 3: id: 'test gamma' is no id; accepted: letters, digits and . - _"),
    SpoiltClaim(
      "    expect", "\texpect",
      " line 15: while scanning a plain scalar, found a tab character that violates indentation"),
    SpoiltClaim(
      "[1, 2, 3]", "[1, 2, 3", " line 12: while parsing a flow sequence, did not find expected ',' or ']'"),
    SpoiltClaim(
      "    digits: 20", "    digits: 20\n    digits: 30", " line 14: given twice: 'digits'; accepted: each key once"),
    SpoiltClaim("Scaling.", "*unknown", " line 16: found undefined alias"),
    SpoiltClaim(
      "for: {", "routes: [foo]\n    for: {",
      " line 9: routes: unknown route 'foo' of harmonic.advantage; accepted: scaling"),
    SpoiltClaim(valid, "", ": the file is empty; accepted: keys 'source' and 'claims'"),
    SpoiltClaim(valid, "hello\n", " line 1: the file must be a mapping of keys to values"),
    SpoiltClaim(valid, "source: x\nclaims: []\n", ": the file has no claims"),
    SpoiltClaim(valid, "source: x\nclaims: all\n", " line 2: 'claims' must be a list of claims"),
    SpoiltClaim(valid, "source: x\nclaims:\n  - all\n", " line 3: a claim must be a mapping of keys to values"),
  ]

  private static let valid = ClaimFileFixture.valid

  @Test(arguments: changes)
  func `a spoilt claim file is refused at its line`(_ change: SpoiltClaim) throws {
    try withFile(named: "claims.yaml", try ClaimFileFixture.replacing(change.old, with: change.new)) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.error.hasPrefix("qbo: \(path)\(change.message)"))
      #expect(run.error.hasSuffix("\n"))
      #expect(run.error.count { $0 == "\n" } == 1)
    }
  }

  @Test func `an id that is used twice is refused at the second use`() throws {
    let claim = Self.valid.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(separator: "\n")
    try withFile(named: "claims.yaml", Self.valid + claim) { path in
      try expectRefused(
        ["verify", "--claims", path], "\(path) line 17: the id 'test.gamma' is used twice; accepted: once")
    }
  }

  @Test func `a formula without a value names the line and the point`() throws {
    try withFile(named: "claims.yaml", try ClaimFileFixture.replacing("sqrt(N)", with: "1/(N-1)")) { path in
      let run = try Program.run(["verify", "--claims", path])
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.error.contains("test.gamma"))
      #expect(run.error.contains("N=1"))
    }
  }

  @Test func `a second document is refused in words that can be understood`() throws {
    try withFile(named: "claims.yaml", Self.valid + "---\nsource: B\n") { path in
      try expectRefused(
        ["verify", "--claims", path],
        "\(path) line 17: expected a single document in the stream, but found another document")
    }
  }

  @Test func `a missing file is refused`() throws {
    try expectRefused(
      ["verify", "--claims", "no-such-folder/claims.yaml"],
      "no-such-folder/claims.yaml: the claim file cannot be read; accepted: a YAML file")
  }

  @Test func `devices are read like files`() throws {
    try expectRefused(
      ["verify", "--claims", "/dev/null"], "/dev/null: the file is empty; accepted: keys 'source' and 'claims'")
    try expectRefused(
      ["verify", "--claims", "/dev/zero"],
      "/dev/zero: the claim file has more than 4194304 bytes; accepted: at most these")
  }

  @Test func `a folder is refused`() throws {
    let folder = FileManager.default.temporaryDirectory.path
    try expectRefused(["verify", "--claims", folder], "\(folder): is a folder; accepted: a YAML file")
  }
}
