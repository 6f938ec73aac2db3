import ArbitraryPrecision
import Catalogue
import Systems
import Foundation
import Reporting
import RigorousNumerics

/// Fig. 3 of the paper from certified values, and the audit of the cut-off.
extension GuideFigures {
  private static let couplings = ["0.01", "0.5", "2"]

  static func dicke(to folder: URL) throws {
    try dickeLadders(to: folder)
    try dickeWindow(to: folder)
    try dickeCutoff(to: folder)
  }

  /// (a), (b) and (c): both advantages and their ratio over N.
  private static func dickeLadders(to folder: URL) throws {
    let ladder = [1, 2, 4, 8, 16, 32, 64, 128]
    let names = ["dicke.advantage", "dicke.classical-advantage"]
    var curves: [[[(x: Double, y: Double)]]] = Array(repeating: [[], [], []], count: 3)
    var rows = ["| g/w0 | N | Gamma_qu | Gamma_cl | R |", "| --- | --- | --- | --- | --- |"]
    for (index, g) in couplings.enumerated() {
      for n in ladder {
        let given = [(name: "N", text: "\(n)"), (name: "g", text: g)]
        let pair = try names.map { try certified(try Catalogue.builtIn.quantity(named: $0), given, digits: 8) }
        let values = pair + [pair[0] / pair[1]]
        for (part, value) in values.enumerated() {
          curves[part][index].append((Double(n), value.lower.double(rounding: .nearest)))
        }
        rows.append("| \(g) | \(n) | " + (try values.map { try shown($0, digits: 6) }).joined(separator: " | ") + " |")
      }
    }
    let root = ladder.map { (x: Double($0), y: Double($0).squareRoot()) }
    let one = [(x: 1.0, y: 1.0), (x: 128, y: 1)]
    let labels = [
      ("quantum", "Gamma_qu", "a", "sqrt N", root), ("classical", "Gamma_cl", "b", "sqrt N", root),
      ("ratio", "R", "c", "R = 1", one),
    ]
    for (part, (title, y, letter, name, reference)) in labels.enumerated() {
      let plot = LinePlot(
        "Fig. 3(\(letter)): Dicke battery, \(title)", x: "N", y: y, isLogarithmic: part < 2,
        zip(couplings, curves[part]).map { .init("g = \($0) w0", $1, isMarked: true) }
          + [.init(name, reference, isMarked: false)])
      try plot.svg.write(to: folder.appending(path: "dicke-\(title).svg"), atomically: true, encoding: .utf8)
    }
    try write(rows, to: folder.appending(path: "dicke-ladders.md"))
  }

  /// (d): R over g at N = 50, for the paper's phase and for others.
  private static func dickeWindow(to folder: URL) throws {
    let couplings = [
      "0.05", "0.07", "0.1", "0.13", "0.16", "0.2", "0.23", "0.26", "0.28", "0.3", "0.31", "0.32", "0.34", "0.36",
      "0.378", "0.4", "0.45", "0.5", "0.6", "0.7", "0.85", "1", "1.15", "1.4", "1.7", "2",
    ]
    let phases = ["0", "pi/8", "pi/4", "5*pi/16", "pi/2"]
    let (quantum, classical) = (
      try Catalogue.builtIn.quantity(named: "dicke.advantage"),
      try Catalogue.builtIn.quantity(named: "dicke.classical-advantage")
    )
    var curves: [[(x: Double, y: Double)]] = phases.map { _ in [] }
    var rows = [
      "| g/w0 | " + phases.map { "phase \($0)" }.joined(separator: " | ") + " |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
    for g in couplings {
      let given = [(name: "N", text: "50"), (name: "g", text: g)]
      let gamma = try certified(quantum, given, digits: 8)
      var cells: [String] = []
      for (index, phase) in phases.enumerated() {
        let ratio = gamma / (try certified(classical, given + [(name: "phase", text: phase)], digits: 8))
        curves[index].append((Double(g) ?? 0, ratio.lower.double(rounding: .nearest)))
        cells.append(try shown(ratio, digits: 6))
      }
      rows.append("| \(g) | " + cells.joined(separator: " | ") + " |")
    }
    let plot = LinePlot(
      "Fig. 3(d): Dicke battery, N = 50, phases of the classical start", x: "g/w0", y: "R",
      zip(phases, curves).map { .init($0 == "pi/4" ? "pi/4, the paper's choice" : "phase \($0)", $1, isMarked: true) }
        + [.init("R = 1", [(0.05, 1), (2, 1)], isMarked: false)])
    try plot.svg.write(to: folder.appending(path: "dicke-window.svg"), atomically: true, encoding: .utf8)
    try write(rows, to: folder.appending(path: "dicke-window.md"))
  }

  /// How many photons are needed, and what M = 2N and 4N cost, at times near the greatest power.
  private static func dickeCutoff(to folder: URL) throws {
    let cases = [
      (10, "0.1", "2"), (10, "0.5", "0.42"), (10, "2", "0.105"),
      (50, "0.1", "0.91"), (50, "0.5", "0.1935"), (50, "2", "0.0484"),
    ]
    var rows = [
      "| N | g/w0 | tau | M for 6 digits | for 10 | for 15 | error with M = 2N | with 4N |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for (n, g, tau) in cases {
      let budget = Budget(seconds: 600)
      let audit = try DickeCutoff(cells: n, coupling: g, time: tau, within: budget)
      let photons = try [6, 10, 15].map { try audit.photons(digits: $0, within: budget) }
      let errors = try [2, 4].map { factor in
        let error = try audit.error(photons: factor * n, within: budget)
        return error.upper.rational.map {
          ExactDecimal(nearest: $0, significantDigits: 2).text(plainExponents: 0...0, significantDigits: 2)
        } ?? ""
      }
      rows.append("| \(n) | \(g) | \(tau) | " + (photons.map { "\($0)" } + errors).joined(separator: " | ") + " |")
    }
    try write(rows, to: folder.appending(path: "dicke-cutoff.md"))
  }

  private static func write(_ rows: [String], to file: URL) throws {
    try (rows.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
