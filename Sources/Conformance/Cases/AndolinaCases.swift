/// Cases of the harmonic, the spin and the Dicke battery. A row: the parameters in order, then flags. Rows are never
/// removed or put in another order, only added at the end, since their places are the numbers of the ids.
extension CaseList {
  static let harmonic: [CaseList] = [
    CaseList(
      "harmonic.stored-energy",
      [
        "1 1 1 0.5", "2 1 1 1 multiplicity", "200 1 1 0.1 multiplicity", "1000000 1 0x1p-10 1",
        "3 2 0.25 0", "1 1 1 3.141592653589793 cancellation", "1 1 1 1000003 long-time", "4 1 1 0x1p40 long-time",
        "1 1 0x1p-300 0x1p-300", "5 7 1 0.7853981633974483 multiplicity",
      ], generated: 6
    ) { [.cells($0, 1...40), .scale($0), .scale($0), .time($0)] },
    CaseList(
      "harmonic.classical-stored-energy",
      [
        "1 1 1 0.5 0.7853981633974483 sign-convention", "2 1 1 1 0", "8 1 0.5 0.25 1.5707963267948966 sign-convention",
        "3 2 1 0.5 -0.75 sign-convention", "100 1 1 0.1 0.5", "1 1 1 0 0.5",
      ], generated: 3
    ) { [.cells($0, 1...40), .scale($0), .scale($0), .time($0), .angle($0)] },
    CaseList(
      "harmonic.start-stored-energy",
      [
        "1 1 1 0.5 fock", "2 1 1 0.5 coherent truncation", "1 1 1 0.5 coherent truncation",
        "4 1 0.5 0.75 coherent truncation",
        "3 2 1 0.25 fock multiplicity", "1 1 1 0.5 thermal truncation", "1 2 0.5 1.25 thermal truncation",
      ]),
    CaseList(
      "harmonic.coherent-purity",
      ["1 1 1 0.5 truncation"]),
    CaseList(
      "harmonic.max-power", ["1 1 1", "2 1 1 multiplicity", "200 1 1 multiplicity", "7 2 0.375"], generated: 3
    ) { [.cells($0, 1...1000), .scale($0), .scale($0)] },
    CaseList("harmonic.optimal-time", ["1 1 1", "2 1 1", "200 1 1", "7 2 0.375"], generated: 3) {
      [.cells($0, 1...1000), .scale($0), .scale($0)]
    },
    CaseList("harmonic.advantage", ["1 1 1", "2 1 1", "200 1 1", "1000000 1 0.5"], generated: 2) {
      [.cells($0, 1...1000), .scale($0), .scale($0)]
    },
    CaseList("harmonic.ratio", ["1 1 1", "5 2 0.5", "100 1 1"]),
    CaseList("harmonic.power-constant", [""]),
  ]

  static let spin: [CaseList] = [
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
    CaseList("spin.semiclassical-advantage", ["3", "10", "100", "10000"]),
    CaseList("spin.semiclassical-gap", ["3", "10", "20"]),
  ]

  static let dicke: [CaseList] = [
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
}
