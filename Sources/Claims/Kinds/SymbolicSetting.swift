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
  /// The name of the number of cells, as given.
  let cellsText: String?
  /// Whether every name is taken for a real number, as `for: all` says.
  let isOpen: Bool

  /// The numbers of cells for which sums are written out; nil when the number stays a symbol.
  let sizes: ClosedRange<Int>?
  /// Coordinates and momenta of which there is one for each cell.
  let families: [CanonicalPair]

  /// Whether two formulas are equal; for all sizes, where these are given.
  func decide(_ left: Expression, _ right: Expression) -> IdentityDecision {
    let (a, b) = (left.substituting(definitions), right.substituting(definitions))
    guard let sizes else { return decide(a, b, pairs) }
    var points = 0
    for size in sizes {
      func written(_ x: Expression) -> Expression {
        x.writingOutSums(cells: size).substituting([cells: .number(Rational(Integer(size)))])
      }
      let all = families.flatMap { pair in
        (0..<size).map { CanonicalPair("\(pair.coordinate)[\($0)]", "\(pair.momentum)[\($0)]") }
      }
      guard max(a.sumSize(cells: size), b.sumSize(cells: size)) <= 20_000 else {
        return .undecided("for \(cells) = \(size): the sums are too long to be written out")
      }
      let decision = decide(written(a), written(b), pairs + all, size: size)
      switch decision {
      case .equal(let count): points += count
      case .different(let witness):
        return .different(
          .init(
            point: [(name: cells, value: Rational(Integer(size)))] + witness.point, left: witness.left,
            right: witness.right))
      case .undecided(let reason): return .undecided("for \(cells) = \(size): \(reason)")
      }
    }
    return .equal(points: points)
  }

  private func decide(
    _ a: Expression, _ b: Expression, _ pairs: [CanonicalPair], size: Int? = nil
  ) -> IdentityDecision {
    let names = a.variables.union(b.variables)
    if let algebra, names.contains(where: algebra.isOperator) || a.hasSums || b.hasSums {
      return OperatorIdentity(a, b, algebra: algebra, domains: domains, size: size).decide()
    }
    return Identity(a, b, domains: domains, canonicalPairs: pairs).decide()
  }

  /// The name of the number of cells.
  var cells: String { algebra?.cells ?? cellsText ?? "N" }

  /// The rate of change of an observable under a Hamiltonian: i [H, A], or {A, H}, and its own derivative in the time t.
  func rate(of observable: Expression, under hamiltonian: Expression, time: String = "t") -> Expression {
    let own = Expression(.operation(.derivative(name: time), [observable.substituting(definitions)]))
    if algebra == nil { return Expression(.operation(.bracket, [observable, hamiltonian])) + own }
    return Expression(.variable("i")) * Expression(.operation(.commutator, [hamiltonian, observable])) + own
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
