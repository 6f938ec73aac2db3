import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// Lower bounds on R from the energy alone, e = E/w0 with m = min(e, N - e) (`docs/freedom.md`, "Energy").
///
/// A spectrum in falling order has at least the energy sum k p_k on the levels 0, 1, ..., N, and by the mirrored order
/// the same holds for N - e. With a greatest eigenvalue L the least such sum is that of equal ones, and it is at most m
/// only when
///
///     L >= 2 (k - m)/(k (k + 1)),  k = floor(2m) + 1,  which is >= 1/(2m + 1), with equality when 2m is an integer.
struct EnergyBound {
  private let arguments: Arguments
  private var energy: Expression { arguments[.meanExcitations].expression }

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// m, decided exactly.
  private func distance() throws -> Expression {
    let cells = Expression.number(Rational(arguments[.cells]))
    guard let sign = FreedomDomain.sign(.number(2) * energy - cells) else {
      throw Unanswered(undecided: "undecided whether e is above N/2")
    }
    return sign <= 0 ? energy : cells - energy
  }

  /// 1 - (2m/(2m + 1))/e: negative for e < 1/2, where R >= 0 is better.
  func smooth() throws -> Constant {
    let twice = try .number(2) * distance()
    return try FreedomDomain.constant(.number(1) - twice / (twice + .number(1)) / energy)
  }

  /// 1 - (1 - 2 (k - m)/(k (k + 1)))/e: attained at every e, and at least 0.
  func sharp() throws -> Constant {
    let m = try distance()
    let k = try FreedomDomain.floor(.number(2) * m) + 1
    let largest = .number(2) * (.number(Rational(k)) - m) / .number(Rational(k * (k + 1)))
    return try FreedomDomain.constant(.number(1) - (.number(1) - largest) / energy)
  }

  /// R of the state that attains the sharp bound, by the filling of all levels: k eigenvalues L and one 1 - k L.
  func ratioOfExtremal(_ precision: Int) throws -> Interval {
    let m = try distance()
    let k = try FreedomDomain.floor(.number(2) * m) + 1
    let largest = .number(2) * (.number(Rational(k)) - m) / .number(Rational(k * (k + 1)))
    let rest = try FreedomDomain.constant(.number(1) - .number(Rational(k)) * largest)
    let value = try FreedomDomain.constant(largest).enclosure(precision: precision)
    let passive = try SectorFilling.passiveEnergy(
      arguments[.cells], [(value, k), (rest.enclosure(precision: precision), 1)], precision)
    return 1 - passive / arguments.enclosure(.meanExcitations, precision)
  }
}
