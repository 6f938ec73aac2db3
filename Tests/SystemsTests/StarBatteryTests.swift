import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct StarBatteryTests {
  private func arguments(_ name: String, _ given: [(String, String)]) throws -> (Quantity, Arguments) {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    return (quantity, try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity))
  }

  /// Invariant pairs against the master equation of charger and cells, strong and weak damping, the critical one among them.
  @Test(arguments: [
    ["1", "1/2", "1", "1/2", "3"], ["1", "1", "1", "40", "2"], ["2", "1/10", "1", "1/2", "7"],
    ["2", "3", "1/2", "1", "1/1000"],
    ["3", "2", "1", "4", "1"], ["3", "1/3", "2", "1/100", "2"],
    // Without dephasing, and hardly with it.
    ["1", "1", "1", "0", "2"], ["3", "3/4", "1", "0", "3/2"], ["4", "1/10", "2", "0", "5"],
    ["2", "1", "1", "1e-30", "3"],
  ])
  func `both routes agree`(_ texts: [String]) throws {
    for name in ["star.energy", "star.ergotropy"] {
      let given = Array(zip(["N", "F", "g", "gamma", "t"], texts))
      let (quantity, arguments) = try arguments(name, given)
      let values = try quantity.routes.map { try $0.evaluate(arguments, 128, Budget()) }
      #expect(values.count == 2)
      #expect(!values[0].isDisjoint(from: values[1]), "\(name) \(texts): \(values)")
      // Wide enclosures would agree with everything: 24 digits of them are asked for.
      #expect(values.allSatisfy { ($0.width.binaryExponent ?? -200) < -80 }, "\(name) \(texts)")
    }
  }

  /// Detuned stars by the model file against the dense matrix, which is another engine.
  @Test(arguments: [
    ["1", "1/2", "1", "1/2", "3", "1/3", "0"], ["2", "3", "1/2", "1", "1/7", "0", "-1/2"],
    ["3", "1/3", "2", "0", "2", "-1/4", "1/5"], ["6", "1", "1", "4", "1", "2", "1"],
    ["2", "0", "1", "1", "2", "1", "1"],
  ])
  func `the model file is the dense master equation`(_ texts: [String]) throws {
    for name in ["star.detuned-energy", "star.mixture-distance"] {
      let given = Array(zip(["N", "F", "g", "gamma", "t", "delta", "kappa"], texts))
      let (quantity, arguments) = try arguments(name, given)
      #expect(quantity.routes.map(\.name) == ["model", "lindblad"])
      let values = try quantity.routes.map { try $0.evaluate(arguments, 128, Budget()) }
      #expect(!values[0].isDisjoint(from: values[1]), "\(name) \(texts): \(values)")
      #expect(values.allSatisfy { ($0.width.binaryExponent ?? -200) < -80 }, "\(name) \(texts): \(values)")
    }
  }

  /// The steady state by projectors of the general spectrum of R A, without the order of levels that makes a Jacobi matrix.
  @Test(arguments: [(1, Rational(1, 2)), (2, 1), (3, 2), (4, Rational(1, 10)), (7, 3), (8, 1)])
  func `the steady state is that of the general spectrum`(_ n: Int, _ f: Rational) throws {
    let p = 160
    let reversed = HermitianMatrix(symmetric: n + 1, precision: p) { row, column in
      let m = n - row
      if m == column { return Interval(f, precision: p) }
      return m == column - 1 ? Interval(column * (n - column + 1), precision: p).squareRoot : Interval(0, precision: p)
    }
    let spectrum = try HermitianSpectrum(reversed, bits: 140, within: Budget())
    #expect(spectrum.clusters.count == n + 1)
    let projectors = spectrum.clusters.map { spectrum.projector(onto: $0) }
    let rho = HermitianMatrix(symmetric: n + 1, precision: p) { row, column in
      projectors.reduce(Interval(0, precision: p)) { sum, projector in
        let (a, b) = (
          projector.realPart(row, 0) * projector.realPart(column, 0),
          projector.realPart(n - row, 0) * projector.realPart(n - column, 0)
        )
        return sum + (a + b).scaled(byPowerOfTwo: -1)
      }
    }
    let largest = try HermitianSpectrum(rho, bits: 120, within: Budget()).eigenvalues[n]
    let given = [("N", "\(n)"), ("F", "\(f)")]
    #expect(!largest.isDisjoint(from: try enclosure("star.steady-largest-eigenvalue", given, digits: 25)))
    let energy = (0...n).reduce(Interval(0, precision: p)) { $0 + $1 * rho.realPart($1, $1) }
    #expect(!energy.isDisjoint(from: try enclosure("star.steady-energy", given, digits: 25)))
    let product = spectrum.eigenvalues.reduce(Interval(1, precision: p), *)
    #expect(product.absoluteValue.contains(f.power(n + 1)))
    let least = spectrum.eigenvalues.map(\.absoluteValue).reduce(Interval(Rational(1000), precision: p)) {
      $0.minimum($1)
    }
    #expect(!least.isDisjoint(from: try enclosure("star.smallest-coupling", given, digits: 20)))
  }

  /// Enclosures of few and of many digits are of one number, and many are many.
  @Test func `more digits agree with fewer and are sharper`() throws {
    let given = [("N", "9"), ("F", "1/3"), ("gamma", "1/2"), ("t", "5")]
    for name in ["star.energy", "star.ergotropy", "star.ratio"] {
      let (few, many) = (try enclosure(name, given, digits: 12), try enclosure(name, given, digits: 60))
      #expect(!few.isDisjoint(from: many), "\(name)")
      #expect(many.width <= few.width, "\(name)")
      let relative = (Interval(many.width) / many).scaled(byPowerOfTwo: -1)
      #expect(relative.upper < Interval(Rational(1, 10), precision: 64).power(60).lower, "\(name)")
    }
  }

  /// Pairs +-mu that differ by less than what the bits of the first round tell, with a gamma that is as small: s = mu_j + mu_k straddles zero by more than gamma/2.
  @Test(arguments: [
    ["40", "1", "1", "1e-38", "2e46"], ["30", "0.3", "1", "1e-38", "2e46"], ["40", "1e38", "1e38", "1", "2e8"],
    ["20", "1", "1", "1e-20", "1e22"],
  ])
  func `pairs that are not told apart claim nothing`(_ texts: [String]) throws {
    for name in ["star.energy", "star.ergotropy"] {
      let given = Array(zip(["N", "F", "g", "gamma", "t"], texts))
      let truth = try enclosure(name, given, digits: 60)
      for digits in [1, 5, 13, 20] {
        #expect(try !enclosure(name, given, digits: digits).isDisjoint(from: truth), "\(name) \(texts) \(digits)")
      }
    }
  }

  /// f for a whole set of couplings, times and rates holds the values of its members.
  @Test func `the relaxation of wide sets holds its members`() throws {
    RandomCases.run(200) { generator, label in
      func rational(_ range: ClosedRange<Int>, _ part: Int) -> Rational {
        Rational(Integer(Int.random(in: range, using: &generator)), Integer(part))
      }
      let scale = Rational(10).power(Int.random(in: -6...20, using: &generator))
      let widths: [Rational] = [0, Rational(1, 1000), 1, 100]
      func wide(_ x: Rational) -> Interval {
        let w = widths.randomElement(using: &generator) ?? 0
        return Interval(from: x - x.magnitude * w, to: x + x.magnitude * w, precision: 128)
      }
      let (t, rate, s) = (rational(1...64, 16) * scale, rational(1...64, 16) / scale, rational(-64...64, 16) / scale)
      let set = Relaxation.value(
        at: Interval(t, precision: 128), rate: Interval(rate, precision: 128), coupling: wide(s))
      let one = Relaxation.value(
        at: Interval(t, precision: 512), rate: Interval(rate, precision: 512), coupling: Interval(s, precision: 512))
      #expect(!set.isDisjoint(from: one), "\(label): t = \(t), gamma = \(rate), s = \(s)")
      #expect(one.width.binaryExponent.map { $0 < -300 } ?? true, "\(label)")
    }
  }

  /// f'' + gamma f' + s^2 f = 0 as a system of two equations, by the exponential of its matrix.
  @Test func `the relaxation solves its equation`() throws {
    try RandomCases.run(40) { generator, label in
      let s = Rational(Int.random(in: -12...12, using: &generator)) / 8
      // gamma = 2 s is the critical damping, and near it.
      let gammas: [Rational] = [
        2 * s.magnitude, 2 * s.magnitude + Rational(1, 1_000_000_000_000),
        Rational(Int.random(in: 1...40, using: &generator)) / 8,
      ]
      let gamma = gammas.randomElement(using: &generator) ?? 1
      let times: [Rational] = [Rational(1, 1000), 1, 3, 10]
      let t = times.randomElement(using: &generator) ?? 1
      var matrix = IntervalMatrix(zero: 2, precision: 200)
      matrix[0, 1] = Interval(t, precision: 200)
      matrix[1, 0] = Interval(-t * s * s, precision: 200)
      matrix[1, 1] = Interval(-t * gamma, precision: 200)
      let truth = try matrix.exponential(within: Budget())[0, 0]
      let value = Relaxation.value(
        at: Interval(t, precision: 128), rate: Interval(gamma, precision: 128), coupling: Interval(s, precision: 128))
      #expect(!value.isDisjoint(from: truth), "\(label): s = \(s), gamma = \(gamma), t = \(t)")
      #expect((value.width.binaryExponent ?? -200) < -100, "\(label): s = \(s), gamma = \(gamma), t = \(t)")
    }
  }

  /// At the times f is 1/10 up to its sign; before the first one it is above, after the last one below in magnitude.
  @Test(arguments: ["1/2", "1/10", "19/10", "2", "2*sqrt(4)/2", "5"])
  func `times of the strongly driven star are passages`(_ gamma: String) throws {
    let given = [("gamma", gamma)]
    let (first, last) = (
      try enclosure("star.strong-charging-time", given, digits: 20),
      try enclosure("star.strong-settling-time", given, digits: 20)
    )
    let strong = try Catalogue.builtIn.quantity(named: "star.strong-charging-time")
    let rate = try #require(Arguments([(name: "gamma", text: gamma)], for: strong)[.dephasing].rational)
    let (one, tenth) = (Interval(1, precision: 128), Interval(Rational(1, 10), precision: 128))
    func f(_ t: Interval) -> Interval { Relaxation.value(at: t, rate: Interval(rate, precision: 128), coupling: one) }
    #expect(f(first).contains(Rational(1, 10)))
    #expect(!f(last).absoluteValue.isDisjoint(from: tenth))
    #expect(!last.strictlyPrecedes(first))
    for k in 1..<40 {
      let share = Interval(Rational(Integer(k), 40), precision: 128)
      #expect(tenth.isLess(than: f(share * first)) == .certainlyTrue)
      #expect(f(last / share).absoluteValue.isLess(than: tenth) == .certainlyTrue)
    }
  }

  /// The least value over a range is below that at each point of it, and above one where the claim says so.
  @Test func `ranges hold their points`() throws {
    func least(_ n: String, _ low: String, _ high: String) throws -> Interval {
      let (quantity, arguments) = try arguments("star.least-product", [("N", n), ("from", low), ("to", high)])
      return try quantity.route.evaluate(arguments, 64, Budget())
    }
    let one = Interval(1, precision: 64)
    let range = try least("4", "1/10", "4")
    for f in ["1/10", "1/4", "1/2", "1", "3/2", "2", "3", "4"] {
      let value = try enclosure("star.freedom-product", [("N", "4"), ("F", f)], digits: 15)
      #expect(range.isAtMost(value) != .certainlyFalse, "\(f)")
    }
    #expect(one.isLess(than: range) == .certainlyTrue)
    #expect(try least("2", "1", "2").isLess(than: one) == .certainlyTrue)
  }

  @Test(arguments: [
    (
      ["N": "1001", "F": "1"], "star.steady-energy",
      "N <= 1000: a matrix of N + 1 rows is diagonalised"
    ),
    (
      ["N": "158", "F": "1", "gamma": "1", "delta": "1", "t": "1"], "star.mixture-distance",
      "states with at most 100000 real elements: the density matrix is computed on all elements that the start reaches "
        + "under the master equation"
    ),
    (
      ["N": "4", "from": "1", "to": "2", "digits": "400"], "star.least-product",
      "the side of one that the value is on: the range is cut into pieces until that is known"
    ),
  ])
  func `what costs too much is named`(_ given: [String: String], _ name: String, _ reason: String) throws {
    let texts = given.filter { $0.key != "digits" }.map { ($0.key, $0.value) }
    let (quantity, arguments) = try arguments(name, texts)
    let value = try quantity.certified(
      arguments, to: .relative(digits: given["digits"].flatMap(Int.init) ?? 10), within: Budget())
    #expect(value.undecided == "this route is limited to \(reason)" && value.outcome == .beyond)
  }

  @Test func `a charger that hardly dephases turns too often`() throws {
    let (quantity, arguments) = try arguments("star.strong-settling-time", [("gamma", "1e-30")])
    let value = try quantity.certified(arguments, to: .relative(digits: 5), within: Budget())
    #expect(value.undecided == "this route is limited to 2^60 turns of the energy before it settles")
  }

  @Test(arguments: [
    ("2", "1"), ("1.00000000000000000000000000000000001", "1"), ("sqrt(2) + 1e-500", "sqrt(2)"), ("22/7", "pi"),
  ])
  func `a range is given in order`(_ low: String, _ high: String) throws {
    func range(_ low: String, _ high: String) throws {
      _ = try arguments("star.least-product", [("N", "4"), ("from", low), ("to", high)])
    }
    #expect(throws: BadInput("parameter to: it is below from; accepted: from <= to")) { try range(low, high) }
    try range(high, low)
    try range(low, low)
  }

  /// N = 1 without dephasing: |down,0> - F - |up,0> - g - |down,1> - F - |up,1> is a chain, and cos Ht and sin Ht are blocks of the exponential of ((0, H t), (-H t, 0)).
  @Test(arguments: [("1", "1", "2"), ("1/3", "2", "5/2"), ("1/1024", "1", "3"), ("2", "1/7", "1/5")])
  func `without dephasing the flow is unitary`(_ drive: String, _ coupling: String, _ time: String) throws {
    let given = [("N", "1"), ("F", drive), ("g", coupling), ("gamma", "0"), ("t", time)]
    let (quantity, arguments) = try arguments("star.energy", given)
    let (f, g, t) = (
      arguments.enclosure(.drive, 200), arguments.enclosure(.coupling, 200), arguments.enclosure(.time, 200)
    )
    var matrix = IntervalMatrix(zero: 8, precision: 200)
    for (place, element) in [f * t, g * t, f * t].enumerated() {
      for (row, column) in [(place, place + 1), (place + 1, place)] {
        matrix[row, column + 4] = element
        matrix[row + 4, column] = -element
      }
    }
    let flow = try matrix.exponential(within: Budget())
    // |down,1> and |up,1> from |down,0>: the squares of the real and of the imaginary part.
    let energy = [2, 3].reduce(Interval(0, precision: 200)) { $0 + flow[$1, 0].squared + flow[$1, 4].squared }
    for route in quantity.routes {
      let value = try route.evaluate(arguments, 128, Budget())
      #expect(!value.isDisjoint(from: energy), "\(route.name)")
      #expect((value.width.binaryExponent ?? -200) < -90, "\(route.name)")
    }
  }

  /// Without drive or coupling the cells stay empty: exactly zero, by the route of the pairs and within the bound of the master equation, which knows nothing of it.
  @Test(arguments: [
    ("0", "1", "1/2"), ("1", "0", "1/2"), ("0", "0", "1/2"), ("0", "1", "0"), ("1/2", "0", "0"), ("0", "0", "0"),
    ("1 - 1", "sqrt(2)", "1"),
  ])
  func `without drive or coupling nothing is stored`(_ drive: String, _ coupling: String, _ rate: String) throws {
    let given = [("N", "2"), ("F", drive), ("g", coupling), ("gamma", rate), ("t", "3")]
    for name in ["star.energy", "star.ergotropy"] {
      let (quantity, arguments) = try arguments(name, given)
      #expect(try quantity.certified(arguments, to: .relative(digits: 30), within: Budget()).upper?.rational == 0)
      let values = try quantity.routes.map { try $0.evaluate(arguments, 96, Budget()) }
      #expect(values[0].isPoint && values[0].containsZero, "\(name)")
      #expect(values[1].containsZero && (values[1].width.binaryExponent ?? -200) < -60, "\(name): \(values[1])")
    }
    let detuned = given + [("delta", "1/4"), ("kappa", "-1/2")]
    let (energy, parameters) = try arguments("star.detuned-energy", detuned)
    #expect(try energy.certified(parameters, to: .relative(digits: 30), within: Budget()).upper?.rational == 0)
    #expect(try energy.route.evaluate(parameters, 96, Budget()).containsZero)
    // |0><0| is at the distance N/(N + 1) from the mixture of N + 1 levels.
    #expect(try enclosure("star.mixture-distance", detuned, digits: 15).contains(Rational(2, 3)))
  }

  @Test(arguments: [
    ("star.steady-energy", "F", "F > 0"), ("star.steady-ratio", "g", "g > 0"), ("star.ratio", "F", "F > 0"),
    ("star.ratio", "g", "g > 0"), ("star.smallest-coupling", "F", "F > 0"),
    ("star.strong-charging-time", "gamma", "gamma > 0"),
  ])
  func `quantities without a value there refuse zero`(_ name: String, _ parameter: String, _ domain: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let given = quantity.parameters.map { (name: $0.name, text: $0.name == parameter ? "0" : "1") }
    #expect(
      throws: BadInput("parameter \(parameter): 0 is outside the domain; accepted: real numbers, \(domain)")
    ) { _ = try Arguments(given, for: quantity) }
  }

  @Test(arguments: ["F", "g", "gamma"])
  func `what is below zero is refused`(_ parameter: String) throws {
    for name in ["star.energy", "star.ergotropy", "star.detuned-energy", "star.mixture-distance"] {
      let quantity = try Catalogue.builtIn.quantity(named: name)
      let given = quantity.parameters.map { (name: $0.name, text: $0.name == parameter ? "-1/8" : "1") }
      #expect(
        throws: BadInput(
          "parameter \(parameter): -1/8 is outside the domain; accepted: real numbers, \(parameter) >= 0")
      ) { _ = try Arguments(given, for: quantity) }
    }
  }

  @Test func `nothing is stored at the beginning`() throws {
    for name in ["star.energy", "star.ergotropy"] {
      let value = try enclosure(name, [("N", "3"), ("F", "1"), ("gamma", "1"), ("t", "0")], digits: 10)
      #expect(value.isPoint && value.containsZero)
    }
  }
}
