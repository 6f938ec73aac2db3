import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import BatteryModels

@Suite struct DickeBatteryTests {
  private func value(_ name: String, _ given: [(String, String)], digits: Int) throws -> Interval {
    let quantity = try Catalogue.quantity(named: name)
    return try quantity.enclosure(
      Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity), digits: digits, within: Budget())
  }

  /// SciPy 1.17.1, expm_multiply in the same sector with 60 and 120 photons: about 14 digits.
  @Test func `the stored energy agrees with another program`() throws {
    for (n, tau, expected) in [("2", "1", 1.137036348010014), ("10", "0.6", 6.759274127111377)] {
      let found = try value("dicke.stored-energy", [("N", n), ("g", "0.5"), ("tau", tau)], digits: 16)
      #expect(abs(found.lower.double(rounding: .nearest) - expected) < 1e-12)
    }
  }

  /// E = w0 N (2N + 1) (g tau)^2 for short times: the weight that leaves the start for N + 1 and N - 1 photons, each with one excitation.
  /// What follows is smaller by about (g N tau)^2, below 1e-14 here.
  @Test func `short times have the second derivative of the start`() throws {
    for n in [1, 3, 8] {
      let found = try value("dicke.stored-energy", [("N", "\(n)"), ("g", "2/3"), ("tau", "1e-8")], digits: 20)
      let leading = Interval(Rational(Integer(n * (2 * n + 1)), 1) * Rational(4, 9), precision: 128)
      let ratio = found / leading / Interval(Rational(10).power(-16), precision: 128)
      #expect((ratio - 1).magnitude.double(rounding: .up) < 1e-12, "\(ratio)")
    }
  }

  /// SciPy's solve_ivp (DOP853, relative tolerance 1e-13).
  @Test func `the classical energy agrees with an integrator in doubles`() throws {
    let found = try value("dicke.classical-stored-energy", [("N", "2"), ("g", "0.5"), ("tau", "1")], digits: 12)
    #expect(abs(found.lower.double(rounding: .nearest) - 1.7091653478543751) < 1e-11)
  }

  @Test func `nothing is stored at the start, and absurd sizes end`() throws {
    #expect(
      try value("dicke.stored-energy", [("N", "5"), ("tau", "0")], digits: 10).isSameSet(as: Interval(0, precision: 8)))
    for given in [[("N", "1001"), ("tau", "1")], [("N", "2"), ("tau", "1e9")], [("N", "500"), ("tau", "20")]] {
      #expect(throws: Undecided.self) { try value("dicke.stored-energy", given, digits: 10) }
    }
  }
}
