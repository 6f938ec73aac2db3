import RandomInputs

/// Draws the parameters of generated cases.
///
/// The draws are SplitMix64 from a seed that is made of the subject's name (FNV-1a, 64 bits) and the number of the
/// case, and integer arithmetic on its output: the same on every machine and with every version of the standard
/// library. No draw of a case depends on another case.
public final class CaseGenerator {
  private var random: SplitMix64

  /// The draws of one case.
  public init(subject: String, number: Int) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(subject)#\(number)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    random = SplitMix64(seed: hash)
  }

  /// An integer from 0 to a count less one: the high word of the product.
  public func below(_ count: Int) -> Int { Int(random.next().multipliedFullWidth(by: UInt64(count)).high) }

  /// A multiple of 2^-53 in (0, 1].
  public func unit() -> Double { Double((random.next() >> 11) + 1) * 0x1p-53 }

  /// A positive double with an exponent from a range; in one case of four its mantissa is a corner: a power of two, all
  /// ones, or a few leading bits.
  public func positive(_ exponents: ClosedRange<Int>) -> Double {
    let exponent = exponents.lowerBound + below(exponents.count)
    let bits: UInt64 =
      switch below(12) {
      case 0: 0
      case 1: (1 << 52) - 1
      case 2: UInt64(below(16)) << 48
      default: random.next() >> 12
      }
    return Double(sign: .plus, exponent: exponent, significand: 1 + Double(bits) * 0x1p-52)
  }
}

/// Draws by what a parameter is.
extension TaggedValue {
  /// A number of cells, small ones more often.
  public static func cells(_ r: CaseGenerator, _ range: ClosedRange<Int>) -> TaggedValue {
    let count = r.below(2) == 0 ? min(range.count, 6) : range.count
    return .integer("\(range.lowerBound + r.below(count))")
  }

  /// A frequency or coupling.
  public static func scale(_ r: CaseGenerator) -> TaggedValue { .double(r.positive(-3...2)) }

  /// A charging time.
  public static func time(_ r: CaseGenerator) -> TaggedValue {
    .double(r.positive(r.below(4) == 0 ? -30 ... -4 : -4...2))
  }

  /// A positive double.
  public static func double(_ r: CaseGenerator, _ exponents: ClosedRange<Int>) -> TaggedValue {
    .double(r.positive(exponents))
  }

  /// A double of either sign.
  public static func signed(_ r: CaseGenerator, _ exponents: ClosedRange<Int>) -> TaggedValue {
    .double(r.below(2) == 0 ? r.positive(exponents) : -r.positive(exponents))
  }

  /// An angle of either sign, in radians.
  public static func angle(_ r: CaseGenerator) -> TaggedValue { signed(r, -3...1) }
}
