import ArbitraryPrecision
import Synchronization

/// A linear form f(t) = <b(t), x(t)> of the vectors of a ``ContractivePath``, with its Taylor coefficients, at all
/// times t >= 0: the mean of an observable in a density matrix.
///
///     b(t) = b_0 + sum over j of g_j(t) b_j.
///
/// Around a center c the coefficients f_n are sums of <b_i, x_(n-i)>, and at all times of an interval around c
/// |f_n| <= the sum of |b_i|_2 N_(n-i). So by Taylor's theorem for f^(k), at c + s,
///
///     f^(k)/k! = sum over n from k to q of C(n, k) f_n s^(n-k) + C(q+1, k) r s^(q+1-k),
///
/// |r| being at most the bound of |f_(q+1)|.
///
/// The error of the state is in the f_n. Where the interval is short and its precision above that of the cells, a
/// state at its middle is made, so that widths shrink with precision and interval.
public final class ContractiveMean: Sendable {
  /// b.
  public struct Form: Sendable {
    /// The elements of b_0 that are not zero, b_1 and so on, each place once.
    let parts: [[(place: Int, value: Interval)]]
    let drive: ContractiveFlow.Drive?

    /// A form.
    ///
    /// - Parameter driven: b_1, b_2, ..., one for each function of the drive.
    public init(
      constant: [Int: Interval], driven: [[Int: Interval]] = [], drive: ContractiveFlow.Drive? = nil
    ) {
      demand(driven.count == drive?.count ?? 0, "ContractiveMean: a vector for each function")
      self.drive = drive
      parts = ([constant] + driven).map { part in
        part.filter { !$0.value.isExactZero }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      }
    }

    /// Whether f vanishes at all times.
    public var isZero: Bool { parts.allSatisfy(\.isEmpty) }
  }

  private let path: ContractivePath
  private let form: Form
  private let range: Interval?
  private let accuracy: Int
  private let degree: Int
  /// |b_j|_2.
  private let norms: [Interval]
  private let cells = Mutex<[ContractivePath.Cell.Name: (coefficients: [Interval], remainder: Interval)]>([:])
  /// More cells than these are not looked at one by one.
  private static let greatestCells = 64

  /// A form along a path.
  ///
  /// - Parameters:
  ///   - range: values that f has at no time any others than; nil where none are known.
  ///   - accuracy: the bits of the polynomials.
  public init(of form: Form, along path: ContractivePath, range: Interval?, accuracy: Int) {
    (self.form, self.path, self.range, self.accuracy) = (form, path, range, accuracy)
    degree = max(16, accuracy / 3)
    norms = form.parts.map { part in
      part.reduce(Interval(0, precision: 64)) { $0 + $1.value.rounded(to: 64).squared }.squareRoot
    }
  }

  /// A length of intervals on which the coefficients tell much, as a guess.
  public func step(within budget: Budget) throws(Unanswered) -> Interval {
    try path.step(degree: degree, accuracy: accuracy, within: budget)
  }

  private var isDriven: Bool { path.isDriven || form.drive != nil }

  /// The Taylor coefficients up to an order at all times of an interval, at its precision; of times before 0 nothing is
  /// said.
  public func series(_ t: Interval, order: Int, within budget: Budget) throws(Unanswered) -> TaylorSeries {
    guard order < degree else {
      throw Unanswered(beyond: "derivatives of means are served below the order \(degree)")
    }
    let t = t.intersection(Interval(.zero(precision: 64), .infinity(precision: 64)) ?? t)
    guard t.isBounded, !t.isEmpty else { return bounds(order, t.precision) }
    if isDriven, let end = path.end, t.upper > end.upper { return unknown(order, t.precision) }
    var cell = try path.cell(at: t.lower, degree: degree, accuracy: accuracy, within: budget)
    let isSharp = t.precision > DenseMean.sharpPrecision(accuracy)
    if isSharp || (t.isPoint && order > 8), let middle = t.anchor,
      t.width <= cell.time.width.scaled(byPowerOfTwo: -10, rounding: .down)
    {
      return try sharp(t, middle, order, bits: isSharp ? t.precision + 16 : accuracy + 40, budget)
    }
    guard
      t.width <= cell.time.width.scaled(byPowerOfTwo: Self.greatestCells.trailingZeroBitCount, rounding: .down)
    else { return bounds(order, t.precision) }
    var result: TaylorSeries?
    for _ in 0...Self.greatestCells {
      let piece = try series(on: t.intersection(cell.time), in: cell, order, t.precision, budget)
      result = result.map { $0.hull(piece) } ?? piece
      guard cell.time.upper < t.upper else { return clamped(result ?? piece) }
      cell = try path.cell(at: cell.time.upper, degree: degree, accuracy: accuracy, within: budget)
    }
    return bounds(order, t.precision)
  }

  private func series(
    on part: Interval, in cell: ContractivePath.Cell, _ order: Int, _ precision: Int, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    var local = cells.withLock { $0[cell.name] }
    if local == nil {
      guard let remainder = try remainder(on: cell.time, degree) else { return unknown(order, precision) }
      local = (try coefficients(cell.center, degree, bits: accuracy + 40, budget), remainder)
      cells.withLock { $0[cell.name] = local }
    }
    guard let local else { return unknown(order, precision) }
    return Self.moved(local.coefficients, local.remainder, by: part - Interval(cell.center), order, precision)
  }

  /// From a state at the middle of an interval.
  private func sharp(
    _ t: Interval, _ middle: BigFloat, _ order: Int, bits: Int, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries {
    let own = t.isPoint ? order : order + 2
    guard let remainder = try remainder(on: t, own) else { return unknown(order, t.precision) }
    let coefficients = try coefficients(middle, own, bits: bits, budget)
    return clamped(Self.moved(coefficients, remainder, by: t - Interval(middle), order, t.precision))
  }

  /// f_0 ... f_q at a time.
  private func coefficients(
    _ center: BigFloat, _ q: Int, bits: Int, _ budget: Budget
  ) throws(Unanswered) -> [Interval] {
    let terms = try path.terms(around: center, degree: q, bits: bits, within: budget)
    let zero = Interval(0, precision: bits + 32)
    var factors = [[Interval(1, precision: bits + 32)]]
    if let drive = form.drive {
      let series = try drive.series(Interval(center), order: q, precision: bits + 32)
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else {
        return Array(repeating: .entire(precision: 64), count: q + 1)
      }
      factors += series.map(\.coefficients)
    }
    var result = Array(repeating: zero, count: q + 1)
    for (part, factor) in zip(form.parts, factors) where !part.isEmpty {
      let products = terms.map { term in
        part.reduce(zero) { term[$1.place].isExactZero ? $0 : $0 + $1.value * term[$1.place] }
      }
      for n in 0...q {
        for i in 0...min(n, factor.count - 1) where !products[n - i].isExactZero && !factor[i].isExactZero {
          result[n] += factor[i] * products[n - i]
        }
      }
    }
    return result
  }

  /// At least |f_(q+1)| at all times of an interval; nil where it is not known to exist.
  private func remainder(on t: Interval, _ q: Int) throws(Unanswered) -> Interval? {
    guard let bounds = try path.majorants(on: t, order: q + 1) else { return nil }
    var factors = [[Interval(1, precision: 64)]]
    if let drive = form.drive {
      let series = try drive.series(t.rounded(to: 64), order: q + 1, precision: 64)
      guard series.allSatisfy({ $0.isSmooth && $0.isDefined && $0.isExact }) else { return nil }
      factors += series.map { $0.coefficients.map(\.absoluteValue) }
    }
    var sum = Interval(0, precision: 64)
    for (norm, factor) in zip(norms, factors) where !norm.isExactZero {
      for i in 0...min(q + 1, factor.count - 1) { sum += norm * factor[i] * bounds[q + 1 - i] }
    }
    return sum.isBounded ? sum : nil
  }

  /// Taylor's theorem for the derivatives up to an order.
  private static func moved(
    _ coefficients: [Interval], _ remainder: Interval, by s: Interval, _ order: Int, _ precision: Int
  ) -> TaylorSeries {
    let q = coefficients.count - 1
    guard !s.isExactZero else {
      return TaylorSeries(coefficients.prefix(order + 1).map { $0.isExactZero ? $0 : $0.rounded(to: precision) })
    }
    let powers = (0...q + 1).map { s.power($0) }
    let rest = Interval.ball(remainder)
    return TaylorSeries(
      (0...order).map { k in
        var (binomial, sum) = (Integer(1), Interval(0, precision: precision))
        for n in k...q + 1 {
          if n > k { binomial = (binomial * Integer(n)).dividedDown(by: Integer(n - k)) }
          sum += Interval(binomial, precision: precision) * (n <= q ? coefficients[n] : rest) * powers[n - k]
        }
        return sum.rounded(to: precision)
      })
  }

  /// The Taylor coefficients at the start, of which those that vanish by structure are exactly zero.
  public func startCoefficients(order: Int, bits: Int, within budget: Budget) throws(Unanswered) -> [Interval] {
    try coefficients(.zero(precision: 64), order, bits: bits, budget)
  }

  private func clamped(_ series: TaylorSeries) -> TaylorSeries {
    guard let range else { return series }
    let value = series.value.intersection(range)
    demand(!value.isEmpty, "ContractiveMean: a mean is in the range of its observable")
    return TaylorSeries([value] + series.coefficients.dropFirst(), isSmooth: series.isSmooth)
  }

  /// What holds at all times: a drive need not be defined at all of them.
  private func bounds(_ order: Int, _ precision: Int) -> TaylorSeries {
    guard !isDriven else { return unknown(order, precision) }
    return clamped(TaylorSeries(rough: .ball(norms[0] * path.size), order: order))
  }

  private func unknown(_ order: Int, _ precision: Int) -> TaylorSeries {
    TaylorSeries(
      Array(repeating: .entire(precision: precision), count: order + 1), isSmooth: false, isDefined: false)
  }
}
