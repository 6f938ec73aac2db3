import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

/// Random collisions of a qubit `b` with fresh cells `q`, many times over; and the whole density matrix of both by the
/// exponential of the whole generator of each piece, a matrix for the reset, and their product's powers in intervals.
struct RandomRepetition {
  static let precision = 256
  let text: String
  let time: String
  /// What is asked for, by name.
  let observables = ["x": "mean(b_x)", "z": "mean(b_z)", "y": "mean(q_y)", "s": "purity(all)"]
  private let energies: [[Rational]]
  private let rate: Rational
  private let fresh: (x: Rational, z: Rational)
  private let count: Int
  /// How many repetitions are over, and the time in the next piece.
  private let passed: (whole: Int, rest: Rational)

  init(_ random: inout SplitMix64) {
    func below(_ n: Int) -> Int { Int(random.next() % UInt64(n)) }
    let words = ["b_z", "q_z", "b_x", "(b_p*q_m + b_m*q_p)", "b_y*q_x"]
    energies = (0..<2).map { _ in words.map { _ in Rational(Integer(below(13) - 6), 5) } }
    func energy(_ own: [Rational]) -> String { zip(own, words).map { "(\($0))*\($1)" }.joined(separator: " + ") }
    rate = below(2) == 0 ? 0 : Rational(1, 7)
    let states: [(String, Rational, Rational)] = [
      ("plus", 1, 0), ("\"bloch(3/5, 0, -1/2)\"", Rational(3, 5), Rational(-1, 2)), ("down", 0, -1),
    ]
    let state = states[below(3)]
    fresh = (state.1, state.2)
    count = [40, 96, 1000][below(3)]
    let jumps = rate.signum == 0 ? "" : ", jumps: [{operator: b_m + q_z, rate: \(rate)}]"
    let steps =
      "{reset: {q: \(state.0)}}, {for: 1/4, hamiltonian: \"\(energy(energies[0]))\"\(jumps)}, "
      + "{for: 1/8, hamiltonian: \"\(energy(energies[1]))\"}"
    text = """
      model: m
      space: {b: qubit, q: qubit}
      schedule: [{repeat: \(count), steps: [\(steps)]}, {for: rest, hamiltonian: b_x}]
      start: {b: up, q: plus}
      quantities: {\(observables.sorted { $0.key < $1.key }.map { "\($0.key): {value: \($0.value)}" }
        .joined(separator: ", "))}
      """
    passed = [(count, 0), (count, Rational(1, 3)), (count - 7, 0), (count - 7, Rational(1, 5))][below(4)]
    time = "\(passed.whole)*3/8 + \(passed.rest)"
  }

  private static func interval(_ value: Rational) -> Interval { Interval(value, precision: precision) }

  /// A matrix by its elements (row, column, real, imaginary).
  private static func matrix(_ elements: [(Int, Int, Int, Int)], _ dimension: Int = 2) -> DenseMatrix {
    var result = DenseMatrix(zero: dimension, precision)
    for (row, column, x, y) in elements {
      (result.real[row, column], result.imaginary[row, column]) = (interval(Rational(x)), interval(Rational(y)))
    }
    return result
  }

  // In the order down, up.
  private static let one = matrix([(0, 0, 1, 0), (1, 1, 1, 0)])
  private static let (x, z) = (matrix([(0, 1, 1, 0), (1, 0, 1, 0)]), matrix([(0, 0, -1, 0), (1, 1, 1, 0)]))
  private static let y = matrix([(0, 1, 0, 1), (1, 0, 0, -1)])
  private static let (p, m) = (matrix([(1, 0, 1, 0)]), matrix([(0, 1, 1, 0)]))
  private static let words = [
    DenseMatrix.kron(z, one), .kron(one, z), .kron(x, one), .kron(p, m) + .kron(m, p), .kron(y, x),
  ]

  private static func conjugate(_ a: DenseMatrix) -> DenseMatrix {
    var result = a
    result.imaginary = a.imaginary.map { -$0 }
    return result
  }

  /// exp(t L) of a Hamiltonian and one jump, on the doubled elements row by row.
  private func propagator(_ hamiltonian: DenseMatrix, _ rate: Rational, _ time: Rational) throws -> IntervalMatrix {
    let zero = Interval(0, precision: Self.precision)
    let unit = DenseMatrix(identity: 4, Self.precision)
    let jump = DenseMatrix.kron(Self.m, Self.one) + DenseMatrix.kron(Self.one, Self.z)
    let effective =
      hamiltonian.scaled(zero, Self.interval(-1))
      + (jump.adjoint * jump).scaled(Self.interval(-rate / 2), zero)
    let generator =
      DenseMatrix.kron(effective, unit) + DenseMatrix.kron(unit, Self.conjugate(effective))
      + DenseMatrix.kron(jump, Self.conjugate(jump)).scaled(Self.interval(rate), zero)
    return try doubled(generator.scaled(Self.interval(time), zero)).exponential(within: Budget(seconds: 600))
  }

  private func doubled(_ a: DenseMatrix) -> IntervalMatrix {
    let n = a.dimension
    var result = IntervalMatrix(zero: 2 * n, precision: Self.precision)
    for i in 0..<n {
      for j in 0..<n {
        (result[i, j], result[n + i, n + j]) = (a.real[i, j], a.real[i, j])
        (result[i, n + j], result[n + i, j]) = (-a.imaginary[i, j], a.imaginary[i, j])
      }
    }
    return result
  }

  /// The values of what is asked for.
  func values() throws -> [(name: String, value: Interval)] {
    let zero = Interval(0, precision: Self.precision)
    func hamiltonian(_ own: [Rational]) -> DenseMatrix {
      zip(own, Self.words).reduce(DenseMatrix(zero: 4, Self.precision)) {
        $0 + $1.1.scaled(Self.interval($1.0), zero)
      }
    }
    // |b q><b' q'| goes to <q'|q> |b><b'| times the fresh state (1 + x X + z Z)/2.
    var reset = DenseMatrix(zero: 16, Self.precision)
    let half = Rational(1, 2)
    let cell = [[half * (1 - fresh.z), half * fresh.x], [half * fresh.x, half * (1 + fresh.z)]]
    for b in 0..<4 {
      for q in 0..<2 {
        for k in 0..<4 {
          // b is a pair of b and b', k one of q and q'.
          let (left, right) = (b / 2, b % 2)
          let source = (2 * left + q) * 4 + 2 * right + q
          reset.real[(2 * left + k / 2) * 4 + 2 * right + k % 2, source] = Self.interval(cell[k / 2][k % 2])
        }
      }
    }
    let swap = doubled(reset)
    let first = hamiltonian(energies[0])
    let one =
      try propagator(hamiltonian(energies[1]), 0, Rational(1, 8)) * propagator(first, rate, Rational(1, 4)) * swap
    var state = Array(repeating: zero, count: 32)
    // b up, q plus: elements 2 and 3 of both sides are 1/2.
    for (k, l) in [(2, 2), (2, 3), (3, 2), (3, 3)] { state[4 * k + l] = Self.interval(half) }
    var (power, left) = (one, passed.whole)
    while left > 0 {
      if left % 2 == 1 { state = power.applied(to: state) }
      left /= 2
      if left > 0 { power = power * power }
    }
    if passed.rest.signum > 0 {
      let isOver = passed.whole == count
      let map = try isOver ? propagator(Self.words[2], 0, passed.rest) : propagator(first, rate, passed.rest) * swap
      state = map.applied(to: state)
    }
    func mean(_ a: DenseMatrix) -> Interval {
      var sum = zero
      for k in 0..<4 {
        for l in 0..<4 { sum += a.real[k, l] * state[4 * l + k] - a.imaginary[k, l] * state[16 + 4 * l + k] }
      }
      return sum
    }
    return [
      ("x", mean(Self.words[2])), ("z", mean(Self.words[0])), ("y", mean(.kron(Self.one, Self.y))),
      ("s", state.reduce(zero) { $0 + $1.squared }),
    ]
  }
}
