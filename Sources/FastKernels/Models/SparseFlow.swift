/// The flow psi' = -iH psi of a sparse Hermitian matrix in doubles, with a bound of what the computed vector is off.
///
/// A multiple c of 1 is taken off H, which turns all numbers alike. Where the rest of the diagonal is zero and phases 1
/// and i on the numbers make -iH real, psi_k = i^(p_k) v_k, the real and the imaginary part of v turn by one real skew
/// matrix each; else complex numbers are turned. Which of them it is is read off the doubles: what they are off the
/// matrix that is meant is part of the bound.
///
/// One step is the Chebyshev series of ``BesselSeries`` in S = -iH/R by Clenshaw's recurrence, as in ``SpinPath``:
///
///     y_n = a_n v + 2 S y_(n+1) + y_(n+2),     phi = (a_0 v + y_0 + y_2)/2.
///
/// Errors in the 2-norm, u = 2^-53, in the standard model |fl(x op y) - x op y| <= u |x op y| + 2^-1075 of arithmetic
/// that rounds to nearest, g(k) = k u/(1 - k u) (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., Sec.
/// 2.2, 3.1 and Lemma 3.1):
///
/// 1. The matrix. H is off by at most r, the greatest sum of the radii in a row, in which differences of the diagonal
///    count; 2/R and its product with an element round by u each. The flow is off by t times that: t r + 2.1 z u with
///    z = R t.
/// 2. R is at least the greatest sum of magnitudes in a row, so |S| <= 1, and |2 S| <= 2 for the matrix of magnitudes.
/// 3. z is a pair of doubles, exactly; the series has its own bound, times |v|.
/// 4. A row with at most m elements: of real ones a sum of m products is off by g(m) of the sum of magnitudes; of
///    complex ones each part is a sum of m differences of two products, off by g(m + 2) of the sum of |d||y|, and both
///    parts by sqrt(2) times that. Two sums and a product more round by 2u |y_n| + 2u |a_n||v|. So what is made at y_n
///    is at most
///
///        2 g(m) |y_(n+1)| + 2.1u (|y_n| + |a_n||v|),   2 sqrt(2) g(m + 2) |y_(n+1)| + ... of complex ones,
///
///    and P_n(S), |P_n(S)| <= 1, carries it to the result. The lengths |y_n| are summed as the recurrence runs.
/// 5. The last line is half of a sum of a_0 v and of y_0 + y_2: with the rounding of each, and of the product, it is
///    off by at most 1.1u (|y_0| + |y_2| + |a_0||v|).
/// 6. Numbers that vanish below 2^-1022 are some 2^-1000 in all; squares that vanish in a length, below 2^-500. What is
///    added for them is 2^-480.
public struct SparseFlow: Sendable {
  /// The number of rows.
  public let dimension: Int
  /// R.
  public let scale: Double
  /// At least the distance of the matrix from the one that is meant, in the 2-norm.
  let radius: Double
  /// The p_k; nil where numbers are complex.
  let phases: [UInt8]?
  private let matrix: SlicedMatrix

  /// At least |(H - c) v| of the matrix that is meant: how fast a vector moves at first, less the turn of all numbers.
  public func speed(_ vector: ComplexVector) -> Double {
    (scale + radius) * vector.length * (1 + 0x1p-20) + 0x1p-480
  }

  /// The most elements, with those that fill rows up.
  public static let greatestCount = 1 << 24
  /// The greatest z that is accepted: the number of terms is little more.
  public static let greatestPhase = 0x1p20
  /// The most elements that a flow visits: some seconds.
  public static let greatestWork = 0x1p33

  /// The flow of a matrix.
  ///
  /// - Parameter turn: c, the multiple of 1 that is taken off; the middle of the diagonal where it is nil. Vectors
  ///   whose phases count beside each other, moved by matrices with other diagonals, need one c.
  /// - Throws: ``KernelRefusal`` for elements outside 2^-300 ... 2^300, and for too many.
  public init(_ hermitian: HermitianElements, turn: Double? = nil) throws(KernelRefusal) {
    dimension = hermitian.dimension
    let diagonal = hermitian.diagonal.map(\.value)
    let (least, greatest) = (diagonal.min() ?? 0, diagonal.max() ?? 0)
    let centre = turn ?? (least / 2 + greatest / 2)
    let centred = diagonal.map { $0 - centre }
    // Sums of magnitudes and of radii in each row; of n numbers they are rounded by less than 2^-20.
    var sums = centred.map { abs($0) }
    var radii = zip(hermitian.diagonal, centred).map { $0.radius + 0x1p-52 * abs($1) }
    for element in hermitian.elements {
      let size = element.size
      for row in [element.row, element.column] {
        sums[row] += size
        radii[row] += element.radius
      }
    }
    let most = sums.max() ?? 0
    guard most == 0 || (0x1p-300...0x1p300).contains(most) else {
      throw KernelRefusal("the Hamiltonian is outside the kernel's domain; accepted: elements from 2^-300 to 2^300")
    }
    radius = (radii.max() ?? 0) * (1 + 0x1p-20)
    scale = most * (1 + 0x1p-20)
    let inverse = scale > 0 ? 2 / scale : 0
    phases = centred.allSatisfy { $0 == 0 } ? SparseFlow.phases(hermitian) : nil
    var entries: [SlicedMatrix.Entry] = []
    entries.reserveCapacity(2 * hermitian.elements.count + (phases == nil ? dimension : 0))
    for element in hermitian.elements {
      let (a, b) = (element.real * inverse, element.imaginary * inverse)
      let (row, column) = (element.row, element.column)
      if let phases {
        // The real part of -i i^(p_l - p_k) (a + ib).
        let value =
          phases[row] == phases[column] ? b : phases[column] > phases[row] ? a : -a
        entries.append(.init(row: row, column: column, real: value, imaginary: 0))
        entries.append(.init(row: column, column: row, real: -value, imaginary: 0))
      } else {
        // -i (a + ib) and -i (a - ib).
        entries.append(.init(row: row, column: column, real: b, imaginary: -a))
        entries.append(.init(row: column, column: row, real: -b, imaginary: -a))
      }
    }
    if phases == nil {
      for (row, value) in centred.enumerated() where value != 0 {
        entries.append(.init(row: row, column: row, real: 0, imaginary: -value * inverse))
      }
    }
    matrix = try SlicedMatrix(entries, rows: dimension, isComplex: phases == nil)
  }

  /// Powers of i that make -iH real; nil where there are none.
  private static func phases(_ hermitian: HermitianElements) -> [UInt8]? {
    var starts = [Int](repeating: 0, count: hermitian.dimension + 1)
    for element in hermitian.elements {
      guard element.real == 0 || element.imaginary == 0 else { return nil }
      starts[element.row + 1] += 1
      starts[element.column + 1] += 1
    }
    for k in 0..<hermitian.dimension { starts[k + 1] += starts[k] }
    var places = starts
    var neighbours = [(other: Int, differs: UInt8)](repeating: (0, 0), count: 2 * hermitian.elements.count)
    for element in hermitian.elements {
      let differs: UInt8 = element.real == 0 ? 0 : 1
      for (from, to) in [(element.row, element.column), (element.column, element.row)] {
        neighbours[places[from]] = (to, differs)
        places[from] += 1
      }
    }
    var phases = [UInt8](repeating: 2, count: hermitian.dimension)
    for root in phases.indices where phases[root] == 2 {
      phases[root] = 0
      var waiting = [root]
      while let state = waiting.popLast() {
        for (other, differs) in neighbours[starts[state]..<starts[state + 1]] {
          let expected = phases[state] ^ differs
          if phases[other] == 2 {
            phases[other] = expected
            waiting.append(other)
          } else if phases[other] != expected {
            return nil
          }
        }
      }
    }
    return phases
  }

  /// The vector after a time, and a bound of its distance from what the meant matrix makes of the start as it stands.
  ///
  /// - Parameter time: zero, or from 2^-300 to 2^300.
  /// - Throws: ``KernelRefusal`` for times outside, and where the time takes too much work.
  public func evolved(
    _ start: ComplexVector, for time: Double
  ) throws(KernelRefusal) -> (vector: ComplexVector, error: Double) {
    guard time == 0 || (0x1p-300...0x1p300).contains(time) else {
      throw KernelRefusal("the time is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300")
    }
    if time == 0 { return (start, 0) }
    let length = start.length
    let product = ErrorFree.product(scale, time)
    guard product.result <= SparseFlow.greatestPhase else {
      throw KernelRefusal(
        "the time times the norm of the Hamiltonian is outside the kernel's domain; accepted: to 2^20")
    }
    let drift = time * radius * length * (1 + 0x1p-20)
    guard scale > 0 else { return (start, drift) }
    let series = BesselSeries((product.result, product.error))
    guard Double(series.coefficients.count) * Double(matrix.count + 8 * dimension) <= SparseFlow.greatestWork else {
      throw KernelRefusal("the time takes more work than the kernel does; accepted: to 2^33 elements visited")
    }
    let clock = drift + 0x1p-53 * 2.1 * product.result * length
    guard let phases else {
      let run = matrix.run(series, [start.real, start.imaginary], length: length)
      var result = start
      (result.real, result.imaginary) = (run.planes[0], run.planes[1])
      return (result, (clock + run.error) * (1 + 0x1p-20))
    }
    // v = i^-p psi, and back.
    var turned = start
    for k in 0..<dimension where phases[k] == 1 {
      (turned.real[k], turned.imaginary[k]) = (start.imaginary[k], -start.real[k])
    }
    var error = clock
    func part(_ plane: [Double]) -> [Double] {
      // A part that is zero stays so.
      guard plane.contains(where: { $0 != 0 }) else { return plane }
      let run = matrix.run(series, [plane], length: length)
      error += run.error
      return run.planes[0]
    }
    var result = ComplexVector(zeros: dimension)
    (result.real, result.imaginary) = (part(turned.real), part(turned.imaginary))
    for k in 0..<dimension where phases[k] == 1 {
      (result.real[k], result.imaginary[k]) = (-result.imaginary[k], result.real[k])
    }
    return (result, error * (1 + 0x1p-20))
  }
}
