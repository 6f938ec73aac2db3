import ArbitraryPrecision
import RigorousNumerics
import Testing

@testable import Catalogue
@testable import Systems

@Suite struct CapacityBatteryTests {
  private static let dynamics = [
    "battery", "charger", "total", "residual", "concurrence", "negativity", "steering", "bell", "coherence",
    "imaginarity",
    "texture",
  ]

  private func given(_ texts: [String]) -> [(String, String)] {
    zip(["wb", "wc", "J1", "J2", "t"], texts).map { ($0, $1) }
  }

  private func arguments(_ name: String, _ texts: [String]) throws -> (Quantity, Arguments) {
    let quantity = try Catalogue.builtIn.quantity(named: "capacity.\(name)")
    return (quantity, try Arguments(given(texts).map { (name: $0.0, text: $0.1) }, for: quantity))
  }

  /// Detuned, resonant, without exchange, at the start, with a long time, with irrational parameters, J2 far above the others.
  private static let points = [
    ["1.3", "0.9", "0.7", "0.4", "1.1"], ["1", "1", "-2", "0", "0.3"], ["2", "1", "0", "1", "3"],
    ["1", "1", "0", "100", "3"],
    ["2", "1", "5", "1", "0"], ["1", "3", "-2", "-5", "700"], ["sqrt(2)", "sqrt(2)", "pi", "0", "1/7"],

  ]

  @Test(arguments: points)
  func `all routes agree`(_ texts: [String]) throws {
    for name in Self.dynamics {
      let (quantity, arguments) = try arguments(name, texts)
      let values = try quantity.routes.map { try $0.evaluate(arguments, 200, Budget()) }
      for (route, value) in zip(quantity.routes, values) {
        #expect(!value.isDisjoint(from: values[0]), "\(name) by \(route.name): \(value) and \(values[0])")
        // The root of what vanishes is known to half of the bits.
        #expect((value.width.binaryExponent ?? -999) < -80, "\(name) by \(route.name): \(value)")
      }
    }
  }

  @Test func `more digits are inside fewer`() throws {
    for name in Self.dynamics {
      let texts = Self.points[0]
      let fine = try enclosure("capacity.\(name)", given(texts), digits: 40)
      #expect(try fine.isSubset(of: enclosure("capacity.\(name)", given(texts), digits: 10)), "\(name)")
    }
  }

  /// mpmath 1.3.0 at 50 digits: expm of -iHt, the density matrix, eigenvalues by eighe and eig.
  @Test func `values are those of another program`() throws {
    let first = [
      "0.24503833305629764817172", "0.16964192288512914104196", "4.4", "3.98531974405857321078632",
      "0.99554898590339726411972",
      "0.49777449295169863205986", "1.72691504326836106492382", "2.82213946029127531811433",
      "0.99554898590339726411972",
      "0.85043221092439663333035", "0.50221564508354310016159",
    ]
    let second = [
      "0.67778194321955741874269", "2.03334582965867225622807", "8", "5.28887222712177032502925",
      "0.94082565300983378362458",
      "0.47041282650491689181229", "1.66442356950469802027470", "2.74601741390063304951622",
      "0.94082565300983378362458",
      "0.66939357775700069853677", "0.52793159846674735652221",
    ]
    for (texts, values) in [(Self.points[0], first), (["1", "3", "-2", "-5", "7"], second)] {
      for (name, value) in zip(Self.dynamics, values) {
        let found = try enclosure("capacity.\(name)", given(texts), digits: 20)
        #expect(!found.isDisjoint(from: try printed(value)), "\(name): \(found) and \(value)")
      }
    }
  }

  /// T^2 = 3/4 + delta J1 sin^2(Om t)/(2 Om^2) of the pair, as the claim capacity.texture-pair proves it from the amplitudes; mpmath as above.
  @Test func `the texture of the pair is the one derived`() throws {
    for (texts, value) in [
      (["1.3", "0.9", "0.7", "0.4", "1.1"], "0.9377598296918672712533274"),
      (["1", "3", "-2", "-5", "7"], "0.9567012371150960953779538"),
    ] {
      let (_, arguments) = try arguments("texture", texts)
      let model = CapacityBattery(arguments, 160)
      let found = try model.state(within: Budget()).texture()
      #expect(!found.isDisjoint(from: try printed(value)))
      let square =
        Interval(Rational(3, 4), precision: 160) + model.detuning * model.populations.moved / (2 * model.coupling)
      #expect(!found.squared.isDisjoint(from: square))
    }
  }

  // MARK: - Zeros

  @Test func `zeros are decided`() throws {
    let zeros: [([String], [String])] = [
      (["1", "1", "1", "2", "pi/4"], ["battery", "charger"]),
      (["5", "5", "-1/3", "2", "9*pi/4"], ["battery", "charger"]),
      // |delta| = |J1| at Om t = pi/2; (delta/J1)^2 = 1/2 at Om t = pi/3; cos(2 pi/5) and cos(5 pi/6) below.
      (["2", "1", "-1", "2", "pi/(2*sqrt(2))"], ["battery", "charger"]),
      (["2", "1", "sqrt(2)", "0", "pi/(3*sqrt(3))"], ["battery", "charger"]),
      (["1 + sqrt((sqrt(5) - 1)/4)", "1", "1", "0", "3*pi/(10*sqrt(1 + (sqrt(5) - 1)/4))"], ["battery", "charger"]),
      (["1 + sqrt(sqrt(3)/2)", "1", "1", "0", "5*pi/(12*sqrt(1 + sqrt(3)/2))"], ["battery", "charger"]),
      (["1", "1", "1", "2", "pi/2"], ["residual", "concurrence", "negativity", "coherence", "imaginarity"]),
      (["4", "1", "4", "2", "pi/5"], ["residual", "concurrence", "negativity", "coherence", "imaginarity"]),
      (["4", "1", "4", "2", "pi/10"], ["imaginarity"]),
      (["sqrt(8)", "1", "0", "2", "1"], ["residual", "concurrence", "negativity", "coherence", "imaginarity"]),
      (["1", "2", "sqrt(2) - sqrt(2)", "2", "1"], ["residual", "concurrence"]),
      (["3", "3", "1", "2", "0"], ["residual", "imaginarity"]),
    ]
    for (texts, names) in zeros {
      for name in Self.dynamics {
        let (quantity, arguments) = try arguments(name, texts)
        #expect(
          (quantity.isZero(arguments) == .certainlyTrue) == names.contains(name) || !names.contains(name),
          "\(name) at \(texts)")
        if names.contains(name) {
          #expect(try enclosure("capacity.\(name)", given(texts), digits: 10).isSameSet(as: Interval(0, precision: 8)))
        }
      }
    }
    // At a quarter turn with detuning nothing is exactly exchanged.
    #expect(try enclosure("capacity.residual", given(["4", "1", "4", "2", "pi/10"]), digits: 10).lower.signum > 0)
    for name in ["battery", "charger", "total", "steering", "bell", "texture"] {
      let (quantity, arguments) = try arguments(name, ["1", "1", "1", "0", "0"])
      #expect(quantity.isZero(arguments) != .certainlyTrue)
    }
  }

  /// With x = Om t, sqrt p = |J1/Om sin x| and E = 2 sqrt p sqrt(1 - p); x(1 - x^2/6) <= sin x <= x for x >= 0, and 1 - p <= sqrt(1 - p) <= 1. The bounds
  /// are rounded outward to 128 bits; 20 digits are what `enclosure` asserts.
  @Test func `small values keep their digits`() throws {
    func expectation(_ scale: Rational, atLeast factor: Rational) -> Interval {
      Interval(from: scale * factor, to: scale, precision: 128)
    }
    // sin x/Om is between t (1 - x^2/6) and t, so that sqrt p <= J1 t: E/(2 J1 t) is between (1 - x^2/6)(1 - (J1 t)^2) and 1. Here J1 = 3, Om^2 = 10.
    let t = Rational(10).power(-5000)
    let early = try enclosure("capacity.concurrence", given(["2", "1", "3", "0", "1e-5000"]), digits: 20)
    let slow = (1 - 10 * t.power(2) / 6) * (1 - (3 * t).power(2))
    #expect(!early.isDisjoint(from: expectation(6 * t, atLeast: slow)), "\(early)")
    // At t = pi/2 and delta = 1: p <= J^2, 1/Om >= 1 - J^2/2, and x is pi/2 + e with e = (Om - 1) pi/2 <= pi J^2/4, so that
    // sin x = cos e >= 1 - pi^2 J^4/32 >= 1 - J^2/2. E/(2 J) is between (1 - J^2/2)^2 (1 - J^2) >= 1 - 2 J^2 and 1.
    let j = Rational(10).power(-3000)
    let weak = try enclosure("capacity.concurrence", given(["2", "1", "1e-3000", "0", "pi/2"]), digits: 20)
    #expect(!weak.isDisjoint(from: expectation(2 * j, atLeast: 1 - 2 * j.power(2))), "\(weak)")
    // 1 - p = cos^2 t = sin^2 e at resonance with t = pi/2 - e: 8 (1 - p) is between 8 e^2 (1 - e^2/6)^2 >= 8 e^2 (1 - e^2/3) and 8 e^2.
    let e = Rational(10).power(-1000)
    let late = try enclosure("capacity.residual", given(["1", "1", "1", "0", "pi/2 - 1e-1000"]), digits: 20)
    #expect(!late.isDisjoint(from: expectation(8 * e.power(2), atLeast: 1 - e.power(2) / 3)), "\(late)")
  }

  // MARK: - Statements

  /// The deficit is greatest at delta = J1 and the same at delta/J1 and J1/delta.
  @Test func `the deficit at I = 0 peaks at delta = J1`() throws {
    func deficit(_ wb: String) throws -> Interval {
      try enclosure("capacity.peak-deficit", [("wb", wb), ("wc", "1"), ("J1", "1")], digits: 20)
    }
    let one = try deficit("2")
    #expect(one.contains(1))
    #expect(try deficit("1.5").isLess(than: one) == .certainlyTrue)
    #expect(try deficit("3").isLess(than: one) == .certainlyTrue)
    #expect(!(try deficit("3").isDisjoint(from: deficit("1.5"))))
    for texts in [("1", "1"), ("2", "0")] {
      let none = try enclosure("capacity.peak-deficit", [("wb", texts.0), ("wc", "1"), ("J1", texts.1)], digits: 20)
      #expect(none.isSameSet(as: Interval(0, precision: 8)))
    }
    // At rest there is no peak.
    let message = "parameter J1: without exchange and detuning there is no peak; accepted: J1 = 0 or wb = wc, not both"
    #expect(throws: BadInput(undefined: message)) {
      try enclosure("capacity.peak-deficit", [("wb", "1"), ("wc", "1"), ("J1", "0")], digits: 20)
    }
  }

  // MARK: - Refusals

  @Test(arguments: [
    (["wb=0", "wc=1", "J1=1", "J2=0", "t=1"], "parameter wb: 0 is outside the domain; accepted: real numbers, wb > 0"),
    (
      ["wb=1", "wc=-1", "J1=1", "J2=0", "t=1"], "parameter wc: -1 is outside the domain; accepted: real numbers, wc > 0"
    ),
    (
      ["wb=1", "wc=1", "J1=1", "J2=0", "t=-1"], "parameter t: -1 is outside the domain; accepted: real numbers, t >= 0"
    ),
    (["wb=1", "wc=1", "J1=1", "t=1"], "parameter J2 of capacity.battery is missing; accepted: real numbers, any J2"),
    (
      ["wb=1", "wc=1", "J1=1", "J2=0", "t=1", "g=1"],
      "unknown parameter 'g' of capacity.battery; accepted: wb, wc, J1, J2, t"
    ),
  ])
  func `bad parameters are refused`(_ texts: [String], _ message: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: "capacity.battery")
    let given = texts.map { $0.split(separator: "=") }.map { (name: String($0[0]), text: String($0[1])) }
    #expect(throws: BadInput(message)) { try Arguments(given, for: quantity) }
  }

  @Test func `parameters outside of doubles have values`() throws {
    let far = try enclosure("capacity.battery", given(["1e400", "1e400", "1e-400", "1e500", "1e399"]), digits: 10)
    // 2 wb cos(2 J1 t) with J1 t = 1/10.
    let expected =
      Interval(2 * Rational(10).power(400), precision: 128) * Interval(Rational(1, 5), precision: 128).cosine
    #expect(!far.isDisjoint(from: expected))
  }
}
