internal import CMPFR

/// A binary floating-point number with a precision of its own, rounded as asked.
///
/// A value is `0`, `-0`, an infinity, NaN, or `± m 2^e` with a mantissa of exactly ``precision`` bits. Every operation
/// names the precision of its result and the direction of rounding, and returns the exact result rounded once
/// (correct rounding, MPFR). The exponent range is MPFR's default, about ±2^30 bits; beyond it directed rounding
/// goes to infinity or to the smallest number as the direction demands, so bounds stay bounds.
///
/// Up to 256 bits the mantissa lies inside the value and an operation allocates nothing; above, it is an array.
public struct BigFloat: Sendable {
  typealias Limbs = (UInt, UInt, UInt, UInt)

  /// The most bits that are stored inside the value.
  public static let inlineBits = 256

  /// The least and the greatest precision in bits.
  public static let precisionRange = 2...(1 << 27)

  /// The exponent of the least positive number, in MPFR's default range.
  static let leastExponent = 1 - (1 << 30)

  /// Precision, sign, exponent and the inline limbs: plain memory, copied without counting references.
  struct Head {
    var precision: Int
    var exponent: Int
    var sign: Int32
    var limbs: Limbs

    @inline(__always)
    init(precision: Int) {
      self.precision = precision
      exponent = 0
      sign = 1
      limbs = (0, 0, 0, 0)
    }

    /// Minus one, zero or one; zero for NaN.
    var signum: Int {
      @inline(__always) get {
        exponent == qbo_mpfr_exponent_of_zero() || isNaN ? 0 : Int(sign)
      }
    }

    /// Whether this is not a number.
    var isNaN: Bool { @inline(__always) get { exponent == qbo_mpfr_exponent_of_nan() } }

    /// Whether the limbs are these ones and not an array.
    var isInline: Bool { @inline(__always) get { precision <= BigFloat.inlineBits } }

    /// Whether this is a finite number other than zero: MPFR's marks are the least exponents.
    var isRegular: Bool { @inline(__always) get { exponent > qbo_mpfr_exponent_of_infinity() } }
  }

  var head: Head
  var heap: [UInt]?

  /// The bits of the mantissa.
  public var precision: Int { @inline(__always) get { head.precision } }
  var sign: Int32 {
    @inline(__always) get { head.sign }
    @inline(__always) set { head.sign = newValue }
  }
  var exponent: Int {
    @inline(__always) get { head.exponent }
    @inline(__always) set { head.exponent = newValue }
  }

  @inline(__always)
  init(head: Head, heap: [UInt]? = nil) {
    self.head = head
    self.heap = heap
  }

  /// The result of an MPFR function that fills a fresh number of the given precision.
  @inline(__always)
  init(precision: Int, filledBy fill: (UnsafeMutablePointer<__mpfr_struct>) -> Void) {
    head = Head(precision: precision)
    heap = nil
    if precision <= BigFloat.inlineBits {
      demand(precision >= 2, "BigFloat: precision out of range")
      var view = __mpfr_struct()
      withUnsafeMutablePointer(to: &head.limbs) { limbs in
        view = BigFloat.freshView(precision, UnsafeMutableRawPointer(limbs).assumingMemoryBound(to: UInt.self))
        fill(&view)
      }
      sign = view._mpfr_sign
      exponent = view._mpfr_exp
    } else {
      fillHeap(fill)
    }
  }

  @inline(never)
  private mutating func fillHeap(_ fill: (UnsafeMutablePointer<__mpfr_struct>) -> Void) {
    demand(BigFloat.precisionRange.contains(precision), "BigFloat: precision out of range")
    let count = (precision + 63) / 64
    var view = __mpfr_struct()
    heap = [UInt](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: 0)
      initialized = count
      // A buffer of a positive capacity has a base address.
      guard let limbs = buffer.baseAddress else { return }
      view = BigFloat.freshView(precision, limbs)
      fill(&view)
    }
    sign = view._mpfr_sign
    exponent = view._mpfr_exp
  }

  @inline(__always)
  private static func freshView(_ precision: Int, _ limbs: UnsafeMutablePointer<UInt>) -> __mpfr_struct {
    __mpfr_struct(
      _mpfr_prec: precision, _mpfr_sign: 1, _mpfr_exp: qbo_mpfr_exponent_of_nan(), _mpfr_d: limbs)
  }

  /// Runs a closure on a read-only MPFR view of this number.
  ///
  /// The view borrows the limbs: MPFR reads them through a pointer that is not const, and never writes its inputs.
  @inline(__always)
  func withView<Result>(_ body: (UnsafePointer<__mpfr_struct>) -> Result) -> Result {
    if let heap {
      return heap.withUnsafeBufferPointer { buffer in
        var view = __mpfr_struct(
          _mpfr_prec: precision, _mpfr_sign: sign, _mpfr_exp: exponent,
          _mpfr_d: UnsafeMutablePointer(mutating: buffer.baseAddress))
        return body(&view)
      }
    }
    return withUnsafePointer(to: head.limbs) { limbs in
      var view = __mpfr_struct(
        _mpfr_prec: precision, _mpfr_sign: sign, _mpfr_exp: exponent,
        _mpfr_d: UnsafeMutableRawPointer(mutating: limbs).assumingMemoryBound(to: UInt.self))
      return body(&view)
    }
  }

  // MARK: - Constructors

  /// Not a number, at a precision.
  public static func nan(precision: Int) -> BigFloat {
    BigFloat(precision: precision) { mpfr_set_nan($0) }
  }

  /// Plus or minus infinity, at a precision.
  public static func infinity(negative: Bool = false, precision: Int) -> BigFloat {
    BigFloat(precision: precision) { mpfr_set_inf($0, negative ? -1 : 1) }
  }

  /// Plus zero, at a precision.
  public static func zero(precision: Int) -> BigFloat {
    BigFloat(precision: precision) { mpfr_set_zero($0, 1) }
  }

  /// An integer, rounded.
  public init(_ value: Integer, precision: Int, rounding: Rounding) {
    self.init(precision: precision) { mpfr_set_z($0, value.storage.pointer, rounding.mpfr) }
  }

  /// A machine word, rounded.
  public init(_ value: Int, precision: Int, rounding: Rounding) {
    self.init(precision: precision) { mpfr_set_si($0, value, rounding.mpfr) }
  }

  /// A rational, rounded.
  public init(_ value: Rational, precision: Int, rounding: Rounding) {
    self.init(precision: precision) { mpfr_set_q($0, value.storage.pointer, rounding.mpfr) }
  }

  /// A double, rounded; exact from 53 bits on.
  public init(_ value: Double, precision: Int, rounding: Rounding) {
    self.init(precision: precision) { mpfr_set_d($0, value, rounding.mpfr) }
  }

  /// Another number, rounded to a precision.
  public init(_ value: BigFloat, precision: Int, rounding: Rounding) {
    self.init(precision: precision) { result in
      value.withView { _ = qbo_mpfr_set(result, $0, rounding.mpfr) }
    }
  }

  // MARK: - Classification

  /// Whether this is not a number.
  public var isNaN: Bool { exponent == qbo_mpfr_exponent_of_nan() }

  /// Whether this is plus or minus infinity.
  public var isInfinite: Bool { exponent == qbo_mpfr_exponent_of_infinity() }

  /// Whether this is plus or minus zero.
  public var isZero: Bool { exponent == qbo_mpfr_exponent_of_zero() }

  /// Whether this is a number and not an infinity.
  public var isFinite: Bool { !isNaN && !isInfinite }

  /// Minus one, zero or one; zero for NaN.
  public var signum: Int { isNaN || isZero ? 0 : Int(sign) }

  /// The exponent e with 2^(e-1) <= |x| < 2^e; nil for zero, infinities and NaN.
  public var binaryExponent: Int? { isFinite && !isZero ? exponent : nil }
}
