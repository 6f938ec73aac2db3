import RandomInputs

/// Inputs for the audit of the spin kernel, biased to its corners.
enum SpinAudit {
  /// Texts of N, w0, g, tau: times from very short to several periods, a period being about ln(4N)/(2 g N); few and
  /// many cells; frequencies and couplings at the ends of their domains.
  @Sendable static func inputs(full: Bool) -> [[String]] {
    var random = SplitMix64(seed: 20_190_531)
    var inputs: [[Double]] = [[1, 1, 1, 1], [2, 1, 1, 0.5], [200, 1, 1, 0.0075]]
    if full { inputs += [[1000, 1, 1, 0.0015], [5000, 1, 1, 0.0005], [10_000, 1, 1, 0.0003]] }
    for _ in 0..<(full ? 400 : 110) {
      let largest = full ? (random.next() % 8 == 0 ? 10 : 7) : 5
      let cells = random.positiveDouble(exponents: 0...(random.next() % 2 == 0 ? 3 : largest)).rounded(.down)
      let frequency = random.positiveDouble(exponents: random.next() % 8 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 8 == 0 ? -150...100 : -8...8)
      // x N of a few units is a few periods.
      let scaled = random.positiveDouble(
        exponents: random.next() % 4 == 0 ? -30...0 : -2...(random.next() % 4 == 0 ? 6 : 2))
      inputs.append([cells, frequency, coupling, scaled / (2 * coupling * cells)])
    }
    return inputs.map { $0.map { "\($0)" } }
  }

  /// Numbers of cells whose maximal power is certified in reasonable time.
  private static func ladder(full: Bool) -> [Int] {
    Array(1...9) + [16, 17, 31, 50, 64] + (full ? [10, 12, 23, 100, 127, 200, 333, 512, 1000, 2048] : [])
  }

  /// Texts of N, w0, g: the ladder with frequencies and couplings of all sizes.
  @Sendable static func powerInputs(full: Bool) -> [[String]] {
    var random = SplitMix64(seed: 20_190_532)
    return ladder(full: full).map { n in
      let frequency = random.positiveDouble(exponents: random.next() % 4 == 0 ? -300...299 : -8...8)
      let coupling = random.positiveDouble(exponents: random.next() % 4 == 0 ? -150...100 : -8...8)
      return ["\(n)", "\(frequency)", "\(coupling)"]
    }
  }

  /// Texts of N.
  @Sendable static func advantageInputs(full: Bool) -> [[String]] { ladder(full: full).map { ["\($0)"] } }
}
