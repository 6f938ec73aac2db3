import ArbitraryPrecision

/// A rational number times the square root of a squarefree positive integer.
public struct RootFraction: Sendable, Hashable {
  /// The rational number, and the integer.
  public let (factor, radicand): (Rational, Int)

  /// factor sqrt(radicand).
  public init(_ factor: Rational, root radicand: Int = 1) { (self.factor, self.radicand) = (factor, radicand) }

  /// The enclosure.
  func enclosure(precision: Int) -> Interval {
    let factor = Interval(self.factor, precision: precision)
    return radicand == 1 ? factor : factor * Interval(radicand, precision: precision).squareRoot
  }

  /// One that is near a number and has a small radicand and a small denominator, as a guess.
  init?(near value: Double) {
    for (radicand, root) in RootFraction.roots {
      guard let factor = RootFraction.fraction(value / root) else { continue }
      self.init(factor, root: radicand)
      return
    }
    return nil
  }

  /// Squarefree integers with their roots.
  private static let roots: [(radicand: Int, root: Double)] = (1...420).compactMap { candidate in
    let isSquarefree = (2...20).allSatisfy { candidate % ($0 * $0) != 0 }
    return isSquarefree ? (candidate, Double(candidate).squareRoot()) : nil
  }

  /// A fraction with a denominator up to 3000 that is near, by continued fractions.
  private static func fraction(_ value: Double) -> Rational? {
    guard abs(value) < 1e6 else { return nil }
    var (rest, before, now) = (value, (1, 0), (Int(value.rounded(.down)), 1))
    while abs(Double(now.0) / Double(now.1) - value) > 1e-11 * max(abs(value), 1e-3) {
      rest = 1 / (rest - rest.rounded(.down))
      guard rest < 1e6 else { return nil }
      let term = Int(rest.rounded(.down))
      (before, now) = (now, (term * now.0 + before.0, term * now.1 + before.1))
      guard now.1 <= 3000 else { return nil }
    }
    return Rational(Integer(now.0), Integer(now.1))
  }
}
