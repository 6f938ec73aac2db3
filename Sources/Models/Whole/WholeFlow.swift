import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// The elements of a density matrix of a whole space as points, with the trace norm of what the state is off them.
struct WholeElements {
  /// Row after row.
  var values: [ComplexInterval]
  var error: Interval

  /// Enclosed elements of d rows: their middles, and sqrt(d) times the Frobenius norm of their radii.
  init(_ enclosed: [ComplexInterval], rows d: Int, error: Interval = Interval(0, precision: 64)) {
    var square = Interval(0, precision: 64)
    func point(_ value: Interval) -> Interval {
      guard !value.isPoint, let middle = value.midpoint else { return value }
      square += (value - Interval(middle)).rounded(to: 64).squared
      return Interval(middle)
    }
    values = enclosed.map { ComplexInterval(point($0.real), point($0.imaginary)) }
    self.error = (error + (d * square).squareRoot).greatest
  }

  /// The matrix, which is (X + X')/2: it is as near to a Hermitian one as X is.
  func hermitian(rows d: Int, precision: Int) -> HermitianMatrix {
    HermitianMatrix(d, precision: precision) { row, column in
      let sum = values[row * d + column] + values[column * d + row].conjugate
      return ComplexInterval(sum.real.scaled(byPowerOfTwo: -1), sum.imaginary.scaled(byPowerOfTwo: -1))
    }
  }
}

/// The path of a density matrix under a ``WholeGenerator`` by Taylor's series in complex enclosures.
///
/// A step begins with points. On the disc |z - t| <= R let all |f_j| be bounded by enclosures on the square around it,
/// on which they are analytic; then the solution from these points is analytic there, and with Q = sum of |f_j| |M_j|
/// its Frobenius norm is at most e^(RQ) |X|. By Cauchy its coefficient of order n is at most that over R^n, and what a
/// step h <= R/4 leaves out from order N on is at most e^(RQ) |X| 4^-N 4/3. The coefficients before are enclosed. So no
/// bound of derivatives on a step is formed, and no defect.
///
/// What the points were off before the step, and what is rounded away after it, are distances in the trace norm, which
/// no propagator of a master equation enlarges: they add up.
struct WholeFlow {
  let generator: WholeGenerator
  /// The greatest R Q.
  private static let greatestTurn = 16
  /// The most work, a minute or so; and the most that is begun where it is foreseen, some seconds.
  private static let greatestWork = 1e7
  private static let greatestForeseen = 1e6

  /// The state at a later time.
  func evolved(
    _ start: WholeElements, from first: Interval, until last: Interval, bits: Int, within budget: Budget
  ) throws -> WholeElements {
    guard first.isBounded, last.isBounded else { throw NotToldYet(what: "the time") }
    let (d, precision) = (generator.dimension, bits + 64)
    // e^16 4^-N 4/3 sqrt(d) is below 2^-bits.
    let order = (bits + 40) / 2 + 4
    let span = (last - first).magnitude
    guard span.signum > 0, generator.entryCount > 0 else { return start }
    let whole = BigFloat(Interval(span).upper, precision: 64, rounding: .up).scaled(byPowerOfTwo: 2, rounding: .up)
    var (state, now, radius) = (start, first, whole)
    var work = 0.0
    while true {
      let turn = try disc(around: now, &radius, least: whole.scaled(byPowerOfTwo: -40, rounding: .down), within: budget)
      let left = last - now
      let isLast = Interval(left.magnitude).scaled(byPowerOfTwo: 2).upper <= radius
      let step = isLast ? left : Interval(radius).scaled(byPowerOfTwo: -2)
      work += cost(order, precision)
      // Steps are of one length where nothing depends on the time.
      let ahead = isConstant ? (left / step).magnitude.double(rounding: .up) * cost(order, precision) : 0
      guard work <= Self.greatestWork, work + ahead <= Self.greatestForeseen || !isConstant else {
        throw WholeSpace.limit.exceeded
      }
      let end = try polynomial(state.values, at: now, step, order, precision, within: budget)
      let size = state.values.reduce(Interval(0, precision: 64)) { $0 + $1.squaredMagnitude.rounded(to: 64) }.squareRoot
      let missed = size * turn.exponential * Interval(4, precision: 64) / 3
      let truncation = Interval(d, precision: 64).squareRoot * missed.scaled(byPowerOfTwo: -2 * order)
      state = WholeElements(end, rows: d, error: state.error + truncation)
      if isLast { return state }
      now = now.rounded(to: precision) + step
      radius = radius.scaled(byPowerOfTwo: 1, rounding: .down)
    }
  }

  private var isConstant: Bool { generator.parts.allSatisfy { $0.function == nil } }

  /// Makes a radius so small that R Q is at most 16; at least R Q.
  private func disc(
    around time: Interval, _ radius: inout BigFloat, least: BigFloat, within budget: Budget
  ) throws -> Interval {
    while true {
      try budget.check()
      if let sizes = try generator.sizes(around: time, radius: radius) {
        let norm = zip(sizes, generator.parts).reduce(Interval(0, precision: 64)) { $0 + $1.0 * $1.1.norm }
        let turn = norm * Interval(radius)
        if turn.isBounded, turn.upper <= Interval(Self.greatestTurn, precision: 64).lower { return turn }
      }
      radius = radius.scaled(byPowerOfTwo: -1, rounding: .down)
      guard radius > least else {
        throw Unanswered(undecided: "a function of t is not seen to be analytic by the second route")
      }
    }
  }

  /// About the products of a step, in those of two limbs.
  private func cost(_ order: Int, _ precision: Int) -> Double {
    let driven = generator.parts.count { $0.function != nil }
    let size = generator.dimension * generator.dimension
    let limbs = Double(precision / 64 + 1)
    let products = Double(order) * Double(generator.entryCount) + Double(driven * size) * Double(order * order) / 2
    return products * limbs * (limbs + 3) / 10
  }

  /// The terms below an order, added up.
  private func polynomial(
    _ start: [ComplexInterval], at time: Interval, _ step: Interval, _ order: Int, _ precision: Int,
    within budget: Budget
  ) throws -> [ComplexInterval] {
    let series = try generator.series(at: time, order: order, precision: precision)
    let zero = ComplexInterval.zero(precision: precision)
    var images = generator.parts.map { _ in [[ComplexInterval]]() }
    var (term, sum) = (start, start)
    var power = Interval(1, precision: precision)
    for n in 0..<order - 1 {
      try budget.check()
      var next = Array(repeating: zero, count: start.count)
      for (place, part) in generator.parts.enumerated() {
        let image = WholeGenerator.image(part, term, precision: precision)
        guard part.function != nil else {
          for k in next.indices where !image[k].isExactlyZero { next[k] = next[k] + image[k] }
          continue
        }
        images[place].append(image)
        for i in 0...n where !series[place][i].isExactlyZero {
          let (factor, source) = (series[place][i], images[place][n - i])
          let isReal = factor.imaginary.isExactZero
          for k in next.indices where !source[k].isExactlyZero {
            let product =
              isReal
              ? ComplexInterval(factor.real * source[k].real, factor.real * source[k].imaginary) : factor * source[k]
            next[k] = next[k] + product
          }
        }
      }
      term = next.map { $0.isExactlyZero ? $0 : ComplexInterval($0.real / (n + 1), $0.imaginary / (n + 1)) }
      power = power * step
      for k in sum.indices where !term[k].isExactlyZero {
        sum[k] = sum[k] + ComplexInterval(power * term[k].real, power * term[k].imaginary)
      }
    }
    return sum
  }

  /// Tr(X L(t) rho), and at least what the state is off in it.
  func rate(
    _ state: WholeElements, at time: Interval, _ columns: [[(row: Int, value: ComplexInterval)]], norm: Interval,
    precision: Int
  ) throws -> Interval {
    let d = generator.dimension
    let (series, zero) = (
      try generator.series(at: time, order: 0, precision: precision), ComplexInterval.zero(precision: precision)
    )
    var (sum, size) = (zero, Interval(0, precision: 64))
    for (part, own) in zip(generator.parts, series) {
      let image = WholeGenerator.image(part, state.values, precision: precision)
      let factor = own.first
      size += (factor?.magnitude.rounded(to: 64) ?? Interval(1, precision: 64)) * part.norm
      for (column, list) in columns.enumerated() {
        for (row, value) in list {
          let product = value * image[column * d + row]
          sum = sum + (factor.map { $0 * product } ?? product)
        }
      }
    }
    // |L E|_1 <= sqrt(d) |L E|_F <= sqrt(d) Q |E|_F.
    return sum.real + .ball(Interval(d, precision: 64).squareRoot * size * state.error * norm)
  }
}
