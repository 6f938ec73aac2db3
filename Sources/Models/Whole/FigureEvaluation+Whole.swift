import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// Figures by the second route.
extension FigureEvaluation {
  /// The value of a figure of one state; nil for figures that are made of others.
  mutating func value(
    of call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment,
    by whole: WholeEvolution
  ) throws -> Interval? {
    switch call {
    case .initial, .sum, .at: return nil
    case .mean(let x): return try mean(written(x, indices, moment), moment, whole)
    case .variance(let x):
      let written = try written(x, indices, moment)
      let mean = try mean(written, moment, whole)
      return (try self.mean(written * written, moment, whole) - mean.squared).nonNegative
    case .covariance(let x, let y):
      let (left, right) = (try written(x, indices, moment), try written(y, indices, moment))
      let sum = try mean(left * right + right * left, moment, whole)
      return sum / 2 - (try mean(left, moment, whole)) * (try mean(right, moment, whole))
    case .weight(let assignments):
      let amplitudes = try sites(assignments, indices, formula).map { site, state in
        guard state.gaussian == nil else {
          throw Unanswered(beyond: "weights of states without a last level by the second route")
        }
        return (site: site, values: try state.amplitudes.mapValues(point.scalars.enclosure))
      }
      return try state(moment, whole).weight(amplitudes)
    case .rate(let inner):
      guard case .variable(let name) = inner.expression.node, case .mean(let x)? = inner.calls[name] else { break }
      if let master = whole.master {
        return try master.rate(try written(x, indices, moment).written, at: try time(moment))
      }
      let state = try state(moment, whole)
      return try state.rate(try WrittenOperator(x, indices, point).written, try whole.hamiltonian(state.space))
    case .energetic, .copies, .ofState, .concurrence, .distance:
      let figures = WholeFigures(try state(moment, whole), point, within: budget)
      switch call {
      case .energetic(let figure, let part): return try figures.value(figure, part)
      case .copies(let part, let count): return try figures.copies(part, try integer(count, indices))
      case .ofState(let figure, let subject):
        return try figures.value(figure, figures.sites(of: subject.substituting(indices)))
      case .concurrence(let x, let y):
        return try figures.concurrence(x.substituting(indices), y.substituting(indices))
      case .distance(let figure, let subject, let reference):
        let sites = try figures.sites(of: subject.substituting(indices))
        let other = try density(of: reference, sites, indices, whole)
        return try figures.distance(figure, sites, other)
      default: break
      }
    case .extremum, .firstMaximum, .firstTime:
      _ = try motion(whole)
      return nil
    case .fisher, .average, .steady, .relaxationTime, .gap: break
    }
    throw Unanswered(beyond: "this figure is not served by the second route")
  }

  /// The states at all times.
  private mutating func motion(_ whole: WholeEvolution) throws -> WholeMotion {
    if let wholeMotion { return wholeMotion }
    let found = try whole.motion()
    wholeMotion = found
    return found
  }

  /// A figure as a function of time by the second route; nil for figures that are made of others.
  mutating func running(
    bySecond call: FigureCall, _ indices: [String: Expression]
  ) throws -> TimeFunction? {
    guard isSecond, let whole else { return nil }
    func mean(_ operation: WrittenOperator) throws -> TimeFunction {
      let motion = try motion(whole)
      return try motion.mean(of: motion.space.matrix(motion.space.terms(operation.written), within: budget))
    }
    func covariance(_ x: ModelFormula, _ y: ModelFormula) throws -> TimeFunction {
      let (left, right) = (try written(x, indices, .start), try written(y, indices, .start))
      return TimeFunction(
        combining: [try mean(left * right + right * left), try mean(left), try mean(right)]
      ) { context, values in
        context.difference(
          context.product(context.number(Rational(1, 2)), values[0]), context.product(values[1], values[2]))
      }
    }
    switch call {
    case .mean(let x): return try mean(try written(x, indices, .start))
    case .variance(let x): return try covariance(x, x)
    case .covariance(let x, let y): return try covariance(x, y)
    case .rate, .sum, .initial, .extremum, .firstMaximum, .firstTime, .at: return nil
    case .weight, .energetic, .copies, .ofState, .fisher, .concurrence, .distance, .average, .steady, .relaxationTime,
      .gap:
      throw Unanswered(beyond: "this figure over times is not served by the second route")
    }
  }

  /// An operator as it is written, `H` being the Hamiltonian of the moment.
  private mutating func written(
    _ formula: ModelFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> WrittenOperator {
    try WrittenOperator(try withHamiltonian(formula.substituting(indices), moment), [:], point)
  }

  /// The time of a moment.
  private func time(_ moment: Moment) throws -> Interval {
    switch moment {
    case .at(let time, _): return time
    case .start: return Interval(0, precision: point.precision)
    case .now: return isStart(.now) ? Interval(0, precision: point.precision) : try question()
    case .limit: throw Unanswered(beyond: "this figure is not served by the second route")
    }
  }

  /// The state at a moment.
  private mutating func state(_ moment: Moment, _ whole: WholeEvolution) throws -> WholeState {
    if let key = moment.key, let known = wholeStates[key] { return known }
    let exact: Constant? =
      switch moment {
      case .at(_, let exact): exact
      case .now: self.time
      case .start, .limit: nil
      }
    let state = try whole.state(after: try time(moment), exact: exact)
    if let key = moment.key { wholeStates[key] = state }
    return state
  }

  /// A mean: of a small density matrix, by an equation of its own where there is one, or of vectors.
  private mutating func mean(
    _ operation: WrittenOperator, _ moment: Moment, _ whole: WholeEvolution
  ) throws -> Interval {
    let isSmall = point.basis.dimension.map { $0 <= Integer(WholeEvolution.greatestDensity) } ?? false
    if whole.master == nil, !isSmall, !isStart(moment) {
      let normal = try operation.normal(point)
      if let moments = try ClosedMoments(of: normal, point, within: budget) {
        let time: Interval = if case .at(let time, _) = moment { time } else { try question() }
        let start = try self.state(.start)
        let model = point
        return try moments.mean(of: normal, after: time, within: budget) { try start.mean($0, model) }
      }
    }
    let model = point
    return try state(moment, whole).mean(operation.written) { try operation.normal(model) }
  }

  /// The state that another one is held against.
  private mutating func density(
    of reference: StateReference, _ sites: [Int], _ indices: [String: Expression], _ whole: WholeEvolution
  ) throws -> DensityMatrix {
    let frames: [SiteFrame]
    switch reference {
    case .start: return try WholeFigures(try state(.start, whole), point, within: budget).density(sites)
    case .word(let word): frames = try SiteFrame.frames(word.substituting(indices), on: sites, point)
    case .product(let assignments):
      frames = try assignments.flatMap {
        try SiteFrame.frames($0.word.substituting(indices), on: point.sites(of: $0.place.substituting(indices)), point)
      }
    case .gibbs(let part, let beta):
      let temperature = InverseTemperature(beta.substituting(indices))
      frames = try GibbsFrames(model.parts[part], temperature, point, within: budget).frames
    }
    return try WholeFigures.density(frames, sites, point, within: budget)
  }
}

/// An operator as it is written, for matrices; its normal order is formed where it is asked for.
struct WrittenOperator {
  let written: ModelPoint.Operator
  private let ring: ModelScalars

  init(_ formula: ModelFormula, _ indices: [String: Expression], _ point: ModelPoint) throws {
    let formula = formula.substituting(indices)
    // Refuses what is not Hermitian.
    _ = try point.hermitian(formula)
    (written, ring) = (try point.asWritten(formula), point.scalars)
  }

  private init(_ written: ModelPoint.Operator, _ ring: ModelScalars) { (self.written, self.ring) = (written, ring) }

  static func * (a: WrittenOperator, b: WrittenOperator) throws -> WrittenOperator {
    var result = ModelPoint.Operator()
    for (left, x) in a.written.terms {
      for (right, y) in b.written.terms { try result.add(try a.ring.product(x, y), left + right, in: a.ring) }
    }
    return WrittenOperator(result, a.ring)
  }

  static func + (a: WrittenOperator, b: WrittenOperator) throws -> WrittenOperator {
    var result = a.written
    for (word, coefficient) in b.written.terms { try result.add(coefficient, word, in: a.ring) }
    return WrittenOperator(result, a.ring)
  }

  /// In normal order.
  func normal(_ point: ModelPoint) throws -> ModelPoint.Operator {
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: ring)
    var result = ModelPoint.Operator()
    for (word, coefficient) in written.terms { try arithmetic.add(word, coefficient, to: &result) }
    return result
  }
}

extension Model {
  /// Whether figures stand in a formula, and the second route serves all of them in finite spaces; over times also
  /// where the model's Hamiltonian is all that moves it.
  func hasSecondRoute(_ formula: FigureFormula) -> Bool {
    guard !formula.calls.isEmpty, formula.isServedBySecond else { return false }
    return !formula.searchesTimes || (schedule == nil && jumps.isEmpty && !factors.contains(where: \.isBoson))
  }
}

extension FactorDeclaration {
  fileprivate var isBoson: Bool { if case .boson = kind { true } else { false } }
}

extension FigureFormula {
  fileprivate var isServedBySecond: Bool {
    calls.values.allSatisfy { call in
      switch call {
      case .mean, .variance, .covariance, .weight, .energetic, .copies, .ofState, .concurrence, .distance: true
      case .initial(let inner), .sum(_, _, _, let inner): inner.isServedBySecond
      case .at(let inner, let time): inner.isServedBySecond && time.isServedBySecond
      case .rate(let inner):
        if case .variable(let name) = inner.expression.node, case .mean? = inner.calls[name] { true } else { false }
      case .extremum(_, _, let inner, let window):
        inner.isServedOverTimes && (window?.isServedBySecond ?? true)
      case .firstMaximum(_, let inner): inner.isServedOverTimes
      case .firstTime(let inner, let level): inner.isServedOverTimes && level.isServedOverTimes
      case .fisher, .average, .steady, .relaxationTime, .gap: false
      }
    }
  }

  /// Whether times are looked for in it.
  fileprivate var searchesTimes: Bool {
    calls.values.contains { call in
      switch call {
      case .extremum, .firstMaximum, .firstTime: true
      case .initial(let inner), .rate(let inner), .sum(_, _, _, let inner): inner.searchesTimes
      case .at(let inner, let time): inner.searchesTimes || time.searchesTimes
      default: false
      }
    }
  }

  /// Whether the second route serves the figures in it as functions of time.
  private var isServedOverTimes: Bool {
    calls.values.allSatisfy { call in
      switch call {
      case .mean, .variance, .covariance: true
      case .initial(let inner): inner.isServedBySecond
      case .rate(let inner), .sum(_, _, _, let inner): inner.isServedOverTimes
      default: false
      }
    }
  }
}
