import ArbitraryPrecision

/// A random Hermitian matrix whose eigenvalues are known exactly, to try enclosures of spectra on: simple, repeated, and nearly repeated ones.
public struct PrescribedSpectrum: Sendable {
  /// The eigenvalues in rising order.
  public let eigenvalues: [Rational]
  /// The matrix; its elements are enclosures.
  public let matrix: HermitianMatrix

  /// A matrix of some dimension; a quarter of the eigenvalues repeat another one, and a quarter are apart from one by a power of two between
  /// 2^-180 and 1/2.
  public init(dimension n: Int, precision: Int, using generator: inout some RandomNumberGenerator) {
    var values: [Rational] = []
    while values.count < n {
      let fresh = Rational(Integer(Int.random(in: -1000...1000, using: &generator)), 128)
      let other = values.randomElement(using: &generator) ?? fresh
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: values.append(other)
      case 1: values.append(other + Rational(1, .powerOfTwo(Int.random(in: 1...180, using: &generator))))
      default: values.append(fresh)
      }
    }
    func vector() -> [Int] { (0..<n).map { _ in Int.random(in: -9...9, using: &generator) } }
    var real = vector()
    if real.allSatisfy({ $0 == 0 }) { real[0] = 1 }
    let imaginary = Bool.random(using: &generator) ? vector() : []
    eigenvalues = values.sorted()
    matrix = HermitianMatrix(
      eigenvalues: values.map { Interval($0, precision: precision) }, reflectedBy: real, imaginary, precision: precision
    )
  }

  /// Whether each eigenvalue is inside the enclosure at its place, and each cluster holds as many as it says.
  public func isEnclosed(by spectrum: HermitianSpectrum) -> Bool {
    zip(eigenvalues, spectrum.eigenvalues).allSatisfy { $1.contains($0) }
      && eigenvalues.count == spectrum.eigenvalues.count
      && spectrum.clusters.allSatisfy { cluster in
        eigenvalues.filter { cluster.value.contains($0) }.count == cluster.multiplicity
      }
  }
}
