import Catalogue
import FastKernels

/// How far quantities of a battery at resonance move with their parameters, when charger and battery exchange energy
/// without loss: H = w0 (a number that is conserved) + g V. So w0 only scales, and the time counts as g tau.
enum ScaledSensitivity {
  /// The stored energy w0 f(g tau) of an even f with 0 <= f <= N, |f'| <= slope and |f''| <= curvature.
  ///
  /// A function that is nowhere negative has |f'| <= sqrt(2 curvature f). So with dx = |x' - x|
  ///
  ///     |f(x') - f(x)| <= min(slope, sqrt(2 curvature f(x))) dx + curvature dx^2/2,
  ///     |w' f(x') - w f(x)| <= |w'/w - 1| w f(x) + w' |f(x') - f(x)|,      dx <= dg t + g dt + dg dt.
  static func energy(
    slope: @escaping @Sendable (_ cells: Double) -> Double, curvature: @escaping @Sendable (_ cells: Double) -> Double
  ) -> Kernel.Sensitivity {
    .shift { moved, answer in
      let p = moved.doubles
      let (dw, dg, dt) = (moved.distance(.frequency), moved.distance(.coupling), moved.distance(.chargingTime))
      let dx = dg * p[.chargingTime] + p[.coupling] * dt + dg * dt
      let most = abs(answer.value) + answer.errorBound
      let bend = curvature(p[.cells])
      let steepest = min(slope(p[.cells]), (2 * bend * most / p[.frequency]).squareRoot())
      let change = steepest * dx + bend * dx * dx / 2
      return MovedInput.raised(moved.share(.frequency) * most + (p[.frequency] + dw) * change)
    }
  }

  /// A power c w0 g.
  static let power: Kernel.Sensitivity = .shift { moved, answer in
    let (rw, rg) = (moved.share(.frequency), moved.share(.coupling))
    return MovedInput.raised((abs(answer.value) + answer.errorBound) * (rw + rg + rw * rg))
  }

  /// A time c/g: |1/g' - 1/g| <= (dg/g)/(1 - dg/g) of 1/g.
  static let time: Kernel.Sensitivity = .shift { moved, answer in
    let rg = moved.share(.coupling)
    return rg < 0.5 ? MovedInput.raised((abs(answer.value) + answer.errorBound) * rg / (1 - rg)) : nil
  }

  /// A number that depends on the cells alone.
  static let none: Kernel.Sensitivity = .shift { _, _ in 0 }
}
