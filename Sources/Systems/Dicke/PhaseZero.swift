import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The classical Dicke battery from q_a(0) = 0 at strong coupling: its power grows as sqrt(g_N w0) alone, g_N = g sqrt
/// N.
///
/// In t = tau sqrt(g_N w0), with p = p_a/sqrt(2N), q = q_a sqrt(g_N/w0)/sqrt(2N), x = n_x sqrt(g_N/w0), y = n_y, z =
/// n_z, Eq. (23) gives
///
///     q' = p,   p' = -x - o q,   x' = -y,   y' = -4 q z + o x,   z' = 4 q y,      o = w0/g_N,
///
/// from p = 1, z = -1 and all else 0. No negative power of o is left, and this is the flow at o = 0. There y = sin F,
/// z = -cos F with F' = 4 q, so F'''' = 4 sin F from F''(0) = 4, all else 0. docs/dicke.md bounds what o changes.
///
/// Radius. y^2 + z^2 = 1 is conserved, so for d after a state |x| <= |x_0| + l d, |p| <= |p_0| + d |x|, |q| <= |q_0| +
/// d |p| with l = |(y, z)|.
///
/// Separation. In the length of (dq, dp, dx, dy, dz) rotations drop out, and what is left of the Jacobian has parts of
/// norms 1, 1, 1 and 4 l: its symmetric part is at most (3 + 4 l)/2. The length is at least the greatest magnitude and
/// at most 3 times that.
enum PhaseZero {
  /// Elements: q, p, x, y, z, 1.
  static let flow = QuadraticFlow(
    dimension: 6,
    terms: [
      .init(0, 1, 5, 1), .init(1, 2, 5, -1), .init(2, 3, 5, -1), .init(3, 0, 4, -4), .init(4, 0, 3, 4),
    ], normRatio: 3)

  @Sendable static func start(_ precision: Int) -> [Interval] {
    let (zero, one) = (Interval(0, precision: precision), Interval(1, precision: precision))
    return [zero, one, zero, zero, -one, one]
  }

  @Sendable static func bounds(_ state: [Interval], _ duration: BigFloat) -> QuadraticFlow.Bounds {
    let d = Interval(duration)
    let length = (state[3].squared + state[4].squared).squareRoot
    let x = state[2].absoluteValue + length * d
    let p = state[1].absoluteValue + x * d
    let q = state[0].absoluteValue + p * d
    let radius = [length, x, p, q].map(\.upper).reduce(length.upper, max)
    return .init(radius: radius, logarithmicNorm: ((3 + 4 * length) / 2).upper)
  }

  /// The flow has no parameters: there is one question.
  private enum Question: Hashable {
    case greatestPower
  }

  private static let maximum = KnownMaxima<Question, PowerMaximum>(capacity: 1)

  private static func found(within budget: Budget) throws -> PowerMaximum {
    try maximum.value(for: .greatestPower) {
      try PowerMaximum(
        of: flow, from: start, weights: [0, 0, 0, 0, 1, 0], greatest: Interval(2, precision: 64), within: budget,
        bounds: bounds)
    }
  }

  /// The greatest (1 + z)/(2t): Pmax tends to this times N w0 sqrt(g_N w0).
  static func greatestPower(precision: Int, within budget: Budget) throws -> Interval {
    let working = max(precision + 8, 128)
    return try found(within: budget).value(precision: working, within: budget).scaled(byPowerOfTwo: -1).rounded(
      to: precision)
  }

  /// The t that attains it.
  static func optimalTime(precision: Int, within budget: Budget) throws -> Interval {
    try found(within: budget).argument(precision: max(precision + 8, 128), within: budget).rounded(to: precision)
  }
}
