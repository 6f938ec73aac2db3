import ArbitraryPrecision
import Catalogue
import Expressions
import Models
import RigorousNumerics
import States

/// A battery and a charger of one qubit each:
///
///     H = -w_b sz(b) - w_c sz(c) + J1 (s+ s- + s- s+) + J2 sz sz            Wang, Huang, Zhang, arXiv:2605.11399
///
/// with the charger excited and the battery in its ground state at t = 0, the state |01>. Units: hbar = 1. The
/// derivations are in `docs/capacity.md`.
struct CapacityBattery {
  let battery: Interval
  let charger: Interval
  let coupling: Interval
  let time: Interval
  let precision: Int
  /// wb - wc, exactly zero where that can be decided.
  let detuning: Interval
  private let arguments: Arguments

  init(_ arguments: Arguments, _ precision: Int) {
    self.arguments = arguments
    self.precision = precision
    battery = arguments.enclosure(.batteryFrequency, precision)
    charger = arguments.enclosure(.chargerFrequency, precision)
    let zero = Interval(0, precision: precision)
    let exchange = arguments[.exchange]
    coupling = exchange.isZero == .certainlyTrue ? zero : exchange.enclosure(precision: precision)
    if let difference = CapacityZeros.detuning(arguments) {
      detuning = difference.isZero == .certainlyTrue ? zero : difference.enclosure(precision: precision)
    } else {
      detuning = battery - charger
    }
    // The time at which I = 0 and p is greatest, where the quantity has none of its own.
    if arguments.has(.time) {
      time = arguments.enclosure(.time, precision)
    } else {
      let rate = (detuning.squared + coupling.squared).squareRoot
      time = Interval.pi(precision: precision) / (2 * rate)
    }
  }

  // MARK: - From the Hamiltonian

  /// The state at time t by the motion of the model file.
  func state(within budget: Budget) throws -> TwoQubitResources {
    let spread = (detuning.absoluteValue + coupling.absoluteValue) * time
    let bits = precision + min(max(spread.magnitude.binaryExponent ?? 0, 0), 65536) + 32
    let quantity = SeedModel.quantity("capacity-cells.energy")
    let motion = try ModelMotion(
      SeedModel.model("capacity-cells"),
      Arguments(SeedModel.given(quantity, arguments, calling: [:], setting: ["t": "0"]), for: quantity),
      precision: bits, within: budget)
    let end = try motion.evolved(motion.start, for: CapacityBattery(arguments, bits).time, bits: bits)
    let range = Interval(from: -1, to: 1, precision: precision)
    var amplitudes = [ComplexInterval](repeating: .zero(precision: precision + 16), count: 4)
    for (numbers, amplitude) in zip(motion.states, end) {
      // Up is |0>, and the number 1. No amplitude is beyond one.
      amplitudes[3 - 2 * numbers[0] - numbers[1]] = ComplexInterval(
        amplitude.real.rounded(to: precision + 16).intersection(range),
        amplitude.imaginary.rounded(to: precision + 16).intersection(range))
    }
    return try TwoQubitResources(DensityMatrix(pure: amplitudes, precision: precision + 16), within: budget)
  }

  /// The frequency for which the capacity of a qubit is at most one.
  var half: Interval { Interval(Rational(1, 2), precision: precision) }

  /// c^2 + E^2 of the state mixed with the given weight n of noise, (rho + n 1/4)/(1 + n), c being the battery's
  /// capacity over 2 wb.
  func mixedSum(within budget: Budget) throws -> Interval {
    let noise = arguments.enclosure(.noise, precision)
    let pure = try state(within: budget).density
    let identity = HermitianMatrix(identity: 4, precision: pure.precision)
    let mixed = (1 / (1 + noise)) * (pure + noise.scaled(byPowerOfTwo: -2) * identity)
    let resources = try TwoQubitResources(DensityMatrix(mixed, within: budget), within: budget)
    return try resources.batteryCapacity(half).squared + resources.concurrence().squared
  }

  // MARK: - Closed form

  /// The weights of |10> and of |01>, p = (J1/Om)^2 sin(Om t)^2 and 1 - p, Om = sqrt(delta^2 + J1^2), and what follows
  /// from them.
  ///
  /// No difference of nearly equal numbers is taken but in 1 - 2p, so that small values keep their digits.
  var populations: Populations {
    let unit = Interval(from: 0, to: 1, precision: precision)
    let one = Interval(1, precision: precision)
    let zero = Interval(0, precision: precision)
    // No exchange: the state of start stays.
    if coupling.certainSign == 0 || time.certainSign == 0 {
      return Populations(moved: zero, stayed: one, difference: one, imaginarity: zero)
    }
    let rate = detuning.certainSign == 0 ? coupling.absoluteValue : (detuning.squared + coupling.squared).squareRoot
    let angle = rate * time
    let (j, d) = (coupling / rate, detuning / rate)
    let (sine, cosine) = (angle.sine, angle.cosine)
    let moved = (j * sine).squared.intersection(unit)
    let stayed = (cosine.squared + (d * sine).squared).intersection(unit)
    let twice = angle.scaled(byPowerOfTwo: 1)
    let difference = (d.squared + j.squared * twice.cosine).intersection(stayed - moved)
    return Populations(
      moved: moved, stayed: stayed, difference: difference,
      imaginarity: (j * twice.sine).absoluteValue.intersection(unit))
  }

  /// What the closed forms of all quantities are made of.
  struct Populations {
    /// p.
    let moved: Interval
    /// 1 - p.
    let stayed: Interval
    /// 1 - 2p.
    let difference: Interval
    /// I.
    let imaginarity: Interval

    /// c = |1 - 2p|.
    var capacity: Interval { difference.absoluteValue }
    /// p (1 - p), at most 1/4.
    private var product: Interval {
      (moved * stayed).intersection(Interval(from: 0, to: Rational(1, 4), precision: moved.precision))
    }
    /// sqrt(p (1 - p)).
    var negativity: Interval { product.squareRoot }
    /// 2 sqrt(p (1 - p)), the concurrence and the coherence.
    var concurrence: Interval { negativity.scaled(byPowerOfTwo: 1) }
    /// sqrt(1 + 8 p (1 - p)).
    var steering: Interval { (1 + product.scaled(byPowerOfTwo: 3)).squareRoot }
    /// 2 sqrt(1 + 4 p (1 - p)).
    var bell: Interval { (1 + product.scaled(byPowerOfTwo: 2)).squareRoot.scaled(byPowerOfTwo: 1) }
    /// sqrt(1 + (1 - 2p)^2)/2.
    var texture: Interval { (1 + difference.squared).squareRoot.scaled(byPowerOfTwo: -1) }
    /// 1 - c = 2 min(p, 1 - p).
    var deficit: Interval { moved.minimum(stayed).scaled(byPowerOfTwo: 1) }
  }

  /// The deficit at I = 0 and the greatest p: 2 min(J1^2, delta^2)/(J1^2 + delta^2).
  var peakDeficit: Interval {
    let (j, d) = (coupling.squared, detuning.squared)
    return 2 * (j.minimum(d) / (j + d))
  }
}
