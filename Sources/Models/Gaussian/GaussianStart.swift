import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// The first and second moments of a start of modes, in the quadratures of ``GaussianGenerator``.
///
/// Of one mode, with T the covariances less those of the vacuum:
///
/// - D(alpha) S(r e^(i phi)) |0>: d = (2 Re alpha, 2 Im alpha), and by S' a S = a cosh r - a' e^(i phi) sinh r
///   T = cosh 2r - 1 - sinh 2r [[cos phi, sin phi], [sin phi, -cos phi]];
/// - thermal(n), a level n and populations with the mean n: d = 0, T = 2n;
/// - exp(-beta w a'a)/Z: thermal with n = 1/(e^(beta w) - 1).
struct GaussianStart {
  /// d.
  private(set) var means: [Interval]
  /// T.
  private(set) var excess: IntervalMatrix
  /// Whether each mode is in a Gaussian state of its own.
  private(set) var isGaussian: [Bool]
  /// Whether each mode is in a pure Gaussian state of its own.
  private(set) var isPure: [Bool]

  /// Moments as they were found.
  init(means: [Interval], excess: IntervalMatrix, isGaussian: [Bool]) {
    (self.means, self.excess, self.isGaussian) = (means, excess, isGaussian)
    isPure = isGaussian.map { _ in false }
  }

  private init(_ count: Int, _ point: ModelPoint) {
    means = Array(repeating: Interval(0, precision: point.precision), count: 2 * count)
    excess = IntervalMatrix(zero: 2 * count, precision: point.precision)
    isGaussian = Array(repeating: true, count: count)
    isPure = isGaussian
  }

  /// The moments of a product of states of modes; nil of starts that are none.
  init?(product point: ModelPoint, within budget: Budget) throws {
    guard case .product(let product) = point.model.start.content else { return nil }
    try self.init(product, point, within: budget)
  }

  /// The moments of a product of states, of modes without a state those of the vacuum; nil of states that are none.
  init?(_ product: StartDeclaration.Product, _ point: ModelPoint, within budget: Budget) throws {
    self.init(point.basis.count, point)
    for (position, words) in product.words.enumerated() {
      let sites = Array(point.basis.sites(of: FactorID(position)))
      switch words {
      case .all(let word): for site in sites { try fill(word, site, point) }
      case .each(let each, let entry):
        try StartState.requireOne(each.count, for: sites.count, entry)
        for (word, site) in zip(each, sites) { try fill(word, site, point) }
      case .inPart: break
      }
    }
    for (part, temperature) in product.gibbs {
      guard try fill(point.model.parts[part], temperature, point, within: budget) else { return nil }
    }
  }

  /// The Gibbs state of a part, of other modes the vacuum; nil where its Hamiltonian is no sum of w a'a.
  init?(
    _ part: PartDeclaration, _ temperature: InverseTemperature, _ point: ModelPoint, within budget: Budget
  ) throws {
    self.init(point.basis.count, point)
    guard try fill(part, temperature, point, within: budget) else { return nil }
  }

  /// Pure states of modes; nil where one is not Gaussian.
  init?(_ states: [SiteState], _ point: ModelPoint) throws {
    self.init(states.count, point)
    for (place, state) in states.enumerated() { try fill(state, place, point) }
    guard isGaussian.allSatisfy(\.self) else { return nil }
  }

  /// A state of one mode in a word; nil where it is not Gaussian.
  init?(_ word: StateWord, at site: Int, _ point: ModelPoint) throws {
    self.init(1, point)
    try fill(word, 0, at: site, point)
    guard isGaussian[0] else { return nil }
  }

  /// The state of the modes.
  var state: GaussianState { GaussianState(means: means, excess: excess) }

  /// The moments of any state by the means of its operators.
  init(of state: ModelState, _ point: ModelPoint) throws {
    let count = point.basis.count
    self.init(count, point)
    isGaussian = Array(repeating: false, count: count)
    isPure = isGaussian
    let quadratures = try (0..<2 * count).map { try point.quadrature($0) }
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    for (place, x) in quadratures.enumerated() { means[place] = try state.mean(x, point) }
    for (i, x) in quadratures.enumerated() {
      for (j, y) in quadratures.prefix(i + 1).enumerated() {
        let product = try arithmetic.sum(try arithmetic.product(x, y), try arithmetic.product(y, x))
        let own = try state.mean(product, point) / 2 - means[i] * means[j] - (i == j ? 1 : 0)
        (excess[i, j], excess[j, i]) = (own, own)
      }
    }
  }

  private mutating func fill(_ word: StateWord, _ site: Int, _ point: ModelPoint) throws {
    try fill(word, site, at: site, point)
  }

  private mutating func fill(_ word: StateWord, _ place: Int, at site: Int, _ point: ModelPoint) throws {
    let (ring, precision) = (point.scalars, point.precision)
    switch word.kind {
    case .thermal:
      if let quanta = try SiteFrame.quanta(word, point) { fill(2 * quanta, place) }
    case .diagonal:
      let populations = try SiteFrame.populations(word, [nil], point)
      var sum = Interval(0, precision: precision)
      for (level, number) in populations where level > 0 {
        sum += Interval(level, precision: precision) * (try ring.enclosure(number).real)
        isGaussian[place] = false
      }
      if !isGaussian[place] { fill(2 * sum, place) }
    default:
      try fill(try SiteState(word, at: site, point), place, point)
    }
  }

  private mutating func fill(_ state: SiteState, _ place: Int, _ point: ModelPoint) throws {
    let ring = point.scalars
    guard let own = state.gaussian else {
      guard let level = state.amplitudes.keys.first, level > 0 else { return }
      isGaussian[place] = false
      return fill(Interval(2 * level, precision: point.precision), place)
    }
    let alpha = try ring.enclosure(own.alpha)
    (means[2 * place], means[2 * place + 1]) = (2 * alpha.real, 2 * alpha.imaginary)
    guard !ring.isZero(own.squeezing) else { return }
    let (r, phi) = (try ring.enclosure(own.squeezing).real, try ring.enclosure(own.angle).real)
    guard alpha.isBounded, r.isBounded, phi.isBounded else { throw NotToldYet(what: "a parameter of the start") }
    let (size, turn) = (2 * r.hyperbolicSine.squared, (2 * r).hyperbolicSine)
    let cross = ring.isZero(own.angle) ? Interval(0, precision: point.precision) : -(turn * phi.sine)
    (excess[2 * place, 2 * place], excess[2 * place, 2 * place + 1]) = (size - turn * phi.cosine, cross)
    (excess[2 * place + 1, 2 * place], excess[2 * place + 1, 2 * place + 1]) = (cross, size + turn * phi.cosine)
  }

  private mutating func fill(_ value: Interval, _ place: Int) {
    isPure[place] = false
    (excess[2 * place, 2 * place], excess[2 * place + 1, 2 * place + 1]) = (value, value)
  }

  /// A part whose Hamiltonian is a sum of w a'a; false for others.
  private mutating func fill(
    _ part: PartDeclaration, _ temperature: InverseTemperature, _ point: ModelPoint, within budget: Budget
  ) throws -> Bool {
    guard let frequencies = try Self.frequencies(part, point) else {
      // Refuses levels and temperatures of which there is no state.
      _ = try GibbsFrames(part, temperature, point, within: budget)
      return false
    }
    guard case .number(let formula) = temperature else { return true }
    let beta = try GibbsFrames.positive(formula, part, point)
    for (site, frequency) in frequencies { fill(2 / (beta * frequency).exponentialMinusOne, site) }
    return true
  }

  /// The w of a sum of w a'a over all modes that a part consists of, all w > 0; nil for others.
  private static func frequencies(_ part: PartDeclaration, _ point: ModelPoint) throws -> [Int: Interval]? {
    var result: [Int: Interval] = [:]
    for (word, coefficient) in try point.hermitian(part.hamiltonian).terms where !word.isEmpty {
      guard word.count == 2, word[0] == word[1].adjoint, word[0].kind == .boson(.creation),
        let site = point.basis.site(of: word[0].factor, word[0].cell)
      else { return nil }
      let value = try point.scalars.enclosure(coefficient).real
      guard value.certainSign == 1, value.isBounded else { return nil }
      result[site] = value
    }
    return Set(result.keys) == Set(try part.places.flatMap(point.sites)) ? result : nil
  }
}

extension ModelPoint {
  /// The letter of a mode.
  private func letter(_ site: Int, _ ladder: Letter.Ladder) -> Letter {
    let factor = basis.factor(ofSite: site)
    let cell: Letter.Cell =
      basis.hasNumbers(factor) ? .number(site - basis.sites(of: factor).lowerBound) : .only
    return Letter(factor, .boson(ladder), cell: cell)
  }

  /// X = a + a' or P = i (a' - a) of a mode.
  func quadrature(_ place: Int) throws -> Operator {
    var result = Operator()
    let isMomentum = place % 2 == 1
    let unit = scalars.imaginaryUnit()
    try result.add(
      isMomentum ? scalars.negation(unit) : scalars.one, [letter(place / 2, .annihilation)], in: scalars)
    try result.add(isMomentum ? unit : scalars.one, [letter(place / 2, .creation)], in: scalars)
    return result
  }
}
