import ArbitraryPrecision

/// A bound of all Taylor coefficients of a solution of a quadratic flow that starts within r: |y_k| <= size /
/// convergenceRadius^k.
///
/// The coefficients obey (k + 1) |y_(k+1)| <= L |y_k| + K sum of |y_i| |y_(k-i)|. This gives, by induction, two such
/// bounds; the one of the greater radius of convergence is taken:
///
/// - |y_k| <= r (L + K r)^k, as L r c^k + K (k + 1) r^2 c^k <= (k + 1) r c^k (L + K r);
/// - |y_k| is at most the coefficient of the solution Y = L r e^(L t)/(L + K r - K r e^(L t)) of Y' = L Y + K Y^2,
///   Y(0) = r. These are not negative, so they are at most Y(R)/R^k for any R where Y is finite. With K r (e^(L
///   R) - 1) = 3 L/4 the denominator is L/4 and Y(R) = 4 r + 3 L/K. Where a fast linear motion carries a slow one of
///   products this reaches much further.
struct QuadraticMajorant {
  /// The bound of |y_k| convergenceRadius^k.
  let size: Interval
  /// A length within which the series converges.
  let convergenceRadius: Interval

  /// The bound for L, K and r > 0.
  init(linear: Interval, productBound: Int, radius r: Interval) {
    let products = productBound * r
    let simple = 1 / (linear + products)
    let ratio = 3 * linear / (4 * products)
    let fast = linear.lower.signum > 0 ? ratio.logarithmOnePlus / linear : simple
    if fast.lower > simple.lower {
      (size, convergenceRadius) = (4 * (r * (1 + ratio)), fast)
    } else {
      (size, convergenceRadius) = (r, simple)
    }
  }
}
