import ArbitraryPrecision
import FastKernels
import RandomInputs
import TestSupport
import Testing

@Suite struct StarKernelTests {
  private func exact(_ x: Double, _ precision: Int) throws -> Interval {
    try #require(Interval(exactly: x, precision: precision))
  }

  /// The pivots of A'A - x^2, a matrix with F^2 + g_m^2 on and F g_m beside its diagonal, in enclosures: how many are negative. The kernel knows another matrix and no squares of x.
  private func singularValues(_ n: Int, _ f: Interval, _ g: Interval, below x: Interval) throws -> Int {
    var count = 0
    var last: Interval?
    for m in 0...n {
      let rung = g.squared * Interval(m * (n - m + 1), precision: f.precision)
      var pivot = f.squared + rung - x.squared
      if let last { pivot = pivot - f.squared * rung / last }
      count += try #require(pivot.certainSign) < 0 ? 1 : 0
      last = pivot
    }
    return count
  }

  /// Seen to fail with tau divided by 2^8, without the last element of T, and with g_m^2 = g^2 m (N - m).
  @Test func `the smallest coupling is within its bound`() throws {
    var answered = 0
    try RandomCases.run(150) { random, label in
      let cells = 1 + Double(random.next() % 60)
      let coupling = random.positiveDouble(exponents: random.next() % 4 == 0 ? -190...189 : -4...4)
      let drive = coupling * random.positiveDouble(exponents: random.next() % 2 == 0 ? -100...99 : -6...6)
      guard let answer = try? StarKernel.smallestCoupling(cells: cells, drive: drive, coupling: coupling) else {
        return
      }
      answered += 1
      #expect(answer.errorBound <= answer.value * (4 * cells + 8) * 0x1p-53)
      let (value, bound) = (try exact(answer.value, 8192), try exact(answer.errorBound, 8192))
      let (f, g) = (try exact(drive, 8192), try exact(coupling, 8192))
      let text = "\(label): N=\(cells) F=\(drive) g=\(coupling)"
      #expect(try singularValues(Int(cells), f, g, below: value - bound) == 0, "\(text)")
      #expect(try singularValues(Int(cells), f, g, below: value + bound) >= 1, "\(text)")
    }
    #expect(answered > 60)
  }

  /// N = 1: the singular values of ((F, g), (0, F)) are (sqrt(g^2 + 4 F^2) -+ g)/2; l = 1 - N (1 - R)/2 with R = 2 F g/(g^2 + 4 F^2).
  @Test func `one cell has its closed forms`() throws {
    try RandomCases.run(100) { random, label in
      let coupling = random.positiveDouble(exponents: -100...100)
      let drive = coupling * random.positiveDouble(exponents: -90...90)
      let (f, g) = (try exact(drive, 1024), try exact(coupling, 1024))
      let rate2 = g.squared + 4 * f.squared
      let smallest = 2 * f.squared / (rate2.squareRoot + g)
      let ratio = 2 * f * g / rate2
      let text = "\(label): F=\(drive) g=\(coupling)"
      let answers = [
        (try StarKernel.smallestCoupling(cells: 1, drive: drive, coupling: coupling), smallest),
        (
          try StarKernel.steadyLargestEigenvalue(cells: 1, frequency: 3, drive: drive, coupling: coupling),
          (1 + ratio) / 2
        ),
      ]
      for (answer, truth) in answers {
        let error = (try exact(answer.value, 1024) - truth).magnitude.double(rounding: .up)
        #expect(error <= answer.errorBound, "\(text): \(error) > \(answer.errorBound)")
      }
    }
  }

  /// Where A is next to F, and where its smallest singular value is F (F/g)^N/N! to a relative part below (N F/g)^2.
  @Test(arguments: [1.0, 2, 7, 30, 400])
  func `strong drives are right where eigenvalues are not told apart`(_ cells: Double) throws {
    let answer = try StarKernel.smallestCoupling(cells: cells, drive: 0x1p100, coupling: 1)
    #expect(abs(answer.value - 0x1p100) <= answer.errorBound + 0x1p100 * 0x1p-80)
    #expect(answer.errorBound > 0)
  }

  /// Independent values: mpmath 1.3.0, mp.dps = 120, eigsy of R A and of the state; the first at F = the double next to 0.1.
  @Test(arguments: [
    (10.0, 0.1, 2.752977414914290e-18, 0.4997498785843594), (30, 1, 3.646322768477627e-33, 0.4916367987912791),
    (50, 1, 3.222830494332666e-65, 0.4949938831908791),
  ])
  func `values far below the unit of doubles`(
    _ cells: Double, _ drive: Double, _ coupling: Double, _ eigenvalue: Double
  ) throws {
    let smallest = try StarKernel.smallestCoupling(cells: cells, drive: drive, coupling: 1)
    #expect(abs(smallest.value - coupling) <= smallest.errorBound + 1e-15 * coupling)
    let largest = try StarKernel.steadyLargestEigenvalue(cells: cells, frequency: 1, drive: drive, coupling: 1)
    #expect(abs(largest.value - eigenvalue) <= largest.errorBound + 1e-15)
    #expect(largest.errorBound < 1e-12)
    let energy = try StarKernel.steadyEnergy(cells: cells, frequency: 1, drive: drive, coupling: 1)
    #expect(energy == KernelValue(value: cells / 2, errorBound: cells * 0x1p-54))
  }

  /// Largest eigenvalues in even levels (2, 3 at F = 1e13 g, 6, 20) and in odd ones (3, 8), by mpmath as above. Seen to fail with the even levels' sign exchanged, with a sign of a step of the vectors
  /// exchanged, and without the angles of the vectors.
  @Test(arguments: [
    (2.0, 1.0, 0.59893959763133394), (3, 1, 0.53804790204307243), (3, 1e13, 0.375000000000028125),
    (6, 3, 0.25381791942927163), (8, 10, 0.25958230827563363), (20, 20, 0.16851901141872558),
  ])
  func `the largest eigenvalue is found in even and in odd levels`(
    _ cells: Double, _ drive: Double, _ eigenvalue: Double
  ) throws {
    let largest = try StarKernel.steadyLargestEigenvalue(cells: cells, frequency: 1, drive: drive, coupling: 1)
    #expect(abs(largest.value - eigenvalue) <= largest.errorBound + 1e-16)
    #expect(drive > 1e3 || largest.errorBound < 1e-11)
    let ratio = try StarKernel.steadyRatio(cells: cells, frequency: 1, drive: drive, coupling: 1)
    #expect(abs(ratio.value - (1 - 2 / cells * (1 - eigenvalue))) <= ratio.errorBound + 4e-16)
  }

  private static let tooSmall =
    "a coupling of the pairs is below 2^-900 of the greater of F and g, where pivots leave binary64; accepted: fewer cells or a stronger drive"

  @Test(arguments: [
    (0.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (1.5, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (.nan, 1, 1, "N is outside the kernel's domain; accepted: integers from 1 to 65536"),
    (4, 0, 1, "F is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (4, 1, .infinity, "g is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (4, 0x1p101, 0x1p-100, "F/g is outside the kernel's domain; accepted: 2^-200 to 2^200"),
    (200, 1, 1, tooSmall), (60, 1e-30, 1, tooSmall),
    (
      6, 0x1p-300, 0x1p-176,
      "the smallest coupling is below 2^-1022, the least normal double; accepted: fewer cells or a stronger drive"
    ),
  ])
  func `no zero is returned for a small coupling`(
    _ cells: Double, _ drive: Double, _ coupling: Double, _ reason: String
  ) {
    #expect(throws: KernelRefusal(reason)) {
      try StarKernel.smallestCoupling(cells: cells, drive: drive, coupling: coupling)
    }
  }

  @Test(arguments: [
    (401.0, 1.0, 1.0, "N is outside the kernel's domain; accepted: integers from 1 to 400"),
    (4, 0, 1, "w0 is outside the kernel's domain; accepted: 2^-300 to 2^300"),
    (
      7, 1, 1e30,
      "the couplings of the pairs are too close for binary64 to tell them apart; accepted: fewer cells or a smaller F/g"
    ),
    (300, 1, 1, tooSmall),
  ])
  func `the steady state is refused where nothing is proved`(
    _ cells: Double, _ frequency: Double, _ drive: Double, _ reason: String
  ) {
    #expect(throws: KernelRefusal(reason)) {
      try StarKernel.steadyLargestEigenvalue(cells: cells, frequency: frequency, drive: drive, coupling: 1)
    }
  }

  @Test func `a ratio without a digit is refused`() throws {
    #expect(throws: KernelRefusal("no digit of the ratio is certain; accepted: F nearer to g, or more cells")) {
      try StarKernel.steadyRatio(cells: 1, frequency: 1, drive: 1e-20, coupling: 1)
    }
    let ratio = try StarKernel.steadyRatio(cells: 1, frequency: 1, drive: 0.5, coupling: 1)
    #expect(abs(ratio.value - 0.5) <= ratio.errorBound)
  }
}
