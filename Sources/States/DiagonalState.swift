import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// A state diagonal in the energies, with exact populations: all figures are exact.
public struct DiagonalState: Sendable {
  /// A population of each of some dimensions of equal energy.
  public struct Term: Sendable, Hashable {
    /// The population of one dimension.
    public let population: Rational
    /// The energy.
    public let energy: Rational

    /// A population with an energy.
    package init(population: Rational, energy: Rational) { (self.population, self.energy) = (population, energy) }
  }

  /// How many dimensions have a population and an energy.
  public let terms: [Term: Integer]

  /// The state with a population for each energy.
  ///
  /// - Throws: ``BadInput`` when the numbers of both differ, a population is negative or their sum is not one, with
  ///   what it is off by.
  public init(populations: [Rational], energies: [Rational]) throws(BadInput) {
    guard populations.count == energies.count, !energies.isEmpty else {
      throw BadInput(
        "\(populations.count) populations and \(energies.count) energies; accepted: equally many, at least one")
    }
    if let negative = populations.first(where: { $0.signum < 0 }) {
      throw BadInput("the population \(negative) is negative; accepted: 0 or more")
    }
    let sum = populations.reduce(0, +)
    guard sum == 1 else { throw BadInput("the populations add up to \(sum); accepted: 1") }
    terms = Dictionary(zip(populations, energies).map { (Term(population: $0, energy: $1), 1) }, uniquingKeysWith: +)
  }

  /// The state of two matrices that are diagonal with exact elements; nil when they are not.
  package init?(_ state: HermitianMatrix, _ hamiltonian: HermitianMatrix) {
    func diagonal(_ matrix: HermitianMatrix) -> [Rational]? {
      var result: [Rational] = []
      for row in 0..<matrix.dimension {
        for column in 0..<row {
          let element = matrix[row, column]
          guard element.real.certainSign == 0, element.imaginary.certainSign == 0 else { return nil }
        }
        let element = matrix.realPart(row, row)
        guard element.isPoint, let value = element.lower.rational else { return nil }
        result.append(value)
      }
      return result
    }
    guard let populations = diagonal(state), let energies = diagonal(hamiltonian),
      let made = try? DiagonalState(populations: populations, energies: energies)
    else { return nil }
    self = made
  }

  /// The state of two exact matrices that are diagonal with rational elements; nil when they are not.
  package init?(_ state: ExactMatrix, _ hamiltonian: ExactMatrix) {
    guard state.isRational, hamiltonian.isRational, state.isDiagonal == .certainlyTrue,
      hamiltonian.isDiagonal == .certainlyTrue
    else { return nil }
    func diagonal(_ matrix: ExactMatrix) -> [Rational] {
      (0..<matrix.dimension).compactMap { matrix[$0, $0].real.rational }
    }
    guard let made = try? DiagonalState(populations: diagonal(state), energies: diagonal(hamiltonian)) else {
      return nil
    }
    self = made
  }

  /// The state of populations and energies that were checked.
  package init(terms: [Term: Integer]) { self.terms = terms }

  /// Several copies, with the sum of the energies.
  public func copies(_ count: Int) -> DiagonalState {
    demand(count >= 1, "copies: at least one")
    var result = terms
    for _ in 1..<count {
      var next: [Term: Integer] = [:]
      for (a, m) in result {
        for (b, n) in terms {
          next[Term(population: a.population * b.population, energy: a.energy + b.energy), default: 0] += m * n
        }
      }
      result = next
    }
    return DiagonalState(terms: result)
  }

  /// Tr(rho H).
  public var energy: Rational {
    terms.reduce(0) { $0 + Rational($1.value) * $1.key.population * $1.key.energy }
  }

  /// The least energy that a unitary leads to.
  public var passiveEnergy: Rational { filled(from: terms.sorted { $0.key.population > $1.key.population }) }

  /// The greatest energy that a unitary leads to.
  public var activeEnergy: Rational { filled(from: terms.sorted { $0.key.population < $1.key.population }) }

  private func filled(from populations: [(key: Term, value: Integer)]) -> Rational {
    let levels = terms.sorted { $0.key.energy < $1.key.energy }.map { (energy: $0.key.energy, count: $0.value) }
    return PassiveFilling.pairs(populations.map { (value: $0.key.population, count: $0.value) }, on: levels)
      .reduce(0) { $0 + Rational($1.count) * $1.population * $1.energy }
  }

  /// The energy that a unitary can take out at most.
  public var ergotropy: Rational { energy - passiveEnergy }

  /// The greatest energy less the least one.
  public var capacity: Rational { activeEnergy - passiveEnergy }
}
