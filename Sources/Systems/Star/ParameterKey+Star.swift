import Catalogue
import Expressions

/// Names and types of the parameters of the dephased star.
extension ParameterKey where Value == Constant {
  /// The drive F of the charger.
  public static var drive: Self { Self("F") }
  /// The rate gamma of the charger's dephasing.
  public static var dephasing: Self { Self("gamma") }
  /// The detuning delta of the cells from the drive.
  public static var detuning: Self { Self("delta") }
  /// The detuning kappa of the charger from the drive.
  public static var chargerDetuning: Self { Self("kappa") }
}
