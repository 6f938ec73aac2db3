import ArbitraryPrecision
import Catalogue

/// The figure of the spin battery.
enum SpinFigures {
  static let all = [advantage]

  private static let ladder = [1, 2, 4, 8, 16, 32, 64, 128, 197, 198, 256, 512, 1024, 2048, 4096]
  /// Beyond the ladder, by the double kernel with its proved bound.
  private static let further = [8192, 16384, 32768, 65536]

  /// Gamma/N over N, with the bound of the theorem in docs/spin.md.
  private static let advantage = Figure(
    "spin-advantage", on: "spin", "Gamma/N over N, with the bound of the theorem and the printed 0.25"
  ) { values in
    let y = try values.value("harmonic.power-constant")
    var table = Table(["N", "Gamma", "Gamma/N", "N/Gamma", "bound of the theorem"])
    var bounds: [(x: Double, y: Double)] = []
    func point(_ n: Int, _ gamma: Interval) throws -> (x: Double, y: Double) {
      let count = Interval(n, precision: 128)
      let bound = y * count.squareRoot.inverseHyperbolicSine
      table.add(["\(n)"] + (try [gamma, gamma / count, count / gamma, bound].map { try $0.shown() }))
      bounds.append((Double(n), (1 / bound).plotted))
      return (Double(n), (gamma / count).plotted)
    }
    let certified = try ladder.map { try point($0, values.value("spin.advantage", [("N", "\($0)")])) }
    let doubles = try further.map { try point($0, values.kernelValue("spin.advantage", [("N", "\($0)")])) }
    let ends = [ladder[0], further[further.count - 1]].map { (x: Double($0), y: 0.25) }
    let panel = Figure.Panel(
      "Collective advantage of the spin battery", x: .logarithmic("N"), y: .linear("Gamma/N"),
      [
        .init("certified values", certified, isMarked: true),
        .init("doubles with a proved bound", doubles, isMarked: true),
        .init("1/(Y asinh(sqrt N)), theorem", bounds, isMarked: false),
        .init("0.25, printed for large N", ends, isMarked: false),
      ])
    return (panel, table)
  }
}
