import ArbitraryPrecision
import RigorousNumerics

/// The flow of a Hamiltonian with modes, and of jumps, as far as weighted norms see it.
///
/// Let A = B^m and L*(A) <= c A as a form, L* being i[H, .] and what the jumps add. Then for A_h = A/(1 + hA), which is
/// bounded, L*(A_h) <= c A_h: with R = (1 + hA)^-1 a jump L adds
///
///     D*(R) + h R D*(A) R = (R^(1/2) L - R^(-1/2) L R)' (R^(1/2) L - R^(-1/2) L R) >= 0,
///
/// i[H, .] adds nothing, and A_h = (1 - R)/h, so that L*(A_h) <= R L*(A) R <= c A R^2 <= c A_h. Gronwall's inequality
/// and h -> 0 give Tr A rho(t) <= e^(ct) Tr A rho(0) for starts with a finite mean of A. So
///
///     |B^(m/2) exp(-iHt) x| <= e^(ct/2) |B^(m/2) x|,   |Y(t)|_A <= e^(ct) |Y(0)|_A,
///
/// |Y|_A being the trace norm of A^(1/2) Y A^(1/2): a Hermitian Y is the difference of two positive ones of which the
/// means of A add up to it. Where a number is kept by the Hamiltonian, and lowered by jumps, that B is near to, there
/// is a factor for all times instead of the exponential (``QuantaBound``).
struct WeightFlow {
  let terms: [ModeTerm]
  let jumps: [ModeDissipator]
  /// A number that does not grow and keeps the modes finite.
  let conserved: QuantaBound?
  /// B.
  let weight: ModeWeight

  /// - Parameter point: of what depends on the time, the enclosures at all times that matter.
  /// - Throws: ``BadInput`` where the flow is not proved to exist.
  init(_ hamiltonian: ModelPoint.Operator, jumps dissipators: [Dissipator] = [], _ point: ModelPoint) throws {
    terms = try ModeTerm.terms(of: hamiltonian, modes: point.modes, point)
    jumps = try ModeDissipator.terms(of: dissipators, modes: point.modes, point)
    conserved = QuantaBound(terms, jumps: jumps, point)
    weight = try conserved?.weight(point) ?? point.existenceWeight(terms, jumps)
  }

  /// c for a power m; zero where a number is kept.
  func rate(power m: Rational) -> Interval {
    guard conserved == nil, m.signum > 0 else { return Interval(0, precision: 64) }
    let growth = WeightGrowth(weight: weight)
    return growth.commutator(terms, power: m) + growth.jumps(jumps, power: m)
  }

  /// At least |B^(m/2) exp(-iHt) x| over |B^(m/2) x|, squared; nil where there is no bound.
  func squaredGrowth(power m: Rational, after time: Interval) -> Interval? {
    if m.signum == 0 { return Interval(1, precision: 64) }
    if let conserved { return conserved.growth(power: m).squared }
    let c = rate(power: m)
    return c.isBounded ? (c * Interval(time.magnitude).rounded(to: 64)).exponential : nil
  }
}
