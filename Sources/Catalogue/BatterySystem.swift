/// All that the suite has of one physical system: entered in a catalogue by one line.
public struct BatterySystem: Sendable {
  /// The name, which stands before the point in the names of its quantities.
  public let name: String
  /// What is certified of it.
  public let quantities: [Quantity]

  /// A system.
  public init(_ name: String, quantities: [Quantity]) {
    (self.name, self.quantities) = (name, quantities)
  }
}
