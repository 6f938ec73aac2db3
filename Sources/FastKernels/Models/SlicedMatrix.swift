/// A sparse matrix D = 2 S whose rows stand in slices of eight, each filled up to its longest row, so that eight rows
/// are worked on at once.
struct SlicedMatrix: Sendable {
  /// An element that is not zero.
  struct Entry {
    let row: Int
    let column: Int
    let real: Double
    let imaginary: Double
  }

  private let rows: Int
  /// Where the elements of each slice begin, in groups of eight.
  private let starts: [Int]
  private let columns: [Int32]
  private let real: [Double]
  /// None where all elements are real.
  private let imaginary: [Double]
  /// m: the most elements of a row.
  let longest: Int

  /// The elements, those that fill rows up included.
  var count: Int { columns.count }

  init(_ entries: [Entry], rows: Int, isComplex: Bool) throws(KernelRefusal) {
    self.rows = rows
    var lengths = [Int](repeating: 0, count: rows)
    for entry in entries { lengths[entry.row] += 1 }
    let slices = (rows + 7) / 8
    var starts = [0]
    starts.reserveCapacity(slices + 1)
    for slice in 0..<slices {
      let width = lengths[8 * slice..<min(8 * slice + 8, rows)].max() ?? 0
      starts.append(starts[slice] + width)
    }
    let count = 8 * starts[slices]
    guard count <= SparseFlow.greatestCount else {
      throw KernelRefusal("the Hamiltonian has \(count) elements; accepted: to \(SparseFlow.greatestCount)")
    }
    // What fills up is zero times a number that is there.
    var columns = [Int32](repeating: 0, count: count)
    var real = [Double](repeating: 0, count: count)
    var imaginary = [Double](repeating: 0, count: isComplex ? count : 0)
    var filled = [Int](repeating: 0, count: rows)
    for entry in entries {
      let place = 8 * (starts[entry.row / 8] + filled[entry.row]) + entry.row % 8
      filled[entry.row] += 1
      columns[place] = Int32(entry.column)
      real[place] = entry.real
      if isComplex { imaginary[place] = entry.imaginary }
    }
    (self.starts, self.columns, self.real, self.imaginary) = (starts, columns, real, imaginary)
    longest = lengths.max() ?? 0
  }

  /// The sum of the series of one or two planes of numbers, and the error that is made: points 3 to 6 of
  /// ``SparseFlow``.
  ///
  /// - Parameter length: at least the 2-norm of the planes together.
  func run(_ series: BesselSeries, _ planes: [[Double]], length: Double) -> (planes: [[Double]], error: Double) {
    let size = (rows + 7) / 8 * 8
    let whole = planes.count * size
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: 4 * whole)
    memory.initialize(repeating: 0, count: 4 * whole)
    defer { memory.deallocate() }
    let (v, kept) = (memory, memory + whole)
    var (current, older) = (memory + 2 * whole, memory + 3 * whole)
    for (place, plane) in planes.enumerated() {
      for k in 0..<rows { v[place * size + k] = plane[k] }
    }
    let a = series.coefficients
    var (lengths, weights) = (0.0, 0.0)
    // |y_n|, |y_(n+1)|, |y_(n+2)|.
    var last = (0.0, 0.0, 0.0)
    for n in stride(from: a.count - 1, through: 0, by: -1) {
      if n == 0 { kept.update(from: older, count: whole) }
      let squares =
        planes.count == 1
        ? step(a[n], v, current, older) : complexStep(a[n], v, current, older, size: size)
      last = (squares.squareRoot(), last.0, last.1)
      lengths += last.0
      weights += abs(a[n])
      swap(&current, &older)
    }
    for k in 0..<whole { v[k] = (a[0] * v[k] + (current[k] + kept[k])) * 0.5 }
    let result = planes.indices.map { plane in (0..<rows).map { v[plane * size + $0] } }
    // 4 and 5.
    let m = Double(longest)
    let row = planes.count == 1 ? 2.1 * m : 3 * (m + 2)
    let made =
      (row + 2.1) * lengths + 2.1 * weights * length + 1.1 * (last.0 + last.2 + abs(a[0]) * length)
    return (result, series.error * length + 0x1p-53 * made * (1 + 0x1p-20) + 0x1p-480)
  }

  @inline(__always)
  private func gathered(_ vector: UnsafePointer<Double>, _ c: UnsafePointer<Int32>) -> SIMD8<Double> {
    SIMD8(
      vector[Int(c[0])], vector[Int(c[1])], vector[Int(c[2])], vector[Int(c[3])], vector[Int(c[4])],
      vector[Int(c[5])], vector[Int(c[6])], vector[Int(c[7])])
  }

  /// target += a v + D current, and the sum of the squares.
  private func step(
    _ a: Double, _ v: UnsafePointer<Double>, _ current: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
  ) -> Double {
    var squares = SIMD8<Double>.zero
    columns.withUnsafeBufferPointer { columns in
      real.withUnsafeBufferPointer { real in
        starts.withUnsafeBufferPointer { starts in
          guard let c = columns.baseAddress, let d = real.baseAddress else { return }
          for slice in 0..<starts.count - 1 {
            var sum = SIMD8<Double>.zero
            for place in starts[slice]..<starts[slice + 1] {
              sum += Lanes.load(d + 8 * place) * gathered(current, c + 8 * place)
            }
            let k = 8 * slice
            let value = (Lanes.load(target + k) + sum) + a * Lanes.load(v + k)
            UnsafeMutableRawPointer(target + k).storeBytes(of: value, as: SIMD8<Double>.self)
            squares += value * value
          }
        }
      }
    }
    return squares.sum()
  }

  /// The same of complex numbers, whose imaginary parts follow after `size` real ones.
  private func complexStep(
    _ a: Double, _ v: UnsafePointer<Double>, _ current: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>,
    size: Int
  ) -> Double {
    var squares = SIMD8<Double>.zero
    columns.withUnsafeBufferPointer { columns in
      real.withUnsafeBufferPointer { real in
        imaginary.withUnsafeBufferPointer { imaginary in
          starts.withUnsafeBufferPointer { starts in
            guard let c = columns.baseAddress, let p = real.baseAddress, let q = imaginary.baseAddress else { return }
            for slice in 0..<starts.count - 1 {
              var (x, y) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
              for place in starts[slice]..<starts[slice + 1] {
                let (g, h) = (Lanes.load(p + 8 * place), Lanes.load(q + 8 * place))
                let s = gathered(current, c + 8 * place)
                let t = gathered(current + size, c + 8 * place)
                x += g * s - h * t
                y += g * t + h * s
              }
              let k = 8 * slice
              let left = (Lanes.load(target + k) + x) + a * Lanes.load(v + k)
              let right = (Lanes.load(target + size + k) + y) + a * Lanes.load(v + size + k)
              UnsafeMutableRawPointer(target + k).storeBytes(of: left, as: SIMD8<Double>.self)
              UnsafeMutableRawPointer(target + size + k).storeBytes(of: right, as: SIMD8<Double>.self)
              squares += left * left + right * right
            }
          }
        }
      }
    }
    return squares.sum()
  }
}
