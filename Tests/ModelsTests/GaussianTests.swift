import ArbitraryPrecision
import Catalogue
import Foundation
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Models of bosons with quadratic Hamiltonians and linear jumps, by their first and second moments.
@Suite struct GaussianTests {
  // MARK: - Closed forms

  /// <a> = -2i F/k (1 - e^(-kt/2)), and n(t) = n (1 - e^(-kt)) of the bath.
  @Test func `a driven mode with a bath`() throws {
    let (amplitude, quanta) = ("4*(1 - exp(-3/2))^2", "(1 - exp(-3))/3")
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: a + a'
      jumps: [{operator: a, rate: 4/3}, {operator: "a'", rate: 1/3}]
      start: {a: fock(0)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """, at: "3",
      [
        ("mean(b)", "\(amplitude) + \(quanta)"), ("mean(i*(a - a'))", "4*(1 - exp(-3/2))"),
        ("variance(a'*a)", "\(amplitude)*(2*\(quanta) + 1) + \(quanta)*(\(quanta) + 1)"),
        ("purity(all)", "1/(2*\(quanta) + 1)"), ("largest_eigenvalue(a)", "1/(\(quanta) + 1)"),
        ("entropy(a)", "(\(quanta) + 1)*log(\(quanta) + 1) - \(quanta)*log(\(quanta))"),
        ("passive(b)", quanta), ("ergotropy(b)", amplitude),
        ("weight(a = fock(0))", "exp(-\(amplitude)/(\(quanta) + 1))/(\(quanta) + 1)"),
        ("fidelity(a, coherent(-2*i*(1 - exp(-3/2))))", "1/(\(quanta) + 1)"),
        ("at(mean(b), 1)", "4*(1 - exp(-1/2))^2 + (1 - exp(-1))/3"),
        ("rate(mean(b))", "4*(1 - exp(-3/2))*exp(-3/2) + exp(-3)/3"), ("initial(mean(b))", "0"),
        ("steady(mean(b))", "13/3"), ("steady(purity(all))", "3/5"), ("steady(ergotropy(b))", "4"),
      ])
  }

  /// A squeezed mode loses: s = 1 + e^(-kt) (s(0) - 1).
  @Test func `a squeezed mode decays`() throws {
    let (x, p) = ("(1 + exp(-1)*(exp(-1) - 1))", "(1 + exp(-1)*(exp(1) - 1))")
    try GaussianFigures.expect(
      """
      space: {a: boson}
      jumps: [{operator: a, rate: 1/2}]
      start: {a: squeezed(1/2)}
      parts: {b: {of: [a], hamiltonian: "3*a'*a"}}
      """, at: "2",
      [
        ("variance(a + a')", x), ("variance(i*(a - a'))", p), ("mean(b)", "3*(\(x) + \(p) - 2)/4"),
        ("purity(a)", "1/sqrt(\(x)*\(p))"), ("passive(b)", "3*(sqrt(\(x)*\(p)) - 1)/2"),
        ("weight(a = fock(0))", "2/sqrt((\(x) + 1)*(\(p) + 1))"),
        ("weight(a = fock(1))", "(\(x)*\(p) - 1)*2/sqrt((\(x) + 1)*(\(p) + 1))^3"),
        ("weight(a = squeezed(1/2))", "2/sqrt((\(x) + exp(-1))*(\(p) + exp(1)))"),
        ("fidelity(a, start)", "2/sqrt((\(x) + exp(-1))*(\(p) + exp(1)))"),
        ("variance(a'*a)", "(\(x)^2 + \(p)^2 - 2)/8"),
      ])
  }

  /// Populations of a thermal state; and Uhlmann's fidelity of two of them, of which the matrices commute.
  @Test func `a thermal mode warms`() throws {
    let n = "(3 - 2*exp(-1))"
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: 2*a'*a
      jumps: [{operator: a, rate: 2}, {operator: "a'", rate: 3/2}]
      start: {a: thermal(1)}
      """, at: "2",
      [
        ("mean(a'*a)", n), ("weight(a = fock(3))", "\(n)^3/(\(n) + 1)^4"), ("mean(a'^4*a^4)", "24*\(n)^4"),
        ("fidelity(a, thermal(1/2))", "1/(sqrt((\(n) + 1)*3/2) - sqrt(\(n)/2))^2"),
        ("fidelity(a, start)", "1/(sqrt((\(n) + 1)*2) - sqrt(\(n)))^2"),
      ])
  }

  /// Any start: a level decays to the bath, and its fluctuations with it.
  @Test func `a level in a bath`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: a'*a
      jumps: [{operator: a, rate: 3/2}, {operator: "a'", rate: 1/2}]
      start: {a: fock(4)}
      """, at: "1/2",
      [
        ("mean(a'*a)", "1/2 + 7/2*exp(-1/2)"), ("variance(a + a')", "2 + 7*exp(-1/2)"),
        ("steady(entropy(a))", "3/2*log(3/2) - log(1/2)/2"), ("steady(variance(a'*a))", "3/4"),
      ])
  }

  /// A chain of modes in one thermal state with baths of another: nothing flows along it.
  @Test func `a chain of eight modes`() throws {
    let n = "(1 + exp(-1/10))"
    try GaussianFigures.expect(
      """
      parameters: {N: {kind: integer, default: 8}}
      space: {a: {kind: boson, cells: N}}
      hamiltonian: sum(j, a[j]'*a[j]) + chain(j, a[j]'*a[j+1] + a[j+1]'*a[j])
      jumps: [{each: j, operator: "a[j]", rate: 1/5}, {each: j, operator: "a[j]'", rate: 1/10}]
      start: {a: thermal(2)}
      """, at: "1",
      [
        ("mean(a[7]'*a[7])", n), ("purity(all)", "1/(2*\(n) + 1)^8"), ("negativity(a[0])", "0"),
        ("covariance(a[0]'*a[0], a[7]'*a[7])", "0"),
      ], digits: 20)
  }

  /// Numbers of mpmath 1.3.0, mp.dps = 45: `expm` of the matrix of the moments of a, a', b, b', and the determinants of
  /// their covariances by the formulas of two modes.
  @Test func `two modes that exchange and pump`() throws {
    let path = #filePath.components(separatedBy: "/Tests/")[0] + "/docs/models/gaussian-pair.yaml"
    let model = try Model(path: path)
    for (name, expected) in [
      ("charger", "0.539047031166869772432223177113655798867830113"),
      ("energy", "0.778131743403607777641584376990023989857285659"),
      ("exchange", "0.485356186652567739788250321233473189236657522"),
      ("purity", "0.685817035512015712807834668519033408937259009"),
      ("mixedness", "0.752504387028503459775576816523828287112224994"),
      ("entropy", "0.65971256680563590503120798002964101680054887"),
      ("largest", "0.817878051455528480970954566282671604912421559"),
      ("negativity", "0.0815078445339230923502331108213831569987293235"),
      ("empty", "0.272125155241322168190888038304586769828927376"),
    ] {
      let found = try #require(try model.value(name, [("t", "7/3")], digits: 40).interval(precision: 256))
      let bound = Interval(Rational(1, Integer(10).power(40)), precision: 64)
      let difference = (found - (try interval(expected))).magnitude
      #expect(difference <= bound.upper, "\(name): \(found)")
    }
  }

  /// Numbers of QuTiP 5, mesolve by Adams' method with the tolerances 1e-11 and 1e-13 on 34 times 26 levels: another
  /// cut and tolerance change the entropy, the least sharp of them, by some 1e-9.
  @Test func `two modes beside another program`() throws {
    let model = try GaussianFigures.model(
      """
      space: {a: boson, b: boson}
      hamiltonian: "a'*a + 6/5*b'*b + (a'*b + b'*a)/2 + (a'*b' + a*b)/5 + 1/3*(a + a')"
      jumps: [{operator: a + b/2, rate: 1/4}, {operator: "b'", rate: 1/10}, {operator: b + 1/4, rate: 1/2}]
      start: {a: "displaced_squeezed(1/2 + i/3, 1/4, 1)", b: thermal(1/5)}
      parts: {B: {of: [b], hamiltonian: "b'*b + 1/5*(b + b') + 1/4*(b^2 + b'^2)"}, A: {of: [a], hamiltonian: "a'*a"}}
      """,
      [
        "mean(a'*a)", "covariance(a'*a, b'*b)", "variance(a'*b + b'*a)", "purity(b)", "entropy(all)",
        "weight(a = fock(3))", "weight(a = coherent(1/3), b = fock(0))", "fidelity(a, coherent(1/4))",
        "fidelity(b, thermal(1/3))", "ergotropy(A)", "passive(B)", "mean(a'^4*a^4)",
      ])
    for (k, expected) in [
      0.40585295253778975, -0.030529052232496134, 0.9665767322236997, 0.7480613195860837, 0.6637376312897818,
      0.01151231244118594, 0.5356111584031199, 0.732558500417359, 0.8937439213407937, 0.32755127063594514,
      0.05217986710525802, 0.43736863660595754,
    ].enumerated() {
      let found = try #require(try model.value("f\(k)", [("t", "1.3")], digits: 15).interval(precision: 128))
      let middle = try #require(found.midpoint).double(rounding: .nearest)
      #expect(abs(middle - expected) < 4e-9, "f\(k): \(middle) \(expected)")
    }
  }

  // MARK: - Limits

  @Test func `limits to fifty digits`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: a'*a/3 + 2*(a + a')
      jumps: [{operator: a, rate: 5/2}, {operator: "a'", rate: 1/2}]
      start: {a: coherent(7)}
      """,
      [
        ("steady(mean(a'*a))", "4/(1/9 + 1) + 1/4"), ("steady(mean(a + a'))", "-4/3/(1/9 + 1)"),
        ("steady(entropy(a))", "5/4*log(5/4) - log(1/4)/4"),
      ], digits: 50)
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: i*2/5/2*(a'^2 - a^2)
      jumps: [{operator: a, rate: 1}]
      start: {a: fock(0)}
      """,
      [
        ("steady(variance(i*(a' - a)))", "1/(1 + 4/5)"), ("steady(variance(a + a'))", "1/(1 - 4/5)"),
        ("steady(mean(a'*a))", "((1/(1 + 4/5)) + 5 - 2)/4"),
      ], digits: 50)
  }

  /// A threshold, what is beyond it, and a mode beside the one that rests.
  @Test func `what does not come to rest says why`() throws {
    func pumped(_ e: String) -> String {
      "space: {a: boson}\nhamiltonian: i*\(e)*(a'^2 - a^2)\njumps: [{operator: a, rate: 1}]\nstart: {a: fock(0)}"
    }
    let figure = "steady(mean(a'*a))"
    #expect(try GaussianFigures.reason(pumped("(1/2)"), figure)?.contains("grow without end") ?? false)
    #expect(
      try GaussianFigures.reason(pumped("(1/4)"), figure)?.contains("turns for ever, or is pumped as fast") ?? false)
    let spectator = """
      space: {a: boson, b: boson}
      hamiltonian: a'*a + b'*b + a + a'
      jumps: [{operator: a, rate: 1}]
      start: {a: fock(0), b: coherent(1)}
      """
    try GaussianFigures.expect(spectator, [(figure, "4/5")])
    #expect(try GaussianFigures.reason(spectator, "steady(mean(b + b'))")?.contains("turns for ever") ?? false)
    let growing = "space: {a: boson}\njumps: [{operator: \"a'\", rate: 1}]\nstart: {a: fock(0)}"
    #expect(try GaussianFigures.reason(growing, figure)?.contains("grow without end") ?? false)
    try GaussianFigures.expect(growing, at: "3", [("mean(a'*a)", "exp(3) - 1")])
  }

  @Test func `an energy without a lowest level is refused`() throws {
    let text = """
      space: {a: boson}
      jumps: [{operator: a, rate: 1}]
      start: {a: coherent(1)}
      parts: {b: {of: [a], hamiltonian: "a'*a + a^2 + a'^2"}}
      """
    #expect(
      try GaussianFigures.reason(text, "ergotropy(b)", at: "1")?.contains("no levels that rise from a lowest one")
        ?? false)
  }

  // MARK: - Drives

  /// <a>' = -k/2 <a> - i f, by rates and quadratures of their own.
  @Test func `coefficients that depend on the time`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: cos(t)*(a + a')
      jumps: [{operator: a, rate: 2}]
      start: {a: fock(0)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """, at: "2",
      [
        ("mean(b)", "((cos(2) + sin(2) - exp(-2))/2)^2"), ("ergotropy(b)", "((cos(2) + sin(2) - exp(-2))/2)^2"),
        ("rate(mean(b))", "(cos(2) + sin(2) - exp(-2))/2*(cos(2) - sin(2) + exp(-2))"), ("variance(a + a')", "1"),
      ], digits: 15)
    // Rates 2 t: a time t^2.
    try GaussianFigures.expect(
      "space: {a: boson}\njumps: [{operator: a, rate: 2*t}]\nstart: {a: \"displaced_squeezed(1, 1/3, 0)\"}",
      at: "3/2",
      [
        ("mean(a + a')", "2*exp(-9/8)"), ("variance(a + a')", "1 + exp(-9/4)*(exp(-2/3) - 1)"),
        ("rate(variance(a + a'))", "-3*exp(-9/4)*(exp(-2/3) - 1)"),
      ], digits: 15)
    // Squeezing by e(t): the integral of it counts. A phase that turns as the mode does is none.
    try GaussianFigures.expect(
      "space: {a: boson}\nhamiltonian: i*exp(-t)/2*(a'^2 - a^2)\nstart: {a: fock(0)}", at: "2",
      [("variance(a + a')", "exp(2*(1 - exp(-2)))"), ("mean(a'*a)", "sinh(1 - exp(-2))^2")], digits: 15)
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: 3*a'*a + exp(-3*i*t)*a' + exp(3*i*t)*a
      jumps: [{operator: a, rate: 1}]
      start: {a: fock(0)}
      """, at: "1", [("mean(a'*a)", "4*(1 - exp(-1/2))^2")], digits: 15)
    // A pulse between two times: the integral of f is 1/2, and the amplitude is left alone afterwards.
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: exp(-(t - 2)^2*100)*10/sqrt(pi)/2*(a + a')
      start: {a: fock(0)}
      """, at: "4", [("mean(a'*a)", "1/4")], digits: 12)
    let text =
      "space: {a: boson}\nhamiltonian: abs(t - 1)*(a + a')\njumps: [{operator: a, rate: 1}]\nstart: {a: fock(0)}"
    #expect(try GaussianFigures.reason(text, "mean(a'*a)", at: "2")?.contains("not analytic") ?? false)
    let negative = "space: {a: boson}\njumps: [{operator: a, rate: cos(t)}]\nstart: {a: coherent(1)}"
    #expect(
      try GaussianFigures.reason(negative, "mean(a'*a)", at: "2")?.contains("the rate is negative at t =") ?? false)
  }

  // MARK: - Times

  /// n = 4 (1 - e^(-t/2))^2; the greatest power by mpmath's findroot of the slope.
  @Test func `figures over times`() throws {
    try GaussianFigures.expect(
      """
      space: {a: boson}
      hamiltonian: a + a'
      jumps: [{operator: a, rate: 1}]
      start: {a: fock(0)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """,
      [
        ("greatest(mean(b)/t)", "0.81452875517814750027858572210444649567"), ("first_time(mean(b) = 1)", "2*log(2)"),
        ("greatest(ergotropy(b)/t)", "0.81452875517814750027858572210444649567"),
        ("average(mean(b), 2)", "2*(4*exp(-1) - exp(-2) - 1)"), ("greatest(mean(b), 3)", "4*(1 - exp(-3/2))^2"),
        ("average(ergotropy(b), 2)", "2*(4*exp(-1) - exp(-2) - 1)"),
        ("at(rate(variance(a'*a)), 2)", "4*(1 - exp(-1))*exp(-1)"),
      ], digits: 15)
  }

  /// n rises to 4, the variances stay 1 and the purity 1; in a bath of 1/2 the vacuum warms to v = 2.
  @Test func `suprema at late times, and values that are never passed`() throws {
    let driven = """
      space: {a: boson}
      hamiltonian: a + a'
      jumps: [{operator: a, rate: 1}]
      start: {a: fock(0)}
      parts: {b: {of: [a], hamiltonian: "a'*a"}}
      """
    try GaussianFigures.expect(
      driven,
      [
        ("greatest(mean(b))", "4"), ("least(purity(a))", "1"), ("greatest(purity(a))", "1"),
        ("first_time(ergotropy(b) = 39/10)", "-2*log(1 - sqrt(39/40))"),
      ], digits: 4)
    let reasons = [
      ("first_time(mean(b) = 5)", "the figure never passes this value"),
      // The mean 4 (1 - e^(-t/2))^2 rises for ever, and its rate falls to zero.
      (
        "first_maximum(mean(b))",
        "and the function tends to zero, or nearly, as t goes to infinity"
      ),
    ]
    for (figure, expected) in reasons {
      let reason = try GaussianFigures.reason(driven, figure)
      #expect(reason?.contains(expected) ?? false, "\(figure): \(reason ?? "a value")")
    }
    let warmed = """
      space: {a: boson}
      jumps: [{operator: a, rate: 3/2}, {operator: a', rate: 1/2}]
      start: {a: fock(0)}
      """
    try GaussianFigures.expect(warmed, [("least(purity(a))", "1/2")], digits: 4)
    // Nothing is bounded where the pump is faster than the loss.
    let pumped = "space: {a: boson}\njumps: [{operator: a', rate: 1}]\nstart: {a: fock(0)}"
    #expect(try GaussianFigures.reason(pumped, "greatest(mean(a'*a))")?.contains("without a proved tail") ?? false)
  }

  /// Of sixteen hundred quanta, too many for levels. With k = 1/10 and W = sqrt(1 - k^2/16) the second mode has the
  /// amplitude -40i e^(-kt/4) sin(Wt)/W, and the first maximum of its quanta where tan(Wt) = 4W/k.
  @Test func `first times of many quanta are told by moments alone`() throws {
    let (w, level) = ("sqrt(1 - 1/1600)", "1600*exp(-1/20)*sin(sqrt(1 - 1/1600))^2/(1 - 1/1600)")
    try GaussianFigures.expect(
      """
      space: {a: boson, b: boson}
      hamiltonian: a'*b + b'*a
      jumps: [{operator: b, rate: 1/10}]
      start: {a: coherent(40), b: fock(0)}
      """,
      [
        ("first_time(mean(b'*b) = \(level))", "1"), ("time_of_first_maximum(mean(b'*b))", "atan(40*\(w))/\(w)"),
        ("first_maximum(mean(b'*b))", "1600*exp(-atan(40*\(w))/(20*\(w)))*sin(atan(40*\(w)))^2/(1 - 1/1600)"),
      ], digits: 12)
  }

  /// Displaced and squeezed together from a mixed start: numpy's square roots of matrices of 24 and 30 levels a mode.
  /// The numbers are held to a unit of their last decimal, to which both agree: roots of eigenvalues near to zero leave
  /// half of a double's digits.
  @Test func `fidelities with mixed states of two modes`() throws {
    let rest = """
      space: {a: boson, b: boson}
      schedule: [{for: 1/4, hamiltonian: "i*(a'*b' - a*b) + (a + a')/5"}]
      start: {a: thermal(1/5), b: thermal(1/10)}
      parts: {w: {of: [a, b], hamiltonian: "a'*a + b'*b"}, v: {of: [a, b], hamiltonian: "a'*a + 2*b'*b"}}
      """
    try GaussianFigures.expect(
      rest, at: "1/4",
      [
        ("fidelity(all, start)", "0.9235603"), ("fidelity(w, gibbs(2))", "0.9164273"),
        ("fidelity(v, gibbs(2))", "0.8972305"), ("initial(fidelity(all, start))", "1"),
      ], digits: 12, within: "1e-7")
  }

  // MARK: - Closed models

  /// Two modes without an end in one pure state: quanta sinh(gt)^2 each, negativity (e^(2gt) - 1)/2.
  @Test func `a closed pair that only moments tell`() throws {
    let n = "sinh(1)^2"
    try GaussianFigures.expect(
      """
      space: {a: boson, b: boson}
      hamiltonian: i*(a'*b' - a*b)
      start: {a: fock(0), b: fock(0)}
      """, at: "1",
      [("negativity(a)", "(exp(2) - 1)/2"), ("entropy(a)", "(\(n) + 1)*log(\(n) + 1) - \(n)*log(\(n))")], digits: 20)
  }

  /// From thermal modes, of which states need many vectors. With the quanta m and n before, u = 2m + 1, v = 2n + 1 and
  /// the gain c = cosh(gt)^2 the quanta are (cu + (c - 1)v - 1)/2, and the purity stays.
  @Test func `closed modes that start warm`() throws {
    let c = "cosh(1/4)^2"
    try GaussianFigures.expect(
      """
      space: {a: boson, b: boson}
      hamiltonian: i*(a'*b' - a*b)
      start: {a: thermal(1/5), b: thermal(1/10)}
      parts: {p: {of: [a], hamiltonian: "a'*a"}}
      """, at: "1/4",
      [
        ("mean(p)", "(\(c)*7/5 + (\(c) - 1)*6/5 - 1)/2"), ("purity(all)", "25/42"),
        ("purity(a)", "1/(\(c)*7/5 + (\(c) - 1)*6/5)"), ("initial(mean(p))", "1/5"),
      ], digits: 20)
  }

  // MARK: - Random models

  /// ``GaussianTwin``; and the law of uncertainty, var X var P - cov^2 >= 1 with [X, P] = 2i.
  @Test func `random models meet other equations`() throws {
    try RandomCases.run(24) { random, label in
      let twin = GaussianTwin(&random, modes: label.hasSuffix("7") || label.hasSuffix("3") ? 2 : 1)
      let model = try Model(
        parsing: twin.text + """

            law: {value: "variance(a + a')*variance(i*(a' - a)) - covariance(a + a', i*(a' - a))^2"}
          """, name: "random.yaml")
      for (name, expected) in try twin.values() {
        let found = try model.value(name, [("t", twin.time)], digits: 20)
        let value = try #require(found.interval(precision: 192), "\(label)\n\(twin.text)\n\(name)")
        #expect(found.undecided == nil, "\(label)\n\(twin.text)\n\(name)")
        #expect(!value.isDisjoint(from: expected), "\(label)\n\(twin.text)\n\(name) \(twin.time): \(value) \(expected)")
        #expect(expected.width.double(rounding: .up) < 1e-12, "\(label): the twin is wide")
      }
      let law = try #require(try model.value("law", [("t", twin.time)], digits: 20).interval(precision: 192))
      #expect(law.upper >= Interval(1, precision: 64).lower, "\(label)\n\(twin.text)\n\(law)")
    }
  }

  /// Moments against the density matrix on levels that follow it.
  @Test func `both routes meet`() throws {
    var count = SecondRouteTests.Count()
    try SecondRouteTests().compare(
      """
      model: cavity
      space: {a: boson}
      hamiltonian: a'*a/2 + (a + a')/3
      jumps: [{operator: a, rate: 1}, {operator: "a'", rate: 1/10}]
      start: {a: coherent(1/3)}
      quantities:
        n: {value: "mean(a'*a)"}
        v: {value: "variance(a + a')"}
        w: {value: "weight(a = fock(1))"}
        p: {value: purity(a)}
      """, [("t", "1/2")], "cavity", &count)
    #expect(count.both >= 3, "\(count)")
  }
}
