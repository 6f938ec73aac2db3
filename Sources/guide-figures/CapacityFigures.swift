import ArbitraryPrecision
import Catalogue
import Systems
import Expressions
import Foundation
import Reporting
import RigorousNumerics

/// Capacity and resources of two qubits from certified values.
extension GuideFigures {
  static func capacity(to folder: URL) throws {
    try capacityOverTime(to: folder)
    try capacityResources(to: folder)
    try capacityDeficit(to: folder)
  }

  private static func value(_ name: String, wb: String, t: String) throws -> Interval {
    let texts = [("wb", wb), ("wc", "1"), ("J1", "1"), ("J2", "0"), ("t", t)]
    // Zeros have no relative digits: absolute ones are enough for a figure.
    return try Catalogue.builtIn.quantity(named: "capacity.\(name)")
      .interval(texts.map { (name: $0.0, text: $0.1) }, to: .absolute(digits: 12), within: Budget())
  }

  private static func middle(_ value: Interval) -> Double { value.midpoint?.double(rounding: .nearest) ?? 0 }

  /// c(t) at four detunings.
  private static func capacityOverTime(to folder: URL) throws {
    let curves = try [("0", "1"), ("1/2", "3/2"), ("1", "2"), ("2", "3")].map { delta, wb in
      let frequency = try Rational(parsing: wb)
      let points = try (0...100).map { step in
        let c = try value("battery", wb: wb, t: "\(step)/20") / Interval(frequency * 2, precision: 128)
        return (x: Double(step) / 20, y: middle(c))
      }
      return LinePlot.Curve("delta = \(delta) J1", points, isMarked: false)
    }
    let plot = LinePlot(
      "Capacity of the battery over its greatest", x: "J1 t", y: "c = C/(2 wb)", isLinear: true, ceiling: 1.5, curves)
    try plot.svg.write(to: folder.appending(path: "capacity-time.svg"), atomically: true, encoding: .utf8)
  }

  /// The resources over p, each over its greatest value, at resonance; the imaginarity at delta = J1/2.
  private static func capacityResources(to folder: URL) throws {
    let four = Interval(4, precision: 128)
    let greatest: [(name: String, label: String, value: Interval)] = [
      ("battery", "c", Interval(2, precision: 128)), ("concurrence", "E and C1", Interval(1, precision: 128)),
      ("steering", "F3/sqrt 3", Interval(3, precision: 128).squareRoot),
      ("bell", "Bmax/sqrt 8", (2 * four).squareRoot),
      ("texture", "T sqrt 2", 1 / Interval(2, precision: 128).squareRoot),
    ]
    // J1 = 1: p = sin^2 t at resonance, 4/5 sin^2(Om t) at delta = J1/2.
    let steps = 0...48
    func weight(_ step: Int) -> Double {
      middle((Interval(step, precision: 128) * Interval.pi(precision: 128) / 96).sine.squared)
    }
    var curves = try greatest.map { entry in
      let points = try steps.map {
        (x: weight($0), y: middle(try value(entry.name, wb: "1", t: "\($0)*pi/96") / entry.value))
      }
      return LinePlot.Curve(entry.label, points, isMarked: false)
    }
    let detuned = try steps.map { step in
      (x: 0.8 * weight(step), y: middle(try value("imaginarity", wb: "3/2", t: "\(step)*pi/(96*sqrt(5/4))")))
    }
    curves.append(LinePlot.Curve("I at delta = J1/2", detuned, isMarked: false))
    let plot = LinePlot(
      "Capacity and resources over the exchanged weight", x: "p", y: "over the greatest value", isLinear: true,
      ceiling: 1.5,
      curves)
    try plot.svg.write(to: folder.appending(path: "capacity-resources.svg"), atomically: true, encoding: .utf8)
  }

  /// The deficit at I = 0 and the greatest p, over delta/J1.
  private static func capacityDeficit(to folder: URL) throws {
    let ratios = [
      "1/8", "1/6", "1/5", "1/4", "1/3", "0.4", "1/2", "0.6", "0.7", "0.8", "0.9", "1", "1.1", "1.25", "1.5", "1.75",
      "2", "2.5", "3", "4", "5", "6", "8",
    ]
    let quantity = try Catalogue.builtIn.quantity(named: "capacity.peak-deficit")
    var (points, rows): ([(x: Double, y: Double)], [String]) = ([], ["| delta/J1 | 1 - C/(2 wb) |", "| --- | --- |"])
    for ratio in ratios {
      let deficit = try certified(
        quantity, [("wb", "1 + \(ratio)"), ("wc", "1"), ("J1", "1")].map { (name: $0.0, text: $0.1) })
      let exact = try Rational(parsing: ratio)
      points.append((middle(Interval(exact, precision: 128)), middle(deficit)))
      rows.append("| \(ratio) | \(try shown(deficit)) |")
    }
    let plot = LinePlot(
      "Deficit of the capacity at I = 0 and the greatest p", x: "delta/J1", y: "1 - C/(2 wb)", ceiling: 1.25,
      [.init("certified values", points, isMarked: true)])
    try plot.svg.write(to: folder.appending(path: "capacity-deficit.svg"), atomically: true, encoding: .utf8)
    try (rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "capacity-deficit.md"), atomically: true, encoding: .utf8)
  }
}

extension Rational {
  /// A number as in the parameters above.
  fileprivate init(parsing text: String) throws {
    guard let value = try Constant(parsing: text).rational else { throw Undecided("\(text) is not rational") }
    self = value
  }
}
