/// What makes a case hard, so that a failure names its cause.
enum Flag: String, Sendable, CaseIterable {
  case degenerate
  case multiplicity
  case nearPassive = "near-passive"
  case cancellation
  case longTime = "long-time"
  case truncation
  case signConvention = "sign-convention"
  case basisOrder = "basis-order"
  case largeN = "large-N"
  case belowDoubleRange = "below-double-range"

  /// What the flag says of a case.
  var note: String {
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
