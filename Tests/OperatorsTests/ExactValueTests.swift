import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs
import TestSupport
import Testing

/// Square roots, sums of them, and coefficients.
@Suite struct ExactValueTests {
  /// The element of a'^n a^n and the like holds n (n-1) ...: a root is split as trial division by all squares says.
  @Test func `roots are split into a whole and a squarefree part`() throws {
    let basis = try ProductBasis(Factors([Factor("a", .boson)]))
    for n in Array(1...3000) + [1_000_003 * 4, 65_521 * 65_521, 65_521 * 65_519, 2 * 46_337 * 46_337, 4_294_967_291] {
      let state = try #require(basis.state([n]))
      let root = try #require(try basis.apply(Letter(FactorID(0), .boson(.annihilation)), to: state)).factor
      var whole = 1
      for d in 1...65_536 where d * d <= n && n % (d * d) == 0 { whole = d }
      #expect(root.factor == Rational(whole) && root.radicand == Integer(n / (whole * whole)), "\(n)")
    }
  }

  @Test func `products of roots are exact`() throws {
    RandomCases.run(200) { random, label in
      // Products within a word, and beyond it.
      let greatest: UInt64 = random.next() % 2 == 0 ? 500 : 4_000_000_000
      let values = (0..<6).map { _ in 1 + Int(random.next() % greatest) }
      guard let basis = try? ProductBasis(Factors([Factor("b", .boson, cells: .number(6))])),
        let state = basis.state(values)
      else {
        Issue.record("no basis")
        return
      }
      let word = (0..<6).map { Letter(FactorID(0), .boson(.annihilation), cell: .number($0)) }
      guard let image = try? basis.apply(word, to: state) else {
        Issue.record("\(label): no image")
        return
      }
      let square = values.reduce(Rational(1)) { $0 * Rational($1) }
      let root = image.factor
      #expect(root.factor * root.factor * Rational(root.radicand) == square, "\(label): \(values)")
    }
  }

  private let scalars = ScalarFormulas(names: ["g", "t"], values: ["w": .number(Rational(3, 2))])

  private func scalar(_ text: String) throws -> ScalarPolynomial {
    try scalars.scalar(try Expression(parsingModel: text))
  }

  @Test(arguments: [
    ("(g + 1)^2 - g^2 - 2*g - 1", Decision.certainlyTrue), ("sqrt(g)*sqrt(g) - g", .certainlyTrue),
    ("1/g*g - 1", .certainlyTrue), ("1/(1/(g + 1)) - g - 1", .certainlyTrue), ("w - 3/2", .certainlyTrue),
    ("sqrt(2)^2 - 2", .certainlyTrue), ("sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)", .certainlyTrue),
    ("sqrt(8) - 2*sqrt(2)", .certainlyTrue), ("i*sqrt(2) - i*sqrt(3)", .certainlyFalse),
    ("sqrt(9) - 3", .certainlyTrue),
    ("10^-40", .certainlyFalse), ("pi - 22/7", .certainlyFalse), ("cos(0) - 1", .certainlyTrue), ("g", .undecided),
    ("cos(t)^2 + sin(t)^2 - 1", .undecided), ("exp(i*t) - exp(i*t)", .certainlyTrue),
    ("exp(i*t)' - exp(-i*t)", .certainlyTrue), ("(2 + 3*i)' - 2 + 3*i", .certainlyTrue), ("g' - g", .certainlyTrue),
  ])
  func `zero is decided exactly for numbers`(_ text: String, _ answer: Decision) throws {
    #expect(scalars.decision(isZero: try scalar(text)) == answer)
  }

  @Test func `sums of roots are zero where they cancel`() throws {
    let factors = Factors([Factor("a", .boson)])
    let basis = try ProductBasis(factors)
    // <1|a|2> = sqrt(2).
    var reader = OperatorReader(factors, scalars)
    let x = try reader.normalForm(try Expression(parsingModel: "a - sqrt(2)*a'*a^2"))
    let (one, two) = (try #require(basis.state([1])), try #require(basis.state([2])))
    let element = try #require(try basis.column(of: x, at: two, in: scalars)[one])
    let value = try scalars.value(of: element)
    #expect(scalars.decision(isZero: value) == .certainlyFalse)
    // sqrt(2) - sqrt(2) * 1 * sqrt(2 * 1) = sqrt(2) - 2.
    let difference = value + -(try scalar("sqrt(2) - 2"))
    #expect(scalars.decision(isZero: difference) == .certainlyTrue)
  }

  @Test(arguments: [
    ("t^3*g", "3*t^2*g"), ("1/t", "-1/t^2"), ("sin(2*t)", "2*cos(2*t)"), ("cos(t)^2", "-2*cos(t)*sin(t)"),
    ("exp(-g*t)", "-g*exp(-g*t)"), ("sqrt(1 + t)", "1/(2*sqrt(1 + t))"), ("log(t)", "1/t"), ("tan(t)", "1 + tan(t)^2"),
    ("atan(t)", "1/(1 + t^2)"), ("sinh(t)", "cosh(t)"), ("cosh(t)", "sinh(t)"), ("tanh(t)", "1 - tanh(t)^2"),
    ("abs(t)", "t/abs(t)"), ("t^g", "t^g*(g/t)"), ("2^t", "2^t*log(2)"), ("g", "0"), ("1/(1 + t)", "-1/(1 + t)^2"),
  ])
  func `derivatives of coefficients`(_ text: String, _ slope: String) throws {
    #expect(try scalars.derivative(try scalar(text), in: "t") == scalar(slope))
  }

  @Test(arguments: [
    ("x + 1", "column 1: unknown name 'x'; accepted: g, t, w"), ("g/(w - 3/2)", "column 1: division by zero"),
    ("1/(sqrt(2)^2 - 2)", "column 1: division by zero"), ("log(0)", "column 1: the logarithm of zero"),
    ("g^5000", "column 1: an exponent above 4096; accepted: smaller ones"),
    ("K[0, 1]", "column 1: 'K' takes nothing in parentheses or brackets"),
    ("sum(j, g)", "column 1: a number must stand here; accepted: numbers, names, functions"),
  ])
  func `what is no coefficient is named`(_ text: String, _ message: String) throws {
    do {
      _ = try scalar(text)
      Issue.record("read")
    } catch let fault as Unreadable {
      #expect("\(fault.error)" == message)
    }
  }
}
