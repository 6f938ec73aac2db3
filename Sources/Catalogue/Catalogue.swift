/// What is certified: systems with their quantities, looked up by name.
///
/// A value: built-in systems and others alike are handed in, and ``adding(_:)`` gives a catalogue with more.
public struct Catalogue: Sendable {
  /// The systems, in order.
  public let systems: [BatterySystem]
  /// The quantities of all systems, one system after the other.
  public let quantities: [Quantity]
  private let places: [String: Int]

  /// A catalogue of systems.
  ///
  /// - Throws: ``BadInput`` when two systems or two quantities have one name, and for a quantity whose declaration does
  ///   not hold together.
  public init(_ systems: [BatterySystem]) throws(BadInput) {
    self.systems = systems
    quantities = systems.flatMap(\.quantities)
    var places: [String: Int] = [:]
    for (place, quantity) in quantities.enumerated() {
      try quantity.checkDeclaration()
      guard places.updateValue(place, forKey: quantity.name) == nil else {
        throw BadInput("two quantities are named '\(quantity.name)'; accepted: one of a name")
      }
    }
    self.places = places
    let names = systems.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw BadInput("two systems are named '\(twice)'; accepted: one of a name")
    }
  }

  /// What certified vectors are about, the quantities first, with their cases, which are made now.
  public var subjects: SubjectList {
    SubjectList(quantities.compactMap(Subject.init) + systems.flatMap(\.subjects), systems.flatMap(\.cases))
  }

  /// The figures of all systems.
  public var figures: [Figure] { systems.flatMap(\.figures) }

  /// This catalogue with another system.
  ///
  /// - Throws: ``BadInput`` when a name is taken.
  public func adding(_ system: BatterySystem) throws(BadInput) -> Catalogue { try Catalogue(systems + [system]) }

  /// The quantity of a name.
  ///
  /// - Throws: ``BadInput`` that lists the names of the nearest system, and the name that was meant where one is near.
  public func quantity(named name: String) throws(BadInput) -> Quantity {
    if let place = places[name] { return quantities[place] }
    let system = name.prefix { $0 != "." }
    var near = quantities.filter { $0.name.hasPrefix(system + ".") }
    // A name without its system.
    if near.isEmpty { near = quantities.filter { $0.name.hasSuffix("." + name) } }
    let accepted = (near.isEmpty ? quantities : near).map(\.name).joined(separator: ", ")
    let meant = Suggestion.name(for: name, among: quantities.map(\.name)).map { "; did you mean \($0)?" } ?? ""
    throw BadInput("unknown quantity '\(name.abridged)'; accepted: \(accepted)\(meant)")
  }
}
