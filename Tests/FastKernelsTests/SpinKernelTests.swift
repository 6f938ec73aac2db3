import ArbitraryPrecision
import TestSupport
import Testing

@testable import FastKernels

/// The bounds are held against certified values by the audits; here are laws and refusals.
@Suite struct SpinKernelTests {
  /// No time beats the maximal power: the stored energy, by another kernel, at random times.
  @Test(arguments: [1.0, 2, 3, 10, 57, 300])
  func `no stored energy beats the maximal power`(_ cells: Double) throws {
    let greatest = try SpinKernel.maximalPower(cells: cells, frequency: 0.7, coupling: 1.3)
    try RandomCases.run(300) { random, label in
      let time = random.positiveDouble(exponents: -6...3) / cells
      let stored = try SpinKernel.storedEnergy(cells: cells, frequency: 0.7, coupling: 1.3, time: time)
      #expect((stored.value - stored.errorBound) / time <= greatest.value + greatest.errorBound, "\(label): \(time)")
    }
    // A bound of some 70 steps with 9u of their vectors each, times the states: here it must stay of use, not only true.
    #expect(greatest.errorBound < 1e-11 * cells * greatest.value)
  }

  /// One cell stores w0 sin^2(2 g tau); elsewhere the power at the time is the greatest one, which is flat there.
  @Test func `the optimal time is that of the greatest power`() throws {
    let one = try SpinKernel.optimalTime(cells: 1, frequency: 1, coupling: 0.5)
    let place = SineSquareMaximum.known.place
    #expect(abs(one.value - place.value) <= one.errorBound + place.errorBound)
    for cells in [2.0, 3, 10, 57, 300] {
      let time = try SpinKernel.optimalTime(cells: cells, frequency: 0.7, coupling: 1.3)
      let power = try SpinKernel.maximalPower(cells: cells, frequency: 0.7, coupling: 1.3)
      let stored = try SpinKernel.storedEnergy(cells: cells, frequency: 0.7, coupling: 1.3, time: time.value)
      let slack = (stored.errorBound / time.value + power.errorBound) * (1 + 0x1p-40)
      #expect(abs(stored.value / time.value - power.value) <= slack + 0x1p-50 * power.value)
      #expect(time.errorBound < 1e-10 * time.value)
      // Beside the time, farther than its bound, the power is lower by the square of the distance.
      for side in [-1.0, 1] {
        let other = time.value * (1 + side * 1e-4)
        let less = try SpinKernel.storedEnergy(cells: cells, frequency: 0.7, coupling: 1.3, time: other)
        #expect((less.value + less.errorBound) / other < power.value - power.errorBound, "N = \(cells)")
      }
    }
  }

  /// The product of frequency and coupling is the only scale.
  @Test func `the power scales with frequency and coupling`() throws {
    let one = try SpinKernel.maximalPower(cells: 20, frequency: 1, coupling: 1)
    let other = try SpinKernel.maximalPower(cells: 20, frequency: 0x1p-80, coupling: 0x1p70)
    #expect(other.value == one.value * 0x1p-10)
    #expect(try SpinKernel.advantage(cells: 1).value == 1)
  }

  @Test(arguments: [
    (0.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (65537, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (2.5, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (2, 0, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, .nan, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
  ])
  func `outside the domain the maximal power is refused`(
    _ n: Double, _ w: Double, _ g: Double, _ message: String
  ) {
    let refusal = #expect(throws: KernelRefusal.self) {
      try SpinKernel.maximalPower(cells: n, frequency: w, coupling: g)
    }
    #expect(refusal?.description == message)
    let time = #expect(throws: KernelRefusal.self) {
      try SpinKernel.optimalTime(cells: n, frequency: w, coupling: g)
    }
    #expect(time?.description == message)
  }

  @Test func `outside the domain the stored energy is refused`() {
    let refusal = #expect(throws: KernelRefusal.self) {
      try SpinKernel.storedEnergy(cells: 16385, frequency: 1, coupling: 1, time: 1)
    }
    #expect(refusal?.description == "N is outside the kernel's domain; accepted: integers from 1 to 16384")
    let long = #expect(throws: KernelRefusal.self) {
      try SpinKernel.storedEnergy(cells: 16384, frequency: 1, coupling: 1, time: 1)
    }
    #expect(long?.description == "2 g tau N^2/2 is outside the kernel's domain; accepted: up to 2^22")
  }

  /// The couplings over R are exact, so that no rounding of theirs is in the error bounds, and no row of the chain adds
  /// up to more than one.
  @Test(arguments: [1, 2, 3, 7, 50, 333, 1000, 4096])
  func `the scaled couplings are exact`(_ n: Int) throws {
    let chain = SpinChain(n)
    let inverse = try #require(Rational(exactly: chain.inverseScale))
    let couplings = (0..<n).map { ($0 + 1) * (n - $0) }
    for (k, coupling) in couplings.enumerated() {
      let fraction = try #require(Rational(exactly: chain.fractions[SpinChain.lead + k]))
      #expect(fraction == Rational(Integer(2 * coupling)) * inverse, "n = \(n), k = \(k)")
      let before = k > 0 ? couplings[k - 1] : 0
      #expect(Rational(Integer(before + coupling)) * inverse <= 1, "n = \(n), k = \(k)")
    }
  }
}
