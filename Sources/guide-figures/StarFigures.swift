import ArbitraryPrecision
import Catalogue
import Systems
import Foundation
import Reporting
import RigorousNumerics

/// The dephased star from certified values.
extension GuideFigures {
  static func star(to folder: URL) throws {
    try starFreedom(to: folder)
    try starCharging(to: folder)
  }

  private static func middle(_ name: String, _ given: [(String, String)]) throws -> Double {
    try Catalogue.builtIn.quantity(named: "star.\(name)")
      .interval(
        given.map { (name: $0.0, text: $0.1) }, to: .relative(digits: 8), within: Budget(seconds: 600)
      ).midpoint?.double(rounding: .nearest) ?? 0
  }

  /// N (1 - R) of the steady state over F/g, from 10^-2 to 10^2.
  private static func starFreedom(to folder: URL) throws {
    let exponents = (-20...20).map { $0 }
    let curves = try [1, 2, 3, 4, 8, 20].map { n in
      LinePlot.Curve(
        "N = \(n)",
        try exponents.map { k in
          // Powers of 10^(1/10), to four digits.
          let x = (pow(10, Double(k) / 10) * 1e4).rounded() / 1e4
          return (x: x, y: try middle("freedom-product", [("N", "\(n)"), ("F", "\(Int(x * 1e4))/10000")]))
        }, isMarked: false)
    }
    let plot = LinePlot(
      "Asymptotic freedom of the steady state", x: "F/g", y: "N (1 - R)", isLogarithmic: true, curves)
    try plot.svg.write(to: folder.appending(path: "star-freedom.svg"), atomically: true, encoding: .utf8)
  }

  /// E/E_ss over g t for gamma = g/2.
  private static func starCharging(to folder: URL) throws {
    let curves = try [(8, "1/2"), (8, "2"), (8, "20"), (32, "20")].map { n, drive in
      LinePlot.Curve(
        "N = \(n), F = \(drive) g",
        try (1...80).map { k in
          let t = "\(k)/5"
          let energy = try middle("energy", [("N", "\(n)"), ("F", drive), ("gamma", "1/2"), ("t", t)])
          return (x: Double(k) / 5, y: energy * 2 / Double(n))
        }, isMarked: false)
    }
    let plot = LinePlot(
      "Charging of the dephased star, gamma = g/2", x: "g t", y: "E/E_ss", isLinear: true, ceiling: 1.6, curves)
    try plot.svg.write(to: folder.appending(path: "star-charging.svg"), atomically: true, encoding: .utf8)
  }
}
