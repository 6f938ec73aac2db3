import ArbitraryPrecision
import Catalogue
import Foundation
import Operators
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// The bounds behind modes with jumps whose levels have no end, each against states that know better.
@Suite struct EndlessBoundTests {
  private static func point(
    _ space: String, _ hamiltonian: String, _ jumps: String, _ start: String, precision: Int = 256, parts: String = ""
  ) throws -> ModelPoint {
    let model = try EndlessModeTests.model(space, hamiltonian, jumps, start, ["mean(a'*a)"], parts: parts)
    return try ModelPoint(
      model, try Arguments([(name: "t", text: "1")], for: try model.quantity("v0")), precision: precision)
  }

  private static func flow(_ point: ModelPoint) throws -> WeightFlow {
    try WeightFlow(try point.openHamiltonian(), jumps: try point.dissipators(), point)
  }

  /// <x|L*(B^m)|x> <= c <x|B^m|x> for vectors that decay slowly and others, L* being that of jumps alone.
  ///
  /// Meant to fail for c divided by three.
  @Test(arguments: [
    ("a: boson", "{operator: \"a'\", rate: 2}"), ("a: boson", "{operator: \"a + a'/2\", rate: 1}"),
    ("a: boson", "{operator: a^2 - 3, rate: 1}"), ("a: boson", "{operator: a^3 + 2*a - 1/2, rate: 1/2}"),
    ("a: boson, q: qubit", "{operator: \"a'*q_m + 2*q_p\", rate: 1}"),
    ("a: boson, b: boson", "{operator: \"a' + b\", rate: 1}, {operator: \"a'*a*b\", rate: 1}"),
    ("a: boson", "{correlated: {operators: [a, \"a'\"], rates: [[1, i], [-i, 1]]}}"),
  ])
  func `constants of jumps`(_ space: String, _ jumps: String) throws {
    let start = space.split(separator: ",").map { "\($0.split(separator: ":")[0]): level(0)" }.joined(separator: ", ")
    let point = try Self.point(space, "0", jumps, start, precision: 64)
    let dissipators = try point.dissipators()
    let flow = try Self.flow(point)
    let growth = WeightGrowth(weight: flow.weight)
    let basis = point.basis
    func weighted(_ state: BasisState, _ m: Double) -> Double {
      pow(Interval(flow.weight.value(state, basis), precision: 64).upper.double(rounding: .nearest), m)
    }
    typealias Vector = [BasisState: (Double, Double)]
    func image(_ operation: ModelPoint.Operator, _ x: Vector) throws -> Vector {
      var result: Vector = [:]
      for (state, (a, b)) in x {
        for (other, element) in try basis.column(of: operation, at: state, in: point.scalars) {
          let value = try point.scalars.enclosure(element)
          let (u, v) = (
            value.real.midpoint?.double(rounding: .nearest) ?? 0,
            value.imaginary.midpoint?.double(rounding: .nearest) ?? 0
          )
          let old = result[other] ?? (0, 0)
          result[other] = (old.0 + u * a - v * b, old.1 + u * b + v * a)
        }
      }
      return result
    }
    func form(_ x: Vector, _ y: Vector, _ m: Double) -> (Double, Double) {
      x.reduce((0, 0)) { sum, item in
        guard let other = y[item.key] else { return sum }
        let (a, b) = item.value
        let w = weighted(item.key, m)
        return (sum.0 + w * (a * other.0 + b * other.1), sum.1 + w * (a * other.1 - b * other.0))
      }
    }
    var arithmetic = OperatorArithmetic(factors: basis.factors, ring: point.scalars)
    let squares = try dissipators.map { try arithmetic.product(try arithmetic.adjoint($0.right), $0.left) }
    for m in [Rational(1, 2), 1, 2] {
      let power = Double(m.numerator.modulo(100)) / Double(m.denominator.modulo(100))
      let c = growth.jumps(flow.jumps, power: m).upper.double(rounding: .up)
      #expect(c.isFinite)
      // Without a Hamiltonian this is what the flow has to grow by, unless a number bounds it.
      #expect(flow.conserved != nil || c <= flow.rate(power: m).upper.double(rounding: .up))
      var greatest = 0.0
      try RandomCases.run(8) { random, label in
        var x: Vector = [:]
        let decay = Double(random.next() % 40 + 60) / 101
        let turn = Double(random.next() % 8) * .pi / 4
        for n in 0..<24 {
          for l in 0..<(basis.count > 1 ? min(12, basis.dimension(ofSite: 1) ?? 12) : 1) {
            let size = pow(decay, Double(n + l)) * (1 + Double(random.next() % 100) / 300)
            if let state = basis.state(basis.count > 1 ? [n, l] : [n]) {
              x[state] = (size * cos(turn * Double(n + l)), size * sin(turn * Double(n + l)))
            }
          }
        }
        // Sum of R (<K x|A|L x> - Re <x|A|K'L x>).
        var sum = 0.0
        for (jump, square) in zip(dissipators, squares) {
          let rate = try point.scalars.enclosure(jump.rate)
          let (u, v) = (
            rate.real.midpoint?.double(rounding: .nearest) ?? 0,
            rate.imaginary.midpoint?.double(rounding: .nearest) ?? 0
          )
          let kept = form(try image(jump.right, x), try image(jump.left, x), power)
          // (<x|A K'L|x> + <x|K'L A|x>)/2.
          let lost = form(x, try image(square, x), power)
          var back: (Double, Double) = (0, 0)
          let weightedX = x.reduce(into: Vector()) {
            let w = weighted($1.key, power)
            $0[$1.key] = (w * $1.value.0, w * $1.value.1)
          }
          back = form(x, try image(square, weightedX), 0)
          let total = (kept.0 - (lost.0 + back.0) / 2, kept.1 - (lost.1 + back.1) / 2)
          sum += u * total.0 - v * total.1
        }
        let ratio = sum / form(x, x, power).0
        #expect(ratio <= c * (1 + 1e-9), "\(label): \(jumps) at m = \(m): \(ratio) \(c)")
        greatest = max(greatest, ratio / max(c, 1e-300))
      }
      // The bounds are no idle ones where something grows.
      if jumps.contains("a'\", rate: 2") { #expect(greatest > 0.3, "\(jumps) at m = \(m): \(greatest)") }
    }
  }

  /// A path with a coarse cut stays as near to a fine one as it says, in the trace norm and in weighted ones: the
  /// Frobenius norm of A^(1/2) Y A^(1/2) and |Tr A Y| are at most its trace norm.
  ///
  /// Meant to fail when the defect of the cut is left out of the one or the other, or the growth of the weighted norm.
  @Test(arguments: [
    ("(a + a')/2", "{operator: a, rate: 1}", "a: fock(0)"), ("0", "{operator: \"a'\", rate: 1/2}", "a: fock(0)"),
    ("i*(a^2 - a'^2)/8", "{operator: a, rate: 1/4}", "a: fock(0)"),
    ("a'^2*a^2/8", "{operator: a, rate: 1/2}, {operator: \"a'\", rate: 1/8}", "a: coherent(1/2)"),
    ("0", "{operator: a^2 - 1/2, rate: 1/2}", "a: fock(1)"),
    ("cos(3*t)*(a + a')", "{operator: a, rate: \"t\"}", "a: fock(0)"),
  ])
  func `coarse cuts`(_ hamiltonian: String, _ jumps: String, _ start: String) throws {
    let point = try Self.point("a: boson", hamiltonian, jumps, start)
    let own = try StartState(point, within: Budget())
    let dissipators = try point.dissipators()
    let generator = try MasterGenerator(point, try point.openHamiltonian(), dissipators)
    let time = Interval(Rational(3, 4), precision: 256)
    let there = point.at(Interval(0, precision: 256).hull(time))
    let bounds = try WeightFlow(try point.openHamiltonian(), jumps: dissipators, there)
    func path(_ bits: Int) throws -> EndlessPath {
      try EndlessPath(
        point, generator, bounds, from: try DensityStart(own, bounds.weight, bits: bits, point, within: Budget()),
        until: time, bits: bits, within: Budget())
    }
    let fine = try path(56)
    let truth = fine.elements(precision: 192)
    for bits in [1, 3, 6, 10] {
      let coarse = try path(bits)
      let rough = coarse.elements(precision: 192)
      for m in [Rational(0), Rational(1, 2), 1, 2] {
        var (square, trace) = (Interval(0, precision: 192), Interval(0, precision: 192))
        for place in Set(truth.keys).union(rough.keys) {
          let zero = ComplexInterval.zero(precision: 192)
          let difference = (truth[place] ?? zero) - (rough[place] ?? zero)
          let product =
            bounds.weight.value(place.row, point.basis) * bounds.weight.value(place.column, point.basis)
          let size = Interval(product, precision: 192).power(m) * difference.squaredMagnitude
          square += place.isDiagonal ? size : 2 * size
          if place.isDiagonal { trace += Interval(product, precision: 192).power(m / 2) * difference.real }
        }
        let bound = try #require(try coarse.distance(power: m))
        let spare = try #require(try fine.distance(power: m))
        #expect(square.squareRoot.lower <= (bound + spare).upper, "\(bits) bits, m = \(m)")
        #expect(trace.absoluteValue.lower <= (bound + spare).upper, "\(bits) bits, m = \(m)")
        #expect(spare.upper.double(rounding: .up) < 1e-8, "m = \(m)")
        if m.signum == 0 { #expect(bound.upper.double(rounding: .up) < 8 / Double(1 << bits), "\(bits) bits") }
      }
    }
  }

  /// What a thermal or a coherent start leaves out is charged, its quanta as well.
  ///
  /// Meant to fail when either tail is left out.
  @Test func `tails of starts`() throws {
    for (text, quanta) in [("thermal(3)", Interval(3, precision: 64)), ("coherent(2)", Interval(4, precision: 64))] {
      // Few bits leave out what can be seen.
      let point = try Self.point("a: boson", "a'*a", "{operator: a, rate: 1}", "a: \(text)", precision: 32)
      let weight = ModeWeight(modes: [0], weights: [1], powers: [1])
      let start = try DensityStart(
        try StartState(point, within: Budget()), weight, bits: 6, point, within: Budget())
      var (trace, mean) = (Interval(0, precision: 64), Interval(0, precision: 64))
      for (place, value) in start.elements where place.isDiagonal {
        trace += value.real
        mean += Interval(weight.value(place.row, point.basis), precision: 64) * value.real
      }
      let (missing, far) = (1 - trace, 1 + quanta - mean)
      #expect(missing.lower.signum > 0 && far.lower.signum > 0)
      #expect(missing.lower <= (try start.distance(power: 0)).upper, "\(text)")
      #expect(far.lower <= (try start.distance(power: 1)).upper, "\(text)")
      #expect((try start.distance(power: 1)).upper.double(rounding: .up) < 1, "\(text)")
    }
  }

  /// Where the elements have an end both routes serve: random losses from random numbers of quanta.
  @Test func `elements that have an end by both routes`() throws {
    try RandomCases.run(6) { random, label in
      func share() -> String { "\(random.next() % 7 + 1)/\(random.next() % 5 + 3)" }
      let jumps = ["a", "b", "a*q_m", "a + \(share())*b", "a'*a", "b'*a", "a^2"].filter { _ in random.next() % 2 == 0 }
        .map { "{operator: \"\($0)\", rate: \(share())}" }
      guard !jumps.isEmpty else { return }
      let hamiltonian = "\(share())*(a'*q_m + a*q_p) + \(share())*(a'*b + a*b') + \(share())*a'^2*a^2"
      let point = try Self.point(
        "a: boson, b: boson, q: qubit", hamiltonian, jumps.joined(separator: ", "),
        "a: fock(\(random.next() % 3)), b: fock(\(random.next() % 2 + 1)), q: plus", precision: 96,
        parts: ["a'*a", "b'*b", "a'*b + a*b'", "q_z", "(a'*a)^2"].enumerated().map {
          "p\($0.offset): {of: [a, b, q], hamiltonian: \"\($0.element)\"}"
        }.joined(separator: ", "))
      let start = try StartState(point, within: Budget())
      let dissipators = try point.dissipators()
      let time = Interval(Rational(3, 4), precision: 128)
      let closed = try MasterEvolution(point, start, dissipators, within: Budget()).state(
        after: time, within: Budget())
      let endless = try EndlessEvolution(point, start, dissipators).state(after: time, within: Budget())
      for part in point.model.parts {
        let observable = try point.polynomial(part.hamiltonian)
        let (x, y) = (try closed.mean(observable, point), try endless.mean(observable, point))
        #expect(!x.isDisjoint(from: y), "\(label): \(hamiltonian) \(jumps): \(part.name): \(x) \(y)")
        #expect(y.width.double(rounding: .up) < 1e-8, "\(label): \(part.name)")
      }
    }
  }
}
