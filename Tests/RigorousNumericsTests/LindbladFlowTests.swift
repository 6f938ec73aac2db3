import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct LindbladFlowTests {
  private static let bits = 128

  private func number(_ x: Rational) -> Interval { Interval(x, precision: Self.bits) }
  private func complex(_ x: Rational, _ y: Rational) -> ComplexInterval { ComplexInterval(number(x), number(y)) }

  private func small(_ random: inout SplitMix64) -> Rational { Rational(Int.random(in: -8...8, using: &random)) / 8 }

  /// The generator applied to a matrix, in exact rationals: the definition, element by element.
  private struct Complex {
    var re: Rational = 0
    var im: Rational = 0

    static func + (a: Complex, b: Complex) -> Complex { Complex(re: a.re + b.re, im: a.im + b.im) }
    static func * (a: Complex, b: Complex) -> Complex {
      Complex(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
    }
    var conjugate: Complex { Complex(re: re, im: -im) }
  }

  private typealias Matrix = [[Complex]]

  private func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    a.indices.map { i in a.indices.map { j in a.indices.reduce(Complex()) { $0 + a[i][$1] * b[$1][j] } } }
  }

  private func adjoint(_ a: Matrix) -> Matrix { a.indices.map { i in a.indices.map { a[$0][i].conjugate } } }

  private func combined(_ a: Matrix, _ b: Matrix, _ factor: Complex) -> Matrix {
    a.indices.map { i in a.indices.map { a[i][$0] + factor * b[i][$0] } }
  }

  /// L rho by the definition with commutators and anticommutators.
  private func generator(_ h: Matrix, _ jumps: [Matrix], _ rho: Matrix) -> Matrix {
    var result = combined(
      product(h, rho).map { $0.map { $0 * Complex(re: 0, im: -1) } }, product(rho, h), Complex(re: 0, im: 1))
    for jump in jumps {
      let squares = product(adjoint(jump), jump)
      result = combined(result, product(product(jump, rho), adjoint(jump)), Complex(re: 1))
      result = combined(result, product(squares, rho), Complex(re: Rational(-1, 2)))
      result = combined(result, product(rho, squares), Complex(re: Rational(-1, 2)))
    }
    return result
  }

  /// exp(t L) by the exponential of intervals of the whole superoperator.
  private func twin(_ h: Matrix, _ jumps: [Matrix], _ rho: Matrix, _ t: Rational) throws -> [Interval] {
    let d = h.count
    var matrix = IntervalMatrix(zero: 2 * d * d, precision: 200)
    for column in 0..<2 * d * d {
      var unit = Matrix(repeating: Array(repeating: Complex(), count: d), count: d)
      let (row, place) = (column % (d * d) / d, column % d)
      unit[row][place] = column < d * d ? Complex(re: 1) : Complex(im: 1)
      let image = generator(h, jumps, unit)
      for i in 0..<d {
        for j in 0..<d {
          matrix[i * d + j, column] = Interval(t * image[i][j].re, precision: 200)
          matrix[d * d + i * d + j, column] = Interval(t * image[i][j].im, precision: 200)
        }
      }
    }
    let start =
      rho.flatMap { $0.map { Interval($0.re, precision: 200) } }
      + rho.flatMap { $0.map { Interval($0.im, precision: 200) } }
    return try matrix.exponential(within: Budget()).applied(to: start)
  }

  private func hermitian(_ matrix: Matrix) -> HermitianMatrix {
    HermitianMatrix(matrix.count, precision: Self.bits) { complex(matrix[$0][$1].re, matrix[$0][$1].im) }
  }

  private func flow(_ h: Matrix, _ jumps: [Matrix]) -> LindbladFlow {
    LindbladFlow(
      hamiltonian: hermitian(h),
      jumps: jumps.map { jump in
        jump.indices.flatMap { i in
          jump.indices.map { LindbladFlow.Element(i, $0, complex(jump[i][$0].re, jump[i][$0].im)) }
        }
      })
  }

  private func random(_ d: Int, hermitian: Bool, _ random: inout SplitMix64) -> Matrix {
    var result = Matrix(repeating: Array(repeating: Complex(), count: d), count: d)
    for i in 0..<d {
      for j in 0..<d { result[i][j] = Complex(re: small(&random), im: small(&random)) }
    }
    return hermitian ? combined(result, adjoint(result), Complex(re: 1)) : result
  }

  /// Random Hamiltonians with jumps that are not Hermitian, over several steps.
  @Test func `the state is within its distance of the exponential`() throws {
    try RandomCases.run(12) { generator, label in
      let d = Int.random(in: 1...3, using: &generator)
      let h = random(d, hermitian: true, &generator)
      let jumps = (0..<Int.random(in: 0...2, using: &generator)).map { _ in random(d, hermitian: false, &generator) }
      // v v'/|v|^2 is a state.
      let v = (0..<d).map { $0 == 0 ? Complex(re: 1) : Complex(re: small(&generator), im: small(&generator)) }
      let length = v.reduce(Rational(0)) { $0 + $1.re * $1.re + $1.im * $1.im }
      let rho = v.map { x in v.map { y in x * y.conjugate * Complex(re: 1 / length) } }
      let times: [Rational] = [0, Rational(1, 1000), Rational(1, 3), 2]
      let t = times.randomElement(using: &generator) ?? 1
      let end = try flow(h, jumps).evolved(hermitian(rho), for: number(t), bits: 90, within: Budget())
      let truth = try twin(h, jumps, rho, t)
      // An element is at most the trace norm off.
      let ball = Interval.ball(end.error)
      for i in 0..<d {
        for j in 0..<d {
          #expect(!(end.matrix[i, j].real + ball).isDisjoint(from: truth[i * d + j]), "\(label)")
          #expect(!(end.matrix[i, j].imaginary + ball).isDisjoint(from: truth[d * d + i * d + j]), "\(label)")
        }
      }
      #expect((end.error.binaryExponent ?? -200) < -84, "\(label): \(end.error)")
      #expect((end.matrix.trace + d * ball).contains(1), "\(label)")
    }
  }

  /// Decay of a qubit: populations like exp(-r t), coherences like exp(-r t/2).
  @Test func `a qubit decays`() throws {
    let half = Rational(1, 2)
    let jump = [LindbladFlow.Element(0, 1, complex(1, 0))]
    let start = HermitianMatrix(symmetric: 2, precision: Self.bits) { _, _ in number(half) }
    let still = HermitianMatrix(symmetric: 2, precision: Self.bits) { _, _ in number(0) }
    let end = try LindbladFlow(hamiltonian: still, jumps: [jump])
      .evolved(start, for: number(3), bits: 100, within: Budget())
    let ball = Interval.ball(end.error)
    #expect(!(end.matrix.realPart(1, 1) + ball).isDisjoint(from: (-number(3)).exponential * number(half)))
    #expect(
      !(end.matrix.realPart(1, 0) + ball).isDisjoint(from: (-number(3) * number(half)).exponential * number(half)))
  }

  /// A generator known to few bits, or a time that is: the distance says so.
  @Test func `what is not known is in the distance`() throws {
    let start = HermitianMatrix(symmetric: 2, precision: Self.bits) { number($0 == 0 && $1 == 0 ? 1 : 0) }
    let x = HermitianMatrix(symmetric: 2, precision: Self.bits) { number($0 == $1 ? 0 : 1) }
    let time = Interval(from: 1, to: Rational(1_000_001, 1_000_000), precision: Self.bits)
    let end = try LindbladFlow(hamiltonian: x, jumps: []).evolved(start, for: time, bits: 100, within: Budget())
    for t in [time.lower, time.upper] {
      let truth = Interval(t).cosine.squared
      #expect(!(end.matrix.realPart(0, 0) + .ball(end.error)).isDisjoint(from: truth))
    }
  }

  @Test(arguments: [
    (Rational(1 << 30), "the norm of the generator times the time is above 2^20", Rational(0)),
    (Rational(1), "the generator is not known well enough", Rational(1)),
    (Rational(1), "the time may be below zero, where the flow enlarges distances", Rational(2)),
  ])
  func `what cannot be evolved is refused`(_ time: Rational, _ reason: String, _ width: Rational) {
    let x = HermitianMatrix(symmetric: 2, precision: Self.bits) { number($0 == $1 ? 0 : 1) }
    let start = HermitianMatrix(symmetric: 2, precision: Self.bits) { number($0 == 0 && $1 == 0 ? 1 : 0) }
    let refusal = #expect(throws: Unanswered.self) {
      _ = try LindbladFlow(hamiltonian: x, jumps: []).evolved(
        start, for: Interval(from: time - width, to: time + width, precision: Self.bits), bits: 80, within: Budget())
    }
    #expect(refusal?.reason == reason)
  }

  @Test func `a start that is no state is refused`() {
    let x = HermitianMatrix(symmetric: 2, precision: Self.bits) { number($0 == $1 ? 0 : 1) }
    #expect(throws: Unanswered(undecided: "the start is no density matrix")) {
      _ = try LindbladFlow(hamiltonian: x, jumps: []).evolved(
        HermitianMatrix(symmetric: 2, precision: Self.bits) { _, _ in number(3) }, for: number(1), bits: 80,
        within: Budget())
    }
  }
}
