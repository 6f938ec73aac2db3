import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Gaps and relaxation times of models of bosons by their moments.
@Suite struct GaussianRestTests {
  /// Eigenvalues of the equations of the means by hand: of a cavity -k/2 +- iw, of a pumped one -k/2 +- 2e, of two modes
  /// that exchange -(k + c)/4 +- sqrt((k - c)^2/16 - g^2).
  @Test func `gaps`() throws {
    let driven = "space: {a: boson}\nhamiltonian: a'*a + a + a'\njumps: [{operator: a, rate: 1/3}]\nstart: {a: fock(0)}"
    try GaussianFigures.expect(driven, [("spectral_gap(all)", "1/6")])
    func pumped(_ start: String) -> String {
      """
      space: {a: boson}
      hamiltonian: i/10*(a'^2 - a^2)
      jumps: [{operator: a, rate: 1}]
      start: {a: \(start)}
      """
    }
    // The vacuum stays without means, so that the squares of the slow quadrature are what is slowest.
    try GaussianFigures.expect(pumped("fock(0)"), [("spectral_gap(all)", "3/5")])
    try GaussianFigures.expect(pumped("coherent(1)"), [("spectral_gap(all)", "3/10")])
    func pair(_ g: String) -> String {
      """
      space: {a: boson, b: boson}
      hamiltonian: a'*a + b'*b + \(g)*(a'*b + b'*a)
      jumps: [{operator: a, rate: 2}, {operator: b, rate: 1/2}]
      start: {a: coherent(1), b: fock(0)}
      """
    }
    try GaussianFigures.expect(pair("1/4"), [("spectral_gap(all)", "5/8 - sqrt(5)/8")], digits: 40)
    try GaussianFigures.expect(pair("1"), [("spectral_gap(all)", "5/8")], digits: 40)
    // A multiple eigenvalue with one vector.
    try GaussianFigures.expect(pair("3/8"), [("spectral_gap(all)", "5/8")], digits: 20)
  }

  /// Of a mode that feeds another one and stays in the vacuum the rate counts for nothing: 1/20 would be wrong where
  /// 1/2 is the gap of what moves.
  @Test func `a mode that stays in the vacuum has no rate`() throws {
    func cascade(_ first: String) -> String {
      """
      space: {a: boson, b: boson}
      hamiltonian: "i*sqrt(1/10)/2*(a'*b - b'*a)"
      jumps: [{operator: "sqrt(1/10)*a + b", rate: 1}]
      start: {a: \(first), b: coherent(1)}
      """
    }
    let reason = try GaussianFigures.reason(cascade("fock(0)"), "spectral_gap(all)")
    #expect(reason?.contains("a mode that stays in the vacuum feeds others") == true, "\(reason ?? "a value")")
    try GaussianFigures.expect(cascade("coherent(1)"), [("spectral_gap(all)", "1/20")], digits: 20)
  }

  /// The order of the modes in a part says nothing.
  @Test func `passive energies do not know the order of modes`() throws {
    let text = """
      space: {a: boson, b: boson}
      hamiltonian: a'*a + b'*b
      jumps: [{operator: a, rate: 1}, {operator: b, rate: 1}]
      start: {a: thermal(1/2), b: thermal(1/3)}
      parts: {p: {of: [a, b], hamiltonian: "1e4*a'*a + b'*b"}, q: {of: [a, b], hamiltonian: "a'*a + 1e4*b'*b"}}
      """
    try GaussianFigures.expect(text, at: "0", [("passive(p) - passive(q)", "0")], digits: 20)
  }

  /// What stands still does not count, groups of modes do by themselves, and there is no gap where nothing comes to rest.
  @Test func `gaps of several modes`() throws {
    func text(_ jumps: String, _ start: String) -> String {
      """
      space: {a: boson, b: boson}
      hamiltonian: a'*a + 2*b'*b
      jumps: [\(jumps)]
      start: {\(start)}
      """
    }
    let gap = "spectral_gap(all)"
    try GaussianFigures.expect(
      text("{operator: a, rate: 1}, {operator: b, rate: 1/5}", "a: coherent(1), b: fock(0)"), [(gap, "1/2")])
    try GaussianFigures.expect(
      text("{operator: a, rate: 1}, {operator: b, rate: 4/5}", "a: coherent(1), b: thermal(1)"), [(gap, "1/2")])
    try GaussianFigures.expect(
      text("{operator: a, rate: 1}, {operator: b, rate: 2/5}", "a: coherent(1), b: squeezed(1)"), [(gap, "2/5")])
    #expect(
      try GaussianFigures.reason(text("{operator: a, rate: 1}", "a: coherent(1), b: coherent(1)"), gap)?.contains(
        "turns for ever") ?? false)
    #expect(
      try GaussianFigures.reason(text("{operator: \"a'\", rate: 1}", "a: coherent(1), b: fock(0)"), gap)?.contains(
        "grow without end") ?? false)
    // Where the elements have an end they tell, as they do of one that is no Gaussian state.
    try GaussianFigures.expect(text("{operator: a, rate: 1}", "a: fock(4), b: fock(0)"), [(gap, "1")])
  }

  /// D^2 = 1 - exp(-4 e^(-t)) for a coherent state of 4 quanta, and for the vacuum on its way to one.
  @Test func `relaxation of coherent states`() throws {
    let time = "log(4) - log(-log(1 - 1/10000))"
    try GaussianFigures.expect(
      "space: {a: boson}\nhamiltonian: a'*a\njumps: [{operator: a, rate: 1}]\nstart: {a: coherent(2)}",
      [("relaxation_time(1/100)", time), ("relaxation_time(9999/10000)", "0")])
    try GaussianFigures.expect(
      "space: {a: boson}\nhamiltonian: a + a'\njumps: [{operator: a, rate: 1}]\nstart: {a: fock(0)}",
      [("relaxation_time(1/100)", time), ("relaxation_time(2)", "0")])
    let warm =
      "space: {a: boson}\njumps: [{operator: a, rate: 1}, {operator: \"a'\", rate: 1/2}]\nstart: {a: coherent(2)}"
    #expect(try GaussianFigures.reason(warm, "relaxation_time(1/100)")?.contains("not served") ?? false)
  }

  /// Of block matrices turned by shears: the greatest of the real parts that were put in.
  @Test func `the greatest real part of random matrices`() throws {
    try RandomCases.run(20) { random, label in
      let n = 2 * Int.random(in: 1...3, using: &random)
      var parts: [Rational] = []
      var matrix = IntervalMatrix(zero: n, precision: 256)
      func number(_ value: Rational) -> Interval { Interval(value, precision: 256) }
      for k in 0..<n / 2 {
        let real = Rational(Integer(Int.random(in: -40...20, using: &random)), 16)
        let turn = Rational(Integer(Int.random(in: -40...40, using: &random)), 16)
        parts.append(real)
        (matrix[2 * k, 2 * k], matrix[2 * k + 1, 2 * k + 1]) = (number(real), number(real))
        (matrix[2 * k, 2 * k + 1], matrix[2 * k + 1, 2 * k]) = (number(turn), number(-turn))
      }
      for _ in 0..<4 {
        let (i, j) = (Int.random(in: 0..<n, using: &random), Int.random(in: 0..<n, using: &random))
        guard i != j else { continue }
        // (1 + c E_ij) M (1 - c E_ij).
        let c = number(Rational(Integer(Int.random(in: -8...8, using: &random)), 8))
        for k in 0..<n { matrix[i, k] = matrix[i, k] + c * matrix[j, k] }
        for k in 0..<n { matrix[k, j] = matrix[k, j] - c * matrix[k, i] }
      }
      let found = try #require(try MomentFlow.abscissa(matrix, within: Budget()), "\(label)")
      let expected = try #require(parts.max())
      #expect(found.contains(expected), "\(label): \(found) for \(expected)")
      #expect(found.width.double(rounding: .up) < 1e-12, "\(label): \(found)")
    }
  }
}
