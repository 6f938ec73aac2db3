import ArbitraryPrecision

/// Powers with exponents that are not written as integers.
extension Expression {
  /// A power; with a constant exponent in the simplest form that has its value.
  static func power(_ base: Expression, _ exponent: Expression, column: Int = 0) -> Expression {
    guard exponent.variables.isEmpty, let constant = try? Constant(exponent) else {
      return Expression(.generalPower(base, exponent), column: column)
    }
    return Expression(power(base, constant).node, column: column)
  }

  /// A power with a constant exponent: n/2^k makes it the n-th power of k square roots, which have a value at zero,
  /// too.
  static func power(_ base: Expression, _ exponent: Constant) -> Expression {
    guard let rational = exponent.rational, let numerator = Int(exactly: rational.numerator),
      abs(numerator) <= greatestExponent,
      let roots = (0...greatestRoots).first(where: { rational.denominator == .powerOfTwo($0) })
    else { return Expression(.generalPower(base, exponent.expression)) }
    let root = (0..<roots).reduce(base) { root, _ in root.squareRoot }
    return numerator == 1 ? root : Expression(.power(root, numerator))
  }

  /// The most square roots in a row that a power is made of.
  private static let greatestRoots = 8
}
