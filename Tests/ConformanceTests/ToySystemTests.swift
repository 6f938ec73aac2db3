import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import RigorousNumerics
import Testing

@testable import Conformance

/// Vectors of a system that is not built in, and of one whose cases do not all have a value.
@Suite struct ToySystemTests {
  /// 1/(1 + x) with a route that ends at 10.
  private static func system(_ cases: [CaseList]) -> BatterySystem {
    let x = RealKey("x")
    let share = Quantity(
      "toy.share", [Parameter(x, .nonNegative)], unit: "1", meaning: "1/(1 + x)",
      source: Source(derivedIn: Source.Page("toy", "Toy")),
      routes: [
        Route("formula", method: "a quotient", limits: [Limit.real(x, to: "10", because: "it is a toy")]) {
          arguments, precision, _ in
          1 / (1 + arguments.enclosure(x, precision))
        }
      ])
    return BatterySystem("toy", quantities: [share], cases: cases)
  }

  private static func subjects(_ rows: [String], faults: [CaseList.Fault] = []) throws -> SubjectList {
    try Catalogue([system([CaseList("toy.share", rows, generated: 1) { [.scale($0)] }.refusing(faults)])]).subjects
  }

  @Test func `cases of a system are its vectors, with its faults`() throws {
    let subjects = try Self.subjects(
      ["1 cancellation", "withdrawn", "0"], faults: [.init("word", "x is a word", ["x": .choice("one")])])
    let made = try Fixtures(of: subjects)
    #expect(made.counts == (3, 4))
    let file = try #require(made.files.first { $0.path == "vectors/toy.share.json" })
    let cases = try #require(try JSONValue(parsing: file.text)["cases"]?.elements)
    #expect(cases.map { $0["id"]?.text } == ["toy.share.0001", "toy.share.0003", "toy.share.1001"])
    #expect(cases[0]["lower"]?.text == "0.5" && cases[0]["flags"] == .array([.string("cancellation")]))
    let faults = try #require(made.files.first { $0.path == "invalid/toy.share.json" })
    let slugs = try #require(try JSONValue(parsing: faults.text)["cases"]?.elements).map { $0["id"]?.text }
    #expect(slugs == ["negative", "nan", "infinite"].map { "toy.share.invalid.x-\($0)" } + ["toy.share.invalid.word"])
  }

  /// A limit of the route is no refusal of the input, and is told as what it is.
  @Test func `a case beyond the route is told`() throws {
    #expect(
      throws: Undecided(
        "toy.share.0002: beyond: this route is limited to x <= 10: it is a toy; a vector has 50 digits")
    ) { try Fixtures(of: Self.subjects(["1", "11"])) }
  }

  @Test func `an input that the suite does not refuse is no invalid one`() throws {
    #expect(
      throws: BadInput("toy.share.invalid.two: the suite does not refuse it; accepted: inputs that must be refused")
    ) { try Fixtures(of: Self.subjects(["1"], faults: [.init("two", "x = 2", ["x": .double(2)])])) }
  }

  @Test func `a subject without cases has no file`() throws {
    let list = try Catalogue([Self.system([.none("toy.share", because: "it is a toy")])]).subjects
    #expect(list.cases.first?.reasonForNone == "it is a toy")
    #expect(try Fixtures(of: list).files.allSatisfy { !$0.path.contains("toy") })
  }

  /// The toy has no kernel, and its quantity is known to the harness of its catalogue alone.
  @Test func `the harness knows the quantities that it is given`() throws {
    let catalogue = try Catalogue([Self.system([])])
    let question =
      #"{"command": "run", "seq": 1, "id": "a", "quantity": "toy.share", "parameters": {"x": {"binary64": "0x1p+0"}}}"#
    #expect(
      try KernelHarness(quantities: catalogue.quantities).answer(question) == #"{"seq": 1, "skipped": "no kernel"}"#)
    #expect(
      try KernelHarness(quantities: []).answer(question) == #"{"seq": 1, "skipped": "no quantity of this name"}"#)
  }
}
