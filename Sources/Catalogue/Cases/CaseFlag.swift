/// What makes a case hard, so that a failure names its cause.
public enum CaseFlag: String, Sendable, CaseIterable {
  /// Levels or eigenvalues are equal or nearly so.
  case degenerate
  /// Levels or blocks stand for many dimensions.
  case multiplicity
  /// The state is passive or nearly so.
  case nearPassive = "near-passive"
  /// A small difference of large terms.
  case cancellation
  /// Long times or phases.
  case longTime = "long-time"
  /// The photon space must be cut off.
  case truncation
  /// A sign or an angle changes the value.
  case signConvention = "sign-convention"
  /// The order of a basis changes the value.
  case basisOrder = "basis-order"
  /// N is 100 or more.
  case largeN = "large-N"
  /// Not zero and below the normal doubles.
  case belowDoubleRange = "below-double-range"

  /// What the flag says of a case.
  public var note: String {
    switch self {
    case .degenerate:
      """
      levels or eigenvalues are equal or nearly so: eigenvectors of a numerical solver are arbitrary there, the value \
      is not
      """
    case .multiplicity:
      "levels or blocks stand for many dimensions of 2^N: an implementation in the symmetric sector must count them"
    case .nearPassive:
      """
      the state is passive or nearly so: the value is zero or a small difference, and rounding must not make it \
      negative
      """
    case .cancellation: "the value is a small difference of large terms: a formula taken literally loses its digits"
    case .longTime:
      """
      times or phases are long: step sizes, phase reduction and default tolerances of solvers show, or relaxation is \
      incomplete
      """
    case .truncation: "the photon space must be cut off, and a cut-off that is too low shows"
    case .signConvention: "a sign or an angle of the Hamiltonian or of the start changes the value"
    case .basisOrder: "the order of a basis or of indices, or a transposition, changes the value"
    case .largeN: "N is 100 or more: 2^N is out of reach, and binomials overflow"
    case .belowDoubleRange: "the value is not zero and smaller than the least normal double, 2^-1022"
    }
  }
}
