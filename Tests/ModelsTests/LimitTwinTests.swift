import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import TestSupport
import Testing

/// Limits of random master equations in rational numbers, against the projection on the kernel of the whole generator
/// along its range, by elimination.
@Suite struct LimitTwinTests {
  /// A complex number with rational parts.
  private struct Number {
    var (re, im): (Rational, Rational)
    init(_ re: Rational, _ im: Rational = 0) { (self.re, self.im) = (re, im) }
    static func + (a: Number, b: Number) -> Number { Number(a.re + b.re, a.im + b.im) }
    static func - (a: Number, b: Number) -> Number { Number(a.re - b.re, a.im - b.im) }
    static func * (a: Number, b: Number) -> Number { Number(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re) }
    var conjugate: Number { Number(re, -im) }
    var isZero: Bool { re.signum == 0 && im.signum == 0 }
    var inverse: Number {
      let square = re * re + im * im
      return Number(re / square, -im / square)
    }
  }

  private typealias Matrix = [[Number]]

  private static func zero(_ n: Int) -> Matrix { Array(repeating: Array(repeating: Number(0), count: n), count: n) }

  /// A basis of the vectors that a matrix maps to zero.
  private static func kernel(_ matrix: Matrix) -> [[Number]] {
    var rows = matrix
    let n = rows[0].count
    var pivots: [Int] = []
    for column in 0..<n {
      guard let row = (pivots.count..<rows.count).first(where: { !rows[$0][column].isZero }) else { continue }
      rows.swapAt(row, pivots.count)
      let own = pivots.count
      let inverse = rows[own][column].inverse
      rows[own] = rows[own].map { $0 * inverse }
      for other in rows.indices where other != own && !rows[other][column].isZero {
        let factor = rows[other][column]
        for j in 0..<n { rows[other][j] = rows[other][j] - factor * rows[own][j] }
      }
      pivots.append(column)
    }
    return (0..<n).filter { !pivots.contains($0) }.map { free in
      var vector = Array(repeating: Number(0), count: n)
      vector[free] = Number(1)
      for (row, pivot) in pivots.enumerated() { vector[pivot] = Number(0) - rows[row][free] }
      return vector
    }
  }

  private struct Twin {
    let text: String
    /// The kernel's dimension, and Tr of each observable in the projection of the start on the kernel along the range;
    /// nil where zero has a Jordan block, which no generator has.
    let kernel: Int
    let values: [Rational]?

    init(_ random: inout SplitMix64) {
      let d = 2 + Int(random.next() % 3)
      func small() -> Rational { Rational(Integer(Int(random.next() % 5) - 2), Integer(Int(random.next() % 2) + 1)) }
      var (hamiltonian, words) = (zero(d), ["0"])
      for k in 0..<d {
        for l in 0...k where random.next() % 3 == 0 {
          let value = k == l ? Number(small()) : Number(small(), small())
          hamiltonian[k][l] = value
          hamiltonian[l][k] = value.conjugate
          words.append("(\(value.re) + (\(value.im))*i)*a(\(k),\(l))")
          if k != l { words.append("(\(value.re) - (\(value.im))*i)*a(\(l),\(k))") }
        }
      }
      var (jumps, lines): ([(Matrix, Rational)], [String]) = ([], [])
      for _ in 0..<Int(random.next() % 3) + 1 {
        var (matrix, own) = (zero(d), [String]())
        for _ in 0...Int(random.next() % 2) {
          let (k, l) = (Int(random.next() % UInt64(d)), Int(random.next() % UInt64(d)))
          let value = Number(Rational(Integer(Int(random.next() % 3) + 1)), small())
          matrix[k][l] = matrix[k][l] + value
          own.append("(\(value.re) + (\(value.im))*i)*a(\(k),\(l))")
        }
        let rate = Rational(Integer(Int(random.next() % 4) + 1), 2)
        jumps.append((matrix, rate))
        lines.append("  - {operator: \"\(own.joined(separator: " + "))\", rate: \(rate)}")
      }
      // (3/5, 4 i/5) on two levels, or one level.
      var start = zero(d)
      let (k, l) = (Int(random.next() % UInt64(d)), Int(random.next() % UInt64(d)))
      let isPure = k != l && random.next() % 2 == 0
      if isPure {
        (start[k][k], start[l][l]) = (Number(Rational(9, 25)), Number(Rational(16, 25)))
        (start[k][l], start[l][k]) = (Number(0, Rational(-12, 25)), Number(0, Rational(12, 25)))
      } else {
        start[k][k] = Number(1)
      }
      let written =
        isPure ? "{superposition: [[3/5, {a: level(\(k))}], [4*i/5, {a: level(\(l))}]]}" : "{a: level(\(k))}"
      text = """
        model: m
        space: {a: levels \(d)}
        hamiltonian: "\(words.joined(separator: " + "))"
        jumps:
        \(lines.joined(separator: "\n"))
        start: \(written)
        quantities:
          p: {value: steady(weight(a = level(0)))}
          x: {value: "steady(mean(a(0,1) + a(1,0)))"}
          y: {value: "steady(mean(i*a(0,1) - i*a(1,0)))"}
        """
      // L on row * d + column.
      var generator = zero(d * d)
      func add(_ value: Number, _ row: (Int, Int), _ column: (Int, Int)) {
        let (i, j) = (row.0 * d + row.1, column.0 * d + column.1)
        generator[i][j] = generator[i][j] + value
      }
      for k in 0..<d {
        for l in 0..<d {
          for m in 0..<d {
            add(Number(0, -1) * hamiltonian[m][k], (m, l), (k, l))
            add(Number(0, 1) * hamiltonian[l][m], (k, m), (k, l))
          }
          for (a, rate) in jumps {
            for m in 0..<d {
              for n in 0..<d { add(Number(rate) * a[m][k] * a[n][l].conjugate, (m, n), (k, l)) }
              for n in 0..<d {
                add(Number(-rate / 2) * a[n][m].conjugate * a[n][k], (m, l), (k, l))
                add(Number(-rate / 2) * a[n][l].conjugate * a[n][m], (k, m), (k, l))
              }
            }
          }
        }
      }
      let right = kernel(generator)
      let left = kernel((0..<d * d).map { i in (0..<d * d).map { generator[$0][i] } })
      self.kernel = right.count
      func product(_ a: [Number], _ b: [Number]) -> Number { zip(a, b).reduce(Number(0)) { $0 + $1.0 * $1.1 } }
      // c with (left right) c = left start, as the kernel of the bordered matrix.
      let vector = start.flatMap { $0 }
      let system = left.map { l in right.map { product(l, $0) } + [Number(0) - product(l, vector)] }
      let solutions = kernel(system)
      guard solutions.count == 1, let last = solutions[0].last, !last.isZero else {
        values = nil
        return
      }
      let limit = (0..<d * d).map { place in
        zip(right, solutions[0]).reduce(Number(0)) { $0 + $1.0[place] * $1.1 } * last.inverse
      }
      let (up, down) = (limit[d], limit[1])
      values = [limit[0].re, (up + down).re, (Number(0, 1) * up - Number(0, 1) * down).re]
    }
  }

  @Test func `random limits are projections on the kernel`() throws {
    var (answered, several, all) = (0, 0, 0)
    try RandomCases.run(80) { random, label in
      let twin = Twin(&random)
      let values = try #require(twin.values, "\(label)\n\(twin.text)")
      let model = try Model(parsing: twin.text, name: "random.yaml")
      for (name, expected) in zip(["p", "x", "y"], values) {
        all += 1
        // Zeros are many here.
        let found = try model.value(name, [], digits: 25)
        guard found.undecided == nil, let value = found.interval(precision: 128) else { continue }
        answered += 1
        several += twin.kernel > 1 ? 1 : 0
        #expect(value.contains(expected), "\(label)\n\(twin.text)\n\(name): \(value) for \(expected)")
      }
    }
    #expect(2 * answered > all, "\(answered) of \(all)")
    #expect(4 * several > answered, "\(several) of \(answered) with several states at rest")
  }
}
