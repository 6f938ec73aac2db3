import ArbitraryPrecision
import Catalogue
import Systems
import Foundation
import Reporting
import RigorousNumerics

/// Work quasiprobabilities from certified values.
extension GuideFigures {
  static func quasi(to folder: URL) throws {
    try quasiAtoms(to: folder)
    try quasiBlocks(to: folder)
    try quasiParallel(to: folder)
  }

  private static func middle(_ value: Interval) -> Double { value.midpoint?.double(rounding: .nearest) ?? 0 }

  private static func value(_ name: String, _ given: [(name: String, text: String)]) throws -> Interval {
    try certified(Catalogue.builtIn.quantity(named: "quasi.\(name)"), given, digits: 10)
  }

  /// The atoms of p_0 and p_1/2 of 16 cells in parallel over w/(N eps), a = 0.3, b = 0.5; the flip's in a table.
  private static func quasiAtoms(to folder: URL) throws {
    let slice = [(name: "a", text: "0.3"), (name: "b", text: "0.5")]
    func atoms(_ family: String, _ n: Int, _ q: String, perCell steps: Int) throws -> [(
      work: Rational, value: Interval
    )] {
      try (-n * steps...n * steps).map { place in
        let work = Rational(Integer(place), Integer(steps))
        let given = [
          (name: "family", text: family), (name: "N", text: "\(n)"), (name: "q", text: q), (name: "w", text: "\(work)"),
        ]
        return (work, try value("atom", given + slice))
      }
    }
    let curves = try [("p_0", "0", 1), ("p_1/2", "1/2", 2)].map { name, q, steps in
      LinePlot.Curve(
        name,
        try atoms("parallel", 16, q, perCell: steps).map {
          (x: middle(Interval($0.work, precision: 64)) / 16, y: middle($0.value))
        }, isMarked: true)
    }
    let plot = LinePlot(
      "Work of 16 cells charged in parallel, a = 0.3, b = 0.5", x: "w/(N eps)", y: "p_q(w)", isLinear: true,
      ceiling: 0.4,
      floor: -0.1, start: -1, curves)
    try plot.svg.write(to: folder.appending(path: "quasi-atoms.svg"), atomically: true, encoding: .utf8)
    var rows = ["| w/(N eps) | p_0 | p_1/2 |", "| --- | --- | --- |"]
    let (whole, half) = (try atoms("flip", 1, "0", perCell: 2), try atoms("flip", 1, "1/2", perCell: 2))
    for (first, second) in zip(whole, half) {
      rows.append("| \(first.work) | \(try shown(first.value)) | \(try shown(second.value)) |")
    }
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "quasi-flip.md"), atomically: true, encoding: .utf8)
  }

  /// The negativity of the smoothed density over the number of blocks.
  private static func quasiBlocks(to folder: URL) throws {
    var rows = ["| M | integral of the magnitude less one |", "| --- | --- |"]
    var points: [(x: Double, y: Double)] = []
    for m in 1...50 {
      let negativity = try value(
        "smoothed-negativity",
        [
          (name: "family", text: "blocks"), (name: "N", text: "\(m)"), (name: "q", text: "1/2"),
          (name: "a", text: "pi/4"),
          (name: "b", text: "pi/4"),
        ])
      rows.append("| \(m) | \(try shown(negativity)) |")
      if negativity.lower.signum > 0 { points.append((Double(m), middle(-negativity.logarithm10))) }
    }
    let plot = LinePlot(
      "Negativity of M blocks at the resolution 0.05, a = b = pi/4", x: "M", y: "-log10(integral of |p| - 1)",
      isLinear: true,
      ceiling: 30, floor: -5, [.init("certified; from M = 48 on exactly zero", points, isMarked: true)])
    try plot.svg.write(to: folder.appending(path: "quasi-blocks.svg"), atomically: true, encoding: .utf8)
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "quasi-blocks.md"), atomically: true, encoding: .utf8)
  }

  /// The sum of magnitudes of parallel charging, and the distance to the normal distribution.
  private static func quasiParallel(to folder: URL) throws {
    var rows = [
      """
      | N | sum of abs p, a = 0.3, b = 0.5 | sum of abs p, a = b = pi/4 | distance to the normal distribution, a = \
      0.3, b = 0.5 | local exponent |
      """,
      "| --- | --- | --- | --- | --- |",
    ]
    var before: Interval?
    for n in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048] {
      let cells = [(name: "N", text: "\(n)"), (name: "q", text: "1/2")]
      func angles(_ a: String, _ b: String) -> [(name: String, text: String)] {
        [(name: "a", text: a), (name: "b", text: b)]
      }
      let family = [(name: "family", text: "parallel")]
      let sums = try [angles("0.3", "0.5"), angles("pi/4", "pi/4")].map {
        try shown(1 + value("negativity", family + cells + $0))
      }
      let distance = try value("gaussian-distance", cells + angles("0.3", "0.5"))
      let exponent = try before.map { try shown((distance / $0).logarithm2, digits: 4) } ?? ""
      before = distance
      rows.append("| \(n) | \(sums[0]) | \(sums[1]) | \(try shown(distance)) | \(exponent) |")
    }
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "quasi-parallel.md"), atomically: true, encoding: .utf8)
  }
}
