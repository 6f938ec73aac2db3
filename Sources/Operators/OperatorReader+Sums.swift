import Expressions

/// Sums over cells: written out, or with a label where the number of cells is a symbol.
extension OperatorReader {
  mutating func sum(over index: String, of term: Expression, _ bound: Bindings) throws -> Free {
    switch try size(of: [index], in: term) {
    case .number(let count):
      try Self.requireFew(count)
      return try written(term, bound, [index], (0..<count).map { [$0] })
    case .symbol(let name):
      var inner = bound
      inner[index] = .label(labels)
      let label = labels
      labels += 1
      return try free(term, inner).map { term in
        // A term without the index is counted once for each cell.
        guard !term.word.contains(where: { $0.cell == .label(label) }) else { return term }
        let count = try arithmetic.ring.scalar(Expression(.variable(name)))
        return (term.word, try arithmetic.ring.product(term.coefficient, count))
      }
    }
  }

  mutating func cellSum(_ sum: CellSum, _ parts: [Expression], _ bound: Bindings) throws -> Free {
    if case .range(let index) = sum {
      let (low, high) = (try integer(parts[0], bound), try integer(parts[1], bound))
      guard low <= high else { return [] }
      let (distance, overflow) = high.subtractingReportingOverflow(low)
      try Self.requireFew(overflow ? .max : distance)
      return try written(parts[2], bound, [index], (low...high).map { [$0] })
    }
    guard case .number(let count) = try size(of: sum.indices, in: parts[0]) else {
      throw OutsideFragment("a sum over neighbours or pairs needs a number of cells; accepted: sum(j, F)")
    }
    try Self.requireFew(count)
    let values: [[Int]]
    var modulus: Int?
    switch sum {
    case .range: values = []
    case .chain: values = (0..<max(count - 1, 0)).map { [$0] }
    case .ring: (values, modulus) = ((0..<count).map { [$0] }, count)
    case .pairs:
      try Self.requireFew(count * (count - 1) / 2)
      values = (0..<count).flatMap { j in (j + 1..<max(count, j + 1)).map { [j, $0] } }
    }
    return try written(parts[0], bound, sum.indices, values, modulus: modulus)
  }

  private static func requireFew(_ terms: Int) throws {
    guard terms <= Polynomial.greatestSize else {
      throw OutsideFragment("more than \(Polynomial.greatestSize) terms of a sum")
    }
  }

  private mutating func written(
    _ term: Expression, _ bound: Bindings, _ indices: [String], _ values: [[Int]], modulus: Int? = nil
  ) throws -> Free {
    var result: Free = []
    for list in values {
      var inner = bound
      for (index, value) in zip(indices, list) { inner[index] = .number(value, modulus: modulus) }
      result += try free(term, inner)
      guard result.count <= Polynomial.greatestSize else {
        throw OutsideFragment("more than \(Polynomial.greatestSize) products of operators")
      }
    }
    return result
  }
}
