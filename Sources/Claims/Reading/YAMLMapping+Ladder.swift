import Catalogue
import Expressions

extension YAMLMapping {
  /// The name of a parameter that takes numbers.
  mutating func number(of quantity: Quantity) throws(BadInput) -> String {
    let parameter = try requiredText("parameter")
    let known = quantity.parameters.filter { $0.isNumber }.map(\.name)
    guard known.contains(parameter) else {
      throw fault(
        "parameter", "'\(parameter)' is no number of \(quantity.name); accepted: \(known.joined(separator: ", "))")
    }
    return parameter
  }

  /// Values of a parameter, each a good one at all points of the others, positive and rising.
  mutating func rising(
    _ key: String, of parameter: String, beside rest: Grid, of quantity: Quantity
  ) throws(BadInput) -> [String]? {
    guard let items = try items(key) else { return nil }
    guard let kind = quantity.parameters.first(where: { $0.name == parameter }) else { return nil }
    var previous: Constant?
    for item in items {
      try requireValue(item.text, of: kind, under: key, line: item.line)
      let current = try parsed(key, item.text) { text throws(ExpressionError) in try Constant(parsing: text) }
      let rises =
        if let previous { try? Constant(current.expression - previous.expression).sign } else { Int?.some(1) }
      guard current.sign == 1, rises == 1 else {
        throw fault(key, "the values must be positive and rise", line: item.line)
      }
      previous = current
      try rest.check(
        with: [(name: parameter, text: item.text)], of: quantity, at: place(key, line: item.line))
    }
    return items.map(\.text)
  }
}
