/// All quantities that the suite certifies.
public struct Catalogue: Sendable {
  /// The quantities of the suite.
  public static let builtIn = Catalogue()

  /// The quantity of a name.
  public func quantity(named name: String) throws(BadInput) -> Quantity { try Catalogue.quantity(named: name) }

  /// The quantities, systems one after the other.
  public static let quantities: [Quantity] =
    HarmonicQuantities.all + SpinQuantities.all + DickeQuantities.all + DickeLimitQuantities.all
    + CapacityQuantities.all + StarQuantities.all + FreedomQuantities.all + QuasiQuantities.all + FermionQuantities.all

  /// The quantity of a name.
  ///
  /// - Throws: ``BadInput`` that lists the names of the nearest system.
  public static func quantity(named name: String) throws(BadInput) -> Quantity {
    if let quantity = quantities.first(where: { $0.name == name }) { return quantity }
    let system = name.prefix { $0 != "." }
    let near = quantities.filter { $0.name.hasPrefix(system + ".") }
    let accepted = (near.isEmpty ? quantities : near).map(\.name).joined(separator: ", ")
    throw BadInput("unknown quantity '\(name.abridged)'; accepted: \(accepted)")
  }
}
