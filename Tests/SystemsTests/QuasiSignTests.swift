import ArbitraryPrecision
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct QuasiSignTests {
  private func signs(_ n: Int, _ q: String, _ a: String, _ b: String, bits: Int = 0) throws -> WorkSigns {
    let given = [("family", "parallel"), ("N", "\(n)"), ("q", q), ("a", a), ("b", b)].map { (name: $0.0, text: $0.1) }
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.negativity")
    return try WorkSigns(Arguments(given, for: quantity), bits: bits, within: Budget())
  }

  /// The numbers of atoms are those of python-flint 0.9.0: `arb_poly` of one cell to the power 1000 at 20000 bits. The least exponents are those of the first atoms, which are powers, or a little below.
  @Test(arguments: [
    ("1/2", "3/10", "1/2", 4001, 1416, 0), ("0", "3/10", "1/2", 2001, 707, 0),
    ("1/2", "pi/4", "pi/4", 4001, 1336, 0), ("0", "pi/4", "pi/4", 1001, 0, 0),
  ])
  func `all atoms of a thousand cells are decided`(
    q: String, a: String, b: String, atoms: Int, negative: Int, zero: Int
  ) throws {
    let signs = try signs(1000, q, a, b)
    #expect(signs.count(nil) == 0)
    #expect(signs.atoms.count == atoms)
    #expect(signs.count(-1) == negative)
    #expect(signs.count(0) == zero)
    #expect(signs.count(1) == atoms - negative - zero)
    // The least work has (sin a sin b)^2000 at q = 1/2 and (-sin a sin b cos(a + b))^1000 at q = 0; cos(a + b) = 0 there leaves the works from 0 on.
    let least = try #require(signs.leastExponent)
    let expected = ["1/2 3/10": -5638, "0 3/10": -3340, "1/2 pi/4": -2000, "0 pi/4": -1000]
    #expect(least <= (try #require(expected["\(q) \(a)"])))
    #expect(least >= (try #require(expected["\(q) \(a)"])) - 64)
  }

  @Test func `signs are those of single atoms`() throws {
    try RandomCases.run(12) { random, label in
      let n = 1 + Int(random.next() % 12)
      let q = ["0", "1/2", "2", "1/3", "-5/7"][Int(random.next() % 5)]
      let (a, b) = ("\(1 + random.next() % 15)/10", "\(1 + random.next() % 15)/10")
      let note: Comment = "\(label): N = \(n), q = \(q), a = \(a), b = \(b)"
      let all = try signs(n, q, a, b, bits: 40)
      #expect(all.count(nil) == 0, note)
      var sum = Interval(0, precision: 200)
      for atom in all.atoms {
        let single = try enclosure(
          "quasi.atom", [("family", "parallel"), ("N", "\(n)"), ("q", q), ("a", a), ("b", b), ("w", "\(atom.work)")],
          digits: 10)
        #expect(!single.isDisjoint(from: atom.probability), note)
        #expect(atom.sign == (single.containsZero ? 0 : single.lower.signum), note)
        sum += atom.probability
      }
      #expect(sum.contains(1), note)
      let count = try enclosure(
        "quasi.negative-atoms", [("family", "parallel"), ("N", "\(n)"), ("q", q), ("a", a), ("b", b)], digits: 5)
      #expect(count.isPoint && count.contains(Rational(all.count(-1))), note)
    }
  }

  @Test func `zeros are proved where terms cancel`() throws {
    // cos(a + b) = 0: work is never lost.
    #expect(try signs(5, "1", "pi/4", "pi/4").count(-1) == 0)
    // A slice of no length has one atom.
    let nothing = try signs(7, "1/2", "3/10", "0")
    #expect(nothing.atoms.count == 1)
    #expect(nothing.count(1) == 1)
  }

  @Test func `too few bits leave signs open`() throws {
    let given = [("family", "parallel"), ("N", "200"), ("q", "1/2"), ("a", "3/10"), ("b", "1/2")]
      .map { (name: $0.0, text: $0.1) }
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.negative-atoms")
    let signs = try WorkSigns(Arguments(given, for: quantity), within: Budget(bits: 64))
    #expect(signs.count(nil) > 0)
    #expect(signs.leastExponent == nil)
    let value = try quantity.certified(
      Arguments(given, for: quantity), to: .relative(digits: 5), within: Budget(bits: 64))
    #expect(value.undecided != nil)
    #expect((try #require(value.interval(precision: 64))).contains(280))
  }
}
