internal import CMPFR

typealias UnaryFunction = (mpfr_ptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32
typealias BinaryFunction = (mpfr_ptr?, mpfr_srcptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32

extension BigFloat {
  @inline(__always)
  static func apply(_ function: UnaryFunction, _ a: BigFloat, _ precision: Int, _ rounding: Rounding) -> BigFloat {
    BigFloat(precision: precision) { result in
      a.withView { _ = function(result, $0, rounding.mpfr) }
    }
  }

  @inline(__always)
  static func apply(
    _ function: BinaryFunction, _ a: BigFloat, _ b: BigFloat, _ precision: Int, _ rounding: Rounding
  ) -> BigFloat {
    BigFloat(precision: precision) { result in
      a.withView { x in b.withView { y in _ = function(result, x, y, rounding.mpfr) } }
    }
  }

  /// The sum a + b, rounded once.
  public static func sum(_ a: BigFloat, _ b: BigFloat, precision: Int, rounding: Rounding) -> BigFloat {
    apply(mpfr_add, a, b, precision, rounding)
  }

  /// The difference a - b, rounded once.
  public static func difference(_ a: BigFloat, _ b: BigFloat, precision: Int, rounding: Rounding) -> BigFloat {
    apply(mpfr_sub, a, b, precision, rounding)
  }

  /// The product a b, rounded once.
  public static func product(_ a: BigFloat, _ b: BigFloat, precision: Int, rounding: Rounding) -> BigFloat {
    apply(mpfr_mul, a, b, precision, rounding)
  }

  /// The quotient a / b, rounded once.
  public static func quotient(_ a: BigFloat, _ b: BigFloat, precision: Int, rounding: Rounding) -> BigFloat {
    apply(mpfr_div, a, b, precision, rounding)
  }

  /// This number times 2^shift, exact unless the exponent leaves its range.
  public func scaled(byPowerOfTwo shift: Int, rounding: Rounding) -> BigFloat {
    BigFloat(precision: precision) { result in
      withView { _ = mpfr_mul_2si(result, $0, shift, rounding.mpfr) }
    }
  }

  /// This number raised to an integer power, rounded once.
  public func power(_ exponent: Int, precision: Int, rounding: Rounding) -> BigFloat {
    BigFloat(precision: precision) { result in
      withView { _ = mpfr_pow_si(result, $0, exponent, rounding.mpfr) }
    }
  }

  /// The sine of an angle in radians, rounded once.
  public func sine(precision: Int, rounding: Rounding) -> BigFloat {
    BigFloat.apply(mpfr_sin, self, precision, rounding)
  }

  /// The cosine of an angle in radians, rounded once.
  public func cosine(precision: Int, rounding: Rounding) -> BigFloat {
    BigFloat.apply(mpfr_cos, self, precision, rounding)
  }

  /// The tangent of an angle in radians, rounded once.
  public func tangent(precision: Int, rounding: Rounding) -> BigFloat {
    BigFloat.apply(mpfr_tan, self, precision, rounding)
  }

  /// The number pi, rounded once.
  public static func pi(precision: Int, rounding: Rounding) -> BigFloat {
    BigFloat(precision: precision) { _ = mpfr_const_pi($0, rounding.mpfr) }
  }

  /// The opposite, exact.
  public static prefix func - (a: BigFloat) -> BigFloat {
    var result = a
    result.sign = -a.sign
    return result
  }

  /// The magnitude, exact.
  public var magnitude: BigFloat {
    var result = self
    result.sign = 1
    return result
  }
}

/// Comparison by value, whatever the precisions; NaN is unordered and unequal to all, zeros are equal.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension BigFloat: Comparable {
  public static func == (a: BigFloat, b: BigFloat) -> Bool {
    a.withView { x in b.withView { y in mpfr_equal_p(x, y) != 0 } }
  }

  public static func < (a: BigFloat, b: BigFloat) -> Bool {
    a.withView { x in b.withView { y in mpfr_less_p(x, y) != 0 } }
  }

  public static func <= (a: BigFloat, b: BigFloat) -> Bool {
    a.withView { x in b.withView { y in mpfr_lessequal_p(x, y) != 0 } }
  }

  public static func > (a: BigFloat, b: BigFloat) -> Bool { b < a }

  public static func >= (a: BigFloat, b: BigFloat) -> Bool { b <= a }

  /// The lesser of two numbers; NaN if one is NaN.
  static func least(_ a: BigFloat, _ b: BigFloat) -> BigFloat {
    a.isNaN || b.isNaN ? .nan(precision: a.precision) : (b < a ? b : a)
  }

  /// The greater of two numbers; NaN if one is NaN.
  static func greatest(_ a: BigFloat, _ b: BigFloat) -> BigFloat {
    a.isNaN || b.isNaN ? .nan(precision: a.precision) : (a < b ? b : a)
  }
}

extension BigFloat.Head {
  /// Sets this number to a function of two numbers of inline limbs.
  @inline(__always)
  mutating func set(_ function: BinaryFunction, _ a: BigFloat.Head, _ b: BigFloat.Head, _ rounding: mpfr_rnd_t) {
    var r = __mpfr_struct(_mpfr_prec: precision, _mpfr_sign: 1, _mpfr_exp: 0, _mpfr_d: nil)
    withUnsafeMutablePointer(to: &limbs) { limbs in
      r._mpfr_d = UnsafeMutableRawPointer(limbs).assumingMemoryBound(to: UInt.self)
      withUnsafePointer(to: a.limbs) { aLimbs in
        withUnsafePointer(to: b.limbs) { bLimbs in
          var x = __mpfr_struct(
            _mpfr_prec: a.precision, _mpfr_sign: a.sign, _mpfr_exp: a.exponent,
            _mpfr_d: UnsafeMutableRawPointer(mutating: aLimbs).assumingMemoryBound(to: UInt.self))
          var y = __mpfr_struct(
            _mpfr_prec: b.precision, _mpfr_sign: b.sign, _mpfr_exp: b.exponent,
            _mpfr_d: UnsafeMutableRawPointer(mutating: bLimbs).assumingMemoryBound(to: UInt.self))
          _ = function(&r, &x, &y, rounding)
        }
      }
    }
    sign = r._mpfr_sign
    exponent = r._mpfr_exp
  }

  /// Sets this number to a function of a number of inline limbs.
  @inline(__always)
  mutating func set(_ function: UnaryFunction, _ a: BigFloat.Head, _ rounding: mpfr_rnd_t) {
    var r = __mpfr_struct(_mpfr_prec: precision, _mpfr_sign: 1, _mpfr_exp: 0, _mpfr_d: nil)
    withUnsafeMutablePointer(to: &limbs) { limbs in
      r._mpfr_d = UnsafeMutableRawPointer(limbs).assumingMemoryBound(to: UInt.self)
      withUnsafePointer(to: a.limbs) { aLimbs in
        var x = __mpfr_struct(
          _mpfr_prec: a.precision, _mpfr_sign: a.sign, _mpfr_exp: a.exponent,
          _mpfr_d: UnsafeMutableRawPointer(mutating: aLimbs).assumingMemoryBound(to: UInt.self))
        _ = function(&r, &x, rounding)
      }
    }
    sign = r._mpfr_sign
    exponent = r._mpfr_exp
  }
}
