/// Couplings of a seed, by which figures and cases name them.
struct FermionInstance: Sendable, Hashable {
  /// N.
  let modes: Int
  /// k.
  let order: Int
  /// The seed of the generator.
  let seed: UInt64

  /// N = 4 ... 10, k = 2 and 4, seeds 1, 2 and 3.
  static let all: [FermionInstance] = [2, 4].flatMap { k in
    (4...10).flatMap { n in (1...3).map { FermionInstance(modes: n, order: k, seed: $0) } }
  }

  /// Its couplings.
  var couplings: FermionCouplings { FermionCouplings(modes: modes, order: order, seed: seed) }
}
