import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import JSON
import RigorousNumerics

/// A certificate of a value: the question, a path of the state, and bounds that follow from both, as lines of JSON.
///
/// Whoever reads it computes the defect of the path, which bounds its distance from the truth (docs/certificates.md).
/// The bounds are those of the certified value, wider by 10^-D of it (by 10^-D, where that was asked for).
struct Certificate {
  /// The lines.
  let lines: [String]

  /// A certificate of a value of a model.
  ///
  /// - Throws: ``Unanswered`` for what no checker covers and beyond the caps; what the model throws.
  init(
    of figure: FigureDeclaration, in model: Model, at arguments: Arguments, _ value: CertifiedValue, goal: Goal,
    within budget: Budget
  ) throws {
    guard let lower = value.lower?.rational, let upper = value.upper?.rational else {
      throw CertificateText.uncovered("no value was found")
    }
    let power = Rational(1, Integer(10).power(goal.digits))
    let size = max(lower.magnitude, upper.magnitude)
    var slack = power
    if case .relative = goal, size.signum > 0 { slack = power * size }
    slack = max(slack, upper - lower)
    lines = try Self.written(figure, model, arguments, (lower - slack, upper + slack), slack, budget)
  }

  private static func written(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments,
    _ bounds: (lower: Rational, upper: Rational), _ slack: Rational, _ budget: Budget
  ) throws -> [String] {
    // A coarse look at the model gives the size of its operators.
    let coarse = try CertificateProblem(
      ModelPoint(model, arguments, precision: 128), tail: slack.double / 1024, within: budget)
    guard try coarse.isBounded() else { throw CertificateText.uncovered("a motion that is not shown to exist") }
    let claim = try CertificateClaim(figure, coarse, arguments)
    // A start that is cut is off from the first time on, over which time there is no bound.
    if case .extremum(_, _, overTime: true, _) = claim, !coarse.isListed {
      throw CertificateText.uncovered("a mean over the time from a start without a last level of a mode")
    }
    if case .rest = claim {
      return try rest(figure, model, arguments, bounds, slack, budget)
    }
    var matrix = try coarse.closedMatrix(scale: 64, within: budget)
    let isClosed = matrix != nil
    var depth = 8
    while true {
      let known =
        try matrix
        ?? CertificateMatrix(
          coarse, scale: 64, reach: .steps(depth), limit: CertificateMatrix.greatestSize, within: budget)
      var (bound, open) = (0.0, [CertificateObservable]())
      for observable in claim.observables {
        if let own = try observable.bound(known, coarse) { bound = max(bound, own) } else { open.append(observable) }
      }
      // Later times are covered by a bound alone.
      if case .extremum(_, _, _, nil) = claim, !open.isEmpty { throw CertificateText.unbounded }
      let end = try claim.end(bounds, bound)
      let weight = open.isEmpty ? nil : try CertificateWeight(open, coarse, until: end)
      if let weight { bound = max(bound, weight.slope(known.states, coarse)) }
      // Spectra in the digits that are asked for, and some more.
      let width = max(64, Int(-2 * log2(slack.double)))
      let share = slack.double / Double(max(claim.observables.count + claim.parts.count, 1))
      let slope = try claim.parts.reduce(bound) { max($0, try $1.slope(coarse, bits: width, slack: share)) }
      let distance = share / (16 * max(slope, 1e-300))
      let steps = max(known.norm * end.double, 1)
      let count = Double(known.places.count)
      let room: Double = log2(count) + log2(steps) + 12
      let size = (room - log2(distance)).rounded(.up)
      guard size <= 16384 else { throw CertificateText.uncovered("a path of more than 16384 bits") }
      let bits = Int(size)
      let problem = try CertificateProblem(
        ModelPoint(model, arguments, precision: max(bits, 16) + 96), tail: distance / 8, within: budget)
      let fine = try CertificateMatrix(
        problem, scale: max(bits, 16) + 64, reach: isClosed ? .all : .steps(depth),
        limit: CertificateMatrix.greatestSize, within: budget)
      let exact = try CertificateClaim(figure, problem, arguments)
      let path = try CertificatePath(
        problem, fine, bits: max(bits, 16), until: try exact.end(bounds, bound, bits: max(bits, 16)),
        leak: distance / 4, within: budget)
      guard isClosed || path.leak <= distance / 4 else {
        (depth, matrix) = (depth + max(2, depth / 6), nil)
        continue
      }
      let last = try exact.line(path, problem, bounds, within: budget)
      let header = try problem.header(
        bits: path.bits, path.states, path.places, weight: weight?.power, quantity: "\(model.name).\(figure.name)",
        arguments)
      return [header.description] + path.lines + [last.description]
    }
  }
}

extension Certificate {
  /// The most states of a claim on the state at rest.
  private static let greatestRest = 16

  /// The head and the claim of the state at rest: whoever reads them solves the equations.
  fileprivate static func rest(
    _ figure: FigureDeclaration, _ model: Model, _ arguments: Arguments,
    _ bounds: (lower: Rational, upper: Rational), _ slack: Rational, _ budget: Budget
  ) throws -> [String] {
    // Elimination loses digits, and a spectrum some more: twice as many as are asked for, and what doubles have.
    let bits = max(64, Int(-2 * log2(slack.double))) + 64
    let problem = try CertificateProblem(
      ModelPoint(model, arguments, precision: bits + 96), tail: 0, within: budget)
    guard !problem.isVector, problem.isListed else { throw CertificateText.uncovered("a limit of a pure state") }
    let size = greatestRest * (greatestRest + 1) / 2
    let matrix = try CertificateMatrix(problem, scale: bits + 64, reach: .pairs, limit: size, within: budget)
    guard matrix.parts.allSatisfy({ $0.function == nil }) else {
      throw CertificateText.uncovered("a limit of a motion that holds the time")
    }
    guard case .rest(let value, let figures) = try CertificateClaim(figure, problem, arguments) else {
      throw CertificateText.uncovered("a quantity that is no limit")
    }
    let moment = try CertificateMoment(atRest: matrix, bits: bits, within: budget)
    let header = try problem.header(
      bits: bits, matrix.states, matrix.places, quantity: "\(model.name).\(figure.name)", arguments)
    var claim: [JSONValue.Member] = [
      .init("kind", .string("rest")), .init("means", .array(figures.means.map(\.terms))), .init("value", value),
    ]
    if !figures.parts.isEmpty {
      claim.append(.init("parts", .array(try figures.parts.map { try $0.json(moment, problem, within: budget) })))
    }
    claim += [.init("lower", .string("\(bounds.lower)")), .init("upper", .string("\(bounds.upper)"))]
    return [header.description, JSONValue.object([.init("claim", .object(claim))]).description]
  }
}

extension CertificatePath {
  /// A line for each piece.
  fileprivate var lines: [String] {
    pieces.map { piece in
      let length = piece.length
      let exponent = length.denominator.bitWidth - 1
      let lists = piece.coefficients.map { "[" + $0.map(\.description).joined(separator: ",") + "]" }
      return "{\"h\":[\(length.numerator),\(exponent)],\"x\":[" + lists.joined(separator: ",") + "]}"
    }
  }
}

extension CertificateClaim {
  /// Up to where the path runs: a multiple of 2^-bits beyond the last time that is asked for.
  fileprivate func end(
    _ bounds: (lower: Rational, upper: Rational), _ bound: Double, bits: Int = 64
  ) throws -> Rational {
    func beyond(_ time: Rational) -> Rational {
      let unit = Rational(Integer.powerOfTwo(bits))
      return Rational((time * unit).floor + 2) / unit
    }
    switch self {
    case .rest: return 0
    case .value(_, _, let time):
      guard let upper = time.enclosure(precision: bits + 64).upper.rational else {
        throw CertificateText.uncovered("a time out of range")
      }
      return upper.signum <= 0 ? Rational(1, 256) : beyond(upper)
    case .extremum(_, _, _, let until?):
      guard let upper = until.enclosure(precision: bits + 64).upper.rational, upper.signum > 0 else {
        throw CertificateText.uncovered("a window that is not positive")
      }
      return beyond(upper)
    case .extremum(let isGreatest, _, _, nil):
      let least = isGreatest ? bounds.lower : -bounds.upper
      guard least.signum > 0 else {
        throw CertificateText.uncovered(
          isGreatest ? "a greatest value that is not positive" : "a least value that is not negative")
      }
      // Later the magnitude of the mean over the time is at most the bound over the time.
      return beyond(Rational.dyadic(bound * 1.01 / least.double))
    case .firstTime: return beyond(bounds.upper)
    }
  }

  /// The last line.
  fileprivate func line(
    _ path: CertificatePath, _ problem: CertificateProblem, _ bounds: (lower: Rational, upper: Rational),
    within budget: Budget
  ) throws -> JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue) { members.append(.init(key, value)) }
    let values = problem.point.scalars.values
    func formula(_ constant: Constant) throws -> JSONValue {
      try CertificateText.json(constant.expression.substituting(values))
    }
    switch self {
    case .rest: throw CertificateText.uncovered("a limit along a path")
    case .value(let value, let figures, let time):
      add("kind", .string("value"))
      add("time", try formula(time))
      add("means", .array(figures.means.map(\.terms)))
      if !figures.parts.isEmpty {
        let moment = try CertificateMoment(path, at: time.enclosure(precision: path.bits + 64))
        add("parts", .array(try figures.parts.map { try $0.json(moment, problem, within: budget) }))
      }
      add("value", value)
    case .extremum(let isGreatest, let observable, let overTime, let until):
      guard let polynomial = observable.polynomial else {
        throw CertificateText.uncovered("a \(isGreatest ? "greatest" : "least") weight")
      }
      var time = try CertificateWitness(path, polynomial, problem).time(isGreatest: isGreatest, overTime: overTime)
      let unit = Rational(Integer.powerOfTwo(path.bits))
      time = Rational((time * unit).floor) / unit
      if let end = until?.enclosure(precision: path.bits + 64).lower.rational {
        time = min(time, Rational((end * unit).floor - 1) / unit)
      }
      add("kind", .string(isGreatest ? "greatest" : "least"))
      add("operator", observable.terms)
      add("over-time", .bool(overTime))
      if let until { add("until", try formula(until)) }
      add("witness", .array([.number("\((time * unit).floor)"), .integer(path.bits)]))
    case .firstTime(let observable, let level):
      guard let polynomial = observable.polynomial else { throw CertificateText.uncovered("a first time of a weight") }
      let start = try CertificateWitness(path, polynomial, problem).startValue
      let isBelow = start < level.enclosure(precision: 64).upper.double(rounding: .nearest)
      add("kind", .string("first-time"))
      add("operator", observable.terms)
      add("level", try formula(level))
      add("side", .integer(isBelow ? 1 : -1))
    }
    add("lower", .string("\(bounds.lower)"))
    add("upper", .string("\(bounds.upper)"))
    return .object([.init("claim", .object(members))])
  }
}
