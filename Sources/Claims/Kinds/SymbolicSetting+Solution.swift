import ArbitraryPrecision
import Expressions
import Symbolic

extension SymbolicSetting {
  /// Equations of motion, then the solution, then the start, then the statement about the solution.
  ///
  /// An equation holds for all states, or in the states of the sector, or is replaced by the one that is derived where
  /// that closes in the unknowns: then the functions must obey both. Nothing follows from an equation that is none of
  /// these. The equations must be smooth everywhere in the unknowns and the time: then they have one solution from a
  /// start (Picard and Lindeloef), and what is said of the one given is said of the motion.
  func check(_ claim: SolutionClaim) -> Finding {
    if let doubt = claim.doubt { return .undecided(doubt, by: [.normalForm]) }
    let smoothness = Smoothness(
      unknowns: Set(claim.unknowns.map(\.name)), time: claim.time, domains: domains)
    for unknown in claim.unknowns {
      for (part, formula) in [("equation", unknown.equation), ("solution", unknown.solution)] {
        guard let rough = smoothness.obstacle(in: formula) else { continue }
        return .undecided(rough.reason(of: part, unknown.name), by: [.normalForm])
      }
    }
    let solutions = claim.unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.solution }
    var steps: [ProofStep] = []
    var derived: [String] = []
    var open: String?
    for unknown in claim.unknowns {
      switch equation(of: unknown, claim) {
      case .premise: break
      case .holds(let step, let shown):
        steps.append(step)
        if let shown { derived.append(shown) }
      case .derived(let law, let shown, let step):
        if let step { steps.append(step) }
        if let rough = smoothness.obstacle(in: law) {
          return .undecided(rough.reason(of: "derived equation", unknown.name), by: [.normalForm])
        }
        derived.append(shown)
        steps.append(
          ProofStep(
            title: "derived equation of \(unknown.name)", left: slope(of: unknown, claim.time),
            right: law.substituting(solutions), replaced: unknown.name))
      case .open(let reason): open = open ?? reason
      }
    }
    open = open ?? contradiction(claim)
    let functions = steps.count
    let replaced = Set(steps.compactMap(\.replaced))
    for unknown in claim.unknowns {
      // Where another equation was derived a failure is that of the printed one.
      let title = replaced.contains(unknown.name) ? "printed equation of" : "solution for"
      steps.append(
        ProofStep(
          title: "\(title) \(unknown.name)", left: slope(of: unknown, claim.time),
          right: unknown.equation.substituting(solutions)))
      let start = unknown.solution.substituting([claim.time: .number(0)])
      steps.append(ProofStep(title: "start of \(unknown.name)", left: start, right: unknown.initial))
    }
    steps.append(
      ProofStep(
        title: "statement", left: claim.statement.left.substituting(solutions),
        right: claim.statement.right.substituting(solutions)))
    // Functions that do not solve the equations given for them are wrong, whatever these rest on.
    let found = finding(steps, derived: derived)
    if found.verdict == .refuted { return found }
    if let open { return .undecided(open, by: [.normalForm]) }
    if found.verdict == .proved, let apart = apart(steps[functions...]) { return .undecided(apart, by: [.normalForm]) }
    return found
  }

  /// Why functions, starts and statement may have values at no point together; nil where they have: premises that never
  /// hold prove nothing.
  private func apart(_ steps: ArraySlice<ProofStep>) -> String? {
    guard let first = steps.first else { return nil }
    let sides = steps.dropFirst().reduce((left: first.left, right: first.right)) {
      (left: $0.left + $1.left, right: $0.right + $1.right)
    }
    switch decide(sides.left, sides.right) {
    case .equal: return nil
    case .undecided(let reason): return "solution, start and statement together: \(reason)"
    case .different(let witness): return "solution, start and statement together differ at \(witness.text)"
    }
  }

  private func slope(of unknown: SolutionClaim.Unknown, _ time: String) -> Expression {
    Expression(.operation(.derivative(name: time), [unknown.solution]))
  }

  // MARK: - Equations

  private enum Law {
    /// Nothing to derive it from.
    case premise
    /// By a step that shows it for all states.
    case holds(ProofStep, shown: String?)
    /// Another right-hand side, in the unknowns, with the step that shows it for all states.
    case derived(Expression, shown: String, ProofStep?)
    case open(String)
  }

  private func equation(of unknown: SolutionClaim.Unknown, _ claim: SolutionClaim) -> Law {
    guard let hamiltonian = claim.hamiltonian, let observable = unknown.observable else { return .premise }
    let rate = rate(of: observable, under: hamiltonian, time: claim.time)
    let observables = claim.unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.observable }
    let normalForm = normalForm(of: rate).map { "the rate of \(unknown.name) is \($0)" }
    // Means of products are no products of means.
    let isLinear = algebra == nil || unknown.equation.degree(in: Set(observables.keys)) <= 1
    var step = ProofStep(
      title: "equation of \(unknown.name)", left: rate, right: unknown.equation.substituting(observables))
    if isLinear, case .equal(let points) = decide(step.left, step.right) {
      step.points = points
      return .holds(step, shown: normalForm)
    }
    if let law = closedLaw(of: rate, claim) {
      let shown = "the rate of \(unknown.name) is \(law)"
      let operators = law.substituting(observables)
      guard let trial = sectorTrial(claim) else {
        let step = ProofStep(title: "rate of \(unknown.name)", left: rate, right: operators)
        return .derived(law, shown: shown, step)
      }
      switch trial.compare(rate, operators) {
      case .agrees: return .derived(law, shown: shown, nil)
      case .differs: return .open("elimination and the action on states differ for the rate of \(unknown.name)")
      case .nothingTried:
        return .open("\(shown) by elimination; no basis state of the sector was found on which to try it")
      }
    }
    guard isLinear else {
      return .open(
        "the equation of \(unknown.name) is not linear in the unknowns, and means of products are no products of means")
    }
    let states = claim.sector.isEmpty ? "for all states" : "in this sector"
    let hint =
      algebra == nil || !claim.sector.isEmpty
      ? "" : "; it may hold in a sector, which the key 'sector' names by conserved quantities"
    return .open(
      "the equation of \(unknown.name) is not shown \(states)\(hint)" + (normalForm.map { "; derived: \($0)" } ?? ""))
  }

  /// The rate as a formula in the unknowns alone, where it is one.
  private func closedLaw(of rate: Expression, _ claim: SolutionClaim) -> Expression? {
    if algebra != nil {
      return derivedFormula([]).mean(of: rate, in: observables(of: claim.unknowns), sector: sector(of: claim))
    }
    guard sizes == nil else { return nil }
    // On a phase space the unknowns that are coordinates must be all that the rate depends on.
    let known = coordinateUnknowns(claim)
    guard let law = derivedFormula(pairs).normalForm(of: rate) else { return nil }
    let coordinates = Set(pairs.flatMap { [$0.coordinate, $0.momentum] })
    guard law.variables.intersection(coordinates).isSubset(of: known) else { return nil }
    // The formula that is written must mean the rate.
    if case .equal = decide(rate, law) { return law }
    return nil
  }

  private func observables(of unknowns: some Sequence<SolutionClaim.Unknown>) -> [(name: String, operator: Expression)]
  {
    unknowns.compactMap { unknown in unknown.observable.map { (name: unknown.name, operator: $0) } }
  }

  /// The states of the sector that a claim names; nil where it names none.
  private func sectorTrial(_ claim: SolutionClaim) -> SectorTrial? {
    guard let algebra, !claim.sector.isEmpty else { return nil }
    return SectorTrial(algebra: algebra, domains: domains, sector: sector(of: claim), cells: sizes ?? 1...4)
  }

  private func sector(of claim: SolutionClaim) -> [(quantity: Expression, value: Expression)] {
    claim.sector.map { (quantity: $0.quantity, value: $0.value) }
  }

  /// The coordinates that unknowns stand for, under whatever names.
  private func coordinateUnknowns(_ claim: SolutionClaim) -> Set<String> {
    Set(claim.unknowns.filter { $0.observable == Expression(.variable($0.name)) }.map(\.name))
  }

  // MARK: - The start

  /// Why no state has the start; nil where no contradiction is seen. Linear relations between means are looked for, and
  /// on a phase space observables of coordinates whose start is given; means that no state has for other reasons, such
  /// as negative numbers of quanta, are not.
  private func contradiction(_ claim: SolutionClaim) -> String? {
    guard claim.hamiltonian != nil else { return nil }
    let starts = claim.unknowns.reduce(into: [String: Expression]()) { $0[$1.name] = $1.initial }
    guard algebra != nil else { return contradictionOfCoordinates(claim) }
    if let trial = sectorTrial(claim), trial.compare(.number(1), .number(1)) == .nothingTried {
      return "no basis state of the sector was found"
    }
    let conjugates = claim.unknowns.reduce(into: [String: Expression]()) {
      $0["conj(\($1.name))"] = $1.initial.conjugated
    }
    for size in sizes.map({ Array($0).map(Optional.some) }) ?? [nil] {
      func written(_ formula: Expression) -> Expression {
        guard let size else { return formula }
        return formula.writingOutSums(cells: size).substituting([cells: .number(Rational(Integer(size)))])
      }
      let relations = derivedFormula([]).relations(
        among: observables(of: claim.unknowns).map { (name: $0.name, operator: atStart(written($0.operator), claim)) },
        sector: sector(of: claim).map { (quantity: written($0.quantity), value: written($0.value)) })
      for relation in relations {
        let value = relation.substituting(starts).substituting(conjugates)
        if case .equal = decide(written(value), .number(0)) { continue }
        return "no state is seen to have this start: in each \(relation) = 0"
      }
    }
    return nil
  }

  private func atStart(_ formula: Expression, _ claim: SolutionClaim) -> Expression {
    formula.substituting([claim.time: .number(0)])
  }

  private func contradictionOfCoordinates(_ claim: SolutionClaim) -> String? {
    let coordinates = Set(pairs.flatMap { [$0.coordinate, $0.momentum] })
    var starts: [String: Expression] = [:]
    for unknown in claim.unknowns {
      guard case .variable(let name)? = unknown.observable?.node, starts[name] == nil else { continue }
      starts[name] = unknown.initial
    }
    for unknown in claim.unknowns {
      guard let observable = unknown.observable else { continue }
      if unknown.initial.variables.contains("i"), observable.variables.isDisjoint(with: ["i"]) {
        guard case .equal = decide(unknown.initial, unknown.initial.conjugated) else {
          return "no state is seen to have this start: \(unknown.name) is real"
        }
      }
      let names = observable.variables
      guard names.intersection(coordinates).isSubset(of: starts.keys),
        !names.contains(where: { IndexedName($0).index != nil })
      else { continue }
      let expected = atStart(observable.substituting(starts), claim)
      if case .equal = decide(unknown.initial, expected) { continue }
      return "no state is seen to have this start: \(unknown.name) is \(observable), and starts at \(unknown.initial)"
    }
    return nil
  }
}
