import ArbitraryPrecision
import RigorousNumerics

/// What cases are about: a quantity of the catalogue, or what is asked of a state or of couplings that are given by
/// their elements.
public struct Subject: Sendable {
  /// Tagged values with the names of their parameters.
  public typealias Given = [(name: String, value: TaggedValue)]

  /// The name, `system.quantity`.
  public let name: String
  /// The parameters, in order.
  public let parameters: [TaggedParameter]
  /// The unit of the value, with hbar = 1.
  public let unit: String
  /// What it is.
  public let meaning: String
  /// What values are measured against, in words or as a formula in the parameters.
  public let scaleText: String
  /// The papers with their places, or where it is derived.
  public let source: Source
  /// The certified value of tagged parameters; `BadInput` where these are refused.
  public let certified: @Sendable (Given, Goal, Budget) throws -> CertifiedValue
  /// The natural size of a value at tagged parameters.
  public let scale: @Sendable (Given) throws -> Rational

  /// What is no quantity of the catalogue.
  public init(
    name: String, parameters: [TaggedParameter], unit: String, meaning: String, scaleText: String, source: Source,
    certified: @escaping @Sendable (Given, Goal, Budget) throws -> CertifiedValue,
    scale: @escaping @Sendable (Given) throws -> Rational
  ) {
    (self.name, self.parameters, self.unit, self.meaning) = (name, parameters, unit, meaning)
    (self.scaleText, self.source, self.certified, self.scale) = (scaleText, source, certified, scale)
  }

  /// A quantity of the catalogue; nil for one of exact matrices, which vectors ask by a subject of its own, of
  /// matrices of doubles.
  public init?(_ quantity: Quantity) {
    let parameters = quantity.parameters.compactMap(TaggedParameter.init)
    guard parameters.count == quantity.parameters.count else { return nil }
    self.init(
      name: quantity.name, parameters: parameters, unit: quantity.unit,
      meaning: quantity.meaning, scaleText: quantity.scaleText, source: quantity.source,
      certified: { given, goal, budget in
        try quantity.certified(Arguments(try Subject.texts(given), for: quantity), to: goal, within: budget)
      }, scale: { try quantity.scale(try Subject.texts($0)) })
  }

  private static func texts(_ given: Given) throws(BadInput) -> [(name: String, text: String)] {
    var texts: [(name: String, text: String)] = []
    for (name, value) in given { texts.append((name, try value.catalogueText(name))) }
    return texts
  }
}
