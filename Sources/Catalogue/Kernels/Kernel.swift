import ArbitraryPrecision
import FastKernels
import Foundation
import RigorousNumerics

/// A double-precision kernel as the suite sees it: held against the certified value of its quantity.
public struct Kernel: Sendable {
  /// A value with the bound that is proved of it, from the parameters as doubles.
  ///
  /// It throws `KernelRefusal` outside of its domain, and ``BadInput`` for what the quantity itself refuses.
  public typealias Evaluate = @Sendable (KernelInput) throws -> KernelValue

  /// The promised bound of the error, in words.
  public let bound: String
  /// The inputs that it answers, in words; nil when the quantity's own domain says it.
  public let domain: String?
  /// The inputs of the audit, biased to corners.
  let auditInputs: @Sendable (_ full: Bool) -> [KernelInput]
  /// The kernel.
  let evaluate: Evaluate
  /// Whether certified values beside it are asked for to a share of its bound, and not to digits of their own.
  let isHeldAbsolutely: Bool
  /// Doubles in the place of the nearest ones, where the quantity jumps or ends between these and the parameters.
  let fit: Fit?

  /// What the quantity does from the parameters as doubles to the exact ones.
  let sensitivity: Sensitivity?

  /// What a quantity does from parameters as doubles to the exact ones, from both, and the kernel's answer at the
  /// doubles, at no more than the kernel's own cost; nil where that is not known.
  public enum Sensitivity: Sendable {
    /// An upper bound of how far it moves.
    case shift(@Sendable (MovedInput, KernelValue) throws -> Double?)
    /// An upper bound of how far it is from the answer at the exact parameters.
    case distance(@Sendable (MovedInput, KernelValue) throws -> Double?)
  }

  /// Doubles beside parameters that are to stand for them, given the nearest ones.
  public typealias Fit = @Sendable (_ exact: Arguments, _ nearest: KernelInput) throws -> KernelInput

  /// A kernel.
  ///
  /// - Parameters:
  ///   - bound: the promised bound of the error, in words.
  ///   - domain: the inputs that it answers, in words.
  ///   - auditInputs: the inputs of an audit, more of them for a full one; each has all parameters of the quantity.
  ///   - isHeldAbsolutely: whether certified values beside it are asked for to a share of its bound, since they may be
  ///     zero without that being seen.
  ///   - fit: doubles in the place of the nearest ones; nil where these serve.
  ///   - sensitivity: what rounding the parameters may do; without it two certified values tell.
  ///   - evaluate: the kernel.
  public init(
    bound: String, domain: String? = nil, isHeldAbsolutely: Bool = false,
    auditInputs: @escaping @Sendable (_ full: Bool) -> [KernelInput], fit: Fit? = nil,
    sensitivity: Sensitivity? = nil, evaluate: @escaping Evaluate
  ) {
    (self.bound, self.domain, self.auditInputs, self.evaluate) = (bound, domain, auditInputs, evaluate)
    (self.isHeldAbsolutely, self.fit, self.sensitivity) = (isHeldAbsolutely, fit, sensitivity)
  }

  /// Bound and domain in one line.
  public var promise: String { domain.map { "\(bound); \($0)" } ?? bound }
}

/// A kernel's answer with what is proved of it.
public struct KernelAnswer: Sendable {
  /// The double.
  public let value: Double
  /// At least the distance from the value at the exact parameters.
  public let errorBound: Double
  /// At least the distance from the value at the parameters rounded to doubles, as the kernel promises it.
  public let kernelErrorBound: Double
}

extension Quantity {
  /// The kernel's value at the parameters rounded to doubles, bounded against the exact parameters.
  ///
  /// Where rounded and exact parameters are not the same the first bound adds to the kernel's own one a bound of how
  /// far the quantity moves between them: the kernel's ``Kernel/Sensitivity``, or the distance of two certified values.
  ///
  /// - Throws: ``BadInput`` without a kernel; `KernelRefusal` outside its domain; ``Undecided`` when a certified value
  ///   is not bounded within the budget.
  public func kernelAnswer(_ arguments: Arguments, within budget: Budget) throws -> KernelAnswer {
    guard let kernel else { throw BadInput("\(name) has no double-precision kernel; accepted without --double") }
    let (doubles, rounded) = try arguments.roundedToDoubles(of: self)
    let answer = try kernel.evaluate(doubles)
    if arguments == rounded {
      return KernelAnswer(
        value: answer.value, errorBound: answer.errorBound, kernelErrorBound: answer.errorBound)
    }
    if let distance = try distance(arguments, doubles, answer) {
      return KernelAnswer(value: answer.value, errorBound: distance, kernelErrorBound: answer.errorBound)
    }
    // To a thousandth of the kernel's bound: a value that is zero, or nearly, has no digits of its own.
    let goal = answer.goal(share: 3) ?? .relative(digits: 20)
    let isWhole = kernel.isHeldAbsolutely
    let exact = try enclosure(arguments, to: goal, within: budget, isWhole: isWhole)
    let shift = (exact - (try enclosure(rounded, to: goal, within: budget, isWhole: isWhole))).magnitude
    let total = BigFloat.sum(
      shift, BigFloat(answer.errorBound, precision: 128, rounding: .up), precision: 128, rounding: .up)
    return KernelAnswer(
      value: answer.value, errorBound: total.double(rounding: .up), kernelErrorBound: answer.errorBound)
  }
}

extension Quantity {
  /// How far an answer at doubles is from the value at the exact parameters, if the kernel's sensitivity tells.
  func distance(_ exact: Arguments, _ doubles: KernelInput, _ answer: KernelValue) throws -> Double? {
    guard let sensitivity = kernel?.sensitivity, let moved = MovedInput(exact, near: doubles, of: self) else {
      return nil
    }
    let distance: Double?
    switch sensitivity {
    case .distance(let find): distance = try find(moved, answer)
    case .shift(let find):
      // In any rounding the sum is off by less than a unit of its last place.
      distance = try find(moved, answer).map { $0 == 0 ? answer.errorBound : (answer.errorBound + $0).nextUp }
    }
    return distance.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The best bounds of the value as an interval of 128 bits, whether they have the digits asked for or not.
  ///
  /// - Throws: ``Undecided`` when no bounds were found within the budget.
  public func enclosure(_ arguments: Arguments, digits: Int, within budget: Budget) throws -> Interval {
    try enclosure(arguments, to: .relative(digits: digits), within: budget)
  }

  /// The certified value beside a kernel's: its relative digits, or a 10^-9 of the kernel's bound.
  func enclosure(
    _ arguments: Arguments, beside answer: KernelValue, of kernel: Kernel, digits: Int, within budget: Budget
  ) throws -> Interval {
    guard kernel.isHeldAbsolutely, let goal = answer.goal(share: 9) else {
      return try enclosure(arguments, digits: digits, within: budget)
    }
    return try enclosure(arguments, to: goal, within: budget, isWhole: true)
  }

  /// - Parameter isWhole: whether bounds that are not as near as asked are none.
  private func enclosure(
    _ arguments: Arguments, to goal: Goal, within budget: Budget, isWhole: Bool = false
  ) throws -> Interval {
    let value = try certified(arguments, to: goal, within: budget)
    if isWhole, let reason = value.undecided { throw Undecided(reason) }
    guard let interval = value.interval(precision: 128) else {
      throw Undecided("no bound of the value was found: \(value.undecided ?? "")")
    }
    return interval
  }

  /// An upper bound of the kernel's error at the parameters rounded to doubles, in units of the last place of the true
  /// value (see ``audit(full:within:)``), and whether the kernel's own bound held.
  ///
  /// Zero ulps for a true value of zero, where only the bound counts.
  public func kernelUlps(
    _ arguments: Arguments, within budget: Budget
  ) throws -> (ulps: Rational, withinBound: Bool) {
    let (doubles, rounded) = try arguments.roundedToDoubles(of: self)
    guard let kernel else { throw BadInput("\(name) has no double-precision kernel") }
    let answer = try kernel.evaluate(doubles)
    let check = try KernelCheck(answer, against: rounded, of: self, within: budget)
    return (check.ulps(check.error)?.rational ?? 0, check.withinBound)
  }
}

extension KernelValue {
  /// Decimals that are 10^-share of the bound, or less; nil of a bound that is zero.
  fileprivate func goal(share: Double) -> Goal? {
    guard errorBound > 0 else { return nil }
    return .absolute(digits: Int(min(max((share - log10(errorBound)).rounded(.up), 1), 10_000)))
  }
}
