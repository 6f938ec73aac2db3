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
  /// - Throws: `Budget.Exhausted`.
  public init?(coefficients: [Interval], within budget: Budget) throws(Budget.Exhausted) {
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
    demand(
      zeros.count.isMultiple(of: 2) == (sign == lastSign), "PositiveZeros: the signs at both ends tell the parity")
  }

  /// A power of two up to which the first term outweighs the sum of all others: below it there is no zero.
  private static func octave(
    leftOf coefficients: [Interval], within budget: Budget
  ) throws(Budget.Exhausted) -> Int {
    let sizes = coefficients.map { $0.rounded(to: 64).absoluteValue }
    let least = Interval(sizes[0].lower)
    var octave = 0
    while true {
      try budget.check()
      var rest = Interval(0, precision: 64)
      for (power, size) in sizes.enumerated().dropFirst() { rest += size.scaled(byPowerOfTwo: power * octave) }
      if rest.upper < least.lower { return octave }
      octave -= 1
      guard octave > -(1 << 16) else {
        throw Budget.Exhausted(beyond: "the zeros of a polynomial spread over more than 2^16 octaves")
      }
    }
  }

  /// A shorter interval with the zero: by Newton's method where a step leaves less than half, else the half that the
  /// sign in the middle tells.
  private static func sharpened(
    _ bracket: Interval, _ coefficients: [Interval], _ budget: Budget
  ) throws(Budget.Exhausted) -> Interval {
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

/// A polynomial on [0, 1] in Bernstein's basis: p(t) = sum of b_i C(n, i) t^i (1 - t)^(n - i).
struct BernsteinPiece {
  private let coefficients: [Interval]

  /// The polynomial p(1 + t) of one with these coefficients by rising power.
  ///
  /// The shift is Horner's scheme; then b_i = sum over j of C(i, j)/C(n, j) a_j, by sums of neighbours.
  init(onUnitAfterOne powers: [Interval]) {
    let n = powers.count - 1
    var a = powers
    for first in 0..<max(n, 0) {
      for i in stride(from: n - 1, through: first, by: -1) { a[i] += a[i + 1] }
    }
    var binomial = Rational(1)
    for j in 0...n {
      a[j] *= Interval(1 / binomial, precision: a[j].precision)
      if j < n { binomial = binomial * Rational(Integer(n - j), Integer(j + 1)) }
    }
    for first in stride(from: 1, through: n, by: 1) {
      for i in stride(from: n, through: first, by: -1) { a[i] += a[i - 1] }
    }
    coefficients = a
  }

  private init(coefficients: [Interval]) { self.coefficients = coefficients }

  /// Whether the values at both ends certainly differ from zero.
  private var endsAreKnown: Bool { !coefficients[0].containsZero && !coefficients[coefficients.count - 1].containsZero }

  /// The halves, each on its own [0, 1].
  private var halves: (BernsteinPiece, BernsteinPiece) {
    var row = coefficients
    var (left, right) = ([row[0]], [row[row.count - 1]])
    for last in stride(from: row.count - 1, to: 0, by: -1) {
      for i in 0..<last { row[i] = (row[i] + row[i + 1]).scaled(byPowerOfTwo: -1) }
      left.append(row[0])
      right.append(row[last - 1])
    }
    return (BernsteinPiece(coefficients: left), BernsteinPiece(coefficients: right.reversed()))
  }

  /// The least and the greatest number of changes of sign in the coefficients, those of undecided sign counted as
  /// either.
  private var changes: (least: Int, most: Int) {
    var least = 0
    var known = 0
    // The most changes of sequences that end with a positive or a negative number; with none nothing precedes.
    let never = Int.min / 2
    var most = (positive: 0, negative: 0)
    var isFirst = true
    for coefficient in coefficients {
      let sign = coefficient.certainSign
      if sign == 0 { continue }
      if let sign {
        if known * sign < 0 { least += 1 }
        known = sign
      }
      let change = isFirst ? 0 : 1
      let (p, m) = (max(most.positive, most.negative + change), max(most.negative, most.positive + change))
      most = (sign == -1 ? never : p, sign == 1 ? never : m)
      isFirst = false
    }
    return (least, max(most.positive, most.negative))
  }

  /// Intervals of [0, 1] with exactly one zero each, rising, that hold all; nil when the coefficients do not tell.
  func isolated(within budget: Budget) throws(Budget.Exhausted) -> [Interval]? {
    let precision = coefficients[0].precision
    var found: [Interval] = []
    var stack = [(piece: self, index: Integer(0), depth: 0)]
    while let (piece, index, depth) = stack.popLast() {
      try budget.check()
      // The first and the last coefficient are values, which halving does not sharpen: what they do not tell stays
      // unknown.
      guard piece.endsAreKnown else { return nil }
      let (least, most) = piece.changes
      if most <= 0 { continue }
      if least == 1, most == 1 {
        let ends = Interval(from: Rational(index), to: Rational(index + 1), precision: precision + depth)
        found.append(ends.scaled(byPowerOfTwo: -depth))
        continue
      }
      // No piece shorter than the unit of the coefficients tells more.
      guard depth < precision else { return nil }
      let (left, right) = piece.halves
      stack.append((right, index + index + 1, depth + 1))
      stack.append((left, index + index, depth + 1))
    }
    return found
  }
}
