import Catalogue
import Systems
import Foundation
import JSON
import RigorousNumerics
import TestSupport
import Testing

@testable import Reporting

/// `fixtures/quasi-fermions.json` against what writes it.
@Suite struct FermionVectorTests {
  private static let file = Repository.top.appending(path: "fixtures/quasi-fermions.json")

  private func vectors() throws -> [JSONValue] {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    guard case .array(let vectors)? = try JSONValue(parsing: text)["vectors"] else { return [] }
    return vectors
  }

  @Test func `stored couplings are those of the generator`() throws {
    let (vectors, cases) = (try vectors(), FermionVectors.cases)
    #expect(vectors.count == cases.count)
    for (vector, instance) in zip(vectors, cases) {
      #expect(vector["N"] == .integer(instance.modes) && vector["k"] == .integer(instance.order))
      #expect(vector["seed"] == .string("\(instance.seed)"))
      #expect(vector["couplings"] == FermionVectors.couplings(instance), "\(instance)")
      // The texts are read back to the doubles themselves.
      guard case .array(let stored)? = vector["couplings"] else { continue }
      let couplings = FermionCouplings(modes: instance.modes, order: instance.order, seed: instance.seed).couplings
      for (text, coupling) in zip(stored, couplings) {
        for (key, value) in [("x", coupling.x), ("y", coupling.y)] {
          guard case .string(let hexadecimal)? = text[key]?["double"] else { Issue.record("\(text)"); continue }
          #expect(Double(hexadecimal) == value)
        }
      }
    }
  }

  @Test func `a part of the file is written again`() throws {
    for (vector, instance) in zip(try vectors(), FermionVectors.cases) {
      guard RandomCases.full || instance.modes <= 5 && instance.seed == 1 else { continue }
      let budget = Budget(seconds: 600)
      #expect(try FermionVectors.record(instance, within: budget) == vector, "\(instance)")
    }
  }

  @Test(arguments: [
    (1.0, "0x1p+0"), (-0.75, "-0x1.8p-1"), (0, "0x0p+0"), (0.1, "0x1.999999999999ap-4"),
    (0x1.0000000000001p10, "0x1.0000000000001p+10"),
  ])
  func `doubles are written with all bits`(_ value: Double, _ text: String) {
    #expect(FermionVectors.double(value) == .members(["double": .string(text)]) && Double(text) == value)
  }
}
