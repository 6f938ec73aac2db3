import Catalogue

/// Cases of work quasiprobabilities. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum QuasiCases {
  /// Blocks that the cells do not fill.
  private static let blocks = [
    CaseList.Fault(
      "k-does-not-divide-N", "k does not divide N",
      ["family": .choice("blocks"), "N": .integer("6"), "k": .integer("4")])
  ]

  static let all: [CaseList] = [
    CaseList(
      "quasi.atom",
      [
        "flip 3 1 0 0.25 0.5 -3 sign-convention", "flip 3 1 1/2 0.25 0.5 -3/2 sign-convention",
        "flip 4 1 1/2 0.5 0.5 0 cancellation",
        "parallel 3 1 1/2 0.25 0.5 1", "parallel 6 1 0 0.3 0.4 -2 multiplicity",
        "blocks 6 2 1/2 0.25 0.5 2 multiplicity",
        "blocks 6 3 1/3 0.25 0.5 1 multiplicity", "parallel 2 1 1/2 0.25 0.5 17",
        "parallel 100 1 1/2 0.3 0.5 50 cancellation", "flip 1 1 1/5 0.25 0.5 -1/5", "flip 3 1 1/2 0.25 0.5 9/2",
      ]
    ).refusing(blocks),
    CaseList(
      "quasi.negativity",
      [
        "flip 1 1 1/2 0.25 0.5", "flip 5 1 0 0.25 0.5", "parallel 4 1 1/2 0.3 0.5 cancellation",
        "blocks 6 2 1/2 0.25 0.5 multiplicity", "flip 2 1 2 0.5 0.25",
      ]
    ).refusing(blocks),
    CaseList(
      "quasi.smoothed-negativity",
      [
        "flip 2 1 1/2 0.25 0.5 0.25", "parallel 2 1 1/2 0.3 0.5 0.25 cancellation",
        "blocks 4 2 1/2 0.25 0.5 0.125", "flip 3 1 0 0.25 0.5 0.25", "parallel 3 1 1/2 0.3 1 0.0625 cancellation",
      ]),
    CaseList(
      "quasi.cumulant",
      [
        "flip 3 1 1/2 0.25 0.5 1", "parallel 4 1 1/2 0.3 0.5 2", "blocks 6 2 0 0.25 0.5 3 sign-convention",
        "parallel 1000 1 1/2 0.3 0.5 4 cancellation",
      ]
    ).refusing([
      CaseList.Fault("order-five", "order = 5", ["order": .integer("5")]),
      CaseList.Fault("order-zero", "order = 0", ["order": .integer("0")]),
    ]),
    CaseList(
      "quasi.characteristic-magnitude",
      [
        "flip 3 1 1/2 0.25 0.5 1", "parallel 4 1 1/2 0.3 0.5 0.75", "blocks 6 2 0 0.25 0.5 2",
        "parallel 1000 1 1/2 0.3 0.5 3",
      ]),
    CaseList(
      "quasi.limit-distance",
      [
        "point 4 1/2 0.25 0.5 1 cancellation", "gaussian 100 1/2 0.25 0.5 1 cancellation", "airy 512 1/2 0.25 0.5 1",
        "gaussian 16 1/2 0.25 0.5 1.5", "airy 27 1/2 0.25 0.5 0.5",
      ]),
    CaseList(
      "quasi.gaussian-distance",
      ["4 1/2 0.25 0.5", "16 1/2 0.3 0.5 cancellation", "1 0 0.25 0.5", "9 1/3 0.5 0.25 cancellation", "25 2 0.3 0.5"]),
    CaseList(
      "quasi.charging-time",
      ["flip 4 1 spread", "parallel 4 1 spread", "blocks 6 2 spread", "flip 9 1 deviation", "blocks 6 3 deviation"]
    ).refusing(blocks),
    CaseList(
      "quasi.negative-atoms",
      [
        "flip 3 1 1/2 0.25 0.5", "parallel 8 1 1/2 0.3 0.5 cancellation", "blocks 6 2 0 0.25 0.5",
        "parallel 100 1 1/2 0.3 0.5 cancellation",
      ]),
  ]
}
