import Catalogue
import FastKernels

/// How far the classical spins move with their parameters.
enum ClassicalSpinSensitivity {
  /// The stored energy N w0 (1 + b_z)/2 at s = 2 g N tau.
  ///
  /// With a' = B x a and b' = A x b, where A and B are a and b without their third component, the distances of two
  /// motions obey |da|' <= |db| and |db|' <= |da|, as B x da is orthogonal to da and |dB x a| <= |db|. So |da| + |db|
  /// grows at most by e^s; at first it is at most the sum of the distances of the angles, where that of the azimuth may
  /// be taken times the sine of either polar angle. And |b_z'| <= 1.
  static let energy: Kernel.Sensitivity = .shift { moved, answer in
    let p = moved.doubles
    let (dw, dg, dt) = (moved.distance(.frequency), moved.distance(.coupling), moved.distance(.chargingTime))
    let s = 2 * p[.cells] * (p[.coupling] + dg) * (p[.chargingTime] + dt)
    guard s <= 32 else { return nil }
    let ds = 2 * p[.cells] * (dg * p[.chargingTime] + p[.coupling] * dt + dg * dt)
    let (da, db) = (moved.distance(.chargerAngle), moved.distance(.batteryAngle))
    let sine = min(1, abs(p[.chargerAngle]) + da, abs(p[.batteryAngle]) + db)
    let angles = da + db + sine * moved.distance(.azimuth)
    // e < 3, and s is a few roundings above its bound at most.
    let growth = angles > 0 ? (0..<Int(s.rounded(.up)) + 1).reduce(1.0) { power, _ in 3 * power } : 0
    let byScale = moved.share(.frequency) * (abs(answer.value) + answer.errorBound)
    return MovedInput.raised(byScale + p[.cells] * (p[.frequency] + dw) / 2 * (ds + growth * angles))
  }
}
