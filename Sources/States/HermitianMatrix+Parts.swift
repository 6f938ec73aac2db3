import ArbitraryPrecision
import RigorousNumerics

extension HermitianMatrix {
  /// The sum of the magnitudes of the eigenvalues.
  ///
  /// - Throws: `Unanswered` as the spectrum does.
  public func traceNorm(within budget: Budget = Budget()) throws -> Interval {
    try HermitianSpectrum(self, bits: precision, within: budget).eigenvalues
      .reduce(Interval(0, precision: precision)) { $0 + $1.absoluteValue }
  }

  /// The trace over all parts but some; the first part's index changes slowest.
  package func partialTrace(_ dimensions: [Int], keeping parts: [Int]) -> HermitianMatrix {
    demand(dimensions.reduce(1, *) == dimension, "partialTrace: dimensions of the parts")
    let others = dimensions.indices.filter { !parts.contains($0) }
    /// Where the indices of some parts, as one number, lie in the index of all.
    func place(_ index: Int, _ chosen: [Int]) -> Int {
      var (rest, result) = (index, 0)
      for part in chosen.reversed() {
        result += rest % dimensions[part] * dimensions[(part + 1)...].reduce(1, *)
        rest /= dimensions[part]
      }
      return result
    }
    func size(_ chosen: [Int]) -> Int { chosen.reduce(1) { $0 * dimensions[$1] } }
    let kept = (0..<size(parts)).map { place($0, parts) }
    let traced = (0..<size(others)).map { place($0, others) }
    func element(_ row: Int, _ column: Int) -> ComplexInterval {
      traced.reduce(.zero(precision: precision)) { $0 + self[kept[row] + $1, kept[column] + $1] }
    }
    return isComplex
      ? HermitianMatrix(kept.count, precision: precision, element: element)
      : HermitianMatrix(symmetric: kept.count, precision: precision) { element($0, $1).real }
  }

  /// The partial transpose on the second of two parts, whose index runs fastest.
  public func partialTranspose(_ first: Int, _ second: Int) -> HermitianMatrix {
    partialTranspose([first, second], on: [1])
  }
}
