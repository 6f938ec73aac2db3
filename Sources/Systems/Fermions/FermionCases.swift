import ArbitraryPrecision
import Catalogue

/// Cases of random fermions. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the
/// ids.
enum FermionCases {
  static let all: [CaseList] = [
    CaseList("fermions.charging-time", inputs: FermionInstance.all.map { ($0.tagged, $0.flags) }).refusing(faults),
    CaseList("fermions.atom", inputs: atoms).refusing(faults),
    CaseList("fermions.negativity", inputs: negativities).refusing(faults),
    CaseList("quasi.fermion-time", ["4 2 1", "6 2 3", "5 3 2"]),
    CaseList("quasi.fermion-atom", ["4 2 1 1/2 2", "4 2 1 1/2 -1 sign-convention", "5 3 2 1/2 -3/2 sign-convention"]),
    CaseList("quasi.fermion-negativity", ["4 2 1 1/2", "6 2 2 0 cancellation"]),
    CaseList("quasi.fermion-least-atom", ["4 2 1 1/2 sign-convention", "6 2 2 1/2 sign-convention"]),
    CaseList("quasi.fermion-negativity-ratio", ["4 2 1 0", "6 2 2 0 cancellation"]),
  ]

  /// All atoms of p_0 and p_1/2 of three instances.
  private static let atoms: [(values: [TaggedValue], flags: [CaseFlag])] =
    [(4, 2), (6, 2), (8, 4)].flatMap { modes, order in
      let instance = FermionInstance(modes: modes, order: order, seed: 1)
      return [Rational(0), Rational(1, 2)].flatMap { q in
        instance.couplings.works(q: q).map { w in
          (instance.tagged + [.rational("\(q)"), .rational("\(w)")], instance.flags)
        }
      }
    }

  /// At q = 1/2 every instance; at q = 0, where it is small, those that are no flip.
  private static let negativities: [(values: [TaggedValue], flags: [CaseFlag])] =
    FermionInstance.all.map { ($0.tagged + [.rational("1/2")], $0.flags) }
    + FermionInstance.all.filter { 2 * $0.order <= $0.modes }.map {
      ($0.tagged + [.rational("0")], $0.flags + [.cancellation])
    }

  /// The first good case has four modes and six couplings.
  private static let faults: [CaseList.Fault] = [
    CaseList.Fault("N-zero", "N = 0", ["N": .integer("0")]),
    CaseList.Fault("k-zero", "k = 0", ["k": .integer("0")]),
    CaseList.Fault("k-above-N", "k = N + 1", ["k": .integer("5")]),
    CaseList.Fault(
      "too-few-couplings", "a coupling has no imaginary part", ["couplings": couplings([0.5, 1, -1], padded: 11)]),
    CaseList.Fault(
      "too-many-couplings", "a coupling for no set of modes", ["couplings": couplings([0.5, 1, -1], padded: 14)]),
    CaseList.Fault(
      "nan", "a coupling is not a number", ["couplings": couplings([0.5, .nan], padded: 12)]),
    CaseList.Fault(
      "infinite", "a coupling is infinite", ["couplings": couplings([0.5, .infinity], padded: 12)]),
    CaseList.Fault("no-coupling", "all couplings are zero", ["couplings": couplings([], padded: 12)]),
  ]

  private static func couplings(_ first: [Double], padded count: Int) -> TaggedValue {
    .vector((first + Array(repeating: 0, count: count - first.count)).map(\.bitPattern))
  }
}

extension FermionInstance {
  /// N, k and the couplings.
  fileprivate var tagged: [TaggedValue] {
    [.integer("\(modes)"), .integer("\(order)"), .vector(couplings.elements.map(\.bitPattern))]
  }

  /// Where different products of annihilators meet, their order and their signs count.
  fileprivate var flags: [CaseFlag] { 2 * order <= modes ? [.signConvention, .basisOrder] : [] }
}
