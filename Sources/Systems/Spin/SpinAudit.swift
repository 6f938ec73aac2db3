import Catalogue
import RandomInputs

/// Inputs for the audit of the spin kernel, biased to its corners.
enum SpinAudit {
  /// Inputs of N, w0, g, tau: times from very short to several periods, a period being about ln(4N)/(2 g N); few and
  /// many cells; frequencies and couplings at the ends of their domains.
  @Sendable static func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_531)
    var inputs = [input(1, 1, 1, 1), input(2, 1, 1, 0.5), input(200, 1, 1, 0.0075)]
    if full { inputs += [input(1000, 1, 1, 0.0015), input(5000, 1, 1, 0.0005), input(10_000, 1, 1, 0.0003)] }
    for _ in 0..<(full ? 400 : 110) {
      let largest = full ? (random.next() % 8 == 0 ? 10 : 7) : 5
      let cells = random.positiveDouble(exponents: 0...(random.next() % 2 == 0 ? 3 : largest)).rounded(.down)
      let frequency = random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -150...100 : -8...8)
      // x N of a few units is a few periods.
      let scaled = random.positiveDouble(
        exponents: random.next() % 4 == 0 ? -30...0 : -2...(random.next() % 4 == 0 ? 6 : 2))
      inputs.append(input(cells, frequency, coupling, scaled / (2 * coupling * cells)))
    }
    return inputs
  }

  private static func input(_ cells: Double, _ frequency: Double, _ coupling: Double, _ time: Double) -> KernelInput {
    KernelInput(
      .set(.cells, to: cells), .set(.frequency, to: frequency), .set(.coupling, to: coupling),
      .set(.chargingTime, to: time))
  }

  /// Numbers of cells whose maximal power is certified in reasonable time.
  private static func ladder(full: Bool) -> [Double] {
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 31, 50, 64] + (full ? [10, 12, 23, 100, 127, 200, 333, 512, 1000, 2048] : [])
  }

  /// Inputs of N, w0, g: the ladder with frequencies and couplings of all sizes.
  @Sendable static func powerInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_532)
    return ladder(full: full).map { n in
      let frequency = random.positiveDouble(exponents: random.next() % 4 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 4 == 0 ? -150...100 : -8...8)
      return KernelInput(.set(.cells, to: n), .set(.frequency, to: frequency), .set(.coupling, to: coupling))
    }
  }

  /// Inputs of N.
  @Sendable static func advantageInputs(full: Bool) -> [KernelInput] {
    ladder(full: full).map { KernelInput(.set(.cells, to: $0)) }
  }

  /// Inputs of N, w0, g, tau, theta-a, theta-b, phi: angles next to the poles, where spins stay long, and of many
  /// turns; times from very short to several turns; the start.
  @Sendable static func classicalInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_534)
    return classicalStarts(full ? 160 : 30, &random).enumerated().map { place, start in
      let scaled = random.positiveDouble(exponents: random.next() % 4 == 0 ? -40...0 : -2...(full ? 3 : 2))
      let time = place % 16 == 3 ? 0 : scaled / (2 * start.cells * start.coupling)
      return input(start.cells, start.frequency, start.coupling, time).adding(start.angles)
    }
  }

  /// Inputs of N, w0, g, theta-a, theta-b, phi: most of them charge at once, with the supremum for short times or
  /// later.
  @Sendable static func classicalPowerInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_535)
    return classicalStarts(full ? 80 : 18, &random).map { start in
      KernelInput(
        .set(.cells, to: start.cells), .set(.frequency, to: start.frequency), .set(.coupling, to: start.coupling)
      ).adding(start.angles)
    }
  }

  /// Inputs of N, theta-a, theta-b, phi: the ladder with angles of which the power is found soon.
  @Sendable static func classicalRatioInputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_190_536)
    let cells = ladder(full: full)
    return zip(cells, classicalStarts(cells.count, &random)).map { n, start in
      KernelInput(.set(.cells, to: n)).adding(start.angles)
    }
  }

  private struct ClassicalStart {
    let cells: Double
    let frequency: Double
    let coupling: Double
    let angles: [KernelInput.Entry]
  }

  private static func classicalStarts(_ count: Int, _ random: inout SplitMix64) -> [ClassicalStart] {
    (0..<count).map { place in
      let cells = random.positiveDouble(exponents: 0...(place % 4 == 0 ? 40 : 6)).rounded(.down)
      let frequency = random.positiveDouble(exponents: place % 8 == 0 ? -200...200 : -4...4)
      let coupling = random.positiveDouble(exponents: place % 8 == 1 ? -150...100 : -4...4)
      let pole = random.positiveDouble(exponents: -12...0)
      let charger = place % 3 == 0 ? pole : random.positiveDouble(exponents: -1...0)
      let battery = place % 3 == 1 ? Double.pi - pole / 4 : Double.pi / 2 + random.positiveDouble(exponents: -3...(-1))
      // The battery gains at once where the sine of phi is negative.
      let azimuth = (place % 8 == 4 ? 1 : -1) * random.positiveDouble(exponents: place % 7 == 0 ? 2...20 : -2...0)
      return ClassicalStart(
        cells: cells, frequency: frequency, coupling: coupling,
        angles: [.set(.chargerAngle, to: charger), .set(.batteryAngle, to: battery), .set(.azimuth, to: azimuth)])
    }
  }
}

extension KernelInput {
  /// These inputs and some more.
  fileprivate func adding(_ entries: [Entry]) -> KernelInput { entries.reduce(self) { $0.adding($1) } }
}
