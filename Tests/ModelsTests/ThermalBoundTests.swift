import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import Testing

@testable import Models

/// The bounds behind mixed starts of modes: coarse cuts against fine ones.
///
/// Each of these was broken on purpose and seen here: the trace of what is left out over times, its weight, tails of
/// levels of quadratic forms, sums over them, tails of blocks, the phase that joined vectors share.
@Suite struct ThermalBoundTests {
  private static func model(_ space: String, _ hamiltonian: String, _ start: String, _ part: String) throws -> Model {
    let names = space.split(separator: ",").map { $0.split(separator: ":")[0].trimmingCharacters(in: .whitespaces) }
    return try ThermalStartTests.model(
      space, hamiltonian, start, ["mean(part)"],
      parts: "part: {of: [\(names.joined(separator: ", "))], hamiltonian: \"\(part)\"}")
  }

  private static let budget = Budget(bits: 4096, seconds: 600)

  private static func point(_ model: Model, startBits: Int) throws -> ModelPoint {
    try ModelPoint(
      model, try .init([(name: "t", text: "1")], for: try model.quantity("v0")), precision: 192,
      spareBits: 192 - startBits)
  }

  /// Means at all times from a start and a path of few bits hold the values that many bits give, which the finite
  /// vectors alone miss.
  @Test(arguments: [
    ("a: boson, q: qubit", "a'*a + q_z/2 + a*q_p + a'*q_m", "a: thermal(2), q: down", "q_z", 6, 100),
    ("a: boson, q: qubit", "a'*a + q_z/2 + a*q_p + a'*q_m", "a: thermal(2), q: down", "a'*a", 12, 100),
    ("a: boson", "(a^2 + a'^2)/2", "a: thermal(1/30)", "a'*a", 5, 20),
    ("a: boson, q: qubit", "(a^2 + a'^2)/2", "a: coherent(1), q: \"bloch(3/5, 1/5, 0)\"", "a'*a", 100, 3),
    ("a: boson, q: qubit", "a'*a + q_z + (a + a')*q_x/2", "a: coherent(1), q: \"bloch(3/5, 1/5, 0)\"", "q_y", 100, 4),
  ])
  func `means over times`(
    _ space: String, _ hamiltonian: String, _ start: String, _ part: String, _ startBits: Int, _ bits: Int
  ) throws {
    let model = try Self.model(space, hamiltonian, start, part)
    let point = try Self.point(model, startBits: startBits)
    var evolution = try ModelEvolution(point, within: Self.budget)
    let paths = try FramePaths(&evolution, until: Interval(1, precision: 64), bits: bits, within: Self.budget)
    let polynomial = try point.hermitian(model.parts[0].hamiltonian)
    let mean = try paths.mean(start: nil, accuracy: 60, of: .letters(polynomial), within: Self.budget) { state in
      try point.basis.column(of: polynomial, at: state, in: point.scalars).mapValues { try point.scalars.enclosure($0) }
    }
    var isMissed = false
    for text in ["1/4", "1/2", "1"] {
      let fine = try #require(try model.value("v0", [("t", text)], digits: 8).interval(precision: 128))
      let coarse = try mean.series(try interval(text), 0, Self.budget)
      #expect(!coarse.range.isDisjoint(from: fine), "\(start): \(part) at \(text): \(coarse.range), \(fine)")
      isMissed = isMissed || coarse.approximation.range.isDisjoint(from: fine)
    }
    #expect(isMissed, "\(start): \(part): the bound is not needed")
  }

  private static func levels(_ a: Rational, _ b: Rational, _ c: Rational) throws -> (TurnedLevels, ModelPoint) {
    let model = try Self.model("a: boson", "a'*a", "a: fock(0)", "a'*a")
    let point = try Self.point(model, startBits: 100)
    let ring = point.scalars
    return (
      try TurnedLevels(quadratic: ring.number(a), square: ring.number(b), linear: ring.number(c), point), point
    )
  }

  private static func weight(_ w: Int, _ n: Int, _ p: Int, _ m: Rational) -> Interval {
    (1 + w * Interval(Integer(n).power(p), precision: 64)).power(m)
  }

  /// Levels of quadratic forms: unit vectors at right angles, tails at least what is left of them.
  @Test(arguments: [
    [Rational(1), Rational(1, 4), Rational(1, 2)], [2, Rational(-9, 10), 0], [1, 0, 1],
    [1, Rational(49, 100), Rational(-1, 9)],
  ])
  func `levels of quadratic forms`(_ form: [Rational]) throws {
    let (levels, _) = try Self.levels(form[0], form[1], form[2])
    let numbers = [0, 1, 4, 9]
    let fine = try numbers.map { try levels.cut($0, bits: 90, within: Self.budget).levels.map(\.amplitude) }
    for (i, x) in fine.enumerated() {
      for (j, y) in fine.enumerated() where j <= i {
        let zero = ComplexInterval.zero(precision: 128)
        let overlap = zip(x, y).reduce(zero) { $0 + $1.0.conjugate * $1.1 }
        let off = (overlap.real - (i == j ? 1 : 0)).magnitude
        #expect(off.double(rounding: .up) < 1e-24, "\(numbers[i]), \(numbers[j])")
      }
    }
    for (place, number) in numbers.enumerated() {
      let coarse = try levels.cut(number, bits: 5, within: Self.budget)
      let last = coarse.levels.count - 1
      for (w, p, m) in [(1, 1, Rational(0)), (1, 1, Rational(1)), (2, 1, Rational(5, 2)), (1, 2, Rational(1))] {
        let rest = fine[place].enumerated().reduce(Interval(0, precision: 64)) { sum, item in
          guard item.offset > last else { return sum }
          return sum + item.element.squaredMagnitude.rounded(to: 64) * Self.weight(w, item.offset, p, m)
        }
        guard let tail = try? coarse.tail(weight: w, power: p, exponent: m) else { continue }
        #expect(rest.lower <= tail.upper, "\(number), \(m): \(rest) above \(tail)")
        #expect(m.signum > 0 || tail.upper.double(rounding: .up) < 0x1p-10, "\(number)")
      }
    }
  }

  /// Sums of powers of populations times means of powers of the quanta, over all levels.
  @Test func `sums over levels`() throws {
    let (levels, _) = try Self.levels(1, Rational(2, 5), Rational(1, 3))
    let x = Interval(Rational(1, 3), precision: 128)
    for (a, w, p, m) in [
      (Rational(1), 1, 1, Rational(1)), (Rational(1, 2), 1, 1, Rational(2)), (Rational(1, 4), 2, 1, Rational(0)),
      (Rational(3, 4), 1, 2, Rational(1)),
    ] {
      var sum = Interval(0, precision: 64)
      for n in 0...24 {
        let factor = (Interval(a, precision: 128) * ((1 - x) * x.power(n)).logarithm).exponential.rounded(to: 64)
        for level in try levels.cut(n, bits: 30, within: Self.budget).levels {
          sum += factor * level.amplitude.squaredMagnitude.rounded(to: 64) * Self.weight(w, level.level, p, m)
        }
      }
      let bound = try levels.sum(x, power: Interval(a, precision: 128), weight: w, power: p, exponent: m)
      #expect((sum * Interval(Rational(999, 1000), precision: 64)).lower <= bound.upper, "\(a), \(m): \(sum), \(bound)")
      #expect(bound.upper <= (1000 * sum).upper, "\(a), \(m): \(sum), \(bound)")
    }
  }

  /// What blocks leave out, against many more of them.
  @Test(arguments: [
    ("a: boson, q: qubit", "a'*a + q_z/2 + (a*q_p + a'*q_m)/2"),
    ("a: boson, b: boson", "2*a'*a + b'*b + (a'*b + a*b')/3"),
    ("a: boson, b: boson", "a'*a + 3/2*b'*b + (a'^2*b + a^2*b')/9 + a'^2*a^2"),
  ])
  func `tails of blocks`(_ space: String, _ hamiltonian: String) throws {
    let model = try Self.model(
      space, "a'*a", space.contains("q") ? "a: fock(0), q: up" : "a: fock(0), b: fock(0)", hamiltonian)
    let point = try Self.point(model, startBits: 100)
    let polynomial = try point.hermitian(model.parts[0].hamiltonian)
    let beta = Interval(3, precision: 96)
    func blocks(_ bits: Int) throws -> GibbsBlocks? {
      try GibbsBlocks(polynomial, on: [0, 1], gibbs: beta, bits: bits, point, within: Self.budget)
    }
    guard let coarse = try blocks(2), let fine = try blocks(10) else {
      #expect(hamiltonian.contains("a'^2*b"), "no blocks of \(hamiltonian)")
      return
    }
    let known = Set(coarse.states)
    for m in [Rational(0), 1, Rational(3, 2)] {
      let weight = ModeWeight(
        modes: point.modes, weights: point.modes.map { _ in 1 }, powers: point.modes.map { _ in 1 })
      var sum = Interval(0, precision: 64)
      for (row, column, number) in fine.coefficients where row == column && !known.contains(fine.states[row]) {
        let b = point.modes.reduce(Interval(1, precision: 64)) {
          $0 * Interval(1 + point.basis.number(of: $1, in: fine.states[row]), precision: 64)
        }
        sum += number.value.real.rounded(to: 64) * b.power(m)
      }
      let bound = try coarse.dropped(weight, power: m)
      #expect(sum.lower.signum > 0 && sum.lower <= bound.upper, "\(hamiltonian), \(m): \(sum) above \(bound)")
    }
  }
}
