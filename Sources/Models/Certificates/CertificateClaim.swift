import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators
import RigorousNumerics

/// What a certificate says of its path (docs/certificates.md, S8).
enum CertificateClaim {
  /// A formula of means at a time.
  case value(JSONValue, [CertificateObservable], time: Constant)
  /// The supremum of a mean, or of a mean over the time, up to an end or over all times.
  case greatest(CertificateObservable, overTime: Bool, until: Constant?)
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
      case .extremum(true, .value, let inner, let window):
        let (observable, overTime) = try Self.running(inner, problem)
        guard overTime || window != nil else { throw CertificateText.uncovered("a greatest value without a window") }
        self = .greatest(observable, overTime: overTime, until: try window.map(constant))
        return
      case .firstTime(let inner, let level):
        let (observable, overTime) = try Self.running(inner, problem)
        guard !overTime else { throw CertificateText.uncovered("a first time of what is divided by the time") }
        self = .firstTime(observable, level: try constant(level))
        return
      default: break
      }
    }
    var observables: [CertificateObservable] = []
    if formula.calls.count == 1, case .variable(let name) = formula.expression.node,
      case .at(let inner, let time)? = formula.calls[name]
    {
      let value = try Self.value(inner, [:], &observables, problem)
      self = .value(value, observables, time: try constant(time))
      return
    }
    let value = try Self.value(formula, [:], &observables, problem)
    guard arguments.has(.time), !observables.isEmpty else {
      throw CertificateText.uncovered("a quantity that is no mean, weight, 'greatest' or 'first_time' of one")
    }
    self = .value(value, observables, time: arguments[.time])
  }

  /// The most means of a claim.
  private static let greatestMeans = 256

  /// A formula with its means, which it adds to a list.
  private static func value(
    _ formula: FigureFormula, _ indices: [String: Expression], _ observables: inout [CertificateObservable],
    _ problem: CertificateProblem
  ) throws -> JSONValue {
    var names: [String: JSONValue] = [:]
    for (name, call) in formula.calls.sorted(by: { $0.key < $1.key }) {
      guard case .sum(let index, let from, let to, let inner) = call else {
        names[name] = .array([.string("figure"), .integer(observables.count)])
        observables.append(try CertificateObservable(call, indices, problem))
        guard observables.count <= greatestMeans else { throw CertificateText.uncovered("too many means") }
        continue
      }
      let first = try problem.point.integer(from.substituting(indices))
      let last = try problem.point.integer(to.substituting(indices))
      guard last - first < greatestMeans else { throw CertificateText.uncovered("too many means") }
      var terms: [JSONValue] = [.string("+"), .string("0")]
      for number in stride(from: first, through: last, by: 1) {
        let own = indices.merging([index: .number(Rational(Integer(number)))]) { $1 }
        terms.append(try value(inner, own, &observables, problem))
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
    case .value(_, let observables, _): observables
    case .greatest(let observable, _, _), .firstTime(let observable, _): [observable]
    }
  }
}
