import ArbitraryPrecision

extension HermitianMatrix {
  /// The trace norm of these matrices by doubles; nil where an element is beyond their range or nothing is proved.
  ///
  /// Let B have doubles near to the elements, and take any X and real diagonal L of doubles. With r >= |B X - X L|_F
  /// and 1 > e >= |I - X'X|_F the i-th least eigenvalue of B is within d = (r + (l_max - l_min) e)/(1 - e) of the i-th
  /// least of L (``HermitianSpectrum``, where k <= e), so that |B|_1 is within n d of the sum of the |l_i|, and
  /// |A - B|_1 <= sqrt(n) |A - B|_F.
  ///
  /// With u = 2^-52, in any rounding mode, the two parts of a sum of n complex products are off by at most (2n + 2) u
  /// (1 + 2^-20) times the product of the lengths of what is multiplied (Higham, Sec. 3.1, and Schwarz), and what is
  /// subtracted from it by two more: in the Frobenius norm less than g = (3n + 12) u times |B|_F |X|_F + |X|_F l_max,
  /// or |X|_F^2 + sqrt(n). B is scaled so that its greatest element is near one: what vanishes is below 2^-900 in all.
  public func traceNormInDoubles(within budget: Budget) throws(Unanswered) -> Interval? {
    let n = dimension
    guard n <= 256 else { return nil }
    var elements: [ComplexInterval] = []
    var greatest = BigFloat.zero(precision: 64)
    for row in 0..<n {
      for column in 0...row {
        let value = self[row, column]
        guard value.real.isBounded, value.imaginary.isBounded else { return nil }
        greatest = max(greatest, value.real.magnitude, value.imaginary.magnitude)
        elements.append(value)
      }
    }
    guard let exponent = greatest.binaryExponent else { return Interval(0, precision: 64) }
    var (real, imaginary) = ([Double](repeating: 0, count: n * n), [Double](repeating: 0, count: n * n))
    var missed = Interval(0, precision: 64)
    var place = 0
    for row in 0..<n {
      for column in 0...row {
        let value = elements[place]
        place += 1
        for (part, isImaginary) in [(value.real, false), (value.imaginary, true)] where !part.isExactZero {
          let scaled = part.scaled(byPowerOfTwo: -exponent)
          let near = scaled.midpoint?.double(rounding: .nearest) ?? 0
          guard let exact = Interval(exactly: near, precision: 64) else { return nil }
          let off = (scaled - exact).rounded(to: 64).squared
          missed += row == column ? off : off + off
          if isImaginary {
            imaginary[column * n + row] = near
            imaginary[row * n + column] = row == column ? 0 : -near
          } else {
            real[column * n + row] = near
            real[row * n + column] = near
          }
        }
      }
    }
    let seed = try JacobiSeed(dimension: n, real: real, imaginary: imaginary, within: budget)
    guard let (sum, error) = Self.certified(n, real, imaginary, seed.vectors, seed.imaginaryVectors),
      let middle = Interval(exactly: sum, precision: 64), let radius = Interval(exactly: error, precision: 64)
    else { return nil }
    let off = radius + (n * missed).squareRoot
    let whole = middle + .ball(off.upper)
    // No norm is negative.
    let norm = Interval(max(whole.lower, .zero(precision: 64)), whole.upper) ?? whole
    return norm.scaled(byPowerOfTwo: exponent)
  }

  /// The sum of the |l_i| and how far it is from |B|_1 at most, all given by columns.
  private static func certified(
    _ n: Int, _ b: [Double], _ bi: [Double], _ x: [Double], _ xi: [Double]
  ) -> (sum: Double, error: Double)? {
    func square(_ a: [Double]) -> Double { a.reduce(0) { $0 + $1 * $1 } }
    var (residual, defect) = (0.0, 0.0)
    var values: [Double] = []
    for column in 0..<n {
      var (y, yi) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
      for k in 0..<n {
        let (v, w) = (x[column * n + k], xi[column * n + k])
        for row in 0..<n {
          let (p, q) = (b[k * n + row], bi[k * n + row])
          y[row] += p * v - q * w
          yi[row] += p * w + q * v
        }
      }
      var value = 0.0
      for row in 0..<n { value += x[column * n + row] * y[row] + xi[column * n + row] * yi[row] }
      values.append(value)
      for row in 0..<n {
        let (p, q) = (y[row] - x[column * n + row] * value, yi[row] - xi[column * n + row] * value)
        residual += p * p + q * q
      }
      for other in 0..<n {
        var (p, q) = (other == column ? -1.0 : 0, 0.0)
        for k in 0..<n {
          let (v, w) = (x[other * n + k], xi[other * n + k])
          p += v * x[column * n + k] + w * xi[column * n + k]
          q += v * xi[column * n + k] - w * x[column * n + k]
        }
        defect += p * p + q * q
      }
    }
    // Sums of squares and what follows are off by less than 2^-20 of them.
    let (slack, g) = (1 + 0x1p-20, Double(3 * n + 12) * 0x1p-52)
    let sizes = (square(b) + square(bi)).squareRoot()
    let lengths = square(x) + square(xi)
    let (least, most) = (values.min() ?? 0, values.max() ?? 0)
    let largest = max(abs(least), abs(most))
    let r = (residual.squareRoot() + g * lengths.squareRoot() * (sizes + largest)) * slack + 0x1p-900
    let e = (defect.squareRoot() + g * (lengths + Double(n).squareRoot())) * slack + 0x1p-900
    guard r.isFinite, e < 0.5 else { return nil }
    let d = (r + (most - least) * e) / (1 - e) * slack
    let sum = values.reduce(0) { $0 + abs($1) }
    return (sum, (Double(n) * d + Double(n) * 0x1p-52 * sum) * slack)
  }
}
