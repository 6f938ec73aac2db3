import Catalogue
import Expressions

/// Names and types of the parameters of Dicke batteries.
extension ParameterKey where Value == Constant {
  /// The phase of a classical oscillator at the start.
  public static var phase: Self { Self("phase") }
  /// The time x in the unit of strong coupling.
  public static var rescaledTime: Self { Self("x") }
}
