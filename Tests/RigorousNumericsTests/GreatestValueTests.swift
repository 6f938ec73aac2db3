import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import ArbitraryPrecision

@Suite struct GreatestValueTests {
  private func greatest(
    _ text: String, upTo end: String, precision: Int = 100, step: Rational? = Rational(1, 4),
    noise: BigFloat = .zero(precision: 64)
  ) throws -> GreatestValue {
    try GreatestValue(
      of: .plain(try TimeFunction(text, step: step, noise: noise)), over: .upTo(try interval(end)),
      precision: precision, within: Budget())
  }

  private func power(_ gain: String, precision: Int = 100, seconds: Double = 60) throws -> GreatestValue {
    let function = try TimeFunction(gain)
    return try GreatestValue(
      of: .overTime(try TimeFunction("(\(gain))/t"), gain: function, rate: function.derivative), over: .all,
      precision: precision, within: Budget(seconds: seconds))
  }

  private func isNear(_ value: Interval, _ text: String, bits: Int = 80) throws -> Bool {
    !value.isDisjoint(from: try interval(text)) && (value.width.binaryExponent ?? -999) < -bits
  }

  /// Inner maxima, maxima at either end, with the time; flat ones and kinks.
  @Test(arguments: [
    ("sin(t)", "3", "1", "pi/2"), ("sin(t)", "1", "sin(1)", "1"), ("cos(t)", "3", "1", "0"), ("t", "2/3", "2/3", "2/3"),
    ("-(t - 1)^4", "3", "0", "1"), ("1 - abs(t - 1)", "3", "1", "1"), ("sin(t)^2/10 + 1/(1 + (t - 5)^2)", "8", "", ""),
    ("-t^2", "1", "0", "0"), ("1 - t^6", "1", "1", "0"), ("exp(-t)*t", "10", "exp(-1)", "1"), ("cos(t)", "0", "1", "0"),
    ("sin(t)", "pi/2", "1", "pi/2"),
  ])
  func `the greatest value on a window`(_ text: String, _ end: String, _ value: String, _ time: String) throws {
    let found = try greatest(text, upTo: end)
    if value.isEmpty {
      let place = try found.time()
      #expect(place.isSubset(of: try interval("5").hull(try interval("4.9"))), "\(place)")
      return
    }
    #expect(try isNear(found.value, value), "\(text): \(found.value)")
    let place = try found.time()
    #expect(!place.isDisjoint(from: try interval(time)), "\(text): \(place)")
    #expect((place.width.binaryExponent ?? -999) < -20, "\(text): \(place)")
  }

  /// sin^2(t)/t where tan t = 2t; x/(1 + x^2); limits at 0+; the later peak.
  @Test func `the greatest average power over all times`() throws {
    let sine = try power("sin(t)^2")
    let time = try sine.time()
    #expect(!time.tangent.isDisjoint(from: 2 * time))
    #expect(!sine.value.isDisjoint(from: time.sine.squared / time) && (sine.value.width.binaryExponent ?? 0) < -80)
    #expect(try isNear(try power("1 - 1/(1 + t^2)").value, "1/2"))
    for gain in ["sin(t)", "atan(t)", "sin(t) - sin(t)^4", "sin(2*t)/2"] {
      let limit = try power(gain)
      #expect(limit.value.contains(1), "\(gain): \(limit.value)")
      #expect(try limit.time().isExactZero, "\(gain): \(limit.times)")
    }
    let late = try power("sin(t)^2*(1/10 + 1/(1 + (t - 5)^2))")
    #expect(try late.time().isSubset(of: try interval("4.5").hull(try interval("5.2"))))
    // Flat starts, t^4 and t^6.
    for gain in ["sin(t)^4", "sin(t)^6"] {
      let found = try power(gain)
      let time = try found.time()
      #expect(
        time.lower.signum > 0 && !found.value.isDisjoint(from: time.sine.power(gain == "sin(t)^4" ? 4 : 6) / time))
    }
  }

  @Test func `what has no bound or no proof is given up`() throws {
    #expect(throws: Unanswered.self) { try power("cos(t)") }
    #expect(throws: Unanswered.self) { try power("t^2", seconds: 2) }
    // The supremum zero is approached at the start and at late times, and attained between.
    let negative = try power("-sin(t)^2")
    #expect(negative.value.isExactZero && negative.times.count > 1)
    #expect(throws: Unanswered.self) { try greatest("1/(t - 1)", upTo: "2") }
  }

  /// Peaks of which one is higher by 1e-12 are told apart, equal ones give the value and no time.
  @Test func `near ties and ties`() throws {
    let near = try greatest("sin(t)^2 + t/10^12", upTo: "6", precision: 120)
    #expect(try near.time().isSubset(of: try interval("4.7").hull(try interval("4.72"))))
    let tie = try greatest("sin(t)^2", upTo: "6")
    #expect(tie.value.contains(1) && tie.times.count == 2)
    #expect(throws: Unanswered.self) { try tie.time() }
    // A constant: the value, and all times.
    let constant = try greatest("2 + 0*t", upTo: "3")
    #expect(constant.value.contains(2) && (constant.value.width.binaryExponent ?? -999) < -90)
    #expect(try constant.time().width >= Interval(2, precision: 64).lower)
  }

  /// A function known to a distance: the value within it, the time within what the curvature allows.
  @Test func `a function that is known to a distance`() throws {
    let noise = BigFloat(1, precision: 64, rounding: .up).scaled(byPowerOfTwo: -60, rounding: .up)
    let found = try greatest("sin(t)^2*exp(-t/9)", upTo: "5", noise: noise)
    let sharp = try greatest("sin(t)^2*exp(-t/9)", upTo: "5")
    let widened = found.value + .ball(BigFloat.zero(precision: 64))
    // What is within the noise of the function may be greatest anywhere within the noise of its maximum.
    #expect((sharp.value + .ball(noise)).isSubset(of: widened))
    #expect((widened.width.binaryExponent ?? 0) < -55)
    #expect(try sharp.time().isSubset(of: try found.time()))
    #expect((try found.time().width.binaryExponent ?? 0) < -26)
  }

  /// No sample is above the greatest value, which is attained: random sums of waves.
  @Test func `random waves stay below their greatest value`() throws {
    try RandomCases.run(12) { random, label in
      let terms = (0..<1 + Int(random.next() % 4)).map { _ in
        "\(1 + random.next() % 9)/7*sin(\(1 + random.next() % 13)/5*t + \(random.next() % 10)/3)"
      }
      let text = terms.joined(separator: " + ")
      let function = try TimeFunction(text)
      let end = Rational(Integer(1 + Int(random.next() % 90)), 10)
      let found = try greatest(text, upTo: "\(end)")
      for step in 0...500 {
        let point = Interval(end * Rational(Integer(step), 500), precision: 100)
        let there = try function.series(point, 0, Budget()).value
        #expect(there.lower <= found.value.upper, "\(label): \(text) at \(point)")
      }
      let attained = found.times.contains { time in
        (try? function.values(on: time, within: Budget())).map { !$0.isDisjoint(from: found.value) } ?? false
      }
      #expect(attained && (found.value.width.binaryExponent ?? -999) < -80, "\(label): \(text)")
    }
  }
}
