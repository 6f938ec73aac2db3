import ArbitraryPrecision
import FastKernels
import Foundation
import RigorousNumerics

/// Times of the certified evolution, one JSON object a line: what was computed, milliseconds (the least of a few runs, coefficients and
/// the stored energy included), and the value.
///
/// `--table` prints the cost over N and digits instead.
@main
enum EvolutionBenchmark {
  static func main() throws {
    if CommandLine.arguments.contains("--table") { return try table() }
    for n in [200, 1000] { try run("spin", n, 50, spin(n), time: Rational(3, Integer(n))) }
    for n in [200, 1000] { try runDouble(n) }
    try run("harmonic-sector", 200, 50, harmonicSector(200), time: Rational(1, 10))
    try run("sparse", 300, 50, sparse(300), time: Rational(3, 2))
  }

  /// The couplings (k + 1)(N - k), in x = 2 g tau.
  static func spin(_ n: Int) -> SkewFlow {
    SkewFlow(dimension: n + 1, integer: (0..<n).map { .init(row: $0 + 1, column: $0, ($0 + 1) * (n - $0)) })
  }

  /// The couplings sqrt((k + 1)(N - k)), in x = g sqrt(N) tau.
  static func harmonicSector(_ n: Int) -> SkewFlow {
    SkewFlow(
      dimension: n + 1,
      real: (0..<n).map {
        .init(row: $0 + 1, column: $0, Interval(($0 + 1) * (n - $0), precision: 320).squareRoot)
      })
  }

  /// Couplings of 1 to 5 from j to (7 j + 3) mod d, j + 1 and j + 17, where these are higher: sparse and far from a chain.
  static func sparse(_ d: Int) -> SkewFlow {
    var pairs: Set<[Int]> = []
    for j in 0..<d {
      for k in [(7 * j + 3) % d, j + 1, j + 17] where k < d && k != j { pairs.insert([max(j, k), min(j, k)]) }
    }
    return SkewFlow(
      dimension: d,
      integer: pairs.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }.map {
        .init(row: $0[0], column: $0[1], 1 + ($0[0] + $0[1]) % 5)
      })
  }

  /// A value and the least milliseconds of the runs of one second.
  static func timed<T>(_ body: () throws -> T) rethrows -> (ms: Double, value: T) {
    var (best, spent) = (Double.infinity, 0.0)
    while true {
      let start = DispatchTime.now().uptimeNanoseconds
      let value = try body()
      let ns = Double(DispatchTime.now().uptimeNanoseconds - start)
      (best, spent) = (min(best, ns), spent + ns)
      if spent >= 1e9 { return (best / 1e6, value) }
    }
  }

  static func measure(_ flow: SkewFlow, _ time: Rational, _ digits: Int) throws -> (ms: Double, value: Interval) {
    let bits = digits * 3322 / 1000 + 20
    let weights = Array(0..<flow.dimension)
    return try timed {
      let state = try flow.evolved(
        .unit(0, dimension: flow.dimension), for: Interval(time, precision: bits + 64), bits: bits,
        within: Budget(seconds: 3600))
      return state.form(weights, precision: bits + 32)
    }
  }

  static func run(_ name: String, _ n: Int, _ digits: Int, _ flow: SkewFlow, time: Rational) throws {
    let (ms, energy) = try measure(flow, time, digits)
    let bits = digits * 3322 / 1000 + 20
    let cost = try flow.cost(
      of: .unit(0, dimension: flow.dimension), for: Interval(time, precision: bits + 64), bits: bits, within: Budget())
    print(
      #"{"name": "\#(name)", "n": \#(n), "digits": \#(digits), "ms": \#(ms), "steps": \#(cost.steps), "limbs": \#(cost.limbs), "value": "\#(energy.text(digits: digits))"}"#
    )
  }

  /// The double-precision kernel.
  static func runDouble(_ n: Int) throws {
    let time = 1.5 / Double(n)
    let (ms, value) = try timed {
      try SpinKernel.storedEnergy(cells: Double(n), frequency: 1, coupling: 1, time: time).value
    }
    // Against the certified value at the double that the time is.
    guard let exact = Rational(exactly: 2 * time) else { return }
    let state = try spin(n).evolved(
      .unit(0, dimension: n + 1), for: Interval(exact, precision: 300), bits: 120, within: Budget())
    let truth = state.form(Array(0...n), precision: 160).lower.rational ?? 1
    let off = ((Rational(exactly: value) ?? 0) - truth).magnitude / truth
    let error = BigFloat(off, precision: 53, rounding: .up).double(rounding: .up)
    print(
      #"{"name": "spin", "n": \#(n), "digits": 0, "ms": \#(ms), "error": \#(error), "value": "[\#(value), \#(value)]"}"#
    )
  }

  static func table() throws {
    print("milliseconds of spin.stored-energy at tau = 3/(2N), by N and digits")
    let digits = [30, 50, 100, 300, 1000]
    print("      N" + digits.map { String(format: "%10d", $0) }.joined())
    for n in [10, 30, 100, 300, 1000, 3000, 10000] {
      let row = try digits.map { d -> String in
        if n >= 3000 && d > 300 { return "         -" }
        return String(format: "%10.2f", try measure(spin(n), Rational(3, Integer(n)), d).ms)
      }
      print(String(format: "%7d", n) + row.joined())
    }
  }
}
