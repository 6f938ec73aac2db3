import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Capacity and resources of two qubits from certified values, wc = J1 = 1.
enum CapacityFigures {
  static let all = [overTime, resources, deficit]

  /// A figure of merit at J2 = 0, to 12 places: zeros have no relative digits.
  private static func value(_ name: String, wb: String, t: String, _ values: FigureValues) throws -> Interval {
    try values.value(
      "capacity.\(name)", [("wb", wb), ("wc", "1"), ("J1", "1"), ("J2", "0"), ("t", t)], to: .absolute(digits: 12))
  }

  /// c(t) at four detunings.
  private static let overTime = Figure("capacity-time", on: "capacity", "c over time at four detunings") { values in
    let curves = try [("0", "1"), ("1/2", "3/2"), ("1", "2"), ("2", "3")].map { delta, wb in
      let frequency = try Rational(parsing: wb)
      let points = try (0...100).map { step in
        let c = try value("battery", wb: wb, t: "\(step)/20", values) / Interval(frequency * 2, precision: 128)
        return (x: Double(step) / 20, y: c.plotted)
      }
      return Figure.Panel.Curve("delta = \(delta) J1", points, isMarked: false)
    }
    return Figure.Panel(
      "Capacity of the battery over its greatest", x: .linear("J1 t"), y: .linear("c = C/(2 wb)", to: 1.5), curves)
  }

  /// The resources over p, each over its greatest value, at resonance; the imaginarity at delta = J1/2.
  private static let resources = Figure(
    "capacity-resources", on: "capacity", "capacity and resources over the exchanged weight"
  ) { values in
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
      (Interval(step, precision: 128) * Interval.pi(precision: 128) / 96).sine.squared.plotted
    }
    var curves = try greatest.map { entry in
      let points = try steps.map {
        (x: weight($0), y: (try value(entry.name, wb: "1", t: "\($0)*pi/96", values) / entry.value).plotted)
      }
      return Figure.Panel.Curve(entry.label, points, isMarked: false)
    }
    let detuned = try steps.map { step in
      (
        x: 0.8 * weight(step),
        y: try value("imaginarity", wb: "3/2", t: "\(step)*pi/(96*sqrt(5/4))", values).plotted
      )
    }
    curves.append(Figure.Panel.Curve("I at delta = J1/2", detuned, isMarked: false))
    return Figure.Panel(
      "Capacity and resources over the exchanged weight", x: .linear("p"),
      y: .linear("over the greatest value", to: 1.5), curves)
  }

  /// The deficit at I = 0 and the greatest p, over delta/J1.
  private static let deficit = Figure(
    "capacity-deficit", on: "capacity", "deficit of the capacity at I = 0 and the greatest p, over delta/J1"
  ) { values in
    let ratios = [
      "1/8", "1/6", "1/5", "1/4", "1/3", "0.4", "1/2", "0.6", "0.7", "0.8", "0.9", "1", "1.1", "1.25", "1.5", "1.75",
      "2", "2.5", "3", "4", "5", "6", "8",
    ]
    var points: [(x: Double, y: Double)] = []
    var table = Table(["delta/J1", "1 - C/(2 wb)"])
    for ratio in ratios {
      let deficit = try values.value(
        "capacity.peak-deficit", [("wb", "1 + \(ratio)"), ("wc", "1"), ("J1", "1")])
      points.append((Interval(try Rational(parsing: ratio), precision: 128).plotted, deficit.plotted))
      table.add([ratio, try deficit.shown()])
    }
    let panel = Figure.Panel(
      "Deficit of the capacity at I = 0 and the greatest p", x: .logarithmic("delta/J1"),
      y: .linear("1 - C/(2 wb)", to: 1.25), [.init("certified values", points, isMarked: true)])
    return (panel, table)
  }
}

extension Rational {
  /// A number as in the parameters above.
  fileprivate init(parsing text: String) throws {
    guard let value = try Constant(parsing: text).rational else { throw Undecided("\(text) is not rational") }
    self = value
  }
}
