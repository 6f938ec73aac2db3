import ArbitraryPrecision
import JSON
import RigorousNumerics

/// As many columns B as a positive matrix has rows, with B B' near to it (docs/certificates.md, S9).
///
/// All numbers are points and nothing is proved of them: the checkers have what is written, and their own arithmetic.
struct CertificateFactor {
  /// Bits of what is written; twice as many are computed, as roots of numbers of this size are met.
  private let bits: Int
  private let precision: Int
  private var columns: [[ComplexInterval]]

  private var count: Int { columns.count }

  /// The columns of an elimination with the greatest element of the diagonal first, down to the noise of a path.
  init(_ matrix: [[ComplexInterval]], bits: Int) {
    (self.bits, precision) = (bits, 2 * bits + 64)
    let (count, precision) = (matrix.count, precision)
    var rest = (0..<count).map { row in (0..<count).map { matrix[$0][row].point(precision) } }
    columns = Array(repeating: Array(repeating: .zero(precision: precision), count: count), count: count)
    let noise = Interval(1, precision: 64).scaled(byPowerOfTwo: 12 - bits).upper
    for index in 0..<count {
      guard let pivot = (0..<count).max(by: { rest[$0][$0].real.lower < rest[$1][$1].real.lower }) else { return }
      let size = rest[pivot][pivot].real
      guard size.lower > noise else { return }
      let root = size.squareRoot
      columns[index] = (0..<count).map { rest[$0][pivot].over(root).point(precision) }
      for row in 0..<count {
        for column in 0..<count {
          let product = columns[index][row] * columns[index][column].conjugate
          rest[row][column] = (rest[row][column] - product).point(precision)
        }
      }
    }
  }

  private init(_ columns: [[ComplexInterval]], _ other: CertificateFactor) {
    (self.columns, bits, precision) = (columns, other.bits, other.precision)
  }

  /// A factor of the same state of two qubits with B^T S B about diagonal, S being sigma_y of both.
  ///
  /// T = B^T S B is symmetric, and T conj(u) = s u is with u = x + iy the real symmetric problem of ((Re T, Im T),
  /// (Im T, -Re T)) for (x, y), with the eigenvalues s and -s. Unit vectors of different s > 0 are orthogonal, and with
  /// V of the columns conj(u) the matrix V^T T V has these s on its diagonal (Takagi). What is below 2^-bits is left
  /// as it is.
  func takagi(within budget: Budget) throws -> CertificateFactor {
    func element(_ i: Int, _ j: Int) -> ComplexInterval {
      let (a, b) = (columns[i], columns[j])
      return (a[1] * b[2] + a[2] * b[1] - a[0] * b[3] - a[3] * b[0]).point(precision)
    }
    let matrix = HermitianMatrix(symmetric: 8, precision: precision) { row, column in
      let value = element(row % 4, column % 4)
      if (row < 4) != (column < 4) { return value.imaginary }
      return row < 4 ? value.real : Interval(0, precision: precision) - value.real
    }
    let spectrum = try HermitianSpectrum(matrix, bits: 2 * bits, within: budget)
    let least = Interval(1, precision: 64).scaled(byPowerOfTwo: -bits).upper
    let vectors = (4..<8).reversed().filter { spectrum.eigenvalues[$0].lower > least }.map { index in
      let parts = spectrum.approximateVector(index, bits: 2 * bits)
      return (0..<4).map { number(parts[2 * $0], -parts[2 * $0 + 8]) }
    }
    return times(unitary(vectors))
  }

  /// Factors of the same two states with B' G about diagonal, by the singular vectors of B' G.
  static func matched(
    _ b: CertificateFactor, _ g: CertificateFactor, within budget: Budget
  ) throws -> (CertificateFactor, CertificateFactor) {
    let (count, precision) = (b.count, b.precision)
    let inner = g.columns.map { column in b.columns.map { b.product($0, column) } }
    let square = HermitianMatrix(count, precision: precision) { b.product(inner[$0], inner[$1]) }
    let spectrum = try HermitianSpectrum(square, bits: 2 * b.bits, within: budget)
    let right = (0..<count).reversed().map { index in
      let parts = spectrum.approximateVector(index, bits: 2 * b.bits)
      return (0..<count).map { b.number(parts[2 * $0], parts[2 * $0 + 1]) }
    }
    let least = Interval(1, precision: 64).scaled(byPowerOfTwo: -2 * b.bits).upper
    let images = right.map { b.combined(inner, $0) }.prefix { b.product($0, $0).real.lower > least }
    return (b.times(b.unitary(Array(images))), g.times(right))
  }

  // MARK: - Vectors

  private func number(_ real: Integer, _ imaginary: Integer) -> ComplexInterval {
    func scaled(_ x: Integer) -> Interval { Interval(x, precision: precision).scaled(byPowerOfTwo: -2 * bits) }
    return ComplexInterval(scaled(real), scaled(imaginary))
  }

  private func product(_ a: [ComplexInterval], _ b: [ComplexInterval]) -> ComplexInterval {
    zip(a, b).reduce(ComplexInterval.zero(precision: precision)) { $0 + $1.0.conjugate * $1.1 }.point(precision)
  }

  private func combined(_ columns: [[ComplexInterval]], _ factors: [ComplexInterval]) -> [ComplexInterval] {
    (0..<count).map { row in
      zip(columns, factors).reduce(ComplexInterval.zero(precision: precision)) { $0 + $1.0[row] * $1.1 }
        .point(precision)
    }
  }

  private func times(_ matrix: [[ComplexInterval]]) -> CertificateFactor {
    CertificateFactor(matrix.map { combined(columns, $0) }, self)
  }

  /// Orthonormal vectors, beginning with those given, as many as there are dimensions.
  private func unitary(_ vectors: [[ComplexInterval]]) -> [[ComplexInterval]] {
    var result: [[ComplexInterval]] = []
    func rest(_ vector: [ComplexInterval]) -> [ComplexInterval] {
      var vector = vector
      for _ in 0..<2 {
        for known in result {
          let part = product(known, vector)
          vector = zip(vector, known).map { ($0 - part * $1).point(precision) }
        }
      }
      return vector
    }
    func add(_ vector: [ComplexInterval]) {
      let length = product(vector, vector).real.squareRoot
      result.append(vector.map { $0.over(length).point(precision) })
    }
    for vector in vectors { add(rest(vector)) }
    let (zero, one) = (number(0, 0), number(Integer.powerOfTwo(2 * bits), 0))
    while result.count < count {
      let left = (0..<count).map { place in rest((0..<count).map { $0 == place ? one : zero }) }
      guard let best = left.max(by: { product($0, $0).real.lower < product($1, $1).real.lower }) else { break }
      add(best)
    }
    return result
  }

  /// The columns, as vectors are written.
  var json: JSONValue {
    .array(
      columns.map { column in
        .array(column.flatMap { [$0.real.fixed(bits), $0.imaginary.fixed(bits)] }.map { .number("\($0)") })
      })
  }
}

extension ComplexInterval {
  fileprivate func over(_ divisor: Interval) -> ComplexInterval { ComplexInterval(real / divisor, imaginary / divisor) }

  /// About its middle, of some bits.
  fileprivate func point(_ precision: Int) -> ComplexInterval {
    func point(_ x: Interval) -> Interval {
      x.anchor.map { Interval(Interval($0).rounded(to: precision).upper) } ?? Interval(0, precision: precision)
    }
    return ComplexInterval(point(real), point(imaginary))
  }
}
