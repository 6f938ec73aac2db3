import ArbitraryPrecision
import Catalogue
import Expressions

/// Names and types of the parameters of asymptotic freedom.
extension ParameterKey where Value == Constant {
  /// The mean number of excited cells e = E/w0.
  public static var meanExcitations: Self { Self("e") }
  /// The purity P = Tr rho^2.
  public static var purity: Self { Self("P") }
  /// The greatest eigenvalue L of the cells' state.
  public static var largestEigenvalue: Self { Self("L") }
  /// The mean number of photons of a coherent charger.
  public static var meanPhotons: Self { Self("nbar") }
}

extension ParameterKey where Value == Integer {
  /// The levels d of a cell.
  public static var levels: Self { Self("d") }
}

extension ParameterKey where Value == ExtremalSpectrum.Shape {
  /// What stands beside the greatest eigenvalue.
  static var spectrum: Self { Self("spectrum") }
}
