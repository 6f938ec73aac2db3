import ArbitraryPrecision
import RandomInputs
import TestSupport
import Testing

@testable import FastKernels

/// The flow of sparse Hermitian matrices in doubles against closed forms in interval arithmetic.
@Suite struct SparseFlowTests {
  private static func number(_ value: Double) -> Interval {
    Interval(exactly: value, precision: 320) ?? .entire(precision: 320)
  }

  /// Whether the computed vector is certainly within its bound of the true one.
  private static func isWithin(
    _ found: (vector: ComplexVector, error: Double), _ truth: [(real: Interval, imaginary: Interval)]
  ) -> Bool {
    let square = truth.indices.reduce(number(0)) { sum, k in
      sum + (truth[k].real - number(found.vector.real[k])).squared
        + (truth[k].imaginary - number(found.vector.imaginary[k])).squared
    }
    return square.squareRoot.upper <= number(found.error).lower
  }

  private static func two(
    _ real: Double, _ imaginary: Double, _ low: Double, _ high: Double, radius: Double = 0
  ) -> HermitianElements {
    var matrix = HermitianElements()
    matrix.diagonal = [(low, 0), (high, 0)]
    matrix.elements = [.init(row: 0, column: 1, real: real, imaginary: imaginary, radius: radius)]
    return matrix
  }

  /// exp(-iHt) = cos(wt) - i sin(wt) H/w for H = ((d, a + ib), (a - ib, -d)) and w^2 = a^2 + b^2 + d^2; the mean of the
  /// diagonal turns both numbers alike, and is zero here.
  @Test func `two levels turn as they must`() throws {
    try RandomCases.run(400) { random, label in
      let kind = Int(random.next() % 4)
      func size() -> Double {
        random.positiveDouble(exponents: -3...2) * (random.next() % 2 == 0 ? 1 : -1)
      }
      let (a, b) = (kind == 1 ? 0 : size(), kind == 0 ? 0 : size())
      let d = kind == 3 ? size() : 0
      let time = random.positiveDouble(exponents: random.next() % 4 == 0 ? -40 ... -5 : -2...6)
      let flow = try SparseFlow(Self.two(a, b, d, -d))
      var start = ComplexVector(zeros: 2)
      (start.real, start.imaginary) = ([0.6, -0.3], [0.25, 0.7])
      let found = try flow.evolved(start, for: time)
      let (x, y, z, t) = (Self.number(a), Self.number(b), Self.number(d), Self.number(time))
      let w = (x.squared + y.squared + z.squared).squareRoot
      let (c, s) = ((w * t).cosine, (w * t).sine / w)
      func turned(_ row: Int) -> (real: Interval, imaginary: Interval) {
        let v = (0..<2).map { (Self.number(start.real[$0]), Self.number(start.imaginary[$0])) }
        let (p, q) = (v[row], v[1 - row])
        let sign = row == 0 ? y : -y
        // (H v)_row
        let diagonal = row == 0 ? z : -z
        let h = (diagonal * p.0 + x * q.0 - sign * q.1, diagonal * p.1 + x * q.1 + sign * q.0)
        return (c * p.0 + s * h.1, c * p.1 - s * h.0)
      }
      #expect(Self.isWithin(found, [turned(0), turned(1)]), "\(label): \(a) \(b) \(d) \(time)")
      #expect(found.error < 1e-14 * (8 + flow.scale * time), "\(label): \(found.error)")
    }
  }

  /// All states of one half coupled alike to all of the other: the uniform vectors of both turn by m h t, and every row
  /// makes the same rounding of its sum of m products, so that the roundings of the sums show.
  @Test(arguments: [64, 256]) func `long rows round alike`(_ m: Int) throws {
    for h in [0.1, 1.0 / 3, 0.7] {
      var matrix = HermitianElements()
      matrix.diagonal = [(Double, Double)](repeating: (0, 0), count: 2 * m)
      for row in 0..<m {
        for column in m..<2 * m {
          matrix.elements.append(.init(row: row, column: column, real: h, imaginary: 0, radius: 0))
        }
      }
      let flow = try SparseFlow(matrix)
      var start = ComplexVector(zeros: 2 * m)
      for k in 0..<m { start.real[k] = 0.03 }
      let time = 30 / (h * Double(m))
      let found = try flow.evolved(start, for: time)
      let angle = m * (Self.number(h) * Self.number(time))
      let (x, y) = (Self.number(0.03) * angle.cosine, -Self.number(0.03) * angle.sine)
      let zero = Self.number(0)
      let truth = (0..<2 * m).map { $0 < m ? (real: x, imaginary: zero) : (real: zero, imaginary: y) }
      #expect(Self.isWithin(found, truth), "m = \(m), h = \(h)")
    }
  }

  /// An element that is off by all of its radius moves the vector by 2 sin(rt/2).
  @Test func `the radius of an element counts`() throws {
    for (radius, time) in [(0x1p-20, 3.0), (0x1p-30, 100.0), (1e-12, 7.0)] {
      let found = try SparseFlow(Self.two(1, 0, 0, 0, radius: radius)).evolved(ComplexVector(zeros: 2).one, for: time)
      let angle = (Self.number(1) + Self.number(radius)) * Self.number(time)
      let zero = Self.number(0)
      #expect(Self.isWithin(found, [(angle.cosine, zero), (zero, -angle.sine)]))
      #expect(found.error < 1.01 * radius * time + 1e-13)
    }
  }

  /// A series of few bits, so that what its table leaves out is all that is seen.
  @Test(arguments: [0.5, 1, 3, 10, 40.0]) func `what the table of coefficients leaves out counts`(_ z: Double) throws {
    for bits in stride(from: 8.0, through: 40, by: 1) {
      let series = BesselSeries((z, 0), bits: bits)
      let matrix = try SlicedMatrix(
        [.init(row: 0, column: 1, real: -2, imaginary: 0), .init(row: 1, column: 0, real: 2, imaginary: 0)], rows: 2,
        isComplex: false)
      let run = matrix.run(series, [[1, 0]], length: 1 + 0x1p-20)
      let zero = Self.number(0)
      var vector = ComplexVector(zeros: 2)
      vector.real = run.planes[0]
      let angle = Self.number(z)
      #expect(Self.isWithin((vector, run.error), [(angle.cosine, zero), (angle.sine, zero)]), "z = \(z), \(bits) bits")
    }
  }

  @Test func `magnitudes are bounded at all times of a step`() throws {
    try RandomCases.run(60) { random, label in
      let n = 3 + Int(random.next() % 6)
      var matrix = HermitianElements()
      matrix.diagonal = (0..<n).map { _ in (random.positiveDouble(exponents: -2...2), 0) }
      for row in 0..<n {
        for column in row + 1..<n where random.next() % 2 == 0 {
          matrix.elements.append(
            .init(
              row: row, column: column, real: random.positiveDouble(exponents: -3...0) - 0.5,
              imaginary: random.positiveDouble(exponents: -3...0) - 0.5, radius: 0))
        }
      }
      let (flow, magnitudes) = (try SparseFlow(matrix), MagnitudeFlow(matrix))
      var start = ComplexVector(zeros: n)
      start.real[0] = 0.8
      start.imaginary[n - 1] = 0.6
      let bounds = try magnitudes.bounds(of: start, for: 1.5)
      for step in 0...6 {
        let found = try flow.evolved(start, for: 0.25 * Double(step))
        for k in 0..<n {
          let (x, y) = (found.vector.real[k], found.vector.imaginary[k])
          let size = (x * x + y * y).squareRoot()
          #expect(size - found.error <= bounds[k], "\(label): element \(k) at \(step)")
        }
      }
      // One step moves at most so much.
      #expect(bounds.allSatisfy { $0 <= 1.01 * (magnitudes.scale * 1.5).exponentialBound }, "\(label)")
    }
  }

  @Test func `what is outside of the domain is refused`() throws {
    let flow = try SparseFlow(Self.two(1, 0, 0, 0))
    let start = ComplexVector(zeros: 2).one
    for time in [1e300, -1, .infinity, .nan, 0x1p-400] {
      #expect(throws: KernelRefusal("the time is outside the kernel's domain; accepted: 0 and 2^-300 to 2^300")) {
        try flow.evolved(start, for: time)
      }
    }
    #expect(
      throws: KernelRefusal(
        "the time times the norm of the Hamiltonian is outside the kernel's domain; accepted: to 2^20")
    ) { try flow.evolved(start, for: 0x1p21) }
    #expect(
      throws: KernelRefusal("the Hamiltonian is outside the kernel's domain; accepted: elements from 2^-300 to 2^300")
    ) { try SparseFlow(Self.two(1e200, 0, 0, 0)) }
  }
}

extension ComplexVector {
  /// The first number is one.
  fileprivate var one: ComplexVector {
    var result = self
    result.real[0] = 1
    return result
  }
}

extension Double {
  /// e to this, and a little more.
  fileprivate var exponentialBound: Double {
    (Interval(exactly: self, precision: 64) ?? .entire(precision: 64)).exponential.upper.double(rounding: .up)
  }
}
