import ArbitraryPrecision
import Catalogue
import Expressions

/// Which values of the two-qubit battery are exactly zero, decided from the exact parameters.
enum CapacityZeros {
  /// wb - wc; nil when it is not known whether that is a number in range.
  static func detuning(_ arguments: Arguments) -> Constant? {
    try? Constant(arguments[.batteryFrequency].expression - arguments[.chargerFrequency].expression)
  }

  /// Whether nothing was exchanged or all was: p (1 - p) = 0, at which residual, concurrence, negativity and coherence
  /// vanish.
  ///
  /// p = 0 for J1 = 0, t = 0 and sin(Om t) = 0; p = 1 for delta = 0 and cos(J1 t) = 0.
  @Sendable static func isProduct(_ arguments: Arguments) -> Decision {
    let start = isStart(arguments)
    if start == .certainlyTrue { return start }
    guard let turns = halfTurns(arguments), let detuning = detuning(arguments) else { return .undecided }
    // At resonance quarter turns count, too.
    return start.or(isInteger(turns, times: 1)).or(detuning.isZero.and(isInteger(turns, times: 2)))
  }

  /// Whether I = |J1/Om sin(2 Om t)| is zero.
  @Sendable static func isReal(_ arguments: Arguments) -> Decision {
    let start = isStart(arguments)
    if start == .certainlyTrue { return start }
    guard let turns = halfTurns(arguments) else { return .undecided }
    return start.or(isInteger(turns, times: 2))
  }

  /// Whether the capacity is zero: 1 - 2p = (delta^2 + J1^2 cos(2 Om t))/Om^2.
  ///
  /// Where 2 Om t is a multiple of pi/12 or of pi/5 its cosine is a number built with square roots, and the sum is
  /// decided. With wb, wc and J1 rational and t rational or a rational multiple of pi, no other zero exists: 2 Om t is
  /// then such a multiple or has a transcendental cosine.
  @Sendable static func isBalanced(_ arguments: Arguments) -> Decision {
    if isStart(arguments) == .certainlyTrue { return .certainlyFalse }
    guard let turns = halfTurns(arguments), let detuning = detuning(arguments) else { return .undecided }
    // 2 Om t = 2 pi turns.
    guard let cosine = cosine(ofTurns: turns) else { return .undecided }
    let (d, j) = (
      detuning.isZero == .certainlyTrue ? Expression.number(0) : detuning.expression,
      arguments[.exchange].expression
    )
    let sum = (try? Constant(d * d + j * j * cosine))?.isZero ?? .undecided
    // Without exchange the sum may vanish, and the capacity does not.
    return sum == .certainlyTrue && isStart(arguments) != .certainlyFalse ? .undecided : sum
  }

  /// Whether the peak deficit is zero: no exchange, or resonance.
  @Sendable static func isFullAtPeak(_ arguments: Arguments) -> Decision {
    arguments[.exchange].isZero.or(detuning(arguments)?.isZero ?? .undecided)
  }

  /// Whether there is neither exchange nor detuning, so that no time is that of a peak.
  static func isStill(_ arguments: Arguments) -> Decision {
    arguments[.exchange].isZero.and(detuning(arguments)?.isZero ?? .undecided)
  }

  private static func isStart(_ arguments: Arguments) -> Decision {
    arguments[.exchange].isZero.or(arguments[.time].isZero)
  }

  /// Om t/pi.
  private static func halfTurns(_ arguments: Arguments) -> Constant? {
    guard let detuning = detuning(arguments) else { return nil }
    let j = arguments[.exchange].expression
    // The sign of the rate does not matter.
    let rate = detuning.isZero == .certainlyTrue ? j : (detuning.expression * detuning.expression + j * j).squareRoot
    return try? Constant(rate * arguments[.time].expression / .pi)
  }

  private static func isInteger(_ constant: Constant, times factor: Int) -> Decision {
    guard let multiple = try? Constant(.number(Rational(factor)) * constant.expression) else { return .undecided }
    return switch multiple.integrality {
    case .integer: .certainlyTrue
    case .none: .certainlyFalse
    case .undecided: .undecided
    }
  }

  /// The cosine of 2 pi times a number of turns that is a multiple of 1/24 or of 1/10; nil for others.
  private static func cosine(ofTurns turns: Constant) -> Expression? {
    func place(_ parts: Int) -> Int? {
      guard let multiple = try? Constant(.number(Rational(parts)) * turns.expression),
        case .integer(let k) = multiple.integrality
      else { return nil }
      // What is left of whole turns, folded to the first half turn.
      let n = Rational(k, Integer(parts))
      guard let rest = ((n - Rational(n.floor)) * Rational(parts)).integer.flatMap({ Int(exactly: $0) }) else {
        return nil
      }
      return min(rest, parts - rest)
    }
    func root(_ x: Int) -> Expression { Expression.number(Rational(x)).squareRoot }
    func number(_ x: Rational) -> Expression { .number(x) }
    if let k = place(24) {
      // Multiples of pi/12, the second quarter being the mirrored first with the other sign.
      let first: [Expression] = [
        number(1), (root(6) + root(2)) / number(4), root(3) / number(2), root(2) / number(2), number(Rational(1, 2)),
        (root(6) - root(2)) / number(4), number(0),
      ]
      return k <= 6 ? first[k] : number(0) - first[12 - k]
    }
    if let k = place(10) {
      let first: [Expression] = [number(1), (number(1) + root(5)) / number(4), (root(5) - number(1)) / number(4)]
      return k <= 2 ? first[k] : number(0) - first[5 - k]
    }
    return nil
  }
}
