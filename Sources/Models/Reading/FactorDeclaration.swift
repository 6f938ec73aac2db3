import Catalogue
import Expressions
import Operators
import YAMLText

/// A factor of the space as it stands in a file, sizes being formulas.
struct FactorDeclaration: Sendable {
  enum Kind: Sendable {
    case boson, fermion, qubit
    /// A spin of the length J.
    case spin(ModelFormula)
    case levels(ModelFormula)
    /// A factor of matrices with its size and the dimensions of its places, of which at least one is stated.
    case matrix(size: ModelFormula?, dimensions: [ModelFormula])
  }

  let name: String
  let kind: Kind
  /// Whether the factor is a spin J that stands for the symmetric states of 2J qubits: figures over all unitaries then
  /// have the 2^(2J) states of these.
  let isOfQubits: Bool
  let cells: ModelFormula?
  let place: YAMLEntry

  private static let accepted =
    "accepted: boson, qubit, fermion, spin J, spin N/2 of qubits, levels D, {kind: matrix, size: D, dims: [2, 3]}"

  init(_ key: YAMLEntry.Key, _ names: inout ModelNames) throws(BadInput) {
    (name, place) = (key.name, key.value)
    guard !StartDeclaration.reservedNames.contains(name) else {
      throw place.fault("a factor named '\(name)', which is a key of starts; accepted: another name")
    }
    guard case .mapping = key.value.content else {
      let text = try key.value.filledText()
      kind = try Self.kind(text, key.value, &names)
      isOfQubits = Self.isOfQubits(text)
      cells = nil
      return
    }
    let keys = try key.value.keys()
    guard let kindEntry = keys.first(where: { $0.name == "kind" })?.value else {
      throw key.value.fault("the key 'kind' is missing; \(Self.accepted)")
    }
    let text = try kindEntry.filledText()
    if text == "matrix" {
      kind = try Self.matrix(key.value, &names)
    } else {
      _ = try key.value.keys(among: ["kind", "cells"])
      kind = try Self.kind(text, kindEntry, &names)
    }
    isOfQubits = Self.isOfQubits(text)
    if let entry = keys.first(where: { $0.name == "cells" })?.value {
      cells = try names.formula(try entry.filledText(), entry, .number)
    } else {
      cells = nil
    }
  }

  private static func kind(
    _ text: String, _ place: YAMLEntry, _ names: inout ModelNames
  ) throws(BadInput) -> Kind {
    switch text {
    case "boson": return .boson
    case "fermion": return .fermion
    case "qubit": return .qubit
    default: break
    }
    if text.hasPrefix("spin ") {
      let length = text.dropFirst(5).dropLast(isOfQubits(text) ? ofQubits.count : 0)
      return .spin(try names.formula(String(length), place, .number))
    }
    if text.hasPrefix("levels ") {
      return .levels(try names.formula(String(text.dropFirst(7)), place, .number))
    }
    throw place.fault("'\(text.abridged)' is no factor; \(accepted)")
  }

  private static func matrix(_ entry: YAMLEntry, _ names: inout ModelNames) throws(BadInput) -> Kind {
    let keys = try entry.keys(among: ["kind", "size", "dims", "cells"])
    func value(_ name: String) -> YAMLEntry? { keys.first { $0.name == name }?.value }
    let size = try value("size").map { size throws(BadInput) in
      try names.formula(try size.filledText(), size, .number)
    }
    var dimensions: [ModelFormula] = []
    if let list = value("dims") {
      for item in try list.list() { dimensions.append(try names.formula(try item.filledText(), item, .number)) }
      guard !dimensions.isEmpty else { throw list.fault("the list is empty; accepted: dims: [2, 3]") }
      guard value("cells") == nil else { throw list.fault("'dims' of a family; accepted: 'dims' or 'cells'") }
    }
    guard size != nil || !dimensions.isEmpty else {
      throw entry.fault("the key 'size' is missing; accepted: {kind: matrix, size: 6, dims: [2, 3]}")
    }
    return .matrix(size: size, dimensions: dimensions)
  }

  private static let ofQubits = " of qubits"

  private static func isOfQubits(_ text: String) -> Bool { text.hasPrefix("spin ") && text.hasSuffix(ofQubits) }

  /// The factor with sizes left open, for its names.
  var placeholder: Factor {
    let open: Factor.Kind =
      switch kind {
      case .boson: .boson
      case .fermion: .fermion
      case .qubit: .qubit
      case .spin: .spin(twice: nil)
      case .levels: .levels(1)
      case .matrix: .matrix(MatrixSpace([]))
      }
    return Factor(name, open, cells: cells == nil ? nil : .symbol("N"))
  }

  /// Whether its cells or places are told apart by numbers.
  var isNumbered: Bool {
    if case .matrix(_, let dimensions) = kind, dimensions.count > 1 { return true }
    return cells != nil
  }

  /// The names in its sizes.
  var variables: Set<String> {
    var formulas = [cells]
    switch kind {
    case .boson, .fermion, .qubit: break
    case .spin(let size), .levels(let size): formulas.append(size)
    case .matrix(let size, let dimensions): formulas += [size] + dimensions
    }
    return formulas.reduce(into: []) { $0.formUnion($1?.expression.variables ?? []) }
  }

  /// The kind in words.
  var noun: String { placeholder.noun }
}
