import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

/// A square matrix of machine integers, for exact identities between generators.
struct IntegerMatrix: Hashable {
  let rows: [[Int]]

  subscript(row: Int, column: Int) -> Int { rows[row][column] }

  static func * (a: IntegerMatrix, b: IntegerMatrix) -> IntegerMatrix {
    let n = a.rows.count
    return IntegerMatrix(
      rows: (0..<n).map { i in (0..<n).map { j in (0..<n).reduce(0) { $0 + a[i, $1] * b[$1, j] } } })
  }

  static func * (factor: Int, a: IntegerMatrix) -> IntegerMatrix {
    IntegerMatrix(rows: a.rows.map { $0.map { factor * $0 } })
  }

  static func identity(_ n: Int) -> IntegerMatrix {
    IntegerMatrix(rows: (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } })
  }
}

/// The integer matrices of the harmonic battery's equations of motion, and the exact identities that solve them.
enum HarmonicAlgebra {
  /// d/dx of (<a'a>, <B'B>, i<a'B - B'a>) in the dimensionless time x = g sqrt(N) t.
  static let heisenberg = IntegerMatrix(rows: [[0, 0, -1], [0, 0, 1], [2, -2, 0]])

  /// The part of Eq. (14) that goes with w0, on (p_a, q_a, P_b, Q_b).
  static let turn = IntegerMatrix(rows: [[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1], [0, 0, 1, 0]])

  /// The part of Eq. (14) that goes with g sqrt(N).
  static let exchange = IntegerMatrix(rows: [[0, 0, 0, -1], [0, 0, 1, 0], [0, -1, 0, 0], [1, 0, 0, 0]])

  /// K^3 = -4K, whence exp(xK) = 1 + K sin(2x)/2 + K^2 (1 - cos 2x)/4; and the entry that takes <a'a> to <B'B> is 0 in
  /// K and 2 in K^2, which gives the fraction (1 - cos 2x)/2 of ``quantumFraction(_:)``.
  static var solvesHeisenberg: Bool {
    let k = heisenberg
    let square = k * k
    return square * k == -4 * k && k[1, 0] == 0 && square[1, 0] == 2
  }

  /// T^2 = G^2 = -1 and TG = GT, whence exp(uT + xG) = (cos u + T sin u)(cos x + G sin x). The battery's half of G on a
  /// charger's vector is a rotation (its square sums to the identity), and T turns each half within itself: the
  /// battery's share of p^2 + q^2 is sin^2 x, whatever the charger's phase.
  static var solvesHamilton: Bool {
    let (t, g) = (turn, exchange)
    let minusOne = -1 * IntegerMatrix.identity(4)
    let block = [[g[2, 0], g[2, 1]], [g[3, 0], g[3, 1]]]
    let isRotation =
      block[0][0] * block[0][0] + block[1][0] * block[1][0] == 1
      && block[0][1] * block[0][1] + block[1][1] * block[1][1] == 1
      && block[0][0] * block[0][1] + block[1][0] * block[1][1] == 0
    return t * t == minusOne && g * g == minusOne && t * g == g * t && isRotation
  }

  /// The stored fraction of the quantum battery at the dimensionless time x, with derivatives: (1 - cos 2x)/2.
  @Sendable static func quantumFraction(_ x: Interval) -> TaylorJet {
    let context = TaylorJetContext(precision: x.precision)
    let t = context.variable(x)
    let cosine = context.call(.cos, context.product(context.number(2), t))
    return context.quotient(context.difference(context.number(1), cosine), context.number(2))
  }

  /// The stored fraction of the classical battery at the dimensionless time x, with derivatives: sin^2 x.
  @Sendable static func classicalFraction(_ x: Interval) -> TaylorJet {
    let context = TaylorJetContext(precision: x.precision)
    return context.power(context.call(.sin, context.variable(x)), 2)
  }

  /// The greatest fraction over time for the quantum battery, with the identity it rests on checked.
  static let quantumMaximum = maximum(of: quantumFraction, solved: solvesHeisenberg)

  /// The greatest fraction over time for the classical battery, with the identity it rests on checked.
  static let classicalMaximum = maximum(of: classicalFraction, solved: solvesHamilton)

  private static func maximum(
    of fraction: @escaping PowerMaximum.Energy, solved: Bool
  ) -> Result<PowerMaximum, Unanswered> {
    guard solved else { return .failure(Unanswered(undecided: "the equations of motion are not the ones solved")) }
    do {
      return .success(try PowerMaximum(of: fraction, within: Budget()))
    } catch {
      return .failure(error)
    }
  }

  /// Whether the stored energy is exactly zero: only at multiples of pi of g sqrt(N) tau, by the solution above.
  static func isEmptyBattery(_ arguments: Arguments) -> Decision {
    let time = arguments[.chargingTime]
    if time.isZero == .certainlyTrue { return .certainlyTrue }
    let phase =
      arguments[.coupling].expression * Expression.number(Rational(arguments[.cells])).squareRoot * time.expression
    guard solvesHeisenberg, solvesHamilton, let turns = try? Constant(phase / .pi) else { return .undecided }
    return switch turns.integrality {
    case .integer: .certainlyTrue
    case .none: .certainlyFalse
    case .undecided: .undecided
    }
  }
}
