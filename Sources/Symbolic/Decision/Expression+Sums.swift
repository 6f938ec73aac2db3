import ArbitraryPrecision
import Expressions

extension Expression {
  /// The formula for a number of cells, with every sum over an index written out: `sum(j, j*b[j])` becomes `0*b[0] +
  /// 1*b[1] + ...`.
  public func writingOutSums(cells: Int) -> Expression {
    if case .operation(.sum(let index), let parts) = node {
      let terms = (0..<cells).map { parts[0].replacingIndex(index, by: $0).writingOutSums(cells: cells) }
      return terms.dropFirst().reduce(terms.first ?? .number(0)) { $0 + $1 }
    }
    return replacingChildren(node.children.map { $0.writingOutSums(cells: cells) })
  }

  /// An upper bound of the size with all sums written out; saturates.
  public func sumSize(cells: Int) -> Int {
    let parts = node.children.reduce(1) { min($0 + $1.sumSize(cells: cells), 1 << 30) }
    if case .operation(.sum, _) = node { return min(parts * (cells + 1), 1 << 30) }
    return parts
  }

  /// Whether there is an operation that has a meaning for operators: a sum over an index, an adjoint, a commutator.
  public var hasOperations: Bool {
    switch node {
    case .operation(.sum, _), .operation(.adjoint, _), .operation(.commutator, _), .operation(.member, _): true
    default: node.children.contains { $0.hasOperations }
    }
  }

  private func replacingIndex(_ index: String, by cell: Int) -> Expression {
    if case .variable(let name) = node {
      if name == index { return Expression(.number(Rational(Integer(cell))), column: column) }
      guard name.hasSuffix("[\(index)]") else { return self }
      return Expression(.variable("\(name.dropLast(index.count + 2))[\(cell)]"), column: column)
    }
    // An inner sum over the same index hides this one.
    if case .operation(.sum(let inner), _) = node, inner == index { return self }
    return replacingChildren(node.children.map { $0.replacingIndex(index, by: cell) })
  }
}
