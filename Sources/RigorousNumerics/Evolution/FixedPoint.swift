import ArbitraryPrecision

/// Numbers in two's complement, least limb first, as the inner loops of an evolution hold them: what they may rely on.
enum FixedPoint {
  /// Whether every number of `width` limbs keeps a number of bits below its highest one free: |x| < 2^(64 width - 1 -
  /// free), or x = -2^(64 width - 1 - free).
  static func hasFreeBits(_ free: Int, _ limbs: UnsafePointer<UInt>, count: Int, width: Int) -> Bool {
    (0..<count).allSatisfy { k in
      let top = Int(bitPattern: limbs[(k + 1) * width - 1]) >> (63 - free)
      return top == 0 || top == -1
    }
  }
}

extension Integer {
  /// Whether a number of limbs in two's complement holds this integer.
  func fits(limbs count: Int) -> Bool { bitWidth < 64 * count }
}
