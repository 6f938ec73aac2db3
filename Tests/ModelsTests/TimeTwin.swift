import ArbitraryPrecision
import RigorousNumerics

@testable import Models

/// A random model with figures over a window [0, T], and the same by samples of the dense exponential, with a bound of
/// how fast the mean can change between them.
struct TimeTwin {
  let model: RandomModel
  let text: String

  init(_ model: RandomModel) {
    self.model = model
    let x = "mean(\(model.observable.text))"
    text =
      model.text + """

          greatest: {value: "greatest(\(x), T)"}
          greatest-at: {value: "time_of_greatest(\(x), T)"}
          least: {value: "least(\(x), T)"}
          average: {value: "average(\(x), T)"}
          rate: {value: "rate(\(x))"}
          passage: {value: "first_time(\(x) = c)"}
          first: {value: "time_of_first_maximum(\(x))"}
          power: {value: "greatest((\(x) - initial(\(x)))/t, T)"}
          curved: {value: "greatest((\(x))^2 - t*\(x) + sin(t), T)"}
        parameters: {T: non-negative, c: real}
        """
  }

  private typealias Vector = (real: [Interval], imaginary: [Interval])

  /// The mean and its rate at times.
  struct Sample {
    let time: Interval
    let value: Interval
    let rate: Interval
  }

  /// Samples at 0, h, 2h, ..., and the greatest rate of change there could be.
  func samples(_ count: Int, step: Interval) throws -> (samples: [Sample], slope: Interval) {
    let (h, x) = (model.hamiltonian.matrix, model.observable.matrix)
    let d = h.dimension
    var generator = IntervalMatrix(zero: 2 * d, precision: RandomModel.precision)
    for i in 0..<d {
      for j in 0..<d {
        (generator[i, j], generator[d + i, d + j]) = (h.imaginary[i, j] * step, h.imaginary[i, j] * step)
        (generator[i, d + j], generator[d + i, j]) = (h.real[i, j] * step, -(h.real[i, j] * step))
      }
    }
    let turn = try generator.exponential(within: Budget(seconds: 600))
    // i (HX - XH).
    let zero = Interval(0, precision: 64)
    let one = Interval(1, precision: 64)
    let rate = (h * x).scaled(zero, one) + (x * h).scaled(zero, -one)
    var slope = zero
    for i in 0..<d {
      slope = slope.maximum(
        (0..<d).reduce(zero) { $0 + rate.real[i, $1].absoluteValue + rate.imaginary[i, $1].absoluteValue })
    }
    func mean(_ a: DenseMatrix, _ v: Vector) -> Interval {
      let w = a.applied(v)
      return zip(v.real, w.real).reduce(zero) { $0 + $1.0 * $1.1 }
        + zip(v.imaginary, w.imaginary).reduce(zero) { $0 + $1.0 * $1.1 }
    }
    var state = model.vector
    var result: [Sample] = []
    for index in 0...count {
      let time = Interval(index, precision: RandomModel.precision) * step
      result.append(Sample(time: time, value: mean(x, state), rate: mean(rate, state)))
      let next = turn.applied(to: state.real + state.imaginary)
      state = (Array(next[..<d]), Array(next[d...]))
    }
    return (result, slope)
  }
}
