internal import CGMP
import ArbitraryPrecision
import Foundation

/// The Taylor polynomial in time of a form E(t) = <v(t)|K|v(t)> along the flow through the stored vector of a state.
///
/// K is a diagonal of integers, or any real symmetric matrix of enclosures. With w_i = (2 S)^i v and s = (R/2)(t - c)
/// the flow is the sum of w_i s^i/i!, so E = sum of e_n s^n with
///
///     e_n = sum over i + j = n of <w_i|K|w_j>/(i! j!).
///
/// The flow commutes with S: the lengths |w_i| keep their values at all times. So Taylor's remainder after degree q is
/// at most r |s|^(q+1),
///
///     r = W/2 sum over i + j = q + 1 of |w_i| |w_j|/(i! j!),
///
/// the values <v|K|v>/|v|^2 lying in an interval of width W: K less its middle has the norm W/2 and the same
/// derivatives, since |v(t)| does not change. The same r bounds the remainders of the derivatives, which are Taylor
/// polynomials with the same derivative of order q + 1.
///
/// The vectors are computed in the fixed point of the state, u = 2^-fractionBits: with e_i the error of w_i, d elements
/// and c the greatest sum of roundings of couplings in a row, e_0 = 0 and e_(i+1) <= 2 e_i + c |w_i| + u sqrt(d), since
/// |2 S| <= 2 and each element is cut once. Of enclosures K is rounded to ``FixedForm``, and what it is off by counts
/// with |w_i| |w_j|; the dot products are exact.
public struct FormSeries: Sendable {
  /// c.
  public let center: Interval
  /// R/2.
  private let rate: Interval
  /// e_n for n = 0 ... q, each with its error.
  private let coefficients: [Interval]
  /// r.
  private let remainder: Interval
  private let precision: Int
  /// At least |w_i| for i = 0 ... q + 1, and W.
  private let norms: [Interval]
  private let spread: Interval
  /// At least |K|.
  private let formNorm: Interval

  /// The most limbs of all vectors together: 2 GiB.
  private static let greatestLimbs = 1 << 28
  private static let tooLarge = Unanswered(
    beyond: "this route is limited to 2 GiB of vectors: each term of the series has one, of the digits asked for")

  /// The series at a time.
  ///
  /// - Parameters:
  ///   - center: c, which the caller gives a meaning; only differences to it are used.
  ///   - weights: one for each element, not negative.
  ///   - degree: q.
  ///   - bits: the vectors are computed with about as many bits after the point, at least those of the state.
  ///   - precision: the bits of the coefficients.
  ///   - integerBits: the bits before the point; q + 2 always suffice for a vector of length one, since |2 S| <= 2.
  /// - Throws: ``Unanswered`` when the time is over, for vectors that leave their fixed point, or beyond 2 GiB of
  ///   them.
  public init(
    _ flow: SkewFlow, at center: Interval, through state: FlowState, weights: [Int], degree: Int, bits: Int,
    precision: Int, integerBits: Int = 16, within budget: Budget
  ) throws(Unanswered) {
    try self.init(
      flow, at: center, through: state, form: .weights(weights), degree: degree, bits: bits, precision: precision,
      integerBits: integerBits, within: budget)
  }

  /// K.
  enum Form {
    /// The diagonal, not negative.
    case weights([Int])
    /// Any real symmetric matrix.
    case observable(FlowObservable)
  }

  init(
    _ flow: SkewFlow, at center: Interval, through state: FlowState, form: Form, degree: Int, bits: Int,
    precision: Int, integerBits: Int, within budget: Budget
  ) throws(Unanswered) {
    let (norm, spread): (Interval, Interval)
    switch form {
    case .weights(let weights):
      demand(
        state.dimension == flow.dimension && weights.count == flow.dimension, "FormSeries: one weight an element")
      demand(weights.allSatisfy { $0 >= 0 }, "FormSeries: weights are not negative")
      norm = Interval(weights.max() ?? 0, precision: 64)
      spread = norm
    case .observable(let observable):
      demand(
        state.dimension == flow.dimension && observable.rows.count == flow.dimension, "FormSeries: one row an element")
      norm = Interval(observable.norm)
      spread = Interval(observable.range.width).rounded(to: 64)
    }
    (self.spread, formNorm) = (spread, norm)
    self.precision = precision
    self.center = center
    rate = Interval(flow.scale / 2, precision: precision)
    // Elements grow like 2^i at most, and often far less.
    let width = max(state.width, (max(bits, state.fractionBits) + integerBits + 63) / 64)
    let fractionBits = max(state.fractionBits, 64 * width - integerBits - 4)
    // All vectors are kept: this is asked for before the first.
    let limbs = (degree + 2).multipliedReportingOverflow(by: state.dimension * width)
    guard !limbs.overflow, limbs.partialValue <= FormSeries.greatestLimbs else { throw FormSeries.tooLarge }
    let state = state.converted(width: width, fractionBits: fractionBits)
    var vectors = try FormSeries.vectors(flow, state, count: degree + 2, within: budget)
    let norms = vectors.map { $0.norm }
    self.norms = norms
    var factorials = [Integer(1)]
    for i in 1...degree + 1 { factorials.append(factorials[i - 1] * Integer(i)) }
    var remainder = Interval(0, precision: 64)
    for i in 0...degree + 1 {
      let j = degree + 1 - i
      remainder += norms[i] * norms[j] / Interval(factorials[i] * factorials[j], precision: 64)
    }
    self.remainder = spread * remainder / 2
    vectors.removeLast()
    let (products, formBits, formError) = FormSeries.products(form, vectors, precision)
    var coefficients: [Interval] = []
    for n in 0...degree {
      try budget.check()
      // Twice the sum over i < j, and once i = j, over a common denominator n!.
      var sum = Integer(0)
      var (error, length) = (Interval(0, precision: 64), Interval(0, precision: 64))
      var binomial = Integer(1)
      for i in 0...n / 2 {
        let j = n - i
        let factor = 2 * i == n ? binomial : binomial.shifted(left: 1)
        sum.add(productOf: factor, products(i, j))
        let (a, b) = (vectors[i], vectors[j])
        error += Interval(factor, precision: 64) * (a.error * b.norm + a.norm * b.error)
        length += Interval(factor, precision: 64) * a.norm * b.norm
        binomial = (binomial * Integer(n - i)).dividedDown(by: Integer(i + 1))
      }
      coefficients.append(
        Interval(Rational(sum, factorials[n]), precision: precision)
          .scaled(byPowerOfTwo: -2 * state.fractionBits - formBits)
          + .ball((norm * error + formError * length) / Interval(factorials[n], precision: 64)))
    }
    self.coefficients = coefficients
  }

  /// <w_i|K|w_j> of the stored vectors for the rounded K, its bits after the point beside those of the vectors, and at
  /// least the norm of what it is off by.
  private static func products(
    _ form: Form, _ vectors: [SignedVector], _ precision: Int
  ) -> (products: (Int, Int) -> Integer, bits: Int, error: Interval) {
    switch form {
    case .weights(let weights):
      return ({ vectors[$0].dot(vectors[$1], weights: weights) }, 0, Interval(0, precision: 64))
    case .observable(let observable):
      let fixed = FixedForm(observable, bits: precision)
      let elements = vectors.map(\.elements)
      let images = elements.map { fixed.applied(to: $0) }
      let product = { (i: Int, j: Int) in
        var sum = Integer(0)
        for (k, image) in images[j].enumerated() where image.signum != 0 {
          sum.add(productOf: elements[i][k], image)
        }
        return sum
      }
      return (product, fixed.fractionBits, fixed.error)
    }
  }

  /// E and its Taylor coefficients up to an order at all times of an interval, for any vector within e of the stored
  /// one.
  ///
  /// The form differs by 2 <x|K|y> + <y|K|y> with the stored vector x and |y| <= e, which both turn. K less a number
  /// has the same derivatives: since |A| <= R, those of order k are at most (2R)^k W/2 (2 |x| e + e^2).
  func series(_ t: Interval, order: Int, error: BigFloat) -> TaylorSeries {
    let q = coefficients.count - 1
    demand(order <= q, "FormSeries: no coefficient beyond the degree")
    let s = rate * (t - center)
    let size = s.absoluteValue.rounded(to: 64)
    let (e, length) = (Interval(error), norms[0])
    let change = e * (2 * length + e)
    var shift = formNorm * change
    let wide = (4 * rate).rounded(to: 64)
    // C(q + 1, k), C(q, k) and (R/2)^k.
    var (binomial, top, scale) = (Integer(1), Integer(1), Interval(1, precision: precision))
    var result: [Interval] = []
    for k in 0...order {
      var value = Interval(0, precision: precision)
      var factor = top
      for n in stride(from: q, through: k, by: -1) {
        value = value * s + Interval(factor, precision: precision) * coefficients[n]
        // C(n - 1, k) = C(n, k) (n - k)/n.
        if n > 0 { factor = (factor * Integer(n - k)).dividedDown(by: Integer(n)) }
      }
      let rest = remainder * Interval(binomial, precision: 64) * size.power(q + 1 - k)
      result.append(scale * (value + .ball(rest)) + .ball(shift))
      binomial = (binomial * Integer(q + 1 - k)).dividedDown(by: Integer(k + 1))
      top = (top * Integer(q - k)).dividedDown(by: Integer(k + 1))
      scale = scale * rate
      shift = (k == 0 ? spread / 2 * change : shift) * wide / (k + 1)
    }
    return TaylorSeries(result)
  }

  /// The form and its first two derivatives at all times of an interval.
  public func jet(_ t: Interval) -> TaylorJet {
    let s = rate * (t - center)
    let size = s.absoluteValue.rounded(to: 64)
    let q = coefficients.count - 1
    let polynomial = TaylorJet(polynomial: coefficients, at: s)
    // size^(q - 1), without 0^0.
    let power = q > 1 ? size.power(q - 1) : Interval(1, precision: 64)
    return TaylorJet(
      value: polynomial.value + .ball(remainder * power * size.squared),
      first: rate * (polynomial.first + .ball((q + 1) * (remainder * power * size))),
      second: rate.squared * (polynomial.second + .ball((q * (q + 1)) * (remainder * power))), isSmooth: true)
  }

  /// At least |E^(m)| at all times, for a derivative of order m = 1 ... q + 1: (R/2)^m W/2 sum over i + j = m of m!/(i!
  /// j!) |w_i| |w_j|.
  public func bound(ofDerivative m: Int) -> Interval {
    demand((1..<norms.count).contains(m), "FormSeries: no derivative beyond the degree")
    var sum = Interval(0, precision: 64)
    var binomial = Integer(1)
    for i in 0...m {
      sum += Interval(binomial, precision: 64) * norms[i] * norms[m - i]
      binomial = (binomial * Integer(m - i)).dividedDown(by: Integer(i + 1))
    }
    return rate.rounded(to: 64).power(m) * spread * sum / 2
  }

  /// A distance from the center within which the remainder stays below a bound, as a guess.
  public func radius(ofRemainderBelow bound: Double) -> Double {
    let q = Double(coefficients.count)
    let remainder = remainder.upper.double(rounding: .up)
    guard remainder > 0 else { return .infinity }
    return exp(log(bound / remainder) / q) / rate.lower.double(rounding: .down)
  }

  /// w_i for i = 0 ..< count.
  private static func vectors(
    _ flow: SkewFlow, _ state: FlowState, count: Int, within budget: Budget
  ) throws(Unanswered) -> [SignedVector] {
    let (width, size) = (state.width, state.dimension * state.width)
    let (fractions, couplingError) = flow.rounded(width: width)
    let kernel = FlowKernel(flow, width: width, realFractions: fractions)
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -state.fractionBits)
    let cut = unit * Interval(state.dimension, precision: 64).squareRoot
    // Elements are below this in magnitude; twice and a little more must fit.
    let headroom = Interval(1, precision: 64).scaled(byPowerOfTwo: 64 * width - state.fractionBits - 3)
    var limbs = state.limbs
    var error = Interval(0, precision: 64)
    var result: [SignedVector] = []
    for i in 0..<count {
      try budget.check()
      let vector = SignedVector(limbs, width: width, fractionBits: state.fractionBits, error: error)
      guard vector.storedNorm.upper < headroom.lower else {
        throw Unanswered(undecided: "the rates are too large for the fixed point of the state")
      }
      // |2 S| <= 2; the norms are rounded upward by less than 2^-60 of them.
      checkInvariant(
        result.last.map { last in
          let grown = (2 + Interval(couplingError)) * last.storedNorm + cut
          return vector.storedNorm.lower <= (grown + grown.scaled(byPowerOfTwo: -60)).upper
        } ?? true, "FormSeries: 2 S at most doubles a norm")
      result.append(vector)
      if i == count - 1 { break }
      var next = [UInt](repeating: 0, count: size)
      limbs.withUnsafeBufferPointer { from in
        next.withUnsafeMutableBufferPointer { to in
          guard let from = from.baseAddress, let to = to.baseAddress else { return }
          kernel.add(from, to: to, rows: 0..<state.dimension, columns: 0..<state.dimension)
        }
      }
      limbs = next
      error = 2 * error + Interval(couplingError) * vector.storedNorm + cut
    }
    return result
  }
}

/// A vector in fixed point by magnitudes and signs, for exact dot products.
private struct SignedVector {
  private let width: Int
  private let fractionBits: Int
  private var magnitudes: [UInt]
  private var isNegative: [Bool]
  /// An upper bound of the length of the stored vector, and of the distance from the true one.
  private(set) var storedNorm = Interval(0, precision: 64)
  let error: Interval

  /// At most the length of the true vector.
  var norm: Interval { storedNorm + error }

  init(_ limbs: [UInt], width: Int, fractionBits: Int, error: Interval) {
    self.width = width
    self.fractionBits = fractionBits
    self.error = error
    magnitudes = limbs
    isNegative = stride(from: width - 1, to: limbs.count, by: width).map { limbs[$0] >> 63 != 0 }
    magnitudes.withUnsafeMutableBufferPointer { limbs in
      guard let base = limbs.baseAddress else { return }
      for k in isNegative.indices where isNegative[k] {
        let place = base + k * width
        __gmpn_neg(place, place, mp_size_t(width))
      }
    }
    let square = dot(self, weights: nil)
    storedNorm = Interval(Interval(square, precision: 64).squareRoot.scaled(byPowerOfTwo: -fractionBits).upper)
  }

  /// The stored elements in units of the last bit.
  var elements: [Integer] {
    isNegative.indices.map { k in
      // A limb of zeros keeps the highest bit from being a sign.
      let limbs = Array(magnitudes[k * width..<(k + 1) * width]) + [0]
      let size = limbs.withUnsafeBufferPointer { Integer(limbs: $0) }
      return isNegative[k] ? -size : size
    }
  }

  /// The sum of weight_k a_k b_k, or of a_k b_k, as an integer of 2 fractionBits.
  func dot(_ other: SignedVector, weights: [Int]?) -> Integer {
    let (count, double) = (mp_size_t(width), 2 * width)
    // Products, and sums of either sign with a limb for weights and one for their number.
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: 3 * double + 4)
    memory.initialize(repeating: 0, count: 3 * double + 4)
    defer { memory.deallocate() }
    let (product, positive) = (memory, memory + double)
    let negative = positive + double + 2
    magnitudes.withUnsafeBufferPointer { a in
      other.magnitudes.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        for k in isNegative.indices {
          let weight = weights.map { UInt($0[k]) } ?? 1
          if weight == 0 { continue }
          __gmpn_mul_n(product, a + k * width, b + k * width, count)
          let target = isNegative[k] == other.isNegative[k] ? positive : negative
          let carry = __gmpn_addmul_1(target, product, mp_size_t(double), weight)
          let (sum, overflow) = target[double].addingReportingOverflow(carry)
          target[double] = sum
          if overflow { target[double + 1] &+= 1 }
        }
      }
    }
    return Integer(limbs: UnsafeBufferPointer(start: positive, count: double + 2))
      - Integer(limbs: UnsafeBufferPointer(start: negative, count: double + 2))
  }
}
