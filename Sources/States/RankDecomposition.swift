import ArbitraryPrecision
import Catalogue

/// A Hermitian matrix with rational parts and without negative eigenvalues as a sum of projections with weights,
///
///     A = sum over k of w_k v_k v_k^H,     w_k > 0 rational, v_k of Gaussian integers, as many as the rank of A,
///
/// which decides exactly whether there is one, and what the rank is.
///
/// Elimination without fractions (Bareiss, Math. Comp. 22, 565, 1968), a positive element of the diagonal as the pivot.
/// With L the common denominator, M = L A, p the pivot and q the one before, 1 at first, a step takes the column v of
/// the pivot and replaces M_ij by (p M_ij - v_i conj(v_j))/q: M/q is the Schur complement, so that v v^H/(p q) is what
/// the step takes away. All elements are minors of L A, the pivots principal ones, and the quotients are exact. Schur
/// complements of a matrix have its inertia less that of what was taken away (Haynsworth, Linear Algebra Appl. 1, 73,
/// 1968): a negative element on the diagonal, or an element beside a diagonal of zeros, shows a negative eigenvalue;
/// if all that is left is zero there is none.
package struct RankDecomposition: Sendable {
  /// A weight with its vector of real and imaginary parts.
  package struct Term: Sendable {
    package let weight: Rational
    package let real: [Integer]
    package let imaginary: [Integer]
  }

  package let terms: [Term]

  /// The rank.
  package var rank: Int { terms.count }

  /// The decomposition of a Hermitian matrix of rational parts, of which only what is on and below the diagonal is
  /// used; nil when it has a negative eigenvalue.
  package init?(_ dimension: Int, _ element: (_ row: Int, _ column: Int) -> (real: Rational, imaginary: Rational)) {
    var denominator = Integer(1)
    let lower = (0..<dimension).map { row in (0...row).map { element(row, $0) } }
    for part in lower.joined().flatMap({ [$0.real, $0.imaginary] }) {
      let common = denominator.greatestCommonDivisor(part.denominator)
      denominator *= part.denominator.dividedDown(by: common)
    }
    func scaled(_ x: Rational) -> Integer { x.numerator * denominator.dividedDown(by: x.denominator) }
    var real = lower.map { $0.map { scaled($0.real) } }
    var imaginary = lower.enumerated().map { row, values in
      values.enumerated().map { $0 == row ? Integer(0) : scaled($1.imaginary) }
    }
    var (rest, before, terms) = (Array(0..<dimension), Integer(1), [Term]())
    while !rest.isEmpty {
      if rest.contains(where: { real[$0][$0].signum < 0 }) { return nil }
      // A small pivot keeps the numbers short.
      let pivots = rest.filter { real[$0][$0].signum > 0 }
      guard let pivot = pivots.min(by: { real[$0][$0] < real[$1][$1] }) else {
        let isZero = rest.allSatisfy { row in
          rest.filter { $0 < row }.allSatisfy { real[row][$0].signum == 0 && imaginary[row][$0].signum == 0 }
        }
        guard isZero else { return nil }
        break
      }
      let p = real[pivot][pivot]
      var (x, y) = (Array(repeating: Integer(0), count: dimension), Array(repeating: Integer(0), count: dimension))
      for row in rest {
        x[row] = row >= pivot ? real[row][pivot] : real[pivot][row]
        y[row] = row >= pivot ? imaginary[row][pivot] : -imaginary[pivot][row]
      }
      terms.append(Term(weight: Rational(1, p * before * denominator), real: x, imaginary: y))
      rest.removeAll { $0 == pivot }
      for row in rest {
        for column in rest where column <= row {
          // v_i conj(v_j).
          let re = x[row] * x[column] + y[row] * y[column]
          let im = y[row] * x[column] - x[row] * y[column]
          real[row][column] = (p * real[row][column] - re).dividedDown(by: before)
          imaginary[row][column] = (p * imaginary[row][column] - im).dividedDown(by: before)
        }
      }
      before = p
    }
    self.terms = terms
  }

  /// The decomposition of a matrix of rational parts that is known to be Hermitian; nil when it has a negative
  /// eigenvalue.
  package init?(_ matrix: ExactMatrix) {
    self.init(matrix.dimension) { matrix[$0, $1].rational ?? (0, 0) }
  }
}
