internal import CGMP
import ArbitraryPrecision
import Foundation

/// The Taylor polynomial in time of a form E(t) = <v(t)|K|v(t)> along the flow through the stored vector of a state.
///
/// K is a real symmetric matrix of enclosures. With w_i = (2 S)^i v and s = (R/2)(t - c)
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
    demand(weights.allSatisfy { $0 >= 0 }, "FormSeries: weights are not negative")
    try self.init(
      flow, at: center, through: state, form: Form(FlowObservable(weights: weights, precision: 64), bits: 64),
      degree: degree, bits: bits, precision: precision, integerBits: integerBits, within: budget)
  }

  /// K, in fixed point.
  struct Form: Sendable {
    let fixed: FixedForm
    let dimension: Int
    /// At least |K|, and W.
    let norm: Interval
    let spread: Interval

    /// A matrix to about some bits of its greatest element; exactly where its elements are integers.
    init(_ observable: FlowObservable, bits: Int) {
      fixed = FixedForm(observable, bits: bits)
      dimension = observable.rows.count
      norm = Interval(observable.norm)
      spread = Interval(observable.range.width).rounded(to: 64)
    }
  }

  init(
    _ flow: SkewFlow, at center: Interval, through state: FlowState, form: Form, degree: Int, bits: Int,
    precision: Int, integerBits: Int, within budget: Budget
  ) throws(Unanswered) {
    demand(
      state.dimension == flow.dimension && form.dimension == flow.dimension, "FormSeries: one row of K an element")
    (spread, formNorm) = (form.spread, form.norm)
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
    let products = FormSeries.products(form.fixed, vectors)
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
          .scaled(byPowerOfTwo: -2 * state.fractionBits - form.fixed.fractionBits)
          + .ball((form.norm * error + form.fixed.error * length) / Interval(factorials[n], precision: 64)))
    }
    self.coefficients = coefficients
  }

  /// <w_i|K|w_j> of the stored vectors for the rounded K.
  private static func products(_ form: FixedForm, _ vectors: [SignedVector]) -> (Int, Int) -> Integer {
    if let words = form.words {
      let images = vectors.map { $0.limbs.image(words) }
      return { vectors[$0].limbs.dot(images[$1]) }
    }
    let elements = vectors.map(\.elements)
    let images = elements.map { form.applied(to: $0) }
    return { i, j in
      var sum = Integer(0)
      for (k, image) in images[j].enumerated() where image.signum != 0 {
        sum.add(productOf: elements[i][k], image)
      }
      return sum
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

/// A vector in fixed point with bounds of its length and its error.
private struct SignedVector {
  let limbs: SignedLimbs
  /// An upper bound of the length of the stored vector, and of the distance from the true one.
  let storedNorm: Interval
  let error: Interval

  /// At most the length of the true vector.
  var norm: Interval { storedNorm + error }

  init(_ limbs: [UInt], width: Int, fractionBits: Int, error: Interval) {
    let own = SignedLimbs(limbs, width: width)
    self.limbs = own
    self.error = error
    storedNorm = Interval(Interval(own.dot(own), precision: 64).squareRoot.scaled(byPowerOfTwo: -fractionBits).upper)
  }

  /// The stored elements in units of the last bit.
  var elements: [Integer] { limbs.isNegative.indices.map(limbs.element) }
}

/// Integers by magnitudes and signs, for exact dot products.
private struct SignedLimbs {
  let width: Int
  private var magnitudes: [UInt]
  private(set) var isNegative: [Bool]

  /// Integers of some limbs in two's complement.
  init(_ limbs: [UInt], width: Int) {
    self.width = width
    magnitudes = limbs
    isNegative = stride(from: width - 1, to: limbs.count, by: width).map { limbs[$0] >> 63 != 0 }
    magnitudes.withUnsafeMutableBufferPointer { limbs in
      guard let base = limbs.baseAddress else { return }
      for k in isNegative.indices where isNegative[k] {
        let place = base + k * width
        __gmpn_neg(place, place, mp_size_t(width))
      }
    }
  }

  private init(zero count: Int, width: Int) {
    self.width = width
    magnitudes = [UInt](repeating: 0, count: count * width)
    isNegative = [Bool](repeating: false, count: count)
  }

  func element(_ k: Int) -> Integer {
    // A limb of zeros keeps the highest bit from being a sign.
    let limbs = Array(magnitudes[k * width..<(k + 1) * width]) + [0]
    let size = limbs.withUnsafeBufferPointer { Integer(limbs: $0) }
    return isNegative[k] ? -size : size
  }

  /// The image under a matrix of words, exactly: magnitudes of a row add up to less than 2^62, so one limb more holds
  /// what is positive in a sum and what is negative.
  func image(_ rows: WordRows) -> SignedLimbs {
    let wide = width + 1
    var result = SignedLimbs(zero: rows.starts.count - 1, width: wide)
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: 2 * wide)
    defer { memory.deallocate() }
    let (positive, negative) = (memory, memory + wide)
    magnitudes.withUnsafeBufferPointer { from in
      result.magnitudes.withUnsafeMutableBufferPointer { to in
        guard let from = from.baseAddress, let to = to.baseAddress else { return }
        for j in 0..<rows.starts.count - 1 where rows.starts[j] < rows.starts[j + 1] {
          memory.initialize(repeating: 0, count: 2 * wide)
          for entry in rows.starts[j]..<rows.starts[j + 1] {
            let k = rows.columns[entry]
            let target = rows.isNegative[entry] == isNegative[k] ? positive : negative
            target[width] &+= __gmpn_addmul_1(target, from + k * width, mp_size_t(width), rows.magnitudes[entry])
          }
          let isSmaller = __gmpn_cmp(positive, negative, mp_size_t(wide)) < 0
          result.isNegative[j] = isSmaller
          let (large, small) = isSmaller ? (negative, positive) : (positive, negative)
          __gmpn_sub_n(to + j * wide, large, small, mp_size_t(wide))
        }
      }
    }
    return result
  }

  /// The sum of a_k b_k.
  func dot(_ other: SignedLimbs) -> Integer {
    let (a, b) = width >= other.width ? (self, other) : (other, self)
    let size = a.width + b.width
    // Products, and sums of either sign with a limb for their number.
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: 3 * size + 2)
    memory.initialize(repeating: 0, count: 3 * size + 2)
    defer { memory.deallocate() }
    let (product, positive) = (memory, memory + size)
    let negative = positive + size + 1
    a.magnitudes.withUnsafeBufferPointer { x in
      b.magnitudes.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        for k in isNegative.indices {
          __gmpn_mul(product, x + k * a.width, mp_size_t(a.width), y + k * b.width, mp_size_t(b.width))
          let target = a.isNegative[k] == b.isNegative[k] ? positive : negative
          target[size] &+= __gmpn_add_n(target, target, product, mp_size_t(size))
        }
      }
    }
    return Integer(limbs: UnsafeBufferPointer(start: positive, count: size + 1))
      - Integer(limbs: UnsafeBufferPointer(start: negative, count: size + 1))
  }
}
