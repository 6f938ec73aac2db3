import ArbitraryPrecision
import Expressions
import Testing

@testable import Claims

/// What a grid must hold for a slip in a formula to be seen on it.
@Suite struct GridLawTests {
  /// A parameter that is 0 or of magnitude 1 at all points hides its power: a w0 that multiplies where it should divide.
  @Test func `a parameter in a formula has a value that shows its power`() throws {
    var seen = 0
    for claim in try Ledger.builtIn(.builtIn) {
      guard let value = (claim.content as? ValueClaim)?.comparison else { continue }
      for (name, values) in value.quick.axes where value.formula.names.contains(name.inFormulas) {
        let texts = (0..<values.count).map { values[$0] }
        seen += 1
        #expect(texts.contains { !["0", "1", "-1"].contains($0) }, "\(claim.id): \(name) is \(values.shown)")
      }
    }
    #expect(seen > 100)
  }
}
