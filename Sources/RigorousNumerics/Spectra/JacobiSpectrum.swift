import ArbitraryPrecision

/// The eigenvalues and eigenvectors of a Jacobi matrix: real, symmetric, tridiagonal, without zeros beside its
/// diagonal.
///
/// Its eigenvalues are simple. Each is enclosed between two points with one eigenvalue more below the second than below
/// the first, counted by the signs of pivots (``JacobiPivots``); for a diagonal of zeros, or nearly one, this keeps the
/// relative digits of eigenvalues however small. Eigenvectors come from the pivots of both ends, for the interval that
/// holds the eigenvalue.
public struct JacobiSpectrum: Sendable {
  /// The enclosures of the eigenvalues, which are simple, in rising order.
  public let eigenvalues: [Interval]
  /// The enclosures of the unit eigenvectors, up to their signs.
  public let vectors: [[Interval]]

  /// Encloses the spectrum of the matrix with a diagonal and the elements beside it, one fewer.
  ///
  /// - Returns: nil where the bits of the elements do not tell the eigenvalues apart; with more of them they do.
  /// - Throws: ``Unanswered`` when the time is over.
  public init?(diagonal: [Interval], offDiagonal: [Interval], within budget: Budget) throws(Unanswered) {
    demand(
      !diagonal.isEmpty && offDiagonal.count == diagonal.count - 1,
      "JacobiSpectrum: one element beside the diagonal fewer than on it")
    let bits = diagonal.reduce(offDiagonal.first?.precision ?? 64) { max($0, $1.precision) }
    let pivots = JacobiTwist(diagonal: diagonal, offDiagonal: offDiagonal)
    // Approximations are sought for the matrix of the middles, and certified for all.
    func middle(_ x: Interval) -> Interval { x.anchor.map { Interval($0) } ?? x }
    let central = JacobiTwist(diagonal: diagonal.map(middle), offDiagonal: offDiagonal.map(middle))
    // No eigenvalue is beyond the greatest sum of magnitudes in a row.
    let rows = diagonal.indices.map { k in
      [diagonal[k]] + (k > 0 ? [offDiagonal[k - 1]] : []) + (k < offDiagonal.count ? [offDiagonal[k]] : [])
    }
    let greatest = rows.map { row in
      row.reduce(Interval(0, precision: 64)) { $0 + $1.absoluteValue.rounded(to: 64) }.upper
    }
    .reduce(BigFloat.zero(precision: 64)) { max($0, $1) }
    guard greatest.isFinite, offDiagonal.allSatisfy({ !$0.containsZero }) else { return nil }
    // Few digits tell most spectra apart; a bracket for enclosures that are wider holds for these.
    var found: [(low: Interval, high: Interval)]?
    for few in Set([min(bits, 128), bits]).sorted() where found == nil {
      let coarse = JacobiPivots(
        diagonal: diagonal.map { $0.rounded(to: few) }, offDiagonal: offDiagonal.map { $0.rounded(to: few) })
      found = try JacobiSpectrum.brackets(
        coarse, dimension: diagonal.count, exponent: (greatest.binaryExponent ?? 0) + 1, bits: few, within: budget)
    }
    guard let brackets = found else { return nil }
    var (values, vectors): ([Interval], [[Interval]]) = ([], [])
    for (index, bracket) in brackets.enumerated() {
      try budget.check()
      guard let value = try JacobiSpectrum.value(pivots, central, bracket, below: index, bits: bits, within: budget),
        let vector = pivots.twisted(value)?.vector
      else { return nil }
      let length = vector.reduce(Interval(0, precision: bits)) { $0 + $1.squared }.squareRoot
      values.append(value)
      vectors.append(vector.map { $0 / length })
    }
    (eigenvalues, self.vectors) = (values, vectors)
  }

  /// Points with 0, 1, 2, ... eigenvalues below them, beside each eigenvalue: signs and powers of two first, so that
  /// small ones are found as soon as large ones.
  private static func brackets(
    _ pivots: JacobiPivots, dimension: Int, exponent: Int, bits: Int, within budget: Budget
  ) throws(Unanswered) -> [(low: Interval, high: Interval)]? {
    let one = Interval(1, precision: bits)
    let large = one.scaled(byPowerOfTwo: exponent)
    // Next to zero, as near as the pivots tell.
    var next: (small: Interval, negative: Int, least: Int)?
    for distance in [leastExponent, bits - 16, bits / 2] where next == nil {
      let small = one.scaled(byPowerOfTwo: exponent - distance)
      if let negative = pivots.count(below: -small), let least = pivots.count(below: small) {
        next = (small, negative, least)
      }
    }
    guard let (small, negative, least) = next else { return nil }
    var open = [(low: -large, below: 0, high: -small, count: negative)]
    if least > negative { open.append((-small, negative, small, least)) }
    open.append((small, least, large, dimension))
    var result: [(low: Interval, high: Interval)] = []
    // The first of the open ranges is the last of the list.
    open.reverse()
    while let range = open.popLast() {
      try budget.check()
      if range.count == range.below { continue }
      if range.count == range.below + 1 {
        result.append((range.low, range.high))
        continue
      }
      guard let (middle, count) = split(range.low, range.high, pivots.count) else { return nil }
      checkInvariant(
        range.below <= count && count <= range.count, "JacobiSpectrum: the eigenvalues below a point grow with it")
      open.append((middle, count, range.high, range.count))
      open.append((range.low, range.below, middle, count))
    }
    checkInvariant(
      result.count == dimension && zip(result, result.dropFirst()).allSatisfy { $0.high.lower <= $1.low.upper },
      "JacobiSpectrum: a bracket for each eigenvalue, in rising order")
    return result
  }

  /// Eigenvalues below 2^-leastExponent of the greatest are not told from zero.
  private static let leastExponent = 1 << 22

  /// A point between two with the number of eigenvalues below it.
  private static func split(
    _ low: Interval, _ high: Interval, _ count: (Interval) -> Int?
  ) -> (Interval, Int)? {
    // Where a point happens to be an eigenvalue the next one is none.
    for part in [8, 7, 11, 5] {
      let middle = middle(low, high, part: part)
      if low.strictlyPrecedes(middle), middle.strictlyPrecedes(high), let count = count(middle) {
        return (middle, count)
      }
    }
    return nil
  }

  /// The enclosure of the eigenvalue in a bracket; around zero, which has no relative digits, the bracket itself.
  private static func value(
    _ pivots: JacobiTwist, _ central: JacobiTwist, _ bracket: (low: Interval, high: Interval), below index: Int,
    bits: Int, within budget: Budget
  ) throws(Unanswered) -> Interval? {
    if bracket.low.lower.signum < 0 && bracket.high.upper.signum > 0 { return bracket.low.hull(bracket.high) }
    return try sharpened(central, bracket, below: index, bits: bits, within: budget)
      .flatMap { certified(pivots, $0, below: index, bits: bits) }
  }

  /// A point near the eigenvalue in a bracket: corrected by Rayleigh's quotient, which triples the digits, or by
  /// halving where that leads out of the bracket.
  private static func sharpened(
    _ pivots: JacobiTwist, _ bracket: (low: Interval, high: Interval), below index: Int, bits: Int,
    within budget: Budget
  ) throws(Unanswered) -> Interval? {
    var (low, high) = bracket
    var point = middle(low, high).rounded(to: bits)
    var last = Int.max
    for _ in 0..<4 * bits {
      try budget.check()
      if let (next, change) = correction(pivots, point), low.strictlyPrecedes(next), next.strictlyPrecedes(high),
        change < max(last, -bits / 2)
      {
        point = next
        if change < 8 - bits || change >= last { break }
        last = change
        continue
      }
      // Out of the bracket, or creeping toward an eigenvalue outside.
      guard let (cut, count) = split(low, high, pivots.count) else { return nil }
      if count > index { high = cut } else { low = cut }
      point = middle(low, high).rounded(to: bits)
      last = Int.max
    }
    return point
  }

  /// The enclosure of an eigenvalue around a point, by the least of a few radii that counts confirm.
  private static func certified(_ pivots: JacobiTwist, _ point: Interval, below index: Int, bits: Int) -> Interval? {
    guard let exponent = point.magnitude.binaryExponent else { return nil }
    // Some units of the last place, or what the elements leave open.
    let open = correction(pivots, point).map { max(8, $0.change + bits + 2) } ?? 8
    func confirmed(_ least: Interval, _ greatest: Interval) -> Interval? {
      pivots.count(below: least) == index && pivots.count(below: greatest) == index + 1 ? least.hull(greatest) : nil
    }
    for radius in [0, 1, 2, 4, 8, 16, 32, 64].map({ open + $0 }) where radius < bits {
      let ball = Interval(1, precision: bits).scaled(byPowerOfTwo: exponent + radius - bits)
      if let value = confirmed(Interval((point - ball).lower), Interval((point + ball).upper)) { return value }
    }
    // A small one may be known to a factor only.
    for factor in [1, 4, 16, 64] {
      let ends = [point.scaled(byPowerOfTwo: -factor), point.scaled(byPowerOfTwo: factor)]
      let (least, greatest) = point.lower.signum > 0 ? (ends[0], ends[1]) : (ends[1], ends[0])
      if let value = confirmed(Interval(least.lower), Interval(greatest.upper)) { return value }
    }
    return nil
  }

  /// Rayleigh's quotient of the vector for a point, and the exponent of its relative change.
  private static func correction(_ pivots: JacobiTwist, _ point: Interval) -> (next: Interval, change: Int)? {
    guard let (vector, residual) = pivots.twisted(point) else { return nil }
    let length = vector.reduce(Interval(0, precision: 64)) { $0 + $1.rounded(to: 64).squared }
    let step = residual / length
    guard let shift = step.anchor, let next = (point + Interval(shift)).anchor, let size = next.binaryExponent
    else {
      return nil
    }
    return (Interval(next), (step.magnitude.binaryExponent ?? size - next.precision) - size)
  }

  /// A point between two at so many sixteenths of the way, by its power of two where these differ by a factor of four
  /// or more.
  private static func middle(_ low: Interval, _ high: Interval, part: Int = 8) -> Interval {
    if let a = low.lower.binaryExponent, let b = high.lower.binaryExponent, low.lower.signum == high.lower.signum,
      abs(a - b) > 1
    {
      return Interval(low.lower.signum * part, precision: low.precision).scaled(byPowerOfTwo: ((a + b) >> 1) - 4)
    }
    return ((16 - part) * low + part * high).scaled(byPowerOfTwo: -4).anchor.map { Interval($0) } ?? low
  }
}
