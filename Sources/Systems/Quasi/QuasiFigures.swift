import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Laws of work from certified values.
enum QuasiFigures {
  static let all = [atoms, flip, blocks, parallel]

  private static func value(_ name: String, _ given: [(String, String)], _ values: FigureValues) throws -> Interval {
    try values.value("quasi.\(name)", given, to: .relative(digits: 10))
  }

  /// The atoms at a = 0.3, b = 0.5, by rising work.
  private static func law(
    _ family: String, _ n: Int, _ q: String, perCell steps: Int, _ values: FigureValues
  ) throws -> [(work: Rational, value: Interval)] {
    try (-n * steps...n * steps).map { place in
      let work = Rational(Integer(place), Integer(steps))
      let given = [("family", family), ("N", "\(n)"), ("q", q), ("w", "\(work)"), ("a", "0.3"), ("b", "0.5")]
      return (work, try value("atom", given, values))
    }
  }

  /// The atoms of p_0 and p_1/2 of 16 cells in parallel over w/(N eps).
  private static let atoms = Figure("quasi-atoms", on: "quasi", "p_0 and p_1/2 of 16 cells in parallel") { values in
    let curves = try [("p_0", "0", 1), ("p_1/2", "1/2", 2)].map { name, q, steps in
      Figure.Panel.Curve(
        name,
        try law("parallel", 16, q, perCell: steps, values).map {
          (x: Interval($0.work, precision: 64).plotted / 16, y: $0.value.plotted)
        }, isMarked: true)
    }
    return Figure.Panel(
      "Work of 16 cells charged in parallel, a = 0.3, b = 0.5", x: .linear("w/(N eps)", from: -1),
      y: .linear("p_q(w)", from: -0.1, to: 0.4), curves)
  }

  /// The atoms of the flip.
  private static let flip = Figure("quasi-flip", on: "quasi", "the flip at the same angles, in units of N eps") {
    values -> Table in
    let (whole, half) = (
      try law("flip", 1, "0", perCell: 2, values), try law("flip", 1, "1/2", perCell: 2, values)
    )
    return Table(
      ["w/(N eps)", "p_0", "p_1/2"],
      try zip(whole, half).map { ["\($0.work)", try $0.value.shown(), try $1.value.shown()] })
  }

  /// The negativity of the smoothed density over the number of blocks.
  private static let blocks = Figure(
    "quasi-blocks", on: "quasi", "negativity of M blocks at the resolution 0.05"
  ) { values in
    var table = Table(["M", "integral of the magnitude less one"])
    var points: [(x: Double, y: Double)] = []
    for m in 1...50 {
      let negativity = try value(
        "smoothed-negativity",
        [("family", "blocks"), ("N", "\(m)"), ("q", "1/2"), ("a", "pi/4"), ("b", "pi/4")], values)
      table.add(["\(m)", try negativity.shown()])
      if negativity.lower.signum > 0 { points.append((Double(m), (-negativity.logarithm10).plotted)) }
    }
    let panel = Figure.Panel(
      "Negativity of M blocks at the resolution 0.05, a = b = pi/4", x: .linear("M"),
      y: .linear("-log10(integral of |p| - 1)", from: -5, to: 30),
      [.init("certified; from M = 48 on exactly zero", points, isMarked: true)])
    return (panel, table)
  }

  /// The sum of magnitudes of parallel charging, and the distance to the normal distribution.
  private static let parallel = Figure(
    "quasi-parallel", on: "quasi", "sum of magnitudes and distance to the normal distribution over N"
  ) { values -> Table in
    var table = Table([
      "N", "sum of abs p, a = 0.3, b = 0.5", "sum of abs p, a = b = pi/4",
      "distance to the normal distribution, a = 0.3, b = 0.5", "local exponent",
    ])
    var before: Interval?
    for n in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048] {
      let cells = [("N", "\(n)"), ("q", "1/2")]
      let angles = [[("a", "0.3"), ("b", "0.5")], [("a", "pi/4"), ("b", "pi/4")]]
      let sums = try angles.map {
        try (1 + value("negativity", [("family", "parallel")] + cells + $0, values)).shown()
      }
      let distance = try value("gaussian-distance", cells + angles[0], values)
      let exponent = try before.map { try (distance / $0).logarithm2.shown(digits: 4) } ?? ""
      before = distance
      table.add(["\(n)"] + sums + [try distance.shown(), exponent])
    }
    return table
  }
}
