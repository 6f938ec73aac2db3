import ArbitraryPrecision
import Expressions

/// A polynomial in sines and cosines of a few angles, as the sum of c exp(i (m_1 theta_1 + ... + m_r theta_r)) with
/// integers m and Gaussian rationals c.
///
/// At angles theta_j = x_j + y_j pi, x_j algebraic and y_j rational, it is decided whether it is zero. The numbers i
/// (m_1 x_1 + ... + m_r x_r) are algebraic, and exponentials of distinct algebraic numbers are linearly independent
/// over the algebraic numbers (Lindemann and Weierstrass). So the sum is zero exactly when for each value of m_1 x_1 +
/// ... + m_r x_r the sum of the c exp(i pi (m_1 y_1 + ... + m_r y_r)) with this value is, and that is a number of a
/// field of roots of unity: with D the least common denominator of its real and imaginary parts of c, and S the sum of
/// their magnitudes times D, D times the number is an algebraic integer whose conjugates are at most S. Let n be a
/// multiple of 4 and of the orders of all roots. The norm of an algebraic integer that is not zero is at least one, so
/// the number is zero or at least S^(1 - phi(n))/D.
struct ExponentialSum {
  struct Coefficient {
    var real: Rational
    var imaginary: Rational

    var isZero: Bool { real.signum == 0 && imaginary.signum == 0 }

    static func * (a: Coefficient, b: Coefficient) -> Coefficient {
      Coefficient(
        real: a.real * b.real - a.imaginary * b.imaginary, imaginary: a.real * b.imaginary + a.imaginary * b.real)
    }
  }

  private var terms: [[Int]: Coefficient]
  private let angles: Int

  private init(_ terms: [[Int]: Coefficient], angles: Int) {
    (self.terms, self.angles) = (terms.filter { !$0.value.isZero }, angles)
  }

  /// A rational number.
  init(_ value: Rational, angles: Int) {
    self.init([Array(repeating: 0, count: angles): Coefficient(real: value, imaginary: 0)], angles: angles)
  }

  /// exp(i m theta_j).
  static func exponential(_ m: Int, of j: Int, angles: Int) -> ExponentialSum {
    var exponent = Array(repeating: 0, count: angles)
    exponent[j] = m
    return ExponentialSum([exponent: Coefficient(real: 1, imaginary: 0)], angles: angles)
  }

  /// cos theta_j.
  static func cosine(of j: Int, angles: Int) -> ExponentialSum {
    Rational(1, 2) * (exponential(1, of: j, angles: angles) + exponential(-1, of: j, angles: angles))
  }

  /// sin theta_j.
  static func sine(of j: Int, angles: Int) -> ExponentialSum {
    let difference = exponential(1, of: j, angles: angles) - exponential(-1, of: j, angles: angles)
    let factor = Coefficient(real: 0, imaginary: Rational(-1, 2))
    return ExponentialSum(difference.terms.mapValues { factor * $0 }, angles: angles)
  }

  static func + (a: ExponentialSum, b: ExponentialSum) -> ExponentialSum {
    ExponentialSum(
      a.terms.merging(b.terms) {
        Coefficient(real: $0.real + $1.real, imaginary: $0.imaginary + $1.imaginary)
      }, angles: a.angles)
  }

  static func - (a: ExponentialSum, b: ExponentialSum) -> ExponentialSum { a + Rational(-1) * b }

  static func * (factor: Rational, a: ExponentialSum) -> ExponentialSum {
    ExponentialSum(a.terms.mapValues { Coefficient(real: factor, imaginary: 0) * $0 }, angles: a.angles)
  }

  static func * (factor: Int, a: ExponentialSum) -> ExponentialSum { Rational(factor) * a }

  static func * (a: ExponentialSum, b: ExponentialSum) -> ExponentialSum {
    var terms: [[Int]: Coefficient] = [:]
    for (m, x) in a.terms {
      for (n, y) in b.terms {
        let product = x * y
        let sum = zip(m, n).map { $0 + $1 }
        let old = terms[sum] ?? Coefficient(real: 0, imaginary: 0)
        terms[sum] = Coefficient(real: old.real + product.real, imaginary: old.imaginary + product.imaginary)
      }
    }
    return ExponentialSum(terms, angles: a.angles)
  }

  var squared: ExponentialSum { self * self }

  // MARK: - Zeros

  /// The most bits that are spent on one number of a field of roots of unity.
  private static let greatestBits = 1 << 17

  /// Whether the sum is zero at some angles.
  func isZero(at values: [ExactAngle]) -> Decision {
    precondition(values.count == angles, "ExponentialSum: number of angles")
    guard let groups = groups(at: values) else { return .undecided }
    var result = Decision.certainlyTrue
    for group in groups {
      result = result.and(ExponentialSum.isZero(group, turns: values.map(\.turns)))
      if result == .certainlyFalse { break }
    }
    return result
  }

  /// The terms of equal m_1 x_1 + ... + m_r x_r together; nil when it is undecided which are equal.
  private func groups(at values: [ExactAngle]) -> [[[Int]: Coefficient]]? {
    guard values.allSatisfy({ $0.algebraic.isZero != .undecided }) else { return nil }
    // Angles without an algebraic part do not count.
    let counting = values.indices.filter { values[$0].algebraic.isZero == .certainlyFalse }
    let parts = Dictionary(grouping: terms) { term in counting.map { term.key[$0] } }
    var groups: [(value: Constant, enclosure: Interval, terms: [[Int]: Coefficient])] = []
    for (m, members) in parts {
      let formula = zip(m, counting).reduce(Expression.number(0)) {
        $0 + .number(Rational($1.0)) * values[$1.1].algebraic.expression
      }
      guard let value = try? Constant(formula) else { return nil }
      let enclosure = value.enclosure(precision: 256)
      var place: Int?
      for (index, group) in groups.enumerated() where !group.enclosure.isDisjoint(from: enclosure) {
        guard let difference = try? Constant(value.expression - group.value.expression),
          difference.isZero != .undecided
        else { return nil }
        if difference.isZero == .certainlyTrue { place = index }
      }
      let own = Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
      if let place {
        groups[place].terms.merge(own) { $1 }
      } else {
        groups.append((value, enclosure, own))
      }
    }
    return groups.map(\.terms)
  }

  /// Whether the sum of c exp(i pi (m_1 y_1 + ... + m_r y_r)) is zero.
  private static func isZero(_ group: [[Int]: Coefficient], turns: [Rational]) -> Decision {
    func multiple(_ a: Integer, _ b: Integer) -> Integer { a * b.dividedDown(by: a.greatestCommonDivisor(b)) }
    let common = turns.reduce(Integer(2)) { multiple($0, $1.denominator) }
    guard let half = Int(exactly: common), half <= 1 << 20 else { return .undecided }
    // Of the order n = 2 half, a multiple of 4: exp(i pi y) is the root to the power half y.
    var sums: [Int: Coefficient] = [:]
    for (m, c) in group {
      let power = zip(m, turns).reduce(Rational(0)) { $0 + Rational($1.0) * $1.1 } * Rational(half)
      guard let place = power.integer?.modulo(2 * half) else { return .undecided }
      let old = sums[place] ?? Coefficient(real: 0, imaginary: 0)
      sums[place] = Coefficient(real: old.real + c.real, imaginary: old.imaginary + c.imaginary)
    }
    let parts = sums.values.flatMap { [$0.real, $0.imaginary] }
    let scale = parts.reduce(Integer(1)) { multiple($0, $1.denominator) }
    let size = parts.reduce(Rational(0)) { $0 + $1.magnitude } * Rational(scale)
    if size.signum == 0 { return .certainlyTrue }
    // 2^-least is at most S^(1 - phi(n))/D.
    let (product, overflow) = size.numerator.bitWidth.multipliedReportingOverflow(by: totient(2 * half) - 1)
    guard !overflow, product <= greatestBits else {
      return value(sums, half, bits: 1024).isZero ? .undecided : .certainlyFalse
    }
    let least = product + scale.bitWidth
    var bits = 128
    while true {
      let value = value(sums, half, bits: bits)
      if !value.isZero { return .certainlyFalse }
      if value.magnitude <= -least { return .certainlyTrue }
      guard bits <= 2 * (least + size.numerator.bitWidth + 64) else { return .undecided }
      bits *= 2
    }
  }

  /// Whether an enclosure of a number of a field of roots of unity holds zero, and an e with its magnitude below 2^e.
  static func value(_ sums: [Int: Coefficient], _ half: Int, bits: Int) -> (isZero: Bool, magnitude: Int) {
    let zero = Interval(0, precision: bits)
    var (x, y) = (zero, zero)
    for (place, c) in sums {
      let angle = Interval(Rational(Integer(place), Integer(half)), precision: bits) * .pi(precision: bits)
      let (cosine, sine) = (angle.cosine, angle.sine)
      let (real, imaginary) = (Interval(c.real, precision: bits), Interval(c.imaginary, precision: bits))
      x += real * cosine - imaginary * sine
      y += real * sine + imaginary * cosine
    }
    let exponent = max(x.magnitude.binaryExponent ?? .min + 1, y.magnitude.binaryExponent ?? .min + 1) + 1
    return (x.containsZero && y.containsZero, exponent)
  }

  /// The number of integers up to n that have no factor in common with it.
  static func totient(_ n: Int) -> Int {
    var (result, rest, factor) = (n, n, 2)
    while factor * factor <= rest {
      if rest.isMultiple(of: factor) { result -= result / factor }
      while rest.isMultiple(of: factor) { rest /= factor }
      factor += 1
    }
    return rest > 1 ? result - result / rest : result
  }
}
