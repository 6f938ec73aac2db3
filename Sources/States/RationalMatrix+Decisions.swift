import ArbitraryPrecision

/// What is decided exactly of Hermitian matrices of rational parts.
extension RationalMatrix {
  /// Whether a state is passive, so that no unitary takes energy out.
  ///
  /// A state of least energy commutes with H: else Tr(U rho U^H H) would fall in the direction of i[rho, H]. In a basis
  /// of both, with populations p and energies e, it is passive when (p_j - p_k)(e_j - e_k) <= 0 for all j and k, that
  /// is when the matrix -(rho x 1 - 1 x rho)(H x 1 - 1 x H), whose eigenvalues are the opposite numbers, has none
  /// below zero: elimination decides.
  package func isPassive(in hamiltonian: RationalMatrix) -> Bool {
    let (d, b) = (dimension, hamiltonian)
    let product = self * b
    // The product of Hermitian matrices is Hermitian when they commute.
    guard product.isHermitian else { return false }
    // -(rho H x 1 - rho x H - H x rho + 1 x rho H).
    let pairs = RankDecomposition(d * d) { row, column in
      let (j, k, l, m) = (row / d, row % d, column / d, column % d)
      var value = self[j, l].times(b[k, m]) + b[j, l].times(self[k, m])
      if k == m { value = value - product[j, l] }
      if j == l { value = value - product[k, m] }
      return (value.real, value.imaginary)
    }
    return pairs != nil
  }

  /// Whether no eigenvalue of the partial transpose is negative; the first part's index changes slowest.
  package func hasPositiveTranspose(_ dimensions: [Int], on cut: [Int]) -> Bool {
    let places = PartialTranspose(dimensions, on: cut)
    let decomposition = RankDecomposition(dimension) { row, column in
      let (i, j) = places.exchanged(row, column)
      return (self[i, j].real, self[i, j].imaginary)
    }
    return decomposition != nil
  }
}
