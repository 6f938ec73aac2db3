import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Models

/// Gaussian starts of modes against their moments, and their tails against the amplitudes.
@Suite struct ModeStartTests {
  private static func expect(
    _ start: String, _ expected: [(value: String, number: Interval)], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let values = expected.enumerated().reduce(into: [String: String]()) {
      $0["v\($1.offset)"] = "initial(\($1.element.value))"
    }
    let model = try ModesTableTests.model("a: boson", "a'*a", start, values)
    for (place, (value, number)) in expected.enumerated() {
      let found = try #require(try model.value("v\(place)", [], digits: 20).interval(precision: 192))
      #expect(!found.isDisjoint(from: number), "\(start): \(value)", sourceLocation: sourceLocation)
      #expect(found.width.double(rounding: .up) < 1e-18, "\(start): \(value)", sourceLocation: sourceLocation)
    }
  }

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: 192) }

  @Test func `coherent states`() throws {
    try Self.expect(
      "a: coherent(3/2 - i)",
      [
        ("mean(a'*a)", Self.number(Rational(13, 4))), ("variance(a'*a)", Self.number(Rational(13, 4))),
        ("mean(a + a')", Self.number(3)), ("mean(i*(a - a'))", Self.number(2)),
        ("weight(a = fock(0))", Self.number(Rational(-13, 4)).exponential),
        ("weight(a = coherent(1/2 - i))", Self.number(-1).exponential),
      ])
    try Self.expect("a: coherent(0)", [("mean(a'*a)", Self.number(0)), ("weight(a = fock(0))", Self.number(1))])
  }

  /// S(z) with z = r e^(i phi) has <a^2> = -e^(i phi) sinh r cosh r.
  @Test func `squeezed states`() throws {
    let r = Self.number(Rational(3, 5))
    try Self.expect(
      "a: squeezed(3/5)",
      [
        ("mean(a'*a)", r.hyperbolicSine.squared), ("variance((a + a')/sqrt(2))", (-2 * r).exponential / 2),
        ("weight(a = fock(0))", 1 / r.hyperbolicCosine), ("weight(a = fock(1))", Self.number(0)),
      ])
    let size = r.hyperbolicSine * r.hyperbolicCosine
    try Self.expect(
      "a: \"squeezed(3/5, pi/2)\"", [("mean(a^2 + a'^2)", Self.number(0)), ("mean(i*(a'^2 - a^2))", -2 * size)])
  }

  /// D S: displaced, with the variances of S.
  @Test func `displaced squeezed states`() throws {
    let (r, phi) = (Self.number(Rational(1, 2)), Self.number(Rational(2, 7)))
    let alpha = ComplexInterval(Self.number(Rational(4, 5)), Self.number(Rational(1, 3)))
    let square = alpha * alpha
    let size = r.hyperbolicSine * r.hyperbolicCosine
    try Self.expect(
      "a: \"displaced_squeezed(4/5 + i/3, 1/2, 2/7)\"",
      [
        ("mean(a + a')", 2 * alpha.real), ("mean(i*(a' - a))", 2 * alpha.imaginary),
        ("mean(a'*a)", alpha.squaredMagnitude + r.hyperbolicSine.squared),
        ("mean(a^2 + a'^2)", 2 * (square.real - size * phi.cosine)),
        ("mean(i*(a'^2 - a^2))", 2 * (square.imaginary - size * phi.sine)),
      ])
  }

  /// Cats: N = alpha^2 tanh(alpha^2) for the even one; a coherent state beside the vacuum has the overlap
  /// exp(-alpha^2/2).
  @Test func `superpositions of Gaussian states`() throws {
    let square = Self.number(Rational(9, 4))
    try Self.expect(
      "superposition: [[1, {a: coherent(3/2)}], [1, {a: coherent(-3/2)}]], normalised: true",
      [("mean(a'*a)", square * square.hyperbolicTangent), ("weight(a = fock(1))", Self.number(0))])
    let overlap = (-square / 2).exponential
    try Self.expect(
      "superposition: [[1, {a: coherent(3/2)}], [2, {a: fock(0)}]], normalised: true",
      [("mean(a'*a)", square / (5 + 4 * overlap)), ("mean(a + a')", (3 + 6 * overlap) / (5 + 4 * overlap))])
  }

  /// At t = 0 what does not act on the mode is exact, a zero included.
  @Test func `the rest of a start without an end is exact`() throws {
    let model = try ModesTableTests.model(
      "a: boson, q: qubit", "a'*a + a*q_p + a'*q_m", "a: coherent(2), q: down", ["energy": "mean((q_z + 1)/2)"])
    let found = try #require(try model.value("energy", [("t", "0")], digits: 20).interval(precision: 64))
    #expect(found.isPoint && found.containsZero)
  }

  @Test func `refusals`() throws {
    func message(_ start: String) -> String? {
      refusal(
        of:
          "model: m\nspace: {a: boson, q: qubit}\nhamiltonian: a'*a\nstart: {\(start)}\nquantities: {n: {value: mean(a'*a)}}"
      )
    }
    #expect(
      message("a: fock(0), q: coherent(1)")
        == "m.yaml line 4: start.q: 'coherent(1)' is no state of the qubit 'q'; accepted: up, down, plus, minus, bloch(x, y, z), level(k), diagonal(p0, p1, ...)"
    )
    #expect(
      message("a: squeezed, q: up")
        == "m.yaml line 4: start.a: 'squeezed' has 0 numbers; accepted: squeezed(r), squeezed(r, phi)")
    #expect(
      message("a: displaced_squeezed(1), q: up")
        == "m.yaml line 4: start.a: 'displaced_squeezed(1)' has 1 numbers; accepted: displaced_squeezed(alpha, r, phi)")
    let model = try ModesTableTests.model("a: boson", "a'*a", "a: squeezed(i)", ["n": "mean(a'*a)"])
    #expect(throws: (any Error).self) { try model.value("n", [("t", "1")], digits: 5) }
  }

  /// The proved tail is at least what is left of amplitudes to far more quanta, and not much more.
  ///
  /// Seen to fail with y^-M in place of y^-(M+1), with a square root of the whole sum, and without the weight.
  @Test(arguments: [(0.0, 0.0, 0.7, 0.3), (2.0, -1.0, 0.0, 0.0), (0.8, 0.4, 0.9, -2.0), (0.01, 0.0, 1e-9, 1.0)])
  func `tails`(_ x: Double, _ y: Double, _ r: Double, _ phi: Double) throws {
    func exact(_ value: Double) throws -> Interval { try #require(Interval(exactly: value, precision: 512)) }
    let mode = try GaussianMode(
      alpha: ComplexInterval(try exact(x), try exact(y)), squeezing: try exact(r), angle: try exact(phi), precision: 512
    )
    let amplitudes = try mode.amplitudes(upTo: 600, within: Budget())
    #expect(
      amplitudes.reduce(Interval(0, precision: 512)) { $0 + $1.squaredMagnitude }.upper
        <= BigFloat(1.0000001, precision: 64, rounding: .up))
    for bits in [10, 40, 100] {
      let (last, base) = try mode.cut(bits: bits)
      for (weight, power, exponent) in [(1, 1, Rational(0)), (1, 1, Rational(1)), (2, 2, Rational(3, 2))] {
        guard let tail = try? mode.tail(beyond: last, base: base, weight: weight, power: power, exponent: exponent)
        else { continue }
        var sum = Interval(0, precision: 512)
        for n in stride(from: last + 1, through: 600, by: 1) {
          let b = 1 + weight * Interval(Integer(n).power(power), precision: 512)
          sum += amplitudes[n].squaredMagnitude * b.power(exponent)
        }
        #expect(sum.upper <= tail.upper, "\(last) \(weight) \(power) \(exponent)")
        if exponent == 0 {
          #expect(
            tail.upper <= BigFloat(4, precision: 64, rounding: .up).scaled(byPowerOfTwo: -2 * bits, rounding: .up))
        }
      }
    }
  }
}
