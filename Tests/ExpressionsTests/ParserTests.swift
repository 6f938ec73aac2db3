import ArbitraryPrecision
import Expressions
import Testing

@Suite struct ParserTests {
  @Test func `products bind tighter than sums`() throws {
    #expect(try Expression(parsing: "1+2*3") == number(1) + number(2) * number(3))
    #expect(try Expression(parsing: "1*2+3") == number(1) * number(2) + number(3))
    #expect(try Expression(parsing: "1-2/3") == number(1) - number(2) / number(3))
    #expect(try Expression(parsing: "(1+2)*3") == (number(1) + number(2)) * number(3))
  }

  @Test func `sums and products group from the left`() throws {
    #expect(try Expression(parsing: "1-2-3") == (number(1) - number(2)) - number(3))
    #expect(try Expression(parsing: "1-2+3") == (number(1) - number(2)) + number(3))
    #expect(try Expression(parsing: "8/4/2") == (number(8) / number(4)) / number(2))
    #expect(try Expression(parsing: "8/4*2") == (number(8) / number(4)) * number(2))
    #expect(try Expression(parsing: "1-(2-3)") == number(1) - (number(2) - number(3)))
  }

  @Test func `powers group from the right`() throws {
    #expect(try Expression(parsing: "2^3^2") == number(2).power(9))
    #expect(try Expression(parsing: "(2^3)^2") == number(2).power(3).power(2))
    #expect(try Expression(parsing: "x^2^3^0") == Expression(.variable("x")).power(2))
  }

  @Test func `a power binds tighter than a sign before it`() throws {
    #expect(try Expression(parsing: "-2^2") == -(number(2).power(2)))
    #expect(try Expression(parsing: "(-2)^2") == (-number(2)).power(2))
    #expect(try Expression(parsing: "2^-3^2") == number(2).power(-9))
  }

  @Test func `a half is a root, and other exponents stay as they are`() throws {
    let x = variable("x")
    #expect(try Expression(parsing: "x^(1/2)") == x.squareRoot)
    #expect(try Expression(parsing: "x^(-3/4)") == x.squareRoot.squareRoot.power(-3))
    #expect(try Expression(parsing: "x^1.5") == x.squareRoot.power(3))
    #expect(try Expression(parsing: "x^(1/3)") == Expression(.generalPower(x, number(1) / number(3))))
    #expect(try Expression(parsing: "x^(2*N)") == Expression(.generalPower(x, number(2) * variable("N"))))
    #expect(try Expression(parsing: "x^N^2") == Expression(.generalPower(x, variable("N").power(2))))
    // With a value for the name an integer exponent is one.
    #expect(try Expression(parsing: "x^(2*N)").substituting(["N": number(3)]) == x.power(6))
    #expect("\(try Expression(parsing: "x^(2*N)^-1"))" == "x^((2*N)^-1)")
  }

  @Test func `the greater and the smaller of numbers`() throws {
    for (text, value) in [
      ("max(1, 2)", 2), ("min(1, 2)", 1), ("max(3)", 3), ("max(1, 5, 2)", 5), ("min(4, 0-7, 2)", -7), ("max(2, 2)", 2),
    ] {
      let enclosure = try Expression(parsing: text).evaluate(in: IntervalContext(precision: 64))
      #expect(enclosure.isPoint && enclosure.lower.rational == Rational(value), "\(text)")
    }
    #expect(formulaError("max()")?.column == 5)
    #expect(try Expression(parsing: "max + 1") == variable("max") + number(1))
  }

  @Test func `signs may stand after operators and repeat`() throws {
    #expect(try Expression(parsing: "2*-3") == number(2) * -number(3))
    #expect(try Expression(parsing: "2--3") == number(2) - -number(3))
    #expect(try Expression(parsing: "--3") == -(-number(3)))
    #expect(try Expression(parsing: "+3") == number(3))
    #expect(try Expression(parsing: "-+-+3") == -(-number(3)))
    #expect(try Expression(parsing: "2/-3*-4") == (number(2) / -number(3)) * -number(4))
    #expect(try Expression(parsing: "2^+-+3") == number(2).power(-3))
  }

  @Test func `exponents are folded to integers`() throws {
    #expect(try Expression(parsing: "x^(6/3)") == Expression(.variable("x")).power(2))
    #expect(try Expression(parsing: "x^sqrt(9)") == Expression(.variable("x")).power(3))
    #expect(try Expression(parsing: "x^(3*pi/pi)") == Expression(.variable("x")).power(3))
    #expect(try Expression(parsing: "x^1e5") == Expression(.variable("x")).power(100_000))
    #expect(try Expression(parsing: "x^-999999") == Expression(.variable("x")).power(-999_999))
    #expect(try Expression(parsing: "x^2.0") == Expression(.variable("x")).power(2))
  }

  @Test func `an exponent that is an integer in disguise is accepted`() throws {
    #expect(try Expression(parsing: "2^((sqrt(2)+1)*(sqrt(2)-1))") == number(2).power(1))
    #expect(try Expression(parsing: "2^(sqrt(3+2*sqrt(2))-sqrt(2))") == number(2).power(1))
  }

  @Test func `names are variables unless they are pi or functions`() throws {
    #expect(try Expression(parsing: "pi") == .pi)
    #expect(try Expression(parsing: "Pi+pi2+_x") == Expression(.variable("Pi")) + variable("pi2") + variable("_x"))
    #expect(try Expression(parsing: "e1+E") == variable("e1") + variable("E"))
    #expect(try Expression(parsing: "a*b/a").variables == ["a", "b"])
  }

  private func variable(_ name: String) -> Expression { Expression(.variable(name)) }

  @Test(arguments: ElementaryFunction.allCases)
  func `every function is called by its name`(function: ElementaryFunction) throws {
    #expect(try Expression(parsing: "\(function.rawValue)(x)") == Expression(.call(function, variable("x"))))
    #expect(
      try Expression(parsing: "-\(function.rawValue) (x)^2")
        == -(Expression(.call(function, variable("x"))).power(2)))
  }

  @Test func `space between tokens means nothing`() throws {
    #expect(try Expression(parsing: " 1 +\t2\n*\r3 ") == number(1) + number(2) * number(3))
    #expect(try Expression(parsing: "(((1)))") == number(1))
  }

  @Test func `a tree knows its columns, depth and size`() throws {
    let sum = try Expression(parsing: " 12 + sqrt(3)*x")
    #expect(sum.column == 5)
    #expect(sum.depth == 4)
    #expect(sum.size == 6)
    guard case .sum(let left, let right) = sum.node else {
      Issue.record("not a sum")
      return
    }
    #expect(left.column == 2)
    #expect(right.column == 14)
  }
}
