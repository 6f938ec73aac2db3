import ArbitraryPrecision
import RigorousNumerics

/// The greatest average power <k>/t over all t > 0 of the quantum Dicke battery, proved global, and the time that
/// attains it.
///
/// A survey at low accuracy finds short intervals that hold every global maximum; there the form is computed again at
/// the precision asked for.
///
/// The survey covers the times up to T by pieces around 0, h, 2h, ... of a path. Around each, <k> is the polynomial of
/// ``FormSeries`` within N d (2 + d), d being the distance of the state from the true one, and what the cut adds to it
/// in half a step. It ends at a T with N/T below a power that is attained, since <k> <= N. Near t = 0 it leaves out
/// times for which
///
///     <k>/t <= N^2 (2N + 1) g^2 t
///
/// is below it: by |psi(t) - e^(-iEt) psi(0)| <= t |(H - E) psi(0)|, the length of (H - E) psi(0) being g sqrt(N (2N +
/// 1)), the battery is excited with at most the square of that in probability.
struct DickePower {
  private let battery: DickeBattery
  /// Intervals that hold every global maximum.
  private let candidates: [Interval]

  private static let degree = 10

  /// Surveys all times, with states of some bits.
  init(_ battery: DickeBattery, bits: Int, within budget: Budget) throws {
    self.battery = battery
    let n = battery.cells
    var path = try battery.path(bits: bits + 40, within: budget)
    // A step with a rest that is small against N on both sides.
    let (first, photons) = (try DickePower.series(path, bits, within: budget), path.sector.photons)
    guard let half = Interval(exactly: first.radius(ofRemainderBelow: Double(n) * 0x1p-20), precision: 64),
      half.isBounded
    else {
      throw Unanswered(undecided: "the rates are out of range")
    }
    let (step, start) = (half.scaled(byPowerOfTwo: 1), half.scaled(byPowerOfTwo: -20))
    var survey = PowerSurvey()
    var index = 0
    while true {
      let loss = try path.prepare(for: step, bits: bits, within: budget)
      // The first one is known, unless the sector has grown since.
      let isFirst = index == 0 && path.sector.photons == photons
      let series = isFirst ? first : try DickePower.series(path, bits, within: budget)
      let center = path.time.rounded(to: 128)
      let begin = index == 0 ? start : center - half
      if let part = Interval(begin.lower, (center + half).upper) {
        survey.add(.init(on: part, error: path.formError(adding: loss)) { series.jet($0) })
      }
      let end = Interval((center + half).lower)
      if (n / end).upper < survey.attained { break }
      index += 1
      guard index < 100_000 else {
        throw Unanswered(beyond: "this route is limited to a survey of 100000 pieces of time")
      }
      try path.advance(by: step, loss: loss, bits: bits, within: budget)
    }
    let square = battery.coupling(64).squared * start
    guard (n * (n * ((2 * n + 1) * square))).upper < survey.attained else {
      throw Unanswered(undecided: "the power at short times was not bounded")
    }
    candidates = try survey.candidates(within: budget)
  }

  private static func series(_ path: DickePath, _ bits: Int, within budget: Budget) throws -> FormSeries {
    try FormSeries(
      path.flow, at: path.time.rounded(to: 128), through: path.state, weights: path.weights, degree: degree,
      bits: bits + 20, precision: 128, within: budget)
  }

  /// No proof that an interval holds one maximum alone.
  struct NotIsolated: Error {}

  /// The greatest <k>/t.
  ///
  /// - Throws: ``NotIsolated`` when the survey was too coarse.
  func value(precision: Int, within budget: Budget) throws -> Interval {
    let peaks = try candidates.map { try peak(on: $0, precision, isTimeAsked: false, within: budget) }
    guard let greatest = peaks.greatestPower else { throw NotIsolated() }
    return greatest
  }

  /// The t that attains it.
  ///
  /// - Throws: ``NotIsolated`` when the survey was too coarse; ``Unanswered`` when two times compete.
  func time(precision: Int, within budget: Budget) throws -> Interval {
    let peaks = try candidates.map { try peak(on: $0, precision, isTimeAsked: true, within: budget) }
    guard !peaks.isEmpty else { throw NotIsolated() }
    return try peaks.timeOfGreatestPower()
  }

  /// The maximum on a candidate [a, b].
  ///
  /// There <k> is within e of the form E along the flow from one stored vector. Where x E' - E has one zero x in (a, b)
  /// and E'' < 0, E/t is greatest at x; the greatest <k>/t is within e/a of it. A t that attains that has E(t)/t >=
  /// E(x)/x - 2 e/a, and as (E/t)' = (t E' - E)/t^2 with a slope of the numerator of at least s in magnitude, E(x)/x -
  /// E(t)/t >= s (t - x)^2/(2 b^2): |t - x| <= b sqrt(4 e/(a s)). So a time takes twice the bits of a value.
  ///
  /// Each round starts anew from the center found by the last one, where the polynomial is sharper.
  private func peak(on box: Interval, _ precision: Int, isTimeAsked: Bool, within budget: Budget) throws -> PowerPeak {
    // The error of <k> is about 2 N 2^-bits, and <k> itself some half of N where it is greatest.
    let bits = (isTimeAsked ? 2 : 1) * precision + 8
    var path = try battery.path(bits: bits, within: budget)
    guard var center = box.anchor.map({ Interval(BigFloat($0, precision: 64, rounding: .nearest)) }) else {
      throw NotIsolated()
    }
    let box = box.rounded(to: bits)
    var best: PowerPeak?
    for _ in 0..<8 {
      try path.advance(to: center, bits: bits, within: budget)
      let loss = try path.prepare(for: Interval((box - center).magnitude), bits: bits, within: budget)
      let series = try FormSeries(
        path.flow, at: center, through: path.state, weights: path.weights, degree: DickePower.degree, bits: bits,
        precision: bits, within: budget)
      let average = AveragePower(of: series.jet)
      let bend = series.jet(box).second
      let first = average.stationaryStep(on: box)
      guard bend.upper.signum < 0, first.provesUniqueZero else { throw NotIsolated() }
      let x = try average.sharpened(first.remaining, precision: bits, within: budget)
      let error = path.formError(adding: loss)
      let value = average.value(on: x)
      let shift = (error / Interval(box.lower)).upper
      let power = value + .ball(shift)
      let slope = (box * bend).mignitude
      let radius = (Interval(box.upper) * (4 * error / (Interval(box.lower) * Interval(slope))).squareRoot).upper
      let time = (x + .ball(radius)).intersection(box)
      let next = PowerPeak(time: time, power: power)
      let last = best
      best = next
      // As good as the errors allow, or no better than the last one.
      let width = isTimeAsked ? x.width : value.width
      let goal = isTimeAsked ? radius : shift
      if width <= goal { return next }
      if let last, power.width.scaled(byPowerOfTwo: 1, rounding: .up) >= last.power.width,
        time.width.scaled(byPowerOfTwo: 1, rounding: .up) >= last.time.width
      {
        return next
      }
      guard let middle = x.anchor else { throw NotIsolated() }
      center = Interval(middle)
    }
    return best ?? PowerPeak(time: box, power: .entire(precision: 64))
  }
}
