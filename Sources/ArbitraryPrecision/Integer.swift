internal import CGMP

/// The memory of one GMP integer.
///
/// Written while it is being made, by the one function that made it, and later only by an ``Integer`` that holds the
/// only reference to it: so it may cross threads although the compiler cannot see why.
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
/// Arithmetic is exact. A value type: copies share memory, and what changes one of them makes memory of its own.
public struct Integer: Sendable {
  private(set) var storage: IntegerStorage

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
    demand(exponent >= 0, "powerOfTwo: the exponent must not be negative")
    let one = Integer(1)
    return Integer { __gmpz_mul_2exp($0, one.storage.pointer, UInt(exponent)) }
  }

  /// Minus one, zero or one.
  public var signum: Int { Int(qbo_mpz_sgn(storage.pointer)) }

  /// The number of bits of the magnitude; 0 for 0.
  public var bitWidth: Int { signum == 0 ? 0 : Int(__gmpz_sizeinbase(storage.pointer, 2)) }

  /// This integer times 2^count, count >= 0.
  public func shifted(left count: Int) -> Integer {
    demand(count >= 0, "shifted: the count must not be negative")
    return Integer { __gmpz_mul_2exp($0, storage.pointer, UInt(count)) }
  }

  /// The floor of this integer over 2^count, count >= 0.
  public func shifted(right count: Int) -> Integer {
    demand(count >= 0, "shifted: the count must not be negative")
    return Integer { __gmpz_fdiv_q_2exp($0, storage.pointer, UInt(count)) }
  }

  /// The limbs of this integer modulo 2^(64 count), in two's complement, least limb first.
  public func limbs(_ count: Int) -> [UInt] {
    var limbs = [UInt](repeating: 0, count: count)
    write(to: &limbs, at: 0, count: count)
    return limbs
  }

  /// Writes the limbs of this integer modulo 2^(64 count), in two's complement, over a part of an array.
  public func write(to limbs: inout [UInt], at start: Int, count: Int) {
    let size = Int(__gmpz_size(storage.pointer))
    var carry = signum < 0
    let isNegative = carry
    for index in 0..<count {
      let limb = index < size ? __gmpz_getlimbn(storage.pointer, index) : 0
      if isNegative {
        (limbs[start + index], carry) = (~limb).addingReportingOverflow(carry ? 1 : 0)
      } else {
        limbs[start + index] = limb
      }
    }
  }

  /// The integer of limbs in two's complement, least limb first.
  public init(limbs: UnsafeBufferPointer<UInt>) {
    self.init { __gmpz_import($0, limbs.count, -1, 8, 0, 0, limbs.baseAddress) }
    if let top = limbs.last, top >> 63 != 0 { self -= .powerOfTwo(64 * limbs.count) }
  }

  /// The integer of a machine word without a sign.
  public init(_ value: UInt) {
    self.init { __gmpz_set_ui($0, value) }
  }

  /// The magnitude.
  public var magnitude: Integer {
    signum < 0 ? -self : self
  }

  /// This integer raised to a non-negative power.
  public func power(_ exponent: Int) -> Integer {
    demand(exponent >= 0, "power: the exponent must not be negative")
    return Integer { __gmpz_pow_ui($0, storage.pointer, UInt(exponent)) }
  }

  /// The square root when it is an integer, else nil.
  public var exactSquareRoot: Integer? {
    guard signum >= 0, __gmpz_perfect_square_p(storage.pointer) != 0 else { return nil }
    return Integer { __gmpz_sqrt($0, storage.pointer) }
  }

  /// The remainder of floored division by a positive machine word, in 0 ..< divisor.
  public func modulo(_ divisor: Int) -> Int {
    demand(divisor > 0, "modulo: the divisor must be positive")
    return Int(__gmpz_fdiv_ui(storage.pointer, UInt(divisor)))
  }

  /// Quotient and remainder of division toward zero.
  public func dividedTowardZero(by divisor: Integer) -> (quotient: Integer, remainder: Integer) {
    demand(divisor.signum != 0, "dividedTowardZero: division by zero")
    let remainder = IntegerStorage()
    let quotient = Integer {
      __gmpz_tdiv_qr($0, remainder.pointer, storage.pointer, divisor.storage.pointer)
    }
    return (quotient, Integer(storage: remainder))
  }

  /// The greatest common divisor, not negative; that of zero and a number is the number's magnitude.
  public func greatestCommonDivisor(_ other: Integer) -> Integer {
    Integer { __gmpz_gcd($0, storage.pointer, other.storage.pointer) }
  }

  /// The floor of a quotient.
  public func dividedDown(by divisor: Integer) -> Integer {
    demand(divisor.signum != 0, "dividedDown: division by zero")
    return Integer { __gmpz_fdiv_q($0, storage.pointer, divisor.storage.pointer) }
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

  /// Makes the memory this integer's own, then changes it there.
  private mutating func update(_ change: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    if !isKnownUniquelyReferenced(&storage) {
      let old = storage
      self = Integer { __gmpz_set($0, old.pointer) }
    }
    change(storage.pointer)
  }

  /// Adds in place.
  public static func += (a: inout Integer, b: Integer) {
    a.update { __gmpz_add($0, $0, b.storage.pointer) }
  }

  /// Subtracts in place.
  public static func -= (a: inout Integer, b: Integer) {
    a.update { __gmpz_sub($0, $0, b.storage.pointer) }
  }

  /// Multiplies in place.
  public static func *= (a: inout Integer, b: Integer) {
    a.update { __gmpz_mul($0, $0, b.storage.pointer) }
  }

  /// Multiplies by a machine word in place.
  public static func *= (a: inout Integer, b: Int) {
    a.update { __gmpz_mul_si($0, $0, b) }
  }

  /// Takes the product of an integer and a machine word, in the memory that this one has.
  package mutating func set(productOf a: Integer, _ b: Int) {
    update { __gmpz_mul_si($0, a.storage.pointer, b) }
  }

  /// Adds a product in place.
  public mutating func add(productOf a: Integer, _ b: Integer) {
    update { __gmpz_addmul($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Adds the products of the elements of a list with those of another one of the same length, taken from its end, in
  /// place: with the coefficients of two series up to x^n, the coefficient of x^n of their product.
  public mutating func add(convolutionOf a: [Integer], _ b: [Integer]) {
    demand(a.count == b.count, "add: the lists have the same length")
    update { sum in
      for i in a.indices { __gmpz_addmul(sum, a[i].storage.pointer, b[a.count - 1 - i].storage.pointer) }
    }
  }

  /// Subtracts a product in place.
  public mutating func subtract(productOf a: Integer, _ b: Integer) {
    update { __gmpz_submul($0, a.storage.pointer, b.storage.pointer) }
  }

  /// Multiplies by 2^count in place, count >= 0.
  public mutating func shift(left count: Int) {
    demand(count >= 0, "shift: the count must not be negative")
    update { __gmpz_mul_2exp($0, $0, UInt(count)) }
  }

  /// Takes the floor of this integer over 2^count in place, count >= 0.
  public mutating func shift(right count: Int) {
    demand(count >= 0, "shift: the count must not be negative")
    update { __gmpz_fdiv_q_2exp($0, $0, UInt(count)) }
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
