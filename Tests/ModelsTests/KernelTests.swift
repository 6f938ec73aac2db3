import ArbitraryPrecision
import Catalogue
import FastKernels
import Foundation
import Operators
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Kernels of models: every bound holds, against the dense exponential and against certified values.
@Suite struct KernelTests {
  private func answer(_ model: Model, _ name: String, _ given: [(String, String)]) throws -> KernelAnswer {
    let quantity = try model.quantity(name)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
    return try quantity.kernelAnswer(arguments, within: Budget(seconds: 120))
  }

  /// Whether the ball of a kernel meets an enclosure: one that does not holds nothing of the truth.
  private func isWithin(_ value: Double, _ bound: Double, _ truth: Interval) -> Bool {
    guard let found = Interval(exactly: value, precision: 320) else { return false }
    return !(found + .ball(BigFloat(bound, precision: 320, rounding: .nearest))).isDisjoint(from: truth)
  }

  /// The dense exponential knows nothing of sectors, phases, words or doubles.
  @Test func `bounds hold on random models`() throws {
    var outside = 0
    try RandomCases.run(80) { random, label in
      let twin = RandomModel(&random)
      let model = try Model(parsing: twin.text, name: "random.yaml")
      for (name, expected) in try twin.values() {
        let found = try answer(model, name, [("t", twin.time)])
        // Against the time as it is written: the first bound has the distance to its double.
        if !isWithin(found.value, found.errorBound, expected) { outside += 1 }
        #expect(
          isWithin(found.value, found.errorBound, expected),
          "\(label)\n\(twin.text)\n\(name) t = \(twin.time): \(found) \(expected)")
        #expect(found.kernelErrorBound < 1e-9 * (1 + abs(found.value)), "\(label)\n\(twin.text)\n\(name): \(found)")
      }
    }
    #expect(outside == 0)
  }

  private static let cut: [(space: String, hamiltonian: String, start: String)] = [
    ("a: boson", "a'*a + 1/2*(a + a')", "a: fock(0)"),
    ("a: boson", "a'*a + 1/4*(a^2 + a'^2)", "a: fock(1)"),
    ("a: boson, q: qubit", "a'*a + q_z/2 + (a + a')*q_x/2", "a: fock(0), q: down"),
    ("a: boson, q: qubit", "a'*a + q_z/2 + a*q_p + a'*q_m", "a: coherent(1/2 + i/3), q: down"),
    ("a: boson, b: boson", "a'*a*(b + b')/4 + b'*b", "a: fock(1), b: fock(0)"),
    (
      "a: boson, q: qubit", "a'*a + (a + a')*q_z/4",
      "a: \"displaced_squeezed(1/4, 1/8, 1)\", q: \"bloch(1/2, 0, 1/3)\""
    ),
    // The phases of the vectors of a mixture count beside each other.
    ("a: boson, q: qubit", "a'*a + (a + a')*q_z/4", "a: fock(0), q: \"bloch(1/2, 1/5, 1/3)\""),
    (
      "a: boson, q: qubit", "a'*a + q_z/2 + (a + a')*q_x/2 + (a + a')/3", "a: fock(0), q: \"bloch(1/2, 1/5, 1/3)\""
    ),
  ]

  @Test(arguments: cut.indices) func `bounds hold where modes are cut off`(_ index: Int) throws {
    let (space, hamiltonian, start) = Self.cut[index]
    let figures = [
      "n": "mean(a'*a)", "spread": "variance(a'*a)", "mixed": "covariance(a'*a, a + a')", "zero": "weight(a = fock(0))",
      "other": space.contains("q:") ? "purity(q)" : "mean(H)/(1 + mean(a'*a))",
      "turned": space.contains("q:") ? "mean(q_x) + mean((a + a')*q_y)" : "mean(a + a')",
    ]
    let model = try ModesTableTests.model(space, hamiltonian, start, figures)
    let times = start.contains("1/5") ? ["1/2", "17/10"] : ["1/2"]
    for (name, time) in figures.keys.sorted().flatMap({ name in times.map { (name, $0) } }) {
      let found = try answer(model, name, [("t", time)])
      let truth = try model.value(name, [("t", time)], digits: 14)
      let value = try #require(truth.interval(precision: 128), "\(hamiltonian) \(name)")
      #expect(truth.undecided == nil)
      #expect(isWithin(found.value, found.errorBound, value), "\(hamiltonian) \(name): \(found) \(value)")
      #expect(found.kernelErrorBound < 1e-9, "\(hamiltonian) \(name): \(found)")
    }
  }

  /// With coarse cuts the tails are all that the values are off: a bound that leaves one out does not hold.
  @Test(arguments: cut.indices.filter { $0 != 4 }, [8, 16])
  func `tails of coarse cuts count`(_ index: Int, _ bits: Int) throws {
    let (space, hamiltonian, start) = Self.cut[index]
    let model = try ModesTableTests.model(space, hamiltonian, start, ["n": "mean(a'*a)"])
    let quantity = try model.quantity("n")
    let point = try ModelPoint(model, try Arguments([(name: "t", text: "1")], for: quantity), precision: 128)
    let value = try #require(try model.value("n", [("t", "1")], digits: 10).interval(precision: 128))
    guard case .mean(let number)? = model.figures[0].value.calls.values.first else {
      Issue.record("the figure is no mean")
      return
    }
    var accuracies = [KernelState.Accuracy(startBits: 60, allowance: 1 / Double(1 << bits))]
    if !start.contains("fock(") { accuracies.append(.init(startBits: bits)) }
    for accuracy in accuracies {
      let state = try KernelState(
        point, from: try StartState(point, within: Budget()), after: .init(double: 1), accuracy: accuracy,
        within: Budget(seconds: 60))
      let found = try state.mean(try point.hermitian(number))
      #expect(isWithin(found.value, found.errorBound, value), "\(hamiltonian) \(accuracy): \(found) \(value)")
    }
  }
  /// What stands at a double holds for times near it, cut off or not, backward and forward.
  @Test(arguments: cut.indices)
  func `what a time is beyond its double counts`(_ index: Int) throws {
    let (space, hamiltonian, start) = Self.cut[index]
    let model = try ModesTableTests.model(space, hamiltonian, start, ["n": "mean(a'*a)"])
    let quantity = try model.quantity("n")
    let point = try ModelPoint(model, try Arguments([(name: "t", text: "1")], for: quantity), precision: 128)
    guard case .mean(let number)? = model.figures[0].value.calls.values.first else {
      Issue.record("the figure is no mean")
      return
    }
    let missed = 0x1p-10
    let state = try KernelState(
      point, from: try StartState(point, within: Budget()), after: .init(double: 1, missed: missed),
      within: Budget(seconds: 60))
    let found = try state.mean(try point.hermitian(number))
    for text in ["1 - 1/1024", "1", "1 + 1/1024"] {
      let value = try #require(try model.value("n", [("t", text)], digits: 10).interval(precision: 128))
      #expect(isWithin(found.value, found.errorBound, value), "\(hamiltonian) \(text): \(found) \(value)")
    }
    // Without it the bound is some roundings.
    #expect(found.errorBound > missed * 0x1p-10)
  }
}
