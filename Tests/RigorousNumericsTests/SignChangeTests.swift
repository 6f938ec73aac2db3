import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import ArbitraryPrecision

@Suite struct SignChangeTests {
  private func first(
    _ text: String, isRising: Bool? = nil, upTo end: String? = nil, noise: BigFloat = .zero(precision: 64)
  ) throws -> SignChange.Outcome {
    try SignChange.first(
      of: try TimeFunction(text, noise: noise), isRising: isRising, upTo: try end.map { try interval($0) },
      precision: 100, within: Budget())
  }

  private func time(_ outcome: SignChange.Outcome) -> Interval? {
    if case .found(let change) = outcome { change.time } else { nil }
  }

  /// Roots, roots after touching-free stretches, flat starts of several orders, starts at zero.
  @Test(
    arguments: [
      ("cos(t)", nil, "pi/2"), ("sin(t)", nil, "pi"), ("sin(t)", true, "2*pi"), ("t^3*(2 - t)", nil, "2"),
      ("-t^5 + t^4*2", false, "2"), ("cos(t)", true, "3*pi/2"), ("t - 1", true, "1"), ("sin(t)^2 - 1/2", nil, "pi/4"),
      ("sin(t)^2 - 1/2", false, "3*pi/4"), ("abs(t - 3) - 1", nil, "2"), ("sqrt(t) - 1", nil, "1"),
      ("(t - 1)^3", nil, "1"),
    ] as [(String, Bool?, String)])
  func `the first change of sign`(_ text: String, _ isRising: Bool?, _ expected: String) throws {
    let found = time(try first(text, isRising: isRising))
    let truth = try interval(expected)
    #expect(found.map { !$0.isDisjoint(from: truth) && ($0.width.binaryExponent ?? -999) < -20 } ?? false, "\(text)")
  }

  /// Touching is no passage, and is not taken for one; nothing up to the end is said so.
  @Test func `touching, no change, and an end`() throws {
    guard case .untold = try first("(t - 1)^2*(2 - t)") else { throw Unanswered(undecided: "touching was passed") }
    guard case .none = try first("2 + sin(t)", upTo: "20") else { throw Unanswered(undecided: "a change was found") }
    guard case .none = try first("cos(t)", upTo: "1") else { throw Unanswered(undecided: "beyond the end") }
    guard case .untold = try first("0*t") else { throw Unanswered(undecided: "zero has no sign") }
    // Two zeros 1e-9 apart: the first of them.
    let pair = time(try first("(t - 1)^2 - 10^-18"))
    #expect(pair.map { !$0.isDisjoint(from: Interval(1 - Rational(10).power(-9), precision: 200)) } ?? false)
  }

  /// Pieces have 64 bits: what they leave out at the end of a window is looked at by itself.
  @Test func `the whole of a window is looked at`() throws {
    func course(_ text: String, upTo end: Interval) throws -> SignChange.Course {
      try SignChange.course(of: try TimeFunction(text), upTo: end, precision: 100, within: Budget())
    }
    let sliver = BigFloat(1, precision: 200, rounding: .up).scaled(byPowerOfTwo: -90, rounding: .up)
    let end = Interval(1, precision: 200) + Interval(sliver)
    let function = "t - 1 - 2^-91"
    guard case .none = try SignChange.first(of: TimeFunction(function), upTo: end, precision: 100, within: Budget())
    else { throw Unanswered(undecided: "a change within 2^-64 of the end is seen") }
    guard case .untold = try course(function, upTo: end).outcome else { throw Unanswered(undecided: "it is missed") }
    guard case .untold = try course("cos(t)", upTo: interval("pi/2")).outcome else {
      throw Unanswered(undecided: "a zero at the end is missed")
    }
    let none = try course("2 + sin(t)", upTo: interval("pi"))
    guard case .none = none.outcome, none.first == 1, none.last == 1 else { throw Unanswered(undecided: "\(none)") }
    let found = try course("1 - t", upTo: interval("2"))
    guard case .found = found.outcome, found.first == 1, found.last == -1 else {
      throw Unanswered(undecided: "\(found)")
    }
  }

  @Test func `a function that is known to a distance passes somewhere near`() throws {
    let noise = BigFloat(1, precision: 64, rounding: .up).scaled(byPowerOfTwo: -50, rounding: .up)
    let found = try #require(time(try first("cos(t)", noise: noise)))
    #expect(try interval("pi/2").isSubset(of: found) && (found.width.binaryExponent ?? 0) < -40)
  }

  /// Before the change the samples have one sign.
  @Test func `no sample before the first change has another sign`() throws {
    try RandomCases.run(20) { random, label in
      let text =
        "\(random.next() % 9)/7*sin(\(1 + random.next() % 13)/5*t) + cos(\(1 + random.next() % 30)/7*t) - "
        + "\(random.next() % 8)/10"
      let function = try TimeFunction(text)
      guard let found = time(try first(text, upTo: "40")) else { return }
      let sign = try function.series(Interval(Rational(1, 1_000_000), precision: 100), 0, Budget()).value.certainSign
      let end = found.lower.rational ?? 0
      for step in 1..<400 {
        let point = Interval(end * Rational(Integer(step), 400), precision: 100)
        #expect(try function.series(point, 0, Budget()).value.certainSign == sign, "\(label): \(text) at \(point)")
      }
      #expect(try function.values(on: found, within: Budget()).containsZero, "\(label)")
    }
  }
}
