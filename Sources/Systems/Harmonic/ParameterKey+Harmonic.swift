import Catalogue

/// The start of the charger.
extension ParameterKey where Value == HarmonicBattery.Start {
  /// The photon distribution at the start.
  static var start: Self { Self("start") }
}
