import ArbitraryPrecision
import Catalogue

extension SubjectList {
  /// Whether a truth is so near zero that an implementation may abstain there: zero, or certainly below the error that
  /// is allowed for a value of natural size, four ulps of it.
  func isSmall(_ truth: VectorCase) -> Bool {
    let greatest = max(truth.lower.magnitude, truth.upper.magnitude)
    if greatest.signum == 0 { return true }
    guard let scale = naturalSize(of: truth) else { return false }
    return greatest <= Judgement.ulps * Judgement.ulp(scale)
  }

  /// The natural size of a quantity at the parameters of a case; nil where it has none.
  func naturalSize(of truth: VectorCase) -> Rational? {
    try? self[truth.subject]?.scale(truth.parameters)
  }
}
