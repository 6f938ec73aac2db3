internal import CLattice

/// The Hamiltonian of the Dicke battery on the states |m, k> of m = 0 ... M photons and k excitations with m + k - N
/// even, less w0 N and scaled.
///
/// Rows of equal m lie one after the other, padded with zeros to a multiple of eight, with a row of zeros before and
/// after. With a_k = sqrt((k + 1)(N - k)) the element of a row is
///
///     (H psi)_mk = w0 (m + k - N) psi_mk + g (a_k z_(k+1) + a_(k-1) z_(k-1)),
///     z_k = sqrt(m + 1) psi_(m+1)k + sqrt(m) psi_(m-1)k.
///
/// A multiple of w0 is taken off, which turns the state by a phase alone: with the circles of Gershgorin between L and
/// U, the integer c next to (L + U)/(2 w0) makes them about even on both sides of zero, and R = max(U - c w0, c w0 - L)
/// is at least the sum of magnitudes of each row of H - c w0. Vectors are x + i y in two blocks, and S = ((0, H - c
/// w0), (c w0 - H, 0))/R.
struct DickeLattice {
  let cells: Int
  let photons: Int
  /// Doubles of a row, and of one block with both rows of zeros.
  let stride: Int
  let size: Int
  /// R.
  let scale: Double
  /// c.
  private let shift: Double
  /// At least (R + |c| w0)/R, which is at least the sum of magnitudes of a row of H/R.
  let unshiftedNorm: Double
  /// The greatest rate at which H moves weight across the cut, over sqrt(M + 1): g N.
  let drive: Double

  /// sqrt(m) for m = 0 ... M + 1.
  private let roots: [Double]
  /// 2 g/R times a_k and a_(k-1), in rows for even and odd k: first those that multiply the element at the same place
  /// in a neighbouring row, then the others.
  private let coefficients: [Double]
  private let diagonal: Double

  init(cells: Int, photons: Int, frequency: Double, coupling: Double) {
    (self.cells, self.photons) = (cells, photons)
    let stride = (cells / 2 + 2 + 7) / 8 * 8
    self.stride = stride
    size = (photons + 3) * stride + 16
    drive = coupling * Double(cells)
    roots = (0...photons + 1).map { Double($0).squareRoot() }
    let circles = DickeLattice.circles(cells: cells, roots: roots, frequency: frequency, coupling: coupling)
    // Any integer will do; where w0 is small beside g it is of no use.
    let middle = ((circles.low + circles.high) / (2 * frequency)).rounded()
    shift = min(max(middle, -Double(cells)), Double(photons))
    let radius = max(circles.high - shift * frequency, shift * frequency - circles.low)
    scale = radius * (1 + 0x1p-20) + 0x1p-40 * (circles.high - circles.low)
    unshiftedNorm = (1 + abs(shift) * frequency / scale) * (1 + 0x1p-20)
    diagonal = 2 * frequency / scale
    let unit = 2 * coupling / scale
    func ladder(_ k: Int) -> Double { unit * DickeLattice.ladder(k, cells: cells) }
    var (same, other) = ([Double](), [Double]())
    for parity in 0...1 {
      let count = (cells - parity) / 2 + 1
      let ks = (0..<stride).map { 2 * $0 + parity }
      func padded(_ f: (Int) -> Double) -> [Double] {
        ks.enumerated().map { $0 < count && cells >= parity ? f($1) : 0 }
      }
      // A neighbouring row of even k has k - 1 at the same place for odd k, and k + 1 for even k.
      same.append(contentsOf: padded { parity == 0 ? ladder($0) : ladder($0 - 1) })
      other.append(contentsOf: padded { parity == 0 ? ladder($0 - 1) : ladder($0) })
    }
    coefficients = same + other
  }

  /// a_k, zero beyond the ladder.
  private static func ladder(_ k: Int, cells: Int) -> Double {
    k < 0 || k >= cells ? 0 : Double((k + 1) * (cells - k)).squareRoot()
  }

  /// L and U: the least and the greatest of w0 (m + k - N) -+ g (a_k + a_(k-1)) (sqrt(m) + sqrt(m + 1)).
  private static func circles(
    cells: Int, roots: [Double], frequency: Double, coupling: Double
  ) -> (low: Double, high: Double) {
    func ladder(_ k: Int) -> Double { DickeLattice.ladder(k, cells: cells) }
    var (low, high) = (0.0, 0.0)
    for k in 0...cells {
      let sum = coupling * (ladder(k) + ladder(k - 1))
      for m in 0..<roots.count - 1 {
        let center = frequency * Double(m + k - cells)
        let radius = sum * (roots[m] + roots[m + 1])
        low = min(low, center - radius)
        high = max(high, center + radius)
      }
    }
    return (low, high)
  }

  /// The place of a row in a block.
  @inline(__always)
  func row(_ m: Int) -> Int { 8 + (m + 1) * stride }

  /// target += a v + 2 S current, and the sum of the squares of the result.
  func step(
    _ current: UnsafePointer<Double>, _ a: Double, _ v: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>
  ) -> Double {
    withLattice { qbo_lattice_step($0, shift, current, a, v, target) }
  }

  /// target = b 2 ((0, H), (-H, 0))/R current, with nothing taken off H, over whatever stood in its rows, and the sum
  /// of the squares of the result.
  func product(
    _ current: UnsafePointer<Double>, _ b: Double, _ target: UnsafeMutablePointer<Double>
  ) -> Double {
    withLattice { qbo_lattice_product($0, current, b, target) }
  }

  /// The sum of k a_mk b_mk over both blocks.
  func excitation(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) -> Double {
    withLattice { qbo_lattice_excitation($0, a, b) }
  }

  private func withLattice(_ body: (UnsafePointer<qbo_lattice>) -> Double) -> Double {
    roots.withUnsafeBufferPointer { roots in
      coefficients.withUnsafeBufferPointer { same in
        guard let same = same.baseAddress else { return 0 }
        var lattice = qbo_lattice(
          photons: photons, cells: cells, stride: stride, size: size, diagonal: diagonal, roots: roots.baseAddress,
          same: same, other: same + 2 * stride)
        return body(&lattice)
      }
    }
  }

  /// Writes zeros around the rows of a vector, where the product reads them.
  func clearMargins(_ vector: UnsafeMutablePointer<Double>) {
    for block in [vector, vector + size] {
      block.update(repeating: 0, count: row(0))
      (block + row(photons + 1)).update(repeating: 0, count: size - row(photons + 1))
    }
  }

  /// The sum of the squares of a vector.
  func squares(_ a: UnsafePointer<Double>) -> Double { (0...photons).reduce(0) { $0 + square(a, row: $1) } }

  /// The sum of the squares of a row of both blocks.
  func square(_ a: UnsafePointer<Double>, row m: Int) -> Double {
    var total = SIMD8<Double>.zero
    let place = row(m)
    for i in Swift.stride(from: 0, to: stride, by: 8) {
      let x = Lanes.load(a + place + i), y = Lanes.load(a + size + place + i)
      total += x * x + y * y
    }
    return total.sum()
  }
}
