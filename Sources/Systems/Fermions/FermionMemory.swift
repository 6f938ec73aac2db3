import Catalogue
import RigorousNumerics

/// Charges of fermion modes and their laws that were found before, by the couplings themselves: whether these come of a
/// seed or are given does not matter.
enum FermionMemory {
  private struct LawKey: Hashable {
    let couplings: FermionCouplings
    let bits: Int
  }

  private static let charges = KnownMaxima<FermionCouplings, FermionCharge>()
  private static let laws = KnownMaxima<LawKey, WorkTransitions>()

  /// The charge of some couplings.
  static func charge(_ couplings: FermionCouplings, within budget: Budget) throws -> FermionCharge {
    try charges.value(for: couplings) { try FermionCharge(couplings, within: budget) }
  }

  /// The transitions in the second half of the charge, at some bits.
  static func transitions(
    _ couplings: FermionCouplings, bits: Int, within budget: Budget
  ) throws -> WorkTransitions {
    try laws.value(for: LawKey(couplings: couplings, bits: bits)) {
      try charge(couplings, within: budget).transitions(bits: bits, within: budget)
    }
  }
}
