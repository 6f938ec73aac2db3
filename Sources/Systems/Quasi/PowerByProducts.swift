import ArbitraryPrecision
import RigorousNumerics

/// A polynomial with real coefficients in fixed point, and its powers by products of large integers.
///
/// A coefficient is an integer times 2^-bits. With |A| the sum of the magnitudes of the coefficients of a factor and a
/// that of their errors, the errors of a product add up to at most
///
///     |A| b + a |B| + a b + n 2^-bits,      n the number of its coefficients,
///
/// since it is summed exactly and rounded down once a coefficient. The bound is of the sum over all coefficients, so of
/// sums of them, too.
struct PowerByProducts {
  private(set) var coefficients: [Integer]
  let bits: Int
  /// At least the sum of the magnitudes of all errors.
  private(set) var error: Interval

  /// A polynomial of enclosures.
  init(exponents: [Int], coefficients values: [Interval], bits: Int) {
    self.bits = bits
    coefficients = Array(repeating: 0, count: (exponents.last ?? 0) + 1)
    error = Interval(0, precision: 64)
    for (exponent, value) in zip(exponents, values) {
      let scaled = value.scaled(byPowerOfTwo: bits)
      let integer = scaled.anchor?.floor ?? 0
      coefficients[exponent] = integer
      error += (scaled - Interval(integer, precision: scaled.precision)).absoluteValue.rounded(to: 64).scaled(
        byPowerOfTwo: -bits)
    }
  }

  /// The sum of the magnitudes of the coefficients, errors included.
  private var size: Interval {
    let sum = coefficients.reduce(into: Integer(0)) { $0 += $1.magnitude }
    return Interval(sum, precision: 64).scaled(byPowerOfTwo: -bits) + error
  }

  private func multiplied(by other: PowerByProducts) -> PowerByProducts {
    var result = self
    result.coefficients = Integer.convolution(coefficients, other.coefficients).map { $0.shifted(right: bits) }
    let units = Interval(result.coefficients.count, precision: 64).scaled(byPowerOfTwo: -bits)
    result.error = size * other.error + error * other.size + units
    return result
  }

  /// The M-th power, M >= 1.
  func power(_ m: Int, within budget: Budget) throws(Unanswered) -> PowerByProducts {
    try binaryPower(self, m, within: budget) { $0.multiplied(by: $1) }
  }

  /// The enclosure of a coefficient.
  func enclosure(_ index: Int, precision: Int) -> Interval {
    Interval(coefficients[index], precision: precision).scaled(byPowerOfTwo: -bits) + .ball(error)
  }
}

extension Integer {
  /// The coefficients of a product of polynomials, by one product of integers that hold all of them side by side
  /// (Kronecker).
  ///
  /// A coefficient of the product is below 2^(bits of both and of the shorter length) in magnitude; with one more bit
  /// for its sign it does not meet its neighbours. A negative one borrows from the next, which is given back on
  /// reading.
  static func convolution(_ a: [Integer], _ b: [Integer]) -> [Integer] {
    let count = min(a.count, b.count)
    let width =
      (a.map(\.bitWidth).max() ?? 0) + (b.map(\.bitWidth).max() ?? 0) + (Int.bitWidth - count.leadingZeroBitCount) + 2
    return unpacked(packed(a, width) * packed(b, width), width, a.count + b.count - 1)
  }

  private static func packed(_ values: [Integer], _ width: Int) -> Integer {
    if values.count <= 4 { return values.reversed().reduce(0) { $0.shifted(left: width) + $1 } }
    let half = values.count / 2
    return packed(Array(values[..<half]), width) + packed(Array(values[half...]), width).shifted(left: width * half)
  }

  /// The residues in [-2^(width-1), 2^(width-1)), least first; split in halves, so that long integers are not shifted
  /// once a coefficient.
  private static func unpacked(_ value: Integer, _ width: Int, _ count: Int) -> [Integer] {
    if count == 1 { return [value] }
    let half = count / 2
    let places = width * half
    // The low half is what is nearest to zero: its highest coefficient carries the sign.
    let high = (value + .powerOfTwo(places - 1)).shifted(right: places)
    return unpacked(value - high.shifted(left: places), width, half) + unpacked(high, width, count - half)
  }
}
