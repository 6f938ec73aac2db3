import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

/// The state of one site as a frame: the sum over j, k of C_jk v_j v_k^H with exact vectors and coefficients.
struct SiteFrame {
  /// The amplitudes of each vector by the numbers of the basis states.
  let vectors: [[Int: ScalarPolynomial]]
  let coefficients: [(row: Int, column: Int, number: ScalarPolynomial)]
  /// The vector of a pure state.
  let pure: SiteState?

  /// The state of a word: pure ones have one vector, others the basis states and C for the matrix.
  ///
  /// - Throws: ``BadInput`` for levels that the site has not and for what is no state, ``Undecided``.
  init(_ word: StateWord, at site: Int, _ point: ModelPoint) throws {
    let ring = point.scalars
    switch word.kind {
    case .bloch where try !SiteFrame.isPure(word, point):
      pure = nil
      vectors = [[0: ring.one], [1: ring.one]]
      coefficients = try SiteFrame.bloch(word, point)
    case .diagonal:
      pure = nil
      let populations = try SiteFrame.populations(word, at: site, point)
      vectors = populations.map { [$0.level: ring.one] }
      coefficients = populations.enumerated().map { ($0.offset, $0.offset, $0.element.number) }
    default:
      let state = try SiteState(word, at: site, point)
      pure = state
      vectors = [state.amplitudes]
      coefficients = [(0, 0, ring.one)]
    }
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
    let value = try point.scalars.enclosure(excess).real
    switch try point.scalars.decision(isZero: excess) {
    case .certainlyTrue: return true
    case .undecided: throw Undecided(word.place.fault("undecided whether x^2 + y^2 + z^2 = 1").message)
    case .certainlyFalse:
      guard let sign = value.certainSign else { throw NotToldYet(what: "the length of a Bloch vector") }
      guard sign < 0 else {
        let length = (value + 1).squareRoot.midpoint.map { "\($0.double(rounding: .nearest))" } ?? "unknown"
        throw word.place.fault(
          "the Bloch vector has the length \(length); accepted: bloch(x, y, z) with x^2 + y^2 + z^2 <= 1")
      }
      return false
    }
  }

  /// (1 - z)/2 on `down`, (1 + z)/2 on `up`; <down|rho|up> = <a_p> = (x + iy)/2.
  private static func bloch(
    _ word: StateWord, _ point: ModelPoint
  ) throws -> [(row: Int, column: Int, number: ScalarPolynomial)] {
    let (x, y, z) = (word.arguments[0], word.arguments[1], word.arguments[2])
    let half = Expression.number(Rational(1, 2))
    let turned = half * (x + Expression(.variable("i")) * y)
    let coherence = try scalar(turned, word, point)
    return [
      (0, 0, try scalar(half - half * z, word, point)), (1, 1, try scalar(half + half * z, word, point)),
      (0, 1, coherence), (1, 0, point.scalars.conjugate(coherence)),
    ].filter { !point.scalars.isZero($0.2) }
  }

  /// The populations that are not zero, with their levels.
  private static func populations(
    _ word: StateWord, at site: Int, _ point: ModelPoint
  ) throws -> [(level: Int, number: ScalarPolynomial)] {
    let count = word.arguments.count
    if let dimension = point.basis.dimension(ofSite: site), dimension != count {
      throw word.place.fault("\(count) populations of \(dimension) levels; accepted: one for each level")
    }
    let numbers = try word.arguments.map { try scalar($0, word, point) }
    let ring = point.scalars
    for (formula, number) in zip(word.arguments, numbers) {
      try Populations.requireWeight(number, "'\(formula)'", word.place, ring)
    }
    try Populations.requireUnit(
      numbers.reduce(ring.number(0)) { ring.sum($0, $1) }, "the populations", word.place, ring)
    return numbers.enumerated().filter { !ring.isZero($0.element) }.map { ($0.offset, $0.element) }
  }
}
