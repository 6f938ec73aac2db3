import ArbitraryPrecision
import Catalogue
import Foundation
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Models

/// Vectors in the place of density matrices, against the elements that are reached and against the whole space.
@Suite struct UnravellingTests {
  /// A feed under a drive takes a series for each of its nodes.
  static let budget = Budget(seconds: 600)

  /// A model with its master equation, and vectors where they pay.
  static func open(
    _ model: Model, _ given: [(String, String)] = []
  ) throws -> (elements: MasterEvolution, vectors: Unravelling?, point: ModelPoint) {
    let quantity = try #require(try model.entered(in: Catalogue([])).quantities.first)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) } + [(name: "t", text: "1")], for: quantity)
    let point = try ModelPoint(model, arguments, precision: 128)
    let (start, dissipators) = (try StartState(point, within: Budget()), try point.dissipators())
    return (
      try MasterEvolution(point, start, dissipators, within: Budget()),
      try Unravelling(point, start, dissipators, within: Budget()), point
    )
  }

  /// The elements of a state of one factor of levels, row by row.
  static func elements(_ state: ModelState, _ levels: Int, _ point: ModelPoint) -> [ComplexInterval] {
    let zero = ComplexInterval.zero(precision: point.precision)
    var result = Array(repeating: zero, count: levels * levels)
    func level(_ place: Int) -> Int { point.basis.numbers(of: state.states[place])[0] }
    for coefficient in state.coefficients {
      for u in state.vectors[coefficient.row] {
        for w in state.vectors[coefficient.column] {
          let place = level(u.place) * levels + level(w.place)
          result[place] = result[place] + coefficient.number.value * u.number.value * w.number.value.conjugate
        }
      }
    }
    return result
  }

  @Test func `vectors, elements and the whole space meet on random ladders`() throws {
    var unravelled = 0
    try RandomCases.run(16) { random, label in
      let twin = RandomLadder(&random)
      let time = ["0.3", "1", "3/2"][Int(random.next() % 3)]
      let model = try Model(parsing: twin.text, name: "ladder.yaml")
      let expected = try twin.elements(after: time)
      let (block, vectors, point) = try Self.open(model)
      if vectors != nil { unravelled += 1 }
      let states = [
        try block.state(after: interval(time), within: Budget()),
        try vectors?.state(after: interval(time), within: Budget()),
      ]
      for (route, state) in zip(["elements", "vectors"], states) {
        guard let state else { continue }
        for (place, (found, whole)) in zip(Self.elements(state, twin.levels, point), expected).enumerated() {
          let meets = !found.real.isDisjoint(from: whole.real) && !found.imaginary.isDisjoint(from: whole.imaginary)
          #expect(meets, "\(label), \(route)\n\(twin.text)\n\(place) at \(time): \(found) \(whole)")
          // 128 bits are 38 digits, of which the sums over six levels lose few.
          let widths = [found, whole].flatMap { [$0.real.width, $0.imaginary.width] }
          let isNarrow = widths.allSatisfy { $0.double(rounding: .up) < 1e-30 }
          #expect(isNarrow, "\(label), \(route): \(found) \(whole)")
        }
      }
    }
    #expect(unravelled >= 2 * RandomCases.scale, "\(unravelled) on vectors")
  }

  /// One excitation of a ring that every cell loses at the rate k: it is left with exp(-kt), and hops as in a ring
  /// without loss.
  @Test func `an excitation that a ring loses is a vector`() throws {
    func model(_ jumps: String) throws -> Model {
      try Model(
        parsing: """
          model: ring
          parameters: {N: {kind: integer, from: 1}}
          space: {s: {kind: qubit, cells: N}}
          hamiltonian: ring(j, s_p[j]*s_m[j+1] + s_m[j]*s_p[j+1])
          \(jumps)
          start: {superposition: [[1, {s: [up, down, down, down, down, down]}]]}
          quantities:
            here: {value: "weight(s[0] = up)"}
            lost: {value: "weight(s = down)"}
            purity: {value: purity(all)}
          """, name: "ring.yaml")
    }
    let lossy = try model("jumps: [{each: j, operator: \"s_m[j]\", rate: 1/10}]")
    #expect(try Self.open(lossy, [("N", "6")]).vectors != nil)
    let given = [("N", "6"), ("t", "5")]
    let left = try interval("exp(-1/2)")
    func value(_ model: Model, _ name: String) throws -> Interval {
      try #require(try model.value(name, given, digits: 30).interval(precision: 256))
    }
    let (here, lost) = (try value(lossy, "here"), try value(lossy, "lost"))
    #expect(!here.isDisjoint(from: left * (try value(try model(""), "here"))))
    #expect(!lost.isDisjoint(from: 1 - left))
    // |psi|^4 + (1 - |psi|^2)^2.
    #expect(try !value(lossy, "purity").isDisjoint(from: left.squared + (1 - left).squared))
  }

  /// Two excitations of a ring that every cell loses at the rate k: each is left with exp(-kt) by itself, the Hamiltonian
  /// keeping their number.
  ///
  /// Meant to fail without the feed, and with another sign of it.
  @Test func `two excitations that a ring loses are a vector with feed`() throws {
    let model = try Model(
      parsing: """
        model: ring
        parameters: {N: {kind: integer, from: 1}}
        space: {s: {kind: qubit, cells: N}}
        hamiltonian: ring(j, s_p[j]*s_m[j+1] + s_m[j]*s_p[j+1])
        jumps: [{each: j, operator: "s_m[j]", rate: 1/10}]
        start: {s: [up, down, up, down, down, down, down, down]}
        quantities: {lost: {value: "weight(s = down)"}}
        parts:
          n: {of: [s], hamiltonian: "sum(j, s_p[j]*s_m[j])"}
          two: {of: [s], hamiltonian: "sum(j, s_p[j]*s_m[j])^2 - sum(j, s_p[j]*s_m[j])"}
          a: {of: ["s[0]", "s[1]"], hamiltonian: "s_p[0]*s_m[1] + s_m[0]*s_p[1]"}
          b: {of: ["s[0]", "s[5]"], hamiltonian: "s_z[0]*s_z[5]"}
          c: {of: ["s[1]", "s[3]"], hamiltonian: "i*(s_p[1]*s_m[3] - s_m[1]*s_p[3])"}
        """, name: "ring.yaml")
    let (block, vectors, point) = try Self.open(model, [("N", "8")])
    // 784 elements of two excitations are few beside what a feed costs.
    #expect(vectors == nil)
    let (start, dissipators) = (try StartState(point, within: Budget()), try point.dissipators())
    let forced = try Unravelling(point, start, dissipators, always: true, within: Self.budget)
    let fed = try #require(forced)
    #expect(fed.hasFeed)
    let left = try interval("exp(-1/2)")
    for (name, expected) in [("n", 2 * left), ("two", 2 * left.squared)] {
      let observable = try point.polynomial(#require(point.model.parts.first { $0.name == name }).hamiltonian)
      let mean = try fed.state(after: interval("5"), within: Self.budget).mean(observable, point)
      #expect(!mean.isDisjoint(from: expected) && mean.width.double(rounding: .up) < 1e-30, "\(name): \(mean)")
    }
    // Coherences in both sectors, by elements.
    let time = try interval("5/3")
    let (one, other) = (
      try fed.state(after: time, within: Self.budget), try block.state(after: time, within: Budget())
    )
    for part in point.model.parts {
      let observable = try point.polynomial(part.hamiltonian)
      let (x, y) = (try one.mean(observable, point), try other.mean(observable, point))
      #expect(!x.isDisjoint(from: y) && x.width.double(rounding: .up) < 1e-30, "\(part.name): \(x) \(y)")
    }
  }

  @Test func `two excitations among many sites are taken as a vector with feed`() throws {
    let model = try Model(
      parsing: """
        model: ring
        space: {s: {kind: qubit, cells: 13}}
        hamiltonian: ring(j, s_p[j]*s_m[j+1] + s_m[j]*s_p[j+1])
        jumps: [{each: j, operator: "s_m[j]", rate: 1/10}]
        start: {s: [up, up, \(Array(repeating: "down", count: 11).joined(separator: ", "))]}
        quantities: {lost: {value: "weight(s = down)"}}
        """, name: "ring.yaml")
    #expect(try #require(try Self.open(model).vectors).hasFeed)
  }

  /// A feed that is computed to few bits is as far from the truth as it says: the error of each element, which holds
  /// that of the rule, of the vectors and of the steps.
  @Test(arguments: [4, 24])
  func `few bits of a feed`(_ bits: Int) throws {
    var isSeen = false
    try RandomCases.run(3) { random, label in
      for _ in 0..<200 {
        let twin = RandomLadder(&random)
        let model = try Model(parsing: twin.text, name: "ladder.yaml")
        let (_, _, point) = try Self.open(model)
        let (start, dissipators) = (try StartState(point, within: Budget()), try point.dissipators())
        guard
          let fed = try Unravelling(point, start, dissipators, always: true, within: Self.budget), fed.hasFeed
        else { continue }
        let (fine, rough) = (
          try fed.state(after: interval("3/2"), within: Self.budget),
          try fed.state(after: interval("3/2"), precision: bits, within: Self.budget)
        )
        let pairs = zip(Self.elements(rough, twin.levels, point), Self.elements(fine, twin.levels, point))
        for (a, b) in pairs {
          #expect(
            !a.real.isDisjoint(from: b.real) && !a.imaginary.isDisjoint(from: b.imaginary), "\(label)\n\(twin.text)")
          let width = a.real.width.double(rounding: .up)
          #expect(width < pow(0.5, Double(bits)) * 64, "\(label): \(width)\n\(twin.text)")
          if width > 1e-30 { isSeen = true }
        }
        return
      }
    }
    #expect(isSeen)
  }

  /// A drive alone needs no density matrix: the turning frame has a closed form.
  @Test func `a driven system without jumps is a vector`() throws {
    let model = try Model(
      parsing: """
        model: driven
        space: {J: spin 3/2}
        hamiltonian: 3/2*J_z + (exp(i*5*t/2)*J_m + exp(-i*5*t/2)*J_p)/2
        start: {J: down}
        quantities: {z: {value: mean(J_z)}, v: {value: variance(J_z)}}
        """, name: "driven.yaml")
    #expect(try Self.open(model).vectors != nil)
    // A turn by -J_z + J_x for t = 3, of speed sqrt(2): J_z of a coherent state is J cos, its variance J/2 sin^2.
    let cosine = try interval("(1 + cos(3*sqrt(2)))/2")
    let (z, v) = (
      try model.value("z", [("t", "3")], digits: 30), try model.value("v", [("t", "3")], digits: 30)
    )
    #expect(try !#require(z.interval(precision: 256)).isDisjoint(from: try interval("-3/2") * cosine))
    #expect(try !#require(v.interval(precision: 256)).isDisjoint(from: try interval("3/4") * (1 - cosine.squared)))
  }

  /// Jumps that lead back to where they came from, or to more than one place, take elements.
  @Test(arguments: ["l(2,2) - l(1,1)", "l(0,3) + l(1,2)", "l(3,0)"])
  func `other jumps take elements`(_ jump: String) throws {
    let model = try Model(
      parsing: """
        model: m
        space: {l: levels 5}
        hamiltonian: l(2,3) + l(3,2) + l(3,4) + l(4,3)
        jumps: [{operator: "\(jump)", rate: 1}, {operator: "l(0,3)", rate: 1}]
        start: {superposition: [[3/5, {l: level(2)}], [4/5, {l: level(0)}]]}
        quantities: {p: {value: "weight(l = level(0))"}}
        """, name: "m.yaml")
    #expect(try Self.open(model).vectors == nil)
  }
}
