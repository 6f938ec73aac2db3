import Catalogue
import FastKernels
import Foundation

/// How far the classical spins move with their parameters.
enum ClassicalSpinSensitivity {
  /// The stored energy N w0 (1 + b_z)/2 at s = 2 g N tau.
  ///
  /// With a' = B x a and b' = A x b, where A and B are a and b without their third component, the distances of two
  /// motions obey |da|' <= |db| and |db|' <= |da|, as B x da is orthogonal to da and |dB x a| <= |db|. So |da| + |db|
  /// grows at most by e^s; at first it is at most the sum of the distances of the angles. And |b_z'| <= 1.
  static let energy: Kernel.Sensitivity = .shift { moved, _ in
    let p = moved.doubles
    let (dw, dg, dt) = (moved.distance(.frequency), moved.distance(.coupling), moved.distance(.chargingTime))
    let s = 2 * p[.cells] * (p[.coupling] + dg) * (p[.chargingTime] + dt)
    guard s <= 32 else { return nil }
    let ds = 2 * p[.cells] * (dg * p[.chargingTime] + p[.coupling] * dt + dg * dt)
    let angles = moved.distance(.chargerAngle) + moved.distance(.batteryAngle) + moved.distance(.azimuth)
    // e < 3, and s is a few roundings above its bound at most.
    let growth = angles > 0 ? pow3(s.rounded(.up) + 1) : 0
    return MovedInput.raised(p[.cells] * (dw + (p[.frequency] + dw) / 2 * (ds + growth * angles)))
  }

  /// 3^n of a small integer.
  private static func pow3(_ n: Double) -> Double { (0..<Int(n)).reduce(1) { power, _ in 3 * power } }
}
