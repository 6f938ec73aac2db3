import ArbitraryPrecision
import RandomInputs

/// Standard normal doubles from a seed, the same on every machine.
///
/// SplitMix64 starts from the seed; each pair takes two of its words, the upper 53 bits m of the first and n of the
/// second, and with u = (m + 1) 2^-53 in (0, 1] and v = n 2^-53 in [0, 1)
///
///     x = sqrt(-2 ln u) cos(2 pi v),  y = sqrt(-2 ln u) sin(2 pi v)  (Box and Muller, Ann. Math. Stat. 29, 610, 1958),
///
/// each rounded to the nearest double: enclosures grow sharper until both ends round to the same one. That ends, for no
/// value is the middle of two doubles: u = 1 and the zeros of cosine and sine give an exact 0, which is told first; any
/// other -2 ln u is transcendental (Lindemann), so its root times an algebraic number, the cosine or sine, is no
/// rational.
struct NormalDoubles {
  private var words: SplitMix64

  init(seed: UInt64) { words = SplitMix64(seed: seed) }

  /// The next pair.
  mutating func next() -> (x: Double, y: Double) {
    let (m, n) = (words.next() >> 11, words.next() >> 11)
    let (u, v) = (Rational(Integer(UInt(m) + 1), .powerOfTwo(53)), Rational(Integer(UInt(n)), .powerOfTwo(53)))
    // 4 v is an integer where cosine or sine vanishes: even for the sine.
    let quarter = (4 * v).integer?.modulo(2)
    let isNothing = u == 1
    return (
      isNothing || quarter == 1 ? 0 : NormalDoubles.nearest { NormalDoubles.radius(u, $0) * angle(v, $0).cosine },
      isNothing || quarter == 0 ? 0 : NormalDoubles.nearest { NormalDoubles.radius(u, $0) * angle(v, $0).sine }
    )
  }

  private static func radius(_ u: Rational, _ precision: Int) -> Interval {
    (-2 * Interval(u, precision: precision).logarithm).squareRoot
  }

  private func angle(_ v: Rational, _ precision: Int) -> Interval {
    2 * (Interval.pi(precision: precision) * Interval(v, precision: precision))
  }

  /// The double nearest to a number that is no middle of two.
  private static func nearest(_ value: (_ precision: Int) -> Interval) -> Double {
    var precision = 128
    while true {
      let x = value(precision)
      let (low, high) = (x.lower.double(rounding: .nearest), x.upper.double(rounding: .nearest))
      if low == high { return low }
      precision *= 2
    }
  }
}
