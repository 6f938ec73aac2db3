import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import States
@testable import Systems

@Suite struct CapacityResourcesTests {
  private let bits = 160

  private func number(_ x: Rational) -> Interval { Interval(x, precision: bits) }

  /// (weights[0] |a><a|/|a|^2 + ... + noise 1/4)/(sum of all) of vectors of Gaussian integers.
  private func mixture(
    _ parts: [(weight: Int, real: [Int], imaginary: [Int])], noise: Rational
  ) throws -> TwoQubitResources {
    let total = parts.reduce(noise) { $0 + Rational($1.weight) }
    return try TwoQubitResources(
      DensityMatrix(
        HermitianMatrix(4, precision: bits) { row, column in
          var (x, y) = (row == column ? noise / 4 : 0, Rational(0))
          for (weight, a, b) in parts {
            let length = (0..<4).reduce(0) { $0 + a[$1] * a[$1] + b[$1] * b[$1] }
            let factor = Rational(Integer(weight), Integer(length))
            x = x + factor * Rational(a[row] * a[column] + b[row] * b[column])
            y = y + factor * Rational(b[row] * a[column] - a[row] * b[column])
          }
          return ComplexInterval(number(x / total), number(y / total))
        }))
  }

  private func random(_ random: inout SplitMix64, _ count: Int) -> [Int] {
    (0..<count).map { _ in Int(random.next() % 9) - 4 }
  }

  // MARK: - The formula

  /// Exact rational spectra with equal values among them: both are points, and equal.
  @Test(arguments: 1...6)
  func `the eigenvalue formula is the difference over all permutations`(_ d: Int) throws {
    try RandomCases.run(d > 5 ? 3 : 12) { random, label in
      func exact(_ range: UInt64) -> [Interval] {
        (0..<d).map { _ in Interval(Int(random.next() % range), precision: 64).scaled(byPowerOfTwo: -3) }
      }
      // Few values, so that some are equal; negative energies, too.
      let (l, e) = (exact(d > 3 ? 4 : 64), exact(64).map { $0 - 4 })
      let formula = try StateCapacity.capacity(eigenvalues: l, energies: e)
      let permutations = try StateCapacity.capacityByPermutations(eigenvalues: l, energies: e)
      #expect(formula.isPoint && formula.isSameSet(as: permutations), "\(label): \(formula) and \(permutations)")
    }
  }

  /// Random Hermitian states with known spectra: the formula from certified spectra, permutations of the exact ones, and two states of one orbit, whose
  /// energies differ by the capacity at most.
  @Test(arguments: 2...5)
  func `certified states keep to the formula`(_ d: Int) throws {
    try RandomCases.run(3) { random, label in
      let weights = (0..<d).map { _ in Int(random.next() % 7) } + [1]
      let sum = weights.reduce(0, +)
      // The spare weight is spread, so that the trace is one.
      let spectrum = weights.dropLast().map {
        number(Rational(Integer($0), Integer(sum)) + Rational(1, Integer(sum * d)))
      }
      let energies = (0..<d).map { _ in number(Rational(Integer(Int(random.next() % 41) - 20), 7)) }
      let states = (0..<2).map { _ in
        HermitianMatrix(
          eigenvalues: spectrum, reflectedBy: [1] + self.random(&random, d - 1), self.random(&random, d),
          precision: bits)
      }
      let capacity = try StateCapacity.capacity(of: states[0], energies: energies)
      let exact = try StateCapacity.capacityByPermutations(eigenvalues: spectrum, energies: energies)
      #expect(!capacity.isDisjoint(from: exact), "\(label)")
      #expect((capacity.width.binaryExponent ?? -999) < -140, "\(label)")
      let means = states.map { state in
        (0..<d).reduce(number(0)) { $0 + energies[$1] * state.realPart($1, $1) }
      }
      #expect((means[0] - means[1]).absoluteValue.isAtMost(capacity) != .certainlyFalse, "\(label)")
    }
  }

  // MARK: - Values

  /// mpmath 1.3.0 at 50 digits: eigenvalues by eighe and eig, of the same matrix; wb = 1, wc = 2.
  @Test func `a mixed state has the values of another program`() throws {
    let state = try mixture([(8, [1, 0, -1, 1], [0, 2, 0, 1]), (2, [0, 1, 1, 2], [0, 0, -1, 0])], noise: 1)
    let (one, two) = (number(1), number(2))
    let found: [(Interval, String)] = [
      (try state.batteryCapacity(one), "0.9307258632295541394621462"),
      (try state.chargerCapacity(two), "2.126700206800906003114776"),
      (try state.totalCapacity(one, two), "4.888516446046124639464216"),
      (try state.concurrence(), "0.4547275168516664586745111"),
      (try state.negativity(), "0.2041559548233771145564551"), (state.steering, "1.054110331828728537461756"),
      (try state.bell(), "1.914877100507399616954445"), (state.coherence, "1.821069329514549336330837"),
      (state.imaginarity, "1.298701298701298701298701"), (try state.batteryTexture(), "0.401601197300421482125462"),
      (try state.texture(), "0.7368368770486701508960904"),
    ]
    for (value, expected) in found {
      #expect(!value.isDisjoint(from: try printed(expected)), "\(value) and \(expected)")
      #expect((value.width.binaryExponent ?? -999) < -70, "\(expected)")
    }
  }

  /// Werner's state w |singlet><singlet| + (1 - w) 1/4: concurrence (3w - 1)/2, negativity half of it, no entanglement up to w = 1/3.
  @Test(arguments: [(7, 3), (1, 1), (1, 3), (1, 0)])
  func `Werner's states have their entanglement`(_ singlet: Int, _ noise: Int) throws {
    let state = try mixture([(singlet, [0, 1, -1, 0], [0, 0, 0, 0])], noise: Rational(noise))
    let w = Rational(Integer(singlet), Integer(singlet + noise))
    let expected = max((3 * w - 1) / 2, 0)
    #expect(try state.concurrence().contains(expected))
    #expect(try state.negativity().contains(expected / 2))
    // Elements are at most 1/2, each enclosed to 2^-160. An element of K is a sum of four, at most 1 and rounded three times by at most 2^-159 at each end:
    // wider by 4 2^-160 + 6 2^-159 = 2^-156 at most. F3^2 <= 3 is the sum of three squares of such, each 2^-155 + 2^-158 wide, and rounded twice by
    // 2^-158 at each end: below 2^-153. Its root is at least sqrt(3)/4, twice that above 4/5: wider by less than 5/4 2^-153 + 2^-158, below 2^-152.
    #expect(!state.steering.isDisjoint(from: number(3).squareRoot * number(w)))
    #expect((state.steering.width.binaryExponent ?? -999) <= -152)
    // The parts know nothing.
    #expect(try state.batteryCapacity(number(1)).contains(0))
  }

  @Test func `pure states keep the circle and mixed ones stay inside`() throws {
    try RandomCases.run(6) { random, label in
      let parts = (0..<3).map { _ in
        (weight: 1 + Int(random.next() % 5), real: [1] + self.random(&random, 3), imaginary: self.random(&random, 4))
      }
      let half = number(Rational(1, 2))
      let pure = try mixture([parts[0]], noise: 0)
      let roof = try pure.concurrence()
      #expect(!roof.isDisjoint(from: pure.pureConcurrence), "\(label): \(roof) and \(pure.pureConcurrence)")
      #expect((try pure.batteryCapacity(half).squared + pure.pureConcurrence.squared).contains(1), "\(label)")
      // Negativity of a pure state.
      #expect(!(try 2 * pure.negativity()).isDisjoint(from: roof), "\(label)")
      for mixed in [try mixture(Array(parts[..<2]), noise: 0), try mixture(parts, noise: Rational(1, 3))] {
        let sum = try mixed.batteryCapacity(half).squared + mixed.concurrence().squared
        #expect(sum.isAtMost(number(1)) != .certainlyFalse, "\(label): \(sum)")
      }
    }
  }

  /// What is known of the state only to some bits is known of the resources to no more, and holds the finer values.
  @Test func `wider states have wider resources`() throws {
    let state = try mixture(
      [(3, [1, 2, 0, -1], [0, 1, 1, 0]), (1, [0, 1, 1, 0], [0, 0, 2, 0])], noise: Rational(1, 5))
    let ball = Interval.ball(Interval(1, precision: 64).scaled(byPowerOfTwo: -30))
    let wide = try TwoQubitResources(
      DensityMatrix(
        HermitianMatrix(4, precision: bits) {
          ComplexInterval(state.density[$0, $1].real + ball, state.density[$0, $1].imaginary + ball)
        }))
    func values(_ state: TwoQubitResources) throws -> [Interval] {
      [
        try state.concurrence(), try state.negativity(), state.steering, try state.bell(), state.coherence,
        state.imaginarity, try state.texture(),
        try state.batteryCapacity(number(1)),
      ]
    }
    for (fine, coarse) in zip(try values(state), try values(wide)) {
      // Enclosures of the spectrum are rounded on their own: a few last places more.
      #expect(fine.isSubset(of: coarse + Interval.ball(Interval(1, precision: 64).scaled(byPowerOfTwo: -70))))
      #expect((coarse.width.binaryExponent ?? -999) < -8)
    }
  }

  // MARK: - Refusals

  @Test func `what does not fit is refused`() throws {
    let mixed = try DensityMatrix(
      HermitianMatrix(symmetric: 3, precision: bits) { number($0 == $1 ? Rational(1, 3) : 0) })
    #expect(throws: BadInput("state of two qubits: 3 dimensions; accepted: 4")) { try TwoQubitResources(mixed) }
    #expect(throws: BadInput("capacity: 1 energies for 2 eigenvalues; accepted: as many of each, at least one")) {
      try StateCapacity.capacity(eigenvalues: [number(0), number(1)], energies: [number(1)])
    }
    let many = Array(repeating: number(1), count: 9)
    #expect(throws: BadInput("capacity by permutations: 9 dimensions; accepted: 1 to 8")) {
      try StateCapacity.capacityByPermutations(eigenvalues: many, energies: many)
    }
  }
}
