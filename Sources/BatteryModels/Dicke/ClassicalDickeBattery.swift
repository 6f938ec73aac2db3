import ArbitraryPrecision
import Expressions
import RigorousNumerics

/// The classical analogue of the Dicke battery, Eq. (23) of Phys. Rev. B 99, 205437: a spin of length N/2 and one oscillator.
///
/// With the unit vector n of the spin, P = p/sqrt(N) and Q = q/sqrt(N), the brackets {q, p} = 1 and {J_x, J_y} = J_z give, for
/// c = sqrt(2 N) g and the abbreviations S = c P, R = c Q,
///
///     S' = -w0 R - c^2 n_x,   R' = w0 S,   n_x' = -w0 n_y,   n_y' = w0 n_x - 2 R n_z,   n_z' = 2 R n_y,
///
/// in which only products of two elements stand once w0 and c^2 are elements that do not change. The chart (theta, phi) is singular at the start;
/// this one is not. Conserved are |n| and the energy e = (S^2 + R^2)/(2 c^2) + n_z/2 + R n_x/w0, over N w0. So with s^2 = S^2 + R^2
///
///     s^2/(2 c^2) <= e + |n|/2 + s |n|/w0,   hence   s <= c^2 (|n|/w0 + sqrt(|n|^2/w0^2 + (2 e + |n|)/c^2)).
struct ClassicalDickeBattery {
  private let arguments: Arguments
  private let cells: Integer
  private let precision: Int

  /// Elements: S, R, n_x, n_y, n_z, w0, c^2.
  private static let flow = QuadraticFlow(
    dimension: 7,
    terms: [
      .init(0, 5, 1, -1), .init(0, 6, 2, -1), .init(1, 5, 0, 1), .init(2, 5, 3, -1), .init(3, 5, 2, 1),
      .init(3, 1, 4, -2), .init(4, 1, 3, 2),
    ])

  /// The battery of the arguments, or with another number of cells.
  init(_ arguments: Arguments, _ precision: Int, cells: Integer? = nil) {
    self.arguments = arguments
    self.cells = cells ?? arguments.integer("N")
    self.precision = precision
  }

  /// Battery down, p_a(0) = sqrt(2N) cos(phase), q_a(0) = sqrt(2N) sin(phase).
  private static func start(_ arguments: Arguments, _ cells: Integer, _ precision: Int) -> [Interval] {
    let (g, w0) = (arguments.enclosure("g", precision), arguments.enclosure("w0", precision))
    let square = 2 * (Interval(cells, precision: precision) * g.squared)
    let amplitude = (2 * square).squareRoot
    let phase = arguments.enclosure("phase", precision)
    let (zero, one) = (Interval(0, precision: precision), Interval(1, precision: precision))
    return [amplitude * phase.cosine, amplitude * phase.sine, zero, zero, -one, w0, square]
  }

  @Sendable private static func radius(_ y: [Interval]) -> BigFloat {
    let length = (y[2].squared + y[3].squared + y[4].squared).squareRoot
    let energy = (y[0].squared + y[1].squared) / (2 * y[6]) + y[4] / 2 + y[1] * y[2] / y[5]
    let ratio = length / y[5]
    let s = y[6] * (ratio + (ratio.squared + (2 * energy + length) / y[6]).squareRoot)
    return [s, length, y[5], y[6]].map(\.magnitude).reduce(.zero(precision: 64)) { max($0, $1) }
  }

  /// E_B = N w0 (1 + n_z)/2.
  func storedEnergy(within budget: Budget) throws -> Interval {
    let start = ClassicalDickeBattery.start(arguments, cells, precision)
    let end = try ClassicalDickeBattery.flow.evolved(
      start, for: arguments.enclosure("tau", precision), bits: precision, within: budget,
      radius: ClassicalDickeBattery.radius)
    let unit = Interval(from: -1, to: 1, precision: precision)
    return (capacity * (1 + end[4].intersection(unit))).scaled(byPowerOfTwo: -1)
  }

  private var capacity: Interval {
    Interval(cells, precision: precision) * arguments.enclosure("w0", precision)
  }

  /// The greatest E_B(tau)/tau over all tau > 0: n_z + 1 never exceeds 2.
  func maximalPower(within budget: Budget) throws -> Interval {
    let (arguments, cells) = (arguments, cells)
    let key = ["\(cells)"] + arguments.texts.filter { $0.name != "N" }.map(\.text)
    let maximum = try ClassicalDickeBattery.maxima.value(for: key) {
      try PowerMaximum(
        of: ClassicalDickeBattery.flow, from: { ClassicalDickeBattery.start(arguments, cells, $0) },
        weights: [0, 0, 0, 0, 1, 0, 0], greatest: Interval(2, precision: 64), within: budget,
        radius: ClassicalDickeBattery.radius)
    }
    let greatest = try maximum.value(precision: max(precision + 16, 160), within: budget)
    return (capacity * greatest).scaled(byPowerOfTwo: -1).rounded(to: precision)
  }

  private static let maxima = KnownMaxima<[String], PowerMaximum>()
}
