import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The start at given parameters: exact amplitudes, none certainly zero, times one number that makes its norm 1.
struct StartState {
  private(set) var amplitudes: [BasisState: ScalarPolynomial] = [:]
  /// 1, or one over the norm where the file asks for that.
  private(set) var factor: Interval
  /// Whether the factor is exactly 1.
  private(set) var isExact = true

  init(_ point: ModelPoint, within budget: Budget) throws {
    let start = point.model.start
    factor = Interval(1, precision: point.precision)
    switch start.content {
    case .product(let product):
      try add(product, point.scalars.one, point, within: budget)
    case .superposition(let terms, let isNormalised):
      let products = try terms.map { try StartState.sites(of: $0.product, point) }
      let coefficients = try terms.map { try point.scalar($0.coefficient.expression, $0.coefficient) }
      let ring = point.scalars
      var norm = ring.number(0)
      for (a, x) in zip(products, coefficients) {
        for (b, y) in zip(products, coefficients) {
          var overlap = try ring.product(ring.conjugate(x), y)
          for (left, right) in zip(a, b) {
            overlap = try ring.product(overlap, try SiteState.overlap(left, right, in: ring))
          }
          norm = ring.sum(norm, overlap)
        }
      }
      try normalise(ring.sum(norm, ring.number(-1)), norm, isNormalised, start, ring)
      for (term, coefficient) in zip(terms, coefficients) {
        try add(term.product, coefficient, point, within: budget)
      }
      amplitudes = amplitudes.filter { !ring.isZero($0.value) }
    case .mixture, .vector, .density:
      throw start.place.fault("such starts are not served yet; accepted: a word for each factor, superposition")
    }
  }

  private mutating func normalise(
    _ excess: ScalarPolynomial, _ norm: ScalarPolynomial, _ isNormalised: Bool, _ start: StartDeclaration,
    _ ring: ModelScalars
  ) throws {
    let decision = try ring.decision(isZero: excess)
    if decision == .certainlyTrue { return }
    let square = try ring.enclosure(norm).real
    if isNormalised {
      guard let sign = square.certainSign else { throw NotToldYet(what: "whether the start is zero") }
      guard sign > 0 else { throw start.place.fault("the start is zero; accepted: a vector other than zero") }
      factor = 1 / square.squareRoot
      isExact = false
      return
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
      let id = FactorID(position)
      var count = 1
      if case .number(let cells)? = point.basis.factors[id].cells { count = cells }
      var list: [StateWord]
      switch words {
      case .all(let word): list = Array(repeating: word, count: count)
      case .each(let each, let entry):
        guard each.count == count else {
          throw entry.fault("\(each.count) states of \(count) cells; accepted: one state, or one for each cell")
        }
        list = each
      }
      for word in list { result.append(try SiteState(word, at: result.count, point)) }
    }
    return result
  }

  private mutating func add(
    _ product: StartDeclaration.Product, _ coefficient: ScalarPolynomial, _ point: ModelPoint, within budget: Budget
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
      amplitudes[state] = amplitudes[state].map { ring.sum($0, amplitude) } ?? amplitude
    }
  }
}
