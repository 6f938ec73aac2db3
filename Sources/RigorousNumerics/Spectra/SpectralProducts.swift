import ArbitraryPrecision

/// The products of a matrix A with approximate eigenvectors X that refinement and certificate need, in the fixed point
/// of ``FixedColumns``.
struct SpectralProducts {
  let isComplex: Bool
  let rows: FixedRows
  let columns: FixedColumns

  private var width: Int { columns.width }
  private var count: Int { columns.count }
  /// The length of a column over its number of complex or real elements.
  private var parts: Int { isComplex ? 2 : 1 }

  /// A X, each element cut.
  func image() -> FixedColumns {
    .filled(count, length: columns.length, width: width) { target, sum in
      FixedColumns.withViews([columns]) { views in
        for j in 0..<count { rows.multiply(views[0], j, sum) { sum.store(to: target, j, $0) } }
      }
    }
  }

  /// The elements of X^H Y for j <= i, a column for each i, real parts and then imaginary ones, in units of the last
  /// place, rounded down.
  func inner(_ other: FixedColumns) -> [[Integer]] {
    var result: [[Integer]] = []
    let bits = columns.fractionBits
    FixedSum.with(width: width) { sum in
      FixedColumns.withViews([other, columns] + (isComplex ? [columns.timesMinusI()] : [])) { views in
        for i in 0..<count {
          var column: [Integer] = []
          // With z = y - i x of a column x + i y, the imaginary part of the product with w is minus that of z with w as
          // real columns.
          for (part, view) in views.dropFirst().enumerated() {
            for j in 0...i {
              sum.take(view, j, views[0], i)
              let value = sum.integer.shifted(right: bits)
              column.append(part == 0 ? value : -value)
            }
          }
          result.append(column)
        }
      }
    }
    return result
  }

  /// The Rayleigh quotients x_j A x_j, cut, of the columns and their images.
  func quotients(_ image: FixedColumns) -> FixedColumns {
    .filled(1, length: count, width: width) { target, sum in
      FixedColumns.withViews([columns, image]) { views in
        for j in 0..<count {
          sum.take(views[0], j, views[1], j)
          sum.store(to: target, 0, j)
        }
      }
    }
  }

  /// X E for a matrix E given by columns, each element cut.
  func combined(_ factors: FixedColumns) -> FixedColumns {
    // Rows of a + i b with columns of e + i f: (a, b) with (e, -f) for the real part, with (f, e) for the other.
    let factors = isComplex ? [factors.conjugated(), factors.timesMinusI().conjugated()] : [factors]
    let size = columns.length / parts
    return .filled(count, length: columns.length, width: width) { target, sum in
      FixedColumns.withViews([columns.transposed(isComplex: isComplex)] + factors) { views in
        for j in 0..<count {
          for row in 0..<columns.length {
            sum.take(views[0], row % size, views[1 + row / size], j)
            sum.store(to: target, j, row)
          }
        }
      }
    }
  }
}

/// Upper bounds of the 2-norms of I - X^H X and of A X - X L, from exact sums: the greatest sum of magnitudes in a row
/// of the first, which is Hermitian, and the root of the greatest ones in a row and in a column of the second. For the
/// magnitude of a complex number stands the sum of those of its parts.
struct SpectralResidual {
  let orthogonality: Interval
  let residual: Interval

  init(_ products: SpectralProducts, values: FixedColumns) {
    let x = products.columns
    let (width, count) = (x.width, x.count)
    // A row of complex numbers is two rows of their parts.
    let rowCount = products.isComplex ? x.length / 2 : x.length
    let size = 2 * width + 1
    let unit = -2 * x.fractionBits
    var byColumn = [UInt](repeating: 0, count: count * size)
    var byRow = [UInt](repeating: 0, count: rowCount * size)
    var gram = [UInt](repeating: 0, count: count * size)
    byColumn.withUnsafeMutableBufferPointer { byColumn in
      byRow.withUnsafeMutableBufferPointer { byRow in
        gram.withUnsafeMutableBufferPointer { gram in
          guard let byColumn = byColumn.baseAddress, let byRow = byRow.baseAddress, let gram = gram.baseAddress else {
            return
          }
          FixedSum.with(width: width) { sum in
            FixedColumns.withViews([x, values]) { views in
              for j in 0..<count {
                products.rows.multiply(
                  views[0], j, less: views[1].limbs + j * width, sign: views[1].signs[j], sum
                ) { row in
                  sum.addMagnitude(to: byColumn + j * size, byRow + row % rowCount * size)
                }
              }
            }
            FixedColumns.withViews([x] + (products.isComplex ? [x.timesMinusI()] : [])) { views in
              for i in 0..<count {
                for view in views {
                  for j in 0...i {
                    sum.take(view, i, views[0], j)
                    if i != j {
                      sum.addMagnitude(to: gram + i * size, gram + j * size)
                    } else {
                      // The imaginary part is zero without being asked.
                      if view.limbs == views[0].limbs { sum.subtractOne() }
                      sum.addMagnitude(to: gram + i * size)
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    residual =
      (SpectralResidual.greatest(byColumn, size, unit) * SpectralResidual.greatest(byRow, size, unit)).squareRoot
    orthogonality = SpectralResidual.greatest(gram, size, unit)
  }

  private static func greatest(_ sums: [UInt], _ size: Int, _ exponent: Int) -> Interval {
    var greatest = Integer(0)
    sums.withUnsafeBufferPointer { sums in
      for start in stride(from: 0, to: sums.count, by: size) {
        greatest = max(greatest, Integer(limbs: UnsafeBufferPointer(rebasing: sums[start..<start + size])))
      }
    }
    return Interval(Interval(greatest, precision: 64).upper).scaled(byPowerOfTwo: exponent)
  }
}
