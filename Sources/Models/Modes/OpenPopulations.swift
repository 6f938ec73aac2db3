import ArbitraryPrecision
import RigorousNumerics

/// The populations of a mode that has no last one, alone or beside levels of a few other sites: a list for each of
/// these levels, and a bound of what comes after it.
///
/// With p_(n+1) <= q p_n for n > M, and for any a > 0 and g(n) = (1 + w n^p)^m,
///
///     sum over n > M of p_n^a g(n) <= p_(M+1)^a g(M+1)/(1 - q^a r),   r = ((M+2)/(M+1))^(p m),
///
/// where q^a r < 1, since g(n+1)/g(n) <= ((n+1)/n)^(p m) <= r there.
struct OpenPopulations: Sendable {
  /// The populations beside one level of the other sites.
  struct Branch: Sendable {
    /// The levels of the sites, with no quanta of the mode.
    let numbers: [Int]
    /// p_0 ... p_M.
    let listed: [Interval]
    /// At least p_(M+1).
    let next: Interval
    /// At least p_(n+1)/p_n for n > M.
    let ratio: Interval

    /// At least the sum of p_n^a (1 + w n^p)^m over n > M.
    func tail(power a: Rational, weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
      let last = listed.count - 1
      let step = Interval(Rational(Integer(last + 2), Integer(last + 1)), precision: 64).power(m * Rational(p))
      let rest = 1 - ratio.raised(to: a) * step
      guard rest.lower.signum > 0 else { throw NotToldYet(what: "the tail of the start") }
      return next.raised(to: a) * Self.weight(last + 1, w, p).power(m) / rest
    }

    static func weight(_ n: Int, _ w: Int, _ p: Int) -> Interval {
      1 + w * Interval(Integer(n).power(p), precision: 64)
    }
  }

  let sites: [Int]
  /// The place of the mode among the sites.
  let mode: Int
  let branches: [Branch]
  /// The levels of a quadratic form of which these are the populations; nil where they are those of the quanta.
  let turned: TurnedLevels?

  /// At least the sum of p^a (1 + w n^p)^m over all levels, without end.
  func sum(power a: Rational, weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
    if let turned, let x = branches.first?.ratio {
      return try turned.sum(x, power: Interval(a, precision: 128), weight: w, power: p, exponent: m)
    }
    return try branches.reduce(Interval(0, precision: 64)) { sum, branch in
      let tail = try branch.tail(power: a, weight: w, power: p, exponent: m)
      return branch.listed.enumerated().reduce(sum + tail) { sum, item in
        sum + item.element.raised(to: a) * Branch.weight(item.offset, w, p).power(m)
      }
    }
  }

  /// At least the sum of all populations that are not listed.
  func dropped() throws -> Interval {
    try branches.reduce(Interval(0, precision: 64)) {
      $0 + (try $1.tail(power: 1, weight: 1, power: 1, exponent: 0))
    }
  }

  private static let tooMany = Unanswered(
    beyond: "the start of a mode takes more than \(GrowingSector.greatestSize) quanta to the digits asked for")

  /// The populations (1 - x) x^n, x = N/(N + 1), of a mode with N > 0 quanta in the mean, listed down to 2^-bits.
  init(thermal quanta: Interval, at site: Int, bits: Int, within budget: Budget) throws {
    guard quanta.isBounded else { throw NotToldYet(what: "the quanta of a thermal start") }
    let least = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .down)
    let ratio = quanta / (quanta + 1)
    var (listed, next) = ([Interval](), 1 / (quanta + 1))
    while next.upper >= least || listed.isEmpty {
      if listed.count % 256 == 255 { try budget.check() }
      guard listed.count < GrowingSector.greatestSize else { throw Self.tooMany }
      listed.append(next)
      next = next * ratio
    }
    self.init(
      [site], mode: 0, [.init(numbers: [0], listed: listed, next: next.rounded(to: 64), ratio: ratio.rounded(to: 64))])
  }

  private init(_ sites: [Int], mode: Int, _ branches: [Branch], _ turned: TurnedLevels? = nil) {
    (self.sites, self.mode, self.branches, self.turned) = (sites, mode, branches, turned)
  }

  /// The populations (1 - x) x^n, x = exp(-beta w), of the levels of a quadratic form.
  init(
    gibbs beta: Interval, _ levels: TurnedLevels, at site: Int, bits: Int, _ point: ModelPoint, within budget: Budget
  ) throws {
    let x = (-(beta * (try levels.frequency(precision: point.precision)))).exponential
    guard x.isBounded, (1 - x).lower.signum > 0, x.lower.signum > 0 else {
      throw NotToldYet(what: "a Boltzmann factor")
    }
    let plain = try OpenPopulations(thermal: x / (1 - x), at: site, bits: bits, within: budget)
    self.init(plain.sites, mode: plain.mode, plain.branches, levels)
  }

  /// The populations exp(-beta E)/Z of levels that rise with the quanta, listed down to 2^-bits.
  ///
  /// From some number m of quanta on the differences E(n+1) - E(n) are positive and do not fall (``RisingLevels``), so
  /// q = exp(-beta (E(M+2) - E(M+1))) serves for M >= m, and Z is the sum of what is listed and at most the tail.
  /// Levels are counted from a number near the lowest one, so that Z is about 1 or more.
  init(
    gibbs beta: Interval, _ levels: [RisingLevels], on sites: [Int], mode: Int, bits: Int, within budget: Budget
  ) throws {
    let least = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits - 1, rounding: .down)
    let lowest = levels.flatMap { levels in (0...levels.start).map { levels.value($0) } }
    guard beta.isBounded, lowest.allSatisfy(\.isBounded), let ground = lowest.min(by: { $0.lower < $1.lower }),
      let zero = ground.midpoint
    else { throw NotToldYet(what: "a level of a part") }
    var (found, total) = ([Branch](), Interval(0, precision: beta.precision))
    for levels in levels {
      func factor(_ n: Int) -> Interval { (-(beta * (levels.value(n) - Interval(zero)))).exponential }
      var (listed, next) = ([Interval](), factor(0))
      while next.upper >= least || listed.count <= levels.start {
        if listed.count % 256 == 255 { try budget.check() }
        guard listed.count < GrowingSector.greatestSize else { throw Self.tooMany }
        listed.append(next)
        total = total + next
        next = factor(listed.count)
      }
      let step = levels.value(listed.count + 1) - levels.value(listed.count)
      let branch = Branch(
        numbers: levels.numbers, listed: listed, next: next.rounded(to: 64),
        ratio: (-(beta * step)).exponential.rounded(to: 64))
      let tail = try branch.tail(power: 1, weight: 1, power: 1, exponent: 0)
      total = total + Interval(from: 0, to: 1, precision: 64) * tail
      found.append(branch)
    }
    // The ground level counts as much as 1 but for the width of its enclosure; so no population is above its factor's
    // double.
    guard total.lower >= BigFloat(Rational(1, 2), precision: 64, rounding: .up) else {
      throw NotToldYet(what: "a Boltzmann factor")
    }
    self.init(
      sites, mode: mode,
      found.map { branch in
        Branch(
          numbers: branch.numbers, listed: branch.listed.map { $0 / total },
          next: branch.next / total.rounded(to: 64), ratio: branch.ratio)
      })
  }
}

extension Interval {
  /// At least the power of a number between 0 and 1 with a rational exponent, to 64 bits.
  fileprivate func raised(to exponent: Rational) -> Interval {
    let x = rounded(to: 64)
    if exponent == 1 { return x }
    guard x.upper.signum > 0 else { return Interval(0, precision: 64) }
    return (Interval(exponent, precision: 64) * x.greatest.logarithm).exponential
  }
}
