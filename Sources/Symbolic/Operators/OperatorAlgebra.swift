import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// What the names of operators in the formulas of a claim stand for.
public struct OperatorAlgebra: Sendable, Hashable {
  /// A kind of degree of freedom, by its word in claim files.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// [a, a'] = 1.
    case boson
    /// {c, c'} = 1; all fermions anticommute.
    case fermion
    /// A spin of any length, with names J_x, J_y, J_z, J_p = J_x + i J_y and J_m: [J_x, J_y] = i J_z.
    case spin
    /// A Hermitian operator of which nothing is known.
    case observable
    /// Pauli matrices, with names s_x, s_y, s_z, s_p = (s_x + i s_y)/2 and s_m.
    case qubit
  }

  /// The degrees of freedom in order.
  public let factors: Factors
  /// Formulas in parameters for twice the length of spins, by the places of their factors; spins without one have any
  /// length.
  let twiceLengths: [FactorID: Expression]
  /// The name of the number of values of an index; nil when there are no indices.
  public var cells: String? { factors.symbolicSize }

  /// An algebra.
  ///
  /// - Parameters:
  ///   - single: names of degrees of freedom.
  ///   - indexed: names of families with one for each value of an index.
  ///   - cells: the name of the number of these values, such as `N`.
  public init(single: [String: Kind], indexed: [String: Kind] = [:], cells: String? = nil) {
    func factors(_ kinds: [String: Kind], _ size: Factor.Size?) -> [Factor] {
      kinds.sorted { $0.key < $1.key }.map { Factor($0.key, $0.value.factorKind, cells: size) }
    }
    self.factors = Factors(factors(single, nil) + factors(indexed, .symbol(cells ?? "N")))
    twiceLengths = [:]
  }

  /// The algebra of a space.
  ///
  /// - Parameter twiceLengths: formulas in parameters for twice the length of spins.
  public init(_ factors: Factors, twiceLengths: [FactorID: Expression]) {
    (self.factors, self.twiceLengths) = (factors, twiceLengths)
  }

  /// The parameters on which lengths of spins depend.
  var lengthNames: Set<String> { twiceLengths.values.reduce(into: []) { $0.formUnion($1.variables) } }

  /// Twice the lengths of the spins at a point, those without a formula as they are given.
  ///
  /// - Returns: nil where a spin has none at this point.
  func lengths(_ others: [Int], at point: [String: Rational]) -> [Int]? {
    var lengths = others
    let values = point.mapValues { Expression.number($0) }
    for (id, formula) in twiceLengths {
      guard case .integer(let twice)? = (try? Constant(formula.substituting(values)))?.integrality,
        let word = Int(exactly: twice), (0...1000).contains(word)
      else { return nil }
      lengths[id.position] = word
    }
    return lengths
  }

  /// A value of a parameter on which the length of a spin depends: small, for a basis state to be met.
  func smallSample(_ domain: SymbolDomain, _ random: inout SplitMix64) -> Rational {
    guard domain.isInteger else { return domain.sample(&random) }
    var least = 1
    if case .integersFrom(let bound) = domain { least = bound ?? 0 }
    return Rational(Integer(least + Int(random.next() % 9)))
  }

  /// The operator of a name such as `a`, `J_z` or `b[j]`, with the cells that indices stand for; nil for a number.
  func symbol(_ name: String, cells indices: [String: Int]) throws -> Factors.Symbol? {
    let parsed = IndexedName(name)
    var cell = Letter.Cell.only
    if let text = parsed.index {
      guard let number = indices[text] ?? parsed.number else {
        throw OutsideFragment("the index '\(text)' is not summed over")
      }
      cell = .number(number)
    }
    guard let id = factors.factor(ofOperator: parsed.base), (factors[id].cells != nil) == (parsed.index != nil) else {
      guard parsed.index == nil, !isOperator(name) else { throw OutsideFragment("'\(name)' has the wrong index") }
      return nil
    }
    return try factors.symbol(parsed.base, of: id, cell: cell)
  }
}

extension OperatorAlgebra {
  /// The names that formulas may use, families with an index j.
  public var exampleNames: [String] {
    factors.all.flatMap { factor in factor.operatorNames.map { factor.cells == nil ? $0 : "\($0)[j]" } }
  }

  /// Whether an operator's name has an index just where its family asks for one.
  public func isComplete(_ name: String) -> Bool {
    let parsed = IndexedName(name)
    return factors.all.contains { factor in
      (factor.cells != nil) == (parsed.index != nil) && factor.operatorNames.contains(parsed.base)
    }
  }

  /// Whether a name looks like that of an operator: a spin without its component, or with one that it has not.
  public func isNear(_ name: String) -> Bool {
    factors.all.contains { name == $0.name || name.hasPrefix("\($0.name)_") }
  }

  /// Whether a name stands for an operator, whatever its index.
  public func isOperator(_ name: String) -> Bool { factors.isOperator(IndexedName(name).base) }
}

extension OperatorAlgebra.Kind {
  /// The names of the operators of a degree of freedom, without an index.
  public func operatorNames(_ name: String) -> [String] { Factor(name, factorKind).operatorNames }

  fileprivate var factorKind: Factor.Kind {
    switch self {
    case .boson: .boson
    case .fermion: .fermion
    case .spin: .spin(twice: nil)
    case .observable: .observable
    case .qubit: .qubit
    }
  }
}
