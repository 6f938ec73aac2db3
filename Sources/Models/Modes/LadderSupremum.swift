import ArbitraryPrecision
import Synchronization

/// The supremum over the quanta of one mode that ``WeightGrowth`` asks for.
///
/// It has nothing of a precision, a coefficient or a time: the same few are asked for with each of these, so they are
/// remembered.
struct LadderSupremum: Hashable, Sendable {
  let moves: [LadderMove]
  /// w and p.
  let weight: Int
  let power: Int
  /// t and h.
  let exponent: Rational
  let share: Rational
  let hasAmplitude: Bool
  let hasDifference: Bool

  /// The most that are remembered.
  private static let greatestCount = 4096
  private static let known = Mutex<[LadderSupremum: Interval]>([:])

  /// At least the supremum; entire where there is none.
  var bound: Interval {
    if let known = Self.known.withLock({ $0[self] }) { return known }
    let found = found
    Self.known.withLock { if $0.count < Self.greatestCount { $0[self] = found } }
    return found
  }

  /// The numbers that are looked at one by one.
  private static let listed = 64

  private var found: Interval {
    let (s, change) = (moves[0].annihilations, moves[0].change)
    let (w, p) = (weight, power)
    let scale = Interval(Rational(w) / share, precision: 64)
    let half = exponent / 2
    func powered(_ n: Int) -> Interval { Interval(Integer(n).power(p), precision: 64) }
    var greatest = BigFloat.zero(precision: 64)
    for n in s..<max(Self.listed, s + 1) {
      let next = n + change
      var value = Interval(1, precision: 64)
      if hasAmplitude { value = Interval(LadderMove.square(moves, from: n), precision: 64).squareRoot }
      if hasDifference { value = value * (w * (powered(next) - powered(n)).absoluteValue) }
      let bound = (1 + scale * powered(n)) * (1 + scale * powered(next))
      greatest = max(greatest, (value / bound.power(half)).upper)
    }
    // From here on, with x >= the last number listed.
    let start = max(Self.listed, s + 1)
    let smaller = min(start, start + change)
    let step = abs(change)
    let x = Interval(smaller + step, precision: 64)
    var constant = Interval(1, precision: 64)
    var growth = Rational(0) - Rational(p) * exponent
    if hasAmplitude {
      let degree = Rational(Integer(moves.reduce(0) { $0 + $1.degree }), 2)
      growth = growth + degree
      let later = moves.dropFirst().reduce(0) { $0 + $1.creations }
      if later > 0 { constant = (1 + Interval(later, precision: 64) / x).power(degree) }
    }
    if hasDifference {
      constant = constant * Interval(w * p * step, precision: 64)
      growth = growth + Rational(p - 1)
    }
    guard growth.signum <= 0 else { return .entire(precision: 64) }
    let spread = (1 + Interval(Rational(Integer(step), Integer(smaller)), precision: 64)).power(Rational(p) * half)
    let tail = constant * x.power(growth) * spread / scale.power(exponent)
    return tail.isBounded ? Interval(max(greatest, tail.upper)) : tail
  }
}

/// What a word does to the quanta of one mode: some are annihilated, then some created.
struct LadderMove: Hashable, Sendable {
  let annihilations: Int
  let creations: Int

  /// The move of a word.
  init(_ term: ModeTerm, _ mode: Int) { (annihilations, creations) = (term.annihilations[mode], term.creations[mode]) }

  private init(annihilations: Int, creations: Int) { (self.annihilations, self.creations) = (annihilations, creations) }

  /// The move of the adjoint word.
  var adjoint: LadderMove { LadderMove(annihilations: creations, creations: annihilations) }

  var change: Int { creations - annihilations }
  var degree: Int { creations + annihilations }

  /// The square of the product of the magnitudes of moves from a number of quanta; zero where they cannot be made.
  static func square(_ moves: [LadderMove], from start: Int) -> Integer {
    var (square, n) = (Integer(1), start)
    for move in moves {
      guard n >= move.annihilations else { return Integer(0) }
      for k in 0..<move.annihilations { square *= Integer(n - k) }
      n += move.change
      for k in 0..<move.creations { square *= Integer(n - k) }
    }
    return square
  }
}
