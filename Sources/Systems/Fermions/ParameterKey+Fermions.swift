import ArbitraryPrecision
import Catalogue

/// Names and types of the parameters of fermion modes.
extension ParameterKey where Value == Integer {
  /// The modes k that a coupling changes together.
  public static var bodies: Self { Self("k") }
  /// The seed of the random couplings.
  public static var seed: Self { Self("seed") }
}
