import Catalogue
import Expressions
import YAMLText

/// A state of one factor or cell as it stands in a file.
struct StateWord: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case fock, coherent, squeezed, thermal, up, down, plus, minus, bloch, dicke, css, level, diagonal
    case displacedSqueezed = "displaced_squeezed"

    /// How many numbers it takes.
    var arguments: ClosedRange<Int> {
      switch self {
      case .up, .down, .plus, .minus: 0...0
      case .fock, .coherent, .thermal, .dicke, .level: 1...1
      case .squeezed: 1...2
      case .css: 2...2
      case .bloch, .displacedSqueezed: 3...3
      case .diagonal: 1...4096
      }
    }

    /// How it is written.
    var example: String {
      switch self {
      case .up, .down, .plus, .minus: rawValue
      case .fock: "fock(n)"
      case .coherent: "coherent(alpha)"
      case .thermal: "thermal(nbar)"
      case .squeezed: "squeezed(r), squeezed(r, phi)"
      case .displacedSqueezed: "displaced_squeezed(alpha, r, phi)"
      case .dicke, .level: "\(rawValue)(k)"
      case .css: "css(theta, phi)"
      case .bloch: "bloch(x, y, z)"
      case .diagonal: "diagonal(p0, p1, ...)"
      }
    }
  }

  let kind: Kind
  let arguments: [Expression]
  let place: YAMLEntry

  static let allNames = Kind.allCases.map(\.rawValue) + ["gibbs", InverseTemperature.infinityName]

  /// Reads a word for a factor.
  init(
    _ text: String, _ place: YAMLEntry, of factor: FactorDeclaration, _ names: inout ModelNames
  ) throws(BadInput) {
    let written = try place.parsed(text) { text throws(ExpressionError) in try Expression(parsingModel: text) }
    try self.init(written, place, of: factor, [], &names)
  }

  /// Reads a word in which indices of sums may stand.
  init(
    _ written: Expression, _ place: YAMLEntry, of factor: FactorDeclaration, _ bound: Set<String>,
    _ names: inout ModelNames
  ) throws(BadInput) {
    let text = "\(written)"
    let (name, count): (String, Int)
    switch written.node {
    case .variable(let word): (name, count) = (word, 0)
    case .operation(.member(let word, let arguments), let parts) where arguments == parts.count:
      (name, count) = (word, arguments)
    default: (name, count) = (text, 0)
    }
    let accepted = Self.kinds(of: factor).map(\.example).joined(separator: ", ")
    guard let kind = Kind(rawValue: name), Self.kinds(of: factor).contains(kind) else {
      throw place.fault(
        "'\(text.abridged)' is no state of the \(factor.noun) '\(factor.name)'; accepted: \(accepted)")
    }
    guard kind.arguments.contains(count) else {
      throw place.fault("'\(text.abridged)' has \(count) numbers; accepted: \(kind.example)")
    }
    self.kind = kind
    self.place = place
    var read: [Expression] = []
    for part in written.node.children {
      read.append(try names.formula(written: part, place, .number, bound).expression)
    }
    arguments = read
  }

  private init(_ kind: Kind, _ arguments: [Expression], _ place: YAMLEntry) {
    (self.kind, self.arguments, self.place) = (kind, arguments, place)
  }

  /// The word with other numbers.
  func replacing(_ arguments: [Expression]) -> StateWord { StateWord(kind, arguments, place) }

  private static func kinds(of factor: FactorDeclaration) -> [Kind] {
    switch factor.kind {
    case .boson: [.fock, .coherent, .squeezed, .displacedSqueezed, .thermal, .level, .diagonal]
    case .fermion, .levels, .matrix: [.level, .diagonal]
    case .qubit: [.up, .down, .plus, .minus, .bloch, .level, .diagonal]
    case .spin: [.down, .up, .dicke, .css, .level, .diagonal]
    }
  }
}

extension StateWord: Hashable {
  static func == (a: StateWord, b: StateWord) -> Bool { a.kind == b.kind && a.arguments == b.arguments }

  func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(arguments)
  }
}
