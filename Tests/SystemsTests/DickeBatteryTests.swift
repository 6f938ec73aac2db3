import Expressions
import ArbitraryPrecision
import Testing

@testable import Catalogue
@testable import Systems
@testable import RigorousNumerics

/// Values of other programs are mpmath 1.3.0 with mp.dps = 45, Taylor steps of the same equations in the sector of Eq. (21), with the same 32
/// digits for two numbers of photons, which are named; the place of a maximum by Newton's steps for t E' - E from a grid in doubles.
@Suite struct DickeBatteryTests {
  /// 60 and 80 photons.
  @Test(arguments: [
    ("2", "1", "1.1370363480100260875144061300"), ("5", "0.6", "2.8341894869110877695066652298"),
  ])
  func `the stored energy agrees with another program`(_ n: String, _ tau: String, _ expected: String) throws {
    let given = [("N", n), ("g", "0.5"), ("tau", tau)]
    let found = try enclosure("dicke.stored-energy", given, digits: 25)
    #expect(try !found.isDisjoint(from: printed(expected)), "\(found)")
    #expect(try found.isSubset(of: enclosure("dicke.stored-energy", given, digits: 10)))
  }

  /// E = w0 N (2N + 1) (g tau)^2 for short times: the weight that leaves the start for N + 1 and N - 1 photons, each with one excitation.
  ///
  /// E is even in time, as H is real, so that the rest is at most max|E''''| tau^4/24. The lengths h_j = |(H - w0 N)^j psi| do not change in time,
  /// |E''''| is at most w0 N times the sum of (4 over j) h_j h_(4-j), and h_j <= b^j for b = w0 (N + 3) + 2 g N sqrt(N + 4), which bounds
  /// H - w0 N on states of up to N + 3 photons. The rest is at most (2/3) w0 N (b tau)^4.
  @Test(arguments: [1, 3, 8])
  func `short times have the second derivative of the start`(_ n: Int) throws {
    let found = try enclosure("dicke.stored-energy", [("N", "\(n)"), ("g", "2/3"), ("tau", "1e-8")], digits: 20)
    let leading = Interval(Rational(Integer(n * (2 * n + 1)), 1) * Rational(4, 9), precision: 128)
    let scaled = found / Interval(Rational(10).power(-16), precision: 128)
    let norm =
      n + 3 + Interval(Rational(Integer(4 * n), 3), precision: 128) * Interval(n + 4, precision: 128).squareRoot
    let rest = 2 * n * norm.power(4) * Interval(Rational(10).power(-16), precision: 128) / 3
    #expect((scaled - leading).magnitude <= rest.upper, "\(scaled) from \(leading)")
    // Less would not tell the leading term.
    #expect(rest.upper < leading.lower)
  }

  @Test func `nothing is stored at the start`() throws {
    let found = try enclosure("dicke.stored-energy", [("N", "5"), ("tau", "0")], digits: 10)
    #expect(found.isSameSet(as: Interval(0, precision: 8)))
  }

  /// Up to 110 photons. With one cell and g = 0.1 the best time is the third maximum or so; between g = 0.30675 and 0.30677 the best time of one cell
  /// jumps, while the power goes on: with the other times the powers would be 0.205428770... and 0.205444097...
  @Test(arguments: [
    ("1", "1/2", "0.41669970143690221708202898755", "0.95891734096511291289957643790"),
    ("1", "1/10", "0.071991283493425938387419209543", "11.913193056315608760769852885"),
    ("3", "2", "9.4195894331689058926555848386", "0.18396539548649293079187093634"),
    ("2", "0.1", "0.17597993877899723084024837610", "7.5356597766564374913470960876"),
    ("1", "0.30675", "0.20543252402627702642475243755", "3.6893539242255857032644218271"),
    ("1", "0.30677", "0.20544983523239995265987004226", "1.2819849230469132793715403898"),
  ])
  func `the greatest power agrees with another program`(
    _ n: String, _ g: String, _ power: String, _ time: String
  ) throws {
    let found = try enclosure("dicke.max-power", [("N", n), ("g", g)], digits: 20)
    #expect(try !found.isDisjoint(from: printed(power)), "\(found)")
    let place = try enclosure("dicke.optimal-time", [("N", n), ("g", g)], digits: 9)
    #expect(try !place.isDisjoint(from: printed(time)), "\(place)")
  }

  /// More digits lie inside fewer, and no time beats the greatest power: the energy of another route, at the best time and beside it.
  ///
  /// Beside a maximum the power falls by the square of the distance: within a part r of its time by (r/0.01)^2 of what it falls one part
  /// in a hundred away, or four times that if it is far from a parabola. The energies add what they are not known to.
  @Test func `the greatest power refines, and is attained`() throws {
    let given = [("N", "2"), ("g", "0.3")]
    let (few, many) = (
      try enclosure("dicke.max-power", given, digits: 6), try enclosure("dicke.max-power", given, digits: 25)
    )
    #expect(many.isSubset(of: few))
    let place = try enclosure("dicke.optimal-time", given, digits: 9)
    let time = try #require(place.midpoint?.rational)
    func gap(_ time: Rational) throws -> Interval {
      let energy = try enclosure("dicke.stored-energy", given + [("tau", "\(time)")], digits: 25)
      let power = energy / Interval(time, precision: 128)
      #expect(power.lower <= many.upper)
      return many - power
    }
    let beside = [try gap(time * Rational(99, 100)), try gap(time * Rational(101, 100))]
    #expect(beside.allSatisfy { $0.lower.signum > 0 })
    let best = try gap(time)
    let distance = (place - Interval(time, precision: 256)).magnitude
    let part = 100 * Interval(distance) / place
    #expect(best.lower <= (4 * part.squared * beside[0]).upper, "\(best)")
  }

  @Test func `the ratio is that of the four powers, and one for one cell`() throws {
    let given = [("N", "2"), ("g", "0.5"), ("phase", "0.7")]
    let ratio = try enclosure("dicke.ratio", given, digits: 8)
    let (quantum, classical) = (
      try enclosure("dicke.advantage", Array(given.prefix(2)), digits: 12),
      try enclosure("dicke.classical-advantage", given, digits: 12)
    )
    #expect(!(quantum / classical).isDisjoint(from: ratio))
    let one = try enclosure("dicke.ratio", [("N", "1"), ("g", "7")], digits: 30)
    #expect(one.isSameSet(as: Interval(1, precision: 64)))
  }

  /// With the number of photons that is enough for some digits the energy is that near, with one less it is not; far fewer are worse.
  @Test func `the audit of the cut-off finds the least number of photons`() throws {
    let audit = try DickeCutoff(
      cells: 2, coupling: Constant(Rational(1, 2)), time: Constant(Rational(1)), within: Budget())
    let (six, nine) = (try audit.photons(digits: 6, within: Budget()), try audit.photons(digits: 9, within: Budget()))
    #expect(2 < six && six < nine && nine < 40)
    let limit = Interval(Rational(10).power(-6), precision: 64)
    let errors = try [six, six - 1, 4].map { try audit.error(photons: $0, within: Budget()) }
    #expect(errors[0].isAtMost(limit) == .certainlyTrue)
    #expect(limit.isLess(than: errors[1]) == .certainlyTrue)
    #expect(errors[1].isLess(than: errors[2]) == .certainlyTrue)
    // Below N there is no start.
    #expect(try audit.error(photons: 0, within: Budget()).isSameSet(as: audit.error(photons: 2, within: Budget())))
  }
}
