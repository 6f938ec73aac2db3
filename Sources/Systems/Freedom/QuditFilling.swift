import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import States

/// The maximally mixed state of the symmetric subspace of N cells of d levels 0, 1, ..., d - 1, in exact integers.
///
/// Its rank is D = C(N + d - 1, d - 1), the number of ways to share N cells among d levels, and its passive state fills
/// the D lowest of all d^N levels.
enum QuditFilling {
  /// How many products of N levels have each total 0, 1, ..., N (d - 1): the coefficients of (1 + x + ... + x^(d-1))^N.
  static func multiplicities(cells n: Int, levels d: Int, within budget: Budget = Budget()) throws -> [Integer] {
    var counts: [Integer] = [1]
    for _ in 0..<n {
      try budget.check()
      // A running sum over d neighbours.
      var next: [Integer] = []
      var sum = Integer(0)
      for total in 0..<counts.count + d - 1 {
        if total < counts.count { sum += counts[total] }
        if total >= d { sum -= counts[total - d] }
        next.append(sum)
      }
      counts = next
    }
    return counts
  }

  /// How many symmetric states have each total: shares of N cells among d levels, by adding one level after the other.
  static func symmetricMultiplicities(
    cells n: Int, levels d: Int, within budget: Budget = Budget()
  ) throws -> [Integer] {
    // counts[c][t]: ways to put c cells on the levels taken so far with the total t.
    var counts = (0...n).map { _ in [Integer](repeating: 0, count: n * (d - 1) + 1) }
    counts[0][0] = 1
    for level in 0..<d {
      try budget.check()
      for c in stride(from: 1, through: n, by: 1) {
        for t in level..<counts[c].count { counts[c][t] += counts[c - 1][t - level] }
      }
    }
    return counts[n]
  }

  /// The limit on cells and levels.
  static let limit = Limit(
    [.of(.cells), .of(.levels)], "N d <= 6324, N <= 1000, d <= 1000",
    because: "the filling takes about (N d)^2 additions"
  ) {
    guard let n = Int(exactly: $0[.cells]), let d = Int(exactly: $0[.levels]) else { return .certainlyFalse }
    return Decision(n <= 1000 && d <= 1000 && n * d <= 6324)
  }

  /// 1 - R, exactly: passive energy over energy.
  ///
  /// - Throws: `Unanswered` with the cost when N or d is too large.
  static func deficit(cells: Integer, levels: Integer, within budget: Budget) throws -> Rational {
    guard let n = Int(exactly: cells), let d = Int(exactly: levels), n <= 1000, d <= 1000, n * n * d * d <= 40_000_000
    else { throw limit.exceeded }
    let symmetric = try symmetricMultiplicities(cells: n, levels: d, within: budget)
    let rank = symmetric.reduce(0, +)
    let total = symmetric.enumerated().reduce(Integer(0)) { $0 + Integer($1.offset) * $1.element }
    let levels = try multiplicities(cells: n, levels: d, within: budget).enumerated().map {
      (energy: Integer($0.offset), count: $0.element)
    }
    let passive = PassiveFilling.pairs([(value: (), count: rank)], on: levels)
      .reduce(Integer(0)) { $0 + $1.energy * $1.count }
    return Rational(passive, total)
  }
}
