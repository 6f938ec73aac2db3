import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// Figures of states that are given by their elements: exact dyadic numbers, so that degenerate spectra are degenerate.
///
/// The vectors ask these by matrices of doubles; ``StateQuantities`` takes exact ones. Both doors lead to the same
/// functions of ``DensityMatrix``, ``Ergotropy`` and ``DiagonalState``.
enum StateSubjects {
  static let system = BatterySystem("state", quantities: StateQuantities.all, subjects: all, cases: StateCases.all)

  static let all: [Subject] = [
    matrices("ergotropy", "energy that unitaries can take out of the state rho at most, Tr(rho H) - min Tr(U rho U' H)")
    {
      ($0.value, $1?.ergotropy)
    },
    matrices("capacity", "greatest less least energy that unitaries lead to, max Tr(U rho U' H) - min Tr(U rho U' H)") {
      ($0.capacity, $1?.capacity)
    },
    sector, localErgotropy, negativity,
  ]

  private static let source = Source(derivedIn: Source.Page("spectra", "States"))
  private static let hamiltonian = TaggedParameter("H", .matrix, accepted: "Hermitian")
  private static let state = TaggedParameter(
    "rho", .matrix, accepted: "Hermitian, of trace one, without negative eigenvalues")
  private static let elements = "element [i][j] of a matrix is [real, imaginary] of <i|M|j>, row i, column j"

  /// A figure of a state and a Hamiltonian; exact where both are diagonal.
  private static func matrices(
    _ name: String, _ meaning: String,
    figure: @escaping @Sendable (Ergotropy, DiagonalState?) -> (enclosure: Interval, exact: Rational?)
  ) -> Subject {
    Subject(
      name: "state.\(name)",
      parameters: [hamiltonian, state], unit: "energy",
      meaning: "\(meaning); \(elements)", scaleText: norm, source: source,
      certified: { given, goal, budget in
        let (h, rho) = (try rows("H", given), try rows("rho", given))
        let diagonal = try diagonalState(h, rho)
        return try refine(to: goal, within: budget) { precision in
          let state = try DensityMatrix(rho.count, precision: precision, within: budget) {
            element(rho, $0, $1, precision)
          }
          let hamiltonian = try HermitianMatrix(hermitian: h, precision: precision)
          let (enclosure, exact) = figure(try Ergotropy(of: state, in: hamiltonian, within: budget), diagonal)
          return exact.map { Interval($0, precision: max(precision, 4096)) } ?? enclosure
        }
      }, scale: { try normOfHamiltonian($0) })
  }

  private static let norm = "greatest sum of the magnitudes of real and imaginary parts in a row of H"

  /// A bound of the greatest level.
  private static func normOfHamiltonian(_ given: Subject.Given) throws -> Rational {
    try rows("H", given).map { row in
      try row.joined().reduce(Rational(0)) { $0 + (try exact(Double(bitPattern: $1), "H").magnitude) }
    }.max() ?? 0
  }

  // MARK: - Parts of a system

  /// The state of a whole, checked.
  private static func whole(
    _ rho: [[[UInt64]]], _ precision: Int, _ budget: Budget
  ) throws -> DensityMatrix {
    try DensityMatrix(rho.count, precision: precision, within: budget) { element(rho, $0, $1, precision) }
  }

  private static let localErgotropy = Subject(
    name: "state.local-ergotropy", parameters: [hamiltonian, state], unit: "energy",
    meaning:
      """
      ergotropy of the second of two parts in the state rho of both, for its Hamiltonian H: the first part, which is \
      traced out, has as many dimensions as rho has for each of H's; the index of the second part runs fastest; \
      \(elements)
      """,
    scaleText: norm, source: source,
    certified: { given, goal, budget in
      let (h, rho) = (try rows("H", given), try rows("rho", given))
      guard rho.count.isMultiple(of: h.count) else {
        throw BadInput(
          "parameter H: \(h.count) rows do not divide the \(rho.count) of rho; accepted: the dimensions of a part")
      }
      return try refine(to: goal, within: budget) { precision in
        let part = try whole(rho, precision, budget)
          .reduced([rho.count / h.count, h.count], to: [1], within: budget)
        return try Ergotropy(of: part, in: HermitianMatrix(hermitian: h, precision: precision), within: budget).value
      }
    }, scale: { try normOfHamiltonian($0) })

  private static let negativity = Subject(
    name: "state.negativity",
    parameters: [state, .init("dims", .vector, accepted: "two integers, whose product is the dimension")],
    unit: "1",
    meaning:
      """
      negativity: the sum of the magnitudes of all negative eigenvalues of the partial transpose of the state rho of \
      two parts with the dimensions dims; the index of the second part runs fastest; \(elements)
      """,
    scaleText: "1", source: source,
    certified: { given, goal, budget in
      let rho = try rows("rho", given)
      guard case .vector(let bits) = given.first(where: { $0.name == "dims" })?.value else {
        throw BadInput("parameter dims is no vector; accepted: a vector")
      }
      let dimensions = try bits.map { try exact(Double(bitPattern: $0), "dims") }
      guard let first = dimensions.first?.integer.flatMap({ Int(exactly: $0) }),
        let second = dimensions.last?.integer.flatMap({ Int(exactly: $0) }), dimensions.count == 2, first >= 1,
        second >= 1, first.multipliedReportingOverflow(by: second) == (rho.count, false)
      else {
        throw BadInput("parameter dims: these are not two factors of \(rho.count); accepted: integers of that product")
      }
      return try refine(to: goal, within: budget) { precision in
        try whole(rho, precision, budget).negativity([first, second], cut: [0], within: budget)
      }
    }, scale: { _ in 1 })

  /// The state with exact populations when both matrices are diagonal.
  private static func diagonalState(_ h: [[[UInt64]]], _ rho: [[[UInt64]]]) throws -> DiagonalState? {
    let isDiagonal = [h, rho].allSatisfy { matrix in
      matrix.indices.allSatisfy { i in
        matrix[i].indices.allSatisfy { j in i == j || matrix[i][j].allSatisfy { Double(bitPattern: $0) == 0 } }
      }
    }
    guard isDiagonal, h.count == rho.count else { return nil }
    func diagonal(_ matrix: [[[UInt64]]]) -> [Rational] {
      matrix.indices.compactMap { Rational(exactly: Double(bitPattern: matrix[$0][$0][0])) }
    }
    return try DiagonalState(populations: diagonal(rho), energies: diagonal(h))
  }

  private static let sector = Subject(
    name: "state.sector-ergotropy",
    parameters: [
      .init("N", .integer, accepted: "1 to \(SymmetricSector.greatestCells)"),
      .init("two-j", .integer, accepted: "N, N - 2, ..., at least 0"),
      .init("populations", .vector, accepted: "2j + 1 numbers of sum one, none negative"),
    ], unit: "w0",
    meaning:
      """
      ergotropy of N cells over all unitaries of 2^N dimensions, in a state of spin j with populations of m = -j, ..., \
      j, shared equally by all copies of this spin; H = w0 times the number of excited cells, N/2 + m
      """,
    scaleText: "N", source: source,
    certified: { given, goal, budget in
      let (n, twiceSpin) = (try integer("N", given), try integer("two-j", given))
      guard (1...SymmetricSector.greatestCells).contains(n) else {
        throw BadInput("parameter N: \(n) is outside the domain; accepted: 1 to \(SymmetricSector.greatestCells)")
      }
      guard case .vector(let bits) = given.first(where: { $0.name == "populations" })?.value else {
        throw BadInput("parameter populations is no vector; accepted: a vector")
      }
      let populations = try bits.map { try exact(Double(bitPattern: $0), "populations") }
      // An independent check that these are populations.
      _ = try DiagonalState(populations: populations, energies: populations.map { _ in 0 })
      let energy = populations.enumerated().reduce(Rational(0)) { sum, item in
        sum + item.element * (Rational(Integer(n - twiceSpin), 2) + Rational(item.offset))
      }
      return try refine(to: goal, within: budget) { precision in
        try SymmetricSector.ergotropy(
          cells: n, twiceSpin: twiceSpin, energy: Interval(energy, precision: precision),
          populations: populations.map { Interval($0, precision: precision) })
      }
    }, scale: { Rational(Integer(try integer("N", $0))) })

  // MARK: - Parameters

  private static func integer(_ name: String, _ given: Subject.Given) throws -> Int {
    guard case .integer(let text) = given.first(where: { $0.name == name })?.value, let value = Int(text) else {
      throw BadInput("parameter \(name) is no integer; accepted: an integer")
    }
    return value
  }

  private static func exact(_ value: Double, _ name: String) throws -> Rational {
    guard let exact = Rational(exactly: value) else {
      throw BadInput("parameter \(name): \(value) is no number; accepted: finite numbers")
    }
    return exact
  }

  /// The rows of a square matrix of finite numbers.
  private static func rows(_ name: String, _ given: Subject.Given) throws -> [[[UInt64]]] {
    guard case .matrix(let rows) = given.first(where: { $0.name == name })?.value else {
      throw BadInput("parameter \(name) is no matrix; accepted: a matrix")
    }
    guard !rows.isEmpty, rows.allSatisfy({ $0.count == rows.count }) else {
      throw BadInput("parameter \(name): the matrix is not square; accepted: as many columns as rows, at least one")
    }
    for part in rows.joined().joined() { _ = try exact(Double(bitPattern: part), name) }
    return rows
  }

  fileprivate static func element(_ rows: [[[UInt64]]], _ i: Int, _ j: Int, _ precision: Int) -> ComplexInterval {
    let parts = rows[i][j].map {
      Interval(exactly: Double(bitPattern: $0), precision: max(64, precision)) ?? .entire(precision: precision)
    }
    return ComplexInterval(parts[0], parts[1])
  }
}

extension HermitianMatrix {
  /// The matrix with given elements.
  ///
  /// - Throws: `BadInput` when it is not Hermitian.
  fileprivate init(hermitian rows: [[[UInt64]]], precision: Int) throws(BadInput) {
    for i in rows.indices {
      for j in 0...i {
        let (x, y) = (rows[i][j].map(Double.init(bitPattern:)), rows[j][i].map(Double.init(bitPattern:)))
        guard x[0] == y[0], x[1] == -y[1] else {
          throw BadInput("parameter H: element (\(i), \(j)) is not the conjugate of (\(j), \(i)); accepted: Hermitian")
        }
      }
    }
    self.init(rows.count, precision: precision) { StateSubjects.element(rows, $0, $1, precision) }
  }
}
