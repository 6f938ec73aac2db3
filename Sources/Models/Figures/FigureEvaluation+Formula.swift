import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The arithmetic of a formula of figures.
extension FigureEvaluation {
  /// The value of a formula.
  ///
  /// - Parameter indices: the values of the indices of sums around it.
  mutating func value(
    _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    var leaves: [String: DefinedInterval] = [:]
    return try value(formula.expression, formula, indices, moment, &leaves)
  }

  private mutating func value(
    _ expression: Expression, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment,
    _ leaves: inout [String: DefinedInterval]
  ) throws -> DefinedInterval {
    switch expression.node {
    case .variable(let name):
      if let call = formula.calls[name] {
        if let known = leaves[name] { return known }
        let value = try value(of: call, formula, indices, moment)
        leaves[name] = value
        return value
      }
      if name == "t" {
        switch moment {
        case .start: return wholeTime(Interval(0, precision: point.precision))
        case .at(let time, _): return wholeTime(time)
        case .limit:
          throw formula.place.fault("t stands in a figure of 'steady'; accepted: figures of one state, without t")
        case .now: break
        }
      }
      if let index = indices[name] { return try value(index, formula, [:], moment, &leaves) }
      guard let value = variables[name] else { throw formula.place.fault("'\(name)' has no value") }
      return value
    case .operation(.member, _):
      let entry = try point.entry(ModelFormula(expression: expression, place: formula.place).substituting(indices))
      return try value(entry, formula, [:], moment, &leaves)
    case .quotient(let a, let b):
      let left = try value(a, formula, indices, moment, &leaves)
      let right = try value(b, formula, indices, moment, &leaves)
      guard !(right.interval.isPoint && right.interval.containsZero) else {
        let shown = formula.written(b)
        throw BadInput(undefined: formula.place.fault("division by '\(shown)', which is zero here").message)
      }
      return context.quotient(left, right)
    default:
      var parts: [DefinedInterval] = []
      for part in expression.node.children { parts.append(try value(part, formula, indices, moment, &leaves)) }
      let result: DefinedInterval
      switch expression.node {
      case .number(let value): result = context.number(value)
      case .pi: result = context.pi
      case .negation: result = context.negation(parts[0])
      case .sum: result = context.sum(parts[0], parts[1])
      case .difference: result = context.difference(parts[0], parts[1])
      case .product: result = context.product(parts[0], parts[1])
      case .power(_, let n): result = context.power(parts[0], n)
      case .generalPower: result = context.power(parts[0], parts[1])
      case .call(let function, _): result = context.call(function, parts[0])
      default: throw formula.place.fault("'\(expression)' is no number")
      }
      guard result.interval.isEmpty else { return result }
      let shown = "\(formula.written(expression))".abridged
      throw BadInput(undefined: formula.place.fault("'\(shown)' has no value here").message)
    }
  }
}
