/// The steps from an angle to its sine that the kernels share; their errors are derived in steps 4 and 5 of
/// ``HarmonicKernel``.
enum QuarterTurns {
  /// The number k of quarter turns next to an angle t + c, |t| <= 2^44, and what is left of the angle.
  @inline(__always)
  static func remainder(of t: Double, _ c: Double = 0) -> (count: Double, rest: Double) {
    let k = (t * twoOverPi).rounded()
    let first = ErrorFree.product(-k, halfPi.0)
    let second = ErrorFree.product(-k, halfPi.1)
    let terms = SIMD8(-k * halfPi.2, second.error, c, second.result, first.error, first.result, t, 0)
    return (k, ErrorFree.tripleSum(terms))
  }

  /// sin r = r + r z Q(z), z = r^2, for |r| < 0.8.
  @inline(__always)
  static func sine(ofRest r: Double) -> Double {
    let z = r * r
    return r + (r * z) * horner(sineCoefficients, z)
  }

  /// cos r = 1 - (z/2 - z^2 R(z)), z = r^2, for |r| < 0.8.
  @inline(__always)
  static func cosine(ofRest r: Double) -> Double {
    let z = r * r
    return 1 - (0.5 * z - (z * z) * horner(cosineCoefficients, z))
  }

  /// The sine and the cosine of k quarter turns and a rest.
  static func functions(_ k: Double, rest r: Double) -> (sine: Double, cosine: Double) {
    let (sine, cosine) = (sine(ofRest: r), cosine(ofRest: r))
    switch Int(k) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  @inline(__always)
  private static func horner(_ coefficients: SIMD8<Double>, _ z: Double) -> Double {
    var sum = coefficients[0]
    for i in 1..<8 { sum = coefficients[i] + z * sum }
    return sum
  }

  private static let twoOverPi = 0.636_619_772_367_581_343

  /// pi/2 as a sum of three doubles, each the nearest to what the ones before leave.
  private static let halfPi = (0x1.921fb54442d18p0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110)

  /// The coefficients -1/3!, 1/5! ... 1/17! of r^2 Q, last first, each rounded once.
  private static let sineCoefficients = SIMD8<Double>(
    1 / 355_687_428_096_000, -1 / 1_307_674_368_000, 1 / 6_227_020_800, -1 / 39_916_800, 1 / 362_880, -1 / 5040,
    1 / 120, -1 / 6)

  /// The coefficients 1/4!, -1/6! ... -1/18! of z^2 R, last first, each rounded once.
  private static let cosineCoefficients = SIMD8<Double>(
    -1 / 6_402_373_705_728_000, 1 / 20_922_789_888_000, -1 / 87_178_291_200, 1 / 479_001_600, -1 / 3_628_800,
    1 / 40320, -1 / 720, 1 / 24)
}
