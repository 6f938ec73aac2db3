/// Error-free transformations of IEEE 754 binary64 arithmetic, rounding to nearest.
///
/// Both return the rounded result and its exact error: `result + error` equals the exact sum or product, as long as
/// nothing overflows and, for the product, no part of the error is below 2^-1074.
enum ErrorFree {
  /// Knuth's two-sum (The Art of Computer Programming 2, Sec. 4.2.2, Theorem B).
  @inline(__always)
  static func sum(_ a: Double, _ b: Double) -> (result: Double, error: Double) {
    let result = a + b
    let virtual = result - a
    return (result, (a - (result - virtual)) + (b - virtual))
  }

  /// The product with a fused multiply-add: the error of a rounded product is itself a double.
  @inline(__always)
  static func product(_ a: Double, _ b: Double) -> (result: Double, error: Double) {
    let result = a * b
    return (result, (-result).addingProduct(a, b))
  }

  /// The sum of seven numbers as if worked out in threefold precision and rounded.
  ///
  /// With u = 2^-53 and S the sum of magnitudes, the error is at most (u + 3 g(6)^2)|sum| + g(12)^3 S, where
  /// g(k) = k u/(1 - k u) (Ogita, Rump and Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26, 2005,
  /// Proposition 4.10, with n = 7 and K = 3).
  static func tripleSum(_ terms: SIMD8<Double>) -> Double {
    var p = terms
    for _ in 0..<2 {
      for i in 1..<7 { (p[i], p[i - 1]) = sum(p[i], p[i - 1]) }
    }
    var rest = p[0]
    for i in 1..<6 { rest += p[i] }
    return rest + p[6]
  }
}
