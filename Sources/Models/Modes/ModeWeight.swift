import ArbitraryPrecision
import Catalogue
import Operators

/// A function of the quanta that measures how far out a state of the modes lies:
///
///     B = 1 + sum over the modes of w_k n_k^(p_k),
///
/// with w_k >= 1 and p_k >= 1; its powers B^m are the comparison operators A of ``Existence``.
struct ModeWeight: Hashable, Sendable {
  /// The sites of the modes.
  let modes: [Int]
  /// w.
  let weights: [Int]
  /// p.
  let powers: [Int]

  /// B of a basis state.
  func value(_ state: BasisState, _ basis: ProductBasis) -> Integer {
    modes.indices.reduce(Integer(1)) { sum, mode in
      sum + Integer(basis.number(of: modes[mode], in: state)).power(powers[mode]) * Integer(weights[mode])
    }
  }

  /// The order of a word: its magnitude is at most a constant times B^order. Half the letters of each mode, each
  /// counted as 1/p.
  func order(_ term: ModeTerm) -> Rational {
    modes.indices.reduce(Rational(0)) { $0 + Rational(Integer(term.degree($1)), Integer(2 * powers[$1])) }
  }

  /// The greatest order of the words of an operator.
  func order(_ terms: [ModeTerm]) -> Rational { terms.reduce(Rational(0)) { max($0, order($1)) } }

  /// Whether a word keeps B.
  func isKept(by term: ModeTerm) -> Bool {
    let changed = term.changed
    return changed.allSatisfy { powers[$0] == 1 } && changed.reduce(0) { $0 + weights[$1] * term.change($1) } == 0
  }

  /// A mode for which the condition of ``Existence`` on a word fails; nil where it holds.
  func obstacle(_ term: ModeTerm) -> Int? {
    if isKept(by: term) { return nil }
    let order = order(term)
    return term.changed.first { order > Rational(Integer(1), Integer(powers[$0])) }
  }
}

/// That the Schroedinger equation of a Hamiltonian with modes has one solution for every start (Nelson's commutator
/// theorem; Reed and Simon II, X.37).
///
/// Let A >= 1 be self-adjoint, and H symmetric on a core D of A, with |Hx| <= c |Ax| and |<Hx|Ax> - <Ax|Hx>| <= c
/// <x|A|x> on D. Then H is essentially self-adjoint on D. Here D are the finite combinations of basis states, which H
/// maps into itself, and A = B^m is diagonal with a ``ModeWeight`` B. H is a sum of words, each a weighted shift M from
/// n to n' with
///
///     |M| <= C B*^order,   |B(n') - B(n)| <= C' B*^((p - 1)/p),   B* the greater one of B and B',
///
/// p being the greatest power of the modes that it changes. With A = B^m:
///
/// 1. |Mx| <= c |Ax| where the order is at most m. Any m from the greatest order on will do.
/// 2. The commutator has the elements M (A(n) - A(n')), at most c sqrt(A A') where order + (p - 1)/p <= 1: the
///    difference is at most m B*^(m-1) |B' - B| (for m >= 1), and B*/B is bounded. A weighted shift K with |K| <= c
///    sqrt(A A') has |<x|K|x>| <= c sum of (A |x_n|^2 + A' |x_n'|^2)/2 <= c <x|A|x>, since each n' is met once. Where M
///    keeps B there is no commutator at all.
///
/// So one condition on w and p is left, order <= 1/p for each mode that a word changes unless the word keeps B, and it
/// does not hold m. It takes quadratic terms at any coupling (p = 1), exchanges of quanta of any degree (w), and terms
/// like a'a (b + b') (p = 2 for a). The constants are found where they are needed, in ``WeightGrowth``.
enum Existence {
  private static let greatestPower = 8
  private static let greatestWeight = 4
  /// The most modes whose weights are looked for together.
  private static let greatestSearch = 4

  /// A weight that proves the flow to exist; nil where none of those tried does, with a word that stands against it.
  static func weight(_ terms: [ModeTerm], modes: [Int]) -> (weight: ModeWeight?, obstacle: ModeTerm?) {
    // Weights other than one are of use where a word of more than two letters keeps B.
    let strong = terms.filter { term in
      !term.changed.isEmpty && modes.indices.reduce(0) { $0 + term.degree($1) } > 2
    }
    let involved = modes.indices.filter { mode in strong.contains { $0.change(mode) != 0 } }
    var obstacle: ModeTerm?
    for weights in candidates(involved, count: modes.count) {
      var powers = [Int](repeating: 1, count: modes.count)
      search: while true {
        let weight = ModeWeight(modes: modes, weights: weights, powers: powers)
        guard let term = terms.first(where: { weight.obstacle($0) != nil }) else { return (weight, nil) }
        // The order falls with the powers of modes that the word counts but does not change.
        let counted = modes.indices.filter { term.change($0) == 0 && term.degree($0) > 0 && powers[$0] < greatestPower }
        guard !counted.isEmpty else {
          obstacle = obstacle ?? term
          break search
        }
        for mode in counted { powers[mode] += 1 }
      }
    }
    return (nil, obstacle)
  }

  /// Weights from 1 on, the lightest first.
  private static func candidates(_ involved: [Int], count: Int) -> [[Int]] {
    let plain = [Int](repeating: 1, count: count)
    guard involved.count <= greatestSearch else { return [plain] }
    var all = [plain]
    for mode in involved {
      all = all.flatMap { weights in
        (1...greatestWeight).map { value in
          var next = weights
          next[mode] = value
          return next
        }
      }
    }
    return all.sorted { ($0.reduce(0, +), $0.description) < ($1.reduce(0, +), $1.description) }
  }
}

extension ModelPoint {
  /// A weight that proves the flow of the Hamiltonian to exist.
  ///
  /// - Throws: ``BadInput`` where none is found.
  func existenceWeight(_ terms: [ModeTerm]) throws -> ModeWeight {
    let (weight, obstacle) = Existence.weight(terms, modes: modes)
    if let weight { return weight }
    let term = obstacle.map { " for the term '\($0.shown(self))'" } ?? ""
    let message =
      "the flow is not proved to exist\(term); accepted: in modes without an end terms of at most two letters of modes"
      + ", terms that keep a weighted number of quanta, functions of a'a, a'a*(b + b')"
    throw model.hamiltonian.map { $0.fault(message) } ?? BadInput(message)
  }
}
