import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics

extension ModelPoint {
  /// Functions of time as Taylor coefficients: the real part of each one, and the imaginary part of those that are not
  /// real.
  func drive(_ functions: [ScalarPolynomial]) throws -> ContractiveFlow.Drive {
    let (model, known) = (model, scalars.values)
    var shared = SharedCalls()
    let formulas = functions.map { function in
      (formula: shared.replacing(in: function.formula.substituting(known)), isReal: function.isVisiblyReal)
    }
    let calls = shared.calls
    let count = formulas.reduce(0) { $0 + ($1.isReal ? 1 : 2) }
    return ContractiveFlow.Drive(count: count) { context, time throws(Unanswered) in
      func values<Reals: EvaluationContext>(
        _ reals: Reals, _ variable: Reals.Value
      ) throws(Unanswered) -> [Reals.Value] where Reals.Value: Sendable {
        let complex = ComplexSeriesContext(reals)
        var variables = ["t": ComplexSeries(variable), "i": complex.imaginaryUnit]
        var result: [Reals.Value] = []
        do throws(ExpressionError) {
          for (name, call) in calls { variables[name] = try call.evaluate(in: complex, variables: variables) }
          for (formula, isReal) in formulas {
            let value = try formula.evaluate(in: complex, variables: variables)
            result.append(value.real)
            if !isReal { result.append(value.imaginary ?? reals.number(0)) }
          }
        } catch {
          throw Unanswered(beyond: "\(model.name): a function of t: \(error.message)")
        }
        return result
      }
      guard !time.isPoint else { return try values(context, context.variable(time)) }
      let centered = CenteredSeriesContext(context, on: time)
      return try values(centered, centered.variable(time)).map(\.whole)
    }
  }
}

/// Calls of functions, quotients and powers that stand in formulas, each of them once: the functions of a generator are
/// products of few, and the coefficients of each are computed once for all of them.
private struct SharedCalls {
  /// What stands for each of them, in an order in which none needs a later one.
  private(set) var calls: [(name: String, formula: Expression)] = []
  private var names: [Expression: String] = [:]

  /// The formula with names in the place of calls.
  mutating func replacing(in formula: Expression) -> Expression {
    switch formula.node {
    case .number, .pi, .variable, .operation, .quantity: return formula
    case .negation(let a): return Expression(.negation(replacing(in: a)))
    case .sum(let a, let b): return replacing(in: a) + replacing(in: b)
    case .difference(let a, let b): return replacing(in: a) - replacing(in: b)
    case .product(let a, let b): return replacing(in: a) * replacing(in: b)
    case .quotient(let a, let b): return named(replacing(in: a) / replacing(in: b))
    case .power(let a, let n): return named(Expression(.power(replacing(in: a), n)))
    case .generalPower(let a, let b): return named(Expression(.generalPower(replacing(in: a), replacing(in: b))))
    case .call(let function, let a): return named(Expression(.call(function, replacing(in: a))))
    }
  }

  private mutating func named(_ formula: Expression) -> Expression {
    if let known = names[formula] { return Expression(.variable(known)) }
    // No name of a file has a blank.
    let name = "call \(calls.count)"
    names[formula] = name
    calls.append((name, formula))
    return Expression(.variable(name))
  }
}
