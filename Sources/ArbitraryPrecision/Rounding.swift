internal import CMPFR

/// The direction in which a result that does not fit its precision is rounded.
public enum Rounding: Sendable, Hashable, CaseIterable {
  /// Toward minus infinity: the result is at most the exact value.
  case down
  /// Toward plus infinity: the result is at least the exact value.
  case up
  /// To the nearest representable number, ties to even.
  case nearest
  /// Toward zero.
  case towardZero

  /// The direction that negation exchanges with this one.
  public var mirrored: Rounding {
    switch self {
    case .down: .up
    case .up: .down
    case .nearest, .towardZero: self
    }
  }

  var mpfr: mpfr_rnd_t {
    switch self {
    case .down: MPFR_RNDD
    case .up: MPFR_RNDU
    case .nearest: MPFR_RNDN
    case .towardZero: MPFR_RNDZ
    }
  }
}
