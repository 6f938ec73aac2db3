import Claims
import Testing

/// Quantities at points where they have no value, or where only an exact decision tells it.
@Suite struct UndefinedValueTests {
  private func verdict(_ body: String) throws -> (Verdict, String) {
    let outcome = try ClaimSnippet(body).outcome()
    return (outcome.verdict, outcome.evidence.summary)
  }

  /// Without dephasing one cell of the star is back at its start at t = 2 pi for F = 2, g = 3 (couplings 4 and -1): its ratio is 0/0 there, and
  /// jumps over lines that pass the point.
  @Test func `a quantity that has no value somewhere passes nothing`() throws {
    let point = "quantity: star.ratio\nquick: {N: [1], F: [2], g: [3], gamma: [0], t: [2*pi]}\ndigits: 5"
    for statement in ["R >= 0", "R <= 1"] {
      let found = try verdict("statement: \(statement)\nkind: bound\n\(point)")
      #expect(found.0 == .undecided, "\(found.1)")
    }
    let passage = ClaimSnippet(
      "statement: R = 1 - (t - 2*pi)/100\nkind: threshold\nquantity: star.ratio\nparameter: t\nbetween: [2*pi-1/1000, 2*pi+1/1000]\nfor: {N: [1], F: [2], g: [3], gamma: [0]}"
    )
    #expect(passage.refusal()?.contains("star.ratio is not known to be continuous in 't'") ?? false)
  }

  @Test func `a point without a value is refused before it is asked for`() {
    let body =
      "statement: D <= 1\nkind: bound\nquantity: capacity.peak-deficit\nquick: {wb: [1], wc: [1, 2], J1: [0, 1]}\ndigits: 3"
    #expect(ClaimSnippet(body).refusal()?.contains("without exchange and detuning there is no peak") ?? false)
  }

  /// The energy N w0 sin(g sqrt(N) tau)^2 vanishes at tau = pi, by the exact decision of the quantity.
  @Test(arguments: [
    ("value", "E = 0", Verdict.certified), ("bound", "E <= 0", .certified), ("bound", "E > 0", .refuted),
    ("bound", "E >= 0", .certified), ("value", "E = w0*sin(pi)^2", .undecided),
  ])
  func `an exact zero is one in claims as well`(_ kind: String, _ statement: String, _ expected: Verdict) throws {
    let found = try verdict(
      "statement: \(statement)\nkind: \(kind)\nquantity: harmonic.stored-energy\nquick: {N: [1], tau: [pi]}\ndigits: 10"
    )
    #expect(found.0 == expected, "\(found.1)")
  }
}
