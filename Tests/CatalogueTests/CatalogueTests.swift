import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics
import Systems
import Testing

/// A catalogue is a value: systems of others are entered beside the built-in ones.
@Suite struct CatalogueTests {
  private static func extended() throws -> Catalogue { try Catalogue.builtIn.adding(ToySystem.system) }

  @Test func `a system of another package is entered by one line`() throws {
    let catalogue = try Self.extended()
    let energy = try catalogue.quantity(named: "spring.energy")
    let given = [(name: "x", text: "1/3"), (name: "k", text: "6")]
    let value = try energy.interval(given, to: .relative(digits: 20), within: Budget())
    #expect(value.contains(Rational(1, 3)))
    let empty = try energy.certified(
      Arguments([(name: "k", text: "6"), (name: "x", text: "1/2 - 0.5")], for: energy), to: .relative(digits: 5),
      within: Budget())
    #expect(empty.outcome == .zero)
    let answer = try energy.kernelAnswer(Arguments(given, for: energy), within: Budget())
    #expect(abs(answer.value - 1.0 / 3) <= answer.errorBound + 0x1p-53)
    #expect(try #require(try energy.audit(full: false, within: Budget())).held)
    #expect(try catalogue.quantity(named: "spin.advantage").name == "spin.advantage")
  }

  @Test func `the catalogue that was extended stays as it was`() throws {
    _ = try Self.extended()
    #expect(throws: BadInput.self) { try Catalogue.builtIn.quantity(named: "spring.energy") }
  }

  @Test func `a limit on parameters is met before any work`() throws {
    let energy = try Self.extended().quantity(named: "spring.energy")
    let arguments = try Arguments([(name: "k", text: "11"), (name: "x", text: "1")], for: energy)
    let error = #expect(throws: Unanswered.self) { try energy.routes[1].evaluate(arguments, 64, Budget()) }
    #expect(error?.reason == "this route is limited to k <= 10: it breaks")
    #expect(error?.cause == .beyond)
  }

  @Test func `one name stands for one quantity`() throws {
    let error = #expect(throws: BadInput.self) { try Self.extended().adding(ToySystem.system) }
    #expect(error?.message == "two quantities are named 'spring.energy'; accepted: one of a name")
    let twice = #expect(throws: BadInput.self) {
      try Catalogue([BatterySystem("a", quantities: []), BatterySystem("a", quantities: [])])
    }
    #expect(twice?.message == "two systems are named 'a'; accepted: one of a name")
  }

  @Test func `the built-in quantities have names of their own`() {
    let names = Catalogue.builtIn.quantities.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `a rational parameter is exact or refused`() throws {
    let atom = try Catalogue.builtIn.quantity(named: "quasi.atom")
    let order = try #require(atom.parameters.first { $0.name == "q" })
    #expect(order.kind == .rational && order.domainText == "q rational")
    let error = #expect(throws: BadInput.self) { try order.check("sqrt(2)") }
    #expect(error?.message == "parameter q: sqrt(2) is not rational; accepted: rational numbers")
    #expect(throws: Never.self) { try order.check("sqrt(4)/3") }
  }

  /// What would fail at the first use is refused when the system is entered.
  @Test func `declarations that do not hold together are refused`() {
    let number = Parameter(RealKey("x"))
    let route = Route("one", method: "one") { _, precision, _ in Interval(1, precision: precision) }
    func message(
      _ name: String = "a.b", _ parameters: [Parameter] = [], scale: String = "1", routes: [Route]? = nil
    ) -> String? {
      do throws(BadInput) {
        let quantity = Quantity(
          name, parameters, unit: "1", scale: scale, meaning: "", source: Source(Source.Reference("a paper")),
          routes: routes ?? [route])
        _ = try Catalogue([BatterySystem("a", quantities: [quantity])])
        return nil
      } catch { return error.message }
    }
    #expect(message() == nil)
    #expect(message("b") == "the quantity 'b': accepted: names of the form system.quantity")
    #expect(message(routes: []) == "a.b has no route; accepted: at least one")
    #expect(message("a.b", [number, number]) == "a.b has two parameters 'x'; accepted: one of a name")
    #expect(
      message("a.b", [Parameter(RealKey("x"), .positive, default: "-1")])
        == "the default of a.b: parameter x: -1 is outside the domain; accepted: real numbers, x > 0")
    #expect(message(scale: "N*w0") == "the scale of a.b, 'N*w0'; accepted: formulas in its parameters")
  }

  @Test func `a limit that is no number stops the program`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Limit.real(RealKey("x"), to: "a thousand", because: "it is a word")
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Limit: 'a thousand' is no number"), "\(text)")
  }

  /// The square root of a negative number, say: an empty enclosure is no value, and no fault of the search for digits.
  @Test func `a route without a value ends undecided`() throws {
    let value = try refine(to: .relative(digits: 5), within: Budget()) { .empty(precision: $0) }
    #expect(value.outcome == .undecided && value.undecided == "what is evaluated has no value here")
  }
}
