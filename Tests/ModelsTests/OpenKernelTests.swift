import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Kernels of models with jumps, functions of time and schedules: every bound holds.
@Suite struct OpenKernelTests {
  private func answer(_ model: Model, _ name: String, _ given: [(String, String)]) throws -> KernelAnswer {
    let quantity = try model.quantity(name)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
    return try quantity.kernelAnswer(arguments, within: Budget(seconds: 600))
  }

  private func isWithin(_ found: KernelAnswer, _ truth: Interval) -> Bool {
    guard let value = Interval(exactly: found.value, precision: 320) else { return false }
    let bound = BigFloat(found.errorBound, precision: 320, rounding: .nearest)
    return !(value + .ball(bound)).isDisjoint(from: truth)
  }

  /// The exponential of the whole generator knows nothing of blocks, of steps or of doubles.
  @Test func `bounds hold on random models with jumps`() throws {
    try RandomCases.run(8) { random, label in
      let twin = RandomOpenModel(&random, greatestDimension: 4)
      let model = try Model(parsing: twin.text, name: "random.yaml")
      let time = twin.closed.time
      for (name, expected) in try twin.values() {
        let found = try answer(model, name, [("t", time)])
        #expect(isWithin(found, expected), "\(label)\n\(twin.text)\n\(name) t = \(time): \(found) \(expected)")
        #expect(found.kernelErrorBound < 1e-8 * (1 + abs(found.value)), "\(label)\n\(twin.text)\n\(name): \(found)")
      }
    }
  }

  private static let driven: [(space: String, rest: String, times: [String])] = [
    (
      "{q: qubit}", "hamiltonian: \"(pi/2)*16/sqrt(2*pi)*exp(-(t - 5)^2*128)*q_x\"\nstart: {q: down}",
      ["4.95", "6"]
    ),
    (
      "{q: qubit, s: spin 1}",
      """
      hamiltonian: "cos(3*t)*q_x + s_z*q_y/2"
      jumps: [{operator: q_m, rate: "1/(1 + t^2)"}, {operator: q_z, rate: 1/5}]
      start: {q: "bloch(1/3, 0, 1/2)", s: dicke(1)}
      """, ["1e-3", "1/3"]
    ),
    (
      "{q: qubit, a: boson}",
      """
      schedule:
        - {for: pi/3, hamiltonian: "a'*q_m + a*q_p"}
        - repeat: 2
          steps:
            - reset: {q: "bloch(3/5, 0, 1/5)"}
            - {for: 1/2, hamiltonian: "cos(t)*(a'*q_m + a*q_p)", jumps: [{operator: a, rate: 1/4}]}
        - {for: rest, hamiltonian: q_x, jumps: [{operator: q_m, rate: "t/3"}]}
      start: {q: up, a: fock(1)}
      """, ["1/2", "3/2", "3"]
    ),
  ]

  @Test(arguments: driven.indices) func `bounds hold on drives and schedules`(_ index: Int) throws {
    let (space, rest, times) = Self.driven[index]
    let text = """
      model: m
      space: \(space)
      \(rest)
      parts: {p: {of: [q], hamiltonian: q_z}}
      quantities:
        z: {value: mean(p)}
        v: {value: variance(q_x + q_z/3)}
        c: {value: "covariance(q_x, q_z)"}
        up: {value: weight(q = up)}
        work: {value: ergotropy(p)}
        purity: {value: purity(all)}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    for name in ["z", "v", "c", "up", "work", "purity"] {
      for time in times {
        let found = try answer(model, name, [("t", time)])
        let truth = try #require(try model.value(name, [("t", time)], digits: 18).interval(precision: 128))
        #expect(isWithin(found, truth), "\(rest) \(name) t = \(time): \(found) \(truth)")
        #expect(found.kernelErrorBound < 1e-10, "\(rest) \(name) t = \(time): \(found)")
      }
    }
  }

  /// The double nearest to a time at the end of a piece may be later: 1/10, and 21/10 beside three times 7/10 as doubles.
  @Test(arguments: [
    ("{for: 1/10, hamiltonian: T*q_x}", "1/10", "1", "-cos(1/5)"),
    ("{repeat: 3, steps: [{for: T, hamiltonian: q_x}]}", "21/10", "7/10", "-cos(21/5)"),
    ("{for: pi/2, hamiltonian: T*q_x}", "pi/2", "1", "1"),
    ("{for: 2*pi/5, hamiltonian: T*q_x}", "2*pi/5", "1", "-cos(4*pi/5)"),
    // A figure at a reset is the one before it.
    ("{for: 1/10, hamiltonian: T*q_x}, {reset: {q: up}}, {for: 1, hamiltonian: q_x}", "1/10", "1", "-cos(1/5)"),
    ("{repeat: 5, steps: [{reset: {q: down}}, {for: T, hamiltonian: q_x}]}", "3/5", "1/5", "-cos(2/5)"),
    ("{for: 1/10}, {reset: {q: up}}, {for: T, hamiltonian: q_x}", "1/10 + 1/10^30", "1", "1"),
  ])
  func `a time at an instant of a schedule stays in its piece`(
    _ schedule: String, _ time: String, _ length: String, _ expected: String
  ) throws {
    let text = """
      model: m
      parameters: {T: {kind: positive}}
      space: {q: qubit}
      schedule: [\(schedule)]
      start: {q: down}
      quantities: {z: {value: mean(q_z)}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    let found = try answer(model, "z", [("T", length), ("t", time)])
    let truth = try Expression(parsing: expected).evaluate(in: IntervalContext(precision: 320))
    #expect(isWithin(found, truth), "\(schedule): \(found)")
    #expect(found.errorBound < 1e-12, "\(schedule): \(found)")
  }

  @Test func `a time beyond the last piece is refused in doubles, too`() throws {
    let text = """
      model: m
      space: {q: qubit}
      schedule: [{for: 1/10, hamiltonian: q_x}]
      start: {q: down}
      quantities: {z: {value: mean(q_z)}}
      """
    let model = try Model(parsing: text, name: "m.yaml")
    for time in ["1/5", "1/10 + 1/10^30"] {
      let error = #expect(throws: BadInput.self) { try self.answer(model, "z", [("t", time)]) }
      #expect(error?.message.contains("is beyond the last piece") == true, "\(time)")
    }
  }

  /// A quotient of doubles by a number of three has roundings in each direction: the series against rationals.
  @Test func `the defect of a step holds`() throws {
    try RandomCases.run(40) { random, label in
      let d = 4
      let (bits, scale) = (Int(random.next() % 40), 1.5)
      func number(_ random: inout SplitMix64) -> Double {
        (Double(random.next() >> 11) * 0x1p-53 - 0.5) * scale * (random.next() % 3 == 0 ? 0x1p-30 : 1)
      }
      var (entries, matrix) = ([TaylorDoubles.Entry](), IntervalMatrix(zero: d, precision: 320))
      for row in 0..<d {
        for column in 0..<d where random.next() % 3 > 0 {
          let value = number(&random)
          // The matrix that is meant is off by the radius, to one side.
          let radius = random.next() % 2 == 0 ? 0 : abs(value) * 1 / Double(1 << (bits + 10))
          entries.append(.init(row: row, column: column, value: value, radius: radius))
          let exact = try #require(Interval(exactly: value, precision: 320))
          matrix[row, column] = exact + (try #require(Interval(exactly: radius, precision: 320)))
        }
      }
      let flow = try TaylorDoubles(dimension: d, [entries])
      var vector = (0..<d).map { _ in number(&random) }
      let start = try vector.map { try #require(Interval(exactly: $0, precision: 320)) }
      let step = abs(number(&random)) + 0x1p-20
      let error = try flow.step(&vector, factors: [[(value: step, radius: 0)]], remainders: [0])
      let exact = try #require(Interval(exactly: step, precision: 320))
      for row in 0..<d { for column in 0..<d { matrix[row, column] = matrix[row, column] * exact } }
      let end = try matrix.exponential(within: Budget()).applied(to: start)
      // The flow is no contraction: what is off at a time grows by less than e^|h M| < e^8.
      var square = Interval(0, precision: 320)
      for k in 0..<d {
        let value = try #require(Interval(exactly: vector[k], precision: 320))
        square = square + (end[k] - value).squared
      }
      let bound = try #require(Interval(exactly: error, precision: 320))
      #expect(square.squareRoot.lower <= (2981 * bound).upper, "\(label): \(square.squareRoot) \(error)")
    }
  }
}
