import Catalogue
import FastKernels

/// How far quantities of the classical Dicke battery move with their parameters.
///
/// With c = sqrt(2N) g, s = 2 c tau and omega = w0/(2c) the energy is N w0 w/2, and w depends on s, omega and the phase
/// (the equations stand at `ClassicalDickePlan`). In the norm |d|^2 = 2 d_P^2 + 2 d_Q^2 + |d_n|^2 two motions part by
/// e^(0.354 s) at most (`ClassicalDickePath`), and |(P, Q)| is at most R = sqrt2 + s/2, as it grows by |n_x|/2. Another
/// phase moves the start by 2 |dphi|, another omega pushes by |domega| (sqrt2 R + 1). So up to s
///
///     |d| <= D = e^(0.354 s) (2 |dphi| + |domega| s (3 + s/sqrt2)).
///
/// And w' = Q n_y: w moves by at most s (1/sqrt2 + R) D. In the frame that turns by omega n moves by |Q| <= R in a unit
/// of s, and by at most |dQ| + |domega| away from the other one, D/sqrt2 + |domega|.
enum ClassicalDickeSensitivity {
  /// How omega and the phase move.
  private struct Scaled {
    let omegaShift: Double
    let phaseShift: Double

    init?(_ moved: MovedInput, cells: Double) {
      let p = moved.doubles
      let (rw, rg) = (moved.share(.frequency), moved.share(.coupling))
      guard rg < 0.5 else { return nil }
      let omega = p[.frequency] / (2 * (2 * cells).squareRoot() * p[.coupling])
      (omegaShift, phaseShift) = (omega * (rw + rg) / (1 - rg), moved.distance(.phase))
    }

    /// D. e^(0.354/4) = 1.09253...
    func distance(_ s: Double) -> Double {
      let quarters = (4 * s).rounded(.up) + 1
      guard quarters < 4096 else { return .infinity }
      let growth = (0..<Int(quarters)).reduce(1) { power, _ in 1.0926 * power }
      return growth * (2 * phaseShift + omegaShift * s * (3 + 0.7072 * s))
    }

    /// |w' - w|/s up to a time.
    func slopeShift(_ s: Double) -> Double { distance(s) * (2.1215 + s / 2) }
  }

  /// The energy, by 2 w = |n - n(0)|^2, the root of which moves by no more than n does.
  static let energy: Kernel.Sensitivity = .shift { moved, answer in
    let p = moved.doubles
    let n = p[.cells]
    guard let scaled = Scaled(moved, cells: n) else { return nil }
    let (rw, rg, rt) = (moved.share(.frequency), moved.share(.coupling), moved.share(.chargingTime))
    let s = 2 * (2 * n).squareRoot() * p[.coupling] * p[.chargingTime]
    let shift = s * (rg + rt + rg * rt)
    // Roundings of s are far below this.
    let last = (s + shift) * (1 + 0x1p-40)
    let moving = last * (0.7072 * scaled.distance(last) + scaled.omegaShift) + (1.4143 + last / 2) * shift
    let most = abs(answer.value) + answer.errorBound
    let root = (4 * most / (n * p[.frequency])).squareRoot()
    return MovedInput.raised(rw * most + n * p[.frequency] * (1 + rw) / 2 * moving * (root + moving / 2))
  }

  /// The greatest power N w0 c p with p the greatest w/s.
  static let power: Kernel.Sensitivity = .shift { moved, answer in
    guard let relative = relativePower(moved, cells: moved.doubles[.cells], power: answer) else { return nil }
    let (rw, rg) = (moved.share(.frequency), moved.share(.coupling))
    let factor = (1 + relative) * (1 + rw) * (1 + rg) - 1 + 0x1p-50
    return MovedInput.raised((answer.value + answer.errorBound) * factor)
  }

  static let advantage: Kernel.Sensitivity = .shift { moved, answer in
    guard let relative = try relativeAdvantage(moved) else { return nil }
    return MovedInput.raised((answer.value + answer.errorBound) * relative)
  }

  /// How much of itself the advantage sqrt(N) p(N)/p(1) moves by.
  static func relativeAdvantage(_ moved: MovedInput) throws -> Double? {
    let p = moved.doubles
    if p[.cells] == 1 { return 0 }
    func relative(_ cells: Double) throws -> Double? {
      let power = try ClassicalDickeKernel.maximalPower(
        cells: cells, frequency: p[.frequency], coupling: p[.coupling], phase: p[.phase])
      return relativePower(moved, cells: cells, power: power)
    }
    guard let d = try relative(p[.cells]), let e = try relative(1), e < 0.5 else { return nil }
    return MovedInput.raised((d + e) / (1 - e))
  }

  /// How much of itself p moves by: where it is attained s = w/p <= 2/p, and beside, where p is at least 3/4 of the
  /// bound, 8/3 of that bound's inverse.
  private static func relativePower(_ moved: MovedInput, cells: Double, power: KernelValue) -> Double? {
    let p = moved.doubles
    let scale = cells * p[.frequency] * (2 * cells).squareRoot() * p[.coupling]
    let least = (power.value - power.errorBound) / scale * (1 - 0x1p-40)
    guard let scaled = Scaled(moved, cells: cells), least > 0,
      MovedInput.raised(scaled.slopeShift(2 / least)) <= least / 4
    else { return nil }
    return MovedInput.raised(scaled.slopeShift(8 / (3 * least) * (1 + 0x1p-40)) / least)
  }
}
