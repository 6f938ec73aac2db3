import ArbitraryPrecision
import Operators

/// A vector, or a Hermitian matrix on and below its diagonal, in doubles on the states of a frame, and how far it is
/// from what it stands for.
struct RoughState: Sendable {
  let frame: RoughFrame
  let isMatrix: Bool
  /// The numbers of a vector, or those of a matrix row after row, zero above the diagonal.
  let real: [Double]
  let imaginary: [Double]
  /// Each number may be off by this part of its size.
  let share: Double
  /// At least the 2-norm of vectors, of matrices the trace norm of what is left then.
  let error: Double

  /// What a sum of that many numbers, one after the other or in groups, may be off by relative to that of their
  /// magnitudes, and some operations on each of them: with u = 2^-53 (n + 15) u to the first order, and twice that is
  /// above all orders.
  static func roundings(_ count: Int) -> Double { Double(count + 16) * 0x1p-51 }

  /// What a few sums and products of bounds are enlarged by.
  static let above = 1 + 0x1p-40

  /// At least the 2-norm of the vector, or the Frobenius norm of the matrix, as they stand here.
  var size: Double {
    var sum = 0.0
    let width = isMatrix ? frame.count : 64
    for first in stride(from: 0, to: real.count, by: width) {
      var part = 0.0
      let end = min(first + width, real.count)
      for place in first..<end { part += real[place] * real[place] + imaginary[place] * imaginary[place] }
      sum += isMatrix ? 2 * part : part
    }
    // Squares that vanish are below 2^-1000 in all.
    return sum.squareRoot() * (1 + Self.roundings(2 * width + real.count / width)) + 0x1p-490
  }

  /// An enclosure of a number in a distance of another one.
  static func ball(_ middle: Double, _ radius: Double) -> Interval {
    let (lower, upper) = ((middle - radius).nextDown, (middle + radius).nextUp)
    guard lower.isFinite, upper.isFinite else { return .entire(precision: 64) }
    return Interval(exactlyFrom: lower, to: upper, precision: 64) ?? .entire(precision: 64)
  }

  /// The mean of a Hermitian operator: Tr(X rho), or <v|X|v>.
  ///
  /// Sums run by columns. Each of their terms is off by its factors' parts, products and sums of a few, and all are
  /// added in at most `longest` + n sums; with A the sum of magnitudes that is (``roundings(_:)`` + shares) A. What the
  /// state is off by adds |X| e, and of vectors |X| (2 |v| e + e^2). Numbers that vanish are below 2^-1000 in all.
  func mean(_ x: RoughOperator) -> Interval {
    let n = frame.count
    var (sum, magnitudes) = (0.0, 0.0)
    for k in 0..<n {
      var (own, all) = (0.0, 0.0)
      for place in x.starts[k]..<x.starts[k + 1] {
        let l = x.rows[place]
        guard l >= k, l < n else { continue }
        let (a, b) = (x.real[place], x.imaginary[place])
        let (p, q): (Double, Double)
        if isMatrix {
          (p, q) = (a * real[l * n + k], b * imaginary[l * n + k])
          all += (l == k ? 1 : 2) * (abs(p) + abs(q))
        } else {
          let (s, t, y, z) = (real[l], imaginary[l], real[k], imaginary[k])
          (p, q) = (a * (s * y + t * z), b * (t * y - s * z))
          all += (l == k ? 1 : 2) * (abs(a) + abs(b)) * (abs(s) + abs(t)) * (abs(y) + abs(z))
        }
        // An element on the diagonal is real.
        own += l == k ? p : 2 * (p + q)
      }
      sum += own
      magnitudes += all
    }
    let parts = isMatrix ? share : share * (2 + share)
    let far = isMatrix ? error : error * (2 * size + error)
    let relative = parts + Self.roundings(x.longest + n)
    let radius = magnitudes * relative + x.norm * far * RoughState.above + 0x1p-1000
    return Self.ball(sum, radius * RoughState.above)
  }

  /// <XY + YX>/2 - <X><Y> in a vector of norm 1, from u = (X - a) v and w = (Y - b) v with doubles a and b near to the
  /// means: Re <u|w> = cov(X, Y) + (<X> - a)(<Y> - b).
  ///
  /// With N_X at least the norm of the matrix of magnitudes, u is off by at most (parts + roundings) (N_X + |a|) |v|
  /// and (N_X + |a|) e for what v is off by; so is w, and the product by |u| |dw| + |w| |du| + |du| |dw| and its own
  /// sum.
  func covariance(_ x: RoughOperator, _ y: RoughOperator) -> Interval? {
    guard !isMatrix else { return nil }
    let (a, b) = (mean(x), mean(y))
    guard let middleA = a.midpoint?.double(rounding: .nearest), let middleB = b.midpoint?.double(rounding: .nearest)
    else { return nil }
    let length = size
    let (u, w) = (image(x, minus: middleA), image(y, minus: middleB))
    func off(_ x: RoughOperator, _ middle: Double) -> Double {
      let relative = share + Self.roundings(x.longest)
      let whole = x.wholeNorm + abs(middle)
      return whole * (relative * length + error) * RoughState.above
    }
    let n = frame.count
    let others = y.outside.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = n + $1.offset }
    var (sum, magnitudes, chunk, count) = (0.0, 0.0, 0.0, 0)
    func add(_ i: Int, _ j: Int) {
      let (p, q) = (u.real[i] * w.real[j], u.imaginary[i] * w.imaginary[j])
      chunk += p + q
      magnitudes += abs(p) + abs(q)
      count += 1
      if count % 64 == 0 { (sum, chunk) = (sum + chunk, 0) }
    }
    for k in 0..<n { add(k, k) }
    for (offset, state) in x.outside.enumerated() { if let j = others[state] { add(n + offset, j) } }
    sum += chunk
    func norm(_ vector: (real: [Double], imaginary: [Double])) -> Double {
      var square = 0.0
      for (p, q) in zip(vector.real, vector.imaginary) { square += p * p + q * q }
      return square.squareRoot() * (1 + Self.roundings(2 * vector.real.count)) + 0x1p-490
    }
    let (du, dw) = (off(x, middleA), off(y, middleB))
    let missA = (a - Self.ball(middleA, 0)).magnitude.double(rounding: .up)
    let missB = (b - Self.ball(middleB, 0)).magnitude.double(rounding: .up)
    // The sum of magnitudes is added one after the other.
    let sums = magnitudes * (1 + Self.roundings(2 * count)) * Self.roundings(64 + count / 64)
    var radius = missA * missB + sums + 0x1p-1000
    radius += norm(u) * dw + norm(w) * du
    radius += du * dw
    return Self.ball(sum, radius * RoughState.above)
  }

  /// (X - a) v, rows outside included.
  private func image(_ x: RoughOperator, minus middle: Double) -> (real: [Double], imaginary: [Double]) {
    var u = [Double](repeating: 0, count: frame.count + x.outside.count)
    var w = u
    for k in 0..<frame.count {
      let (y, z) = (real[k], imaginary[k])
      u[k] -= middle * y
      w[k] -= middle * z
      for place in x.starts[k]..<x.starts[k + 1] {
        let (row, a, b) = (x.rows[place], x.real[place], x.imaginary[place])
        u[row] += a * y - b * z
        w[row] += a * z + b * y
      }
    }
    return (u, w)
  }
}
