import ArbitraryPrecision
internal import CGMP

/// An exact sum of products of numbers of ``FixedColumns``: 2 `width` + 1 limbs in two's complement.
///
/// Magnitudes below 4 make products below 16, so the limb on top holds the sum of 2^60 of them.
struct FixedSum {
  let width: Int
  private let sum: UnsafeMutablePointer<UInt>
  private let product: UnsafeMutablePointer<UInt>

  /// Runs a loop with a sum whose memory lives as long.
  static func with<T>(width: Int, _ body: (FixedSum) -> T) -> T {
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 4 * width + 2) { memory in
      memory.initialize(repeating: 0)
      guard let base = memory.baseAddress else { fatalError("FixedSum: a width is positive") }
      return body(FixedSum(width: width, sum: base, product: base + (2 * width + 1)))
    }
  }

  private init(width: Int, sum: UnsafeMutablePointer<UInt>, product: UnsafeMutablePointer<UInt>) {
    (self.width, self.sum, self.product) = (width, sum, product)
  }

  func clear() { sum.update(repeating: 0, count: 2 * width + 1) }

  /// Adds a product, or subtracts it.
  @inline(__always)
  func add(_ a: UnsafePointer<UInt>, _ b: UnsafePointer<UInt>, sign: Int8) {
    if sign == 0 { return }
    let count = mp_size_t(width)
    __gmpn_mul_n(product, a, b, count)
    if sign > 0 {
      sum[2 * width] = sum[2 * width] &+ __gmpn_add_n(sum, sum, product, 2 * count)
    } else {
      sum[2 * width] = sum[2 * width] &- __gmpn_sub_n(sum, sum, product, 2 * count)
    }
    checkInvariant(
      Int(bitPattern: sum[2 * width]).magnitude < 1 << 62, "FixedSum: the limb on top holds the sum")
  }

  /// Sums the products of two columns.
  func take(_ a: FixedView, _ i: Int, _ b: FixedView, _ j: Int) {
    let (x, y) = (a.limbs + i * a.length * width, b.limbs + j * b.length * width)
    let (s, t) = (a.signs + i * a.length, b.signs + j * b.length)
    clear()
    for k in 0..<a.length { add(x + k * width, y + k * width, sign: s[k] &* t[k]) }
  }

  /// Subtracts one: 2^(2 (64 width - 2)) units.
  func subtractOne() {
    let place = 2 * width - 1
    let (difference, isBorrowed) = sum[place].subtractingReportingOverflow(1 << 60)
    sum[place] = difference
    if isBorrowed { sum[place + 1] &-= 1 }
  }

  /// The sum in units of 2^(-2 fractionBits).
  var integer: Integer { Integer(limbs: UnsafeBufferPointer(start: sum, count: 2 * width + 1)) }

  /// Replaces the sum by its magnitude, and gives its sign.
  func takeMagnitude() -> Int8 {
    let count = 2 * width + 1
    if sum[2 * width] >> 63 != 0 {
      _ = __gmpn_neg(sum, sum, mp_size_t(count))
      return -1
    }
    return (0..<count).contains { sum[$0] != 0 } ? 1 : 0
  }

  /// Rounds the sum toward zero and stores it as an element; the sum is lost. The error is below one unit.
  func store(to target: FixedTarget, _ column: Int, _ row: Int) {
    let s = takeMagnitude()
    let place = column * target.length + row
    let limbs = target.limbs + place * width
    // 64 width - 2 bits to the right.
    __gmpn_rshift(product, sum + (width - 1), mp_size_t(width + 1), 62)
    checkInvariant(product[width] == 0 && sum[2 * width] == 0, "FixedColumns: magnitudes are below 4")
    limbs.update(from: product, count: width)
    target.signs[place] = (0..<width).contains { limbs[$0] != 0 } ? s : 0
  }

  /// Adds the magnitude of the sum, which is lost, to one or two sums of 2 `width` + 1 limbs.
  func addMagnitude(to first: UnsafeMutablePointer<UInt>, _ second: UnsafeMutablePointer<UInt>? = nil) {
    _ = takeMagnitude()
    let count = mp_size_t(2 * width + 1)
    _ = __gmpn_add_n(first, first, sum, count)
    if let second { _ = __gmpn_add_n(second, second, sum, count) }
  }
}

/// The buffers of ``FixedColumns`` while a loop reads them.
struct FixedView {
  let length: Int
  let limbs: UnsafePointer<UInt>
  let signs: UnsafePointer<Int8>
}

/// The buffers of ``FixedColumns`` while a loop writes them.
struct FixedTarget {
  let length: Int
  let limbs: UnsafeMutablePointer<UInt>
  let signs: UnsafeMutablePointer<Int8>
}

extension FixedColumns {
  /// Columns written by a loop that sums products.
  static func filled(
    _ count: Int, length: Int, width: Int, _ body: (_ target: FixedTarget, _ sum: FixedSum) -> Void
  ) -> FixedColumns {
    var result = FixedColumns(zero: count, length: length, width: width)
    result.limbs.withUnsafeMutableBufferPointer { limbs in
      result.signs.withUnsafeMutableBufferPointer { signs in
        guard let limbs = limbs.baseAddress, let signs = signs.baseAddress else { return }
        FixedSum.with(width: width) { body(FixedTarget(length: length, limbs: limbs, signs: signs), $0) }
      }
    }
    checkInvariant(result.zerosHaveNoLimbs, "FixedColumns: a number without a sign is zero")
    return result
  }

  /// Runs a loop on the buffers of some columns.
  static func withViews(_ columns: [FixedColumns], _ body: (_ views: [FixedView]) -> Void) {
    func open(_ views: [FixedView]) {
      guard views.count < columns.count else { return body(views) }
      let next = columns[views.count]
      next.limbs.withUnsafeBufferPointer { limbs in
        next.signs.withUnsafeBufferPointer { signs in
          guard let limbs = limbs.baseAddress, let signs = signs.baseAddress else { return }
          open(views + [FixedView(length: next.length, limbs: limbs, signs: signs)])
        }
      }
    }
    open([])
  }
}
