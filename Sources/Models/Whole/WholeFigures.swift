import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// Figures of one state by whole density matrices: no blocks, no levels with counts, no other side of a pure state.
///
/// A spin of N qubits in a part stands for all 2^N states of its qubits: its state on k steps above `down` is the
/// symmetric vector of k of them up, and J_p is the sum of their raising operators. So levels on other j and their
/// counts come out of one matrix.
struct WholeFigures {
  let state: WholeState
  let point: ModelPoint
  let budget: Budget

  init(_ state: WholeState, _ point: ModelPoint, within budget: Budget) {
    (self.state, self.point, self.budget) = (state, point, budget)
  }

  /// The sites that a figure is of.
  func sites(of subject: FigureSubject) throws -> [Int] {
    switch subject {
    case .all: Array(0..<point.basis.count)
    case .part(let part): try sites(ofPart: part)
    case .place(let place): try point.sites(of: place)
    }
  }

  private func sites(ofPart part: Int) throws -> [Int] {
    Set(try point.model.parts[part].places.flatMap(point.sites)).sorted()
  }

  /// Refuses sites without a last level, on which a distance in the trace norm says too little.
  private func requireFinite(_ sites: [Int]) throws {
    guard sites.allSatisfy({ point.basis.dimension(ofSite: $0) != nil }) else {
      throw Unanswered(beyond: "this figure of a mode is not served by the second route")
    }
  }

  /// The reduced state of some sites.
  func density(_ sites: [Int]) throws -> DensityMatrix {
    try requireFinite(sites)
    let (matrix, error) = try state.reduced(sites)
    return try DensityMatrix(matrix, error: error, within: budget)
  }

  // MARK: - Figures of a state alone

  func value(_ figure: StateFigure, _ sites: [Int]) throws -> Interval {
    if figure == .negativity { return try negativity(sites) }
    let density = try density(sites)
    switch figure {
    case .purity: return density.purity
    case .entropy: return density.entropy
    case .coherence: return density.coherence
    case .largestEigenvalue: return density.populations[0]
    case .negativity: return density.purity
    }
  }

  private func negativity(_ sites: [Int]) throws -> Interval {
    let all = Array(0..<point.basis.count)
    let isFermion = all.contains { point.basis.factors[point.basis.factor(ofSite: $0)].kind == .fermion }
    guard !isFermion else { throw Unanswered(beyond: "the negativity of fermions") }
    return try density(all).negativity(state.space.sizes, cut: sites, within: budget)
  }

  func concurrence(_ x: PartDeclaration.Place, _ y: PartDeclaration.Place) throws -> Interval {
    let sites = Set(try point.sites(of: x) + point.sites(of: y)).sorted()
    let density = try density(sites)
    guard sites.count == 2, density.dimension == 4 else {
      throw x.entry.fault("the concurrence is one of two different qubits; accepted: two qubits")
    }
    return try ConvexRoof.concurrence(of: density.matrix, within: budget)
      .intersection(Interval(from: 0, to: 1, precision: point.precision))
  }

  func distance(_ figure: DistanceFigure, _ sites: [Int], _ other: DensityMatrix) throws -> Interval {
    let own = try density(sites)
    switch figure {
    case .fidelity: return try Fidelity.enclosure(own, other, within: budget)
    case .traceDistance: return try own.traceDistance(to: other, within: budget)
    }
  }

  // MARK: - Parts with their Hamiltonians

  /// A part's state and Hamiltonian.
  private struct Part {
    let state: DensityMatrix
    let hamiltonian: HermitianMatrix
  }

  private func part(_ part: Int, isExpanded: Bool) throws -> Part {
    let sites = try sites(ofPart: part)
    try requireFinite(sites)
    let formula = point.model.parts[part].hamiltonian
    _ = try point.hermitian(formula)
    let spins = sites.filter {
      point.model.factors[point.basis.factor(ofSite: $0).position].isOfQubits
        && point.basis.dimension(ofSite: $0) ?? 0 > 2
    }
    let space = try WholeSpace(sites, levels: [:], expanded: isExpanded ? Set(spins) : [], point)
    guard space.dimension <= WholeState.greatestPart else {
      throw Unanswered(beyond: "a part of \(space.dimension) dimensions (cap \(WholeState.greatestPart))")
    }
    let written = try point.asWritten(formula)
    let hamiltonian = try space.matrix(try space.terms(written), within: budget).hermitian(precision: point.precision)
    let (matrix, error) = try state.reduced(sites)
    let plain = try WholeSpace(sites, levels: [:], point)
    let zero = ComplexInterval.zero(precision: point.precision)
    // Of each state the symmetric one that it is part of, with its share 1/sqrt(C(N, k)).
    let shares = (0..<space.dimension).map { index -> (place: Int, share: Interval) in
      var (numbers, share) = (space.numbers(index), Interval(1, precision: point.precision))
      for (place, site) in sites.enumerated() where isExpanded && spins.contains(site) {
        numbers[place] = numbers[place].nonzeroBitCount
        let count = Integer.binomial((point.basis.dimension(ofSite: site) ?? 1) - 1, numbers[place])
        share = share / Interval(count, precision: point.precision).squareRoot
      }
      return (plain.index(numbers) ?? 0, share)
    }
    let embedded = HermitianMatrix(space.dimension, precision: point.precision) { row, column in
      let (x, y) = (shares[row], shares[column])
      let (element, factor) = (matrix[x.place, y.place], x.share * y.share)
      return element.isExactlyZero ? zero : ComplexInterval(element.real * factor, element.imaginary * factor)
    }
    return Part(state: try DensityMatrix(embedded, error: error, within: budget), hamiltonian: hamiltonian)
  }

  func value(_ figure: EnergyFigure, _ index: Int) throws -> Interval {
    let whole = try part(index, isExpanded: true)
    let energies = try Ergotropy(of: whole.state, in: whole.hamiltonian, within: budget)
    switch figure {
    case .ergotropy: return energies.value
    case .passive: return energies.passiveEnergy
    case .capacity: return energies.capacity
    case .incoherentErgotropy, .coherentErgotropy, .energyCoherence: break
    }
    // Levels on other j hold nothing of the state.
    let local = try part(index, isExpanded: false)
    let dephased = try dephased(local)
    if figure == .energyCoherence { return (dephased.entropy - local.state.entropy).nonNegative }
    guard whole.hamiltonian.dimension == local.hamiltonian.dimension else {
      throw Unanswered(beyond: "what dephasing leaves of a spin of qubits is not served by the second route")
    }
    let incoherent = try Ergotropy(of: dephased, in: local.hamiltonian, within: budget).value
    return figure == .incoherentErgotropy ? incoherent : (energies.value - incoherent).nonNegative
  }

  func copies(_ index: Int, _ count: Int) throws -> Interval {
    let whole = try part(index, isExpanded: true)
    guard count >= 1, StateCopies.count(dimension: whole.hamiltonian.dimension, copies: count) != nil else {
      throw Unanswered(beyond: "\(count) copies of \(whole.hamiltonian.dimension) dimensions by the second route")
    }
    return try StateCopies.ergotropy(of: whole.state, in: whole.hamiltonian, copies: count, within: budget)
  }

  /// The sum of P r P over the levels, where all of them are told apart.
  private func dephased(_ part: Part) throws -> DensityMatrix {
    let spectrum = try HermitianSpectrum(part.hamiltonian, bits: point.precision, within: budget)
    guard spectrum.clusters.allSatisfy({ $0.multiplicity == 1 }) else {
      throw Unanswered(beyond: "levels that the second route does not tell apart")
    }
    let n = part.hamiltonian.dimension
    let zero = ComplexInterval.zero(precision: point.precision)
    var sum = Array(repeating: Array(repeating: zero, count: n), count: n)
    for cluster in spectrum.clusters {
      let p = spectrum.projector(onto: cluster)
      // P r P = Tr(P r) P for a single level.
      let weight = p.trace(with: part.state.computed)
      for row in 0..<n {
        for column in 0...row {
          let value = p[row, column]
          sum[row][column] = sum[row][column] + ComplexInterval(weight * value.real, weight * value.imaginary)
        }
      }
    }
    return try DensityMatrix(
      HermitianMatrix(n, precision: point.precision) { sum[$0][$1] }, error: part.state.error, within: budget)
  }

  // MARK: - States that others are held against

  /// The product of states of sites.
  static func density(
    _ frames: [SiteFrame], _ sites: [Int], _ point: ModelPoint, within budget: Budget
  ) throws -> DensityMatrix {
    try DensityMatrix(try matrix(frames, sites, point), within: budget)
  }

  /// The elements of a product of states of sites.
  static func matrix(_ frames: [SiteFrame], _ sites: [Int], _ point: ModelPoint) throws -> HermitianMatrix {
    let space = try WholeSpace(sites, levels: [:], point)
    guard !frames.contains(where: { $0.vectors.contains { $0.contains(where: \.isOpen) } }),
      space.dimension <= WholeState.greatestPart,
      Set(frames.flatMap(\.sites)) == Set(sites)
    else { throw Unanswered(beyond: "a state that the second route does not hold another one against") }
    let places = sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    let ring = point.scalars
    let zero = ComplexInterval.zero(precision: point.precision)
    let one = ComplexInterval(Interval(1, precision: point.precision), zero.real)
    func amplitude(_ states: [SiteState], _ frame: SiteFrame, _ numbers: [Int]) throws -> ComplexInterval {
      try zip(states, frame.sites).reduce(one) { product, pair in
        guard let place = places[pair.1], let value = pair.0.amplitudes[numbers[place]] else { return zero }
        return product * (try ring.enclosure(value))
      }
    }
    var rows = Array(repeating: Array(repeating: zero, count: space.dimension), count: space.dimension)
    for row in 0..<space.dimension {
      for column in 0...row {
        let (left, right) = (space.numbers(row), space.numbers(column))
        rows[row][column] = try frames.reduce(one) { product, frame in
          let sum = try frame.coefficients.reduce(zero) { sum, c in
            let (a, b) = (
              try amplitude(frame.vectors[c.row], frame, left), try amplitude(frame.vectors[c.column], frame, right)
            )
            return sum + c.number.value * a * b.conjugate
          }
          return product * sum
        }
      }
    }
    return HermitianMatrix(space.dimension, precision: point.precision) { rows[$0][$1] }
  }
}
