import ArbitraryPrecision
import FastKernels
import Foundation
import RigorousNumerics

/// What an audit of a double-precision kernel found.
public struct KernelAudit: Sendable {
  /// The quantity whose kernel it is.
  public let name: String
  /// The inputs tried that the kernel answered.
  public let points: Int
  /// The inputs tried that it refused, or beside which nothing was certified in time.
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
    var fault: BadInput?
    for input in kernel.auditInputs(full) {
      let (doubles, arguments) = try Arguments(input.texts, for: self).roundedToDoubles(of: self)
      let answer: KernelValue
      do {
        answer = try kernel.evaluate(doubles)
      } catch let bad as BadInput {
        // A model has no value at some parameters, which its file alone tells.
        fault = fault ?? bad
        refused += 1
        continue
      } catch {
        refused += 1
        continue
      }
      let check: KernelCheck
      do {
        check = try KernelCheck(
          answer, against: arguments, of: self, within: kernel.isHeldAbsolutely ? Budget(seconds: 60) : budget)
      } catch let open where kernel.isHeldAbsolutely && (open is Undecided || open is Unanswered) {
        // Nothing certified stands beside it.
        refused += 1
        continue
      }
      points += 1
      held = held && check.withinBound
      worstShare = max(worstShare, check.shareOfBound)
      guard let ulps = check.ulps(check.error)?.double(rounding: .up) else { continue }
      sum += ulps
      worstRelative = max(worstRelative, check.relativeError)
      if ulps >= worst {
        worst = ulps
        worstInput = doubles.texts
        promisedUlps = check.ulps(check.bound)?.double(rounding: .up) ?? 0
      }
    }
    if points == 0, let fault { throw fault }
    return KernelAudit(
      name: name, points: points, refused: refused, worstUlps: worst, meanUlps: points > 0 ? sum / Double(points) : 0,
      correctBits: worstRelative > 0 ? -log2(worstRelative) : .infinity, worstInput: worstInput,
      promisedUlps: promisedUlps, worstShareOfBound: worstShare, held: held)
  }
}

/// One value of a kernel against the certified value at the same doubles.
struct KernelCheck {
  /// At least the error.
  let error: BigFloat
  /// The bound that the kernel promised.
  let bound: BigFloat
  /// Whether the error is not proved to be above the bound.
  let withinBound: Bool
  private let truth: Interval

  /// Twenty-five digits of the truth leave the error of a double known to nine.
  init(_ answer: KernelValue, against arguments: Arguments, of quantity: Quantity, within budget: Budget) throws {
    guard let value = Interval(exactly: answer.value, precision: 128) else {
      throw Undecided("the kernel's value is not finite")
    }
    guard let kernel = quantity.kernel else { throw BadInput("\(quantity.name) has no double-precision kernel") }
    truth = try quantity.enclosure(arguments, beside: answer, of: kernel, digits: 25, within: budget)
    error = (value - truth).magnitude
    bound = BigFloat(answer.errorBound, precision: 128, rounding: .nearest)
    // A bound may be the error itself, rounded up: then no enclosure is narrow enough to see it on the right side.
    withinBound = (value - truth).mignitude <= bound
  }

  /// The error over the promised bound; 0 when both vanish.
  var shareOfBound: Double {
    if error.isZero { return 0 }
    return bound.isZero ? .infinity : (Interval(error) / Interval(bound)).upper.double(rounding: .up)
  }

  /// The error over the least magnitude of the truth.
  var relativeError: Double { (Interval(error) / Interval(truth.mignitude)).upper.double(rounding: .up) }

  /// A magnitude in ulps of the truth, 2^(e-53) for 2^(e-1) <= |truth| < 2^e; nil when the truth may be zero.
  func ulps(_ x: BigFloat) -> BigFloat? {
    truth.mignitude.binaryExponent.map { x.scaled(byPowerOfTwo: 53 - $0, rounding: .up) }
  }
}
