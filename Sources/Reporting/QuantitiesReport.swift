import Catalogue
import JSON

/// The catalogue of quantities as it is printed.
public struct QuantitiesReport: Report {
  let quantities: [Quantity]

  /// A report of quantities.
  public init(quantities: [Quantity]) {
    self.quantities = quantities
  }

  /// One object, keys in the order of the contract.
  public var json: JSONValue {
    .members([
      "quantities": .array(
        quantities.map { quantity in
          .members([
            "name": .string(quantity.name),
            "parameters": .array(
              quantity.parameters.map { parameter in
                .object(
                  [
                    .init("name", .string(parameter.name)), .init("kind", .string(parameter.kind.name)),
                    .init("domain", .string(parameter.domainText)),
                    .init("default", parameter.defaultText.map { .string($0) } ?? .null),
                  ] + (parameter.meaning.isEmpty ? [] : [.init("meaning", .string(parameter.meaning))]))
              }),
            "unit": .string(quantity.unit), "meaning": .string(quantity.meaning),
            "source": .string(quantity.source.text),
            "methods": .array(quantity.routes.map { .string("\($0.name): \($0.method)") }),
            "limits": .array(
              quantity.routes.flatMap { route in
                route.limits.map { limit in
                  .members([
                    "route": .string(route.name), "parameters": .array(limit.parameters.map { .string($0) }),
                    "limit": .string(limit.condition), "cause": .string(limit.cause),
                  ])
                }
              }),
            "kernel": quantity.kernel.map { .string($0.promise) } ?? .null,
          ])
        })
    ])
  }

  /// A row a quantity, with the limits of the route that evaluates it.
  public var text: String {
    Table(
      ["quantity", "parameters", "unit", "meaning"],
      quantities.map { quantity in
        let parameters = quantity.parameters.map { $0.name + ($0.defaultText.map { "=\($0)" } ?? "") }
        let limits = quantity.route.limits.map(\.condition).joined(separator: "; ")
        let meanings = quantity.parameters.filter { !$0.meaning.isEmpty }.map { "; \($0.name): \($0.meaning)" }
        return [
          quantity.name, parameters.joined(separator: " "), quantity.unit,
          quantity.meaning + meanings.joined() + (limits.isEmpty ? "" : " [limited to \(limits)]"),
        ]
      }
    ).text(wrapping: 3)
  }
}
