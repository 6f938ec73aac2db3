import ArbitraryPrecision

/// A quadratic form E(t) = <v(t)|B|v(t)> along a flow, with two derivatives, certified at every time of an interval [0,
/// T] by one run.
///
/// The run makes states at the times 0, h, 2h, ... From each, for |t - c| <= h/2,
///
///     E(t) = sum over j <= q of <B_j> (t - c)^j/j! + r,   |r| <= |B_(q+1)| |v|^2 |t - c|^(q+1)/(q+1)!,
///
/// where B_0 = B and B_(j+1) is the rate of B_j, by Taylor's theorem; derivatives lose one power each. Beyond T it is
/// known that
/// |<B_j>| <= |B_j| |v|^2, for any j.
public struct DenseForm: Sendable {
  /// q, the degree of the Taylor polynomials.
  static let degree = 8
  /// j! for j = 0 ... q.
  private static let factorials = (1...degree).reduce(into: [1]) { $0.append($0[$1 - 1] * $1) }
  /// The remainder of the polynomials is about 2^-accuracy of the form's norm.
  private static let accuracy = 40
  /// The bits of the states and polynomials of the run.
  static let precision = 128

  private let flow: SkewFlow
  private let start: FlowState
  /// B_0 ... B_3 with all the bits that the flow gives.
  private let sharpForms: [FlowObservable]
  /// B_0 ... B_q at the precision of the run, and the norms of B_0 ... B_(q+1) times |v|^2.
  private let forms: [FlowObservable]
  private let norms: [Interval]
  /// The greatest change of the last coefficient in a unit of time.
  private let drift: Interval
  private let step: Interval
  /// The coefficients <B_j>/j! around each center.
  private var cells: [(center: Interval, coefficients: [Interval])] = []

  /// The greatest value that E could have at any time.
  public var bound: BigFloat { norms[0].upper }

  /// Runs until a condition on a time and the values so far holds.
  ///
  /// - Parameters:
  ///   - weights: the form is the sum of weight_k v_k^2.
  ///   - isLongEnough: asked after each step, with the time and the form there.
  public init(
    _ flow: SkewFlow, from start: FlowState, weights: [Int], within budget: Budget,
    until isLongEnough: (_ time: Interval, _ value: Interval) -> Bool
  ) throws(Unanswered) {
    self.flow = flow
    self.start = start
    // Products of q + 1 couplings with bits to spare, so that integer commutators are exact and their zeros are seen.
    let size = Interval(flow.scale, precision: 64).magnitude.binaryExponent ?? 0
    var form = FlowObservable(
      weights: weights, precision: 128 + (DenseForm.degree + 2) * max(size + 2, 1))
    var (forms, sharpForms): ([FlowObservable], [FlowObservable]) = ([], [])
    var norms: [BigFloat] = []
    for order in 0...DenseForm.degree {
      if order <= 3 { sharpForms.append(form) }
      forms.append(form.rounded(to: DenseForm.precision))
      norms.append(form.norm)
      form = try form.rate(along: flow, within: budget)
    }
    norms.append(form.norm)
    let length = (Interval(start.normBound) + Interval(start.error)).squared
    self.forms = forms
    self.sharpForms = sharpForms
    self.norms = norms.map { Interval($0) * length }
    drift = .ball(self.norms[DenseForm.degree + 1] / DenseForm.factorials[DenseForm.degree])
    step = DenseForm.step(norms)
    try run(bits: DenseForm.accuracy + 40, within: budget, until: isLongEnough)
  }

  /// A step for which the remainder is about 2^-accuracy of the form's norm; how long it is influences widths and time
  /// alone.
  private static func step(_ norms: [BigFloat]) -> Interval {
    let last = norms.count - 1
    // (last)! < 2^20 for last = 9; the exponent of |B| h^last / (2^last last!) is to be that much below the one of
    // |B_0|.
    let excess = (norms[last].binaryExponent ?? 0) - (norms[0].binaryExponent ?? 0) - last - 18
    let exponent = -Double(excess + accuracy) / Double(last)
    var power = 1.0
    // 2^exponent as a double: a guess needs no more than eighths.
    for _ in 0..<Int(abs(exponent) * 8) {
      power *= exponent > 0 ? 1.090_507_732_665_257_7 : 1 / 1.090_507_732_665_257_7
    }
    return Interval(exactly: min(max(power, 0x1p-900), 0x1p900), precision: 64) ?? Interval(1, precision: 64)
  }

  private mutating func run(
    bits: Int, within budget: Budget, until isLongEnough: (Interval, Interval) -> Bool
  ) throws(Unanswered) {
    var state = start
    var center = Interval(0, precision: DenseForm.precision)
    while true {
      let derivatives = forms.map { $0.value(in: state, precision: DenseForm.precision) }
      checkInvariant(
        zip(derivatives, norms).allSatisfy { $0.mignitude <= $1.upper },
        "DenseForm: no derivative is beyond the norm of its form")
      cells.append((center, zip(derivatives, DenseForm.factorials).map { $0 / $1 }))
      checkInvariant(lastCellsMeet, "DenseForm: two cells know the same function at the time between them")
      if isLongEnough(center, derivatives[0]) { return }
      guard cells.count < 100_000 else { throw Unanswered(beyond: "a flow of 100000 steps is too long") }
      state = try flow.evolved(state, for: step, bits: bits, within: budget)
      center = center + step
    }
  }

  /// Whether the polynomials of the last two cells agree half a step from either center.
  private var lastCellsMeet: Bool {
    guard cells.count > 1 else { return true }
    let half = step.scaled(byPowerOfTwo: -1)
    let ends = (
      polynomial(cells[cells.count - 2].coefficients, half), polynomial(cells[cells.count - 1].coefficients, -half)
    )
    return ends.0.meets(ends.1)
  }

  /// The form and its first two derivatives at all times of an interval t >= 0.
  ///
  /// Where the precision is above 128 bits and the interval is short, a run of its own is made from the start, so that
  /// widths shrink with precision and interval; where the budget does not allow that, what the first one knows is
  /// returned.
  public func jet(_ t: Interval, within budget: Budget = Budget()) -> TaylorJet {
    if t.precision > DenseForm.precision, let sharp = try? sharpJet(t, budget) { return sharp }
    let half = step.scaled(byPowerOfTwo: -1)
    var result: TaylorJet?
    // The cells that the interval meets, found by their number: guessed from doubles and taken with one to spare on
    // each side.
    let (low, high) = ((t / step).lower.floor, (t / step).upper.floor)
    let first = max(min(low.flatMap { Int(exactly: $0) } ?? cells.count, cells.count) - 1, 0)
    let last = min(min(high.flatMap { Int(exactly: $0) } ?? cells.count, cells.count) + 2, cells.count - 1)
    for index in first..<max(last + 1, first) {
      let cell = cells[index]
      let part = (t - cell.center).intersection(.ball(half))
      guard !part.isEmpty else { continue }
      let jet = polynomial(cell.coefficients, part)
      result = result.map { $0.hull(jet) } ?? jet
    }
    let end = cells[cells.count - 1].center + half
    if let inside = result, t.upper <= end.lower { return inside }
    let beyond = TaylorJet(
      value: .ball(norms[0]), first: .ball(norms[1]), second: .ball(norms[2]), isSmooth: true)
    return result.map { $0.hull(beyond) } ?? beyond
  }

  /// The jet from a state at the middle of the interval, with as many bits as the interval has.
  private func sharpJet(_ t: Interval, _ budget: Budget) throws -> TaylorJet? {
    guard let middle = t.anchor, middle.isFinite else { return nil }
    let center = Interval(middle)
    let part = t - center
    guard part.magnitude < step.lower.scaled(byPowerOfTwo: -10, rounding: .down) else { return nil }
    let bits = t.precision + 16
    let state = try flow.evolved(start, for: center, bits: bits, within: budget)
    let derivatives = sharpForms.map { $0.value(in: state, precision: bits) }
    let s = part
    let remainder = Interval.ball(norms[4]) * s.absoluteValue
    let third = derivatives[3] + remainder
    let second = derivatives[2] + third * s
    let value = derivatives[0] + derivatives[1] * s + (derivatives[2] + third * s / 3) * s.squared / 2
    let first = derivatives[1] + derivatives[2] * s + third * s.squared / 2
    return TaylorJet(
      value: value.rounded(to: t.precision), first: first.rounded(to: t.precision),
      second: second.rounded(to: t.precision), isSmooth: true)
  }

  /// The polynomials with their remainders.
  private func polynomial(_ coefficients: [Interval], _ s: Interval) -> TaylorJet {
    var coefficients = coefficients
    // The highest derivative is known on the whole part: at the center, and as far as the next one's norm lets it
    // change.
    coefficients[DenseForm.degree] += drift * s.absoluteValue
    return TaylorJet(polynomial: coefficients, at: s)
  }
}
