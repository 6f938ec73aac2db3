import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@Suite struct MatrixExponentialTests {
  private func matrix(_ rows: [[Rational]], _ precision: Int) -> IntervalMatrix {
    var result = IntervalMatrix(zero: rows.count, precision: precision)
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() { result[i, j] = Interval(value, precision: precision) }
    }
    return result
  }

  /// A random matrix with small rational entries, some of them zero, scaled by a random power of two.
  private func entries(_ n: Int, _ random: inout SplitMix64) -> [[Rational]] {
    let scale = Rational(2).power(Int(random.next() % 9) - 6)
    var rows: [[Rational]] = []
    for _ in 0..<n {
      var row: [Rational] = []
      for _ in 0..<n {
        row.append(random.next() % 3 == 0 ? 0 : Rational(Integer(Int(random.next() % 17) - 8), 8) * scale)
      }
      rows.append(row)
    }
    return rows
  }

  private func meet(_ a: IntervalMatrix, _ b: IntervalMatrix) -> Bool {
    zip(a.entries, b.entries).allSatisfy { !$0.isDisjoint(from: $1) }
  }

  private func widest(_ a: [Interval]) -> BigFloat {
    a.map(\.width).reduce(.zero(precision: 64)) { max($0, $1) }
  }

  private let small = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -60, rounding: .up)

  /// Closed forms that no series is used for: a rotation, a nilpotent and a diagonal matrix.
  @Test(arguments: [Rational(1, 1000), Rational(1, 3), Rational(7), Rational(1000)])
  func `known exponentials are inside and tight`(_ t: Rational) throws {
    let p = 256
    let angle = Interval(t, precision: p)
    let rotation = try matrix([[0, -t], [t, 0]], p).exponential(within: Budget())
    for (entry, truth) in zip(rotation.entries, [angle.cosine, -angle.sine, angle.sine, angle.cosine]) {
      #expect(!entry.isDisjoint(from: truth))
      #expect(entry.width < small)
    }
    let shift = try matrix([[0, t, 0], [0, 0, t], [0, 0, 0]], p).exponential(within: Budget())
    #expect(shift[0, 2].contains(t * t / 2))
    #expect(shift[0, 1].contains(t))
    #expect(shift[2, 0].contains(0))
    let decay = try matrix([[-t, 0], [0, -2 * t]], p).exponential(within: Budget())
    #expect(!decay[0, 0].isDisjoint(from: (-angle).exponential))
    #expect(!decay[1, 1].isDisjoint(from: (-2 * angle).exponential))
  }

  /// Seen to fail when the remainder of the series was left out at 24 bits, and when one squaring was left out.
  @Test func `exp(A) exp(A) meets exp(2A) and exp(A) exp(-A) holds the identity`() throws {
    try RandomCases.run(25) { random, label in
      let n = 1 + Int(random.next() % 5)
      let p = random.next() % 2 == 0 ? 24 : 192
      let rows = entries(n, &random)
      let once = try matrix(rows, p).exponential(within: Budget())
      let twice = try matrix(rows.map { $0.map { 2 * $0 } }, p).exponential(within: Budget())
      let back = try matrix(rows.map { $0.map { -$0 } }, p).exponential(within: Budget())
      #expect(meet(once * once, twice), "\(label)")
      let identity = IntervalMatrix(identity: n, precision: p)
      #expect(zip((once * back).entries, identity.entries).allSatisfy { $1.isSubset(of: $0) }, "\(label)")
    }
  }

  @Test func `the action on a vector is the exponential applied to it`() throws {
    try RandomCases.run(25) { random, label in
      let n = 1 + Int(random.next() % 5)
      let p = random.next() % 2 == 0 ? 24 : 192
      let rows = entries(n, &random)
      var sparse = SparseGenerator(dimension: n, precision: p)
      for i in 0..<n {
        for j in 0..<n where rows[i][j].signum != 0 {
          sparse.set(row: i, column: j, Interval(rows[i][j], precision: p))
        }
      }
      let vector = (0..<n).map { Interval($0 + 1, precision: p) }
      let fast = try sparse.exponentialAction(on: vector, within: Budget())
      let slow = try matrix(rows, p).exponential(within: Budget()).applied(to: vector)
      #expect(zip(fast, slow).allSatisfy { !$0.isDisjoint(from: $1) }, "\(label)")
      if p == 192 { #expect(widest(fast) < small && widest(slow) < small, "\(label)") }
    }
  }

  @Test func `short times keep relative accuracy between distant states`() throws {
    let t = Rational(2).power(-500)
    let shift = try matrix([[0, t, 0], [0, 0, t], [0, 0, 0]], 128).exponential(within: Budget())
    let entry = shift[0, 2]
    #expect(entry.certainSign == 1)
    #expect((Interval(entry.width) / entry).upper < small)
  }

  @Test func `norms beyond the routes are given up with a reason`() {
    var sparse = SparseGenerator(dimension: 1, precision: 64)
    sparse.set(row: 0, column: 0, Interval(5000, precision: 64))
    #expect(
      throws: Unanswered(beyond: "the generator times the time has a norm above 4096, too long for this route")
    ) {
      try sparse.exponentialAction(on: [Interval(1, precision: 64)], within: Budget())
    }
    #expect(throws: Unanswered(undecided: "the cap of 1e-09 seconds was reached")) {
      try IntervalMatrix(identity: 8, precision: 64).exponential(within: Budget(seconds: 1e-9))
    }
  }

  /// What is known too poorly is not too long: another precision may tell.
  @Test func `unbounded entries give entire results`() throws {
    var matrix = IntervalMatrix(zero: 2, precision: 64)
    var sparse = SparseGenerator(dimension: 2, precision: 64)
    matrix[0, 0] = .entire(precision: 64)
    sparse.set(row: 0, column: 0, .entire(precision: 64))
    let entire = Interval.entire(precision: 64)
    #expect(try matrix.exponential(within: Budget()).entries.allSatisfy { $0.isSameSet(as: entire) })
    let one = Interval(1, precision: 64)
    #expect(try sparse.exponentialAction(on: [one, one], within: Budget()).allSatisfy { $0.isSameSet(as: entire) })
  }

  /// A vector so small that the series may be cut early: what is cut off must be in the result all the same.
  @Test func `the remainder of the action is inside the result`() throws {
    var sparse = SparseGenerator(dimension: 1, precision: 24)
    sparse.set(row: 0, column: 0, Interval(Rational(31, 2), precision: 24))
    let tiny = Interval(Rational(2).power(-100), precision: 24)
    let result = try sparse.exponentialAction(on: [tiny], within: Budget())[0]
    let truth = Interval(Rational(31, 2), precision: 200).exponential.scaled(byPowerOfTwo: -100)
    #expect(truth.isSubset(of: result), "\(truth) is not inside \(result)")
  }
}
