import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Figures of modes whose states are cut off, against closed forms.
@Suite struct StateFigureModesTests {
  /// A mode in squeezed vacuum exchanges with an empty one: with h = sin^2 t the other one is Gaussian of the mean
  /// number h sinh^2 r and the symplectic eigenvalue nu = sqrt(1 + 4 h (1 - h) sinh^2 r)/2, so that its passive energy is
  /// nu - 1/2 and its entropy g(nu - 1/2).
  private static func exchange(_ start: String, with more: String = "0") throws -> Model {
    try Model(
      parsing: """
        model: exchange
        parameters: {r: real}
        space: {a: boson, b: boson}
        hamiltonian: a'*b + b'*a + \(more)
        start: {a: \(start), b: fock(0)}
        parts: {battery: {of: [b], hamiltonian: b'*b}, raised: {of: [b], hamiltonian: b'*b + 3}}
        quantities:
          energy: {value: mean(battery)}
          ergotropy: {value: ergotropy(battery)}
          passive: {value: passive(battery)}
          raised: {value: passive(raised)}
          dephased: {value: incoherent_ergotropy(battery)}
          coherent: {value: coherent_ergotropy(battery)}
          entropy: {value: entropy(battery)}
          locked: {value: energy_coherence(battery)}
          purity: {value: purity(battery)}
          largest: {value: largest_eigenvalue(battery)}
          spread: {value: coherence(battery)}
          split: {value: negativity(battery)}
          copies: {value: "copies(battery, 2)"}
        """, name: "m.yaml")
  }

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: 200) }

  @Test func `squeezed vacuum through a beam splitter`() throws {
    let model = try Self.exchange("squeezed(r)")
    for (r, t) in [(Rational(1, 4), Rational(1))] {
      let (x, time) = (Self.number(r), Self.number(t))
      let h = time.sine.squared
      let square = ((x.exponential - (-x).exponential) / 2).squared
      let energy = h * square
      let nu = (1 + 4 * h * (1 - h) * square).squareRoot / 2
      let n = nu - Self.number(Rational(1, 2))
      let entropy = (n + 1) * (n + 1).logarithm - n * n.logarithm
      let given = [("r", "\(r)"), ("t", "\(t)")]
      for (name, value) in [
        ("energy", energy), ("ergotropy", energy - n), ("passive", n), ("raised", n + 3), ("entropy", entropy),
        ("purity", 1 / (2 * nu)), ("largest", 1 / (n + 1)),
      ] {
        let (bounds, _) = try StateFigureTests.bounds(model, name, given, digits: 6)
        #expect(!bounds.isDisjoint(from: value), "\(name) at r = \(r), t = \(t): \(bounds) \(value)")
      }
      let (sum, parts) = (
        try StateFigureTests.bounds(model, "ergotropy", given, digits: 6).bounds,
        try ["dephased", "coherent"].map { try StateFigureTests.bounds(model, $0, given, digits: 6).bounds }
      )
      #expect(!(parts[0] + parts[1]).isDisjoint(from: sum))
    }
  }

  @Test func `a coherent charger leaves its battery coherent`() throws {
    let model = try Self.exchange("coherent(r)")
    let given = [("r", "3/4"), ("t", "4/5")]
    let (energy, ergotropy) = (
      try StateFigureTests.bounds(model, "energy", given, digits: 12).bounds,
      try StateFigureTests.bounds(model, "ergotropy", given, digits: 12).bounds
    )
    let expected = Self.number(Rational(9, 16)) * Self.number(Rational(4, 5)).sine.squared
    #expect(!energy.isDisjoint(from: expected) && !ergotropy.isDisjoint(from: expected))
    // A coherent state dephased is Poissonian: its entropy is that of the populations, the state's own zero.
    let mean = Rational(9, 16)
    var (weight, sum) = ((-expected).exponential, Self.number(0))
    for n in 1..<60 {
      sum = sum - weight * weight.logarithm
      weight = weight * expected / n
    }
    let (locked, _) = try StateFigureTests.bounds(model, "locked", given, digits: 8)
    #expect(!locked.isDisjoint(from: sum + .ball(BigFloat(Rational(1, 1_000_000_000), precision: 64, rounding: .up))))
    #expect(mean < 1)
  }

  /// The coherence of a coherent state is (sum of |psi_n|)^2 - 1; its copies are pure, and give all their energy.
  @Test func `coherence and copies of a coherent state that is cut off`() throws {
    let model = try Self.exchange("coherent(r)")
    let given = [("r", "3/4"), ("t", "4/5")]
    let energy = Self.number(Rational(9, 16)) * Self.number(Rational(4, 5)).sine.squared
    var (term, sum) = ((-energy / 2).exponential, Self.number(0))
    for n in 1..<90 {
      sum += term
      term = term * (energy / Interval(n, precision: 200)).squareRoot
    }
    let rest = Interval.ball(BigFloat(Rational(1, 1_000_000_000_000), precision: 64, rounding: .up))
    let (spread, _) = try StateFigureTests.bounds(model, "spread", given, digits: 10)
    #expect(!spread.isDisjoint(from: sum.squared - 1 + rest))
    let (copies, _) = try StateFigureTests.bounds(model, "copies", given, digits: 6)
    #expect(!copies.isDisjoint(from: 2 * energy))
  }

  /// What does not follow from a bound in the trace norm is refused.
  @Test func `figures that a cut-off does not bound are not guessed`() throws {
    // Quadratic Hamiltonians have moments, which tell it.
    let model = try Self.exchange("coherent(r)", with: "a'^2*a^2")
    let error = #expect(throws: BadInput.self) { try model.value("split", [("r", "3/4"), ("t", "4/5")], digits: 10) }
    #expect(
      error?.message
        == "exchange: the negativity of two sides with modes whose state is cut off does not follow from the error in the "
        + "trace norm; accepted: a side without modes")
  }
}
