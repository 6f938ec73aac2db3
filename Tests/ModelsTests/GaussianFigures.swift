import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Figures of models of bosons beside expected values.
enum GaussianFigures {
  static func model(_ rest: String, _ figures: [String]) throws -> Model {
    let quantities = figures.enumerated().map { "  f\($0.offset): {value: \"\($0.element)\"}" }
    return try Model(
      parsing: "model: m\n\(rest)\nquantities:\n\(quantities.joined(separator: "\n"))", name: "m.yaml")
  }

  /// That figures have expected values, at a time where they need one, and the digits that are asked for.
  static func expect(
    _ rest: String, at time: String? = nil, _ cases: [(figure: String, expected: String)], digits: Int = 30,
    within tolerance: String = "0", sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try model(rest, cases.map(\.figure))
    let slack = Interval.ball(try interval(tolerance))
    for (k, (figure, expected)) in cases.enumerated() {
      let found = try model.value("f\(k)", given(model, "f\(k)", time), digits: digits)
      let value = try #require(
        found.interval(precision: 256), "\(figure): \(found.undecided ?? "")", sourceLocation: sourceLocation)
      #expect(found.undecided == nil, "\(figure)", sourceLocation: sourceLocation)
      #expect(
        !value.isDisjoint(from: try interval(expected) + slack), "\(figure): \(value) for \(expected)",
        sourceLocation: sourceLocation)
    }
  }

  /// Why a figure has no value; nil where it has one.
  static func reason(_ rest: String, _ figure: String, at time: String? = nil) throws -> String? {
    do {
      let model = try model(rest, [figure])
      return try model.value("f0", given(model, "f0", time), digits: 10).undecided
    } catch let error as Undecided {
      return error.description
    } catch let error as Unanswered {
      return error.description
    } catch let error as BadInput {
      return error.message
    }
  }

  /// The time, where the quantity takes one.
  private static func given(_ model: Model, _ name: String, _ time: String?) throws -> [(String, String)] {
    guard let time, try model.quantity(name).parameters.contains(where: { $0.name == "t" }) else { return [] }
    return [("t", time)]
  }
}
