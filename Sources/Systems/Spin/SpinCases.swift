import Catalogue

/// Cases of the spin battery. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum SpinCases {
  static let all: [CaseList] = [
    CaseList(
      "spin.stored-energy",
      [
        "1 1 1 0.5", "2 1 1 0.25 multiplicity", "10 1 1 0.125 multiplicity", "100 1 1 0.0146484375 multiplicity",
        "3 1 1 0", "1 1 1 1024 long-time", "6 1 1 100 long-time", "4 3 0.5 0x1p-30", "1 1 0x1p-260 0x1p-260",
        "1 1 1 1.5707963267948966 cancellation",
      ], generated: 5
    ) { [.cells($0, 1...16), .scale($0), .scale($0), .double($0, -6...0)] },
    CaseList(
      "spin.max-power",
      ["1 1 1", "2 1 1 multiplicity", "5 2 0.5 multiplicity", "16 1 1 multiplicity", "50 1 1 multiplicity"],
      generated: 2
    ) { [.cells($0, 1...12), .scale($0), .scale($0)] },
    CaseList("spin.optimal-time", ["1 1 1", "2 1 1", "5 2 0.5", "16 1 1"], generated: 2) {
      [.cells($0, 1...12), .scale($0), .scale($0)]
    },
    CaseList("spin.advantage", ["1", "2 multiplicity", "3 multiplicity", "10 multiplicity", "50 multiplicity"]),
    CaseList(
      "spin.classical-stored-energy",
      [
        "1 1 1 0.5 1.5 0.25 0.75 sign-convention", "10 1 1 0.0625 0.1 3 1 sign-convention",
        "2 1 1 0.5 1.5 0.25 -0.75 sign-convention",
        "4 2 0.5 0.25 0.5 2 2 sign-convention", "1 1 1 0 1 2 0.5", "3 1 1 0.25 0 3.141592653589793 0.5",
      ]),
    CaseList(
      "spin.classical-max-power",
      [
        "1 1 1 1.5 0.25 0.75 sign-convention", "4 2 0.5 0.5 2 2 sign-convention", "2 1 1 1.25 0.5 2 sign-convention",
        "1 1 1 0 0 0.5",
      ]),
    .none("spin.classical-optimal-time", because: scaled), .none("spin.classical-advantage", because: scaled),
    .none("spin.ratio", because: "it is spin.advantage over N, of which there are cases"),
    CaseList("spin.semiclassical-advantage", ["3", "10", "100", "10000"]),
    CaseList("spin.semiclassical-gap", ["3", "10", "20"]),
  ]

  private static let scaled = "by scaling it is a number for each start over N, or N; cases have the power"
}
