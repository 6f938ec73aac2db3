import Expressions

extension Quantity {
  /// Refuses a declaration that would fail when it is first used.
  ///
  /// - Throws: ``BadInput`` for a name without a system, a quantity without a route, parameters of one name, a default
  ///   outside its domain and a scale that is no formula in the parameters.
  func checkDeclaration() throws(BadInput) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw BadInput("the quantity '\(name.abridged)': accepted: names of the form system.quantity")
    }
    guard !routes.isEmpty else { throw BadInput("\(name) has no route; accepted: at least one") }
    let names = parameters.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw BadInput("\(name) has two parameters '\(twice)'; accepted: one of a name")
    }
    for parameter in parameters {
      guard let text = parameter.defaultText else { continue }
      do { try parameter.check(text) } catch {
        throw BadInput("the default of \(name): \(error)")
      }
    }
    let numbers = Set(parameters.filter { !$0.isChoice }.map(\.name))
    guard let scale = try? Expression(parsing: scaleText), scale.variables.isSubset(of: numbers) else {
      throw BadInput("the scale of \(name), '\(scaleText.abridged)'; accepted: formulas in its parameters")
    }
  }
}
