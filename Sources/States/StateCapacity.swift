import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The capacity of a state of a battery, the greatest less the least mean energy that unitaries reach (Yang et al.,
/// Phys. Rev. Lett. 131, 030402, 2023):
///
///     C = sum over i of e_i (l_i - l_(d-1-i)),     energies e and eigenvalues l of the state in rising order.
///
/// That the formula is this difference is derived in `docs/capacity.md` under the heading "Capacity formula".
public enum StateCapacity {
  /// The capacity, in the unit of the energies.
  ///
  /// - Parameters:
  ///   - state: a density matrix.
  ///   - energies: the eigenvalues of the Hamiltonian, in any order; the capacity does not depend on its eigenvectors.
  /// - Throws: ``BadInput`` when there is not one energy for each row; `Unanswered` when the state is not bounded
  ///   or the time is over.
  public static func capacity(
    of state: HermitianMatrix, energies: [Interval], within budget: Budget = Budget()
  ) throws -> Interval {
    let eigenvalues = try HermitianSpectrum(state, bits: state.precision, within: budget).eigenvalues
    return try capacity(eigenvalues: eigenvalues, energies: energies)
  }

  /// The capacity from the eigenvalues of a state, in any order.
  ///
  /// - Throws: ``BadInput`` when the counts differ or are zero.
  public static func capacity(eigenvalues: [Interval], energies: [Interval]) throws(BadInput) -> Interval {
    try check(eigenvalues, energies)
    let (l, e) = (rising(eigenvalues), rising(energies))
    return e.indices.reduce(Interval(0, precision: 64)) { $0 + e[$1] * (l[$1] - l[l.count - 1 - $1]) }
  }

  /// The same by trying all orders of the eigenvalues: the greatest less the least of the energies that permutations
  /// reach.
  ///
  /// The number of orders is the factorial of the dimension: a check for small ones.
  ///
  /// - Throws: ``BadInput`` when the counts differ or are zero, or beyond eight dimensions.
  package static func capacityByPermutations(eigenvalues: [Interval], energies: [Interval]) throws(BadInput) -> Interval
  {
    try check(eigenvalues, energies)
    guard energies.count <= 8 else {
      throw BadInput("capacity by permutations: \(energies.count) dimensions; accepted: 1 to 8")
    }
    var order = eigenvalues
    var (greatest, least): (Interval?, Interval?) = (nil, nil)
    // Heap's algorithm visits every order once.
    func visit(_ k: Int) {
      if k <= 1 {
        let energy = order.indices.reduce(Interval(0, precision: 64)) { $0 + energies[$1] * order[$1] }
        greatest = greatest?.maximum(energy) ?? energy
        least = least?.minimum(energy) ?? energy
        return
      }
      for i in 0..<k {
        visit(k - 1)
        if i < k - 1 { order.swapAt(k.isMultiple(of: 2) ? i : 0, k - 1) }
      }
    }
    visit(order.count)
    guard let greatest, let least else { return Interval(0, precision: 64) }
    return greatest - least
  }

  private static func check(_ eigenvalues: [Interval], _ energies: [Interval]) throws(BadInput) {
    guard !energies.isEmpty, energies.count == eigenvalues.count else {
      throw BadInput(
        """
        capacity: \(energies.count) energies for \(eigenvalues.count) eigenvalues; accepted: as many of each, at least \
        one
        """
      )
    }
  }

  /// Enclosures of the numbers in rising order: the i-th least of numbers is between the i-th least of their lower and
  /// of their upper bounds.
  package static func rising(_ values: [Interval]) -> [Interval] {
    zip(values.map(\.lower).sorted(), values.map(\.upper).sorted()).map {
      Interval($0, $1) ?? .entire(precision: 64)
    }
  }
}
