import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// The Gibbs state exp(-beta H)/Z of a part's Hamiltonian on sites without modes, as a matrix on their basis states.
///
/// On states that H joins, with the clusters c of the spectrum and their projectors P_c, exp(-beta H) is the sum of w_c
/// P_c within r_c in the 2-norm, and so in each element, where exp(-beta x) is within r_c of w_c on the cluster.
struct GibbsState {
  typealias Coefficient = (row: Int, column: Int, number: StateNumber)

  let sites: [Int]
  /// The basis states, with zeros on all other sites.
  private(set) var states: [BasisState] = []
  /// The elements that are not zero.
  private(set) var coefficients: [Coefficient] = []

  /// The most dimensions of the part.
  private static let greatestSize = 4096

  private let part: PartDeclaration
  private let point: ModelPoint

  /// The state on some sites of a part under the terms that act on these.
  init(
    _ part: PartDeclaration, on sites: [Int], _ polynomial: ModelPoint.Operator, _ temperature: InverseTemperature,
    _ point: ModelPoint, within budget: Budget
  ) throws {
    (self.part, self.point, self.sites) = (part, point, sites)
    states = try GibbsState.basis(sites, point)
    let energy = try PartEnergy(polynomial, on: states, point)
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    switch temperature {
    case .number(let formula): try fill(formula, energy, places, within: budget)
    case .infinity(let formula): try fillGround(formula, energy, places, within: budget)
    }
  }

  /// All basis states of some sites.
  private static func basis(_ sites: [Int], _ point: ModelPoint) throws -> [BasisState] {
    var numbers = [Array(repeating: 0, count: point.basis.count)]
    for site in sites {
      let dimension = point.basis.dimension(ofSite: site) ?? 1
      guard numbers.count * dimension <= greatestSize else {
        throw Unanswered(
          undecided: "a Gibbs state on \(numbers.count * dimension) dimensions or more (cap \(greatestSize))")
      }
      numbers = numbers.flatMap { list in
        (0..<dimension).map { number in
          var next = list
          next[site] = number
          return next
        }
      }
    }
    return numbers.compactMap(point.basis.state).sorted()
  }

  private static func groups(_ energy: PartEnergy, _ places: [BasisState: Int]) -> [[Int]] {
    var sets = DisjointSets(places.count)
    for (column, images) in energy.columns.enumerated() {
      for row in images.keys.compactMap({ places[$0] }) { sets.join(row, column) }
    }
    return sets.groups
  }

  private func matrix(_ group: [Int], _ energy: PartEnergy) throws -> HermitianMatrix {
    try StateFigures.check(group.count)
    return try PartEnergy.matrix(group, point) { energy.columns[$1][states[$0]] }
  }

  private mutating func fill(
    _ beta: ModelFormula, _ energy: PartEnergy, _ places: [BasisState: Int], within budget: Budget
  ) throws {
    let ring = point.scalars
    let exact = try point.scalar(beta.expression, beta)
    guard exact.isVisiblyReal else { throw beta.fault("'\(beta.expression)' is not real; accepted: real numbers") }
    if ring.isZero(exact) {
      let share = ring.number(Rational(1, Integer(states.count)))
      coefficients = try states.indices.map { ($0, $0, try StartState.number(share, ring)) }
      return
    }
    let value = try ring.enclosure(exact).real
    let zero = Interval(0, precision: point.precision)
    var found: [(row: Int, column: Int, value: ComplexInterval)] = []
    for group in Self.groups(energy, places) {
      try budget.check()
      if group.count == 1 {
        let level = try energy.columns[group[0]][states[group[0]]].map(ring.enclosure)?.real ?? zero
        found.append((group[0], group[0], ComplexInterval((-(value * level)).exponential, zero)))
        continue
      }
      let sum = try Self.exponential(try matrix(group, energy), group.count, value, point, within: budget)
      for i in group.indices { for j in group.indices { found.append((group[i], group[j], sum[i][j])) } }
    }
    let total = found.reduce(zero) { $1.row == $1.column ? $0 + $1.value.real : $0 }
    coefficients = found.map { row, column, value in
      let scaled = ComplexInterval(value.real / total, value.imaginary / total)
      return (row, column, StateNumber(value: scaled, exact: nil))
    }
  }

  /// exp(-beta H) of a matrix.
  static func exponential(
    _ matrix: HermitianMatrix, _ size: Int, _ beta: Interval, _ point: ModelPoint, within budget: Budget
  ) throws -> [[ComplexInterval]] {
    let zero = Interval(0, precision: point.precision)
    let spectrum = try HermitianSpectrum(matrix, bits: point.precision, within: budget)
    var sum = Array(repeating: Array(repeating: ComplexInterval(zero, zero), count: size), count: size)
    for cluster in spectrum.clusters {
      let weight = (-(beta * cluster.value)).exponential
      guard let middle = weight.midpoint, middle.isFinite else { throw NotToldYet(what: "a Boltzmann factor") }
      let ball = Interval.ball((weight - Interval(middle)).magnitude)
      let projector = spectrum.projector(onto: cluster)
      for i in 0..<size {
        for j in 0..<size {
          let element = projector[i, j]
          let (re, im) = (Interval(middle) * element.real + ball, Interval(middle) * element.imaginary + ball)
          sum[i][j] = sum[i][j] + ComplexInterval(re, i == j ? zero : im)
        }
      }
    }
    return sum
  }

  static func degenerate(_ part: PartDeclaration, _ place: ModelFormula) -> BadInput {
    place.fault("the ground level of '\(part.name)' is degenerate; accepted: gibbs(beta) with a number")
  }

  /// The ground level.
  private mutating func fillGround(
    _ place: ModelFormula, _ energy: PartEnergy, _ places: [BasisState: Int], within budget: Budget
  ) throws {
    let ring = point.scalars
    func refusal() -> BadInput { GibbsState.degenerate(part, place) }
    if let levels = energy.levels {
      let values = try levels.map { try ring.enclosure($0).real }
      guard let least = values.indices.min(by: { values[$0].lower < values[$1].lower }) else { return }
      for other in levels.indices where other != least && values[other].lower <= values[least].upper {
        guard try PassiveOrder.areEqual(levels[other], levels[least], ring) else {
          throw NotToldYet(what: "which level of a part is the lowest")
        }
        throw refusal()
      }
      coefficients = [(least, least, try StartState.number(ring.one, ring))]
      return
    }
    let spectrum = try HermitianSpectrum(
      try matrix(Array(states.indices), energy), bits: point.precision, within: budget)
    let cluster = spectrum.clusters[0]
    guard cluster.multiplicity == 1 else {
      if try isTold(spectrum, energy, places) { throw refusal() }
      throw NotToldYet(what: "whether the ground level of a part is degenerate")
    }
    let projector = spectrum.projector(onto: cluster)
    for i in states.indices {
      for j in states.indices { coefficients.append((i, j, StateNumber(value: projector[i, j], exact: nil))) }
    }
  }

  /// Whether all clusters are single levels, so that one of several dimensions is degenerate.
  private func isTold(
    _ spectrum: HermitianSpectrum, _ energy: PartEnergy, _ places: [BasisState: Int]
  ) throws -> Bool {
    guard states.count <= EnergyProjectors.greatestCounted else { return false }
    let count = try EnergyProjectors.differentEigenvalues(states, point) { row, column in
      places[column].flatMap { energy.columns[$0][row] }
    }
    return count == spectrum.clusters.count
  }
}
