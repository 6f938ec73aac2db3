import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import SeedModels
import Testing

@testable import Models

/// The Hamiltonian of a statement about a model and that of its certified values, for the closed systems of the papers.
@Suite struct StatedHamiltonianTests {
  /// Rational parameters that are neither 0 nor 1 in magnitude, each of its own.
  private static func values(_ model: Model) -> [(name: String, text: String)] {
    model.parameters.enumerated().map { index, parameter in
      (parameter.name, parameter.isInteger ? "\(index + 2)" : "\(2 * index + 3)/7")
    }
  }

  /// The operator that claims read, and the one that moves states, at the same parameters.
  private static func hamiltonians(
    _ model: Model
  ) throws -> (stated: ModelPoint.Operator, moving: ModelPoint.Operator)? {
    let values = values(model)
    let parameters = model.parameters.map(\.parameter)
    let quantity = Quantity(
      "\(model.name).all", parameters, unit: "1", meaning: "", source: Source(.init("")),
      routes: [Route("none", method: "") { _, precision, _ in Interval(0, precision: precision) }])
    let point = try ModelPoint(model, Arguments(values, for: quantity), precision: 64)
    let constants = try values.reduce(into: [String: Constant]()) { $0[$1.name] = try Constant(parsing: $1.text) }
    guard let place = model.hamiltonian?.place, let formula = try ModelText(model, at: constants).names["H"] else {
      return nil
    }
    return (try point.polynomial(ModelFormula(expression: formula, place: place)), try point.hamiltonian())
  }

  /// Of models with jumps nothing is stated.
  private static let files = SeedModels.all.filter {
    !$0.name.hasPrefix("fermion") && $0.name != "vacuum-flip.yaml" && !$0.text.contains("jumps:")
  }

  @Test(arguments: files.indices) func `what claims say of H they say of the operator that is evaluated`(
    _ index: Int
  ) throws {
    let file = Self.files[index]
    let model = try Model(parsing: file.text, name: file.name)
    let (stated, moving) = try #require(try Self.hamiltonians(model))
    #expect(stated == moving && !moving.isZero, "\(file.name)")
    // Another Hamiltonian in the file is another one for both.
    let line = try #require(file.text.split(separator: "\n").first { $0.hasPrefix("hamiltonian:") })
    let formula = line.dropFirst("hamiltonian: ".count).filter { $0 != "\"" }
    let other = file.text.replacing(line, with: "hamiltonian: \"2*(\(formula))\"")
    let (changed, moved) = try #require(try Self.hamiltonians(Model(parsing: other, name: file.name)))
    #expect(changed == moved && moved != moving, "\(file.name)")
  }
}
