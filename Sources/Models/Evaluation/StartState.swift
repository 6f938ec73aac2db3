import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The start at given parameters as a frame: vectors of exact amplitudes, none certainly zero, and coefficients.
struct StartState {
  typealias Vector = [BasisState: ScalarPolynomial]

  private(set) var vectors: [Vector] = []
  /// The vectors without a last basis state, by their places; nothing stands in ``vectors`` there.
  private(set) var open: [Int: OpenVector] = [:]
  /// The elements of C that are not zero.
  private(set) var coefficients: [ModelState.Coefficient] = []

  init(_ point: ModelPoint, within budget: Budget) throws {
    let start = point.model.start
    let ring = point.scalars
    switch start.content {
    case .product(let product):
      let sites = try StartState.sites(of: product, point)
      var vector = Vector()
      if sites.contains(where: { $0.gaussian != nil }) {
        open[0] = OpenVector(terms: [(ring.one, sites)])
      } else {
        try StartState.add(product, ring.one, to: &vector, point, within: budget)
      }
      vectors = [vector]
      coefficients = [.init(row: 0, column: 0, number: try StartState.number(ring.one, ring))]
    case .superposition(let terms, let isNormalised):
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
      var vector = Vector()
      if products.contains(where: { $0.contains { $0.gaussian != nil } }) {
        open[0] = OpenVector(terms: Array(zip(factors, products)))
      } else {
        for (term, factor) in zip(terms, factors) {
          try StartState.add(term.product, factor, to: &vector, point, within: budget)
        }
      }
      vectors = [vector.filter { !ring.isZero($0.value) }]
      let inverse = try StartState.inverse(of: norm, isNormalised, start, ring)
      coefficients = [.init(row: 0, column: 0, number: inverse)]
    case .mixture, .vector, .density:
      throw start.place.fault("such starts are not served yet; accepted: a word for each factor, superposition")
    }
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

  private static func sites(of product: StartDeclaration.Product, _ point: ModelPoint) throws -> [SiteState] {
    var result: [SiteState] = []
    for (position, words) in product.words.enumerated() {
      let sites = Array(point.basis.sites(of: FactorID(position)))
      switch words {
      case .all(let word): result += try SiteState.states(word, on: sites, point)
      case .each(let each, let entry):
        guard each.count == sites.count else {
          throw entry.fault("\(each.count) states of \(sites.count) cells; accepted: one state, or one for each cell")
        }
        for (word, site) in zip(each, sites) { result.append(try SiteState(word, at: site, point)) }
      }
    }
    return result
  }

  /// Adds a multiple of a product to a vector.
  private static func add(
    _ product: StartDeclaration.Product, _ coefficient: ScalarPolynomial, to vector: inout Vector,
    _ point: ModelPoint, within budget: Budget
  ) throws {
    let ring = point.scalars
    var partial: [(numbers: [Int], amplitude: ScalarPolynomial)] = [([], coefficient)]
    for site in try StartState.sites(of: product, point) {
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
