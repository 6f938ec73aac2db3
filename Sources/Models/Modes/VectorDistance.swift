import ArbitraryPrecision
import Operators
import RigorousNumerics

/// How far a true vector psi of a model with modes is from a finite combination phi of basis states that stands for it.
struct VectorDistance: Sendable {
  /// At least |psi - phi|.
  let norm: Interval
  /// B.
  let weight: ModeWeight
  /// At least |B^(m/2) (psi - phi)| for a power m; nil where there is no bound.
  let weighted: @Sendable (_ power: Rational) throws -> Interval?
}

extension StateDistance {
  /// The distance of a frame whose vectors have distances of their own: with e_j = psi_j - phi_j the difference of the
  /// density matrices is D and the sum of C_jk (phi_j e_k' + e_j phi_k' + e_j e_k').
  init(
    _ vectors: [VectorDistance], norms: [Interval], _ coefficients: [ModelState.Coefficient],
    dropped: Interval = Interval(0, precision: 64),
    weightedDropped: @escaping @Sendable (Rational) throws -> Interval? = { _ in Interval(0, precision: 64) },
    exactMean: (@Sendable (ModelPoint.Operator) throws -> Interval?)? = nil
  ) {
    var sum = dropped
    for coefficient in coefficients {
      let (j, k) = (coefficient.row, coefficient.column)
      let size = coefficient.number.value.magnitude.rounded(to: 64)
      let (a, b) = (vectors[j].norm, vectors[k].norm)
      sum += size * (norms[j] * b + a * norms[k] + a * b)
    }
    self.init(
      traceNorm: sum.upper, vectors: vectors, dropped: dropped, weightedDropped: weightedDropped, exactMean: exactMean)
  }

  /// At least the difference that this makes in the mean of an operator.
  ///
  /// <psi_k|X|psi_j> - <phi_k|X|phi_j> = <X phi_k|e_j> + <e_k|X phi_j> + <e_k|X|e_j> for Hermitian X, and |<e_k|X|e_j>|
  /// <= K |B^(m/2) e_k| |B^(m/2) e_j| with K of ``WeightGrowth/form(_:power:)`` and m the order of X. So the distances
  /// with weights count as a product alone. X phi is a finite combination, of which the whole length is meant. D, a sum
  /// of such products with positive weights, adds K Tr D B^m at most.
  ///
  /// - Parameter images: X phi_j.
  /// - Throws: ``NotToldYet`` where there is no bound yet.
  func error(
    _ polynomial: ModelPoint.Operator, images: [ModelState.Image], _ coefficients: [ModelState.Coefficient],
    _ point: ModelPoint
  ) throws -> Interval {
    guard let weight = vectors.first?.weight else { return Interval(0, precision: 64) }
    let terms = try ModeTerm.terms(of: polynomial, modes: weight.modes, point)
    let order = weight.order(terms)
    let form = WeightGrowth(weight: weight).form(terms, power: order)
    guard let rest = try weightedDropped(order), rest.isBounded else {
      throw NotToldYet(what: "the mean of an operator without a bound")
    }
    // Of vectors that are what stands for them D alone counts.
    if vectors.allSatisfy(\.norm.isExactZero) { return form * rest }
    let lengths = images.map { image in
      image.values.reduce(Interval(0, precision: 64)) { $0 + $1.squaredMagnitude.rounded(to: 64) }.squareRoot
    }
    let far = try vectors.map { vector -> Interval in
      guard let value = try vector.weighted(order), value.isBounded else {
        throw NotToldYet(what: "the mean of an operator without a bound")
      }
      return value
    }
    return coefficients.reduce(form * rest) { sum, coefficient in
      let (j, k) = (coefficient.row, coefficient.column)
      let size = coefficient.number.value.magnitude.rounded(to: 64)
      return sum + size * (lengths[k] * vectors[j].norm + lengths[j] * vectors[k].norm + form * far[j] * far[k])
    }
  }
}
