import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics

extension ModelPoint {
  /// Functions of time as Taylor coefficients: the real part of each one, and the imaginary part of those that are not
  /// real.
  func drive(_ functions: [ScalarPolynomial]) throws -> ContractiveFlow.Drive {
    let (model, known) = (model, scalars.values)
    let formulas = functions.map { (formula: $0.formula.substituting(known), isReal: $0.isVisiblyReal) }
    let count = formulas.reduce(0) { $0 + ($1.isReal ? 1 : 2) }
    return ContractiveFlow.Drive(count: count) { context, time throws(Unanswered) in
      func values<Reals: EvaluationContext>(
        _ reals: Reals, _ variable: Reals.Value
      ) throws(Unanswered) -> [Reals.Value] where Reals.Value: Sendable {
        let complex = ComplexSeriesContext(reals)
        let variables = ["t": ComplexSeries(variable), "i": complex.imaginaryUnit]
        var result: [Reals.Value] = []
        for (formula, isReal) in formulas {
          do throws(ExpressionError) {
            let value = try formula.evaluate(in: complex, variables: variables)
            result.append(value.real)
            if !isReal { result.append(value.imaginary ?? reals.number(0)) }
          } catch {
            throw Unanswered(beyond: "\(model.name): a function of t: \(error.message)")
          }
        }
        return result
      }
      guard !time.isPoint else { return try values(context, context.variable(time)) }
      let centered = CenteredSeriesContext(context, on: time)
      return try values(centered, centered.variable(time)).map(\.whole)
    }
  }
}
