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

extension ModeWeight {
  /// One more than all quanta: w = p = 1.
  init(ofModesIn point: ModelPoint) {
    let ones = point.modes.map { _ in 1 }
    self.init(modes: point.modes, weights: ones, powers: ones)
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
///
/// With jumps, G = -iH - sum of R K'L/2 is dissipative on D, and 2 Re <Gx|Ax> <= <x|L*(A)|x> as K'AL summed with R is
/// positive. So where |Gx| <= c |Ax| and L*(A) <= c A the range of s - G is dense for 2 s > c: for y orthogonal to it
/// let x = (1 + hA)^-1 y, which is in the domain of A, and 0 = Re <y|(s - G)x> = Re <x|(s - G)x> + h Re <Ax|(s - G)x>
/// >= s |x|^2 + h (s - c/2) <x|A|x>, so x = 0. By Lumer and Phillips the closure of G generates a semigroup of
/// contractions with D as a core, and with sum of K'L <= c A as well the minimal solution of the master equation keeps
/// the trace and is the only one (Chebotarev and Fagnola, J. Funct. Anal. 153, 382, 1998). |G| <= c A and sum of K'L <=
/// c A hold for all great m, and L*(A) <= c A where the Hamiltonian fulfils the condition above and, for each pair of
/// words of a jump that may enlarge B (``ModeDissipator/pairs(_:)``), the sum of their orders is at most 1/p for each
/// mode that the first one changes (``WeightGrowth/jumps(_:power:)``): again nothing that holds m. A jump like a^k - 1,
/// which only annihilates in one mode, needs no condition but that its other words annihilate one quantum or none.
enum Existence {
  private static let greatestPower = 8
  private static let greatestWeight = 4
  /// The most modes whose weights are looked for together.
  private static let greatestSearch = 4

  /// A weight that proves the flow to exist; nil where none of those tried does, with a word that stands against it.
  static func weight(
    _ terms: [ModeTerm], _ jumps: [ModeDissipator] = [], modes: [Int]
  ) -> (weight: ModeWeight?, obstacle: Obstacle?) {
    // Weights other than one are of use where a word of more than two letters keeps B, or one of a jump of more than
    // one.
    func isStrong(_ term: ModeTerm, _ least: Int) -> Bool {
      !term.changed.isEmpty && modes.indices.reduce(0) { $0 + term.degree($1) } > least
    }
    let strong = terms.filter { isStrong($0, 2) } + jumps.flatMap(\.left).filter { isStrong($0, 1) }
    let involved = modes.indices.filter { mode in strong.contains { $0.change(mode) != 0 } }
    var obstacle: Obstacle?
    for weights in candidates(involved, count: modes.count) {
      var powers = [Int](repeating: 1, count: modes.count)
      search: while true {
        let weight = ModeWeight(modes: modes, weights: weights, powers: powers)
        guard let found = Self.obstacle(weight, terms, jumps) else { return (weight, nil) }
        // The order falls with the powers of modes that the words count but do not change.
        let counted = modes.indices.filter { mode in
          found.words.allSatisfy { $0.change(mode) == 0 } && found.words.contains { $0.degree(mode) > 0 }
            && powers[mode] < greatestPower
        }
        guard !counted.isEmpty else {
          obstacle = obstacle ?? found
          break search
        }
        for mode in counted { powers[mode] += 1 }
      }
    }
    return (nil, obstacle)
  }

  /// What stands against a weight: a word of the Hamiltonian, or two of a jump.
  struct Obstacle {
    let words: [ModeTerm]
    let isJump: Bool
  }

  private static func obstacle(
    _ weight: ModeWeight, _ terms: [ModeTerm], _ jumps: [ModeDissipator]
  ) -> Obstacle? {
    if let term = terms.first(where: { weight.obstacle($0) != nil }) { return Obstacle(words: [term], isJump: false) }
    for pair in jumps.lazy.filter({ $0.loss == nil }).flatMap({ $0.pairs(weight) })
    where weight.obstacle(pair) != nil {
      return Obstacle(words: [pair.word, pair.other], isJump: true)
    }
    return nil
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
  /// A weight that proves the flow of the Hamiltonian and the jumps to exist.
  ///
  /// - Throws: ``BadInput`` where none is found.
  func existenceWeight(_ terms: [ModeTerm], _ jumps: [ModeDissipator] = []) throws -> ModeWeight {
    let (weight, obstacle) = Existence.weight(terms, jumps, modes: modes)
    if let weight { return weight }
    if let obstacle, obstacle.isJump {
      let words = obstacle.words.map { "'\($0.shown(self))'" }
      let shown = words[0] == words[1] ? words[0] : words.joined(separator: " and ")
      throw BadInput(
        "\(model.name): the flow is not proved to exist for the jump with \(shown); accepted: in modes without an end "
          + "jumps linear in the letters of modes, single terms that lower or keep a weighted number of quanta, "
          + "a^k + c, functions of a'a")
    }
    let term = (obstacle?.words.first).map { " for the term '\($0.shown(self))'" } ?? ""
    let message =
      "the flow is not proved to exist\(term); accepted: in modes without an end terms of at most two letters of modes"
      + ", terms that keep a weighted number of quanta, functions of a'a, a'a*(b + b')"
    throw model.hamiltonian.map { $0.fault(message) } ?? BadInput(message)
  }
}
