import ArbitraryPrecision
import Catalogue
import Systems
import FastKernels
import Foundation
import RigorousNumerics

/// All atoms of cells in parallel with their certified signs, and what the double kernel says of them.
///
/// Usage: quasi-benchmark N q a b, with a and b as doubles. One JSON object: works, signs (null where undecided), probabilities to 20 digits, the kernel's values and bounds.
@main
enum QuasiBenchmark {
  struct Law: Encodable {
    let works: [String]
    let signs: [Int?]
    let probabilities: [String]
    let values: [Double]
    let bounds: [Double]
    let negativity: String
    let kernelNegativity: [Double]
    let bits: Int
    let leastExponent: Int?
    let seconds: Double
    let kernelSeconds: Double
  }

  struct Usage: Error {}

  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.compactMap { Double($0) }
    guard numbers.count == 4, words.count == 4 else { throw Usage() }
    let (n, q, a, b) = (numbers[0], numbers[1], numbers[2], numbers[3])
    func exact(_ x: Double) throws -> String {
      guard let rational = Rational(exactly: x) else { throw Usage() }
      return "\(rational)"
    }
    let given = try [("family", "parallel"), ("N", exact(n)), ("q", exact(q)), ("a", exact(a)), ("b", exact(b))]
      .map { (name: $0.0, text: $0.1) }
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.negativity")
    let clock = ContinuousClock()
    var start = clock.now
    // Twenty digits beside the sign.
    let signs = try WorkSigns(Arguments(given, for: quantity), bits: 70, within: Budget(seconds: 600))
    let seconds = (clock.now - start).inSeconds
    let charge = QuasiKernel.Charge(
      family: .parallel, cells: n, cellsPerBlock: 1, order: q, before: a, during: b)
    start = clock.now
    let law = try QuasiKernel.law(of: charge)
    let kernelSeconds = (clock.now - start).inSeconds
    let total = try QuasiKernel.negativity(of: charge)
    let certified = try quantity.interval(given, to: .relative(digits: 20), within: Budget(seconds: 600))
    // Works that no sum reaches are no atoms; there are none on the lattices of this benchmark.
    guard law.count == signs.atoms.count else { throw Usage() }
    let result = Law(
      works: signs.atoms.map { "\($0.work)" }, signs: signs.atoms.map(\.sign),
      probabilities: signs.atoms.map { text($0.probability) }, values: law.map(\.value),
      bounds: law.map(\.errorBound), negativity: text(certified),
      kernelNegativity: [total.value, total.errorBound], bits: signs.precision,
      leastExponent: signs.leastExponent, seconds: seconds, kernelSeconds: kernelSeconds)
    print(String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
  }

  private static func text(_ value: Interval) -> String {
    value.lower.decimal(digits: 20, rounding: .nearest).map { "\($0)" } ?? "nan"
  }
}
