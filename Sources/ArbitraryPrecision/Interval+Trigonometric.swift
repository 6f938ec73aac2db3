/// Sine, cosine and tangent of angles in radians.
///
/// Between two neighbouring multiples of pi/2 all three are monotone. So the whole question is between which multiples
/// the ends lie; then extrema and poles inside are known, and the ends of the result are 1, -1 or the function at an
/// end. No end is a multiple of pi/2 except 0, since ends are rational and pi is not.
extension Interval {
  /// Beyond 2 to this power the sine and cosine of an angle are returned as [-1, 1] and the tangent as the entire line:
  /// reducing such an argument takes as many bits of pi as its exponent, which costs seconds from here on.
  public static let greatestReducedExponent = 65536

  /// The numbers j with j pi/2 <= x < (j+1) pi/2 for both ends x; nil when an end is beyond reduction.
  private var quadrants: (lower: Integer, upper: Integer)? {
    guard let first = Interval.quadrant(of: lower) else { return nil }
    if lower == upper { return (first, first) }
    guard let last = Interval.quadrant(of: upper) else { return nil }
    return (first, last)
  }

  /// The greatest integer j with j pi/2 <= x.
  private static func quadrant(of x: BigFloat) -> Integer? {
    guard x.isFinite else { return nil }
    guard let exponent = x.binaryExponent else { return 0 }
    guard exponent <= greatestReducedExponent else { return nil }
    // Below 1 the quadrant is plain; the quotient of a tiny number would underflow and never tell.
    if exponent <= 0 { return x.signum < 0 ? -1 : 0 }
    // The quotient has at most exponent + 1 bits before the point; 64 more leave it undecided with a chance of 2^-60,
    // and then twice as many bits are taken. It ends, since x is no multiple of pi/2
    // and the quotient, at least 1/2 in magnitude, has no exponent to lose.
    var bits = max(exponent, 0) + 64
    while true {
      let quotient = Interval(x).rounded(to: bits).scaled(byPowerOfTwo: 1) / .pi(precision: bits)
      if let low = quotient.lower.floor, low == quotient.upper.floor { return low }
      bits *= 2
    }
  }

  /// Whether a multiple j pi/2 with first < j <= last has a remainder of j by 4.
  private static func holds(_ remainder: Int, after first: Integer, through last: Integer) -> Bool {
    let steps = last - first
    if steps >= 4 { return true }
    guard let count = Int(exactly: steps), count > 0 else { return false }
    let start = first.modulo(4)
    return (1...count).contains { (start + $0) % 4 == remainder }
  }

  /// The quadrant by 4 when both ends certainly share one, found in doubles; nil when doubles do not tell.
  ///
  /// Let d be the end rounded down to a double, |d| < 2^20. d * (2/pi) in doubles is wrong by less than 3 * 2^-53 *
  /// 2^20 and the end is less than 2^-32 above d: a fraction between 2^-30 and 1 - 2^-30 leaves no doubt of the floor.
  private var sharedQuadrant: Int? {
    let low = lower.double(rounding: .down)
    let high = upper.double(rounding: .down)
    guard abs(low) < 0x1p20, abs(high) < 0x1p20 else { return nil }
    let (a, b) = (low * 0.636_619_772_367_581_343, high * 0.636_619_772_367_581_343)
    let (i, j) = (a.rounded(.down), b.rounded(.down))
    guard i == j, a - i > 0x1p-30, b - j < 1 - 0x1p-30 else { return nil }
    checkInvariant(
      quadrants.map { $0.lower == Integer(Int(i)) && $0.upper == $0.lower } ?? false,
      "Interval: a quadrant found in doubles is the quadrant")
    return Int(i) & 3
  }

  private func wave(
    maximumAt top: Int, minimumAt bottom: Int, _ function: (BigFloat, Rounding) -> BigFloat
  ) -> Interval {
    guard !isEmpty else { return self }
    if let quadrant = sharedQuadrant {
      // Between the minimum and the maximum the function rises: the quadrants from the minimum on.
      return (quadrant - bottom) & 3 < 2
        ? Interval(unchecked: function(lower, .down), function(upper, .up))
        : Interval(unchecked: function(upper, .down), function(lower, .up))
    }
    let one = BigFloat(1, precision: precision, rounding: .nearest)
    let inside = extrema(maximumAt: top, minimumAt: bottom)
    let low = inside.minimum ? -one : BigFloat.least(function(lower, .down), function(upper, .down))
    let high = inside.maximum ? one : BigFloat.greatest(function(lower, .up), function(upper, .up))
    return Interval(unchecked: low, high)
  }

  /// Whether a wave with its maxima and minima at multiples j pi/2 of given remainders of j by 4 has one above the
  /// lower end, up to the upper one. Beyond reduction it counts as having both.
  func extrema(maximumAt top: Int, minimumAt bottom: Int) -> (maximum: Bool, minimum: Bool) {
    guard sharedQuadrant == nil else { return (false, false) }
    guard let (first, last) = quadrants else { return (true, true) }
    return (
      Interval.holds(top, after: first, through: last), Interval.holds(bottom, after: first, through: last)
    )
  }

  /// The enclosure of all sines.
  public var sine: Interval {
    let p = precision
    return wave(maximumAt: 1, minimumAt: 3) { $0.sine(precision: p, rounding: $1) }
  }

  /// The enclosure of all cosines.
  public var cosine: Interval {
    let p = precision
    return wave(maximumAt: 0, minimumAt: 2) { $0.cosine(precision: p, rounding: $1) }
  }

  /// The enclosure of the tangents of all members that are not odd multiples of pi/2.
  public var tangent: Interval {
    let p = precision
    guard !isEmpty else { return self }
    guard let (first, last) = quadrants,
      !Interval.holds(1, after: first, through: last), !Interval.holds(3, after: first, through: last)
    else { return .entire(precision: p) }
    return Interval(
      unchecked: lower.tangent(precision: p, rounding: .down), upper.tangent(precision: p, rounding: .up))
  }
}
