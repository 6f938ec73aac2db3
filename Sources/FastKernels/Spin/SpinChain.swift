/// The chain of N + 1 states with couplings (k + 1)(N - k), scaled.
struct SpinChain {
  let count: Int
  /// 2 b_k/R at k + lead, with zeros before and after.
  let fractions: [Double]
  /// 1/R, exactly.
  let inverseScale: Double

  /// Zeros before the first element, and after the last.
  static let lead = 8

  init(_ n: Int) {
    count = n + 1
    let couplings = (0..<n).map { ($0 + 1) * (n - $0) }
    let greatest = couplings.max() ?? 1
    var rowSum = 2 * greatest
    for k in 1..<max(n, 1) { rowSum = max(rowSum, couplings[k - 1] + couplings[k]) }
    // R = 2^s/m >= the greatest row sum, m of 53 bits less those of the couplings.
    let bits = Int.bitWidth - greatest.leadingZeroBitCount
    let s = 52 - bits + (Int.bitWidth - rowSum.leadingZeroBitCount)
    let power = UInt64(1) << UInt64(min(s, 62))
    let m = power / UInt64(rowSum)
    inverseScale = Double(m) / Double(power)
    var fractions = [Double](repeating: 0, count: n + 1 + 3 * SpinChain.lead)
    for (k, b) in couplings.enumerated() { fractions[SpinChain.lead + k] = 2 * Double(b) * inverseScale }
    self.fractions = fractions
  }

  /// sum of k phi_k^2 for phi = exp(z S) e_0, the length of K phi, and the error of phi in the 2-norm.
  func evolve(_ series: BesselSeries) -> (excitation: Double, length: Double, error: Double) {
    let lead = SpinChain.lead
    let size = fractions.count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: 3 * size)
    memory.initialize(repeating: 0, count: 3 * size)
    defer { memory.deallocate() }
    var (current, older) = (memory + lead, memory + size + lead)
    let kept = memory + 2 * size + lead
    let a = series.coefficients
    let last = a.count - 1
    var lengths = 0.0
    var square = 0.0
    fractions.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for n in stride(from: last, through: 0, by: -1) {
        if n == 0 { kept.update(from: older, count: count) }
        older[0] += a[n]
        square = SpinChain.step(base + lead, current, older, count: min(count, last - n + 1))
        lengths += square.squareRoot()
        swap(&current, &older)
      }
    }
    var (sum, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for k in stride(from: 0, to: count, by: 8) {
      let y = Lanes.load(current + k), w = Lanes.load(kept + k)
      var phi = (y + w) * 0.5
      if k == 0 { phi[0] += a[0] * 0.5 }
      let index = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) + Double(k)
      let term = index * (phi * phi)
      sum += term
      squares += index * term
    }
    // |y_2| <= 2 |y_1| + |y_0| + |a_0| by the recurrence: the last line is covered by a few u of what was summed.
    let final = 4 * 0x1p-53 * (2 * lengths + 2 * abs(a[0]))
    let error = series.error + 8.1 * 0x1p-53 * lengths + final
    return (sum.sum(), squares.sum().squareRoot(), error * (1 + 0x1p-30) + 0x1p-900)
  }

  /// target += 2 S current in the first elements, and the sum of their squares.
  @inline(__always)
  static func step(
    _ d: UnsafePointer<Double>, _ current: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    var squares = SIMD8<Double>.zero
    for k in stride(from: 0, to: count, by: 8) {
      let left = Lanes.load(d + k - 1) * Lanes.load(current + k - 1)
      let right = Lanes.load(d + k) * Lanes.load(current + k + 1)
      let value = Lanes.load(target + k) + (left - right)
      UnsafeMutableRawPointer(target + k).storeBytes(of: value, as: SIMD8<Double>.self)
      squares += value * value
    }
    return squares.sum()
  }
}
