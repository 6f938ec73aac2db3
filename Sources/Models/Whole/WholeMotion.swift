import ArbitraryPrecision
import Operators
import RigorousNumerics
import Synchronization

/// The density matrix of a finite space under a Hamiltonian without the time at all times, for figures over times by
/// the second route: of up to ``WholeEvolution/greatestDensity`` states.
///
/// States at the multiples of a step h come one from the other by Taylor's series (``LindbladFlow``), whose distances
/// from the truth add up. From the nearest one the mean f(t) = Tr(rho(t) X) has the coefficients Tr(rho X_k)/k! with
/// X_0 = X and X_(k+1) = i [H, X_k], matrices on the whole space, and Taylor's theorem ends with |f^(q+1)| <=
/// |X_(q+1)|. No sector, no phases, no polynomials of ``DenseMean`` and no bounds of theirs are shared with the first
/// route.
final class WholeMotion: Sendable {
  private struct State {
    let matrix: HermitianMatrix
    let error: BigFloat
  }

  /// The coefficients of a mean at the multiples of the step.
  private final class Cells: Sendable {
    let known = Mutex<[Int: [Interval]]>([:])
  }

  let space: WholeSpace
  private let hamiltonian: WholeSpace.Matrix
  private let flow: LindbladFlow
  private let precision: Int
  private let budget: Budget
  private let states: Mutex<[State]>
  /// h, a power of two with |H| h <= 1; nil where nothing moves.
  let step: Interval?

  /// The most steps.
  private static let greatestCount = 4096
  /// More steps than these are not looked at one by one.
  private static let greatestPieces = 16

  init(
    _ start: HermitianMatrix, _ hamiltonian: WholeSpace.Matrix, _ space: WholeSpace, precision: Int,
    within budget: Budget
  ) throws {
    (self.space, self.hamiltonian, self.precision, self.budget) = (space, hamiltonian, precision, budget)
    flow = LindbladFlow(hamiltonian: hamiltonian.hermitian(precision: precision), jumps: [])
    states = Mutex([State(matrix: start, error: .zero(precision: 64))])
    let norm = hamiltonian.norm
    guard norm.isBounded else { throw NotToldYet(what: "a coupling") }
    // |H| is below 2^exponent.
    step = norm.upper.binaryExponent.map { Interval(1, precision: 64).scaled(byPowerOfTwo: -$0 - 1) }
  }

  private func state(_ index: Int, _ step: Interval) throws(Unanswered) -> State {
    var known = states.withLock { $0 }
    guard index < Self.greatestCount else {
      throw Unanswered(beyond: "the second route is limited to \(Self.greatestCount) steps of times")
    }
    while known.count <= index {
      try budget.check()
      let last = known[known.count - 1]
      let end = try flow.evolved(last.matrix, for: step, bits: precision, within: budget)
      known.append(State(matrix: end.matrix, error: (Interval(last.error) + Interval(end.error)).upper))
    }
    let found = known
    states.withLock { if $0.count < found.count { $0 = found } }
    return found[index]
  }

  /// The mean of an operator as a function of time.
  func mean(of matrix: WholeSpace.Matrix) throws -> TimeFunction {
    // (|X_k| h^k/k! falls at least like 1/k!.)
    let degree = 24 + precision / 5
    var powers = [matrix.hermitian(precision: precision)]
    for k in 0..<degree + 1 {
      try budget.check()
      powers.append(hamiltonian.change(of: powers[k]))
    }
    let (forms, sizes, step, cells) = (powers, powers.map(\.schurNorm), step, Cells())
    let range = matrix.range
    /// What holds at all times.
    @Sendable func bounds(_ order: Int, _ precision: Int) -> TaylorSeries {
      var factorial = Integer(1)
      return TaylorSeries(
        (0...order).map { k in
          if k > 0 { factorial *= Integer(k) }
          guard k > 0 else { return range.rounded(to: precision) }
          return .ball(sizes[k] / Interval(factorial, precision: 64)).rounded(to: precision)
        })
    }
    @Sendable func coefficients(_ count: Int, _ state: State) -> [Interval] {
      var factorial = Integer(1)
      return (0..<count).map { k in
        if k > 1 { factorial *= Integer(k) }
        let value = state.matrix.trace(with: forms[k])
        let off = state.error.isZero ? value : value + .ball(Interval(state.error) * sizes[k])
        return k > 1 ? off / Interval(factorial, precision: value.precision) : off
      }
    }
    return TimeFunction(
      series: { [self] (t, order, _) throws(Unanswered) in
        guard order < degree else {
          throw Unanswered(beyond: "derivatives by the second route are served below the order \(degree)")
        }
        guard let step else { return TaylorSeries(coefficients(order + 1, try state(0, Interval(1, precision: 64)))) }
        let half = Interval(Rational(1, 2), precision: 64)
        guard t.isBounded, !t.isEmpty, let low = (t / step + half).lower.floor.flatMap({ Int(exactly: $0) }),
          let high = (t / step + half).upper.floor.flatMap({ Int(exactly: $0) }), high - low < Self.greatestPieces
        else { return bounds(order, t.precision) }
        var result: TaylorSeries?
        for index in max(low, 0)...max(high, 0) {
          let center = index * step
          let part = t.intersection(center + (step / 2).hull(-(step / 2)))
          guard !part.isEmpty else { continue }
          let own: [Interval]
          if let known = cells.known.withLock({ $0[index] }) {
            own = known
          } else {
            let found = coefficients(degree + 1, try state(index, step))
            cells.known.withLock { $0[index] = found }
            own = found
          }
          let piece = TaylorSeries(own, rest: sizes[degree + 1], beside: part - center, order: order)
          result = result.map { $0.joined(piece) } ?? piece
        }
        return result ?? bounds(order, t.precision)
      },
      start: { [self] (order) throws(Unanswered) in
        coefficients(min(order, degree) + 1, try state(0, Interval(1, precision: 64)))
      }, step: step)
  }
}

extension TaylorSeries {
  /// The coefficients f^(k)/k! on an interval beside a center, from those at the center, c_0 ... c_q: by Taylor's
  /// theorem for f^(k) the sum of binomial(n, k) c_n s^(n-k) with f^(q+1)/(q+1)! for the last one.
  ///
  /// - Parameters:
  ///   - rest: at least |f^(q+1)| between.
  ///   - s: the times less the center.
  init(_ own: [Interval], rest: Interval, beside s: Interval, order: Int) {
    let q = own.count - 1
    var factorial = Integer(1)
    for k in 1...q + 1 { factorial *= Integer(k) }
    let last = Interval.ball(rest / Interval(factorial, precision: 64))
    let powers = (0...q + 1).map { s.power($0) }
    self.init(
      (0...order).map { k -> Interval in
        if s.isExactZero { return own[k].rounded(to: s.precision) }
        var (binomial, value) = (Integer(1), Interval(0, precision: s.precision))
        for n in k...q + 1 {
          if n > k { binomial = (binomial * Integer(n)).dividedDown(by: Integer(n - k)) }
          value += Interval(binomial, precision: s.precision) * (n <= q ? own[n] : last) * powers[n - k]
        }
        return value.rounded(to: s.precision)
      })
  }
}

extension TaylorSeries {
  /// Coefficients on the union of two intervals.
  fileprivate func joined(_ other: TaylorSeries) -> TaylorSeries {
    TaylorSeries(zip(coefficients, other.coefficients).map { $0.hull($1) })
  }
}

extension WholeSpace.Matrix {
  /// i [H, X] = i (Y - Y') with Y = HX, of Hermitian matrices: zeros by structure stay exact.
  fileprivate func change(of x: HermitianMatrix) -> HermitianMatrix {
    let d = columns.count
    let zero = ComplexInterval.zero(precision: x.precision)
    var product = Array(repeating: Array(repeating: zero, count: d), count: d)
    for column in 0..<d {
      for middle in 0..<d {
        let factor = x[middle, column]
        if factor.isExactlyZero { continue }
        for (row, value) in columns[middle] {
          product[row][column] = product[row][column] + value * factor
        }
      }
    }
    return HermitianMatrix(d, precision: x.precision) { row, column in
      let (a, b) = (product[row][column], product[column][row])
      return ComplexInterval(-(a.imaginary + b.imaginary), a.real - b.real)
    }
  }

  /// The spectrum lies in Gershgorin's discs.
  fileprivate var range: Interval {
    var hull = DiscHull()
    for (column, list) in columns.enumerated() {
      var (center, radius) = (Interval(0, precision: 64), Interval(0, precision: 64))
      for (row, value) in list {
        if row == column { center = value.real } else { radius += value.magnitude.rounded(to: 64) }
      }
      hull.add(center: center, radius: radius.upper)
    }
    return hull.range ?? Interval(0, precision: 64)
  }
}

extension HermitianMatrix {
  /// At least the 2-norm: the greatest sum of magnitudes in a row.
  fileprivate var schurNorm: Interval {
    (0..<dimension).reduce(Interval(0, precision: 64)) { greatest, row in
      greatest.maximum(
        (0..<dimension).reduce(Interval(0, precision: 64)) { $0 + self[row, $1].magnitude.rounded(to: 64) })
    }
  }

  /// Tr(AB) = sum of a_kk b_kk + 2 Re sum over k > l of a_kl conj(b_kl).
  fileprivate func trace(with other: HermitianMatrix) -> Interval {
    var sum = Interval(0, precision: precision)
    for row in 0..<dimension {
      for column in 0...row {
        let (a, b) = (self[row, column], other[row, column])
        var term = Interval(0, precision: precision)
        for (x, y) in [(a.real, b.real), (a.imaginary, b.imaginary)] where !x.isExactZero && !y.isExactZero {
          term += x * y
        }
        if !term.isExactZero { sum += row == column ? term : 2 * term }
      }
    }
    return sum
  }
}
