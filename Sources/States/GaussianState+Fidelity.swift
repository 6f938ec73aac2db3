import ArbitraryPrecision
import RigorousNumerics

/// Uhlmann's fidelity of Gaussian states.
///
/// X = sqrt(rho) rho' sqrt(rho) is a Gaussian state but for a factor: a unitary brings it to the product of exp(-e_k
/// (n_k + 1/2)) times a number, and
///
///     F = (Tr sqrt X)^2 = Tr X product of 2 sinh(e_k/2)/(2 sinh(e_k/4))^2 = Tr(rho rho') product of coth(e_k/4),
///
/// coth(e_k/4) = w_k + sqrt(w_k^2 - 1) with w_k = coth(e_k/2), the symplectic eigenvalues of X's covariances s_X.
///
/// With A = i s W of a state, exp(-R'GR/2) turns R by (A + 1)/(A - 1) on one side: for a thermal state that is e^(+-e).
/// Of products of such exponentials these factors are multiplied, and those of X are similar to those of rho rho'. For
/// P = (A + 1)(A - 1)^-1 (A' + 1)(A' - 1)^-1 the matrix (P + 1)(P - 1)^-1 is 1 + (A' - 1)(A + A')^-1 (A - 1), similar
/// to (A + A')^-1 (1 + A A') = -iK with
///
///     K = W^T (s + s')^-1 (1 - s W s' W).
///
/// So K has the eigenvalues +-i w_k; of states for which A - 1 has no inverse by continuity. (Banchi, Braunstein,
/// Pirandola, Phys. Rev. Lett. 115, 260501, 2015.)
extension GaussianState {
  /// The fidelity, as a probability; nil where more than two modes are joined in the states, or the sum of their
  /// covariances is not known to be positive.
  package func fidelity(_ other: GaussianState) -> Interval? {
    var result = Interval(1, precision: precision)
    for group in Self.components([self, other], modes) {
      let (own, others) = (reduced(to: group), other.reduced(to: group))
      let found: Interval?
      switch group.count {
      case 1: found = own.fidelity(ofOneMode: others)
      case 2: found = own.fidelity(ofTwoModes: others)
      default: found = nil
      }
      guard let found else { return nil }
      result *= found
    }
    return result.intersection(.unit)
  }

  /// With D = det(s + s')/4 and L = (det s - 1)(det s' - 1)/4 the exponential of the overlap over sqrt(D + L) - sqrt(L)
  /// (Scutaru, J. Phys. A 31, 3659, 1998).
  private func fidelity(ofOneMode other: GaussianState) -> Interval? {
    guard let (pivots, exponential) = combined(other) else { return nil }
    let sum = pivots.reduce(Interval(1, precision: precision)) { $0 * $1 / 2 }
    let (a, b) = (excessDeterminant.nonNegative, other.excessDeterminant.nonNegative)
    let rest = a * b / 4
    return exponential * ((sum + rest).squareRoot + rest.squareRoot) / sum
  }

  /// det s - 1 of one mode.
  private var excessDeterminant: Interval {
    excess[0, 0] + excess[1, 1] + excess[0, 0] * excess[1, 1] - excess[0, 1].squared
  }

  /// With w_k = cosh x_k the product is e^(x_1 + x_2) = c + sqrt(c^2 - 1), c = cosh(x_1 + x_2) = w_1 w_2 + sqrt((w_1^2
  /// - 1)(w_2^2 - 1)), from w_1^2 + w_2^2 = -Tr K^2/2 and w_1^4 + w_2^4 = Tr K^4/2.
  private func fidelity(ofTwoModes other: GaussianState) -> Interval? {
    guard let overlap = overlap(other),
      let turned = (covariance + other.covariance).solved(
        IntervalMatrix(identity: 4, precision: precision)
          + (covariance.timesForm * other.covariance.timesForm).map { -$0 })
    else { return nil }
    // W^T is W with the other sign, of which K^2 tells nothing.
    let square = turned.formTimes * turned.formTimes
    let sum = -square.trace / 2
    let product = ((sum.squared - (square * square).trace / 2) / 2)
    let one = Interval(1, precision: precision)
    guard product.isBounded else { return nil }
    let c = (product.nonNegative.squareRoot + (product - sum + one).nonNegative.squareRoot).maximum(one)
    return overlap * (c + (c.squared - one).nonNegative.squareRoot)
  }
}

extension IntervalMatrix {
  fileprivate var trace: Interval {
    (0..<dimension).reduce(Interval(0, precision: precision)) { $0 + self[$1, $1] }
  }

  /// MW, (MW)_(j, 2k) = -M_(j, 2k+1) and (MW)_(j, 2k+1) = M_(j, 2k).
  fileprivate var timesForm: IntervalMatrix {
    var result = self
    for j in 0..<dimension {
      for k in 0..<dimension { result[j, k] = k % 2 == 0 ? -self[j, k + 1] : self[j, k - 1] }
    }
    return result
  }

  /// WM, (WM)_(2j, k) = M_(2j+1, k) and (WM)_(2j+1, k) = -M_(2j, k).
  fileprivate var formTimes: IntervalMatrix {
    var result = self
    for j in 0..<dimension {
      for k in 0..<dimension { result[j, k] = j % 2 == 0 ? self[j + 1, k] : -self[j - 1, k] }
    }
    return result
  }

  /// M^-1 B of a positive definite M, by its factors L D L'; nil where it is not known to be one.
  fileprivate func solved(_ right: IntervalMatrix) -> IntervalMatrix? {
    guard let (lower, pivots) = eliminated else { return nil }
    var result = right
    for column in 0..<dimension {
      for i in 0..<dimension {
        for k in 0..<i { result[i, column] = result[i, column] - lower[i, k] * result[k, column] }
      }
      for i in (0..<dimension).reversed() {
        result[i, column] = result[i, column] / pivots[i]
        for k in i + 1..<max(dimension, i + 1) {
          result[i, column] = result[i, column] - lower[k, i] * result[k, column]
        }
      }
    }
    return result
  }
}
