import ArbitraryPrecision
import Catalogue
import Foundation
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Gibbs states of quadratic forms A a'a + B a'^2 + B* a^2 + C a' + C* a: displaced squeezed thermal states.
@Suite struct QuadraticGibbsTests {
  private struct Form {
    let a: Rational
    let b: (Rational, Rational)
    let c: (Rational, Rational)
    let beta: Rational

    var text: String {
      func complex(_ z: (Rational, Rational), _ sign: String) -> String {
        "((\(z.0.numerator))/\(z.0.denominator) \(sign) i*(\(z.1.numerator))/\(z.1.denominator))"
      }
      return "\(a.numerator)/\(a.denominator)*a'*a + \(complex(b, "+"))*a'^2 + \(complex(b, "-"))*a^2"
        + " + \(complex(c, "+"))*a' + \(complex(c, "-"))*a"
    }

    /// <a'a>, <a + a'>, <(a + a')^2>, the purity, by the moments of a displaced squeezed thermal state.
    func moments(_ precision: Int) -> [(value: String, number: Interval)] {
      func number(_ x: Rational) -> Interval { Interval(x, precision: precision) }
      let (a, b, c) = (number(a), (number(b.0), number(b.1)), (number(c.0), number(c.1)))
      let square = a.squared - 4 * (b.0.squared + b.1.squared)
      let w = square.squareRoot
      let coth = 1 / (number(beta) * w / 2).hyperbolicTangent
      // alpha = (2 B C* - A C)/w^2.
      let x = (2 * (b.0 * c.0 + b.1 * c.1) - a * c.0) / square
      let y = (2 * (b.1 * c.0 - b.0 * c.1) - a * c.1) / square
      // <d'd> = (A coth/w - 1)/2 and <dd> = -B coth/w.
      let quanta = (a * coth / w - 1) / 2
      let pair = -(b.0 * coth / w)
      return [
        ("mean(a'*a)", quanta + x.squared + y.squared), ("mean(a + a')", 2 * x),
        ("mean((a + a')^2)", 4 * x.squared + 2 * quanta + 1 + 2 * pair), ("purity(a)", 1 / coth),
        ("mean(i*(a' - a))", 2 * y),
      ]
    }
  }

  private func expect(
    _ form: Form, _ start: String, _ expected: [(value: String, number: Interval)], digits: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try ThermalStartTests.model(
      "a: boson, q: qubit", "a'*a", "mode: \(start), q: up", expected.map { "initial(\($0.value))" },
      parts: "mode: {of: [a], hamiltonian: \"\(form.text)\"}")
    for (place, (value, number)) in expected.enumerated() {
      let answer = try model.value("v\(place)", [], digits: digits)
      #expect(answer.undecided == nil, "\(form.text): \(value): \(answer.undecided ?? "")")
      let found = try #require(answer.interval(precision: 256))
      #expect(
        !found.isDisjoint(from: number), "\(form.text), \(start): \(value): \(found), \(number)",
        sourceLocation: sourceLocation)
      #expect(
        found.width.double(rounding: .up) < 100 * pow(0.1, Double(digits)), "\(value)", sourceLocation: sourceLocation)
    }
  }

  /// SciPy's eigh of 400 levels of the mode.
  @Test func `populations`() throws {
    let form = Form(a: 1, b: (Rational(1, 4), 0), c: (Rational(1, 2), 0), beta: 1)
    let model = try ThermalStartTests.model(
      "a: boson", "a'*a", "mode: gibbs(1)", ["initial(weight(a = fock(3)))", "initial(variance(a'*a))"],
      parts: "mode: {of: [a], hamiltonian: \"\(form.text)\"}")
    let (quanta, square) = (1.0267543700117454, 3.4665755273601295)
    for (place, number) in [0.05887617011882227, square - quanta * quanta].enumerated() {
      let found = try #require(try model.value("v\(place)", [], digits: 12).interval(precision: 64)?.anchor)
      #expect(abs(found.double(rounding: .nearest) - number) < 1e-11)
    }
  }

  @Test func `moments of fixed forms`() throws {
    for form in [
      Form(a: 1, b: (Rational(1, 4), 0), c: (Rational(1, 2), 0), beta: 1),
      Form(a: 2, b: (Rational(3, 10), Rational(2, 5)), c: (Rational(1, 5), Rational(-1, 10)), beta: Rational(1, 2)),
      Form(a: 3, b: (0, 0), c: (2, 1), beta: 2),
    ] { try expect(form, "gibbs(\(form.beta.numerator)/\(form.beta.denominator))", form.moments(256), digits: 15) }
  }

  /// Random forms, near the edge A = 2 |B| too, cold and hot.
  @Test func `moments of random forms`() throws {
    try RandomCases.run(5) { random, _ in
      func pick(_ values: [Rational]) -> Rational { values.randomElement(using: &random) ?? 0 }
      let small: [Rational] = [0, Rational(1, 3), Rational(-1, 4), Rational(2, 5)]
      let form = Form(
        a: pick([1, Rational(3, 2), 2]), b: (pick(small), pick(small) / 2), c: (pick(small), pick(small)),
        beta: pick([Rational(3, 2), 1, 4]))
      guard 4 * (form.b.0.power(2) + form.b.1.power(2)) < form.a.power(2) else { return }
      try expect(form, "gibbs(\(form.beta.numerator)/\(form.beta.denominator))", form.moments(256), digits: 10)
    }
  }

  /// At zero temperature coth = 1.
  @Test func `ground levels`() throws {
    let form = Form(a: 2, b: (Rational(1, 2), Rational(1, 4)), c: (1, Rational(-1, 2)), beta: 1000)
    try expect(form, "gibbs(infinity)", form.moments(256), digits: 12)
  }

  /// In time: under its own Hamiltonian nothing moves; beside a qubit that it charges energy is kept.
  @Test func `in time`() throws {
    let part = "a'*a + (a'^2 + a^2)/5 + (a + a')/4"
    let model = try ThermalStartTests.model(
      "a: boson", part, "mode: gibbs(3)", ["mean(a'*a)", "trace_distance(a, start)"],
      parts: "mode: {of: [a], hamiltonian: \"\(part)\"}")
    let quanta = Form(a: 1, b: (Rational(1, 5), 0), c: (Rational(1, 4), 0), beta: 3).moments(128)[0].number
    let found = try #require(try model.value("v0", [("t", "1/2")], digits: 8).interval(precision: 128))
    #expect(!found.isDisjoint(from: quanta))
    let distance = try #require(try model.value("v1", [("t", "1/2")], digits: 5).interval(precision: 64))
    #expect(distance.lower.signum <= 0 && distance.upper.double(rounding: .up) < 1e-4)
  }

  @Test func `refusals`() throws {
    func message(_ hamiltonian: String, _ start: String = "mode: gibbs(1)") throws -> String? {
      do {
        let model = try ThermalStartTests.model(
          "a: boson, b: boson", "a'*a", start, ["mean(a'*a)"],
          parts: "mode: {of: [a, b], hamiltonian: \"\(hamiltonian)\"}")
        _ = try model.value("v0", [("t", "1")], digits: 5)
        return nil
      } catch { return "\((error as? BadInput)?.message ?? "\(error)")" }
    }
    let accepted =
      "accepted for Gibbs states of a part with bosons: functions of a'a of each that rise for good, positive quadratic "
      + "forms of one, Hamiltonians that keep a number of quanta and rise with it"
    let place = "m.yaml line 5: parts.mode.hamiltonian: "
    #expect(try message("a'*a + (a'^2 + a^2)/2 + b'*b") == place + "is no positive quadratic form; \(accepted)")
    #expect(try message("a + a' + b'*b") == place + "is no positive quadratic form; \(accepted)")
    #expect(
      try message("a'*a + a + a' + b'*b", "mode: gibbs(0)")
        == "m.yaml line 4: start.mode: '0' is 0.0, and the boson of 'mode' has levels without end; accepted: gibbs(beta) "
        + "with beta > 0, gibbs(infinity)")
  }
}
