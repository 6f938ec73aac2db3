import ArbitraryPrecision
import Expressions

/// The name of a parameter with the type of its values: what physics asks ``Arguments`` for.
///
/// Names are texts at the border alone, where a quantity declares its ``Parameter``s with the same keys. A system has
/// its keys as static members, `arguments[.cells]`; a model that is read from a file makes them from its names.
public struct ParameterKey<Value>: Sendable, Hashable {
  /// The name, as in `name=value`.
  public let name: String

  /// The key of a name.
  public init(_ name: String) { self.name = name }
}

/// The key of an integer.
public typealias IntegerKey = ParameterKey<Integer>
/// The key of a rational number.
public typealias RationalKey = ParameterKey<Rational>
/// The key of a real number.
public typealias RealKey = ParameterKey<Constant>
/// The key of a matrix.
public typealias MatrixKey = ParameterKey<ExactMatrix>
/// The key of a list of integers.
public typealias IntegersKey = ParameterKey<[Int]>

/// The cases of a parameter that is one of a few words.
public protocol ParameterWord: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// Parameters that many systems share.
extension ParameterKey where Value == Integer {
  /// The number of cells N.
  public static var cells: Self { Self("N") }
}

/// Parameters that many systems share.
extension ParameterKey where Value == Constant {
  /// The frequency w0 of charger and cells.
  public static var frequency: Self { Self("w0") }
  /// The coupling g.
  public static var coupling: Self { Self("g") }
  /// The charging time tau.
  public static var chargingTime: Self { Self("tau") }
  /// The time t of an open system, or of one that is not switched off.
  public static var time: Self { Self("t") }
  /// The lower end of a range of couplings.
  public static var rangeStart: Self { Self("from") }
  /// The upper end of a range of couplings.
  public static var rangeEnd: Self { Self("to") }
}
