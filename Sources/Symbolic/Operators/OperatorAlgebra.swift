import Expressions

/// What the names of operators in a formula stand for.
public struct OperatorAlgebra: Sendable, Hashable {
  /// A kind of degree of freedom.
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

  /// A degree of freedom, or one for each value of an index.
  struct Mode: Sendable, Hashable {
    let name: String
    let kind: Kind
    let isIndexed: Bool
  }

  let modes: [Mode]
  /// The name of the number of values of an index; nil when there are no indices.
  public let cells: String?

  /// An algebra.
  ///
  /// - Parameters:
  ///   - single: names of degrees of freedom.
  ///   - indexed: names of families with one for each value of an index.
  ///   - cells: the name of the number of these values, such as `N`.
  public init(single: [String: Kind], indexed: [String: Kind] = [:], cells: String? = nil) {
    modes =
      single.keys.sorted().map { Mode(name: $0, kind: single[$0] ?? .boson, isIndexed: false) }
      + indexed.keys.sorted().map { Mode(name: $0, kind: indexed[$0] ?? .boson, isIndexed: true) }
    self.cells = indexed.isEmpty ? nil : cells ?? "N"
  }

  /// A letter that a name stands for, or a combination of two.
  enum Symbol {
    case letter(Letter)
    /// (raise + lower) times a factor.
    case x(raise: Letter, lower: Letter, isPauli: Bool)
    /// (raise - lower)/i times a factor.
    case y(raise: Letter, lower: Letter, isPauli: Bool)
  }

  /// The operator of a name such as `a`, `J_z` or `b[j]`; nil for a number.
  func symbol(_ name: String, bound: [String: Int]) throws -> Symbol? {
    let parsed = IndexedName(name)
    let base = parsed.base
    var index = Letter.Index.none
    if let text = parsed.index {
      if let label = bound[text] {
        index = .bound(label)
      } else if let value = parsed.number, value < 4096 {
        index = .concrete(value)
      } else {
        throw OutsideFragment("the index '\(text)' is not summed over")
      }
    }
    let parts = base.split(separator: "_", omittingEmptySubsequences: false)
    for (number, mode) in modes.enumerated() {
      guard mode.isIndexed == (index != .none) else { continue }
      func letter(_ part: Letter.Part) -> Letter { Letter(mode: number, part: part, index: index) }
      switch mode.kind {
      case .boson, .fermion: if base == mode.name { return .letter(letter(.lower)) }
      case .observable: if base == mode.name { return .letter(letter(.z)) }
      case .spin, .qubit:
        guard parts.count >= 2, parts.dropLast().joined(separator: "_") == mode.name else { continue }
        let isPauli = mode.kind == .qubit
        switch parts[parts.count - 1] {
        case "p": return .letter(letter(.raise))
        case "m": return .letter(letter(.lower))
        case "z": return .letter(letter(.z))
        case "x": return .x(raise: letter(.raise), lower: letter(.lower), isPauli: isPauli)
        case "y": return .y(raise: letter(.raise), lower: letter(.lower), isPauli: isPauli)
        default: continue
        }
      }
    }
    guard index == .none else { throw OutsideFragment("'\(base)' is no family of operators") }
    guard !isOperator(name) else { throw OutsideFragment("'\(name)' stands without its index") }
    return nil
  }
}

extension OperatorAlgebra {
  /// The names that formulas may use, families with an index j.
  public var exampleNames: [String] {
    modes.flatMap { mode in mode.kind.operatorNames(mode.name).map { mode.isIndexed ? "\($0)[j]" : $0 } }
  }

  /// Whether an operator's name has an index just where its family asks for one.
  public func isComplete(_ name: String) -> Bool {
    let parsed = IndexedName(name)
    return modes.contains { mode in
      mode.isIndexed == (parsed.index != nil) && mode.kind.operatorNames(mode.name).contains(parsed.base)
    }
  }

  /// Whether a name looks like that of an operator: a spin without its component, or with one that it has not.
  public func isNear(_ name: String) -> Bool {
    modes.contains { name == $0.name || name.hasPrefix("\($0.name)_") }
  }

  /// Whether a name stands for an operator, whatever its index.
  public func isOperator(_ name: String) -> Bool {
    let base = IndexedName(name).base
    return modes.contains { $0.kind.operatorNames($0.name).contains(base) }
  }
}

extension OperatorAlgebra.Kind {
  /// The names of the operators of a degree of freedom, without an index.
  public func operatorNames(_ name: String) -> [String] {
    switch self {
    case .boson, .fermion, .observable: [name]
    case .spin, .qubit: ["x", "y", "z", "p", "m"].map { "\(name)_\($0)" }
    }
  }
}

/// One factor of a product of operators.
struct Letter: Hashable, Comparable {
  enum Part: Int, Hashable, Comparable {
    case raise, z, lower
    static func < (a: Part, b: Part) -> Bool { a.rawValue < b.rawValue }
  }

  enum Index: Hashable, Comparable {
    case none
    case concrete(Int)
    /// A label of a sum over all values.
    case bound(Int)
  }

  let mode: Int
  let part: Part
  var index: Index

  static func < (a: Letter, b: Letter) -> Bool {
    if a.mode != b.mode { return a.mode < b.mode }
    if a.part != b.part { return a.part < b.part }
    return a.index < b.index
  }

  /// The adjoint: raising and lowering exchanged.
  var adjoint: Letter {
    let part: Part = self.part == .raise ? .lower : self.part == .lower ? .raise : .z
    return Letter(mode: mode, part: part, index: index)
  }

  /// Whether the letters may act on the same degree of freedom: certainly, certainly not, or where two labels are
  /// equal.
  func meets(_ other: Letter) -> Meeting {
    guard mode == other.mode else { return .never }
    if index == other.index { return .always }
    if case .concrete = index, case .concrete = other.index { return .never }
    return .whereEqual
  }

  enum Meeting { case always, never, whereEqual }
}
