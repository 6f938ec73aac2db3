import Catalogue
import RandomInputs

/// Inputs for the audit of the star's kernels, biased to their corners.
enum StarAudit {
  /// Inputs of N, F, g: ladders in N; F/g of everyday, weak and strong drives, from 1e-30 to 1e30; corners of
  /// mantissas; the ends of the parameters' domains.
  ///
  /// For two cells and more F/g ends at 2^60.
  @Sendable static func couplings(full: Bool) -> [KernelInput] {
    points(full: full).map {
      KernelInput(.set(.cells, to: $0.cells), .set(.drive, to: $0.drive), .set(.coupling, to: $0.coupling))
    }
  }

  /// Inputs of N, w0, F, g: the same, with frequencies.
  @Sendable static func steady(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_250_814)
    return couplings(full: full).enumerated().map { place, input in
      let frequency = place % 4 == 0 ? 1 : random.positiveDouble(exponents: place % 8 == 1 ? -300...299 : -4...4)
      return input.adding(.set(.frequency, to: frequency))
    }
  }

  /// Inputs of N, w0, F, g, gamma, t: no dephasing, little, critical and much of it; times from very short to many
  /// turns; starts, and drives and couplings of zero.
  @Sendable static func times(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_250_815)
    return inTime(full: full, from: 20_250_816).map { input in
      input.adding(.set(.frequency, to: random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -4...4)))
    } + [
      moment(3, 0, 1, 1, 1).adding(.set(.frequency, to: 1)), moment(3, 1, 0, 1, 1).adding(.set(.frequency, to: 1)),
      moment(3, 1, 1, 1, 0).adding(.set(.frequency, to: 1)),
    ]
  }

  /// Inputs of N, F, g, gamma, t.
  @Sendable static func ratios(full: Bool) -> [KernelInput] { inTime(full: full, from: 20_250_817) }

  private static func inTime(full: Bool, from seed: UInt64) -> [KernelInput] {
    var random = SplitMix64(seed: seed)
    var inputs = [
      moment(1, 1, 1, 0, 1), moment(1, 1, 1, 4, 1), moment(2, 1, 1, 1, 5), moment(4, 0.5, 1, 0.1, 30),
      moment(10, 1, 1, 1, 20), moment(3, 1, 0.5, 2, 0x1p-20),
    ]
    for k in 0..<(full ? 160 : 24) {
      let cells = 1 + Double(random.next() % (k % 4 == 0 && full ? 24 : 6))
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -100...99 : -4...4)
      let drive = coupling * random.positiveDouble(exponents: random.next() % 4 == 0 ? -8...8 : -2...2)
      let rates = [0, coupling * random.positiveDouble(exponents: -10...10), 2 * drive, 4 * coupling]
      let dephasing = rates[Int(random.next() % 4)]
      let angle = random.positiveDouble(exponents: random.next() % 3 == 0 ? -12...0 : -1...8)
      inputs.append(moment(cells, drive, coupling, dephasing, angle / max(drive, coupling)))
    }
    return inputs
  }

  private static func moment(
    _ cells: Double, _ drive: Double, _ coupling: Double, _ dephasing: Double, _ time: Double
  ) -> KernelInput {
    KernelInput(
      .set(.cells, to: cells), .set(.drive, to: drive), .set(.coupling, to: coupling),
      .set(.dephasing, to: dephasing), .set(.time, to: time))
  }

  private static func points(full: Bool) -> [(cells: Double, drive: Double, coupling: Double)] {
    var random = SplitMix64(seed: 20_250_813)
    var inputs: [(cells: Double, drive: Double, coupling: Double)] = [
      (1, 1, 1), (1, 0.5, 1), (2, 1, 1), (4, 1, 1), (10, 0.1, 1), (30, 1, 1), (50, 1, 1), (60, 0.01, 1), (60, 10, 1),
      (1, 0x1p-300, 0x1p-100), (1, 0x1p300, 0x1p100), (2, 0x1p-300, 0x1p-300), (3, 0x1p300, 0x1p300),
      (2, 0x1p-100, 0x1p100), (1, 1e30, 1), (1, 1e-30, 1), (7, 1e18, 1), (7, 1e-30, 1), (3, 1, 1e13), (3, 1e13, 1),
    ]
    for k in 0..<(full ? 1000 : 40) {
      let cells = 1 + Double(random.next() % (k % 3 == 0 ? 8 : 60))
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -190...189 : -4...4)
      let ratio: Double
      switch random.next() % 4 {
      case 0: ratio = random.positiveDouble(exponents: -2...1)
      case 1: ratio = random.positiveDouble(exponents: -100...59)
      default: ratio = random.positiveDouble(exponents: -10...6)
      }
      inputs.append((cells, coupling * ratio, coupling))
    }
    return inputs
  }
}
