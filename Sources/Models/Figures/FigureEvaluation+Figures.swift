import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// Figures by the states of the model.
extension FigureEvaluation {
  /// The value of a figure by the states of the model.
  mutating func value(
    byStates call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> DefinedInterval {
    switch call {
    case .mean(let x):
      let x = try hermitian(x, indices, moment)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.mean(x).interval) }
      let there = try observable([x], moment)
      return DefinedInterval(try state(moment).mean(there.operators[0], there.point))
    case .variance(let x):
      let x = try hermitian(x, indices, moment)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.covariance(x, x).interval.nonNegative) }
      let there = try observable([x], moment)
      return DefinedInterval(try state(moment).variance(there.operators[0], there.point))
    case .covariance(let x, let y):
      let (left, right) = (try hermitian(x, indices, moment), try hermitian(y, indices, moment))
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.covariance(left, right).interval) }
      let there = try observable([left, right], moment)
      return DefinedInterval(
        try state(moment).covariance(there.operators[0], there.operators[1], there.point))
    case .weight(let assignments):
      let sites = try sites(assignments, indices, formula)
      if let doubles = try doubles(moment) { return DefinedInterval(try doubles.weight(sites)) }
      return DefinedInterval(try state(moment).weight(sites, point))
    case .initial(let inner): return try value(inner, indices, .start)
    case .sum(let index, let from, let to, let inner):
      let (first, last) = (try integer(from, indices), try integer(to, indices))
      var sum = context.number(0)
      guard first <= last else { return sum }
      guard last - first < Self.greatestSum else {
        throw formula.place.fault("a sum of \(last - first + 1) figures; accepted: at most \(Self.greatestSum)")
      }
      for number in first...last {
        let own = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
        sum = context.sum(sum, try value(inner, own, moment))
      }
      return sum
    case .energetic, .copies, .ofState, .fisher, .concurrence, .distance:
      return DefinedInterval(try value(ofState: call, formula, indices, moment) ?? .entire(precision: point.precision))
    case .rate(let inner): return try rate(of: inner, indices, moment)
    case .extremum(let isGreatest, let answer, let inner, let window):
      let window = try window.map { try value($0, indices, moment) }
      return try extremum(isGreatest: isGreatest, answer, inner, window, indices)
    case .firstMaximum(let answer, let inner): return try firstMaximum(answer, inner, indices)
    case .firstTime(let inner, let level): return try firstTime(inner, level, indices)
    case .average(let inner, let end): return try average(inner, try value(end, indices, moment), indices)
    case .at(let inner, let time):
      let exact = exact(time, indices, moment)
      let time = try value(time, indices, moment)
      guard time.isDefined, time.interval.isBounded else { throw NotToldYet(what: "a time") }
      let isStart = time.interval.isExactZero || exact?.isZero == .certainlyTrue
      return try value(inner, indices, isStart ? .start : .at(try checked(time, inner), exact))
    case .steady(let inner):
      try requireNoTime("'steady(\(inner.written))'", formula)
      return try value(inner, indices, .limit)
    case .relaxationTime(let distance):
      try requireNoTime("'relaxation_time(\(distance.written))'", formula)
      return DefinedInterval(try relaxationTime(to: distance, indices))
    case .gap:
      try requireNoTime("'spectral_gap(all)'", formula)
      guard let gap = try spectralGap() else {
        throw formula.place.fault("'spectral_gap(all)' of a model without jumps; accepted: models with jumps")
      }
      return DefinedInterval(gap)
    }
  }

  /// Refuses a figure of all times of a model that depends on them.
  func requireNoTime(_ shown: String, _ formula: FigureFormula) throws {
    guard try evolution.dependsOnTime() else { return }
    throw formula.place.fault(
      "\(shown.abridged) of a model in which t stands; accepted: models that do not depend on the time")
  }

  /// The most figures of a sum.
  static let greatestSum = 20_000

  /// The time of a formula as a formula, where it is one without figures.
  func exact(_ time: FigureFormula, _ indices: [String: Expression], _ moment: Moment) -> Constant? {
    guard time.calls.isEmpty else { return nil }
    var names = indices
    switch moment {
    case .start: names["t"] = .number(0)
    case .now: names["t"] = self.time?.expression
    case .at(_, let exact): names["t"] = exact?.expression
    case .limit: break
    }
    return try? point.scalars.constant(time.expression.substituting(names))
  }
}
