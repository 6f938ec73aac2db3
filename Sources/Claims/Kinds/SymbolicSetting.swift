import ArbitraryPrecision
import Expressions
import Symbolic

/// What the names in the formulas of a claim stand for, when abbreviations and unknowns are written out.
struct SymbolicSetting: Sendable {
  /// The operators, if there are any.
  let algebra: OperatorAlgebra?
  /// Coordinates and momenta, if there are any.
  let pairs: [CanonicalPair]
  /// The values for which names stand.
  let domains: [String: SymbolDomain]
  /// The name of the number of cells, as given.
  let cellsName: String?
  /// Whether every name is taken for a real number, as `for: all` says.
  let isOpen: Bool
  /// The names that are.
  let openNames: [String]

  /// The numbers of cells for which sums are written out; nil when the number stays a symbol.
  let sizes: ClosedRange<Int>?
  /// Coordinates and momenta of which there is one for each cell.
  let families: [CanonicalPair]

  /// Whether two formulas are equal; for all sizes, where these are given.
  func decide(_ a: Expression, _ b: Expression) -> IdentityDecision {
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
    if let algebra, names.contains(where: algebra.isOperator) || a.hasOperations || b.hasOperations {
      return OperatorIdentity(a, b, algebra: algebra, domains: domains, size: size).decide()
    }
    return Identity(a, b, domains: domains, canonicalPairs: pairs).decide()
  }

  /// The name of the number of cells.
  var cells: String { cellsName ?? "N" }

  /// The rate of change of an observable under a Hamiltonian: i [H, A], or {A, H}, and its own derivative in the time,
  /// where there is one.
  func rate(of observable: Expression, under hamiltonian: Expression, time: String?) -> Expression {
    let change =
      algebra == nil
      ? Expression(.operation(.bracket, [observable, hamiltonian]))
      : Expression(.variable("i")) * Expression(.operation(.commutator, [hamiltonian, observable]))
    guard let time, observable.variables.contains(time) else { return change }
    return change + Expression(.operation(.derivative(name: time), [observable]))
  }
}

/// The rate of change of an observable.
struct MotionClaim: Sendable {
  /// The name that the statement gives the rate.
  let name: String
  let hamiltonian: Expression
  let observable: Expression
  /// What the rate is said to be.
  let rate: Expression
  /// The name of the time; nil where `t` is a parameter.
  let time: String?
  /// Why the Hamiltonian may not be Hermitian; nil where it certainly is.
  let doubt: String?
}

/// Equations of motion with a start, and functions of time that are said to solve them.
struct SolutionClaim: Sendable {
  let time: String
  let hamiltonian: Expression?
  /// In the order of the file; the observable is missing where the equations are the premise.
  let unknowns: [Unknown]
  /// What holds in the states of which the claim speaks.
  let sector: [Conserved]
  let statement: Equality
  /// Why the Hamiltonian may not be Hermitian; nil where it certainly is.
  let doubt: String?

  struct Unknown: Sendable {
    let name: String
    let observable: Expression?
    let equation: Expression
    let initial: Expression
    let solution: Expression
  }

  /// A conserved quantity with its value: states are eigenstates of it.
  struct Conserved: Sendable {
    let quantity: Expression
    let value: Expression
  }
}

/// A printed statement that is wrong, and what is right in its place.
struct MisprintClaim: Sendable {
  let printed: Equality
  let derived: Equality
  /// The text of the paper.
  let asPrinted: String
  /// The text that should stand there.
  let asDerived: String
  /// What rests on it.
  let depends: String
}
