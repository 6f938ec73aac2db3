import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import FastKernels

@Suite struct HarmonicKernelTests {
  /// N w0 sin^2(g sqrt(N) tau) at the doubles, in 2000-bit enclosures: an evaluation that shares nothing with the
  /// kernel.
  private func truth(_ n: Double, _ w: Double, _ g: Double, _ t: Double) throws -> Interval {
    func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 2000)) }
    let count = try exact(n)
    let phase = try exact(g) * count.squareRoot * exact(t)
    return count * (try exact(w)) * phase.sine.squared
  }

  private func checkBound(_ n: Double, _ w: Double, _ g: Double, _ t: Double, _ label: String) throws -> Double {
    let answer = try HarmonicKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: t)
    let value = try #require(Interval(exactly: answer.value, precision: 2000))
    let error = (value - (try truth(n, w, g, t))).magnitude.double(rounding: .up)
    #expect(error <= answer.errorBound, "\(label): N=\(n) w0=\(w) g=\(g) tau=\(t): \(error) > \(answer.errorBound)")
    return answer.errorBound > 0 ? error / answer.errorBound : 0
  }

  /// Seen to fail with pi/2 cut to one double, with 0.6 u in place of 9 u, and without the low part of the square root.
  @Test func `the promised bound holds over the whole domain`() throws {
    try RandomCases.run(1500) { random, label in
      let n = random.positiveDouble(exponents: 0...52).rounded(.down)
      let w = random.positiveDouble(exponents: -299...299)
      let g = random.positiveDouble(exponents: -100...100)
      let phase: Double
      switch random.next() % 3 {
      // Times down to 2^(-170 - 101 - 27), within the domain.
      case 0: phase = random.positiveDouble(exponents: -170...43)
      case 1: phase = random.positiveDouble(exponents: 0...42).rounded(.down) * (Double.pi / 2)
      default: phase = random.positiveDouble(exponents: -4...4)
      }
      _ = try checkBound(n, w, g, phase / (g * n.squareRoot()), label)
    }
  }

  /// The doubles nearest to multiples of pi/2, the hardest cases of argument reduction.
  @Test func `the bound holds next to multiples of half pi`() throws {
    for k in 1...400 {
      let t = Double(k) * (Double.pi / 2)
      for time in [t.nextDown, t, t.nextUp] { _ = try checkBound(1, 1, 1, time, "k = \(k)") }
    }
  }

  @Test func `ordinary inputs are right to a few ulps`() throws {
    try RandomCases.run(500) { random, label in
      let n = random.positiveDouble(exponents: 0...10).rounded(.down)
      let g = random.positiveDouble(exponents: -3...3)
      let t = random.positiveDouble(exponents: -6...1) / (g * n.squareRoot())
      let answer = try HarmonicKernel.storedEnergy(cells: n, frequency: 1, coupling: g, time: t)
      #expect(answer.errorBound <= 1e-14 * n, "\(label)")
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (2.5, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (.nan, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (0x1p54, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 2^53"),
    (1, 0, 1, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (1, .infinity, 1, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (1, 1, -1, 1, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (1, 1, .nan, 1, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (1, 1, 1, -1, "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (1, 1, 1, 1e-300, "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (1, 1, 1, 1e15, "g sqrt(N) tau is outside the kernel's domain; accepted: up to 2^44"),
  ])
  func `inputs outside the domain are refused`(_ n: Double, _ w: Double, _ g: Double, _ t: Double, _ reason: String) {
    #expect(throws: KernelRefusal(reason)) {
      try HarmonicKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: t)
    }
  }

  /// Seen to fail with the bound of the place divided by 64, and of the value by 64.
  @Test func `the maximum of the power is where its slope changes sign`() throws {
    let (place, value) = (SineSquareMaximum.known.place, SineSquareMaximum.known.value)
    func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 300)) }
    func slope(_ x: Interval) -> Interval { x.sine - 2 * x * x.cosine }
    let (x, d) = (try exact(place.value), try exact(place.errorBound))
    #expect(slope(x - d).certainSign == -1)
    #expect(slope(x + d).certainSign == 1)
    #expect(place.errorBound < 16 * 0x1p-52)
    // Y at the zero, which Newton's step finds to twice the digits.
    let zero = x - slope(x) / (2 * x * x.sine - x.cosine)
    let y = zero.sine.squared / zero
    #expect((try exact(value.value) - y).magnitude.double(rounding: .up) <= value.errorBound)
  }

  /// Errors of f are below what it is said to be off by.
  @Test func `the slope is within its error`() throws {
    try RandomCases.run(300) { random, label in
      let x = 1 + random.positiveDouble(exponents: -20...(-3))
      let exact = try #require(Interval(exactly: x, precision: 300))
      let truth = exact.sine - 2 * exact * exact.cosine
      let error = try #require(Interval(exactly: SineSquareMaximum.slope(x), precision: 300)) - truth
      #expect(error.magnitude.double(rounding: .up) <= SineSquareMaximum.signError, "\(label): \(x)")
    }
  }

  /// No stored energy beats the greatest power, and the optimal time attains it.
  @Test func `power, time and advantage belong together`() throws {
    try RandomCases.run(100) { random, label in
      let n = random.positiveDouble(exponents: 0...30).rounded(.down)
      let (w, g) = (random.positiveDouble(exponents: -40...40), random.positiveDouble(exponents: -40...40))
      let power = try HarmonicKernel.maximalPower(cells: n, frequency: w, coupling: g)
      let time = try HarmonicKernel.optimalTime(cells: n, frequency: w, coupling: g)
      let advantage = try HarmonicKernel.advantage(cells: n, frequency: w, coupling: g)
      let best = try HarmonicKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: time.value)
      #expect(abs(best.value / time.value / power.value - 1) < 0x1p-45, "\(label)")
      let other = time.value * random.positiveDouble(exponents: -3...3)
      let stored = try HarmonicKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: other)
      #expect(
        (stored.value - stored.errorBound) / other <= (power.value + power.errorBound) * (1 + 0x1p-50), "\(label)")
      let one = try HarmonicKernel.maximalPower(cells: 1, frequency: w, coupling: g)
      #expect(abs(power.value / (n * one.value) / advantage.value - 1) < 0x1p-45, "\(label)")
      #expect(try HarmonicKernel.ratio(cells: n, frequency: w, coupling: g).value == 1, "\(label)")
    }
  }

  @Test func `maxima refuse what the stored energy refuses`() {
    for (n, w, g, name) in [(0.0, 1.0, 1.0, "N"), (1, 0, 1, "w0"), (1, 1, .nan, "g")] {
      func refuses(_ body: () throws -> KernelValue) {
        let refusal = #expect(throws: KernelRefusal.self) { try body() }
        #expect(refusal?.reason.hasPrefix("\(name) is outside the kernel's domain; accepted: ") == true)
      }
      refuses { try HarmonicKernel.maximalPower(cells: n, frequency: w, coupling: g) }
      refuses { try HarmonicKernel.optimalTime(cells: n, frequency: w, coupling: g) }
      refuses { try HarmonicKernel.advantage(cells: n, frequency: w, coupling: g) }
      refuses { try HarmonicKernel.ratio(cells: n, frequency: w, coupling: g) }
    }
  }

  @Test func `no time stores nothing, exactly`() throws {
    let answer = try HarmonicKernel.storedEnergy(cells: 5, frequency: 2, coupling: 3, time: 0)
    #expect(answer == KernelValue(value: 0, errorBound: 0))
  }
}
