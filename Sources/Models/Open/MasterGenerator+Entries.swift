import ArbitraryPrecision
import RigorousNumerics

extension MasterGenerator {
  /// What a real number of an element of the density matrix adds to another one's rate, for each unit of it and of a
  /// function of time where there is one.
  struct Entry {
    let target: DensityBlock.Place
    /// Whether the imaginary part of the target is meant, and of the place that it comes from.
    let isImaginary: Bool
    let fromImaginary: Bool
    /// The place among the real functions (``realFunctions``); nil for a constant.
    let function: Int?
    let value: Interval
  }

  /// The number of real functions of time, and where the real and the imaginary part of each function stand among them.
  var realFunctions: (count: Int, places: [(real: Int, imaginary: Int?)]) {
    var (places, count) = ([(real: Int, imaginary: Int?)](), 0)
    for function in functions {
      places.append(function.isVisiblyReal ? (count, nil) : (count, count + 1))
      count += function.isVisiblyReal ? 1 : 2
    }
    return (count, places)
  }

  /// What an element on or below the diagonal, with its mirror image, adds to the elements there.
  mutating func entries(
    of place: DensityBlock.Place, _ realPlaces: [(real: Int, imaginary: Int?)]
  ) throws -> [Entry] {
    var entries: [Entry] = []
    func add(_ target: DensityBlock.Place, _ value: ComplexInterval, _ isMirrored: Bool, _ function: Int?) {
      let (a, b) = (value.real, value.imaginary)
      // v rho is (ax - by) + i (bx + ay), its conjugate has the other sign behind.
      let sign = isMirrored ? -1 : 1
      func add(_ isImaginary: Bool, _ fromImaginary: Bool, _ value: Interval) {
        guard !(value.isPoint && value.containsZero) else { return }
        entries.append(
          Entry(
            target: target, isImaginary: isImaginary, fromImaginary: fromImaginary, function: function, value: value))
      }
      add(false, false, a)
      if !place.isDiagonal { add(false, true, -b) }
      guard !target.isDiagonal else { return }
      add(true, false, sign * b)
      if !place.isDiagonal { add(true, true, sign * a) }
    }
    func add(_ target: DensityBlock.Place, _ term: Term, _ isMirrored: Bool) {
      guard let function = term.function else { return add(target, term.value, isMirrored, nil) }
      let (real, imaginary) = realPlaces[function]
      add(target, term.value, isMirrored, real)
      if let imaginary {
        // i v, or -i v.
        let (a, b) = (term.value.real, term.value.imaginary)
        add(target, term.isConjugate ? ComplexInterval(b, -a) : ComplexInterval(-b, a), isMirrored, imaginary)
      }
    }
    for (row, column, term) in try image(place.row, place.column) {
      if row >= column { add(.init(row: row, column: column), term, false) }
      // The mirror image of this place reaches the mirror image of that one.
      if column >= row, !place.isDiagonal { add(.init(row: column, column: row), term, true) }
    }
    return entries
  }
}
