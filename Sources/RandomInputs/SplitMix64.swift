/// A small random generator whose whole state is its seed, so that a printed seed repeats a run
/// (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The generator that starts from a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension SplitMix64 {
  /// A positive double with a binary exponent from a range; its mantissa is a corner in one case of four: a power of
  /// two, all ones, or a few leading bits.
  public mutating func positiveDouble(exponents: ClosedRange<Int>) -> Double {
    let exponent = Int.random(in: exponents, using: &self)
    let mantissa: UInt64 =
      switch next() % 12 {
      case 0: 0
      case 1: (1 << 52) - 1
      case 2: (next() % 16) << 48
      default: next() >> 12
      }
    return Double(sign: .plus, exponent: exponent, significand: 1 + Double(mantissa) * 0x1p-52)
  }
}
