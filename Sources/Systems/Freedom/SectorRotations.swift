import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// The rotated states x_n of the sectors with n excitations, in fixed point, each evolved or interpolated in n.
///
/// For real s > N let x_s be the rotation with s in place of n. It continues to complex s with Re s > N, where the
/// elements b_m sqrt(s - m), b_m = sqrt((m + 1)(N - m)) <= (N + 1)/2, are analytic. There (|x|^2)' = x^H (A + A^H) x,
/// and A + A^H has the elements +-2i b_m Im sqrt(s - m) beside its diagonal, of which at most two stand in a row:
///
///     |x_s(t)| <= exp(t (N + 1) max |Im sqrt(s - m)|),  |Im sqrt(z)| = |Im z|/(2 Re sqrt(z)) <= |Im z|/(2 sqrt(Re z)).
///
/// This is the M of ``VectorInterpolant`` on an ellipse that stays right of N (`docs/freedom.md`, "Interpolation
/// between sectors").
struct SectorRotations {
  /// The elements as integers in units of 2^-fractionBits, and at least the distance from the true vector.
  struct Vector {
    let elements: [Integer]
    let fractionBits: Int
    let error: BigFloat
  }

  private let model: TavisCummings
  private let interpolant: VectorInterpolant?

  init(_ model: TavisCummings, isInterpolating: Bool, within budget: Budget) throws {
    self.model = model
    guard isInterpolating, let plan = Plan(model) else {
      interpolant = nil
      return
    }
    let points = VectorInterpolant.nodes(
      plan.count, center: plan.center, exponent: plan.exponent, precision: model.bits + 96)
    let values = try points.map { s in
      let state = try model.amplitudes(s, dimension: model.cells + 1, within: budget)
      return (0...model.cells).map(state.element)
    }
    interpolant = try VectorInterpolant(
      values, center: plan.center, exponent: plan.exponent, bits: model.bits + 8, truncation: plan.truncation,
      within: budget)
  }

  /// x_n.
  func amplitudes(_ n: Int, within budget: Budget) throws -> Vector {
    if let interpolant {
      return Vector(
        elements: interpolant.values(at: n), fractionBits: interpolant.fractionBits, error: interpolant.error)
    }
    let precision = model.bits + 64
    let state = try model.amplitudes(
      Interval(n, precision: precision), dimension: min(n, model.cells) + 1, within: budget)
    let fractionBits = model.bits + 8
    var squares = Interval(0, precision: 64)
    let elements = (0..<state.dimension).map { m in
      let element = state.element(m)
      let stored = element.anchor?.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
      let point = Interval(stored, precision: max(stored.bitWidth, 2)).scaled(byPowerOfTwo: -fractionBits)
      squares = squares + (element - point).rounded(to: 64).absoluteValue.squared
      return stored
    }
    return Vector(elements: elements, fractionBits: fractionBits, error: squares.squareRoot.upper)
  }

  /// How many points an interpolation takes, and the bound on what it is off.
  private struct Plan {
    let center: Int
    let exponent: Int
    let count: Int
    let truncation: Interval

    /// The best ellipse among some, chosen in doubles; nil when a sector is no longer than N or evolving each is as
    /// good.
    init?(_ model: TavisCummings) {
      let range = model.sectors
      guard range.lowerBound > model.cells + 1, range.count > 64 else { return nil }
      center = (range.lowerBound + range.upperBound) / 2
      let reach = max(center - range.lowerBound, range.upperBound - center)
      exponent = Int.bitWidth - reach.leadingZeroBitCount
      let (half, room) = (Double(sign: .plus, exponent: exponent, significand: 1), Double(center - model.cells))
      let time = model.time.upper.double(rounding: .up)
      var best: (count: Double, ratio: Double)?
      for step in 1...200 {
        let ratio = exp(Double(step) / 40)
        let (a, b) = (half * (ratio + 1 / ratio) / 2, half * (ratio - 1 / ratio) / 2)
        guard a < room else { break }
        let growth = time * Double(model.cells + 1) * b / (2 * (room - a).squareRoot())
        let count = ((Double(model.bits + 12) - log2(ratio - 1)) * log(2) + growth) / log(ratio) + 1
        if best.map({ count < $0.count }) ?? true { best = (count.rounded(.up), ratio) }
      }
      guard let best, best.count < Double(range.count) / 2, let ratio = Rational(exactly: best.ratio) else {
        return nil
      }
      count = Int(best.count) + 1
      // The bound itself.
      let r = Interval(ratio, precision: 128)
      let h = Interval(1, precision: 128).scaled(byPowerOfTwo: exponent - 1)
      let (a, b) = (h * (r + 1 / r), h * (r - 1 / r))
      let least = Interval(center - model.cells, precision: 128) - a
      guard least.lower.signum > 0 else { return nil }
      let growth = model.time.rounded(to: 128) * ((model.cells + 1) * b) / (2 * least.squareRoot)
      truncation = 4 * growth.exponential * r.power(1 - count) / (r - 1)
    }
  }
}
