import ArbitraryPrecision
import Catalogue
import Expressions

/// Yes or no.
public enum YesOrNo: String, ParameterWord {
  /// Yes.
  case yes
  /// No.
  case no
}

/// The parameters of states.
extension ParameterKey where Value == ExactMatrix {
  /// The Hamiltonian H.
  public static var hamiltonian: Self { Self("H") }
  /// The state rho.
  public static var state: Self { Self("rho") }
  /// Another state, sigma.
  public static var otherState: Self { Self("sigma") }
}

/// The parameters of states.
extension ParameterKey where Value == [Int] {
  /// The dimensions of the parts; the first part's index changes slowest.
  public static var dimensions: Self { Self("dims") }
  /// The parts on one side, by their places from 0.
  public static var cut: Self { Self("cut") }
}

/// The parameters of states.
extension ParameterKey where Value == YesOrNo {
  /// Whether matrices are divided by their traces.
  public static var normalise: Self { Self("normalise") }
}

/// The parameters of states.
extension ParameterKey where Value == Integer {
  /// The number of copies n.
  public static var copies: Self { Self("n") }
}

/// The parameters of states.
extension ParameterKey where Value == Constant {
  /// How far a state may be from the matrix that is given, in the trace norm.
  public static var tolerance: Self { Self("tolerance") }
}
