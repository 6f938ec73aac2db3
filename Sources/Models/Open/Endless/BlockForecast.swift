import ArbitraryPrecision
import Catalogue
import FastKernels
import RigorousNumerics

/// The elements that a path of a ``TruncatedBlock`` is going to need, found by a path in doubles.
///
/// This is a guess: nothing is proved of it. A path that needs more elements adds them itself, and elements that it
/// does not need change none of its bounds.
struct BlockForecast {
  /// An element that leads out.
  struct Exit {
    let from: Int
    let to: Int
    /// The place of the matrix.
    let function: Int
    let size: Double
  }

  /// A flow in doubles, and what leads out of it.
  struct Matrices {
    let kernel: TaylorDoubles
    let outside: [GrowingBlock.Coordinate]
    let exits: [Exit]
  }

  private let end: Double
  /// What may lead out in a unit of time.
  private let allowed: Double

  /// Paths bound what leads out by the magnitudes of all terms of a step, which exceed their sum.
  private static let marginBits = 10
  /// What doubles tell beside one.
  private static let greatestBits = 60
  /// Sums of |M_j| |f_j| of a step.
  private static let turn = 4.0
  private static let leastSteps = 64.0
  private static let greatestSteps = 20_000
  /// The numbers that are added around those that lead out.
  private static let depth = 4

  init(until end: Interval, bits: Int) {
    self.end = end.upper.double(rounding: .up)
    allowed = Double(sign: .plus, exponent: -min(bits + Self.marginBits, Self.greatestBits), significand: 1) / self.end
  }

  /// Adds what the path needs.
  ///
  /// - Throws: ``Unanswered`` beyond the sizes that are served.
  func grow(_ block: inout GrowingBlock, from start: DensityStart, within budget: Budget) throws {
    guard end > 0, end.isFinite else { return }
    do {
      try followed(&block, from: start, within: budget)
    } catch is KernelRefusal {
      // The path finds them.
    }
  }

  private func followed(_ block: inout GrowingBlock, from start: DensityStart, within budget: Budget) throws {
    try block.complete(within: budget)
    var matrices = try block.inDoubles()
    var numbers = block.coordinates.map { start.number($0).midpoint?.double(rounding: .nearest) ?? 0 }
    let functions = block.functions
    var (time, steps) = (0.0, 0)
    while time < end {
      try budget.check()
      steps += 1
      guard steps < Self.greatestSteps else { return }
      let factors = [1] + (try values(functions, at: time))
      let speed = zip(matrices.kernel.norms, factors).reduce(0) { $0 + $1.0 * abs($1.1) }
      let length = min(end - time, speed > 0 ? Self.turn / speed : end, end / Self.leastSteps)
      let middle = [1] + (try values(functions, at: time + length / 2))
      var next = numbers
      _ = try matrices.kernel.step(
        &next, factors: middle.map { [(length * $0, 0)] }, remainders: [Double](repeating: 0, count: middle.count))
      var rates = [Double](repeating: 0, count: matrices.outside.count)
      for exit in matrices.exits {
        rates[exit.to] +=
          exit.size * max(abs(factors[exit.function]), abs(middle[exit.function]))
          * max(abs(numbers[exit.from]), abs(next[exit.from]))
      }
      guard rates.reduce(0, +) > allowed else {
        (numbers, time) = (next, time + length)
        continue
      }
      let least = allowed / Double(4 * rates.count)
      try block.add(
        zip(matrices.outside, rates).filter { least < $1 }.map(\.0), depth: Self.depth, within: budget)
      try block.complete(within: budget)
      matrices = try block.inDoubles()
      numbers += [Double](repeating: 0, count: block.coordinates.count - numbers.count)
    }
  }

  private func values(_ functions: ContractiveFlow?, at time: Double) throws -> [Double] {
    guard let functions, let exact = Interval(exactly: time, precision: 64) else { return [] }
    return try functions.series(exact, order: 0, precision: 64).map {
      $0.coefficients[0].midpoint?.double(rounding: .nearest) ?? 0
    }
  }
}
