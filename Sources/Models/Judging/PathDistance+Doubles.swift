import ArbitraryPrecision
import RigorousNumerics

/// The distance of states that are held in doubles.
extension PathDistance {
  /// The distance of vectors in the 2-norm, of matrices in the trace norm; both are on one frame.
  ///
  /// A difference of numbers is off by the parts of their sizes that both are off by, and by 2^-53 of itself: in the
  /// 2-norm of all by s_X |X| + s_Y |Y| + 2^-52 |X - Y|, and in the trace norm of n rows by sqrt(n) times that. What is
  /// subtracted stands as it is in the spectra of blocks; the sums of squares of the others are off by their roundings.
  ///
  /// - Parameter skew: of matrices the trace norm of the skew part of the first one, whose Hermitian part is given.
  init(_ given: RoughState, skew: Interval, _ truth: RoughState, within budget: Budget) throws {
    let n = given.frame.count
    let real = zip(given.real, truth.real).map { $0 - $1 }
    let imaginary = zip(given.imaginary, truth.imaginary).map { $0 - $1 }
    let difference = RoughState(
      frame: given.frame, isMatrix: given.isMatrix, real: real, imaginary: imaginary, share: 0, error: 0)
    let size = difference.size
    let rounded = given.share * given.size + truth.share * truth.size + 0x1p-52 * size
    let root = given.isMatrix ? Double(n).squareRoot().nextUp : 1
    let off = (root * rounded + given.error + truth.error) * RoughState.above + 0x1p-480
    guard off.isFinite, size.isFinite, let error = Interval(exactly: off, precision: 64) else {
      throw NotToldYet(what: "a distance in doubles")
    }
    guard given.isMatrix else {
      // The norm is at most the size, and not below it by more than twice its roundings.
      let slack = size * 4 * RoughState.roundings(128 + n / 64) + 0x1p-480
      value = (RoughState.ball(size, slack) + .ball(error.upper)).nonNegative
      isTold = Self.isTold(value)
      return
    }
    let (sum, known, left) = try Self.traceNorm(difference, size, within: budget)
    let rest = left + error
    let enclosure = (sum + .ball(rest.upper)).nonNegative.hull((sum + rest + skew).nonNegative)
    value = enclosure.lower < skew.lower ? Interval(skew.lower).hull(Interval(enclosure.upper)) : enclosure
    isTold = known.upper <= skew.lower || Self.isTold((known + .ball(rest.upper)).nonNegative)
  }

  /// The trace norm of the difference of the projectors |x><x| - |y><y| of vectors, that of the second one off by e.
  ///
  /// Its two eigenvalues have the sum A - B and the product |<x|y>|^2 - AB = -A |r|^2 for A = |x|^2, B = |y|^2 and r
  /// the part of y across x, so that the norm is the root of (A - B)^2 + 4 A |r|^2. For any c near to <x|y>/A
  ///
  ///     |r|^2 = |y - c x|^2 - |c - <x|y>/A|^2 A,
  ///
  /// and e adds e (2 |y| + e).
  init(projectorsOf x: RoughState, _ y: RoughState) {
    let n = x.frame.count
    var (square, change, real, imaginary, magnitudes) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for first in stride(from: 0, to: n, by: 64) {
      var (own, other, a, b, all) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for k in first..<min(first + 64, n) {
        let (p, q, s, t) = (x.real[k], x.imaginary[k], y.real[k], y.imaginary[k])
        let size = p * p + q * q
        own += size
        other += (p - s) * (p + s) + (q - t) * (q + t)
        a += p * s + q * t
        b += p * t - q * s
        let product = (abs(p) + abs(q)) * (abs(s) + abs(t))
        let (u, w) = (abs(p - s) * abs(p + s), abs(q - t) * abs(q + t))
        all += product + u + w
      }
      (square, change, magnitudes) = (square + own, change + other, magnitudes + all)
      (real, imaginary) = (real + a, imaginary + b)
    }
    let roundings = 2 * RoughState.roundings(128 + n / 64)
    let size = RoughState.ball(square, square * roundings + 0x1p-980).nonNegative
    // All sums of products are off by so much.
    let miss = magnitudes * roundings + 0x1p-980
    let length = y.size
    let error = y.error + y.share * length
    let far = RoughState.ball(0, error * (2 * length + error) * RoughState.above)
    guard square > 0x1p-500 else {
      // A vector that is next to zero.
      value = (RoughState.ball(length, length * roundings).squared + far + .ball(size.upper)).nonNegative
      isTold = Self.isTold(value)
      return
    }
    let (c, d) = (real / square, imaginary / square)
    var rest = 0.0
    for first in stride(from: 0, to: n, by: 64) {
      var own = 0.0
      for k in first..<min(first + 64, n) {
        let (p, q, s, t) = (x.real[k], x.imaginary[k], y.real[k], y.imaginary[k])
        let (u, w) = (s - (c * p - d * q), t - (c * q + d * p))
        own += u * u + w * w
      }
      rest += own
    }
    // y - c x is off by some 2^-52 of what it is formed of, and c by that of its sums and of a quotient.
    let across = rest.squareRoot()
    let formed = (length + (abs(c) + abs(d)) * x.size) * 0x1p-49
    let whole = RoughState.ball(across, across * roundings + formed + 0x1p-480).nonNegative
    let ofQuotient = (abs(c) + abs(d)) * 2 * roundings
    let off = RoughState.ball(0, 2 * miss / square + ofQuotient).upper
    let most = Interval(off).squared * size
    let part = (whole.squared - Interval(0, precision: 64).hull(most)).nonNegative
    let ofNorm = RoughState.ball(change, miss).squared + 4 * size * part
    value = (ofNorm.squareRoot + far).nonNegative
    isTold = Self.isTold(value)
  }

  /// The bits of the whole below which elements are left out.
  private static let smallBits = 24

  /// The trace norm of a Hermitian matrix without elements that are small all together: its enclosure; what is known
  /// of it from the blocks' spectra and Frobenius norms; and at least the trace norm of what was left out.
  private static func traceNorm(
    _ matrix: RoughState, _ size: Double, within budget: Budget
  ) throws -> (sum: Interval, known: Interval, left: Interval) {
    let n = matrix.frame.count
    let (real, imaginary) = (matrix.real, matrix.imaginary)
    let least = size / Double(n) * Double(sign: .plus, exponent: -smallBits, significand: 1)
    var sets = DisjointSets(n)
    var small = 0.0
    func isKept(_ place: Int) -> Bool { max(abs(real[place]), abs(imaginary[place])) > least }
    for row in 0..<n {
      for column in 0...row {
        let place = row * n + column
        if isKept(place) {
          if row != column { sets.join(row, column) }
        } else {
          small += 2 * (real[place] * real[place] + imaginary[place] * imaginary[place])
        }
      }
    }
    let slack = RoughState.roundings(n * n)
    let left = RoughState.ball(0, (small * Double(n)).squareRoot() * (1 + slack) + 0x1p-480).upper
    var (sum, known) = (Interval(0, precision: 64), Interval(0, precision: 64))
    for rows in sets.groups {
      let norm: Interval
      if rows.count == 1 {
        let place = rows[0] * (n + 1)
        norm = isKept(place) ? RoughState.ball(real[place], 0).absoluteValue : Interval(0, precision: 64)
      } else if rows.count <= UnionMatrix.greatestSpectrum {
        let zero = ComplexInterval.zero(precision: 64)
        let block = HermitianMatrix(rows.count, precision: 64) { i, j in
          // Rows rise.
          let place = max(rows[i], rows[j]) * n + min(rows[i], rows[j])
          guard isKept(place), let x = Interval(exactly: real[place], precision: 64),
            let y = Interval(exactly: i >= j ? imaginary[place] : -imaginary[place], precision: 64)
          else { return zero }
          return ComplexInterval(x, y)
        }
        norm = try traceNorm(block, bits: smallBits, within: budget)
      } else {
        var square = 0.0
        for (offset, row) in rows.enumerated() {
          for column in rows[...offset] where isKept(row * n + column) {
            let place = row * n + column
            let own = real[place] * real[place] + imaginary[place] * imaginary[place]
            square += row == column ? own : 2 * own
          }
        }
        let frobenius = RoughState.ball(square.squareRoot(), square.squareRoot() * slack + 0x1p-480).nonNegative
        sum += frobenius.hull(frobenius * Interval(rows.count, precision: 64).squareRoot)
        known += frobenius
        continue
      }
      sum += norm
      known += norm
    }
    return (sum, known, Interval(left))
  }
}
