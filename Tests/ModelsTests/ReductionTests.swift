import ArbitraryPrecision
import Catalogue
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Each reduction that an open model's state is computed by, on random models that it serves, against the whole space
/// without a sector: `Benchmarks/run reductions` draws 200 for each of them.
@Suite struct ReductionTests {
  /// What was compared.
  private struct Tally {
    private let name: String
    private var (models, values, outside, undecided) = (0, 0, 0, 0)
    private var widest = 0.0

    init(_ name: String) { self.name = name }

    mutating func begin() { models += 1 }

    /// Whether two enclosures meet.
    mutating func add(_ found: Interval?, _ whole: Interval, within width: Double) -> Bool {
      values += 1
      guard let found else {
        undecided += 1
        return true
      }
      widest = max(widest, whole.width.double(rounding: .up))
      if found.width.double(rounding: .up) > width { undecided += 1 }
      if found.isDisjoint(from: whole) { outside += 1 }
      return !found.isDisjoint(from: whole)
    }

    /// The row of the table.
    func report() {
      RandomCases.note(
        "| \(name) | \(models) | \(values) | \(outside) | \(undecided) | \(widest < 1e-15 ? "below 1e-15" : "\(widest)") |"
      )
      #expect(outside == 0 && undecided == 0, "\(name): \(outside) outside, \(undecided) undecided of \(values)")
      #expect(models == 0 || widest < 1e-12, "\(name): the whole space is known to \(widest) alone")
    }
  }

  private enum Reduction: String, CaseIterable {
    case vectors = "vectors, with one population or none"
    case feed = "a ladder with feed"
    case closure = "elements by closure"
  }

  @Test(arguments: Reduction.allCases.map(\.rawValue))
  func `ladders meet the whole space`(_ name: String) throws {
    let reduction = try #require(Reduction(rawValue: name))
    var tally = Tally(name)
    try RandomCases.run(4, function: name) { random, label in
      for _ in 0..<2000 {
        let twin = RandomLadder(&random)
        let time = ["0.3", "1", "3/2"][Int(random.next() % 3)]
        let model = try Model(parsing: twin.text, name: "ladder.yaml")
        guard let (state, point) = try Self.state(model, twin.levels, time, reduction) else { continue }
        tally.begin()
        let whole = try twin.elements(after: time)
        for (found, expected) in zip(UnravellingTests.elements(state, twin.levels, point), whole) {
          let isReal = tally.add(found.real, expected.real, within: 1e-30)
          let meets = tally.add(found.imaginary, expected.imaginary, within: 1e-30) && isReal
          #expect(meets, "\(label), \(name) at \(time)\n\(twin.text)\n\(found) \(expected)")
        }
        return
      }
      Issue.record("\(label): no model is served by \(name)")
    }
    tally.report()
  }

  /// The state by a reduction; nil where it does not serve.
  private static func state(
    _ model: Model, _ levels: Int, _ time: String, _ reduction: Reduction
  ) throws -> (ModelState, ModelPoint)? {
    let (block, vectors, point) = try UnravellingTests.open(model)
    let time = try interval(time)
    switch reduction {
    case .vectors: return try vectors.map { (try $0.state(after: time, within: Budget()), point) }
    case .closure:
      guard block.dimension < levels * levels else { return nil }
      return (try block.state(after: time, within: Budget()), point)
    case .feed:
      let (start, dissipators) = (try StartState(point, within: Budget()), try point.dissipators())
      guard
        let fed = try Unravelling(point, start, dissipators, always: true, within: Budget()), fed.hasFeed
      else { return nil }
      return (try fed.state(after: time, within: UnravellingTests.budget), point)
    }
  }

  @Test func `moments meet the letters' own equations`() throws {
    var tally = Tally("moments of Gaussian models")
    try RandomCases.run(4) { random, label in
      let twin = GaussianTwin(&random, modes: label.hasSuffix("7") ? 2 : 1)
      let model = try Model(parsing: twin.text, name: "random.yaml")
      tally.begin()
      for (name, expected) in try twin.values() {
        let value = try model.value(name, [("t", twin.time)], digits: 20)
        let meets = tally.add(
          value.undecided == nil ? value.interval(precision: 192) : nil, expected, within: .infinity)
        #expect(meets, "\(label)\n\(twin.text)\n\(name) at \(twin.time): \(value) \(expected)")
      }
    }
    tally.report()
  }

  @Test func `powers of repetitions meet the whole space`() throws {
    var tally = Tally("powers of repetitions")
    try RandomCases.run(4) { random, label in
      let twin = RandomRepetition(&random)
      let model = try Model(parsing: twin.text, name: "repetition.yaml")
      tally.begin()
      for (name, expected) in try twin.values() {
        let value = try model.value(name, [("t", twin.time)], digits: 20)
        let meets = tally.add(
          value.undecided == nil ? value.interval(precision: 256) : nil, expected, within: .infinity)
        #expect(meets, "\(label)\n\(twin.text)\n\(name) at \(twin.time): \(value) \(expected)")
      }
    }
    tally.report()
  }
}
