import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import YAMLText

/// The start at given parameters as a frame: vectors of exact amplitudes, none certainly zero, and coefficients.
struct StartState {
  typealias Vector = [BasisState: ScalarPolynomial]

  private(set) var vectors: [Vector] = []
  /// The vectors without a last basis state, by their places; nothing stands in ``vectors`` there.
  private(set) var open: [Int: OpenVector] = [:]
  /// The elements of C that are not zero.
  private(set) var coefficients: [ModelState.Coefficient] = []
  /// What mixtures without an end leave out; none where nothing is.
  let dropped: [DroppedProduct]
  /// The products of modes without an end and states of the other sites that the start is the sum of; nil where that is
  /// not told.
  let closed: [ClosedFrame]?

  init(_ point: ModelPoint, within budget: Budget) throws {
    let frame = try StartState.frame(point.model.start, point, within: budget)
    (vectors, open, coefficients) = (frame.vectors, frame.open, frame.coefficients)
    (dropped, closed) = (frame.dropped, frame.closed)
    try point.requireDefiniteParity(of: self)
  }

  /// The elements of a density matrix, each within its error, as a start.
  init(_ elements: DensityElements, _ point: ModelPoint) throws {
    let places = elements.places
    let states = Set(places.map(\.row)).union(places.map(\.column)).sorted()
    let numbers = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    vectors = states.map { [$0: point.scalars.one] }
    let stored = elements.stored(precision: point.precision + 64)
    let error = elements.numbers.error
    for (place, value) in zip(places, stored) {
      guard let row = numbers[place.row], let column = numbers[place.column] else { continue }
      let real = value.real + .ball(error)
      let own =
        place.isDiagonal
        ? ComplexInterval(real, value.imaginary) : ComplexInterval(real, value.imaginary + .ball(error))
      coefficients.append(.init(row: row, column: column, number: StateNumber(value: own, exact: nil)))
      guard !place.isDiagonal else { continue }
      coefficients.append(.init(row: column, column: row, number: StateNumber(value: own.conjugate, exact: nil)))
    }
    (dropped, closed) = ([], nil)
  }

  private static func frame(
    _ start: StartDeclaration, _ point: ModelPoint, within budget: Budget
  ) throws -> StartFrame {
    let ring = point.scalars
    switch start.content {
    case .product(let product):
      return try StartFrame(try frames(of: product, point, within: budget), point, within: budget)
    case .superposition(let terms, let isNormalised):
      return try superposition(terms, isNormalised, start, point, within: budget)
    case .vector(let matrix, let isNormalised):
      let (vector, norm) = try matrix.vector(point)
      return StartFrame(vector, try inverse(of: norm, isNormalised, start, ring))
    case .density(let matrix, let isNormalised):
      return try matrix.density(point, isNormalised: isNormalised, within: budget)
    case .mixture(let shares, let isNormalised):
      return try mixture(shares, isNormalised, start, point, within: budget)
    }
  }

  private static func superposition(
    _ terms: [StartDeclaration.Term], _ isNormalised: Bool, _ start: StartDeclaration, _ point: ModelPoint,
    within budget: Budget
  ) throws -> StartFrame {
    let ring = point.scalars
    let products = try terms.map { try StartState.sites(of: $0.product, point) }
    let factors = try terms.map { try point.scalar($0.coefficient.expression, $0.coefficient) }
    var norm = ring.number(0)
    for (a, x) in zip(products, factors) {
      for (b, y) in zip(products, factors) {
        var overlap = try ring.product(ring.conjugate(x), y)
        for (left, right) in zip(a, b) {
          overlap = try ring.product(overlap, try SiteState.overlap(left, right, in: ring))
        }
        norm = ring.sum(norm, overlap)
      }
    }
    let inverse = try inverse(of: norm, isNormalised, start, ring)
    if products.contains(where: { $0.contains { $0.gaussian != nil } }) {
      return try StartFrame(OpenVector(terms: Array(zip(factors, products))), inverse, point, within: budget)
    }
    var vector = Vector()
    for (product, factor) in zip(products, factors) {
      try StartState.add(product, factor, to: &vector, point, within: budget)
    }
    return StartFrame(vector.filter { !ring.isZero($0.value) }, inverse)
  }

  /// The sum of states with weights, of the sum 1 or divided by it.
  private static func mixture(
    _ shares: [StartDeclaration.Share], _ isNormalised: Bool, _ start: StartDeclaration, _ point: ModelPoint,
    within budget: Budget
  ) throws -> StartFrame {
    let ring = point.scalars
    let weights = try shares.map { try point.scalar($0.probability.expression, $0.probability) }
    for (share, weight) in zip(shares, weights) {
      try Populations.requireWeight(
        weight, "the probability '\(share.probability.expression)'", share.probability.place, ring)
    }
    let sum = weights.reduce(ring.number(0)) { ring.sum($0, $1) }
    var scale = try number(ring.one, ring)
    if isNormalised {
      let value = try ring.enclosure(sum).real
      guard value.certainSign != nil else { throw NotToldYet(what: "whether the start is zero") }
      guard value.certainSign == 1 else {
        throw start.place.fault("the probabilities are all zero; accepted: a positive one")
      }
      let zero = Interval(0, precision: value.precision)
      scale = StateNumber(value: ComplexInterval(1 / value, zero), exact: try? ring.reciprocal(sum))
    } else {
      try Populations.requireUnit(
        sum, "the probabilities", start.place, ring, accepted: "the sum 1, or 'normalised: true'")
    }
    var frame = StartFrame(vectors: [], coefficients: [])
    for (share, weight) in zip(shares, weights) where !ring.isZero(weight) {
      let factor = try number(weight, ring).product(scale, ring)
      try frame.add(try StartState.frame(share.start, point, within: budget), times: factor, ring)
    }
    return frame
  }

  /// An exact number with its enclosure.
  static func number(_ exact: ScalarPolynomial, _ ring: ModelScalars) throws -> StateNumber {
    StateNumber(value: try ring.enclosure(exact), exact: exact)
  }

  /// One over the square of a vector's length, which is 1 or asked to be divided by.
  private static func inverse(
    of norm: ScalarPolynomial, _ isNormalised: Bool, _ start: StartDeclaration, _ ring: ModelScalars
  ) throws -> StateNumber {
    let decision = try ring.decision(isZero: ring.sum(norm, ring.number(-1)))
    if decision == .certainlyTrue { return try number(ring.one, ring) }
    let square = try ring.enclosure(norm).real
    if isNormalised {
      guard let sign = square.certainSign else { throw NotToldYet(what: "whether the start is zero") }
      guard sign > 0 else { throw start.place.fault("the start is zero; accepted: a vector other than zero") }
      let zero = Interval(0, precision: square.precision)
      return StateNumber(value: ComplexInterval(1 / square, zero), exact: try? ring.reciprocal(norm))
    }
    let measured = square.squareRoot.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "unknown"
    let accepted = "accepted: the norm 1, or 'normalised: true'"
    guard decision == .certainlyFalse else {
      throw Undecided(
        start.place.fault("undecided whether the norm of the start is 1 (about \(measured)); \(accepted)").message)
    }
    throw start.place.fault("the start is not normalised: its norm is about \(measured); \(accepted)")
  }

  /// The states of factors that a product gives, and of parts in Gibbs states.
  static func frames(
    of product: StartDeclaration.Product, _ point: ModelPoint, within budget: Budget
  ) throws -> [SiteFrame] {
    var result: [SiteFrame] = []
    for (position, words) in product.words.enumerated() {
      let sites = Array(point.basis.sites(of: FactorID(position)))
      switch words {
      case .all(let word): result += try SiteFrame.frames(word, on: sites, point)
      case .each(let each, let entry):
        try requireOne(each.count, for: sites.count, entry)
        for (word, site) in zip(each, sites) { result += try SiteFrame.frames(word, on: [site], point) }
      case .inPart: break
      }
    }
    for (part, temperature) in product.gibbs {
      result += try GibbsFrames(point.model.parts[part], temperature, point, within: budget).frames
    }
    return result
  }

  static func requireOne(_ count: Int, for cells: Int, _ entry: YAMLEntry) throws {
    guard count == cells else {
      throw entry.fault("\(count) states of \(cells) cells; accepted: one state, or one for each cell")
    }
  }

  /// The pure states of all sites.
  private static func sites(of product: StartDeclaration.Product, _ point: ModelPoint) throws -> [SiteState] {
    guard product.gibbs.isEmpty else {
      throw product.place.fault("'gibbs' is mixed where a pure state must stand; accepted: vectors")
    }
    var result: [SiteState] = []
    for (position, words) in product.words.enumerated() {
      let sites = Array(point.basis.sites(of: FactorID(position)))
      switch words {
      case .all(let word): result += try SiteState.states(word, on: sites, point)
      case .each(let each, let entry):
        try requireOne(each.count, for: sites.count, entry)
        for (word, site) in zip(each, sites) { result.append(try SiteState(word, at: site, point)) }
      case .inPart: break
      }
    }
    return result
  }

  /// Adds a multiple of a product to a vector.
  static func add(
    _ product: [SiteState], _ coefficient: ScalarPolynomial, to vector: inout Vector,
    _ point: ModelPoint, within budget: Budget
  ) throws {
    let ring = point.scalars
    var partial: [(numbers: [Int], amplitude: ScalarPolynomial)] = [([], coefficient)]
    for site in product {
      var next: [(numbers: [Int], amplitude: ScalarPolynomial)] = []
      guard partial.count * site.amplitudes.count <= Sector.greatestSize else { throw Sector.limit.exceeded }
      for (numbers, amplitude) in partial {
        try budget.check()
        for (level, factor) in site.amplitudes {
          next.append((numbers + [level], try ring.product(amplitude, factor)))
        }
      }
      partial = next
    }
    for (numbers, amplitude) in partial {
      guard let state = point.basis.state(numbers) else { continue }
      vector[state] = vector[state].map { ring.sum($0, amplitude) } ?? amplitude
    }
  }
}
