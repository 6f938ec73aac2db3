import ArbitraryPrecision

/// The sums of the magnitudes that some elements of a vector have in the terms of a series, exactly, in fixed point.
///
/// On a step X(s) = sum over n of X_n s^n with 0 <= s <= 1, so that an element is at most its sum at all times of it.
struct ElementWatch {
  let elements: [Int]
  private let width: Int
  private let fractionBits: Int
  private var sums: [UInt]

  /// A watch on elements of vectors in the format of a state. The sums have to fit its limbs.
  init(_ elements: [Int], like state: FlowState) {
    self.elements = elements
    (width, fractionBits) = (state.width, state.fractionBits)
    sums = [UInt](repeating: 0, count: elements.count * state.width)
  }

  /// Starts anew with a vector.
  mutating func begin(with limbs: [UInt]) {
    for place in sums.indices { sums[place] = 0 }
    add(limbs)
  }

  /// Adds the magnitudes of the elements of a vector.
  mutating func add(_ limbs: [UInt]) {
    let width = width
    limbs.withUnsafeBufferPointer { limbs in
      sums.withUnsafeMutableBufferPointer { sums in
        for (place, element) in elements.enumerated() {
          let first = element * width
          // -x is the complement of x plus one.
          let isNegative = limbs[first + width - 1] >> 63 == 1
          let mask: UInt = isNegative ? .max : 0
          var (carry, unit): (UInt, UInt) = (0, isNegative ? 1 : 0)
          for k in 0..<width {
            let (own, borrowed) = (limbs[first + k] ^ mask).addingReportingOverflow(unit)
            unit = borrowed ? 1 : 0
            let (sum, over) = sums[place * width + k].addingReportingOverflow(own)
            let (next, more) = sum.addingReportingOverflow(carry)
            sums[place * width + k] = next
            carry = over || more ? 1 : 0
          }
        }
      }
    }
  }

  /// At least the sums, by the places in ``elements``.
  var bounds: [UpperBound] {
    sums.withUnsafeBufferPointer { sums in
      elements.indices.map { place in
        sums.baseAddress.map { FlowState.magnitude($0 + place * width, width: width, fractionBits: fractionBits) }
          ?? .zero
      }
    }
  }
}
