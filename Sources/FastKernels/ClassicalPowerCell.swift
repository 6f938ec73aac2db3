/// A Taylor step of w, as ``ClassicalPowerSearch`` uses it: w(start + length t) = W(t) up to an error, t from
/// 0 to 1.
///
/// Roundings, u = 2^-53: W by Horner's rule is off by u (S_0 + 2 S_1 + 2 S_2 + ...), S_k = |W_k| + |W_(k+1)| + ...; W'
/// and W''/2 by (2n + 2) u times the sums of k |W_k| and C(k, 2) |W_k|.
struct ClassicalPowerCell {
  let start: Double
  let length: Double
  /// At least |w - W|; at start = 0, divided by t, too.
  private let error: Double
  private let order: Int
  private let terms: UnsafePointer<Double>
  /// At least |W'''|/6.
  private let third: Double
  /// The errors of W, of W' and of W''/2.
  private let roundings: (Double, Double, Double)

  /// W, W' and W''/2 at a t.
  struct Jet {
    let t: Double
    let value: Double
    let slope: Double
    let halfBend: Double
  }

  init(start: Double, length: Double, error: Double, terms: UnsafePointer<Double>, order: Int) {
    (self.start, self.length, self.error, self.terms, self.order) = (start, length, error, terms, order)
    var (partial, sums) = (0.0, 0.0)
    var (slopes, bends, thirds) = (0.0, 0.0, 0.0)
    for k in stride(from: order, through: 0, by: -1) {
      let (term, n) = (abs(terms[k]), Double(k))
      partial += term
      sums += k == 0 ? partial : 2 * partial
      slopes += n * term
      bends += n * (n - 1) / 2 * term
      thirds += n * (n - 1) * (n - 2) / 6 * term
    }
    let u = 0x1p-53 * (1 + 0x1p-20)
    third = thirds * (1 + 0x1p-40)
    roundings = (u * sums, u * Double(2 * order + 2) * slopes, u * Double(2 * order + 2) * bends)
  }

  /// The time at a t.
  @inline(__always)
  func time(_ t: Double) -> Double { start + length * t }

  /// W and its derivatives at a t.
  func jet(_ t: Double) -> Jet {
    var (value, slope, bend) = (0.0, 0.0, 0.0)
    var k = order
    while k >= 2 {
      let (term, n) = (terms[k], Double(k))
      value = term + t * value
      slope = n * term + t * slope
      bend = n * (n - 1) / 2 * term + t * bend
      k -= 1
    }
    slope = terms[1] + t * slope
    value = terms[0] + t * (terms[1] + t * value)
    return Jet(t: t, value: value, slope: slope, halfBend: bend)
  }

  /// How far w may be from a computed W.
  var valueError: Double { error + roundings.0 }

  /// An upper bound of w - l s within d of the middle.
  func excess(_ jet: Jet, over l: Double, within d: Double) -> Double {
    let line = l * time(jet.t)
    let slope = jet.slope - l * length
    let square = jet.halfBend * d * d
    let ends = abs(slope) * d + square
    let hasVertex = jet.halfBend < 0 && abs(slope) < -2 * jet.halfBend * d
    let highest = hasVertex ? max(ends, slope * slope / (-4 * jet.halfBend)) : ends
    let errors = valueError + d * (third * d * d + roundings.1 + roundings.2 * d)
    let slack = 0x1p-49 * (abs(jet.value) + line + (abs(jet.slope) + l * length) * d + abs(square))
    return (jet.value - line) + highest + errors + slack
  }

  /// Whether W is concave within d of the middle.
  func isConcave(_ jet: Jet, within d: Double) -> Bool {
    2 * (jet.halfBend + roundings.2) + 6.01 * third * d < 0
  }

  /// The point between two t where Newton steps for s W' = h W from a middle end.
  func stationary(from middle: Jet, _ low: Double, _ high: Double) -> Jet {
    var jet = middle
    for _ in 0..<6 {
      let s = time(jet.t)
      let next = jet.t - (s * jet.slope - length * jet.value) / (2 * s * jet.halfBend)
      let inside = min(max(next, low), high)
      if abs(inside - jet.t) < 0x1p-50 { break }
      jet = self.jet(inside)
    }
    return jet
  }

  /// An upper bound of w/s between two t, where W is concave: the tangent's greater power at the two ends.
  func powerBound(tangent jet: Jet, _ low: Double, _ high: Double) -> Double {
    var greatest = 0.0
    for t in [low, high] {
      let distance = abs(t - jet.t)
      let value = jet.value + jet.slope * (t - jet.t)
      let slack = 0x1p-50 * (abs(jet.value) + abs(jet.slope) * distance) + roundings.1 * distance + valueError
      greatest = max(greatest, (value + slack) / time(t))
    }
    return greatest * (1 + 0x1p-50)
  }

  /// An upper bound of w/s from 0 to a t, for the step that starts at 0: W_0 = 0.
  func powerBoundAtZero(_ t: Double) -> Double {
    let sum = later(t)
    let bend = t * max(0, terms[2] + t * sum * (1 + 0x1p-40))
    let slack = 0x1p-50 * (abs(terms[1]) + t * (abs(terms[2]) + t * sum))
    let bound = (terms[1] + bend + error + slack) / length
    return bound + 0x1p-50 * abs(bound)
  }

  /// Whether W/t does not exceed W_1 from 0 to a t, for the step that starts at 0.
  func isGreatestAtZero(_ t: Double) -> Bool { terms[2] + t * later(t) * (1 + 0x1p-40) <= 0 }

  /// |W_3| + |W_4| t + ...
  private func later(_ t: Double) -> Double {
    var sum = 0.0
    for k in stride(from: order, through: 3, by: -1) { sum = abs(terms[k]) + t * sum }
    return sum
  }
}
