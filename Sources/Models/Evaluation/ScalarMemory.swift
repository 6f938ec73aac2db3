import ArbitraryPrecision
import Expressions
import Operators
import Synchronization

/// What is known of the coefficients of a model at one precision: few of them stand in many elements of its operators.
final class ScalarMemory: Sendable {
  private let decisions = Mutex<[ScalarPolynomial: Decision]>([:])
  private let enclosures = Mutex<[ScalarPolynomial: Known]>([:])

  /// The enclosure of an element, and its formula as a text.
  struct Known: Sendable {
    let value: DefinedComplex
    let text: String
  }

  /// The most of either that are kept.
  private static let greatestCount = 4096

  /// Whether an element is zero, as it is decided when it is first asked for.
  func decision(isZero element: ScalarPolynomial, _ decide: (ScalarPolynomial) -> Decision) -> Decision {
    if let known = decisions.withLock({ $0[element] }) { return known }
    let found = decide(element)
    decisions.withLock { if $0.count < Self.greatestCount { $0[element] = found } }
    return found
  }

  /// The enclosure of an element, as it is found when it is first asked for.
  func enclosure(of element: ScalarPolynomial, _ find: (Expression) throws -> DefinedComplex) rethrows -> Known {
    if let known = enclosures.withLock({ $0[element] }) { return known }
    let formula = element.formula
    let found = Known(value: try find(formula), text: "\(formula)")
    enclosures.withLock { if $0.count < Self.greatestCount { $0[element] = found } }
    return found
  }
}
