import ArbitraryPrecision
import Catalogue
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

  /// The parameters of a model that are fixed, with their values.
  let fixed: [String]

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

extension SymbolicSetting {
  /// Refuses a formula that is certainly not equal to its adjoint, or on a phase space not real, with the element that
  /// shows it.
  ///
  /// - Returns: why it may not be; nil when it certainly is.
  func requireHermitian(_ formula: Expression, _ keys: YAMLMapping, _ key: String) throws(BadInput) -> String? {
    let isOperator = algebra != nil
    guard isOperator || formula.variables.contains("i") else { return nil }
    switch decide(formula, isOperator ? Expression(.operation(.adjoint, [formula])) : formula.conjugated) {
    case .equal: return nil
    case .undecided(let reason): return "the \(key) is not known to be \(isOperator ? "Hermitian" : "real"): \(reason)"
    case .different(let witness):
      let point = witness.text.isEmpty ? "" : " at \(witness.text)"
      throw keys.fault(
        key,
        isOperator
          ? """
          is not Hermitian:\(point) it \(witness.left), and its adjoint to \(witness.right); accepted: formulas that \
          equal their adjoint
          """
          : "is not real:\(point) it is \(witness.left), and its conjugate \(witness.right); accepted: real formulas")
    }
  }
}

extension Expression {
  /// The formula with i replaced by -i: the complex conjugate wherever it has a value, as all names are real.
  var conjugated: Expression {
    substituting(["i": Expression(.negation(Expression(.variable("i"))))])
  }
}
