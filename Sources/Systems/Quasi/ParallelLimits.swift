import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// How far the work of N cells charged in parallel is from the limits of its law.
///
/// With x the characteristic function of one cell, m its mean, v its variance and k its third cumulant, that of (w - N
/// m)/N^c is (x(u N^-c) e^(-i m u N^-c))^N. As N grows it tends to
///
///     c = 1, a point:      1                       for every q, a and b
///     c = 1/2, Gaussian:   exp(-v u^2/2)           of a density when v > 0
///     c = 1/3, Airy:  exp(-i k u^3/6)  when v = 0: the density is (2/k)^(1/3) Ai((2/k)^(1/3) y), negative in places
struct ParallelLimits {
  private let law: BlockLaw
  private let cells: Int

  init(_ battery: BlockBattery) { (law, cells) = (battery.law, battery.blocks) }

  /// Whether one work has all the probability, by proof of the zeros of all others: then w is its mean, v = k = 0, and
  /// all limits are the law itself.
  var isCertainWork: Bool { Set(law.places.map { law.work(of: $0.terms[0]) }).count == 1 }

  /// The limits by name.
  enum Limit: String, ParameterWord {
    case point, gaussian, airy
  }

  /// |(x(u N^-c) e^(-i m u N^-c))^N - limit(u)|.
  func distance(to limit: Limit, at u: Interval, within budget: Budget) throws(Unanswered) -> Interval {
    let precision = u.precision
    let n = Interval(cells, precision: precision)
    let cumulants = law.cumulants(precision)
    let one = ComplexInterval(Interval(1, precision: precision), Interval(0, precision: precision))
    let scale: Interval
    let target: ComplexInterval
    switch limit {
    case .point: (scale, target) = (n, one)
    case .gaussian:
      scale = n.squareRoot
      target = ComplexInterval((-(cumulants[1] * u.squared)).scaled(byPowerOfTwo: -1).exponential, one.imaginary)
    case .airy:
      scale = n.root(3)
      let angle = cumulants[2] * u.power(3) / 6
      target = ComplexInterval(angle.cosine, -angle.sine)
    }
    let place = u / scale
    let turn = cumulants[0] * place
    let block = law.characteristic(place) * ComplexInterval(turn.cosine, -turn.sine)
    return (try binaryPower(block, cells, within: budget) { $0 * $1 } - target).magnitude
  }

  /// The supremum over x of |F(x) - Phi(x)|, F the sum of the probabilities of works up to N m + x sqrt(N v), Phi the
  /// normal distribution.
  ///
  /// The variance is positive. F is constant between works, and Phi is continuous and rises: the supremum over the
  /// works up to the next one is attained or approached at one of the two.
  func gaussianDistance(
    _ route: BlockBattery.Route, _ precision: Int, within budget: Budget
  ) throws(Unanswered) -> Interval {
    let all = try law.probabilities(route, precision, within: budget)
    let works = law.works.map { (work: law.work(at: $0[0]), indices: $0) }.sorted { $0.work < $1.work }
    var levels: [Interval] = []
    var sum = Interval(0, precision: precision)
    for (_, indices) in works {
      sum = indices.reduce(sum) { $0 + all[$1] }
      levels.append(sum)
    }
    let sharp = law.cumulants(precision)
    // Phi is continuous for a positive variance alone.
    if sharp[1].containsZero { return .entire(precision: precision) }
    let bits = levels.usefulBits(atMost: precision)
    let cumulants = sharp.map { $0.rounded(to: bits) }
    let n = Interval(cells, precision: bits)
    let unit = (2 * (n * cumulants[1])).squareRoot
    func normal(_ work: Rational) -> Interval {
      let x = (Interval(work, precision: bits) - n * cumulants[0]) / unit
      return (1 + x.errorFunction).scaled(byPowerOfTwo: -1)
    }
    var greatest = Interval(0, precision: bits)
    var below = Interval(0, precision: bits)
    for (place, level) in zip(works, levels) {
      try budget.check()
      let phi = normal(place.work)
      let above = level.rounded(to: bits)
      greatest = greatest.maximum((below - phi).absoluteValue).maximum((above - phi).absoluteValue)
      below = above
    }
    return greatest
  }
}
