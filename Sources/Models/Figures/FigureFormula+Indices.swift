import Expressions

extension ModelFormula {
  /// The formula with values of indices.
  func substituting(_ indices: [String: Expression]) -> ModelFormula {
    indices.isEmpty ? self : ModelFormula(expression: expression.substituting(indices), place: place)
  }
}

extension PartDeclaration.Place {
  /// The place with values of indices.
  func substituting(_ indices: [String: Expression]) -> PartDeclaration.Place {
    PartDeclaration.Place(factor: factor, cell: cell?.substituting(indices), entry: entry)
  }
}

extension StateWord {
  /// The word with values of indices.
  func substituting(_ indices: [String: Expression]) -> StateWord {
    replacing(arguments.map { $0.substituting(indices) })
  }
}

extension FigureFormula {
  /// A part of the arithmetic as it was written, with its figures.
  func written(_ part: Expression) -> Expression { part.substituting(texts) }
}
