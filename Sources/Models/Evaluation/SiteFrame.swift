import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The state of some sites as a frame: the sum over j, k of C_jk v_j v_k^H with exact vectors.
struct SiteFrame {
  typealias Coefficient = (row: Int, column: Int, number: StateNumber)

  let sites: [Int]
  /// The states of the sites in each vector.
  let vectors: [[SiteState]]
  let coefficients: [Coefficient]
  /// The states of the sites where each of them is pure.
  let pure: [SiteState]?
  /// The populations of a mode without a last one, of which the vectors are those that are listed.
  let populations: OpenPopulations?
  /// The blocks of a Gibbs state of modes, of which what is listed is all but a rest.
  let blocks: GibbsBlocks?

  /// The states that a word gives to sites: each of the cells has it, the places of a factor of matrices have it
  /// together.
  ///
  /// - Throws: ``BadInput`` for levels that a site has not and for what is no state, ``Undecided``.
  static func frames(_ word: StateWord, on sites: [Int], _ point: ModelPoint) throws -> [SiteFrame] {
    switch word.kind {
    case .diagonal:
      let isFamily = sites.count < 2 || point.basis.factors[point.basis.factor(ofSite: sites[0])].cells != nil
      return try isFamily
        ? sites.map { try SiteFrame(diagonal: word, on: [$0], point) } : [SiteFrame(diagonal: word, on: sites, point)]
    case .thermal:
      guard let quanta = try SiteFrame.quanta(word, point) else {
        return try sites.map { try SiteFrame([$0], [SiteState(level: 0, point)], point) }
      }
      return try sites.map { site in
        SiteFrame(try OpenPopulations(thermal: quanta, at: site, bits: point.startBits, within: Budget()), point)
      }
    case .bloch where try !SiteFrame.isPure(word, point):
      return try sites.map { try SiteFrame(bloch: word, at: $0, point) }
    default:
      return try zip(sites, SiteState.states(word, on: sites, point)).map { try SiteFrame([$0], [$1], point) }
    }
  }

  /// Pure states of sites.
  init(_ sites: [Int], _ states: [SiteState], _ point: ModelPoint) throws {
    (self.sites, pure, populations, blocks) = (sites, states, nil, nil)
    vectors = [states]
    coefficients = [(0, 0, try StartState.number(point.scalars.one, point.scalars))]
  }

  private init(diagonal word: StateWord, on sites: [Int], _ point: ModelPoint) throws {
    (self.sites, pure, populations, blocks) = (sites, nil, nil, nil)
    let dimensions = sites.map { point.basis.dimension(ofSite: $0) }
    let populations = try SiteFrame.populations(word, dimensions, point)
    vectors = populations.map { level, _ in
      var (left, numbers) = (level, [Int]())
      for dimension in dimensions.reversed() {
        numbers.append(dimension.map { left % $0 } ?? left)
        left = dimension.map { left / $0 } ?? 0
      }
      return numbers.reversed().map { SiteState(level: $0, point) }
    }
    coefficients = try populations.enumerated().map {
      ($0.offset, $0.offset, try StartState.number($0.element.number, point.scalars))
    }
  }

  private init(bloch word: StateWord, at site: Int, _ point: ModelPoint) throws {
    (sites, pure, populations, blocks) = ([site], nil, nil, nil)
    vectors = (0...1).map { [SiteState(level: $0, point)] }
    coefficients = try SiteFrame.bloch(word, point)
  }

  /// The Gibbs state of a part.
  init(_ gibbs: GibbsState, _ point: ModelPoint) {
    (sites, pure, populations, blocks, coefficients) = (gibbs.sites, nil, nil, nil, gibbs.coefficients)
    vectors = gibbs.states.map { state in
      gibbs.sites.map { SiteState(level: point.basis.number(of: $0, in: state), point) }
    }
  }

  /// The Gibbs state of coupled modes.
  init(_ blocks: GibbsBlocks, _ point: ModelPoint) {
    (sites, pure, populations, self.blocks, coefficients) = (blocks.sites, nil, nil, blocks, blocks.coefficients)
    vectors = blocks.states.map { state in
      blocks.sites.map { SiteState(level: point.basis.number(of: $0, in: state), point) }
    }
  }

  /// A mode with populations without end, and what they stand beside.
  init(_ populations: OpenPopulations, _ point: ModelPoint) {
    (sites, pure, self.populations, blocks) = (populations.sites, nil, populations, nil)
    var (vectors, coefficients) = ([[SiteState]](), [Coefficient]())
    let zero = Interval(0, precision: point.precision)
    for branch in populations.branches {
      for (quanta, population) in branch.listed.enumerated() {
        var numbers = branch.numbers
        numbers[populations.mode] = quanta
        let place = vectors.count
        vectors.append(
          populations.turned.map { [SiteState(TurnedLevel(levels: $0, number: quanta))] }
            ?? numbers.map { SiteState(level: $0, point) })
        coefficients.append((place, place, StateNumber(value: ComplexInterval(population, zero), exact: nil)))
      }
    }
    (self.vectors, self.coefficients) = (vectors, coefficients)
  }

  /// The mode without a last population of which the quanta are those of each vector; nil where there is none.
  var diagonalMode: Int? { populations.flatMap { $0.turned == nil ? $0.sites[$0.mode] : nil } }

  /// Whether its vectors are levels of a quadratic form.
  var isTurned: Bool { vectors.contains { $0.contains { $0.turned != nil } } }

  /// Whether a mode of it has no last number of quanta.
  var isOpen: Bool {
    populations != nil || blocks != nil || vectors.contains { $0.contains(where: \.isOpen) }
  }

  /// The vacuum of the sites where a mode of them has no last number of quanta, else the state itself.
  func closed(_ point: ModelPoint) throws -> SiteFrame {
    isOpen ? try SiteFrame(sites, sites.map { _ in SiteState(level: 0, point) }, point) : self
  }

  /// The mean number of quanta of a thermal state; nil for none at all.
  ///
  /// - Throws: ``BadInput`` where it is negative or not real.
  static func quanta(_ word: StateWord, _ point: ModelPoint) throws -> Interval? {
    let exact = try scalar(word.arguments[0], word, point)
    guard exact.isVisiblyReal else {
      throw word.place.fault("'\(word.arguments[0])' is not real; accepted: thermal(nbar) with nbar of 0 or more")
    }
    if point.scalars.isZero(exact) { return nil }
    let value = try point.scalars.enclosure(exact).real
    guard let sign = value.certainSign else { throw NotToldYet(what: "the quanta of a thermal start") }
    guard sign >= 0 else {
      throw word.place.fault(
        "'\(word.arguments[0])' is \(Populations.measured(value)), negative; accepted: thermal(nbar) with nbar of 0 or "
          + "more")
    }
    return value
  }

  private static func scalar(_ formula: Expression, _ word: StateWord, _ point: ModelPoint) throws -> ScalarPolynomial {
    try point.scalar(formula, ModelFormula(expression: .number(0), place: word.place))
  }

  /// Whether a Bloch vector has the length 1.
  ///
  /// - Throws: ``BadInput`` for vectors that are longer or not real, ``Undecided``.
  static func isPure(_ word: StateWord, _ point: ModelPoint) throws -> Bool {
    let (x, y, z) = (word.arguments[0], word.arguments[1], word.arguments[2])
    for part in [x, y, z] where !(try scalar(part, word, point)).isVisiblyReal {
      throw word.place.fault("'\(part)' is not real; accepted: bloch(x, y, z) with real numbers")
    }
    let excess = try scalar(x * x + y * y + z * z - .number(1), word, point)
    switch try point.scalars.decision(isZero: excess) {
    case .certainlyTrue: return true
    case .undecided: throw Undecided(word.place.fault("undecided whether x^2 + y^2 + z^2 = 1").message)
    case .certainlyFalse:
      let value = try point.scalars.enclosure(excess).real
      guard let sign = value.certainSign else { throw NotToldYet(what: "the length of a Bloch vector") }
      guard sign < 0 else {
        throw word.place.fault(
          "the Bloch vector has the length \(Populations.measured((value + 1).squareRoot)); accepted: bloch(x, y, z) "
            + "with x^2 + y^2 + z^2 <= 1")
      }
      return false
    }
  }

  /// (1 - z)/2 on `down`, (1 + z)/2 on `up`; <down|rho|up> = <a_p> = (x + iy)/2.
  private static func bloch(_ word: StateWord, _ point: ModelPoint) throws -> [Coefficient] {
    let (x, y, z) = (word.arguments[0], word.arguments[1], word.arguments[2])
    let half = Expression.number(Rational(1, 2))
    let coherence = try scalar(half * (x + Expression(.variable("i")) * y), word, point)
    let elements = [
      (0, 0, try scalar(half - half * z, word, point)), (1, 1, try scalar(half + half * z, word, point)),
      (0, 1, coherence), (1, 0, point.scalars.conjugate(coherence)),
    ]
    return try elements.filter { !point.scalars.isZero($0.2) }.map {
      ($0.0, $0.1, try StartState.number($0.2, point.scalars))
    }
  }

  /// The populations that are not zero, with their levels.
  static func populations(
    _ word: StateWord, _ dimensions: [Int?], _ point: ModelPoint
  ) throws -> [(level: Int, number: ScalarPolynomial)] {
    let count = word.arguments.count
    let known = dimensions.compactMap { $0 }
    if known.count == dimensions.count, known.reduce(1, *) != count {
      throw word.place.fault("\(count) populations of \(known.reduce(1, *)) levels; accepted: one for each level")
    }
    let numbers = try word.arguments.map { try scalar($0, word, point) }
    let ring = point.scalars
    for (formula, number) in zip(word.arguments, numbers) {
      try Populations.requireWeight(number, "the population '\(formula)'", word.place, ring)
    }
    try Populations.requireUnit(
      numbers.reduce(ring.number(0)) { ring.sum($0, $1) }, "the populations", word.place, ring)
    return numbers.enumerated().filter { !ring.isZero($0.element) }.map { ($0.offset, $0.element) }
  }
}
