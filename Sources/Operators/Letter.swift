/// One operator of a product: what acts, on which factor, on which of its cells.
public struct Letter: Sendable, Hashable, Comparable {
  /// What a letter of a boson or a fermion does to the number of quanta.
  public enum Ladder: Sendable, Hashable, Comparable {
    /// One more, a'.
    case creation
    /// One less, a.
    case annihilation
  }

  /// The component of a spin or of Pauli matrices; x and y are combinations of `plus` and `minus`.
  public enum Component: Sendable, Hashable, Comparable {
    /// Raises m by one.
    case plus
    /// Keeps m.
    case z
    /// Lowers m by one.
    case minus
  }

  /// What acts; the cases stand in the normal order of letters of one factor.
  public enum Kind: Sendable, Hashable, Comparable {
    /// a' or a.
    case boson(Ladder)
    /// c' or c.
    case fermion(Ladder)
    /// J_p, J_z or J_m.
    case spin(Component)
    /// s_p, s_z or s_m of Pauli matrices: s_p and s_m have the element 1, s_z has -1 and 1.
    case pauli(Component)
    /// |k><l|.
    case level(Int, Int)
    /// A matrix, on all places of a factor of matrices.
    case matrix(SparseMatrix)
    /// A Hermitian operator of which nothing is known.
    case observable
  }

  /// Which cell of a family.
  public enum Cell: Sendable, Hashable, Comparable {
    /// The only one of a single factor.
    case only
    /// The cell of a number, from 0.
    case number(Int)
    /// The cell over which a sum runs, the sum being known by a label; it runs over all cells, those of other sums
    /// included.
    case label(Int)
  }

  /// The factor on which it acts.
  public let factor: FactorID
  /// What acts.
  public let kind: Kind
  /// The cell on which it acts.
  public var cell: Cell

  /// A letter.
  public init(_ factor: FactorID, _ kind: Kind, cell: Cell = .only) {
    (self.factor, self.kind, self.cell) = (factor, kind, cell)
  }

  /// The normal order: by factor, raising before z before lowering, then by cell.
  public static func < (a: Letter, b: Letter) -> Bool {
    if a.factor != b.factor { return a.factor < b.factor }
    if a.kind != b.kind { return a.kind < b.kind }
    return a.cell < b.cell
  }

  /// The adjoint.
  public var adjoint: Letter {
    let kind: Kind =
      switch self.kind {
      case .boson(let ladder): .boson(ladder == .creation ? .annihilation : .creation)
      case .fermion(let ladder): .fermion(ladder == .creation ? .annihilation : .creation)
      case .spin(let component): .spin(component.adjoint)
      case .pauli(let component): .pauli(component.adjoint)
      case .level(let k, let l): .level(l, k)
      case .matrix(let matrix): .matrix(matrix.adjoint)
      case .observable: .observable
      }
    return Letter(factor, kind, cell: cell)
  }

  /// Whether the letter is one of fermions, which change sign when they change places.
  public var isFermion: Bool { if case .fermion = kind { true } else { false } }

  /// The matrix of a letter of matrices; nil else.
  var matrix: SparseMatrix? { if case .matrix(let matrix) = kind { matrix } else { nil } }

  /// Whether letters may act on the same degree of freedom: certainly, certainly not, or where two labels are equal.
  enum Meeting { case always, never, whereEqual }

  func meets(_ other: Letter) -> Meeting {
    guard factor == other.factor else { return .never }
    if cell == other.cell { return .always }
    if case .number = cell, case .number = other.cell { return .never }
    return .whereEqual
  }
}

extension Letter.Component {
  fileprivate var adjoint: Letter.Component {
    switch self {
    case .plus: .minus
    case .z: .z
    case .minus: .plus
    }
  }
}
