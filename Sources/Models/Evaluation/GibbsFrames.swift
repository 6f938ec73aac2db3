import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The Gibbs state of a part as a product: exp(-beta H) is one over groups of sites that no term of H joins.
///
/// Sites without modes are taken together as a ``GibbsState``; a group with a mode has ``OpenPopulations``, where the
/// terms keep the quanta and the levels rise with them.
struct GibbsFrames {
  let frames: [SiteFrame]

  private static let accepted =
    "accepted for Gibbs states of a part with bosons: functions of a'a of each that rise for good, positive quadratic "
    + "forms of one, Hamiltonians that keep a number of quanta and rise with it"

  /// - Throws: ``BadInput`` for parts with modes of which the levels are not known and temperatures that are not
  ///   positive there; ``NotToldYet``; ``Unanswered``.
  init(_ part: PartDeclaration, _ temperature: InverseTemperature, _ point: ModelPoint, within budget: Budget) throws {
    try point.check(part)
    let polynomial = try point.hermitian(part.hamiltonian)
    let sites = Set(try part.places.flatMap(point.sites)).sorted()
    let order = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    func positions(_ word: [Letter]) -> [Int] { word.flatMap(point.basis.met(by:)).compactMap { order[$0] } }
    var sets = DisjointSets(sites.count)
    for word in polynomial.terms.keys {
      let met = positions(word)
      for other in met.dropFirst() { sets.join(met[0], other) }
    }
    func hasMode(_ group: [Int]) -> Bool { group.contains { point.basis.dimension(ofSite: sites[$0]) == nil } }
    func terms(_ group: [Int]) -> [[Letter]: ScalarPolynomial] {
      polynomial.terms.filter { positions($0.key).first.map(group.contains) ?? false }
    }
    var frames: [SiteFrame] = []
    let groups = sets.groups
    let closed = groups.filter { !hasMode($0) }.flatMap { $0 }.sorted()
    if !closed.isEmpty {
      var own = ModelPoint.Operator()
      for (word, coefficient) in terms(closed) { try own.add(coefficient, word, in: point.scalars) }
      let state = try GibbsState(part, on: closed.map { sites[$0] }, own, temperature, point, within: budget)
      frames.append(SiteFrame(state, point))
    }
    for group in groups where hasMode(group) {
      let own = group.map { sites[$0] }
      if own.count == 1, let levels = try Self.quadratic(terms(group), part.hamiltonian, point) {
        switch temperature {
        case .number(let formula):
          let beta = try Self.positive(formula, part, point)
          frames.append(
            SiteFrame(
              try OpenPopulations(gibbs: beta, levels, at: own[0], bits: point.startBits, point, within: budget), point))
        case .infinity:
          frames.append(try SiteFrame(own, [SiteState(TurnedLevel(levels: levels, number: 0))], point))
        }
        continue
      }
      let ladders: (boson: Int, levels: [RisingLevels])
      do {
        ladders = try LevelGroup(own, terms(group), part.hamiltonian, point).ladders(accepted: Self.accepted)
      } catch let fault as BadInput {
        frames.append(
          SiteFrame(try Self.blocks(own, terms(group), part, temperature, point, otherwise: fault, within: budget), point))
        continue
      }
      let (boson, levels) = ladders
      switch temperature {
      case .number(let formula):
        let beta = try Self.positive(formula, part, point)
        let populations = try OpenPopulations(
          gibbs: beta, levels, on: own, mode: boson, bits: point.startBits, within: budget)
        frames.append(SiteFrame(populations, point))
      case .infinity(let formula):
        frames.append(try Self.ground(levels, own, boson, part, formula, point))
      }
    }
    self.frames = frames
  }

  /// The Gibbs state of coupled modes.
  ///
  /// - Parameter fault: what is wrong where the Hamiltonian has no finite blocks that rise.
  private static func blocks(
    _ sites: [Int], _ terms: [[Letter]: ScalarPolynomial], _ part: PartDeclaration, _ temperature: InverseTemperature,
    _ point: ModelPoint, otherwise fault: BadInput, within budget: Budget
  ) throws -> GibbsBlocks {
    var polynomial = ModelPoint.Operator()
    for (word, coefficient) in terms { try polynomial.add(coefficient, word, in: point.scalars) }
    switch temperature {
    case .number(let formula):
      guard
        let blocks = try GibbsBlocks(
          polynomial, on: sites, gibbs: try positive(formula, part, point), bits: point.startBits, point, within: budget)
      else { throw fault }
      return blocks
    case .infinity:
      throw Unanswered(
        beyond: "the ground level of a part whose modes are coupled to others is not served; accepted: gibbs(beta) with a "
          + "number")
    }
  }

  /// The levels of a quadratic form of one mode that is not diagonal; nil for other Hamiltonians.
  ///
  /// - Throws: ``BadInput`` where the form is not positive.
  private static func quadratic(
    _ terms: [[Letter]: ScalarPolynomial], _ place: ModelFormula, _ point: ModelPoint
  ) throws -> TurnedLevels? {
    let (up, down) = (Letter.Kind.boson(.creation), Letter.Kind.boson(.annihilation))
    let zero = point.scalars.number(0)
    var (a, b, c) = (zero, zero, zero)
    var isTurned = false
    for (word, coefficient) in terms {
      switch word.map(\.kind) {
      case [up, down]: a = coefficient
      case [up, up]: (b, isTurned) = (coefficient, true)
      case [up]: (c, isTurned) = (coefficient, true)
      case [down, down], [down], []: break
      default: return nil
      }
    }
    guard isTurned else { return nil }
    let (first, second) = (try point.scalars.enclosure(a).real, try point.scalars.enclosure(b))
    guard let sign = first.certainSign, let inner = (first.squared - 4 * second.squaredMagnitude).certainSign else {
      throw NotToldYet(what: "whether a quadratic form is positive")
    }
    guard sign > 0, inner > 0 else { throw place.fault("is no positive quadratic form; \(accepted)") }
    return try TurnedLevels(quadratic: a, square: b, linear: c, point)
  }

  /// The enclosure of an inverse temperature that is positive.
  static func positive(
    _ formula: ModelFormula, _ part: PartDeclaration, _ point: ModelPoint
  ) throws -> Interval {
    let exact = try point.scalar(formula.expression, formula)
    guard exact.isVisiblyReal else {
      throw formula.fault("'\(formula.expression)' is not real; accepted: positive numbers")
    }
    let value = try point.scalars.enclosure(exact).real
    func refusal() -> BadInput {
      formula.fault(
        "'\(formula.expression)' is \(Populations.measured(value)), and the boson of '\(part.name)' has levels without "
          + "end; accepted: gibbs(beta) with beta > 0, gibbs(infinity)")
    }
    if point.scalars.isZero(exact) { throw refusal() }
    guard let sign = value.certainSign else { throw NotToldYet(what: "the sign of an inverse temperature") }
    guard sign > 0 else { throw refusal() }
    return value
  }

  /// The ground level, which is among the quanta up to those from which the levels rise.
  private static func ground(
    _ levels: [RisingLevels], _ sites: [Int], _ boson: Int, _ part: PartDeclaration, _ place: ModelFormula,
    _ point: ModelPoint
  ) throws -> SiteFrame {
    let ring = point.scalars
    let all = try levels.flatMap { levels in
      try (0...levels.start).map { n in
        var numbers = levels.numbers
        numbers[boson] = n
        return (numbers: numbers, exact: try levels.exact(n, ring), value: levels.value(n))
      }
    }
    guard let least = all.indices.min(by: { all[$0].value.lower < all[$1].value.lower }) else {
      throw NotToldYet(what: "which level of a part is the lowest")
    }
    for other in all.indices where other != least && all[other].value.lower <= all[least].value.upper {
      guard try PassiveOrder.areEqual(all[other].exact, all[least].exact, ring) else {
        throw NotToldYet(what: "which level of a part is the lowest")
      }
      throw GibbsState.degenerate(part, place)
    }
    return try SiteFrame(sites, all[least].numbers.map { SiteState(level: $0, point) }, point)
  }
}
