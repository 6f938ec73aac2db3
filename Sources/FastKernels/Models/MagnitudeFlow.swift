/// Bounds of the magnitudes of psi' = -iH psi at all times of a step: with M_kl >= |H_kl| for k != l
///
///     |psi_k|' <= sum over l != k of |H_kl| |psi_l|,     so     |psi(s)| <= exp(s M) |psi(0)| <= exp(h M) |psi(0)|
///
/// element by element for 0 <= s <= h, whatever the diagonal is. The series of exp(h M) has positive terms. After
/// degree q an element of the rest is at most the greatest one of |psi(0)| times the sum of r^n/n! from n = q + 1 on,
/// where r is the greatest sum in a row of h M; for q + 2 >= 2 r that is at most twice its first term.
public struct MagnitudeFlow: Sendable {
  private let starts: [Int]
  private let columns: [Int32]
  private let sizes: [Double]
  /// At least the greatest sum in a row of M.
  public let scale: Double

  /// The flow of a matrix, whose radii count.
  public init(_ hermitian: HermitianElements) {
    let rows = hermitian.dimension
    var starts = [Int](repeating: 0, count: rows + 1)
    for element in hermitian.elements {
      starts[element.row + 1] += 1
      starts[element.column + 1] += 1
    }
    for k in 0..<rows { starts[k + 1] += starts[k] }
    var places = starts
    var columns = [Int32](repeating: 0, count: starts[rows])
    var sizes = [Double](repeating: 0, count: starts[rows])
    var sums = [Double](repeating: 0, count: rows)
    for element in hermitian.elements {
      let size = (element.size + element.radius) * (1 + 0x1p-40)
      for (row, column) in [(element.row, element.column), (element.column, element.row)] {
        columns[places[row]] = Int32(column)
        sizes[places[row]] = size
        places[row] += 1
        sums[row] += size
      }
    }
    (self.starts, self.columns, self.sizes) = (starts, columns, sizes)
    scale = (sums.max() ?? 0) * (1 + 0x1p-20)
  }

  /// At least the magnitudes of the numbers at all times up to one.
  ///
  /// Each of up to q terms passes at most as many roundings as a row has elements, and three more; all are covered by a
  /// relative 2^-20 as long as their number is below 2^32, and numbers that vanish by 2^-900.
  ///
  /// - Throws: ``KernelRefusal`` for a step that is too long.
  public func bounds(of vector: ComplexVector, for time: Double) throws(KernelRefusal) -> [Double] {
    let reach = scale * time * (1 + 0x1p-50)
    guard reach <= 64 else { throw KernelRefusal("a step of the kernel is too long") }
    var term = zip(vector.real, vector.imaginary).map { ($0 * $0 + $1 * $1).squareRoot() * (1 + 0x1p-40) + 0x1p-500 }
    let greatest = term.max() ?? 0
    var (degree, rest) = (0, reach)
    while Double(degree + 2) < 2 * reach || rest > 0x1p-80 {
      degree += 1
      rest *= reach / Double(degree + 1)
    }
    var sum = term
    var next = term
    for n in stride(from: 1, through: degree, by: 1) {
      let factor = time / Double(n)
      for row in term.indices {
        var value = 0.0
        for place in starts[row]..<starts[row + 1] { value += sizes[place] * term[Int(columns[place])] }
        next[row] = value * factor
        sum[row] += next[row]
      }
      swap(&term, &next)
    }
    let tail = 2.02 * rest * greatest + 0x1p-900
    return sum.map { ($0 + tail) * (1 + 0x1p-20) }
  }
}
