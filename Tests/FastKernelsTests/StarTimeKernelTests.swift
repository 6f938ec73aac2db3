import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import FastKernels

/// The bounds of the kernels are held against certified values by the audits; here are the decay of a pair, laws and
/// refusals.
@Suite struct StarTimeKernelTests {
  /// e^-h (C + h S) by exponentials or by sine and cosine, in 400 bits.
  private func truth(_ h: Double, _ a: Double) throws -> Interval {
    func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 2400)) }
    let (half, angle) = (try exact(h), try exact(a))
    let z = half.squared - angle.squared
    switch try #require(z.certainSign) {
    case 0: return (-half).exponential * (1 + half)
    case 1:
      let k = z.squareRoot
      return ((1 + half / k) * (k - half).exponential + (1 - half / k) * (-(k + half)).exponential)
        .scaled(byPowerOfTwo: -1)
    default:
      let b = (-z).squareRoot
      return (-half).exponential * (b.cosine + half * b.sine / b)
    }
  }

  /// Seen to fail with u/2 in place of 17u.
  @Test func `the decay of a pair is within its error`() throws {
    try RandomCases.run(1500) { random, label in
      let a = random.positiveDouble(exponents: random.next() % 4 == 0 ? -60...0 : -3...12)
      let h: Double
      switch random.next() % 4 {
      case 0: h = a * (1 + random.positiveDouble(exponents: -52...(-4)))
      case 1: h = a * (1 - random.positiveDouble(exponents: -52...(-4)))
      case 2: h = random.next() % 4 == 0 ? 0 : a
      default: h = random.positiveDouble(exponents: -20...9)
      }
      let answer = StarRelaxation.value(half: h, angle: a)
      let error = try #require(Interval(exactly: answer.value, precision: 2400)) - (try truth(h, a))
      #expect(error.magnitude.double(rounding: .up) <= answer.error, "\(label): h = \(h), a = \(a)")
    }
  }

  /// Without dephasing one cell obeys a rotation: its energy is at most one, the ergotropy at most the energy, and the
  /// ratio is their quotient.
  @Test func `energy, ergotropy and ratio belong together`() throws {
    try RandomCases.run(60) { random, label in
      let charge = StarKernel.Charge(
        cells: 1 + Double(random.next() % 8), drive: random.positiveDouble(exponents: -3...1), coupling: 1,
        dephasing: random.next() % 3 == 0 ? 0 : random.positiveDouble(exponents: -4...3),
        time: random.positiveDouble(exponents: -2...4))
      let energy = try StarKernel.energy(of: charge, frequency: 2)
      let ergotropy = try StarKernel.ergotropy(of: charge, frequency: 2)
      let ratio = try StarKernel.ratio(of: charge)
      #expect(ergotropy.value <= energy.value + energy.errorBound + ergotropy.errorBound, "\(label)")
      #expect(energy.errorBound < 1e-10, "\(label)")
      let difference = abs(ratio.value * energy.value - ergotropy.value)
      #expect(
        difference <= ratio.errorBound * energy.value + energy.errorBound + ergotropy.errorBound, "\(label)")
    }
  }

  @Test func `long times have the steady state`() throws {
    let charge = StarKernel.Charge(cells: 2, drive: 1, coupling: 1, dephasing: 1, time: 1000)
    let energy = try StarKernel.energy(of: charge, frequency: 1)
    #expect(abs(energy.value - 1) <= energy.errorBound)
    let steady = try StarKernel.steadyRatio(cells: 2, frequency: 1, drive: 1, coupling: 1)
    let ratio = try StarKernel.ratio(of: charge)
    #expect(abs(ratio.value - steady.value) <= ratio.errorBound + steady.errorBound)
  }

  @Test func `without drive, coupling or time nothing is charged, exactly`() throws {
    for (f, g, t) in [(0.0, 1.0, 1.0), (1, 0, 1), (1, 1, 0)] {
      let charge = StarKernel.Charge(cells: 4, drive: f, coupling: g, dephasing: 1, time: t)
      #expect(try StarKernel.energy(of: charge, frequency: 1) == KernelValue(value: 0, errorBound: 0))
      #expect(try StarKernel.ergotropy(of: charge, frequency: 1) == KernelValue(value: 0, errorBound: 0))
      let refusal = #expect(throws: KernelRefusal.self) { try StarKernel.ratio(of: charge) }
      #expect(refusal?.reason == "nothing is charged; accepted: F, g and t above zero")
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 1.0, 1.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 256"),
    (257, 1, 1, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 256"),
    (2, 0, 1, 1, 1, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, -1, 1, 1, 1, "F is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, .nan, 1, 1, "g is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, 1, -1, 1, "gamma is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, 1, 1, 1e300, "t is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, 1, 1, 1e15, "gamma t or F t or g t is outside the kernel's domain; accepted: angles up to 2^40"),
  ])
  func `inputs outside the domain are refused`(
    _ n: Double, _ w: Double, _ f: Double, _ g: Double, _ gamma: Double, _ t: Double, _ reason: String
  ) {
    let charge = StarKernel.Charge(cells: n, drive: f, coupling: g, dephasing: gamma, time: t)
    #expect(throws: KernelRefusal(reason)) { try StarKernel.energy(of: charge, frequency: w) }
  }

  @Test func `a ratio without a digit is refused`() {
    let charge = StarKernel.Charge(cells: 2, drive: 1, coupling: 1, dephasing: 1, time: 0x1p-30)
    #expect(
      throws: KernelRefusal("no digit of the energy is certain; accepted: longer times or fewer cells")
    ) { try StarKernel.ratio(of: charge) }
  }
}
