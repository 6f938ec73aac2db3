import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Repetitions by a power of their map, against the same steps written one by one, which no power shortens.
@Suite struct RepetitionTests {
  @Test func `a power of random collisions is what they are one by one`() throws {
    try RandomCases.run(6) { random, label in
      func number() -> String { "(\(Int(random.next() % 13) - 6)/5)" }
      func energy() -> String {
        "\(number())*b_z + \(number())*q_z + \(number())*b_x + \(number())*(b_p*q_m + b_m*q_p) + \(number())*b_y*q_x"
      }
      let fresh = ["plus", "\"bloch(3/5, 0, -1/2)\"", "down"][Int(random.next() % 3)]
      let jumps = random.next() % 2 == 0 ? "" : ", jumps: [{operator: b_m + q_z, rate: 1/7}]"
      let first = "{for: 1/4, hamiltonian: \"\(energy())\"\(jumps)}"
      let second = "{for: 1/8, hamiltonian: \"\(energy())\"}"
      let own = ["{reset: {q: \(fresh)}}", first, second]
      let steps = random.next() % 2 == 0 ? own : own + ["{repeat: 2, steps: [\(second), {reset: {q: down}}]}"]
      let (count, rest) = (40, "{for: rest, hamiltonian: b_x}")
      func text(_ schedule: String) -> String {
        """
        model: m
        space: {b: qubit, q: qubit}
        schedule: [\(schedule)]
        start: {b: up, q: plus}
        quantities: {x: {value: mean(b_x)}, s: {value: purity(all)}}
        """
      }
      let repeated = text("{repeat: \(count), steps: [\(steps.joined(separator: ", "))]}, \(rest)")
      let written = text(
        Array(repeating: steps.joined(separator: ", "), count: count).joined(separator: ", ") + ", \(rest)")
      let (power, single) = (try Model(parsing: repeated, name: "a.yaml"), try Model(parsing: written, name: "b.yaml"))
      let length = steps.count > own.count ? "5/8" : "3/8"
      let times = ["\(count)*\(length)", "\(count)*\(length) + 1/3", "33*\(length)", "33*\(length) + 1/5"]
      let time = times[Int(random.next() % 4)]
      for name in ["x", "s"] {
        let (a, b) = (
          try power.value(name, [("t", time)], digits: 20), try single.value(name, [("t", time)], digits: 20)
        )
        #expect(meet(a, b), "\(label)\n\(repeated)\n\(name) at \(time): \(a) \(b)")
      }
    }
  }

  /// Powers of a rotation by an angle are rotations by its multiples.
  @Test(arguments: [0, 1, 2, 7, 1000, 123_456_789])
  func `a power of a rotation`(_ n: Int) throws {
    let bits = 200
    func column(_ x: String, _ y: String) throws -> FlowState {
      FlowState([try interval(x), try interval(y)], fractionBits: bits)
    }
    let map = ContractionPower(
      columns: [try column("cos(1/3)", "sin(1/3)"), try column("-sin(1/3)", "cos(1/3)")],
      spread: Interval(1, precision: 64), bits: bits)
    let size = BigFloat(1, precision: 64, rounding: .up)
    let end = try map.applied(n, to: .unit(0, dimension: 2), size: size, within: Budget())
    #expect(try !end.element(0).isDisjoint(from: interval("cos(\(n)/3)")))
    #expect(try !end.element(1).isDisjoint(from: interval("sin(\(n)/3)")))
    #expect(end.error.double(rounding: .up) < 1e-40)
  }
}
