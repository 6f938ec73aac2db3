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
  }

  let name: String
  let kind: Kind
  /// Whether a spin stands for the symmetric states of 2J qubits.
  let isOfQubits: Bool
  let cells: ModelFormula?
  let place: YAMLEntry

  private static let accepted = "accepted: boson, qubit, fermion, spin J, spin N/2 of qubits, levels D"

  init(_ key: YAMLEntry.Key, _ names: inout ModelNames) throws(BadInput) {
    (name, place) = (key.name, key.value)
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
    guard text != "matrix" else {
      throw kindEntry.fault("spaces of matrices are not served yet; \(Self.accepted)")
    }
    _ = try key.value.keys(among: ["kind", "cells"])
    kind = try Self.kind(text, kindEntry, &names)
    isOfQubits = Self.isOfQubits(text)
    if let entry = keys.first(where: { $0.name == "cells" })?.value {
      cells = try names.formula(try entry.filledText(), entry, .number)
    } else {
      cells = nil
    }
  }

  private static let ofQubits = " of qubits"

  private static func isOfQubits(_ text: String) -> Bool { text.hasPrefix("spin ") && text.hasSuffix(ofQubits) }

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
      var length = text.dropFirst(5)
      if isOfQubits(text) { length = length.dropLast(ofQubits.count) }
      return .spin(try names.formula(String(length), place, .number))
    }
    if text.hasPrefix("levels ") {
      return .levels(try names.formula(String(text.dropFirst(7)), place, .number))
    }
    throw place.fault("'\(text.abridged)' is no factor; \(accepted)")
  }

  /// The factor with sizes left open, for its names.
  var placeholder: Factor {
    let open: Factor.Kind =
      switch kind {
      case .boson: .boson
      case .fermion: .fermion
      case .qubit: .qubit
      case .spin: .spin(twice: nil)
      case .levels: .levels(1)
      }
    return Factor(name, open, cells: cells == nil ? nil : .symbol("N"))
  }

  /// The kind in words.
  var noun: String { placeholder.noun }
}
