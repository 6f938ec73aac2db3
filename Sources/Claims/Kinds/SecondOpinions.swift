import ArbitraryPrecision
import Catalogue

/// What routes that are run beside the others have said at the points of a grid.
struct SecondOpinions {
  /// What a route says of a value.
  enum Opinion {
    /// The same as the first route.
    case same
    /// An enclosure that the first route's does not meet.
    case conflict(Interval)
    /// Nothing, for a reason.
    case none(String)
  }

  private var counts: [String: Int] = [:]
  private var reasons: [(name: String, reason: String)] = []

  /// Asks routes at a point; the first one that contradicts.
  mutating func ask(
    _ routes: [Route], _ opinion: (Route) throws -> Opinion
  ) rethrows -> (name: String, value: Interval)? {
    for route in routes {
      switch try opinion(route) {
      case .same: counts[route.name, default: 0] += 1
      case .conflict(let value): return (route.name, value)
      case .none(let reason):
        if !reasons.contains(where: { $0.name == route.name }) { reasons.append((route.name, reason)) }
      }
    }
    return nil
  }

  /// The routes that have said the same at all points.
  func names(of points: Int) -> [String] { counts.keys.sorted().filter { counts[$0] == points } }

  /// Where the others were not run, and why.
  func rest(of points: Int) -> String {
    reasons.map { name, reason in
      let count = counts[name] ?? 0
      return count == 0 ? "; \(name) not run: \(reason)" : "; \(name) at \(count) of them, else \(reason)"
    }.joined()
  }
}
