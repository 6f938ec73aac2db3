import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import FastKernels

@Suite struct QuasiKernelTests {
  private func exact(_ x: Double) throws -> Interval { try #require(Interval(exactly: x, precision: 3000)) }

  private func parallel(_ m: Int, _ q: Double, _ a: Double, _ b: Double) -> QuasiKernel.Charge {
    QuasiKernel.Charge(
      family: .parallel, cells: Double(m), cellsPerBlock: 1, order: q, before: a, during: b)
  }

  /// The law of M blocks from the definition, sum over i, j, k of phi_i phi_j R_ki R_kj, by M products; works in units
  /// of 1/64.
  private func law(_ m: Int, _ q: Double, _ a: Double, _ b: Double) throws -> [Int: Interval] {
    let (x, y, r) = (try exact(a), try exact(b), Int(64 * q))
    let (phi, turn) = ([x.cosine, x.sine], [[y.cosine, -y.sine], [y.sine, y.cosine]])
    var one: [Int: Interval] = [:]
    for (k, i, j) in [0, 1].flatMap({ k in [0, 1].flatMap { i in [0, 1].map { (k, i, $0) } } }) {
      one[64 * k - r * i - (64 - r) * j, default: Interval(0, precision: 3000)] +=
        phi[i] * phi[j] * turn[k][i] * turn[k][j]
    }
    var result = [0: Interval(1, precision: 3000)]
    for _ in 0..<m {
      var next: [Int: Interval] = [:]
      for (place, value) in result {
        for (step, factor) in one { next[place + step, default: Interval(0, precision: 3000)] += value * factor }
      }
      result = next
    }
    return result
  }

  private func check(_ answer: KernelValue, _ truth: Interval, _ note: Comment) throws {
    let error = (try exact(answer.value) - truth).magnitude
    #expect(error <= BigFloat(answer.errorBound, precision: 128, rounding: .nearest), note)
  }

  /// p_0 g(x) - p_1 g(x - d) has one zero, where the integral of its negative part ends, in closed form with the error
  /// function; one place alone has none.
  ///
  /// Seen to fail with the bound divided by 2^14.
  @Test func `two places of either sign have their closed form`() throws {
    #expect(try QuasiSmoothing([1], errors: 0, deviation: 3).negativity.value == 0)
    let alone = try QuasiSmoothing([-1], errors: 0, deviation: 3).negativity
    #expect(abs(alone.value - 2) <= alone.errorBound)
    try RandomCases.run(60) { random, label in
      let places = 1 + Int(random.next() % 12)
      let deviation = random.positiveDouble(exponents: -2...4)
      let weight = random.positiveDouble(exponents: -3...2)
      var values = [Double](repeating: 0, count: places + 1)
      (values[0], values[places]) = (1, -weight)
      let answer = try QuasiSmoothing(values, errors: 0, deviation: deviation).negativity
      let (s, w, d) = (try exact(deviation), try exact(weight), try exact(Double(places)))
      let zero = d.scaled(byPowerOfTwo: -1) - s.squared * w.logarithm / d
      let root = s * Interval(2, precision: 3000).squareRoot
      // Beyond the zero: w (1 + erf((d - zero)/root)) - (1 - erf(zero/root)).
      let truth = w * (1 + ((d - zero) / root).errorFunction) - (1 - (zero / root).errorFunction)
      try check(answer, truth, "\(label): \(places), \(deviation), \(weight)")
      #expect(answer.errorBound < 1e-13 * (1 + weight), "\(label)")
    }
  }

  @Test func `smoothings outside the domain are refused`() {
    let charge = parallel(2, 0, 2, 2)
    for sigma in [0, -1, .nan, 2000] {
      #expect(throws: KernelRefusal("sigma is outside the kernel's domain; accepted: 2^-100 to 2^10")) {
        try QuasiKernel.smoothedNegativity(of: charge, deviation: sigma)
      }
    }
    #expect(
      throws: KernelRefusal("sigma is outside the kernel's domain; accepted: from about 2^-15 of the range of works on")
    ) { try QuasiKernel.smoothedNegativity(of: parallel(2, 0.5, 0.5, 0.5), deviation: 1e-6) }
  }

  private func angle(_ random: inout SplitMix64) -> Double {
    let corners = [0, 0x1.921fb54442d18p-1, 0x1.921fb54442d18p0, 0x1p-30, 3]
    let nudge = random.positiveDouble(exponents: -52...(-20))
    if random.next() % 3 == 0 { return corners[Int(random.next() % 5)] + (random.next() % 2 == 0 ? 0 : nudge) }
    return (random.next() % 4 == 0 ? -1 : 1) * random.positiveDouble(exponents: -3...1)
  }

  @Test func `atoms and the negativity are within their errors`() throws {
    var claimed = 0
    try RandomCases.run(60) { random, label in
      let m = 1 + Int(random.next() % 9)
      let q = [0, 0.5, 1, -1, 2, 0.25, 3, 0x1p-6, -4, 37 * 0x1p-6][Int(random.next() % 10)]
      let a = angle(&random)
      let half = 0x1.921fb54442d18p0
      let b =
        switch random.next() % 6 {
        case 0: a
        case 1: half - a
        case 2: half - 2 * a
        default: angle(&random)
        }
      let note: Comment = "\(label): M = \(m), q = \(q), a = \(a), b = \(b)"
      let charge = parallel(m, q, a, b)
      let answers: [KernelValue]
      do {
        answers = try QuasiKernel.law(of: charge)
      } catch let refusal as KernelRefusal {
        #expect(refusal.reason.contains("2^-75 away"), note)
        return
      }
      let truth = try law(m, q, a, b)
      var negativity = try exact(0)
      for (place, value) in truth {
        let answer = try QuasiKernel.atom(of: charge, work: Double(place) / 64)
        try check(answer, value, note)
        negativity += 2 * (-value).maximum(try exact(0))
        // A sign that the kernel claims is right.
        guard abs(answer.value) > answer.errorBound else { continue }
        claimed += 1
        #expect(answer.value > 0 ? value.lower.signum > 0 : value.upper.signum < 0, note)
      }
      try check(QuasiKernel.negativity(of: charge), negativity, note)
      // The law has the atoms, and beside them places that no sum reaches.
      let total = try answers.reduce(try exact(0)) { $0 + (try exact($1.value)) }
      let error = try answers.reduce(try exact(0)) { $0 + (try exact($1.errorBound)) }
      #expect((total - 1).magnitude <= error.upper, note)
    }
    #expect(claimed > 1000)
  }

  @Test func `many blocks keep digits at both ends and one error for all in the middle`() throws {
    let law = try QuasiKernel.law(of: parallel(100, 0.5, 0.3, 0.5))
    // The first and the last atom are powers, (sin a sin b)^200 and (cos a sin b)^200.
    let (a, b) = (try exact(0.3), try exact(0.5))
    try check(law[0], (a.sine * b.sine).power(200), "first")
    try check(law[400], (a.cosine * b.sine).power(200), "last")
    for end in [law[0], law[400]] { #expect(end.errorBound < 1e-12 * end.value) }
    #expect(law.allSatisfy { $0.errorBound < 1e-12 })
  }

  @Test func `exactly nothing where the lattice has no place, and without negative terms`() throws {
    let charge = parallel(6, 0.5, 0.3, 0.5)
    for work in [0.25, 7, -6.5, 0x1p-40, 1e30] {
      #expect(try QuasiKernel.atom(of: charge, work: work) == KernelValue(value: 0, errorBound: 0))
    }
    let blocks = QuasiKernel.Charge(
      family: .blocks, cells: 12, cellsPerBlock: 3, order: 0.5, before: 0.3, during: 0.5)
    #expect(try QuasiKernel.atom(of: blocks, work: 1) == KernelValue(value: 0, errorBound: 0))
    #expect(try QuasiKernel.atom(of: blocks, work: 1.5).value != 0)
    #expect(try QuasiKernel.negativity(of: parallel(6, 0.5, 0, 0.5)) == KernelValue(value: 0, errorBound: 0))
    #expect(try QuasiKernel.negativity(of: parallel(6, 0, 1, 1)) == KernelValue(value: 0, errorBound: 0))
    // q = 0, the end of the charge: the sign of the sum of two doubles against pi/2, which it cannot be.
    let quarter = 0x1.921fb54442d18p-1
    #expect(try QuasiKernel.negativity(of: parallel(1, 0, quarter, quarter)).value > 0)
    #expect(try QuasiKernel.negativity(of: parallel(1, 0, quarter, quarter.nextUp)).value == 0)
  }

  @Test func `what is outside the domain is refused with the reason`() {
    func refusal(_ family: QuasiKernel.Family, _ p: [Double], _ w: Double = 0) -> String? {
      let charge = QuasiKernel.Charge(
        family: family, cells: p[0], cellsPerBlock: p[1], order: p[2], before: p[3], during: p[4])
      do {
        _ = try QuasiKernel.atom(of: charge, work: w)
        return nil
      } catch {
        return error.reason
      }
    }
    let order =
      "q is outside the kernel's domain; accepted: multiples of 1/64 from -4 to 4, since a rounded q would take apart atoms that coincide"
    let far = "accepted: angles that are 2^-75 away from all multiples of pi/2 but zero"
    for q in [1.0 / 3, 0x1p-7, 4.25, -.infinity, .nan] { #expect(refusal(.flip, [1, 1, q, 0.3, 0.5]) == order) }
    for a in [0x1p-201, 1025, .infinity, .nan] {
      #expect(
        refusal(.flip, [1, 1, 0.5, a, 0.5])
          == "a is outside the kernel's domain; accepted: 0 and magnitudes from 2^-200 to 2^10")
    }
    let quarter = 0x1.921fb54442d18p0
    #expect(refusal(.flip, [1, 1, 0.5, quarter, 0x1.1a62633145c07p-54]) == nil)
    #expect(
      refusal(.flip, [1, 1, 0, quarter, 0x1.1a62633145c07p-54]) == "a + b is outside the kernel's domain; \(far)")
    #expect(
      refusal(.flip, [1, 1, 2, -0x1.1a62633145c07p-54, quarter]) == "b - a is outside the kernel's domain; \(far)")
    for n in [0, 1.5, 0x1p54, .nan] {
      #expect(
        refusal(.flip, [n, 1, 0.5, 0.3, 0.5]) == "N is outside the kernel's domain; accepted: integers from 1 to 2^53")
    }
    #expect(refusal(.blocks, [10, 4, 0.5, 0.3, 0.5]) == "k is outside the kernel's domain; accepted: divisors of N")
    #expect(
      refusal(.parallel, [1025, 1, 0.5, 0.3, 0.5])
        == "the number of blocks is outside the kernel's domain; accepted: 1 to 1024")
    #expect(
      refusal(.parallel, [1024, 1, 0x1p-6, 0.3, 0.5])
        == "the works of 1024 blocks take more than 131072 places at this q; accepted: fewer blocks or a simpler q")
    #expect(
      refusal(.flip, [1, 1, 0.5, 0.3, 0.5], 0x1p101)
        == "w is outside the kernel's domain; accepted: magnitudes up to 2^100")
  }
}
