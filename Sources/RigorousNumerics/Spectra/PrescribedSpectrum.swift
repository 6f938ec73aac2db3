import ArbitraryPrecision

/// A random Hermitian matrix whose eigenvalues are known exactly, to try enclosures of spectra on: simple, repeated,
/// and nearly repeated ones.
public struct PrescribedSpectrum: Sendable {
  /// The eigenvalues in rising order.
  public let eigenvalues: [Rational]
  /// The matrix; its elements are enclosures.
  public let matrix: HermitianMatrix

  /// A matrix of some dimension; a quarter of the eigenvalues repeat another one, and a quarter are apart from one by a
  /// power of two between 2^-180 and 1/2. Half of the matrices are reflected by generic vectors; the others by units 1,
  /// i, -1, -i in a power of two of places, which makes elements exact and norms take their greatest values, and a
  /// quarter has all eigenvalues but one scaled down.
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
    if Int.random(in: 0..<4, using: &generator) == 0 {
      let factor = Rational(1, .powerOfTwo(Int.random(in: 20...160, using: &generator)))
      for k in values.indices.dropFirst() { values[k] = values[k] * factor }
    }
    func vector() -> [Int] { (0..<n).map { _ in Int.random(in: -9...9, using: &generator) } }
    var real = vector()
    if real.allSatisfy({ $0 == 0 }) { real[0] = 1 }
    var imaginary = Bool.random(using: &generator) ? vector() : []
    if Bool.random(using: &generator) {
      let count = 1 << Int.random(in: 0...Int.bitWidth - 1 - n.leadingZeroBitCount, using: &generator)
      let turns = (0..<n).map { $0 < count ? Int.random(in: 0..<(imaginary.isEmpty ? 2 : 4), using: &generator) : -1 }
        .shuffled(using: &generator)
      let isComplex = !imaginary.isEmpty
      real = turns.map { $0 < 0 ? 0 : isComplex ? [1, 0, -1, 0][$0] : [1, -1][$0] }
      imaginary = isComplex ? turns.map { $0 < 0 ? 0 : [0, 1, 0, -1][$0] } : []
    }
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
