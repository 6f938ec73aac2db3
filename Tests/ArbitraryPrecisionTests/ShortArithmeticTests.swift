import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision

/// The operations in machine words against MPFR's, to the last bit, in both directions.
///
/// Seen to fail when the bits shifted out of the smaller summand are forgotten, when the quotient's remainder is, when
/// the carry after rounding is, when the first fraction bit of a difference is, and when the sign of the rounding
/// direction is exchanged.
@Suite struct ShortArithmeticTests {
  enum Operation: CaseIterable {
    case sum, difference, product, quotient
  }

  /// A number with a mantissa that is random, a power of two, all ones, or has long runs of equal bits.
  private func number(_ random: inout SplitMix64, _ p: Int, exponent: Int) -> BigFloat {
    var mantissa = Integer.powerOfTwo(p - 1)
    switch random.next() % 6 {
    case 0: break
    case 1: mantissa = .powerOfTwo(p) - 1
    case 2: mantissa = mantissa + 1
    case 3: mantissa = mantissa + .powerOfTwo(Int(random.next() % UInt64(p)))
    case 4: mantissa = .powerOfTwo(p) - .powerOfTwo(Int(random.next() % UInt64(p)))
    default:
      for _ in 0..<2 { mantissa = mantissa * .powerOfTwo(62) + Integer(Int(random.next() >> 2)) }
    }
    return BigFloat(random.next() % 2 == 0 ? mantissa : -mantissa, precision: p, rounding: .towardZero)
      .scaled(byPowerOfTwo: exponent - mantissa.bitWidth, rounding: .nearest)
  }

  @Test(arguments: Operation.allCases)
  func `machine words and MPFR agree to the last bit`(_ operation: Operation) {
    RandomCases.run(1000) { random, label in
      let p = random.choose([2, 3, 24, 53, 63, 64, 65, 66, 113, 126, 127, 128])
      let near = Int(random.next() % 9) - 4
      let distance = random.choose([0, 1, 2, near, 64 + near, p + near, 128 + near, 1 << 28])
      let exponent = random.choose([0, 5, -1000, -(1 << 28), (1 << 28) - max(distance, 0)])
      let x = number(&random, p, exponent: exponent + max(distance, 0))
      let y = number(&random, p, exponent: exponent - min(distance, 0))
      for up in [false, true] {
        let rounding: Rounding = up ? .up : .down
        var head = BigFloat.Head(precision: p)
        let expected: BigFloat
        switch operation {
        case .sum:
          head.setShortSum(x.head, y.head, subtracting: false, up: up)
          expected = .sum(x, y, precision: p, rounding: rounding)
        case .difference:
          head.setShortSum(x.head, y.head, subtracting: true, up: up)
          expected = .difference(x, y, precision: p, rounding: rounding)
        case .product:
          head.setShortProduct(x.head, y.head, up: up)
          expected = .product(x, y, precision: p, rounding: rounding)
        case .quotient:
          head.setShortQuotient(x.head, y.head, up: up)
          expected = .quotient(x, y, precision: p, rounding: rounding)
        }
        let result = BigFloat(head: head)
        #expect(
          result.hexadecimal == expected.hexadecimal,
          "\(label): \(operation) of \(x.hexadecimal), \(y.hexadecimal), \(rounding)")
        // What MPFR makes of the bits themselves: a malformed mantissa would be read otherwise.
        #expect(result == expected && head.sign == expected.head.sign, "\(label)")
      }
    }
  }
}
