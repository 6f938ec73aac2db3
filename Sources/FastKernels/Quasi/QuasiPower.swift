/// The law of M equal blocks, the M-th power of the polynomial of one, in doubles, with a bound for each coefficient.
///
/// It is multiplied M times by the law Q of one block, which has at most seven terms. That keeps the roundings local; a
/// product of two long factors would sum over all of them. u = 2^-53, S is the sum of the magnitudes of the
/// coefficients of Q, 1 <= S <= 2, and L the number of places.
///
/// 1. A coefficient of a step is the sum of at most seven products, so 7.01u of each product and 2^-1072 below the
///    normal doubles; with 18u of ``QuasiBlock`` it is the exact step with each coefficient c of Q changed by at most
///    25.1u |c|, and 2^-1072. Computed powers are P_n.
/// 2. *All places together.* On the unit circle |Q| <= 1: it is <x|V|y> with a unitary V and x, y of length one
///    (`quasi.bound`). So a product with Q does not increase a length, the square root of the sum of squares of
///    coefficients, and the error of P_M has at most the length
///
///        R = 25.1u S (|P_0| + |P_1| + ... + |P_(M-1)|) + M sqrt(L) 2^-1072,
///
///    whose lengths are summed as the recurrence runs. Each coefficient is within R of the true one.
/// 3. *Each place.* The recurrence is linear. Without the terms 2^-1072 each path of M steps changes by a factor within
///    (1 +- 25.1u)^M: the coefficient of P_M is within 25.2 M u of that of |Q|^M, the power of the polynomial of
///    magnitudes. With them a length of at most M sqrt(L) 2^-1072 (1 + 25.1u S)^M is added, as in 2. In the tails |Q|^M
///    is small as the law is, and this is the better bound; in the middle it may be S^M, and the first one is.
/// 4. |Q|^M is computed by the same steps. It comes out too small by a factor (1 - 25.1u)^M, and by at most M S^M
///    2^-1072 for what is below the normal doubles.
/// 5. P_n is kept times 2^500, so that its squares stay below 2^1001 and what is lost at 2^-1072 is below 2^-1550;
///    |Q|^n is kept times 2^k, with S^M 2^k <= 2^1000 and k <= 500. Scaled back, a coefficient rounds by 2^-1075 at
///    most.
///
/// The factor 1 + 2^-20 covers second orders and the roundings of the bounds, whose sums of positive terms have at most
/// 2^17 of them.
struct QuasiPower {
  /// The coefficients.
  let values: [Double]
  /// |Q|^M, an upper bound of its coefficients.
  private let magnitudes: [Double]
  /// At least the length of the error.
  private let length: Double
  /// 25.2 M u.
  private let share: Double

  private static let u = 0x1p-53
  private static let covering = 1 + 0x1p-20

  /// The greatest number of places.
  static let greatestLength = 1 << 17

  /// The power; at most ``greatestLength`` places.
  init(of block: QuasiBlock, blocks m: Int) {
    let size = block.coefficients.reduce(0) { $0 + abs($1) } * (1 + 0x1p-45)
    // 5: the half power cannot overflow.
    var half = 1.0
    for _ in 0..<(m + 1) / 2 { half *= size * (1 + 0x1p-45) }
    let exponent = 2 * (Int(half.exponent) + 1)
    let scale = min(500, 1000 - exponent)
    let lost = Double(sign: .plus, exponent: exponent - 1072 - scale, significand: Double(m))

    let (powers, lengths) = QuasiPower.power(block.offsets, block.coefficients, m, scale: 500)
    let (sizes, _) = QuasiPower.power(block.offsets, block.coefficients.map(abs), m, scale: scale)
    values = powers.map { $0 * 0x1p-500 }
    let back = Double(sign: .plus, exponent: -scale, significand: 1)
    magnitudes = sizes.map { ($0 * back + lost) * QuasiPower.covering + Double.leastNonzeroMagnitude }
    length = 25.1 * QuasiPower.u * size * lengths * 0x1p-500 * QuasiPower.covering
    share = 25.2 * Double(m) * QuasiPower.u * QuasiPower.covering
  }

  /// At least the error of a coefficient: the lesser of the bounds 2 and 3.
  func error(_ index: Int) -> Double {
    min(length, share * magnitudes[index]) * QuasiPower.covering + 2 * Double.leastNonzeroMagnitude
  }

  /// Twice the sum of the magnitudes of all negative coefficients.
  ///
  /// Places that are certainly not negative add nothing; the errors of the others are summed. The sum keeps its own
  /// roundings and is within 1.1u of itself.
  var negativity: KernelValue {
    var (sum, low) = (0.0, 0.0)
    for value in values where value < 0 {
      let next = ErrorFree.sum(sum, -value)
      (sum, low) = (next.result, low + next.error)
    }
    let value = 2 * (sum + low)
    let bound = 2 * sumOfErrors { $0 < $1 } + 1.1 * QuasiPower.u * value
    return KernelValue(value: value, errorBound: bound * QuasiPower.covering + 2 * Double.leastNonzeroMagnitude)
  }

  /// At least the sum of the errors of all coefficients.
  var sumOfErrors: Double { sumOfErrors { _, _ in true } }

  /// The errors of chosen coefficients add up to at most those by places, or the square root of their number times the
  /// length: each place takes what is less on the whole, places below the mean being summed.
  private func sumOfErrors(_ isChosen: (_ value: Double, _ error: Double) -> Bool) -> Double {
    let mean = length / Double(values.count).squareRoot()
    var (small, large) = (0.0, 0.0)
    for (index, value) in values.enumerated() {
      let error = error(index)
      if !isChosen(value, error) { continue }
      if share * magnitudes[index] < mean { small += error } else { large += 1 }
    }
    return (small + large.squareRoot() * length) * QuasiPower.covering
  }

  // MARK: - Steps

  /// The power times 2^scale, and the sum of the lengths of all lower powers.
  private static func power(
    _ offsets: [Int], _ coefficients: [Double], _ m: Int, scale: Int
  ) -> (coefficients: [Double], lengths: Double) {
    let span = offsets[offsets.count - 1]
    // Zeros for a step before the first place, and for the lanes after the last one.
    var buffer = [Double](repeating: 0, count: span + m * span + 1 + 8)
    buffer[span] = Double(sign: .plus, exponent: scale, significand: 1)
    var lengths = 0.0
    var square = buffer[span] * buffer[span]
    buffer.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      offsets.withUnsafeBufferPointer { offsets in
        coefficients.withUnsafeBufferPointer { coefficients in
          for n in 1...m {
            lengths += square.squareRoot()
            square = step(start + span, n * span + 1, offsets, coefficients)
          }
        }
      }
    }
    return (Array(buffer[span..<span + m * span + 1]), lengths)
  }

  /// Multiplies in place, from the last place down: a place takes nothing from those above. The sum of the squares.
  @inline(__always)
  private static func step(
    _ p: UnsafeMutablePointer<Double>, _ count: Int, _ offsets: UnsafeBufferPointer<Int>,
    _ coefficients: UnsafeBufferPointer<Double>
  ) -> Double {
    var squares = SIMD8<Double>.zero
    for start in stride(from: (count - 1) & ~7, through: 0, by: -8) {
      var sum = SIMD8<Double>.zero
      for t in 0..<coefficients.count { sum += coefficients[t] * Lanes.load(p + (start - offsets[t])) }
      UnsafeMutableRawPointer(p + start).storeBytes(of: sum, as: SIMD8<Double>.self)
      squares += sum * sum
    }
    return squares.sum()
  }
}
