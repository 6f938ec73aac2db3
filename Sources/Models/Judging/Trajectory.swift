import Catalogue
import Expressions

/// A trajectory that someone computed: a vector or a density matrix of complex doubles at each of some times. Nothing
/// is assumed of it; the doubles are the dyadic rationals that they are.
public struct Trajectory: Sendable {
  /// The times, rising from zero or later.
  public let times: [Constant]
  /// Whether it holds density matrices.
  public let isDensity: Bool
  /// The number of basis states.
  public let dimension: Int
  /// The numbers of states of the factors, in the order of the path; nil where it does not tell.
  let factors: [Int]?
  /// The real and imaginary parts of the elements, matrices row after row.
  let states: [(real: [Double], imaginary: [Double])]

  /// The most times.
  static let greatestCount = 100_000

  /// A trajectory.
  ///
  /// - Throws: ``BadInput`` for times or states that make none.
  public init(
    times: [Constant], states: [(real: [Double], imaginary: [Double])], isDensity: Bool, dimension: Int,
    factors: [Int]? = nil
  ) throws(BadInput) {
    guard times.count == states.count, !times.isEmpty else {
      throw BadInput("\(states.count) states for \(times.count) times; accepted: one for each")
    }
    guard times.count <= Self.greatestCount else {
      throw BadInput("\(times.count) times; accepted: at most \(Self.greatestCount)")
    }
    let count = isDensity ? dimension * dimension : dimension
    for (index, state) in states.enumerated() {
      guard state.real.count == count, state.imaginary.count == count else {
        throw BadInput("state \(index) has \(state.real.count) elements; accepted: \(count)")
      }
      guard state.real.allSatisfy(\.isFinite), state.imaginary.allSatisfy(\.isFinite) else {
        throw BadInput("state \(index) has an element that is infinite or no number; accepted: finite numbers")
      }
    }
    for (index, time) in times.enumerated() {
      guard index == 0 ? time.sign.map({ $0 >= 0 }) == true : Self.isAbove(time, times[index - 1]) else {
        let what = index == 0 ? "is not 0 or later" : "is not after the one before"
        throw BadInput("time \(index) \(what); accepted: rising times from 0 on")
      }
    }
    if let factors {
      guard factors.allSatisfy({ $0 >= 1 }), Self.product(factors) == dimension else {
        let shown = factors.map(String.init).joined(separator: ", ")
        throw BadInput("dims are \(shown) of \(dimension) basis states; accepted: factors of the product \(dimension)")
      }
    }
    (self.times, self.states) = (times, states)
    (self.isDensity, self.dimension, self.factors) = (isDensity, dimension, factors)
  }

  /// The product of sizes; nil beyond the integers of the machine.
  static func product(_ sizes: [Int]) -> Int? {
    sizes.reduce(1) { product, size in
      guard let (value, isOver) = product?.multipliedReportingOverflow(by: size), !isOver else { return nil }
      return value
    }
  }

  private static func isAbove(_ time: Constant, _ other: Constant) -> Bool {
    if let a = time.rational, let b = other.rational { return b < a }
    return other.enclosure(precision: 256).upper < time.enclosure(precision: 256).lower
  }

  /// An element of a density matrix.
  func element(_ row: Int, _ column: Int, of state: Int) -> (real: Double, imaginary: Double) {
    let place = row * dimension + column
    return (states[state].real[place], states[state].imaginary[place])
  }
}
