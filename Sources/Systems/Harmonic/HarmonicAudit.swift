import Catalogue
import RandomInputs

/// Inputs for the audit of the harmonic kernel, biased to its corners.
enum HarmonicAudit {
  /// Inputs of N, w0, g, tau: everyday values; phases that are nearest to multiples of pi/2, where sin^2 cancels or is
  /// greatest; phases up to the end of the domain; the ends of the domains of the parameters.
  @Sendable static func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_530)
    var inputs = [input(1, 1, 1, 1), input(1_000_003, 0.017, 5, 123_456.789), input(0x1p53, 1, 1, 0x1p17)]
    for _ in 0..<(full ? 4000 : 150) {
      let cells = (random.positiveDouble(exponents: 0...(random.next() % 4 == 0 ? 52 : 12))).rounded(.down)
      let frequency = random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -150...100 : -8...8)
      let unit = coupling * cells.squareRoot()
      let phase: Double
      switch random.next() % 4 {
      case 0: phase = random.positiveDouble(exponents: -40...3)
      case 1: phase = random.positiveDouble(exponents: 3...43)
      default:
        let quarter = (random.positiveDouble(exponents: 0...(random.next() % 2 == 0 ? 4 : 40))).rounded(.down)
        phase = quarter * (Double.pi / 2)
      }
      inputs.append(input(cells, frequency, coupling, phase / unit))
    }
    return inputs
  }

  /// Inputs of N, w0, g: squares and their neighbours, where the root rounds not at all or least; the ends of the
  /// domains.
  @Sendable static func scales(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_533)
    var inputs = [scale(1, 1, 1), scale(0x1p53, 1, 1), scale(0x1p53, 0x1p300, 0x1p300), scale(1, 0x1p-300, 0x1p-300)]
    for _ in 0..<(full ? 2000 : 100) {
      let root = random.positiveDouble(exponents: 0...(random.next() % 4 == 0 ? 25 : 5)).rounded(.down)
      let nudge = [0.0, 1, 1, -1][Int(random.next() % 4)]
      let cells = min(max(root * (root + (random.next() % 2 == 0 ? 0 : 1)) + nudge, 1), 0x1p53)
      let frequency = random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -8...8)
      inputs.append(scale(cells, frequency, coupling))
    }
    return inputs
  }

  private static func scale(_ cells: Double, _ frequency: Double, _ coupling: Double) -> KernelInput {
    KernelInput(.set(.cells, to: cells), .set(.frequency, to: frequency), .set(.coupling, to: coupling))
  }

  private static func input(_ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double) -> KernelInput {
    KernelInput(
      .set(.cells, to: cells), .set(.frequency, to: frequency), .set(.coupling, to: coupling),
      .set(.chargingTime, to: time))
  }
}
