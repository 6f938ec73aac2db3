import ArbitraryPrecision
import Expressions

/// Names, indices and cells in formulas.
extension OperatorReader {
  /// A name with the indices of levels and of the cell, taken apart once.
  private struct Name {
    let base: String
    let levels: [Expression]
    let cells: [Expression]

    init?(_ formula: Expression) {
      switch formula.node {
      case .variable(let name):
        let parsed = IndexedName(name)
        (base, levels) = (parsed.base, [])
        cells =
          parsed.index.map { index in
            [parsed.number.map { .number(Rational(Integer($0))) } ?? Expression(.variable(index))]
          } ?? []
      case .operation(.member(let name, let arguments), let parts):
        (base, levels, cells) = (name, Array(parts.prefix(arguments)), Array(parts.dropFirst(arguments)))
      default: return nil
      }
    }
  }

  /// The operator of a name such as `a`, `J_z`, `b[j+1]` or `a(k, l)[j]`; nil for a number.
  func symbol(_ formula: Expression, _ bound: Bindings) throws -> Factors.Symbol? {
    guard let name = Name(formula) else { return nil }
    guard let id = factors.factor(ofOperator: name.base) else {
      if case .variable = formula.node, let index = name.cells.first {
        // A label that stands for nothing is the first thing to be said.
        _ = try cell(index, bound, size: nil)
        throw OutsideFragment("'\(name.base)' is no family of operators")
      }
      return nil
    }
    let factor = factors[id]
    let cell = try cell(of: name, factor, bound)
    guard case .levels = factor.kind else {
      guard name.levels.isEmpty else {
        throw OutsideFragment(
          "'\(name.base)' takes nothing in parentheses; accepted: \(factor.examples.joined(separator: ", "))")
      }
      return try factors.symbol(name.base, of: id, cell: cell, levels: nil)
    }
    guard name.levels.count == 2 else {
      throw OutsideFragment("'\(name.base)' takes two levels; accepted: \(factor.examples[0])")
    }
    let levels = (try integer(name.levels[0], bound), try integer(name.levels[1], bound))
    return try factors.symbol(name.base, of: id, cell: cell, levels: levels)
  }

  private func cell(of name: Name, _ factor: Factor, _ bound: Bindings) throws -> Letter.Cell {
    guard let size = factor.cells else {
      guard let index = name.cells.first else { return .only }
      _ = try cell(index, bound, size: nil)
      throw OutsideFragment("'\(name.base)' is no family of operators")
    }
    guard let index = name.cells.first else { throw OutsideFragment("'\(name.base)' stands without its index") }
    guard name.cells.count == 1 else { throw OutsideFragment("'\(name.base)' takes one index") }
    return try cell(index, bound, size: size)
  }

  /// The greatest number of a cell where the number of cells is a symbol.
  private static var greatestCell: Int { 4095 }

  private func cell(_ index: Expression, _ bound: Bindings, size: Factor.Size?) throws -> Letter.Cell {
    if case .variable(let name) = index.node, case .label(let label)? = bound[name] { return .label(label) }
    if let name = index.variables.sorted().first(where: { bound[$0] == nil && value(ofInteger: $0) == nil }) {
      throw OutsideFragment("the index '\(name)' is not summed over")
    }
    var number = try integer(index, bound)
    guard case .number(let count)? = size else {
      guard (0...Self.greatestCell).contains(number) else {
        throw OutsideFragment("the index '\(number)' is not summed over")
      }
      return .number(number)
    }
    guard count > 0 else { throw OutsideFragment("a cell of a family that has none") }
    if modulus(of: index, bound) != nil { number = ((number % count) + count) % count }
    guard (0..<count).contains(number) else {
      throw OutsideFragment("the index \(number) is none of a family of \(count) cells; accepted: 0 to \(count - 1)")
    }
    return .number(number)
  }

  /// The integer that a formula in indices and known names is.
  func integer(_ formula: Expression, _ bound: Bindings) throws -> Int {
    for name in formula.variables.sorted() {
      if case .label? = bound[name] {
        throw OutsideFragment("the index '\(name)' of a sum over a symbolic number of cells, in a formula")
      }
    }
    let known = formula.variables.compactMap { name in value(ofInteger: name).map { (name, $0) } }
      .reduce(into: [String: Expression]()) { $0[$1.0] = .number(Rational(Integer($1.1))) }
    let written = try arithmetic.ring.written(try substituting(bound, in: formula).substituting(known))
    do throws(ExpressionError) {
      if case .integer(let value) = try Constant(written).integrality, let word = Int(exactly: value) { return word }
    } catch {
      throw OutsideFragment("'\(formula)' is no integer (\(error.message))")
    }
    throw OutsideFragment("'\(formula)' is no integer")
  }

  /// A formula with numbers in the place of indices; what is indexed around a ring is so modulo its size.
  func substituting(_ bound: Bindings, in formula: Expression) throws -> Expression {
    var numbers: [String: Expression] = [:]
    var isCyclic = false
    for case (let name, .number(let value, let modulus)) in bound {
      numbers[name] = .number(Rational(Integer(value)))
      isCyclic = isCyclic || modulus != nil
    }
    guard !numbers.isEmpty else { return formula }
    return (isCyclic ? try aroundRings(formula, bound) : formula).substituting(numbers)
  }

  /// A formula with numbers in the place of indices in brackets that go around a ring.
  private func aroundRings(_ formula: Expression, _ bound: Bindings) throws -> Expression {
    guard !formula.variables.isDisjoint(with: bound.keys) else { return formula }
    let parts = try formula.node.children.map { try aroundRings($0, bound) }
    guard case .operation(.member(_, let arguments), let written) = formula.node else {
      return formula.replacingChildren(parts)
    }
    return formula.replacingChildren(
      try zip(parts, written).enumerated().map { place, part in
        guard place >= arguments, let modulus = modulus(of: part.1, bound) else { return part.0 }
        let number = try integer(part.0, bound) % modulus
        return .number(Rational(Integer(number < 0 ? number + modulus : number)))
      })
  }

  /// The size of the ring around which an index goes; nil where there is none.
  private func modulus(of index: Expression, _ bound: Bindings) -> Int? {
    for name in index.variables.sorted() { if case .number(_, let modulus?)? = bound[name] { return modulus } }
    return nil
  }

  /// Refuses operators, labels and names of nothing where a number must stand.
  func requireNumbers(_ formula: Expression, _ bound: Bindings) throws {
    for name in formula.variables.sorted() {
      if case .label? = bound[name] { throw OutsideFragment("the index '\(name)' as a number") }
    }
    try requireNoOperator(formula, bound)
  }

  private func refusal(of name: String) -> String { factors.refusal(of: name, accepted: scalars.declaredNames) }

  private func requireNoOperator(_ formula: Expression, _ bound: Bindings) throws {
    switch formula.node {
    case .variable(let name):
      if try symbol(formula, bound) != nil { throw OutsideFragment("an operator where a number must stand") }
      guard bound[name] == nil, name != "i", !scalars.declares(name) else { return }
      throw Unreadable(expression: formula, reason: refusal(of: name))
    case .operation(.member(let name, _), _):
      if try symbol(formula, bound) != nil { throw OutsideFragment("an operator where a number must stand") }
      if !scalars.declares(name) { throw Unreadable(expression: formula, reason: refusal(of: name)) }
    default: break
    }
    for part in formula.node.children { try requireNoOperator(part, bound) }
  }

  // MARK: - Sizes

  /// The number of cells over which indices run: that of the families whose letters bear them, or of all families
  /// where no letter does.
  func size(of indices: [String], in term: Expression) throws -> Factor.Size {
    let met = families(bearing: Set(indices), in: term)
    let asked = met.isEmpty ? factors.all.filter { $0.cells != nil } : met.sorted().map { factors[$0] }
    var sizes: [Factor.Size: String] = [:]
    for factor in asked { if let size = factor.cells { sizes[size] = sizes[size] ?? factor.name } }
    let names = sizes.values.sorted()
    guard names.count <= 1 else {
      let list = names.joined(separator: ", ")
      throw OutsideFragment(
        met.isEmpty
          ? "no letter bears the index '\(indices[0])', and families differ in size: \(list)"
          : "a sum over families of different sizes: \(list)")
    }
    guard let size = sizes.keys.first else { throw OutsideFragment("a sum without indexed operators") }
    return size
  }

  private func families(bearing indices: Set<String>, in formula: Expression) -> Set<FactorID> {
    var indices = indices
    switch formula.node {
    case .operation(.sum(let inner), _): indices.remove(inner)
    case .operation(.cellSum(let inner), _): indices.subtract(inner.indices)
    default: break
    }
    guard !indices.isEmpty else { return [] }
    if let name = Name(formula), let id = factors.factor(ofOperator: name.base), factors[id].cells != nil,
      name.cells.contains(where: { !$0.variables.isDisjoint(with: indices) })
    {
      return [id]
    }
    return formula.node.children.reduce(into: []) { $0.formUnion(families(bearing: indices, in: $1)) }
  }
}
