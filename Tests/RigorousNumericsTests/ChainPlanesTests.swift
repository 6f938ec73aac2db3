import ArbitraryPrecision
import Foundation
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

/// A step of a chain in planes of digits, with a number and a multiple of a vector added, against exact integers: of
/// each row floor((a_k x_(k-1) - a_(k+1) x_(k+1)) 2^-64) and floor(f x_k 2^(-64 width)).
@Suite struct ChainPlanesTests {
  private static func word(_ random: inout SplitMix64) -> UInt {
    [0, .max, 1 << 63, 1, (1 << UInt(random.next() % 64)) - 1, UInt(random.next()), UInt(random.next())][
      Int(random.next() % 7)]
  }

  /// A number with some free bits below the sign.
  private static func number(_ width: Int, free: Int, _ random: inout SplitMix64) -> [UInt] {
    integer((0..<width).map { _ in word(&random) }).shifted(right: free).limbs(width)
  }

  private static func integer(_ limbs: some Collection<UInt>) -> Integer {
    Array(limbs).withUnsafeBufferPointer { Integer(limbs: $0) }
  }

  private static func pointer<R>(_ limbs: [UInt], _ body: (UnsafePointer<UInt>) throws -> R) throws -> R {
    try limbs.withUnsafeBufferPointer { try body(#require($0.baseAddress)) }
  }

  @Test(arguments: ChainPlanes.Form.allCases)
  func `planes make the limbs that exact integers make`(_ form: ChainPlanes.Form) throws {
    guard form.isAvailable else { return }
    // Products of doubles set the rounding that they need, whatever stands.
    // To nearest, down, up and toward zero, as these processors name them.
    let roundings: [Int32] = [0, 0x400, 0x800, 0xc00]
    defer { fesetround(0) }
    try RandomCases.run(300) { random, label in
      let (d, width) = (Int(random.next() % 40) + 1, Int(random.next() % 8) + 1)
      let isShort = random.next() % 2 == 0
      let fractions = (0..<d).map { _ in isShort ? Self.word(&random) & ~0xfff : Self.word(&random) }
      // Fewer digits where the numbers are known to be small.
      let bits = width > 1 && random.next() % 2 == 0 ? 64 * width - Int(random.next() % 64) : 64 * width
      let held = min((bits + 51) / 52 * 52, 64 * width)
      let free = 64 * width - held
      let x = (0..<d).map { _ in Self.number(width, free: free + 3, &random) }
      let y = (0..<d).map { _ in Self.number(width, free: free + 3, &random) }
      let (element, place) = (Self.number(width, free: free + 4, &random), Int(random.next() % UInt64(d)))
      let fraction = Self.number(width, free: 0, &random)
      let first = Int(random.next() % UInt64(d))
      let rows = random.next() % 2 == 0 ? 0..<d : first..<d
      // What is outside of the rows has neighbours that are zero.
      let source = x.enumerated().map { k, value in
        rows.lowerBound == 0 || k > rows.lowerBound ? value : [UInt](repeating: 0, count: width)
      }

      let planes = ChainPlanes(dimension: d, width: width, bits: bits, fractions: fractions, form: form)
      let isServed = planes.isServed
      try #require(isServed)
      var results = [UInt](repeating: 0, count: d * width)
      fesetround(roundings[Int(random.next() % 4)])
      try Self.pointer(source.flatMap(\.self)) { planes.load($0, to: 0) }
      try Self.pointer(y.flatMap(\.self)) { planes.load($0, to: 1) }
      planes.add(0, to: 1, rows: rows)
      try Self.pointer(element) { planes.add($0, to: place, of: 1) }
      let isWhole = (bits + 51) / 52 * 52 >= 64 * width
      if isWhole { try Self.pointer(fraction) { planes.add($0, times: 0, to: 1) } }
      fesetround(0)
      try results.withUnsafeMutableBufferPointer { try planes.store(1, to: #require($0.baseAddress)) }

      var expected: [Integer] = []
      for k in 0..<d {
        var sum: Integer = 0
        if k > 0 { sum += Self.integer([fractions[k - 1], 0]) * Self.integer(source[k - 1]) }
        if k + 1 < d { sum -= Self.integer([fractions[k], 0]) * Self.integer(source[k + 1]) }
        let product = (Self.integer(fraction) * Self.integer(source[k])).shifted(right: 64 * width)
        let multiple = isWhole ? product : 0
        let added = k == place ? Self.integer(element) : 0
        expected.append(sum.shifted(right: 64) + Self.integer(y[k]) + multiple + added)
      }
      for k in 0..<d {
        #expect(Self.integer(results[k * width..<(k + 1) * width]) == expected[k], "\(label), row \(k) of \(d)")
      }
      for free in 1...5 {
        let bound = Integer.powerOfTwo(held - 1 - free)
        let hasRoom = expected.allSatisfy { $0 < bound && $0 >= -bound }
        let found = planes.hasFreeBits(free, 1)
        #expect(found == hasRoom, "\(label), \(free) free bits")
      }
    }
  }

  @Test func `a chain of integers is scaled to fractions of 52 bits`() {
    let flow = SkewFlow(dimension: 9, integer: (0..<8).map { .init(row: $0 + 1, column: $0, ($0 + 1) * (8 - $0)) })
    guard case .integer(let fractions) = flow.magnitudes else {
      Issue.record("the couplings are integers")
      return
    }
    #expect(fractions.allSatisfy { $0 % (1 << 12) == 0 })
  }
}
