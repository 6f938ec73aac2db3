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

  /// The energy w0 h. In the picture of a'a + J_z, which leaves h as it is, psi moves by d <= N L (T |c' - c| + c |T' -
  /// T|). And h = |(J_z + N/2)^(1/2) psi|^2, so that its root moves by at most sqrt(N) d.
  static let energy: Kernel.Sensitivity = .shift { moved, answer in
    guard let scaled = Scaled(moved) else { return nil }
    let (p, n) = (moved.doubles, scaled.cells)
    let (rw, rt) = (moved.share(.frequency), moved.share(.chargingTime))
    let time = p[.frequency] * p[.chargingTime]
    let timeShift = time * (rw + rt + rw * rt)
    // The product above and its like are rounded by far less.
    let last = (time + timeShift) * (1 + 0x1p-40)
    let d = n * scaled.length(last) * (last * scaled.couplingShift + scaled.coupling * timeShift)
    let most = answer.value + answer.errorBound
    let root = (most / p[.frequency]).squareRoot()
    let change = min(n * d, n.squareRoot() * d * (2 * root + n.squareRoot() * d))
    return MovedInput.raised(rw * most + p[.frequency] * (1 + rw) * change)
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

  static let advantage: Kernel.Sensitivity = .shift { moved, answer in
    guard let relative = try relativeAdvantage(moved, least: answer.value - answer.errorBound) else { return nil }
    return MovedInput.raised((answer.value + answer.errorBound) * relative)
  }

  /// How much of itself the advantage p(N)/(N p(1)) moves by, of which a lower bound is known: (p + d)/(q - e) is above
  /// p/q by at most (d/p + e/q)/(1 - e/q) of it.
  private static func relativeAdvantage(_ moved: MovedInput, least advantage: Double) throws -> Double? {
    let p = moved.doubles
    if p[.cells] == 1 { return 0 }
    let cell = try DickeKernel.maximalPower(cells: 1, frequency: p[.frequency], coupling: p[.coupling])
    let square = p[.frequency] * p[.frequency]
    guard let many = Scaled(moved), var one = Scaled(moved) else { return nil }
    one.cells = 1
    let least = (cell.value - cell.errorBound) / square
    let leastOfMany = advantage * many.cells * least * (1 - 0x1p-40)
    guard let first = greatestShift(many, least: leastOfMany), let second = greatestShift(one, least: least) else {
      return nil
    }
    let (d, e) = (first / leastOfMany, second / least)
    return e < 0.5 ? MovedInput.raised((d + e) / (1 - e)) : nil
  }

  /// The quantum advantage over the classical one, which is found anew: it costs little beside the quantum one.
  static let ratio: Kernel.Sensitivity = .shift { moved, answer in
    let p = moved.doubles
    let classical = try ClassicalDickeKernel.advantage(
      cells: p[.cells], frequency: p[.frequency], coupling: p[.coupling], phase: p[.phase])
    let least = (answer.value - answer.errorBound) * (classical.value - classical.errorBound)
    guard let d = try relativeAdvantage(moved, least: least),
      let e = try ClassicalDickeSensitivity.relativeAdvantage(moved), e < 0.5
    else { return nil }
    return MovedInput.raised((answer.value + answer.errorBound) * (d + e) / (1 - e))
  }
}
