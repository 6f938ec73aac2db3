import Catalogue
import Foundation
import JSON
import Systems
import Testing

@testable import Conformance

/// The list of cases itself, without values.
@Suite struct CaseListTests {
  private static let list = Catalogue.builtIn.subjects

  @Test func `every subject has one list, of cases or of the reason to have none`() {
    let names = Self.list.cases.map(\.subject)
    #expect(Set(names).count == names.count)
    let (known, listed) = (Set(Self.list.all.map(\.name)), Set(names))
    #expect(known.subtracting(listed).sorted() == [], "add them to the Cases file of their system")
    #expect(listed.subtracting(known).sorted() == [], "these are no subjects")
    for list in Self.list.cases {
      let parameters = Self.list[list.subject]?.parameters ?? []
      #expect(list.inputs(parameters).isEmpty == (list.reasonForNone != nil), "\(list.subject)")
    }
  }

  @Test func `ids are given once, and inputs too`() {
    var ids: Set<String> = []
    for list in Self.list.cases {
      guard let subject = Self.list[list.subject] else { continue }
      let inputs = list.inputs(subject.parameters)
      for input in inputs { #expect(ids.insert(VectorCase.id(subject.name, input.number)).inserted) }
      #expect(Set(inputs.map(\.values)).count == inputs.count, "\(subject.name) has a case twice")
      for input in inputs {
        #expect(
          zip(subject.parameters, input.values).allSatisfy { $0.kind == $1.tag }, "\(subject.name) \(input.number)")
      }
    }
  }

  /// The seeds and draws are a promise, as the files hold what they give; these figures are of the same algorithm written in Python.
  @Test func `the generator gives what it always gave`() {
    let r = CaseGenerator(subject: "harmonic.stored-energy", number: 1001)
    #expect((0..<4).map { _ in r.below(1000) } == CaseListTests.draws.below)
    #expect((0..<2).map { _ in HexadecimalDouble.text(r.positive(-3...2)) } == CaseListTests.draws.positive)
  }

  private static let draws = (below: [612, 875, 347, 16], positive: ["0x1.b4442f6af4cf2p-1", "0x1.2df46c6a9e1a2p-2"])
}
