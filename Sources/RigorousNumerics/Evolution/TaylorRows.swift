import ArbitraryPrecision
internal import CGMP

/// The rows of a real matrix M in fixed point, for the terms of a Taylor series: products with vectors, each divided by
/// an integer.
struct TaylorRows: Sendable {
  private let starts: [Int]
  private let columns: [Int]
  private let factors: FixedColumns
  /// At least what an element of ``product(_:dividedBy:)`` is off, for vectors of elements below 4.
  ///
  /// A row of at most n factors, each off by e units, has an error of n e units times elements below 4; the sum is cut,
  /// by less than a unit, and so is its quotient.
  let error: Interval

  init(_ rows: [[(column: Int, value: Interval)]], width: Int) {
    let entries = rows.flatMap(\.self)
    let fractionBits = FixedColumns.fractionBits(width)
    columns = entries.map(\.column)
    starts = rows.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    var entryError = Interval(0, precision: 64)
    var factors = FixedColumns(zero: 1, length: max(entries.count, 1), width: width)
    for (k, entry) in entries.enumerated() {
      let scaled = entry.value.scaled(byPowerOfTwo: fractionBits)
      let nearest = scaled.anchor?.floor ?? 0
      factors.set(0, k, nearest)
      entryError = entryError.maximum(
        (scaled - Interval(nearest, precision: scaled.precision + 64)).absoluteValue.rounded(to: 64))
    }
    self.factors = factors
    let greatest = rows.reduce(0) { max($0, $1.count) }
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    error = unit * (2 + 4 * greatest * entryError)
  }

  /// M v/k, each sum cut once and its quotient once.
  func product(_ vector: FixedColumns, dividedBy divisor: UInt) -> FixedColumns {
    let (width, starts, columns) = (factors.width, starts, columns)
    return FixedColumns.filled(1, length: vector.length, width: width) { target, sum in
      FixedColumns.withViews([vector, factors]) { views in
        let (vector, factors) = (views[0], views[1])
        starts.withUnsafeBufferPointer { starts in
          columns.withUnsafeBufferPointer { columns in
            for row in 0..<vector.length {
              sum.clear()
              for entry in starts[row]..<starts[row + 1] {
                let column = columns[entry]
                sum.add(
                  factors.limbs + entry * width, vector.limbs + column * width,
                  sign: factors.signs[entry] &* vector.signs[column])
              }
              sum.store(to: target, 0, row)
              let place = target.limbs + row * width
              _ = __gmpn_divrem_1(place, 0, place, mp_size_t(width), divisor)
            }
          }
        }
      }
    }
  }
}

extension FixedColumns {
  /// The least e with all magnitudes below 2^e; nil when all are zero.
  var greatestExponent: Int? {
    for limb in stride(from: width - 1, through: 0, by: -1) {
      var greatest: UInt = 0
      for place in stride(from: limb, to: limbs.count, by: width) { greatest = max(greatest, limbs[place]) }
      if greatest > 0 { return 64 * (limb + 1) - greatest.leadingZeroBitCount - fractionBits }
    }
    return nil
  }

  /// Adds numbers of the same format; sums stay below 4.
  mutating func add(_ other: FixedColumns) {
    let (width, count) = (width, mp_size_t(width))
    limbs.withUnsafeMutableBufferPointer { limbs in
      signs.withUnsafeMutableBufferPointer { signs in
        other.limbs.withUnsafeBufferPointer { added in
          guard let limbs = limbs.baseAddress, let added = added.baseAddress else { return }
          for place in signs.indices where other.signs[place] != 0 {
            let (x, y) = (limbs + place * width, added + place * width)
            if signs[place] == other.signs[place] || signs[place] == 0 {
              let carry = __gmpn_add_n(x, x, y, count)
              checkInvariant(carry == 0, "FixedColumns: sums stay below 4")
              signs[place] = other.signs[place]
              continue
            }
            let order = __gmpn_cmp(x, y, count)
            _ = order >= 0 ? __gmpn_sub_n(x, x, y, count) : __gmpn_sub_n(x, y, x, count)
            if order <= 0 { signs[place] = order == 0 ? 0 : other.signs[place] }
          }
        }
      }
    }
  }
}
