import ArbitraryPrecision
import Expressions
import Operators
import RigorousNumerics

extension ScalarPolynomial {
  /// Whether the time stands in it.
  var holdsTime: Bool { names.contains("t") }
}

/// Operators that hold the time, and the change of means.
extension ModelPoint {
  /// Whether the time stands in an operator.
  static func holdsTime(_ polynomial: Operator) -> Bool {
    polynomial.terms.values.contains(where: \.holdsTime)
  }

  /// An operator as a sum of functions of time, none a multiple of another one, times operators without the time; what
  /// does not depend on the time stands first, with no function.
  func timeParts(_ polynomial: Operator) throws -> [(function: ScalarPolynomial?, polynomial: Operator)] {
    var constant = Operator()
    var driven: [(function: ScalarPolynomial, polynomial: Operator)] = []
    for (word, coefficient) in polynomial.sorted {
      guard coefficient.holdsTime else {
        try constant.add(coefficient, word, in: scalars)
        continue
      }
      var (place, factor) = (driven.count, scalars.one)
      for (index, part) in driven.enumerated() {
        guard let ratio = coefficient.ratio(to: part.function) else { continue }
        (place, factor) = (index, ScalarPolynomial(ratio))
      }
      if place == driven.count { driven.append((coefficient, Operator())) }
      try driven[place].polynomial.add(factor, word, in: scalars)
    }
    return (constant.isZero ? [] : [(nil, constant)]) + driven.map { ($0.function, $0.polynomial) }
  }

  /// The operator at t = 0.
  func atStart(_ polynomial: Operator) throws -> Operator {
    guard Self.holdsTime(polynomial) else { return polynomial }
    var result = Operator()
    for (word, coefficient) in polynomial.sorted {
      let value = try scalars.scalar(coefficient.formula.substituting(["t": .number(0)]))
      if !scalars.isZero(value) { try result.add(value, word, in: scalars) }
    }
    return result
  }

  /// The operator whose mean is the rate of that of X: L*(X) + dX/dt, with the adjoint generator
  ///
  ///     L*(X) = i [H, X] + sum over d of r_d (R_d' X L_d - (R_d' L_d X + X R_d' L_d)/2).
  ///
  /// - Throws: ``OutsideFragment`` beyond what the ring of operators serves.
  func change(of x: Operator, _ dissipators: [Dissipator]) throws -> Operator {
    var arithmetic = OperatorArithmetic(factors: basis.factors, ring: scalars)
    let turn = try arithmetic.commutator(try openHamiltonian(), x)
    var sum = try arithmetic.scaled(turn, by: scalars.imaginaryUnit())
    for jump in dissipators {
      let adjoint = try arithmetic.adjoint(jump.right)
      let square = try arithmetic.product(adjoint, jump.left)
      let kept = try arithmetic.product(adjoint, try arithmetic.product(x, jump.left))
      let lost = try arithmetic.sum(try arithmetic.product(square, x), try arithmetic.product(x, square))
      let own = try arithmetic.sum(kept, try arithmetic.scaled(lost, by: scalars.number(Rational(-1, 2))))
      sum = try arithmetic.sum(sum, try arithmetic.scaled(own, by: jump.rate))
    }
    for (word, coefficient) in x.sorted where coefficient.holdsTime {
      let slope = try scalars.derivative(coefficient, in: "t")
      if !scalars.isZero(slope) { try sum.add(slope, word, in: scalars) }
    }
    return sum
  }
}
