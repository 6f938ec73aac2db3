import ArbitraryPrecision
import Catalogue
import RandomInputs
import RigorousNumerics
import States
import Systems
import TestSupport
import Testing

@Suite struct WorkQuasiprobabilityTests {
  private typealias Matrix = [[ComplexInterval]]
  private static let precision = RandomBattery.precision

  /// A random battery with a pure or a mixed state, the law and the density matrix.
  private func random(
    _ random: inout SplitMix64
  ) throws -> (battery: RandomBattery, law: WorkQuasiprobability, rho: Matrix) {
    let battery = try RandomBattery(&random)
    let n = battery.dimension
    if random.next() % 2 == 0 {
      let psi = battery.amplitudes(&random)
      let law = try WorkQuasiprobability(
        levels: battery.levels, pure: psi, unitary: battery.unitary, precision: Self.precision)
      return (battery, law, (0..<n).map { i in (0..<n).map { psi[i] * psi[$0].conjugate } })
    }
    let state = try battery.state(&random)
    let law = try WorkQuasiprobability(
      levels: battery.levels, state: state, unitary: battery.unitary, precision: Self.precision)
    return (battery, law, (0..<n).map { i in (0..<n).map { state.matrix[i, $0] } })
  }

  private func product(_ a: Matrix, _ b: Matrix) -> Matrix {
    a.map { row in
      b.indices.map { j in
        row.indices.reduce(ComplexInterval.zero(precision: Self.precision)) { $0 + row[$1] * b[$1][j] }
      }
    }
  }

  private func difference(_ a: Matrix, _ b: Matrix) -> Matrix { zip(a, b).map { zip($0, $1).map { $0 - $1 } } }

  private func commutator(_ a: Matrix, _ b: Matrix) -> Matrix { difference(product(a, b), product(b, a)) }

  private func mean(_ a: Matrix, _ rho: Matrix) -> Interval {
    product(a, rho).enumerated().reduce(Interval(0, precision: Self.precision)) { $0 + $1.element[$1.offset].real }
  }

  /// H0 and Ht = U' H0 U.
  private func hamiltonians(_ battery: RandomBattery) -> (before: Matrix, after: Matrix) {
    let n = battery.dimension
    let h = (0..<n).map { i in
      (0..<n).map { RandomBattery.number(i == $0 ? battery.levels[i] : 0, 0) }
    }
    let adjoint = (0..<n).map { i in (0..<n).map { battery.unitary[$0][i].conjugate } }
    return (h, product(adjoint, product(h, battery.unitary)))
  }

  private func isClose(_ a: Interval, _ b: Interval) -> Bool {
    !a.isDisjoint(from: b) && (a.width.binaryExponent ?? -999) < -120 && (b.width.binaryExponent ?? -999) < -120
  }

  // MARK: - Laws

  @Test func `moments are those of the definition`() throws {
    try RandomCases.run(60) { random, label in
      let (battery, law, rho) = try self.random(&random)
      let q = RandomBattery.mixing(&random)
      let (before, after) = hamiltonians(battery)
      let work = difference(after, before)
      let note: Comment = "\(label), q = \(q), \(battery.dimension) levels"
      #expect(isClose(law.moment(0, q: q), Interval(1, precision: 64)), note)
      #expect(isClose(law.moment(1, q: q), mean(work, rho)), note)
      #expect(isClose(law.moment(2, q: q), mean(product(work, work), rho)), note)
      let factor = Interval(3 * q * (1 - q), precision: Self.precision)
      let third = law.moment(3, q: 0) - factor * mean(commutator(before, commutator(before, after)), rho)
      #expect(isClose(law.moment(3, q: q), third), note)
    }
  }

  @Test func `the atoms give the characteristic function, which is at most one`() throws {
    try RandomCases.run(40) { random, label in
      let (_, law, _) = try self.random(&random)
      let q = RandomBattery.mixing(&random)
      let u = Interval(Rational(Integer(Int(random.next() % 2001) - 1000), 64), precision: Self.precision)
      let (trace, sum) = (
        law.characteristic(q: q, u: u), law.atoms(q: q).characteristic(u, precision: Self.precision)
      )
      #expect(isClose(trace.real, sum.real) && isClose(trace.imaginary, sum.imaginary), "\(label), q = \(q), u = \(u)")
      let size = law.traceCharacteristic(q: q, u: u).magnitude
      #expect(size.isAtMost(Interval(1, precision: 64)) != .certainlyFalse, "\(label): \(size)")
      // At a whole interval of u each value inside is held.
      let wide = u.hull(u + 1)
      #expect(sum.real.isSubset(of: law.characteristic(q: q, u: wide).real.hull(trace.real)), "\(label)")
    }
  }

  @Test func `q and 1 - q give the same atoms`() throws {
    try RandomCases.run(40) { random, label in
      let (_, law, _) = try self.random(&random)
      let q = RandomBattery.mixing(&random)
      let (first, second) = (law.atoms(q: q), law.atoms(q: 1 - q))
      #expect(
        first.map(\.work) == second.map(\.work) && first.map(\.work) == Set(first.map(\.work)).sorted(), "\(label)")
      for (a, b) in zip(first, second) { #expect(isClose(a.probability, b.probability), "\(label)") }
      #expect(isClose(law.negativity(q: q), law.negativity(q: 1 - q)), "\(label)")
      #expect(law.negativity(q: q).lower.signum >= 0, "\(label)")
    }
  }

  /// p(w) = sum over i, k with e_k - e_i = w of rho_ii |<k|U|i>|^2.
  @Test func `a diagonal state is measured twice`() throws {
    try RandomCases.run(40) { random, label in
      let battery = try RandomBattery(&random)
      let state = try battery.state(&random, isDiagonal: true)
      let law = try WorkQuasiprobability(
        levels: battery.levels, state: state, unitary: battery.unitary, precision: Self.precision)
      var expected: [Rational: Interval] = [:]
      for (i, e) in battery.levels.enumerated() {
        for (k, f) in battery.levels.enumerated() {
          let p = state.matrix[i, i].real * battery.unitary[k][i].squaredMagnitude
          expected[f - e] = (expected[f - e] ?? Interval(0, precision: Self.precision)) + p
        }
      }
      let q = RandomBattery.mixing(&random)
      for atom in law.atoms(q: q) {
        let p = expected[atom.work] ?? Interval(0, precision: Self.precision)
        #expect(isClose(atom.probability, p), "\(label), q = \(q), w = \(atom.work)")
        #expect(atom.probability.upper.signum >= 0, "\(label)")
      }
      #expect(law.negativity(q: q).width.binaryExponent ?? -999 < -120 && law.negativity(q: q).containsZero, "\(label)")
    }
  }

  /// A pure state by its amplitudes and by its density matrix: two routes to the same atoms.
  @Test func `a pure state is a mixed one of rank one`() throws {
    try RandomCases.run(40) { random, label in
      let battery = try RandomBattery(&random)
      let psi = battery.amplitudes(&random)
      let pure = try WorkQuasiprobability(
        levels: battery.levels, pure: psi, unitary: battery.unitary, precision: Self.precision)
      let mixed = try WorkQuasiprobability(
        levels: battery.levels, state: DensityMatrix(pure: psi, precision: Self.precision), unitary: battery.unitary,
        precision: Self.precision)
      let q = RandomBattery.mixing(&random)
      #expect(pure.atoms(q: q).map(\.work) == mixed.atoms(q: q).map(\.work), "\(label)")
      for (a, b) in zip(pure.atoms(q: q), mixed.atoms(q: q)) {
        #expect(isClose(a.probability, b.probability), "\(label), w = \(a.work)")
      }
      let u = Interval(Rational(Integer(Int(random.next() % 99)), 16), precision: Self.precision)
      let (x, y) = (pure.traceCharacteristic(q: q, u: u), mixed.traceCharacteristic(q: q, u: u))
      #expect(isClose(x.real, y.real) && isClose(x.imaginary, y.imaginary), "\(label)")
    }
  }

  /// The atoms of the flip, `quasi.flip`, with W = 2, a = pi/6 and b = pi/3: at q = 1/2, -W/2 has -(1/2) sin 2a sin 2b = -3/8.
  @Test func `a flip has the atoms of its formula`() throws {
    let p = Self.precision
    let (a, b) = (Interval.pi(precision: p) / 6, Interval.pi(precision: p) / 3)
    let zero = Interval(0, precision: p)
    let psi = [ComplexInterval(a.cosine, zero), ComplexInterval(zero, -a.sine)]
    let u = [
      [ComplexInterval(b.cosine, zero), ComplexInterval(zero, -b.sine)],
      [ComplexInterval(zero, -b.sine), ComplexInterval(b.cosine, zero)],
    ]
    let law = try WorkQuasiprobability(levels: [0, 2], pure: psi, unitary: u, precision: p)
    let half = law.atoms(q: Rational(1, 2))
    #expect(half.map(\.work) == [-2, -1, 0, 1, 2])
    let values: [Rational] = [Rational(3, 16), Rational(-3, 8), Rational(1, 4), Rational(3, 8), Rational(9, 16)]
    for (atom, value) in zip(half, values) {
      #expect(isClose(atom.probability, Interval(value, precision: p)), "\(atom.work): \(atom.probability)")
    }
    #expect(isClose(law.negativity(q: Rational(1, 2)), Interval(Rational(3, 4), precision: p)))
  }

  // MARK: - Refusals

  private func message(_ body: () throws -> WorkQuasiprobability) -> String {
    do {
      _ = try body()
      return "accepted"
    } catch let error as BadInput { return error.message } catch { return "\(error)" }
  }

  @Test func `what does not fit is refused`() throws {
    func x(_ value: Rational) -> ComplexInterval { RandomBattery.number(value, 0) }
    let one = [[x(1), x(0)], [x(0), x(1)]]
    func pure(_ levels: [Rational], _ psi: [ComplexInterval], _ u: Matrix) -> String {
      message { try WorkQuasiprobability(levels: levels, pure: psi, unitary: u, precision: 128) }
    }
    #expect(pure([], [], []) == "the battery has no level; accepted: 1 or more")
    #expect(pure([0, 1], [x(1)], one) == "the state has 1 dimensions, the battery 2 levels; accepted: equal")
    #expect(pure([0, 1], [x(1), x(0)], [[x(1)]]) == "the unitary has 1 rows, the battery 2 levels; accepted: equal")
    #expect(
      pure([0, 1], [x(1), x(0)], [[x(1), x(0)], [x(1)]])
        == "row 1 of the unitary has 1 elements, the battery 2 levels; accepted: equal")
    #expect(
      pure([0, 1], [x(1), x(Rational(1, 2))], one)
        == "the squares of the amplitudes add up to one less or more by at least 0.25; accepted: 1")
    #expect(
      pure([0, 1], [x(1), x(0)], [[x(1), x(Rational(1, 2))], [x(0), x(1)]])
        == "the matrix is not unitary: columns 0 and 1 have a product off by at least 0.5; accepted: 0 or, for one column, 1"
    )
    #expect(
      pure([0, 1], [x(1), x(0)], [[x(1), x(0)], [x(0), x(2)]])
        == "the matrix is not unitary: columns 1 and 1 have a product off by at least 3; accepted: 0 or, for one column, 1"
    )
    let state = try DensityMatrix(2, precision: 128) { i, j in x(i == j ? Rational(1, 2) : 0) }
    #expect(
      message { try WorkQuasiprobability(levels: [0, 1, 2], state: state, unitary: one, precision: 128) }
        == "the state has 2 dimensions, the battery 3 levels; accepted: equal")
    #expect(
      message {
        try WorkQuasiprobability(
          levels: [0, 1],
          state: DensityMatrix(2, precision: 128) { i, j in x(i == j ? Rational(1, 3) : 0) }, unitary: one,
          precision: 128)
      } == "the trace of the state is off one by at least 0.333; accepted: 1")
  }

  @Test func `large matrices are not begun`() {
    let n = 1025
    let row = [ComplexInterval](repeating: .zero(precision: 64), count: n)
    let levels = (0..<n).map { Rational($0) }
    #expect(
      message {
        try WorkQuasiprobability(
          levels: levels, pure: row, unitary: Array(repeating: row, count: n), precision: 64)
      } == "matrices of 1025 rows cost too much; this is limited to 1024")
    let few = Array(levels.prefix(97))
    let short = Array(row.prefix(97))
    #expect(
      message {
        try WorkQuasiprobability(
          levels: few, pure: short, unitary: Array(repeating: short, count: 97), precision: 64)
      } == "97 different levels have 97^3 weights; this is limited to 96 levels")
  }
}
