import Catalogue
import Systems
import Foundation
import JSON
import Testing

@testable import Conformance

/// The list of cases itself, without values.
@Suite struct CaseListTests {
  @Test func `every quantity has cases, or a reason to have none`() {
    let having = Set(CaseList.all.map(\.subject))
    let missing = Subject.all.map(\.name).filter { !having.contains($0) && CaseList.without[$0] == nil }
    #expect(missing.isEmpty, "no cases of \(missing.joined(separator: ", ")): add them to Sources/Conformance/Cases")
  }

  @Test func `every list has a quantity, and one list`() {
    let names = CaseList.all.map(\.subject)
    #expect(Set(names).count == names.count)
    let known = Set(Subject.all.map(\.name))
    #expect(names.filter { !known.contains($0) } == [])
    for name in CaseList.without.keys { #expect(known.contains(name) && !names.contains(name)) }
  }

  @Test func `ids are given once, and inputs too`() {
    var ids: Set<String> = []
    for list in CaseList.all {
      guard let subject = Subject.all.first(where: { $0.name == list.subject }) else { continue }
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
