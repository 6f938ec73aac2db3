import ArbitraryPrecision

extension FlowLimit {
  /// The same flow without entries that are zero and not seen to be.
  ///
  /// A figure of one start does not change when elements are counted as reached that are not, and eigenvalues do.
  ///
  /// - Parameter isZero: whether an entry that may be zero is, exactly; throws where that is not told.
  public func exact(_ isZero: (_ row: Int, _ column: Int) throws -> Bool) rethrows -> FlowLimit {
    let kept = try flow.filtered { row, column, value in
      if value.certainSign != nil { return true }
      return try !isZero(row, column)
    }
    return FlowLimit(kept, trace: trace, precision: precision)
  }

  /// Minus the greatest real part of the eigenvalues other than zero that M has on what the start reaches, by the
  /// entries and the elements of the start that are not exactly zero: see ``exact(_:)``.
  ///
  /// They are those of its blocks on the classes; on one that feeds no other class the conserved quantities take the
  /// zeros out, to where no eigenvalue of the block can be.
  ///
  /// - Throws: ``Unanswered`` where it is not proved, and where there is no eigenvalue but zero.
  public func gap(
    from start: [Interval], within budget: Budget, isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> Interval {
    var least: Interval?
    for elements in try classes(from: start, within: budget) {
      try budget.check()
      let (matrix, isLast) = flow.block(elements)
      if matrix.isEmpty { continue }
      let n = elements.count
      guard n <= RightmostEigenvalue.greatestSize else {
        throw Unanswered(
          beyond: "the gap of \(n) elements that feed one another; accepted: at most "
            + "\(RightmostEigenvalue.greatestSize)")
      }
      guard let right = try rightmost(elements, matrix, isLast: isLast, within: budget, isConserved) else { continue }
      let own = -right
      least = least.map { Interval(min($0.lower, own.lower), min($0.upper, own.upper)) ?? own } ?? own
    }
    guard let least else { throw Unanswered(undecided: "there is no gap: nothing moves") }
    return least
  }

  /// The greatest real part of the eigenvalues other than zero on a class; nil where there is none.
  private func rightmost(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], isLast: Bool, within budget: Budget,
    _ isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> Interval? {
    let n = elements.count
    var functionals = isLast ? traces(elements) : []
    for attempt in 0..<2 {
      if attempt == 1 {
        let found = isLast ? try conserved(elements, matrix, isConserved) : []
        guard found.count > functionals.count else { break }
        functionals = found
      }
      // Farther to the left than any sum of magnitudes in a row is, which no eigenvalue of M exceeds: those of -c l r
      // are within c/8 of -c, by the discs of its rows.
      let (far, raised) = bordered(matrix, functionals, n, far: true)
      guard areDual(raised, functionals, matrix, n) else { continue }
      guard try StableMatrix.isProved(dimension: n, far, within: budget) else { continue }
      guard functionals.count < n else { return nil }
      guard
        let value = try RightmostEigenvalue.realPart(dimension: n, far, precision: precision, within: budget)
      else {
        throw Unanswered(
          undecided: "the gap is not proved: on \(n) elements that feed one another several eigenvalues are as far to "
            + "the right, or nearly, or one is a multiple one")
      }
      return value
    }
    throw FlowLimit.failure(n, matrix, proved: functionals.count)
  }
}
