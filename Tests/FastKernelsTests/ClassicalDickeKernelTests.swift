import ArbitraryPrecision
import TestSupport
import Testing

@testable import FastKernels

/// The bounds are held against certified values by the audits; here are numbers of another integrator, laws and refusals.
@Suite struct ClassicalDickeKernelTests {
  private static let quarter = Double.pi / 4

  /// N, g, phase for w0 = 1, and the truth as a sum of two doubles, by mpmath 1.3.0, mp.dps = 40: Taylor steps of order 36, the
  /// greatest power of 32 samples a step sharpened by Newton steps.
  @Test(arguments: [
    (1, 0.5, quarter, 0.5997900945355509, 3.0427994114285704e-17),
    (50, 0.5, quarter, 198.4727235607914, 9.686914603358943e-16),
    (1, 0.05, quarter, 0.0305946657642748, -7.674943518249709e-20),
    (1, 0.02, -2.0, 0.011840606770693632, 2.656789110060558e-19),
    (20, 0.005, quarter, 0.26601320761243324, 7.414999840685509e-18),
    (1_000_000, 5.0, quarter, 5124198249.048381, 2.832727872650544e-07),
    (7, 0.25, 100.3, 3.177152144813089, 5.659080935865283e-17),
    (1000, 0.1, 2.5, 2013.4794344563381, -4.340625752984982e-14),
    (3, 1.0, 1000000.0, 2.0253170514699343, 2.1407000351910664e-16),
  ])
  func `maximal powers are those of forty digits`(
    _ n: Double, _ g: Double, _ phase: Double, _ truth: Double, _ rest: Double
  ) throws {
    let found = try ClassicalDickeKernel.maximalPower(cells: n, frequency: 1, coupling: g, phase: phase)
    #expect(abs((found.value - truth) - rest) <= found.errorBound)
    #expect(found.errorBound <= 1e-12 * found.value)
  }

  /// N, g, tau, phase for w0 = 1, and the truth by the same program.
  @Test(arguments: [
    (1, 0.5, 0.5, quarter, 0.16706861944560988, -9.369632703845811e-19),
    (2, 0.5, 1.0, quarter, 1.7091653478543887, 4.387450479400913e-17),
    (50, 0.5, 1.0, quarter, 15.134412232587398, 1.7911661475977962e-17),
    (50, 0.5, 0.03125, 2.5, 0.833224601345901, 2.36188368429043e-17),
    (1, 0.02, 120.0, -2.0, 0.9682658296866286, 4.4380943136839586e-18),
    (1000, 0.1, 0.5, 100.3, 6.365859059417589, -4.5729787306787565e-17),
    (1_000_000, 0.5, 0x1p-9, 4.0, 991665.1726915569, 1.7940562063637647e-11),
    (1, 0x1p-10, 900.0, 1000000.0, 0.49776775802984075, -5.145327791455172e-18),
    (3, 5.0, 1.0, 2e12, 0.17161971558376274, 1.2078142362353282e-17),
    (1, 1.0, 0x1p-40, 1.0, 2.3428184154415635e-24, -1.312836982571847e-40),
  ])
  func `stored energies are those of forty digits`(
    _ n: Double, _ g: Double, _ time: Double, _ phase: Double, _ truth: Double, _ rest: Double
  ) throws {
    let found = try ClassicalDickeKernel.storedEnergy(cells: n, frequency: 1, coupling: g, time: time, phase: phase)
    #expect(abs((found.value - truth) - rest) <= found.errorBound)
    // The growth over the time is part of it: e^(0.354 * 32) in the longest.
    #expect(found.errorBound <= 3e-10 * n)
  }

  /// No time beats the maximal power: the stored energy at random times, dense enough to come near.
  @Test(arguments: [(1.0, 0.5), (1, 0.02), (3, 0.1), (10, 0.5), (57, 3), (300, 0.05)])
  func `no stored energy beats the maximal power`(_ cells: Double, _ g: Double) throws {
    let greatest = try ClassicalDickeKernel.maximalPower(cells: cells, frequency: 0.7, coupling: g, phase: 0.8)
    var nearest = 0.0
    try RandomCases.run(300) { random, label in
      let time = Double.random(in: 0.01...16, using: &random) / ((8 * cells).squareRoot() * g)
      let stored = try ClassicalDickeKernel.storedEnergy(
        cells: cells, frequency: 0.7, coupling: g, time: time, phase: 0.8)
      #expect((stored.value - stored.errorBound) / time <= greatest.value + greatest.errorBound, "\(label): \(time)")
      nearest = max(nearest, stored.value / time)
    }
    // Attained, not only a bound: the times are dense enough for two digits.
    #expect(nearest >= 0.98 * greatest.value)
  }

  /// Times N w0, E depends on w0/c, c tau and the phase alone: powers of two change no digit.
  @Test(arguments: [-200, -31, 7, 180])
  func `scales change no digit`(_ exponent: Int) throws {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let one = try ClassicalDickeKernel.storedEnergy(cells: 5, frequency: 0.7, coupling: 0.3, time: 2.1, phase: 0.8)
    let other = try ClassicalDickeKernel.storedEnergy(
      cells: 20, frequency: 0.7 * scale, coupling: 0.15 * scale, time: 2.1 / scale, phase: 0.8)
    #expect(other.value == 4 * scale * one.value)
    #expect(abs(other.errorBound / scale - 4 * one.errorBound) <= 1e-9 * one.errorBound)
    let power = try ClassicalDickeKernel.maximalPower(cells: 5, frequency: 0.7, coupling: 0.3, phase: 0.8)
    let scaled = try ClassicalDickeKernel.maximalPower(
      cells: 20, frequency: 0.7 * scale, coupling: 0.15 * scale, phase: 0.8)
    #expect(scaled.value == 4 * scale * scale * power.value)
  }

  /// E = 4 N^2 w0 (g tau sin(phase))^2 to second order. What follows is at most 3 w0 tau of it: Q turns by w0 tau P/Q, with P/Q < 0.65 at the
  /// start, which counts twice, and the rest of the equations adds parts of the order (w0 tau)^2 and s^2 < 300 tau^2.
  @Test func `short times have a small relative error`() throws {
    for exponent in [-40, -100, -190] {
      let time = Double(sign: .plus, exponent: exponent, significand: 1.25)
      let found = try ClassicalDickeKernel.storedEnergy(cells: 9, frequency: 1, coupling: 2, time: time, phase: 1)
      let tau = try #require(Interval(exactly: time, precision: 128))
      let leading = 4 * 81 * 4 * (tau * Interval(1, precision: 128).sine).squared
      let off = try #require(Interval(exactly: found.value, precision: 128)) - leading
      let allowed = try #require(Interval(exactly: found.errorBound, precision: 128)) + 3 * tau * leading
      #expect(off.magnitude <= allowed.upper)
      #expect(found.errorBound <= 1e-13 * found.value)
    }
  }

  @Test func `the advantage is the quotient of the powers`() throws {
    let one = try ClassicalDickeKernel.advantage(cells: 1, frequency: 0.7, coupling: 0.3, phase: 0.8)
    #expect(one == KernelValue(value: 1, errorBound: 0))
    let many = try ClassicalDickeKernel.advantage(cells: 50, frequency: 1, coupling: 0.5, phase: Self.quarter)
    // The truths of both powers above.
    func truth(_ value: Double, _ rest: Double) throws -> Interval {
      let parts = try [value, rest].map { try #require(Interval(exactly: $0, precision: 128)) }
      return parts[0] + parts[1]
    }
    let quotient =
      try truth(198.4727235607914, 9.686914603358943e-16)
      / (50 * truth(0.5997900945355509, 3.0427994114285704e-17))
    let error = try (#require(Interval(exactly: many.value, precision: 128)) - quotient).magnitude
    #expect(error.double(rounding: .up) <= many.errorBound)
    #expect(many.errorBound <= 1e-12)
  }

  @Test func `nothing is stored at the start`() throws {
    let answer = try ClassicalDickeKernel.storedEnergy(cells: 5, frequency: 2, coupling: 3, time: 0, phase: 1)
    #expect(answer == KernelValue(value: 0, errorBound: 0))
  }

  /// Sine and cosine within 3u at angles of all sizes and next to multiples of pi/2.
  @Test func `sine and cosine are right within three units`() throws {
    try RandomCases.run(1000) { random, label in
      let size = random.positiveDouble(exponents: random.next() % 2 == 0 ? -60...43 : 0...30)
      let multiple = random.next() % 3 == 0 ? size.rounded() * (Double.pi / 2) : size
      let angle = min(random.next() % 2 == 0 ? multiple : -multiple, SineCosine.greatestAngle)
      let found = SineCosine(angle)
      let exact = try #require(Interval(exactly: angle, precision: 300))
      for (value, truth) in [(found.sine, exact.sine), (found.cosine, exact.cosine)] {
        let error = (try #require(Interval(exactly: value, precision: 300)) - truth).magnitude.double(rounding: .up)
        #expect(error <= 3 * 0x1p-53, "\(label): \(angle)")
      }
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 1.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (2.5, 1, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (2, 0, 1, 1, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, .nan, 1, 1, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, 1, -1, 1, "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, 1, .infinity, "phase is outside the kernel's domain; accepted: -2^44 to 2^44"),
    (2, 1, 1, 17, 1, "2 sqrt(2N) g tau is outside the kernel's domain; accepted: up to 64"),
    (2, 1, 0x1p-20, 0x1p17, 1, "w0 tau is outside the kernel's domain; accepted: up to 10^5"),
    // 2048 turns at s = 64, where errors have grown by e^22.
    (2, 512, 4, 4, 1, "the error bound passed 2^-11 on the way; accepted: shorter times"),
  ])
  func `stored energies outside the domain are refused`(
    _ n: Double, _ w: Double, _ g: Double, _ t: Double, _ phase: Double, _ reason: String
  ) {
    #expect(throws: KernelRefusal(reason)) {
      try ClassicalDickeKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: t, phase: phase)
    }
  }

  @Test(arguments: [
    (1.5, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (1, 1, 0x1p45, "phase is outside the kernel's domain; accepted: -2^44 to 2^44"),
    // The charger's coordinate starts at zero and grows with w0 alone; and too many turns.
    (1, 0x1p40, 0, "the maximum of the power was not closed up to 2 sqrt(2N) g tau = 64 in 2^17 steps"),
    (1, 0x1p-20, 1, "the maximum of the power was not closed up to 2 sqrt(2N) g tau = 64 in 2^17 steps"),
  ])
  func `maximal powers outside the domain are refused`(_ n: Double, _ g: Double, _ phase: Double, _ reason: String) {
    #expect(throws: KernelRefusal(reason)) {
      try ClassicalDickeKernel.maximalPower(cells: n, frequency: 1, coupling: g, phase: phase)
    }
    #expect(throws: KernelRefusal(reason)) {
      try ClassicalDickeKernel.advantage(cells: n, frequency: 1, coupling: g, phase: phase)
    }
  }
}
