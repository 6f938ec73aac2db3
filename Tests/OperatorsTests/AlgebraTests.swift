import ArbitraryPrecision
import Expressions
@testable import Operators
import Testing

/// Relations of the letters of each kind, by normal order and by elements.
@Suite struct AlgebraTests {
  private static let factors = Factors([
    Factor("a", .boson), Factor("s", .qubit), Factor("J", .spin(twice: 3)), Factor("d", .levels(3)),
    Factor("c", .fermion), Factor("f", .fermion, cells: .number(3)), Factor("g", .fermion),
    Factor("q", .levels(2), cells: .number(2)), Factor("k", .levels(1)),
  ])

  private func normal(_ text: String, _ factors: Factors = AlgebraTests.factors) throws
    -> OperatorPolynomial<GaussianRational>
  {
    var reader = OperatorReader(factors, GaussianRationals())
    return try reader.normalForm(try Expression(parsingModel: text))
  }

  @Test(arguments: [
    ("[a, a']", "1"), ("[a, a'^3]", "3*a'^2"), ("[s_x, s_y]", "2*i*s_z"), ("[J_x, J_y]", "i*J_z"),
    ("s_x", "s_p + s_m"), ("J_x", "(J_p + J_m)/2"), ("s_p*s_p", "0"), ("s_x^2 + s_y^2 + s_z^2", "3"),
    ("d(0,1)*d(1,2)", "d(0,2)"), ("d(0,1)*d(0,2)", "0"), ("d(0,0) + d(1,1) + d(2,2)", "1"), ("d(0,1)'", "d(1,0)"),
    ("d(2,1)*d(1,2) + d(0,0) + d(1,1)", "1"), ("[d(0,1), d(1,0)]", "d(0,0) - d(1,1)"), ("k(0,0)", "1"),
    ("[q(0,1)[0], q(1,0)[1]]", "0"), ("q(0,1)[1]*q(1,0)[1] + q(1,1)[1]", "1"),
    ("sum(j, q(0,0)[j] + q(1,1)[j])", "2"), ("q(1,1)[0]*q(1,1)[1]", "(1 - q(0,0)[0])*(1 - q(0,0)[1])"),
    // Canonical anticommutation, across factors and cells.
    ("c*c' + c'*c", "1"), ("c*c", "0"), ("c*g' + g'*c", "0"), ("c*f[0]' + f[0]'*c", "0"),
    ("f[2]*f[0] + f[0]*f[2]", "0"),
    ("f[1]'*f[1] + f[1]*f[1]'", "1"), ("[c'*c, f[1]'*f[1]]", "0"), ("[c, a]", "0"), ("c*s_x - s_x*c", "0"),
  ])
  func `relations hold in normal order`(_ left: String, _ right: String) throws {
    #expect(try normal(left) == normal(right))
  }

  @Test func `all pairs of fermions anticommute in their elements`() throws {
    let factors = Factors([
      Factor("c", .fermion), Factor("s", .qubit), Factor("f", .fermion, cells: .number(2)), Factor("g", .fermion),
    ])
    let basis = try ProductBasis(factors)
    let ring = GaussianRationals()
    let names = ["c", "f[0]", "f[1]", "g"]
    for (m, x) in names.enumerated() {
      for (n, y) in names.enumerated() {
        var reader = OperatorReader(factors, ring)
        let both = try reader.asWritten(try Expression(parsingModel: "\(x)*\(y) + \(y)*\(x)"))
        let mixed = try reader.asWritten(try Expression(parsingModel: "\(x)*\(y)' + \(y)'*\(x)"))
        for index in 0..<32 {
          let state = try #require(basis.state(at: index))
          #expect(try basis.column(of: both, at: state, in: ring).isEmpty)
          let image = try basis.column(of: mixed, at: state, in: ring)
          #expect(image.keys.allSatisfy { $0 == state } && image.count == (m == n ? 1 : 0))
          if m == n { #expect(try image[state] == number(1)) }
        }
      }
    }
  }

  @Test(arguments: 1...5) func `spins have their lengths`(twice: Int) throws {
    let factors = Factors([Factor("J", .spin(twice: twice))])
    let basis = try ProductBasis(factors)
    let ring = GaussianRationals()
    var reader = OperatorReader(factors, ring)
    let casimir = try reader.normalForm(try Expression(parsingModel: "J_x^2 + J_y^2 + J_z^2"))
    let j = Rational(Integer(twice), 2)
    for n in 0...twice {
      let state = try #require(basis.state([n]))
      #expect(try basis.column(of: casimir, at: state, in: ring)[state] == number(j * (j + 1)))
      #expect(try basis.column(of: casimir, at: state, in: ring).count == 1)
      let m = Rational(Integer(n)) - j
      let raised = try basis.apply(Letter(FactorID(0), .spin(.plus)), to: state)
      let lowered = try basis.apply(Letter(FactorID(0), .spin(.minus)), to: state)
      #expect((raised == nil) == (n == twice) && (lowered == nil) == (n == 0))
      if let raised {
        #expect(basis.numbers(of: raised.state) == [n + 1] && raised.factor.factor.signum > 0)
        #expect(square(raised.factor) == j * (j + 1) - m * (m + 1))
      }
      if let lowered {
        #expect(basis.numbers(of: lowered.state) == [n - 1] && lowered.factor.factor.signum > 0)
        #expect(square(lowered.factor) == j * (j + 1) - m * (m - 1))
      }
    }
  }

  /// A number without roots.
  private func number(_ value: Rational) throws -> RadicalSum<GaussianRational> {
    var sum = RadicalSum<GaussianRational>()
    try sum.add(GaussianRational(value), SquareRoot(1), in: GaussianRationals())
    return sum
  }

  private func square(_ root: SquareRoot) -> Rational { root.factor * root.factor * Rational(root.radicand) }

  @Test func `sums over a symbolic number of cells keep labels, of levels as well`() throws {
    let factors = Factors([Factor("q", .levels(2), cells: .symbol("N")), Factor("b", .boson, cells: .symbol("N"))])
    var reader = OperatorReader(factors, ScalarFormulas(names: ["N"]))
    func normal(_ text: String) throws -> OperatorPolynomial<ScalarPolynomial> {
      try reader.normalForm(try Expression(parsingModel: text))
    }
    #expect(try normal("sum(j, q(0,0)[j] + q(1,1)[j])") == normal("N"))
    #expect(try normal("[sum(j, q(0,1)[j]), sum(k, q(1,0)[k])]") == normal("2*sum(j, q(0,0)[j]) - N"))
    #expect(try normal("[sum(j, b[j]), sum(k, b[k]')]") == normal("N"))
    #expect(try normal("sum(j, q(0,1)[j])*sum(k, q(0,1)[k])") == normal("sum(k, sum(j, q(0,1)[j]*q(0,1)[k]))"))
    #expect(try normal("sum(j, q(0,1)[j])^2") != normal("0"))
  }

  @Test func `families of different symbolic sizes are counted apart, and fermions vanish with their labels`() throws {
    let factors = Factors([
      Factor("b", .boson, cells: .symbol("N")), Factor("q", .levels(2), cells: .symbol("M")),
      Factor("f", .fermion, cells: .symbol("M")),
    ])
    var reader = OperatorReader(factors, ScalarFormulas(names: ["M", "N"]))
    func normal(_ text: String) throws -> OperatorPolynomial<ScalarPolynomial> {
      try reader.normalForm(try Expression(parsingModel: text))
    }
    #expect(try normal("[sum(j, b[j]), sum(k, b[k]')]") == normal("N"))
    #expect(try normal("sum(j, q(0,0)[j] + q(1,1)[j])") == normal("M"))
    #expect(try normal("sum(j, q(0,0)[j] + q(1,1)[j])*sum(k, b[k]*b[k]')") == normal("M*(N + sum(k, b[k]'*b[k]))"))
    #expect(try normal("sum(j, f[j])^2").isZero)
    #expect(try normal("sum(j, sum(k, f[j]*f[k]*q(0,1)[j]))") == normal("-sum(j, sum(k, f[j]*f[k]*q(0,1)[k]))"))
  }

  @Test func `products of two letters of a cell are those of their elements, in any order`() throws {
    let pauli: [Letter.Kind] = [.pauli(.plus), .pauli(.z), .pauli(.minus)]
    let levels = (0..<3).flatMap { k in (0..<3).map { Letter.Kind.level(k, $0) } }
    let ring = GaussianRationals()
    for (kinds, factor) in [(pauli, Factor("s", .qubit)), (levels, Factor("d", .levels(3)))] {
      let basis = try ProductBasis(Factors([factor]))
      for (a, b) in kinds.flatMap({ a in kinds.map { (a, $0) } }) {
        let word = [Letter(FactorID(0), a), Letter(FactorID(0), b)]
        var (product, reduced) = (OperatorPolynomial<GaussianRational>(), OperatorPolynomial<GaussianRational>())
        try product.add(GaussianRational(1), word, in: ring)
        for term in try ExchangeRules.product(word[0], word[1]) {
          try reduced.add(GaussianRational(term.factor), term.letters, in: ring)
        }
        for index in 0..<(basis.dimension == 2 ? 2 : 3) {
          let state = try #require(basis.state(at: index))
          #expect(
            try basis.column(of: product, at: state, in: ring) == basis.column(of: reduced, at: state, in: ring),
            "\(a) times \(b)")
        }
      }
    }
  }
}
