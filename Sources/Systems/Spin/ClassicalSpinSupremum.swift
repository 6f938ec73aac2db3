import Catalogue
import Expressions

/// Where the average power of two classical spins has its supremum, decided from the exact angles at the start.
///
/// With z_a = n_az and z_b = n_bz the equations of ``ClassicalSpinBattery`` conserve c = z_a + z_b and h = n_ax n_bx +
/// n_ay n_by, and for u = (z_b - z_a)/2 = z_b - c/2 they give
///
///     u' = n_ax n_by - n_ay n_bx,    u'^2 = (1 - z_a^2)(1 - z_b^2) - h^2,    u'' = -2 u (1 + z_a z_b),
///
/// where 1 + z_a z_b = 1 + c^2/4 - u^2 >= 0: a bead in a symmetric potential. At the start u' = -sin(theta_a)
/// sin(theta_b) sin(phi). `docs/spin.md`, "Supremum of the classical power", proves from this:
///
/// 1. If u(0) >= 0 and u'(0) >= 0, then u(s) - u(0) <= u'(0) s for all s > 0: the supremum of the power is the limit
///    u'(0) as s goes to zero. A full battery is such a start, with u'(0) = 0.
/// 2. If c = h = 0 and u'(0) < 0, then u falls for ever: the supremum 0 is the limit for long times.
/// 3. In all other cases but rest it is attained.
enum ClassicalSpinSupremum {
  /// The limit for s to zero, -sin(theta_a) sin(theta_b) sin(phi), which is zero or positive.
  case limitAtStart(isZero: Bool)
  /// The limit zero for long times.
  case zeroAtInfinity
  /// Attained, or not decided.
  case attained

  /// The case of the angles.
  init(_ arguments: Arguments) {
    let (a, b) = (arguments[.chargerAngle].expression, arguments[.batteryAngle].expression)
    let phi = arguments[.azimuth].expression
    let two = Expression.number(2)
    self = .attained
    guard let sines = Self.product(of: [a, b, phi]) else { return }
    let rate = -sines
    if rate < 0 {
      // cos a + cos b = 2 cos((a + b)/2) cos((a - b)/2).
      let isBalanced = Self.isOdd((a + b) / .pi) || Self.isOdd((a - b) / .pi)
      if isBalanced, Self.isOdd(two * phi / .pi) { self = .zeroAtInfinity }
      return
    }
    // cos b - cos a = 2 sin((a + b)/2) sin((a - b)/2).
    guard let height = Self.product(of: [(a + b) / two, (a - b) / two]), height >= 0 else { return }
    self = .limitAtStart(isZero: rate == 0)
  }

  /// The sign of a product of sines; nil when undecided.
  private static func product(of angles: [Expression]) -> Int? {
    let signs = angles.map(sineSign)
    if signs.contains(0) { return 0 }
    return signs.reduce(1) { product, sign in product.flatMap { p in sign.map { p * $0 } } }
  }

  /// The sign of the sine of an angle: zero at multiples of pi, elsewhere by enclosures.
  private static func sineSign(_ angle: Expression) -> Int? {
    guard let angle = try? Constant(angle), let turns = try? Constant(angle.expression / .pi) else { return nil }
    switch turns.integrality {
    case .integer: return 0
    case .undecided: return nil
    case .none: break
    }
    for precision in [64, 256, 1024, 4096] {
      if let sign = angle.enclosure(precision: precision).sine.certainSign { return sign }
    }
    return nil
  }

  private static func isOdd(_ number: Expression) -> Bool {
    guard let number = try? Constant(number), case .integer(let integer) = number.integrality else { return false }
    return integer.modulo(2) == 1
  }
}
