import ArbitraryPrecision

/// Vectors in fixed point and in doubles, where 2^-50 of a number is enough.
extension FlowState {
  /// Doubles near to the stored elements; nil for numbers beyond their range.
  ///
  /// An element is read limb by limb from above: of `width` limbs there are as many conversions and as many sums, each
  /// off by less than 2^-52 of its result in any rounding mode. Powers of two are exact. Of a negative number that of
  /// its complement is read, one unit of the last place beside it.
  ///
  /// - Returns: the doubles; what they may be off by relative to their size; and one unit of the last place, by which
  ///   each may be off besides.
  public var storedDoubles: (elements: [Double], share: Double, unit: Double)? {
    guard width <= 14, (0...960).contains(fractionBits) else { return nil }
    let factor = Double(sign: .plus, exponent: -fractionBits, significand: 1)
    let elements = limbs.withUnsafeBufferPointer { limbs in
      (0..<dimension).map { k -> Double in
        let mask = UInt(bitPattern: Int(bitPattern: limbs[(k + 1) * width - 1]) >> 63)
        var result = 0.0
        for limb in stride(from: width - 1, through: 0, by: -1) {
          result = result * 0x1p64 + Double(limbs[k * width + limb] ^ mask)
        }
        return (mask == 0 ? result : -result) * factor
      }
    }
    return (elements, Double(3 * width) * 0x1p-52, factor)
  }

  /// The vector of some doubles, each cut to a number of bits after the point: by less than a unit of the last place.
  ///
  /// - Returns: nil for doubles of 2^(126 - fractionBits) or more.
  public init?(_ doubles: [Double], fractionBits: Int) {
    guard (0...126).contains(fractionBits) else { return nil }
    self.init(zero: doubles.count, width: 2, fractionBits: fractionBits)
    let factor = Double(sign: .plus, exponent: fractionBits, significand: 1)
    for (k, x) in doubles.enumerated() where x != 0 {
      let scaled = x * factor
      guard abs(scaled) < 0x1p126 else { return nil }
      let whole = Int128(scaled)
      limbs[2 * k] = UInt(truncatingIfNeeded: whole)
      limbs[2 * k + 1] = UInt(truncatingIfNeeded: whole >> 64)
    }
    error = Interval(dimension, precision: 64).squareRoot.scaled(byPowerOfTwo: -fractionBits).upper
  }
}
