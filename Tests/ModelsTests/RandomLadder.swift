import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

/// A random master equation on some levels with ranks: the Hamiltonian joins levels of one rank, jumps lead to lower
/// ranks, keep the rank, or do not care. Beside its text stands the generator on all elements, from the same numbers
/// without any rule of a reduction.
struct RandomLadder {
  static let precision = 448
  private typealias Number = (x: Rational, y: Rational)

  let levels: Int
  private var hamiltonian: [[Number]]
  private var jumps: [(matrix: [[Number]], rate: Rational)] = []
  private var shares: [(weight: Rational, vector: [Number])] = []
  /// A factor of time of the Hamiltonian and of all rates, and its integral.
  private let factor: (text: String, integral: String)

  init(_ random: inout SplitMix64) {
    func below(_ n: Int) -> Int { Int(random.next() % UInt64(n)) }
    func number(_ isReal: Bool) -> Number {
      (Rational(Integer(below(5) - 2), 2), isReal ? 0 : Rational(Integer(below(3) - 1), 2))
    }
    let d = 1 + below(6)
    levels = d
    let isSimple = below(2) == 0
    let ranks = (0..<d).map { isSimple ? min($0, 1) : below(3) }
    let isTidy = below(4) > 0
    func mayJoin(_ k: Int, _ l: Int) -> Bool { !isTidy || ranks[k] == ranks[l] }
    let zero: Number = (0, 0)
    hamiltonian = Array(repeating: Array(repeating: zero, count: d), count: d)
    for k in 0..<d {
      hamiltonian[k][k] = number(true)
      for l in 0..<k where mayJoin(k, l) && below(5) > 0 {
        let value = number(false)
        (hamiltonian[k][l], hamiltonian[l][k]) = (value, (value.x, -value.y))
      }
    }
    for _ in 0..<below(4) {
      let kind = isTidy ? below(5) : 4
      var matrix = Array(repeating: Array(repeating: zero, count: d), count: d)
      for k in 0..<d {
        for l in 0..<d where below(2) > 0 {
          let serves =
            switch kind {
            case 0, 1, 2: ranks[k] < ranks[l]
            case 3: k == l
            default: true
            }
          if serves { matrix[k][l] = number(false) }
        }
      }
      jumps.append((matrix, Rational(Integer(below(4)), 6)))
    }
    let top = ranks.max() ?? 0
    let count = below(4) == 0 ? 2 : 1
    for share in 0..<count {
      var vector = (0..<d).map { ranks[$0] == top || !isTidy ? number(false) : zero }
      if vector.allSatisfy({ $0.x == 0 && $0.y == 0 }) { vector[ranks.firstIndex(of: top) ?? 0] = (1, 0) }
      shares.append((count == 1 ? 1 : Rational(Integer(share + 1), 3), vector))
    }
    let factors = [("1", "T"), ("1", "T"), ("2*t", "T^2"), ("cos(t)^2", "T/2 + sin(2*T)/4")]
    factor = factors[below(factors.count)]
  }

  private static func text(_ value: Number) -> String { "(\(value.x) + (\(value.y))*i)" }

  private static func text(_ matrix: [[Number]]) -> String {
    let terms = matrix.enumerated().flatMap { k, row in
      row.enumerated().filter { $0.element.x != 0 || $0.element.y != 0 }.map {
        "\(text($0.element))*l(\(k),\($0.offset))"
      }
    }
    return terms.isEmpty ? "0*l(0,0)" : terms.joined(separator: " + ")
  }

  /// The file.
  var text: String {
    let starts = shares.map { share in
      let terms = share.vector.enumerated().map { "[\"\(Self.text($0.element))\", {l: level(\($0.offset))}]" }
      return "{superposition: [\(terms.joined(separator: ", "))], normalised: true}"
    }
    let mixture = zip(shares, starts).map { "[\($0.weight), \($1)]" }.joined(separator: ", ")
    return """
      model: ladder
      space: {l: levels \(levels)}
      hamiltonian: "(\(factor.text))*(\(Self.text(hamiltonian)))"
      jumps: [\(jumps.map { "{operator: \"\(Self.text($0.matrix))\", rate: \"\($0.rate)*(\(factor.text))\"}" }
        .joined(separator: ", "))]
      start: \(starts.count == 1 ? starts[0] : "{mixture: [\(mixture)]}")
      quantities: {one: {value: "mean(l(0,0))"}}
      """
  }

  private static func dense(_ matrix: [[Number]]) -> DenseMatrix {
    var result = DenseMatrix(zero: matrix.count, precision)
    for (k, row) in matrix.enumerated() {
      for (l, value) in row.enumerated() {
        result.real[k, l] = Interval(value.x, precision: precision)
        result.imaginary[k, l] = Interval(value.y, precision: precision)
      }
    }
    return result
  }

  /// All elements after a time, row by row, by Taylor's series of the whole generator in intervals.
  func elements(after time: String) throws -> [ComplexInterval] {
    let (d, precision) = (levels, Self.precision)
    let zero = Interval(0, precision: precision)
    let (one, half) = (DenseMatrix(identity: d, precision), Interval(Rational(-1, 2), precision: precision))
    func conjugate(_ a: DenseMatrix) -> DenseMatrix {
      var result = a
      result.imaginary = a.imaginary.map { -$0 }
      return result
    }
    var effective = Self.dense(hamiltonian).scaled(zero, Interval(-1, precision: precision))
    var generator = DenseMatrix(zero: d * d, precision)
    for jump in jumps {
      let (matrix, rate) = (Self.dense(jump.matrix), Interval(jump.rate, precision: precision))
      generator = generator + DenseMatrix.kron(matrix, conjugate(matrix)).scaled(rate, zero)
      effective = effective + (matrix.adjoint * matrix).scaled(half * rate, zero)
    }
    generator = generator + DenseMatrix.kron(effective, one) + DenseMatrix.kron(one, conjugate(effective))
    let area = try interval(factor.integral.replacing("T", with: "(\(time))"))
    let n = d * d
    var doubled = IntervalMatrix(zero: 2 * n, precision: precision)
    for i in 0..<n {
      for j in 0..<n {
        let (x, y) = (generator.real[i, j] * area, generator.imaginary[i, j] * area)
        (doubled[i, j], doubled[n + i, n + j], doubled[i, n + j], doubled[n + i, j]) = (x, x, -y, y)
      }
    }
    var start = Array(repeating: ComplexInterval.zero(precision: precision), count: n)
    for share in shares {
      let vector = share.vector.map {
        ComplexInterval(Interval($0.x, precision: precision), Interval($0.y, precision: precision))
      }
      let norm = vector.reduce(zero) { $0 + $1.squaredMagnitude }
      let weight = ComplexInterval(Interval(share.weight, precision: precision) / norm, zero)
      for k in 0..<d {
        for l in 0..<d { start[k * d + l] = start[k * d + l] + weight * vector[k] * vector[l].conjugate }
      }
    }
    return Self.exponential(doubled, start.map(\.real) + start.map(\.imaginary))
  }

  /// exp(A) x, of real parts and imaginary ones behind them: the powers of A to an order, and beyond it at most the
  /// greatest element of x times a^(m+1)/(m+1)! e^a, a being the greatest sum of magnitudes in a row.
  private static func exponential(_ a: IntervalMatrix, _ x: [Interval]) -> [ComplexInterval] {
    let size = x.count
    let none = Interval(0, precision: precision)
    let greatest = (0..<size).map { row in (0..<size).reduce(none) { $0 + a[row, $1].absoluteValue }.upper }.max()
    let sum = Interval(greatest ?? none.upper)
    var (term, total) = (x, x)
    var rest = x.reduce(none) { $0 + $1.absoluteValue } * sum.exponential
    let order = 60 + 4 * Int(sum.upper.double(rounding: .up))
    for n in 1...order {
      term = (0..<size).map { row in
        (0..<size).reduce(none) { a[row, $1].isExactZero ? $0 : $0 + a[row, $1] * term[$1] } / n
      }
      total = zip(total, term).map { $0 + $1 }
      rest = rest * sum / n
    }
    rest = rest * sum / (order + 1)
    let end = total.map { $0 + .ball(rest.upper) }
    return (0..<size / 2).map { ComplexInterval(end[$0], end[size / 2 + $0]) }
  }
}
