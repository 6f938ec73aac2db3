import Catalogue

/// Cases of asymptotic freedom. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum FreedomCases {
  /// Purities and energies that no state has.
  private static let purities: [CaseList.Fault] = [
    CaseList.Fault("purity-above-one", "P = 1.5", ["P": .double(1.5)]),
    CaseList.Fault("purity-too-low", "P < 1/(N+1)", ["P": .double(0x1p-40)]),
    CaseList.Fault("energy-above-N", "e > N", ["N": .integer("2"), "e": .double(2.5), "P": .double(1)]),
  ]

  /// Energies that no state has.
  private static let energies: [CaseList.Fault] = [
    CaseList.Fault("energy-above-N", "e > N", ["N": .integer("2"), "e": .double(2.5)]),
    CaseList.Fault("energy-zero", "e = 0", ["e": .double(0)]),
  ]

  static let all: [CaseList] = [
    CaseList(
      "freedom.lower-bound",
      [
        "1 1 1", "1 0.5 0.5 near-passive", "3 0.75 0.25 multiplicity near-passive", "10 5 0.5 multiplicity",
        "4 2 0x1.fffffffffffffp-2 degenerate",
        "100 50 0.0625 multiplicity", "1000000 500000 0.5 multiplicity",
        "5 4 0x1.fffffffffffffp-1 cancellation multiplicity",
        "3 1.5 0x1.5555555555556p-2 degenerate",
      ], generated: 3
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit()), .double(0.5 + 0.5 * r.unit())]
    }.refusing(purities),
    CaseList(
      "freedom.upper-bound",
      [
        "1 1 1", "1 0.5 0.5 near-passive", "10 5 0.5 multiplicity", "100 50 0.0625 multiplicity",
        "5 4 0x1.fffffffffffffp-1 cancellation multiplicity", "4 2 0.2 degenerate multiplicity",
      ],
      generated: 3
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit()), .double(0.5 + 0.5 * r.unit())]
    }.refusing(purities),
    CaseList(
      "freedom.energy-bound",
      ["1 1", "1 0.5", "4 2 multiplicity", "100 50 multiplicity", "4 0x1.0000000000001p-1 cancellation", "10 9.75"],
      generated: 2
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit())]
    }.refusing(energies),
    CaseList(
      "freedom.energy-bound-sharp",
      ["1 1", "4 2 multiplicity", "4 1.75 multiplicity", "100 50 multiplicity", "10 9.75 multiplicity"], generated: 2
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit())]
    }.refusing(energies),
    CaseList(
      "freedom.tavis-cummings-deficit",
      [
        "1 4 truncation", "2 9 truncation multiplicity", "3 16 truncation multiplicity",
        "4 2.5 truncation multiplicity",
      ]),
    CaseList(
      "freedom.tavis-cummings-energy",
      [
        "1 4 truncation", "2 9 truncation multiplicity", "3 16 truncation multiplicity", "4 2.5 truncation",
        "2 400 truncation multiplicity",
      ]),
    CaseList(
      "freedom.vacuum-flip-deficit",
      [
        "1 0.25", "2 4 multiplicity", "10 30 multiplicity", "10 0.6931471805599453 degenerate",
        "100 100 multiplicity cancellation",
        "7 0x1.62e42fefa39f0p-1 degenerate", "30 800 cancellation multiplicity", "5 3000 cancellation",
      ], generated: 3
    ) { [.cells($0, 1...50), .double($0, -3...5)] },
    CaseList(
      "freedom.spectrum-deficit",
      [
        "spike 4 0.5 2 multiplicity", "plateau 4 0.5 2 multiplicity degenerate", "plateau 10 0.3 4 multiplicity",
        "spike 100 0.25 50 multiplicity", "plateau 3 1 1.5",
      ]
    ).refusing(
      [
        CaseList.Fault("eigenvalue-above-one", "L = 1.5", ["L": .double(1.5)]),
        CaseList.Fault("eigenvalue-too-low", "L < 1/(N+1)", ["L": .double(0x1p-40)]),
        // The greatest eigenvalue of the one level of no cells is 1.
      ], besideZero: ["L": .double(1)]),
    CaseList(
      "freedom.qudit-deficit",
      ["1 2", "2 2 multiplicity", "2 3 multiplicity", "5 4 multiplicity", "12 3 multiplicity"]
    ).refusing([CaseList.Fault("one-level", "d = 1", ["d": .integer("1")])]),
  ]
}
