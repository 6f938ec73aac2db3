/// Cases of asymptotic freedom and of work quasiprobabilities.
extension CaseList {
  static let freedom: [CaseList] = [
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
    },
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
    },
    CaseList(
      "freedom.energy-bound",
      ["1 1", "1 0.5", "4 2 multiplicity", "100 50 multiplicity", "4 0x1.0000000000001p-1 cancellation", "10 9.75"],
      generated: 2
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit())]
    },
    CaseList(
      "freedom.energy-bound-sharp",
      ["1 1", "4 2 multiplicity", "4 1.75 multiplicity", "100 50 multiplicity", "10 9.75 multiplicity"], generated: 2
    ) { r in
      let n = 1 + r.below(30)
      return [.integer("\(n)"), .double(Double(n) * r.unit())]
    },
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
      ]),
    CaseList(
      "freedom.qudit-deficit",
      ["1 2", "2 2 multiplicity", "2 3 multiplicity", "5 4 multiplicity", "12 3 multiplicity"]),
  ]

  static let quasi: [CaseList] = [
    CaseList(
      "quasi.atom",
      [
        "flip 3 1 0 0.25 0.5 -3 sign-convention", "flip 3 1 1/2 0.25 0.5 -3/2 sign-convention",
        "flip 4 1 1/2 0.5 0.5 0 cancellation",
        "parallel 3 1 1/2 0.25 0.5 1", "parallel 6 1 0 0.3 0.4 -2 multiplicity",
        "blocks 6 2 1/2 0.25 0.5 2 multiplicity",
        "blocks 6 3 1/3 0.25 0.5 1 multiplicity", "parallel 2 1 1/2 0.25 0.5 17",
        "parallel 100 1 1/2 0.3 0.5 50 cancellation", "flip 1 1 1/5 0.25 0.5 -1/5", "flip 3 1 1/2 0.25 0.5 9/2",
      ]),
    CaseList(
      "quasi.negativity",
      [
        "flip 1 1 1/2 0.25 0.5", "flip 5 1 0 0.25 0.5", "parallel 4 1 1/2 0.3 0.5 cancellation",
        "blocks 6 2 1/2 0.25 0.5 multiplicity", "flip 2 1 2 0.5 0.25",
      ]),
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
      ["flip 4 1 spread", "parallel 4 1 spread", "blocks 6 2 spread", "flip 9 1 deviation", "blocks 6 3 deviation"]),
    CaseList(
      "quasi.negative-atoms",
      [
        "flip 3 1 1/2 0.25 0.5", "parallel 8 1 1/2 0.3 0.5 cancellation", "blocks 6 2 0 0.25 0.5",
        "parallel 100 1 1/2 0.3 0.5 cancellation",
      ]),
    // The couplings of the seeds are listed in quasi-fermions.json.
    CaseList("quasi.fermion-time", ["4 2 1", "6 2 3", "5 3 2"]),
    CaseList("quasi.fermion-atom", ["4 2 1 1/2 2", "4 2 1 1/2 -1 sign-convention", "5 3 2 1/2 -3/2 sign-convention"]),
    CaseList("quasi.fermion-negativity", ["4 2 1 1/2", "6 2 2 0 cancellation"]),
    CaseList("quasi.fermion-least-atom", ["4 2 1 1/2 sign-convention", "6 2 2 1/2 sign-convention"]),
    CaseList("quasi.fermion-negativity-ratio", ["4 2 1 0", "6 2 2 0 cancellation"]),
  ]
}
