import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Elements of a density matrix on and below the diagonal, as real numbers in fixed point: the real part of each, and
/// the imaginary part of those below the diagonal. All other elements are zero.
struct DensityElements {
  let places: [DensityBlock.Place]
  /// The numbers; their error is one of the matrix in the trace norm.
  let numbers: FlowState

  /// Elements that hold numbers with an error.
  init(_ places: [DensityBlock.Place], _ numbers: FlowState) { (self.places, self.numbers) = (places, numbers) }

  /// Enclosed elements.
  ///
  /// - Parameter error: what the true matrix is off beside, in the trace norm.
  init(
    _ places: [DensityBlock.Place], error: BigFloat = .zero(precision: 64), precision: Int,
    _ value: (Int) -> ComplexInterval
  ) {
    self.places = places
    let elements = places.enumerated().flatMap { index, place -> [Interval] in
      let value = value(index)
      return place.isDiagonal ? [value.real] : [value.real, value.imaginary]
    }
    let rounded = FlowState(elements, fractionBits: precision + 32)
    // Its own error is one of the 2-norm.
    let spread = DensityBlock.spread(rows: Set(places.map(\.row)).union(places.map(\.column)).count)
    numbers = rounded.withError(enlargedBy: (spread * Interval(rounded.error) + Interval(error)).upper)
  }

  /// The elements as they are stored, without the error.
  func stored(precision: Int) -> [ComplexInterval] {
    var coordinate = 0
    return places.map { place in
      let real = numbers.storedElement(coordinate, precision: precision)
      guard !place.isDiagonal else {
        coordinate += 1
        return ComplexInterval(real, Interval(0, precision: precision))
      }
      let imaginary = numbers.storedElement(coordinate + 1, precision: precision)
      coordinate += 2
      return ComplexInterval(real, imaginary)
    }
  }

  /// The same matrix on more places.
  func extended(to wider: [DensityBlock.Place], precision: Int) -> DensityElements {
    guard wider != places else { return self }
    let stored = stored(precision: precision + 64)
    let known = zip(places, stored).reduce(into: [DensityBlock.Place: ComplexInterval]()) { $0[$1.0] = $1.1 }
    let zero = ComplexInterval.zero(precision: precision)
    return DensityElements(wider, error: numbers.error, precision: precision) { known[wider[$0]] ?? zero }
  }
}
