import ArbitraryPrecision
import RandomInputs

/// Generators of numbers and intervals that favour corners.
extension SplitMix64 {
  mutating func choose<T>(_ values: [T]) -> T {
    values[Int(next() % UInt64(values.count))]
  }

  /// A precision: mostly a few limbs, on both sides of the border between inline and heap storage.
  mutating func precision() -> Int {
    choose([2, 3, 24, 53, 63, 64, 65, 113, 128, 192, 255, 256, 257, 320, 500])
  }

  /// A finite number of a precision: zero, a power of two, all ones, a small integer, or random bits.
  mutating func number(_ precision: Int, exponents: ClosedRange<Int> = -40...40) -> BigFloat {
    let sign = next() % 2 == 0 ? 1 : -1
    let exponent = Int.random(in: exponents, using: &self)
    let mantissa: Integer
    switch next() % 8 {
    case 0: return .zero(precision: precision)
    case 1: mantissa = 1
    case 2: mantissa = .powerOfTwo(precision) - 1
    case 3: return BigFloat(sign * Int(next() % 9), precision: max(precision, 4), rounding: .nearest)
    default:
      var bits: Integer = 1
      for _ in 0..<(precision + 63) / 64 { bits = bits * .powerOfTwo(64) + Integer(Int(next() >> 2)) }
      mantissa = bits
    }
    return BigFloat(mantissa * Integer(sign), precision: precision, rounding: .towardZero)
      .scaled(byPowerOfTwo: exponent - mantissa.bitWidth, rounding: .nearest)
  }

  /// An interval: a point, one ulp wide, wide, unbounded on a side, or entire.
  mutating func interval(exponents: ClosedRange<Int> = -40...40) -> Interval {
    let p = precision()
    let a = number(p, exponents: exponents)
    switch next() % 10 {
    case 0: return Interval(a)
    case 1, 2:
      let b = BigFloat.sum(
        a, a.magnitude.scaled(byPowerOfTwo: -p, rounding: .up), precision: p, rounding: .up)
      return Interval(a, b) ?? Interval(a)
    case 3: return next() % 4 == 0 ? .entire(precision: p) : Interval(a, .infinity(precision: p)) ?? Interval(a)
    case 4: return Interval(.infinity(negative: true, precision: p), a) ?? Interval(a)
    default:
      let b = number(p, exponents: exponents)
      return Interval(min(a, b), max(a, b)) ?? Interval(a)
    }
  }

  /// A rational member of an interval that is not empty: an end, or between.
  mutating func member(of x: Interval) -> Rational {
    switch (x.lower.rational, x.upper.rational) {
    case (let low?, let high?):
      switch next() % 4 {
      case 0: return low
      case 1: return high
      default: return low + (high - low) * Rational(Integer(Int(next() % 1025)), 1024)
      }
    case (let low?, nil): return low + Rational(Int(next() % 1000))
    case (nil, let high?): return high - Rational(Int(next() % 1000))
    case (nil, nil): return Rational(Int(next() % 2001) - 1000)
    }
  }

  /// An end where a function may change its ways: a zero of either sign, an integer, one of the neighbours of an
  /// integer, a neighbour of a multiple of pi/2, an exponent at the ends of MPFR's range, or any number.
  private mutating func corner(_ p: Int) -> BigFloat {
    func neighbour(_ x: Interval) -> BigFloat { next() % 2 == 0 ? x.lower : x.upper }
    switch next() % 8 {
    case 0: return next() % 2 == 0 ? .zero(precision: p) : -.zero(precision: p)
    case 1: return BigFloat(Int(next() % 7) - 3, precision: p, rounding: .nearest)
    case 2:
      let integer = BigFloat(Int(next() % 7) - 3, precision: p, rounding: .nearest)
      let step = BigFloat(next() % 2 == 0 ? 1 : -1, precision: p, rounding: .nearest)
      return .sum(
        integer, step.scaled(byPowerOfTwo: -2 * p, rounding: .nearest), precision: p,
        rounding: next() % 2 == 0 ? .down : .up)
    case 3: return neighbour((Int(next() % 17) - 8) * Interval.pi(precision: p).scaled(byPowerOfTwo: -1)).rounded(p)
    case 4: return number(p, exponents: (1 << 30) - 3...(1 << 30) - 1)
    case 5:
      if next() % 2 == 0 { return number(p, exponents: -(1 << 30) + p + 2...(-(1 << 30)) + p + 5) }
      // The least number of either sign.
      let least = BigFloat(1, precision: p, rounding: .nearest).scaled(byPowerOfTwo: -(1 << 31), rounding: .up)
      return next() % 2 == 0 ? least : -least
    case 6: return number(p, exponents: -200...200)
    default: return number(p, exponents: -3...3)
    }
  }

  /// An interval with corners as ends: empty, a point, one ulp wide, between two corners, unbounded on a side, or
  /// entire.
  mutating func cornerInterval() -> Interval {
    let p = precision()
    let (a, b) = (corner(p), corner(p))
    switch next() % 12 {
    case 0: return .empty(precision: p)
    case 1: return .entire(precision: p)
    case 2: return Interval(a, .infinity(precision: p)) ?? .entire(precision: p)
    case 3: return Interval(.infinity(negative: true, precision: p), a) ?? .entire(precision: p)
    case 4, 5: return Interval(a)
    case 6, 7:
      return Interval(
        a, BigFloat.sum(a, a.magnitude.scaled(byPowerOfTwo: -p, rounding: .up), precision: p, rounding: .up))
        ?? Interval(a)
    default: return Interval(min(a, b), max(a, b)) ?? Interval(a)
    }
  }

  /// A part of an interval between two numbers near it: an end, the middle, or neighbours of them.
  mutating func part(of x: Interval) -> Interval {
    guard let middle = x.midpoint else { return x }
    func place() -> BigFloat {
      switch next() % 4 {
      case 0: return x.lower
      case 1: return x.upper
      case 2: return middle
      default:
        return middle.isZero ? middle : middle.scaled(byPowerOfTwo: next() % 2 == 0 ? -1 : 1, rounding: .towardZero)
      }
    }
    let (a, b) = (place(), place())
    return x.intersection(Interval(min(a, b), max(a, b)) ?? x).rounded(to: x.precision)
  }
}

extension BigFloat {
  fileprivate func rounded(_ precision: Int) -> BigFloat { BigFloat(self, precision: precision, rounding: .nearest) }
}
