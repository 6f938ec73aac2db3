import Catalogue
import RandomInputs

/// Inputs for the audit of the quantum Dicke kernels, biased to their corners.
enum DickeAudit {
  /// Inputs of N, w0, g, tau: from the rotating-wave regime to strong coupling, times from very short to some optimal
  /// ones.
  @Sendable static func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_541)
    var inputs = [input(1, 1, 1, 1), input(2, 1, 0.5, 0.5), input(10, 1, 0.5, 0.4), input(1, 1, 0.01, 116)]
    if full {
      inputs += [input(50, 1, 0.5, 0.2), input(50, 1, 0.1, 0.9), input(50, 1, 2, 0.05), input(100, 1, 0.5, 0.1)]
    }
    for _ in 0..<(full ? 150 : 30) {
      let cells = random.positiveDouble(exponents: 0...(random.next() % 2 == 0 ? 2 : full ? 5 : 4)).rounded(.down)
      let unit = random.positiveDouble(exponents: random.next() % 8 == 0 ? -200...200 : -8...8)
      let coupling = unit * random.positiveDouble(exponents: random.next() % 4 == 0 ? -4...(-2) : -2...2)
      let scaled = random.positiveDouble(exponents: random.next() % 4 == 0 ? -30...0 : -2...1)
      inputs.append(input(cells, unit, coupling, scaled / (coupling * cells.squareRoot())))
    }
    return inputs
  }

  private static func input(_ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double) -> KernelInput {
    KernelInput(
      .set(.cells, to: cells), .set(.frequency, to: frequency), .set(.coupling, to: coupling),
      .set(.chargingTime, to: time))
  }

  /// Inputs of N, w0, g.
  @Sendable static func powerInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_542)
    let ladder: [Double] = [1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6] + (full ? [1, 2, 5, 10, 16, 24, 32, 50] : [])
    return ladder.map { n in
      let unit = random.positiveDouble(exponents: random.next() % 4 == 0 ? -200...200 : -8...8)
      let coupling = unit * random.positiveDouble(exponents: -4...1)
      return KernelInput(.set(.cells, to: n), .set(.frequency, to: unit), .set(.coupling, to: coupling))
    }
  }

  /// Inputs of N, w0, g, phase.
  @Sendable static func ratioInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_543)
    return powerInputs(full: full).map { $0.adding(.set(.phase, to: random.positiveDouble(exponents: -4...1))) }
  }
}
