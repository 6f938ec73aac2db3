import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

/// Fermions whose couplings are given, against the catalogue's quantities of the same seed by other routes.
@Suite struct FermionSubjectTests {
  private static let list = Catalogue.builtIn.subjects

  private static func subject(_ name: String) throws -> Subject { try #require(list["fermions.\(name)"]) }

  private static func given(_ instance: FermionInstance, _ more: Subject.Given = []) -> Subject.Given {
    [
      ("N", .integer("\(instance.modes)")), ("k", .integer("\(instance.order)")),
      ("couplings", .vector(instance.couplings.elements.map(\.bitPattern))),
    ] + more
  }

  /// A quantity of a seed by one of its routes.
  private static func byRoute(
    _ name: String, _ route: String, _ instance: FermionInstance, _ more: [(name: String, text: String)] = []
  ) throws -> Interval {
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.fermion-\(name)")
    let texts = [
      (name: "N", text: "\(instance.modes)"), (name: "k", text: "\(instance.order)"),
      (name: "seed", text: "\(instance.seed)"),
    ]
    let other = try #require(quantity.routes.first { $0.name == route })
    return try other.evaluate(Arguments(texts + more, for: quantity), 192, Budget(seconds: 60))
  }

  private static func expectEqual(_ value: CertifiedValue, _ other: Interval, _ what: String) throws {
    let interval = try #require(value.interval(precision: 256))
    #expect(value.undecided == nil && !interval.intersection(other).isEmpty, "\(what): \(interval), \(other)")
    // Both are known to twenty digits, so that meeting says something.
    for known in [interval, other] {
      #expect(known.width <= BigFloat(0x1p-66, precision: 64, rounding: .up), "\(what)")
    }
  }

  @Test(arguments: [(4, 2, 1, "pairs"), (7, 2, 3, "pairs"), (5, 3, 2, "flip"), (6, 4, 1, "flip")])
  func `times and negativities are those of another route`(
    _ modes: Int, _ order: Int, _ seed: Int, _ route: String
  ) throws {
    let instance = FermionInstance(modes: modes, order: order, seed: UInt64(seed))
    let (goal, budget) = (Goal.absolute(digits: 22), Budget(seconds: 60))
    let time = try Self.subject("charging-time").certified(Self.given(instance), goal, budget)
    try Self.expectEqual(time, Self.byRoute("time", route, instance), "time of \(instance)")
    for q in ["0", "1/2", "1/3"] {
      let value = try Self.subject("negativity").certified(Self.given(instance, [("q", .rational(q))]), goal, budget)
      let other = try Self.byRoute("negativity", route, instance, [("q", q)])
      try Self.expectEqual(value, other, "negativity of \(instance), q = \(q)")
    }
  }

  @Test(arguments: [(4, 2, 2, "brute-force"), (5, 2, 3, "pairs"), (5, 3, 2, "flip")])
  func `atoms are those of another route, and there are none elsewhere`(
    _ modes: Int, _ order: Int, _ seed: Int, _ route: String
  ) throws {
    let instance = FermionInstance(modes: modes, order: order, seed: UInt64(seed))
    let atom = try Self.subject("atom")
    for q in [Rational(0), Rational(1, 2)] {
      for w in instance.couplings.works(q: q) {
        let value = try atom.certified(
          Self.given(instance, [("q", .rational("\(q)")), ("w", .rational("\(w)"))]), .absolute(digits: 22),
          Budget(seconds: 60))
        let other = try Self.byRoute("atom", route, instance, [("q", "\(q)"), ("w", "\(w)")])
        try Self.expectEqual(value, other, "\(instance), q = \(q), w = \(w)")
      }
      let nothing = try atom.certified(
        Self.given(instance, [("q", .rational("\(q)")), ("w", .rational("1/7"))]), .relative(digits: 10),
        Budget(seconds: 60))
      #expect(nothing.outcome == .zero)
    }
  }

  /// The couplings of the vectors are those of the generator: what stands in a case reads back to its doubles.
  @Test func `cases hold the couplings of their seeds`() throws {
    let subject = try Self.subject("charging-time")
    let inputs = try #require(Self.list.cases(of: subject)).inputs(subject.parameters)
    #expect(inputs.count == 42)
    for (input, instance) in zip(inputs, FermionInstance.all) {
      #expect(zip(input.values, Self.given(instance).map(\.value)).allSatisfy { $0 == $1 }, "\(instance)")
    }
    #expect(Set(inputs.map(\.values)).count == 42)
    for instance in FermionInstance.all {
      let (modes, order, elements) = (instance.modes, instance.order, instance.couplings.elements)
      #expect(FermionCouplings(modes: modes, order: order, elements: elements) == instance.couplings)
    }
  }

  @Test(arguments: [
    ("N", TaggedValue.integer("13"), "parameter N: 13 is outside the domain; accepted: 1 to 12"),
    ("N", .double(4), "parameter N is no integer; accepted: an integer"),
    ("k", .integer("5"), "parameter k: 5 is outside the domain; accepted: 1 <= k <= N"),
    ("k", .integer("0"), "parameter k: 0 is outside the domain; accepted: 1 <= k <= N"),
    ("couplings", .integer("1"), "parameter couplings is no vector; accepted: a vector"),
    ("couplings", .vector([0]), "parameter couplings has 1 elements; accepted: 12, two for each coupling"),
    (
      "couplings", .vector(Array(repeating: Double.nan.bitPattern, count: 12)),
      "parameter couplings: nan is no number; accepted: finite numbers"
    ),
    (
      "couplings", .vector(Array(repeating: 0, count: 12)),
      "parameter couplings: all are zero, and nothing is charged; accepted: two numbers for each set of k modes, not all zero"
    ),
    ("q", .rational("1/0"), "parameter q is no rational number; accepted: a fraction of integers"),
    ("q", .double(0.5), "parameter q is no rational number; accepted: a fraction of integers"),
  ])
  func `what is no charge is refused`(_ name: String, _ value: TaggedValue, _ message: String) throws {
    let good = Self.given(FermionInstance(modes: 4, order: 2, seed: 1), [("q", .rational("0"))])
    let given = good.map { (name: $0.name, value: $0.name == name ? value : $0.value) }
    let subject = try Self.subject("negativity")
    #expect(throws: BadInput(message)) { try subject.certified(given, .relative(digits: 5), Budget(seconds: 5)) }
  }
}
