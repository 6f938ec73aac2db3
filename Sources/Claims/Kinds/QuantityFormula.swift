import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// A formula in which values of quantities at stated points may stand, such as `P(N: N, g: g/sqrt(N))/N`.
///
/// Each value is enclosed at the same precision as the rest; its parameters are exact at every point.
struct QuantityFormula: Sendable {
  /// The formula, with each value under a name that no formula can write: its own text.
  let formula: Expression
  /// The values.
  let values: [QuantityValue]

  /// The parameters that stand in it, also in those of values.
  var names: Set<String> {
    formula.variables.subtracting(values.map(\.text)).union(values.flatMap { $0.names })
  }

  /// The lemmas on which the values rest.
  var lemmas: [String] { values.flatMap { $0.quantity.route.lemmas } }

  /// How the values are computed, in words; empty where there are none.
  var routes: String {
    let all = values.map { "\($0.quantity.name) by \($0.quantity.route.name)" }
    return all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: " and ")
  }

  /// The enclosure, and whether the formula certainly has a value; nil as long as a quantity has no bounds.
  ///
  /// - Parameters:
  ///   - point: the exact parameters, under their names in formulas.
  ///   - variables: their enclosures.
  /// - Throws: `BadInput` for parameters that a quantity refuses; `Undecided`.
  func evaluate(
    at point: [String: Expression], _ variables: [String: DefinedInterval], _ precision: Int, _ budget: Budget,
    byChecks: Bool = false
  ) throws -> DefinedInterval? {
    var variables = variables
    for value in values {
      guard let number = try value.enclosure(at: point, precision, budget, byCheck: byChecks) else { return nil }
      variables[value.text] = DefinedInterval(number)
    }
    return try formula.evaluate(in: DefinedContext(precision: precision), variables: variables)
  }

  /// The enclosure at a point given as parameters.
  ///
  /// - Parameter byChecks: by routes that are run beside the first ones, where values have such.
  func evaluate(
    _ arguments: Arguments, _ precision: Int, _ budget: Budget, byChecks: Bool = false
  ) throws -> DefinedInterval? {
    try evaluate(
      at: values.isEmpty ? [:] : arguments.formulas, arguments.formulaVariables(precision), precision, budget,
      byChecks: byChecks)
  }

  /// Refuses parameters of values that are out of their domains at a point.
  func check(_ point: [String: Expression]) throws {
    for value in values { _ = try value.arguments(at: point) }
  }
}

/// The value of a quantity at a point that is given by formulas.
struct QuantityValue: Sendable {
  /// The value as it is written.
  let text: String
  let quantity: Quantity
  /// The parameters that are given, each with its formula, or with its word.
  let arguments: [(name: String, formula: Expression)]

  /// The names that stand in the parameters.
  var names: Set<String> {
    quantity.parameters.reduce(into: []) { names, parameter in
      guard parameter.isNumber, let formula = arguments.first(where: { $0.name == parameter.name })?.formula else {
        return
      }
      names.formUnion(formula.variables)
    }
  }

  /// The parameters at a point.
  ///
  /// - Throws: `BadInput` that begins with the text of the value; `Undecided`.
  func arguments(at point: [String: Expression]) throws -> Arguments {
    let given = arguments.map { argument in
      let isNumber = quantity.parameters.contains { $0.name == argument.name && $0.isNumber }
      return (name: argument.name, text: "\(isNumber ? argument.formula.substituting(point) : argument.formula)")
    }
    do { return try Arguments(given, for: quantity) } catch let refusal as BadInput {
      throw BadInput("\(text): \(refusal.message)")
    }
  }

  /// The enclosure at a point; nil as long as it has no bounds.
  func enclosure(
    at point: [String: Expression], _ precision: Int, _ budget: Budget, byCheck: Bool = false
  ) throws -> Interval? {
    let arguments = try arguments(at: point)
    // Enclosures come near a zero; the exact decision of the quantity is one.
    if quantity.isZero(arguments) == .certainlyTrue { return Interval(0, precision: precision) }
    let route = byCheck ? quantity.routes.first(where: \.isCheck) ?? quantity.route : quantity.route
    return try route.bounded(arguments, precision, budget)
  }
}

extension Quantity {
  /// The quantity that a formula in values of others is, with the names in it as its parameters.
  ///
  /// A name that stands for an integer parameter of a value takes integers, every other one real numbers. Nothing is
  /// known of its continuity: values may jump, and a divisor may vanish.
  ///
  /// - Parameter more: names that are parameters besides.
  init(_ formula: QuantityFormula, alsoNaming more: Set<String> = []) {
    let integers = formula.values.flatMap { value in
      value.arguments.compactMap { argument -> String? in
        guard case .variable(let name) = argument.formula.node else { return nil }
        return value.quantity.parameters.contains { $0.name == argument.name && $0.kind == .integer } ? name : nil
      }
    }
    func route(_ name: String, isCheck: Bool) -> Route {
      Route(
        name, method: "values of quantities, put into a formula", lemmas: Set(formula.lemmas).sorted(),
        isCheck: isCheck
      ) { arguments, precision, budget in
        guard let value = try formula.evaluate(arguments, precision, budget, byChecks: isCheck) else {
          return .entire(precision: precision)
        }
        guard !value.interval.isEmpty else { throw Unanswered(undecided: "'\(formula.formula)' has no value here") }
        guard value.isDefined else { return .entire(precision: precision) }
        return value.interval
      }
    }
    let checks = Set(formula.values.compactMap { $0.quantity.routes.first(where: \.isCheck)?.name }).sorted()
    let routes =
      [route(formula.routes, isCheck: false)] + checks.prefix(1).map { route("values by \($0)", isCheck: true) }
    self.init(
      "\(formula.formula)",
      formula.names.union(more).sorted().map {
        integers.contains($0) ? Parameter(IntegerKey($0)) : Parameter(RealKey($0))
      },
      unit: "", meaning: "a formula in values of quantities",
      source: Source(derivedIn: .init("claims", "Values of quantities in formulas")), routes: routes,
      constraint: { try formula.check($0.formulas) })
  }
}

extension Arguments {
  /// The exact parameters under their names in formulas.
  var formulas: [String: Expression] {
    numbers.reduce(into: [:]) { $0[$1.name.inFormulas] = $1.value.expression }
  }

  /// The enclosures of the parameters under their names in formulas.
  func formulaVariables(_ precision: Int) -> [String: DefinedInterval] {
    numbers.reduce(into: [:]) { $0[$1.name.inFormulas] = DefinedInterval($1.value.enclosure(precision: precision)) }
  }
}

/// A number that a claim prints: a constant, or a formula in values of quantities at fixed points.
struct PrintedNumber: Sendable {
  private let formula: QuantityFormula
  private let constant: Constant?

  /// - Throws: `ExpressionError` for a formula without values that is no constant.
  init(_ formula: QuantityFormula) throws(ExpressionError) {
    self.formula = formula
    constant = formula.values.isEmpty ? try Constant(formula.formula) : nil
  }

  /// The lemmas on which values in it rest.
  var lemmas: [String] { formula.lemmas }

  /// The enclosure; nil as long as the formula may have no value.
  func enclosure(precision: Int, within budget: Budget) throws -> Interval? {
    if let constant { return constant.enclosure(precision: precision) }
    guard let value = try formula.evaluate(at: [:], [:], precision, budget), value.isDefined else { return nil }
    return value.interval
  }
}
