import Expressions

/// A factor of the space, or a family of equal ones.
public struct Factor: Sendable, Hashable {
  /// What acts on it.
  public enum Kind: Sendable, Hashable {
    /// [a, a'] = 1; quanta 0, 1, 2, ... without end.
    case boson
    /// {c, c'} = 1, and all fermions of a space anticommute.
    case fermion
    /// Pauli matrices s_x, s_y, s_z, with s_p = (s_x + i s_y)/2 and s_m; the basis is `down`, `up`.
    case qubit
    /// J_x, J_y, J_z, with J_p = J_x + i J_y and J_m: [J_x, J_y] = i J_z. The basis is m = -J ... J; `twice` is 2J, nil
    /// where the length is of no matter.
    case spin(twice: Int?)
    /// |k><l| for k, l = 0 ..< D.
    case levels(Int)
    /// Matrices with names.
    case matrix(MatrixSpace)
    /// A Hermitian operator of which nothing is known; it has no matrix.
    case observable
  }

  /// A number of cells.
  public enum Size: Sendable, Hashable {
    /// As many.
    case number(Int)
    /// As many as a name says.
    case symbol(String)
  }

  /// The name in formulas.
  public let name: String
  /// What acts on it.
  public let kind: Kind
  /// The number of cells of a family; nil for a single factor, whose letters have no index.
  public let cells: Size?

  /// A factor.
  public init(_ name: String, _ kind: Kind, cells: Size? = nil) {
    (self.name, self.kind, self.cells) = (name, kind, cells)
  }

  /// The names of its operators without an index; of levels the name that takes two of them.
  public var operatorNames: [String] {
    switch kind {
    case .boson, .fermion, .observable, .levels: [name]
    case .matrix(let space): space.operators.map(\.name)
    case .spin, .qubit: SpinComponent.allCases.map { "\(name)_\($0.rawValue)" }
    }
  }

  /// The name of a matrix of this factor as one writes it; nil for one without a name.
  public func name(of matrix: SparseMatrix) -> String? {
    if case .matrix(let space) = kind { space.name(of: matrix) } else { nil }
  }

  /// Its operators as one writes them, for messages.
  public var examples: [String] {
    let index = cells == nil ? "" : "[j]"
    return switch kind {
    case .boson, .fermion: ["\(name)\(index)", "\(name)\(index)'"]
    case .levels: ["\(name)(k, l)\(index)"]
    case .observable, .qubit, .spin, .matrix: operatorNames.map { $0 + index }
    }
  }

  /// The kind in words.
  public var noun: String {
    switch kind {
    case .boson: "boson"
    case .fermion: "fermion"
    case .qubit: "qubit"
    case .spin: "spin"
    case .levels: "factor of levels"
    case .matrix: "factor of matrices"
    case .observable: "observable"
    }
  }
}

/// The suffixes of a spin's operators.
enum SpinComponent: String, CaseIterable {
  case x, y, z, p, m
}

/// A factor by its place in the order of a space.
public struct FactorID: Sendable, Hashable, Comparable {
  /// The place, from 0.
  public let position: Int

  /// The factor at a place.
  public init(_ position: Int) { self.position = position }

  /// The order of the space.
  public static func < (a: FactorID, b: FactorID) -> Bool { a.position < b.position }
}
