import ArbitraryPrecision
import Testing

@testable import RigorousNumerics

/// Loops in fixed point stop where a number leaves its place, in builds that check invariants.
@Suite struct InvariantTests {
  /// 3 times 3 is 9, and magnitudes are below 4.
  @Test(.enabled(if: checksInvariants)) func `a product that is too great for a column is not cut at the top`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let three = FixedColumns(1, length: 1, width: 2) { _, _ in 3 * .powerOfTwo(FixedColumns.fractionBits(2)) }
      _ = FixedColumns.filled(1, length: 1, width: 2) { target, sum in
        FixedColumns.withViews([three]) { views in
          sum.take(views[0], 0, views[0], 0)
          sum.store(to: target, 0, 0)
        }
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("broken invariant: FixedColumns: magnitudes are below 4"), "\(text)")
  }

  /// Limbs that stay behind a sign of zero would enter the next sum.
  @Test(.enabled(if: checksInvariants)) func `a number without a sign has no limbs`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = FixedColumns.filled(1, length: 1, width: 1) { target, _ in target.limbs[0] = 1 }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("broken invariant: FixedColumns: a number without a sign is zero"), "\(text)")
  }

  /// The highest limb tells: numbers from -2^(127 - free) to 2^(127 - free) - 1 have the bits free, their neighbours not.
  @Test(arguments: 1...3) func `free bits are counted below the highest one`(_ free: Int) {
    let limit = UInt(1) << UInt(63 - free)
    for (top, low, holds) in [
      (0, 0, true), (limit - 1, UInt.max, true), (limit, 0, false), (0 &- limit, 0, true),
      (0 &- limit &- 1, .max, false), (.max, .max, true),
    ] {
      #expect(FixedPoint.hasFreeBits(free, [low, top], count: 1, width: 2) == holds)
      #expect(FixedPoint.hasFreeBits(free, [0, 0, low, top], count: 2, width: 2) == holds)
      #expect(FixedPoint.hasFreeBits(free, [low, top, 0, 0], count: 2, width: 2) == holds)
    }
  }
}
