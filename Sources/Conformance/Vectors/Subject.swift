import ArbitraryPrecision
import BatteryModels
import RigorousNumerics

/// What cases are about: a quantity of the catalogue, or a figure of a state that is given as a matrix.
struct Subject: Sendable {
  /// A parameter and the tag of its values.
  struct Parameter: Sendable, Hashable {
    let name: String
    let kind: String
    let accepted: String
  }

  /// The name, `system.quantity`.
  let name: String
  /// The parameters, in order.
  let parameters: [Parameter]
  /// The unit of the value, with hbar = 1.
  let unit: String
  /// What it is.
  let meaning: String
  /// The paper and equation, or where it is derived.
  let source: String
  /// The certified value of tagged parameters; `BadInput` where these are refused.
  let certified: @Sendable ([(name: String, value: TaggedValue)], Goal, Budget) throws -> CertifiedValue

  /// All subjects: the catalogue, then the states.
  static let all: [Subject] = Catalogue.quantities.map(Subject.init) + StateSubjects.all

  /// The part of the source that names the equation.
  var equation: String {
    source.range(of: "Eq.").map { String(source[$0.lowerBound...]) }
      ?? source.range(of: "), ").map { String(source[$0.upperBound...]) }
      ?? source.split(separator: ", ").last.map(String.init) ?? source
  }
}

extension Subject {
  /// A quantity of the catalogue.
  init(_ quantity: Quantity) {
    name = quantity.name
    parameters = quantity.parameters.map { parameter in
      // Orders and works are told apart from other reals, since whether a formula's term is there depends on them exactly.
      let isRational = parameter.domainText.hasSuffix(" rational")
      return Parameter(
        name: parameter.name,
        kind: parameter.kind == .integer
          ? "integer" : parameter.isChoice ? "choice" : isRational ? "rational" : "binary64",
        accepted: parameter.domainText)
    }
    unit = quantity.unit
    meaning = quantity.meaning
    source = quantity.source
    certified = { given, goal, budget in
      let texts = try given.map { (name: $0.name, text: try $0.value.catalogueText($0.name)) }
      return try quantity.certified(Arguments(texts, for: quantity), to: goal, within: budget)
    }
  }
}
