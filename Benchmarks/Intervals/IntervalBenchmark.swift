import ArbitraryPrecision
import CMPFR
import Foundation

/// Interval operations against plain MPFR calls, in one run: the nanoseconds of each, and how many MPFR calls of the same
/// kind an interval operation costs. Operands have 128 bits and are one ulp wide; results are kept. Few enough operands to
/// stay in the first cache, on both sides.
///
/// `--results` prints the operands and the results instead, as exact literals, for the comparison with other libraries;
/// `--exercise` runs everything that allocates, for a memory checker.
@main
enum IntervalBenchmark {
  static let precision = 128
  static let count = 64
  static let rounds = 2000

  static func main() {
    if CommandLine.arguments.contains("--exercise") { return LeakExercise.run() }
    let a = operands(seed: 3), b = operands(seed: 7)
    if CommandLine.arguments.contains("--results") {
      for (name, results) in results(a, b) {
        for i in 0..<count { print(name, a[i].exactText, b[i].exactText, results[i].exactText, separator: "\t") }
      }
      return
    }
    var results = a
    print("operation        interval ns   MPFR call ns   calls")
    report("add", mpfr(mpfr_add), interval { for i in 0..<count { results[i] = a[i] + b[i] } })
    report("sub", mpfr(mpfr_sub), interval { for i in 0..<count { results[i] = a[i] - b[i] } })
    report("mul", mpfr(mpfr_mul), interval { for i in 0..<count { results[i] = a[i] * b[i] } })
    report("div", mpfr(mpfr_div), interval { for i in 0..<count { results[i] = a[i] / b[i] } })
    report("add in place", mpfr(mpfr_add), interval { for i in 0..<count { results[i] += b[i] } })
    results = a
    report("mul in place", mpfr(mpfr_mul), interval { for i in 0..<count { results[i] *= b[i] } })
    report("sqrt", mpfr(mpfr_sqrt), interval { for i in 0..<count { results[i] = a[i].squareRoot } })
    report("exp", mpfr(mpfr_exp), interval { for i in 0..<count { results[i] = a[i].exponential } })
    report("log", mpfr(mpfr_log), interval { for i in 0..<count { results[i] = a[i].logarithm } })
    report("sin", mpfr(mpfr_sin), interval { for i in 0..<count { results[i] = a[i].sine } })
    precondition(results.allSatisfy { !$0.isEmpty })
  }

  static func results(_ a: [Interval], _ b: [Interval]) -> [(String, [Interval])] {
    let pairs = Array(zip(a, b))
    return [
      ("add", pairs.map { $0 + $1 }), ("sub", pairs.map { $0 - $1 }), ("mul", pairs.map { $0 * $1 }),
      ("div", pairs.map { $0 / $1 }), ("sqrt", a.map(\.squareRoot)), ("exp", a.map(\.exponential)),
      ("log", a.map(\.logarithm)), ("sin", a.map(\.sine)),
    ]
  }

  static func report(_ name: String, _ mpfr: Double, _ interval: Double) {
    let columns = [interval, mpfr, interval / mpfr].map { String(format: "%14.2f", $0) }.joined()
    print(name.padding(toLength: 14, withPad: " ", startingAt: 0) + columns)
  }

  /// Intervals one ulp wide with full mantissas between 1 and 3.
  static func operands(seed: Int) -> [Interval] {
    (0..<count).compactMap { i in
      let x = Rational(Integer(1 + (i * seed) % 1009), Integer(1013)) * 2 + 1
      return Interval(x, precision: precision)
    }
  }

  /// The least time of a pass over all operands, for one operation, in nanoseconds.
  static func best(_ pass: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = DispatchTime.now().uptimeNanoseconds
      pass()
      best = min(best, Double(DispatchTime.now().uptimeNanoseconds - start))
    }
    return best / Double(count)
  }

  static func interval(_ pass: () -> Void) -> Double { best(pass) }

  typealias Unary = @convention(c) (mpfr_ptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32
  typealias Binary = @convention(c) (mpfr_ptr?, mpfr_srcptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32

  /// Numbers as C would hold them, each with a mantissa of its own.
  static func numbers(seed: Int) -> UnsafeMutablePointer<__mpfr_struct> {
    let numbers = UnsafeMutablePointer<__mpfr_struct>.allocate(capacity: count)
    for i in 0..<count {
      mpfr_init2(numbers + i, precision)
      mpfr_set_si(numbers + i, 2 * (1 + (i * seed) % 1009), MPFR_RNDN)
      mpfr_div_si(numbers + i, numbers + i, 1013, MPFR_RNDN)
      mpfr_add_si(numbers + i, numbers + i, 1, MPFR_RNDN)
    }
    return numbers
  }

  static func clear(_ numbers: UnsafeMutablePointer<__mpfr_struct>...) {
    for array in numbers {
      for i in 0..<count { mpfr_clear(array + i) }
      array.deallocate()
    }
  }

  static func mpfr(_ function: Binary) -> Double {
    let (a, b, c) = (numbers(seed: 3), numbers(seed: 7), numbers(seed: 1))
    defer { clear(a, b, c) }
    return best { for i in 0..<count { _ = function(c + i, a + i, b + i, MPFR_RNDD) } }
  }

  static func mpfr(_ function: Unary) -> Double {
    let (a, c) = (numbers(seed: 3), numbers(seed: 1))
    defer { clear(a, c) }
    return best { for i in 0..<count { _ = function(c + i, a + i, MPFR_RNDD) } }
  }
}
