import Catalogue

/// Cases of the dephased star. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum StarCases {
  static let all: [CaseList] = [
    CaseList(
      "star.energy",
      [
        "1 1 1 1 1 1", "2 1 0.5 1 0.25 3 multiplicity", "4 1 1 1 2 0", "3 2 1 1 1 0.125",
        "3 1 0.25 1 1 1000 long-time multiplicity",
        "8 1 1 1 1 4 multiplicity",
        // Without drive, without coupling, and without both: nothing is charged; without dephasing the flow is unitary.
        "2 1 0 1 0.5 3", "3 2 0.5 0 1 2", "1 1 0 0 0.5 4", "1 1 1 1 0 2", "4 1 0.75 1 0 1.5 multiplicity",
        "2 1 0 1 0 5", "3 1 0x1p-20 1 0.5 1 cancellation",
      ], generated: 3
    ) {
      [
        .cells($0, 1...5), .scale($0), .double($0, -2...1), .double($0, -2...1), .double($0, -2...1),
        .double($0, -3...2),
      ]
    },
    CaseList(
      "star.ergotropy",
      [
        "1 1 1 1 1 1", "2 1 0.5 1 0.25 3 multiplicity", "4 1 1 1 2 0", "3 1 1 1 1 0.125 multiplicity near-passive",
        "3 1 0.25 1 1 1000 long-time multiplicity", "6 1 1 1 1 4 multiplicity",
        "2 1 0 1 0.5 3 near-passive", "3 2 0.5 0 1 2 near-passive", "1 1 1 1 0 2", "4 1 0.75 1 0 1.5 multiplicity",
        // Small, and far above the roundings of a solver.
        "3 1 1 1 1 0x1p-9 multiplicity near-passive",
      ], generated: 2
    ) {
      [
        .cells($0, 1...4), .scale($0), .double($0, -2...1), .double($0, -2...1), .double($0, -2...1),
        .double($0, -3...2),
      ]
    },
    CaseList(
      "star.ratio",
      ["1 1 1 1 1", "2 0.5 1 0.25 3 multiplicity", "4 1 1 2 0.5 multiplicity", "3 0.75 1 0 1.5 multiplicity"]),
    CaseList("star.steady-energy", ["1 1 1 1", "10 1 0.1 1 multiplicity", "50 2 1 1 multiplicity"]),
    CaseList(
      "star.steady-largest-eigenvalue", ["1 1 1 1", "4 1 1 1", "10 1 0.125 1", "30 1 1 1", "5 1 100 1 degenerate"],
      generated: 3
    ) { [.cells($0, 1...12), .scale($0), .scale($0), .scale($0)] },
    CaseList(
      "star.steady-ratio", ["1 1 1 1", "4 1 1 1 multiplicity", "10 1 0.125 1 multiplicity", "30 1 1 1 multiplicity"],
      generated: 2
    ) { [.cells($0, 1...12), .scale($0), .scale($0), .scale($0)] },
    CaseList(
      "star.smallest-coupling",
      [
        "1 1 1", "4 1 1", "10 0.125 1 cancellation", "30 1 1 cancellation", "60 0x1p-10 1 cancellation", "2 100 1",
        "60 0x1p-20 1 cancellation",
      ], generated: 3
    ) { [.cells($0, 1...20), .double($0, -6...2), .scale($0)] },
    CaseList("star.slowest-weight", ["1 1 1", "4 0.5 1", "10 0.125 1"], generated: 1) {
      [.cells($0, 1...10), .double($0, -4...1), .scale($0)]
    },
    CaseList("star.coupling-deficit", ["1 0.5 1", "4 0.125 1 cancellation", "10 0.125 1 cancellation", "2 0.25 0.5"]),
    CaseList("star.freedom-product", ["1 1 1", "4 1 1 multiplicity", "12 0.5 1 multiplicity"]),
    CaseList("star.freedom-law", ["2 1 1", "4 1 1 multiplicity", "12 0.5 1 multiplicity"]),
    CaseList("star.strong-charging-time", ["1 1", "1 0.25", "2 16", "0.5 4"]),
    CaseList("star.strong-settling-time", ["1 1", "1 0.25 long-time", "2 16"]),
    CaseList(
      "star.detuned-energy",
      [
        "1 1 1 1 0.5 0 1 sign-convention", "2 0.5 1 0.25 -0.25 0.125 2 sign-convention", "2 1 1 1 1 1 0",
        "2 0 1 0.5 0.25 0.5 3", "2 0.5 0 0.5 0.25 0.5 3", "2 0.5 1 0 -0.25 0.125 2 sign-convention",
      ]),
    CaseList(
      "star.mixture-distance",
      [
        "1 1 1 1 0.5 0 1", "2 0.5 1 0.25 -0.25 0.125 2 sign-convention", "2 0 1 0.5 0.25 0.5 3",
        "3 0.5 0 0.5 0.25 0.5 2", "2 0.5 1 0 -0.25 0.125 2 sign-convention",
      ]),
    .none("star.least-product", because: CaseList.side),
  ]
}
