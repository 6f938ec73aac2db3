import ArbitraryPrecision
import Catalogue
import Systems
import FastKernels
import Foundation
import RigorousNumerics

/// Times of the Dicke battery, one JSON object a line: a curve of the ratio R over g by the double kernels, certified values on it, and certified
/// digits of a stored energy. w0 is 1.
@main
enum DickeBenchmark {
  static let cells = 50
  static let phase = Double.pi / 4
  /// 0.05 to 2 in equal ratios, rounded so that all programs have the same numbers.
  static let couplings = (0..<40).map { (0.05 * pow(40, Double($0) / 39) * 4096).rounded() / 4096 }

  static func main() throws {
    try curve()
    // Weak, middle and strong coupling.
    for index in [0, couplings.count / 2, couplings.count - 1] { try certifiedRatio(couplings[index]) }
    try storedEnergy()
  }

  // MARK: - The curve

  struct Curve: Encodable {
    var name = "curve"
    let cells: Int
    let phase: Double
    /// Milliseconds of both quantum maxima at all g, and of both classical ones.
    var quantum = 0.0
    var classical = 0.0
    var points: [Point] = []
  }

  struct Point: Encodable {
    let g: Double
    let ratio: Double
    let bound: Double
    let many: Search
    let one: Search
  }

  /// What the search for a quantum maximum went through.
  struct Search: Encodable {
    let cells: Int
    let photons: Int
    let optimalTime: Double
    let times: [Double]

    init(_ cells: Int, _ report: DickeSearchReport) {
      self.cells = cells
      (photons, optimalTime, times) = (report.photons, report.optimalTime, report.times)
    }
  }

  /// All four maximal powers at each g.
  static func curve() throws {
    let runs = try (0..<3).map { _ in
      var run = Curve(cells: cells, phase: phase)
      for g in couplings {
        let (searches, quantum) = try timed {
          try [cells, 1].map { try DickeKernel.powerSearch(cells: Double($0), frequency: 1, coupling: g) }
        }
        let classical = try timed {
          for n in [cells, 1] {
            _ = try ClassicalDickeKernel.maximalPower(cells: Double(n), frequency: 1, coupling: g, phase: phase)
          }
        }.ms
        run.quantum += quantum
        run.classical += classical
        let ratio = try DickeKernel.ratio(cells: Double(cells), frequency: 1, coupling: g, phase: phase)
        run.points.append(
          Point(
            g: g, ratio: ratio.value, bound: ratio.errorBound, many: Search(cells, searches[0]),
            one: Search(1, searches[1])))
      }
      return run
    }
    if let best = runs.min(by: { $0.quantum + $0.classical < $1.quantum + $1.classical }) { try write(best) }
  }

  // MARK: - Certified values

  struct Certified: Encodable {
    let name: String
    let g: Double
    var tau: Double?
    var digits: Int?
    /// The number of photons at which QuTiP is to cut.
    var photons: Int?
    let ms: Double
    let value: Double
    let text: String
  }

  static func certifiedRatio(_ g: Double) throws {
    let (value, ms) = try timed {
      try certified("dicke.ratio", ["N": "\(cells)", "g": try exact(g), "phase": try exact(phase)], digits: 18)
    }
    try write(Certified(name: "ratio", g: g, ms: ms, value: nearest(value), text: value.text(digits: 18)))
  }

  static func storedEnergy() throws {
    // The double nearest to 0.2 as it is, since QuTiP takes doubles. QuTiP may cut at fewer photons than 30 digits need.
    let (g, tau, digits, photons) = (0.5, 0.2, 30, 300)
    let given = ["N": "\(cells)", "g": try exact(g), "tau": try exact(tau)]
    let runs = try (0..<5).map { _ in try timed { try certified("dicke.stored-energy", given, digits: digits) } }
    guard let (value, ms) = runs.min(by: { $0.ms < $1.ms }) else { return }
    try write(
      Certified(
        name: "stored-energy", g: g, tau: tau, digits: digits, photons: photons, ms: ms, value: nearest(value),
        text: value.text(digits: digits)))
  }

  /// As `qbo evaluate` does it.
  static func certified(_ name: String, _ given: [String: String], digits: Int) throws -> Interval {
    try Catalogue.builtIn.quantity(named: name).interval(
      given.map { (name: $0.key, text: $0.value) }, to: .relative(digits: digits), within: Budget(seconds: 600))
  }

  /// A double as an exact parameter.
  static func exact(_ x: Double) throws -> String {
    guard let exact = Rational(exactly: x) else { throw Undecided("\(x) is no number") }
    return "\(exact)"
  }

  /// A double next to a narrow interval.
  static func nearest(_ x: Interval) -> Double { x.lower.double(rounding: .nearest) }

  // MARK: - Output

  /// A value and the milliseconds that it took.
  static func timed<T>(_ body: () throws -> T) rethrows -> (value: T, ms: Double) {
    let start = DispatchTime.now().uptimeNanoseconds
    let value = try body()
    return (value, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
  }

  static func write(_ row: some Encodable) throws {
    print(String(decoding: try JSONEncoder().encode(row), as: UTF8.self))
  }
}
