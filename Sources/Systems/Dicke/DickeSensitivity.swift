import Catalogue
import FastKernels

/// How far quantities of the quantum Dicke battery move with their parameters.
///
/// In the time T = w0 tau the energy is w0 h, 0 <= h <= N, with H = a'a + J_z + 2 c (a + a') J_x, c = g/w0. From
/// da/dT = -i a - 2 i c J_x and |J_x| <= N/2 the vector a psi is no longer than sqrt(N) + c N T, and a' psi longer than
/// that by at most 1, so |(a + a') J_x psi| <= (N/2) L with L = 2 sqrt(N) + 2 c N T + 1. Hence
///
///     |psi' - psi| <= 2 |c' - c| T (N/2) L   (Duhamel's formula, c the one of psi),      |dh/dT| <= 2 c (N/2) L,
///
/// the second one as i[H, J_z] = 2 c (a + a') J_y. And h is the mean of an operator that is off from N/2 by at most
/// N/2, so that |h' - h| <= N |psi' - psi|. Both parameters may be exchanged, so c is the greater one in L.
enum DickeSensitivity {
  /// How c and T move, of the magnitudes that rounding leaves.
  private struct Scaled {
    var cells: Double
    let coupling: Double
    let couplingShift: Double

    init?(_ moved: MovedInput) {
      let p = moved.doubles
      let (rw, rg) = (moved.share(.frequency), moved.share(.coupling))
      guard rw < 0.5 else { return nil }
      cells = p[.cells]
      // (1 + rg)/(1 - rw) - 1.
      let shift = p[.coupling] / p[.frequency] * (rg + rw) / (1 - rw)
      (couplingShift, coupling) = (shift, p[.coupling] / p[.frequency] + shift)
    }

    func length(_ time: Double) -> Double { 2 * cells.squareRoot() + 2 * coupling * cells * time + 1 }

    /// |h' - h|/T up to a time, where c alone moves.
    func slopeShift(_ time: Double) -> Double { cells * cells * couplingShift * length(time) }
  }

  static let energy: Kernel.Sensitivity = .shift { moved, _ in
    guard let scaled = Scaled(moved) else { return nil }
    let (p, n) = (moved.doubles, scaled.cells)
    let dw = moved.distance(.frequency)
    let time = p[.frequency] * p[.chargingTime]
    guard time > 0 else { return MovedInput.raised(dw * n) }
    let (rw, rt) = (moved.share(.frequency), moved.share(.chargingTime))
    let timeShift = time * (rw + rt + rw * rt)
    let last = time + timeShift
    let byTime = scaled.coupling * n * scaled.length(last) * timeShift
    return MovedInput.raised(dw * n + (p[.frequency] + dw) * (last * scaled.slopeShift(last) + byTime))
  }

  /// The greatest power w0^2 p with p the greatest h/T. Where it is attained T = h/p <= N/p.
  static let power: Kernel.Sensitivity = .shift { moved, answer in
    let p = moved.doubles
    guard let scaled = Scaled(moved) else { return nil }
    let square = p[.frequency] * p[.frequency]
    guard let shift = greatestShift(scaled, least: (answer.value - answer.errorBound) / square) else { return nil }
    let rw = moved.share(.frequency)
    let byScale = (answer.value + answer.errorBound) * (2 * rw + rw * rw)
    return MovedInput.raised(square * (1 + rw) * (1 + rw) * shift + byScale)
  }

  /// How far the greatest h/T moves with c, of which a lower bound is known: the time where it is attained is at most
  /// N over that bound, and at the other c, where it is at least half of that, twice as much.
  private static func greatestShift(_ scaled: Scaled, least: Double) -> Double? {
    // What the roundings above may have made too large.
    let least = least * (1 - 0x1p-40)
    guard least > 0, scaled.slopeShift(scaled.cells / least) <= least / 4 else { return nil }
    return scaled.slopeShift(2 * scaled.cells / least)
  }

  /// p(N)/(N p(1)): (p + d)/(q - e) is above p/q by at most (d/p + e/q)/(1 - e/q) of it.
  static let advantage: Kernel.Sensitivity = .shift { moved, answer in
    let p = moved.doubles
    if p[.cells] == 1 { return 0 }
    let cell = try DickeKernel.maximalPower(cells: 1, frequency: p[.frequency], coupling: p[.coupling])
    let square = p[.frequency] * p[.frequency]
    guard let many = Scaled(moved), var one = Scaled(moved) else { return nil }
    one.cells = 1
    let least = (cell.value - cell.errorBound) / square
    let leastOfMany = (answer.value - answer.errorBound) * many.cells * least
    guard let first = greatestShift(many, least: leastOfMany), let second = greatestShift(one, least: least) else {
      return nil
    }
    let (d, e) = (first / leastOfMany, second / least)
    guard e < 0.5 else { return nil }
    return MovedInput.raised((answer.value + answer.errorBound) * (d + e) / (1 - e))
  }
}
