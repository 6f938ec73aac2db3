import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

/// The amplitudes of a pure state of one site by the numbers of its basis states; none is certainly zero.
struct SiteState {
  /// The word that gives it; nil of a basis state of a mixed one.
  let word: StateWord?
  /// None of a state without a last number.
  let amplitudes: [Int: ScalarPolynomial]
  /// The state of a mode without a last number of quanta.
  let gaussian: GaussianWord?
  /// The level of a quadratic form of a mode.
  let turned: TurnedLevel?

  /// Whether it has no last number of quanta.
  var isOpen: Bool { gaussian != nil || turned != nil }

  /// The state of a word.
  ///
  /// - Throws: ``BadInput`` for levels that the site has not and for vectors that are no pure state, ``Undecided``.
  init(_ word: StateWord, at site: Int, _ point: ModelPoint) throws {
    self.word = word
    let place = ModelFormula(expression: .number(0), place: word.place)
    let dimension = point.basis.dimension(ofSite: site)
    func scalar(_ formula: Expression) throws -> ScalarPolynomial { try point.scalar(formula, place) }
    func level() throws -> Int { try point.level(word, below: dimension ?? ProductBasis.greatestQuanta + 1) }
    let half = Expression.number(Rational(1, 2)).squareRoot
    var amplitudes: [Int: ScalarPolynomial] = [:]
    let gaussian = try GaussianWord(word, point)
    self.gaussian = gaussian?.isVacuum == true ? nil : gaussian
    turned = nil
    switch word.kind {
    case .coherent, .squeezed, .displacedSqueezed:
      // The vacuum is a state with a last number.
      if self.gaussian == nil { amplitudes[0] = point.scalars.one }
    case .fock, .dicke, .level: amplitudes[try level()] = point.scalars.one
    case .down: amplitudes[0] = point.scalars.one
    case .up: amplitudes[(dimension ?? 1) - 1] = point.scalars.one
    case .plus, .minus:
      let root = try scalar(half)
      amplitudes = [1: root, 0: word.kind == .plus ? root : -root]
    case .bloch: amplitudes = try SiteState.bloch(word, point, scalar)
    case .css: amplitudes = try SiteState.css(word, (dimension ?? 1) - 1, scalar)
    case .diagonal, .thermal:
      throw word.place.fault("'\(word.kind.rawValue)' is mixed where a pure state must stand; accepted: vectors")
    }
    self.amplitudes = amplitudes.filter { !point.scalars.isZero($0.value) }
  }

  /// The states of sites that one word gives: each of the cells has it, the places of a factor of matrices have it
  /// together.
  static func states(_ word: StateWord, on sites: [Int], _ point: ModelPoint) throws -> [SiteState] {
    guard sites.count > 1, let first = sites.first, point.basis.factors[point.basis.factor(ofSite: first)].cells == nil
    else { return try sites.map { try SiteState(word, at: $0, point) } }
    let dimensions = sites.map { point.basis.dimension(ofSite: $0) ?? 1 }
    var left = try point.level(word, below: dimensions.reduce(1, *))
    return zip(sites, dimensions).reversed().map { _, dimension in
      defer { left /= dimension }
      return SiteState(word: word, amplitudes: [left % dimension: point.scalars.one])
    }.reversed()
  }

  private init(word: StateWord?, amplitudes: [Int: ScalarPolynomial]) {
    (self.word, self.amplitudes, gaussian, turned) = (word, amplitudes, nil, nil)
  }

  /// A level of a quadratic form.
  init(_ level: TurnedLevel) {
    (word, amplitudes, gaussian, turned) = (nil, [:], nil, level)
  }

  /// A basis state of a mixed one.
  init(level: Int, _ point: ModelPoint) {
    self.init(word: nil, amplitudes: [level: point.scalars.one])
  }

  /// The vacuum of a mode without a last number of quanta, else the state itself.
  func closed(_ point: ModelPoint) -> SiteState { isOpen ? SiteState(level: 0, point) : self }

  /// With <a_x> = x, <a_y> = y, <a_z> = z of a unit vector: sqrt((1+z)/2) on `up`, (x + iy)/sqrt(2(1+z)) on `down`,
  /// since <a_p> = conj(up) down = (x + iy)/2 and |up|^2 = (1+z)/2; `down` alone for z = -1.
  private static func bloch(
    _ word: StateWord, _ point: ModelPoint, _ scalar: (Expression) throws -> ScalarPolynomial
  ) throws -> [Int: ScalarPolynomial] {
    let (x, y, z) = (word.arguments[0], word.arguments[1], word.arguments[2])
    let one = Expression.number(1)
    guard try SiteFrame.isPure(word, point) else {
      throw word.place.fault(
        "'bloch' is mixed where a pure state must stand; accepted: bloch(x, y, z) with x^2 + y^2 + z^2 = 1")
    }
    switch try point.scalars.decision(isZero: try scalar(one + z)) {
    case .certainlyTrue: return [0: point.scalars.one]
    case .undecided: throw Undecided(word.place.fault("undecided whether z = -1").message)
    case .certainlyFalse:
      let turned = x + Expression(.variable("i")) * y
      return [
        1: try scalar(((one + z) / .number(2)).squareRoot), 0: try scalar(turned / (.number(2) * (one + z)).squareRoot),
      ]
    }
  }

  /// sqrt(C(2J, k)) cos(theta/2)^k (e^(i phi) sin(theta/2))^(2J-k) on k steps above `down`: a unit vector, being the
  /// product of 2J equal ones on the symmetric states.
  private static func css(
    _ word: StateWord, _ twice: Int, _ scalar: (Expression) throws -> ScalarPolynomial
  ) throws -> [Int: ScalarPolynomial] {
    let (half, phi) = (word.arguments[0] / .number(2), word.arguments[1])
    for part in word.arguments where !(try scalar(part)).isVisiblyReal {
      throw word.place.fault("'\(part)' is not real; accepted: css(theta, phi) with real numbers")
    }
    guard twice <= greatestSteps else {
      throw word.place.fault("2J is \(twice); accepted: at most \(greatestSteps) for css")
    }
    var result: [Int: ScalarPolynomial] = [:]
    var binomial = Integer(1)
    for k in 0...twice {
      var formula = Expression.number(Rational(binomial)).squareRoot
      if k > 0 { formula = formula * Expression(.power(Expression(.call(.cos, half)), k)) }
      let rest = twice - k
      if rest > 0 {
        formula = formula * Expression(.power(Expression(.call(.sin, half)), rest))
        let angle = Expression(.variable("i")) * .number(Rational(Integer(rest))) * phi
        formula = formula * Expression(.call(.exp, angle))
      }
      result[k] = try scalar(formula)
      binomial = (binomial * Integer(twice - k)).dividedDown(by: Integer(k + 1))
    }
    return result
  }

  private static let greatestSteps = 4096

  /// <a|b>: 1 for equal words, whose vectors are unit vectors by their definition.
  static func overlap(_ a: SiteState, _ b: SiteState, in ring: ModelScalars) throws -> ScalarPolynomial {
    if let word = a.word, word == b.word { return ring.one }
    switch (a.gaussian, b.gaussian) {
    case (let x?, let y?): return try x.overlap(y, ring)
    case (let x?, nil): return ring.conjugate(try x.overlap(b.amplitudes, ring))
    case (nil, let y?): return try y.overlap(a.amplitudes, ring)
    case (nil, nil): break
    }
    var result = ring.number(0)
    for (level, amplitude) in a.amplitudes {
      guard let other = b.amplitudes[level] else { continue }
      result = ring.sum(result, try ring.product(ring.conjugate(amplitude), other))
    }
    return result
  }
}

extension ModelPoint {
  /// The number of the basis state that a word names.
  fileprivate func level(_ word: StateWord, below count: Int) throws -> Int {
    let formula = ModelFormula(expression: word.arguments[0], place: word.place)
    let level = try integer(formula)
    guard (0..<count).contains(level) else {
      throw word.place.fault("'\(formula.expression)' is \(level); accepted: 0 to \(count - 1)")
    }
    return level
  }
}
