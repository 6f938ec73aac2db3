import Catalogue
import RandomInputs

/// Inputs for the audits of the kernels of the classical Dicke battery, biased to their corners.
///
/// What matters is c/w0 = sqrt(2N) g/w0 and s = 2 c tau; N and w0 are scales.
enum ClassicalDickeAudit {
  /// Inputs of N, w0, g, tau, phase: times from very short to the first maximum and, in full, some revivals.
  @Sendable static func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_541)
    var inputs = [
      input(1, 1, 0.5, 0.5, .pi / 4), input(2, 1, 0.5, 1, .pi / 4), input(50, 1, 0.5, 0.125, .pi / 4),
      input(1, 1, 1, 0x1p-40, 1),
    ]
    if full {
      inputs += [input(1, 1, 0.05, 40, .pi / 4), input(20, 1, 0.01, 60, 0.5), input(1_000_000, 1, 0.001, 3, 2)]
    }
    for _ in 0..<(full ? 120 : 20) {
      let cells = random.positiveDouble(exponents: 0...(random.next() % 4 == 0 ? 20 : 4)).rounded(.down)
      let frequency = frequency(full, &random)
      let ratio = random.positiveDouble(exponents: full ? -5...6 : -3...0)
      let coupling = frequency * ratio / (2 * cells).squareRoot()
      let longest = full ? 4 : 0
      let time = random.positiveDouble(exponents: random.next() % 3 == 0 ? -30 ... -2 : -1...longest)
      inputs.append(input(cells, frequency, coupling, time / (2 * frequency * ratio), phase(&random)))
    }
    return inputs
  }

  /// Inputs of N, w0, g, phase.
  @Sendable static func powerInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_542)
    var inputs = [powerInput(1, 1, 0.5, .pi / 4), powerInput(2, 1, 0.5, 0.5)]
    if full {
      inputs += [
        powerInput(1, 1, 0.005, .pi / 4), powerInput(1, 1, 0.05, 1), powerInput(50, 1, 0.5, .pi / 4),
        powerInput(1, 1, 5, .pi / 4), powerInput(1_000_000, 1, 5, 2),
      ]
    }
    for cells in ladder(full: full) {
      let frequency = frequency(full, &random)
      let ratio = random.positiveDouble(exponents: full ? -6...6 : -1...0)
      inputs.append(powerInput(cells, frequency, frequency * ratio / (2 * cells).squareRoot(), phase(&random)))
    }
    return inputs
  }

  /// Inputs of N, w0, g, phase for the advantage: one coupling that the cells share, so that the power of one cell is
  /// found once.
  @Sendable static func advantageInputs(full: Bool) -> [KernelInput] {
    let couplings = full ? [0.005, 0.05, 0.5, 5] : [0.375]
    return couplings.flatMap { coupling in
      (full ? [1, 2, 3, 5, 10, 50, 1000, 1_000_000] : (1...14).map(Double.init)).map { cells in
        powerInput(cells, 1, coupling, 0.75)
      }
    }
  }

  private static func input(
    _ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double, _ phase: Double
  ) -> KernelInput {
    powerInput(cells, frequency, coupling, phase).adding(.set(.chargingTime, to: time))
  }

  private static func powerInput(_ cells: Double, _ frequency: Double, _ coupling: Double, _ phase: Double)
    -> KernelInput
  {
    KernelInput(
      .set(.cells, to: cells), .set(.frequency, to: frequency), .set(.coupling, to: coupling), .set(.phase, to: phase))
  }

  private static func ladder(full: Bool) -> [Double] {
    [1, 1, 2, 3, 4, 7, 8, 16, 17, 50, 64, 1000, 1_000_000] + (full ? [1, 2, 5, 10, 31, 100, 127, 4096, 99_999] : [])
  }

  /// Frequencies that the certified value can take: its steps shorten with w0^2 tau. The kernel is a function of the
  /// ratios alone, which a test holds for frequencies of all sizes.
  private static func frequency(_ full: Bool, _ random: inout SplitMix64) -> Double {
    random.positiveDouble(exponents: full ? -3...2 : -1...0)
  }

  /// Quarters of the circle where the battery charges fast, and angles of many turns.
  private static func phase(_ random: inout SplitMix64) -> Double {
    let sign: Double = random.next() % 2 == 0 ? 1 : -1
    switch random.next() % 4 {
    case 0: return sign * Double.pi / 4
    case 1: return sign * random.positiveDouble(exponents: 2...20)
    default: return sign * random.positiveDouble(exponents: -2...1)
    }
  }
}
