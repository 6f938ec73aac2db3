import ArbitraryPrecision

/// A parameter as files and questions write it: exact, with a tag that says what it is.
public enum TaggedValue: Sendable, Hashable {
  /// What a value is.
  public enum Tag: String, Sendable, Hashable, CaseIterable {
    /// An integer of any size.
    case integer
    /// A double with all its bits.
    case binary64
    /// A fraction.
    case rational
    /// One of a few words.
    case choice
    /// Doubles.
    case vector
    /// Rows of complex numbers, each a pair of doubles.
    case matrix
  }

  /// `{"integer": "200"}`.
  case integer(String)
  /// `{"binary64": "0x1.8p+1"}`; NaN and infinities in invalid cases only.
  case binary64(UInt64)
  /// `{"rational": "1/3"}`.
  case rational(String)
  /// `{"choice": "flip"}`.
  case choice(String)
  /// `{"vector": ["0x1p-1", ...]}`.
  case vector([UInt64])
  /// `{"matrix": [[["0x1p-1", "0x0p+0"], ...], ...]}`: rows of real and imaginary parts.
  case matrix([[[UInt64]]])

  /// The value of a double, by its bits so that NaN equals itself.
  public static func double(_ value: Double) -> TaggedValue { .binary64(value.bitPattern) }

  /// The tag.
  public var tag: Tag {
    switch self {
    case .integer: .integer
    case .binary64: .binary64
    case .rational: .rational
    case .choice: .choice
    case .vector: .vector
    case .matrix: .matrix
    }
  }

  /// The text that the catalogue reads.
  ///
  /// - Throws: `BadInput` for a double that is no number.
  public func catalogueText(_ name: String) throws(BadInput) -> String {
    switch self {
    case .integer(let text), .rational(let text), .choice(let text): return text
    case .binary64(let bits):
      guard let exact = Rational(exactly: Double(bitPattern: bits)) else {
        throw BadInput("parameter \(name): \(Double(bitPattern: bits)) is no number; accepted: finite numbers")
      }
      return "\(exact)"
    case .vector, .matrix: throw BadInput("parameter \(name) is a \(tag.rawValue); accepted: a number or a word")
    }
  }
}
