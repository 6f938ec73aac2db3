import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import Operators
import RigorousNumerics

/// What a distance of a trajectory comes of. The distances are proved; this is told in doubles, to say where to look.
struct LossDiagnosis {
  private let trajectory: Trajectory
  private let order: StateOrder
  private let point: ModelPoint
  let times: [Double]
  private var lower: [Double] = []
  private var upper: [Double] = []
  /// The weight of the truth on basis states that the path does not hold.
  private var outside: [Double] = []
  /// At some times the truth, by elements or amplitudes.
  private var kept: [Int: DoubleState] = [:]
  private let keptNumbers: Set<Int>
  private let own: Set<BasisState>

  init(_ trajectory: Trajectory, _ order: StateOrder, _ point: ModelPoint) {
    (self.trajectory, self.order, self.point) = (trajectory, order, point)
    times = trajectory.times.map { time in
      time.enclosure(precision: 128).midpoint?.double(rounding: .nearest) ?? .nan
    }
    let count = trajectory.times.count
    keptNumbers = Set((0..<32).map { $0 * (count - 1) / 31 })
    own = Set(order.states(point).compactMap { $0 })
  }

  mutating func add(
    _ number: Int, _ distance: PathDistance, _ vector: [BasisState: ComplexInterval],
    _ truth: [BasisState: ComplexInterval]
  ) {
    note(distance)
    let state = DoubleState(vector: truth)
    outside.append(state.weight { !own.contains($0) })
    if keptNumbers.contains(number) { kept[number] = state }
  }

  mutating func add(
    _ number: Int, _ distance: PathDistance, _ elements: PathDistance.Elements, _ truth: PathDistance.Elements
  ) {
    note(distance)
    let state = DoubleState(elements: truth)
    outside.append(state.weight { !own.contains($0) })
    if keptNumbers.contains(number) { kept[number] = state }
  }

  private mutating func note(_ distance: PathDistance) {
    lower.append(max(distance.value.lower.double(rounding: .down), 0))
    upper.append(distance.value.upper.double(rounding: .up))
  }

  // MARK: - The cause

  /// A distance below which nothing is looked for.
  private static let small = 1e-6

  func cause(_ walk: StateWalk, model: Model, arguments: Arguments, within budget: Budget) throws -> String {
    let greatest = lower.max() ?? 0
    guard greatest > Self.small else { return "none: the path is within \(Self.above(upper.max() ?? 0)) of the truth" }
    if let phase = phase() { return phase }
    if let label = try relabelled(model, arguments, within: budget) { return label }
    // Where the loss is first seen.
    let first = lower.firstIndex { $0 > max(greatest / 100, Self.small) } ?? 0
    if let cut = try cutOff(first) { return cut }
    if lower[0] > greatest / 2 {
      return "start: at the first time the path is off by \(Self.shown(lower[0])) already"
    }
    return try steps(walk, greatest, within: budget)
  }

  /// Orders of the factors, reversals, the conjugate, and other clocks: named where the distance falls by 100 and to
  /// below 1e-3.
  private func relabelled(_ model: Model, _ arguments: Arguments, within budget: Budget) throws -> String? {
    let numbers = kept.keys.sorted()
    let present = numbers.map { upper[$0] }.max() ?? 0
    let wanted = min(present / 100, 1e-3)
    guard present > Self.small else { return nil }
    func greatest(_ order: StateOrder, isConjugate: Bool, _ truth: [(number: Int, state: DoubleState)]) -> Double {
      let states = order.states(point)
      var result = 0.0
      for (number, state) in truth.reversed() {
        let given = ForeignState(point: point, trajectory: trajectory, number: number, places: states)
        result = max(result, state.distance(given, isConjugate: isConjugate))
        if result > wanted { break }
      }
      return result
    }
    let truth = numbers.compactMap { number in kept[number].map { (number, $0) } }
    for isConjugate in [false, true] {
      for other in [order] + order.others(trajectory, point) {
        try budget.check()
        let distance = greatest(other, isConjugate: isConjugate, truth)
        guard distance <= wanted else { continue }
        let what = isConjugate ? "the complex conjugate (of density matrices: the transpose) of the path" : "the path"
        let name = other.written(point)
        let place =
          name == order.written(point) ? "" : " in the order \(name)"
        return "labels: \(what)\(place) is within about \(Self.shown(distance)) of the truth"
          + (place.isEmpty || isConjugate ? "" : "; try --order \(name)")
      }
    }
    guard present > 0.01, model.schedule == nil else { return nil }
    var clocks: [(name: String, factor: Constant)] = []
    func add(_ name: String, _ text: String) {
      if let factor = try? Constant(parsing: text) { clocks.append((name, factor)) }
    }
    add("2*pi*t", "2*pi")
    add("t/(2*pi)", "1/(2*pi)")
    for (name, value) in arguments.numbers where value.sign == 1 && value.rational != 1 {
      add("\(name)*t", "\(value.expression)")
      add("t/\(name)", "1/(\(value.expression))")
    }
    // One early time tells of most clocks that they are others, before the truth is sought at late ones.
    let some = [min(1, numbers.count - 1), numbers.count / 3, 2 * numbers.count / 3, numbers.count - 1].map {
      numbers[$0]
    }
    for clock in clocks {
      var states: [(number: Int, state: DoubleState)] = []
      var conjugates = [false, true]
      for number in Set(some).sorted() {
        try budget.check()
        guard
          let time = try? Constant(trajectory.times[number].expression * clock.factor.expression),
          let state = try? state(at: time, within: budget)
        else { break }
        states.append((number, state))
        conjugates.removeAll { greatest(order, isConjugate: $0, [(number, state)]) > wanted }
        if conjugates.isEmpty { break }
      }
      guard states.count == Set(some).count else { continue }
      for isConjugate in conjugates {
        let distance = greatest(order, isConjugate: isConjugate, states)
        guard distance <= wanted else { continue }
        return "clock: the path is the truth at \(clock.name), within about \(Self.shown(distance)) at "
          + "\(states.count) times"
      }
    }
    return nil
  }

  private func state(at time: Constant, within budget: Budget) throws -> DoubleState {
    var walk = try StateWalk(point, until: time, bits: 64, within: budget)
    let there = try walk.advance(to: time)
    if let vector = there.vector, !trajectory.isDensity { return DoubleState(vector: vector.amplitudes) }
    return DoubleState(elements: try there.state.elements(point, within: budget))
  }

  /// A phase that all amplitudes share, at each time another one.
  private func phase() -> String? {
    guard !trajectory.isDensity else { return nil }
    let places = order.states(point)
    var (greatest, before) = (0.0, 0.0)
    for (number, state) in kept {
      guard
        let distance = state.distanceUpToPhase(
          ForeignState(point: point, trajectory: trajectory, number: number, places: places))
      else { return nil }
      (greatest, before) = (max(greatest, distance), max(before, upper[number]))
    }
    guard greatest <= before / 100, greatest < 1e-3 else { return nil }
    return "phase: but for a phase that all amplitudes share the path is within about \(Self.shown(greatest))"
  }

  /// The cut-off of modes: the truth stands where the path holds nothing, or the generator leads out of its levels.
  private func cutOff(_ first: Int) throws -> String? {
    guard !point.modes.isEmpty else { return nil }
    let distance = lower[first]
    // The root of the weight is the size of the vector there.
    let missed = trajectory.isDensity ? outside[first] : outside[first].squareRoot()
    let leak = try leaked(until: first)
    guard missed > distance / 10 || leak > distance / 4 else { return nil }
    return "cut-off: at t = \(times[first]) the truth has the weight \(Self.shown(outside[first])) on levels that the "
      + "path does not hold, and what the Hamiltonian leads out of them until then comes to \(Self.shown(leak))"
  }

  /// About the integral of |(1 - P) H X|.
  private func leaked(until last: Int) throws -> Double {
    let hamiltonian = point.at(Interval(0, precision: 64))
    var sizes: [BasisState: Double] = [:]
    let polynomial = try hamiltonian.openHamiltonian()
    for state in own {
      guard let column = try? point.basis.column(of: polynomial, at: state, in: hamiltonian.scalars) else { continue }
      var square = 0.0
      for (image, element) in column where !own.contains(image) {
        let size = try hamiltonian.scalars.enclosure(element).magnitude.upper.double(rounding: .up)
        square += size * size
      }
      if square > 0 { sizes[state] = square }
    }
    guard !sizes.isEmpty else { return 0 }
    let states = order.states(point)
    func rate(_ number: Int) -> Double {
      var sum = 0.0
      let given = trajectory.states[number]
      for (place, state) in states.enumerated() {
        guard let state, let size = sizes[state] else { continue }
        if trajectory.isDensity {
          sum += size * abs(trajectory.element(place, place, of: number).real)
        } else {
          sum += size * (given.real[place] * given.real[place] + given.imaginary[place] * given.imaginary[place])
        }
      }
      return sum.squareRoot() * (trajectory.isDensity ? 2 : 1)
    }
    var (sum, before) = (0.0, rate(0))
    for number in 1..<max(last + 1, 1) {
      let now = rate(number)
      sum += (times[number] - times[number - 1]) * (now + before) / 2
      before = now
    }
    return sum
  }

  /// Whether the loss is that of one step or of all.
  private func steps(_ walk: StateWalk, _ greatest: Double, within budget: Budget) throws -> String {
    let count = times.count
    guard count > 1 else { return "model or solver: one time does not tell" }
    let places = order.states(point)
    func given(_ number: Int) -> ForeignState {
      ForeignState(point: point, trajectory: trajectory, number: number, places: places)
    }
    // A distance grows by losses alone.
    let growth = (1..<count).map { max(0, lower[$0] - upper[$0 - 1]) }
    let steepest = (growth.indices.max { growth[$0] < growth[$1] } ?? 0) + 1
    let stride = max(1, (count - 1) / 128)
    var losses: [(end: Int, loss: Double, share: Double)] = []
    for end in Set(Swift.stride(from: 1, to: count, by: stride)).union([steepest]).sorted() {
      let (first, second) = (given(end - 1), given(end))
      guard
        let loss = try walk.loss(
          from: first, at: trajectory.times[end - 1], to: second, at: trajectory.times[end])
      else { continue }
      losses.append((end, loss, loss / max(first.change(to: second), .leastNormalMagnitude)))
    }
    if losses.isEmpty {
      losses = growth.enumerated().map { place, value in
        (place + 1, value, value / max(given(place).change(to: given(place + 1)), .leastNormalMagnitude))
      }
    }
    let sum = losses.reduce(0) { $0 + $1.loss }
    // The fewest steps that lose nine tenths.
    var (few, lossOfFew) = ([(end: Int, loss: Double, share: Double)](), 0.0)
    for item in losses.sorted(by: { $0.loss > $1.loss }) where lossOfFew < 0.9 * sum {
      few.append(item)
      lossOfFew += item.loss
    }
    let worst = few.first ?? losses[0]
    func between(_ end: Int) -> String { "between t = \(times[end - 1]) and t = \(times[end])" }
    if 4 * few.count <= losses.count {
      let places = few.prefix(3).map(\.end).sorted().map(between).joined(separator: ", ")
      return "step: \(Self.shown(lossOfFew)) is lost \(places)\(few.count > 3 ? " and in \(few.count - 3) more" : ""), "
        + "where the solver's step missed what happens; all other steps together lose \(Self.shown(sum - lossOfFew))"
    }
    let shares = losses.map(\.share).sorted()
    let middle = shares[shares.count / 2]
    if middle > 0.01 {
      let share = middle < 1 ? "\(Self.shown(middle)) of what changes in it" : "all that changes in it"
      return
        "model: every step is off, half of them by \(share) or more: another Hamiltonian, rate, start or convention, "
        + "or a solver that is as loose as that"
    }
    return
      "tolerance: the loss is spread over all steps, the greatest one \(Self.shown(worst.loss)) \(between(worst.end))"
  }

  private static func shown(_ value: Double) -> String { String(format: "%.2g", value) }

  /// Two digits, not below the value.
  private static func above(_ value: Double) -> String {
    let near = shown(value)
    guard value > 0, value.isFinite, let shownValue = Double(near), shownValue < value else { return near }
    return shown(value + pow(10, floor(log10(value)) - 1))
  }
}

extension ForeignState {
  /// The 2-norm of the change to another state.
  fileprivate func change(to other: ForeignState) -> Double {
    let (a, b) = (trajectory.states[number], trajectory.states[other.number])
    var sum = 0.0
    for place in a.real.indices {
      let (x, y) = (a.real[place] - b.real[place], a.imaginary[place] - b.imaginary[place])
      sum += x * x + y * y
    }
    return sum.squareRoot()
  }
}
