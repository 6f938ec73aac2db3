import ArbitraryPrecision

/// Columns of numbers in fixed point, as the inner loops of spectra want them: magnitudes in one buffer, signs in
/// another.
///
/// A number is an integer of `width` limbs times 2^-(64 width - 2), so magnitudes stay below 4. A column of complex
/// numbers holds the real parts, then the imaginary ones.
struct FixedColumns: Sendable {
  let count: Int
  let length: Int
  let width: Int
  var limbs: [UInt]
  /// -1, 0 or 1.
  var signs: [Int8]

  /// The bits after the point.
  static func fractionBits(_ width: Int) -> Int { 64 * width - 2 }

  /// The least width with some bits after the point.
  static func width(forBits bits: Int) -> Int { max((bits + 2 + 63) / 64, 1) }

  var fractionBits: Int { FixedColumns.fractionBits(width) }

  init(zero count: Int, length: Int, width: Int) {
    (self.count, self.length, self.width) = (count, length, width)
    limbs = Array(repeating: 0, count: count * length * width)
    signs = Array(repeating: 0, count: count * length)
  }

  /// Columns of integers in units of the last place.
  init(_ count: Int, length: Int, width: Int, element: (_ column: Int, _ row: Int) -> Integer) {
    self.init(zero: count, length: length, width: width)
    for column in 0..<count {
      for row in 0..<length { set(column, row, element(column, row)) }
    }
  }

  mutating func set(_ column: Int, _ row: Int, _ value: Integer) {
    let place = column * length + row
    demand(value.bitWidth <= 64 * width, "FixedColumns: magnitudes are below 4")
    signs[place] = Int8(value.signum)
    value.magnitude.write(to: &limbs, at: place * width, count: width)
  }

  /// The integer of an element.
  func integer(_ column: Int, _ row: Int) -> Integer {
    let place = column * length + row
    // A limb of zeros on top, since magnitudes have no sign bit.
    let magnitude = Array(limbs[place * width..<(place + 1) * width]) + [0]
    let value = magnitude.withUnsafeBufferPointer { Integer(limbs: $0) }
    return signs[place] < 0 ? -value : value
  }

  /// Whether signs are -1, 0 or 1, and numbers with the sign 0 have no limbs but zeros: sums rely on it.
  var zerosHaveNoLimbs: Bool {
    signs.indices.allSatisfy { place in
      (-1...1).contains(signs[place])
        && (signs[place] != 0 || limbs[place * width..<(place + 1) * width].allSatisfy { $0 == 0 })
    }
  }

  /// The same numbers with at least as many limbs.
  func widened(to width: Int) -> FixedColumns {
    guard width > self.width else { return self }
    var result = FixedColumns(zero: count, length: length, width: width)
    result.signs = signs
    let shift = width - self.width
    for place in signs.indices {
      for limb in 0..<self.width { result.limbs[place * width + shift + limb] = limbs[place * self.width + limb] }
    }
    return result
  }

  /// The elements of all columns at equal places, as columns: of a complex matrix the transposed real and imaginary
  /// parts lie one after the other.
  func transposed(isComplex: Bool) -> FixedColumns {
    let parts = isComplex ? 2 : 1
    let rows = length / parts
    var result = FixedColumns(zero: rows, length: parts * count, width: width)
    for column in 0..<count {
      for part in 0..<parts {
        for row in 0..<rows {
          let (from, to) = (column * length + part * rows + row, row * result.length + part * count + column)
          result.signs[to] = signs[from]
          for limb in 0..<width { result.limbs[to * width + limb] = limbs[from * width + limb] }
        }
      }
    }
    return result
  }

  /// The columns x + i y of complex numbers as y - i x, whose products with others give the imaginary parts.
  func timesMinusI() -> FixedColumns {
    var result = FixedColumns(zero: count, length: length, width: width)
    let half = length / 2
    for column in 0..<count {
      for row in 0..<length {
        let (from, to) = (column * length + row, column * length + (row + half) % length)
        result.signs[to] = row < half ? -signs[from] : signs[from]
        for limb in 0..<width { result.limbs[to * width + limb] = limbs[from * width + limb] }
      }
    }
    return result
  }

  /// The columns x + i y of complex numbers as x - i y.
  func conjugated() -> FixedColumns {
    var result = self
    for column in 0..<count {
      for row in length / 2..<length { result.signs[column * length + row].negate() }
    }
    return result
  }
}
