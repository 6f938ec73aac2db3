import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Taylor coefficients of eigenvalues against eigenvalues of the matrix at single times.
@Suite struct HermitianSeriesTests {
  /// A matrix of quadratic polynomials of the time with small integers.
  private struct Case {
    let dimension: Int
    var coefficients: [[[Int]]]

    init(_ random: inout SplitMix64) {
      dimension = Int.random(in: 2...4, using: &random)
      let count = dimension * dimension
      coefficients = (0..<count).map { _ in
        [(0..<3).map { _ in Int.random(in: -3...3, using: &random) }]
      }
    }

    /// The real part of (row, column) stands at row >= column, the imaginary part above the diagonal.
    private func polynomial(_ row: Int, _ column: Int) -> [Int] { coefficients[row * dimension + column][0] }

    func series(_ t: Interval, order: Int) -> HermitianSeries {
      let context = TaylorSeriesContext(order: order, precision: t.precision)
      let x = context.variable(t)
      func value(_ c: [Int]) -> TaylorSeries {
        let square = context.product(context.number(Rational(Integer(c[2]))), context.power(x, 2))
        let linear = context.product(context.number(Rational(Integer(c[1]))), x)
        return context.sum(context.number(Rational(Integer(c[0]))), context.sum(linear, square))
      }
      return HermitianSeries(dimension, context) { row, column in
        (value(polynomial(row, column)), row == column ? nil : value(polynomial(column, row)))
      }
    }

    func matrix(_ t: Interval) -> HermitianMatrix {
      func value(_ c: [Int]) -> Interval { c[0] + c[1] * t + c[2] * t.squared }
      return HermitianMatrix(dimension, precision: t.precision) { row, column in
        ComplexInterval(
          value(polynomial(row, column)), row == column ? Interval(0, precision: 64) : value(polynomial(column, row)))
      }
    }
  }

  /// Values, and where eigenvalues are told apart the polynomial with its last coefficient on the piece (Taylor's
  /// theorem), hold the eigenvalues of the matrix at times of the piece; difference quotients do everywhere.
  @Test func `eigenvalues at times of a piece`() throws {
    var (smooth, sharp) = (0, 0)
    try RandomCases.run(60) { random, label in
      let item = Case(&random)
      let begin = Interval(Rational(Integer(Int.random(in: 0...20, using: &random)), 16), precision: 192)
      let width = Interval(1, precision: 64).scaled(byPowerOfTwo: -Int.random(in: 4...9, using: &random))
      let piece = begin.hull(begin + width)
      let order = 3
      let around = try item.series(piece, order: order).eigenvalues(within: Budget())
        .sorted { $0.value.lower < $1.value.lower }
      let first = try HermitianSpectrum(item.matrix(begin), bits: 150).eigenvalues
      let center = try item.series(begin, order: order).eigenvalues(within: Budget())
        .sorted { $0.value.lower < $1.value.lower }
      for k in 1...4 {
        let s = width * Interval(Rational(Integer(k), 4), precision: 64)
        let values = try HermitianSpectrum(item.matrix(begin + s), bits: 150).eigenvalues
        for (place, value) in values.enumerated() {
          #expect(around[place].value.meets(value), "\(label): value \(place)")
          let quotient = (value - first[place]) / s
          #expect(around[place].coefficients[1].meets(quotient), "\(label): quotient \(place)")
          guard around[place].isSmooth, center[place].isSmooth else { continue }
          smooth += 1
          var sum = around[place].coefficients[order] * s.power(order)
          for n in 0..<order { sum = sum + center[place].coefficients[n] * (n == 0 ? s.power(0) : s.power(n)) }
          #expect(sum.meets(value), "\(label): polynomial of \(place)")
          if sum.width < BigFloat(Rational(1, 16), precision: 64, rounding: .down) { sharp += 1 }
        }
      }
    }
    #expect(smooth > 100 && 2 * sharp > smooth)
  }

  /// By hand: the eigenvalues of [[1, t], [t, 1]] are 1 +- t, with a crossing at t = 0 where both have quotients of at
  /// most the Frobenius norm sqrt(2) of the derivative; of a projector of rank one in three dimensions 1, 0, 0.
  @Test func `crossings and ranks`() throws {
    let t = Interval(from: Rational(-1, 8), to: Rational(1, 8), precision: 128)
    let context = TaylorSeriesContext(order: 2, precision: 128)
    let pair = HermitianSeries(2, context) { row, column in
      (row == column ? context.number(1) : context.variable(t), nil)
    }
    for value in try pair.eigenvalues(within: Budget()) {
      #expect(!value.isSmooth && value.isDefined)
      #expect(value.coefficients[1].contains(1) && value.coefficients[1].contains(-1))
      #expect(value.coefficients[1].magnitude < BigFloat(Rational(3, 2), precision: 64, rounding: .up))
    }
    let third = context.number(Rational(1, 3))
    let projector = HermitianSeries(3, context) { _, _ in (third, nil) }
    let values = try projector.eigenvalues(rank: 1, within: Budget())
    #expect(values[0].value.contains(1) && values.dropFirst().allSatisfy { $0.value.isExactZero })
  }

  /// sin(t)^2/t^2 and (1 - cos t)/(t sin t) by their limits 1 and 1/2, and values at the end of the piece.
  @Test func `quotients that are 0/0 at the start`() throws {
    let context = TaylorSeriesContext(order: 6, precision: 128)
    let own = StartSeriesContext(context)
    let box = Interval(from: 0, to: Rational(1, 16), precision: 128)
    let (zero, end) = (Interval(0, precision: 128), Interval(Rational(1, 16), precision: 128))
    func functions(_ at: Interval) -> (sin: TaylorSeries, cos: TaylorSeries, t: TaylorSeries) {
      let t = context.variable(at)
      return (context.call(.sin, t), context.call(.cos, t), t)
    }
    let (around, start) = (functions(box), functions(zero))
    let sin = StartSeries(around.sin, start: start.sin)
    let cos = StartSeries(around.cos, start: start.cos)
    let t = StartSeries(around.t, start: start.t)
    let square = own.quotient(own.power(sin, 2), own.power(t, 2))
    #expect(square.start.value.contains(1) && square.series.value.contains(1) && square.series.isDefined)
    #expect(square.series.value.meets((end.sine / end).squared))
    #expect(square.series.value.width < BigFloat(Rational(1, 16), precision: 64, rounding: .up))
    let other = own.quotient(own.difference(own.number(1), cos), own.product(t, sin))
    #expect(other.start.value.meets(Interval(Rational(1, 2), precision: 64)))
    #expect(other.series.value.meets((1 - end.cosine) / (end * end.sine)))
    // What does not vanish at the start is not divided.
    #expect(!own.quotient(cos, t).series.isDefined)
  }
}

extension Interval {
  fileprivate func meets(_ other: Interval) -> Bool { !isDisjoint(from: other) }
}
