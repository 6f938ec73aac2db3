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
