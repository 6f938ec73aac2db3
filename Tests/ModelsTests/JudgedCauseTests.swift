import Foundation
import Models
import Testing

/// Causes of judged paths that are named and must hold at all times of the path, on a qubit that turns: cos t on
/// `down`, -i sin t on `up`.
@Suite struct JudgedCauseTests {
  typealias State = PathJudgementTests.State

  private static func cause(_ times: [Double], _ states: [State], isDensity: Bool = false) throws -> String {
    try PathJudgementTests.judge(
      times, states, isDensity: isDensity, of: PathJudgementTests.model(PathJudgementTests.turning)
    ).cause
  }

  private static func truth(_ times: [Double]) -> [State] { times.map(PathJudgementTests.turned) }

  private static func conjugated(_ states: [State]) -> [State] { states.map { ($0.real, $0.imaginary.map { -$0 }) } }

  /// One sample between those that doubles were kept of took the place of all.
  @Test func `one wrong sample of a hundred is a step, no phase and no label`() throws {
    let times = PathJudgementTests.grid(100)
    for wrong in [1, 4, 50] {
      var states = Self.truth(times)
      states[wrong] = ([0, 1], [0, 0])
      let cause = try Self.cause(times, states)
      #expect(cause.hasPrefix("step") && cause.contains("all other steps together lose"), "\(wrong): \(cause)")
    }
    var states = Self.conjugated(Self.truth(times))
    states[50] = ([0, 3], [0, 0])
    let cause = try Self.cause(times, states)
    #expect(!cause.hasPrefix("labels") && !cause.hasPrefix("phase"), "\(cause)")
  }

  @Test func `a kick in one of three steps is a step`() throws {
    let times = [0.0, 0.25, 0.5, 0.75]
    let states = Self.truth(times.map { $0 < 0.5 ? $0 : $0 + 0.5 })
    let cause = try Self.cause(times, states)
    #expect(cause.hasPrefix("step: ") && cause.contains("between t = 0.25 and t = 0.5"), "\(cause)")
  }

  @Test func `the conjugate of another clock is named as such, and a path that stands still has none`() throws {
    let times = PathJudgementTests.grid(30).map { 2 * $0 }
    let cause = try Self.cause(times, Self.conjugated(Self.truth(times.map { 2 * .pi * $0 })))
    // The truth's conjugate is that at -t as well as what the clock makes of it.
    #expect(cause.hasPrefix("clock: the complex conjugate") && cause.contains("2*pi*t"), "\(cause)")
    let whole = (0..<12).map(Double.init)
    #expect(try !Self.cause(whole, whole.map { _ in ([1, 0], [0, 0]) }).hasPrefix("clock"))
  }

  /// Under cos(t) q_x the angle is sin t.
  @Test func `vectors that are held as matrices have labels too`() throws {
    let model = try PathJudgementTests.model(
      """
      space: {q: qubit}
      hamiltonian: cos(t)*q_x
      start: {q: down}
      quantities: {z: {value: mean(q_z)}}
      """)
    let times = PathJudgementTests.grid(20)
    let upside = Self.truth(times.map { sin($0) }).map { state -> State in
      (state.real.reversed(), state.imaginary.reversed())
    }
    let found = try PathJudgementTests.judge(times, upside, of: model)
    #expect(found.norm == "trace norm" && found.cause.hasPrefix("labels"), "\(found.norm), \(found.cause)")
    #expect(found.cause.contains("--order q-"), "\(found.cause)")
  }

  /// [[.3i, .2i], [.2i, -.3i]] is skew with the eigenvalues +-i sqrt(.13): of the trace norm .7211.
  @Test func `a skew part is a proved distance`() throws {
    let times = PathJudgementTests.grid(10)
    let states = times.map { t -> State in
      let (c, s) = (cos(t), sin(t))
      return ([c * c, 0, 0, s * s], [0.3, c * s + 0.2, 0.2 - c * s, -0.3])
    }
    let found = try PathJudgementTests.judge(
      times, states, isDensity: true, of: PathJudgementTests.model(PathJudgementTests.turning))
    for bounds in found.distances { #expect(bounds.lower > 0.5 && bounds.lower < 0.7212 && bounds.upper > 0.7211) }
    #expect(!found.cause.hasPrefix("none"), "\(found.cause)")
  }

  /// -cos 2t + t and -t cos 2t of the truth; the path is off by a quarter turn.
  @Test func `formulas that hold the time have values along a path`() throws {
    let model = try PathJudgementTests.model(
      """
      space: {q: qubit}
      hamiltonian: q_x
      start: {q: down}
      quantities: {sum: {value: mean(q_z) + t}, product: {value: mean(q_z)*t}}
      """)
    let times = PathJudgementTests.grid(12)
    let states = times.map { PathJudgementTests.turned($0 + .pi / 4) }
    let found = try PathJudgementTests.judge(times, states, of: model)
    for figure in found.figures {
      for (place, t) in times.enumerated() {
        let off = abs(cos(2 * t) + sin(2 * t)) * (figure.name == "m.sum" ? 1 : t)
        let bounds = try #require(figure.bounds[place], "\(figure.name) at \(t)")
        // Some ten roundings of numbers below two.
        #expect(abs(bounds.upper - off) < 0x1p-46 && abs(bounds.lower - off) < 0x1p-46, "\(figure.name) at \(t)")
      }
    }
  }

  /// A time at which the truth is not reached does not take the others.
  @Test func `what is known before a time beyond reach stands`() throws {
    let states = Self.truth([0, 1, 1])
    let found = try PathJudgementTests.judge(
      [0, 1, 1e9], states, of: PathJudgementTests.model(PathJudgementTests.turning))
    // Two roundings of numbers up to one, and those of cos and sin within an ulp each: so far a vector is from the
    // truth, and its norm from one. By norms alone it is within |X| + 1, rounded up to a double: these have that
    // distance.
    let roundings = 0x1p-51
    #expect(found.distances[1].upper < roundings && found.distances[2].lower < roundings)
    #expect(found.distances[2].upper >= 2 - roundings && found.distances[2].upper <= 2 + roundings)
    #expect(found.method.hasSuffix("up to t = 1.0; from there on by norms alone"), "\(found.method)")
  }
}
