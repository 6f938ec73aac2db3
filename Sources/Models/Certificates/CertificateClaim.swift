import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators
import RigorousNumerics

/// What a certificate says of its path (docs/certificates.md, S8).
enum CertificateClaim {
  /// A formula of means and of figures of spectra at a time.
  case value(JSONValue, CertificateFigures, time: Constant)
  /// A formula of means and of figures of spectra of the only state at rest.
  case rest(JSONValue, CertificateFigures)
  /// The supremum or infimum of a mean, or of a mean over the time, up to an end or over all times.
  case extremum(isGreatest: Bool, CertificateObservable, overTime: Bool, until: Constant?)
  /// The first time at which a mean passes a level.
  case firstTime(CertificateObservable, level: Constant)

  init(_ figure: FigureDeclaration, _ problem: CertificateProblem, _ arguments: Arguments) throws {
    let (formula, values) = (figure.value, problem.point.scalars.values)
    func constant(_ formula: FigureFormula) throws -> Constant {
      guard formula.calls.isEmpty, !formula.expression.variables.contains("t") else {
        throw CertificateText.uncovered("a time or a level that is no number")
      }
      return try Constant(formula.expression.substituting(values))
    }
    if formula.calls.count == 1, case .variable(let name) = formula.expression.node, let call = formula.calls[name] {
      switch call {
      case .extremum(let isGreatest, .value, let inner, let window):
        let (observable, overTime) = try Self.running(inner, problem)
        // Near t = 0 the error of the path over the time has no bound.
        guard isGreatest || !overTime else { throw CertificateText.uncovered("a least value over the time") }
        guard overTime || window != nil else {
          throw CertificateText.uncovered("a \(isGreatest ? "greatest" : "least") value without a window")
        }
        self = .extremum(
          isGreatest: isGreatest, observable, overTime: overTime, until: try window.map(constant))
        return
      case .firstTime(let inner, let level):
        let (observable, overTime) = try Self.running(inner, problem)
        guard !overTime else { throw CertificateText.uncovered("a first time of what is divided by the time") }
        self = .firstTime(observable, level: try constant(level))
        return
      default: break
      }
    }
    var figures = CertificateFigures()
    if formula.calls.count == 1, case .variable(let name) = formula.expression.node,
      case .at(let inner, let time)? = formula.calls[name]
    {
      let value = try Self.value(inner, [:], &figures, problem)
      self = .value(value, figures, time: try constant(time))
      return
    }
    if formula.calls.count == 1, case .variable(let name) = formula.expression.node,
      case .steady(let inner)? = formula.calls[name]
    {
      self = .rest(try Self.value(inner, [:], &figures, problem), figures)
      return
    }
    let value = try Self.value(formula, [:], &figures, problem)
    guard arguments.has(.time), !figures.isEmpty else {
      throw CertificateText.uncovered("a quantity that is no figure of a state, 'greatest' or 'first_time' of a mean")
    }
    self = .value(value, figures, time: arguments[.time])
  }

  /// The most means, and the most figures of spectra, of a claim.
  private static let greatestCount = 256

  /// A formula with its figures, which it adds to a list.
  private static func value(
    _ formula: FigureFormula, _ indices: [String: Expression], _ figures: inout CertificateFigures,
    _ problem: CertificateProblem
  ) throws -> JSONValue {
    var names: [String: JSONValue] = [:]
    for (name, call) in formula.calls.sorted(by: { $0.key < $1.key }) {
      guard case .sum(let index, let from, let to, let inner) = call else {
        names[name] = try figures.add(call, indices, problem)
        guard figures.means.count <= greatestCount, figures.parts.count <= greatestCount else {
          throw CertificateText.uncovered("too many figures")
        }
        continue
      }
      let first = try problem.point.integer(from.substituting(indices))
      let last = try problem.point.integer(to.substituting(indices))
      guard last - first < greatestCount else { throw CertificateText.uncovered("too many figures") }
      var terms: [JSONValue] = [.string("+"), .string("0")]
      for number in stride(from: first, through: last, by: 1) {
        let own = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
        terms.append(try value(inner, own, &figures, problem))
      }
      names[name] = .array(terms)
    }
    let values = problem.point.scalars.values
    return try CertificateText.json(formula.expression.substituting(indices).substituting(values), names)
  }

  /// A mean, or one over the time.
  private static func running(
    _ formula: FigureFormula, _ problem: CertificateProblem
  ) throws -> (CertificateObservable, overTime: Bool) {
    func observable(_ expression: Expression) throws -> CertificateObservable? {
      guard case .variable(let name) = expression.node, let call = formula.calls[name], case .mean = call else {
        return nil
      }
      return try CertificateObservable(call, [:], problem)
    }
    if let observable = try observable(formula.expression) { return (observable, false) }
    if case .quotient(let a, let b) = formula.expression.node, case .variable("t") = b.node,
      let observable = try observable(a)
    {
      return (observable, true)
    }
    throw CertificateText.uncovered("what runs through times is neither a mean nor a mean over t")
  }

  /// The operators that it is about.
  var observables: [CertificateObservable] {
    switch self {
    case .value(_, let figures, _), .rest(_, let figures): figures.means
    case .extremum(_, let observable, _, _), .firstTime(let observable, _): [observable]
    }
  }
  /// The figures of spectra.
  var parts: [CertificatePart] {
    switch self {
    case .value(_, let figures, _), .rest(_, let figures): figures.parts
    case .extremum, .firstTime: []
    }
  }
}

/// What a claim on a time is made of: means, and figures of spectra of parts.
struct CertificateFigures {
  private(set) var means: [CertificateObservable] = []
  private(set) var parts: [CertificatePart] = []

  var isEmpty: Bool { means.isEmpty && parts.isEmpty }

  /// Adds what a figure is made of, and returns it as a formula of that.
  mutating func add(
    _ call: FigureCall, _ indices: [String: Expression], _ problem: CertificateProblem
  ) throws -> JSONValue {
    guard let sum = try CertificatePart.sum(call, indices, problem) else {
      means.append(try CertificateObservable(call, indices, problem))
      return .array([.string("figure"), .integer(means.count - 1)])
    }
    var terms: [JSONValue] = [.string("+")]
    if let mean = sum.mean { terms.append(try add(mean, indices, problem)) }
    for (factor, part) in sum.parts {
      parts.append(part)
      let own = JSONValue.array([.string("part"), .integer(parts.count - 1)])
      terms.append(factor == 1 ? own : .array([.string("*"), .string("\(factor)"), own]))
    }
    return .array(terms)
  }
}
