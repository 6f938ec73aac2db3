import Catalogue

/// Cases of the harmonic battery. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum HarmonicCases {
  static let all: [CaseList] = [
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
}
