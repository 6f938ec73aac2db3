/// The quotient of two rectangles.
extension ComplexInterval {
  /// The enclosure of all quotients by a number that is not zero.
  ///
  /// The tightest rectangle where both operands are bounded, the divisor does not hold zero, and the exponents of each
  /// differ by less than 2^15 or so from each other. Otherwise an enclosure: the product with the conjugate over the
  /// squared magnitude, in real arithmetic; empty where the divisor is zero alone.
  public static func / (a: ComplexInterval, b: ComplexInterval) -> ComplexInterval {
    if a.isEmpty || b.isEmpty { return .empty(precision: max(a.precision, b.precision)) }
    guard a.isBounded, b.isBounded, !b.containsZero else {
      let norm = b.squaredMagnitude
      let product = a * b.conjugate
      return ComplexInterval(product.real / norm, product.imaginary / norm)
    }
    // Both scaled so that squares of the divisor stay in range.
    let exponents = [b.real, b.imaginary].compactMap(\.magnitude.binaryExponent)
    let (x, y) = (a.scaled(byPowerOfTwo: -(exponents.max() ?? 0)), b.scaled(byPowerOfTwo: -(exponents.max() ?? 0)))
    // The imaginary part of a/b is the real part of (-i a)/b.
    let turned = ComplexInterval(x.imaginary, -x.real)
    return ComplexInterval(realPart(of: x, over: y), realPart(of: turned, over: y))
  }

  /// The range of Re(a/b), rounded once.
  ///
  /// For a fixed b it is linear in a, so extreme at a corner of a; for a fixed a it is harmonic in b away from zero, so
  /// extreme on the rim of b: at a corner, or at a critical point of an edge.
  private static func realPart(of a: ComplexInterval, over b: ComplexInterval) -> Interval {
    let us = ends(a.real), vs = ends(a.imaginary), xs = ends(b.real), ys = ends(b.imaginary)
    return .tightHull(precision: max(a.precision, b.precision)) { bits in
      func exact(_ x: BigFloat) -> Interval { Interval(x).rounded(to: bits) }
      var candidates: [Interval] = []
      for u in us.map(exact) {
        for v in vs.map(exact) {
          for x in xs.map(exact) {
            for y in ys.map(exact) {
              let numerator = Interval.sumOfProducts(u, x, v, y, precision: bits)
              candidates.append(numerator / .sumOfProducts(x, x, y, y, precision: bits))
            }
          }
          for y in ys.map(exact) { candidates += critical(u, v, y, b.real.rounded(to: bits)) }
          for x in xs.map(exact) { candidates += critical(v, u, x, b.imaginary.rounded(to: bits)) }
        }
      }
      return candidates
    }
  }

  /// The number times a power of two, exactly.
  public func scaled(byPowerOfTwo shift: Int) -> ComplexInterval {
    ComplexInterval(real.scaled(byPowerOfTwo: shift), imaginary.scaled(byPowerOfTwo: shift))
  }

  private static func ends(_ x: Interval) -> [BigFloat] { x.isPoint ? [x.lower] : [x.lower, x.upper] }

  /// The extreme values of f(t) = (u t + v c)/(t^2 + c^2) at critical points t that are not certainly off an edge.
  ///
  /// f'(t) = 0 is u t^2 + 2 v c t - u c^2 = 0. With r = sqrt(u^2 + v^2) its roots are t = c (-v + r)/u and c (-v -
  /// r)/u, where f is (v + r)/(2c) and (v - r)/(2c). In each one of the two sums cancels, and is replaced by way of
  /// (r + v)(r - v) = u^2. Points u, v, c make the result sharp as bits grow; a critical point that stays undecided is
  /// a corner as nearly as can be told, and its value is the corner's.
  private static func critical(_ u: Interval, _ v: Interval, _ c: Interval, _ edge: Interval) -> [Interval] {
    guard !c.containsZero, !edge.isPoint else { return [] }
    let r = u.hypotenuse(v)
    if r.containsZero { return [] }
    // For v >= 0 the sum r + v does not cancel; for v < 0 it is r - v, and the roots change places.
    let large = r + v.absoluteValue
    let s = v.lower.signum < 0 ? -large : large
    let double = c.scaled(byPowerOfTwo: 1)
    var result: [Interval] = []
    // The root t = c u / s with f = s / (2c).
    if !(c * u / s).isDisjoint(from: edge) { result.append(s / double) }
    // The root t = -c s / u with f = -u^2 / (2c s); there is none when u is zero.
    if !u.containsZero, !(-(c * s) / u).isDisjoint(from: edge) { result.append(-(u.squared / (double * s))) }
    return result
  }
}
