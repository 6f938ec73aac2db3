internal import CLattice

/// The Hamiltonian of the Dicke battery on the states |m, k> of m = 0 ... M photons and k excitations with m + k - N even, less w0 N and scaled.
///
/// Rows of equal m lie one after the other, padded with zeros to a multiple of eight, with a row of zeros before and after. With
/// a_k = sqrt((k + 1)(N - k)) the element of a row is
///
///     (H psi)_mk = w0 (m + k - N) psi_mk + g (a_k z_(k+1) + a_(k-1) z_(k-1)),   z_k = sqrt(m + 1) psi_(m+1)k + sqrt(m) psi_(m-1)k.
///
/// It is scaled by R, at least the greatest sum of magnitudes in a row: 2 a_k <= N + 1 and |m + k - N| <= max(M, N). Vectors are x + i y in two
/// blocks, and S = ((0, H), (-H, 0))/R.
struct DickeLattice {
  let cells: Int
  let photons: Int
  /// Doubles of a row, and of one block with both rows of zeros.
  let stride: Int
  let size: Int
  /// R.
  let scale: Double
  /// The greatest rate at which H moves weight across the cut, over sqrt(M + 1): g N.
  let drive: Double

  /// sqrt(m) for m = 0 ... M + 1.
  private let roots: [Double]
  /// 2 g/R times a_k and a_(k-1), in rows for even and odd k: first those that multiply the element at the same place in a neighbouring row,
  /// then the others.
  private let coefficients: [Double]
  private let diagonal: Double

  init(cells: Int, photons: Int, frequency: Double, coupling: Double) {
    (self.cells, self.photons) = (cells, photons)
    let stride = (cells / 2 + 2 + 7) / 8 * 8
    self.stride = stride
    size = (photons + 3) * stride + 16
    let (n, m) = (Double(cells), Double(photons))
    scale = (frequency * max(m, n) + 2 * coupling * (m + 1).squareRoot() * (n + 1)) * (1 + 0x1p-20)
    drive = coupling * n
    roots = (0...photons + 1).map { Double($0).squareRoot() }
    diagonal = 2 * frequency / scale
    let unit = 2 * coupling / scale
    func ladder(_ k: Int) -> Double { k < 0 || k >= cells ? 0 : unit * Double((k + 1) * (cells - k)).squareRoot() }
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

  /// The place of a row in a block.
  @inline(__always)
  func row(_ m: Int) -> Int { 8 + (m + 1) * stride }

  /// The least k of a row.
  @inline(__always)
  func parity(_ m: Int) -> Int { (m + cells) & 1 }

  /// The number of elements of a row.
  @inline(__always)
  func count(_ m: Int) -> Int { max(0, (cells - parity(m)) / 2 + 1) }

  /// target += a v + 2 S current, and the sum of the squares of the result; `scratch` holds two rows.
  func step(
    _ current: UnsafePointer<Double>, _ a: Double, _ v: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    withLattice { qbo_lattice_step($0, current, a, v, target, scratch + 8) }
  }

  /// target = b 2 S current, over whatever stood in its rows, and the sum of the squares of the result.
  func product(
    _ current: UnsafePointer<Double>, _ b: Double, _ target: UnsafeMutablePointer<Double>,
    _ scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    withLattice { qbo_lattice_product($0, current, b, target, scratch + 8) }
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
      let x = SpinChain.load(a + place + i), y = SpinChain.load(a + size + place + i)
      total += x * x + y * y
    }
    return total.sum()
  }
}
