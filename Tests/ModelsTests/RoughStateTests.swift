import Catalogue
import Expressions
import Foundation
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Paths of so many numbers that they are compared with the truth in doubles: closed forms that are off by a known
/// vector or matrix.
@Suite struct RoughStateTests {
  typealias State = PathJudgementTests.State

  /// Qubits that turn and decay each for itself: without a rate exp(-i t x/2) of each, without a turn e^(-t) of `up`.
  static func model(cells: Int, _ more: String) throws -> Model {
    try PathJudgementTests.model(
      """
      space: {s: {kind: qubit, cells: \(cells)}}
      \(more)
      quantities:
        z: {value: "sum(j from 0 to \(cells - 1), mean(s_z[j]))"}
        spread: {value: "variance(sum(j, s_z[j]))"}
      """)
  }

  static let turning = "hamiltonian: sum(j, s_x[j])/2\nstart: {s: down}"

  /// The product of equal amplitudes of each cell.
  static func product(cells: Int, _ down: (Double, Double), _ up: (Double, Double)) -> State {
    var state: State = ([1], [0])
    for _ in 0..<cells {
      var next: State = ([], [])
      for (a, b) in zip(state.real, state.imaginary) {
        for (x, y) in [down, up] {
          next.real.append(a * x - b * y)
          next.imaginary.append(a * y + b * x)
        }
      }
      state = next
    }
    return state
  }

  static func turned(_ t: Double) -> State { product(cells: 7, (cos(t / 2), 0), (0, -sin(t / 2))) }

  @Test func `a vector of many amplitudes that is off by a vector has its length as distance`() throws {
    let model = try Self.model(cells: 7, Self.turning)
    try RandomCases.run(6) { random, label in
      let times = (0..<5).map { Double($0) / 4 }
      let size = random.positiveDouble(exponents: -24 ... -4)
      let place = Int(random.next() % 128)
      let states = times.map { t -> State in
        var state = Self.turned(t)
        state.real[place] += size
        return state
      }
      let found = try PathJudgementTests.judge(times, states, of: model)
      for bounds in found.distances {
        #expect(bounds.lower <= size + 0x1p-48 && bounds.upper >= size - 0x1p-48, "\(label): \(bounds)")
        #expect(bounds.upper - bounds.lower < size / 1000, "\(label): \(bounds)")
      }
      // The mean of z as the path stands, and the variance of the vector over its norm: 7 sin(t)^2 without what it is
      // off by.
      for (t, bounds) in zip(times, found.figures[0].bounds) {
        let amplitude = Self.turned(t).real[place]
        let z = Double(2 * place.nonzeroBitCount - 7)
        let expected = abs(z * (2 * amplitude + size) * size)
        let own = try #require(bounds)
        #expect(own.lower <= expected + 0x1p-44 && own.upper >= expected - 0x1p-44, "\(label), t = \(t): \(own)")
      }
      for (t, value) in zip(times, found.figures[1].values) {
        #expect(abs((value ?? .nan) - 7 * sin(t) * sin(t)) < 200 * size, "\(label), t = \(t)")
      }
    }
  }

  @Test func `a path of roundings is within roundings when it is compared in doubles and beyond`() throws {
    let times = (0..<9).map { Double($0) / 4 }
    let found = try PathJudgementTests.judge(times, times.map(Self.turned), of: Self.model(cells: 7, Self.turning))
    #expect(found.greatest < 0x1p-48)
    #expect(found.cause.hasPrefix("none"))
  }

  @Test func `a matrix of many elements that is off by a matrix has its trace norm as distance`() throws {
    let decaying = "hamiltonian: \"0\"\njumps: [{each: j, operator: \"s_m[j]\", rate: \"1\"}]\nstart: {s: plus}"
    let model = try Self.model(cells: 5, decaying)
    let times = [0, 0.5, 1]
    try RandomCases.run(4) { random, label in
      let size = random.positiveDouble(exponents: -20 ... -4)
      let (row, column) = (Int(random.next() % 16), 16 + Int(random.next() % 16))
      let isSkew = random.next() % 2 == 0
      let states = times.map { t -> State in
        // Of a cell |1><1| has e^(-t)/2, and |1><0| e^(-t/2)/2.
        var state: State = ([Double](repeating: 0, count: 1024), [Double](repeating: 0, count: 1024))
        for i in 0..<32 {
          for j in 0..<32 {
            var value = 1.0
            for cell in 0..<5 {
              switch (i >> cell & 1, j >> cell & 1) {
              case (1, 1): value *= exp(-t) / 2
              case (0, 0): value *= 1 - exp(-t) / 2
              default: value *= exp(-t / 2) / 2
              }
            }
            state.real[i * 32 + j] = value
          }
        }
        state.imaginary[row * 32 + column] += size
        state.imaginary[column * 32 + row] += isSkew ? size : -size
        return state
      }
      let found = try PathJudgementTests.judge(times, states, isDensity: true, of: model)
      for bounds in found.distances {
        // An element and its mirror image: the eigenvalues are of the size of both.
        #expect(bounds.lower <= 2 * size && bounds.upper >= 2 * size * (1 - 0x1p-20), "\(label): \(bounds)")
        #expect(bounds.upper <= 2 * size * (isSkew ? 6 : 1.001), "\(label): \(bounds)")
      }
    }
  }

  @Test func `a driven vector is compared by its projector`() throws {
    // cos(t) has the integral sin(t): each cell turns by that.
    let model = try Self.model(cells: 5, "hamiltonian: cos(t)*sum(j, s_x[j])\nstart: {s: down}")
    let times = [0, 0.5, 1, 2]
    let size = 0x1p-12
    let states = times.map { t -> State in
      var state = Self.product(cells: 5, (cos(sin(t)), 0), (0, -sin(sin(t))))
      // Another phase is no distance, and what is added across the vector is one of twice its length, next to.
      let (a, b) = (cos(3 * t), sin(3 * t))
      let (x, y) = (state.real, state.imaginary)
      for k in x.indices { (state.real[k], state.imaginary[k]) = (a * x[k] - b * y[k], a * y[k] + b * x[k]) }
      let other = Self.product(cells: 5, (-sin(sin(t)), 0), (0, -cos(sin(t))))
      for k in x.indices {
        state.real[k] += size * other.real[k]
        state.imaginary[k] += size * other.imaginary[k]
      }
      return state
    }
    let found = try PathJudgementTests.judge(times, states, of: model)
    #expect(found.norm == "trace norm")
    // (A - B)^2 + 4 A |r|^2 with A = 1 + s^2, B = 1 and |r|^2 = s^2/(1 + s^2).
    let expected = (size * size * size * size + 4 * size * size).squareRoot()
    for bounds in found.distances {
      #expect(bounds.lower <= expected * (1 + 0x1p-30) && bounds.upper >= expected * (1 - 0x1p-30), "\(bounds)")
      #expect(bounds.upper < expected * 1.001, "\(bounds)")
    }
  }
}
