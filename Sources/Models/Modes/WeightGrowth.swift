import ArbitraryPrecision
import RigorousNumerics

/// The constants that tie words to powers of a ``ModeWeight``: c with +-i[H, B^m] <= c B^m, and k with |<x|X|y>| <= k
/// |B^(m/2) x| |B^(m/2) y|.
///
/// Let a word go from n to n', and let t_k > 0 be exponents of the modes that matter to it, adding up to m. By the
/// inequality of the weighted means, with h_k = t_k/m,
///
///     B >= sum of (h_k + w_k n_k^(p_k)) >= product of (1 + w_k n_k^(p_k)/h_k)^(h_k),
///
/// so a quotient by sqrt(B B')^m is at most a product of quotients of one number each, whose suprema are found one by
/// one: for n below 64 from its values, from there on by
///
///     f(n) <= x^((r+s)/2),   |n'^p - n^p| <= p |r - s| x^(p-1),   1 + w n^p/h >= (w/h) n^p,
///
/// x being the greater one of n and n', and the smaller one at least x - |r - s|.
struct WeightGrowth {
  let weight: ModeWeight

  /// k for a power m that is at least the order of the operator.
  func form(_ terms: [ModeTerm], power m: Rational) -> Interval {
    var sum = Interval(0, precision: 64)
    for term in terms {
      var exponents = weight.modes.indices.map {
        Rational(Integer(term.degree($0)), Integer(2 * weight.powers[$0]))
      }
      let left = m - exponents.reduce(Rational(0), +)
      guard left.signum >= 0 else { return .entire(precision: 64) }
      if let first = exponents.firstIndex(where: { $0.signum > 0 }) { exponents[first] = exponents[first] + left }
      sum += term.size * product(term, exponents, m, difference: nil)
    }
    return sum
  }

  /// c for a power m > 0.
  ///
  /// With A = B^m, q = |B' - B|/sqrt(B B') and log(B'/B) <= q for B' >= B,
  ///
  ///     |A' - A|/sqrt(A A') = 2 sinh((m/2) |log(B'/B)|) <= m q sinh(z)/z,  z = m q_max/2,
  ///
  /// and q is at most the sum over the modes of w_k |n'_k^(p_k) - n_k^(p_k)|/sqrt(B B').
  func commutator(_ terms: [ModeTerm], power m: Rational) -> Interval {
    var sum = Interval(0, precision: 64)
    for term in terms where !weight.isKept(by: term) {
      var (first, greatest) = (Interval(0, precision: 64), Interval(0, precision: 64))
      for mode in term.changed {
        var exponents = weight.modes.indices.map {
          Rational(Integer(term.degree($0)), Integer(2 * weight.powers[$0]))
        }
        exponents[mode] = Rational(0)
        let left = Rational(1) - exponents.reduce(Rational(0), +)
        let needed = Rational(
          Integer(term.degree(mode) + 2 * (weight.powers[mode] - 1)), Integer(2 * weight.powers[mode]))
        guard !(left < needed) else { return .entire(precision: 64) }
        exponents[mode] = left
        first += product(term, exponents, Rational(1), difference: mode)
        greatest += supremum(
          term, mode, exponent: Rational(1), share: Rational(1), hasAmplitude: false, difference: true)
      }
      let z = Interval(m, precision: 64) * greatest / 2
      let factor = z.lower.signum > 0 ? z.hyperbolicSine / z : z.hyperbolicCosine
      sum += term.size * first * factor
    }
    return Interval(m, precision: 64) * sum
  }

  private func product(_ term: ModeTerm, _ exponents: [Rational], _ m: Rational, difference: Int?) -> Interval {
    var result = Interval(1, precision: 64)
    for mode in weight.modes.indices where exponents[mode].signum > 0 {
      result =
        result
        * supremum(
          term, mode, exponent: exponents[mode], share: exponents[mode] / m, hasAmplitude: true,
          difference: mode == difference)
    }
    return result
  }

  /// At least f(n) w |n'^p - n^p|/((1 + w n^p/h)(1 + w n'^p/h))^(t/2) for all n; without the difference, or f, where
  /// they are not asked for.
  func supremum(
    _ term: ModeTerm, _ mode: Int, exponent t: Rational, share h: Rational, hasAmplitude: Bool, difference: Bool
  ) -> Interval {
    supremum(
      [LadderMove(term, mode)], mode, exponent: t, share: h, hasAmplitude: hasAmplitude, difference: difference)
  }

  /// The same for moves one after the other, of which f is the product of the magnitudes and n' what the first one
  /// makes of n.
  ///
  /// No number met on the way exceeds x + e, e being what the later moves create.
  func supremum(
    _ moves: [LadderMove], _ mode: Int, exponent t: Rational, share h: Rational, hasAmplitude: Bool, difference: Bool
  ) -> Interval {
    LadderSupremum(
      moves: moves, weight: weight.weights[mode], power: weight.powers[mode], exponent: t, share: h,
      hasAmplitude: hasAmplitude, hasDifference: difference
    ).bound
  }
}
