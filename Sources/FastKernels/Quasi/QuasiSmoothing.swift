/// The negativity of a law of work after smoothing by a Gaussian, 2 times the integral of the negative part of f(x) =
/// sum of p_n g((x - x_n)/sigma)/sigma, g the normal density, in doubles with an error bound.
///
/// In units of the distance of two places, sigma is S = sigma s M. Cells of width D, a power of two in (S/4, S/2], have
/// centers C = (i + 1/2) D, and z = (C - n)/S; with r = D/(2S) <= 1/4 and t from -1 to 1
///
///     f = sum of p_n psi_k(z_n) t^k,  psi_0 = g(z),  psi_(k+1) = -(z r psi_k + r^2 psi_(k-1))/(k + 1), k <= 17.
///
/// The integral of the negative part changes by at most the integral of |f - f'| when f' stands for f. u = 2^-53, U =
/// sum of |p_n|; per place, the integral over all cells of the magnitude of what is wrong, in units of u |p_n|, where
/// sums over cells are integrals and half a cell's width times the variation, e^(|z| r + r^2/2) <= e^(|z|/4 + 1/32):
///
/// 1. S rounds by u, which moves f by 0.97u. C - n is exact, the quotient rounds by u z: 1.2u.
/// 2. The exponent z^2/2 rounds by u of itself: with ``Exponential`` and two products psi_0 is within (6 + z^2/2) u.
///    Terms psi_k: 6u k of the majorant e^(|z| r + r^2/2) g in all, of which the sum over k k is |z| r + r^2.
/// 3. Sums in blocks of 32 places and of blocks: 33 + T/32 roundings, T <= 18 S + 1 being the places of a cell.
/// 4. The sums of e^(|z|/4 + 1/32) g times 1, |z|/4 and z^2 over all cells are at most 1.5, 0.4 and 2: 1.5 (6 + 33 +
///    T/32) + 6 (0.4 + 0.1) + 1 in all of 2 and 3.
/// 5. By |He_k(z)| g(z) <= 0.435 sqrt(k!) e^(-z^2/4) what is cut is at most 0.5 r^18/sqrt(18!) e^(-z^2/4): 0.01u.
///    Places 9 S and more from the center, whose Gaussians are more than 8.75 away: 0.1u.
///
/// Together 1.5 (39 + T/32) + 7. To that comes the sum of the errors of the p_n.
///
/// The negative part of a cell's polynomial a: on a part of half width h around m, |a - a(m)| <= |a'(m)| h + s h^2/2, s
/// the sum of k (k - 1)|a_k|. Where that, with the roundings of a(m), leaves no doubt about the sign, the part belongs
/// to a run of that sign, integrated by its ends; other parts are halved until their integral of |a| is below 2^-60 U,
/// and their bounds are added to the error. Horner's rule rounds a by 38u of the sum of magnitudes and a' by 80u of
/// that of its terms.
struct QuasiSmoothing {
  private static let u = 0x1p-53
  private static let degree = 17
  /// How far the places of a cell reach, in S.
  private static let reach = 9.0
  /// The greatest number of cells with places.
  static let greatestCells = 65536.0

  private let negative: Double
  private let error: Double
  private let size: Double

  /// - Parameters:
  ///   - values: the probabilities of equidistant places.
  ///   - errors: the sum of their errors.
  ///   - deviation: S, rounded once.
  init(_ values: [Double], errors: Double, deviation: Double) throws(KernelRefusal) {
    let spread = QuasiSmoothing.reach * deviation
    var width = Double(sign: .plus, exponent: deviation.exponent - 1, significand: 1)
    if width > deviation / 2 { width /= 2 }
    let first = ((-spread) / width).rounded(.down), last = ((Double(values.count - 1) + spread) / width).rounded(.up)
    guard last - first <= QuasiSmoothing.greatestCells else {
      throw KernelRefusal("sigma is outside the kernel's domain; accepted: from about 2^-15 of the range of works on")
    }
    let size = values.reduce(0) { $0 + abs($1) } + errors
    let half = width / (2 * deviation)
    let threshold = 0x1p-60 * size
    var (negative, open) = (0.0, 0.0)
    for index in Int(first)...Int(last) {
      let center = (Double(index) + 0.5) * width
      let from = max(Int((center - spread).rounded(.up)), 0)
      let to = min(Int((center + spread).rounded(.down)), values.count - 1)
      if from > to { continue }
      let terms = QuasiSmoothing.terms(values, from...to, center, deviation, half)
      var part = NegativePart(terms, half, threshold)
      part.run()
      negative += part.integral
      open += part.error
    }
    let depth = 39 + (18 * deviation + 1) / 32
    let made = QuasiSmoothing.u * size * (1.5 * depth + 7)
    // The sum over cells rounds by u of itself each time; r rounds by 2u.
    let sums = (last - first + 4) * QuasiSmoothing.u * negative
    (self.negative, self.size) = (negative, size)
    error = (made + errors + open + sums) * (1 + 0x1p-20)
  }

  /// The integral of |f| less one.
  var negativity: KernelValue {
    KernelValue(value: 2 * negative, errorBound: 2 * error + 2 * Double.leastNonzeroMagnitude)
  }

  /// The coefficients of a cell.
  private static func terms(
    _ values: [Double], _ places: ClosedRange<Int>, _ center: Double, _ deviation: Double, _ r: Double
  ) -> [Double] {
    let density = 0.398_942_280_401_432_68
    let square = r * r
    var total = [Double](repeating: 0, count: degree + 1)
    var block = total
    for (count, n) in places.enumerated() {
      let z = (center - Double(n)) / deviation
      var (before, psi) = (0.0, values[n] * (density * Exponential(-0.5 * (z * z)).value))
      let slope = z * r
      block[0] += psi
      for k in 0..<degree {
        (before, psi) = (psi, -(slope * psi + square * before) * reciprocals[k])
        block[k + 1] += psi
      }
      if count % 32 == 31 || n == places.upperBound {
        for k in 0...degree {
          total[k] += block[k]
          block[k] = 0
        }
      }
    }
    return total
  }

  private static let reciprocals = (0..<degree).map { 1 / Double($0 + 1) }
}

/// The integral of the negative part of a polynomial on -1 ... 1, times a factor.
private struct NegativePart {
  private let terms: [Double]
  private let factor: Double
  private let threshold: Double
  private let bend: Double
  private let slopes: Double
  private let sizes: Double
  /// Where the present run of negative parts began; nil between runs.
  private var begin: Double?
  private var integrals = 0.0
  private var errors = 0.0

  private static let u = 0x1p-53

  init(_ terms: [Double], _ factor: Double, _ threshold: Double) {
    (self.terms, self.factor, self.threshold) = (terms, factor, threshold)
    var (bend, slopes, sizes) = (0.0, 0.0, 0.0)
    for (k, term) in terms.enumerated() {
      sizes += abs(term)
      slopes += Double(k) * abs(term)
      bend += Double(k * (k - 1)) * abs(term)
    }
    (self.bend, self.slopes, self.sizes) = (bend, slopes, sizes)
  }

  var integral: Double { factor * integrals }
  var error: Double { factor * errors * (1 + 0x1p-20) + 0x1p-1000 }

  mutating func run() {
    divide(-1, 1)
    close(at: 1)
  }

  private mutating func divide(_ low: Double, _ high: Double) {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low))
    var (value, slope) = (0.0, 0.0)
    for term in terms.reversed() {
      slope = value + middle * slope
      value = term + middle * value
    }
    let doubt =
      (abs(slope) * half + 0.5 * bend * half * half + NegativePart.u * (38 * sizes + 80 * slopes * half))
      * (1 + 0x1p-40)
    if value > doubt { return close(at: low) }
    if value < -doubt {
      if begin == nil { begin = low }
      return
    }
    let most = 2 * half * (abs(value) + doubt)
    if factor * most <= threshold || half < 0x1p-50 {
      close(at: low)
      errors += most
      return
    }
    divide(low, middle)
    divide(middle, high)
  }

  /// Ends a run of negative parts.
  private mutating func close(at end: Double) {
    guard let start = begin else { return }
    begin = nil
    let (high, low) = (primitive(end), primitive(start))
    integrals += low - high
    // Both values by Horner's rule for degree 18, with a rounded quotient in each term, and three sums.
    errors += 84 * NegativePart.u * sizes
  }

  private func primitive(_ t: Double) -> Double {
    var sum = 0.0
    for k in terms.indices.reversed() { sum = terms[k] / Double(k + 1) + t * sum }
    return t * sum
  }
}
