import ArbitraryPrecision
import Operators

/// An operator on the states of a frame in doubles: its columns one after the other, found once for all states.
///
/// Every element is off by at most 2^-51 of its size, both parts each for itself.
struct RoughOperator: Sendable {
  /// The elements of column k are starts[k] ..< starts[k + 1].
  let starts: [Int]
  /// The row of each: a number of the frame, or beyond them one of ``outside``.
  let rows: [Int]
  let real: [Double]
  let imaginary: [Double]
  /// The states outside of the frame that the columns reach.
  let outside: [BasisState]
  /// The most elements in a column or a row.
  let longest: Int
  /// At least the norm of the operator between states of the frame, by the greatest sum of magnitudes in a column: it
  /// is Hermitian.
  let norm: Double
  /// At least the norm of the matrix of magnitudes, rows outside included: by Schur's test the root of the greatest sum
  /// in a row times that in a column.
  let wholeNorm: Double

  /// - Returns: nil where an element is not known to so many bits.
  init?(_ columns: [OperatorColumns.Column], in frame: RoughFrame) {
    var (starts, rows, real, imaginary) = ([0], [Int](), [Double](), [Double]())
    var (outside, numbers) = ([BasisState](), [BasisState: Int]())
    var (longest, greatest, greatestWhole) = (0, 0.0, 0.0)
    for column in columns {
      var (sum, whole) = (0.0, 0.0)
      for (image, element) in column {
        guard let x = Self.double(element.real), let y = Self.double(element.imaginary) else { return nil }
        let own = frame.numbers[image]
        let row = own ?? numbers[image] ?? frame.count + outside.count
        if own == nil, numbers[image] == nil {
          numbers[image] = row
          outside.append(image)
        }
        rows.append(row)
        real.append(x)
        imaginary.append(y)
        whole += abs(x) + abs(y)
        if own != nil { sum += abs(x) + abs(y) }
      }
      (greatest, greatestWhole) = (max(greatest, sum), max(greatestWhole, whole))
      longest = max(longest, column.count)
      starts.append(rows.count)
    }
    var sums = [Double](repeating: 0, count: frame.count + outside.count)
    var counts = [Int](repeating: 0, count: sums.count)
    for (place, row) in rows.enumerated() {
      sums[row] += abs(real[place]) + abs(imaginary[place])
      counts[row] += 1
    }
    longest = max(longest, counts.max() ?? 0)
    // Sums of so many numbers, each off by 2^-51, and a root of a product.
    let slack = 1 + Double(frame.count + longest + 16) * 0x1p-50
    norm = greatest * slack
    wholeNorm = (greatestWhole * (sums.max() ?? 0)).squareRoot() * slack
    guard wholeNorm.isFinite else { return nil }
    (self.starts, self.rows, self.real, self.imaginary) = (starts, rows, real, imaginary)
    (self.outside, self.longest) = (outside, longest)
  }

  /// The double near to a number, where it is near enough.
  private static func double(_ value: Interval) -> Double? {
    if value.isExactZero { return 0 }
    guard let near = value.midpoint?.double(rounding: .nearest), abs(near) > 0x1p-500, abs(near) < 0x1p500,
      let exact = Interval(exactly: near, precision: 64)
    else { return nil }
    let off = (value - exact).magnitude.double(rounding: .up)
    return off <= abs(near) * 0x1p-51 ? near : nil
  }
}

extension ModelPoint {
  /// An operator on the states of a frame; nil where doubles do not hold it.
  func rough(_ polynomial: Operator, in frame: RoughFrame) throws -> RoughOperator? {
    let known = columns.of(polynomial)
    return try known.rough(frame) { RoughOperator(try columns(of: polynomial, at: frame.states), in: frame) }
  }
}
