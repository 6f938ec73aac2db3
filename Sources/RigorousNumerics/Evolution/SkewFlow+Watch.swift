import ArbitraryPrecision

extension SkewFlow {
  /// A state after a time, and how large some of its elements became on the way.
  public struct WatchedRun: Sendable {
    /// The state at the end.
    public let state: FlowState
    /// Bounds of the watched elements: there is a vector e of 2-norm at most ``noise`` with |v_k(s)| <= bound_k + e_k
    /// at all times s of the run.
    public let bounds: [UpperBound]
    /// The 2-norm of what the bounds leave out.
    public let noise: BigFloat
  }

  /// The state exp(t A) v, as ``evolved(_:for:bits:within:)`` gives it, and bounds of some elements of exp(s A) v for
  /// all s between 0 and t, v being the stored start.
  ///
  /// The series is summed upward here, so that its vectors are seen. With S = A/R and z = R t,
  ///
  ///     exp(z S) v = c_0 v + sum over n >= 1 of c_n x_n,     x_n = 2 P_n(S) v,
  ///     x_0 = 2 v,  x_1 = 2 S v,  x_(n+1) = 2 S x_n + x_(n-1),
  ///
  /// so an element of exp(s A) v is at most k_0 |v| + sum of k_n |x_n| of its own elements, where |J_n(R s)| <= k_n
  /// at all these times: k_n = 1 for n <= z, and beyond it Kapteyn's bound
  ///
  ///     |J_n(n u)| <= (u e^r/(1 + r))^n,  r = sqrt(1 - u^2),  0 < u <= 1
  ///
  /// (Watson, Bessel Functions, 8.7) at u = z/n, which grows with u. With q_n = u/(1 + r) the bound of n + 1 is at most
  /// q_n times that of n: the derivative of its logarithm in n is log q_n, which falls. So the terms after the last
  /// one computed are at most 2 k/(1 - q) |v|, with k and q of the first one left out.
  ///
  /// Errors, in the 2-norm, with u = 2^-fractionBits, d elements, V >= |v|, c the greatest sum of roundings of 2 S_jk
  /// in a row: each step makes one of at most e = u sqrt(d) + c (2 V + 1), and one made at x_j reaches x_n as
  /// Q_(n-j)(S) e with polynomials of the second kind, |Q_m| <= m + 1: in all x_n is off by f_n = n (n + 1) e/2, which
  /// must be below one. They enter the noise as sum of k_n f_n, and the result as sum of |c_n| f_n. A coefficient is
  /// cut by less than u, at |x_n| <= 2 V + 1, and each product with it by less than a unit, of a sum computed at a
  /// quarter of its size: u (2 V + 1 + 4 sqrt(d)) for each term. The rest is as for ``evolved(_:for:bits:within:)``:
  /// coefficients, the time, couplings, the start.
  public func watched(
    _ start: FlowState, for time: Interval, bits: Int, watching elements: [Int], within budget: Budget
  ) throws(Unanswered) -> WatchedRun {
    demand(start.dimension == dimension, "SkewFlow: the start has another dimension")
    let duration = try Duration(time, scale: scale, bits: bits, within: budget)
    let (z, series) = (duration.z, duration.series)
    // The format: x_n below 2 V + 1, and bits for errors that grow like the square of the number of terms.
    let steps = series.values.count
    let size = start.normBound.binaryExponent.map { max($0, 0) } ?? 0
    let head = size + 6
    let width = (bits + 3 * steps.bitWidthOfMagnitude + dimension.bitWidthOfMagnitude / 2 + 4 + head + 63) / 64
    let fractionBits = 64 * width - head
    let stored = start.converted(width: width, fractionBits: fractionBits)
    let (fractions, couplingError) = rounded(width: width)
    try SkewFlow.requireKnown(couplingError: couplingError)
    let greatest = Interval(stored.normBound)
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    let root = Interval(dimension, precision: 64).squareRoot
    let stepError = unit * root + Interval(couplingError) * (2 * greatest + 1)
    func vectorError(_ n: Int) -> Interval {
      Interval(Rational(Integer(n) * Integer(n + 1), 2), precision: 64) * stepError
    }
    guard vectorError(steps).upper < BigFloat(1, precision: 64, rounding: .nearest) else {
      throw Unanswered(undecided: "the couplings are known too poorly")
    }

    // c_n as fractions of `width` limbs of a quarter of them.
    let shift = series.fractionBits - (64 * width - 2)
    var coefficients = [UInt](repeating: 0, count: steps * width)
    for (n, value) in series.values.enumerated() {
      var scaled = duration.isReversed && n % 2 == 1 ? -value : value
      if shift >= 0 { scaled.shift(right: shift) } else { scaled.shift(left: -shift) }
      checkInvariant(scaled.fits(limbs: width), "SkewFlow: a coefficient fits its limbs")
      scaled.write(to: &coefficients, at: n * width, count: width)
    }
    let bessel = try KapteynBounds(z: max(z.upper, duration.point), count: steps, within: budget)
    var bounds = [UpperBound](repeating: .zero, count: elements.count)
    var (noise, resultError) = (Interval(0, precision: 64), Interval(0, precision: 64))
    let kernel = FlowKernel(self, width: width, realFractions: fractions)
    let count = dimension * width
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: 3 * count)
    memory.initialize(repeating: 0, count: 3 * count)
    defer { memory.deallocate() }
    // x_n, x_(n-1) and the sum, which may leave its limbs on the way: its end does not.
    var (current, older) = (memory, memory + count)
    let sum = memory + 2 * count
    stored.limbs.withUnsafeBufferPointer { limbs in
      if let limbs = limbs.baseAddress { current.update(from: limbs, count: count) }
    }
    for n in 0..<steps {
      if n % 16 == 15 { try budget.check() }
      checkInvariant(
        FixedPoint.hasFreeBits(2, current, count: dimension, width: width), "SkewFlow: x_n stays in its limbs")
      coefficients.withUnsafeBufferPointer { values in
        if let values = values.baseAddress { kernel.add(values + n * width, times: current, to: sum) }
      }
      for (place, element) in elements.enumerated() {
        let size = FlowState.magnitude(current + element * width, width: width, fractionBits: fractionBits)
        bounds[place] = bounds[place] + bessel.values[n] * size
      }
      let error = vectorError(n)
      noise += Interval(bessel.values[n].value) * error
      let coefficient = Interval(series.values[n], precision: 64).scaled(byPowerOfTwo: -series.fractionBits)
      resultError += coefficient.absoluteValue * error
      kernel.add(current, to: older, rows: 0..<dimension, columns: 0..<dimension)
      // At n = 0 there stands v, half of x_0.
      if n == 0 { kernel.shift(current, by: 1) }
      swap(&current, &older)
    }
    noise += 2 * Interval(bessel.rest) * greatest
    kernel.shift(sum, by: 2)
    var result = stored
    result.limbs.withUnsafeMutableBufferPointer { limbs in
      if let limbs = limbs.baseAddress { limbs.update(from: sum, count: count) }
    }
    let terms = Interval(steps, precision: 64)
    let coupling = Interval(z.magnitude).rounded(to: 64) * Interval(couplingError).scaled(byPowerOfTwo: -1)
    let distance = Interval(series.error) + Interval(duration.distance) + coupling
    let roundings = terms * unit * (2 * greatest + 1 + 4 * root)
    result.error = (distance * greatest + resultError + roundings + Interval(stored.error)).upper
    return WatchedRun(state: result, bounds: bounds, noise: noise.upper)
  }
}

/// Bounds k_n >= |J_n(s)| for all 0 <= s <= z, and of what follows them.
struct KapteynBounds {
  /// k_0, k_1, ...
  let values: [UpperBound]
  /// At least the sum of all k_n that are left out.
  let rest: BigFloat

  init(z: BigFloat, count: Int, within budget: Budget) throws(Unanswered) {
    let z = Interval(BigFloat(z, precision: 64, rounding: .up))
    var values: [UpperBound] = []
    func bound(_ n: Int) -> (k: Interval, q: Interval)? {
      let number = Interval(n, precision: 64)
      let u = z / number
      guard u.upper < BigFloat(1, precision: 64, rounding: .nearest) else { return nil }
      let r = (1 - u.squared).squareRoot
      let q = u / (1 + r)
      return ((q * r.exponential).power(n), q)
    }
    let one = UpperBound(BigFloat(1, precision: 64, rounding: .up))
    for n in 0..<count {
      if n % 64 == 63 { try budget.check() }
      values.append(n == 0 ? one : bound(n).map { UpperBound($0.k.upper) } ?? one)
    }
    self.values = values
    guard let next = bound(max(count, 1)), (1 - next.q).lower.signum > 0 else {
      throw Unanswered(undecided: "the series was cut before its terms fall")
    }
    rest = (next.k / (1 - next.q)).upper
  }
}

extension FlowState {
  /// At least the magnitude of an element.
  static func magnitude(_ limbs: UnsafePointer<UInt>, width: Int, fractionBits: Int) -> UpperBound {
    let limbs = UnsafeBufferPointer(start: limbs, count: width)
    guard limbs.contains(where: { $0 != 0 }) else { return .zero }
    let size = Interval(Integer(limbs: limbs), precision: 64).magnitude
    return UpperBound(size.scaled(byPowerOfTwo: -fractionBits, rounding: .up))
  }
}
