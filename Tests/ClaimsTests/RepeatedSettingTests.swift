import Testing

/// Settings of claims stand once in a file: at the file, at a list of statements, or at the one claim that has them.
@Suite struct RepeatedSettingTests {
  /// Keys that say what names stand for, which model is meant, and where it is looked at; `all` has the others too that a
  /// claim does not state for itself.
  private static let settings: Set<String> = [
    "operators", "families", "cells", "sizes", "canonical", "canonical-families", "let", "for", "hamiltonian",
    "observable", "sector", "unknowns", "variable", "quick", "full", "ladder", "full-ladder", "between",
  ]
  private static let others: Set<String> = [
    "quantity", "quantities", "routes", "digits", "absolute", "kernel", "ulps", "parameter", "tolerance", "jumps",
    "maximise", "stationary",
  ]

  /// A key with its value, as often as it stands in a file beyond the first time.
  private static func repeated(in text: String, _ counted: Set<String>) -> [String: Int] {
    ProofLines.entries(of: counted, in: text).reduce(into: [:]) { $0[$1, default: 0] += 1 }
      .compactMapValues { $0 > 1 ? $0 - 1 : nil }
  }

  /// Claim by claim they were 266, and with the other keys 904, of 359 claims: 74 and 252 of a hundred.
  @Test func `settings are hardly repeated`() throws {
    var counts = (settings: 0, all: 0)
    for file in try ProofLines.files() {
      let settings = Self.repeated(in: file.text, Self.settings)
      counts.settings += settings.values.reduce(0, +)
      counts.all += Self.repeated(in: file.text, Self.settings.union(Self.others)).values.reduce(0, +)
      // Three claims with one grid or one model are a list of statements.
      for (text, count) in settings { #expect(count < 3, "\(file.name): \(text)") }
    }
    print("repeated settings in proofs: \(counts.settings), with all other keys \(counts.all)")
    let claims = try ProofLines.files().reduce(0) { sum, file in
      sum + file.text.matches(of: #/\n *- (\{ *)?id: /#).count
    }
    #expect(claims > 500)
    // As many for a claim as when there were 444.
    #expect(444 * counts.settings <= 30 * claims && 444 * counts.all <= 145 * claims, "\(counts) of \(claims)")
  }

  /// The count sees what it counts.
  @Test func `a repeated setting is counted`() {
    let text = """
      claims:
        - id: a
          let: {x: 1}
          quick:
            N: [1]
            g: [2]
        - let: {x: 1}
          statements:
            - id: b
              quick:
                N: [1]
                g: [2]
            - id: c
              let: {x: 2}
      """
    #expect(Self.repeated(in: text, Self.settings) == ["let: {x: 1}": 1, "quick: N: [1] g: [2]": 1])
  }
}
