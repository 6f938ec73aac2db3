import ArbitraryPrecision
import Catalogue
import RigorousNumerics

/// What a check may spend and which grid it runs on.
public struct CheckContext: Sendable {
  /// Whether the full grids are taken.
  public let full: Bool
  /// The budget, whose time starts when the context is made.
  public let budget: Budget

  /// A context with the caps for one claim: 16384 bits, and two minutes on quick grids or an hour on full ones.
  public init(full: Bool) {
    self.full = full
    budget = Budget(bits: 16384, seconds: full ? 3600 : 120)
  }
}

/// The outcome of a check before it is joined with its claim.
public struct Finding: Sendable {
  let verdict: Verdict
  let by: [Ground]
  let evidence: Evidence
  let kernelFailure: String?

  /// A finding.
  ///
  /// - Parameters:
  ///   - by: what the verdict rests on.
  ///   - kernelFailure: how a double-precision kernel broke its promise; nil when none did.
  public init(verdict: Verdict, by: [Ground], evidence: Evidence, kernelFailure: String? = nil) {
    (self.verdict, self.by, self.evidence, self.kernelFailure) = (verdict, by, evidence, kernelFailure)
  }

  /// Nothing was found, for a reason.
  public static func undecided(_ reason: String, by: [Ground]) -> Finding {
    Finding(verdict: .undecided, by: by, evidence: Evidence(reason))
  }
}

/// Repeats a comparison at doubling precision until it is certain or a cap is met.
///
/// - Returns: the certain answer, or nil with the reason.
func settle<Answer>(
  from precision: Int, within budget: Budget, _ attempt: (_ precision: Int) throws -> Answer?
) throws -> (answer: Answer?, reason: String) {
  var precision = precision
  while precision <= budget.bits {
    do {
      try budget.check()
      if let answer = try attempt(precision) { return (answer, "") }
    } catch let exhausted as Unanswered {
      return (nil, exhausted.reason)
    }
    precision *= 2
  }
  return (nil, "the cap of \(budget.bits) bits was reached")
}

extension Route {
  /// The enclosure of a value; nil as long as it has no bounds, since a quantity may have no value where its enclosure
  /// has none.
  ///
  /// - Throws: `Undecided` for an empty one, which a route gives at a point where it has no value to give.
  func bounded(_ arguments: Arguments, _ precision: Int, _ budget: Budget) throws -> Interval? {
    let value = try evaluate(arguments, precision, budget)
    guard !value.isEmpty else { throw Undecided("the route \(name) has no value there") }
    return value.isBounded ? value : nil
  }
}

/// Bits that a comparison to a number of decimal digits starts from: log2(10) < 3322/1000, and 32 for roundings.
func startingBits(digits: Int) -> Int { digits * 3322 / 1000 + 32 }

/// 10 to minus a number of digits.
func unit(digits: Int) -> Rational { Rational(1, Integer(10).power(digits)) }
