/// Cases of random fermions. A row: the parameters in order, then flags.
///
/// Rows are never removed or put in another order, only added at the end, since their places are the numbers of the ids.
enum FermionCases {
  static let all: [CaseList] = [
    CaseList("quasi.fermion-time", ["4 2 1", "6 2 3", "5 3 2"]),
    CaseList("quasi.fermion-atom", ["4 2 1 1/2 2", "4 2 1 1/2 -1 sign-convention", "5 3 2 1/2 -3/2 sign-convention"]),
    CaseList("quasi.fermion-negativity", ["4 2 1 1/2", "6 2 2 0 cancellation"]),
    CaseList("quasi.fermion-least-atom", ["4 2 1 1/2 sign-convention", "6 2 2 1/2 sign-convention"]),
    CaseList("quasi.fermion-negativity-ratio", ["4 2 1 0", "6 2 2 0 cancellation"]),
  ]
}
