import ArbitraryPrecision
import RigorousNumerics

/// A jump of the master equation as the modes see it: R (L rho K' - (K'L rho + rho K'L)/2), K being L but for jumps
/// that are correlated.
struct ModeDissipator {
  /// The words of L.
  let left: [ModeTerm]
  /// The words of K.
  let right: [ModeTerm]
  /// At least |R|.
  let rate: Interval
  /// Whether K is L, and the real part of R not negative.
  let isSingle: Bool

  /// The words of jumps of which the coefficients are those at all times that a point stands for.
  static func terms(of dissipators: [Dissipator], modes: [Int], _ point: ModelPoint) throws -> [ModeDissipator] {
    try dissipators.map { jump in
      let rate = try point.scalars.enclosure(jump.rate)
      guard rate.isBounded, !rate.isEmpty else { throw NotToldYet(what: "a rate") }
      return ModeDissipator(
        left: try ModeTerm.terms(of: jump.left, modes: modes, point),
        right: try ModeTerm.terms(of: jump.right, modes: modes, point),
        rate: rate.magnitude.greatest.rounded(to: 64),
        // Rates that depend on the time are those of single jumps, and proved not to be negative.
        isSingle: jump.left == jump.right && (jump.rate.holdsTime || rate.real.lower.signum >= 0))
    }
  }

  /// The mode and the number of annihilations of each word where a jump only annihilates in one mode, all words but
  /// those of the most annihilations one quantum or none: see ``WeightGrowth/loss(_:power:)``; nil of others.
  var loss: (mode: Int, greatest: Int, rest: [(count: Int, size: Interval)])? {
    guard isSingle else { return nil }
    var modes: Set<Int> = []
    for term in left {
      guard term.creations.allSatisfy({ $0 == 0 }) else { return nil }
      modes.formUnion(term.changed)
    }
    guard let mode = modes.first, modes.count == 1 else { return nil }
    let greatest = left.reduce(0) { max($0, $1.annihilations[mode]) }
    var rest: [(count: Int, size: Interval)] = []
    for term in left where term.annihilations[mode] < greatest {
      guard term.annihilations[mode] <= 1 else { return nil }
      rest.append((term.annihilations[mode], term.size))
    }
    return (mode, greatest, rest)
  }

  /// Pairs of words M of L and W of K which may enlarge a power of B: see ``WeightGrowth/jumps(_:power:)``.
  func pairs(_ weight: ModeWeight) -> [(word: ModeTerm, other: ModeTerm)] {
    left.indices.filter { !weight.isKept(by: left[$0]) }.flatMap { j in
      right.indices.compactMap { i in
        isSingle && i == j && weight.isLowered(by: left[j]) ? nil : (left[j], right[i])
      }
    }
  }
}

extension ModeWeight {
  /// Whether a word makes B no greater anywhere.
  func isLowered(by term: ModeTerm) -> Bool {
    let changed = term.changed
    if changed.allSatisfy({ term.change($0) < 0 }) { return true }
    return changed.allSatisfy { powers[$0] == 1 } && changed.reduce(0) { $0 + weights[$1] * term.change($1) } <= 0
  }

  /// A mode for which the condition of ``Existence`` on a pair of words of a jump fails; nil where it holds.
  func obstacle(_ pair: (word: ModeTerm, other: ModeTerm)) -> Int? {
    let order = order(pair.word) + order(pair.other)
    return pair.word.changed.first { order > Rational(Integer(1), Integer(powers[$0])) }
  }
}

extension WeightGrowth {
  /// c with D*(A) <= c A, A = B^m and m > 0, D* being the sum of what jumps do to observables.
  ///
  /// As [L', A] is the adjoint of [A, L], and the matrix of rates Hermitian,
  ///
  ///     D*(A) = sum of R (K'[A, L] + [K', A] L)/2 = the Hermitian part of the sum of R K'[A, L].
  ///
  /// With words M of L, from n to n', and W of K, whose adjoint leads on to n'', each product W'[A, M] is a weighted
  /// shift with the elements conj(W) M (A(n') - A(n)). Those with B(n') = B(n) vanish. Where W is M and L is K the
  /// shift is diagonal, |M|^2 (A(n') - A(n)), which is not positive where M lowers B: it is left out. For all others,
  /// with q = |B' - B|/sqrt(B B') and S = sinh(z)/z, z = m q_max/2,
  ///
  ///     |A' - A| <= m q S sqrt(A A'),   sqrt(A'/A'') <= exp(m |log(B'/B'')|/2) <= exp(m q_W/2),
  ///
  /// q_W being that of W, so that the element is at most m S exp(m q_W/2) |W M| q times sqrt(A A''); a shift with
  /// elements at most c sqrt(A A'') is at most c A as a form (``Existence``).
  func jumps(_ dissipators: [ModeDissipator], power m: Rational) -> Interval {
    dissipators.reduce(Interval(0, precision: 64)) { sum, jump in
      let own = [pairs(jump, power: m), loss(jump, power: m)].compactMap { $0 }
      return sum + (own.min { $0.upper < $1.upper } ?? .entire(precision: 64))
    }
  }

  /// The bound by pairs of words; nil where there is none.
  private func pairs(_ jump: ModeDissipator, power m: Rational) -> Interval? {
    var sum = Interval(0, precision: 64)
    for (word, other) in jump.pairs(weight) {
      guard let bound = bound(word, other, power: m) else { return nil }
      sum += jump.rate * word.size * other.size * bound
    }
    return Interval(m, precision: 64) * sum
  }

  /// The bound of a jump that only annihilates in one mode, whose strongest loss pays for its other words; nil of
  /// others.
  ///
  /// Let L be the sum over j of words with j annihilations, c_j the sum of their sizes, z_j(l) what those make of the
  /// part of x with l + j quanta, which has l afterwards, and d_j(l) = A(l + j) - A(l), rising with j. Then [A, L] is
  /// -d_j on z_j, and for each l, with K the greatest j and s the sum of |z_j| over the others,
  ///
  ///     <x|D*(A)|x> = -R Re <sum of z_i|sum of d_j z_j> <= R (-d_K |z_K|^2 + 2 d_K |z_K| s + d_K s^2) <= 2 R d_K s^2,
  ///
  /// by 2 z s <= z^2 + s^2. Of r words with j <= 1 annihilations s^2 is at most r times the sum of c_j^2 f_j(l + j)^2
  /// |x_(l + j)|^2, and with n = l + j
  ///
  ///     d_K(l)/A(n) <= (B(l + K)/B(l))^m - 1,
  ///
  /// which is greatest where the other modes are empty. It is looked at for l < 64, and from there on f_j(l + j)^2
  /// times it is at most (l + 1) (exp(y) - 1) <= (l + 1) y exp(y), y = p m K/l, which falls.
  private func loss(_ jump: ModeDissipator, power m: Rational) -> Interval? {
    guard let (mode, greatest, rest) = jump.loss else { return nil }
    let (w, p) = (weight.weights[mode], weight.powers[mode])
    func b(_ n: Int) -> Interval { 1 + w * Interval(Integer(n).power(p), precision: 64) }
    let listed = 64
    let sums = rest.reduce(Interval(0, precision: 64)) { sum, word in
      var most = BigFloat.zero(precision: 64)
      for l in 0..<listed {
        let growth = (b(l + greatest) / b(l)).power(m) - 1
        most = max(most, ((word.count == 0 ? 1 : l + 1) * growth).upper)
      }
      let y = Interval(Rational(Integer(p * greatest), Integer(listed)) * m, precision: 64)
      most = max(most, ((word.count == 0 ? 1 : listed + 1) * (y * y.exponential)).upper)
      return sum + word.size.squared * Interval(most)
    }
    return 2 * rest.count * (jump.rate * sums)
  }

  private func bound(_ word: ModeTerm, _ other: ModeTerm, power m: Rational) -> Interval? {
    let modes = weight.modes.indices
    func moves(_ mode: Int) -> [LadderMove] { [LadderMove(word, mode), LadderMove(other, mode).adjoint] }
    func degree(_ mode: Int) -> Int { word.degree(mode) + other.degree(mode) }
    var first = Interval(0, precision: 64)
    for mode in word.changed {
      var exponents = modes.map { Rational(Integer(degree($0)), Integer(2 * weight.powers[$0])) }
      exponents[mode] = Rational(0)
      let left = Rational(1) - exponents.reduce(Rational(0), +)
      let needed = Rational(Integer(degree(mode) + 2 * (weight.powers[mode] - 1)), Integer(2 * weight.powers[mode]))
      guard !(left < needed), left.signum > 0 else { return nil }
      exponents[mode] = left
      first += modes.reduce(Interval(1, precision: 64)) { product, k in
        exponents[k].signum > 0
          ? product
            * supremum(
              moves(k), k, exponent: exponents[k], share: exponents[k], hasAmplitude: true, difference: k == mode)
          : product
      }
    }
    let half = Interval(m, precision: 64) / 2
    let z = half * greatestChange(word)
    let factor = z.lower.signum > 0 ? z.hyperbolicSine / z : z.hyperbolicCosine
    return first * factor * (half * greatestChange(other)).exponential
  }

  /// At least |B' - B|/sqrt(B B') of a word.
  private func greatestChange(_ term: ModeTerm) -> Interval {
    term.changed.reduce(Interval(0, precision: 64)) {
      $0
        + supremum(
          term, $1, exponent: Rational(1), share: Rational(1), hasAmplitude: false, difference: true)
    }
  }
}
