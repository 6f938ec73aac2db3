import ArbitraryPrecision
import Operators
import RigorousNumerics

extension DensityBlock {
  /// Whether a functional of the real numbers is zero on L x for all x that are zero outside of some of them, exactly.
  ///
  /// For v at a target of an element, with the numbers l and l' at its real and its imaginary part, the functional has
  /// Re z of the element's real part and -Im z of its imaginary part, z being the sum over the targets of (l - i l') v,
  /// or of (l + i l') v where the target's mirror image is meant.
  func isConserved(
    _ functional: FlowLimit.Functional, on elements: Set<Int>, _ generator: MasterGenerator, _ point: ModelPoint
  ) throws -> Bool {
    let ring = point.scalars
    for place in places {
      guard let coordinate = coordinates[place] else { continue }
      let hasReal = elements.contains(coordinate)
      let hasImaginary = !place.isDiagonal && elements.contains(coordinate + 1)
      guard hasReal || hasImaginary else { continue }
      var sum = RadicalSum<ScalarPolynomial>()
      func add(_ target: Place, _ sign: Rational, _ value: RadicalSum<ScalarPolynomial>) throws {
        guard let row = coordinates[target] else { return }
        if let real = functional[row] {
          try sum.add(value.times(real, isImaginary: false, ring), times: ring.one, in: ring)
        }
        guard !target.isDiagonal, let imaginary = functional[row + 1] else { return }
        let turned = try value.times(imaginary, isImaginary: true, ring)
        try sum.add(turned, times: ring.number(-sign), in: ring)
      }
      for (row, column, value) in try generator.exactImage(place.row, place.column) {
        if row >= column { try add(Place(row: row, column: column), 1, value) }
        if column >= row, !place.isDiagonal { try add(Place(row: column, column: row), -1, value) }
      }
      if !(hasReal && (hasImaginary || place.isDiagonal)) || place.isDiagonal {
        // The real part alone, or the imaginary one.
        let conjugate = try sum.conjugate(in: ring)
        try sum.add(conjugate, times: ring.number(hasReal ? 1 : -1), in: ring)
      }
      guard try ring.decision(isZero: sum) == .certainlyTrue else { return false }
    }
    return true
  }
}

extension RadicalSum<ScalarPolynomial> {
  /// The product with a number, or with i times it.
  fileprivate func times(_ number: RootFraction, isImaginary: Bool, _ ring: ModelScalars) throws -> RadicalSum {
    var factor = RadicalSum()
    let coefficient = isImaginary ? GaussianRational(0, number.factor) : GaussianRational(number.factor, 0)
    try factor.add(ScalarPolynomial(coefficient), SquareRoot(of: number.radicand), in: ring)
    return try product(factor, in: ring)
  }
}
