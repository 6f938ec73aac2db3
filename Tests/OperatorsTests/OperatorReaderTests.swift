import Expressions
import Operators
import Testing

/// Formulas of models: names, indices, sums and refusals.
@Suite struct OperatorReaderTests {
  private static let factors = Factors([
    Factor("a", .boson), Factor("J", .spin(twice: 4)), Factor("d", .levels(3)),
    Factor("s", .qubit, cells: .number(4)), Factor("b", .boson, cells: .number(4)),
    Factor("r", .qubit, cells: .number(2)),
    Factor("v", .levels(2), cells: .number(4)), Factor("o", .qubit, cells: .number(0)),
    Factor("w", .boson, cells: .number(10_000_000_000)),
  ])

  private func read(_ text: String) throws -> OperatorPolynomial<ScalarPolynomial> {
    var reader = OperatorReader(
      OperatorReaderTests.factors, ScalarFormulas(names: ["g", "t"], values: ["N": .number(4), "alpha": .number(2)]),
      integers: ["N": 4])
    return try reader.polynomial(try Expression(parsingModel: text))
  }

  @Test(arguments: [
    ("sum(j, s_z[j])", "s_z[0] + s_z[1] + s_z[2] + s_z[3]"), ("sum(j, r_z[j])", "r_z[0] + r_z[1]"),
    ("chain(j, s_p[j]*s_m[j+1])", "s_p[0]*s_m[1] + s_p[1]*s_m[2] + s_p[2]*s_m[3]"),
    ("ring(j, s_z[j]*s_z[j+1])", "s_z[0]*s_z[1] + s_z[1]*s_z[2] + s_z[2]*s_z[3] + s_z[3]*s_z[0]"),
    ("ring(j, r_x[j]*r_x[j+1])", "2*r_x[0]*r_x[1]"), ("ring(j, s_z[j-1])", "sum(j, s_z[j])"),
    ("ring(j, j*s_z[j+1])", "s_z[2] + 2*s_z[3] + 3*s_z[0]"),
    (
      "pairs(j, k, s_z[j]*s_z[k]/(k - j)^alpha)",
      "s_z[0]*s_z[1] + s_z[1]*s_z[2] + s_z[2]*s_z[3] + (s_z[0]*s_z[2] + s_z[1]*s_z[3])/4 + s_z[0]*s_z[3]/9"
    ),
    ("pairs(j, k, r_x[j]*r_y[k])", "r_x[0]*r_y[1]"), ("sum(j from 0 to N-3, s_x[j])", "s_x[0] + s_x[1]"),
    ("sum(j from 1 to 3, g^j)", "g + g^2 + g^3"), ("sum(j from 2 to 1, s_x[j])", "0"), ("s_z[N-1]", "s_z[3]"),
    ("sum(j, sum(k, b[j]'*b[k]))", "sum(k, b[k]')*sum(j, b[j])"),
    ("sum(j, j*b[j]'*b[j])", "b[1]'*b[1] + 2*b[2]'*b[2] + 3*b[3]'*b[3]"),
    ("sum(j, o_x[j])", "0"), ("ring(j, o_x[j])", "0"), ("sum(k from 0 to 1, d(k, k+1))", "d(0,1) + d(1,2)"),
    ("sum(j, v(0, 1)[j])", "v(0,1)[0] + v(0,1)[1] + v(0,1)[2] + v(0,1)[3]"),
    ("sum(j, s_x[j]*b[j])", "s_x[0]*b[0] + s_x[1]*b[1] + s_x[2]*b[2] + s_x[3]*b[3]"),
    ("(exp(i*t)*a)'", "exp(-i*t)*a'"), ("(g*a)'^2", "g^2*a'^2"),
    ("sqrt(N)*a", "2*a"), ("a'*a/g*g", "a'*a"), ("s_x[0]", "s_p[0] + s_m[0]"), ("J_y", "(J_p - J_m)/(2*i)"),
    ("sum(j from 0 to 70, g)^65", "71^65*g^65"),
  ])
  func `sums are written out`(_ left: String, _ right: String) throws {
    #expect(try read(left) == read(right))
  }

  @Test(arguments: [
    (
      "a + x",
      "column 5: unknown name 'x'; accepted: N, alpha, g, t, a, a', J_x, J_y, J_z, J_p, J_m, d(k, l), s_x[j], s_y[j], s_z[j], s_p[j], s_m[j], b[j], b[j]', r_x[j], r_y[j], r_z[j], r_p[j], r_m[j], v(k, l)[j], o_x[j], o_y[j], o_z[j], o_p[j], o_m[j], w[j], w[j]'"
    ),
    ("g*J", "column 3: 'J' is no operator of the spin 'J'; accepted: J_x, J_y, J_z, J_p, J_m"),
    ("g*J_q", "column 3: 'J_q' is no operator of the spin 'J'; accepted: J_x, J_y, J_z, J_p, J_m"),
    ("a_z", "column 1: 'a_z' is no operator of the boson 'a'; accepted: a, a'"),
    ("s_w[0]", "column 1: 's_w' is no operator of the qubit 's'; accepted: s_x[j], s_y[j], s_z[j], s_p[j], s_m[j]"),
    ("s_z", "column 1: 's_z' stands without its index"), ("a[0]", "column 1: 'a' is no family of operators"),
    ("s_z[4]", "column 1: the index 4 is none of a family of 4 cells; accepted: 0 to 3"),
    ("s_z[-1]", "column 1: the index -1 is none of a family of 4 cells; accepted: 0 to 3"),
    ("sum(j, s_z[j+1])", "column 8: the index 4 is none of a family of 4 cells; accepted: 0 to 3"),
    ("s_z[1/2]", "column 1: '1/2' is no integer"), ("s_z[j]", "column 1: the index 'j' is not summed over"),
    ("s_z[0, 1]", "column 1: 's_z' takes one index"),
    ("d(0,3)", "column 1: the level 3 of 'd' is none; accepted: 0 to 2"),
    ("d", "column 1: 'd' takes two levels; accepted: d(k, l)"),
    ("d(1)", "column 1: 'd' takes two levels; accepted: d(k, l)"),
    ("J_z(1)", "column 1: 'J_z' takes nothing in parentheses; accepted: J_x, J_y, J_z, J_p, J_m"),
    ("sum(j, s_z[j]*r_z[j])", "column 1: a sum over families of different sizes: r, s"),
    ("sum(j, 1)", "column 1: no letter bears the index 'j', and families differ in size: o, r, s, w"),
    ("sum(j, sum(j, s_x[j]))", "column 1: no letter bears the index 'j', and families differ in size: o, r, s, w"),
    ("sum(j, s_z[j])^65", "column 1: a power of operators above 64"),
    ("sum(j from 0 to 1, g)^4097", "column 1: a power of a sum above 4096"),
    ("g[0]*a", "column 1: 'g' takes nothing in parentheses or brackets"),
    ("1/a", "column 1: an operator where a number must stand"),
    ("sin(s_z[0])", "column 1: an operator where a number must stand"),
    ("sum(j from 0 to 10^18, g)", "column 1: more than 20000 terms of a sum"),
    ("sum(j from -9*10^18 to 9*10^18, g)", "column 1: more than 20000 terms of a sum"),
    ("o_x[0]", "column 1: a cell of a family that has none"),
    ("sum(j, w[j])", "column 1: more than 20000 terms of a sum"),
    ("pairs(j, k, w[j]*w[k])", "column 1: more than 20000 terms of a sum"),
    ("a^65", "column 1: a power of operators above 64"),
    ("{a, a'}", "column 1: a Poisson bracket of operators"),
    (
      "g*K[0,1]",
      "column 3: unknown name 'K'; accepted: N, alpha, g, t, a, a', J_x, J_y, J_z, J_p, J_m, d(k, l), s_x[j], s_y[j], s_z[j], s_p[j], s_m[j], b[j], b[j]', r_x[j], r_y[j], r_z[j], r_p[j], r_m[j], v(k, l)[j], o_x[j], o_y[j], o_z[j], o_p[j], o_m[j], w[j], w[j]'"
    ),
  ])
  func `what is wrong is named where it stands`(_ text: String, _ message: String) throws {
    do {
      _ = try read(text)
      Issue.record("read")
    } catch let error as ExpressionError {
      #expect("\(error)" == message)
    }
  }

  @Test(arguments: [
    ("chain(j, b[j])", "column 1: a sum over neighbours or pairs needs a number of cells; accepted: sum(j, F)"),
    ("sum(j, b[j+1])", "column 8: the index 'j' of a sum over a symbolic number of cells, in a formula"),
    ("sum(j, j*b[j])", "column 8: the index 'j' as a number"),
    ("b[5000]", "column 1: the index '5000' is not summed over"),
    ("sum(j, b[j]*c[j])", "column 1: a sum over families of different sizes: b, c"),
  ])
  func `what needs a number of cells is refused where that is a symbol`(_ text: String, _ message: String) throws {
    let factors = Factors([Factor("b", .boson, cells: .symbol("N")), Factor("c", .boson, cells: .symbol("M"))])
    var reader = OperatorReader(factors, ScalarFormulas(names: ["N", "M"]))
    do {
      _ = try reader.polynomial(try Expression(parsingModel: text))
      Issue.record("read")
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test func `names that two factors share are seen`() {
    #expect(OperatorReaderTests.factors.clash == nil)
    for (first, second, name) in [
      (Factor("a", .boson), Factor("a", .qubit), "a"), (Factor("J", .spin(twice: 1)), Factor("J_x", .boson), "J_x"),
      (Factor("J_p", .fermion), Factor("J", .qubit), "J_p"),
    ] {
      let clash = Factors([Factor("b", .boson), first, second]).clash
      #expect(clash?.name == name && clash?.first == FactorID(1) && clash?.second == FactorID(2))
    }
  }
}
