import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A few sites that a part's Hamiltonian joins, as a space of their own.
///
/// A spin N/2 of N qubits stands for all 2^N dimensions: on j = N/2, N/2 - 1, ... the polynomial in its letters has
/// the levels that it has there, C(N, N/2 - j) - C(N, N/2 - j - 1) times each. Where J_z is the only letter these are
/// the levels on j = N/2 with k steps above `down` C(N, k) times, since the states of N qubits with k of them up are
/// as many.
struct LevelGroup {
  private let sites: [Int]
  private let terms: [[Letter]: ScalarPolynomial]
  private let kinds: [Factor.Kind]
  /// Of sites that stand for qubits, N.
  private let cells: [Int?]
  private let place: ModelFormula
  private let point: ModelPoint

  /// A space in which the sites have places, with the Hamiltonian on them.
  private struct Space {
    let basis: ProductBasis
    let sites: [Int]
    let polynomial: ModelPoint.Operator
  }

  /// The most dimensions that are looked at one by one.
  private static let greatestSize = 20_000

  init(
    _ sites: [Int], _ terms: [[Letter]: ScalarPolynomial], _ place: ModelFormula, _ point: ModelPoint
  ) {
    (self.sites, self.terms, self.place, self.point) = (sites, terms, place, point)
    let basis = point.basis
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
      return (try BosonLevels(bosons, kinds, try ownTerms(), place, point).levels(room: room, within: budget), false)
    }
    // Sites of which only J_z stands in the Hamiltonian need no other j.
    let isDiagonal = sites.map { site in
      terms.keys.joined().allSatisfy { !point.basis.sites(of: $0).contains(site) || $0.kind == .spin(.z) }
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
    var met = 0
    for choice in choices {
      let space = choices.count == 1 ? try whole() : try space(choice.kinds)
      let states = try states(of: space, &met)
      try collect(space, states, choice.count, isDiagonal, &found, &other, within: budget)
    }
    let ring = point.scalars
    let exact = try found.map {
      PartLevels.Level(exact: $0.key, value: try ring.enclosure($0.key).real, count: $0.value)
    }
    return (exact + other, true)
  }

  /// The place of the boson of the group among its sites, and its levels beside each state of the others.
  func ladders(accepted: String) throws -> (boson: Int, levels: [RisingLevels]) {
    let bosons = kinds.indices.filter { kinds[$0] == .boson }
    return try BosonLevels(bosons, kinds, try ownTerms(), place, point).ladders(accepted: accepted)
  }

  // MARK: - Spaces

  /// The sites where they stand in the model.
  private func whole() throws -> Space {
    var polynomial = ModelPoint.Operator()
    for (word, coefficient) in terms { try polynomial.add(coefficient, word, in: point.scalars) }
    return Space(basis: point.basis, sites: sites, polynomial: polynomial)
  }

  /// The words with a factor for each site.
  private func ownTerms() throws -> [[Letter]: ScalarPolynomial] {
    let order = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var own: [[Letter]: ScalarPolynomial] = [:]
    for (word, coefficient) in terms {
      let moved = word.compactMap { letter -> Letter? in
        point.basis.site(of: letter.factor, letter.cell).flatMap { order[$0] }.map { Letter(FactorID($0), letter.kind) }
      }
      guard moved.count == word.count, !word.contains(where: { if case .matrix = $0.kind { true } else { false } })
      else {
        throw place.fault(
          "joins a matrix to a boson or to a spin of qubits; accepted: parts without one of them, or a sum of both")
      }
      own[moved] = coefficient
    }
    return own
  }

  /// The sites as a space of their own with other lengths of spins.
  private func space(_ kinds: [Factor.Kind]) throws -> Space {
    var polynomial = ModelPoint.Operator()
    for (word, coefficient) in try ownTerms() { try polynomial.add(coefficient, word, in: point.scalars) }
    do {
      let basis = try ProductBasis(Factors(kinds.enumerated().map { Factor("s\($0.offset)", $0.element) }))
      return Space(basis: basis, sites: Array(kinds.indices), polynomial: polynomial)
    } catch { throw place.fault(error.description) }
  }

  /// All states of the sites, with zeros on others.
  private func states(of space: Space, _ met: inout Int) throws -> [BasisState] {
    var size = 1
    for site in space.sites {
      size *= space.basis.dimension(ofSite: site) ?? 1
      guard met + size <= Self.greatestSize else {
        throw Unanswered(
          undecided: "a part's Hamiltonian that joins \(met + size) dimensions or more (cap \(Self.greatestSize))")
      }
    }
    met += size
    var numbers = [Array(repeating: 0, count: space.basis.count)]
    for site in space.sites {
      numbers = numbers.flatMap { list in
        (0..<(space.basis.dimension(ofSite: site) ?? 1)).map { number in
          var next = list
          next[site] = number
          return next
        }
      }
    }
    return numbers.compactMap(space.basis.state)
  }

  // MARK: - Levels

  /// Adds the levels of one choice of spins.
  private func collect(
    _ space: Space, _ states: [BasisState], _ copies: Integer, _ isDiagonal: [Bool],
    _ found: inout [ScalarPolynomial: Integer], _ other: inout [PartLevels.Level], within budget: Budget
  ) throws {
    let ring = point.scalars
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    var columns: [[Int: RadicalSum<ScalarPolynomial>]] = []
    var sets = DisjointSets(states.count)
    for (index, state) in states.enumerated() {
      try budget.check()
      var column: [Int: RadicalSum<ScalarPolynomial>] = [:]
      for (image, element) in try space.basis.column(of: space.polynomial, at: state, in: ring) {
        guard let row = places[image], try ring.decision(isZero: element) != .certainlyTrue else { continue }
        column[row] = element
        sets.join(index, row)
      }
      columns.append(column)
    }
    /// How many dimensions a state stands for by its numbers of J_z.
    func count(_ index: Int) -> Integer {
      cells.indices.reduce(copies) { product, position in
        guard let cells = cells[position], isDiagonal[position] else { return product }
        return product * Integer.binomial(cells, space.basis.number(of: space.sites[position], in: states[index]))
      }
    }
    for group in sets.groups {
      if group.count == 1 {
        let level = try columns[group[0]][group[0]].map { try ring.value(of: $0) } ?? ring.number(0)
        found[level, default: 0] += count(group[0])
        continue
      }
      guard group.count <= StateFigures.greatestBlock else {
        throw Unanswered(
          undecided: "a part's Hamiltonian that joins \(group.count) dimensions (cap \(StateFigures.greatestBlock))")
      }
      let matrix = try PartEnergy.matrix(group, point) { columns[$1][$0] }
      for value in try HermitianSpectrum(matrix, bits: point.precision, within: budget).eigenvalues {
        other.append(.init(exact: nil, value: value, count: count(group[0])))
      }
    }
  }
}

extension ProductBasis {
  /// The sites that a letter joins: those on which it is not 1, or all of its own where it is 1 on each.
  func met(by letter: Letter) -> [Int] {
    let support = support(of: letter)
    return support.isEmpty ? Array(sites(of: letter)) : support
  }
}

extension Integer {
  /// n over k.
  static func binomial(_ n: Int, _ k: Int) -> Integer {
    guard (0...max(n, 0)).contains(k) else { return 0 }
    return (0..<min(k, n - k)).reduce(Integer(1)) { ($0 * Integer(n - $1)).dividedDown(by: Integer($1 + 1)) }
  }
}
