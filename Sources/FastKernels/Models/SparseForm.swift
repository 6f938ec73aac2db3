/// An operator X in doubles from some numbers to these and further ones, with bounds of what forms of it are off.
///
/// Roundings are bounded beside the values that cause them, u = 2^-53 and g(k) = k u/(1 - k u): an element of X phi
/// with at most m terms is off by g(2 m + 2) of the sum of |X||phi| and by the radii of the elements; a sum of n
/// products in blocks of 64 by g(n/64 + 70) of the sum of magnitudes (Higham, Sec. 4.2).
public struct SparseForm: Sendable {
  /// An element from a column to a row.
  public struct Element: Sendable {
    let row: Int
    let column: Int
    let real: Double
    let imaginary: Double
    let radius: Double

    /// An element.
    public init(row: Int, column: Int, real: Double, imaginary: Double, radius: Double) {
      (self.row, self.column, self.real, self.imaginary) = (row, column, real, imaginary)
      self.radius = radius
    }
  }

  /// X phi, as computed.
  public struct Image: Sendable {
    /// The numbers, at first those of the columns.
    public var values: ComplexVector
    /// At least |X phi - values| for each of them.
    let errors: [Double]

    /// At least the 2-norm of what the numbers are off.
    public var error: Double { squares(errors).squareRoot() * (1 + 0x1p-20) + 0x1p-480 }

    /// At least |X phi|.
    public var length: Double { values.length + error }

    private func squares(_ list: [Double]) -> Double { list.reduce(0) { $0 + $1 * $1 } }
  }

  private let elements: [Element]
  private let rows: Int
  /// m.
  private let longest: Int
  /// At least the norm of X, and at least that of its part that leads back to the columns: by Schur's test the root of
  /// the greatest sum in a row times that in a column.
  public let norm: Double

  /// An operator.
  ///
  /// - Parameter rows: how many numbers an image has; the first ones are those that a vector has.
  public init(_ elements: [Element], rows: Int, columns: Int) {
    (self.elements, self.rows) = (elements, rows)
    var lengths = [Int](repeating: 0, count: rows)
    var sums = (rows: [Double](repeating: 0, count: rows), columns: [Double](repeating: 0, count: columns))
    for element in elements {
      lengths[element.row] += 1
      let size = (element.real * element.real + element.imaginary * element.imaginary).squareRoot() + element.radius
      sums.rows[element.row] += size
      sums.columns[element.column] += size
    }
    longest = lengths.max() ?? 0
    norm = ((sums.rows.max() ?? 0) * (sums.columns.max() ?? 0)).squareRoot() * (1 + 0x1p-20)
  }

  /// (X - c) phi.
  public func image(of vector: ComplexVector, minus mean: Double = 0) -> Image {
    var values = ComplexVector(zeros: rows)
    var sums = [Double](repeating: 0, count: rows)
    var radii = [Double](repeating: 0, count: rows)
    for element in elements {
      let (x, y) = (vector.real[element.column], vector.imaginary[element.column])
      values.real[element.row] += element.real * x - element.imaginary * y
      values.imaginary[element.row] += element.real * y + element.imaginary * x
      let size = abs(x) + abs(y)
      sums[element.row] += (abs(element.real) + abs(element.imaginary)) * size
      radii[element.row] += element.radius * size
    }
    if mean != 0 {
      for k in 0..<vector.count {
        values.real[k] -= mean * vector.real[k]
        values.imaginary[k] -= mean * vector.imaginary[k]
        sums[k] += abs(mean) * (abs(vector.real[k]) + abs(vector.imaginary[k]))
      }
    }
    let unit = 0x1p-53 * Double(2 * longest + 6)
    let errors = (0..<rows).map { (unit * sums[$0] + radii[$0]) * (1 + 0x1p-20) }
    return Image(values: values, errors: errors)
  }

  /// <b|a> of two lists of numbers, as many as the shorter one has, and a bound of its parts' errors from what a is off
  /// and from roundings.
  public static func product(
    _ b: ComplexVector, _ a: Image
  ) -> (real: Double, imaginary: Double, error: Double) {
    let count = min(a.values.count, b.count)
    var (x, y, size, off) = (0.0, 0.0, 0.0, 0.0)
    for start in stride(from: 0, to: count, by: 64) {
      var (p, q) = (0.0, 0.0)
      for k in start..<min(start + 64, count) {
        let (c, d, e, f) = (b.real[k], b.imaginary[k], a.values.real[k], a.values.imaginary[k])
        p += c * e + d * f
        q += c * f - d * e
        let own = abs(c) + abs(d)
        size += own * (abs(e) + abs(f))
        off += own * a.errors[k]
      }
      x += p
      y += q
    }
    let rounding = 0x1p-53 * Double(count / 64 + 72) * size
    return (x, y, (rounding + off) * (1 + 0x1p-20) + 0x1p-900)
  }
}
