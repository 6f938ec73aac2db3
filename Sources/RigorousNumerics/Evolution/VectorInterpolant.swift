import ArbitraryPrecision

/// A vector of polynomials near a vector-valued analytic function f, from its values at Chebyshev's points, evaluated
/// at integers in fixed point.
///
/// On c - h <= s <= c + h with h = 2^j let f be analytic in the ellipse around c with the semiaxes h (r + 1/r)/2 and h
/// (r - 1/r)/2, r > 1, and |f| <= M there. With xi = (s - c)/h its Chebyshev series has |a_k| <= 2 M r^-k, and the
/// polynomial of degree K that takes its values at the K + 1 points xi = cos(pi (2i + 1)/(2K + 2)) folds each T_k with
/// k > K to +-T_k' with a k' <= K, or to 0. So, in the 2-norm of the vectors,
///
///     |f(s) - p(s)| <= sum over k > K of 2 |a_k| <= 4 M r^-K/(r - 1)
///
/// (Trefethen, Approximation Theory and Approximation Practice, Theorem 8.2). To this come, for d elements and u =
/// 2^-fractionBits:
///
/// - the coefficients: enclosed, and stored as multiples of u; of each element the sum of their errors, since
///   |T_k| <= 1;
/// - Clenshaw's recurrence b_k = a_k + 2 xi b_(k+1) - b_(k+2), p = a_0 + xi b_1 - b_2: what is added to b_k counts as
///   much as if it were added to a_k. The product with xi, a fraction of one limb and exact, is cut by less than u, and
///   by less than 2 u where it is doubled: (2 K + 1) u for each element.
///
/// No number leaves its limbs: |b_k| <= (K + 1)^2 max |a_k|, and the head of each has room for that.
public struct VectorInterpolant: Sendable {
  /// The number of elements.
  public let dimension: Int
  /// The binary digits after the point.
  public let fractionBits: Int
  /// At least the distance of the computed vector from f, at every integer in the range.
  public let error: BigFloat
  private let center: Int
  private let exponent: Int
  private let width: Int
  /// The number of coefficients of an element.
  private let count: Int
  /// Element after element, coefficient after coefficient, `width` limbs in two's complement.
  private let limbs: [UInt]

  /// The points at which values are asked for.
  public static func nodes(_ count: Int, center: Int, exponent: Int, precision: Int) -> [Interval] {
    (0..<count).map { i in
      let angle =
        Interval.pi(precision: precision)
        * Interval(Rational(Integer(2 * i + 1), Integer(2 * count)), precision: precision)
      return Interval(center, precision: max(precision, 64)) + angle.cosine.scaled(byPowerOfTwo: exponent)
    }
  }

  /// The interpolant of values at ``nodes(_:center:exponent:precision:)``, each a vector of enclosures.
  ///
  /// - Parameters:
  ///   - exponent: j, from 1 to 62.
  ///   - truncation: 4 M r^-K/(r - 1).
  /// - Throws: `Unanswered` when a value is not bounded.
  public init(
    _ values: [[Interval]], center: Int, exponent: Int, bits: Int, truncation: Interval, within budget: Budget
  ) throws(Unanswered) {
    let count = values.count
    let dimension = values.first?.count ?? 0
    demand(count >= 1 && dimension >= 1 && (1...62).contains(exponent), "VectorInterpolant: points and a range")
    let precision = bits + 64
    let steps = count.bitWidthOfMagnitude
    // cos(pi i/(2 count)): the angles of all products are multiples of it.
    let cosines = (0..<4 * count).map {
      (Interval.pi(precision: precision) * Interval(Rational(Integer($0), Integer(2 * count)), precision: precision))
        .cosine
    }
    var coefficients: [[Interval]] = []
    var greatest = 1
    for m in 0..<dimension {
      try budget.check()
      coefficients.append(
        (0..<count).map { k in
          let sum = values.indices.reduce(Interval(0, precision: precision)) {
            $0 + values[$1][m] * cosines[k * (2 * $1 + 1) % (4 * count)]
          }
          return sum.scaled(byPowerOfTwo: k == 0 ? 0 : 1) / count
        })
    }
    for value in coefficients.joined() {
      guard value.isBounded else { throw Unanswered(undecided: "the values to interpolate are not bounded") }
      greatest = max(greatest, value.magnitude.binaryExponent ?? 0)
    }
    let head = 2 * steps + greatest + 4
    width = (bits + head + 63) / 64
    fractionBits = 64 * width - head
    (self.count, self.dimension, self.center, self.exponent) = (count, dimension, center, exponent)
    var limbs = [UInt](repeating: 0, count: dimension * count * width)
    var squares = Interval(0, precision: 64)
    for m in 0..<dimension {
      var sum = BigFloat.zero(precision: 64)
      for k in 0..<count {
        let value = coefficients[m][k]
        let stored = value.anchor?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
        checkInvariant(stored.fits(limbs: width), "VectorInterpolant: a coefficient fits its limbs")
        stored.write(to: &limbs, at: (m * count + k) * width, count: width)
        let point = Interval(stored, precision: max(stored.bitWidth, 2)).scaled(byPowerOfTwo: -fractionBits)
        sum = .sum(sum, (value - point).magnitude, precision: 64, rounding: .up)
      }
      squares = squares + Interval(sum).squared
    }
    self.limbs = limbs
    let roundings = Interval(2 * count, precision: 64) * Interval(dimension, precision: 64).squareRoot
    error = (squares.squareRoot + roundings.scaled(byPowerOfTwo: -fractionBits) + truncation.rounded(to: 64)).upper
  }

  /// The elements at an integer s with |s - c| < h, as integers in units of 2^-fractionBits.
  public func values(at s: Int) -> [Integer] {
    let offset = s - center
    demand(offset.magnitude < 1 << exponent, "VectorInterpolant: outside the range")
    let factor = offset.magnitude << (64 - exponent)
    return withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * width) { memory in
      limbs.withUnsafeBufferPointer { limbs in
        guard let memory = memory.baseAddress, let limbs = limbs.baseAddress else { return [] }
        return (0..<dimension).map { element in
          let row = limbs + element * count * width
          var (current, older) = (memory, memory + width)
          memory.initialize(repeating: 0, count: 2 * width)
          for k in stride(from: count - 1, through: 0, by: -1) {
            VectorInterpolant.step(
              row + k * width, current, older, width, factor: factor, isNegative: offset < 0, doubling: k > 0)
            // |b_k| < 2^(head - 3), by the bound above.
            checkInvariant(
              FixedPoint.hasFreeBits(2, older, count: 1, width: width), "VectorInterpolant: b_k stays in its limbs")
            swap(&current, &older)
          }
          return Integer(limbs: UnsafeBufferPointer(start: current, count: width))
        }
      }
    }
  }

  /// Replaces y by a - y +- (x factor 2^-64, cut), or twice the product, in one pass over the limbs.
  ///
  /// A negative x is stored with 2^(64 width) added: the factor is then too much in the highest limb.
  @inline(__always)
  private static func step(
    _ a: UnsafePointer<UInt>, _ x: UnsafePointer<UInt>, _ y: UnsafeMutablePointer<UInt>, _ width: Int, factor: UInt,
    isNegative: Bool, doubling: Bool
  ) {
    let shift: Int128 = doubling ? 1 : 0
    var product = factor.multipliedFullWidth(by: x[0])
    var above = Int128(0)
    for i in 0..<width {
      let high = product.high
      var term = Int128(high)
      if i + 1 < width {
        product = factor.multipliedFullWidth(by: x[i + 1])
        term &+= Int128(product.low)
      } else if x[width - 1] >> 63 != 0 {
        term &-= Int128(factor)
      }
      term <<= shift
      let sum = above &+ Int128(a[i]) &- Int128(y[i]) &+ (isNegative ? -term : term)
      y[i] = UInt(truncatingIfNeeded: sum)
      above = sum &>> 64
    }
  }
}
