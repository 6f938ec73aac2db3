import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

extension FigureEvaluation {
  /// The value of a figure of one state; nil for others.
  mutating func value(
    ofState call: FigureCall, _ formula: FigureFormula, _ indices: [String: Expression], _ moment: Moment
  ) throws -> Interval? {
    var figures = try figures(moment)
    defer { keep(figures, moment) }
    switch call {
    case .energetic(let figure, let part): return try figures.part(part).value(figure)
    case .copies(let part, let count):
      return try figures.part(part).copies(try integer(count, indices), count)
    case .ofState(let figure, let subject):
      return try figures.value(figure, figures.sites(of: subject.substituting(indices)))
    case .fisher(let subject, let observable):
      let sites = try figures.sites(of: subject.substituting(indices))
      return try figures.fisher(sites, try hermitian(observable, indices, moment), observable)
    case .concurrence(let x, let y):
      return try figures.concurrence(x.substituting(indices), y.substituting(indices))
    case .distance(let figure, let subject, let reference):
      let sites = try figures.sites(of: subject.substituting(indices))
      return try distance(figure, sites, reference, formula, indices, moment, &figures)
    default: return nil
    }
  }

  private mutating func distance(
    _ figure: DistanceFigure, _ sites: [Int], _ reference: StateReference, _ formula: FigureFormula,
    _ indices: [String: Expression], _ moment: Moment, _ figures: inout StateFigures
  ) throws -> Interval {
    switch reference {
    case .start:
      let start = try state(.start)
      if figures.state.isSame(as: start) {
        return Interval(figure == .fidelity ? 1 : 0, precision: point.precision)
      }
      if sites.count == point.basis.count, start.vectors.count == 1 {
        let fidelity = figures.overlap(start)
        if figure == .fidelity { return fidelity }
        // Of two pure states.
        if figures.state.vectors.count == 1, figures.state.distance.traceNorm.signum == 0 {
          return (1 - fidelity).nonNegative.squareRoot
        }
      }
      var other = StateFigures(start, point, within: budget)
      return try figures.distance(figure, sites, LocalReference(try other.local(sites)))
    case .word(let word):
      let own = word.substituting(indices)
      let frames = try SiteFrame.frames(own, on: sites, point)
      return try figures.distance(figure, sites, try LocalReference(frames, point, within: budget))
    case .product(let assignments):
      let frames = try frames(assignments, indices, formula)
      let given = Set(frames.flatMap(\.sites))
      func name(_ site: Int) -> String { point.basis.factors[point.basis.factor(ofSite: site)].name }
      if let missing = sites.first(where: { !given.contains($0) }) {
        throw formula.place.fault(
          "'\(figure.rawValue)' gives no state for '\(name(missing))'; accepted: one for each factor and cell")
      }
      if let other = given.sorted().first(where: { !sites.contains($0) }) {
        throw formula.place.fault(
          "'\(figure.rawValue)' gives a state for '\(name(other))', of which it is not; accepted: its factors and cells"
        )
      }
      return try figures.distance(figure, sites, try LocalReference(frames, point, within: budget))
    case .gibbs(let part, let beta):
      let temperature = InverseTemperature(beta.substituting(indices))
      let frames = try GibbsFrames(model.parts[part], temperature, point, within: budget).frames
      return try figures.distance(figure, sites, try LocalReference(frames, point, within: budget))
    }
  }

  func frames(
    _ assignments: [StateAssignment], _ indices: [String: Expression], _ formula: FigureFormula
  ) throws -> [SiteFrame] {
    var result: [SiteFrame] = []
    for assignment in assignments {
      let sites = try point.sites(of: assignment.place.substituting(indices))
      guard !result.contains(where: { !Set($0.sites).isDisjoint(with: sites) }) else {
        throw formula.place.fault("a factor or cell has two states; accepted: one for each")
      }
      result += try SiteFrame.frames(assignment.word.substituting(indices), on: sites, point)
    }
    return result
  }
}

extension FigureSubject {
  /// What a figure is of, with values of indices.
  func substituting(_ indices: [String: Expression]) -> FigureSubject {
    if case .place(let place) = self { return .place(place.substituting(indices)) }
    return self
  }
}
