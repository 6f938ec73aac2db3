import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Asymptotic freedom from certified values.
enum FreedomFigures {
  static let all = [bounds, protocols]

  /// The sharp bounds on R over P at N = 10, e = 5, and the simple ones.
  private static let bounds = Figure("freedom-bounds", on: "freedom", "R over P at N = 10, e = 5") { values in
    // From 1/11 to one in 100 steps.
    let purities = (0...100).map { "1/11 + \($0)/110" }
    let places = (0...100).map { 1.0 / 11 + Double($0) / 110 }
    func curve(_ name: String) throws -> [(x: Double, y: Double)] {
      try zip(places, purities).map { place, purity in
        // Zeros have no relative digits: absolute ones are enough for the bounds.
        let bound = try values.value(
          "freedom.\(name)", [("N", "10"), ("e", "5"), ("P", purity)], to: .absolute(digits: 8))
        return (x: place, y: bound.plotted)
      }
    }
    return Figure.Panel(
      "Share of ergotropy in the energy, N = 10, e = 5", x: .linear("P"), y: .linear("R", to: 1.05),
      [
        .init("greatest R", try curve("upper-bound"), isMarked: false),
        .init("least R", try curve("lower-bound"), isMarked: false),
        .init("1 - (1 - sqrt P)/e", places.map { (x: $0, y: 1 - (1 - $0.squareRoot()) / 5) }, isMarked: false),
        .init("1 - (1 - P)/e", places.map { (x: $0, y: 1 - (1 - $0) / 5) }, isMarked: false),
      ])
  }

  /// -log10(1 - R) of the protocols over N, with a table of the values.
  private static let protocols = Figure("freedom-protocols", on: "freedom", "digits of 1 - R over N") { values in
    var table = Table(["N", "nbar", "1 - R", "nbar (1 - R)", "local exponent"])
    var curves: [Figure.Panel.Curve] = []
    for (power, ladder) in [
      (1, [2, 4, 8, 16, 32, 64]), (2, [2, 4, 8, 16, 32, 64]), (3, [2, 4, 8, 16, 32, 64]), (7, [2, 4, 8, 16]),
    ] {
      var (points, before): ([(x: Double, y: Double)], Interval?) = ([], nil)
      for n in ladder {
        let deficit = try values.value(
          "freedom.tavis-cummings-deficit", [("N", "\(n)"), ("nbar", "\(n)^\(power)")], to: .relative(digits: 8))
        let photons = Interval(Integer(n).power(power), precision: 128)
        let exponent = try before.map { try (-(deficit / $0).logarithm2).shown(digits: 5) }
        table.add([
          "\(n)", "N^\(power)", try deficit.shown(digits: 6), try (photons * deficit).shown(digits: 6),
          exponent.map { "-\($0)" } ?? "",
        ])
        points.append((x: Double(n), y: (-deficit.logarithm10).plotted))
        before = deficit
      }
      curves.append(.init("Tavis-Cummings, nbar = N^\(power)", points, isMarked: true))
    }
    let flip = try [2, 3, 4, 5, 6, 8, 10, 16, 27, 28, 40, 64].map { n in
      let deficit = try values.value(
        "freedom.vacuum-flip-deficit", [("N", "\(n)"), ("nbar", "\(n)^2")], to: .relative(digits: 8))
      return (x: Double(n), y: (-deficit.logarithm10).plotted)
    }
    curves.append(.init("flip unless empty, nbar = N^2", flip, isMarked: true))
    let panel = Figure.Panel(
      "Digits of asymptotic freedom", x: .logarithmic("N"), y: .logarithmic("-log10(1 - R)"), curves)
    return (panel, table)
  }
}
