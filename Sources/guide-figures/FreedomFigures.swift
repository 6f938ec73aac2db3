import ArbitraryPrecision
import Catalogue
import Systems
import Foundation
import Reporting
import RigorousNumerics

/// Asymptotic freedom from certified values.
extension GuideFigures {
  static func freedom(to folder: URL) throws {
    try freedomBounds(to: folder)
    try freedomProtocols(to: folder)
  }

  private static func value(_ name: String, _ given: [(String, String)], digits: Int = 8) throws -> Interval {
    // Zeros have no relative digits: absolute ones are enough for the bounds.
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.\(name)")
    let isBound = name.hasSuffix("-bound")
    return try quantity.interval(
      given.map { (name: $0.0, text: $0.1) }, to: isBound ? .absolute(digits: digits) : .relative(digits: digits),
      within: Budget(seconds: 600))
  }

  private static func middle(_ value: Interval) -> Double { value.midpoint?.double(rounding: .nearest) ?? 0 }

  /// The sharp bounds on R over P at N = 10, e = 5, and the simple ones.
  private static func freedomBounds(to folder: URL) throws {
    // From 1/11 to one in 100 steps.
    let purities = (0...100).map { "1/11 + \($0)/110" }
    let places = (0...100).map { 1.0 / 11 + Double($0) / 110 }
    func curve(_ name: String) throws -> [(x: Double, y: Double)] {
      try zip(places, purities).map {
        (x: $0, y: middle(try value(name, [("N", "10"), ("e", "5"), ("P", $1)])))
      }
    }
    let plot = LinePlot(
      "Share of ergotropy in the energy, N = 10, e = 5", x: "P", y: "R", isLinear: true, ceiling: 1.05,
      [
        .init("greatest R", try curve("upper-bound"), isMarked: false),
        .init("least R", try curve("lower-bound"), isMarked: false),
        .init("1 - (1 - sqrt P)/e", places.map { (x: $0, y: 1 - (1 - $0.squareRoot()) / 5) }, isMarked: false),
        .init("1 - (1 - P)/e", places.map { (x: $0, y: 1 - (1 - $0) / 5) }, isMarked: false),
      ])
    try plot.svg.write(to: folder.appending(path: "freedom-bounds.svg"), atomically: true, encoding: .utf8)
  }

  /// -log10(1 - R) of the protocols over N, with a table of the values.
  private static func freedomProtocols(to folder: URL) throws {
    var rows = [
      "| N | nbar | 1 - R | nbar (1 - R) | local exponent |", "| --- | --- | --- | --- | --- |",
    ]
    var curves: [LinePlot.Curve] = []
    for (power, ladder) in [
      (1, [2, 4, 8, 16, 32, 64]), (2, [2, 4, 8, 16, 32, 64]), (3, [2, 4, 8, 16, 32, 64]), (7, [2, 4, 8, 16]),
    ] {
      var (points, before): ([(x: Double, y: Double)], Interval?) = ([], nil)
      for n in ladder {
        let deficit = try value("tavis-cummings-deficit", [("N", "\(n)"), ("nbar", "\(n)^\(power)")])
        let photons = Interval(Integer(n).power(power), precision: 128)
        let exponent = try before.map { try shown(-(deficit / $0).logarithm2, digits: 5) }
        rows.append(
          """
          | \(n) | N^\(power) | \(try shown(deficit, digits: 6)) | \(try shown(photons * deficit, digits: 6)) | \
          \(exponent.map { "-\($0)" } ?? "") |
          """
        )
        points.append((x: Double(n), y: middle(-deficit.logarithm10)))
        before = deficit
      }
      curves.append(.init("Tavis-Cummings, nbar = N^\(power)", points, isMarked: true))
    }
    let flip = try [2, 3, 4, 5, 6, 8, 10, 16, 27, 28, 40, 64].map { n in
      let deficit = try value("vacuum-flip-deficit", [("N", "\(n)"), ("nbar", "\(n)^2")])
      return (x: Double(n), y: middle(-deficit.logarithm10))
    }
    curves.append(.init("flip unless empty, nbar = N^2", flip, isMarked: true))
    let plot = LinePlot("Digits of asymptotic freedom", x: "N", y: "-log10(1 - R)", isLogarithmic: true, curves)
    try plot.svg.write(to: folder.appending(path: "freedom-protocols.svg"), atomically: true, encoding: .utf8)
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "freedom-protocols.md"), atomically: true, encoding: .utf8)
  }
}
