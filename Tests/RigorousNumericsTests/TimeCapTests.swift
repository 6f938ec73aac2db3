import ArbitraryPrecision
import Foundation
import RigorousNumerics
import Testing

@Suite struct TimeCapTests {
  /// Work that never looks at the clock, for ten seconds, under a cap of 0.2: nothing comes back long before it ends.
  @Test func `a cap does not wait for what looks at no clock`() throws {
    let start = ContinuousClock.now
    let result = try Budget(seconds: 0.2).result { () -> Int in
      Thread.sleep(forTimeInterval: 10)
      return 1
    }
    #expect(result == nil)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func `results and errors come through`() throws {
    #expect(try Budget(seconds: 60).result { 7 } == 7)
    #expect(try Budget(seconds: 1e300).result { 7 } == 7)
    #expect(throws: Unanswered(beyond: "a limit")) {
      try Budget(seconds: 60).result { () throws -> Int in throw Unanswered(beyond: "a limit") }
    }
  }

  /// After a first round that gives [1, 2] the best bounds are known to whoever does not wait for the second.
  @Test func `the best bounds are there when the time is over`() throws {
    let (bounds, budget) = (BoundsSoFar(), Budget(seconds: 0.2))
    #expect(bounds.value(to: .relative(digits: 5), endedBy: budget.timeIsOver).lower == nil)
    let found = try budget.result {
      try refine(to: .relative(digits: 5), within: budget, bounds: bounds) { precision in
        if precision > 64 { Thread.sleep(forTimeInterval: 10) }
        return Interval(from: 1, to: 2, precision: precision)
      }
    }
    #expect(found == nil)
    let value = bounds.value(to: .relative(digits: 5), endedBy: budget.timeIsOver)
    #expect(value.lower?.rational == 1 && value.upper?.rational == 2 && value.outcome == .undecided)
    #expect(value.undecided == "the cap of 0.2 seconds was reached")
  }

  @Test func `outcomes follow the cause`() {
    for (reason, outcome) in [
      (Unanswered(undecided: "a"), CertifiedValue.Outcome.undecided), (.init(beyond: "a"), .beyond),
      (.init(never: "a"), .never),
    ] {
      #expect(
        CertifiedValue(unbounded: reason).outcome == outcome && CertifiedValue(unbounded: reason).undecided == "a")
    }
    #expect(CertifiedValue.zero.outcome == .zero)
  }
}
