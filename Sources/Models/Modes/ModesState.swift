import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A pure state of a model with modes: a vector phi on finitely many basis states, exactly, and its distance from the
/// true state psi in the 2-norm and in weighted ones.
struct ModesState {
  let states: [BasisState]
  let places: [BasisState: Int]
  /// phi.
  let amplitudes: [ComplexInterval]
  /// At least |psi - phi|.
  let distance: Interval
  let weight: ModeWeight
  /// At least |B^(m/2) (psi - phi)|.
  private let weighted: (Rational) throws -> Interval?

  init(_ path: ModePath, precision: Int) {
    (states, places) = (path.sector.states, path.sector.places)
    amplitudes = states.indices.map {
      ComplexInterval(
        path.state.storedElement(2 * $0, precision: precision),
        path.state.storedElement(2 * $0 + 1, precision: precision))
    }
    distance = path.distance
    weight = path.weight
    weighted = { try path.weightedDistance(power: $0) }
  }

  /// At least |rho - phi phi'| in the trace norm: for e = psi - phi it is psi e' + e phi', and |psi| = 1.
  var traceDistance: Interval {
    let norm = amplitudes.reduce(Interval(0, precision: 64)) { $0 + $1.squaredMagnitude.rounded(to: 64) }.squareRoot
    return Interval((distance * (1 + norm)).upper)
  }

  /// The mean of a Hermitian operator in the true state.
  ///
  /// With e = psi - phi, <psi|X|psi> = <phi|X|phi> + 2 Re <X phi|e> + <e|X|e>, and |<e|X|e>| <= k |B^(m/2) e|^2 with k of
  /// ``WeightGrowth/form(_:power:)`` and m the order of X: only the square of the weighted distance counts. X phi is a
  /// finite combination, computed whole.
  ///
  /// - Throws: ``NotToldYet`` where there is no bound yet.
  func mean(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws -> Interval {
    var (sum, square) = (Interval(0, precision: point.precision), Interval(0, precision: 64))
    for (state, value) in try image(of: polynomial, point) {
      square += value.squaredMagnitude.rounded(to: 64)
      guard let place = places[state] else { continue }
      let own = amplitudes[place]
      sum += own.real * value.real + own.imaginary * value.imaginary
    }
    return sum + .ball(try error(polynomial, image: square.squareRoot, point))
  }

  /// At least |<psi|X|psi> - <phi|X|phi>|.
  private func error(_ polynomial: ModelPoint.Operator, image: Interval, _ point: ModelPoint) throws -> Interval {
    let terms = try ModeTerm.terms(of: polynomial, modes: weight.modes, point)
    let order = weight.order(terms)
    guard let far = try weighted(order) else { throw NotToldYet(what: "the mean of an operator without a bound") }
    let form = WeightGrowth(weight: weight).form(terms, power: order)
    return 2 * image * distance + form * far.squared
  }

  /// X phi.
  private func image(
    of polynomial: ModelPoint.Operator, _ point: ModelPoint
  ) throws -> [BasisState: ComplexInterval] {
    let terms = try polynomial.terms.map { ($0.key, try point.scalars.enclosure($0.value)) }
    var result: [BasisState: ComplexInterval] = [:]
    for (state, amplitude) in zip(states, amplitudes) where !amplitude.isExactlyZero {
      for (word, coefficient) in terms {
        guard let (image, root) = try point.basis.apply(word, to: state) else { continue }
        var factor = Interval(root.factor, precision: point.precision)
        if root.radicand != 1 { factor = factor * Interval(root.radicand, precision: point.precision).squareRoot }
        let value = coefficient * ComplexInterval(amplitude.real * factor, amplitude.imaginary * factor)
        result[image] = result[image].map { $0 + value } ?? value
      }
    }
    return result
  }
}
