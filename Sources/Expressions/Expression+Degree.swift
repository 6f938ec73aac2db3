extension Expression {
  /// The degree in some names of a polynomial in them; large where it is none.
  public func degree(in names: Set<String>) -> Int {
    if variables.isDisjoint(with: names) { return 0 }
    switch node {
    case .variable: return 1
    case .negation(let a): return a.degree(in: names)
    case .sum(let a, let b), .difference(let a, let b): return max(a.degree(in: names), b.degree(in: names))
    case .product(let a, let b): return min(a.degree(in: names) + b.degree(in: names), 1000)
    case .quotient(let a, let b): return b.variables.isDisjoint(with: names) ? a.degree(in: names) : 1000
    case .power(let a, let n): return n == 1 ? a.degree(in: names) : 1000
    default: return 1000
    }
  }
}
