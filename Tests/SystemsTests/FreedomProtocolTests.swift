import ArbitraryPrecision
import Foundation
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct FreedomProtocolTests {
  private func values(_ name: String, _ n: Int, _ nbar: String, bits: Int, routes: [String]? = nil) throws -> [Interval]
  {
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.\(name)")
    let arguments = try Arguments([(name: "N", text: "\(n)"), (name: "nbar", text: nbar)], for: quantity)
    return try quantity.routes.filter { routes?.contains($0.name) ?? true }.map {
      try $0.evaluate(arguments, bits, Budget(seconds: 600))
    }
  }

  // MARK: - Tavis and Cummings

  /// Sectors and their closed state against the product space of 2^N dimensions, with its ergotropy.
  @Test(arguments: [(1, "1/4"), (1, "2"), (2, "1")])
  func `the sectors agree with brute force`(_ n: Int, _ nbar: String) throws {
    for name in ["tavis-cummings-deficit", "tavis-cummings-energy"] {
      let found = try values(name, n, nbar, bits: 40)
      for value in found {
        #expect(!value.isDisjoint(from: found[0]), "\(name): \(found)")
        #expect((value.width.binaryExponent ?? 0) < -36, "\(name): \(value)")
      }
    }
  }

  /// Interpolation in the excitations against the evolution of each sector.
  @Test(arguments: [(1, "200"), (2, "900"), (3, "30^2")])
  func `interpolated sectors agree with each of them`(_ n: Int, _ nbar: String) throws {
    for bits in [40, 100] {
      let found = try values("tavis-cummings-deficit", n, nbar, bits: bits, routes: ["sectors", "every-sector"])
      #expect(!found[0].isDisjoint(from: found[1]))
      for value in found { #expect((value.width.binaryExponent ?? 0) < -bits - 4, "\(value)") }
    }
  }

  @Test func `interpolated vectors are within their bound`() throws {
    let arguments = try Arguments(
      [(name: "N", text: "3"), (name: "nbar", text: "30^2")],
      for: Catalogue.builtIn.quantity(named: "freedom.tavis-cummings-deficit"))
    let model = try TavisCummings(arguments, 40)
    let interpolated = try SectorRotations(model, isInterpolating: true, within: Budget())
    let evolved = try SectorRotations(model, isInterpolating: false, within: Budget())
    let last = model.sectors.upperBound
    for n in [model.sectors.lowerBound, last, last - 1] + Array(stride(from: 700, to: 1100, by: 37)) {
      let (a, b) = (try interpolated.amplitudes(n, within: Budget()), try evolved.amplitudes(n, within: Budget()))
      var squares = Interval(0, precision: 128)
      for (x, y) in zip(a.elements, b.elements) {
        let difference =
          Interval(x, precision: 256).scaled(byPowerOfTwo: -a.fractionBits)
          - Interval(y, precision: 256).scaled(byPowerOfTwo: -b.fractionBits)
        squares = squares + difference.squared
      }
      let allowed = Interval(a.error) + Interval(b.error)
      #expect(squares.squareRoot.isAtMost(allowed) == .certainlyTrue, "n = \(n)")
      #expect(a.elements.count == b.elements.count && (allowed.upper.binaryExponent ?? 0) < -70)
    }
  }

  /// mpmath 1.3.0 at 40 digits: expm in each sector, the complex reduced state, eighe.
  @Test(arguments: [
    (1, "0.5", "0.1360518975158275882341", "0.1989482500542590173986"),
    (2, "2", "0.1788733656095846313856", "1.264093303351665562068"),
    (3, "7", "0.07072927509457823219566", "2.665355085431932271347"),
    (5, "1.25", "0.2682307490296413464145", "0.1165787385862305391195"),
  ])
  func `values are those of another program`(_ n: Int, _ nbar: String, _ deficit: String, _ energy: String) throws {
    for (name, value) in [("deficit", deficit), ("energy", energy)] {
      let found = try enclosure("freedom.tavis-cummings-\(name)", [("N", "\(n)"), ("nbar", nbar)], digits: 20)
      #expect(!found.isDisjoint(from: try printed(value)), "\(name): \(found)")
    }
  }

  @Test func `more digits are inside fewer`() throws {
    for (n, nbar) in [("2", "1/10"), ("2", "300")] {
      let given = [("N", n), ("nbar", nbar)]
      let fine = try enclosure("freedom.tavis-cummings-deficit", given, digits: 30)
      #expect(try fine.isSubset(of: enclosure("freedom.tavis-cummings-deficit", given, digits: 6)))
    }
  }

  /// The state is one of the symmetric subspace: its deficit obeys the bound from its own energy.
  @Test(arguments: [(2, "1"), (4, "3"), (3, "50")])
  func `the protocol obeys the universal bound`(_ n: Int, _ nbar: String) throws {
    let routes = ["sectors"]
    let deficit = try values("tavis-cummings-deficit", n, nbar, bits: 60, routes: routes)[0]
    let energy = try values("tavis-cummings-energy", n, nbar, bits: 60, routes: routes)[0]
    #expect(deficit.isAtMost(Interval(Rational(Integer(n), Integer(n + 1)), precision: 64) / energy) == .certainlyTrue)
  }

  @Test(arguments: [
    ("tavis-cummings-deficit", "257", "1", "N <= 256: the state of the cells has N + 1 dimensions"),
    (
      "tavis-cummings-deficit", "2", "1e-10",
      "nbar >= 1e-9, nbar <= 1e18: the rotation takes about N/sqrt(nbar) steps, and every number of photons near the mean is a sector"
    ),
    ("vacuum-flip-deficit", "2", "1e9", "nbar <= 1e8: exp(-nbar) is below 10^-43429448"),
    (
      "qudit-deficit", "1001", "",
      "N d <= 6324, N <= 1000, d <= 1000: the filling takes about (N d)^2 additions"
    ),
  ])
  func `what costs too much is not begun`(_ name: String, _ n: String, _ nbar: String, _ reason: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.\(name)")
    let second = nbar.isEmpty ? (name: "d", text: "2") : (name: "nbar", text: nbar)
    let value = try quantity.certified(
      Arguments([(name: "N", text: n), second], for: quantity), to: .relative(digits: 5), within: Budget())
    #expect(value.undecided == "this route is limited to \(reason)" && value.outcome == .beyond)
  }

  @Test func `many photons exit with the cost`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.tavis-cummings-deficit")
    let value = try quantity.certified(
      Arguments([(name: "N", text: "256"), (name: "nbar", text: "1e10")], for: quantity), to: .relative(digits: 5),
      within: Budget())
    #expect(
      value.undecided
        == "this route is limited to 2e10 products of amplitudes: each sector takes (N + 1)^2/2 of them")
  }

  @Test(arguments: [
    ("1e400", "every number of photons near the mean is a sector"),
    ("2e308", "every number of photons near the mean is a sector"),
    ("1e15", "4000000 sectors: they are about sqrt(nbar) times the root of the digits"),
  ])
  func `too many sectors are refused`(_ nbar: String, _ reason: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "freedom.tavis-cummings-deficit")
    let value = try quantity.certified(
      Arguments([(name: "N", text: "1"), (name: "nbar", text: nbar)], for: quantity), to: .relative(digits: 5),
      within: Budget())
    #expect(value.undecided?.hasSuffix(reason) == true, "\(value.undecided ?? "")")
  }

  // MARK: - The conditioned flip

  @Test(arguments: [1, 2, 3, 4])
  func `the flip agrees with its density matrix`(_ n: Int) throws {
    for nbar in ["1/100", "0.69", "0.7", "\(n)^2"] {
      let found = try values("vacuum-flip-deficit", n, nbar, bits: 120)
      #expect(found.count == 3 && found.allSatisfy { !found[0].isDisjoint(from: $0) })
      #expect(found.allSatisfy { ($0.width.binaryExponent ?? 0) < -90 })
    }
  }

  /// e^-nbar/(N (1 - e^-nbar)) to all digits down to 1e-1565; 1/N below ln 2.
  @Test func `the flip keeps its digits where doubles have none`() throws {
    for n in [1, 2, 10, 27, 28, 60] {
      let value = try enclosure("freedom.vacuum-flip-deficit", [("N", "\(n)"), ("nbar", "\(n)^2")], digits: 40)
      let power = Interval(n * n, precision: 256).exponential
      #expect((value * (n * (power - 1)) - 1).magnitude.double(rounding: .up) < 1e-39)
    }
    let few = try enclosure("freedom.vacuum-flip-deficit", [("N", "7"), ("nbar", "0.6931")], digits: 40)
    #expect(few.contains(Rational(1, 7)) && few.width.double(rounding: .up) < 1e-39)
  }

  // MARK: - Cells of more levels

  /// The levels up to d - 1 quanta hold as many states as the symmetric subspace; both counts against all products.
  @Test func `the lowest levels hold the symmetric subspace`() throws {
    func binomial(_ n: Int, _ k: Int) -> Integer {
      (0..<k).reduce(Integer(1)) { ($0 * Integer(n - $1)).dividedDown(by: Integer($1 + 1)) }
    }
    for d in 2...6 {
      for n in 1...7 {
        let levels = try QuditFilling.multiplicities(cells: n, levels: d)
        let symmetric = try QuditFilling.symmetricMultiplicities(cells: n, levels: d)
        let rank = binomial(n + d - 1, d - 1)
        #expect(symmetric.reduce(0, +) == rank)
        #expect(levels.prefix(d).reduce(0, +) == rank)
        #expect(levels.reduce(0, +) == Integer(d).power(n))
        guard n <= 4, d <= 4 else { continue }
        var (all, multisets) = ([Int](repeating: 0, count: levels.count), [Int](repeating: 0, count: levels.count))
        for index in 0..<Int(pow(Double(d), Double(n)).rounded()) {
          let digits = (0..<n).map { index / Int(pow(Double(d), Double($0)).rounded()) % d }
          all[digits.reduce(0, +)] += 1
          if digits == digits.sorted() { multisets[digits.reduce(0, +)] += 1 }
        }
        #expect(all.map { Integer($0) } == levels && multisets.map { Integer($0) } == symmetric)
      }
    }
  }

  /// Any levels 0 = e_0 <= ... <= e_(d-1) and any state of the rank: the passive energy is at most (d - 1) e_(d-1).
  @Test func `the passive energy of qudits does not grow with N`() throws {
    try RandomCases.run(30) { random, label in
      let d = 2 + Int(random.next() % 3)
      let n = 1 + Int(random.next() % (d == 2 ? 8 : 5))
      let levels = ([0] + (1..<d).map { _ in Int(random.next() % 12) }).sorted()
      let size = (0..<n).reduce(1) { product, _ in product * d }
      let energies = (0..<size).map { index in
        var (rest, sum) = (index, 0)
        for _ in 0..<n {
          sum += levels[rest % d]
          rest /= d
        }
        return sum
      }.sorted()
      let rank = try QuditFilling.symmetricMultiplicities(cells: n, levels: d).reduce(0, +)
      let weights = (0..<(Int(exactly: rank) ?? 0)).map { _ in Int(random.next() % 50) }.sorted(by: >)
      let total = max(weights.reduce(0, +), 1)
      let passive = zip(energies, weights).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(passive <= total * (d - 1) * (levels.last ?? 0), "\(label)")
      // The mixed state of the whole subspace, the worst.
      #expect(energies.prefix(weights.count).reduce(0, +) <= weights.count * (d - 1) * (levels.last ?? 0), "\(label)")
    }
  }
}
