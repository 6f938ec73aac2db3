/// The supremum of w(s)/s over s > 0 on a classical path, w being what n_z of the battery has gained.
///
/// 1. On each Taylor step w is a polynomial W(t), s = s_j + h t, with an error of at most e. Where W(t) + e <= l s on
///    all of a cell, with l a power that is attained, the cell is dropped. Steps run until c/s < l: w never exceeds a
///    number c.
/// 2. What is left is tested again by the value v_0, the slope v_1, half the bend v_2 of W in the middle and the bound
///    T >= |W'''|/6, the sum of C(k, 3) |W_k|: W(m + d) <= v_0 + v_1 d + v_2 d^2 + T |d|^3; and halved when the next
///    step does not end it.
/// 3. Where v_2 + 3 T d < 0, W is concave: it stays below its tangent at any point y, and tangent/s is monotonic in t,
///    so no power exceeds the greater of its values at the two ends. y comes from Newton steps for s W' = h W, where
///    both are the power at y.
/// 4. A cell that starts at s = 0 has w/s <= (W_1 + t max(0, W_2 + |W_3| t + ...) + e)/h, as W_0 = 0 and e bounds the
///    error of W/t, too: it is made by the coefficients of t and higher powers. W_1/h is the limit for s to zero.
/// 5. Roundings of W and its derivatives as in ``ClassicalPowerCell``; s and the powers lose a few u, which slacks of
///    2^-50 and more of their terms cover.
struct ClassicalPowerSearch {
  /// A step that may hold the maximum.
  private struct Step {
    let start: Double
    let length: Double
    let error: Double
    let offset: Int
    let order: Int
  }

  private var steps: [Step] = []
  private var coefficients: [Double] = []
  /// A power that is attained, with its errors taken off, and the computed one.
  private var attained = 0.0
  private var best = 0.0
  /// The greatest power in the cells that were not dropped.
  private var upper = 0.0

  private static let slack = 0x1p-50
  private static let greatestDepth = 24

  /// The greatest power and its error bound, from steps that are followed until later times are excluded.
  static func maximum(
    following follow: (inout ClassicalPowerSearch) throws(KernelRefusal) -> Void
  ) throws(KernelRefusal) -> KernelValue {
    var search = ClassicalPowerSearch()
    try follow(&search)
    search.coefficients.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for step in search.steps.reversed() {
        let cell = ClassicalPowerCell(
          start: step.start, length: step.length, error: step.error, terms: base + step.offset, order: step.order)
        search.divide(cell, 0, 1, depth: 0)
      }
    }
    let bound = max(search.upper - search.best, search.best - search.attained) + slack * search.best
    return KernelValue(value: search.best, errorBound: bound * (1 + 0x1p-40))
  }

  /// Whether no power after a time can reach the attained one, w never exceeding a number.
  func excludes(after time: Double, greatest: Double) -> Bool {
    attained * time > greatest * (1 + ClassicalPowerSearch.slack)
  }

  /// The power for s to zero, with its error.
  mutating func note(limit: Double, _ error: Double) {
    let power = limit - error - ClassicalPowerSearch.slack * abs(limit)
    if power > attained { (attained, best) = (power, limit) }
  }

  /// Keeps a step that may hold the maximum.
  mutating func keep(
    start: Double, length: Double, error: Double, order n: Int, _ coefficient: (_ k: Int) -> Double
  ) {
    var rest = 0.0
    for k in stride(from: n, to: 2, by: -1) { rest += abs(coefficient(k)) }
    let slope = max(0, coefficient(1) - attained * length)
    let bound = coefficient(0) + (slope + max(0, coefficient(2)) + rest + error)
    // The last term is for roundings of numbers below 4.
    if bound + 0x1p-40 < attained * start { return }
    steps.append(Step(start: start, length: length, error: error, offset: coefficients.count, order: n))
    for k in 0...n { coefficients.append(coefficient(k)) }
  }

  /// A value of w with its error at a time.
  mutating func note(_ w: Double, _ error: Double, at time: Double) {
    let power = (w - error) / time * (1 - ClassicalPowerSearch.slack)
    if power > attained {
      attained = power
      best = w / time
    }
  }

  /// Drops, bounds or halves a part of a step.
  private mutating func divide(_ cell: ClassicalPowerCell, _ low: Double, _ high: Double, depth: Int) {
    let middle = 0.5 * (low + high)
    let half = 0.5 * (high - low)
    let isLast = depth == ClassicalPowerSearch.greatestDepth
    if cell.start == 0, low == 0 {
      let bound = cell.powerBoundAtZero(high)
      if bound <= attained { return }
      // There the bound is that of the limit, with errors alone.
      if isLast || cell.isGreatestAtZero(high) {
        upper = max(upper, bound)
        return
      }
    } else {
      let jet = cell.jet(middle)
      note(jet.value, cell.valueError, at: cell.time(middle))
      let excess = cell.excess(jet, over: attained, within: half)
      if excess <= 0 { return }
      if cell.isConcave(jet, within: half) {
        let top = cell.stationary(from: jet, low, high)
        note(top.value, cell.valueError, at: cell.time(top.t))
        upper = max(upper, cell.powerBound(tangent: top, low, high))
        return
      }
      if isLast {
        upper = max(upper, (attained + excess / cell.time(low)) * (1 + ClassicalPowerSearch.slack))
        return
      }
    }
    divide(cell, middle, high, depth: depth + 1)
    divide(cell, low, middle, depth: depth + 1)
  }
}
