import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// Whether a loss is that of few steps of the solver or of all.
extension LossDiagnosis {
  private typealias Loss = (end: Int, loss: Double, share: Double)

  /// The most steps that are looked at: those in which the distance grows most, and others at equal distances.
  private static let greatestSteps = 192

  func steps(_ walk: StateWalk, within budget: Budget) throws -> String {
    let count = times.count
    guard count > 1 else { return "model or solver: one time does not tell" }
    let places = order.states(point)
    let growth = (1..<count).map { lower[$0] - upper[$0 - 1] }
    let steepest = (growth.indices.max { growth[$0] < growth[$1] } ?? 0) + 1
    var losses: [Loss] = []
    for end in ends(growth) {
      try budget.check()
      let (first, second) = (given(end - 1, places), given(end, places))
      guard
        let loss = try walk.loss(from: first, at: trajectory.times[end - 1], to: second, at: trajectory.times[end])
      else {
        // What a step loses is not what the distance grows by: the flow carries on what was lost before.
        return "growth: the distance grows most, by about \(Self.shown(max(growth[steepest - 1], 0))), "
          + "\(between(steepest)); what each step loses is not told for states that are computed in this way"
      }
      losses.append((end, loss, loss / max(first.change(to: second), .leastNormalMagnitude)))
    }
    return told(losses)
  }

  private func ends(_ growth: [Double]) -> [Int] {
    guard growth.count > Self.greatestSteps else { return Array(1...growth.count) }
    let steep = growth.indices.sorted { growth[$0] > growth[$1] }.prefix(Self.greatestSteps / 2).map { $0 + 1 }
    let step = 2 * growth.count / Self.greatestSteps + 1
    return Set(steep).union(stride(from: 1, through: growth.count, by: step)).sorted()
  }

  private func between(_ end: Int) -> String { "between t = \(times[end - 1]) and t = \(times[end])" }

  private func told(_ losses: [Loss]) -> String {
    let sum = losses.reduce(0) { $0 + $1.loss }
    guard sum > 0 else { return "model or solver: no step is seen to lose anything" }
    // The fewest steps that lose nine tenths.
    var (few, lossOfFew) = ([Loss](), 0.0)
    for item in losses.sorted(by: { $0.loss > $1.loss }) where lossOfFew < 0.9 * sum {
      few.append(item)
      lossOfFew += item.loss
    }
    let worst = few.first ?? losses[0]
    let rest = max(sum - lossOfFew, 0)
    let isAll = losses.count == times.count - 1
    // One wrong sample takes two steps: of few steps these count as such where the others lose next to nothing.
    if 4 * few.count <= losses.count || few.count < min(losses.count, 3) && rest <= sum / 100 {
      let places = few.prefix(3).map(\.end).sorted().map(between).joined(separator: ", ")
      let more = few.count > 3 ? " and in \(few.count - 3) more" : ""
      let others =
        isAll ? "all other steps together lose" : "\(losses.count - few.count) others that were looked at lose"
      return "step: \(Self.shown(lossOfFew)) is lost \(places)\(more), where the solver's step missed what happens; "
        + "\(others) \(Self.shown(rest))"
    }
    let shares = losses.map(\.share).sorted()
    let middle = shares[shares.count / 2]
    if middle > 0.01 {
      let share = middle < 1 ? "\(Self.shown(middle)) of what changes in it" : "all that changes in it"
      return "model: the steps are off, half of them by \(share) or more: another Hamiltonian, rate, start or "
        + "convention, or a solver that is as loose as that"
    }
    return "tolerance: \(few.count) of \(losses.count) steps lose nine tenths, the greatest one "
      + "\(Self.shown(worst.loss)) \(between(worst.end))"
  }
}

extension ForeignState {
  /// The 2-norm of the change to another state.
  func change(to other: ForeignState) -> Double {
    let (a, b) = (trajectory.states[number], trajectory.states[other.number])
    var sum = 0.0
    for place in a.real.indices {
      let (x, y) = (a.real[place] - b.real[place], a.imaginary[place] - b.imaginary[place])
      sum += x * x + y * y
    }
    return sum.squareRoot()
  }
}
