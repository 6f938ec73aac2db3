internal import CMPFR

/// Directed arithmetic of numbers of at most 128 bits in machine words: what MPFR returns, without the views and calls
/// that cost more than such an operation itself.
///
/// A regular number is ±m 2^(e - 128) with an integer m, 2^127 <= m < 2^128, whose last 128 - p bits are zero. Each
/// operation finds the integer part of its exact result on that scale, and whether a part is left over; ``round`` then
/// rounds once. Exponents are at most 2^28 in magnitude, so those of results stay far inside MPFR's default range.
extension BigFloat.Head {
  /// Whether this number is regular, has at most 128 bits and an exponent of at most 2^28.
  @inline(__always)
  var isShort: Bool {
    precision <= 128 && UInt(bitPattern: exponent &+ (1 << 28)) <= 1 << 29
  }

  /// The integer m.
  @inline(__always)
  private var significand: UInt128 {
    precision > 64
      ? UInt128(limbs.1) &<< 64 | UInt128(limbs.0)
      : UInt128(limbs.0) &<< 64
  }

  /// Sets this number to ±(m + f) 2^(e - 128), m >= 2^127, rounded to its precision p; 0 <= f < 1, and `sticky` tells
  /// whether f is not zero.
  ///
  /// Without the last 128 - p bits the number is rounded toward zero. Away from zero, one unit of the last place is
  /// added when something was discarded; a carry out of the top makes the next power of two.
  @inline(__always)
  private mutating func round(_ m: UInt128, sticky: Bool, exponent: Int, negative: Bool, up: Bool) {
    let unit: UInt128 = 1 &<< UInt128(truncatingIfNeeded: 128 &- precision)
    let discarded = m & (unit &- 1)
    var kept = m &- discarded
    self.exponent = exponent
    if negative != up, sticky || discarded != 0 {
      kept = kept &+ unit
      if kept == 0 {
        kept = 1 &<< 127
        self.exponent = exponent &+ 1
      }
    }
    sign = negative ? -1 : 1
    let (high, low) = (UInt(truncatingIfNeeded: kept &>> 64), UInt(truncatingIfNeeded: kept))
    limbs.0 = precision > 64 ? low : high
    limbs.1 = precision > 64 ? high : 0
    checkInvariant(isNormalized, "BigFloat: a mantissa has its highest bit, and none below its precision")
  }

  /// Whether 2^127 <= m < 2^128 and the last 128 - p bits of m are zero.
  private var isNormalized: Bool {
    significand >> 127 == 1 && significand.trailingZeroBitCount >= 128 - precision && (precision > 64 || limbs.1 == 0)
  }

  /// Sets this number to a + b, or a - b, of short numbers, rounded once.
  @inline(__always)
  mutating func setShortSum(_ a: BigFloat.Head, _ b: BigFloat.Head, subtracting: Bool, up: Bool) {
    let bSign = subtracting ? 0 &- b.sign : b.sign
    let swaps = a.exponent < b.exponent
    let (x, y) = (a.significand, b.significand)
    setSum(
      swaps ? y : x, swaps ? x : y, shift: abs(a.exponent &- b.exponent), exponent: max(a.exponent, b.exponent),
      negative: (swaps ? bSign : a.sign) < 0, cancels: a.sign != bSign, up: up)
  }

  /// Sets this number to ±(m ± n 2^-shift) 2^(exponent - 128).
  @inline(__always)
  private mutating func setSum(
    _ m: UInt128, _ n: UInt128, shift: Int, exponent: Int, negative: Bool, cancels: Bool, up: Bool
  ) {
    // The second number on the scale of the first: its integer part, the next 128 bits, and whether any are left below
    // those.
    let whole: UInt128
    let part: UInt128
    if shift < 128 {
      let bits = UInt128(truncatingIfNeeded: shift)
      whole = n &>> bits
      part = (n &<< (127 &- bits)) &<< 1
    } else {
      whole = 0
      part = shift == 128 ? n : 0
    }
    let sticky = shift > 128
    if cancels { return setDifference(m, whole, part, sticky, exponent, negative, up) }
    let (sum, carry) = m.addingReportingOverflow(whole)
    // On a carry the last bit of the sum joins what is left over.
    round(
      carry ? sum &>> 1 | 1 &<< 127 : sum, sticky: sticky || part != 0 || (carry && sum & 1 != 0),
      exponent: exponent &+ (carry ? 1 : 0), negative: negative, up: up)
  }

  /// Sets this number to ±(m - (whole + part 2^-128 + sticky)) 2^(exponent - 128).
  @inline(__always)
  private mutating func setDifference(
    _ m: UInt128, _ whole: UInt128, _ part: UInt128, _ sticky: Bool, _ exponent: Int, _ negative: Bool, _ up: Bool
  ) {
    let (difference, borrow) = UInt128(0).subtractingReportingOverflow(part)
    // Only numbers of equal exponents, of which nothing was shifted out, can be in the wrong order.
    let isReversed = m < whole
    var high = isReversed ? whole &- m : m &- whole &- (borrow ? 1 : 0)
    var low = difference
    var exponent = exponent
    if sticky {
      // Less than one half is taken away: m - 1 is left and more than one half, of which only the first bit can ever
      // enter the result, by the shift below.
      high = m &- 1
      low = .max
    }
    if high == 0 {
      // A shift by 0 or 1 that cancelled all: what is left is low alone, half a unit or nothing.
      if low == 0 {
        self.exponent = qbo_mpfr_exponent_of_zero()
        sign = up ? 1 : -1
        return
      }
      high = low
      low = 0
      exponent &-= 128
    }
    let zeros = high.leadingZeroBitCount
    let bits = UInt128(truncatingIfNeeded: zeros)
    high = high &<< bits | (low &>> 1) &>> (127 &- bits)
    low = low &<< bits
    exponent &-= zeros
    round(high, sticky: sticky || low != 0, exponent: exponent, negative: negative != isReversed, up: up)
  }

  /// Sets this number to the product of short numbers, rounded once.
  @inline(__always)
  mutating func setShortProduct(_ a: BigFloat.Head, _ b: BigFloat.Head, up: Bool) {
    let negative = a.sign != b.sign
    var (high, low) = a.significand.multipliedFullWidth(by: b.significand)
    var exponent = a.exponent &+ b.exponent
    // The product of two numbers from [2^127, 2^128) has 255 or 256 bits.
    if high &>> 127 == 0 {
      high = high &<< 1 | low &>> 127
      low = low &<< 1
      exponent &-= 1
    }
    round(high, sticky: low != 0, exponent: exponent, negative: negative, up: up)
  }

  /// Sets this number to the quotient of short numbers, rounded once.
  @inline(__always)
  mutating func setShortQuotient(_ a: BigFloat.Head, _ b: BigFloat.Head, up: Bool) {
    let (m, n) = (a.significand, b.significand)
    // Scaled so that the quotient has 128 bits: m 2^128 / n where m < n, and m 2^127 / n otherwise. The high half is
    // less than n.
    let isLess = m < n
    let (quotient, remainder) = n.dividingFullWidth(isLess ? (m, 0) : (m &>> 1, m &<< 127))
    round(
      quotient, sticky: remainder != 0, exponent: a.exponent &- b.exponent &+ (isLess ? 0 : 1),
      negative: a.sign != b.sign, up: up)
  }
}
