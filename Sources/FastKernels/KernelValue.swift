/// A double and how far it can be from the truth.
public struct KernelValue: Sendable, Hashable {
  /// The computed number.
  public let value: Double
  /// An upper bound of |value - exact value|, the exact value being that of the parameters given as doubles.
  public let errorBound: Double

  /// A number with its bound.
  public init(value: Double, errorBound: Double) {
    self.value = value
    self.errorBound = errorBound
  }
}

/// A kernel's answer to an input on which it proves nothing.
public struct KernelRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// What about the input is outside the domain.
  public let reason: String

  /// A refusal with its reason.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
