import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import States
import TestSupport
import Testing

/// Energies over unitaries of several modes together, in Gaussian states.
@Suite struct GaussianEnergyTests {
  /// Two modes that exchange and pump, of which the part is both.
  private static func pair(_ hamiltonian: String) -> String {
    """
    space: {a: boson, b: boson}
    hamiltonian: a'*a + 6/5*b'*b + (a'*b + b'*a)/2 + (a'*b' + a*b)/5 + (a + a')/3
    jumps: [{operator: a, rate: 1/4}, {operator: b, rate: 1/2}, {operator: "b'", rate: 1/10}]
    start: {a: coherent(1 + i/2), b: "squeezed(1/3, 1/2)"}
    parts: {p: {of: [a, b], hamiltonian: "\(hamiltonian)"}, q: {of: [b], hamiltonian: "b'*b"}}
    """
  }

  /// Numbers of mpmath 1.3.0, mp.dps = 50: moments by `expm`, symplectic eigenvalues as those of i W s by `eig`, then all
  /// populations above 1e-48 (for copies 1e-24) and as many of the lowest levels, both sorted.
  /// They are held to some ten units of the last decimal that is printed.
  @Test func `two modes together`() throws {
    let (fine, coarse) = ("1e-38", "1e-18")
    let apart = Self.pair("a'*a + sqrt(2)*b'*b")
    try GaussianFigures.expect(
      apart, at: "7/3",
      [
        ("passive(p)", "0.2304556903855695621462498902209454169265"),
        ("ergotropy(p)", "1.409035805615703469934694459807989764752"),
      ], within: fine)
    try GaussianFigures.expect(
      apart, at: "7/3", [("copies(p, 2)", "2.8184269627941182875")], digits: 15, within: coarse)
    try GaussianFigures.expect(
      Self.pair("a'*a + b'*b"), at: "7/3",
      [
        ("passive(p)", "0.2137824284665838883535100642980011300783"),
        ("ergotropy(p)", "1.103396346103893661720297489805678658647"),
      ], within: fine)
    let coupled = Self.pair("a'*a + 2*b'*b + (a'*b + b'*a)/2 + (a'*b' + a*b)/4 + (a^2 + a'^2)/8 + (a + a')/3")
    try GaussianFigures.expect(
      coupled, at: "7/3", [("ergotropy(p)", "1.823157504505063811052151653306884677412")], within: fine)
    try GaussianFigures.expect(
      coupled, at: "7/3",
      [("passive(p)", "0.0641896850899342163217249098208")], within: "1e-30")
    try GaussianFigures.expect(
      coupled, at: "7/3", [("copies(p, 2)", "3.6464887477751790393")], digits: 12, within: coarse)
    // Copies of one mode keep their order.
    try GaussianFigures.expect(
      apart, at: "7/3",
      [("copies(q, 5) - 5*ergotropy(q)", "0"), ("copies(q, 1) - ergotropy(q)", "0")])
  }

  /// Without jumps states refuse two modes that are joined: two-mode squeezing and a beam splitter of the vacuum, of
  /// which a unitary takes all.
  @Test func `a pure state gives all it has`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson, b: boson}
      hamiltonian: i*(a'*b' - a*b)/2
      start: {a: fock(0), b: fock(0)}
      parts: {p: {of: [a, b], hamiltonian: "a'*a + b'*b + (a'*b + b'*a)/2"}}
      """, at: "1", [("ergotropy(p)", "2*sinh(1/2)^2"), ("passive(p)", "0")], digits: 20)
  }

  /// Two thermal modes apart: by a sum over all pairs of levels, which are one ladder with the counts n + 1 where the
  /// frequencies are equal; populations of equal temperatures stand on them in order.
  @Test func `thermal modes`() throws {
    let text = """
      space: {a: boson, b: boson}
      jumps: [{operator: a, rate: 1}, {operator: "a'", rate: 1/2}, {operator: b, rate: 1}, {operator: "b'", rate: 1/2}]
      start: {a: thermal(1), b: thermal(1)}
      parts: {p: {of: [a, b], hamiltonian: "a'*a + b'*b"}}
      """
    try GaussianFigures.expect(text, at: "1", [("passive(p)", "2")], digits: 25)
    // Levels 0, 1, 1, 2, 2, 2, ... hold the populations of the lower of two frequencies' one hot mode, beside a cold one:
    // 1/2, 1/4, 1/8, ... on them.
    let one = """
      space: {a: boson, b: boson}
      jumps: [{operator: b, rate: 1}]
      start: {a: thermal(1), b: fock(0)}
      parts: {p: {of: [a, b], hamiltonian: "a'*a + b'*b"}}
      """
    let sum = (1...14).map { "\($0)/2^\($0 * ($0 + 1) / 2)*(1 - 1/2^\($0 + 1))" }.joined(separator: " + ")
    try GaussianFigures.expect(one, at: "1", [("passive(p)", sum)], digits: 25)
  }

  @Test func `what has no lowest level or takes too many populations is refused`() throws {
    for form in ["a'*a", "a'*a + b'*b + a'*b + b'*a", "a'*a + b'*b + 3/2*(a*b + a'*b')"] {
      #expect(
        try GaussianFigures.reason(Self.pair(form), "ergotropy(p)", at: "1")?.contains(
          "no levels that rise from a lowest one") ?? false, "\(form)")
    }
    let hot = """
      space: {a: boson, b: boson, c: boson}
      jumps: [{operator: a, rate: 1}]
      start: {a: thermal(30), b: thermal(31), c: thermal(32)}
      parts: {p: {of: [a, b, c], hamiltonian: "a'*a + 2*b'*b + 3*c'*c"}}
      """
    #expect(
      try GaussianFigures.reason(hot, "ergotropy(p)", at: "1")?.contains(
        "the least energy of 3 modes together takes") ?? false)
  }

  /// Sums that end: of random modes the enclosure holds what sorted lists in doubles give, at two depths.
  @Test func `enclosures hold sorted sums`() throws {
    try RandomCases.run(20) { random, label in
      let count = Int.random(in: 2...3, using: &random)
      let values = (0..<count).map { _ in Double(Int.random(in: 64...160, using: &random)) / 64 }
      let frequencies = (0..<count).map { _ in Double(Int.random(in: 16...200, using: &random)) / 64 }
      func intervals(_ list: [Double], _ precision: Int) -> [Interval] {
        list.compactMap { Interval(exactly: $0, precision: precision) }
      }
      var enclosures: [Interval] = []
      for precision in [100, 108] {
        let modes = PassiveModes(
          intervals(values, precision), frequencies: intervals(frequencies, precision), precision: precision,
          within: Budget())
        enclosures.append(try #require(try modes.energy()))
      }
      #expect(!enclosures[0].isDisjoint(from: enclosures[1]))
      #expect(enclosures[1].width < BigFloat(1, precision: 64, rounding: .up).scaled(byPowerOfTwo: -30, rounding: .up))
      let sum = Self.sorted(values, frequencies)
      let middle = try #require(enclosures[1].midpoint).double(rounding: .nearest)
      #expect(abs(middle - sum) < 1e-6 * (1 + sum), "\(label): \(middle) \(sum)")
    }
  }

  /// The sum of falling populations on rising levels, up to 64 quanta in each mode.
  private static func sorted(_ values: [Double], _ frequencies: [Double]) -> Double {
    var (populations, levels) = ([1.0], [0.0])
    for (value, frequency) in zip(values, frequencies) {
      let x = (value - 1) / (value + 1)
      var power = 1 - x
      var next: [Double] = []
      for _ in 0..<64 {
        next += populations.map { $0 * power }
        power *= x
      }
      populations = next
      levels = (0..<64).flatMap { n in levels.map { $0 + Double(n) * frequency } }
    }
    return zip(populations.sorted(by: >).prefix(20_000), levels.sorted()).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
