import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics

extension ModelPoint {
  /// Refuses jumps: rates that are negative or not real, and, as open systems are not served yet, rates that are not
  /// certainly zero.
  func requireClosed() throws {
    for jump in model.jumps {
      switch jump.content {
      case .single(let each, let operation, let rate):
        for indices in try values(of: each, in: operation) {
          let own = operation.substituting(indices)
          try requireDefinite(try polynomial(own), own)
          try requireZero(rate: rate.substituting(indices), isDiagonal: true)
        }
      case .correlated(let operators, let rates):
        for operation in operators { try requireDefinite(try polynomial(operation), operation) }
        for (row, list) in rates.enumerated() {
          for (column, rate) in list.enumerated() { try requireZero(rate: rate, isDiagonal: row == column) }
        }
      }
    }
  }

  private func requireZero(rate: ModelFormula, isDiagonal: Bool) throws {
    let value = try scalar(rate.expression, rate)
    if isDiagonal {
      let enclosure = try scalars.enclosure(value)
      guard enclosure.imaginary.containsZero, enclosure.real.upper.signum >= 0 else {
        throw rate.fault("the rate is negative or not real; accepted: rates of 0 or more")
      }
    }
    guard try scalars.decision(isZero: value) == .certainlyTrue else {
      throw Unanswered(
        beyond: rate.fault("jumps are not served yet; accepted: rates that are exactly zero at the parameters").message)
    }
  }

  /// The values of the indices of a jump: all cells, or all pairs j < k, of the families that they stand at.
  private func values(of each: [String], in operation: ModelFormula) throws -> [[String: Expression]] {
    guard !each.isEmpty else { return [[:]] }
    var counts: Set<Int> = []
    for index in each { cells(at: index, in: operation.expression, &counts) }
    guard let count = counts.first, counts.count == 1 else {
      throw operation.fault(
        counts.isEmpty
          ? "the index '\(each[0])' stands at no family; accepted: operators such as s_m[\(each[0])]"
          : "the families have \(counts.sorted().map(String.init).joined(separator: " and ")) cells; accepted: one size"
      )
    }
    func number(_ value: Int) -> Expression { .number(Rational(Integer(value))) }
    if each.count == 1 { return (0..<count).map { [each[0]: number($0)] } }
    return (0..<count).flatMap { j in (j + 1..<max(count, j + 1)).map { [each[0]: number(j), each[1]: number($0)] } }
  }

  private func cells(at index: String, in formula: Expression, _ counts: inout Set<Int>) {
    if case .operation(.member(let name, let arguments), let parts) = formula.node, arguments < parts.count,
      parts.dropFirst(arguments).contains(where: { $0.variables.contains(index) }),
      let factor = model.factors.firstIndex(where: { $0.placeholder.operatorNames.contains(name) }),
      case .number(let count)? = basis.factors[FactorID(factor)].cells
    {
      counts.insert(count)
    }
    for part in formula.node.children { cells(at: index, in: part, &counts) }
  }
}
