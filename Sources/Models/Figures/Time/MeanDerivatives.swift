import ArbitraryPrecision
import Operators
import RigorousNumerics
import Synchronization

/// The derivatives of a mean in time, one by one: the one of order k is the mean of X_k, X_0 = X and X_(k+1) = i [H,
/// X_k]; with jumps and the time that of ``ModelPoint/change(of:_:)``. X is a sum of words or, as a weight is, one of
/// transitions between levels (``SiteTransitions``), and so are all X_k.
///
/// On vectors with finite weights of every order, which the flow keeps (docs/modes.md), the means of all X_k are
/// continuous, and each is the derivative of the one before it. At t = 0 they are means in the start as it is written:
/// zeros are exact there. At later times each is a mean along the path, with the distance that a cut of modes leaves
/// it: so derivatives are known where the path alone has none.
final class MeanDerivatives: Sendable {
  private struct Known {
    var operators: [PathOperator]
    var starts: [Int: Interval] = [:]
    /// Nil where there is no bound.
    var means: [Int: TimeFunction?] = [:]
  }

  private let known: Mutex<Known>
  private let point: ModelPoint
  private let start: ModelState
  private let change: @Sendable (PathOperator) throws -> PathOperator
  private let paths: FramePaths
  private let accuracy: Int
  private let budget: Budget

  /// - Parameters:
  ///   - accuracy: bits of the polynomials between the states of the path.
  ///   - change: X_(k+1) of X_k.
  init(
    of observable: PathOperator, from start: ModelState, along paths: FramePaths, accuracy: Int,
    _ point: ModelPoint, within budget: Budget,
    by change: @escaping @Sendable (PathOperator) throws -> PathOperator
  ) {
    self.change = change
    known = Mutex(Known(operators: [observable]))
    (self.start, self.paths, self.accuracy, self.point, self.budget) = (start, paths, accuracy, point, budget)
  }

  /// X_k.
  func observable(_ k: Int) throws -> PathOperator {
    var operators = known.withLock { $0.operators }
    guard k >= operators.count else { return operators[k] }
    do {
      while operators.count <= k {
        try budget.check()
        operators.append(try change(operators[operators.count - 1]))
      }
    } catch let fault as OutsideFragment { throw Unanswered(beyond: fault.description) }
    let found = operators
    known.withLock { if $0.operators.count < found.count { $0.operators = found } }
    return found[k]
  }

  /// <X_k> at t = 0, exact where it is seen to be zero.
  func startValue(_ k: Int) throws -> Interval {
    if let value = known.withLock({ $0.starts[k] }) { return value }
    let value = try observable(k).mean(in: start, point)
    known.withLock { $0.starts[k] = value }
    return value
  }

  /// <X_k> along the path.
  func mean(_ k: Int) throws -> TimeFunction {
    if case .some(.some(let found)) = known.withLock({ $0.means[k] }) { return found }
    let (observable, point) = (try observable(k), point)
    let found = try paths.mean(start: startValue(k), accuracy: accuracy, of: observable, within: budget) { state in
      try observable.column(at: state, point)
    }
    known.withLock { $0.means[k] = .some(found) }
    return found
  }

  /// The same, nil where there is no bound.
  private func knownMean(_ k: Int) throws(Unanswered) -> TimeFunction? {
    if let found = known.withLock({ $0.means[k] }) { return found }
    let found: TimeFunction?
    do { found = try mean(k) } catch let reason as Unanswered { throw reason } catch { found = nil }
    known.withLock { $0.means[k] = .some(found) }
    return found
  }

  /// The Taylor coefficients of <X_k> at all times of an interval.
  func series(from k: Int, _ t: Interval, order: Int, _ budget: Budget) throws(Unanswered) -> TaylorSeries {
    var factorial = Integer(1)
    var coefficients: [Interval] = []
    for n in 0...order {
      if n > 1 { factorial = factorial * Integer(n) }
      var values = Interval.entire(precision: t.precision)
      if let mean = try knownMean(k + n) {
        values = t.isPoint ? try mean.series(t, 0, budget).range : try mean.values(on: t, within: budget)
      }
      coefficients.append(n > 1 ? values / Interval(factorial, precision: t.precision) : values)
    }
    return TaylorSeries(coefficients)
  }

  /// The Taylor coefficients of <X_k> at t = 0, from those that the path knows: where one is not told apart from zero
  /// by that, it is the mean in the start, up to the first one of order 2 or more that is not zero.
  func start(from k: Int, _ coefficients: [Interval]) -> [Interval] {
    var (result, factorial) = (coefficients, Integer(1))
    for n in result.indices {
      if n > 1 { factorial = factorial * Integer(n) }
      if result[n].isExactZero { continue }
      if result[n].containsZero, let value = try? startValue(k + n) {
        result[n] =
          value.isExactZero
          ? value : result[n].intersection(n > 1 ? value / Interval(factorial, precision: value.precision) : value)
      }
      if n >= 2, !result[n].isExactZero { break }
    }
    return result
  }
}
