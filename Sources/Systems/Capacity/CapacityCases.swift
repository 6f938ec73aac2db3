import Catalogue

/// Cases of two qubits that exchange an excitation. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum CapacityCases {
  /// Rows that all figures of the two-qubit state share: wb wc J1 J2 t.
  private static let pairs = [
    "1 2 0.5 1 0.75 sign-convention", "2 1 -0.5 0.25 3 sign-convention", "1 1 1 0 0.7853981633974483 degenerate",
    "1 0x1.0000000000001p+0 0x1p-20 0 0x1p19 degenerate long-time", "3 1 0.25 -1 0x1p20 long-time", "1 2 0 1 3",
  ]

  private static func pair(_ name: String, _ more: [String] = []) -> CaseList {
    // Further rows go to the end.
    CaseList("capacity.\(name)", pairs + more + ["1 2 0.5 1 0"], generated: 2) {
      [.scale($0), .scale($0), .signed($0, -3...2), .signed($0, -3...2), .time($0)]
    }
  }

  static let all: [CaseList] =
    [
      pair("battery", ["1 3 1 0 0.5553603672697958 cancellation"]),
      pair("charger", ["1 3 1 0 0.5553603672697958 basis-order"]),
      pair("total", ["1 3 1 0 0.5 basis-order"]), pair("residual", ["1 1 1 0 0x1p-40"]),
      pair("concurrence", ["1 1 1 0 1.5707963267948966 cancellation"]), pair("negativity", ["1 1 1 0 0x1p-40"]),
      pair("steering"),
      pair("bell"), pair("coherence"), pair("imaginarity", ["1 3 1 0.5 0.25 sign-convention basis-order"]),
      pair("texture"),
    ] + [
      CaseList(
        "capacity.peak-deficit",
        [
          "1 2 0.5", "1 1 1 degenerate", "2 1 -0.5", "1 1.5 0x1p-20", "1 0x1.0000000000001p+0 1 cancellation",
          "1 1.75 0.625", "1 2 0",
        ]),
      CaseList(
        "capacity.mixed-sum",
        [
          "1 2 0.5 1 0.75 0.5", "2 1 -0.5 0.25 3 0.125", "1 1 1 0 0.5 0.0625 degenerate", "1 2 1 1 0.75 8",
          // A general solver gives the greatest root of Wootters' formula as the second one here.
          "2 1 1 0 0.5 0.0625 basis-order",
        ]),
    ]
}
