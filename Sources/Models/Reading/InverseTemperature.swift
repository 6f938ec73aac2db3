import Catalogue
import Expressions
import YAMLText

/// An inverse temperature of a Gibbs state: a real number, or infinity.
enum InverseTemperature: Sendable {
  case number(ModelFormula)
  case infinity(ModelFormula)

  /// The name of infinity.
  static let infinityName = "infinity"

  /// A formula, which may be the name of infinity.
  init(_ formula: ModelFormula) {
    if case .variable(Self.infinityName) = formula.expression.node {
      self = .infinity(formula)
    } else {
      self = .number(formula)
    }
  }

  /// Reads `gibbs(beta)`; nil for other texts.
  init?(_ entry: YAMLEntry, _ names: inout ModelNames) throws(BadInput) {
    guard case .text(let text) = entry.content, text.hasPrefix("gibbs") else { return nil }
    let written = try entry.parsed(text) { text throws(ExpressionError) in try Expression(parsingModel: text) }
    guard case .operation(.member("gibbs", 1), let parts) = written.node, parts.count == 1 else {
      throw entry.fault("'\(text.abridged)' is no Gibbs state; accepted: gibbs(beta), gibbs(infinity)")
    }
    self.init(try names.formula(written: parts[0], entry, .number, [Self.infinityName]))
  }

  /// Where it stands.
  var place: ModelFormula {
    switch self {
    case .number(let formula), .infinity(let formula): formula
    }
  }
}

extension PartDeclaration {
  /// Its factors.
  ///
  /// - Throws: ``BadInput`` where it has cells of a family and not all of it.
  func wholeFactors(_ entry: YAMLEntry) throws(BadInput) -> [Int] {
    guard places.allSatisfy({ $0.cell == nil }) else {
      throw entry.fault("the part '\(name)' has cells; accepted: 'gibbs' of parts of whole factors")
    }
    return Set(places.map(\.factor)).sorted()
  }
}
