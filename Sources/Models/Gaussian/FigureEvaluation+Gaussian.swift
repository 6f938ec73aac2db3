import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// Figures of models of bosons by their moments.
extension FigureEvaluation {
  /// The most letters of a word whose mean is formed by Wick's theorem.
  private static let greatestDegree = 8

  /// The moments of the start.
  mutating func momentStart() throws -> GaussianStart {
    if let known = knownMomentStart { return known }
    let found = try GaussianStart(product: point, within: budget) ?? GaussianStart(of: try state(.start), point)
    knownMomentStart = found
    return found
  }

  /// The state of some modes; nil where it is no Gaussian one and all of it is asked for.
  private mutating func gaussian(
    _ sites: [Int], _ moment: Moment, isWhole: Bool = true
  ) throws -> GaussianMoments.Local? {
    guard var moments, !sites.isEmpty else { return nil }
    let start = try momentStart()
    let when: GaussianMoments.Moment =
      switch moment {
      case .at(let time, let exact): .after(time, exact)
      case .start: .start
      case .now: isStart(.now) ? .start : .after(try question(), time)
      case .limit: .limit
      }
    let local = try moments.local(sites, when, from: start)
    self.moments = moments
    return !isWhole || local.isGaussian ? local : nil
  }

  /// What is known, or more bits are needed.
  private func told(_ value: Interval?, _ what: String) throws -> Interval {
    guard let value, value.isBounded, !value.isEmpty else { throw NotToldYet(what: what) }
    return value
  }

  /// The value of a figure by the moments; nil where they do not tell it.
  mutating func value(
    byMoments call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> Interval? {
    switch call {
    case .mean(let x):
      let there = try observable([try hermitian(x, indices, moment)], moment)
      return try mean(there.operators[0], there.point, moment)
    case .variance(let x):
      let there = try observable([try hermitian(x, indices, moment)], moment)
      return try covariance(there.operators[0], there.operators[0], there.point, moment)?.nonNegative
    case .covariance(let x, let y):
      let there = try observable([try hermitian(x, indices, moment), try hermitian(y, indices, moment)], moment)
      return try covariance(there.operators[0], there.operators[1], there.point, moment)
    case .weight(let assignments):
      let given = try sites(assignments, indices, formula).sorted { $0.site < $1.site }
      return try weight(given, moment)
    case .energetic(let figure, let part) where figure == .ergotropy || figure == .passive:
      let sites = try point.sites(ofPart: part)
      guard let local = try gaussian(sites, moment) else { return nil }
      return try energetic(figure, model.parts[part], copies: 1, local, moment)
    case .copies(let part, let count):
      let sites = try point.sites(ofPart: part)
      let number = try integer(count, indices)
      guard number >= 1, number <= Self.greatestCopies, let local = try gaussian(sites, moment) else { return nil }
      return try energetic(.ergotropy, model.parts[part], copies: number, local, moment)
    case .ofState(let figure, let subject):
      let sites = try sites(of: subject.substituting(indices))
      return try value(figure, sites, moment)
    case .distance(.fidelity, let subject, let reference):
      let sites = try sites(of: subject.substituting(indices))
      guard let other = try self.reference(reference, sites, indices, formula),
        let local = try gaussian(sites, moment)
      else { return nil }
      if other.isPure { return try told(local.state.overlap(other.state), "a fidelity") }
      guard let fidelity = local.state.fidelity(other.state) else { return nil }
      return try told(fidelity, "a fidelity")
    case .rate(let inner): return try rate(byMoments: inner, indices, moment)
    default: return nil
    }
  }

  func sites(of subject: FigureSubject) throws -> [Int] { try point.sites(of: subject) }

  /// The modes on which an operator acts.
  func sites(of polynomial: ModelPoint.Operator) -> [Int] {
    Set(polynomial.terms.keys.joined().flatMap(point.basis.sites)).sorted()
  }

  // MARK: - Means

  mutating func mean(
    _ polynomial: ModelPoint.Operator, _ point: ModelPoint, _ moment: Moment
  ) throws -> Interval? {
    let degree = polynomial.terms.keys.map(\.count).max() ?? 0
    guard degree <= Self.greatestDegree else { return nil }
    let sites = sites(of: polynomial)
    let local = try gaussian(sites, moment, isWhole: degree > 2)
    guard local != nil || sites.isEmpty else { return nil }
    var sum = Interval(0, precision: point.precision)
    for (word, coefficient) in polynomial.sorted {
      let value = try point.scalars.enclosure(coefficient)
      guard let local, !word.isEmpty else {
        sum += value.real
        continue
      }
      let letters = word.compactMap { letter -> GaussianState.Letter? in
        guard let site = point.basis.site(of: letter.factor, letter.cell), let place = local.place(site) else {
          return nil
        }
        return .init(mode: place, isCreation: letter.kind == .boson(.creation))
      }
      guard letters.count == word.count else { return nil }
      sum += (value * local.state.mean(letters)).real
    }
    return sum
  }

  /// <XY + YX>/2 - <X><Y>.
  private mutating func covariance(
    _ x: ModelPoint.Operator, _ y: ModelPoint.Operator, _ point: ModelPoint, _ moment: Moment
  ) throws -> Interval? {
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    let product: ModelPoint.Operator
    do {
      product = try arithmetic.sum(try arithmetic.product(x, y), try arithmetic.product(y, x))
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    guard let both = try mean(product, point, moment), let left = try mean(x, point, moment),
      let right = try mean(y, point, moment)
    else { return nil }
    return both / 2 - left * right
  }

  // MARK: - States

  private mutating func weight(_ given: [(site: Int, state: SiteState)], _ moment: Moment) throws -> Interval? {
    guard let local = try gaussian(given.map(\.site), moment) else { return nil }
    if let other = try GaussianStart(given.map(\.state), point) {
      return try told(local.state.overlap(other.state), "a weight")
    }
    guard given.count == 1, let quanta = given[0].state.amplitudes.keys.first,
      quanta <= GaussianState.greatestQuanta
    else { return nil }
    return try told(local.state.population(of: quanta), "a population")
  }

  private mutating func value(_ figure: StateFigure, _ sites: [Int], _ moment: Moment) throws -> Interval? {
    let isSplit = figure == .negativity
    guard figure != .coherence, let local = try gaussian(isSplit ? Array(0..<point.basis.count) : sites, moment)
    else { return nil }
    let value: Interval? =
      switch figure {
      case .purity: local.state.purity
      case .entropy: try local.state.entropy(within: budget)
      case .largestEigenvalue: try local.state.largestEigenvalue(within: budget)
      case .negativity: try local.state.negativity(of: Set(sites), within: budget)
      case .coherence: nil
      }
    return try told(value, "the covariances of the state")
  }

  /// A Gaussian state that another one is held against; nil where it is none.
  private mutating func reference(
    _ reference: StateReference, _ sites: [Int], _ indices: [String: Expression], _ formula: FigureFormula
  ) throws -> (state: GaussianState, isPure: Bool)? {
    switch reference {
    case .start:
      let start = try momentStart()
      guard let local = try gaussian(sites, .start) else { return nil }
      return (local.state, sites.allSatisfy { start.isPure[$0] })
    case .word(let word):
      let own = word.substituting(indices)
      if own.kind == .thermal || own.kind == .diagonal {
        guard sites.count == 1, let state = try GaussianStart(own, at: sites[0], point) else { return nil }
        return (state.state, state.isPure[0])
      }
      guard let states = try GaussianStart(try SiteState.states(own, on: sites, point), point) else { return nil }
      return (states.state, true)
    case .product(let assignments):
      guard assignments.allSatisfy({ $0.word.kind != .thermal && $0.word.kind != .diagonal }) else { return nil }
      let given = try self.sites(assignments, indices, formula).sorted { $0.site < $1.site }
      guard given.map(\.site) == sites, let states = try GaussianStart(given.map(\.state), point) else { return nil }
      return (states.state, true)
    case .gibbs(let part, let temperature):
      let own = InverseTemperature(temperature.substituting(indices))
      guard let fresh = try GaussianStart(model.parts[part], own, point, within: budget) else { return nil }
      return (fresh.state.reduced(to: sites), sites.allSatisfy { fresh.isPure[$0] })
    }
  }

  // MARK: - Energies

  /// The most copies of a part together.
  private static let greatestCopies = 64

  /// The ergotropy or the passive energy of copies of a part with a positive quadratic Hamiltonian.
  ///
  /// H has the levels of the modes of ``QuadraticEnergy``, and the state the populations of thermal modes with (v -
  /// 1)/2 quanta each. Over all unitaries the least energy puts these, in falling order, on the levels in rising order
  /// (``PassiveModes``); copies are as many modes more. Copies of one mode keep their order, both going by the sum of
  /// the quanta.
  private mutating func energetic(
    _ figure: EnergyFigure, _ part: PartDeclaration, copies: Int, _ local: GaussianMoments.Local, _ moment: Moment
  ) throws -> Interval? {
    let polynomial = try point.hermitian(part.hamiltonian)
    guard !ModelPoint.holdsTime(polynomial),
      let energy = try QuadraticEnergy(polynomial, at: local.sites, of: part, point, within: budget)
    else { return nil }
    let values = try told(try local.state.symplecticEigenvalues(within: budget))
    let isOne = local.sites.count == 1
    let count = isOne ? 1 : copies
    let modes = PassiveModes(
      (0..<count).flatMap { _ in values }, frequencies: (0..<count).flatMap { _ in energy.frequencies },
      precision: point.precision, within: budget)
    var above = try told(try modes.energy(), "the covariances of the state")
    if isOne { above = copies * above }
    let passive = copies * energy.ground + above
    if figure == .passive { return passive }
    guard let mean = try mean(polynomial, point, moment) else { return nil }
    return (copies * mean - passive).nonNegative
  }

  private func told(_ values: [Interval]?) throws -> [Interval] {
    guard let values, values.allSatisfy({ $0.isBounded && !$0.isEmpty }) else {
      throw NotToldYet(what: "the covariances of the state")
    }
    return values
  }
}
