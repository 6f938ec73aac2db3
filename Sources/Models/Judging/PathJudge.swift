import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// The run that judges a trajectory.
struct PathJudge {
  private let trajectory: Trajectory
  private let model: Model
  private let arguments: Arguments
  private let budget: Budget
  private let point: ModelPoint
  private let order: StateOrder
  private let places: [BasisState?]
  private var walk: StateWalk
  private let bits: Int

  init(
    _ trajectory: Trajectory, _ model: Model, _ arguments: Arguments, order: String, bits: Int, within budget: Budget
  ) throws {
    (self.trajectory, self.model, self.arguments, self.bits, self.budget) = (trajectory, model, arguments, bits, budget)
    point = try ModelPoint(model, arguments, precision: bits + 64)
    self.order = try StateOrder(order, of: trajectory, point)
    places = self.order.states(point)
    walk = try StateWalk(point, until: trajectory.times[trajectory.times.count - 1], bits: bits, within: budget)
  }

  /// The judgement, and whether more bits would not bring its bounds nearer.
  mutating func run() throws -> (judgement: PathJudgement, isTold: Bool) {
    var figures = try model.figures.filter { $0.value.isServedInDoubles && FigureNeeds($0, of: model).time }.map {
      try JudgedFigure($0, model, arguments, precision: bits + 64, within: budget)
    }
    let (hasMeans, hasOthers) = (figures.contains(where: \.isLinear), figures.contains { !$0.isLinear })
    var diagnosis = LossDiagnosis(trajectory, order, point)
    var distances: [PathJudgement.Bounds] = []
    var (isVector, isTold) = (false, true)
    for (number, time) in trajectory.times.enumerated() {
      try budget.check()
      let there = try walk.advance(to: time)
      let given = ForeignState(point: point, trajectory: trajectory, number: number, places: places)
      let distance: PathDistance
      if let vector = there.vector, !trajectory.isDensity {
        isVector = true
        let amplitudes = given.amplitudes
        distance = PathDistance(amplitudes, vector.amplitudes, error: vector.distance)
        diagnosis.add(number, distance, amplitudes, vector.amplitudes)
      } else {
        let own = given.elements()
        let truth = try there.state.elements(point, within: budget)
        distance = try PathDistance(
          own.elements, skew: own.skew, truth, error: Interval(there.state.distance.traceNorm), within: budget)
        diagnosis.add(number, distance, own.elements, truth)
      }
      isTold = isTold && distance.isTold
      distances.append(PathJudgement.Bounds(distance.value))
      let asItStands = hasMeans ? given.state() : nil
      let asState = try hasOthers ? given.nearestState(within: budget) : nil
      for place in figures.indices {
        try figures[place].add(figures[place].isLinear ? asItStands : asState, there.state, at: time)
      }
    }
    let cause = cause(diagnosis)
    let judgement = PathJudgement(
      norm: isVector ? "2-norm" : "trace norm", method: walk.method, times: diagnosis.times, distances: distances,
      figures: figures.map(\.result), cause: cause)
    return (judgement, isTold)
  }

  /// What did it, as far as it is found in half of the time that is left: the bounds stand without it.
  private func cause(_ diagnosis: LossDiagnosis) -> String {
    let limited = budget.limited(toSeconds: budget.secondsLeft / 2)
    var walk = walk
    walk.budget = limited
    do {
      return try diagnosis.cause(walk, model: model, arguments: arguments, within: limited)
    } catch {
      let isOver = limited.secondsLeft == 0
      return "not told: \(isOver ? "looking for it takes longer than the time that is left" : "\(error)")"
    }
  }
}

extension ModelState {
  /// The elements of the density matrix on and below the diagonal, without what the distance adds.
  func elements(_ point: ModelPoint, within budget: Budget) throws -> PathDistance.Elements {
    let local = try LocalState(self, Array(0..<point.basis.count), point, within: budget)
    return local.elements.reduce(into: [:]) { result, element in
      let (row, column) = (local.states[element.key.row], local.states[element.key.column])
      result[.init(row: row, column: column)] = element.value.value
    }
  }
}
