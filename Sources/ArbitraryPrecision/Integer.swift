internal import CGMP

/// The memory of one GMP integer.
///
/// Written only while it is being made, by the one function that made it, and never again once an ``Integer``
/// holds it: so it may cross threads although the compiler cannot see why.
final class IntegerStorage: @unchecked Sendable {
  let pointer = UnsafeMutablePointer<__mpz_struct>.allocate(capacity: 1)

  init() {
    qbo_mpz_init(pointer)
  }

  deinit {
    __gmpz_clear(pointer)
    pointer.deallocate()
  }
}

/// An integer of any size.
///
/// Arithmetic is exact. A value type: copies share memory that is never written again.
public struct Integer: Sendable {
  let storage: IntegerStorage

  /// The result of a GMP function that fills a fresh integer.
  init(filledBy fill: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    storage = IntegerStorage()
    fill(storage.pointer)
  }

  /// The integer of a machine word.
  public init(_ value: Int) {
    self.init { __gmpz_set_si($0, value) }
  }

  /// The integer written in decimal digits, with an optional minus sign; nil when the text is anything else.
  public init?(decimal text: some StringProtocol) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    let plain = String(text)
    self.init { pointer in _ = plain.withCString { __gmpz_set_str(pointer, $0, 10) } }
  }

  /// The integer written in hexadecimal digits; nil when the text is anything else.
  init?(hexadecimal text: String) {
    guard !text.isEmpty, text.utf8.count == text.count, text.allSatisfy(\.isHexDigit) else { return nil }
    self.init { pointer in _ = text.withCString { __gmpz_set_str(pointer, $0, 16) } }
  }

  /// 2 to the power of a non-negative exponent.
  public static func powerOfTwo(_ exponent: Int) -> Integer {
    precondition(exponent >= 0, "powerOfTwo: the exponent must not be negative")
    let one = Integer(1)
    return Integer { __gmpz_mul_2exp($0, one.storage.pointer, UInt(exponent)) }
  }

  /// Minus one, zero or one.
  public var signum: Int { Int(qbo_mpz_sgn(storage.pointer)) }

  /// The number of bits of the magnitude; 0 for 0.
  public var bitWidth: Int { signum == 0 ? 0 : Int(__gmpz_sizeinbase(storage.pointer, 2)) }

  /// This integer times 2^count, count >= 0.
  public func shifted(left count: Int) -> Integer {
    precondition(count >= 0, "shifted: the count must not be negative")
    return Integer { __gmpz_mul_2exp($0, storage.pointer, UInt(count)) }
  }

  /// The floor of this integer over 2^count, count >= 0.
  public func shifted(right count: Int) -> Integer {
    precondition(count >= 0, "shifted: the count must not be negative")
    return Integer { __gmpz_fdiv_q_2exp($0, storage.pointer, UInt(count)) }
  }

  /// The limbs of this integer modulo 2^(64 count), in two's complement, least limb first.
  public func limbs(_ count: Int) -> [UInt] {
    var limbs = [UInt](repeating: 0, count: count)
    let used = min(Int(__gmpz_size(storage.pointer)), count)
    for index in 0..<used { limbs[index] = __gmpz_getlimbn(storage.pointer, index) }
    guard signum < 0 else { return limbs }
    var carry = true
    for index in 0..<count {
      (limbs[index], carry) = (~limbs[index]).addingReportingOverflow(carry ? 1 : 0)
    }
    return limbs
  }

  /// The integer of limbs in two's complement, least limb first; zero of none.
  public init(limbs: some BidirectionalCollection<UInt>) {
    guard let top = limbs.last else {
      self = 0
      return
    }
    let count = limbs.count
    let contiguous = Array(limbs)
    let value = Integer { __gmpz_import($0, count, -1, 8, 0, 0, contiguous) }
    self = top >> 63 == 0 ? value : value - .powerOfTwo(64 * count)
  }

  /// The magnitude.
  public var magnitude: Integer {
    signum < 0 ? -self : self
  }

  /// This integer raised to a non-negative power.
  public func power(_ exponent: Int) -> Integer {
    precondition(exponent >= 0, "power: the exponent must not be negative")
    return Integer { __gmpz_pow_ui($0, storage.pointer, UInt(exponent)) }
  }

  /// The square root when it is an integer, else nil.
  public var exactSquareRoot: Integer? {
    guard signum >= 0, __gmpz_perfect_square_p(storage.pointer) != 0 else { return nil }
    return Integer { __gmpz_sqrt($0, storage.pointer) }
  }

  /// The remainder of floored division by a positive machine word, in 0 ..< divisor.
  public func modulo(_ divisor: Int) -> Int {
    precondition(divisor > 0, "modulo: the divisor must be positive")
    return Int(__gmpz_fdiv_ui(storage.pointer, UInt(divisor)))
  }

  /// Quotient and remainder of division toward zero.
  public func dividedTowardZero(by divisor: Integer) -> (quotient: Integer, remainder: Integer) {
    precondition(divisor.signum != 0, "dividedTowardZero: division by zero")
    let remainder = IntegerStorage()
    let quotient = Integer {
      __gmpz_tdiv_qr($0, remainder.pointer, storage.pointer, divisor.storage.pointer)
    }
    return (quotient, Integer(storage: remainder))
  }

  private init(storage: IntegerStorage) {
    self.storage = storage
  }

  /// Exact sum.
  public static func + (a: Integer, b: Integer) -> Integer {
    Integer { __gmpz_add($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Exact difference.
  public static func - (a: Integer, b: Integer) -> Integer {
    Integer { __gmpz_sub($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Exact product.
  public static func * (a: Integer, b: Integer) -> Integer {
    Integer { __gmpz_mul($0, a.storage.pointer, b.storage.pointer) }
  }

  /// The opposite.
  public static prefix func - (a: Integer) -> Integer {
    Integer { __gmpz_neg($0, a.storage.pointer) }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Integer: Comparable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  public static func == (a: Integer, b: Integer) -> Bool {
    __gmpz_cmp(a.storage.pointer, b.storage.pointer) == 0
  }

  public static func < (a: Integer, b: Integer) -> Bool {
    __gmpz_cmp(a.storage.pointer, b.storage.pointer) < 0
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(__gmpz_get_si(storage.pointer))
    hasher.combine(bitWidth)
  }

  public init(integerLiteral value: Int) {
    self.init(value)
  }

  /// The decimal digits, with a minus sign when negative.
  public var description: String {
    // One byte for the sign and one for the terminating zero (GMP manual, mpz_get_str).
    let capacity = Int(__gmpz_sizeinbase(storage.pointer, 10)) + 2
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      _ = __gmpz_get_str(buffer.baseAddress, 10, storage.pointer)
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}

extension Int {
  /// The machine word of an integer; nil when it does not fit.
  public init?(exactly integer: Integer) {
    guard __gmpz_fits_slong_p(integer.storage.pointer) != 0 else { return nil }
    self = __gmpz_get_si(integer.storage.pointer)
  }
}
