import ArbitraryPrecision
import Operators
import RigorousNumerics
import States

/// What is decided of a state without coherence between levels: which populations stand on which levels, and whether
/// they fall with them.
struct PassiveOrder {
  private let local: LocalState
  private let own: [ScalarPolynomial]?
  private let levels: PartLevels
  private let point: ModelPoint

  init(_ local: LocalState, _ energy: PartEnergy, _ levels: PartLevels, _ point: ModelPoint) {
    (self.local, self.levels, self.point) = (local, levels, point)
    own = local.distance.traceNorm.signum == 0 ? energy.levels : nil
  }

  /// Whether two levels are equal.
  ///
  /// - Throws: ``NotToldYet``.
  static func areEqual(_ a: ScalarPolynomial, _ b: ScalarPolynomial, _ ring: ModelScalars) throws -> Bool {
    if a == b { return true }
    switch try ring.decision(isZero: ring.sum(a, -b)) {
    case .certainlyTrue: return true
    case .certainlyFalse: return false
    case .undecided: throw NotToldYet(what: "whether two levels of a part are equal")
    }
  }

  /// The state as rational populations of rational levels of all dimensions; nil where it is none.
  func exactState() throws -> DiagonalState? {
    guard let own, levels.isWhole else { return nil }
    var terms: [DiagonalState.Term: Integer] = [:]
    var free: [Rational: Integer] = [:]
    for level in levels.levels {
      guard let number = level.exact?.number else { return nil }
      free[number.real, default: 0] += level.count
    }
    for (place, element) in local.elements {
      guard place.row == place.column else { return nil }
      guard let number = element.exact?.number, let level = own[place.row].number else { return nil }
      terms[.init(population: number.real, energy: level.real), default: 0] += 1
      free[level.real, default: 0] -= 1
    }
    for (level, count) in free where count.signum > 0 {
      terms[.init(population: 0, energy: level), default: 0] += count
    }
    return DiagonalState(terms: terms)
  }

  /// The least and the greatest population on a level.
  private struct Filling {
    let level: ScalarPolynomial
    let value: Interval
    var populations: [Population] = []
    /// Dimensions of the level that nothing stands on.
    var free: Integer
  }

  private struct Population {
    let value: Interval
    let exact: ScalarPolynomial?
  }

  /// Whether the populations certainly fall where the levels rise, so that no unitary takes energy out.
  ///
  /// Populations of a level are the eigenvalues of the state's block on it. No is no answer: it may only be unseen.
  func isPassive(within budget: Budget) throws -> Bool {
    guard let own else { return false }
    let ring = point.scalars
    var fillings: [Filling] = []
    func place(of level: ScalarPolynomial) throws -> Int? {
      try fillings.firstIndex { try Self.areEqual($0.level, level, ring) }
    }
    guard levels.levels.count <= 512 else { return false }
    for level in levels.levels {
      guard let exact = level.exact else { return false }
      if let known = try place(of: exact) {
        fillings[known].free += level.count
      } else {
        fillings.append(Filling(level: exact, value: try ring.enclosure(exact).real, free: level.count))
      }
    }
    for group in local.groups {
      guard try group.dropFirst().allSatisfy({ try Self.areEqual(own[group[0]], own[$0], ring) }),
        let level = try place(of: own[group[0]])
      else { return false }
      if group.count == 1 {
        guard let element = local.elements[.init(row: group[0], column: group[0])] else { continue }
        fillings[level].populations.append(.init(value: element.value.real, exact: element.exact))
      } else {
        let values = try HermitianSpectrum(local.matrix(group), bits: point.precision, within: budget).eigenvalues
        fillings[level].populations += values.map { .init(value: $0, exact: nil) }
      }
      fillings[level].free -= Integer(group.count)
    }
    // Distinct levels have enclosures apart, or are in no certain order.
    fillings.sort { $0.value.lower < $1.value.lower }
    for (a, b) in zip(fillings, fillings.dropFirst()) where a.value.upper >= b.value.lower { return false }
    let nothing = Population(value: Interval(0, precision: point.precision), exact: ring.number(0))
    for (low, high) in zip(fillings, fillings.dropFirst()) {
      let below = low.populations + (low.free.signum > 0 ? [nothing] : [])
      let above = high.populations + (high.free.signum > 0 ? [nothing] : [])
      for p in above { for q in below where try !isAtMost(p, q) { return false } }
    }
    return true
  }

  private func isAtMost(_ p: Population, _ q: Population) throws -> Bool {
    if p.value.upper <= q.value.lower { return true }
    guard let x = p.exact, let y = q.exact else { return false }
    return try point.scalars.decision(isZero: point.scalars.sum(x, -y)) == .certainlyTrue
  }
}
