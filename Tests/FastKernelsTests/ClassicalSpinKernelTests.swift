import FastKernels
import RandomInputs
import TestSupport
import Testing

/// The bounds are held against certified values by the audits; here are laws and refusals.
@Suite struct ClassicalSpinKernelTests {
  private func angles(_ random: inout SplitMix64) -> ClassicalSpinKernel.Angles {
    ClassicalSpinKernel.Angles(
      charger: random.positiveDouble(exponents: -6...1), battery: random.positiveDouble(exponents: -6...1),
      azimuth: -random.positiveDouble(exponents: -3...0))
  }

  /// No time beats the maximal power; the stored energies are those of single times.
  @Test func `no stored energy beats the maximal power`() throws {
    var answered = 0
    try RandomCases.run(60) { random, label in
      let angles = angles(&random)
      guard
        let power = try? ClassicalSpinKernel.maximalPower(cells: 3, frequency: 0.7, coupling: 1.3, angles: angles)
      else { return }
      answered += 1
      let start = try ClassicalSpinKernel.storedEnergy(
        cells: 3, frequency: 0.7, coupling: 1.3, time: 0, angles: angles)
      for _ in 0..<40 {
        let time = random.positiveDouble(exponents: -12...0)
        let stored = try ClassicalSpinKernel.storedEnergy(
          cells: 3, frequency: 0.7, coupling: 1.3, time: time, angles: angles)
        let gain = stored.value - start.value
        #expect(
          (gain - stored.errorBound - start.errorBound) / time <= power.value + power.errorBound + 1e-14,
          "\(label): \(time)")
      }
    }
    #expect(answered > 30)
  }

  /// The supremum is the limit for short times, N^2 g w0 sin(theta-a) sin(theta-b) sin(-phi), for a battery above the
  /// charger.
  @Test func `a battery above the charger charges best at once`() throws {
    let angles = ClassicalSpinKernel.Angles(charger: 2, battery: 1, azimuth: -0.5)
    let power = try ClassicalSpinKernel.maximalPower(cells: 2, frequency: 1, coupling: 1, angles: angles)
    // mpmath, mp.dps = 20: 4 sin(2) sin(1) sin(1/2) = 1.4673248197934277728.
    #expect(abs(power.value - 1.467_324_819_793_427_8) <= power.errorBound + 0x1p-50)
    #expect(power.errorBound < 1e-12)
  }

  @Test func `spins on the axis stand still`() throws {
    let angles = ClassicalSpinKernel.Angles(charger: 0, battery: .pi, azimuth: 0)
    let stored = try ClassicalSpinKernel.storedEnergy(cells: 5, frequency: 1, coupling: 1, time: 0.5, angles: angles)
    #expect(abs(stored.value) <= stored.errorBound)
    #expect(stored.errorBound < 1e-11)
  }

  @Test func `inputs outside the domain are refused`() {
    func reason(_ body: () throws -> KernelValue) -> String {
      let error = #expect(throws: KernelRefusal.self) { try body() }
      return error?.reason ?? ""
    }
    let plain = ClassicalSpinKernel.Angles(charger: 1, battery: 2, azimuth: -1)
    #expect(
      reason { try ClassicalSpinKernel.storedEnergy(cells: 1, frequency: 1, coupling: 1, time: 13, angles: plain) }
        == "2 g N tau is outside the kernel's domain; accepted: up to 24")
    #expect(
      reason { try ClassicalSpinKernel.storedEnergy(cells: 0.5, frequency: 1, coupling: 1, time: 1, angles: plain) }
        == "N is outside the kernel's domain; accepted: integers from 1 to 2^53")
    for (name, angles) in [
      ("theta-a", ClassicalSpinKernel.Angles(charger: .nan, battery: 1, azimuth: 1)),
      ("theta-b", ClassicalSpinKernel.Angles(charger: 1, battery: 0x1p45, azimuth: 1)),
      ("phi", ClassicalSpinKernel.Angles(charger: 1, battery: 1, azimuth: .infinity)),
    ] {
      #expect(
        reason { try ClassicalSpinKernel.maximalPower(cells: 1, frequency: 1, coupling: 1, angles: angles) }
          == "\(name) is outside the kernel's domain; accepted: -2^44 to 2^44")
    }
    let still = ClassicalSpinKernel.Angles(charger: 0, battery: 0, azimuth: 0)
    #expect(
      reason { try ClassicalSpinKernel.maximalPower(cells: 1, frequency: 1, coupling: 1, angles: still) }
        == "no positive power was closed up to 2 g N tau = 24")
  }
}
