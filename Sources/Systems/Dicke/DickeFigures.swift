import Expressions
import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// Fig. 3 of the paper from certified values, and the audit of the cut-off.
enum DickeFigures {
  static let all = [ladders, window, cutoff]

  private static let couplings = ["0.01", "0.5", "2"]

  /// (a), (b) and (c): both advantages and their ratio over N.
  private static let ladders = Figure(
    "dicke-ladders", on: "dicke", "Fig. 3(a), (b) and (c): both advantages and their ratio over N",
    panels: ["dicke-quantum", "dicke-classical", "dicke-ratio"], hasTable: true
  ) { values in
    let ladder = [1, 2, 4, 8, 16, 32, 64, 128]
    var curves: [[[(x: Double, y: Double)]]] = Array(repeating: [[], [], []], count: 3)
    var table = Table(["g/w0", "N", "Gamma_qu", "Gamma_cl", "R"])
    for (index, g) in couplings.enumerated() {
      for n in ladder {
        let pair = try ["dicke.advantage", "dicke.classical-advantage"].map {
          try values.value($0, [("N", "\(n)"), ("g", g)], to: .relative(digits: 8))
        }
        let all = pair + [pair[0] / pair[1]]
        for (part, value) in all.enumerated() { curves[part][index].append((Double(n), value.plotted)) }
        table.add([g, "\(n)"] + (try all.map { try $0.shown(digits: 6) }))
      }
    }
    let root = Figure.Panel.Curve(
      "sqrt N", ladder.map { (x: Double($0), y: Double($0).squareRoot()) }, isMarked: false)
    let one = Figure.Panel.Curve("R = 1", [(x: 1, y: 1), (x: 128, y: 1)], isMarked: false)
    func panel(_ part: Int, _ title: String, _ y: Figure.Panel.Axis, _ reference: Figure.Panel.Curve) -> Figure.Panel {
      Figure.Panel(
        title, x: .logarithmic("N"), y: y,
        zip(couplings, curves[part]).map { .init("g = \($0) w0", $1, isMarked: true) } + [reference])
    }
    return Figure.Content(
      panels: [
        ("dicke-quantum", panel(0, "Fig. 3(a): Dicke battery, quantum", .logarithmic("Gamma_qu"), root)),
        ("dicke-classical", panel(1, "Fig. 3(b): Dicke battery, classical", .logarithmic("Gamma_cl"), root)),
        ("dicke-ratio", panel(2, "Fig. 3(c): Dicke battery, ratio", .linear("R"), one)),
      ], table: table)
  }

  /// (d): R over g at N = 50, for the paper's phase and for others.
  private static let window = Figure(
    "dicke-window", on: "dicke", "Fig. 3(d): R over g at N = 50 for five phases of the classical start"
  ) { values in
    let couplings = [
      "0.05", "0.07", "0.1", "0.13", "0.16", "0.2", "0.23", "0.26", "0.28", "0.3", "0.31", "0.32", "0.34", "0.36",
      "0.378", "0.4", "0.45", "0.5", "0.6", "0.7", "0.85", "1", "1.15", "1.4", "1.7", "2",
    ]
    let phases = ["0", "pi/8", "pi/4", "5*pi/16", "pi/2"]
    var curves: [[(x: Double, y: Double)]] = phases.map { _ in [] }
    var table = Table(["g/w0"] + phases.map { "phase \($0)" })
    for g in couplings {
      let given = [("N", "50"), ("g", g)]
      let gamma = try values.value("dicke.advantage", given, to: .relative(digits: 8))
      let ratios = try phases.map {
        gamma / (try values.value("dicke.classical-advantage", given + [("phase", $0)], to: .relative(digits: 8)))
      }
      for (index, ratio) in ratios.enumerated() { curves[index].append((Double(g) ?? .nan, ratio.plotted)) }
      table.add([g] + (try ratios.map { try $0.shown(digits: 6) }))
    }
    let panel = Figure.Panel(
      "Fig. 3(d): Dicke battery, N = 50, phases of the classical start", x: .logarithmic("g/w0"), y: .linear("R"),
      zip(phases, curves).map { .init($0 == "pi/4" ? "pi/4, the paper's choice" : "phase \($0)", $1, isMarked: true) }
        + [.init("R = 1", [(0.05, 1), (2, 1)], isMarked: false)])
    return (panel, table)
  }

  /// How many photons are needed, and what M = 2N and 4N cost, at times near the greatest power.
  private static let cutoff = Figure(
    "dicke-cutoff", on: "dicke", "photons that are needed, and the error of fixed cut-offs"
  ) { _ in
    let cases = [
      (10, "0.1", "2"), (10, "0.5", "0.42"), (10, "2", "0.105"),
      (50, "0.1", "0.91"), (50, "0.5", "0.1935"), (50, "2", "0.0484"),
    ]
    var table = Table(
      ["N", "g/w0", "tau", "M for 6 digits", "for 10", "for 15", "error with M = 2N", "with 4N"])
    for (n, g, tau) in cases {
      let budget = Budget(seconds: 600)
      let audit = try DickeCutoff(
        cells: n, coupling: Constant(parsing: g), time: Constant(parsing: tau), within: budget)
      let photons = try [6, 10, 15].map { try audit.photons(digits: $0, within: budget) }
      let errors = try [2, 4].map { factor in
        let error = try audit.error(photons: factor * n, within: budget)
        return error.upper.rational.map {
          ExactDecimal(nearest: $0, significantDigits: 2).text(plainExponents: 0...0, significantDigits: 2)
        } ?? ""
      }
      table.add(["\(n)", g, tau] + photons.map { "\($0)" } + errors)
    }
    return table
  }
}
