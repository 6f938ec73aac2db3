import ArbitraryPrecision
import Expressions
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Signs of functions of t that touch zero, and of those that do not stay on one side.
@Suite struct RateSignTests {
  private static func sign(from start: String = "0", until end: String) throws -> RateSign {
    func time(_ text: String) throws -> RateSign.Time {
      let constant = try Constant(parsing: text)
      return .init(value: constant.enclosure(precision: 192), exact: constant)
    }
    return RateSign(start: try time(start), end: try time(end), budget: Budget(seconds: 60))
  }

  private static func outcome(
    _ formula: String, from start: String = "0", until end: String
  ) throws -> NonNegativity.Outcome {
    try sign(from: start, until: end).outcome(of: try Expression(parsing: formula))
  }

  /// Whether the function is certainly negative at a time, of at least 256 bits.
  private static func isNegative(_ formula: String, at time: BigFloat) throws -> Bool {
    let context = IntervalContext(precision: 1024)
    let value = try Expression(parsing: formula).evaluate(in: context, variables: ["t": Interval(time)])
    return value.upper.signum < 0
  }

  @Test(arguments: [
    ("16/25*(1 - cos(t))", "20"), ("sqrt(2)/7*(1 - cos(t))*pi", "20"), ("16/25 - 16/25*cos(t)", "20"),
    ("1/3 - cos(sqrt(2)*t + 1/7)/3", "20"), ("t*(1 - t)^2", "2"), ("t^3 - 2*t^2 + t", "2"), ("exp(t) - 1 - t", "2"),
    ("exp(t - 1) - t", "3"), ("(t - sqrt(2))^2", "3"), ("t^2 - 2*sqrt(2)*t + 2", "3"),
    ("t^4 - 6*t^3 + 11*t^2 - 6*t + 1", "3"), ("1 - sin(t)", "9"), ("t - sin(t)", "3"), ("cosh(t) - 1", "2"),
    ("1 - exp(-t^2)", "2"), ("cos(t) - 1 + t^2/2", "3"), ("(t - 1)*(exp(t - 1) - 1)", "3"),
    ("exp(-t)*t^2 - 2*t*exp(-t) + exp(-t)", "2"), ("1 - 1/cosh(t)", "3"), ("t/(1 + t)^2*(t - 2)^2", "3"),
    ("2 - sin(t) - cos(t - pi/2)", "5"), ("(t - pi/3)^4*exp(-t)", "3"),
    // What changes its sign at the end.
    ("cos(t)", "pi/2"), ("pi - t", "pi"), ("1/10 - t", "1/10"), ("sqrt(3) - t", "sqrt(3)"), ("sin(3*t)", "pi/3"),
  ])
  func `functions that touch zero are seen not to be negative`(_ formula: String, _ end: String) throws {
    let found = try Self.outcome(formula, until: end)
    guard case .holds = found else {
      Issue.record("\(formula): \(found)")
      return
    }
  }

  @Test func `the beginning of a span counts, too`() throws {
    guard case .holds = try Self.outcome("t - pi/3", from: "pi/3", until: "2") else { throw Unanswered(undecided: "") }
    guard case .holds = try Self.outcome("sin(t)", from: "2*pi", until: "3*pi") else { throw Unanswered(undecided: "") }
    guard case .fails = try Self.outcome("sin(t)", from: "pi", until: "3*pi") else { throw Unanswered(undecided: "") }
  }

  @Test(arguments: [
    ("t*(1 - t)^3", "2"), ("1 - 1.0000001*cos(t)", "20"), ("exp(t) - 1 - 1.001*t", "2"), ("cos(t)", "1.5707963267949"),
    ("-16/25*(1 - cos(t))", "2"), ("(t - sqrt(2))^2 - 10^-20", "3"), ("1 + cos(2*t) - 10^-12", "3"),
    ("t - 1/10^9", "2"),
    ("(t - 1)^3*(t - 1/2)^2", "2"), ("sin(t)", "3.1416"), ("t^4 - 6*t^3 + 11*t^2 - 6*t + 1 - 10^-15", "3"),
    ("(t - sqrt(2))^3*(exp(t) - 1 - t)", "3"),
  ])
  func `functions that are negative somewhere are refused with a time`(_ formula: String, _ end: String) throws {
    guard case .fails(let time) = try Self.outcome(formula, until: end) else {
      Issue.record("\(formula)")
      return
    }
    #expect(try Self.isNegative(formula, at: time), "\(formula) at \(time.double(rounding: .nearest))")
    let last = try Constant(parsing: end).enclosure(precision: 192).upper
    #expect(time.signum >= 0 && time <= last, "\(formula)")
  }

  /// A zero that no exact number is seen to be, and a kink, are not told.
  @Test func `what cannot be shown is not told`() throws {
    for formula in ["(t - 1)*(t - 1) + abs(t - 1) - (t - 1)", "exp(t) - 2 - 2*(t - log(2))"] {
      let found = try Self.outcome(formula, until: "2")
      if case .fails = found { Issue.record("\(formula): \(found)") }
    }
  }

  // MARK: - Random functions

  private static let places = ["0", "1", "1/3", "sqrt(2)", "pi/3", "7/10", "sqrt(3)/2", "2*pi/5", "3"]
  private static let factors = ["16/25", "1/3", "sqrt(2)", "pi", "7", "2/1000", "sqrt(5)/3"]

  private static func pick<T>(_ list: [T], _ random: inout SplitMix64) -> T {
    list[Int(random.next() % UInt64(list.count))]
  }

  /// A function that is nowhere negative for t >= 0, written as one factor or multiplied out.
  private static func notNegative(_ random: inout SplitMix64) -> String {
    let (r, k, w) = (pick(places, &random), pick(factors, &random), pick(factors, &random))
    switch random.next() % 13 {
    case 0: return "(t - \(r))^2"
    case 1: return "(\(k)*t - \(k)*\(r))^4"
    case 2: return "\(k)*(1 - cos(\(w)*(t - \(r))))"
    case 3: return "(\(k) - \(k)*cos(\(w)*t - \(r)))"
    case 4: return "(cosh(t - \(r)) - 1)"
    case 5: return "(exp(t - \(r)) - 1 - t + \(r))"
    case 6: return "\(k)*t"
    case 7: return "exp(-t)"
    case 8: return "(t - sin(t))"
    case 9: return "(1 - exp(-(t - \(r))^2))"
    case 10: return "(\(k)*t^2 - 2*\(k)*\(r)*t + \(k)*(\(r))^2)"
    case 11: return "(1/(1 + (t - \(r))^2))"
    default: return "(\(k) + \(k)*sin(t))"
    }
  }

  private static func product(_ random: inout SplitMix64) -> String {
    (0...Int(random.next() % 3)).map { _ in notNegative(&random) }.joined(separator: "*")
  }

  @Test func `random products and sums without negative values`() throws {
    let clock = ContinuousClock()
    var untold = 0
    try RandomCases.run(60) { random, label in
      let terms = (0...Int(random.next() % 2)).map { _ in Self.product(&random) }
      let formula = terms.joined(separator: " + ")
      let end = Self.pick(["1", "2", "pi", "7/2"], &random)
      let time = try clock.measure {
        switch try Self.outcome(formula, until: end) {
        case .holds: break
        case .fails(let time): Issue.record("\(label): \(formula) at \(time.double(rounding: .nearest))")
        case .untold(let time):
          untold += 1
          print("not told: \(formula) until \(end) near \(time.double(rounding: .nearest))")
        }
      }
      if time > .seconds(20) { print("\(time) for \(formula) until \(end)") }
    }
    // Sums whose terms touch zero at one time that is not seen are left.
    #expect(untold <= 3)
  }

  /// A product with one simple zero inside, or a product that touches zero less a small number.
  @Test func `random products and sums with negative values`() throws {
    try RandomCases.run(60) { random, label in
      let product = Self.product(&random)
      let formula: String
      if random.next() % 2 == 0 {
        let zero = Self.pick(["1/7", "sqrt(2)/3", "pi/11", "9/10"], &random)
        let odd = Self.pick(
          ["(t - \(zero))", "(\(zero) - t)^3", "(exp(\(zero) - t) - 1)", "sin(t - \(zero))"], &random)
        formula = "\(product)*\(odd)"
      } else {
        let r = Self.pick(["1/7", "sqrt(2)/3", "pi/11", "9/10"], &random)
        formula = "(t - \(r))^2*\(product) - 10^-\(3 + random.next() % 12)"
      }
      switch try Self.outcome(formula, until: "1") {
      case .holds: Issue.record("\(label): \(formula) is said not to be negative")
      case .fails(let time): #expect(try Self.isNegative(formula, at: time), "\(label): \(formula)")
      case .untold(let time):
        Issue.record("\(label): \(formula) was not told, near \(time.double(rounding: .nearest))")
      }
    }
  }
}
