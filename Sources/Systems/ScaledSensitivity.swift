import Catalogue
import FastKernels

/// How far quantities of a battery at resonance move with their parameters, when charger and battery exchange energy
/// without loss: H = w0 (a number that is conserved) + g V. So w0 only scales, and the time counts as g tau.
enum ScaledSensitivity {
  /// The stored energy w0 f(g tau), where 0 <= f <= N and |f'| is at most a slope:
  ///
  ///     |w' f(x') - w f(x)| <= |w' - w| N + w' slope |x' - x|,       |g't' - g t| <= dg t + g dt + dg dt.
  static func energy(slope: @escaping @Sendable (_ cells: Double) -> Double) -> Kernel.Sensitivity {
    .shift { moved, _ in
      let p = moved.doubles
      let (dw, dg, dt) = (moved.distance(.frequency), moved.distance(.coupling), moved.distance(.chargingTime))
      let dx = dg * p[.chargingTime] + p[.coupling] * dt + dg * dt
      return MovedInput.raised(dw * p[.cells] + (p[.frequency] + dw) * slope(p[.cells]) * dx)
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
