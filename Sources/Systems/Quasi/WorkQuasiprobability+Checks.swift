import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// What is refused, and what costs too much.
extension WorkQuasiprobability {
  static let greatestLevels = 96

  static func check(
    _ levels: [Rational], _ unitary: [[ComplexInterval]], stateDimension: Int, _ precision: Int, limit: Int = 1024,
    _ budget: Budget
  ) throws {
    let n = levels.count
    guard n >= 1 else { throw BadInput("the battery has no level; accepted: 1 or more") }
    guard stateDimension == n else {
      throw BadInput("the state has \(stateDimension) dimensions, the battery \(n) levels; accepted: equal")
    }
    guard unitary.count == n else {
      throw BadInput("the unitary has \(unitary.count) rows, the battery \(n) levels; accepted: equal")
    }
    for (k, row) in unitary.enumerated() where row.count != n {
      throw BadInput("row \(k) of the unitary has \(row.count) elements, the battery \(n) levels; accepted: equal")
    }
    guard n <= limit else {
      throw Unanswered(beyond: "matrices of \(n) rows cost too much; this is limited to \(limit)")
    }
    let different = Set(levels).count
    guard different <= greatestLevels else {
      throw Unanswered(
        beyond: "\(different) different levels have \(different)^3 weights; this is limited to \(greatestLevels) levels"
      )
    }
    try checkUnitary(unitary, precision, budget)
  }

  /// Refuses a matrix of which U' U certainly differs from one somewhere: n^3/2 products.
  private static func checkUnitary(_ unitary: [[ComplexInterval]], _ precision: Int, _ budget: Budget) throws {
    for i in unitary.indices {
      try budget.check()
      for j in 0...i {
        let sum = unitary.reduce(ComplexInterval.zero(precision: precision)) { $0 + $1[i].conjugate * $1[j] }
        let off = (i == j ? ComplexInterval(sum.real - 1, sum.imaginary) : sum).magnitude.lower
        guard off.signum <= 0 else {
          throw BadInput(
            """
            the matrix is not unitary: columns \(j) and \(i) have a product off by \(atLeast(off)); accepted: 0 or, \
            for one column, 1
            """
          )
        }
      }
    }
  }

  static func require(_ value: Interval, one text: String, accepted: String) throws {
    let off = (value - 1).mignitude
    guard off.signum <= 0 else { throw BadInput("\(text) \(atLeast(off)); accepted: \(accepted)") }
  }

  private static func atLeast(_ x: BigFloat) -> String {
    "at least " + (x.decimal(digits: 3, rounding: .down).map { "\($0)" } ?? "\(x)")
  }
}
