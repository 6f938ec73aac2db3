import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Figures over times at the edges: t = 0, windows that end while a function still rises, and places without a bound.
@Suite struct TimeEdgeTests {
  private static func model(_ space: String, _ hamiltonian: String, _ start: String, _ figures: [String]) throws
    -> Model
  {
    let quantities = figures.enumerated().map { "  f\($0.offset): {value: \"\($0.element)\"}" }
    return try Model(
      parsing: """
        model: m
        space: \(space)
        hamiltonian: "\(hamiltonian)"
        start: \(start)
        quantities:
        \(quantities.joined(separator: "\n"))
        """, name: "m.yaml")
  }

  private static func rabi(_ figures: [String]) throws -> Model {
    try model("{a: boson, q: qubit}", "a'*a + q_z/2 + (a + a')*q_x/4", "{a: coherent(1/2), q: down}", figures)
  }

  /// d<q_y>/dt = <a + a'>/2 there, and all else stands.
  @Test func `a mode without a kept number has rates and windows at t = 0`() throws {
    let model = try Self.rabi([
      "rate(mean(q_y))", "rate(mean(q_z))", "initial(rate(mean(q_y)))", "greatest(mean(q_z), t)",
      "greatest(mean(a'*a), 0)",
    ])
    for (name, expected) in [("f0", "1/2"), ("f1", "0"), ("f2", "1/2"), ("f3", "-1"), ("f4", "1/4")] {
      let given = try model.quantity(name).parameters.contains { $0.name == "t" } ? [("t", "0")] : []
      let found = try model.value(name, given, digits: 8)
      let value = try #require(found.interval(precision: 128), "\(name): \(found.undecided ?? "")")
      #expect(!value.isDisjoint(from: try interval(expected)), "\(name): \(value)")
    }
  }

  /// Up to these times the population rises, so that the greatest value is the one at the end.
  @Test(arguments: ["1/4", "3/10", "pi/8"])
  func `a window may end at any number`(_ end: String) throws {
    let figures = ["mean(q_p*q_m)", "greatest(mean(q_p*q_m), t)", "time_of_greatest(mean(q_p*q_m), t)"]
    let exchange = try Self.model(
      "{a: boson, q: qubit}", "a'*a + q_z/2 + a*q_p + a'*q_m", "{a: coherent(1), q: down}", figures)
    for model in [exchange, try Self.rabi(figures)] {
      let values = try (0..<3).map { place in
        let found = try model.value("f\(place)", [("t", end)], digits: 6, budget: Budget(bits: 4096, seconds: 20))
        #expect(found.undecided == nil)
        return try #require(found.interval(precision: 128), "\(found.undecided ?? "")")
      }
      #expect(!values[0].isDisjoint(from: values[1]) && values[1].width < values[1].upper, "\(values)")
      #expect(!values[2].isDisjoint(from: try interval(end)), "\(values)")
    }
  }

  /// What is left out of a cut mode shrinks with the digits, at all times that the search looks at.
  @Test func `a greatest value over all times has any number of digits`() throws {
    let exchange = try Self.model(
      "{a: boson, q: qubit}", "a'*a + q_z/2 + a*q_p + a'*q_m", "{a: coherent(1), q: down}",
      ["greatest(mean(q_p*q_m)/t)", "mean(q_p*q_m)/t", "time_of_greatest(mean(q_p*q_m)/t)"])
    var before = Interval(from: 0, to: 2, precision: 64)
    for digits in [10, 25, 60] {
      let found = try exchange.value("f0", [], digits: digits, budget: Budget(bits: 4096, seconds: 60))
      let value = try #require(found.interval(precision: 256), "\(digits): \(found.undecided ?? "")")
      #expect(found.undecided == nil && !value.isDisjoint(from: before), "\(digits): \(value)")
      #expect(value.width <= (try interval("1e-\(digits - 1)")).upper, "\(digits): \(value)")
      before = value
    }
    // It is attained, and near a maximum a function falls by the square of the distance: twenty digits do not see a
    // time off by the last bit of a double.
    let time = try #require(try exchange.value("f2", [], digits: 25).interval(precision: 128)?.midpoint)
    let there = try #require(
      try exchange.value("f1", [("t", "\(time.double(rounding: .nearest))")], digits: 20).interval(precision: 128))
    #expect(!there.isDisjoint(from: before), "\(there) \(before)")
  }

  /// log(1 + cos 2t) has an integral up to 3, whatever is said of it; 1/cos 2t has none.
  @Test func `an average over a place without a bound ends`() throws {
    let model = try Self.model(
      "{a: qubit}", "a_x", "{a: up}", ["average(log(mean(a_z) + 1), 3)", "average(1/mean(a_z), 3)"])
    let budget = Budget(bits: 256, seconds: 20)
    for name in ["f0", "f1"] {
      do {
        let found = try model.value(name, [], digits: 4, budget: budget)
        // The first one by sums of doubles.
        if let value = found.interval(precision: 64), value.isBounded {
          let (low, high) = (value.lower.double(rounding: .down), value.upper.double(rounding: .up))
          #expect(name == "f0" && low < -0.758260 && high > -0.758261, "\(name): \(value)")
        }
      } catch let reason where reason is Undecided || reason is BadInput || reason is Unanswered {}
    }
  }

  @Test func `what does not move is greatest at all times`() throws {
    let model = try Self.model(
      "{q: qubit}", "q_z", "{q: up}",
      [
        "greatest(mean(q_z))", "time_of_greatest(mean(q_z))", "greatest(mean(q_z), 2)", "time_of_least(mean(q_z), 2)",
      ])
    for name in ["f0", "f2"] {
      #expect(try model.value(name, [], digits: 20).interval(precision: 128)?.contains(1) ?? false)
    }
    for name in ["f1", "f3"] {
      #expect(
        try model.value(name, [], digits: 20).undecided
          == "the figure does not move: its greatest value is attained at all times")
    }
  }
}
