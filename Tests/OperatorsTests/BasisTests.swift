import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs
import TestSupport
import Testing

/// The order of product bases and the packing of states.
@Suite struct BasisTests {
  @Test func `the first factor is slowest, and cell 0 before cell 1`() throws {
    let basis = try ProductBasis(
      Factors([Factor("d", .levels(3)), Factor("q", .qubit, cells: .number(2)), Factor("J", .spin(twice: 2))]))
    #expect(basis.dimension == 36 && basis.count == 4)
    var index = 0
    for d in 0..<3 {
      for first in 0..<2 {
        for second in 0..<2 {
          for m in 0..<3 {
            let state = try #require(basis.state([d, first, second, m]))
            #expect(basis.index(of: state) == index && basis.state(at: index) == state)
            #expect(basis.numbers(of: state) == [d, first, second, m])
            #expect(basis.number(of: 2, in: state) == second)
            index += 1
          }
        }
      }
    }
    #expect(basis.state(at: 36) == nil && basis.state(at: -1) == nil && basis.state([3, 0, 0, 0]) == nil)
    #expect(basis.state([0, 0, 0]) == nil)
  }

  @Test func `states of many sites keep their numbers, and their order is that of the numbers`() throws {
    try RandomCases.run(50) { random, label in
      let factors = (0..<1 + Int(random.next() % 12)).map { number -> Factor in
        let cells: Factor.Size? = random.next() % 2 == 0 ? .number(Int(random.next() % 40)) : nil
        switch random.next() % 5 {
        case 0: return Factor("a\(number)", .boson)
        case 1: return Factor("a\(number)", .spin(twice: Int(random.next() % 1000)), cells: cells)
        case 2: return Factor("a\(number)", .levels(1 + Int(random.next() % 9)), cells: cells)
        default: return Factor("a\(number)", .qubit, cells: cells)
        }
      }
      let basis = try ProductBasis(Factors(factors))
      func numbers(_ random: inout SplitMix64) -> [Int] {
        (0..<basis.count).map { site in
          let greatest = (basis.dimension(ofSite: site) ?? ProductBasis.greatestQuanta + 1) - 1
          return random.next() % 4 == 0 ? greatest : Int(random.next() % UInt64(greatest + 1))
        }
      }
      let x = numbers(&random)
      let a = try #require(basis.state(x))
      #expect(basis.numbers(of: a) == x, "\(label): \(x)")
      // Another state, and those that differ on one site: each word of the packing decides once.
      var others = [numbers(&random)]
      for site in 0..<basis.count where basis.dimension(ofSite: site) != 1 {
        var y = x
        y[site] = x[site] == 0 ? 1 : 0
        others.append(y)
      }
      for y in others {
        let b = try #require(basis.state(y))
        let isBefore = x.lexicographicallyPrecedes(y)
        #expect(basis.numbers(of: b) == y && (a == b) == (x == y), "\(label): \(x), \(y)")
        #expect((a < b) == isBefore && (b < a) == (x != y && !isBefore), "\(label): \(x), \(y)")
      }
    }
  }

  @Test func `bosons have no end`() throws {
    let basis = try ProductBasis(Factors([Factor("a", .boson), Factor("q", .qubit)]))
    #expect(basis.dimension == nil && basis.state(at: 0) == nil)
    let state = try #require(basis.state([1_000_000, 1]))
    #expect(basis.index(of: state) == nil)
    let raised = try basis.apply(Letter(FactorID(0), .boson(.creation)), to: state)
    #expect(raised.map { basis.numbers(of: $0.state) } == [1_000_001, 1])
    let last = try #require(basis.state([ProductBasis.greatestQuanta, 0]))
    #expect(throws: OutsideFragment("more than 4294967295 quanta of 'a'")) {
      try basis.apply(Letter(FactorID(0), .boson(.creation)), to: last)
    }
  }

  @Test(arguments: [
    (Factor("J", .spin(twice: nil)), "the spin 'J' has no length here"),
    (Factor("J", .spin(twice: -1)), "2J = -1 of the spin 'J'; accepted: 0 to 4294967294"),
    (Factor("A", .observable), "the observable 'A' has no matrix"),
    (Factor("d", .levels(0)), "'d' has 0 levels; accepted: 1 to 4294967295"),
    (Factor("b", .boson, cells: .symbol("N")), "the number N of cells of 'b' is no number"),
    (Factor("b", .boson, cells: .number(-1)), "'b' has -1 cells; accepted: 0 or more"),
    (Factor("b", .qubit, cells: .number(4097)), "more than 4096 factors and cells"),
  ])
  func `factors without a basis are named`(_ factor: Factor, _ message: String) {
    #expect(throws: OutsideFragment(message)) { try ProductBasis(Factors([factor])) }
  }

  @Test func `letters act on cells that there are`() throws {
    let basis = try ProductBasis(Factors([Factor("b", .qubit, cells: .number(2))]))
    let state = try #require(basis.state([0, 0]))
    for cell in [Letter.Cell.only, .number(2), .number(-1), .label(0)] {
      #expect(throws: OutsideFragment("a letter of 'b' on a cell that is none")) {
        try basis.apply(Letter(FactorID(0), .pauli(.plus), cell: cell), to: state)
      }
    }
  }

  @Test(arguments: [
    ("i", "'i' has a meaning of its own in formulas"), ("pi", "'pi' has a meaning of its own in formulas"),
    ("sin", "'sin' has a meaning of its own in formulas"),
    ("", "'' is no name; accepted: letters, digits and _, a letter first"),
    ("2a", "'2a' is no name; accepted: letters, digits and _, a letter first"),
  ])
  func `names that formulas cannot have are refused`(_ name: String, _ message: String) {
    #expect(throws: OutsideFragment(message)) { try ProductBasis(Factors([Factor(name, .boson)])) }
  }

  @Test func `one name is one thing`() throws {
    #expect(throws: OutsideFragment("'a' is of 'a' and of 'a'")) {
      try ProductBasis(Factors([Factor("a", .boson), Factor("a", .qubit)]))
    }
    var reader = OperatorReader(Factors([Factor("a", .boson)]), ScalarFormulas(names: ["a"]))
    let formula = try Expression(parsingModel: "a*a")
    #expect(throws: ExpressionError(.malformed, column: 1, "'a' is a number and an operator of 'a'")) {
      try reader.polynomial(formula)
    }
  }

  @Test func `a letter of another space is refused`() throws {
    let basis = try ProductBasis(Factors([Factor("a", .qubit)]))
    let state = try #require(basis.state([0]))
    #expect(throws: OutsideFragment("a letter of factor 1; accepted: those below 1")) {
      try basis.apply(Letter(FactorID(1), .pauli(.plus)), to: state)
    }
  }

  /// It would act on the bits of a neighbour: a creation on a qubit, or a level beyond the last.
  @Test func `a letter that its factor has not is refused`() throws {
    let factors = Factors([Factor("m", .boson), Factor("b", .qubit), Factor("d", .levels(3)), Factor("f", .fermion)])
    let basis = try ProductBasis(factors)
    let state = try #require(basis.state([0, 1, 0, 0]))
    let letters: [(Letter, String)] = [
      (Letter(FactorID(1), .boson(.creation)), "b"), (Letter(FactorID(0), .pauli(.plus)), "m"),
      (Letter(FactorID(2), .level(5, 0)), "d"), (Letter(FactorID(2), .level(0, 3)), "d"),
      (Letter(FactorID(3), .boson(.annihilation)), "f"), (Letter(FactorID(1), .spin(.z)), "b"),
    ]
    for (letter, name) in letters {
      #expect(throws: OutsideFragment("a letter that '\(name)' has not")) { try basis.apply(letter, to: state) }
    }
  }
}
