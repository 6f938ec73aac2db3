import ArbitraryPrecision
import Expressions
import Operators

/// Formulas that are worked out, to be shown or to be used.
public struct DerivedFormula: Sendable {
  private let algebra: OperatorAlgebra?
  private let domains: [String: SymbolDomain]
  private let pairs: [CanonicalPair]

  /// The names in the formulas: those of operators, the values of others, and coordinates with their momenta.
  public init(algebra: OperatorAlgebra?, domains: [String: SymbolDomain], canonicalPairs: [CanonicalPair] = []) {
    self.algebra = algebra
    self.domains = algebra?.cells.map { domains.merging([$0: .integers]) { $1 } } ?? domains
    pairs = canonicalPairs
  }

  /// The normal form of a formula; nil where it has none.
  public func normalForm(of expression: Expression) -> Expression? {
    try? SymbolicField.working(domains, canonicalPairs: pairs) { field in
      guard let algebra else {
        // First the form, which adds generators, then its text.
        let form = try field.normalForm(expression)
        return try field.formula(form)
      }
      var reader = OperatorReader(algebra.factors, field)
      let form = try reader.normalForm(expression)
      return try reader.arithmetic.formula(form)
    }
  }

  /// The mean of an operator as a combination of named means, a formula in their names; nil where it is not seen to be
  /// one.
  ///
  /// - Parameters:
  ///   - observables: names with the operators whose means they stand for.
  ///   - sector: Hermitian conserved quantities with the values that they have in all states.
  public func mean(
    of target: Expression, in observables: [(name: String, operator: Expression)],
    sector: [(quantity: Expression, value: Expression)]
  ) -> Expression? {
    spanning(observables, [target], sector) { span, forms throws -> Expression? in
      guard let form = forms.first, let combination = try span.combination(of: form) else { return nil }
      return try DerivedFormula.formula(combination, span)
    } ?? nil
  }

  /// Formulas in the names of means that vanish in every state, of the sector where one is given; `conj(x)` is the
  /// conjugate of the mean x.
  public func relations(
    among observables: [(name: String, operator: Expression)], sector: [(quantity: Expression, value: Expression)]
  ) -> [Expression] {
    let conjugates = observables.map { observable in
      (name: "conj(\(observable.name))", operator: Expression(.operation(.adjoint, [observable.operator])))
    }
    return spanning(observables + conjugates, [], sector) { span, _ in
      try span.vanishing().compactMap { try DerivedFormula.formula($0, span) }
    } ?? []
  }

  private func spanning<Result>(
    _ observables: [(name: String, operator: Expression)], _ targets: [Expression],
    _ sector: [(quantity: Expression, value: Expression)], _ body: (OperatorSpan, [OperatorForm]) throws -> Result
  ) -> Result? {
    guard let algebra else { return nil }
    return try? SymbolicField.working(domains) { field -> Result in
      var reader = OperatorReader(algebra.factors, field)
      let forms = try targets.map { try reader.normalForm($0) }
      let operators = try observables.map { (name: $0.name, form: try reader.normalForm($0.operator)) }
      let conserved = try sector.map {
        (form: try reader.normalForm($0.quantity), value: try reader.scalar($0.value))
      }
      var span = OperatorSpan(reader.arithmetic)
      // Sectors first: they take away what observables do not hold.
      for quantity in conserved {
        try span.add(quantity.form, value: quantity.value, for: forms + operators.map(\.form))
      }
      for observable in operators { try span.add(observable.form, named: observable.name) }
      return try body(span, forms)
    }
  }

  /// A combination of means as a formula in their names; nil where what is written does not mean what was found.
  private static func formula(_ combination: [String: RationalFunction], _ span: OperatorSpan) throws -> Expression? {
    var field = span.arithmetic.ring
    var result: Expression?
    for (name, coefficient) in combination.sorted(by: { $0.key > $1.key }) {
      let factor = try field.formula(coefficient)
      let meant = try field.normalForm(factor)
      guard try field.equals(meant, coefficient) else { return nil }
      result = Expression.adding(factor, times: name.isEmpty ? [] : [Expression(.variable(name))], to: result)
    }
    return result ?? .number(0)
  }
}
