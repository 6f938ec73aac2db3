import ArbitraryPrecision
import Catalogue
import RandomInputs
import RigorousNumerics
import States
import Systems

/// A random battery of a few levels, equal ones among them, with a unitary that is one by construction.
struct RandomBattery {
  static let precision = 192
  let levels: [Rational]
  let unitary: [[ComplexInterval]]

  var dimension: Int { levels.count }

  init(_ random: inout SplitMix64, dimension: Int? = nil) throws {
    let n = dimension ?? 1 + Int(random.next() % 6)
    // Few different rationals: levels and works coincide often.
    levels = (0..<n).map { _ in Rational(Integer(Int(random.next() % 7) - 3), Integer(1 + Int(random.next() % 3))) }
    unitary = try random.next() % 2 == 0 ? RandomBattery.reflections(&random, n) : RandomBattery.exponential(&random, n)
  }

  /// A product of three reflections 1 - 2 v v'/|v|^2 with Gaussian integers v, and phases (3 + 4 i)/5.
  private static func reflections(_ random: inout SplitMix64, _ n: Int) -> [[ComplexInterval]] {
    var rows = (0..<n).map { i in
      (0..<n).map { j in
        i == j
          ? (random.next() % 2 == 0 ? number(1, 0) : number(Rational(3, 5), Rational(4, 5))) : number(0, 0)
      }
    }
    for _ in 0..<3 {
      let v = vector(&random, n)
      let length = v.reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
      let numbers = v.map { number(Rational($0.0), Rational($0.1)) }
      let factor = Interval(Rational(2, Integer(length)), precision: precision)
      rows = (0..<n).map { i in
        (0..<n).map { j in
          let inner = (0..<n).reduce(number(0, 0)) { $0 + numbers[$1].conjugate * rows[$1][j] }
          let image = numbers[i] * inner
          return rows[i][j] - ComplexInterval(factor * image.real, factor * image.imaginary)
        }
      }
    }
    return rows
  }

  /// e^(-iH) for a Hermitian matrix H of multiples of 1/4.
  private static func exponential(_ random: inout SplitMix64, _ n: Int) throws -> [[ComplexInterval]] {
    var generator = IntervalMatrix(zero: 2 * n, precision: precision)
    func quarter() -> Rational { Rational(Integer(Int(random.next() % 13) - 6), 4) }
    for i in 0..<n {
      for j in 0...i {
        let (x, y) = (Interval(quarter(), precision: precision), Interval(i == j ? 0 : quarter(), precision: precision))
        // H_ij = x + i y: the real form of -iH is ((y, x), (-x, y)).
        for (row, column, sign) in [(i, j, 1), (j, i, -1)] {
          let part = sign == 1 ? y : -y
          (generator[row, column], generator[n + row, n + column]) = (part, part)
          (generator[row, n + column], generator[n + row, column]) = (x, -x)
        }
      }
    }
    let flow = try generator.exponential(within: Budget())
    return (0..<n).map { i in (0..<n).map { ComplexInterval(flow[i, $0], flow[n + i, $0]) } }
  }

  /// Gaussian integers that are not all zero.
  private static func vector(_ random: inout SplitMix64, _ n: Int) -> [(Int, Int)] {
    var v = (0..<n).map { _ in (Int(random.next() % 7) - 3, Int(random.next() % 7) - 3) }
    if v.allSatisfy({ $0 == (0, 0) }) { v[0] = (1, 0) }
    return v
  }

  static func number(_ x: Rational, _ y: Rational) -> ComplexInterval {
    ComplexInterval(Interval(x, precision: precision), Interval(y, precision: precision))
  }

  /// A pure state.
  func amplitudes(_ random: inout SplitMix64) -> [ComplexInterval] {
    let v = RandomBattery.vector(&random, dimension)
    let squares = v.reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
    let length = Interval(squares, precision: RandomBattery.precision).squareRoot
    return v.map {
      ComplexInterval(
        Interval($0.0, precision: RandomBattery.precision) / length,
        Interval($0.1, precision: RandomBattery.precision) / length)
    }
  }

  /// A mixture of three pure states, or a diagonal one.
  func state(_ random: inout SplitMix64, isDiagonal: Bool = false) throws -> DensityMatrix {
    let n = dimension
    if isDiagonal {
      let weights = (0..<n).map { _ in Int(random.next() % 5) + 1 }
      let sum = weights.reduce(0, +)
      return try DensityMatrix(n, precision: RandomBattery.precision) { i, j in
        RandomBattery.number(i == j ? Rational(Integer(weights[i]), Integer(sum)) : 0, 0)
      }
    }
    let vectors = (0..<3).map { _ in RandomBattery.vector(&random, n) }
    return try DensityMatrix(n, precision: RandomBattery.precision) { i, j in
      vectors.reduce(RandomBattery.number(0, 0)) { sum, v in
        let squares = v.reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
        let (a, b) = (v[i], v[j])
        let (x, y) = (a.0 * b.0 + a.1 * b.1, a.1 * b.0 - a.0 * b.1)
        return sum
          + RandomBattery.number(Rational(Integer(x), Integer(3 * squares)), Rational(Integer(y), Integer(3 * squares)))
      }
    }
  }

  /// q inside and outside of [0, 1], the special ones among them.
  static func mixing(_ random: inout SplitMix64) -> Rational {
    let special: [Rational] = [0, 1, Rational(1, 2), -1, 2]
    if random.next() % 2 == 0 { return special[Int(random.next() % 5)] }
    return Rational(Integer(Int(random.next() % 41) - 20), Integer(1 + Int(random.next() % 7)))
  }
}
