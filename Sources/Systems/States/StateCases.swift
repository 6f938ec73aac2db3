import Catalogue

/// Cases of states that are given by their elements. All elements are dyadic, so that spectra and degeneracies are
/// exact.
enum StateCases {
  static let all: [CaseList] = [
    CaseList("state.ergotropy", inputs: ergotropies).refusing(StateFaults.matrices),
    CaseList("state.capacity", inputs: capacities).refusing(StateFaults.matrices),
    CaseList("state.sector-ergotropy", inputs: sectors).refusing(StateFaults.sectors),
    CaseList("state.local-ergotropy", inputs: parts).refusing(StateFaults.parts),
    CaseList("state.negativity", inputs: entangled).refusing(StateFaults.entangled),
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

  /// The same states: no sign, order or transposition changes a difference of extreme energies, nor is it small in a
  /// passive state.
  private static let capacities: [(values: [TaggedValue], flags: [CaseFlag])] = ergotropies.map {
    ($0.values, $0.flags.filter { [.degenerate, .multiplicity].contains($0) })
  }

  private static let ergotropies: [(values: [TaggedValue], flags: [CaseFlag])] = [
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
    // Sx = X1 + X2 + X3 of three qubits, whose levels -3, -1, 1, 3 are degenerate and whose eigenvectors a general
    // solver does not make orthogonal, with degenerate states of full rank: (1 + (Sx^2 - 3)/16)/8, which commutes with
    // Sx, ergotropy 1/4;
    ([threeSpins, real(8) { $0 == $1 ? 0.125 : flips($0 ^ $1) == 2 ? 0x1p-6 : 0 }], [.degenerate]),
    // (1 + (Sy^2 - 3)/16)/8, which does not, with the same spectrum and no energy either;
    (
      [
        threeSpins,
        real(8) { $0 == $1 ? 0.125 : flips($0 ^ $1) == 2 ? (flips($1 & ($0 ^ $1)) == 1 ? 0x1p-6 : -0x1p-6) : 0 },
      ], [.degenerate, .basisOrder, .signConvention]
    ),
    // (1 + X1/4 + Z2 Z3/4)/8, which does not either and has energy: ergotropy 3/4.
    (
      [threeSpins, real(8) { $0 == $1 ? 0.125 + (flips($0 & 3) == 1 ? -0x1p-5 : 0x1p-5) : $0 ^ $1 == 4 ? 0x1p-5 : 0 }],
      [.degenerate, .basisOrder]
    ),
  ]

  private static func real(_ n: Int, _ element: (Int, Int) -> Double) -> TaggedValue {
    matrix((0..<n).map { i in (0..<n).map { (element(i, $0), 0) } })
  }

  private static func flips(_ bits: Int) -> Int { bits.nonzeroBitCount }

  private static let threeSpins = real(8) { flips($0 ^ $1) == 1 ? 1 : 0 }

  // MARK: - Two parts of unequal dimensions

  /// A mixture of vectors, given by integers and divided by 4; products of the weights and elements are exact in
  /// binary64.
  private static func mixture(_ parts: [(weight: Double, amplitudes: [(Double, Double)])]) -> TaggedValue {
    let n = parts[0].amplitudes.count
    return matrix(
      (0..<n).map { i in
        (0..<n).map { j in
          parts.reduce(into: (0.0, 0.0)) { sum, part in
            let (a, b) = (part.amplitudes[i], part.amplitudes[j])
            sum.0 += part.weight / 16 * (a.0 * b.0 + a.1 * b.1)
            sum.1 += part.weight / 16 * (a.1 * b.0 - a.0 * b.1)
          }
        }
      })
  }

  private static let amplitudes: [[(Double, Double)]] = [
    [(0, -1), (1, 0), (0, 0), (-1, 1), (-2, -2), (-2, 0)], [(-1, 2), (1, 0), (-1, -1), (1, -1), (-1, 1), (-2, 0)],
  ]
  private static let six = mixture([(0.75, amplitudes[0]), (0.25, amplitudes[1])])

  private static let parts: [(values: [TaggedValue], flags: [CaseFlag])] = [
    // Two and three levels: a qubit as charger of a qutrit, and the other way round, in the same state.
    ([diagonal([0, 1, 2]), six], [.basisOrder]),
    ([diagonal([0, 1]), six], [.basisOrder]),
    (
      [matrix([[(0, 0), (0, -0.5), (1, 0)], [(0, 0.5), (1, 0), (0.25, 0)], [(1, 0), (0.25, 0), (-1, 0)]]), six],
      [.basisOrder, .signConvention]
    ),
    // A pure state of both, mixed in each.
    ([diagonal([0, 1, 3]), mixture([(1, amplitudes[0])])], [.basisOrder]),
    // Two and four levels with a degenerate one.
    (
      [
        diagonal([0, 1, 1, 2]),
        mixture([
          (0.5, [(2, 0), (0, 0), (0, 2), (0, 0), (0, 0), (2, 0), (0, 0), (0, 2)]),
          (0.5, [(0, 0), (0, 1), (0, 0), (3, 0), (1, 0), (0, 0), (2, 0), (0, 1)]),
        ]),
      ], [.basisOrder, .degenerate]
    ),
    // One part is all.
    ([diagonal([0, 1, 2, 3, 4, 5]), six], [.basisOrder]),
  ]

  private static func dimensions(_ first: Double, _ second: Double) -> TaggedValue {
    .vector([first.bitPattern, second.bitPattern])
  }

  private static let entangled: [(values: [TaggedValue], flags: [CaseFlag])] = [
    // (|01> + |10>)/sqrt 2 of two and three levels; taken for three and two it is a product.
    ([real(6) { [1, 3].contains($0) && [1, 3].contains($1) ? 0.5 : 0 }, dimensions(2, 3)], [.basisOrder]),
    // Two negative eigenvalues of the partial transpose, as many as two and three levels allow, and the same matrix for
    // three and two.
    ([six, dimensions(2, 3)], [.basisOrder]),
    ([six, dimensions(3, 2)], [.basisOrder]),
    // Pure, three and three levels: three negative ones.
    (
      [
        mixture([(1, [(2, 0), (2, 0), (0, 0), (0, 0), (2, 0), (0, 0), (0, 0), (0, 0), (0, 2)])]), dimensions(3, 3),
      ], [.basisOrder]
    ),
    // Two qubits in a Bell state, and in a mixture whose populations hide it.
    ([real(4) { ($0 == 0 || $0 == 3) && ($1 == 0 || $1 == 3) ? 0.5 : 0 }, dimensions(2, 2)], [.degenerate]),
    (
      [
        real(4) { $0 == $1 ? ($0 == 0 || $0 == 3 ? 0.125 : 0.375) : $0 + $1 == 3 && $0 * $1 != 0 ? -0.3125 : 0 },
        dimensions(2, 2),
      ], [.degenerate]
    ),
    // Two and four levels, in two entangled pairs of them: the four negative eigenvalues of a pure one become fewer.
    (
      [
        mixture([
          (0.75, [(2, 0), (0, 0), (0, 2), (0, 0), (0, 0), (2, 0), (0, 0), (0, 2)]),
          (0.25, [(0, 0), (0, 1), (0, 0), (3, 0), (1, 0), (0, 0), (2, 0), (0, 1)]),
        ]), dimensions(2, 4),
      ], [.basisOrder]
    ),
  ]

  // MARK: - Sectors

  private static func sector(_ n: Int, _ twiceSpin: Int, _ populations: [Double]) -> [TaggedValue] {
    [.integer("\(n)"), .integer("\(twiceSpin)"), .vector(populations.map(\.bitPattern))]
  }

  private static let sectors: [(values: [TaggedValue], flags: [CaseFlag])] = [
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
