import ArbitraryPrecision

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
    checkInvariant(least <= max(most.positive, most.negative), "BernsteinPiece: as many changes as are certain")
    return (least, max(most.positive, most.negative))
  }

  /// Intervals of [0, 1] with exactly one zero each, rising, that hold all; nil when the coefficients do not tell.
  func isolated(within budget: Budget) throws(Unanswered) -> [Interval]? {
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
