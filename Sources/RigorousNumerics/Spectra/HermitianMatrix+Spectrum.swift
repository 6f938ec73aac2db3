import ArbitraryPrecision

extension HermitianMatrix {
  /// The matrix Q L Q with given eigenvalues, Q = 1 - 2 v v^H/(v^H v) being the reflection by a vector of Gaussian integers.
  ///
  /// As a rank-two change of L: with b = 2/(v^H v) and c = b v^H L v, its elements are l_j d_jk - b v_j conj(v_k) (l_j + l_k - c). Elements are
  /// enclosed; equal eigenvalues stay equal exactly.
  ///
  /// - Parameters:
  ///   - eigenvalues: L.
  ///   - real: the real parts of v, not all of v being zero.
  ///   - imaginary: its imaginary parts, or nothing for a real matrix.
  public init(eigenvalues: [Interval], reflectedBy real: [Int], _ imaginary: [Int] = [], precision: Int) {
    let n = eigenvalues.count
    precondition(
      real.count == n && (imaginary.isEmpty || imaginary.count == n), "HermitianMatrix: one element for each")
    let isComplex = !imaginary.isEmpty
    let y = isComplex ? imaginary : Array(repeating: 0, count: n)
    let squares = (0..<n).map { real[$0] * real[$0] + y[$0] * y[$0] }
    let length = squares.reduce(0, +)
    precondition(length > 0, "HermitianMatrix: a reflection by a vector of length zero")
    let b = Interval(2, precision: precision) / length
    let mean = zip(squares, eigenvalues).reduce(Interval(0, precision: precision)) { $0 + $1.0 * $1.1 }
    let c = b * mean
    func element(_ j: Int, _ k: Int) -> ComplexInterval {
      let factor = b * (eigenvalues[j] + eigenvalues[k] - c)
      let x = -((real[j] * real[k] + y[j] * y[k]) * factor)
      let diagonal = j == k ? eigenvalues[j] : Interval(0, precision: precision)
      return ComplexInterval(diagonal + x, -((y[j] * real[k] - real[j] * y[k]) * factor))
    }
    if isComplex {
      self.init(n, precision: precision, element: element)
    } else {
      self.init(symmetric: n, precision: precision) { element($0, $1).real }
    }
  }
}
