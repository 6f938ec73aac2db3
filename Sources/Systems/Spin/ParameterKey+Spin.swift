import Catalogue
import Expressions

/// Names and types of the angles of classical spins at the start.
extension ParameterKey where Value == Constant {
  /// The polar angle theta_a of the charger.
  public static var chargerAngle: Self { Self("theta-a") }
  /// The polar angle theta_b of the battery.
  public static var batteryAngle: Self { Self("theta-b") }
  /// The azimuth phi = phi_a - phi_b of the charger from the battery.
  public static var azimuth: Self { Self("phi") }
}
