import ArbitraryPrecision
import Expressions
import Symbolic

/// What the names in a symbolic claim stand for.
struct SymbolicSetting: Sendable {
  /// The operators, if there are any.
  let algebra: OperatorAlgebra?
  /// Coordinates and momenta, if there are any.
  let pairs: [CanonicalPair]
  /// Abbreviations, each written out in names that are none.
  let definitions: [String: Expression]
  /// The values for which names stand.
  let domains: [String: SymbolDomain]
  /// Whether every name is taken for a real number, as `for: all` says.
  let isOpen: Bool

  /// Whether two formulas are equal.
  func decide(_ left: Expression, _ right: Expression) -> IdentityDecision {
    let (a, b) = (left.substituting(definitions), right.substituting(definitions))
    if let algebra { return OperatorIdentity(a, b, algebra: algebra, domains: domains).decide() }
    return Identity(a, b, domains: domains, canonicalPairs: pairs).decide()
  }

  /// The rate of change of an observable that a Hamiltonian causes: i [H, A], or {A, H}.
  func rate(of observable: Expression, under hamiltonian: Expression) -> Expression {
    if algebra == nil { return Expression(.operation(.bracket, [observable, hamiltonian])) }
    return Expression(.variable("i")) * Expression(.operation(.commutator, [hamiltonian, observable]))
  }
}

/// Equations of motion with a start, and functions of time that are said to solve them.
struct SolutionClaim: Sendable {
  let variable: String
  let hamiltonian: Expression?
  /// In the order of the file; the observable is missing where the equations are the premise.
  let unknowns: [Unknown]

  struct Unknown: Sendable {
    let name: String
    let observable: Expression?
    let equation: Expression
    let initial: Expression
    let solution: Expression
  }
}

/// A printed statement that is wrong, and what is right in its place.
struct MisprintClaim: Sendable {
  let printed: Statement
  let derived: Statement
  /// The text of the paper.
  let asPrinted: String
  /// The text that should stand there.
  let asDerived: String
  /// What rests on it.
  let depends: String
}
