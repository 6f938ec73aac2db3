import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// The levels of a part's Hamiltonian that joins basis states, with their projectors, on what it reaches from the
/// state's.
///
/// Clusters of enclosed eigenvalues are levels where there are as many clusters as different eigenvalues. Of a matrix M
/// whose traces of powers are rational that number is the rank of the matrix with the elements Tr M^(i+j), i, j < n, a
/// sum of w w^T over the eigenvalues x with w_i = x^i. Of others it is known where all clusters are single.
struct EnergyProjectors {
  private let states: [BasisState]
  private let spectrum: HermitianSpectrum
  private let local: LocalState
  private let precision: Int

  /// The most states.
  private static let greatestSize = 64
  /// The most rows of a matrix whose different eigenvalues are counted.
  static let greatestCounted = 16

  init(_ local: LocalState, _ energy: PartEnergy, _ point: ModelPoint, within budget: Budget) throws {
    (self.local, precision) = (local, point.precision)
    let ring = point.scalars
    var columns = zip(local.states, energy.columns).reduce(into: [BasisState: PartEnergy.Column]()) {
      $0[$1.0] = $1.1
    }
    var waiting = energy.columns.flatMap(\.keys)
    while let state = waiting.popLast() {
      guard columns[state] == nil else { continue }
      let column = try point.basis.column(of: energy.polynomial, at: state, in: ring)
      columns[state] = column
      waiting += column.keys
      guard columns.count <= Self.greatestSize else {
        throw Unanswered(
          undecided: "the levels of a part's Hamiltonian that joins more than \(Self.greatestSize) dimensions")
      }
    }
    let states = columns.keys.sorted()
    self.states = states
    let matrix = try PartEnergy.matrix(Array(states.indices), point) { columns[states[$1]]?[states[$0]] }
    spectrum = try HermitianSpectrum(matrix, bits: point.precision, within: budget)
    guard spectrum.clusters.count < states.count else { return }
    guard states.count <= Self.greatestCounted else {
      throw Unanswered(
        undecided: "which of \(states.count) levels of a part are equal (cap \(Self.greatestCounted))")
    }
    guard spectrum.clusters.count == (try Self.differentEigenvalues(states, point) { columns[$1]?[$0] }) else {
      throw NotToldYet(what: "which levels of a part are equal")
    }
  }

  /// How many different eigenvalues a matrix of complex rationals times roots has whose traces of powers are rational;
  /// nil of others.
  static func differentEigenvalues(
    _ states: [BasisState], _ point: ModelPoint,
    _ element: (_ row: BasisState, _ column: BasisState) -> RadicalSum<ScalarPolynomial>?
  ) throws -> Int? {
    typealias Number = RadicalSum<ScalarPolynomial>
    let ring = point.scalars
    let n = states.count
    let matrix = states.map { row in states.map { element(row, $0) ?? Number() } }
    guard matrix.joined().allSatisfy({ $0.coefficients.allSatisfy { $0.number != nil } }) else { return nil }
    var traces: [Rational] = [Rational(Integer(n))]
    var power = matrix
    while traces.count < 2 * n - 1 {
      var trace = Number()
      for k in 0..<n { try trace.add(power[k][k], times: ring.one, in: ring) }
      guard trace.terms.allSatisfy(\.radicand.isOne) else { return nil }
      traces.append(trace.terms.first?.value.number?.real ?? 0)
      power = try power.map { row in
        try (0..<n).map { column in
          var sum = Number()
          for k in 0..<n where !row[k].isZero && !matrix[k][column].isZero {
            try sum.add(row[k].product(matrix[k][column], in: ring), times: ring.one, in: ring)
          }
          return sum
        }
      }
    }
    return RankDecomposition(n) { (traces[$0 + $1], 0) }?.rank
  }

  /// The sum of P rho P over the levels.
  func dephased() -> HermitianMatrix {
    let n = states.count
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    let own = local.states.map { places[$0] ?? 0 }
    let zero = ComplexInterval.zero(precision: precision)
    var rho = Array(repeating: Array(repeating: zero, count: n), count: n)
    for (place, element) in local.elements {
      let (i, j) = (own[place.row], own[place.column])
      rho[i][j] = element.value
      rho[j][i] = element.value.conjugate
    }
    var sum = Array(repeating: Array(repeating: zero, count: n), count: n)
    for cluster in spectrum.clusters {
      let projector = spectrum.projector(onto: cluster)
      let rows = (0..<n).map { i in (0..<n).map { projector[i, $0] } }
      func product(_ a: [[ComplexInterval]], _ b: [[ComplexInterval]]) -> [[ComplexInterval]] {
        a.map { row in (0..<n).map { j in (0..<n).reduce(zero) { $0 + row[$1] * b[$1][j] } } }
      }
      let part = product(product(rows, rho), rows)
      for i in 0..<n { for j in 0..<n { sum[i][j] = sum[i][j] + part[i][j] } }
    }
    return HermitianMatrix(n, precision: precision) { sum[$0][$1] }
  }
}
