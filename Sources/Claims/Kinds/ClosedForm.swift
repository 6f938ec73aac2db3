import ArbitraryPrecision
import Catalogue
import Expressions
import Models
import RigorousNumerics
import Symbolic
import Synchronization

/// What a claim states of means of a model at all times: a further route of quantities that are such means, once it is
/// proved.
struct ClosedForm: Sendable {
  /// What the means are said to be.
  enum Content: Sendable {
    /// Functions of the time that solve equations from a start.
    case solution([SolutionClaim.Unknown], sector: [SolutionClaim.Conserved], time: String)
    /// What the mean of a conserved observable is at the start.
    case conserved(Expression)
  }

  /// The text of the model that the claim names.
  let model: ModelText
  let setting: SymbolicSetting
  let content: Content
}

/// A kind of claims that may state closed forms.
protocol StatesClosedForm: ClaimKind {
  /// The closed form; nil where the claim speaks of no model, or of more than its means.
  var closedForm: ClosedForm? { get }
}

/// A kind of claims that hold a quantity against a formula.
protocol ComparesQuantity: ClaimKind {
  var comparison: GridComparison { get set }
}

/// The closed form of a claim for one quantity of its model. It is a route where the claim is proved in the same run
/// and the start of the model is exactly the one that the claim speaks of.
struct ClosedFormRoute: Sendable {
  /// The id of the claim.
  let id: String
  private let form: ClosedForm
  private let model: Model
  private let value: Value
  private let proof: ClosedFormSource.Proof

  private enum Value: Sendable {
    case formula(Expression)
    /// The mean of an operator at the start.
    case atStart(Expression)
  }

  /// The closed form of the operator whose mean a quantity is; nil where that is no combination of the claim's means
  /// for all states.
  init?(_ source: ClosedFormSource, of operation: Expression) {
    guard let operation = try? source.form.model.written(operation.substituting(source.form.model.fixed)),
      let value = source.form.value(of: operation)
    else { return nil }
    (id, form, model, proof) = (source.id, source.form, source.model, source.proof)
    switch form.content {
    case .solution: self.value = .formula(value)
    case .conserved: self.value = .atStart(operation)
    }
  }

  /// Whether the claim is proved.
  func isProved(in context: CheckContext) throws -> Bool { try proof.holds(in: context) }

  /// Whether the claim speaks of the state at these parameters: its fixed parameters, its start and its sector are
  /// exactly the model's.
  func applies(to arguments: Arguments, within budget: Budget) throws -> Bool {
    for (name, value) in form.model.fixed {
      // What the quantity does not depend on has no value here.
      guard let given = arguments.number(named: name) else { continue }
      guard (try? Constant(given.expression - value))?.isZero == .certainlyTrue else { return false }
    }
    let start: ExactStart?
    // Where the start has no exact form, or more than a Hamiltonian moves it, this is no route.
    do {
      start = try ExactStart(model, arguments, within: budget)
    } catch is BadInput {
      return false
    } catch is Unanswered {
      return false
    }
    guard let start else { return false }
    guard case .solution(let unknowns, let sector, let time) = form.content else { return true }
    let known = Set(arguments.numbers.map(\.name.inFormulas))
    guard case .formula(let formula) = value, formula.variables.isSubset(of: known) else { return false }
    let needed = unknowns.map(\.initial) + sector.map(\.value)
    guard needed.allSatisfy({ $0.variables.subtracting(["i"]).isSubset(of: known) }) else { return false }
    // What is proved is proved where everything that the claim states has a value.
    let solutions = unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.solution }
    let stated = [formula] + needed + unknowns.flatMap { [$0.solution, $0.equation.substituting(solutions)] }
    let now = [time: Expression(.variable(RealKey.time.name))]
    for formula in stated where !hasValue(formula.substituting(now), arguments) { return false }
    do {
      for conserved in sector where try !start.isEigenstate(of: conserved.quantity, with: conserved.value) {
        return false
      }
      for unknown in unknowns {
        guard let observable = unknown.observable?.substituting([time: .number(0)]) else { return false }
        guard try start.hasMean(unknown.initial, of: observable) else { return false }
      }
      return true
    } catch is BadInput {
      return false
    }
  }

  /// Whether a formula certainly has a value.
  private func hasValue(_ formula: Expression, _ arguments: Arguments) -> Bool {
    let context = ComplexContext(precision: 256, continuesFunctions: false)
    var variables = arguments.formulaVariables(256).mapValues { context.real($0.interval) }
    variables["i"] = context.imaginaryUnit
    return (try? formula.evaluate(in: context, variables: variables))?.isDefined ?? false
  }

  /// The route.
  var route: Route {
    Route("closed form of \(id)", method: "the closed form that the claim \(id) proves") {
      arguments, precision, budget in
      switch value {
      case .formula(let formula):
        let value = try formula.evaluate(
          in: DefinedContext(precision: precision), variables: arguments.formulaVariables(precision))
        return value.isDefined ? value.interval : .entire(precision: precision)
      case .atStart(let operation):
        return try model.meanAtStart(of: operation, arguments, precision: precision, within: budget)
      }
    }
  }
}

extension ClosedForm {
  /// The mean of an operator at all times by the claim: a formula in parameters and `t`, or for what is conserved in
  /// the mean of the claim's observable; nil where it is none.
  fileprivate func value(of operation: Expression) -> Expression? {
    switch content {
    case .solution(let unknowns, _, let time):
      let observables = unknowns.compactMap { unknown in
        unknown.observable.map { (name: unknown.name, operator: $0) }
      }
      guard let law = setting.derivedFormula([]).mean(of: operation, in: observables, sector: []) else { return nil }
      let written = law.substituting(observables.reduce(into: [:]) { $0[$1.name] = $1.operator })
      guard case .equal = setting.decide(operation, written) else { return nil }
      return law.substituting(unknowns.reduce(into: [:]) { $0[$1.name] = $1.solution })
        .substituting([time: Expression(.variable(RealKey.time.name))])
    case .conserved(let observable):
      // A multiple of what is conserved, and a number, are conserved as well.
      let name = "the conserved mean"
      let means = [(name: name, operator: observable)]
      guard let law = setting.derivedFormula([]).mean(of: operation, in: means, sector: []),
        case .equal = setting.decide(operation, law.substituting([name: observable]))
      else { return nil }
      return law
    }
  }
}

/// A claim that states a closed form of means of a model of its file.
struct ClosedFormSource: Sendable {
  let id: String
  let form: ClosedForm
  let model: Model
  let proof: Proof

  /// The verdict of a claim, asked for once.
  final class Proof: Sendable {
    private let claim: Claim
    private let known = Mutex<Bool?>(nil)

    init(_ claim: Claim) { self.claim = claim }

    /// Whether the claim is proved.
    func holds(in context: CheckContext) throws -> Bool {
      if let known = known.withLock({ $0 }) { return known }
      let found = try claim.content.check(in: context).verdict == .proved
      known.withLock { $0 = found }
      return found
    }
  }

  /// What a claim states; nil where it states no closed form.
  init?(_ claim: Claim, _ models: ClaimModels) {
    guard let form = (claim.content as? any StatesClosedForm)?.closedForm, let model = models.byName[form.model.name]
    else { return nil }
    (id, self.form, self.model, proof) = (claim.id, form, model, Proof(claim))
  }

  /// The closed form of a quantity of the model; nil where it has none.
  func route(of quantity: Quantity) -> ClosedFormRoute? {
    model.operatorOfMean(quantity.name).flatMap { ClosedFormRoute(self, of: $0) }
  }
}

extension [Claim] {
  /// The claims, with the closed forms of all of them as further routes of the model quantities that they compare.
  ///
  /// - Throws: `BadInput` for an id in the place of a route that is that of no claim with a closed form.
  func withClosedForms(of models: ClaimModels) throws(BadInput) -> [Claim] {
    let sources = compactMap { ClosedFormSource($0, models) }
    var claims = self
    for (place, claim) in enumerated() {
      guard var content = claim.content as? any ComparesQuantity else { continue }
      let (quantity, names) = (content.comparison.quantity, content.comparison.namedForms)
      let known = sources.filter { quantity.name.hasPrefix("\($0.model.name).") }
      content.comparison.closedForms = known
      if let names {
        // A claim that names routes has those alone.
        var chosen: [ClosedFormSource] = []
        for name in names {
          guard let source = known.first(where: { $0.id == name.id && $0.route(of: quantity) != nil }) else {
            throw name.unknown(of: quantity, known.filter { $0.route(of: quantity) != nil })
          }
          chosen.append(source)
        }
        content.comparison.closedForms = chosen
      }
      claims[place] = claim.with(content)
    }
    return claims
  }
}
