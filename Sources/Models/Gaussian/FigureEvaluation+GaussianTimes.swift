import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// Figures over times of models of bosons by their moments.
extension FigureEvaluation {
  /// The rate of a mean or of a variance: <X'> with the adjoint generator X', and <(X^2)'> - 2 <X> <X'>; nil for other
  /// figures.
  mutating func rate(
    byMoments inner: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> Interval? {
    guard case .variable(let name) = inner.expression.node, let call = inner.calls[name] else { return nil }
    if case .limit = moment { return nil }
    do {
      switch call {
      case .mean(let x):
        let there = try observable([evolution.change(of: try hermitian(x, indices, moment))], moment)
        return try mean(there.operators[0], there.point, moment)
      case .variance(let x):
        var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
        let x = try hermitian(x, indices, moment)
        let square = try evolution.change(of: try arithmetic.product(x, x))
        let there = try observable([x, evolution.change(of: x), square], moment)
        guard let mean = try mean(there.operators[0], there.point, moment),
          let change = try self.mean(there.operators[1], there.point, moment),
          let whole = try self.mean(there.operators[2], there.point, moment)
        else { return nil }
        return whole - 2 * mean * change
      default: return nil
      }
    } catch is OutsideFragment { return nil }
  }

  /// Whether moments tell figures at all times.
  var hasMomentTimes: Bool { moments.map { $0.isOpen && !$0.isDriven && !isSecond } ?? false }

  /// The mean of an operator at all times by the moments; nil where they do not tell it.
  mutating func mean(byMoments polynomial: ModelPoint.Operator) throws -> TimeFunction? {
    guard hasMomentTimes, var moments else { return nil }
    let sites = sites(of: polynomial)
    guard !sites.isEmpty else { return nil }
    let path = try moments.path(of: sites, from: try momentStart())
    self.moments = moments
    return try MomentMean(of: polynomial, along: path, point, within: budget)?.function
  }

  /// A time in which the moments change little; nil of other models.
  mutating func momentStep() throws -> Interval? {
    guard hasMomentTimes, var moments else { return nil }
    let path = try moments.path(of: Array(0..<point.basis.count), from: try momentStart())
    self.moments = moments
    return path.flow.map { 1 / (4 * $0.size.interval.rounded(to: 64)) }
  }

  /// Purity, ergotropy and passive energy of one mode at all times, with their derivatives; nil for other figures.
  ///
  /// With D = det s the purity is 1/sqrt(D), and the passive energy that of v = sqrt(D).
  mutating func running(
    byMoments call: FigureCall, _ indices: [String: Expression]
  ) throws -> TimeFunction? {
    guard hasMomentTimes else { return nil }
    var energy: (polynomial: ModelPoint.Operator, levels: QuadraticEnergy)?
    let site: Int
    switch call {
    case .ofState(.purity, let subject):
      let sites = try sites(of: subject.substituting(indices))
      guard sites.count == 1 else { return nil }
      site = sites[0]
    case .energetic(let figure, let part) where figure == .ergotropy || figure == .passive:
      let sites = try point.sites(ofPart: part)
      let polynomial = try point.hermitian(model.parts[part].hamiltonian)
      guard sites.count == 1, !ModelPoint.holdsTime(polynomial),
        let levels = try QuadraticEnergy(polynomial, at: sites, of: model.parts[part], point, within: budget)
      else { return nil }
      (site, energy) = (sites[0], (polynomial, levels))
    default: return nil
    }
    let start = try momentStart()
    guard let closure = moments?.generator.closure(of: [site]), closure.allSatisfy({ start.isGaussian[$0] }),
      let determinant = try staysCoherent(site)
        ? TimeFunction(constant: Interval(1, precision: point.precision)) : determinant(site)
    else { return nil }
    guard let energy else {
      return TimeFunction(combining: [determinant]) { context, values in
        context.power(context.call(.sqrt, values[0]), -1)
      }
    }
    let (frequency, ground) = (energy.levels.frequencies[0], energy.levels.ground)
    let passive = TimeFunction(combining: [determinant]) { context, values in
      let quanta = context.difference(context.call(.sqrt, values[0]), context.number(1))
      return context.sum(
        context.constant(ground), context.product(context.constant(frequency.scaled(byPowerOfTwo: -1)), quanta))
    }
    guard case .energetic(.ergotropy, _) = call else { return passive }
    guard let mean = try mean(byMoments: energy.polynomial) else { return nil }
    return TimeFunction(combining: [mean, passive]) { context, values in context.difference(values[0], values[1]) }
  }

  /// Whether the covariances are those of the vacuum at all times: they are so at the start, and nothing drives them
  /// away, T = N = 0.
  private mutating func staysCoherent(_ site: Int) throws -> Bool {
    guard var moments else { return false }
    let path = try moments.path(of: [site], from: try momentStart())
    self.moments = moments
    guard let flow = path.flow else { return false }
    return flow.noise.entries.allSatisfy(\.isExactZero) && path.start.excess.entries.allSatisfy(\.isExactZero)
  }

  /// det s of one mode, which is at least 1.
  private mutating func determinant(_ site: Int) throws -> TimeFunction? {
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    let (x, p) = (try point.quadrature(2 * site), try point.quadrature(2 * site + 1))
    var functions: [TimeFunction] = []
    for (left, right) in [(x, x), (p, p), (x, p)] {
      let both = try arithmetic.sum(try arithmetic.product(left, right), try arithmetic.product(right, left))
      guard let function = try mean(byMoments: try arithmetic.scaled(both, by: point.scalars.number(Rational(1, 2))))
      else { return nil }
      functions.append(function)
    }
    guard let first = try mean(byMoments: x), let second = try mean(byMoments: p) else { return nil }
    return TimeFunction(combining: functions + [first, second]) { context, values in
      let (x, p) = (values[3], values[4])
      let xx = context.difference(values[0], context.product(x, x))
      let pp = context.difference(values[1], context.product(p, p))
      let xp = context.difference(values[2], context.product(x, p))
      let whole = context.difference(context.product(xx, pp), context.product(xp, xp))
      let least = Interval(Interval(1, precision: 64).lower, .infinity(precision: 64)) ?? .entire(precision: 64)
      return TaylorSeries(
        [whole.value.intersection(least)] + whole.coefficients.dropFirst(), distance: whole.distance,
        isSmooth: whole.isSmooth, isDefined: whole.isDefined)
    }
  }
}
