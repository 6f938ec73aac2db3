import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

/// What the quantities of work quasiprobabilities refuse, and where their routes end.
@Suite struct QuasiRefusalTests {
  private static let slice = ["family": "flip", "N": "6", "q": "1/2", "a": "0.3", "b": "0.5"]

  private func arguments(_ name: String, _ changes: [String: String]) throws -> Arguments {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let known = quantity.parameters.map(\.name)
    let texts = Self.slice.filter { known.contains($0.key) }.merging(changes) { $1 }
    return try Arguments(texts.map { (name: $0.key, text: $0.value) }, for: quantity)
  }

  @Test(arguments: [
    (
      "quasi.negativity", ["family": "ring"],
      "parameter family: unknown choice 'ring'; accepted: flip, parallel, blocks"
    ),
    ("quasi.negativity", ["N": "0"], "parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    ("quasi.negativity", ["q": "pi"], "parameter q: pi is not rational; accepted: rational numbers"),
    (
      "quasi.negativity", ["q": "sqrt(2)"],
      "parameter q: sqrt(2) is not rational; accepted: rational numbers"
    ),
    ("quasi.atom", ["w": "sqrt(2)"], "parameter w: sqrt(2) is not rational; accepted: rational numbers"),
    ("quasi.atom", [:], "parameter w of quasi.atom is missing; accepted: rational numbers"),
    (
      "quasi.negativity", ["family": "blocks", "k": "4"],
      "parameter k: 4 is outside the domain; accepted: integers k >= 1 that divide N"
    ),
    (
      "quasi.negativity", ["family": "blocks", "k": "12"],
      "parameter k: 12 is outside the domain; accepted: integers k >= 1 that divide N"
    ),
    (
      "quasi.charging-time", ["family": "blocks", "k": "5"],
      "parameter k: 5 is outside the domain; accepted: integers k >= 1 that divide N"
    ),
    ("quasi.charging-time", ["held": "norm"], "parameter held: unknown choice 'norm'; accepted: spread, deviation"),
    (
      "quasi.cumulant", ["order": "5"],
      "parameter order: 5 is outside the domain; accepted: integers order = 1, 2, 3, 4"
    ),
    (
      "quasi.cumulant", ["order": "0"],
      "parameter order: 0 is outside the domain; accepted: integers order = 1, 2, 3, 4"
    ),
    (
      "quasi.smoothed-negativity", ["sigma": "0"],
      "parameter sigma: 0 is outside the domain; accepted: real numbers, sigma > 0"
    ),
    (
      "quasi.limit-distance", ["limit": "levy", "u": "1"],
      "parameter limit: unknown choice 'levy'; accepted: point, gaussian, airy"
    ),
  ])
  func `bad input is refused`(name: String, changes: [String: String], message: String) throws {
    #expect(throws: BadInput(message)) { try arguments(name, changes) }
  }

  @Test(arguments: [("0", "0"), ("0.3", "0"), ("1", "-pi"), ("0.3", "pi/2 - 0.6"), ("pi/6", "pi/6"), ("0", "pi/2")])
  func `no normal law without a variance`(a: String, b: String) {
    #expect(
      throws: BadInput(
        undefined:
          "parameters a, b: the variance of the work is zero, so there is no normal law; accepted: sin(b) cos(2a + b) not zero"
      )
    ) { try arguments("quasi.gaussian-distance", ["a": a, "b": b]) }
  }

  @Test(arguments: [
    (
      "quasi.atom", "recurrence", ["family": "parallel", "N": "262145", "w": "0"],
      "262144 blocks: the places of the law grow with the number of blocks"
    ),
    (
      "quasi.atom", "recurrence", ["family": "parallel", "N": "1000", "q": "1/100003", "w": "0"],
      "2097152 places of works: they are the blocks times the denominator of q"
    ),
    (
      "quasi.atom", "brute-force", ["family": "parallel", "N": "9", "w": "0"],
      "8 blocks: there are 2^M states of M blocks"
    ),
    (
      "quasi.smoothed-negativity", "recurrence", ["family": "parallel", "N": "1025"],
      "4097 equidistant places of the law: the zeros of the smoothed density take the square of their number"
    ),
    ("quasi.charging-time", "brute-force", ["N": "7"], "N <= 6: the matrices have 2^N rows"),
  ])
  func `what costs too much is said`(name: String, route: String, changes: [String: String], reason: String) throws {
    let given = try arguments(name, changes)
    let route = try #require(Catalogue.builtIn.quantity(named: name).routes.first { $0.name == route })
    #expect(throws: Unanswered(beyond: "this route is limited to \(reason)")) {
      try route.evaluate(given, 64, Budget())
    }
  }

  @Test func `a zero at angles that the proof does not cover stays undecided`() throws {
    // p(-W) is zero by an identity of a and b, but the angles are no sums of algebraic numbers and rational multiples of pi.
    let value = try Catalogue.builtIn.quantity(named: "quasi.atom").certified(
      arguments(
        "quasi.atom", ["family": "parallel", "N": "1", "q": "0", "a": "sqrt(pi)", "b": "pi/2 - sqrt(pi)", "w": "-1"]),
      to: .relative(digits: 5), within: Budget(bits: 1024))
    #expect(value.undecided == "the cap of 1024 bits was reached")
  }
}
