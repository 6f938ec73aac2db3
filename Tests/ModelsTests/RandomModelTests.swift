import ArbitraryPrecision
import Models
import RandomInputs
import Testing
import TestSupport

/// Random models against the exponential of the dense matrix in interval arithmetic: both enclose the same number, so
/// two enclosures of less than 10^-15 that do not meet show an error.
@Suite struct RandomModelTests {
  @Test func `values meet those of the dense exponential`() throws {
    try RandomCases.run(100) { random, label in
      let twin = RandomModel(&random)
      let model = try Model(parsing: twin.text, name: "random.yaml")
      for (name, expected) in try twin.values() {
        let found = try model.value(name, [("t", twin.time)], digits: 20)
        let value = try #require(found.interval(precision: 128), "\(label)\n\(twin.text)\n\(name) t = \(twin.time)")
        #expect(found.undecided == nil, "\(label)\n\(twin.text)\n\(name)")
        #expect(
          !value.isDisjoint(from: expected), "\(label)\n\(twin.text)\n\(name) t = \(twin.time): \(value) \(expected)")
        #expect(expected.width.double(rounding: .up) < 1e-15, "\(label): the twin is wide")
      }
    }
  }
}
