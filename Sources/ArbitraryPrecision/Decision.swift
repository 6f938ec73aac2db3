/// The answer to a comparison of enclosures: certain either way, or not decided by them.
///
/// There is no `Bool` comparison of enclosures: two overlapping intervals may hold equal or different numbers.
/// Combine answers with ``and(_:)``, ``or(_:)`` and ``not``, which follow Kleene's strong logic of three values.
public enum Decision: Sendable, Hashable, CaseIterable {
  /// Holds for every choice of numbers in the enclosures.
  case certainlyTrue
  /// Fails for every choice of numbers in the enclosures.
  case certainlyFalse
  /// The enclosures do not tell.
  case undecided

  /// A certain answer from an exact test.
  public init(_ exact: Bool) {
    self = exact ? .certainlyTrue : .certainlyFalse
  }

  /// The answer to the opposite question.
  public var not: Decision {
    switch self {
    case .certainlyTrue: .certainlyFalse
    case .certainlyFalse: .certainlyTrue
    case .undecided: .undecided
    }
  }

  /// Whether both hold: false as soon as one is certainly false.
  public func and(_ other: Decision) -> Decision {
    if self == .certainlyFalse || other == .certainlyFalse { return .certainlyFalse }
    return self == .certainlyTrue && other == .certainlyTrue ? .certainlyTrue : .undecided
  }

  /// Whether at least one holds: true as soon as one is certainly true.
  public func or(_ other: Decision) -> Decision {
    self.not.and(other.not).not
  }
}
