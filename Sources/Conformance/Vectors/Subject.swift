import ArbitraryPrecision
import Catalogue
import Systems
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
  /// What values are measured against, in words or as a formula in the parameters.
  let scaleText: String
  /// The papers with their places, or where it is derived.
  let source: Source
  /// The certified value of tagged parameters; `BadInput` where these are refused.
  let certified: @Sendable ([(name: String, value: TaggedValue)], Goal, Budget) throws -> CertifiedValue
  /// The natural size of a value at tagged parameters.
  let scale: @Sendable ([(name: String, value: TaggedValue)]) throws -> Rational

  /// All subjects: the catalogue, then the states.
  static let all: [Subject] = Catalogue.builtIn.quantities.map(Subject.init) + StateSubjects.all

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// Whether a truth is so near zero that an implementation may abstain there: zero, or certainly below the error that
  /// is allowed for a value of natural size, four ulps of it.
  static func isSmall(_ truth: VectorCase) -> Bool {
    let greatest = max(truth.lower.magnitude, truth.upper.magnitude)
    if greatest.signum == 0 { return true }
    guard let scale = naturalSize(of: truth) else { return false }
    return greatest <= Judgement.ulps * Judgement.ulp(scale)
  }

  /// The natural size of a quantity at the parameters of a case; nil where it has none.
  static func naturalSize(of truth: VectorCase) -> Rational? {
    try? byName[truth.subject]?.scale(truth.parameters)
  }
}

extension Subject {
  /// A quantity of the catalogue.
  init(_ quantity: Quantity) {
    name = quantity.name
    parameters = quantity.parameters.map { parameter in
      Parameter(
        name: parameter.name, kind: parameter.kind == .real ? "binary64" : parameter.kind.name,
        accepted: parameter.domainText)
    }
    unit = quantity.unit
    meaning = quantity.meaning
    source = quantity.source
    scaleText = quantity.scaleText
    scale = { given in try quantity.scale(given.map { (name: $0.name, text: try $0.value.catalogueText($0.name)) }) }
    certified = { given, goal, budget in
      let texts = try given.map { (name: $0.name, text: try $0.value.catalogueText($0.name)) }
      return try quantity.certified(Arguments(texts, for: quantity), to: goal, within: budget)
    }
  }
}
