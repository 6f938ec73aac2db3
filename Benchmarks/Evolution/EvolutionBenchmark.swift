import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// Times of the certified evolution of the spin battery.
@main
enum EvolutionBenchmark {
  static func main() throws {
    for (n, digits) in [(200, 50), (1000, 50), (200, 15), (1000, 15), (2000, 50)] {
      let flow = SkewFlow(
        dimension: n + 1, integer: (0..<n).map { .init(row: $0 + 1, column: $0, ($0 + 1) * (n - $0)) })
      let time = Interval(Rational(3, Integer(n)), precision: 256)
      var best = Double.infinity
      var energy = Interval(0, precision: 64)
      for _ in 0..<5 {
        let start = DispatchTime.now().uptimeNanoseconds
        let state = try flow.evolved(
          .unit(0, dimension: n + 1), for: time, bits: digits * 3322 / 1000 + 20, within: Budget())
        energy = state.form(Array(0...n), precision: 256)
        best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start))
      }
      print(n, digits, best / 1e6, "ms", energy.text(digits: digits))
    }
  }
}
