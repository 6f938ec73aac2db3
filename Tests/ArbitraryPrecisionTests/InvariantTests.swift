import Testing

@testable import ArbitraryPrecision

/// Checks of invariants, which `QBO_CHECK_INVARIANTS=1 swift test` switches on.
@Suite struct InvariantTests {
  @Test func `a broken invariant stops the program where they are checked, and is not evaluated elsewhere`() async {
    #if CHECK_INVARIANTS
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        checkInvariant(false, "one is two")
      }
      let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(checksInvariants && text.contains("broken invariant: one is two"), "\(text)")
    #else
      var evaluated = 0
      func isTrue() -> Bool {
        evaluated += 1
        return false
      }
      checkInvariant(isTrue(), "\(isTrue())")
      #expect(!checksInvariants && evaluated == 0)
    #endif
  }

  @Test(.enabled(if: checksInvariants)) func `an interval has its ends in order`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (one, two) = (BigFloat(1, precision: 64, rounding: .nearest), BigFloat(2, precision: 64, rounding: .nearest))
      _ = Interval(unchecked: two, one)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("broken invariant: Interval: ends in order"), "\(text)")
  }

  @Test(.enabled(if: checksInvariants)) func `an infinity is no member`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Interval(unchecked: .infinity(precision: 300), .infinity(precision: 300))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("broken invariant: Interval: ends in order"), "\(text)")
  }

  /// GMP's functions rely on a positive denominator.
  @Test(.enabled(if: checksInvariants)) func `a rational is in lowest terms`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let half = Rational(1, 2)
      _ = Rational {
        $0.pointee = half.storage.pointer.pointee
        $0.pointee._mp_num._mp_size *= -1
        $0.pointee._mp_den._mp_size *= -1
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("broken invariant: Rational: lowest terms"), "\(text)")
  }
}
