import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The semiclassical approximation of the spin battery for many cells, as docs/spin.md states it: E_B/(N w0) = F(s)
/// with s = e^(4 g N tau)/(4N) and F(s) = 1 - u e^u E1(u), u = 1/s.
///
/// With y = ln s and L = ln(4N) the power is 4 g N^2 w0 F/(L + y). Its greatest value over y >= 0 is enclosed: at the
/// start, where s = 1/(4N), the law is wrong (F does not vanish there), and that range is left out by definition.
///
/// With G(u) = e^u E1(u), which falls, and G' = G - 1/u: dF/dy = u (G - F) and d^2F/dy^2 = -dF/dy + u (F - dF/dy). The
/// power rises where f = (L + y) dF/dy - F is positive, and df/dy = (L + y) d^2F/dy^2.
struct SemiclassicalLaw {
  private let cells: Integer

  /// The law for N cells.
  init(cells: Integer) { self.cells = cells }

  /// Where the law's power has a maximum at the times it is meant for.
  static let cellsLimit = Limit(
    [.of(.cells)], "N >= 3", because: "for fewer cells the law's power falls from the start of its range of times"
  ) { Decision(($0[.cells] - 3).signum >= 0) }

  /// F and its derivatives in y for all y of an interval.
  private struct Values {
    let energy: Interval
    let slope: Interval
    let bend: Interval

    init(_ y: Interval) {
      let u = (-y).exponential
      func scaled(_ u: BigFloat) -> Interval { Interval(u).exponential * Interval(u).exponentialIntegral }
      // G falls with u, and so does F = 1 - u G, since u G is the integral of e^-x u/(u + x) over x > 0: ends are
      // enough.
      let (low, high) = (scaled(u.lower), scaled(u.upper))
      let g = low.hull(high)
      energy = (1 - Interval(u.lower) * low).hull(1 - Interval(u.upper) * high)
      slope = u * (g - energy)
      bend = u * (energy - slope) - slope
    }
  }

  private func logarithm(_ precision: Int) -> Interval { (4 * Interval(cells, precision: precision)).logarithm }

  /// The greatest F/(L + y) over y >= 0.
  ///
  /// - Throws: ``Unanswered`` when there is no stationary point there, as for N <= 2, or it is not isolated.
  func greatestPower(precision: Int, within budget: Budget) throws(Unanswered) -> Interval {
    let l = logarithm(128)
    var best = BigFloat.zero(precision: 64)
    var inner: Interval?
    var index = 0
    let failed = Unanswered(undecided: "the law's maximum was not isolated at times with e^(4 g N tau) >= 4N")
    // Cells of 1/32: rising ones first, then those with f falling, then falling ones, until F < 1 closes the half line.
    while true {
      try budget.check()
      let y = Interval(from: Rational(Integer(index), 32), to: Rational(Integer(index + 1), 32), precision: 128)
      if (1 / (l + Interval(y.lower))).upper < best { break }
      let values = Values(y)
      let f = (l + y) * values.slope - values.energy
      if f.certainSign == 1 {
        guard inner == nil else { throw failed }
      } else if f.certainSign != -1 {
        // f is positive where these cells begin and falls in them. Where they end it is negative, or it would be
        // positive up to where F < 1 makes all powers lower than one that was met before.
        guard values.bend.certainSign == -1, index > 0, inner == nil || inner?.upper == y.lower else { throw failed }
        inner = inner.map { $0.hull(y) } ?? y
      } else if inner == nil {
        throw failed
      }
      let here = Values(Interval(y.lower)).energy / (l + Interval(y.lower))
      best = max(best, BigFloat(here.lower, precision: 64, rounding: .down))
      index += 1
    }
    guard let bracket = inner else { throw failed }
    return try power(near: bracket, precision, budget)
  }

  /// Where f, which falls in a bracket that holds every maximum, is zero: by halving, then by Newton steps; and the
  /// power there.
  private func power(near bracket: Interval, _ precision: Int, _ budget: Budget) throws(Unanswered) -> Interval {
    let l = logarithm(precision)
    var y = bracket.rounded(to: precision)
    func f(_ y: Interval) -> Interval {
      let values = Values(y)
      return (l + y) * values.slope - values.energy
    }
    for _ in 0..<16 {
      guard let middle = y.anchor, let sign = f(Interval(middle)).certainSign, sign != 0 else { break }
      y = (sign > 0 ? Interval(middle, y.upper) : Interval(y.lower, middle)) ?? y
    }
    while true {
      try budget.check()
      let step = NewtonStep(on: y, slope: (l + y) * Values(y).bend, value: f)
      let next = step.remaining.rounded(to: precision)
      guard !next.isEmpty, next.width.scaled(byPowerOfTwo: 1, rounding: .up) < y.width else { break }
      y = next
    }
    return Values(y).energy / (l + y)
  }
}
