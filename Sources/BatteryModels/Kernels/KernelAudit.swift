import ArbitraryPrecision
import Foundation
import RigorousNumerics

/// What an audit of a double-precision kernel found.
public struct KernelAudit: Sendable {
  /// The quantity whose kernel it is.
  public let name: String
  /// The inputs tried that the kernel answered.
  public let points: Int
  /// The inputs tried that it refused.
  public let refused: Int
  /// The greatest error in units of the last place of the true value, an upper bound.
  public let worstUlps: Double
  /// The mean error in such units.
  public let meanUlps: Double
  /// Minus the binary logarithm of the greatest relative error.
  public let correctBits: Double
  /// The input with the greatest error in ulps.
  public let worstInput: [(name: String, text: String)]
  /// The kernel's promised bound at that input, in the same units.
  public let promisedUlps: Double
  /// The greatest ratio of the error to the promised bound.
  public let worstShareOfBound: Double
  /// Whether the promised bound held at every input.
  public let held: Bool
}

extension Quantity {
  /// Holds the kernel against certified values at doubles that are biased to corners.
  ///
  /// The reference is not rounded to a double: errors are in fractional ulps, an ulp being 2^(e-53) for a true value of
  /// magnitude from 2^(e-1) to 2^e. Inputs at which the true value is zero are held against the absolute bound alone.
  public func audit(full: Bool, within budget: Budget) throws -> KernelAudit? {
    guard let kernel else { return nil }
    var (points, refused, held) = (0, 0, true)
    var (worst, sum, worstRelative, worstShare) = (0.0, 0.0, 0.0, 0.0)
    var worstInput: [(name: String, text: String)] = []
    var promisedUlps = 0.0
    for texts in kernel.auditInputs(full) {
      let given = Arguments.pairs(texts, for: self)
      let (doubles, arguments) = try Arguments(given, for: self).roundedToDoubles(of: self)
      let answer: (value: Double, bound: Double)
      do {
        let result = try kernel.evaluate(doubles)
        answer = (result.value, result.errorBound)
      } catch {
        refused += 1
        continue
      }
      points += 1
      let certified = try certified(arguments, to: .relative(digits: 25), within: budget)
      guard let lower = certified.lower, let upper = certified.upper,
        let value = Interval(exactly: answer.value, precision: 128)
      else {
        held = false
        continue
      }
      let truth = Interval(from: lower.rational, to: upper.rational, precision: 128)
      let error = (value - truth).magnitude
      let bound = BigFloat(answer.bound, precision: 128, rounding: .nearest)
      if error > bound { held = false }
      if !bound.isZero {
        worstShare = max(worstShare, (Interval(error) / Interval(bound)).upper.double(rounding: .up))
      }
      guard let exponent = truth.mignitude.binaryExponent else { continue }
      func ulps(_ x: BigFloat) -> Double {
        x.scaled(byPowerOfTwo: 53 - exponent, rounding: .up).double(rounding: .up)
      }
      sum += ulps(error)
      worstRelative = max(worstRelative, (Interval(error) / Interval(truth.mignitude)).upper.double(rounding: .up))
      if ulps(error) >= worst {
        worst = ulps(error)
        worstInput = zip(parameters, doubles).map { ($0.name, "\($1)") }
        promisedUlps = ulps(bound)
      }
    }
    return KernelAudit(
      name: name, points: points, refused: refused, worstUlps: worst, meanUlps: points > 0 ? sum / Double(points) : 0,
      correctBits: worstRelative > 0 ? -log2(worstRelative) : .infinity, worstInput: worstInput,
      promisedUlps: promisedUlps, worstShareOfBound: worstShare, held: held)
  }
}

extension Arguments {
  static func pairs(_ texts: [String], for quantity: Quantity) -> [(name: String, text: String)] {
    zip(quantity.parameters, texts).map { ($0.name, $1) }
  }
}
