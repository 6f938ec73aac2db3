/// Cases of states that are given by their elements. All elements are dyadic, so that spectra and degeneracies are exact.
extension CaseList {
  static let states: [CaseList] = [
    CaseList("state.ergotropy", inputs: ergotropies), CaseList("state.capacity", inputs: capacities),
    CaseList("state.sector-ergotropy", inputs: sectors),
  ]

  // MARK: - Matrices

  private static func matrix(_ rows: [[(Double, Double)]]) -> TaggedValue {
    .matrix(rows.map { $0.map { [$0.0.bitPattern, $0.1.bitPattern] } })
  }

  private static func diagonal(_ elements: [Double]) -> TaggedValue {
    matrix(elements.indices.map { i in elements.indices.map { ($0 == i ? elements[i] : 0, 0) } })
  }

  /// The projector on a vector of amplitudes, real and imaginary parts, whose products are exact in binary64.
  private static func pure(_ amplitudes: [(Double, Double)]) -> TaggedValue {
    matrix(amplitudes.map { a in amplitudes.map { b in (a.0 * b.0 + a.1 * b.1, a.1 * b.0 - a.0 * b.1) } })
  }

  /// The same states: no sign, order or transposition changes a difference of extreme energies, nor is it small in a passive state.
  private static let capacities: [(values: [TaggedValue], flags: [Flag])] = ergotropies.map {
    ($0.values, $0.flags.filter { [.degenerate, .multiplicity].contains($0) })
  }

  private static let ergotropies: [(values: [TaggedValue], flags: [Flag])] = [
    // A qubit: full, empty, mixed, and with a coherence.
    ([diagonal([0, 1]), diagonal([0, 1])], []),
    ([diagonal([0, 1]), diagonal([1, 0])], [.nearPassive]),
    ([diagonal([0, 1]), diagonal([0.5, 0.5])], [.nearPassive, .degenerate]),
    ([diagonal([0, 1]), matrix([[(0.5, 0), (0.5, 0)], [(0.5, 0), (0.5, 0)]])], []),
    // The sign of the energies: the excited state first.
    ([diagonal([1, -1]), diagonal([0.25, 0.75])], [.signConvention, .nearPassive]),
    ([diagonal([1, -1]), diagonal([0.75, 0.25])], [.signConvention]),
    // H and rho with imaginary parts: a transposition or a conjugation of one of them changes Tr(rho H).
    (
      [
        matrix([[(0, 0), (0, -0.5)], [(0, 0.5), (1, 0)]]),
        matrix([[(0.5, 0), (0.125, 0.25)], [(0.125, -0.25), (0.5, 0)]]),
      ], [.basisOrder, .signConvention]
    ),
    (
      [
        matrix([[(1, 0), (0, -0.25), (0.5, 0)], [(0, 0.25), (2, 0), (0, 1)], [(0.5, 0), (0, -1), (-1, 0)]]),
        matrix([
          [(0.25, 0), (0.125, 0.0625), (0, 0)], [(0.125, -0.0625), (0.5, 0), (0, 0.125)],
          [(0, 0), (0, -0.125), (0.25, 0)],
        ]),
      ], [.basisOrder, .signConvention]
    ),
    // Two qubits, the second one's index runs fastest: levels 0, 1, 2, 3 for frequencies 2 and 1.
    ([diagonal([0, 1, 2, 3]), diagonal([0.125, 0.5, 0.25, 0.125])], [.basisOrder]),
    ([diagonal([0, 1, 2, 3]), diagonal([0.125, 0.25, 0.5, 0.125])], [.basisOrder]),
    // Degenerate levels with a coherence between them.
    (
      [
        diagonal([0, 1, 1, 2]),
        matrix([
          [(0.25, 0), (0, 0), (0, 0), (0, 0)], [(0, 0), (0.25, 0), (0.25, 0), (0, 0)],
          [(0, 0), (0.25, 0), (0.25, 0), (0, 0)],
          [(0, 0), (0, 0), (0, 0), (0.25, 0)],
        ]),
      ], [.degenerate]
    ),
    // All populations equal but one pair that differs in the last place.
    (
      [diagonal([0, 1, 2, 3]), diagonal([0.25, 0.25.nextUp, 0.25 - 0x1p-54, 0.25])],
      [.degenerate, .nearPassive, .cancellation]
    ),
    // Passive but for a coherence of 2^-30: the ergotropy is about 2^-60.
    (
      [diagonal([0, 1]), matrix([[(0.75, 0), (0x1p-30, 0)], [(0x1p-30, 0), (0.25, 0)]])], [.nearPassive, .cancellation]
    ),
    (
      [
        diagonal([0, 1, 3]),
        matrix([
          [(0.5, 0), (0, 0x1p-40), (0, 0)], [(0, -0x1p-40), (0.375, 0), (0x1p-45, 0)],
          [(0, 0), (0x1p-45, 0), (0.125, 0)],
        ]),
      ], [.nearPassive, .cancellation, .basisOrder]
    ),
    // Far below the range of doubles: a coherence of 2^-600.
    (
      [diagonal([0, 1]), matrix([[(0.75, 0), (0, 0x1p-600)], [(0, -0x1p-600), (0.25, 0)]])],
      [.nearPassive, .cancellation]
    ),
    // Pure states.
    ([diagonal([0, 1, 2, 3]), pure([(0.5, 0), (0, 0.5), (-0.5, 0), (0, -0.5)])], [.degenerate]),
    ([matrix([[(0, 0), (1, 0)], [(1, 0), (0, 0)]]), pure([(1, 0), (0, 0)])], []),
    // Levels of many scales.
    ([diagonal([0, 0x1p-40, 1, 0x1p40]), diagonal([0.125, 0.5, 0.25, 0.125])], [.cancellation]),
    // Three cells one by one: levels of multiplicity 1, 3, 3, 1.
    (
      [
        diagonal([0, 1, 1, 2, 1, 2, 2, 3]),
        diagonal([0.125, 0.25, 0.125, 0, 0.25, 0.125, 0, 0.125]),
      ], [.multiplicity, .degenerate]
    ),
  ]

  // MARK: - Sectors

  private static func sector(_ n: Int, _ twiceSpin: Int, _ populations: [Double]) -> [TaggedValue] {
    [.integer("\(n)"), .integer("\(twiceSpin)"), .vector(populations.map(\.bitPattern))]
  }

  private static let sectors: [(values: [TaggedValue], flags: [Flag])] = [
    (sector(1, 1, [0, 1]), []),
    (sector(2, 0, [1]), []),
    // Three copies of j = 1: 4/3, where the sector alone would say 2.
    (sector(4, 2, [0, 1, 0]), [.multiplicity]),
    (sector(4, 4, [0, 0, 1, 0, 0]), [.multiplicity]),
    (sector(4, 2, [0.25, 0.25, 0.5]), [.multiplicity, .degenerate]),
    (sector(4, 2, [1, 0, 0]), [.multiplicity]),
    (sector(5, 3, [0.125, 0.375, 0.25, 0.25]), [.multiplicity, .degenerate]),
    (sector(6, 6, [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.015625]), [.multiplicity]),
    (sector(3, 1, [1, 0]), [.multiplicity]),
    (sector(100, 2, [0, 0.5, 0.5]), [.multiplicity]),
    (sector(1000, 0, [1]), [.multiplicity]),
  ]
}
