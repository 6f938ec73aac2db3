import Catalogue
import Expressions

/// Names and types of the parameters of two coupled qubits.
extension ParameterKey where Value == Constant {
  /// The frequency wb of the battery.
  public static var batteryFrequency: Self { Self("wb") }
  /// The frequency wc of the charger.
  public static var chargerFrequency: Self { Self("wc") }
  /// The exchange J1.
  public static var exchange: Self { Self("J1") }
  /// The coupling J2 of the z components, which turns phases alone.
  public static var phaseExchange: Self { Self("J2") }
  /// The weight of white noise beside one of the state.
  public static var noise: Self { Self("noise") }
}
