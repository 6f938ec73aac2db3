import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The classical analogue of the spin battery: two spins of length N/2, Eq. (18) to (20) of Phys. Rev. B 99, 205437.
///
/// In the frame that rotates at w0, with unit vectors n_a, n_b and the time s = 2 g N tau, the Poisson brackets {J_x,
/// J_y} = J_z and H = 4 g (Ja_x Jb_x + Ja_y Jb_y) give
///
///     dn_a/ds = (n_bx, n_by, 0) x n_a,      dn_b/ds = (n_ax, n_ay, 0) x n_b,
///
/// so N enters by s and by the factor of E_B = w0 (N/2)(1 + n_bz) alone. These vectors have no singular points, unlike
/// the angles. The lengths of both vectors are conserved. The difference d of two solutions obeys d_a' = (d_bx,
/// d_by, 0) x n_a + ... with the rest orthogonal to d_a, so |d_a|' <= |d_b| |n_a| and likewise for b: in the greater of
/// the two lengths, which is between the greatest magnitude of an element and twice that, solutions part at most like
/// e^(r s). In this norm the right-hand side is bounded with K = 1, too, since
/// |u x v| <= |u| |v|.
struct ClassicalSpinBattery {
  private let arguments: Arguments
  private let cells: Integer
  private let precision: Int

  /// Elements 0, 1, 2 are n_a, and 3, 4, 5 are n_b.
  private static let flow = QuadraticFlow(
    dimension: 6,
    terms: [
      .init(0, 4, 2, 1), .init(1, 3, 2, -1), .init(2, 3, 1, 1), .init(2, 4, 0, -1),
      .init(3, 1, 5, 1), .init(4, 0, 5, -1), .init(5, 0, 4, 1), .init(5, 1, 3, -1),
    ], productBound: 1, normRatio: 2)

  /// The battery of the arguments, or with another number of cells.
  init(_ arguments: Arguments, _ precision: Int, cells: Integer? = nil) {
    self.arguments = arguments
    self.cells = cells ?? arguments[.cells]
    self.precision = precision
  }

  /// n_a and n_b at the start.
  private static func start(_ arguments: Arguments, _ precision: Int) -> [Interval] {
    let (a, b) = (Angle(arguments[.chargerAngle], precision), Angle(arguments[.batteryAngle], precision))
    let phi = Angle(arguments[.azimuth], precision)
    // Only phi_a - phi_b matters: phi_b = 0.
    let zero = Interval(0, precision: precision)
    return [a.sine * phi.cosine, a.sine * phi.sine, a.cosine, b.sine, zero, b.cosine]
  }

  /// The greater of the two lengths, both conserved, bounds the solution and how fast two of them part.
  @Sendable private static func bounds(_ y: [Interval], _ duration: BigFloat) -> QuadraticFlow.Bounds {
    let lengths = [0, 3].map { (y[$0].squared + y[$0 + 1].squared + y[$0 + 2].squared).squareRoot.upper }
    let radius = max(lengths[0], lengths[1])
    return .init(radius: radius, logarithmicNorm: radius)
  }

  /// Whether both vectors stand on the axis, where nothing moves.
  private static func isStill(_ start: [Interval]) -> Bool {
    [0, 1, 3, 4].allSatisfy { start[$0].certainSign == 0 }
  }

  /// Sine and cosine of a constant, exact at multiples of pi/2.
  private struct Angle {
    let sine: Interval
    let cosine: Interval

    init(_ angle: Constant, _ precision: Int) {
      if let turns = try? Constant(Expression.number(2) * angle.expression / .pi),
        case .integer(let quarters) = turns.integrality
      {
        let quarter = quarters.modulo(4)
        sine = Interval([0, 1, 0, -1][quarter], precision: precision)
        cosine = Interval([1, 0, -1, 0][quarter], precision: precision)
      } else {
        let x = angle.enclosure(precision: precision)
        (sine, cosine) = (x.sine, x.cosine)
      }
    }
  }

  /// E_B, which includes what the battery holds at the start.
  func storedEnergy(within budget: Budget) throws -> Interval {
    let count = Interval(cells, precision: precision)
    let start = ClassicalSpinBattery.start(arguments, precision)
    let time = 2 * (arguments.enclosure(.coupling, precision) * count * arguments.enclosure(.chargingTime, precision))
    let end =
      ClassicalSpinBattery.isStill(start)
      ? start
      : try ClassicalSpinBattery.flow.evolved(
        start, for: time, bits: precision, within: budget, bounds: ClassicalSpinBattery.bounds)
    let unit = Interval(from: -1, to: 1, precision: precision)
    let capacity = count * arguments.enclosure(.frequency, precision)
    return ((1 + end[5].intersection(unit)) * capacity).scaled(byPowerOfTwo: -1)
  }

  /// The supremum of the power (E_B(tau) - E_B(0))/tau over all tau > 0.
  func maximalPower(within budget: Budget) throws -> Interval {
    let unit = arguments.enclosure(.coupling, precision) * arguments.enclosure(.frequency, precision)
    return (unit * (try scaledPower(within: budget))).rounded(to: precision)
  }

  /// The same over g w0. With s = 2 g N tau it is N^2 times the supremum of (n_bz(s) - n_bz(0))/s, and no gain exceeds
  /// 1 - n_bz(0). Where it is only approached ``ClassicalSpinSupremum`` tells.
  func scaledPower(within budget: Budget) throws -> Interval {
    let angles = arguments.restricted(to: [.chargerAngle, .batteryAngle, .azimuth])
    if ClassicalSpinBattery.isStill(ClassicalSpinBattery.start(angles, 128)) {
      return Interval(0, precision: precision)
    }
    let square = Interval(cells, precision: precision).squared
    switch ClassicalSpinSupremum(arguments) {
    case .limitAtStart(isZero: true), .zeroAtInfinity: return Interval(0, precision: precision)
    case .limitAtStart:
      let vectors = ClassicalSpinBattery.start(angles, precision + 16)
      return square * (vectors[0] * vectors[4] - vectors[1] * vectors[3])
    case .attained:
      let maximum = try ClassicalSpinBattery.maximum(from: angles, within: budget)
      return square * (try maximum.value(precision: max(precision + 16, 160), within: budget))
    }
  }

  /// The charging time of the greatest power, s/(2 g N), for angles at which one attains it.
  func optimalTime(within budget: Budget) throws -> Interval {
    let angles = arguments.restricted(to: [.chargerAngle, .batteryAngle, .azimuth])
    let working = max(precision + 16, 160)
    let place = try ClassicalSpinBattery.maximum(from: angles, within: budget)
      .argument(precision: working, within: budget)
    let speed = 2 * (arguments.enclosure(.coupling, working) * Interval(cells, precision: working))
    return (place / speed).rounded(to: precision)
  }

  /// The greatest (n_bz(s) - n_bz(0))/s from the angles.
  private static func maximum(from angles: Arguments, within budget: Budget) throws -> PowerMaximum {
    try maxima.value(for: angles) {
      try PowerMaximum(
        of: flow, from: { start(angles, $0) }, weights: [0, 0, 0, 0, 0, 1], greatest: 1 - start(angles, 128)[5],
        within: budget, bounds: bounds)
    }
  }

  private static let maxima = KnownMaxima<Arguments, PowerMaximum>()

  /// Whether the supremum of the power is exactly zero: at rest, and where no gain or only a loss is approached.
  static func gainsNothing(_ arguments: Arguments) -> Decision {
    if isStill(start(arguments, 64)) { return .certainlyTrue }
    switch ClassicalSpinSupremum(arguments) {
    case .limitAtStart(isZero: true), .zeroAtInfinity: return .certainlyTrue
    case .limitAtStart, .attained: return .undecided
    }
  }

  /// Refuses angles at which no charging time attains the greatest power.
  static func checkAttained(_ arguments: Arguments) throws(BadInput) {
    if case .attained = ClassicalSpinSupremum(arguments), !isStill(start(arguments, 64)) { return }
    throw BadInput(
      undefined: """
        parameters theta-a, theta-b, phi: no charging time attains the supremum of the power; accepted: angles that \
        docs/spin.md, Supremum of the classical power, has under 3
        """)
  }

  /// Refuses angles at which the greatest power is zero, so that nothing can be divided by it.
  static func checkGain(_ arguments: Arguments) throws(BadInput) {
    guard gainsNothing(arguments) == .certainlyTrue else { return }
    throw BadInput(
      undefined:
        "parameters theta-a, theta-b, phi: the greatest power is zero, so there is no advantage; accepted: a gain")
  }

  /// Whether the stored energy is exactly zero: for a battery at the lower pole when nothing has moved or can move.
  static func isEmpty(_ arguments: Arguments) -> Decision {
    let (a, b) = (Angle(arguments[.chargerAngle], 64), Angle(arguments[.batteryAngle], 64))
    guard b.sine.certainSign == 0, b.cosine.certainSign == -1 else { return .undecided }
    if arguments[.chargingTime].isZero == .certainlyTrue || a.sine.certainSign == 0 { return .certainlyTrue }
    return .undecided
  }
}
