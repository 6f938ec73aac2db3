import ArbitraryPrecision
import Foundation
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct FermionTests {
  private func arguments(_ name: String, _ given: [(String, String)]) throws -> (Quantity, Arguments) {
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.fermion-\(name)")
    return (quantity, try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity))
  }

  private func value(_ name: String, _ route: String, _ given: [(String, String)], bits: Int = 100) throws -> Interval {
    let (quantity, arguments) = try arguments(name, given)
    let chosen = try #require(quantity.routes.first { $0.name == route })
    return try chosen.evaluate(arguments, bits, Budget())
  }

  private func system(_ n: Int, _ k: Int, _ seed: UInt64) -> [(String, String)] {
    [("N", "\(n)"), ("k", "\(k)"), ("seed", "\(seed)")]
  }

  /// The atoms of every route that serves the system agree, at all works.
  private func agree(_ n: Int, _ k: Int, _ seed: UInt64, q: Rational, _ routes: [String], _ label: String) throws {
    for work in FermionCouplings(modes: n, order: k, seed: seed).works(q: q) {
      let given = system(n, k, seed) + [("q", "\(q)"), ("w", "\(work)")]
      let flow = try value("atom", "flow", given)
      #expect((flow.width.binaryExponent ?? -999) < -90, "\(label)")
      for route in routes {
        let other = try value("atom", route, given)
        #expect(
          !flow.isDisjoint(from: other), "\(label), N = \(n), k = \(k), seed \(seed), q = \(q), w = \(work), \(route)")
        #expect((other.width.binaryExponent ?? -999) < -90, "\(label), \(route): \(other)")
      }
    }
  }

  // MARK: - The generator

  /// mpmath 1.3.0 at 45 digits, rounded by Python.
  @Test func `normal doubles are those of another program`() {
    let known: [UInt64: [(Double, Double)]] = [
      1: [
        (-0x1.ced805e6872dcp-6, -0x1.10cc5175fade7p+0), (-0x1.d2c77886b0fa8p-3, 0x1.545a8d012cb06p-4),
        (0x1.a642b2a00f6fbp-4, -0x1.4508924e75a31p+0),
      ],
      7: [
        (0x1.5d70229cdee62p+0, 0x1.27fabdf770e11p-3), (-0x1.960a61872e246p-2, -0x1.d21e03d25aea9p-3),
        (0x1.26d0bebc96fc3p-8, 0x1.426a347623a51p+0),
      ],
    ]
    for (seed, pairs) in known {
      let found = FermionCouplings(modes: 3, order: 2, seed: seed).couplings
      #expect(found.map(\.modes) == [0b011, 0b101, 0b110])
      #expect(found.map(\.x) == pairs.map(\.0) && found.map(\.y) == pairs.map(\.1), "seed \(seed)")
    }
  }

  @Test func `normal doubles have mean 0 and variance 1`() {
    let all = (1...3).flatMap { FermionCouplings(modes: 10, order: 5, seed: $0).couplings }.flatMap { [$0.x, $0.y] }
    // 1512 numbers: five standard deviations of the mean are 0.13, of the variance 0.18.
    let mean = all.reduce(0, +) / Double(all.count)
    let variance = all.reduce(0) { $0 + $1 * $1 } / Double(all.count)
    #expect(abs(mean) < 0.13 && abs(variance - 1) < 0.18, "\(mean) \(variance)")
  }

  // MARK: - Two routes

  /// All 2^N states by Jordan-Wigner matrices know nothing of sectors, signs of sets, or flips.
  @Test func `the flow agrees with brute force`() throws {
    let cases: [(Int, Int, Rational)] = [
      (1, 1, Rational(1, 2)), (2, 2, 0), (3, 1, Rational(1, 2)), (3, 2, Rational(1, 3)), (4, 2, Rational(1, 2)),
    ]
    for (n, k, q) in cases {
      try agree(n, k, UInt64(n + k), q: q, ["brute-force"], "brute force")
    }
    let couplings = FermionCouplings(modes: 3, order: 2, seed: 5)
    let tau = try FermionCharge(couplings, within: Budget()).time(bits: 100, within: Budget())
    let slope = try FermionBruteForce(couplings, precision: 160).slope(at: tau, within: Budget())
    #expect(slope.containsZero && (slope.width.binaryExponent ?? 0) < -80)
  }

  @Test func `the flow agrees with pairs of modes`() throws {
    try RandomCases.run(3) { random, label in
      let n = 2 + Int(random.next() % (RandomCases.full ? 7 : 4))
      let seed = random.next() % 1000
      try agree(n, 2, seed, q: RandomBattery.mixing(&random), ["pairs"], label)
      let given = system(n, 2, seed)
      let (flow, pairs) = (try value("time", "flow", given), try value("time", "pairs", given))
      #expect(!flow.isDisjoint(from: pairs) && (flow.width.binaryExponent ?? 0) < -90, "\(label): \(flow) \(pairs)")
    }
  }

  @Test func `odd k, and couplings that do not fit twice, are flips`() throws {
    let few: [(Int, Int)] = [(1, 1), (4, 1), (4, 3), (5, 4), (6, 5)]
    let more: [(Int, Int)] = [(6, 1), (6, 3), (7, 3)]
    for (n, k) in RandomCases.full ? few + more : few {
      try agree(n, k, 3, q: Rational(1, 3), ["flip"], "flip")
      let given = system(n, k, 3)
      let (flow, flip) = (try value("time", "flow", given), try value("time", "flip", given))
      #expect(!flow.isDisjoint(from: flip) && (flow.width.binaryExponent ?? 0) < -90, "N = \(n), k = \(k)")
    }
  }

  // MARK: - Laws

  /// Sum, mean and second moment do not depend on q; the mean is what the second half adds to the energy.
  @Test func `moments do not depend on q`() throws {
    for (n, k) in [(4, 2), (5, 2), (8, 4)] {
      let charge = try FermionCharge(FermionCouplings(modes: n, order: k, seed: 2), within: Budget())
      let transitions = try charge.transitions(bits: 100, within: Budget())
      let mixings: [Rational] = [0, Rational(1, 2), Rational(3, 7), -1]
      let atoms = mixings.map { transitions.atoms(q: $0) }
      for law in atoms {
        #expect(law.moment(0, precision: 128).contains(1))
        for m in 1...2 {
          #expect(!law.moment(m, precision: 128).isDisjoint(from: atoms[0].moment(m, precision: 128)), "\(n) \(k) \(m)")
        }
      }
    }
  }

  @Test func `more digits are inside fewer`() throws {
    for name in ["time", "negativity", "least-atom"] {
      let given = system(5, 2, 4) + (name == "time" ? [] : [("q", "1/2")])
      let fine = try enclosure("quasi.fermion-\(name)", given, digits: 40)
      #expect(try fine.isSubset(of: enclosure("quasi.fermion-\(name)", given, digits: 8)), "\(name)")
    }
  }

  /// mpmath 1.3.0 at 45 digits: eigenvectors of the Hermitian matrix in the space of even numbers, `findroot` for the time.
  @Test func `values are those of another program`() throws {
    let times: [(Int, Int, Int, String)] = [
      (4, 2, 1, "0.8916659683567644296622853729"), (5, 2, 2, "0.6563486763259134703383203045"),
      (8, 4, 1, "0.2002676220052571564231338626"),
    ]
    for (n, k, seed, time) in times {
      let found = try enclosure("quasi.fermion-time", system(n, k, UInt64(seed)), digits: 27)
      #expect(!found.isDisjoint(from: try printed(time)), "\(found)")
    }
    let atoms: [(Int, Int, Int, String, String, String)] = [
      (4, 2, 1, "1/2", "-3", "-0.0252809381412796896351520"), (4, 2, 1, "1/2", "0", "0.365931878369420790817298"),
      (4, 2, 1, "0", "-4", "-0.00197862215151760198017681"), (5, 2, 2, "1/4", "-3/2", "-0.217340879135814198483422"),
      (5, 2, 2, "1/4", "5/2", "0.0464465982696978543741454"),
      (8, 4, 1, "1/2", "-6", "-0.00930166577201239368283210"), (8, 4, 1, "1/2", "-2", "-0.497479759599674532572777"),
    ]
    for (n, k, seed, q, w, p) in atoms {
      let found = try enclosure("quasi.fermion-atom", system(n, k, UInt64(seed)) + [("q", q), ("w", w)], digits: 22)
      #expect(!found.isDisjoint(from: try printed(p)), "N = \(n), k = \(k), q = \(q), w = \(w): \(found)")
    }
  }

  // MARK: - Exact decisions and refusals

  private struct Zero: Sendable {
    let name: String
    let modes: Int
    let order: Int
    let more: [(String, String)]
  }

  private static let zeros = [
    Zero(name: "atom", modes: 4, order: 2, more: [("q", "1/2"), ("w", "1/3")]),
    Zero(name: "atom", modes: 4, order: 3, more: [("q", "0"), ("w", "-3")]),
    Zero(name: "atom", modes: 1001, order: 3, more: [("q", "1/2"), ("w", "1")]),
    Zero(name: "atom", modes: 5, order: 4, more: [("q", "1/2"), ("w", "8")]),
    Zero(name: "negativity", modes: 5, order: 4, more: [("q", "0")]),
    Zero(name: "negativity-ratio", modes: 9, order: 3, more: [("q", "1")]),
    Zero(name: "least-atom", modes: 6, order: 4, more: [("q", "0")]),
  ]

  @Test(arguments: zeros)
  private func `what is not there is exactly zero`(_ zero: Zero) throws {
    let (quantity, arguments) = try arguments(zero.name, system(zero.modes, zero.order, 1) + zero.more)
    let value = try quantity.certified(arguments, to: .relative(digits: 20), within: Budget())
    #expect(value.lower == .zero && value.upper == .zero && value.undecided == nil)
  }

  private static let refusals: [([String], String)] = [
    (["N=4", "k=5", "seed=1"], "parameter k: 5 is outside the domain; accepted: integers 1 <= k <= N"),
    (["N=4", "k=0", "seed=1"], "parameter k: 0 is outside the domain; accepted: integers 1 <= k <= N"),
    (["N=4", "k=2", "seed=-1"], "parameter seed: -1 is outside the domain; accepted: integers 0 <= seed < 2^63"),
    (["N=4", "k=2", "seed=2^63"], "parameter seed: 2^63 is outside the domain; accepted: integers 0 <= seed < 2^63"),
    (["N=4", "k=2", "seed=1", "q=sqrt(2)"], "parameter q: sqrt(2) is not rational; accepted: rational numbers"),
    (["N=4", "k=2", "seed=1", "w=pi"], "parameter w: pi is not rational; accepted: rational numbers"),
  ]

  @Test(arguments: refusals)
  func `bad parameters are refused`(_ texts: [String], _ message: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "quasi.fermion-atom")
    var given = texts.map { text in
      let parts = text.split(separator: "=").map(String.init)
      return (name: parts[0], text: parts[1])
    }
    for name in ["q", "w"] where !given.contains(where: { $0.name == name }) { given.append((name: name, text: "0")) }
    let error = #expect(throws: BadInput.self) { _ = try Arguments(given, for: quantity) }
    #expect(error?.message == message)
  }

  @Test func `what costs too much is not begun`() throws {
    let (quantity, arguments) = try arguments("negativity", system(13, 2, 1) + [("q", "0")])
    let value = try quantity.certified(arguments, to: .relative(digits: 5), within: Budget())
    #expect(value.undecided == "this route is limited to N <= 12: the modes have up to 2^N states")
    let cases: [(String, String, Int, Int, String)] = [
      ("atom", "brute-force", 5, 2, "N <= 4: the exponential is that of a matrix of 2^N rows"),
      ("atom", "pairs", 5, 4, "k = 2: other couplings have no pairs of modes"),
      ("time", "flip", 5, 2, "odd k or 2k > N: the charge is one flip there alone"),
    ]
    for (name, route, n, k, reason) in cases {
      let given = system(n, k, 1) + (name == "time" ? [] : [("q", "0"), ("w", "0")])
      let error = #expect(throws: Unanswered.self) { _ = try self.value(name, route, given) }
      #expect(error == Unanswered(beyond: "this route is limited to \(reason)"))
    }
  }
}
