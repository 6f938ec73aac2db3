import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The classical analogue of the Dicke battery, Eq. (23) of Phys. Rev. B 99, 205437: a spin of length N/2 and one
/// oscillator.
///
/// With the unit vector n of the spin, P = p/sqrt(N) and Q = q/sqrt(N), the brackets {q, p} = 1 and {J_x, J_y} = J_z
/// give, for c = sqrt(2 N) |g|, in the time s = 2 c tau with o = w0/(2 c),
///
///     P' = -o Q - n_x/2,   Q' = o P,   n_x' = -o n_y,   n_y' = o n_x - Q n_z,   n_z' = Q n_y,
///
/// a quadratic flow once o and 1/2 are elements that do not change. The start depends on the phase alone, and the
/// strength of the coupling enters by o only. The chart (theta, phi) is singular at the start; this one is not.
///
/// Radius. Conserved are |n| and the energy e = (P^2 + Q^2)/2 + n_z/2 + Q n_x/(2 o), over N w0. So with a^2 = P^2 + Q^2
///
///     a^2/2 <= e + |n|/2 + a |n|/(2 o),   hence   a <= |n|/(2 o) + sqrt(|n|^2/(4 o^2) + 2 e + |n|),
///
/// which is large for strong coupling. As a a' = -P n_x/2, a grows at most by |n|/2 in a unit of time, too.
///
/// Separation. Errors are measured by |d|^2 = 2 (dP^2 + dQ^2) + |dn|^2, which is at least the square of the greatest
/// magnitude and at most 7 times that. In u = sqrt(2) (dP, dQ) the Jacobian at (P, Q, n) has, but for parts that
/// rotate,
///
///     d d'/dt = -u_P dn_x/sqrt(2) + u_Q (n_y dn_z - n_z dn_y)/sqrt(2),
///
/// at most sqrt(2)/4 times max(1, |n|) |d|^2, and sqrt(2)/4 < 3/8.
struct ClassicalDickeBattery {
  private let arguments: Arguments
  private let cells: Integer
  private let precision: Int
  private let oscillator: Oscillator

  /// Where the oscillator starts.
  enum Oscillator: Hashable {
    /// At the phase of the arguments.
    case phase
    /// At q_a(0) = 0, which is the phase 0.
    case rest
  }

  /// Elements: P, Q, n_x, n_y, n_z, o, 1/2.
  static let flow = QuadraticFlow(
    dimension: 7,
    terms: [
      .init(0, 1, 5, -1), .init(0, 2, 6, -1), .init(1, 0, 5, 1), .init(2, 3, 5, -1), .init(3, 2, 5, 1),
      .init(3, 1, 4, -1), .init(4, 1, 3, 1),
    ], normRatio: 3)

  /// The battery of the arguments, or with another number of cells.
  init(_ arguments: Arguments, _ precision: Int, cells: Integer? = nil, from oscillator: Oscillator = .phase) {
    self.arguments = arguments
    self.oscillator = oscillator
    self.cells = cells ?? arguments[.cells]
    self.precision = precision
  }

  /// 2 c.
  private static func speed(_ arguments: Arguments, _ cells: Integer, _ precision: Int) -> Interval {
    (8 * (Interval(cells, precision: precision) * arguments.enclosure(.coupling, precision).squared)).squareRoot
  }

  /// Battery down, p_a(0) = sqrt(2N) cos(phase), q_a(0) = sqrt(2N) sin(phase).
  static func start(
    _ arguments: Arguments, _ cells: Integer, from oscillator: Oscillator = .phase, _ precision: Int
  ) -> [Interval] {
    let amplitude = Interval(2, precision: precision).squareRoot
    let phase = oscillator == .rest ? Interval(0, precision: precision) : arguments.enclosure(.phase, precision)
    let (zero, one) = (Interval(0, precision: precision), Interval(1, precision: precision))
    let frequency = arguments.enclosure(.frequency, precision) / speed(arguments, cells, precision)
    return [amplitude * phase.cosine, amplitude * phase.sine, zero, zero, -one, frequency, one / 2]
  }

  /// The bounds of the type's text. The growth of a bounds the radius for short times, the energy for long ones.
  @Sendable static func bounds(_ y: [Interval], _ duration: BigFloat) -> QuadraticFlow.Bounds {
    let length = (y[2].squared + y[3].squared + y[4].squared).squareRoot
    let square = y[0].squared + y[1].squared
    let double = 2 * y[5]
    let energy = square + y[4] + 2 * (y[1] * y[2] / double)
    let ratio = length / double
    let conserved = ratio + (ratio.squared + energy + length).squareRoot
    let grown = square.squareRoot + (Interval(duration) * length).scaled(byPowerOfTwo: -1)
    let unit = length.maximum(Interval(1, precision: 64))
    return .init(radius: max(min(conserved.upper, grown.upper), length.upper), logarithmicNorm: (3 * unit / 8).upper)
  }

  /// E_B = N w0 (1 + n_z)/2.
  func storedEnergy(within budget: Budget) throws -> Interval {
    let start = ClassicalDickeBattery.start(arguments, cells, from: oscillator, precision)
    let end = try ClassicalDickeBattery.flow.evolved(
      start,
      for: ClassicalDickeBattery.speed(arguments, cells, precision) * arguments.enclosure(.chargingTime, precision),
      bits: precision, within: budget, bounds: ClassicalDickeBattery.bounds)
    let unit = Interval(from: -1, to: 1, precision: precision)
    return (capacity * (1 + end[4].intersection(unit))).scaled(byPowerOfTwo: -1)
  }

  private var capacity: Interval {
    Interval(cells, precision: precision) * arguments.enclosure(.frequency, precision)
  }

  /// The greatest E_B(tau)/tau over all tau > 0 is N w0 c times the greatest (n_z + 1)/s, and n_z + 1 never exceeds 2.
  func maximalPower(within budget: Budget) throws -> Interval {
    let working = max(precision + 16, 128)
    let greatest = try maximum(within: budget).value(precision: working, within: budget)
    return (capacity * speed(working) * greatest).scaled(byPowerOfTwo: -1).rounded(to: precision)
  }

  /// The tau that attains it.
  func optimalTime(within budget: Budget) throws -> Interval {
    let working = max(precision + 16, 128)
    let place = try maximum(within: budget).argument(precision: working, within: budget)
    return (place / speed(working)).rounded(to: precision)
  }

  private func speed(_ precision: Int) -> Interval { ClassicalDickeBattery.speed(arguments, cells, precision) }

  private func maximum(within budget: Budget) throws -> PowerMaximum {
    let key = Key(
      cells: cells, oscillator: oscillator,
      others: arguments.restricted(to: [.frequency, .coupling] + (oscillator == .rest ? [] : [.phase])))
    return try ClassicalDickeBattery.maxima.value(for: key) {
      try PowerMaximum(
        of: ClassicalDickeBattery.flow,
        from: { ClassicalDickeBattery.start(key.others, key.cells, from: key.oscillator, $0) },
        weights: [0, 0, 0, 0, 1, 0, 0], greatest: Interval(2, precision: 64), within: budget,
        bounds: ClassicalDickeBattery.bounds)
    }
  }

  /// All that the start and the flow depend on.
  private struct Key: Hashable {
    let cells: Integer
    let oscillator: Oscillator
    let others: Arguments
  }

  private static let maxima = KnownMaxima<Key, PowerMaximum>()
}
