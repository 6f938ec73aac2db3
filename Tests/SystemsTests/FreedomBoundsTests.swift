import ArbitraryPrecision
import Expressions
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import States
@testable import Systems

@Suite struct FreedomBoundsTests {
  /// Ten thousand states, and a part of them without optimisation.
  private static let count: Int = {
    #if DEBUG
      return 400
    #else
      return 10_000
    #endif
  }()

  private func number(_ x: Rational) -> Interval { Interval(x, precision: 160) }

  /// Random and extremal states of up to 12 cells with all 2^N levels filled one by one, against the law and all bounds.
  @Test func `no state is beyond the bounds`() throws {
    var (attained, missed) = ([0, 0, 0], 0)
    try RandomCases.run(Self.count) { random, label in
      let state = SymmetricState(1 + Int(random.next() % 12), &random)
      let (n, e, purity) = (state.cells, state.energy, state.purity)
      let ratio = state.ratioByBruteForce
      #expect(ratio == 1 - (1 - state.largest) / e, "\(label)")
      let note: Comment = "\(label): \(state.populations)"
      let r = number(ratio)
      let bounds = try [
        freedomBound("lower-bound", n, "\(e)", "\(purity)"), freedomBound("upper-bound", n, "\(e)", "\(purity)"),
        freedomBound("energy-bound-sharp", n, "\(e)"),
      ]
      #expect(bounds[0].isAtMost(r) != .certainlyFalse, note)
      #expect(r.isAtMost(bounds[1]) != .certainlyFalse, note)
      #expect(bounds[2].isAtMost(r) != .certainlyFalse, note)
      #expect(try freedomBound("energy-bound", n, "\(e)").isAtMost(bounds[2]) != .certainlyFalse, note)
      #expect(number(1 - Rational(Integer(n), Integer(n + 1)) / e).isAtMost(r) != .certainlyFalse, note)
      // From the purity alone: P <= L <= sqrt P.
      #expect(1 - (1 - purity) / e <= ratio, note)
      #expect(r.isAtMost(1 - (1 - number(purity).squareRoot) / number(e)) != .certainlyFalse, note)
      // A bound is attained exactly by its spectrum: then enclosures overlap, and else they are apart.
      let falling = state.populations.sorted(by: >)
      let isSpike = falling.dropFirst().allSatisfy { $0 == falling[1] }
      let below = falling.dropFirst(falling.filter { $0 == falling[0] }.count)
      let isPlateau = below.isEmpty || below.dropFirst().allSatisfy { $0 == 0 }
      #expect(r.isDisjoint(from: bounds[1]) == !isSpike, note)
      #expect(r.isDisjoint(from: bounds[0]) == !isPlateau, note)
      for (index, holds) in [isPlateau, isSpike, !r.isDisjoint(from: bounds[2])].enumerated() where holds {
        attained[index] += 1
      }
      if !isSpike && !isPlateau { missed += 1 }
    }
    #expect(attained.allSatisfy { $0 > 0 } && missed > 0, "\(attained), \(missed)")
  }

  /// More cells than 2^N allows, by the filling of levels with their multiplicities.
  @Test func `no state of many cells is beyond the bounds`() throws {
    try RandomCases.run(Self.count / 20) { random, label in
      let state = SymmetricState(13 + Int(random.next() % 100), &random)
      let (n, e) = (state.cells, state.energy)
      let taken = try SymmetricSector.ergotropy(
        cells: n, twiceSpin: n, energy: number(e), populations: state.populations.map(number))
      let r = taken / number(e)
      #expect(!r.isDisjoint(from: number(1 - (1 - state.largest) / e)), "\(label)")
      #expect(
        try freedomBound("lower-bound", n, "\(e)", "\(state.purity)").isAtMost(r) != .certainlyFalse, "\(label)")
      #expect(
        try r.isAtMost(freedomBound("upper-bound", n, "\(e)", "\(state.purity)")) != .certainlyFalse, "\(label)")
      #expect(try freedomBound("energy-bound-sharp", n, "\(e)").isAtMost(r) != .certainlyFalse, "\(label)")
    }
  }

  /// States with coherences, as matrices of 2^N dimensions, and their ergotropy.
  @Test(arguments: [2, 3, 4])
  func `the law holds for matrices of all dimensions`(_ n: Int) throws {
    try RandomCases.run(n < 4 ? 4 : 1) { random, label in
      let spectrum = SymmetricState(n, &random)
      let vectors = (0..<2).map { _ in (0...n).map { _ in Int(random.next() % 9) - 4 } }
      let sector = HermitianMatrix(
        eigenvalues: spectrum.populations.map(number), reflectedBy: vectors[0].map { $0 + 5 }, vectors[1],
        precision: 160)
      let binomials = (0...n).map { k in (0..<1 << n).filter { $0.nonzeroBitCount == k }.count }
      let state = try DensityMatrix(
        HermitianMatrix(1 << n, precision: 160) { row, column in
          let (k, l) = (row.nonzeroBitCount, column.nonzeroBitCount)
          let share = 1 / Interval(binomials[k] * binomials[l], precision: 160).squareRoot
          return ComplexInterval(share * sector.realPart(k, l), share * sector[k, l].imaginary)
        })
      let hamiltonian = HermitianMatrix(symmetric: 1 << n, precision: 160) { row, column in
        Interval(row == column ? row.nonzeroBitCount : 0, precision: 160)
      }
      let figures = try Ergotropy(of: state, in: hamiltonian)
      let law = 1 - (1 - number(spectrum.largest)) / figures.energy
      let ratio = figures.value / figures.energy
      #expect(!ratio.isDisjoint(from: law) && (ratio.width.binaryExponent ?? -999) < -100, "\(label)")
    }
  }

  /// Permutation-invariant is not enough: I/4 of two cells has nothing to give.
  @Test func `outside the symmetric subspace the law fails`() throws {
    let state = try DiagonalState(populations: Array(repeating: Rational(1, 4), count: 4), energies: [0, 1, 1, 2])
    #expect(state.ergotropy == 0)
    #expect(1 - (1 - Rational(1, 4)) / state.energy == Rational(1, 4))
  }

  // MARK: - Where bounds are attained

  /// U at energies from (1 - U)(N + 1)/2 to its mirror: the state is there at both ends, and refused beyond.
  @Test(arguments: [("spike", "3/5", Rational(4, 5)), ("plateau", "2/5", Rational(4, 5))])
  func `a state that attains a bound has energies in an interval`(
    _ shape: String, _ largest: String, _ least: Rational
  ) throws {
    let (quantity, n) = (try Catalogue.builtIn.quantity(named: "freedom.spectrum-deficit"), 3)
    func arguments(_ e: Rational) throws -> Arguments {
      try Arguments(
        [("spectrum", shape), ("N", "\(n)"), ("L", largest), ("e", "\(e)")].map { (name: $0.0, text: $0.1) },
        for: quantity)
    }
    for e in [least, Rational(n) / 2, Rational(n) - least] {
      let deficit = try quantity.route.evaluate(arguments(e), 160, Budget())
      // Eigenvalues 3/5, 2/15, 2/15, 2/15, or 2/5, 2/5, 1/5.
      let purity = shape == "spike" ? "31/75" : "9/25"
      let bound = try freedomBound(shape == "spike" ? "upper-bound" : "lower-bound", n, "\(e)", purity)
      #expect(!(1 - deficit).isDisjoint(from: bound) && (bound.width.binaryExponent ?? 0) < -140)
    }
    let small = Rational(1, 1_000_000_000)
    for e in [least - small, Rational(n) - least + small] {
      let error = #expect(throws: BadInput.self) { try arguments(e) }
      #expect(
        error?.message == "parameter e: no such state has the energy \(e); accepted: l <= e <= N - l, l = \(least)")
    }
  }

  /// Beyond these energies every state of the purity is away from the bound.
  @Test func `the bounds are missed where their states do not fit`() throws {
    var count = 0
    try RandomCases.run(Self.count / 4) { random, label in
      let n = 2 + Int(random.next() % 5)
      let state = SymmetricState(n, weights: (0...n).map { (30 >> $0) + Int(random.next() % 4) })
      let (e, purity) = (state.energy, number(state.purity))
      let u = (1 + (n * ((n + 1) * purity - 1)).squareRoot) / (n + 1)
      guard number(e).isLess(than: (1 - u) * number(Rational(n + 1) / 2)) == .certainlyTrue else { return }
      count += 1
      let bound = try freedomBound("upper-bound", n, "\(e)", "\(state.purity)")
      #expect(number(state.ratioByBruteForce).isLess(than: bound) == .certainlyTrue, "\(label)")
    }
    #expect(count > 0)
  }

  @Test(arguments: [
    ("1", true), ("3/2", true), ("sqrt(4)", true), ("5/2", true), ("3/2 + 1e-30", false), ("pi/2", false),
  ])
  func `the bound from the energy is attained exactly when 2m is an integer`(_ e: String, _ isAttained: Bool) throws {
    let smooth = try freedomBound("energy-bound", 5, e)
    for route in 0...1 {
      let sharp = try freedomBound("energy-bound-sharp", 5, e, route: route)
      #expect(sharp.isDisjoint(from: smooth) == !isAttained)
      #expect(smooth.isAtMost(sharp) != .certainlyFalse)
    }
  }

  // MARK: - Edges

  /// P = 1 and the ends of every k: both formulas are one there, and nothing jumps.
  ///
  /// For P = 1/k + d, with one value less, V - 1/k = sqrt(k d/(k - 1))/k. For P = 1/k - d, V - 1/k = -(1 - sqrt(1 - x))/(k (k + 1)) with x = k (k + 1) d, and
  /// 1 - sqrt(1 - x) is between x/2 and x (1 + x)/2 for x up to 1. R differs by V over e = 5/2.
  @Test func `the lower bound is continuous where k changes`() throws {
    let d = Rational(1, Integer(10).power(60))
    func bound(_ purity: String) throws -> Interval {
      try enclosure("freedom.lower-bound", [("N", "5"), ("e", "5/2"), ("P", purity)], digits: 100)
    }
    for k in 1...6 {
      let exact = 1 - (1 - Rational(1, Integer(k))) * Rational(2, 5)
      #expect(try bound("1/\(k)").contains(exact))
      if k < 6 {
        let x = Rational(Integer(k * (k + 1))) * d
        let change = Interval(from: -d * (1 + x) / 5, to: -d / 5, precision: 400)
        #expect(try !(bound("1/\(k) - 1e-60") - Interval(exact, precision: 400)).isDisjoint(from: change), "k = \(k)")
      }
      if k > 1 {
        let change =
          Interval(Rational(Integer(k), Integer(k - 1)) * d, precision: 400).squareRoot
          * Interval(Rational(2, Integer(5 * k)), precision: 400)
        #expect(try !(bound("1/\(k) + 1e-60") - Interval(exact, precision: 400)).isDisjoint(from: change), "k = \(k)")
      }
    }
    #expect(try freedomBound("upper-bound", 5, "5/2", "1").contains(1))
    #expect(try freedomBound("upper-bound", 5, "5/2", "1/6").contains(Rational(2, 3)))
  }

  @Test func `the integer part is decided`() throws {
    for (text, floor) in [
      ("3", 3), ("sqrt(9)", 3), ("sqrt(2)^2", 2), ("pi*7/pi", 7), ("sqrt(10)", 3), ("3 - 1e-300", 2),
      ("1 + sqrt(5)", 3),
      ("7 - 1e-9000*pi", 6), ("3*(sqrt(3 + 2*sqrt(2)) - sqrt(2))", 3),
    ] {
      #expect(try FreedomDomain.floor(.init(parsing: text)) == Integer(floor), "\(text)")
    }
  }

  @Test func `zeros are decided`() throws {
    for (name, given) in [
      ("upper-bound", [("N", "1"), ("e", "1/2"), ("P", "1/2")]),
      ("lower-bound", [("N", "1"), ("e", "1/2"), ("P", "1/2")]),
      ("lower-bound", [("N", "3"), ("e", "(1 - 1/sqrt(5))/2"), ("P", "3/5")]),
      ("energy-bound", [("N", "4"), ("e", "1/2")]),
      ("energy-bound-sharp", [("N", "4"), ("e", "sqrt(2)/7")]),
      ("spectrum-deficit", [("spectrum", "spike"), ("N", "4"), ("L", "sqrt(2)/sqrt(2)"), ("e", "pi/2")]),
    ] {
      let value = try enclosure("freedom.\(name)", given, digits: 20)
      #expect(value.isSameSet(as: Interval(0, precision: 8)), "\(name): \(value)")
    }
  }

  // MARK: - Refusals

  @Test(arguments: [
    ("lower-bound", ["N=3", "e=0", "P=1"], "parameter e: 0 is outside the domain; accepted: real numbers, 0 < e <= N"),
    (
      "upper-bound", ["N=3", "e=-1", "P=1"], "parameter e: -1 is outside the domain; accepted: real numbers, 0 < e <= N"
    ),
    (
      "upper-bound", ["N=3", "e=3.01", "P=1"],
      "parameter e: 3.01 is outside the domain; accepted: real numbers, 0 < e <= N"
    ),
    ("energy-bound", ["N=3", "e=pi"], "parameter e: pi is outside the domain; accepted: real numbers, 0 < e <= N"),
    (
      "energy-bound", ["N=3", "e=sqrt(2)-sqrt(2)"],
      "parameter e: sqrt(2)-sqrt(2) is outside the domain; accepted: real numbers, 0 < e <= N"
    ),
    ("energy-bound-sharp", ["N=3", "e=4"], "parameter e: 4 is outside the domain; accepted: real numbers, 0 < e <= N"),
    (
      "lower-bound", ["N=3", "e=1", "P=0"],
      "parameter P: 0 is outside the domain; accepted: real numbers, 1/(N+1) <= P <= 1"
    ),
    (
      "lower-bound", ["N=3", "e=1", "P=0.2499"],
      "parameter P: 0.2499 is outside the domain; accepted: real numbers, 1/(N+1) <= P <= 1"
    ),
    (
      "upper-bound", ["N=3", "e=1", "P=1/4 - 1e-400"],
      "parameter P: 1/4 - 1e-400 is outside the domain; accepted: real numbers, 1/(N+1) <= P <= 1"
    ),
    (
      "upper-bound", ["N=3", "e=1", "P=1.0001"],
      "parameter P: 1.0001 is outside the domain; accepted: real numbers, 1/(N+1) <= P <= 1"
    ),
    (
      "upper-bound", ["N=3", "e=1"],
      "parameter P of freedom.upper-bound is missing; accepted: real numbers, 1/(N+1) <= P <= 1"
    ),
    (
      "spectrum-deficit", ["spectrum=spike", "N=3", "e=1", "L=1/5"],
      "parameter L: 1/5 is outside the domain; accepted: real numbers, 1/(N+1) <= L <= 1"
    ),
    (
      "spectrum-deficit", ["spectrum=flat", "N=3", "e=1", "L=1/2"],
      "parameter spectrum: unknown choice 'flat'; accepted: spike, plateau"
    ),
    (
      "spectrum-deficit", ["spectrum=plateau", "N=3", "e=1/3", "L=1/2"],
      "parameter e: no such state has the energy 1/3; accepted: l <= e <= N - l, l = 1/2"
    ),
    ("qudit-deficit", ["N=3", "d=1"], "parameter d: 1 is outside the domain; accepted: integers d >= 2"),
    (
      "vacuum-flip-deficit", ["N=3", "nbar=0"],
      "parameter nbar: 0 is outside the domain; accepted: real numbers, nbar > 0"
    ),
    ("tavis-cummings-deficit", ["N=0", "nbar=1"], "parameter N: 0 is outside the domain; accepted: integers N >= 1"),
  ])
  func `what no state has is refused`(_ name: String, _ texts: [String], _ message: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.\(name)")
    let error = #expect(throws: BadInput.self) {
      try Arguments(
        texts.map { text in
          let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
          return (name: parts[0], text: parts[1])
        }, for: quantity)
    }
    #expect(error?.message == message)
  }
}
