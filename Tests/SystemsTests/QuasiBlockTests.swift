import ArbitraryPrecision
import Expressions
import Foundation
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

/// The work quasiprobability of flip, parallel and blocks: structure against brute force, proofs of zeros, smoothing.
@Suite struct QuasiBlockTests {
  private static let cells = {
    #if DEBUG
      return 5
    #else
      return 8
    #endif
  }()

  private func arguments(_ name: String, _ given: [(String, String)]) throws -> Arguments {
    try Arguments(given.map { (name: $0.0, text: $0.1) }, for: Catalogue.builtIn.quantity(named: name))
  }

  /// Angles at corners and between, and orders inside and outside [0, 1] at which atoms coincide or do not.
  private func slice(_ random: inout SplitMix64) -> [(String, String)] {
    let n = 1 + Int(random.next() % UInt64(Self.cells))
    let divisors = (1...n).filter { n.isMultiple(of: $0) }
    func pick<T>(_ values: [T]) -> T { values[Int(random.next() % UInt64(values.count))] }
    func angle() -> String {
      let n = Int(random.next() % 4001) - 2000
      return pick(["0", "pi/2", "pi/4", "-pi/6", "\(n)/1000", "\(n)/1000", "1/10^9", "pi/2 - 3/10", "2*pi/5"])
    }
    let q = pick(["0", "1", "1/2", "-1", "2", "1/3", "-3/2", "7/5", "3/4", "\(Int(random.next() % 200))/97"])
    return [
      ("family", pick(["flip", "parallel", "blocks"])), ("N", "\(n)"), ("k", "\(pick(divisors))"), ("q", q),
      ("a", angle()),
      ("b", angle()),
    ]
  }

  @Test func `structure and brute force give the same atoms and negativity`() throws {
    var compared = 0
    try RandomCases.run(24) { random, label in
      let given = slice(&random)
      let arguments = try arguments("quasi.negativity", given)
      let note: Comment = "\(label): \(given)"
      let atoms = try BlockBattery.atomsByModel(arguments, 160, within: Budget())
      let battery = try BlockBattery(arguments)
      for route in [BlockBattery.Route.recurrence, .products] {
        for (work, probability) in atoms.map({ ($0.work, $0.probability) }) {
          let atom = try battery.atom(work, route, 160, within: Budget())
          #expect(!atom.isDisjoint(from: probability), "\(route) at \(work), \(note)")
          #expect(probability.width.double(rounding: .up) < 0x1p-130, note)
          compared += 1
        }
        #expect(
          !(try battery.negativity(route, 160, within: Budget())).isDisjoint(from: atoms.negativity(precision: 160)),
          note)
      }
      // What the structure has and brute force has not: works that no indices give.
      for indices in battery.law.works {
        let work = battery.law.work(at: indices[0]) * Rational(battery.cellsPerBlock)
        if atoms.contains(where: { $0.work == work }) { continue }
        let atom = try battery.atom(work, .recurrence, 160, within: Budget())
        #expect(atom.isPoint && atom.containsZero, "\(work), \(note)")
      }
    }
    #expect(compared > 100)
  }

  @Test func `both routes agree for many blocks, and probabilities add up to one`() throws {
    try RandomCases.run(6) { random, label in
      let angles = [("a", "\(1 + random.next() % 1500)/1000"), ("b", "\(1 + random.next() % 1500)/1000")]
      let q = ["0", "1/2", "-1", "1/3"][Int(random.next() % 4)]
      let given = [("family", "parallel"), ("N", "\(20 + random.next() % 60)"), ("q", q)] + angles
      let battery = try BlockBattery(arguments("quasi.negativity", given))
      let note: Comment = "\(label): \(given)"
      let (first, second) = (
        try battery.probabilities(.recurrence, 900, within: Budget()),
        try battery.probabilities(.products, 900, within: Budget())
      )
      for (x, y) in zip(first, second) { #expect(!x.isDisjoint(from: y), note) }
      for all in [first, second] {
        let sum = all.reduce(Interval(0, precision: 900)) { $0 + $1 }
        #expect(sum.contains(1), note)
        #expect(sum.width.double(rounding: .up) < 0x1p-400, note)
      }
    }
  }

  @Test(arguments: [
    // p(-W) = -sin a sin b cos(a + b) at the end of the charge; the last atom of cells in parallel is its power.
    ("flip", "3", "0", "pi/6", "pi/3", "-3"), ("flip", "3", "1", "3/10", "pi/2 - 3/10", "-3"),
    ("parallel", "30", "0", "2/7", "pi/2 - 2/7", "-11"), ("blocks", "40", "0", "pi/5", "3*pi/10", "-4"),
    // Not on the lattice, between reached places of it, beyond its ends.
    ("flip", "10", "1/5", "3/10", "1/2", "4"), ("parallel", "7", "1/2", "3/10", "1/2", "1/3"),
    ("parallel", "7", "1/2", "3/10", "1/2", "15/2"),
    // Nothing happens in the slice; nothing happened before it, so work is never lost.
    ("parallel", "7", "1/2", "3/10", "0", "1"), ("parallel", "7", "1/2", "0", "3/10", "-1/2"),
    // p(W) = cos a sin b sin(a + b): a relation of two angles without pi.
    ("flip", "1", "0", "1/2", "-1/2", "1"), ("parallel", "5", "0", "3/7", "-3/7", "5"),
  ])
  func `zeros are decided`(family: String, n: String, q: String, a: String, b: String, w: String) throws {
    let given = [("family", family), ("N", n), ("k", "4"), ("q", q), ("a", a), ("b", b), ("w", w)]
    let value = try enclosure("quasi.atom", family == "blocks" ? given : given.filter { $0.0 != "k" }, digits: 10)
    #expect(value.isPoint && value.containsZero)
  }

  /// The test at other angles against the enclosure at the angles themselves: a probability that is proved to be zero is never apart from zero, and one that is not zero shows it.
  @Test func `the zero test tells zeros from small numbers`() throws {
    var zeros = 0
    try RandomCases.run(40) { random, label in
      func pick<T>(_ values: [T]) -> T { values[Int(random.next() % UInt64(values.count))] }
      func angle() -> String {
        pick(["0", "\(Int(random.next() % 7) - 3)/5"]) + pick(["", "+ pi/2", "- pi/3", "+ pi/4", "+ 2*pi/5"])
      }
      let m = 1 + Int(random.next() % 2)
      let q = pick([Rational(0), Rational(1, 2), 2, -1, Rational(1, 3)])
      var (a, b) = (angle(), angle())
      if random.next() % 3 == 0 { b = "pi/2 - (\(a))" }
      if random.next() % 5 == 0 { (a, b) = (a, "-2*(\(a)) + pi/2") }
      let angles = SliceAngles(before: try Constant(parsing: a), during: try Constant(parsing: b))
      let test = try #require(angles.zeroTest(blocks: m))
      let law = try BlockLaw(blocks: m, q: q, angles: angles)
      // The probabilities that were proved to be zero for one block are left out of both laws alike.
      let there = try BlockLaw(blocks: m, q: q, angles: test.angles)
      let note: Comment = "\(label): \(m) blocks, q = \(q), a = \(a), b = \(b)"
      #expect(law.places.map(\.offset) == there.places.map(\.offset), note)
      let values = try law.probabilities(.products, 6000, within: Budget())
      for (value, image) in zip(values, try there.probabilities(.products, test.bits + 64, within: Budget())) {
        let isZero = (image.magnitude.binaryExponent ?? .min) <= -test.bits
        #expect(isZero == value.containsZero, note)
        zeros += isZero ? 1 : 0
      }
    }
    #expect(zeros > 0)
  }

  /// Angles whose orders are divisible by the first primes of the test, or whose ratio is beyond 4 M, and a positive probability that is far below the bits at which it is asked for.
  @Test(arguments: [
    ("pi/7 + 1", "1", true), ("2*pi/29 - 3/7", "1/7", true), ("17/1000", "pi/2 - 17/1000", false),
    ("19/1000", "pi/2 - 18/1000", true), ("1/3 + pi/11", "1000/3", true), ("-pi/9 + 23", "pi/2 + pi/9 - 23", false),
    ("1/10^400", "pi/2 - 1/10^399", true),
  ])
  func `the zero test at large ratios and orders`(a: String, b: String, isThere: Bool) throws {
    // p(-1) = -sin a sin b cos(a + b) at q = 0.
    let given = [("family", "parallel"), ("N", "1"), ("q", "0"), ("a", a), ("b", b)]
    let battery = try BlockBattery(arguments("quasi.negativity", given))
    #expect(battery.law.indices(of: -1).isEmpty == !isThere)
    let value = try enclosure("quasi.atom", given + [("w", "-1")], digits: 5)
    #expect(value.containsZero == !isThere)
  }

  /// The integral of |f| by the midpoint rule in doubles: no proof, but another way.
  @Test func `a smoothed density has the integral of the midpoint rule`() throws {
    for (n, a, b, sigma) in [(1, 0.3, 0.5, 0.05), (3, 0.7, 0.6, 0.03), (6, 0.785, 0.785, 0.05), (9, 0.3, 0.9, 0.02)] {
      let given = [("family", "parallel"), ("N", "\(n)"), ("q", "1/2"), ("a", "\(a)"), ("b", "\(b)")]
      let battery = try BlockBattery(arguments("quasi.negativity", given))
      let all = try battery.probabilities(.products, 128, within: Budget())
      func double(_ x: Interval) -> Double { x.midpoint?.double(rounding: .nearest) ?? .nan }
      let atoms = all.indices.map { index in
        (place: double(Interval(battery.law.work(at: index), precision: 64)) / Double(n), weight: double(all[index]))
      }
      let step = 3.0 / 20_000
      var sum = 0.0
      for index in 0..<20_000 {
        let x = -1.5 + step * (Double(index) + 0.5)
        sum += abs(
          atoms.reduce(0.0) { sum, atom in
            let y = (x - atom.place) / sigma
            return sum + atom.weight * exp(-y * y / 2) / (sigma * (2 * Double.pi).squareRoot())
          })
      }
      let value = double(try enclosure("quasi.smoothed-negativity", given + [("sigma", "\(sigma)")], digits: 20))
      // A smooth integrand leaves nothing; each of at most 4 n zeros leaves |f'| step^2 at most, |f'| <= S/(4 sigma^2), S the sum of magnitudes.
      let total = atoms.reduce(0) { $0 + abs($1.weight) }
      let bound = Double(n) * total * (step / sigma) * (step / sigma)
      #expect(abs(sum * step - 1 - value) < bound, "\(given): \(sum * step - 1), \(value)")
    }
  }
}
