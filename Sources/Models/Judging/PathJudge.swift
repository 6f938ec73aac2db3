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

  /// Distances that are so small beside the greatest one need not be known better: the truth's error is not what is
  /// asked for.
  private static let smallShare = 0x1p-10
  /// The bits from which on figures are taken as they come.
  private static let figureBits = 64

  /// Up to so many bits the truth is known to what doubles hold, or not much better, and compared in them where numbers
  /// are many.
  static let doubleBits = 56

  /// How far a run has come.
  enum Extent: Equatable {
    /// More bits would not bring its bounds nearer.
    case told
    /// More bits may: so many as are foreseen to do, or what comes next.
    case open(bits: Int?)
    /// The truth was not reached at the last sample: the time was over, or it is beyond what is served.
    case partial
  }

  /// The judgement, and how far it has come.
  mutating func run() throws -> (judgement: PathJudgement, extent: Extent) {
    var figures = try model.figures.filter { $0.value.isServedInDoubles && FigureNeeds($0, of: model).time }.map {
      // A figure has 64 bits more than it is asked for: those that the states have.
      try JudgedFigure($0, model, arguments, precision: bits, within: budget)
    }
    let (hasMeans, hasOthers) = (figures.contains(where: \.isLinear), figures.contains { !$0.isLinear })
    if bits <= Self.doubleBits, let frame = walk.frame(places, isDensity: trajectory.isDensity) {
      walk.rough = StateWalk.Rough(frame: frame, hasMeans: hasMeans, hasOthers: hasOthers)
    }
    var diagnosis = LossDiagnosis(trajectory, order, point)
    var distances: [PathJudgement.Bounds] = []
    var isVector = false
    var open: [Double] = []
    for (number, time) in trajectory.times.enumerated() {
      do {
        try budget.check()
        let there = try walk.advance(to: time)
        let given = ForeignState(point: point, trajectory: trajectory, number: number, places: places)
        let distance: PathDistance
        let inDoubles = there.inDoubles.map { given.rough(in: $0.frame) }
        if let inDoubles, let truth = there.inDoubles {
          isVector = !truth.isMatrix && !there.isProjector
          distance =
            there.isProjector
            ? PathDistance(projectorsOf: inDoubles.state, truth)
            : try PathDistance(inDoubles.state, skew: inDoubles.skew, truth, within: budget)
          diagnosis.add(number, distance, DoubleState(truth, isProjector: there.isProjector))
        } else if let vector = there.vector, !trajectory.isDensity {
          isVector = true
          let amplitudes = given.amplitudes
          distance = PathDistance(amplitudes, vector.amplitudes, error: vector.distance)
          diagnosis.add(number, distance, DoubleState(vector: vector.amplitudes))
        } else {
          let own = given.elements()
          let truth = try there.state.elements(point, within: budget)
          distance = try PathDistance(
            own.elements, skew: own.skew, truth, error: Interval(there.state.distance.traceNorm), within: budget)
          diagnosis.add(number, distance, DoubleState(elements: truth))
        }
        distances.append(PathJudgement.Bounds(distance.value).and(given.boundsByNorm(isVector: isVector)))
        if !distance.isTold { open.append(distance.value.upper.double(rounding: .up)) }
        let asItStands = hasMeans ? inDoubles.map { ModelState($0.state) } ?? given.state() : nil
        let asState = try hasOthers ? given.nearestState(in: there.inDoubles?.frame, within: budget) : nil
        for place in figures.indices {
          try figures[place].add(figures[place].isLinear ? asItStands : asState, there.state, at: time)
        }
      } catch let reason where (reason is Unanswered || reason is Undecided) && !distances.isEmpty {
        // What was proved stands.
        return (partial(distances, figures, diagnosis.times, isVector: isVector, "\(reason)"), .partial)
      }
    }
    let cause = cause(diagnosis)
    let judgement = PathJudgement(
      norm: isVector ? "2-norm" : "trace norm", method: walk.method, times: diagnosis.times, distances: distances,
      figures: figures.map(\.result), cause: cause)
    let small = Self.smallShare * (distances.map(\.lower).max() ?? 0)
    guard open.allSatisfy({ $0 <= small }) else { return (judgement, .open(bits: nil)) }
    if bits >= Self.figureBits { return (judgement, .told) }
    let missing = figures.map { $0.missingBits(within: small) }
    if missing.allSatisfy({ $0 == 0 }) { return (judgement, .told) }
    let most = missing.contains(nil) ? nil : missing.compactMap { $0 }.max()
    return (judgement, .open(bits: most.map { bits + $0 + Self.spareBits }))
  }

  /// What is foreseen has some bits to spare.
  private static let spareBits = 2

  /// The judgement of a run that was cut short.
  private func partial(
    _ distances: [PathJudgement.Bounds], _ figures: [JudgedFigure], _ times: [Double], isVector: Bool,
    _ reason: String
  ) -> PathJudgement {
    let reached = times[distances.count - 1]
    // A figure may have been cut off before the distance, or after it.
    let rest = (distances.count..<times.count).map { number in
      ForeignState(point: point, trajectory: trajectory, number: number, places: places)
        .boundsByNorm(isVector: isVector)
    }
    var figures = figures
    for place in figures.indices { figures[place].fill(times.count) }
    return PathJudgement(
      norm: isVector ? "2-norm" : "trace norm",
      method: "\(walk.method) up to t = \(reached); from there on by norms alone",
      times: times, distances: distances + rest, figures: figures.map(\.result),
      cause: "not told: the truth is known up to t = \(reached) alone (\(reason))", reached: distances.count)
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
