internal import CLimbs

/// A sparse matrix of fractions for numbers of few limbs, in C: with products of 52 bits in wide registers where the
/// processor has them, else limb by limb, to the same limbs.
///
/// A row adds its products exactly and cuts the sum once, toward minus infinity.
struct LimbRows: ~Copyable {
  /// The copy in C; nil for numbers of more limbs, and without memory.
  private let rows: OpaquePointer?

  /// Numbers of more limbs are not served.
  static let greatestWidth = Int(qbo_limb_greatest_width)

  /// Whether wide registers are used where they are allowed.
  static var hasVectors: Bool { qbo_limb_has_vectors() != 0 }

  /// A copy of a matrix.
  ///
  /// - Parameters:
  ///   - fractions: of each entry the magnitude, `width` limbs after the point, or one.
  ///   - isShort: whether they have one.
  init(_ matrix: SparseRows, width: Int, fractions: [UInt], isShort: Bool, allowsVectors: Bool = true) {
    guard width <= LimbRows.greatestWidth, matrix.dimension <= Int(UInt32.max) else {
      rows = nil
      return
    }
    rows = matrix.rowStarts.withUnsafeBufferPointer { starts in
      matrix.columns.withUnsafeBufferPointer { columns in
        matrix.isNegative.withUnsafeBufferPointer { signs in
          fractions.withUnsafeBytes { fractions in
            qbo_limb_rows_make(
              matrix.dimension, width, isShort ? 1 : 0, starts.baseAddress, columns.baseAddress, signs.baseAddress,
              fractions.assumingMemoryBound(to: UInt64.self).baseAddress, allowsVectors ? 1 : 0)
          }
        }
      }
    }
  }

  deinit { qbo_limb_rows_free(rows) }

  /// Adds F x to the rows of `target` in a range, from the columns in another; elements outside count as zero.
  ///
  /// - Returns: false, with nothing done, for numbers that are not served.
  func add(
    _ x: UnsafePointer<UInt>, to target: UnsafeMutablePointer<UInt>, rows range: Range<Int>, columns: Range<Int>
  ) -> Bool {
    guard let rows else { return false }
    qbo_limb_rows_add(
      rows, LimbRows.limbs(x), LimbRows.limbs(target), range.lowerBound, range.upperBound, columns.lowerBound,
      columns.upperBound)
    return true
  }

  /// Adds a fraction in two's complement times each element of a vector, each product cut toward minus infinity.
  static func add(
    _ fraction: UnsafePointer<UInt>, times vector: UnsafePointer<UInt>, to target: UnsafeMutablePointer<UInt>,
    count: Int, width: Int
  ) {
    qbo_limb_add_multiple(count, width, limbs(fraction), limbs(vector), limbs(target))
  }

  /// Such a multiple times a power of two, which is added to a sum as well.
  static func scale(
    _ vector: UnsafePointer<UInt>, by fraction: UnsafePointer<UInt>, places: UInt32,
    into term: UnsafeMutablePointer<UInt>, adding sum: UnsafeMutablePointer<UInt>, count: Int, width: Int
  ) {
    qbo_limb_scale(count, width, limbs(fraction), places, limbs(vector), limbs(term), limbs(sum))
  }

  // Limbs are words of 64 bits, whatever C calls them.
  private static func limbs(_ place: UnsafePointer<UInt>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(place).assumingMemoryBound(to: UInt64.self)
  }

  private static func limbs(_ place: UnsafeMutablePointer<UInt>) -> UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer(place).assumingMemoryBound(to: UInt64.self)
  }
}
