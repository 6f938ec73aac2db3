import ArbitraryPrecision
import Expressions
import Operators

/// The parameters of a Gaussian state of a mode as exact numbers: those of `coherent`, `squeezed` and
/// `displaced_squeezed`.
struct GaussianWord {
  let alpha: ScalarPolynomial
  let squeezing: ScalarPolynomial
  let angle: ScalarPolynomial
  // beta, mu and psi_0 of ``GaussianMode``.
  private let beta: ScalarPolynomial
  private let mu: ScalarPolynomial
  private let vacuum: ScalarPolynomial
  /// Whether it is the vacuum, exactly.
  let isVacuum: Bool

  /// The parameters of a word; nil for words of another kind.
  init?(_ word: StateWord, _ point: ModelPoint) throws {
    let arguments: (alpha: Expression, r: Expression, phi: Expression)
    let zero = Expression.number(0)
    switch word.kind {
    case .coherent: arguments = (word.arguments[0], zero, zero)
    case .squeezed: arguments = (zero, word.arguments[0], word.arguments.count > 1 ? word.arguments[1] : zero)
    case .displacedSqueezed: arguments = (word.arguments[0], word.arguments[1], word.arguments[2])
    case .fock, .thermal, .up, .down, .plus, .minus, .bloch, .dicke, .css, .level, .diagonal: return nil
    }
    let place = ModelFormula(expression: zero, place: word.place)
    func scalar(_ formula: Expression) throws -> ScalarPolynomial { try point.scalar(formula, place) }
    for part in [arguments.r, arguments.phi] where !(try scalar(part)).isVisiblyReal {
      throw word.place.fault("'\(part)' is not real; accepted: squeezing by real numbers r and phi")
    }
    let conjugate = point.scalars.conjugate(try scalar(arguments.alpha)).formula
    let turn = Expression(.call(.exp, Expression(.variable("i")) * arguments.phi))
    let mu = turn * Expression(.call(.tanh, arguments.r))
    let half = Expression.number(Rational(1, 2))
    let exponent = .number(0) - half * (conjugate * arguments.alpha + mu * conjugate * conjugate)
    let root = Expression(.call(.cosh, arguments.r)).squareRoot
    (alpha, squeezing, angle) = (try scalar(arguments.alpha), try scalar(arguments.r), try scalar(arguments.phi))
    self.mu = try scalar(mu)
    beta = try scalar(arguments.alpha + conjugate * mu)
    vacuum = try scalar(Expression(.call(.exp, exponent)) / root)
    isVacuum = point.scalars.isZero(alpha) && point.scalars.isZero(squeezing)
  }

  /// The state with enclosed parameters.
  func mode(_ ring: ModelScalars, precision: Int) throws -> GaussianMode {
    try GaussianMode(
      alpha: try ring.enclosure(alpha), squeezing: try ring.enclosure(squeezing).real,
      angle: try ring.enclosure(angle).real, precision: precision)
  }

  /// <self|other>: by the integral of a Gaussian, with x of self and y of the other,
  ///
  ///     conj(x_0) y_0 (1 - w)^(-1/2) exp((conj(b_x) b_y - (mu_y conj(b_x)^2 + conj(mu_x) b_y^2)/2)/(1 - w)),
  ///
  /// w = conj(mu_x) mu_y, |w| < 1.
  func overlap(_ other: GaussianWord, _ ring: ModelScalars) throws -> ScalarPolynomial {
    let one = Expression.number(1)
    let (bx, by) = (ring.conjugate(beta).formula, other.beta.formula)
    let (mx, my) = (ring.conjugate(mu).formula, other.mu.formula)
    let rest = one - mx * my
    let half = Expression.number(Rational(1, 2))
    let exponent = (bx * by - half * (my * bx * bx + mx * by * by)) / rest
    let size = ring.conjugate(vacuum).formula * other.vacuum.formula
    return try ring.scalar(size * Expression(.call(.exp, exponent)) / rest.squareRoot)
  }

  /// The most quanta of a state with a last number beside a Gaussian one in a superposition.
  private static let greatestOverlap = 64

  /// <other|self> for finitely many amplitudes of the other state.
  func overlap(_ other: [Int: ScalarPolynomial], _ ring: ModelScalars) throws -> ScalarPolynomial {
    let last = other.keys.max() ?? 0
    guard last <= Self.greatestOverlap else {
      throw OutsideFragment("superpositions of Gaussian states with more than \(Self.greatestOverlap) quanta")
    }
    var amplitudes = [vacuum]
    for n in 0..<last {
      var next = try ring.product(beta, amplitudes[n])
      if n > 0 {
        let root = try ring.scalar(Expression.number(Rational(Integer(n))).squareRoot)
        next = ring.sum(next, ring.negation(try ring.product(try ring.product(mu, root), amplitudes[n - 1])))
      }
      let inverse = try ring.scalar(.number(1) / Expression.number(Rational(Integer(n + 1))).squareRoot)
      amplitudes.append(try ring.product(next, inverse))
    }
    var result = ring.number(0)
    for (level, amplitude) in other {
      result = ring.sum(result, try ring.product(ring.conjugate(amplitude), amplitudes[level]))
    }
    return result
  }
}
