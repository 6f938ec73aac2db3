/// A parameter of a subject and the tag of its values.
public struct TaggedParameter: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The tag.
  public let kind: TaggedValue.Tag
  /// Which numbers are accepted.
  public let domain: Parameter.Domain
  /// The same in words.
  public let accepted: String

  /// A parameter whose values the subject itself checks.
  public init(_ name: String, _ kind: TaggedValue.Tag, accepted: String) {
    (self.name, self.kind, domain, self.accepted) = (name, kind, .stated(accepted), accepted)
  }

  /// A parameter of a quantity; nil for exact matrices and for lists, which have no tag.
  init?(_ parameter: Parameter) {
    (name, domain, accepted) = (parameter.name, parameter.domain, parameter.domainText)
    switch parameter.kind {
    case .integer: kind = .integer
    case .rational: kind = .rational
    case .real: kind = .binary64
    case .choice: kind = .choice
    case .matrix, .integers: return nil
    }
  }
}
