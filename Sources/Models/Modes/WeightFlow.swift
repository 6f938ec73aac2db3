import ArbitraryPrecision
import RigorousNumerics

/// The flow of a Hamiltonian with modes, as far as weighted norms see it.
///
/// With c of ``WeightGrowth``, |B^(m/2) exp(-iHt) x| <= e^(ct/2) |B^(m/2) x|: the derivative of <x|A|x>, A = B^m, is
/// <x|i[H, A]|x> <= c <x|A|x>. To be exact, with A/(1 + eA) for A: its commutator with H is (1 + eA)^-1 [H, A] (1 +
/// eA)^-1, at most c A/(1 + eA)^2 <= c A/(1 + eA), first on the core, then on the domain of H, since this operator is
/// bounded; and e -> 0 for starts with a finite mean of A. Where a number is kept that B is near to, there is a factor
/// for all times instead of the exponential (``QuantaBound``).
struct WeightFlow {
  let terms: [ModeTerm]
  /// A conserved number that keeps the modes finite.
  let conserved: QuantaBound?
  /// B.
  let weight: ModeWeight

  /// - Throws: ``BadInput`` where the flow is not proved to exist.
  init(_ hamiltonian: ModelPoint.Operator, _ point: ModelPoint) throws {
    terms = try ModeTerm.terms(of: hamiltonian, modes: point.modes, point)
    conserved = QuantaBound(terms, point)
    weight = try conserved?.weight(point) ?? point.existenceWeight(terms)
  }

  /// c for a power m; zero where a number is kept.
  func rate(power m: Rational) -> Interval {
    conserved == nil && m.signum > 0
      ? WeightGrowth(weight: weight).commutator(terms, power: m) : Interval(0, precision: 64)
  }

  /// At least |B^(m/2) exp(-iHt) x| over |B^(m/2) x|, squared; nil where there is no bound.
  func squaredGrowth(power m: Rational, after time: Interval) -> Interval? {
    if m.signum == 0 { return Interval(1, precision: 64) }
    if let conserved { return conserved.growth(power: m).squared }
    let c = rate(power: m)
    return c.isBounded ? (c * Interval(time.magnitude).rounded(to: 64)).exponential : nil
  }
}
