import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import RigorousNumerics

@Suite struct AveragePowerTests {
  /// E(t) = t^2 (3 - t): the power t (3 - t) is greatest at 3/2, where it is 9/4.
  private let power = AveragePower(of: { t in
    TaylorJet(
      polynomial: [
        Interval(0, precision: 64), Interval(0, precision: 64), Interval(3, precision: 64), -Interval(1, precision: 64),
      ],
      at: t)
  })

  @Test func `the power on an interval holds the power at its points`() {
    RandomCases.run(50) { random, label in
      let low = Rational(Integer(1000 + Int(random.next() % 3000)), 1000)
      let width = Rational(1, .powerOfTwo(1 + Int(random.next() % 30)))
      let on = power.value(on: Interval(from: low, to: low + width, precision: 128))
      for t in [low, low + width / 3, low + width] { #expect(on.contains(t * (3 - t)), "\(label): \(on) at \(t)") }
      // In short intervals the width is that of the slope 3 - 2 t, away from the maximum and near it.
      let limit = Interval(
        2 * width * (3 - 2 * low).magnitude + 64 * width * width + Rational(1, .powerOfTwo(100)), precision: 64)
      #expect(on.width <= limit.upper, "\(label): \(on)")
    }
  }

  @Test func `steps sharpen the maximum to the precision`() throws {
    let first = power.stationaryStep(on: Interval(from: Rational(7, 5), to: Rational(8, 5), precision: 64))
    #expect(first.provesUniqueZero)
    for precision in [64, 300] {
      let time = try power.sharpened(first.remaining, precision: precision, within: Budget())
      let value = power.value(on: time)
      #expect(time.contains(Rational(3, 2)) && value.contains(Rational(9, 4)))
      let limit = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: 4 - precision, rounding: .up)
      #expect(time.width < limit && value.width < limit)
    }
  }

  /// A function that may not be differentiable on the interval: only the quotient is true of its power.
  @Test func `without derivatives the power is the quotient`() {
    let one = Interval(1, precision: 64)
    let rough = AveragePower(of: { TaylorJet(value: $0.squared, first: one, second: one, isSmooth: false) })
    let t = Interval(from: 1, to: 2, precision: 64)
    #expect(rough.value(on: t).isSameSet(as: Interval(from: Rational(1, 2), to: 4, precision: 64)))
  }

  @Test func `the greatest of several powers and its time`() throws {
    func peak(_ time: Int, _ low: Int, _ high: Int) -> PowerPeak {
      PowerPeak(
        time: Interval(time, precision: 64), power: Interval(from: Rational(low), to: Rational(high), precision: 64))
    }
    let told = [peak(1, 2, 4), peak(2, 5, 7), peak(3, 0, 4)]
    #expect(try told.timeOfGreatestPower().contains(2))
    #expect(try #require(told.greatestPower).isSameSet(as: Interval(from: 5, to: 7, precision: 64)))
    // Powers with a common end may be equal.
    let close = told + [peak(4, 7, 9), peak(5, 1, 5)]
    #expect(throws: Unanswered(undecided: "2 times compete for the maximum and could not be told apart")) {
      try close.timeOfGreatestPower()
    }
    #expect(try #require(close.greatestPower).isSameSet(as: Interval(from: 7, to: 9, precision: 64)))
    #expect([PowerPeak]().greatestPower == nil)
    #expect(throws: Unanswered.self) { try [PowerPeak]().timeOfGreatestPower() }
  }
}
