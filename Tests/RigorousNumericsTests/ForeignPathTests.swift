import ArbitraryPrecision
import RigorousNumerics
import Testing

@Suite struct ForeignPathTests {
  private let n = 8
  private var flow: SkewFlow {
    SkewFlow(dimension: n + 1, integer: (0..<n).map { .init(row: $0 + 1, column: $0, ($0 + 1) * (n - $0)) })
  }

  /// The classical Runge-Kutta method in doubles, as a student would write it.
  private func path(steps: Int, h: Double) -> [[Double]] {
    func rate(_ v: [Double]) -> [Double] {
      (0...n).map { k in
        (k > 0 ? Double(k * (n - k + 1)) * v[k - 1] : 0) - (k < n ? Double((k + 1) * (n - k)) * v[k + 1] : 0)
      }
    }
    func sum(_ a: [Double], _ factor: Double, _ b: [Double]) -> [Double] { zip(a, b).map { $0 + factor * $1 } }
    var states = [(0...n).map { $0 == 0 ? 1.0 : 0 }]
    for _ in 0..<steps {
      let v = states[states.count - 1]
      let a = rate(v)
      let b = rate(sum(v, h / 2, a))
      let c = rate(sum(v, h / 2, b))
      let d = rate(sum(v, h, c))
      states.append(sum(sum(sum(sum(v, h / 6, a), h / 3, b), h / 3, c), h / 6, d))
    }
    return states
  }

  /// The bound holds against a certified run, and is of the size of the true distance; a perturbed path shows.
  @Test func `a trajectory in doubles is bounded, and a perturbed one is found out`() throws {
    let (steps, h) = (64, 1.0 / 256)
    var states = path(steps: steps, h: h)
    let times = (0...steps).map { Rational(Integer($0), 256) }
    let bounds = try flow.distances(
      of: ForeignPath(times: times, states: states, dimension: n + 1), from: .unit(0, dimension: n + 1), within: Budget())
    for index in [1, 16, 64] {
      let truth = try flow.evolved(
        .unit(0, dimension: n + 1), for: Interval(times[index], precision: 200), bits: 120, within: Budget())
      var sum = 0.0
      for k in 0...n { sum += (truth.element(k).lower.double(rounding: .nearest) - states[index][k]).magnitudeSquared }
      let distance = sum.squareRoot()
      let bound = bounds[index].double(rounding: .up)
      #expect(distance <= bound + 1e-15 && bound <= 100 * distance + 1e-14, "\(index): \(distance), \(bound)")
    }
    #expect(bounds[0].isZero)
    states[20][3] += 1e-6
    let perturbed = try flow.distances(
      of: ForeignPath(times: times, states: states, dimension: n + 1), from: .unit(0, dimension: n + 1), within: Budget())
    #expect(perturbed[20].double(rounding: .down) >= 0.9e-6 && perturbed[19] == bounds[19])
  }

  @Test func `what is no trajectory is refused`() {
    func refusal(_ states: [[Double]], _ times: [Rational]) -> String? {
      do {
        _ = try ForeignPath(times: times, states: states, dimension: 2)
        return nil
      } catch { return "\(error)" }
    }
    #expect(refusal([[1, 0]], []) == "1 vectors for 0 times; accepted: one for each")
    #expect(refusal([], []) == "0 vectors for 0 times; accepted: one for each")
    #expect(refusal([[1]], [0]) == "vector 0 has 1 elements; accepted: 2")
    #expect(refusal([[1, 0], [.nan, 0]], [0, 1]) == "vector 1 is not finite; accepted: finite doubles")
    #expect(refusal([[1, 0], [1, 0]], [1, 1]) == "time 1 is not above the one before; accepted: rising times")
    #expect(refusal([[1, 0], [1, 0]], [0, 1]) == nil)
    func misfit(_ dimension: Int, _ start: Int) -> String? {
      do {
        let path = try ForeignPath(
          times: [0], states: [Array(repeating: 0, count: dimension)], dimension: dimension)
        _ = try flow.distances(of: path, from: .unit(0, dimension: start), within: Budget())
        return nil
      } catch { return "\(error)" }
    }
    #expect(misfit(2, n + 1) == "the path has 2 elements; accepted: \(n + 1)")
    #expect(misfit(n + 1, 3) == "the start has 3 elements; accepted: \(n + 1)")
  }
}

extension Double {
  fileprivate var magnitudeSquared: Double { self * self }
}
