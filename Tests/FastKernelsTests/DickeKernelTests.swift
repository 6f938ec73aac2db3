import ArbitraryPrecision
import TestSupport
import Testing

@testable import FastKernels

/// The bounds are held against certified values by the audits; here are laws and refusals.
@Suite struct DickeKernelTests {
  /// N, g and the greatest power for w0 = 1, by mpmath 1.3.0 with mp.dps = 45: Taylor steps in the same sector with up
  /// to 110 photons.
  @Test(arguments: [(1, 0.5, "0.41669970143690221708202898755"), (3, 2, "9.4195894331689058926555848386")])
  func `maximal powers are those of another program`(_ cells: Double, _ coupling: Double, _ truth: String) throws {
    let found = try DickeKernel.maximalPower(cells: cells, frequency: 1, coupling: coupling)
    // All numbers that round to the decimal.
    let printed = try Interval(text: truth + "?", precision: 128)
    let error = (try #require(Interval(exactly: found.value, precision: 128)) - printed).mignitude
    #expect(error.double(rounding: .up) <= found.errorBound)
  }

  /// No time beats the maximal power: the stored energy, by another kernel, at random times.
  @Test(arguments: [(1.0, 0.5), (1, 0.1), (2, 3), (5, 0.3), (11, 1)])
  func `no stored energy beats the maximal power`(_ cells: Double, _ coupling: Double) throws {
    let greatest = try DickeKernel.maximalPower(cells: cells, frequency: 1, coupling: coupling)
    var most = 0.0
    try RandomCases.run(40) { random, label in
      let time = random.positiveDouble(exponents: -3...2) / (coupling * cells.squareRoot())
      let stored = try DickeKernel.storedEnergy(cells: cells, frequency: 1, coupling: coupling, time: time)
      #expect((stored.value - stored.errorBound) / time <= greatest.value + greatest.errorBound, "\(label): \(time)")
      #expect(stored.errorBound < 1e-9 * cells, "\(label)")
      most = max(most, stored.value / time)
    }
    #expect(most > 0.8 * greatest.value)
    #expect(greatest.errorBound < 1e-10 * greatest.value)
  }

  /// The power at the time is the greatest one, and lower beside it; the search itself found the time without a bound.
  @Test(arguments: [(1.0, 0.5), (1, 0.1), (2, 3), (5, 0.3), (11, 1)])
  func `the optimal time is that of the greatest power`(_ cells: Double, _ coupling: Double) throws {
    let time = try DickeKernel.optimalTime(cells: cells, frequency: 1, coupling: coupling)
    let power = try DickeKernel.maximalPower(cells: cells, frequency: 1, coupling: coupling)
    #expect(time.errorBound < 1e-9 * time.value)
    let seed = try DickeKernel.powerSearch(cells: cells, frequency: 1, coupling: coupling).optimalTime
    #expect(abs(seed - time.value) < 1e-6 * time.value)
    for side in [-1.0, 0, 1] {
      let other = time.value * (1 + side * 1e-3)
      let stored = try DickeKernel.storedEnergy(cells: cells, frequency: 1, coupling: coupling, time: other)
      let slack = stored.errorBound / other + power.errorBound
      let missing = power.value - stored.value / other
      #expect(side == 0 ? abs(missing) <= slack + 0x1p-50 * power.value : missing > slack, "N = \(cells), \(side)")
    }
    let scaled = try DickeKernel.optimalTime(cells: cells, frequency: 0x1p-70, coupling: coupling * 0x1p-70)
    #expect(scaled.value == time.value * 0x1p70)
    let refusal = #expect(throws: KernelRefusal.self) {
      try DickeKernel.optimalTime(cells: 1001, frequency: 1, coupling: coupling)
    }
    #expect(refusal?.description == "N is outside the kernel's domain; accepted: integers from 1 to 1000")
  }

  /// Only g/w0 matters, apart from units.
  @Test func `energies and times scale with the frequency`() throws {
    let one = try DickeKernel.storedEnergy(cells: 6, frequency: 1, coupling: 0.5, time: 0.75)
    let other = try DickeKernel.storedEnergy(cells: 6, frequency: 0x1p90, coupling: 0x1p89, time: 0x1.8p-91)
    #expect(other.value == one.value * 0x1p90)
    let power = try DickeKernel.maximalPower(cells: 3, frequency: 1, coupling: 0.5)
    let scaled = try DickeKernel.maximalPower(cells: 3, frequency: 0x1p-70, coupling: 0x1p-71)
    #expect(scaled.value == power.value * 0x1p-140)
    #expect(try DickeKernel.advantage(cells: 1, frequency: 1, coupling: 0.3).value == 1)
    #expect(try DickeKernel.storedEnergy(cells: 9, frequency: 1, coupling: 1, time: 0).value == 0)
  }

  @Test(arguments: [
    (1001.0, 1.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 1000"),
    (0, 1, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 1000"),
    (2, .infinity, 1, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, -1, 1, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (2, 1, 1, -1, "tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300"),
    (2, 1, 1, 1e7, "tau times the norm of the Hamiltonian is outside the kernel's domain; accepted: up to 2^20"),
  ])
  func `outside the domain the stored energy is refused`(
    _ n: Double, _ w: Double, _ g: Double, _ tau: Double, _ message: String
  ) {
    let refusal = #expect(throws: KernelRefusal.self) {
      try DickeKernel.storedEnergy(cells: n, frequency: w, coupling: g, time: tau)
    }
    #expect(refusal?.description == message)
  }

  @Test func `searches that would not end are refused`() {
    let refusal = #expect(throws: KernelRefusal.self) {
      var search = DickePowerSearch(cells: 2, frequency: 1, coupling: 1e-9, work: 0x1p20)
      _ = try search.maximum()
    }
    #expect(
      refusal?.description
        == "the charging takes more work than the kernel does; accepted: up to 2^32 elements visited")
  }

  /// With more cells than the kernel takes, as 1000 cells get there only after a minute.
  @Test func `more states than there is memory for are refused`() {
    let refusal = #expect(throws: KernelRefusal.self) {
      var path = DickeLatticePath(cells: 1400, frequency: 1, coupling: 1)
      _ = try path.prepare(for: 0.001)
    }
    let expected = /about [0-9]+ photons are needed, more states than the kernel holds/
    #expect(refusal?.description.wholeMatch(of: expected) != nil, "\(refusal?.description ?? "")")
  }
}
