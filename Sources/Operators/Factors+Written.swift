import ArbitraryPrecision
import Expressions

/// Formulas of models in the grammar of claims: letters of families as `b[3]` or `b[j]`, and every sum over a number of
/// cells written out.
///
/// It shares nothing with what ``OperatorReader`` does to sums: statements about a model are decided on both.
extension Factors {
  /// The entry of a table at some indices.
  public typealias TableEntry = @Sendable ([Int]) -> Result<GaussianRational, OutsideFragment>

  /// A formula with members and sums written out; sums over a family whose size is a symbol stay, with their index on
  /// letters alone.
  ///
  /// - Parameters:
  ///   - integers: the values of names that stand in indices, levels and ends of sums.
  ///   - tables: numbers by their indices, each of which is written out.
  /// - Throws: an ``ExpressionError`` at the column of what has no such form.
  public func written(
    _ formula: Expression, integers: [String: Int] = [:], tables: [String: TableEntry] = [:]
  ) throws(ExpressionError) -> Expression {
    let writing = MemberWriting(factors: self, integers: integers, tables: tables)
    let result = try writing.written(formula, [:])
    guard result.size <= MemberWriting.greatestSize, result.depth <= Expression.greatestDepth else {
      throw ExpressionError(
        .malformed, column: formula.column,
        "too long with its sums written out; accepted: \(MemberWriting.greatestSize) parts, "
          + "\(Expression.greatestDepth) levels")
    }
    return result
  }
}

private struct MemberWriting {
  let factors: Factors
  let integers: [String: Int]
  let tables: [String: Factors.TableEntry]

  static let greatestSize = 20_000

  /// What the index of a sum around stands for.
  enum Index {
    /// Any cell of a family whose size is a symbol.
    case symbol
    /// A number, modulo another one in a ring.
    case number(Int, modulo: Int?)
  }
  typealias Bindings = [String: Index]

  func written(_ formula: Expression, _ bound: Bindings) throws(ExpressionError) -> Expression {
    func refusal(_ message: String) -> ExpressionError { .init(.malformed, column: formula.column, message) }
    switch formula.node {
    case .variable(let name):
      guard case .number(let value, _)? = bound[name] else { return formula }
      return Expression(.number(Rational(Integer(value))), column: formula.column)
    case .operation(.member(let name, let arguments), let parts):
      guard let id = factors.factor(ofOperator: name) else {
        if name == "diff", arguments == 2, parts.count == 2, case .variable(let variable) = parts[0].node {
          return Expression(
            .operation(.derivative(name: variable), [try written(parts[1], bound)]), column: formula.column)
        }
        if let table = tables[name], arguments == 0 {
          var indices: [Int] = []
          for part in parts { indices.append(try integer(part, bound)) }
          switch table(indices) {
          case .success(let entry): return Expression(entry.formula.node, column: formula.column)
          case .failure(let fault): throw refusal(fault.description)
          }
        }
        throw refusal("'\(name)' is no operator of the model")
      }
      if case .levels = factors[id].kind {
      } else if arguments > 0 {
        throw refusal("'\(name)' takes nothing in parentheses")
      }
      var levels: [Expression] = []
      for part in parts.prefix(arguments) {
        levels.append(Expression.number(Rational(Integer(try integer(part, bound)))))
      }
      let cells = Array(parts.dropFirst(arguments))
      guard cells.count <= 1 else { throw refusal("'\(name)' takes one index") }
      let index = try cells.first.map { part throws(ExpressionError) in try cell(part, factors[id], bound) }
      guard levels.isEmpty else {
        // A letter of levels stays what it is, its index a number.
        guard index.map({ Int($0) != nil }) ?? true else {
          throw refusal("'\(name)' in a sum over a symbolic number of cells; accepted: a number of cells")
        }
        let last = index.flatMap { Int($0) }.map { [Expression.number(Rational(Integer($0)))] } ?? []
        return Expression(.operation(.member(name: name, arguments: arguments), levels + last), column: formula.column)
      }
      return Expression(.variable(name + (index.map { "[\($0)]" } ?? "")), column: formula.column)
    case .operation(.sum(let index), let parts):
      guard let count = try size([index], parts[0], refusal) else {
        var inner = bound
        inner[index] = .symbol
        return Expression(.operation(.sum(index: index), [try written(parts[0], inner)]), column: formula.column)
      }
      return try sum(parts[0], bound, [index], (0..<count).map { [$0] }, refusal)
    case .operation(.cellSum(.range(let index)), let parts):
      let (low, high) = (try integer(parts[0], bound), try integer(parts[1], bound))
      guard low <= high else { return .number(0) }
      let (terms, overflow) = high.subtractingReportingOverflow(low)
      guard !overflow, terms < Self.greatestSize else { throw refusal("a sum of too many terms") }
      return try sum(parts[2], bound, [index], (low...high).map { [$0] }, refusal)
    case .operation(.cellSum(let kind), let parts):
      guard let count = try size(kind.indices, parts[0], refusal) else {
        throw refusal("a sum over neighbours or pairs needs a number of cells")
      }
      switch kind {
      case .range: return .number(0)
      case .chain: return try sum(parts[0], bound, kind.indices, (0..<max(count - 1, 0)).map { [$0] }, refusal)
      case .ring: return try sum(parts[0], bound, kind.indices, (0..<count).map { [$0] }, refusal, modulo: count)
      case .pairs:
        guard count <= 200 else { throw refusal("a sum over too many pairs") }
        return try sum(
          parts[0], bound, kind.indices, (0..<count).flatMap { j in (j + 1..<max(count, j + 1)).map { [j, $0] } },
          refusal)
      }
    default:
      var children: [Expression] = []
      for child in formula.node.children { children.append(try written(child, bound)) }
      return formula.replacingChildren(children)
    }
  }

  private func sum(
    _ term: Expression, _ bound: Bindings, _ indices: [String], _ values: [[Int]],
    _ refusal: (String) -> ExpressionError, modulo: Int? = nil
  ) throws(ExpressionError) -> Expression {
    var result: Expression?
    for list in values {
      var inner = bound
      for (index, value) in zip(indices, list) { inner[index] = .number(value, modulo: modulo) }
      let next = try written(term, inner)
      result = result.map { $0 + next } ?? next
      guard (result?.size ?? 0) <= Self.greatestSize else { throw refusal("a sum of too many terms") }
    }
    guard (result?.depth ?? 0) <= Expression.greatestDepth else { throw refusal("a sum of too many terms") }
    return result ?? .number(0)
  }

  /// The number of cells over which an index runs; nil where it is a symbol.
  private func size(
    _ indices: [String], _ term: Expression, _ refusal: (String) -> ExpressionError
  ) throws(ExpressionError) -> Int? {
    let met = families(bearing: Set(indices), term)
    let asked = met.isEmpty ? factors.all.filter { $0.cells != nil } : met.sorted().map { factors[$0] }
    let sizes = Set(asked.compactMap(\.cells))
    guard sizes.count <= 1 else {
      throw refusal("a sum over families of different sizes: \(asked.map(\.name).joined(separator: ", "))")
    }
    switch sizes.first {
    case .number(let count)?: return count
    case .symbol?: return nil
    case nil: throw refusal("a sum without a family")
    }
  }

  private func families(bearing indices: Set<String>, _ formula: Expression) -> Set<FactorID> {
    var inner = indices
    switch formula.node {
    case .operation(.sum(let index), _): inner.remove(index)
    case .operation(.cellSum(let kind), _): inner.subtract(kind.indices)
    case .operation(.member(let name, let arguments), let parts):
      if let id = factors.factor(ofOperator: name), factors[id].cells != nil,
        parts.dropFirst(arguments).contains(where: { !$0.variables.isDisjoint(with: indices) })
      {
        return [id]
      }
    default: break
    }
    guard !inner.isEmpty else { return [] }
    return formula.node.children.reduce(into: []) { $0.formUnion(families(bearing: inner, $1)) }
  }

  /// The index of a cell as a text: a number, or the name of an index.
  private func cell(_ part: Expression, _ factor: Factor, _ bound: Bindings) throws(ExpressionError) -> String {
    if case .variable(let name) = part.node, case .symbol? = bound[name] { return name }
    let written = try self.written(part, bound)
    var number = try integer(part, bound)
    guard case .number(let count)? = factor.cells else {
      throw ExpressionError(
        .malformed, column: part.column, "the index '\(written)' of '\(factor.name)' needs a number of cells")
    }
    let isCyclic = part.variables.contains { name in
      if case .number(_, .some)? = bound[name] { true } else { false }
    }
    if isCyclic, count > 0 { number = ((number % count) + count) % count }
    guard (0..<count).contains(number) else {
      throw ExpressionError(
        .malformed, column: part.column,
        "the index \(number) is none of a family of \(count) cells; accepted: 0 to \(count - 1)")
    }
    return "\(number)"
  }

  private func integer(_ formula: Expression, _ bound: Bindings) throws(ExpressionError) -> Int {
    let known = integers.mapValues { Expression.number(Rational(Integer($0))) }
    let value = try written(formula, bound).substituting(known)
    if case .integer(let integer)? = (try? Constant(value))?.integrality, let word = Int(exactly: integer) {
      return word
    }
    throw ExpressionError(.malformed, column: formula.column, "'\(formula)' is no integer here")
  }
}
