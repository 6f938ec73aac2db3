/// An upper bound of a number that is not negative: a machine word times a power of two, with sums and products rounded
/// upward.
///
/// A result exceeds the exact one of its operands by less than 2^-62 of it. For long sums of bounds, where an
/// ``Interval`` would carry a lower end that nobody asks for.
public struct UpperBound: Sendable, Comparable {
  /// 0, or at least 2^63.
  private var mantissa: UInt
  private var exponent: Int

  /// Zero.
  public static let zero = UpperBound(mantissa: 0, exponent: 0)

  private init(mantissa: UInt, exponent: Int) { (self.mantissa, self.exponent) = (mantissa, exponent) }

  /// A bound of a finite number that is not negative.
  public init(_ value: BigFloat) {
    demand(value.isFinite && value.signum >= 0, "UpperBound: a finite number, not negative")
    guard let place = value.binaryExponent else {
      self = .zero
      return
    }
    let scaled = BigFloat(value.scaled(byPowerOfTwo: 64 - place, rounding: .up), precision: 64, rounding: .up)
    // Rounding can end at 2^64.
    let limb = (scaled.floor ?? 0).limbs(2)
    self =
      limb[1] == 0
      ? UpperBound(mantissa: limb[0], exponent: place - 64) : UpperBound(mantissa: 1 << 63, exponent: place - 63)
  }

  /// The number, exactly.
  public var value: BigFloat {
    BigFloat(Integer(mantissa), precision: 64, rounding: .up).scaled(byPowerOfTwo: exponent, rounding: .up)
  }

  /// mantissa + 2^64 carry, plus something below one where the sticky bit is set, rounded to a word.
  @inline(__always)
  private static func rounded(_ carry: Bool, _ word: UInt, _ sticky: Bool, _ exponent: Int) -> UpperBound {
    if carry {
      let up = word & 1 != 0 || sticky
      return UpperBound(mantissa: (1 << 63 | word >> 1) &+ (up ? 1 : 0), exponent: exponent + 1).carried(up)
    }
    return UpperBound(mantissa: word &+ (sticky ? 1 : 0), exponent: exponent).carried(sticky)
  }

  /// One more unit may have ended at 2^64, which is stored as zero.
  @inline(__always)
  private func carried(_ up: Bool) -> UpperBound {
    let result = up && mantissa == 0 ? UpperBound(mantissa: 1 << 63, exponent: exponent + 1) : self
    checkInvariant(result.mantissa >= 1 << 63, "UpperBound: a sum or product other than zero has its highest bit")
    return result
  }

  /// A bound of the sum.
  @inline(__always)
  public static func + (a: UpperBound, b: UpperBound) -> UpperBound {
    if a.mantissa == 0 { return b }
    if b.mantissa == 0 { return a }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let shift = large.exponent - small.exponent
    let aligned = shift < 64 ? small.mantissa >> UInt(shift) : 0
    let sticky = shift < 64 ? aligned << UInt(shift) != small.mantissa : true
    let (sum, carry) = large.mantissa.addingReportingOverflow(aligned)
    return rounded(carry, sum, sticky, large.exponent)
  }

  /// A bound of the product.
  @inline(__always)
  public static func * (a: UpperBound, b: UpperBound) -> UpperBound {
    if a.mantissa == 0 || b.mantissa == 0 { return .zero }
    let (high, low) = a.mantissa.multipliedFullWidth(by: b.mantissa)
    let exponent = a.exponent + b.exponent + 64
    if high >> 63 != 0 { return rounded(false, high, low != 0, exponent) }
    return rounded(false, high << 1 | low >> 63, low << 1 != 0, exponent - 1)
  }

  /// The order of the bounds as numbers.
  public static func < (a: UpperBound, b: UpperBound) -> Bool {
    if a.mantissa == 0 || b.mantissa == 0 { return b.mantissa != 0 }
    return a.exponent != b.exponent ? a.exponent < b.exponent : a.mantissa < b.mantissa
  }
}
