import ArbitraryPrecision
import Expressions

/// Reads formulas in operators into normal order.
struct OperatorReader {
  var arithmetic: OperatorArithmetic
  private var labels = 0

  /// Products in the order in which they are written, with coefficients.
  private typealias Free = [(word: [Letter], coefficient: RationalFunction)]

  init(_ algebra: OperatorAlgebra, _ field: SymbolicField) {
    arithmetic = OperatorArithmetic(algebra: algebra, field: field)
  }

  /// The normal form of a formula.
  ///
  /// - Throws: ``Unreadable`` with the subexpression that has none.
  mutating func normalForm(_ expression: Expression) throws -> OperatorForm {
    var result = OperatorForm()
    for term in try free(expression, [:]) {
      do {
        try arithmetic.add(term.word, term.coefficient, to: &result)
      } catch let fault as OutsideFragment {
        throw Unreadable(expression: expression, reason: fault.description)
      }
    }
    return result
  }

  mutating func difference(_ a: OperatorForm, _ b: OperatorForm) throws -> OperatorForm {
    try arithmetic.sum(a, try arithmetic.scaled(b, by: RationalFunction(-1)))
  }

  private mutating func free(_ expression: Expression, _ bound: [String: Int]) throws -> Free {
    do {
      return try unchecked(expression, bound)
    } catch let fault as OutsideFragment {
      throw Unreadable(expression: expression, reason: fault.description)
    }
  }

  private mutating func unchecked(_ expression: Expression, _ bound: [String: Int]) throws -> Free {
    switch expression.node {
    case .variable(let name):
      try requireNoIndex([name], bound)
      guard let symbol = try arithmetic.algebra.symbol(name, bound: bound) else {
        return [([], try arithmetic.field.normalForm(expression))]
      }
      return try letters(symbol)
    case .number, .pi, .call: return [([], try scalar(expression, bound))]
    // Operands first, as for functions: they may add generators, whose relations the operation needs.
    case .negation(let a):
      let operand = try free(a, bound)
      return try scaled(operand, RationalFunction(-1))
    case .sum(let a, let b): return try free(a, bound) + free(b, bound)
    case .difference(let a, let b):
      let (left, right) = (try free(a, bound), try free(b, bound))
      return try left + scaled(right, RationalFunction(-1))
    case .product(let a, let b):
      let (left, right) = (try free(a, bound), try free(b, bound))
      return try product(left, right)
    case .quotient(let a, let b):
      let (operand, divisor) = (try free(a, bound), try scalar(b, bound))
      return try scaled(operand, try arithmetic.field.quotient(.one, divisor))
    case .power(let a, let n):
      guard n >= 0 else {
        let base = try scalar(a, bound)
        return [([], try arithmetic.field.power(base, n))]
      }
      guard n <= 64 else { throw OutsideFragment("a power of operators above 64") }
      var result: Free = [([], .one)]
      for _ in 0..<n {
        let factor = try free(a, bound)
        result = try product(result, factor)
      }
      return result
    case .generalPower(let a, let b):
      let (base, exponent) = (try scalar(a, bound), try scalar(b, bound))
      return [([], try arithmetic.field.power(base, exponent))]
    case .operation(.adjoint, let parts):
      return try free(parts[0], bound).map {
        ($0.word.reversed().map(\.adjoint), try arithmetic.field.conjugate($0.coefficient))
      }
    case .operation(.commutator, let parts):
      let (a, b) = (try free(parts[0], bound), try free(parts[1], bound))
      return try product(a, b) + scaled(try product(b, a), RationalFunction(-1))
    case .operation(.sum(let index), let parts):
      guard arithmetic.algebra.cells != nil else { throw OutsideFragment("a sum without indexed operators") }
      var inner = bound
      inner[index] = labels
      let label = labels
      labels += 1
      return try free(parts[0], inner).map { term in
        // A term without the index is counted once for each cell.
        guard !term.word.contains(where: { $0.index == .bound(label) }), let cells = arithmetic.algebra.cells else {
          return term
        }
        let count = arithmetic.field.value(of: .parameter(cells))
        return (term.word, try arithmetic.field.product(term.coefficient, count))
      }
    case .operation(.derivative(let name), let parts):
      let parameter = arithmetic.field.number(of: .parameter(name))
      return try free(parts[0], bound).map {
        ($0.word, try arithmetic.field.derivative($0.coefficient, parameter))
      }
    case .operation(.bracket, _): throw OutsideFragment("a Poisson bracket of operators")
    case .quantity: throw OutsideFragment("the value of a quantity")
    }
  }

  private mutating func letters(_ symbol: OperatorAlgebra.Symbol) throws -> Free {
    switch symbol {
    case .letter(let letter): return [([letter], .one)]
    case .x(let raise, let lower, let isPauli):
      let factor = RationalFunction(isPauli ? 1 : Rational(1, 2))
      return [([raise], factor), ([lower], factor)]
    case .y(let raise, let lower, let isPauli):
      let unit = arithmetic.field.value(of: .imaginaryUnit)
      let factor = try arithmetic.field.product(unit, RationalFunction(isPauli ? -1 : Rational(-1, 2)))
      return [([raise], factor), ([lower], arithmetic.field.negation(factor))]
    }
  }

  /// A formula without operators.
  private mutating func scalar(_ expression: Expression, _ bound: [String: Int]) throws -> RationalFunction {
    try requireNoIndex(expression.variables, bound)
    for name in expression.variables where try arithmetic.algebra.symbol(name, bound: bound) != nil {
      throw OutsideFragment("an operator where a number must stand")
    }
    return try arithmetic.field.normalForm(expression)
  }

  /// The index of a sum over a symbolic number of cells is no number of the field.
  private func requireNoIndex(_ names: Set<String>, _ bound: [String: Int]) throws {
    guard let name = names.sorted().first(where: { bound[$0] != nil }) else { return }
    throw OutsideFragment("the index '\(name)' as a number")
  }

  private func scaled(_ a: Free, _ factor: RationalFunction) throws -> Free {
    try a.map { ($0.word, try arithmetic.field.product($0.coefficient, factor)) }
  }

  private func product(_ a: Free, _ b: Free) throws -> Free {
    guard a.count * b.count <= OperatorForm.greatestSize else {
      throw OutsideFragment("more than \(OperatorForm.greatestSize) products of operators")
    }
    var result: Free = []
    for (left, x) in a {
      for (right, y) in b { result.append((left + right, try arithmetic.field.product(x, y))) }
    }
    return result
  }
}

extension SymbolicField {
  /// The complex conjugate for real parameters: i replaced by -i, and turns by their inverses.
  ///
  /// - Throws: ``OutsideFragment`` where an argument of a function may not be real.
  func conjugate(_ x: RationalFunction) throws -> RationalFunction {
    for generator in x.generators {
      switch generators[generator] {
      case .turn(let argument), .exponential(let argument), .function(_, let argument):
        guard isVisiblyReal(argument) else { throw OutsideFragment("the adjoint of a function that may not be real") }
      case .integerPower(let p, _):
        guard isVisiblyReal(RationalFunction(normal: p)) else {
          throw OutsideFragment("the adjoint of a power that may not be real")
        }
      case .root(let p, let q):
        guard isVisiblyReal(RationalFunction(normal: p, q)) else {
          throw OutsideFragment("the adjoint of a root that may not be real")
        }
      case .parameter, .pi, .imaginaryUnit, .alternation: continue
      }
    }
    let ((p, shift), (q, other)) = (conjugate(x.numerator), conjugate(x.denominator))
    return try quotient(p.shifted(by: other), q.shifted(by: shift))
  }

  /// The conjugate of a polynomial as a polynomial over a monomial.
  private func conjugate(_ p: Polynomial) -> (Polynomial, over: Monomial) {
    let turns = p.generators.filter { if case .turn = generators[$0] { true } else { false } }
    let i = numberOfImaginaryUnit
    var top = Monomial.one
    for turn in turns {
      top = top * Monomial(turn, p.terms.keys.map { $0.exponent(of: turn) }.max() ?? 0)
    }
    var result = Polynomial.zero
    for (monomial, coefficient) in p.terms {
      var mirrored = monomial
      for turn in turns {
        mirrored = mirrored.without(turn) * Monomial(turn, top.exponent(of: turn) - monomial.exponent(of: turn))
      }
      let isOdd = i.map { monomial.exponent(of: $0) % 2 == 1 } ?? false
      result.add(isOdd ? -coefficient : coefficient, mirrored)
    }
    return (result, top)
  }
}
