import ArbitraryPrecision
import Expressions

/// Reads formulas in operators into polynomials.
///
/// Sums over a family whose size is a number are written out. A sum over a family whose size is a symbol becomes a
/// label, and its index stands on letters alone.
public struct OperatorReader<Scalars: ScalarReading> {
  /// A sum of words.
  public typealias Polynomial = OperatorPolynomial<Scalars.Element>

  /// The arithmetic, with the ring as the formulas read so far have left it.
  public internal(set) var arithmetic: OperatorArithmetic<Scalars>
  /// The values of names in indices, levels and ends of sums.
  private let integers: [String: Int]
  var labels = 0

  /// What an index of a sum stands for.
  enum Bound {
    case label(Int)
    /// A number; indices that hold it are taken modulo the size of a ring where the sum goes around one.
    case number(Int, modulus: Int?)
  }
  typealias Bindings = [String: Bound]

  /// Products in the order in which they are written, with coefficients.
  typealias Free = [(word: [Letter], coefficient: Scalars.Element)]

  /// A reader.
  ///
  /// - Parameters:
  ///   - factors: what names of operators stand for.
  ///   - scalars: the ring, which reads all else.
  ///   - integers: the values of names that stand in indices.
  public init(_ factors: Factors, _ scalars: Scalars, integers: [String: Int] = [:]) {
    arithmetic = OperatorArithmetic(factors: factors, ring: scalars)
    self.integers = integers
  }

  /// The ring.
  public var scalars: Scalars { arithmetic.ring }

  /// The normal form of a formula.
  ///
  /// - Throws: ``Unreadable`` with the subexpression that has none.
  public mutating func normalForm(_ expression: Expression) throws -> Polynomial {
    var result = Polynomial()
    for term in try free(expression, [:]) {
      do {
        try arithmetic.add(term.word, term.coefficient, to: &result)
      } catch let fault as OutsideFragment {
        throw Unreadable(expression: expression, reason: fault.description)
      }
    }
    return result
  }

  /// The element of a formula without operators.
  public mutating func scalar(_ expression: Expression) throws -> Scalars.Element {
    try arithmetic.ring.scalar(expression)
  }

  /// The words of a formula in the order in which they are written.
  ///
  /// - Throws: ``Unreadable`` with the subexpression that has none.
  public mutating func asWritten(_ expression: Expression) throws -> Polynomial {
    var result = Polynomial()
    for term in try free(expression, [:]) { try result.add(term.coefficient, term.word, in: arithmetic.ring) }
    return result
  }

  /// The difference of two polynomials.
  public func difference(_ a: Polynomial, _ b: Polynomial) throws -> Polynomial {
    try arithmetic.difference(a, b)
  }

  mutating func free(_ expression: Expression, _ bound: Bindings) throws -> Free {
    do {
      return try unchecked(expression, bound)
    } catch let fault as OutsideFragment {
      throw Unreadable(expression: expression, reason: fault.description)
    }
  }

  private mutating func unchecked(_ expression: Expression, _ bound: Bindings) throws -> Free {
    switch expression.node {
    case .variable, .operation(.member, _):
      guard let symbol = try symbol(expression, bound) else { return [([], try scalar(expression, bound))] }
      return try letters(symbol)
    case .number, .pi, .call, .generalPower: return [([], try scalar(expression, bound))]
    // Operands first, as for functions: they may add generators, whose relations the operation needs.
    case .negation(let a): return try negated(try free(a, bound))
    case .sum(let a, let b): return try free(a, bound) + free(b, bound)
    case .difference(let a, let b):
      let (left, right) = (try free(a, bound), try free(b, bound))
      return try left + negated(right)
    case .product(let a, let b):
      let (left, right) = (try free(a, bound), try free(b, bound))
      return try product(left, right)
    case .quotient(let a, let b):
      let (operand, divisor) = (try free(a, bound), try scalar(b, bound))
      return try scaled(operand, try arithmetic.ring.reciprocal(divisor))
    case .power(let a, let n):
      guard n >= 0 else { return [([], try scalar(expression, bound))] }
      guard holdsOperation(a) else { return [([], try scalar(expression, bound))] }
      return try power(of: a, n, bound)
    case .operation(.adjoint, let parts):
      return try free(parts[0], bound).map {
        ($0.word.reversed().map(\.adjoint), try arithmetic.ring.conjugate($0.coefficient))
      }
    case .operation(.commutator, let parts):
      let (a, b) = (try free(parts[0], bound), try free(parts[1], bound))
      return try product(a, b) + negated(try product(b, a))
    case .operation(.sum(let index), let parts): return try sum(over: index, of: parts[0], bound)
    case .operation(.cellSum(let sum), let parts): return try cellSum(sum, parts, bound)
    case .operation(.equation, _): throw OutsideFragment("an equation in a formula of operators")
    case .operation(.derivative(let name), let parts):
      return try free(parts[0], bound).map { ($0.word, try arithmetic.ring.derivative($0.coefficient, in: name)) }
    case .operation(.bracket, _): throw OutsideFragment("a Poisson bracket of operators")
    case .quantity: throw OutsideFragment("the value of a quantity")
    }
  }

  /// The greatest exponent of operators, and of sums of numbers.
  private static var greatestPowers: (operators: Int, numbers: Int) { (64, 4096) }

  private mutating func power(of base: Expression, _ n: Int, _ bound: Bindings) throws -> Free {
    var factor = try free(base, bound)
    let greatest = OperatorReader<Scalars>.greatestPowers
    if factor.allSatisfy(\.word.isEmpty) {
      guard n <= greatest.numbers else { throw OutsideFragment("a power of a sum above \(greatest.numbers)") }
      let number = try factor.reduce(arithmetic.ring.number(0)) { try arithmetic.ring.sum($0, $1.coefficient) }
      return [([], try (0..<n).reduce(arithmetic.ring.one) { power, _ in try arithmetic.ring.product(power, number) })]
    }
    guard n <= greatest.operators else { throw OutsideFragment("a power of operators above \(greatest.operators)") }
    var result: Free = [([], arithmetic.ring.one)]
    for step in 0..<n {
      // Each factor has sums of its own.
      if step > 0 { factor = try free(base, bound) }
      result = try product(result, factor)
    }
    return result
  }

  private mutating func letters(_ symbol: Factors.Symbol) throws -> Free {
    var result: Free = []
    for (letter, factor) in symbol.parts {
      var coefficient = arithmetic.ring.number(factor.real)
      if factor.imaginary.signum != 0 {
        let unit = arithmetic.ring.imaginaryUnit()
        let turned = try arithmetic.ring.product(unit, arithmetic.ring.number(factor.imaginary))
        coefficient = try arithmetic.ring.sum(coefficient, turned)
      }
      result.append(([letter], coefficient))
    }
    return result
  }

  /// A formula without operators.
  private mutating func scalar(_ expression: Expression, _ bound: Bindings) throws -> Scalars.Element {
    try requireNumbers(expression, bound)
    return try arithmetic.ring.scalar(try substituting(bound, in: expression))
  }

  private func negated(_ a: Free) throws -> Free { a.map { ($0.word, arithmetic.ring.negation($0.coefficient)) } }

  private func scaled(_ a: Free, _ factor: Scalars.Element) throws -> Free {
    try a.map { ($0.word, try arithmetic.ring.product($0.coefficient, factor)) }
  }

  private func product(_ a: Free, _ b: Free) throws -> Free {
    guard a.count * b.count <= Polynomial.greatestSize else {
      throw OutsideFragment("more than \(Polynomial.greatestSize) products of operators")
    }
    var result: Free = []
    for (left, x) in a {
      for (right, y) in b { result.append((left + right, try arithmetic.ring.product(x, y))) }
    }
    return result
  }
}

extension OperatorReader {
  /// The factors that names stand for.
  var factors: Factors { arithmetic.factors }

  /// Whether a formula holds an operator, or a sum, a commutator or an adjoint.
  func holdsOperation(_ formula: Expression) -> Bool {
    switch formula.node {
    case .variable(let name): factors.isOperator(IndexedName(name).base)
    case .operation(.member(let name, _), _): factors.isOperator(name)
    case .operation: true
    default: formula.node.children.contains(where: holdsOperation)
    }
  }

  /// The names in indices, for ends of ranges and messages.
  func value(ofInteger name: String) -> Int? { integers[name] }
}

extension OperatorReader {
  /// The polynomial of a formula in normal order: the door for formulas that users write.
  ///
  /// - Throws: an ``ExpressionError`` at the first column of what is wrong: a name of nothing or of two things, an
  ///   operator that a factor has not, an index that is out of range or of no sum, an operator where a number must
  ///   stand, or too long a formula.
  public mutating func polynomial(_ expression: Expression) throws(ExpressionError) -> Polynomial {
    if let fault = arithmetic.factors.fault(beside: scalars.declaredNames) {
      throw ExpressionError(.malformed, column: 1, fault.description)
    }
    do {
      return try normalForm(expression)
    } catch let fault as Unreadable {
      throw fault.error
    } catch {
      throw ExpressionError(.malformed, column: expression.column, "\(error)")
    }
  }
}
