import ArbitraryPrecision
import FastKernels
import RandomInputs
import TestSupport
import Testing

@Suite struct FreedomKernelTests {
  private func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 2400)) }

  private func check(_ answer: KernelValue, _ truth: Interval, _ label: String) throws {
    let error = (try exact(answer.value) - truth).magnitude.double(rounding: .up)
    #expect(error <= answer.errorBound, "\(label): \(error) beyond \(answer.errorBound)")
  }

  /// U and V from the squares that they solve, at the doubles.
  @Test func `bounds are within their errors`() throws {
    try RandomCases.run(300) { random, label in
      let n = random.positiveDouble(exponents: 0...(random.next() % 3 == 0 ? 51 : 5)).rounded(.down)
      let e = min(random.positiveDouble(exponents: random.next() % 4 == 0 ? -200...0 : -3...5), n)
      var p = random.next() % 2 == 0 ? random.positiveDouble(exponents: -6...(-1)) : 1 / Double(1 + random.next() % 9)
      if random.next() % 3 == 0 { p = 1 - random.positiveDouble(exponents: -53...(-1)) }
      p = min(max(p, (1 / (n + 1)).nextUp), 1)
      let (dn, de, dp) = (try exact(n), try exact(e), try exact(p))
      let u = (1 + (dn * ((dn + 1) * dp - 1)).squareRoot) / (dn + 1)
      let note = "\(label): N = \(n), e = \(e), P = \(p)"
      try check(FreedomKernel.upperBound(cells: n, energy: e, purity: p), 1 - (1 - u) / de, "upper, \(note)")
      let k = Rational(try #require(Rational(exactly: p)).power(-1).floor)
      let (low, next) = (Interval(k, precision: 2400), Interval(k + 1, precision: 2400))
      let v = (1 + ((dp * next - 1) / low).squareRoot) / next
      try check(FreedomKernel.lowerBound(cells: n, energy: e, purity: p), 1 - (1 - v) / de, "lower, \(note)")
      let m = 2 * e <= n ? de : dn - de
      try check(FreedomKernel.energyBound(cells: n, energy: e), 1 - 2 * m / ((2 * m + 1) * de), "energy, \(note)")
    }
  }

  @Test func `the flip is within its error down to the least double`() throws {
    try RandomCases.run(400) { random, label in
      let n = random.positiveDouble(exponents: 0...8).rounded(.down)
      let photons =
        random.next() % 2 == 0
        ? random.positiveDouble(exponents: -10...9)
        : 0x1.62e42fefa39efp-1 + random.positiveDouble(exponents: -53...(-3))
      guard photons < 730 else { return }
      let one = try exact(1)
      let truth = 1 / (try exact(n) * (try exact(photons).exponential - 1).maximum(one))
      try check(
        FreedomKernel.vacuumFlipDeficit(cells: n, photons: photons), truth, "\(label): N = \(n), nbar = \(photons)")
    }
    // Subnormal at N = 27.
    let last = try FreedomKernel.vacuumFlipDeficit(cells: 27, photons: 729)
    #expect(last.value > 0 && last.value < Double.leastNormalMagnitude && last.errorBound < last.value)
  }

  /// N = 1: rho = ((1 - e, s), (s, e)) with e = sum of P_n sin^2(k_n), s = sum of sqrt(P_n P_(n+1)) cos(k_n)
  /// sin(k_(n+1)), k_n = (pi/2) sqrt(n/nbar), in 600 bits.
  @Test(arguments: [0.25, 1, 4, 30.5]) func `one cell in a coherent mode has its sums`(_ nbar: Double) throws {
    func integer(_ n: Int) -> Interval { Interval(n, precision: 600) }
    let mean = try #require(Interval(exactly: nbar, precision: 600))
    var weight = (-mean).exponential
    var (energy, coherence) = (integer(0), integer(0))
    for n in 0..<400 {
      let next = weight * mean / (n + 1)
      let turn = Interval.pi(precision: 600).scaled(byPowerOfTwo: -1) / mean.squareRoot
      let (here, above) = (turn * integer(n).squareRoot, turn * integer(n + 1).squareRoot)
      energy += weight * here.sine.squared
      coherence += (weight * next).squareRoot * here.cosine * above.sine
      weight = next
    }
    let root = ((1 - 2 * energy).squared + 4 * coherence.squared).squareRoot
    let truth = (1 - root).scaled(byPowerOfTwo: -1) / energy
    let answer = try FreedomKernel.tavisCummingsDeficit(cells: 1, photons: nbar)
    let error = (try #require(Interval(exactly: answer.value, precision: 600)) - truth).magnitude
    #expect(error.double(rounding: .up) <= answer.errorBound)
    #expect(answer.errorBound < 1e-10)
  }

  @Test func `coherent modes outside the domain are refused`() {
    for (n, nbar, reason) in [
      (0.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 64"),
      (65, 1, "N is outside the kernel's domain; accepted: integers from 1 to 64"),
      (1, .nan, "nbar is outside the kernel's domain; accepted: 2^-10 to 2^26"),
      (1, 0x1p27, "nbar is outside the kernel's domain; accepted: 2^-10 to 2^26"),
      (
        64, 0x1p26, "the sectors take more work than the kernel does; accepted: fewer cells or photons"
      ),
    ] {
      #expect(throws: KernelRefusal(reason)) { try FreedomKernel.tavisCummingsDeficit(cells: n, photons: nbar) }
    }
  }

  @Test func `inputs outside the domains are refused`() {
    func reason(_ body: () throws -> KernelValue) -> String {
      let error = #expect(throws: KernelRefusal.self) { try body() }
      return error?.reason ?? ""
    }
    let cells = "N is outside the kernel's domain; accepted: integers from 1 to 2^52"
    for n in [0, 1.5, -1, 0x1p53, .nan, .infinity] {
      #expect(reason { try FreedomKernel.energyBound(cells: n, energy: 1) } == cells)
      #expect(reason { try FreedomKernel.vacuumFlipDeficit(cells: n, photons: 1) } == cells)
    }
    for e in [0, 3.5, -1, .nan] {
      #expect(
        reason { try FreedomKernel.upperBound(cells: 3, energy: e, purity: 1) }
          == "e is outside the kernel's domain; accepted: 2^-300 to N")
    }
    for p in [0.2, 1.1, -1, .nan] {
      #expect(
        reason { try FreedomKernel.lowerBound(cells: 3, energy: 1, purity: p) }
          == "P is outside the kernel's domain; accepted: 1/(N+1) to 1")
    }
    for nbar in [0, -1, .nan] {
      #expect(
        reason { try FreedomKernel.vacuumFlipDeficit(cells: 3, photons: nbar) }
          == "nbar is outside the kernel's domain; accepted: from 2^-300 on")
    }
    for (n, nbar) in [(28.0, 784.0), (60, 3600), (2, .infinity)] {
      #expect(
        reason { try FreedomKernel.vacuumFlipDeficit(cells: n, photons: nbar) }
          == "the value is below the least double, 2^-1074")
    }
  }
}
