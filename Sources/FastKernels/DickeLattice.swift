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
  /// 2 g/R times a_k and a_(k-1), for even and odd k; the first multiplies the element at the same place in the neighbouring row.
  private let same: [[Double]]
  private let other: [[Double]]
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
    var (same, other) = ([[Double]](), [[Double]]())
    for parity in 0...1 {
      let count = (cells - parity) / 2 + 1
      let ks = (0..<stride).map { 2 * $0 + parity }
      func padded(_ f: (Int) -> Double) -> [Double] {
        ks.enumerated().map { $0 < count && cells >= parity ? f($1) : 0 }
      }
      // A neighbouring row of even k has k - 1 at the same place for odd k, and k + 1 for even k.
      same.append(padded { parity == 0 ? ladder($0) : ladder($0 - 1) })
      other.append(padded { parity == 0 ? ladder($0 - 1) : ladder($0) })
    }
    (self.same, self.other) = (same, other)
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
    var squares = SIMD8<Double>.zero
    let (zx, zy) = (scratch + 8, scratch + 24 + stride)
    for m in 0...photons {
      let p = parity(m)
      let place = row(m)
      let (up, down) = (roots[m + 1], roots[m])
      let (x, y) = (current + place, current + size + place)
      for i in Swift.stride(from: 0, to: stride, by: 8) {
        let zxi = up * SpinChain.load(x + stride + i) + down * SpinChain.load(x - stride + i)
        let zyi = up * SpinChain.load(y + stride + i) + down * SpinChain.load(y - stride + i)
        DickeLattice.store(zxi, zx + i)
        DickeLattice.store(zyi, zy + i)
      }
      let shift = p == 0 ? -1 : 1
      let base = Double(m + p - cells)
      same[p].withUnsafeBufferPointer { same in
        other[p].withUnsafeBufferPointer { other in
          guard let same = same.baseAddress, let other = other.baseAddress else { return }
          let (tx, ty) = (target + place, target + size + place)
          let (vx, vy) = (v + place, v + size + place)
          for i in Swift.stride(from: 0, to: stride, by: 8) {
            let s = SpinChain.load(same + i), o = SpinChain.load(other + i)
            let d = diagonal * (SIMD8<Double>(0, 2, 4, 6, 8, 10, 12, 14) + (base + Double(2 * i)))
            let hx =
              d * SpinChain.load(x + i) + (s * SpinChain.load(zx + i) + o * SpinChain.load(zx + i + shift))
            let hy =
              d * SpinChain.load(y + i) + (s * SpinChain.load(zy + i) + o * SpinChain.load(zy + i + shift))
            let newX = (SpinChain.load(tx + i) + hy) + a * SpinChain.load(vx + i)
            let newY = (SpinChain.load(ty + i) - hx) + a * SpinChain.load(vy + i)
            DickeLattice.store(newX, tx + i)
            DickeLattice.store(newY, ty + i)
            squares += newX * newX + newY * newY
          }
        }
      }
    }
    return squares.sum()
  }

  /// The sum of k a_mk b_mk over both blocks.
  func excitation(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) -> Double {
    var total = SIMD8<Double>.zero
    for m in 0...photons {
      let place = row(m)
      for i in Swift.stride(from: 0, to: stride, by: 8) {
        let k = SIMD8<Double>(0, 2, 4, 6, 8, 10, 12, 14) + Double(2 * i + parity(m))
        let x = SpinChain.load(a + place + i) * SpinChain.load(b + place + i)
        let y = SpinChain.load(a + size + place + i) * SpinChain.load(b + size + place + i)
        total += k * (x + y)
      }
    }
    return total.sum()
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

  @inline(__always)
  private static func store(_ value: SIMD8<Double>, _ address: UnsafeMutablePointer<Double>) {
    UnsafeMutableRawPointer(address).storeBytes(of: value, as: SIMD8<Double>.self)
  }
}
