import ArbitraryPrecision
import RigorousNumerics

/// Certified values of quantities, as figures ask for them.
public struct FigureValues: Sendable {
  private let catalogue: Catalogue

  /// Values of the quantities of a catalogue.
  public init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// The certified value of a quantity.
  ///
  /// - Parameters:
  ///   - given: the names and texts of the parameters.
  ///   - seconds: the cap on time.
  /// - Throws: ``BadInput``; ``Undecided`` when the goal is not met in time.
  public func value(
    _ name: String, _ given: [(String, String)] = [], to goal: Goal = .relative(digits: 12), seconds: Double = 600
  ) throws -> Interval {
    try catalogue.quantity(named: name).interval(
      given.map { (name: $0.0, text: $0.1) }, to: goal, within: Budget(seconds: seconds))
  }

  /// The numbers within the bound of a quantity's double-precision kernel.
  ///
  /// - Throws: ``BadInput``; ``Undecided``; what the kernel refuses.
  public func kernelValue(_ name: String, _ given: [(String, String)], seconds: Double = 600) throws -> Interval {
    let quantity = try catalogue.quantity(named: name)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
    let answer = try quantity.kernelAnswer(arguments, within: Budget(seconds: seconds))
    guard let value = Rational(exactly: answer.value), let bound = Rational(exactly: answer.errorBound) else {
      throw Undecided("\(name): the kernel's answer is not finite")
    }
    return Interval(from: value - bound, to: value + bound, precision: 128)
  }
}

extension Interval {
  /// The middle as the double that a panel shows.
  public var plotted: Double { midpoint?.double(rounding: .nearest) ?? .nan }

  /// The decimal of some digits nearest to all members.
  ///
  /// - Throws: ``Undecided`` unless both ends round to it.
  public func shown(digits: Int = 7) throws -> String {
    if isPoint, containsZero { return "0" }
    let ends = [lower, upper].compactMap(\.rational).map {
      ExactDecimal(nearest: $0, significantDigits: digits).text(plainExponents: -5...6, significantDigits: digits)
    }
    guard ends.count == 2, ends[0] == ends[1] else { throw Undecided("\(digits) digits are not decided") }
    return ends[0]
  }
}
