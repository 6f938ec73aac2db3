import ArbitraryPrecision
import Foundation
import Synchronization

/// The mean f(t) = <v(t)|B|v(t)> of an observable along a flow, with its Taylor coefficients, at all times t >= 0.
///
/// From the states at 0, h, 2h, ... the polynomials of ``FormSeries`` are made as they are asked for, each for the
/// times within h/2 of its center. Where the precision is above that of the polynomials and the interval is short, a
/// state of its own is made from the start, so that widths shrink with precision and interval. Beyond what is computed
/// f lies in the range of the observable at all times, and its derivatives below bounds that lengths of powers of the
/// generator give at the start, which do not change.
public final class DenseMean: Sendable {
  private let path: FlowPath
  private let observable: FlowObservable
  /// Values that f has at no time any others than.
  public let range: Interval
  /// h.
  public let step: Interval
  /// The polynomials hold f to about 2^-accuracy of the width of its range.
  private let accuracy: Int
  private let degree: Int
  private let integerBits: Int
  private let first: FormSeries?
  /// The observable for the polynomials.
  private let form: FormSeries.Form
  private let cells = Mutex<[Int: FormSeries]>([:])
  private let sharp = Mutex<(center: BigFloat, bits: Int, order: Int, series: FormSeries, error: BigFloat)?>(nil)
  /// More intervals than these are not looked at one by one.
  private static let greatestCells = 64

  private var bits: Int { accuracy + integerBits + 40 }

  /// The precision of intervals up to which the polynomials serve, above that of their accuracy.
  public static func sharpPrecision(_ accuracy: Int) -> Int { max(accuracy + 80, 128) }

  /// The mean of an observable.
  ///
  /// - Parameters:
  ///   - normSquared: |v|^2, which the range is multiplied by: exactly 1 for states.
  ///   - accuracy: the bits of the polynomials.
  /// - Throws: ``Unanswered`` when the time is over.
  public init(
    of observable: FlowObservable, along path: FlowPath, normSquared: Interval, accuracy: Int = 48,
    within budget: Budget
  ) throws(Unanswered) {
    self.path = path
    self.accuracy = accuracy
    self.observable = observable
    range = observable.range * normSquared
    degree = max(16, accuracy / 3)
    // Elements of the powers grow like 2^i at most.
    integerBits = degree + 8 + max(path.start.normBound.binaryExponent ?? 0, 0)
    // Words where they hold more than the polynomials do: what K is off by counts with |K|, as they do.
    let wordBits = FixedForm.wordBits(observable)
    let form = FormSeries.Form(observable, bits: accuracy + 8 <= wordBits ? wordBits : accuracy + 80)
    self.form = form
    guard let flow = path.flow else {
      (first, step) = (nil, Interval(1, precision: 64))
      return
    }
    let first = try FormSeries(
      flow, at: Interval(0, precision: 64), through: path.start, form: form, degree: degree,
      bits: accuracy + integerBits + 40, precision: accuracy + 80, integerBits: integerBits, within: budget)
    self.first = first
    let size = max(observable.range.width.double(rounding: .up), 0x1p-1000)
    let radius = min(max(first.radius(ofRemainderBelow: size * pow(2, -Double(accuracy))), 0x1p-900), 0x1p900)
    // A power of two, so that centers are exact.
    let exponent = Int(log2(radius).rounded(.down)) + 1
    step = Interval(1, precision: 64).scaled(byPowerOfTwo: exponent)
  }

  /// Whether nothing turns.
  public var isConstant: Bool { path.flow == nil }

  /// The Taylor coefficients up to an order at all times of an interval t >= 0, at its precision.
  public func series(_ t: Interval, order: Int, within budget: Budget) throws(Unanswered) -> TaylorSeries {
    guard let flow = path.flow else { return constant(t.precision, order) }
    guard order < degree else {
      throw Unanswered(beyond: "derivatives of means are served below the order \(degree)")
    }
    // The first piece reaches half a step before 0, and none beyond.
    guard t.lower >= -step.scaled(byPowerOfTwo: -1).lower else { return bounds(order, t.precision) }
    if t.precision > Self.sharpPrecision(accuracy), t.isBounded, let sharp = try sharpSeries(flow, t, order, budget) {
      return sharp
    }
    guard t.isBounded, let low = (t.lower.signum < 0 ? Interval(0, precision: 64) : t / step).lower.floor,
      let high = (t / step + Interval(Rational(1, 2), precision: 64)).upper.floor, let last = Int(exactly: high),
      let begin = Int(exactly: low), last - begin < DenseMean.greatestCells
    else { return bounds(order, t.precision) }
    let half = step.scaled(byPowerOfTwo: -1)
    var result: TaylorSeries?
    for index in begin...max(last, begin) {
      let center = Interval(index, precision: 64) * step
      let part = t.intersection(center + half.hull(-half))
      guard !part.isEmpty else { continue }
      let state = try path.state(index, step: step, bits: bits, within: budget)
      let piece = try cell(index, flow, center, state, budget).series(part, order: order, error: state.error)
      result = result.map { $0.hull(piece) } ?? piece
    }
    return clamped(result ?? bounds(order, t.precision))
  }

  /// The values are in the range.
  private func clamped(_ series: TaylorSeries) -> TaylorSeries {
    let value = series.value.intersection(range)
    demand(!value.isEmpty, "DenseMean: a mean is in the range of its observable")
    return TaylorSeries([value] + series.coefficients.dropFirst(), isSmooth: series.isSmooth)
  }

  private func cell(
    _ index: Int, _ flow: SkewFlow, _ center: Interval, _ state: FlowState, _ budget: Budget
  ) throws(Unanswered) -> FormSeries {
    if let known = cells.withLock({ $0[index] }) { return known }
    let series = try FormSeries(
      flow, at: center, through: state, form: form, degree: degree, bits: bits, precision: accuracy + 80,
      integerBits: integerBits, within: budget)
    cells.withLock { $0[index] = series }
    return series
  }

  /// From a state at the middle of the interval, with as many bits as the interval has.
  private func sharpSeries(
    _ flow: SkewFlow, _ t: Interval, _ order: Int, _ budget: Budget
  ) throws(Unanswered) -> TaylorSeries? {
    guard let middle = t.anchor, t.width <= step.lower.scaled(byPowerOfTwo: -10, rounding: .down) else { return nil }
    let bits = t.precision
    if let known = sharp.withLock({ $0 }), known.center == middle, known.bits >= bits, known.order >= order {
      return clamped(known.series.series(t, order: order, error: known.error))
    }
    let center = Interval(middle)
    let state = try path.state(at: center, bits: bits + integerBits, within: budget)
    let degree = order + 2
    let series = try FormSeries(
      flow, at: center, through: state, form: FormSeries.Form(observable, bits: bits), degree: degree,
      bits: bits + integerBits, precision: bits, integerBits: integerBits, within: budget)
    sharp.withLock { $0 = (middle, bits, order, series, state.error) }
    return clamped(series.series(t, order: order, error: state.error))
  }

  /// The Taylor coefficients at the start, of which those that vanish by structure are exactly zero.
  public func startCoefficients(order: Int) -> [Interval] { path.startCoefficients(of: observable, order: order) }

  /// What holds at all times.
  public func bounds(_ order: Int, _ precision: Int) -> TaylorSeries {
    guard let first else { return constant(precision, order) }
    var factorial = Integer(1)
    let error = Interval(path.start.error)
    return TaylorSeries(
      (0...order).map { k in
        guard k > 0 else { return range }
        factorial = factorial * Integer(k)
        guard k < degree, error.isPoint && error.containsZero else { return .entire(precision: precision) }
        return .ball(first.bound(ofDerivative: k) / Interval(factorial, precision: 64))
      })
  }

  private func constant(_ precision: Int, _ order: Int) -> TaylorSeries {
    let value = observable.value(in: path.start, precision: max(precision, path.start.width * 64))
    let zero = Interval(0, precision: precision)
    return TaylorSeries([value] + Array(repeating: zero, count: order))
  }
}
