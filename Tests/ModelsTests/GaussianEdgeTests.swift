import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import TestSupport
import Testing

/// Moments at the edges of what they are asked for: hot modes, many digits, means beyond all numbers.
@Suite struct GaussianEdgeTests {
  /// <a> = -it, on top of 1/(e^b - 1) quanta, of which vectors would take twenty thousand levels.
  @Test func `a hot Gibbs state takes no levels`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: a + a'
      start: {b: gibbs(1/1000)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """, at: "3",
      [("mean(b)", "9 + 1/(exp(1/1000) - 1)"), ("purity(a)", "(exp(1/1000) - 1)/(exp(1/1000) + 1)")])
  }

  private static let damped = """
    model: m
    space: {a: boson}
    jumps: [{operator: a, rate: 1}]
    start: {a: coherent(1)}
    quantities: {mean: {value: "average(mean(a'*a), 2)"}}
    """

  /// (1 - e^(-2))/2; the order of a Taylor series rises with the digits.
  @Test(arguments: [30, 60, 120]) func `averages have any number of digits`(_ digits: Int) throws {
    let exact = (1 - (-Interval(2, precision: 640)).exponential) / 2
    let found = try Model(parsing: Self.damped, name: "m.yaml").value("mean", [], digits: digits)
    #expect(found.undecided == nil, "\(found.undecided ?? "")")
    #expect(exact.isSubset(of: try #require(found.interval(precision: 640))))
  }

  /// e^T quanta at T = 1e20, and a rate of 1e30 beside one of 1: bounds that are no numbers end no program.
  @Test func `means beyond all numbers end in an answer or a message`() throws {
    let figures = [
      "greatest(mean(a'*a), T)", "least(mean(a'*a), T)", "time_of_greatest(mean(a'*a), T)", "first_maximum(mean(a'*a))",
      "first_time(mean(a'*a) = 1)", "average(mean(a'*a), T)", "greatest(mean(a'*a))", "rate(2*mean(a'*a))",
    ]
    for (jumps, time) in [("{operator: \"a'\", rate: 1}", "10^20"), ("{operator: a, rate: 10^30}", "1")] {
      let named = figures.enumerated().map { "f\($0.offset): {value: \"\($0.element)\"}" }.joined(separator: ", ")
      let model = try Model(
        parsing: """
          model: m
          parameters: {T: positive}
          space: {a: boson}
          hamiltonian: a + a'
          jumps: [\(jumps)]
          start: {a: fock(0)}
          quantities: {\(named), z: {value: "T*mean(a'*a)"}}
          """, name: "m.yaml")
      for place in figures.indices {
        let budget = Budget(bits: 1024, seconds: 5)
        do {
          let given = [("T", time)] + (place == 7 ? [("t", time)] : [])
          _ = try budget.result { try model.value("f\(place)", given, digits: 4, budget: budget) }
        } catch let reason where reason is Undecided || reason is BadInput || reason is Unanswered {}
      }
    }
  }
}
