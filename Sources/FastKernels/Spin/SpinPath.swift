/// States of the spin chain along equal steps of time, with error bounds, in a few arrays of N doubles.
///
/// One step is the Chebyshev series of ``SpinKernel/storedEnergy(cells:frequency:coupling:time:)`` from a whole vector
/// v: y_n = a_n v + 2 S y_(n+1) + y_(n+2), phi = (a_0 v + y_0 + y_2)/2. There are one product and one sum more in an
/// element, so the error made at y_n is at most 4u |y_(n+1)| + 2u |y_n| + 2u |a_n| |v| to first order, at most 9.1u |y|
/// summed over all n and 2.1u |a_n|, and |P_n(S)| <= 1 carries it to the result; |v| <= 1 + e. The flow is a rotation,
/// so the errors of the steps add up.
struct SpinPath: ~Copyable {
  private let chain: SpinChain
  private let size: Int
  private let memory: UnsafeMutablePointer<Double>
  /// The couplings b_k, and w_k = 2 (b_k^2 - b_(k-1)^2), the second derivative of <k> as a form.
  private let couplings: [Double]
  private let bends: [Double]
  /// Upper bounds of the norms of the forms <k>, its first, second and third derivative.
  private let norms: (first: Double, second: Double, third: Double)

  /// The error of the state in the 2-norm, and that of the state before the last step.
  private(set) var error = 0.0
  private var errorBefore = 0.0

  /// Roundings of binary64.
  private static let u = 0x1p-53

  /// <k> and its derivatives in x at a time, each with a bound of its error.
  struct Jet {
    var value: (Double, error: Double)
    var slope: (Double, error: Double)
    var bend: (Double, error: Double)
  }

  /// The start: no excitations.
  init(_ chain: SpinChain) {
    self.chain = chain
    let n = chain.count - 1
    size = chain.fractions.count
    // state, state before, two vectors of the recurrence, y_2.
    memory = .allocate(capacity: 5 * size)
    memory.initialize(repeating: 0, count: 5 * size)
    memory[SpinChain.lead] = 1
    let padding = [Double](repeating: 0, count: SpinChain.lead)
    let b = (0..<n).map { ($0 + 1) * (n - $0) }
    let w = (0...n).map { 2 * (n - 2 * $0) * (n + 2 * $0 * (n - $0)) }
    couplings = b.map { Double($0) } + padding + padding
    bends = w.map { Double($0) } + padding
    let third = (0..<n).map { abs(Double(b[$0]) * Double(w[$0 + 1] - w[$0])) } + [0]
    let twoSums = (0..<max(n, 1)).map { k in (k > 0 ? third[k - 1] : 0) + third[k] }
    norms = (
      2 * Double(b.max() ?? 0), Double(w.map(abs).max() ?? 0),
      (max(twoSums.max() ?? 0, third[max(n - 1, 0)])) * (1 + 0x1p-40)
    )
  }

  deinit { memory.deallocate() }

  /// The greatest third derivative of <k> at any time.
  var thirdDerivative: Double { norms.third }

  private var state: UnsafeMutablePointer<Double> { memory + SpinChain.lead }
  private var before: UnsafeMutablePointer<Double> { memory + size + SpinChain.lead }

  /// One step from the state; the state becomes the one before.
  mutating func advance(_ series: BesselSeries) {
    before.update(from: state, count: chain.count)
    errorBefore = error
    error = run(series, from: before, to: state) + errorBefore
  }

  /// Another step from the state before, in place of the last one.
  mutating func advanceAgain(_ series: BesselSeries) {
    error = run(series, from: before, to: state) + errorBefore
  }

  /// Keeps a copy of the state before, or takes it back.
  func copyBefore(to other: UnsafeMutablePointer<Double>) -> Double {
    other.update(from: before, count: chain.count)
    return errorBefore
  }

  mutating func takeBefore(from other: UnsafePointer<Double>, error: Double) {
    before.update(from: other, count: chain.count)
    errorBefore = error
  }

  /// exp(z S) v, and the error made.
  private func run(
    _ series: BesselSeries, from v: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>
  ) -> Double {
    var (current, older) = (memory + 2 * size + SpinChain.lead, memory + 3 * size + SpinChain.lead)
    let kept = memory + 4 * size + SpinChain.lead
    current.update(repeating: 0, count: chain.count)
    older.update(repeating: 0, count: chain.count)
    let a = series.coefficients
    var (lengths, weights) = (0.0, 0.0)
    chain.fractions.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for n in stride(from: a.count - 1, through: 0, by: -1) {
        if n == 0 { kept.update(from: older, count: chain.count) }
        lengths += SpinPath.step(base + SpinChain.lead, current, a[n], v, older, count: chain.count).squareRoot()
        weights += abs(a[n])
        swap(&current, &older)
      }
    }
    for k in stride(from: 0, to: chain.count, by: 8) {
      let phi = 0.5 * (a[0] * Lanes.load(v + k) + (Lanes.load(current + k) + Lanes.load(kept + k)))
      UnsafeMutableRawPointer(result + k).storeBytes(of: phi, as: SIMD8<Double>.self)
    }
    // The last line rounds by 2u of |y_0| + |y_2| + |a_0|, with |y_2| <= 2 |y_1| + |y_0| + |a_0|.
    let made = 9.1 * lengths + 2.1 * weights + 4 * (2 * lengths + 2 * abs(a[0]))
    return (series.error + SpinPath.u * made) * (1 + 0x1p-20) + 0x1p-900
  }

  /// target += a v + 2 S current, and the sum of the squares.
  @inline(__always)
  private static func step(
    _ d: UnsafePointer<Double>, _ current: UnsafePointer<Double>, _ a: Double, _ v: UnsafePointer<Double>,
    _ target: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    var squares = SIMD8<Double>.zero
    for k in stride(from: 0, to: count, by: 8) {
      let left = Lanes.load(d + k - 1) * Lanes.load(current + k - 1)
      let right = Lanes.load(d + k) * Lanes.load(current + k + 1)
      let value = (Lanes.load(target + k) + (left - right)) + a * Lanes.load(v + k)
      UnsafeMutableRawPointer(target + k).storeBytes(of: value, as: SIMD8<Double>.self)
      squares += value * value
    }
    return squares.sum()
  }

  /// <k> and its derivatives in the state: a form of norm W, with |phi| = 1, is off by at most W e (2 + e), and <k> by
  /// e (2 |K phi| + N e). A sum of count terms in eight lanes is rounded by (count/8 + 20) u of the sum of magnitudes.
  func jet() -> Jet {
    var (sum, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    var (slope, bend) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    couplings.withUnsafeBufferPointer { couplings in
      bends.withUnsafeBufferPointer { bends in
        guard let b = couplings.baseAddress, let w = bends.baseAddress else { return }
        for k in stride(from: 0, to: chain.count, by: 8) {
          let phi = Lanes.load(state + k)
          let index = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7) + Double(k)
          let term = index * (phi * phi)
          sum += term
          squares += index * term
          slope += Lanes.load(b + k) * (phi * Lanes.load(state + k + 1))
          bend += Lanes.load(w + k) * (phi * phi)
        }
      }
    }
    let n = Double(chain.count - 1)
    let rounding = (Double(chain.count) / 8 + 20) * SpinPath.u
    let value = sum.sum()
    let form = error * (2 + error) + 1.01 * rounding
    return Jet(
      value: (value, error * (2.01 * squares.sum().squareRoot() + n * error) + rounding * value),
      slope: (2 * slope.sum(), norms.first * form), bend: (bend.sum(), norms.second * form))
  }
}
