/// All that the suite has of one physical system: entered in a catalogue by one line.
public struct BatterySystem: Sendable {
  /// The name, which stands before the point in the names of its quantities.
  public let name: String
  /// What is certified of it.
  public let quantities: [Quantity]
  /// What is asked in certified vectors beside the quantities.
  public let subjects: [Subject]
  /// The figures of its guide page.
  public let figures: [Figure]

  private let listCases: @Sendable () -> [CaseList]

  /// The cases of the vectors, a list for each quantity and subject; made when they are asked for.
  public var cases: [CaseList] { listCases() }

  /// A system.
  public init(
    _ name: String, quantities: [Quantity], subjects: [Subject] = [],
    cases: @autoclosure @escaping @Sendable () -> [CaseList] = [], figures: [Figure] = []
  ) {
    (self.name, self.quantities, self.subjects) = (name, quantities, subjects)
    (listCases, self.figures) = (cases, figures)
  }
}
