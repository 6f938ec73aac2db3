import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A few sites that a part's Hamiltonian joins, as a space of their own.
///
/// A spin N/2 of N qubits stands for all 2^N dimensions: on j = N/2, N/2 - 1, ... the polynomial in its letters has the
/// levels that it has there, C(N, N/2 - j) - C(N, N/2 - j - 1) times each. Where J_z is the only letter these are the
/// levels on j = N/2 with k steps above `down` C(N, k) times, since the states of N qubits with k of them up are as many.
struct LevelGroup {
  private let sites: [Int]
  private let terms: [[Letter]: ScalarPolynomial]
  private let kinds: [Factor.Kind]
  /// Of sites that stand for qubits, N.
  private let cells: [Int?]
  private let place: ModelFormula
  private let point: ModelPoint

  /// The most dimensions that are looked at one by one.
  private static let greatestSize = 20_000
  /// The most rows of a matrix whose spectrum is enclosed.
  private static let greatestBlock = 512

  init(
    _ sites: [Int], _ terms: [[Letter]: ScalarPolynomial], _ place: ModelFormula, _ point: ModelPoint
  ) throws {
    (self.sites, self.place, self.point) = (sites, place, point)
    let basis = point.basis
    let order = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var own: [[Letter]: ScalarPolynomial] = [:]
    for (word, coefficient) in terms {
      let moved = word.compactMap { letter -> Letter? in
        basis.site(of: letter.factor, letter.cell).flatMap { order[$0] }.map { Letter(FactorID($0), letter.kind) }
      }
      own[moved] = coefficient
    }
    self.terms = own
    kinds = sites.map { basis.factors[basis.factor(ofSite: $0)].kind }
    cells = sites.map { site in
      point.model.factors[basis.factor(ofSite: site).position].isOfQubits
        ? (basis.dimension(ofSite: site) ?? 1) - 1 : nil
    }
  }

  /// The levels; of a space without end those of the lowest dimensions, as many as the room at least.
  func levels(room: Int, within budget: Budget) throws -> (levels: [PartLevels.Level], isWhole: Bool) {
    let bosons = kinds.indices.filter { kinds[$0] == .boson }
    if !bosons.isEmpty {
      return (try BosonLevels(bosons, kinds, terms, place, point).levels(room: room, within: budget), false)
    }
    // Sites of which only J_z stands in the Hamiltonian need no other j.
    let isDiagonal = kinds.indices.map { position in
      terms.keys.joined().allSatisfy { $0.factor.position != position || $0.kind == .spin(.z) }
    }
    var choices: [(kinds: [Factor.Kind], count: Integer)] = [(kinds, 1)]
    for (position, cells) in cells.enumerated() {
      guard let cells, !isDiagonal[position] else { continue }
      choices = choices.flatMap { choice in
        stride(from: cells, through: 0, by: -2).map { twice in
          var kinds = choice.kinds
          kinds[position] = .spin(twice: twice)
          return (kinds, choice.count * SymmetricSector.copies(cells, twiceSpin: twice))
        }
      }
    }
    var found: [ScalarPolynomial: Integer] = [:]
    var other: [PartLevels.Level] = []
    var met = Integer(0)
    for choice in choices {
      let basis = try basis(choice.kinds)
      met += basis.dimension ?? 0
      guard met <= Integer(Self.greatestSize), let dimension = basis.dimension.flatMap({ Int(exactly: $0) }) else {
        throw Unanswered(undecided: "a part's Hamiltonian on \(met) dimensions or more (cap \(Self.greatestSize))")
      }
      try collect(basis, dimension, choice.count, isDiagonal, &found, &other, within: budget)
    }
    let ring = point.scalars
    let exact = try found.map {
      PartLevels.Level(exact: $0.key, value: try ring.enclosure($0.key).real, count: $0.value)
    }
    return (exact + other, true)
  }

  private func basis(_ kinds: [Factor.Kind]) throws -> ProductBasis {
    do {
      return try ProductBasis(Factors(kinds.enumerated().map { Factor("s\($0.offset)", $0.element) }))
    } catch { throw place.fault(error.description) }
  }

  /// Adds the levels of one choice of spins.
  private func collect(
    _ basis: ProductBasis, _ dimension: Int, _ copies: Integer, _ isDiagonal: [Bool],
    _ found: inout [ScalarPolynomial: Integer], _ other: inout [PartLevels.Level], within budget: Budget
  ) throws {
    let ring = point.scalars
    var polynomial = ModelPoint.Operator()
    for (word, coefficient) in terms { try polynomial.add(coefficient, word, in: ring) }
    var columns: [[Int: RadicalSum<ScalarPolynomial>]] = []
    var sets = DisjointSets(dimension)
    for index in 0..<dimension {
      try budget.check()
      guard let state = basis.state(at: index) else { continue }
      var column: [Int: RadicalSum<ScalarPolynomial>] = [:]
      for (image, element) in try basis.column(of: polynomial, at: state, in: ring) {
        guard let row = basis.index(of: image), try ring.decision(isZero: element) != .certainlyTrue else { continue }
        column[row] = element
        sets.join(index, row)
      }
      columns.append(column)
    }
    /// How many dimensions a state stands for by its numbers of J_z.
    func count(_ index: Int) -> Integer {
      guard let state = basis.state(at: index) else { return copies }
      let numbers = basis.numbers(of: state)
      return numbers.indices.reduce(copies) { product, position in
        guard let cells = cells[position], isDiagonal[position] else { return product }
        return product * Integer.binomial(cells, numbers[position])
      }
    }
    for group in sets.groups {
      if group.count == 1 {
        let level = try columns[group[0]][group[0]].map { try ring.value(of: $0) } ?? ring.number(0)
        found[level, default: 0] += count(group[0])
        continue
      }
      guard group.count <= Self.greatestBlock else {
        throw Unanswered(
          undecided: "a part's Hamiltonian that joins \(group.count) dimensions (cap \(Self.greatestBlock))")
      }
      let matrix = try PartEnergy.matrix(group, point) { columns[$1][$0] }
      for value in try HermitianSpectrum(matrix, bits: point.precision, within: budget).eigenvalues {
        other.append(.init(exact: nil, value: value, count: count(group[0])))
      }
    }
  }
}

extension Integer {
  /// n over k.
  static func binomial(_ n: Int, _ k: Int) -> Integer {
    guard (0...max(n, 0)).contains(k) else { return 0 }
    return (0..<min(k, n - k)).reduce(Integer(1)) { ($0 * Integer(n - $1)).dividedDown(by: Integer($1 + 1)) }
  }
}
