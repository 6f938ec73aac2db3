import ArbitraryPrecision
import Operators
import RigorousNumerics

/// How far a start without an end is, at all times, from what becomes of the vector that stands for it, under a
/// Hamiltonian that keeps a number of quanta (``QuantaBound``).
///
/// The vector is cut off by quanta alone, and nothing leads out of the basis states that it reaches: what is left out
/// turns by itself, its 2-norm stays as it is, and weighted norms grow by one factor at most.
struct EternalDistance {
  private let start: ModeStart
  private let conserved: QuantaBound
  private let weight: ModeWeight
  private let share: Interval
  private let basis: ProductBasis
  /// At least the trace norm of the difference.
  let traceNorm: Interval

  static let beyond = Unanswered(
    beyond: "figures over times of modes without an end are served where the Hamiltonian keeps a number of quanta; "
      + "accepted: such Hamiltonians, or figures at one time")

  /// - Parameter share: the coefficient of the vector in the frame.
  /// - Throws: ``Unanswered`` for Hamiltonians without such a number.
  init(_ start: ModeStart, share: Interval, _ point: ModelPoint) throws {
    let terms = try ModeTerm.terms(of: try point.hamiltonian(), modes: point.modes, point)
    guard let conserved = QuantaBound(terms, point) else {
      throw EternalDistance.beyond
    }
    (self.start, self.conserved, basis) = (start, conserved, point.basis)
    weight = conserved.weight(point)
    self.share = share.rounded(to: 64)
    let tail = try start.tail(weight, power: 0)
    traceNorm = self.share * tail * (2 * EternalDistance.length(start, weight, 0, basis) + tail)
  }

  /// At least |B^(m/2) phi| at the start.
  private static func length(
    _ start: ModeStart, _ weight: ModeWeight, _ m: Rational, _ basis: ProductBasis
  ) -> Interval {
    start.amplitudes.reduce(Interval(0, precision: 64)) {
      let size = $1.value.squaredMagnitude.rounded(to: 64)
      return $0 + size * Interval(weight.value($1.key, basis), precision: 64).power(m)
    }.squareRoot
  }

  /// The derivatives of a mean whose errors are known.
  private static let greatestOrder = 4

  /// At least the differences in the mean of an operator and in its derivatives, at all times.
  ///
  /// With e what is left out, |<psi|X|psi> - <phi|X|phi>| = |<e|X|phi> + <phi|X|e> + <e|X|e>| <= k W (2 S + W) for the
  /// weighted lengths W of e and S of phi, m being the order of X. The derivative of the mean is that of i[H, X].
  static func errors(
    of polynomial: ModelPoint.Operator, _ distances: [EternalDistance], _ point: ModelPoint
  ) throws -> [Interval] {
    var (result, current): ([Interval], ModelPoint.Operator) = ([], polynomial)
    let hamiltonian = try point.hamiltonian()
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
    for order in 0...greatestOrder {
      if order > 0 {
        do { current = try arithmetic.commutator(hamiltonian, current) } catch is OutsideFragment { return result }
      }
      var sum = Interval(0, precision: 64)
      for own in distances {
        let terms = try ModeTerm.terms(of: current, modes: own.weight.modes, point)
        let m = own.weight.order(terms)
        let factor = own.conserved.growth(power: m)
        let far = factor * (try own.start.tail(own.weight, power: m))
        let size = factor * length(own.start, own.weight, m, own.basis)
        sum += own.share * WeightGrowth(weight: own.weight).form(terms, power: m) * far * (2 * size + far)
      }
      guard sum.isBounded else { throw NotToldYet(what: "the mean of an operator without a bound") }
      result.append(Interval(sum.upper))
    }
    return result
  }
}
