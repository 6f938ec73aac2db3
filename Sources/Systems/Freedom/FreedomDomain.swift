import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The energies and purities that states of the symmetric subspace of N cells can have, decided from the exact
/// parameters.
enum FreedomDomain {
  /// The mean number of excited cells e = E/w0.
  static let energy = Parameter(.meanExcitations, .stated("0 < e <= N"))
  /// Tr rho^2.
  static let purity = Parameter(.purity, .stated("1/(N+1) <= P <= 1"))
  /// The greatest eigenvalue.
  static let largest = Parameter(.largestEigenvalue, .stated("1/(N+1) <= L <= 1"))

  /// Refuses energies that no state has.
  @Sendable static func checkEnergy(_ arguments: Arguments) throws {
    try require(.meanExcitations, energy, from: 0, isOpen: true, to: Rational(arguments[.cells]), arguments)
  }

  /// Refuses energies, and purities, that no state has. A pair that no state has although each alone is possible is
  /// accepted.
  @Sendable static func checkPurity(_ arguments: Arguments) throws {
    try checkEnergy(arguments)
    try require(.purity, purity, from: Rational(1, arguments[.cells] + 1), isOpen: false, to: 1, arguments)
  }

  /// Refuses a largest eigenvalue that no state has.
  static func checkLargest(_ arguments: Arguments) throws {
    try require(.largestEigenvalue, largest, from: Rational(1, arguments[.cells] + 1), isOpen: false, to: 1, arguments)
  }

  private static func require(
    _ key: RealKey, _ parameter: Parameter, from low: Rational, isOpen: Bool, to high: Rational, _ arguments: Arguments
  ) throws {
    let value = arguments[key]
    let text = arguments.text(key)
    guard let below = sign(value.expression - .number(low)), let above = sign(.number(high) - value.expression) else {
      throw Undecided("parameter \(key.name): undecided whether \(text.abridged) is within \(parameter.domainText)")
    }
    guard above >= 0, isOpen ? below > 0 : below >= 0 else { throw parameter.outside(text) }
  }

  // MARK: - Exact questions

  /// The sign of a number; nil when undecided.
  static func sign(_ expression: Expression) -> Int? { (try? Constant(expression))?.sign }

  /// The greatest integer that is not above a number.
  ///
  /// An enclosure leaves one or two candidates, and where an integer is inside the sign of the exact difference tells.
  ///
  /// - Throws: `Unanswered` when that sign is undecided.
  static func floor(_ expression: Expression) throws -> Integer {
    guard let value = try? Constant(expression) else { throw undecided(expression) }
    if let rational = value.rational { return rational.floor }
    for bits in [128, 1024, 8192, 65536, 262144] {
      let enclosure = value.enclosure(precision: bits)
      guard let low = enclosure.lower.floor, let high = enclosure.upper.floor else { continue }
      if low == high { return low }
      guard high == low + 1 else { continue }
      guard let sign = sign(expression - .number(Rational(high))) else { throw undecided(expression) }
      return sign >= 0 ? high : low
    }
    throw undecided(expression)
  }

  private static func undecided(_ expression: Expression) -> Unanswered {
    Unanswered(undecided: "undecided between which integers \("\(expression)".abridged) lies")
  }

  /// The number of a formula.
  ///
  /// - Throws: `Unanswered` when it is out of range or it is undecided whether it has a value.
  static func constant(_ expression: Expression) throws -> Constant {
    do { return try Constant(expression) } catch { throw Unanswered(undecided: "the value: \(error)") }
  }
}
