import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

/// Moments and distances from limits, against values of mpmath 1.3 at 40 digits: laws of cells by the sum over i, j, k with complex amplitudes, convolved; 21 digits.
@Suite struct QuasiLimitTests {
  private func expect(_ name: String, _ given: [(String, String)], _ value: String) throws {
    let found = try enclosure(name, given, digits: 25)
    #expect(!found.isDisjoint(from: try printed(value)), "\(given): \(found.text(digits: 25))")
  }

  @Test(arguments: [
    ("1", "0.3", "0.5", "1/2", "0.527938196862652975475"), ("2", "0.3", "0.5", "0", "0.383240767516196937783"),
    // Here the supremum is approached from the left.
    ("3", "0.7", "1.2", "1/2", "0.316486656009953717187"), ("5", "0.1", "1.4", "1/2", "0.699129863128089479999"),
    ("2", "1", "0.3", "-1", "0.847255518661641807541"), ("4", "1.3", "1.3", "0", "0.233193310625665117292"),
  ])
  func `the distance to the normal law`(n: String, a: String, b: String, q: String, value: String) throws {
    try expect("quasi.gaussian-distance", [("N", n), ("q", q), ("a", a), ("b", b)], value)
  }

  @Test(arguments: [
    ("point", "7", "0.5", "1/2", "2", "0.0138439777338563970202"),
    ("gaussian", "7", "0.5", "0", "1.5", "0.0573331352644859129984"),
    ("airy", "8", "pi/2 - 0.6", "0", "2", "0.184601732980934358092"),
    ("airy", "27", "pi/2 - 0.6", "1/2", "2", "0.00728133884989598987384"),
  ])
  func `the distance from a limit`(limit: String, n: String, b: String, q: String, u: String, value: String) throws {
    try expect("quasi.limit-distance", [("limit", limit), ("N", n), ("q", q), ("a", "0.3"), ("b", b), ("u", u)], value)
  }

  @Test(arguments: [
    ("1", "0.3", "0.5", "1/2", "0.110474710257637452029", "-0.0507971372906924671836"),
    ("3", "0.7", "1.2", "0", "-1.64953021453089383000", "-0.695687925597068304492"),
    ("2", "1", "2", "-1", "-3.39490499196195239531", "-10.8960493090688240640"),
  ])
  func `the third and the fourth cumulant`(
    n: String, a: String, b: String, q: String, third: String, fourth: String
  ) throws {
    for (order, value) in [("3", third), ("4", fourth)] {
      try expect(
        "quasi.cumulant",
        [("family", "parallel"), ("N", n), ("q", q), ("a", a), ("b", b), ("order", order)], value)
    }
  }
}
