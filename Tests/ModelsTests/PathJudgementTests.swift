import Catalogue
import Expressions
import Foundation
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Distances of trajectories from the truth, against closed forms in doubles: of a path that is off by a known vector
/// the distance is the length of that vector, but for roundings.
@Suite struct PathJudgementTests {
  typealias State = (real: [Double], imaginary: [Double])

  static func model(_ text: String) throws -> Model { try Model(parsing: "model: m\n" + text, name: "m.yaml") }

  static func judge(
    _ times: [Double], _ states: [State], isDensity: Bool = false, factors: [Int]? = nil, of model: Model,
    _ given: [(name: String, text: String)] = [], order: String = "model"
  ) throws -> PathJudgement {
    let times = try times.map { try Constant(parsing: "\($0)") }
    let count = states[0].real.count
    let trajectory = try Trajectory(
      times: times, states: states, isDensity: isDensity,
      dimension: isDensity ? Int(Double(count).squareRoot().rounded()) : count, factors: factors)
    return try PathJudgement(
      trajectory, of: model, given, order: order, within: Budget(bits: 4096, seconds: 120))
  }

  /// A qubit that turns: cos(gt) on `down`, -i sin(gt) on `up`.
  static let turning = """
    parameters: {g: {kind: positive, default: 1}}
    space: {q: qubit}
    hamiltonian: g*q_x
    start: {q: down}
    quantities:
      up: {value: weight(q = up)}
      z: {value: mean(q_z)}
    """

  static func turned(_ t: Double) -> State { ([cos(t), 0], [0, -sin(t)]) }

  /// Times in sixteenths, which are decimals and doubles alike.
  static func grid(_ count: Int) -> [Double] { (0..<count).map { Double($0) / 16 } }

  @Test func `a path of roundings is within roundings`() throws {
    let times = Self.grid(64)
    let found = try Self.judge(times, times.map(Self.turned), of: try Self.model(Self.turning))
    #expect(found.norm == "2-norm")
    // Two roundings of numbers up to one, and those of cos and sin of the system's library, within an ulp each.
    #expect(found.greatest < 0x1p-51)
    #expect(found.distances.allSatisfy { $0.lower <= $0.upper })
    #expect(found.lost.allSatisfy { $0.time == nil })
    #expect(found.cause.hasPrefix("none"))
    for figure in found.figures {
      #expect(figure.bounds.allSatisfy { ($0?.upper ?? 1) < 0x1p-49 }, "\(figure.name)")
    }
  }

  @Test func `a path off by a vector has its length as distance`() throws {
    let model = try Self.model(Self.turning)
    try RandomCases.run(20) { random, label in
      let times = Self.grid(24)
      let size = random.positiveDouble(exponents: -30 ... -2)
      let parts = (0..<4).map { _ in Double(Int64(bitPattern: random.next()) >> 12) / 0x1p51 }
      let length = parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let from = Int(random.next() % 24)
      let states = times.enumerated().map { place, t -> State in
        var state = Self.turned(t)
        guard place >= from else { return state }
        state.real = [state.real[0] + size * parts[0], state.real[1] + size * parts[1]]
        state.imaginary = [state.imaginary[0] + size * parts[2], state.imaginary[1] + size * parts[3]]
        return state
      }
      let found = try Self.judge(times, states, of: model)
      for (place, bounds) in found.distances.enumerated() {
        let expected = place >= from ? size * length : 0
        #expect(bounds.lower <= expected + 0x1p-51, "\(label), place \(place): \(bounds)")
        #expect(bounds.upper >= expected - 0x1p-51, "\(label), place \(place): \(bounds)")
        #expect(bounds.upper - bounds.lower < 0x1p-50 + expected / 1000, "\(label), place \(place): \(bounds)")
      }
    }
  }

  /// p = e^(-kt) on `up`, coherence e^(-kt/2)/2: a population that is off by d on both sides has the trace norm 2d.
  @Test func `density matrices are held in the trace norm`() throws {
    let model = try Self.model(
      """
      parameters: {k: positive}
      space: {q: qubit}
      jumps: [{operator: q_m, rate: k}]
      start: {q: plus}
      quantities:
        up: {value: "mean((1 + q_z)/2)"}
        entropy: {value: entropy(q)}
      """)
    let times = Self.grid(20)
    for (shift, skew) in [(0.0, 0.0), (1e-5, 0.0), (-0.125, 0.0), (0.0, 0x1p-20)] {
      let states = times.map { t -> State in
        let (p, c) = (exp(-t / 2) / 2, exp(-t / 4) / 2)
        return ([1 - p - shift, c + skew, c - skew, p + shift], [0, 0, 0, 0])
      }
      let found = try Self.judge(times, states, isDensity: true, of: model, [(name: "k", text: "1/2")])
      #expect(found.norm == "trace norm")
      for bounds in found.distances {
        // The skew part [[0, s], [-s, 0]] alone has the trace norm 2s and the Frobenius norm sqrt(2) s, which is told;
        // what it adds is bounded. Eigenvalues are known to 2^-24 of the greatest sum of magnitudes in a row.
        #expect(bounds.lower <= 2 * max(abs(shift), skew) + 0x1p-49)
        #expect(bounds.lower >= max(2 * abs(shift) * (1 - 0x1p-20), 1.4 * skew) - 0x1p-49)
        #expect(bounds.upper >= 2 * max(abs(shift), skew) - 0x1p-49)
        #expect(bounds.upper <= 2 * abs(shift) * (1 + 0x1p-20) + 3 * skew + 0x1p-49)
      }
      let up = try #require(found.figures.first { $0.name == "m.up" })
      #expect(up.bounds.allSatisfy { abs(($0?.upper ?? 1) - abs(shift)) < 0x1p-49 })
    }
  }

  /// Of the weights 1 + d and -d on `down down` and `up up` there are -2d quanta, as it stands; the state near to it
  /// has none.
  @Test func `sums of means are those of the path as it stands`() throws {
    let model = try Self.model(
      """
      space: {s: {kind: qubit, cells: 2}}
      hamiltonian: s_x[0]
      start: {s: down}
      quantities: {quanta: {value: "sum(j from 0 to 1, mean(s_p[j]*s_m[j]))"}}
      """)
    let (size, d) = (4, 0x1p-10)
    var state = State(Array(repeating: 0, count: size * size), Array(repeating: 0, count: size * size))
    (state.real[0], state.real[size * size - 1]) = (1 + d, -d)
    let found = try Self.judge([0], [state], isDensity: true, of: model)
    let bounds = try #require(found.figures.first?.bounds.first ?? nil)
    #expect(abs(bounds.lower - 2 * d) < 0x1p-50 && abs(bounds.upper - 2 * d) < 0x1p-50, "\(bounds)")
  }

  /// A coherent state cut off at M levels is off by the root of the Poisson weight of the others, at all times.
  @Test func `what a cut leaves out counts`() throws {
    let model = try Self.model(
      """
      space: {a: boson}
      hamiltonian: a'*a
      start: {a: coherent(2)}
      quantities:
        quanta: {value: mean(a'*a)}
      """)
    let times = Self.grid(8)
    for levels in [6, 10, 14, 24] {
      var amplitudes = [exp(-2.0)]
      for n in 1..<60 { amplitudes.append(amplitudes[n - 1] * 2 / Double(n).squareRoot()) }
      let missed = amplitudes[levels...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      let states = times.map { t -> State in
        (
          (0..<levels).map { amplitudes[$0] * cos(Double($0) * t) },
          (0..<levels).map { -amplitudes[$0] * sin(Double($0) * t) }
        )
      }
      let found = try Self.judge(times, states, of: model)
      for bounds in found.distances {
        // The truth is cut off at 2^-40 where that leaves the distance known, and has as much of roundings.
        let (least, most) = (Self.rough(missed).least, Self.rough(missed).most + 0x1p-39)
        #expect(bounds.lower <= most && least <= bounds.upper && bounds.upper <= most, "\(levels): \(bounds)")
      }
      if missed > 1e-6 { #expect(found.cause.hasPrefix("cut-off"), "\(levels): \(found.cause)") }
    }
  }

  /// In level n of a thermal mode the qubit turns with sqrt(n): p_n times the projector of cos(sqrt(n) t) |n, down>
  /// - i sin(sqrt(n) t) |n - 1, up>. What a path with the levels below L leaves out has the weight (1/11)^L for one
  /// quantum in ten; a weight that is off in one level counts besides, as levels are orthogonal.
  @Test func `a mixture is moved vector by vector`() throws {
    let model = try Self.model(
      """
      space: {a: boson, q: qubit}
      hamiltonian: a*q_p + a'*q_m
      start: {a: thermal(1/10), q: down}
      quantities: {quanta: {value: mean(a'*a)}}
      """)
    let (times, levels) = ([0.0, 0.25, 1, 30], 5)
    for off in [0.0, 0x1p-8] {
      let states = times.map { t -> State in
        let d = 2 * levels
        var state = State(Array(repeating: 0, count: d * d), Array(repeating: 0, count: d * d))
        for n in 0..<levels {
          let p = pow(0.1, Double(n)) / pow(1.1, Double(n + 1)) + (n == 1 ? off : 0)
          let (c, s) = (cos(Double(n).squareRoot() * t), sin(Double(n).squareRoot() * t))
          state.real[2 * n * d + 2 * n] += p * c * c
          guard n > 0 else { continue }
          let (down, up) = (2 * n, 2 * n - 1)
          state.real[up * d + up] += p * s * s
          state.imaginary[down * d + up] = p * c * s
          state.imaginary[up * d + down] = -p * c * s
        }
        return state
      }
      let found = try Self.judge(times, states, isDensity: true, factors: [levels, 2], of: model)
      #expect(found.method == "one certified run of the vectors of a mixture")
      let expected = off + pow(11, -Double(levels))
      // Of some fifty rows what is left out as small, and the eigenvalues of each block, are worth 2^-24 each.
      for bounds in found.distances {
        let (least, most) = Self.rough(expected, within: 16 * 0x1p-24)
        #expect(bounds.lower <= most && least <= bounds.upper && bounds.upper <= most, "\(off): \(bounds)")
      }
    }
  }

  /// A driven lossy mode is in the coherent state a(t) = -2i (F/k) (1 - e^(-kt/2)). With its vector f + r, f on the M
  /// levels of the path and r on the others, a = |f| and b = |r|, the difference from |f><f| has on the span of both the
  /// matrix [[0, ab], [ab, b^2]] and the trace norm sqrt(b^4 + 4 a^2 b^2).
  @Test func `jumps and a cut count in the trace norm`() throws {
    let model = try Self.model(
      """
      space: {a: boson}
      hamiltonian: a + a'
      jumps: [{operator: a, rate: 2}]
      start: {a: fock(0)}
      quantities:
        quanta: {value: mean(a'*a)}
      """)
    let times = [0, 0.25, 0.5, 1, 2]
    for levels in [4, 8, 12] {
      var expected: [(distance: Double, quanta: Double)] = []
      let states = times.map { t -> State in
        let size = 1 - exp(-t)
        var amplitudes = [exp(-size * size / 2)]
        for n in 1..<40 { amplitudes.append(amplitudes[n - 1] * size / Double(n).squareRoot()) }
        let missed = amplitudes[levels...].reduce(0) { $0 + $1 * $1 }
        let quanta = amplitudes[levels...].enumerated().reduce(0) {
          $0 + Double($1.offset + levels) * $1.element * $1.element
        }
        expected.append(((missed * missed + 4 * (1 - missed) * missed).squareRoot(), quanta))
        // (-i)^k (i)^l.
        let turn = [(1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0)]
        var state: State = ([], [])
        for k in 0..<levels {
          for l in 0..<levels {
            let phase = turn[(k - l + 4 * levels) % 4]
            state.real.append(amplitudes[k] * amplitudes[l] * phase.0)
            state.imaginary.append(amplitudes[k] * amplitudes[l] * phase.1)
          }
        }
        return state
      }
      let found = try Self.judge(times, states, isDensity: true, of: model)
      let quanta = try #require(found.figures.first)
      for (place, bounds) in found.distances.enumerated() {
        let (distance, off) = expected[place]
        // Of at most 36 rows elements below 2^-24/36 of the whole are left out: 36^(1/2) 2^-24 of it in the trace norm.
        let (least, most) = Self.rough(distance, within: 6 * 0x1p-24)
        let label = "\(levels), \(place): \(bounds) for \(distance)"
        // Of so many rows doubles are compared: their roundings count by at most 2^-44 here.
        #expect(bounds.lower <= most && least <= bounds.upper && bounds.upper <= most + 0x1p-44, "\(label)")
        #expect(abs((quanta.bounds[place]?.upper ?? 1) - off) <= off * 0x1p-40 + 0x1p-43, "\(levels), \(place)")
      }
      if levels == 4 { #expect(found.cause.hasPrefix("cut-off"), "\(found.cause)") }
    }
  }

  /// What sums of Poisson weights in doubles are worth: an amplitude is made by at most 60 steps of three roundings, and
  /// a distance by some more, below 2^-40 of it; a path of at most 24 x 24 elements has roundings below 2^-53 each.
  private static func rough(_ distance: Double, within share: Double = 0) -> (least: Double, most: Double) {
    (distance * (1 - 0x1p-40) - 0x1p-48, distance * (1 + 0x1p-40 + 2 * share) + 0x1p-48)
  }

  // MARK: - Causes

  /// Two qubits that exchange a quantum, detuned, from a start that no symmetry leaves as it is.
  private static let pair = """
    parameters: {g: {kind: positive, default: 3}}
    space: {p: qubit, q: qubit}
    hamiltonian: g*(p_p*q_m + p_m*q_p) + 2*q_z + p_x
    start: {p: up, q: "bloch(3/5, 0, 4/5)"}
    quantities:
      z: {value: mean(p_z)}
    """

  /// Its truth, by Taylor's series in doubles.
  private static func pairStates(_ times: [Double], g: Double = 3, scale: Double = 1) -> [State] {
    // Rows and columns: down down, down up, up down, up up.
    let h: [[Double]] = [[-2, 0, 1, 0], [0, 2, g, 1], [1, g, -2, 0], [0, 1, 0, 2]]
    let start = [0, 0, sqrt(0.1), sqrt(0.9)]
    return times.map { t in
      var (x, y) = (start, [Double](repeating: 0, count: 4))
      let steps = max(1, Int((16 * t * scale).rounded(.up)))
      let dt = t * scale / Double(steps)
      for _ in 0..<steps {
        var (a, b) = (x, y)
        for n in 1...30 {
          // (a + ib)' = -iH (a + ib).
          let (p, q) = (
            (0..<4).map { row in (0..<4).reduce(0) { $0 + h[row][$1] * b[$1] } * dt / Double(n) },
            (0..<4).map { row in -(0..<4).reduce(0) { $0 + h[row][$1] * a[$1] } * dt / Double(n) }
          )
          (a, b) = (p, q)
          for k in 0..<4 { (x[k], y[k]) = (x[k] + a[k], y[k] + b[k]) }
        }
      }
      return (x, y)
    }
  }

  @Test func `labels that are mixed up are named`() throws {
    let model = try Self.model(Self.pair)
    let times = Self.grid(40)
    let truth = Self.pairStates(times)
    #expect(try Self.judge(times, truth, of: model).greatest < 1e-12)
    func permuted(_ place: (Int) -> Int) -> [State] {
      truth.map { state in ((0..<4).map { state.real[place($0)] }, (0..<4).map { state.imaginary[place($0)] }) }
    }
    for (name, place) in [
      ("p-,q-", { 3 - $0 }), ("q,p", { [0, 2, 1, 3][$0] }), ("p,q-", { $0 ^ 1 }), ("q-,p", { [1, 3, 0, 2][$0] }),
    ] as [(String, (Int) -> Int)] {
      let states = permuted(place)
      let found = try Self.judge(times, states, of: model)
      #expect(found.cause.contains("--order \(name)"), "\(name): \(found.cause)")
      #expect(found.greatest > 0.1)
      #expect(try Self.judge(times, states, of: model, order: name).greatest < 1e-12, "\(name)")
    }
    let conjugate = truth.map { ($0.real, $0.imaginary.map { -$0 }) }
    #expect(try Self.judge(times, conjugate, of: model).cause.contains("complex conjugate"))
    for (name, scale) in [("2*pi*t", 2 * Double.pi), ("t/(2*pi)", 0.5 / .pi), ("g*t", 3), ("t/g", 1.0 / 3)] {
      let found = try Self.judge(times, Self.pairStates(times, scale: scale), of: model)
      #expect(found.cause.hasPrefix("clock") && found.cause.contains("at \(name),"), "\(name): \(found.cause)")
    }
    let phase = truth.enumerated().map { place, state -> State in
      let (c, s) = (cos(Double(place)), sin(Double(place)))
      return (
        zip(state.real, state.imaginary).map { $0 * c - $1 * s },
        zip(state.real, state.imaginary).map { $0 * s + $1 * c }
      )
    }
    #expect(try Self.judge(times, phase, of: model).cause.hasPrefix("phase"))
  }

  @Test func `a wrong model, a missed step and a coarse step are told apart`() throws {
    let model = try Self.model(Self.pair)
    let times = Self.grid(40)
    let other = try Self.judge(times, Self.pairStates(times, g: 3.3), of: model)
    #expect(other.cause.hasPrefix("model"), "\(other.cause)")
    // It stands still in one step and goes on from there.
    let late = Self.pairStates(times.map { $0 < 1 ? $0 : $0 - 1.0 / 16 })
    let missed = try Self.judge(times, late, of: model)
    #expect(missed.cause.hasPrefix("step") && missed.cause.contains("t = 0.9375 and t = 1.0"), "\(missed.cause)")
    let coarse = try Self.judge(times, Self.pairStates(times.map { $0 * (1 + 1e-5) }), of: model)
    #expect(coarse.cause.hasPrefix("tolerance"), "\(coarse.cause)")
    let start = try Self.judge([0], [([1, 0, 0, 0], [0, 0, 0, 0])], of: model)
    #expect(start.cause.hasPrefix("start"), "\(start.cause)")
  }

  @Test func `what does not fit a model is refused`() throws {
    let model = try Self.model(Self.pair)
    let one: State = ([1, 0, 0, 0], [0, 0, 0, 0])
    func reason(_ states: [State], factors: [Int]? = nil, order: String = "model", of other: Model? = nil) -> String {
      do {
        _ = try Self.judge([0], states, factors: factors, of: other ?? model, order: order)
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(reason([one]) == "accepted")
    #expect(reason([([1, 0, 0], [0, 0, 0])]).contains("the path has 3 basis states; accepted: 4"))
    #expect(reason([one], factors: [4, 1]).contains("dims of the path has 4 states in the place of 'p'; accepted: 2"))
    #expect(reason([one], factors: [4]).contains("dims of the path has 1 factors; accepted: 2, those of the model"))
    #expect(reason([one], order: "p").contains("--order: 'q' is missing; accepted: all factors, each once"))
    #expect(reason([one], order: "p,q,p").contains("--order: 'p' stands twice; accepted: each factor once"))
    #expect(
      reason([one], order: "p,r").contains("--order: 'r' is no factor; accepted: model, qutip, or a list of p, q"))
    let modes = try Self.model(
      """
      space: {a: boson, b: boson}
      hamiltonian: a'*b + b'*a
      start: {a: fock(1), b: fock(0)}
      quantities: {n: {value: "mean(a'*a)"}}
      """)
    #expect(
      reason([one], of: modes).contains(
        "where each of 2 modes is cut off is not told; accepted: files .npz with an array 'dims'"))
    #expect(reason([one], factors: [2, 2], of: modes) == "accepted")
    #expect(throws: BadInput.self) { try Self.judge([1, 1], [one, one], of: model) }
    #expect(throws: BadInput.self) { try Self.judge([0], [([.nan, 0, 0, 0], [0, 0, 0, 0])], of: model) }
  }
}
