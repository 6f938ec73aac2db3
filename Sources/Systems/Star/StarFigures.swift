import Catalogue
import Foundation
import RigorousNumerics

/// The dephased star from certified values.
enum StarFigures {
  static let all = [freedom, charging]

  /// N (1 - R) of the steady state over F/g, from 10^-2 to 10^2.
  private static let freedom = Figure("star-freedom", on: "star", "N (1 - R) of the steady state over F/g") { values in
    let curves = try [1, 2, 3, 4, 8, 20].map { n in
      Figure.Panel.Curve(
        "N = \(n)",
        try (-20...20).map { k in
          // Powers of 10^(1/10), to four digits.
          let x = (pow(10, Double(k) / 10) * 1e4).rounded() / 1e4
          let product = try values.value(
            "star.freedom-product", [("N", "\(n)"), ("F", "\(Int(x * 1e4))/10000")], to: .relative(digits: 8))
          return (x: x, y: product.plotted)
        }, isMarked: false)
    }
    return Figure.Panel(
      "Asymptotic freedom of the steady state", x: .logarithmic("F/g"), y: .logarithmic("N (1 - R)"), curves)
  }

  /// E/E_ss over g t for gamma = g/2.
  private static let charging = Figure("star-charging", on: "star", "energy over time, gamma = g/2") { values in
    let curves = try [(8, "1/2"), (8, "2"), (8, "20"), (32, "20")].map { n, drive in
      Figure.Panel.Curve(
        "N = \(n), F = \(drive) g",
        try (1...80).map { k in
          let energy = try values.value(
            "star.energy", [("N", "\(n)"), ("F", drive), ("gamma", "1/2"), ("t", "\(k)/5")], to: .relative(digits: 8))
          return (x: Double(k) / 5, y: energy.plotted * 2 / Double(n))
        }, isMarked: false)
    }
    return Figure.Panel(
      "Charging of the dephased star, gamma = g/2", x: .linear("g t"), y: .linear("E/E_ss", to: 1.6), curves)
  }
}
