import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct HermitianSpectrumTests {
  private static let bits = 128

  private func integers(_ rows: [[Int]]) -> HermitianMatrix {
    HermitianMatrix(symmetric: rows.count, precision: HermitianSpectrumTests.bits) {
      Interval(rows[$0][$1], precision: HermitianSpectrumTests.bits)
    }
  }

  /// The sum of sigma_x over sites, and of sigma_z sigma_z over the bonds of a ring.
  private func ring(_ sites: Int, coupling: Int) -> HermitianMatrix {
    HermitianMatrix(symmetric: 1 << sites, precision: HermitianSpectrumTests.bits) { row, column in
      let bonds = (0..<sites).map { (row >> $0 ^ row >> (($0 + 1) % sites)) & 1 == 0 ? coupling : -coupling }
      let value = row == column ? bonds.reduce(0, +) : (row ^ column).nonzeroBitCount == 1 ? 1 : 0
      return Interval(value, precision: HermitianSpectrumTests.bits)
    }
  }

  private func width(_ x: Interval) -> Int { x.width.binaryExponent ?? -10_000 }

  /// The matrices are made from their eigenvalues, by a reflection.
  @Test func `prescribed spectra are enclosed with their multiplicities`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for index in 0..<12 * RandomCases.scale {
      let n = Int.random(in: 1...8, using: &generator)
      let problem = PrescribedSpectrum(dimension: n, precision: 320, using: &generator)
      let spectrum = try HermitianSpectrum(problem.matrix, bits: 100)
      #expect(problem.isEnclosed(by: spectrum), "seed \(RandomCases.seed), case \(index)")
      #expect(spectrum.clusters.reduce(0) { $0 + $1.multiplicity } == n)
      // Eigenvalues are below 2^3 and the greatest sum in a row below 2^6: the enclosures are as narrow as asked.
      #expect(spectrum.eigenvalues.allSatisfy { width($0) <= 7 - 100 }, "seed \(RandomCases.seed), case \(index)")
    }
  }

  /// The sum of sigma_x has the eigenvalues N - 2k with binomial multiplicities.
  @Test(arguments: [2, 3, 4]) func `exact degeneracies are found`(sites: Int) throws {
    let spectrum = try HermitianSpectrum(ring(sites, coupling: 0), bits: 128)
    var binomials = [1]
    for k in 1...sites { binomials.append(binomials[k - 1] * (sites + 1 - k) / k) }
    #expect(spectrum.clusters.map(\.multiplicity) == binomials)
    for (k, cluster) in spectrum.clusters.enumerated() {
      #expect(cluster.value.contains(Rational(2 * k - sites)) && width(cluster.value) <= 3 - 128)
    }
  }

  /// In the ring of three sites the sectors of momentum and parity give -2 sqrt(3), -2 twice, 0 three times, 2 sqrt(3) and 4.
  @Test func `the Ising ring of three sites has its clusters`() throws {
    let spectrum = try HermitianSpectrum(ring(3, coupling: 1), bits: 128)
    #expect(spectrum.clusters.map(\.multiplicity) == [1, 2, 3, 1, 1])
    let root = 2 * Interval(3, precision: 200).squareRoot
    let expected = [-root] + [-2, 0].map { Interval($0, precision: 200) } + [root, Interval(4, precision: 200)]
    for (value, cluster) in zip(expected, spectrum.clusters) { #expect(value.isSubset(of: cluster.value)) }
  }

  /// The eigenvalues of the chain with ones beside the diagonal are 2 cos(k pi/(n + 1)).
  @Test func `a tridiagonal matrix has the cosines`() throws {
    let n = 7
    let one = Interval(1, precision: 160)
    let matrix = HermitianMatrix(
      diagonal: Array(repeating: 0 * one, count: n), besides: Array(repeating: one, count: n - 1), precision: 160)
    let spectrum = try HermitianSpectrum(matrix, bits: 150)
    for k in 1...n {
      let cosine = 2 * (Interval(Rational(Integer(k), Integer(n + 1)), precision: 300) * .pi(precision: 300)).cosine
      #expect(!cosine.isDisjoint(from: spectrum.eigenvalues[n - k]) && width(spectrum.eigenvalues[n - k]) < 3 - 150)
    }
  }

  @Test func `sums of eigenvalues and of their squares are traces`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for _ in 0..<4 * RandomCases.scale {
      let n = Int.random(in: 2...6, using: &generator)
      let matrix = HermitianMatrix(n, precision: 128) { _, _ in
        let parts = (0..<2).map { _ in Interval(Int.random(in: -99...99, using: &generator), precision: 128) }
        return ComplexInterval(parts[0], parts[1])
      }
      let values = try HermitianSpectrum(matrix, bits: 120).eigenvalues
      let zero = Interval(0, precision: 128)
      #expect(!values.reduce(zero, +).isDisjoint(from: matrix.trace), "seed \(RandomCases.seed)")
      #expect(!values.reduce(zero) { $0 + $1.squared }.isDisjoint(from: matrix.squaredNorm), "seed \(RandomCases.seed)")
    }
  }

  /// Projectors are idempotent, add up to the identity, and give the matrix when weighted with the eigenvalues.
  @Test(arguments: [false, true]) func `projectors resolve the matrix`(isComplex: Bool) throws {
    let real = [3, -1, 2, 5, 1]
    let imaginary = isComplex ? [1, 2, -2, 0, 4] : []
    let values = [-1, 2, 2, 2, 5].map { Interval($0, precision: 256) }
    let matrix = HermitianMatrix(eigenvalues: values, reflectedBy: real, imaginary, precision: 256)
    let spectrum = try HermitianSpectrum(matrix, bits: 140)
    #expect(spectrum.clusters.map(\.multiplicity) == [1, 3, 1])
    let projectors = spectrum.clusters.map { spectrum.projector(onto: $0) }
    for (p, cluster) in zip(projectors, spectrum.clusters) {
      #expect(p.trace.contains(Rational(cluster.multiplicity)) && width(p.trace) < -120)
      #expect(!p.trace(with: p).isDisjoint(from: p.trace))
      #expect(!p.trace(with: matrix).isDisjoint(from: cluster.multiplicity * cluster.value))
    }
    for row in 0..<5 {
      for column in 0...row {
        let zero = ComplexInterval(Interval(0, precision: 64), Interval(0, precision: 64))
        var (one, sum) = (zero, zero)
        for (p, cluster) in zip(projectors, spectrum.clusters) {
          one = one + p[row, column]
          sum = sum + ComplexInterval(cluster.value * p[row, column].real, cluster.value * p[row, column].imaginary)
        }
        #expect(one.real.contains(row == column ? 1 : 0) && one.imaginary.contains(0))
        #expect(!sum.real.isDisjoint(from: matrix[row, column].real))
        #expect(!sum.imaginary.isDisjoint(from: matrix[row, column].imaginary))
      }
    }
  }

  @Test func `more bits refine, and elements known poorly widen`() throws {
    let exact = ring(3, coupling: 2)
    let coarse = try HermitianSpectrum(exact, bits: 60)
    let fine = try HermitianSpectrum(exact, bits: 300)
    for (a, b) in zip(coarse.eigenvalues, fine.eigenvalues) {
      #expect(!a.isDisjoint(from: b) && b.width < a.width && width(b) < 4 - 300)
    }
    // Of [1, 1 + 2^-20] on the diagonal and 0 elsewhere each matrix inside has to be enclosed.
    let wide = Interval(from: 1, to: 1 + Rational(1, .powerOfTwo(20)), precision: 64)
    let spectrum = try HermitianSpectrum(
      HermitianMatrix(symmetric: 2, precision: 64) { $0 == $1 ? wide : Interval(0, precision: 64) }, bits: 60)
    #expect(spectrum.eigenvalues.allSatisfy { wide.isSubset(of: $0) } && spectrum.clusters.count == 1)
  }

  /// Unit vectors are no eigenvectors of this matrix, and zeros are not even independent.
  @Test func `the certificate trusts no approximation`() throws {
    let matrix = integers([[1, 2], [2, 1]])
    guard let problem = SpectralProblem(matrix, width: 2) else { return #expect(Bool(false), "bounded elements") }
    let unit = SpectralRefinement.unit(problem, width: 2)
    let f = unit.fractionBits
    // 1/4 in the scale of 2^2.
    let quarter = FixedColumns(1, length: 2, width: 2) { _, _ in .powerOfTwo(f - 2) }
    let value = Interval(Rational(1, 4), precision: 128)
    let pairs = SpectralPairs(vectors: unit, stored: quarter, values: [value, value])
    let (distance, stretch) = HermitianSpectrum.certified(pairs, problem)
    // The eigenvalues -1/4 and 3/4 are 1/2 away.
    #expect(distance.upper >= BigFloat(0.5, precision: 53, rounding: .down) && stretch.isPoint)
    let zeros = SpectralPairs(
      vectors: FixedColumns(zero: 2, length: 2, width: 2), stored: quarter, values: [value, value])
    #expect(!HermitianSpectrum.certified(zeros, problem).0.isBounded)
  }

  /// The residuals once more from exact integers.
  @Test func `residuals are those of exact sums`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for isComplex in [false, true] {
      let n = 3
      let matrix = HermitianMatrix(n, precision: 64) { _, _ in
        let parts = (0..<2).map { _ in Interval(Int.random(in: -9...9, using: &generator), precision: 64) }
        return ComplexInterval(parts[0], isComplex ? parts[1] : Interval(0, precision: 64))
      }
      guard let problem = SpectralProblem(matrix, width: 1), let scale = problem.exponent else { continue }
      // Gaussian integers over 16 as columns, sixteenths as values.
      func random() -> Int { Int.random(in: -20...20, using: &generator) }
      let x = (0..<n).map { _ in (0..<n).map { _ in (random(), isComplex ? random() : 0) } }
      let l = (0..<n).map { _ in random() }
      let unit = Integer.powerOfTwo(FixedColumns.fractionBits(1) - 4)
      let length = problem.isComplex ? 2 * n : n
      let columns = FixedColumns(n, length: length, width: 1) { column, row in
        unit * Integer(row < n ? x[column][row].0 : x[column][row - n].1)
      }
      let stored = FixedColumns(1, length: n, width: 1) { unit * Integer(l[$1]) }
      let values = l.map { Interval(Rational(Integer($0), 16), precision: 64) }
      let pairs = SpectralPairs(vectors: columns, stored: stored, values: values)
      let residual = SpectralResidual(pairs.products(problem), values: stored)
      // Greatest sums of |re| + |im| over the rows of I - X^H X, in units of 1/256.
      var gram: [Int] = []
      for i in 0..<n {
        var sum = 0
        for j in 0..<n {
          var (re, im) = (i == j ? -256 : 0, 0)
          for k in 0..<n {
            re += x[i][k].0 * x[j][k].0 + x[i][k].1 * x[j][k].1
            im += x[i][k].0 * x[j][k].1 - x[i][k].1 * x[j][k].0
          }
          sum += abs(re) + abs(im)
        }
        gram.append(sum)
      }
      #expect(residual.orthogonality.contains(Rational(Integer(gram.max() ?? 0), 256)))
      // Sums over rows and columns of A X - X L, in units of 1/(16 2^scale) and 1/256.
      var rows = Array(repeating: Rational(0), count: length), sums = Array(repeating: Rational(0), count: n)
      for j in 0..<n {
        for k in 0..<n {
          var (re, im) = (Rational(0), Rational(0))
          for i in 0..<n {
            let a = Rational(Integer(Int(matrix[k, i].real.lower.double(rounding: .nearest))), 16 * .powerOfTwo(scale))
            let b = Rational(
              Integer(Int(matrix[k, i].imaginary.lower.double(rounding: .nearest))), 16 * .powerOfTwo(scale))
            re = re + a * Rational(Integer(x[j][i].0)) - b * Rational(Integer(x[j][i].1))
            im = im + a * Rational(Integer(x[j][i].1)) + b * Rational(Integer(x[j][i].0))
          }
          re = re - Rational(Integer(l[j] * x[j][k].0), 256)
          im = im - Rational(Integer(l[j] * x[j][k].1), 256)
          sums[j] = sums[j] + re.magnitude + im.magnitude
          rows[k] = rows[k] + re.magnitude
          if problem.isComplex { rows[n + k] = rows[n + k] + im.magnitude }
        }
      }
      let expected = (rows.max() ?? 0) * (sums.max() ?? 0)
      #expect(!residual.residual.squared.isDisjoint(from: Interval(expected, precision: 64)))
    }
  }

  @Test func `small and zero matrices have spectra, unbounded ones are refused`() throws {
    #expect(try HermitianSpectrum(integers([[-7]]), bits: 64).eigenvalues[0].contains(-7))
    let zero = try HermitianSpectrum(integers([[0, 0], [0, 0]]), bits: 64)
    #expect(zero.clusters.count == 1 && zero.clusters[0].multiplicity == 2 && zero.clusters[0].value.isPoint)
    #expect(zero.projector(onto: zero.clusters[0])[1, 1].real.contains(1))
    let unbounded = HermitianMatrix(symmetric: 2, precision: 64) { _, _ in .entire(precision: 64) }
    let refusal = #expect(throws: Budget.Exhausted.self) { try HermitianSpectrum(unbounded, bits: 64) }
    #expect(refusal?.reason == "an element of the matrix is not bounded")
  }

  /// A scale far from one changes nothing, and neither does a diagonal matrix whose elements are far apart.
  @Test func `scales far from one are as good`() throws {
    for shift in [-3000, 3000] {
      let matrix = HermitianMatrix(symmetric: 3, precision: 128) { row, column in
        Interval([[2], [1, 2], [0, 1, 2]][row][column], precision: 128).scaled(byPowerOfTwo: shift)
      }
      let spectrum = try HermitianSpectrum(matrix, bits: 128)
      let root = Interval(2, precision: 160).squareRoot
      for (k, value) in [2 - root, Interval(2, precision: 160), 2 + root].enumerated() {
        #expect(value.scaled(byPowerOfTwo: shift).isSubset(of: spectrum.eigenvalues[k]))
        #expect(width(spectrum.eigenvalues[k]) < 3 - 128 + shift)
      }
    }
    let far = try HermitianSpectrum(
      HermitianMatrix(
        diagonal: [Interval(1, precision: 500), Interval(1, precision: 500).scaled(byPowerOfTwo: -400)],
        besides: [Interval(0, precision: 500)], precision: 500), bits: 450)
    #expect(far.clusters.count == 2)
  }
}
