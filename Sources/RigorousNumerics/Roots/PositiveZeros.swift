import ArbitraryPrecision

/// The zeros of a polynomial on the positive half line, all of them simple, where its coefficients are enclosures.
///
/// The half line is cut where the first or the last term outweighs all others together, and between in octaves. On a
/// piece the polynomial is written in Bernstein's basis: it has no zero where the coefficients show no change of sign
/// and exactly one, which is simple, where they show one (Descartes' rule; Lane and Riesenfeld, Bounds on a polynomial,
/// BIT 21, 1981). Other pieces are halved by de Casteljau's averages, in which enclosures do not widen. Coefficients of
/// undecided sign count as either.
public struct PositiveZeros: Sendable {
  /// The zeros, rising; each interval holds exactly one, and they do not overlap but at ends.
  public let zeros: [Interval]
  /// The sign of the polynomial before the first zero: between zeros it alternates.
  public let firstSign: Int

  /// Isolates the zeros, and sharpens them as far as the coefficients allow.
  ///
  /// - Parameter coefficients: by rising power, the first and the last not zero.
  /// - Returns: nil when the coefficients are not sharp enough, or there is a multiple zero, which no enclosure can
  ///   show.
  /// - Throws: `Unanswered`.
  public init?(coefficients: [Interval], within budget: Budget) throws(Unanswered) {
    guard let first = coefficients.first, let last = coefficients.last, let sign = first.certainSign, sign != 0,
      let lastSign = last.certainSign, lastSign != 0
    else { return nil }
    firstSign = sign
    // Cuts at 11/8 of powers of two: no polynomial of physics has a reason to vanish there, and one that does is not
    // decided.
    let cut = Interval(Rational(11, 8), precision: first.precision)
    var scaled: [Interval] = []
    var power = Interval(1, precision: first.precision)
    for coefficient in coefficients {
      scaled.append(coefficient * power)
      power *= cut
    }
    let low = try PositiveZeros.octave(leftOf: scaled, within: budget)
    let high = -(try PositiveZeros.octave(leftOf: scaled.reversed(), within: budget))
    var zeros: [Interval] = []
    for octave in stride(from: low, to: high, by: 1) {
      let piece = scaled.enumerated().map { $1.scaled(byPowerOfTwo: $0 * octave) }
      guard let brackets = try BernsteinPiece(onUnitAfterOne: piece).isolated(within: budget) else { return nil }
      for bracket in brackets {
        let place = (bracket + 1).scaled(byPowerOfTwo: octave) * cut
        zeros.append(try PositiveZeros.sharpened(place, coefficients, budget))
      }
    }
    self.zeros = zeros
    checkInvariant(
      zip(zeros, zeros.dropFirst()).allSatisfy { $0.upper <= $1.lower }, "PositiveZeros: zeros meet at ends at most")
    demand(
      zeros.count.isMultiple(of: 2) == (sign == lastSign), "PositiveZeros: the signs at both ends tell the parity")
  }

  /// A power of two up to which the first term outweighs the sum of all others: below it there is no zero.
  private static func octave(
    leftOf coefficients: [Interval], within budget: Budget
  ) throws(Unanswered) -> Int {
    let sizes = coefficients.map { $0.rounded(to: 64).absoluteValue }
    let least = Interval(sizes[0].lower)
    var octave = 0
    while true {
      try budget.check()
      var others = Interval(0, precision: 64)
      for (power, size) in sizes.enumerated().dropFirst() { others += size.scaled(byPowerOfTwo: power * octave) }
      if others.upper < least.lower { return octave }
      octave -= 1
      guard octave > -(1 << 16) else {
        throw Unanswered(beyond: "the zeros of a polynomial spread over more than 2^16 octaves")
      }
    }
  }

  /// A shorter interval with the zero: by Newton's method where a step leaves less than half, else the half that the
  /// sign in the middle tells.
  private static func sharpened(
    _ bracket: Interval, _ coefficients: [Interval], _ budget: Budget
  ) throws(Unanswered) -> Interval {
    let slopes = coefficients.enumerated().dropFirst().map { $0 * $1 }
    func value(_ terms: [Interval], _ x: Interval) -> Interval {
      guard let last = terms.last else { return Interval(0, precision: x.precision) }
      return terms.reversed().dropFirst().reduce(last) { $0 * x + $1 }
    }
    var zero = bracket
    // Where the sign at the left end is not certain no half can be told.
    guard let left = value(coefficients, Interval(zero.lower)).certainSign, left != 0 else { return bracket }
    while let middle = zero.anchor, zero.lower < middle, middle < zero.upper {
      try budget.check()
      let atMiddle = value(coefficients, Interval(middle))
      let step = NewtonStep(on: zero, slope: value(slopes, zero)) { _ in atMiddle }
      demand(!step.remaining.isEmpty, "PositiveZeros: an isolating interval has a zero")
      if step.remaining.width.scaled(byPowerOfTwo: 1, rounding: .up) < zero.width {
        zero = step.remaining
      } else if let sign = atMiddle.certainSign, sign != 0 {
        zero = (sign == left ? Interval(middle, zero.upper) : Interval(zero.lower, middle)) ?? zero
      } else {
        break
      }
    }
    return zero
  }
}
