import Catalogue

/// Cases of the Dicke battery. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum DickeCases {
  static let all =
    finite + limits.map { .none($0, because: limit) } + [.none("dicke.greatest-ratio", because: CaseList.side)]

  private static let finite: [CaseList] = [
    CaseList(
      "dicke.stored-energy",
      [
        "1 1 1 0.5 truncation", "2 1 0.5 0.5 truncation multiplicity", "10 1 0.5 0.375 truncation multiplicity",
        "1 1 0.5 0",
        "1 1 0.0078125 200 truncation long-time", "3 1 2 0.25 truncation", "5 2 0.25 0x1p-20 truncation",
        "2 0.5 1 1 truncation sign-convention",
        "4 1 0.125 4 truncation multiplicity", "1 1 3 1 truncation", "12 1 0.5 0.5 truncation multiplicity",
      ], generated: 4, flagged: [.truncation]
    ) { [.cells($0, 1...6), .scale($0), .double($0, -3...0), .double($0, -3 ... -1)] },
    CaseList(
      "dicke.max-power",
      [
        "1 1 0.5 truncation", "2 1 0.5 truncation multiplicity", "3 1 1 truncation multiplicity",
        "1 1 0.0625 truncation", "1 2 0.625 truncation", "2 2 0.375 truncation multiplicity",
      ]),
    CaseList(
      "dicke.optimal-time",
      ["1 1 0.5 truncation", "2 1 0.5 truncation", "2 1 0.0625 truncation", "1 2 0.625 truncation"]),
    CaseList(
      "dicke.advantage", ["1 1 0.5 truncation", "2 1 0.5 truncation multiplicity", "3 1 0.25 truncation multiplicity"]),
    CaseList(
      "dicke.classical-stored-energy",
      [
        "1 1 0.5 0.5 0.7853981633974483 sign-convention", "2 1 0.5 0.5 0.7853981633974483 sign-convention",
        "10 1 0.5 0.25 0.5 sign-convention", "2 1 0.5 0.5 -0.75 sign-convention", "1 1 1 0 1", "100 1 0.5 0.0625 0.75",
        "3 2.5 0.5 0.25 0.5 sign-convention",
      ]),
    CaseList(
      "dicke.classical-max-power",
      [
        "1 1 0.5 0.7853981633974483 sign-convention", "4 1 0.5 0.5 sign-convention", "3 2.5 0.5 0.5 sign-convention",
        "2 1.5 0.078125 0.5 sign-convention", "1 2 0.0625 1.5 sign-convention",
      ]),
    CaseList(
      "dicke.classical-optimal-time",
      [
        "1 1 0.5 0.7853981633974483 sign-convention", "4 1 0.5 0.5 sign-convention", "3 2.5 0.5 0.5 sign-convention",
        "2 1.5 0.078125 0.5 sign-convention", "1 2 0.0625 1.5 sign-convention",
      ]),
    CaseList(
      "dicke.classical-advantage",
      ["1 1 0.5 0.5", "2 1 0.5 0.7853981633974483 sign-convention", "4 1 0.5 0.5 sign-convention"]),
    CaseList(
      "dicke.ratio",
      ["2 1 0.5 0.7853981633974483 truncation sign-convention", "2 1 0.5 0.5 truncation sign-convention"]),
  ]

  private static let limit = "a limit, or a distance from it, which no simulator computes"

  private static let limits = [
    "dicke.strong-fraction", "dicke.strong-constant", "dicke.strong-many-constant", "dicke.strong-ratio",
    "dicke.strong-many-ratio", "dicke.strong-deviation", "dicke.classical-strong-deviation",
    "dicke.phase-zero-constant", "dicke.phase-zero-time", "dicke.phase-zero-deviation", "dicke.advantage-limit",
    "dicke.classical-advantage-limit", "dicke.ratio-limit", "dicke.phase-zero-advantage-limit",
    "dicke.phase-zero-ratio-limit", "dicke.scaling-constant", "dicke.scaling-deviation",
  ]
}
