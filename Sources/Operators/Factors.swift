import ArbitraryPrecision
import Expressions

/// The factors of a space in order: what the names of operators in a formula stand for.
public struct Factors: Sendable, Hashable {
  /// The factors in order.
  public let all: [Factor]

  /// Factors in order; where two of them share a name, ``clash`` says so, and the first one has it.
  public init(_ all: [Factor]) { self.all = all }

  /// The factor at a place.
  public subscript(id: FactorID) -> Factor { all[id.position] }

  /// The name of the first symbolic size; nil where there is none.
  public var symbolicSize: String? {
    for case .symbol(let name)? in all.map(\.cells) { return name }
    return nil
  }

  /// Two factors of which a name of an operator, or the name itself, is the same; nil where all are told apart.
  public var clash: (name: String, first: FactorID, second: FactorID)? {
    var owners: [String: FactorID] = [:]
    for (position, factor) in all.enumerated() {
      for name in Set(factor.operatorNames + [factor.name]).sorted() {
        if let first = owners[name] { return (name, first, FactorID(position)) }
        owners[name] = FactorID(position)
      }
    }
    return nil
  }

  /// What is wrong with the names: one that no formula can have, that has a meaning of its own there, or that two
  /// factors share; nil where each is one name for one thing.
  ///
  /// - Parameter others: names of numbers in the same formulas.
  public func fault(beside others: some Collection<String> = []) -> OutsideFragment? {
    let reserved = Set(["i", "pi", "sum", "chain", "ring", "pairs"] + ElementaryFunction.allCases.map(\.rawValue))
    for factor in all {
      guard let first = factor.name.first, first.isLetter, first.isASCII,
        factor.name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
      else { return OutsideFragment("'\(factor.name)' is no name; accepted: letters, digits and _, a letter first") }
      for name in factor.operatorNames + [factor.name] {
        if reserved.contains(name) { return OutsideFragment("'\(name)' has a meaning of its own in formulas") }
        if others.contains(name) { return OutsideFragment("'\(name)' is a number and an operator of '\(factor.name)'") }
      }
    }
    return clash.map { OutsideFragment("'\($0.name)' is of '\(self[$0.first].name)' and of '\(self[$0.second].name)'") }
  }

  /// What a name in a formula stands for: a letter, or a combination of two.
  public enum Symbol: Sendable, Hashable {
    /// The letter.
    case letter(Letter)
    /// x of a spin or a qubit, (plus + minus) times a factor.
    case x(plus: Letter, minus: Letter, isPauli: Bool)
    /// y of a spin or a qubit, (plus - minus)/i times a factor.
    case y(plus: Letter, minus: Letter, isPauli: Bool)

    /// The letters with their factors.
    public var parts: [(letter: Letter, factor: GaussianRational)] {
      switch self {
      case .letter(let letter): return [(letter, GaussianRational(1))]
      case .x(let plus, let minus, let isPauli):
        let factor = GaussianRational(isPauli ? 1 : Rational(1, 2))
        return [(plus, factor), (minus, factor)]
      case .y(let plus, let minus, let isPauli):
        let factor = GaussianRational(0, isPauli ? -1 : Rational(-1, 2))
        return [(plus, factor), (minus, -factor)]
      }
    }
  }

  /// The factor that a name of an operator belongs to, whatever its index; nil for other names.
  public func factor(ofOperator base: String) -> FactorID? {
    all.firstIndex { $0.operatorNames.contains(base) }.map { FactorID($0) }
  }

  /// Whether a name, without its index, stands for an operator.
  public func isOperator(_ base: String) -> Bool { factor(ofOperator: base) != nil }

  /// The operator of a name of a factor, on a cell, with the two indices of levels.
  ///
  /// - Throws: ``OutsideFragment`` for levels that the factor has not.
  public func symbol(
    _ base: String, of id: FactorID, cell: Letter.Cell, levels: (Int, Int)? = nil
  ) throws -> Symbol {
    func letter(_ kind: Letter.Kind) -> Letter { Letter(id, kind, cell: cell) }
    let factor = self[id]
    switch factor.kind {
    case .boson: return .letter(letter(.boson(.annihilation)))
    case .fermion: return .letter(letter(.fermion(.annihilation)))
    case .observable: return .letter(letter(.observable))
    case .matrix(let space):
      // Labels are made equal by exchanges, which products of matrices know nothing of.
      if case .label = cell { throw OutsideFragment("the matrix '\(base)' on a number of cells that is a symbol") }
      guard let matrix = space.operators.first(where: { $0.name == base })?.matrix else {
        throw OutsideFragment("'\(base)' is no operator; accepted: \(factor.examples.joined(separator: ", "))")
      }
      return .letter(letter(.matrix(matrix)))
    case .levels(let count):
      guard let (k, l) = levels else {
        throw OutsideFragment("'\(base)' stands without its levels; accepted: \(factor.examples[0])")
      }
      for level in [k, l] where !(0..<count).contains(level) {
        throw OutsideFragment("the level \(level) of '\(base)' is none; accepted: 0 to \(count - 1)")
      }
      return .letter(letter(.level(k, l)))
    case .spin, .qubit:
      let isPauli = factor.kind == .qubit
      func component(_ component: Letter.Component) -> Letter {
        letter(isPauli ? .pauli(component) : .spin(component))
      }
      switch SpinComponent(rawValue: String(base.dropFirst(factor.name.utf8.count + 1))) {
      case .p: return .letter(component(.plus))
      case .m: return .letter(component(.minus))
      case .z: return .letter(component(.z))
      case .x: return .x(plus: component(.plus), minus: component(.minus), isPauli: isPauli)
      case .y: return .y(plus: component(.plus), minus: component(.minus), isPauli: isPauli)
      case nil: throw OutsideFragment("'\(base)' is no operator; accepted: \(factor.examples.joined(separator: ", "))")
      }
    }
  }

  /// Why a name stands for nothing, with what is accepted: a factor without the component that it needs, an operator
  /// that the factor has not, or a name of nothing.
  func refusal(of name: String, accepted: [String]) -> String {
    let near = all.first { name == $0.name || name.hasPrefix("\($0.name)_") }
    guard let near else {
      let known = (accepted + all.flatMap(\.examples)).joined(separator: ", ")
      return "unknown name '\(name)'; accepted: \(known.isEmpty ? "numbers" : known)"
    }
    let examples = near.examples.joined(separator: ", ")
    return "'\(name)' is no operator of the \(near.noun) '\(near.name)'; accepted: \(examples)"
  }
}
