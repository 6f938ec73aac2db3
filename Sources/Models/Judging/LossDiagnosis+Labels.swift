import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// What brings a path to the truth as a whole: a phase, other labels, another clock. It is named where the distance
/// falls by 100 and to below 1e-3, at all times that are kept, at one of which the path is half as far off as anywhere.
extension LossDiagnosis {
  /// The numbers of the kept times, and what the distance has to fall to there; nil where they do not show the loss.
  private var shown: (numbers: [Int], wanted: Double)? {
    let numbers = kept.keys.sorted()
    let present = numbers.map { upper[$0] }.max() ?? 0
    guard present > Self.small, 2 * present >= lower.max() ?? 0 else { return nil }
    return (numbers, min(present / 100, 1e-3))
  }

  /// At how many times something was looked at.
  private func told(_ count: Int) -> String { count == times.count ? "" : " at \(count) of \(times.count) times" }

  private static func path(_ isConjugate: Bool) -> String {
    isConjugate ? "the complex conjugate (of density matrices: the transpose) of the path" : "the path"
  }

  /// A phase that all amplitudes share, at each time another one.
  func phase() -> String? {
    guard !trajectory.isDensity, let (numbers, wanted) = shown else { return nil }
    let places = order.states(point)
    var greatest = 0.0
    for number in numbers {
      guard let distance = kept[number]?.distanceUpToPhase(given(number, places)) else { return nil }
      greatest = max(greatest, distance)
      if greatest > wanted { return nil }
    }
    return "phase: but for a phase that all amplitudes share the path is within about \(Self.shown(greatest))"
      + told(numbers.count)
  }

  /// Orders of the factors, reversals, and the conjugate.
  func relabelled(within budget: Budget) throws -> String? {
    guard let (numbers, wanted) = shown else { return nil }
    for isConjugate in [false, true] {
      for other in [order] + order.others(trajectory, point) {
        try budget.check()
        let places = other.states(point)
        var distance = 0.0
        for number in numbers.reversed() {
          guard let truth = kept[number] else { continue }
          distance = max(distance, truth.distance(given(number, places), isConjugate: isConjugate, limit: wanted))
          if distance > wanted { break }
        }
        guard distance <= wanted else { continue }
        let name = other.written(point)
        let place = name == order.written(point) ? "" : " in the order \(name)"
        let size = Self.shown(distance)
        return "labels: \(Self.path(isConjugate))\(place) is within about \(size) of the truth\(told(numbers.count))"
          + (place.isEmpty || isConjugate ? "" : "; try --order \(name)")
      }
    }
    return nil
  }

  /// The most times at which the truth is sought anew.
  private static let greatestTimes = 32

  /// The truth at other times.
  func clock(_ model: Model, _ arguments: Arguments, within budget: Budget) throws -> String? {
    let places = order.states(point)
    guard let (numbers, wanted) = shown, wanted >= 1e-4, model.schedule == nil, moves(places) else { return nil }
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
    let step = max(1, (numbers.count + Self.greatestTimes - 1) / Self.greatestTimes)
    let some = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }
    // One early time tells of most clocks that they are others, before the truth is sought at late ones.
    let early = some.first { times[$0] > 0 && upper[$0] > wanted } ?? some[0]
    for clock in clocks {
      let exact = try some.map { number in
        (number, try Constant(trajectory.times[number].expression * clock.factor.expression))
      }
      var conjugates = [(isConjugate: false, distance: 0.0), (isConjugate: true, distance: 0.0)]
      func compare(_ number: Int, _ truth: DoubleState) {
        conjugates = conjugates.compactMap { isConjugate, distance in
          let own = truth.distance(given(number, places), isConjugate: isConjugate, limit: wanted)
          return own <= wanted ? (isConjugate, max(distance, own)) : nil
        }
      }
      do {
        for group in [exact.filter { $0.0 == early }, exact] {
          var walk = try StateWalk(point, until: group[group.count - 1].1, bits: 64, within: budget)
          walk.rough = walk.frame(places, isDensity: trajectory.isDensity).map {
            StateWalk.Rough(frame: $0, hasMeans: false, hasOthers: false)
          }
          for (number, time) in group where !conjugates.isEmpty {
            try budget.check()
            let there = try walk.advance(to: time)
            if let kept = there.kept {
              compare(number, kept)
            } else if let vector = there.vector, !trajectory.isDensity {
              compare(number, DoubleState(vector: vector.amplitudes))
            } else {
              compare(number, DoubleState(elements: try there.state.elements(point, within: budget)))
            }
          }
        }
      } catch  where budget.secondsLeft > 0 {
        // The truth is not reached by this clock.
        continue
      }
      guard let (isConjugate, distance) = conjugates.first else { continue }
      let (path, size) = (Self.path(isConjugate), Self.shown(distance))
      return "clock: \(path) is the truth at \(clock.name), within about \(size) at \(some.count) times"
    }
    return nil
  }

  /// Whether the path is not the same at all times: of one that is any clock may tell.
  private func moves(_ places: [BasisState?]) -> Bool {
    let first = given(0, places)
    return times.indices.contains { first.change(to: given($0, places)) > Self.small }
  }
}
