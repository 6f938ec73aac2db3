/// A double and how far it can be from the truth.
public struct KernelValue: Sendable, Hashable {
  /// The computed number.
  public let value: Double
  /// An upper bound of |value - exact value|, the exact value being that of the parameters given as doubles.
  public let errorBound: Double

  /// A number with its bound.
  public init(value: Double, errorBound: Double) {
    self.value = value
    self.errorBound = errorBound
  }

  /// This positive number over a count times another one, with the bound that follows from both.
  ///
  /// (a + d)/(b + e) is off from a/b by at most a/b (|d/a| + |e/b|)/(1 - |e/b|); the product and the quotient round by
  /// less than 2^-51 of it.
  ///
  /// - Throws: ``KernelRefusal`` when the other number is not known to a factor.
  func divided(by other: KernelValue, times count: Double = 1) throws(KernelRefusal) -> KernelValue {
    let (first, second) = (errorBound / value, other.errorBound / other.value)
    guard value > 0, other.value > 0, second <= 0.5 else {
      throw KernelRefusal("a maximal power is not known to a factor")
    }
    let quotient = value / (count * other.value)
    let relative = (first + second) / (1 - second) + 0x1p-51
    return KernelValue(value: quotient, errorBound: quotient * relative * (1 + 0x1p-20))
  }
}

extension KernelValue {
  /// The collective advantage Pmax(N)/(N Pmax(1)) from maximal powers, with the bound that follows from theirs.
  ///
  /// - Throws: ``KernelRefusal`` as for the maximal power.
  static func advantage(
    cells: Double, of maximalPower: (_ cells: Double) throws(KernelRefusal) -> KernelValue
  ) throws(KernelRefusal) -> KernelValue {
    let many = try maximalPower(cells)
    // Of one cell it is the quotient of a number by itself.
    if cells == 1 { return KernelValue(value: 1, errorBound: 0) }
    return try many.divided(by: try maximalPower(1), times: cells)
  }
}

/// The domain that the kernels of charging times share.
enum KernelDomain {
  /// The magnitudes accepted for w0, g and tau: 2^-300 to 2^300, where no intermediate result leaves binary64.
  static let magnitudes = 0x1p-300...0x1p300

  /// Refuses numbers of cells that are no integer from 1 to a greatest one, and w0, g and tau outside the magnitudes;
  /// tau may be zero.
  static func check(
    cells: Double, upTo greatest: Double, named limit: String, frequency: Double, coupling: Double, time: Double
  ) throws(KernelRefusal) {
    guard cells >= 1, cells <= greatest, cells == cells.rounded() else {
      throw KernelRefusal("N is outside the kernel's domain; accepted: integers from 1 to \(limit)")
    }
    for (name, value) in [("w0", frequency), ("g", coupling)] where !magnitudes.contains(value) {
      throw KernelRefusal("\(name) is outside the kernel's domain; accepted: 2^-300 to 2^300")
    }
    guard time == 0 || magnitudes.contains(time) else {
      throw KernelRefusal("tau is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300")
    }
  }
}

/// A kernel's answer to an input on which it proves nothing.
public struct KernelRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// What about the input is outside the domain.
  public let reason: String

  /// A refusal with its reason.
  public init(_ reason: String) { self.reason = reason }

  /// The reason.
  public var description: String { reason }
}
