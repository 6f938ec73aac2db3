import ArbitraryPrecision
internal import CGMP

/// The inner loop of an evolution, y + F x with a sparse matrix F of fractions, in fixed point on GMP limbs.
///
/// Numbers are of `width` limbs in two's complement with one common point. A row adds its products in one accumulator
/// and cuts it once, toward minus infinity: an element is less than the exact combination by less than one unit.
/// Nothing is allocated in a step. Numbers of few limbs are added by ``LimbRows``, with the same result.
struct FlowKernel: ~Copyable {
  private let matrix: SparseRows
  private let width: Int
  private let accumulator: UnsafeMutablePointer<UInt>
  private let product: UnsafeMutablePointer<UInt>
  /// Of each entry its magnitude as a fraction: one limb, or `width` limbs.
  private let fractions: [UInt]
  private let isInteger: Bool
  private let isChain: Bool
  /// The matrix for numbers of few limbs.
  private let short: LimbRows

  /// The kernel of a matrix.
  ///
  /// - Parameters:
  ///   - fractions: the magnitudes of the entries, each of one limb or of `width` limbs.
  ///   - isInteger: whether they are of one limb.
  init(_ matrix: SparseRows, width: Int, fractions: [UInt], isInteger: Bool) {
    self.matrix = matrix
    self.width = width
    accumulator = .allocate(capacity: 2 * width + 1)
    product = .allocate(capacity: 2 * width)
    isChain = matrix.isChain
    (self.fractions, self.isInteger) = (fractions, isInteger)
    short = LimbRows(matrix, width: width, fractions: fractions, isShort: isInteger)
  }

  /// The kernel of 2 S of a rotation; real couplings come as fractions of `width` limbs.
  init(_ flow: SkewFlow, width: Int, realFractions: [UInt]) {
    switch flow.magnitudes {
    case .integer(let magnitudes): self.init(flow.rows, width: width, fractions: magnitudes, isInteger: true)
    case .real: self.init(flow.rows, width: width, fractions: realFractions, isInteger: false)
    }
  }

  deinit {
    accumulator.deallocate()
    product.deallocate()
  }

  /// Adds F current to the rows of `target` in a range, from the columns in another; elements outside that are zero.
  func add(
    _ current: UnsafePointer<UInt>, to target: UnsafeMutablePointer<UInt>, rows: Range<Int>, columns: Range<Int>
  ) {
    // Rows of a chain are faster in one pass over their limbs.
    if !(isInteger && isChain), short.add(current, to: target, rows: rows, columns: columns) { return }
    matrix.rowStarts.withUnsafeBufferPointer { starts in
      matrix.columns.withUnsafeBufferPointer { indices in
        matrix.isNegative.withUnsafeBufferPointer { signs in
          fractions.withUnsafeBufferPointer { fractions in
            guard let limbs = fractions.baseAddress else { return }
            // Rows of a chain, + to the left and - to the right, are nearly all there are in one.
            let inner =
              isInteger && isChain
              ? rows.clamped(to: columns.lowerBound + 1..<max(columns.upperBound - 1, columns.lowerBound + 1))
              : rows.lowerBound..<rows.lowerBound
            addChain(current, to: target, rows: inner, limbs)
            for row in rows where !inner.contains(row) {
              let place = target + row * width
              let entries = starts[row]..<starts[row + 1]
              if isInteger {
                addIntegerRow(current, place, entries, columns, indices, signs, fractions)
              } else {
                addRealRow(current, place, entries, columns, indices, signs, fractions)
              }
            }
          }
        }
      }
    }
  }

  /// The rows of a chain, with the usual numbers of limbs known to the compiler. Row k > 0 has the entries 2k - 1 and
  /// 2k.
  private func addChain(
    _ current: UnsafePointer<UInt>, to target: UnsafeMutablePointer<UInt>, rows: Range<Int>,
    _ fractions: UnsafePointer<UInt>
  ) {
    @inline(__always)
    func add(_ width: Int) {
      for row in rows {
        FlowKernel.addDifference(
          to: target + row * width, width, current + (row - 1) * width, fractions[2 * row - 1],
          current + (row + 1) * width, fractions[2 * row])
      }
    }
    switch width {
    case 1: add(1)
    case 2: add(2)
    case 3: add(3)
    case 4: add(4)
    case 5: add(5)
    default: add(width)
    }
  }

  /// Adds (a x - b y) 2^-64, cut, to a number, in one pass over the limbs: what the general row below does by three
  /// calls.
  @inline(__always)
  private static func addDifference(
    to target: UnsafeMutablePointer<UInt>, _ width: Int, _ x: UnsafePointer<UInt>, _ a: UInt,
    _ y: UnsafePointer<UInt>, _ b: UInt
  ) {
    // A running sum: its low word is a limb of the result, what is above it goes to the next one.
    let (first, second) = (a.multipliedFullWidth(by: x[0]), b.multipliedFullWidth(by: y[0]))
    var above = (Int128(first.low) &- Int128(second.low)) &>> 64 &+ Int128(first.high) &- Int128(second.high)
    for i in stride(from: 1, to: width, by: 1) {
      let (p, q) = (a.multipliedFullWidth(by: x[i]), b.multipliedFullWidth(by: y[i]))
      let sum = above &+ Int128(p.low) &- Int128(q.low) &+ Int128(target[i - 1])
      target[i - 1] = UInt(truncatingIfNeeded: sum)
      above = sum &>> 64 &+ Int128(p.high) &- Int128(q.high)
    }
    // Negative numbers are stored with 2^(64 width) added: the factor is too much in the highest limb.
    let xExcess = x[width - 1] >> 63 == 0 ? 0 : a
    let yExcess = y[width - 1] >> 63 == 0 ? 0 : b
    target[width - 1] = target[width - 1] &+ UInt(truncatingIfNeeded: above) &- xExcess &+ yExcess
  }

  /// One limb times `width` limbs makes width + 1, of which the lowest is cut. A negative number is stored with 2^(64
  /// width) added, so its product has the factor too much in the highest limb.
  @inline(__always)
  private func addIntegerRow(
    _ current: UnsafePointer<UInt>, _ target: UnsafeMutablePointer<UInt>, _ entries: Range<Int>, _ columns: Range<Int>,
    _ indices: UnsafeBufferPointer<Int>, _ signs: UnsafeBufferPointer<Bool>, _ fractions: UnsafeBufferPointer<UInt>
  ) {
    let count = mp_size_t(width)
    var isFirst = true
    for entry in entries {
      let column = indices[entry]
      if !columns.contains(column) { continue }
      let factor = fractions[entry]
      let source = current + column * width
      let excess = source[width - 1] >> 63 == 0 ? 0 : factor
      if isFirst {
        isFirst = false
        let high = __gmpn_mul_1(accumulator, source, count, factor) &- excess
        accumulator[width] = high
        if signs[entry] { __gmpn_neg(accumulator, accumulator, count + 1) }
      } else if signs[entry] {
        let borrow = __gmpn_submul_1(accumulator, source, count, factor) &- excess
        accumulator[width] = accumulator[width] &- borrow
      } else {
        let carry = __gmpn_addmul_1(accumulator, source, count, factor) &- excess
        accumulator[width] = accumulator[width] &+ carry
      }
    }
    if !isFirst { _ = __gmpn_add_n(target, target, accumulator + 1, count) }
  }

  /// `width` limbs times `width` limbs make twice as many, of which the lower half is cut.
  @inline(__always)
  private func addRealRow(
    _ current: UnsafePointer<UInt>, _ target: UnsafeMutablePointer<UInt>, _ entries: Range<Int>, _ columns: Range<Int>,
    _ indices: UnsafeBufferPointer<Int>, _ signs: UnsafeBufferPointer<Bool>, _ fractions: UnsafeBufferPointer<UInt>
  ) {
    guard let fractions = fractions.baseAddress else { return }
    let count = mp_size_t(width)
    var isFirst = true
    for entry in entries {
      let column = indices[entry]
      if !columns.contains(column) { continue }
      let source = current + column * width
      let factor = fractions + entry * width
      let result = isFirst ? accumulator : product
      __gmpn_mul_n(result, source, factor, count)
      if source[width - 1] >> 63 != 0 { _ = __gmpn_sub_n(result + width, result + width, factor, count) }
      if isFirst {
        isFirst = false
        if signs[entry] { __gmpn_neg(accumulator, accumulator, 2 * count) }
      } else if signs[entry] {
        _ = __gmpn_sub_n(accumulator, accumulator, product, 2 * count)
      } else {
        _ = __gmpn_add_n(accumulator, accumulator, product, 2 * count)
      }
    }
    if !isFirst { _ = __gmpn_add_n(target, target, accumulator + width, count) }
  }

  /// Adds a number to one element.
  func add(_ value: UnsafePointer<UInt>, to element: UnsafeMutablePointer<UInt>) {
    _ = __gmpn_add_n(element, element, value, mp_size_t(width))
  }

  /// Adds a fraction in two's complement, of `width` limbs after the point, times each element of a vector; each
  /// product is cut.
  func add(_ fraction: UnsafePointer<UInt>, times vector: UnsafePointer<UInt>, to target: UnsafeMutablePointer<UInt>) {
    if width <= LimbRows.greatestWidth {
      return LimbRows.add(fraction, times: vector, to: target, count: matrix.dimension, width: width)
    }
    let count = mp_size_t(width)
    let isNegative = fraction[width - 1] >> 63 != 0
    for k in 0..<matrix.dimension {
      let source = vector + k * width
      __gmpn_mul_n(product, source, fraction, count)
      if isNegative { _ = __gmpn_sub_n(product + width, product + width, source, count) }
      if source[width - 1] >> 63 != 0 { _ = __gmpn_sub_n(product + width, product + width, fraction, count) }
      let element = target + k * width
      _ = __gmpn_add_n(element, element, product + width, count)
    }
  }

  /// The multiple of a vector by a fraction, as above, times a power of two; it is added to a sum as well.
  func scale(
    _ vector: UnsafePointer<UInt>, by fraction: UnsafePointer<UInt>, places: UInt32,
    into term: UnsafeMutablePointer<UInt>, adding sum: UnsafeMutablePointer<UInt>
  ) {
    if width <= LimbRows.greatestWidth {
      return LimbRows.scale(
        vector, by: fraction, places: places, into: term, adding: sum, count: matrix.dimension, width: width)
    }
    term.update(repeating: 0, count: matrix.dimension * width)
    add(fraction, times: vector, to: term)
    shift(term, by: places)
    for k in 0..<matrix.dimension { add(term + k * width, to: sum + k * width) }
  }

  /// Multiplies all elements by a power of two; what they are stays in their limbs.
  func shift(_ vector: UnsafeMutablePointer<UInt>, by places: UInt32) {
    for k in 0..<matrix.dimension {
      let element = vector + k * width
      _ = __gmpn_lshift(element, element, mp_size_t(width), places)
    }
  }

  /// The last line: adds two vectors to a third and takes half of the sum, cut, or twice the sum.
  func finish(
    _ result: UnsafeMutablePointer<UInt>, adding first: UnsafePointer<UInt>, _ second: UnsafePointer<UInt>,
    doubling: Bool
  ) {
    let count = mp_size_t(width)
    for k in 0..<matrix.dimension {
      let element = result + k * width
      _ = __gmpn_add_n(element, element, first + k * width, count)
      _ = __gmpn_add_n(element, element, second + k * width, count)
      checkInvariant(
        FixedPoint.hasFreeBits(1, element, count: 1, width: width), "FlowKernel: twice the sum stays in its limbs")
      if doubling {
        _ = __gmpn_lshift(element, element, count, 1)
      } else {
        let sign = element[width - 1] & (1 << 63)
        _ = __gmpn_rshift(element, element, count, 1)
        element[width - 1] |= sign
      }
    }
  }
}
