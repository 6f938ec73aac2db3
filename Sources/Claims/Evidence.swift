import ArbitraryPrecision

/// What was found, so that it can be repeated: data, of which listings make text.
public struct Evidence: Sendable {
  /// One sentence.
  public let summary: String
  /// Named details, in order.
  public let details: [Detail]

  /// A named detail.
  public struct Detail: Sendable {
    /// The name.
    public let name: String
    /// What it is.
    public let value: Value

    /// The value in words.
    public var text: String { value.text }
  }

  /// What a detail holds.
  public enum Value: Sendable, ExpressibleByStringInterpolation {
    /// Words, or a formula.
    case text(String)
    /// A number of things.
    case count(Int)
    /// Bounds between which a number certainly is.
    case enclosure(Interval)
    /// A point: parameters with the exact numbers that they were given.
    case point([(name: String, text: String)])
    /// Words in order.
    case list([String])
    /// The values that each parameter ran through, all combined.
    case grid([(name: String, values: String)])
    /// Formulas that were shown to be equal, step by step.
    case steps([(title: String, left: String, right: String)])

    /// A text.
    public init(stringLiteral text: String) { self = .text(text) }

    /// The value in words.
    public var text: String {
      switch self {
      case .text(let text): text
      case .count(let number): "\(number)"
      case .enclosure(let interval): "\(interval)"
      case .point(let parameters): parameters.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
      case .list(let words): words.joined(separator: ", ")
      case .grid(let axes): axes.map { "\($0.name): \($0.values)" }.joined(separator: "; ")
      case .steps(let steps): steps.map { "\($0.title): \($0.left) = \($0.right)" }.joined(separator: "; ")
      }
    }
  }

  /// A sentence, with named details; those without a value are left out.
  public init(_ summary: String, _ details: KeyValuePairs<String, Value?> = [:]) {
    self.summary = summary
    self.details = details.compactMap { name, value in value.map { Detail(name: name, value: $0) } }
  }
}
