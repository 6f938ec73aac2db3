import ArbitraryPrecision
import RigorousNumerics

/// The characteristic function by its definition as a trace; no atom is formed.
extension WorkQuasiprobability {
  /// X_q(u) = Tr( e^(-iuq H0) rho e^(-iu(1-q) H0) U' e^(iu H0) U ), at all u of an interval. Its modulus is at most
  /// one.
  ///
  /// For a pure state it is <x|U' e^(iu H0) U|y> with x = e^(iu(1-q) H0) psi and y = e^(-iuq H0) psi; for a mixed one
  /// the trace is summed with V = e^(iu H0) U and the rows of U: 2 n^3 products.
  public func traceCharacteristic(q: Rational, u: Interval) -> ComplexInterval {
    let n = dimension
    func phases(_ factor: Rational) -> [ComplexInterval] {
      levels.map { level in
        let angle = u * Interval(factor * level, precision: precision)
        return ComplexInterval(angle.cosine, angle.sine)
      }
    }
    let (before, after, turn) = (phases(-q), phases(q - 1), phases(1))
    let zero = ComplexInterval.zero(precision: precision)
    switch state {
    case .pure(let amplitudes):
      let y = zip(before, amplitudes).map { $0 * $1 }
      let x = zip(after, amplitudes).map { $0.conjugate * $1 }
      return (0..<n).reduce(zero) { sum, k in
        let (row, column) = (product(unitary[k], y), product(unitary[k], x))
        return sum + column.conjugate * turn[k] * row
      }
    case .mixed(let rho):
      // sigma = e^(-iuq H0) rho e^(-iu(1-q) H0), and Tr(sigma U' e^(iu H0) U) = sum over k of e^(iu e_k) (U sigma
      // U')_kk.
      return (0..<n).reduce(zero) { sum, k in
        let row = unitary[k]
        let diagonal = (0..<n).reduce(zero) { partial, i in
          let inner = (0..<n).reduce(zero) { $0 + before[i] * rho[i, $1] * after[$1] * row[$1].conjugate }
          return partial + row[i] * inner
        }
        return sum + turn[k] * diagonal
      }
    }
  }

  /// chi_q(u) = (X_q(u) + X_(1-q)(u))/2, the sum of p_q(w) e^(iuw).
  public func characteristic(q: Rational, u: Interval) -> ComplexInterval {
    let sum = traceCharacteristic(q: q, u: u) + traceCharacteristic(q: 1 - q, u: u)
    return ComplexInterval(sum.real.scaled(byPowerOfTwo: -1), sum.imaginary.scaled(byPowerOfTwo: -1))
  }

  private func product(_ row: [ComplexInterval], _ vector: [ComplexInterval]) -> ComplexInterval {
    zip(row, vector).reduce(ComplexInterval.zero(precision: precision)) { $0 + $1.0 * $1.1 }
  }
}
