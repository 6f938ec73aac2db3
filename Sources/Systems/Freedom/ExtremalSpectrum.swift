import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// States of the symmetric subspace with a greatest eigenvalue L and the least or the greatest purity that it allows,
/// at an energy e.
///
/// `spike`: L and N equal ones, the least purity; `plateau`: as many eigenvalues L as fit and the rest on one more, the
/// greatest. In falling order on the levels 0, ..., N they have the energy l = (1 - L)(N + 1)/2, or j - L j (j + 1)/2
/// with j = floor(1/L), in the mirrored order N - l, and rotations of the sector reach all energies between.
struct ExtremalSpectrum {
  /// What lies beside the greatest eigenvalue.
  enum Shape: String, ParameterWord {
    /// N equal ones.
    case spike
    /// As many as fit.
    case plateau
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// Refuses a greatest eigenvalue or an energy that the state cannot have.
  @Sendable static func check(_ arguments: Arguments) throws {
    try FreedomDomain.checkEnergy(arguments)
    try FreedomDomain.checkLargest(arguments)
    let (e, cells) = (arguments[.meanExcitations].expression, Expression.number(Rational(arguments[.cells])))
    let least = try ExtremalSpectrum(arguments).leastEnergy()
    guard let low = FreedomDomain.sign(e - least), let high = FreedomDomain.sign(cells - least - e) else {
      throw Undecided(
        "parameter e: undecided whether the state can have the energy \(arguments.text(.meanExcitations).abridged)")
    }
    guard low >= 0, high >= 0 else {
      let bound = (try? Constant(least))?.rational.map { "\($0)" } ?? "\(least)"
      throw BadInput(
        """
        parameter e: no such state has the energy \(arguments.text(.meanExcitations).abridged); accepted: \
        l <= e <= N - l, l = \(bound.abridged)
        """
      )
    }
  }

  private var largest: Expression { arguments[.largestEigenvalue].expression }
  private var cells: Integer { arguments[.cells] }
  private var isSpike: Bool { arguments[.spectrum] == .spike }

  private func leastEnergy() throws -> Expression {
    if isSpike { return (.number(1) - largest) * .number(Rational(cells + 1, 2)) }
    let j = Rational(try FreedomDomain.floor(.number(1) / largest))
    return .number(j) - largest * .number(j * (j + 1) / 2)
  }

  /// The eigenvalues in falling order, with how many of each there are.
  private func populations(_ precision: Int) throws -> [(value: Interval, count: Integer)] {
    let value = try FreedomDomain.constant(largest).enclosure(precision: precision)
    if isSpike {
      let other = try FreedomDomain.constant((.number(1) - largest) / .number(Rational(cells)))
      return [(value, 1), (other.enclosure(precision: precision), cells)]
    }
    let j = try FreedomDomain.floor(.number(1) / largest)
    let rest = try FreedomDomain.constant(.number(1) - .number(Rational(j)) * largest)
    return [(value, j), (rest.enclosure(precision: precision), 1)]
  }

  /// 1 - R, by the filling of levels with their multiplicities.
  func deficit(_ precision: Int) throws -> Interval {
    try SectorFilling.passiveEnergy(cells, populations(precision), precision)
      / arguments.enclosure(.meanExcitations, precision)
  }

  /// 1 - R, by the filling of all 2^N levels one by one.
  func deficitLevelByLevel(_ precision: Int) throws -> Interval {
    let all = try populations(precision).flatMap { entry -> [Interval] in
      guard let count = Int(exactly: entry.count), count <= 1 << 16 else {
        throw SectorFilling.levelsLimit.exceeded
      }
      return Array(repeating: entry.value, count: count)
    }
    return try SectorFilling.passiveEnergyLevelByLevel(cells, all, precision)
      / arguments.enclosure(.meanExcitations, precision)
  }
}
