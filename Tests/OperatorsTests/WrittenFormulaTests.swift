import ArbitraryPrecision
import Expressions
import Operators
import Testing

/// Formulas with members and sums written out have the normal forms of the formulas that they are made of, which another
/// reader finds.
@Suite struct WrittenFormulaTests {
  private static let formulas = [
    "sum(j, s_z[j])", "chain(j, s_x[j]*s_x[j+1] + s_y[j]*s_y[j+1])", "ring(j, s_p[j]*s_m[j+1])",
    "ring(j, s_z[j-1]*s_z[j+2])", "pairs(j, k, s_x[j]*s_x[k]/(k - j)^2)", "sum(j from 1 to N-1, j*s_z[j])",
    "sum(j from 3 to 1, s_z[0]) + s_z[N-1]", "sum(j, sum(k, s_p[j]*s_m[k]))", "sum(j, 2) + a'*a",
    "(sum(j, s_x[j]))^2", "[sum(j, s_p[j]), sum(k, s_m[k])]", "sum(j, f[j]'*f[j]) + chain(j, f[j]'*f[j+1])",
    "a(0, 1)", "pairs(j, k, f[k]*f[j])'", "sum(j from 0 to 1, b(j+1, j))*s_m[0] + b(2, 2)",
    "sum(j, c(1, 0)[j]*c(0, 1)[j] + sqrt(2)*i*(c(1, 0)[j] - c(0, 1)[j]))", "sum(j, sum(j, s_z[j]))*a",
  ]

  private static func factors(_ cells: Int) -> Factors {
    Factors([
      Factor("a", .boson), Factor("s", .qubit, cells: .number(cells)), Factor("f", .fermion, cells: .number(cells)),
      Factor("b", .levels(3)), Factor("c", .levels(2), cells: .number(cells)),
    ])
  }

  @Test(arguments: [1, 2, 3, 4]) func `written formulas have the normal forms of their texts`(_ cells: Int) throws {
    let factors = Self.factors(cells)
    let scalars = ScalarFormulas(names: ["N"], values: ["N": .number(Rational(Integer(cells)))])
    for text in Self.formulas {
      let formula = try Expression(parsingModel: text)
      var reader = OperatorReader(factors, scalars, integers: ["N": cells])
      let written: Expression?
      let expected: OperatorPolynomial<ScalarPolynomial>
      do {
        expected = try reader.normalForm(formula)
        written = try factors.written(formula, integers: ["N": cells])
      } catch {
        // Both refuse: a cell that there is not, and a boson with levels.
        #expect(throws: (any Error).self, "\(text)") { try reader.normalForm(formula) }
        #expect(throws: ExpressionError.self, "\(text)") { try factors.written(formula, integers: ["N": cells]) }
        continue
      }
      let found = try reader.normalForm(try #require(written))
      #expect(try reader.difference(expected, found).isZero, "\(text) for \(cells) cells")
    }
  }

  @Test func `a symbolic number of cells leaves sums with their index on letters`() throws {
    let factors = Factors([Factor("a", .boson), Factor("b", .boson, cells: .symbol("N"))])
    let formula = try Expression(parsingModel: "sum(j, a*b[j]' + a'*b[j])")
    #expect(try "\(factors.written(formula))" == "sum(j, a*b[j]' + a'*b[j])")
    for (text, message) in [
      ("chain(j, b[j]'*b[j+1])", "column 1: a sum over neighbours or pairs needs a number of cells"),
      ("b[0]", "column 3: the index '0' of 'b' needs a number of cells"),
      ("q[0]", "column 1: 'q' is no operator of the model"),
    ] {
      #expect { try factors.written(try Expression(parsingModel: text)) } throws: { "\($0)" == message }
    }
  }

  @Test func `derivatives are written as they are read in claims`() throws {
    let factors = Factors([Factor("a", .boson)])
    let formula = try Expression(parsingModel: "diff(t, exp(i*t)*a)")
    #expect(try factors.written(formula) == Expression(parsingOperators: "diff(t, exp(i*t)*a)"))
  }
}
