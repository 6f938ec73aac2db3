import Catalogue
import RigorousNumerics

/// The table of negativities of random fermions.
enum FermionFigures {
  static let all = [table]

  /// Seeds at which the negativity at q = 0 is above a fifth of that at q = 1/2.
  private static let exceptions = [(8, 368), (8, 623), (9, 213), (10, 433), (10, 781), (10, 931)].map {
    FermionInstance(modes: $0.0, order: 2, seed: UInt64($0.1))
  }

  private static let table = Figure(
    "fermions", on: "fermions", "tau, negativities and the least atom of every seed"
  ) { values -> Table in
    var table = Table([
      "k", "N", "seed", "tau", "negativity at q = 0", "at q = 1/2", "ratio", "least atom at q = 1/2",
    ])
    for instance in FermionInstance.all + exceptions {
      let given = [("N", "\(instance.modes)"), ("k", "\(instance.order)"), ("seed", "\(instance.seed)")]
      func value(_ name: String, _ more: [(String, String)] = []) throws -> String {
        try values.value(
          "quasi.fermion-\(name)", given + more, to: .relative(digits: 20), seconds: 3600
        ).shown(digits: 6)
      }
      let (whole, half) = ([("q", "0")], [("q", "1/2")])
      table.add(
        ["\(instance.order)", "\(instance.modes)", "\(instance.seed)"] + [
          try value("time"), try value("negativity", whole), try value("negativity", half),
          try value("negativity-ratio", whole), try value("least-atom", half),
        ])
    }
    return table
  }
}
