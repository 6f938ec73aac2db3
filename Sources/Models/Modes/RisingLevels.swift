import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The levels of a mode that rise with its quanta for good, beside one level of a few other sites: with coefficients
/// c_k
///
///     E(n) = sum over k of c_k n(n-1)...(n-k+1),
///
/// and from the number ``start`` on the differences E(n+1) - E(n) are positive and do not fall.
struct RisingLevels: Sendable {
  /// The levels of the sites, with no quanta of the mode.
  let numbers: [Int]
  let start: Int
  let coefficients: [Int: ScalarPolynomial]
  private let values: [Int: Interval]
  private let precision: Int

  /// The most quanta from which a level may rise.
  static let greatestQuanta = 20_000

  /// About n = m + x the difference E(n+1) - E(n), a sum of k c_k n(n-1)...(n-k+2), is a sum of e_i x(x-1)...(x-i+1)
  /// with
  ///
  ///     e_i = sum over k of k c_k C(k-1, i) m(m-1)...(m-k+2+i)
  ///
  /// by Vandermonde: when no e_i is negative and e_0 is positive it is positive from m on, and does not fall.
  ///
  /// - Throws: ``BadInput`` where the levels do not rise, ``NotToldYet``, ``Unanswered``.
  init(
    _ numbers: [Int], _ coefficients: [Int: ScalarPolynomial], _ place: ModelFormula, accepted: String,
    _ point: ModelPoint
  ) throws {
    (self.numbers, self.coefficients, precision) = (numbers, coefficients, point.precision)
    let values = try coefficients.mapValues { try point.scalars.enclosure($0).real }
    self.values = values
    guard let degree = values.keys.max(), degree > 0, let leading = values[degree] else {
      throw place.fault("does not rise with the quanta of a boson of the part; \(accepted)")
    }
    guard let sign = leading.certainSign else { throw NotToldYet(what: "whether the levels rise") }
    guard sign > 0 else {
      throw place.fault("does not rise for good with the quanta of a boson of the part; \(accepted)")
    }
    var start = 0
    while start <= Self.greatestQuanta {
      let rises = (0..<degree).allSatisfy { i in
        let sum = values.reduce(Interval(0, precision: point.precision)) { sum, item in
          let (k, c) = item
          guard k - 1 >= i else { return sum }
          let factor = Integer(k) * Integer.binomial(k - 1, i) * Self.falling(start, k - 1 - i)
          return sum + Interval(factor, precision: point.precision) * c
        }
        return sum.certainSign.map { i == 0 ? $0 > 0 : $0 >= 0 } ?? false
      }
      if rises {
        self.start = start
        return
      }
      start = start == 0 ? 1 : 2 * start
    }
    throw Unanswered(
      undecided: "a part's Hamiltonian that is not seen to rise below \(Self.greatestQuanta) quanta of a boson")
  }

  /// n(n-1)...(n-k+1).
  private static func falling(_ n: Int, _ k: Int) -> Integer { (0..<k).reduce(Integer(1)) { $0 * Integer(n - $1) } }

  /// E(n), exact.
  func exact(_ n: Int, _ ring: ModelScalars) throws -> ScalarPolynomial {
    try coefficients.reduce(ring.number(0)) { level, item in
      guard item.key <= n else { return level }
      return ring.sum(level, try ring.product(item.value, ring.number(Rational(Self.falling(n, item.key)))))
    }
  }

  /// The enclosure of E(n).
  func value(_ n: Int) -> Interval {
    values.reduce(Interval(0, precision: precision)) { sum, item in
      item.key <= n ? sum + Interval(Self.falling(n, item.key), precision: precision) * item.value : sum
    }
  }
}
