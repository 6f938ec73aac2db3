import ArbitraryPrecision
import Catalogue
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Figures over all times of random models against samples of the dense exponential in interval arithmetic.
@Suite struct TimeTwinTests {
  private static let count = 60

  /// No sample is above the greatest value, and the greatest value is no more above the samples than the slope allows;
  /// so for the least, the average, powers and a formula with t.
  @Test func `greatest values, averages and rates meet the samples`() throws {
    try RandomCases.run(12) { random, label in
      let twin = TimeTwin(RandomModel(&random))
      let end = [Rational(0), 1, Rational(7, 3), 5][Int(random.next() % 4)]
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let step = Interval(end / Rational(Integer(Self.count)), precision: RandomModel.precision)
      let (samples, slope) = try twin.samples(Self.count, step: step)
      let given = [("T", "\(end)"), ("c", "0"), ("t", "\(end)")]
      func value(_ name: String) throws -> Interval? {
        let takesTime = name == "rate"
        let needed = given.filter { $0.0 != "c" && ($0.0 != "t" || takesTime) }
        let found = try model.value(name, needed, digits: 12)
        #expect(found.undecided == nil, "\(label): \(name), T = \(end)\n\(twin.text)\n\(found.undecided ?? "")")
        return found.interval(precision: 128)
      }
      let margin = slope * step
      let context = "\(label), T = \(end)\n\(twin.text)"
      for (name, of) in [
        ("greatest", { (s: TimeTwin.Sample) in s.value }), ("least", { -$0.value }),
        ("curved", { $0.value.squared - $0.time * $0.value + $0.time.sine }),
      ] {
        guard var found = try value(name) else { continue }
        if name == "least" { found = -found }
        let best = samples.map { of($0) }.reduce(of(samples[0])) { $0.maximum($1) }
        #expect(best.lower <= found.upper, "\(name): \(found) below \(best); \(context)")
        guard name != "curved" else { continue }
        #expect(found.lower <= (best + margin).upper, "\(name): \(found) above \(best); \(context)")
      }
      if let rate = try value("rate") {
        #expect(!rate.isDisjoint(from: samples[Self.count].rate), "rate: \(context)")
      }
      if end.signum > 0, let average = try value("average") {
        let sum = samples.dropLast().reduce(Interval(0, precision: 64)) { $0 + $1.value } / Self.count
        #expect(!average.isDisjoint(from: sum + .ball(margin)), "average: \(average) \(sum); \(context)")
      }
      if let power = try value("power") {
        for sample in samples.dropFirst() where end.signum > 0 {
          let here = (sample.value - samples[0].value) / sample.time
          #expect(here.lower <= power.upper, "power: \(power) at \(sample.time); \(context)")
        }
        #expect(power.lower <= slope.upper, "power: \(context)")
      }
    }
  }

  /// The time of the greatest value attains it.
  @Test func `the greatest value is attained at its time`() throws {
    try RandomCases.run(8) { random, label in
      let twin = TimeTwin(RandomModel(&random))
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let given = [("T", "3")]
      let greatest = try #require(try model.value("greatest", given, digits: 12).interval(precision: 128))
      let found = try model.value("greatest-at", given, digits: 15)
      // Constant means and ties have no time.
      guard found.undecided == nil, let time = found.interval(precision: 128), let middle = time.anchor else { return }
      let (samples, _) = try twin.samples(1, step: Interval(middle))
      #expect(
        !greatest.isDisjoint(from: samples[1].value + .ball(Interval(Rational(10).power(-10), precision: 64))),
        "\(label): \(greatest) at \(time): \(samples[1].value)\n\(twin.text)")
    }
  }

  /// Before the first passage the samples have one sign, and at it the value; before the first maximum no rate changes
  /// from plus to minus, and at it the rate vanishes.
  @Test func `passages and first maxima are the first ones`() throws {
    try RandomCases.run(8) { random, label in
      let twin = TimeTwin(RandomModel(&random))
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let (probe, _) = try twin.samples(1, step: Interval(Rational(3, 2), precision: RandomModel.precision))
      // A level between the start and a later value.
      let level = (probe[0].value + probe[1].value).scaled(byPowerOfTwo: -1).anchor?.double(rounding: .nearest) ?? 0
      let budget = Budget(bits: 1024, seconds: 20)
      func certified(_ name: String, _ given: [(String, String)]) throws -> Interval? {
        let quantity = try model.quantity(name)
        let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
        let found = try quantity.certified(arguments, to: .absolute(digits: 15), within: budget)
        return found.undecided == nil ? found.interval(precision: 128) : nil
      }
      func samples(upTo time: Interval) throws -> [TimeTwin.Sample] {
        guard let middle = time.anchor, middle.signum > 0 else { return [] }
        return try twin.samples(
          Self.count, step: Interval(middle).rounded(to: RandomModel.precision) / Self.count
        ).samples
      }
      let small = Interval.ball(Interval(Rational(10).power(-10), precision: 64))
      if let time = try certified("passage", [("c", "\(Rational(exactly: level) ?? 0)")]) {
        let found = try samples(upTo: time)
        let c = Interval(exactly: level, precision: 64) ?? Interval(0, precision: 64)
        let signs = Set(found.dropLast(2).dropFirst().compactMap { ($0.value - c).certainSign })
        #expect(signs.count <= 1, "\(label): passage at \(time), \(signs)\n\(twin.text)")
        #expect(found.last.map { !($0.value - c).isDisjoint(from: small) } ?? true, "\(label): \(time)\n\(twin.text)")
      }
      if let time = try certified("first", []) {
        let found = try samples(upTo: time)
        let signs = found.dropLast(2).dropFirst().compactMap { $0.rate.certainSign }.filter { $0 != 0 }
        #expect(!zip(signs, signs.dropFirst()).contains { $0 > 0 && $1 < 0 }, "\(label): \(time)\n\(twin.text)")
        #expect(found.last.map { !$0.rate.isDisjoint(from: small) } ?? true, "\(label): \(time)\n\(twin.text)")
      }
    }
  }
}
