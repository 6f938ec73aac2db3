import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// The sharp bounds on the ratio R of ergotropy to energy from the purity P of a state of the symmetric subspace of N
/// cells.
///
/// Of n = N + 1 eigenvalues with the sum one and the sum of squares P the greatest lies between V and U,
///
///     U = (1 + sqrt((n - 1)(n P - 1)))/n,      V = (1 + sqrt((P (k + 1) - 1)/k))/(k + 1),   k = floor(1/P),
///
/// and R = 1 - (1 - L)/e grows with it (`docs/freedom.md`, "Purity"). The formulas are kept exact: k is decided, a
/// radicand that is zero is replaced by 0.
struct PurityBounds {
  private let arguments: Arguments
  private var energy: Expression { arguments[.meanExcitations].expression }
  private var purity: Expression { arguments[.purity].expression }
  private var dimension: Integer { arguments[.cells] + 1 }

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// U, attained by one eigenvalue U and N equal ones.
  func greatest() throws -> Expression {
    let n = Expression.number(Rational(dimension))
    let root = try PurityBounds.root(.number(Rational(dimension - 1)) * (n * purity - .number(1)))
    return (.number(1) + root) / n
  }

  /// k = floor(1/P).
  func plateau() throws -> Integer { try FreedomDomain.floor(.number(1) / purity) }

  /// V, attained by k eigenvalues V and the rest on one more.
  func least() throws -> Expression {
    let k = try plateau()
    let next = Expression.number(Rational(k + 1))
    let root = try PurityBounds.root((purity * next - .number(1)) / .number(Rational(k)))
    return (.number(1) + root) / next
  }

  /// The square root of a number that is not negative, exactly 0 where the number is.
  private static func root(_ radicand: Expression) throws -> Expression {
    try FreedomDomain.constant(radicand).isZero == .certainlyTrue ? .number(0) : radicand.squareRoot
  }

  /// 1 - (1 - L)/e.
  private func ratio(_ largest: Expression) -> Expression { .number(1) - (.number(1) - largest) / energy }

  /// The upper bound on R.
  func upper() throws -> Constant { try FreedomDomain.constant(ratio(greatest())) }

  /// The lower bound on R.
  func lower() throws -> Constant { try FreedomDomain.constant(ratio(least())) }

  // MARK: - The states that attain them

  /// R of a state with the eigenvalues U, (1 - U)/N, ..., by the filling of all levels.
  func ratioOfSpike(_ precision: Int) throws -> Interval {
    let largest = try FreedomDomain.constant(greatest()).enclosure(precision: precision)
    let other = try FreedomDomain.constant((.number(1) - greatest()) / .number(Rational(dimension - 1)))
    return try ratio([(largest, 1), (other.enclosure(precision: precision), dimension - 1)], precision)
  }

  /// R of a state with k eigenvalues V and one 1 - k V.
  func ratioOfPlateau(_ precision: Int) throws -> Interval {
    let (k, largest) = (try plateau(), try least())
    let rest = try FreedomDomain.constant(.number(1) - .number(Rational(k)) * largest)
    let value = try FreedomDomain.constant(largest).enclosure(precision: precision)
    return try ratio([(value, k), (rest.enclosure(precision: precision), 1)], precision)
  }

  private func ratio(_ populations: [(value: Interval, count: Integer)], _ precision: Int) throws -> Interval {
    let e = arguments.enclosure(.meanExcitations, precision)
    return 1 - (try SectorFilling.passiveEnergy(arguments[.cells], populations, precision) / e)
  }
}
