import ArbitraryPrecision
import Expressions
import Operators

/// That enclosures at this precision do not tell something that a value needs: more bits may.
public struct NotToldYet: Error {
  let what: String
}

/// The ring of coefficients at given parameters: exact formulas, each of which has a value.
///
/// Formulas are taken apart and put together again, where a root of a negative number or a quotient by zero could
/// cancel unseen; so every formula that is read is evaluated once, and refused when it has no value.
struct ModelScalars: ScalarReading {
  private let constants: [String: Constant]
  private let formulas: ScalarFormulas
  let values: [String: Expression]
  private let tables: [String: CouplingTable]
  private var variables: [String: DefinedComplex]
  private let context: ComplexContext
  private var memory = ScalarMemory()

  /// The same ring with enclosures of another precision.
  func enclosing(to precision: Int) -> ModelScalars {
    ModelScalars(constants, tables: tables, precision: precision)
  }

  /// The same ring with enclosures of what holds the time at a time.
  func at(_ time: Interval) -> ModelScalars {
    var result = self
    result.variables["t"] = context.real(time)
    result.memory = ScalarMemory()
    return result
  }

  /// Whether the time is given.
  private var knowsTime: Bool { variables["t"] != nil }

  /// The bits of enclosures.
  var precision: Int { context.precision }

  init(_ values: [String: Constant], tables: [String: CouplingTable] = [:], precision: Int) {
    (self.constants, self.tables) = (values, tables)
    let expressions = values.mapValues(\.expression)
    self.values = expressions
    formulas = ScalarFormulas(names: ["t"], values: expressions)
    let context = ComplexContext(precision: precision, continuesFunctions: true)
    self.context = context
    variables = values.mapValues { context.real($0.enclosure(precision: precision)) }
      .merging(["i": context.imaginaryUnit]) { first, _ in first }
  }

  func number(_ value: Rational) -> ScalarPolynomial { formulas.number(value) }
  func imaginaryUnit() -> ScalarPolynomial { formulas.imaginaryUnit() }
  func sum(_ a: ScalarPolynomial, _ b: ScalarPolynomial) -> ScalarPolynomial { formulas.sum(a, b) }
  func product(_ a: ScalarPolynomial, _ b: ScalarPolynomial) throws -> ScalarPolynomial { try formulas.product(a, b) }
  func negation(_ a: ScalarPolynomial) -> ScalarPolynomial { formulas.negation(a) }
  func conjugate(_ a: ScalarPolynomial) -> ScalarPolynomial { formulas.conjugate(a) }
  func isZero(_ a: ScalarPolynomial) -> Bool { exactDecision(isZero: a) == .certainlyTrue }
  func reciprocal(_ a: ScalarPolynomial) throws -> ScalarPolynomial { try formulas.reciprocal(a) }
  func derivative(_ a: ScalarPolynomial, in name: String) throws -> ScalarPolynomial {
    try formulas.derivative(a, in: name)
  }
  func declares(_ name: String) -> Bool { formulas.declares(name) || tables[name] != nil }
  var declaredNames: [String] { formulas.declaredNames.filter { $0 != "t" } + tables.keys.sorted().map { "\($0)[j]" } }

  /// The element of a formula that has a value.
  func scalar(_ formula: Expression) throws -> ScalarPolynomial {
    let formula = try written(formula)
    try requireValue(formula)
    return try formulas.scalar(formula)
  }

  /// The formula with entries of tables and conjugates written out.
  func written(_ formula: Expression) throws -> Expression {
    switch formula.node {
    case .number, .pi, .variable: return formula
    case .operation(.member(let name, _), let parts):
      guard let table = tables[name] else { return formula }
      return Expression(try entry(table, parts).formula.node, column: formula.column)
    case .operation(.adjoint, let parts):
      return try written(parts[0]).substituting(["i": Expression(.negation(Expression(.variable("i"))))])
    default: return formula.replacingChildren(try formula.node.children.map(written))
    }
  }

  private func entry(_ table: CouplingTable, _ indices: [Expression]) throws -> GaussianRational {
    try table.value(
      at: try indices.map { index in
        guard case .integer(let value)? = (try? Constant(try written(index).substituting(values)))?.integrality,
          let word = Int(exactly: value)
        else { throw OutsideFragment("the index '\(index)' of the table '\(table.name)' is no integer") }
        return word
      })
  }

  /// The constant that a formula is.
  ///
  /// - Throws: ``ExpressionError``, ``OutsideFragment``.
  func constant(_ formula: Expression) throws -> Constant {
    try Constant(try written(formula).substituting(values))
  }

  private func requireValue(_ formula: Expression) throws {
    // Functions of time are looked at where they act.
    guard !formula.variables.contains("t") else { return }
    let value = try evaluated(formula)
    guard !value.isDefined else { return }
    do {
      // What is made of rationals, pi and roots is decided exactly.
      _ = try Constant(formula.substituting(values))
    } catch {
      guard error.kind != .undefined else {
        throw OutsideFragment("'\("\(formula)".prefix(60))' has no value: \(error.message)")
      }
      guard !value.value.isEmpty else { throw OutsideFragment("'\("\(formula)".prefix(60))' has no value") }
      throw NotToldYet(what: "whether '\("\(formula)".prefix(60))' has a value")
    }
  }

  private func evaluated(_ formula: Expression) throws -> DefinedComplex {
    do {
      return try formula.evaluate(in: context, variables: variables)
    } catch {
      throw OutsideFragment(error.message)
    }
  }

  /// The enclosure of an element.
  func enclosure(_ element: ScalarPolynomial) throws -> ComplexInterval {
    if let number = element.number {
      return ComplexInterval(
        Interval(number.real, precision: context.precision), Interval(number.imaginary, precision: context.precision))
    }
    var sum = ComplexInterval.zero(precision: context.precision)
    var parts: [(coefficient: GaussianRational, known: ScalarMemory.Known)] = []
    for (coefficient, product) in element.products {
      parts.append((coefficient, try memory.enclosure(of: product, evaluated)))
    }
    // Sums of enclosures depend on the order in their last bits.
    if parts.count > 1 { parts.sort { $0.known.text < $1.known.text } }
    for (coefficient, known) in parts {
      let value = known.value
      guard value.isDefined else { throw NotToldYet(what: "a coefficient") }
      let factor = ComplexInterval(
        Interval(coefficient.real, precision: context.precision),
        Interval(coefficient.imaginary, precision: context.precision))
      sum = sum + factor * value.value
    }
    return sum
  }

  /// The enclosure of a sum of coefficients times roots.
  func enclosure(_ sum: RadicalSum<ScalarPolynomial>) throws -> ComplexInterval {
    var result = ComplexInterval.zero(precision: context.precision)
    for term in sum.terms {
      var value = try enclosure(term.value)
      if !term.radicand.isOne {
        let root = Interval(term.radicand.integer, precision: context.precision).squareRoot
        let zero = value.imaginary.isExactZero
        value = ComplexInterval(value.real * root, zero ? value.imaginary : value.imaginary * root)
      }
      if sum.terms.count == 1 { return value }
      result = result + value
    }
    return result
  }

  /// Whether a sum of coefficients times roots is zero.
  ///
  /// Roots of distinct squarefree numbers are independent over the complex rationals: with such coefficients a sum with
  /// terms is not zero.
  func decision(isZero sum: RadicalSum<ScalarPolynomial>) throws -> Decision {
    if sum.isZero { return .certainlyTrue }
    // A root of a positive number is not zero.
    if sum.terms.count == 1 { return try decision(isZero: sum.terms[0].value) }
    if sum.coefficients.allSatisfy({ $0.number != nil }) { return .certainlyFalse }
    let exact = formulas.decision(isZero: try formulas.value(of: sum))
    guard exact == .undecided else { return exact }
    guard knowsTime || !sum.coefficients.contains(where: \.holdsTime) else { return .undecided }
    let value = try enclosure(sum)
    return value.containsZero ? .undecided : .certainlyFalse
  }

  /// Whether an element is zero.
  func decision(isZero element: ScalarPolynomial) throws -> Decision {
    let exact = exactDecision(isZero: element)
    guard exact == .undecided, knowsTime || !element.holdsTime else { return exact }
    return try enclosure(element).containsZero ? .undecided : .certainlyFalse
  }

  /// What is decided exactly: of a number times a product of names and functions by the product alone.
  private func exactDecision(isZero element: ScalarPolynomial) -> Decision {
    if let number = element.number { return Decision(number.isZero) }
    let products = element.products
    return memory.decision(isZero: products.count == 1 ? products[0].product : element, formulas.decision)
  }

  /// The element that a sum of coefficients times roots is.
  func value(of sum: RadicalSum<ScalarPolynomial>) throws -> ScalarPolynomial { try formulas.value(of: sum) }
}
