import ArbitraryPrecision

extension HermitianMatrix {
  /// The matrix Q L Q with given eigenvalues, Q = 1 - 2 v v^H/(v^H v) being the reflection by a vector of Gaussian
  /// integers.
  ///
  /// As a rank-two change of L: with b = 2/(v^H v) and c = b v^H L v, its elements are l_j d_jk - b v_j conj(v_k)
  /// (l_j + l_k - c). Elements are enclosed; equal eigenvalues stay equal exactly.
  ///
  /// - Parameters:
  ///   - eigenvalues: L.
  ///   - real: the real parts of v, not all of v being zero.
  ///   - imaginary: its imaginary parts, or nothing for a real matrix.
  public init(eigenvalues: [Interval], reflectedBy real: [Int], _ imaginary: [Int] = [], precision: Int) {
    let n = eigenvalues.count
    demand(
      real.count == n && (imaginary.isEmpty || imaginary.count == n), "HermitianMatrix: one element for each")
    let isComplex = !imaginary.isEmpty
    let y = isComplex ? imaginary : Array(repeating: 0, count: n)
    let (u, v) = (real.map { Integer($0) }, y.map { Integer($0) })
    /// The parts of v_j conj(v_k).
    func product(_ j: Int, _ k: Int) -> (real: Interval, imaginary: Interval) {
      let (re, im) = (u[j] * u[k] + v[j] * v[k], v[j] * u[k] - u[j] * v[k])
      return (Interval(re, precision: precision), Interval(im, precision: precision))
    }
    let squares = (0..<n).map { product($0, $0).real }
    let length = squares.reduce(Interval(0, precision: precision), +)
    demand(length.lower.signum > 0, "HermitianMatrix: a reflection by a vector of length zero")
    let b = 2 / length
    let mean = zip(squares, eigenvalues).reduce(Interval(0, precision: precision)) { $0 + $1.0 * $1.1 }
    let c = b * mean
    func element(_ j: Int, _ k: Int) -> ComplexInterval {
      let factor = b * (eigenvalues[j] + eigenvalues[k] - c)
      let (re, im) = product(j, k)
      let diagonal = j == k ? eigenvalues[j] : Interval(0, precision: precision)
      return ComplexInterval(diagonal - re * factor, -(im * factor))
    }
    if isComplex {
      self.init(n, precision: precision, element: element)
    } else {
      self.init(symmetric: n, precision: precision) { element($0, $1).real }
    }
  }
}
