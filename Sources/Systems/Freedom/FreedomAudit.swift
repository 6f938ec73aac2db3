import Catalogue
import RandomInputs

/// Inputs for the audit of the kernels of asymptotic freedom, biased to their corners.
enum FreedomAudit {
  /// Inputs of N, e, P: purities next to 1/k, to 1/(N+1) and to one; energies next to zeros of the bounds and to N.
  @Sendable static func purityInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_610)
    var inputs = [
      state(1, 1, 1), state(1, 0.5, 0.5), state(1, 1, 0.5), state(3, 0.75, 0.25), state(3, 1.5, 0x1.5555555555556p-2),
    ]
    for _ in 0..<(full ? 3000 : 80) {
      let n = cells(&random)
      let least = (1 / (n + 1)).nextUp
      var purity: Double
      switch random.next() % 5 {
      case 0: purity = 1 - random.positiveDouble(exponents: -53...(-2))
      case 1: purity = least
      case 2:
        purity = 1 / random.positiveDouble(exponents: 0...6).rounded(.down)
        purity = random.next() % 2 == 0 ? purity.nextUp : purity.nextDown
      default: purity = random.positiveDouble(exponents: -8...(-1))
      }
      purity = min(max(purity, least), 1)
      inputs.append(state(n, energy(&random, n, near: 1 - purity), purity))
    }
    return inputs
  }

  /// Inputs of N, e.
  @Sendable static func energyInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_611)
    var inputs = [level(1, 1), level(1, 0.5), level(4, 0.5), level(4, 4), level(4, 2)]
    for _ in 0..<(full ? 3000 : 80) {
      let n = cells(&random)
      inputs.append(level(n, energy(&random, n, near: 0.5)))
    }
    return inputs
  }

  /// Inputs of N, nbar: next to ln 2, from few photons to subnormal values and beyond.
  @Sendable static func flipInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_612)
    let (logarithm, n) = (0x1.62e42fefa39efp-1, 27.0)
    var inputs = [
      flip(1, logarithm), flip(7, logarithm.nextUp), flip(n, n * n), flip(28, 784), flip(60, 3600), flip(1, 1),
    ]
    for _ in 0..<(full ? 3000 : 80) {
      let photons: Double
      switch random.next() % 4 {
      case 0: photons = logarithm + random.positiveDouble(exponents: -52...(-4))
      case 1: photons = random.positiveDouble(exponents: 9...9) + 180
      default: photons = random.positiveDouble(exponents: random.next() % 4 == 0 ? -300...0 : -1...9)
      }
      inputs.append(flip(cells(&random), photons))
    }
    return inputs
  }

  /// Inputs of N, nbar: one cell and some, from less than a photon to many more than there are cells.
  @Sendable static func coherentInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_613)
    var inputs = [flip(1, 1), flip(2, 4), flip(3, 9), flip(1, 0x1p-10), flip(1, 100)]
    if full { inputs += [flip(10, 100), flip(20, 50), flip(4, 10_000), flip(16, 256), flip(30, 900)] }
    for _ in 0..<(full ? 60 : 14) {
      let cells = 1 + Double(random.next() % (full ? 12 : 4))
      inputs.append(flip(cells, random.positiveDouble(exponents: -6...(full ? 8 : 5))))
    }
    return inputs
  }

  private static func level(_ cells: Double, _ energy: Double) -> KernelInput {
    KernelInput(.set(.cells, to: cells), .set(.meanExcitations, to: energy))
  }

  private static func state(_ cells: Double, _ energy: Double, _ purity: Double) -> KernelInput {
    level(cells, energy).adding(.set(.purity, to: purity))
  }

  private static func flip(_ cells: Double, _ photons: Double) -> KernelInput {
    KernelInput(.set(.cells, to: cells), .set(.meanPhotons, to: photons))
  }

  private static func cells(_ random: inout SplitMix64) -> Double {
    random.positiveDouble(exponents: 0...(random.next() % 4 == 0 ? 50 : 6)).rounded(.down)
  }

  private static func energy(_ random: inout SplitMix64, _ n: Double, near zero: Double) -> Double {
    switch random.next() % 5 {
    case 0: return n
    case 1: return max(n - random.positiveDouble(exponents: -40...(-1)), n / 2)
    case 2 where zero > 0: return min(zero + random.positiveDouble(exponents: -60...(-10)), n)
    case 3: return min(random.positiveDouble(exponents: -300...0), n)
    default: return n * random.positiveDouble(exponents: -6...(-1))
    }
  }
}
