import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs
import TestSupport
import Testing

/// Exact elements against plain dense matrices, built by Kronecker products from the tables of the factors.
///
/// Six states of each boson are kept. Products of at most four letters take states of at most one quantum to states
/// that are kept, so those columns are right.
@Suite struct MatrixElementTests {
  private typealias Polynomial = OperatorPolynomial<GaussianRational>
  private let ring = GaussianRationals()

  private func compare(_ polynomial: Polynomial, _ matrix: DenseMatrix, _ factors: [Factor], _ label: String) throws {
    let dense = DenseSpace(factors: factors, quanta: 6)
    let basis = try ProductBasis(Factors(factors))
    let isBoson = (0..<basis.count).map { factors[basis.factor(ofSite: $0).position].kind == .boson }
    for column in 0..<dense.dimension {
      let numbers = dense.numbers(column)
      guard !zip(numbers, isBoson).contains(where: { $1 && $0 > 1 }) else { continue }
      let state = try #require(basis.state(numbers))
      let exact = try basis.column(of: polynomial, at: state, in: ring)
      for row in 0..<dense.dimension {
        let image = try #require(basis.state(dense.numbers(row)))
        let (x, y) = (ProductBasis.enclosure(exact[image] ?? RadicalSum()), matrix[row, column])
        // Both enclosures are narrower than 2^-200: those of numbers that differ are disjoint.
        let isSame = !x.real.isDisjoint(from: y.real) && !x.imaginary.isDisjoint(from: y.imaginary)
        #expect(
          isSame,
          "\(label): from \(numbers) to \(dense.numbers(row)): \(x.real.text(digits: 9)), \(y.real.text(digits: 9))")
        if !isSame { return }
      }
    }
  }

  private func read(_ text: String, _ factors: [Factor]) throws -> (Expression, written: Polynomial, normal: Polynomial)
  {
    let formula = try Expression(parsingModel: text)
    var reader = OperatorReader(Factors(factors), ring)
    return (formula, try reader.asWritten(formula), try reader.normalForm(formula))
  }

  @Test func `elements of random polynomials are those of dense matrices, as written and in normal order`() throws {
    try RandomCases.run(60) { random, label in
      let operators = RandomOperators(&random)
      let text = operators.polynomial(4, &random)
      let (formula, written, normal) = try read(text, operators.factors)
      let matrix = try DenseSpace(factors: operators.factors, quanta: 6).matrix(formula)
      try compare(written, matrix, operators.factors, "\(label): \(operators.factors): \(text) as written")
      try compare(normal, matrix, operators.factors, "\(label): \(operators.factors): \(text) in normal order")
    }
  }

  @Test func `products, commutators and adjoints of polynomials are those of their matrices`() throws {
    try RandomCases.run(40) { random, label in
      let operators = RandomOperators(&random)
      let (a, b) = (operators.polynomial(2, &random), operators.polynomial(2, &random))
      let dense = DenseSpace(factors: operators.factors, quanta: 6)
      var arithmetic = OperatorArithmetic(factors: Factors(operators.factors), ring: ring)
      let (x, y) = (try read(a, operators.factors).normal, try read(b, operators.factors).normal)
      let where_ = "\(label): \(operators.factors): \(a) and \(b)"
      let product = try dense.matrix(try Expression(parsingModel: "(\(a))*(\(b))"))
      try compare(try arithmetic.product(x, y), product, operators.factors, "product, \(where_)")
      let commutator = try dense.matrix(try Expression(parsingModel: "[\(a), \(b)]"))
      try compare(try arithmetic.commutator(x, y), commutator, operators.factors, "commutator, \(where_)")
      let adjoint = try dense.matrix(try Expression(parsingModel: a)).adjoint
      try compare(try arithmetic.adjoint(x), adjoint, operators.factors, "adjoint, \(where_)")
    }
  }

  @Test func `an operator applied twice is its square`() throws {
    try RandomCases.run(30) { random, label in
      let operators = RandomOperators(&random)
      let text = operators.polynomial(2, &random)
      let basis = try ProductBasis(Factors(operators.factors))
      var arithmetic = OperatorArithmetic(factors: Factors(operators.factors), ring: ring)
      let x = try read(text, operators.factors).normal
      let square = try arithmetic.product(x, x)
      let state = try #require(basis.state(Array(repeating: 0, count: basis.count)))
      let once = try basis.column(of: x, at: state, in: ring)
      #expect(
        try basis.apply(x, to: once, in: ring) == basis.column(of: square, at: state, in: ring),
        "\(label): \(operators.factors): \(text)")
    }
  }
}
