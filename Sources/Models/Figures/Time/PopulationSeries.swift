import ArbitraryPrecision
import RigorousNumerics
import States

/// Populations as functions of time, in falling order on levels in rising order.
struct PopulationSeries {
  /// A population, and the level on which it stands where it has one.
  struct Population {
    let value: TaylorSeries
    var own: Int?
  }

  /// A level by its number and energy for each place of the order.
  struct Place: Sendable {
    let level: Int
    let energy: Interval
  }

  let context: TaylorSeriesContext
  let populations: [Population]

  /// The least energy that unitaries lead to, the sum of r_k e_k, for populations of the sum one; the greatest one with
  /// places that fall.
  ///
  /// With the energy e of some level it is e plus the sum of r_k (e_k - e): populations on that level need not be told
  /// apart, and e is chosen so that as many as possible of those that have kinks stand on it.
  func energy(on places: [Place]) -> TaylorSeries {
    let sorted = ordered(places)
    let reference = reference(sorted, places)
    var sum = context.constant(reference.energy)
    for (population, place) in zip(sorted, places) where place.level != reference.level {
      sum = context.sum(
        sum, context.product(population.value, context.constant(place.energy - reference.energy)))
    }
    return sum
  }

  /// The ergotropy where each population stands on a level of its own: the sum of r_k (own level - e_k), which is
  /// exactly zero while no two need to change places; nil where their order is not told.
  func ergotropyOfLevels(on places: [Place]) -> TaylorSeries? {
    var sum = context.number(0)
    for (population, place) in zip(ordered(places), places) {
      guard let own = population.own, let energy = places.first(where: { $0.level == own })?.energy else { return nil }
      guard own != place.level else { continue }
      sum = context.sum(sum, context.product(population.value, context.constant(energy - place.energy)))
    }
    return sum
  }

  private func reference(_ sorted: [Population], _ places: [Place]) -> Place {
    var counts: [Int: Int] = [:]
    for (population, place) in zip(sorted, places) where !population.value.isSmooth {
      counts[place.level, default: 0] += 1
    }
    let best = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? places[0].level
    return places.first { $0.level == best } ?? places[0]
  }

  /// The populations in falling order, as far as the places are of different levels: the greater and the lesser of two
  /// that are not told apart are functions with a kink.
  private func ordered(_ places: [Place]) -> [Population] {
    var items = populations.sorted { $0.value.range.upper > $1.value.range.upper }
    var begin = 0
    while begin < items.count {
      var (end, low) = (begin + 1, items[begin].value.range.lower)
      while end < items.count, items[end].value.range.upper >= low {
        low = min(low, items[end].value.range.lower)
        end += 1
      }
      if places[begin].level != places[end - 1].level {
        for pass in 0..<(end - begin) {
          for k in begin..<max(end - 1 - pass, begin) { exchange(&items, k) }
        }
      }
      begin = end
    }
    return items
  }

  private func exchange(_ items: inout [Population], _ k: Int) {
    let (a, b) = (items[k], items[k + 1])
    if a.value.range.lower >= b.value.range.upper { return }
    if b.value.range.lower >= a.value.range.upper {
      items.swapAt(k, k + 1)
      return
    }
    items[k] = Population(value: a.value.extreme(b.value) { $0.maximum($1) }, own: a.own == b.own ? a.own : nil)
    items[k + 1] = Population(value: a.value.extreme(b.value) { $0.minimum($1) }, own: a.own == b.own ? a.own : nil)
  }

  /// The entropy, the sum of -r log r.
  var entropy: TaylorSeries {
    populations.reduce(context.number(0)) { context.sum($0, entropyTerm($1.value)) }
  }

  private func entropyTerm(_ x: TaylorSeries) -> TaylorSeries {
    guard x.range.lower.signum > 0 else {
      let unit = Interval(from: 0, to: 1, precision: context.precision)
      return TaylorSeries(rough: DensityMatrix.entropyTerm(x.range.intersection(unit)), order: context.order)
    }
    return context.negation(context.product(x, context.call(.log, x)))
  }

  /// The greatest population.
  var greatest: TaylorSeries {
    populations.dropFirst().reduce(populations[0].value) { $0.greater($1.value) }
  }

  /// The sum of the roots.
  var sumOfRoots: TaylorSeries {
    populations.reduce(context.number(0)) { context.sum($0, context.call(.sqrt, $1.value)) }
  }
}

extension TaylorSeries {
  /// The greater of two functions.
  func greater(_ other: TaylorSeries) -> TaylorSeries {
    if range.lower >= other.range.upper { return self }
    return other.range.lower >= range.upper ? other : extreme(other) { $0.maximum($1) }
  }

  /// The greater or the lesser of two functions: its difference quotients are between those of both.
  fileprivate func extreme(_ other: TaylorSeries, _ choice: (Interval, Interval) -> Interval) -> TaylorSeries {
    var coefficients = Array(repeating: Interval.entire(precision: value.precision), count: order + 1)
    coefficients[0] = choice(value, other.value)
    if order >= 1 { coefficients[1] = self.coefficients[1].hull(other.coefficients[1]) }
    return TaylorSeries(
      coefficients, distance: max(distance, other.distance), isSmooth: false,
      isDefined: isDefined && other.isDefined)
  }

  /// The same with values that are known to be in an interval.
  func within(_ range: Interval) -> TaylorSeries {
    let value = value.intersection(isExact ? range : range + .ball(distance))
    return TaylorSeries(
      [value] + coefficients.dropFirst(), distance: distance, isSmooth: isSmooth, isDefined: isDefined)
  }
}
