import ArbitraryPrecision
import Catalogue
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
}
