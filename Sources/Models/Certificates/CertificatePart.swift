import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators
import RigorousNumerics

/// A figure of the state of some sites that a certificate claims something of (docs/certificates.md, S9).
struct CertificatePart {
  enum Kind: String {
    case passive, purity, largest, negativity, entropy, coherence, concurrence, fidelity
    case distance = "trace-distance"
  }

  let kind: Kind
  let sites: [Int]
  /// The Hamiltonian whose passive energy it is.
  private let energy: ModelPoint.Operator?
  /// The sites that are transposed.
  private let turned: [Int]
  /// The state that the sites' one is held against.
  private let other: CertificateReference?
  private let dimensions: [Int]

  /// The number of states of the sites.
  private var count: Int { dimensions.reduce(1, *) }
  /// The most of them that checkers read.
  private static let greatestSize = 64
  /// The most of them of a fidelity with a mixed state.
  private static let greatestFactor = 16

  init(
    _ kind: Kind, _ sites: [Int], energy: ModelPoint.Operator? = nil, turned: [Int] = [],
    other: CertificateReference? = nil, _ problem: CertificateProblem
  ) throws {
    let basis = problem.point.basis
    (self.kind, self.sites, self.energy, self.turned, self.other) = (kind, sites, energy, turned, other)
    dimensions = try sites.map { site in
      guard let dimension = basis.dimension(ofSite: site) else {
        throw CertificateText.uncovered("a figure of a mode without a last level")
      }
      return dimension
    }
    var size = 1
    for dimension in dimensions {
      size *= dimension
      let greatest = kind == .fidelity ? Self.greatestFactor : Self.greatestSize
      guard size <= greatest else { throw CertificateText.uncovered("a figure of more than \(greatest) states") }
    }
    let fermions = (0..<basis.count).filter { basis.factors[basis.factor(ofSite: $0)].kind == .fermion }
    let own = fermions.map(sites.contains)
    guard !zip(own, own.dropFirst()).contains(where: { !$0 && $1 }) else {
      throw CertificateText.uncovered("a figure of fermions that stand after others")
    }
  }

  /// About how much the figure moves with the state in the trace norm, where its spectrum has some bits.
  ///
  /// - Parameter slack: what it may be off: figures that move with the root of the distance ask for its square.
  func slope(_ problem: CertificateProblem, bits: Int, slack: Double) throws -> Double {
    switch kind {
    case .passive:
      let columns = try columns(problem)
      return columns.reduce(0.0) { max($0, $1.reduce(0.0) { $0 + $1.size }) }
    case .purity: return 2
    case .largest: return 1
    case .negativity, .coherence, .distance: return Double(count)
    case .concurrence, .fidelity: return 16384 * Double(count) / slack
    case .entropy: return Double(count * (bits + 2))
    }
  }

  /// The elements of the Hamiltonian by columns.
  private func columns(_ problem: CertificateProblem) throws -> [[ComplexInterval]] {
    let point = problem.point
    guard let energy else { return [] }
    return try (0..<count).map { column in
      var levels = [Int](repeating: 0, count: point.basis.count)
      for (site, level) in zip(sites, self.levels(column)) { levels[site] = level }
      var result = [ComplexInterval](repeating: .zero(precision: point.precision), count: count)
      guard let state = point.basis.state(levels) else { return result }
      for (row, element) in try point.basis.column(of: energy, at: state, in: point.scalars) {
        result[number(point.basis.numbers(of: row))] = try point.scalars.enclosure(element)
      }
      return result
    }
  }

  private func levels(_ number: Int) -> [Int] {
    var (rest, result) = (number, [Int]())
    for dimension in dimensions.reversed() {
      result.append(rest % dimension)
      rest /= dimension
    }
    return result.reversed()
  }

  /// The number of the local state of a basis state.
  private func number(_ levels: [Int]) -> Int {
    zip(sites, dimensions).reduce(0) { $0 * $1.1 + levels[$1.0] }
  }

  // MARK: - The line

  /// What the claim says of it: the sites, the operator and approximate eigenvectors.
  func json(_ moment: CertificateMoment, _ problem: CertificateProblem, within budget: Budget) throws -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("kind", .string(kind.rawValue)), .init("sites", .array(sites.map { .integer($0) })),
    ]
    if kind == .negativity { members.append(.init("turned", .array(turned.map { .integer($0) }))) }
    if let other { members.append(.init("other", try other.json(problem.point))) }
    members += try witness(moment, problem, within: budget).map { .init($0.key, $0.value) }
    if let energy {
      members.append(.init("operator", try CertificateText.terms(energy, times: Rational(1, 2), problem.point)))
      let columns = try columns(problem)
      let isDiagonal = columns.enumerated().allSatisfy { place, column in
        column.enumerated().allSatisfy { $0.offset == place || $0.element.size == 0 }
      }
      if !isDiagonal { members.append(.init("levels", try vectors(columns, moment.bits, within: budget))) }
    }
    return .object(members)
  }

  /// Approximate vectors that show the figure, with their keys.
  private func witness(
    _ moment: CertificateMoment, _ problem: CertificateProblem, within budget: Budget
  ) throws -> [(key: String, value: JSONValue)] {
    let (matrix, bits) = (state(moment, problem), moment.bits)
    let reference = try other?.columns(count, problem.point) { levels in
      zip(levels, dimensions).reduce(0) { $0 * $1.1 + $1.0 }
    }
    switch kind {
    case .purity, .coherence: return []
    case .passive, .largest, .entropy: return [("state", try vectors(matrix, bits, within: budget))]
    case .negativity: return [("state", try vectors(transposed(matrix), bits, within: budget))]
    case .distance:
      let difference = zip(matrix, reference ?? []).map { zip($0, $1).map { $0 - $1 } }
      return [("state", try vectors(difference, bits, within: budget))]
    case .concurrence:
      return [("roots", try CertificateFactor(matrix, bits: bits).takagi(within: budget).json)]
    case .fidelity:
      let (own, theirs) = try CertificateFactor.matched(
        CertificateFactor(matrix, bits: bits), CertificateFactor(reference ?? [], bits: bits), within: budget)
      return [("roots", own.json), ("other-roots", theirs.json)]
    }
  }

  /// Approximate eigenvectors of a matrix that is given by columns.
  private func vectors(_ columns: [[ComplexInterval]], _ bits: Int, within budget: Budget) throws -> JSONValue {
    let matrix = HermitianMatrix(count, precision: bits + 64) { row, column in
      row == column ? ComplexInterval(columns[row][row].real, Interval(0, precision: bits + 64)) : columns[column][row]
    }
    let spectrum = try HermitianSpectrum(matrix, bits: bits, within: budget)
    return .array(
      (0..<count).map { index in
        .array(spectrum.approximateVector(index, bits: bits).map { .number("\($0)") })
      })
  }

  /// The state of the sites, by columns.
  private func state(_ moment: CertificateMoment, _ problem: CertificateProblem) -> [[ComplexInterval]] {
    let zero = ComplexInterval.zero(precision: moment.bits + 64)
    var result = Array(repeating: Array(repeating: zero, count: count), count: count)
    let all = moment.states.map { problem.point.basis.numbers(of: $0) }
    let own = Set(sites)
    let local = all.map(number)
    let rest = all.map { levels in levels.enumerated().filter { !own.contains($0.offset) }.map(\.element) }
    guard problem.isVector else {
      for (place, value) in zip(moment.places, moment.values) where rest[place.row] == rest[place.column] {
        let (i, j) = (local[place.row], local[place.column])
        result[j][i] = result[j][i] + value
        if place.row != place.column { result[i][j] = result[i][j] + value.conjugate }
      }
      return result
    }
    let groups = Dictionary(grouping: zip(moment.places, moment.values)) { rest[$0.0.row] }
    for group in groups.values {
      for (row, a) in group {
        for (column, b) in group {
          let (i, j) = (local[row.row], local[column.row])
          result[j][i] = result[j][i] + a * b.conjugate
        }
      }
    }
    return result
  }

  /// The partial transpose of a matrix by columns.
  private func transposed(_ columns: [[ComplexInterval]]) -> [[ComplexInterval]] {
    var result = columns
    let own = Set(turned)
    func mixed(_ i: Int, _ j: Int) -> Int {
      let (a, b) = (levels(i), levels(j))
      return sites.indices.reduce(0) { $0 * dimensions[$1] + (own.contains(sites[$1]) ? b[$1] : a[$1]) }
    }
    for i in 0..<count {
      for j in 0..<count { result[mixed(j, i)][mixed(i, j)] = columns[j][i] }
    }
    return result
  }
}
