import ArbitraryPrecision
import Synchronization

/// What was added to the distance of a path of density matrices from the true one, step by step: the distance in every
/// norm |Y|_A = trace norm of A^(1/2) Y A^(1/2), A = B^m, follows.
struct DensityLedger {
  /// What a step added.
  struct Step {
    let duration: Interval
    /// Parts of the trace norm of (1 - P) L X at all times of the step, by B(k) B(l).
    let image: [Integer: UpperBound]
    /// What series and roundings added within the elements that are kept, and the greatest B there.
    let roundings: Interval
    let greatest: Integer
    /// What was left out after the step, by B(k) B(l).
    var dropped: [Integer: UpperBound] = [:]
  }

  let bounds: WeightFlow
  let start: DensityStart
  /// What rounding the start did, and the greatest B among its elements.
  let startRoundings: Interval
  let startGreatest: Integer
  var steps: [Step] = []

  /// At least |rho - X|_A for a power m > 0; nil where there is no bound.
  ///
  /// A^(1/2) stands on both sides of an element |k><l|, and A is at most its greatest value on the elements that are
  /// kept.
  func distance(power m: Rational) throws -> Interval? {
    let c = bounds.rate(power: m)
    guard c.isBounded else { return nil }
    // All steps share few values of B.
    var roots: [Integer: Interval] = [:]
    func root(_ value: Integer) -> Interval {
      if let known = roots[value] { return known }
      let found = Interval(value, precision: 64).power(m / 2)
      roots[value] = found
      return found
    }
    func sum(_ parts: [Integer: UpperBound]) -> Interval {
      parts.reduce(Interval(0, precision: 64)) { $0 + root($1.key) * Interval($1.value.value) }
    }
    func greatest(_ value: Integer) -> Interval { Interval(value, precision: 64).power(m) }
    var result = try start.distance(power: m) + greatest(startGreatest) * startRoundings
    for step in steps {
      let added = step.duration * sum(step.image) + greatest(step.greatest) * step.roundings
      let next = (c * step.duration).exponential * (result + added) + sum(step.dropped)
      // An exponent beyond the range of numbers bounds nothing.
      guard next.isBounded else { return nil }
      result = next.greatest
    }
    // What was added on the way grows as the start does.
    return bounds.conserved.map { $0.growth(power: m).squared * result } ?? result
  }
}

/// The weighted distances of a path that is at its end, by their powers: each is asked for at many times.
final class LedgerMemory: Sendable {
  private let ledger: DensityLedger
  private let known = Mutex<[Rational: Interval?]>([:])

  init(_ ledger: DensityLedger) { self.ledger = ledger }

  /// ``DensityLedger/distance(power:)``.
  func distance(power m: Rational) throws -> Interval? {
    if let found = known.withLock({ $0[m] }) { return found }
    let found = try ledger.distance(power: m)
    known.withLock { $0[m] = .some(found) }
    return found
  }
}
