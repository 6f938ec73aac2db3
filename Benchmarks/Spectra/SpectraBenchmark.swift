import ArbitraryPrecision
import Foundation
import RandomInputs
import RigorousNumerics

/// Certified spectra, one JSON object a line: the matrices of peers.py with their clusters and times, or with `--random COUNT [SEED]` matrices of
/// prescribed spectra, which ends with status 1 when one is enclosed wrongly.
@main
enum SpectraBenchmark {
  static let bits = 128

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--random" {
      let numbers = arguments.dropFirst().compactMap { Int($0) }
      try PrescribedSpectra.run(numbers.first ?? 10_000, seed: UInt64(numbers.dropFirst().first ?? 1))
      return
    }
    for sites in 2...6 { try measure("sum sigma_x", sites, transverse(sites)) }
    for sites in 3...6 { try measure("Ising ring", sites, isingRing(sites)) }
    try measure("random, simple", 5, random(32))
  }

  struct Row: Encodable {
    let name: String
    let sites: Int
    let dimension: Int
    let ms: Double
    let bits: Double
    let values: [String]
    let multiplicities: [Int]
  }

  /// The best of several runs.
  static func measure(_ name: String, _ sites: Int, _ matrix: HermitianMatrix) throws {
    var best = Double.infinity
    var spectrum = try HermitianSpectrum(matrix, bits: bits)
    for _ in 0..<(matrix.dimension > 32 ? 5 : 20) {
      let start = DispatchTime.now().uptimeNanoseconds
      spectrum = try HermitianSpectrum(matrix, bits: bits)
      best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6)
    }
    // The bits that are proved of the widest cluster, of the greatest magnitude.
    let greatest = spectrum.eigenvalues.reduce(0) { max($0, $1.magnitude.double(rounding: .up)) }
    let widest = spectrum.clusters.reduce(0) { max($0, $1.value.width.double(rounding: .up)) }
    let row = Row(
      name: name, sites: sites, dimension: matrix.dimension, ms: best, bits: log2(greatest / widest),
      values: spectrum.clusters.map { $0.value.text(digits: 20) },
      multiplicities: spectrum.clusters.map(\.multiplicity))
    print(String(decoding: try JSONEncoder().encode(row), as: UTF8.self))
  }

  /// The sum of sigma_x over sites.
  static func transverse(_ sites: Int) -> HermitianMatrix { isingRing(sites, coupling: 0) }

  /// The sum of sigma_x over sites, and of sigma_z sigma_z over the bonds of a ring.
  static func isingRing(_ sites: Int, coupling: Int = 1) -> HermitianMatrix {
    HermitianMatrix(symmetric: 1 << sites, precision: bits) { row, column in
      if row == column {
        let bonds = (0..<sites).map { (row >> $0 ^ row >> (($0 + 1) % sites)) & 1 == 0 ? 1 : -1 }
        return Interval(coupling * bonds.reduce(0, +), precision: bits)
      }
      return Interval((row ^ column).nonzeroBitCount == 1 ? 1 : 0, precision: bits)
    }
  }

  /// Small integers from a generator that peers.py repeats.
  static func random(_ n: Int) -> HermitianMatrix {
    var state = 1
    return HermitianMatrix(symmetric: n, precision: bits) { _, _ in
      state = (state * 1_103_515_245 + 12345) % 2_147_483_648
      return Interval(state >> 16 & 255, precision: bits) - 128
    }
  }
}

/// Random matrices of prescribed spectra, with 1 to 64 rows.
enum PrescribedSpectra {
  static func run(_ count: Int, seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var (wrong, widest, repeated) = (0, -Double.infinity, 0)
    let start = DispatchTime.now().uptimeNanoseconds
    for index in 0..<count {
      let n = Int.random(in: 1...[4, 12, 32, 64][index % 4], using: &generator)
      let problem = PrescribedSpectrum(dimension: n, precision: 320, using: &generator)
      let spectrum = try HermitianSpectrum(problem.matrix, bits: 100)
      if !problem.isEnclosed(by: spectrum) {
        wrong += 1
        print("wrong: seed \(seed), case \(index), \(n) rows")
      }
      repeated += spectrum.clusters.filter { $0.multiplicity > 1 }.count
      let greatest =
        problem.eigenvalues.map { Interval($0.magnitude, precision: 64).upper.double(rounding: .up) }.max() ?? 0
      let width = spectrum.eigenvalues.map { $0.width.double(rounding: .up) }.max() ?? 0
      widest = max(widest, log2(width / max(greatest, 0x1p-200)))
    }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
    print(
      "seed \(seed): \(count) matrices, \(wrong) wrong; \(repeated) clusters of several eigenvalues; widest enclosure 2^\(widest) of the norm; \(seconds) s"
    )
    if wrong > 0 { exit(1) }
  }
}
