import ArbitraryPrecision
import Expressions

/// The ring of a model's coefficients: formulas in declared names, as polynomials in names and functions.
public struct ScalarFormulas: ScalarReading, Sendable {
  private let names: Set<String>
  private let values: [String: Expression]

  /// A ring.
  ///
  /// - Parameters:
  ///   - names: names that stand for real numbers of which nothing more is known, such as the time.
  ///   - values: names with formulas in their place: values of parameters, abbreviations.
  public init(names: Set<String>, values: [String: Expression] = [:]) { (self.names, self.values) = (names, values) }

  /// A rational.
  public func number(_ value: Rational) -> ScalarPolynomial { ScalarPolynomial(GaussianRational(value)) }
  /// The imaginary unit.
  public func imaginaryUnit() -> ScalarPolynomial { ScalarPolynomial(.i) }
  /// The sum.
  public func sum(_ a: ScalarPolynomial, _ b: ScalarPolynomial) -> ScalarPolynomial { a + b }
  /// The product.
  public func product(_ a: ScalarPolynomial, _ b: ScalarPolynomial) throws -> ScalarPolynomial {
    try ScalarPolynomial.product(a, b)
  }
  /// The opposite.
  public func negation(_ a: ScalarPolynomial) -> ScalarPolynomial { -a }
  /// The conjugate.
  public func conjugate(_ a: ScalarPolynomial) -> ScalarPolynomial { a.conjugate }
  /// Whether an element is certainly zero.
  public func isZero(_ a: ScalarPolynomial) -> Bool { decision(isZero: a) == .certainlyTrue }
  /// Whether a name stands for a number.
  public func declares(_ name: String) -> Bool { names.contains(name) || values[name] != nil }
  /// The names that do.
  public var declaredNames: [String] { names.union(values.keys).sorted() }

  /// Whether an element is zero: exactly for numbers as ``Constant`` decides them; with names only where all terms
  /// cancel.
  public func decision(isZero a: ScalarPolynomial) -> Decision {
    if let number = a.number { return Decision(number.isZero) }
    guard a.names.isEmpty, a.terms.keys.allSatisfy({ $0.keys.allSatisfy(\.isVisiblyReal) }) else { return .undecided }
    var result = Decision.certainlyTrue
    for part in [\GaussianRational.real, \.imaginary] {
      let formula = a.formula(of: part)
      switch (try? Constant(formula))?.isZero {
      case .certainlyFalse: return .certainlyFalse
      case .undecided, nil: result = .undecided
      case .certainlyTrue: break
      }
    }
    return result
  }

  /// The exact element that a sum of coefficients times roots is.
  ///
  /// - Throws: ``OutsideFragment`` beyond 20000 terms.
  public func value(of sum: RadicalSum<ScalarPolynomial>) throws -> ScalarPolynomial {
    var result = ScalarPolynomial()
    for term in sum.terms {
      result =
        result
        + (term.radicand.isOne
          ? term.value : try product(term.value, root(of: number(Rational(term.radicand.integer)))))
    }
    return result
  }

  /// The reciprocal.
  ///
  /// - Throws: ``OutsideFragment`` for what is zero, or may be.
  public func reciprocal(_ a: ScalarPolynomial) throws -> ScalarPolynomial {
    if isZero(a) { throw OutsideFragment("division by zero") }
    guard a.terms.count == 1, let (monomial, coefficient) = a.terms.first, let inverse = coefficient.reciprocal else {
      return ScalarPolynomial(.sum(a), -1)
    }
    // 1/(c x y^-1): a sum that was divided by comes back as itself.
    var result = ScalarPolynomial(inverse)
    for (atom, exponent) in monomial {
      if case .sum(let whole) = atom, exponent < 0 {
        for _ in 0..<(-exponent) { result = try product(result, whole) }
      } else {
        result = try product(result, ScalarPolynomial(atom, -exponent))
      }
    }
    return result
  }

  private func root(of x: ScalarPolynomial) -> ScalarPolynomial {
    if let number = x.number, number.imaginary.signum == 0, let exact = number.real.exactSquareRoot {
      return self.number(exact)
    }
    return ScalarPolynomial(.function(.sqrt, x))
  }

  /// The element of a formula.
  ///
  /// - Throws: ``Unreadable`` at names that are not declared, and where there is no value.
  public func scalar(_ formula: Expression) throws -> ScalarPolynomial {
    do {
      return try unchecked(formula, try formula.node.children.map(scalar))
    } catch let fault as OutsideFragment {
      throw Unreadable(expression: formula, reason: fault.description)
    }
  }

  private func unchecked(_ formula: Expression, _ parts: [ScalarPolynomial]) throws -> ScalarPolynomial {
    switch formula.node {
    case .number(let value): return number(value)
    case .pi: return ScalarPolynomial(.pi)
    case .variable("i"): return imaginaryUnit()
    case .variable(let name):
      if let value = values[name] { return try scalar(value) }
      guard names.contains(name) else {
        let accepted = declaredNames.isEmpty ? "numbers" : declaredNames.joined(separator: ", ")
        throw OutsideFragment("unknown name '\(name)'; accepted: \(accepted)")
      }
      return ScalarPolynomial(.name(name))
    case .negation: return -parts[0]
    case .sum: return parts[0] + parts[1]
    case .difference: return parts[0] + -parts[1]
    case .product: return try product(parts[0], parts[1])
    // x/y^n is x (1/y)^n, so that the powers of one sum are powers of one atom.
    case .quotient(_, let b):
      guard case .power(let base, let n) = b.node, n > 0 else {
        return try product(parts[0], try reciprocal(parts[1]))
      }
      return try product(parts[0], try power(try reciprocal(try scalar(base)), n))
    case .power(_, let n): return try power(parts[0], n)
    case .generalPower:
      if let whole = parts[1].number, whole.imaginary.signum == 0,
        let n = whole.real.integer.flatMap({ Int(exactly: $0) })
      {
        return try power(parts[0], n)
      }
      return ScalarPolynomial(.power(parts[0], parts[1]))
    case .call(.sqrt, _): return root(of: parts[0])
    case .call(let function, _):
      return try ScalarFormulas.atZero(function, parts[0]) ?? ScalarPolynomial(.function(function, parts[0]))
    case .operation(.adjoint, _): return parts[0].conjugate
    case .operation(.member(let name, _), _):
      throw OutsideFragment("'\(name)' takes nothing in parentheses or brackets")
    case .operation, .quantity:
      throw OutsideFragment("a number must stand here; accepted: numbers, names, functions")
    }
  }

  /// The greatest magnitude of an exponent.
  static let greatestExponent = 4096

  private func power(_ base: ScalarPolynomial, _ n: Int) throws -> ScalarPolynomial {
    guard abs(n) <= ScalarFormulas.greatestExponent else {
      throw OutsideFragment("an exponent above \(ScalarFormulas.greatestExponent); accepted: smaller ones")
    }
    var result = one
    let factor = n < 0 ? try reciprocal(base) : base
    for _ in 0..<abs(n) { result = try product(result, factor) }
    return result
  }

  /// The value of a function at zero; nil elsewhere.
  private static func atZero(_ function: ElementaryFunction, _ x: ScalarPolynomial) throws -> ScalarPolynomial? {
    guard let number = x.number, number.isZero else { return nil }
    switch function {
    case .sqrt, .sin, .tan, .atan, .sinh, .tanh, .abs: return x
    case .cos, .cosh, .exp: return ScalarPolynomial(GaussianRational(1))
    case .log: throw OutsideFragment("the logarithm of zero")
    }
  }
}

extension ScalarPolynomial {
  /// The formula of the terms with the real or the imaginary parts of their coefficients.
  fileprivate func formula(of part: KeyPath<GaussianRational, Rational>) -> Expression {
    var result = ScalarPolynomial()
    for (monomial, coefficient) in terms { result.add(monomial, GaussianRational(coefficient[keyPath: part])) }
    return result.formula
  }
}
