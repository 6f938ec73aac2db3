import ArbitraryPrecision
import Expressions

/// A parameter with a value that Swift code gives it, `.set(.cells, to: 50)`.
public struct Setting: Sendable {
  let name: String
  let text: String

  /// An integer.
  public static func set(_ key: IntegerKey, to value: Integer) -> Setting {
    Setting(name: key.name, text: "\(value)")
  }

  /// A rational number.
  public static func set(_ key: RationalKey, to value: Rational) -> Setting {
    Setting(name: key.name, text: "\(value)")
  }

  /// A real number.
  public static func set(_ key: RealKey, to value: Constant) -> Setting {
    Setting(name: key.name, text: "\(value.expression)")
  }

  /// One of the words.
  public static func set<Word: ParameterWord>(_ key: ParameterKey<Word>, to value: Word) -> Setting {
    Setting(name: key.name, text: value.rawValue)
  }
}
