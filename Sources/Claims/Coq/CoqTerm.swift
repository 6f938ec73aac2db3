import ArbitraryPrecision
import Expressions
import Symbolic

/// A formula as a term of Coq's real numbers, fully parenthesised.
///
/// Names are bound variables and keep their spelling. A formula with operators, brackets or the imaginary unit has no
/// term.
enum CoqTerm {
  static func text(_ expression: Expression) -> String? {
    let parts = expression.node.children.map(text)
    guard parts.allSatisfy({ $0 != nil }) else { return nil }
    let terms = parts.compactMap(\.self)
    switch expression.node {
    case .number(let value):
      return value.integer.map { "(\($0))" } ?? "(\(value.numerator) / \(value.denominator))"
    case .pi: return "PI"
    case .variable("i"): return nil
    case .variable(let name): return name.contains("[") ? nil : name
    case .negation: return "(- \(terms[0]))"
    case .sum: return "(\(terms[0]) + \(terms[1]))"
    case .difference: return "(\(terms[0]) - \(terms[1]))"
    case .product: return "(\(terms[0]) * \(terms[1]))"
    case .quotient: return "(\(terms[0]) / \(terms[1]))"
    case .power(_, let n): return n >= 0 ? "(\(terms[0]) ^ \(n))" : "(/ (\(terms[0]) ^ \(-n)))"
    case .generalPower: return nil
    case .call(.log, _): return "(ln \(terms[0]))"
    case .call(.abs, _): return "(Rabs \(terms[0]))"
    case .call(let function, _): return "(\(function.rawValue) \(terms[0]))"
    case .operation, .quantity: return nil
    }
  }

  /// Words of Coq, and what its library and the lemmas' proofs call by a name: bound, they would mean something else.
  private static let taken: Set<String> = [
    "R", "PI", "ln", "Rabs", "turn", "as", "at", "by", "cofix", "else", "end", "exists", "exists2", "fix", "for",
    "forall", "fun", "if", "in", "let", "match", "mod", "Prop", "return", "Set", "SProp", "then", "Type", "using",
    "where", "with",
  ]

  /// Whether a name may be that of a bound variable.
  static func isFree(_ name: String) -> Bool {
    let isWord = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII && (scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }
    return isWord && !taken.contains(name)
      && !["circle_", "hyperbola", "root_", "radical_"].contains(where: name.hasPrefix)
  }

  /// The arguments of square roots in a formula, inner ones first.
  static func radicands(_ expression: Expression) -> [Expression] {
    let inner = expression.node.children.flatMap(radicands)
    if case .call(.sqrt, let a) = expression.node { return unique(inner + [a]) }
    return unique(inner)
  }

  /// The angles of sines and cosines that are left when double angles, sums and differences are expanded.
  static func angles(_ expression: Expression) -> [Expression] {
    let inner = expression.node.children.flatMap(angles)
    switch expression.node {
    case .call(.sin, let a), .call(.cos, let a): return unique(inner + parts(ofAngle: a))
    default: return unique(inner)
    }
  }

  /// The arguments of hyperbolic functions.
  static func hyperbolic(_ expression: Expression) -> [Expression] {
    let inner = expression.node.children.flatMap(hyperbolic)
    switch expression.node {
    case .call(.sinh, let a), .call(.cosh, let a): return unique(inner + [a])
    default: return unique(inner)
    }
  }

  /// Whether an exponential stands in a formula.
  static func hasExponentials(_ expression: Expression) -> Bool {
    if case .call(.exp, _) = expression.node { return true }
    return expression.node.children.contains(where: hasExponentials)
  }

  private static func parts(ofAngle a: Expression) -> [Expression] {
    switch a.node {
    case .sum(let p, let q), .difference(let p, let q): parts(ofAngle: p) + parts(ofAngle: q)
    case .product(.number(2), let p): parts(ofAngle: p)
    default: [a]
    }
  }

  /// What stands below a division line or to a negative power.
  static func divisors(_ expression: Expression) -> [Expression] {
    let inner = expression.node.children.flatMap(divisors)
    switch expression.node {
    case .quotient(_, let b): return inner + [b]
    case .power(let a, let n) where n < 0: return inner + [a]
    case .call(.tan, let a): return inner + [Expression(.call(.cos, a))]
    default: return inner
    }
  }

  private static func unique(_ list: [Expression]) -> [Expression] {
    list.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

private func ~= (pattern: Expression, value: Expression) -> Bool { pattern == value }
