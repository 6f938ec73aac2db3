import ArbitraryPrecision
import RigorousNumerics

extension DensityMatrix {
  /// The von Neumann entropy, minus the sum of p log p over the eigenvalues, with the natural logarithm.
  ///
  /// Of a state with an error each eigenvalue is known within it (``populations``), and the entropy by the enclosures
  /// of all terms.
  public var entropy: Interval {
    let zero = Interval(0, precision: matrix.precision)
    let sum = populations.reduce(zero) { $0 + DensityMatrix.entropyTerm($1) }
    // No state of d dimensions has more than log d.
    let greatest = Interval(dimension, precision: matrix.precision).logarithm.upper
    return sum.intersection(Interval(.zero(precision: 64), greatest) ?? .entire(precision: 64))
  }

  /// -p log p for all p of an interval in [0, 1], zero at p = 0.
  ///
  /// The function is concave with its maximum 1/e at p = 1/e: its least value is at an end, its greatest one at an end
  /// or, where 1/e may be inside, 1/e.
  package static func entropyTerm(_ p: Interval) -> Interval {
    let zero = Interval(0, precision: p.precision)
    func value(_ end: BigFloat) -> Interval {
      end.signum <= 0 ? zero : -(Interval(end) * Interval(end).rounded(to: p.precision).logarithm)
    }
    let (a, b) = (value(p.lower), value(p.upper))
    let top = (-Interval(1, precision: p.precision)).exponential
    let ends = a.hull(b)
    let result = p.isDisjoint(from: top) ? ends : ends.hull(top)
    // Roundings at p = 1 reach below zero.
    return result.nonNegative
  }

  /// The sum of the magnitudes of the elements beside the diagonal (Baumgratz, Cramer and Plenio, Phys. Rev. Lett. 113,
  /// 140401, 2014).
  public var coherence: Interval {
    var sum = Interval(0, precision: matrix.precision)
    for row in 0..<dimension {
      for column in 0..<row { sum = sum + matrix[row, column].magnitude }
    }
    return sum.scaled(byPowerOfTwo: 1)
  }
}
