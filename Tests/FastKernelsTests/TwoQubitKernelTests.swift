import ArbitraryPrecision
import FastKernels
import RandomInputs
import TestSupport
import Testing

@Suite struct TwoQubitKernelTests {
  /// All quantities at the doubles, from p and 1 - p in 1600-bit enclosures by formulas other than the kernel's.
  private func truth(
    _ output: TwoQubitKernel.Output, _ wb: Double, _ wc: Double, _ j: Double, _ t: Double
  ) throws -> Interval {
    func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 1600)) }
    let (b, c, exchange) = (try exact(wb), try exact(wc), try exact(j))
    let rate2 = (b - c).squared + exchange.squared
    // The angle 2x from the half-angle formulas.
    let double = 2 * (rate2.squareRoot * (try exact(t)))
    let p = exchange.squared * (1 - double.cosine) / (2 * rate2)
    let ratio = (1 - 2 * p).absoluteValue
    let entangled = (1 - ratio.squared).maximum(Interval(0, precision: 1600)).squareRoot
    switch output {
    case .battery: return 2 * b * ratio
    case .charger: return 2 * c * ratio
    case .total: return 2 * (b + c)
    case .residual: return 2 * (b + c) * (1 - ratio)
    case .concurrence, .coherence: return entangled
    case .negativity: return entangled / 2
    case .steering: return (3 - 2 * ratio.squared).squareRoot
    case .bell: return 2 * (2 - ratio.squared).squareRoot
    case .imaginarity: return (exchange.squared / rate2).squareRoot * double.sine.absoluteValue
    case .texture: return (1 + ratio.squared).squareRoot / 2
    }
  }

  private func check(_ wb: Double, _ wc: Double, _ j: Double, _ t: Double, _ label: String) throws {
    for output in TwoQubitKernel.Output.allCases {
      let answer = try TwoQubitKernel.value(of: output, battery: wb, charger: wc, exchange: j, phases: 3, time: t)
      let value = try #require(Interval(exactly: answer.value, precision: 1600))
      let error = (value - (try truth(output, wb, wc, j, t))).magnitude.double(rounding: .up)
      #expect(
        error <= answer.errorBound,
        "\(label), \(output): wb=\(wb) wc=\(wc) J1=\(j) t=\(t): \(error) > \(answer.errorBound)")
    }
  }

  /// Seen to fail without the low part of Om, of its square or of wb - wc, and with 2 u in place of 24 u or of 20.1 u.
  @Test func `the promised bounds hold over the whole domain`() throws {
    try RandomCases.run(150) { random, label in
      let isWide = random.next() % 4 == 0
      let wc = random.positiveDouble(exponents: isWide ? -199...198 : -3...3)
      var wb = wc
      switch random.next() % 4 {
      case 0: break
      case 1: wb = wc.nextUp
      case 2: wb = wc * random.positiveDouble(exponents: -1...1)
      default: wb = random.positiveDouble(exponents: isWide ? -199...199 : -3...3)
      }
      wb = min(max(wb, 0x1p-200), 0x1p200)
      let delta = abs(wb - wc)
      var j =
        (delta > 0 && random.next() % 2 == 0 ? delta : wc)
        * random.positiveDouble(exponents: random.next() % 3 == 0 ? -60...60 : -2...2)
      if random.next() % 8 == 0, delta > 0 { j = delta }
      j = min(max(j, 0x1p-200), 0x1p200) * (random.next() % 2 == 0 ? 1 : -1)
      let rate = (delta * delta + j * j).squareRoot()
      let phase: Double
      switch random.next() % 3 {
      case 0: phase = random.positiveDouble(exponents: -60...42)
      case 1: phase = random.positiveDouble(exponents: 0...42).rounded(.down) * (Double.pi / 4)
      default: phase = random.positiveDouble(exponents: -4...4)
      }
      let t = phase / rate
      guard t >= 0x1p-200, t <= 0x1p200 else { return }
      try check(wb, wc, j, t, label)
    }
  }

  /// The doubles nearest to multiples of pi/4, with and without detuning.
  @Test func `the bounds hold next to multiples of a quarter turn`() throws {
    for k in 1...8 {
      let t = Double(k) * (Double.pi / 4)
      for time in [t.nextDown, t, t.nextUp] {
        try check(1, 1, 1, time, "k = \(k)")
        try check(2, 1, -1, time / 2.0.squareRoot(), "k = \(k)")
        try check(1.nextUp, 1, 1, time, "k = \(k)")
      }
    }
  }

  @Test func `ordinary inputs are right to a few ulps of one`() throws {
    for output in TwoQubitKernel.Output.allCases {
      let answer = try TwoQubitKernel.value(of: output, battery: 1.3, charger: 0.9, exchange: 0.7, phases: 0, time: 1.1)
      #expect(answer.errorBound < 2e-14)
    }
  }

  @Test func `nothing is exchanged without coupling or time, exactly`() throws {
    for (j, t) in [(0.0, 5.0), (3.0, 0.0), (0, 0)] {
      for (output, value) in [
        (TwoQubitKernel.Output.residual, 0.0), (.concurrence, 0), (.negativity, 0),
        (.coherence, 0),
        (.imaginarity, 0), (.steering, 1), (.bell, 2),
      ] {
        let answer = try TwoQubitKernel.value(of: output, battery: 1.1, charger: 0.5, exchange: j, phases: 0, time: t)
        #expect(answer == KernelValue(value: value, errorBound: 0), "\(output)")
      }
    }
  }

  @Test(arguments: [
    (0.0, 1.0, 1.0, 0.0, 1.0, "wb is outside the kernel's domain; accepted: 2^-200 to 2^200"),
    (.nan, 1, 1, 0, 1, "wb is outside the kernel's domain; accepted: 2^-200 to 2^200"),
    (1, .infinity, 1, 0, 1, "wc is outside the kernel's domain; accepted: 2^-200 to 2^200"),
    (1, 1, 1e-100, 0, 1, "J1 is outside the kernel's domain; accepted: 0 and magnitudes of 2^-200 to 2^200"),
    (1, 1, .nan, 0, 1, "J1 is outside the kernel's domain; accepted: 0 and magnitudes of 2^-200 to 2^200"),
    (1, 1, 1, .infinity, 1, "J2 is outside the kernel's domain; accepted: finite numbers"),
    (1, 1, 1, 0, -1, "t is outside the kernel's domain; accepted: 0 and 2^-200 to 2^200"),
    (1, 1, 1, 0, 1e14, "Om t is outside the kernel's domain; accepted: up to 2^44"),
  ])
  func `inputs outside the domain are refused`(
    _ wb: Double, _ wc: Double, _ j: Double, _ phases: Double, _ t: Double, _ reason: String
  ) {
    for output in [TwoQubitKernel.Output.battery, .total, .imaginarity] {
      #expect(throws: KernelRefusal(reason)) {
        try TwoQubitKernel.value(of: output, battery: wb, charger: wc, exchange: j, phases: phases, time: t)
      }
    }
  }
}
