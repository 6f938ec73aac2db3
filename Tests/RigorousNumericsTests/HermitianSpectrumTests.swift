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

  /// In the ring of three sites the sectors of momentum and parity give -2 sqrt(3), -2 twice, 0 three times, 2 sqrt(3)
  /// and 4.
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
      diagonal: Array(repeating: 0 * one, count: n), offDiagonal: Array(repeating: one, count: n - 1), precision: 160)
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
        var (one, sum) = (ComplexInterval.zero(precision: 64), ComplexInterval.zero(precision: 64))
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
      var rows = Array(repeating: Rational(0), count: n), sums = Array(repeating: Rational(0), count: n)
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
          rows[k] = rows[k] + re.magnitude + im.magnitude
        }
      }
      let expected = (rows.max() ?? 0) * (sums.max() ?? 0)
      #expect(!residual.residual.squared.isDisjoint(from: Interval(expected, precision: 64)))
    }
  }

  private func power(_ k: Int, _ exponent: Int) -> Interval {
    Interval(k, precision: 64).scaled(byPowerOfTwo: exponent)
  }

  /// 1 and a block 2^-e (v v^H - 1) with v = (1, 1, i, i), whose eigenvalues are 3 2^-e and three times -2^-e: the bits
  /// asked for are too few to turn inside the block, so the bound is nearly attained. A norm that takes the parts of
  /// complex numbers one by one is too small for it.
  @Test(arguments: [(59, 44), (155, 128), (180, 128)])
  func `a block below the bits asked for stays inside`(exponent: Int, bits: Int) throws {
    let zero = Interval(0, precision: 64)
    let matrix = HermitianMatrix(5, precision: 64) { row, column in
      if row == column { return ComplexInterval(row == 0 ? power(1, 0) : zero, zero) }
      if column == 0 { return ComplexInterval(zero, zero) }
      let one = power(1, -exponent)
      return (row > 2) == (column > 2) ? ComplexInterval(one, zero) : ComplexInterval(zero, one)
    }
    let values = try HermitianSpectrum(matrix, bits: bits).eigenvalues
    let unit = Rational(1, .powerOfTwo(exponent))
    for (value, expected) in zip(values, [-unit, -unit, -unit, 3 * unit, 1]) { #expect(value.contains(expected)) }
  }

  /// 1 and the graph of a tree with the elements i t, t below the last place: its greatest eigenvalue is 2 sqrt(3)
  /// cos(pi/5) t for three branches on three levels. Conjugate elements that are rounded differently make a matrix
  /// whose rows do not bound its norm.
  @Test func `elements below the last place stay inside`() throws {
    let zero = Interval(0, precision: 64)
    let t = power(4095, -73)
    let matrix = HermitianMatrix(41, precision: 64) { row, column in
      if row == column { return ComplexInterval(row == 0 ? power(1, 0) : zero, zero) }
      return ComplexInterval(zero, column >= 1 && row >= 2 && (row - 2) / 3 == column - 1 ? t : zero)
    }
    let values = try HermitianSpectrum(matrix, bits: 30).eigenvalues
    let angle = Interval(Rational(1, 5), precision: 128) * .pi(precision: 128)
    let greatest = 2 * (Interval(3, precision: 128).squareRoot * angle.cosine * t)
    #expect(greatest.isSubset(of: values[39]) && (-greatest).isSubset(of: values[0]) && values[40].contains(1))
  }

  /// The bound from vectors that are neither orthogonal nor of length one, and every term of it: worked out by hand.
  @Test func `every term of the bound counts`() throws {
    func bound(
      _ matrix: HermitianMatrix, _ columns: [[(Rational, Rational)]], _ values: [Rational]
    ) -> BigFloat? {
      guard let problem = SpectralProblem(matrix, width: 2) else { return nil }
      let f = FixedColumns.fractionBits(2)
      func fixed(_ x: Rational) -> Integer { (x * Rational(.powerOfTwo(f))).floor }
      let n = columns.count
      let vectors = FixedColumns(n, length: problem.isComplex ? 2 * n : n, width: 2) { column, row in
        fixed(row < n ? columns[column][row].0 : columns[column][row - n].1)
      }
      let stored = FixedColumns(1, length: n, width: 2) { fixed(values[$1]) }
      let pairs = SpectralPairs(
        vectors: vectors, stored: stored, values: values.map { Interval($0, precision: 128) })
      return HermitianSpectrum.certified(pairs, problem).0.upper
    }
    func atLeast(_ bound: BigFloat?, _ least: Rational) -> Bool {
      bound.map { $0 >= BigFloat(least, precision: 64, rounding: .down) } ?? false
    }
    // The zero matrix has no scale, so a small element: its part in the bound is 2^-60.
    let small = integers([[1, 0], [0, 1]])
    // X = 3/4 and L = (-1/4, 1/4) for 1/2 in the scale of 2: r = 3/4 3/4, e = 7/16, k = 1 - 3/4, spread 1/2.
    let (r, k) = (Rational(9, 16), Rational(1, 4))
    let x = Rational(3, 4)
    let first = bound(small, [[(x, 0), (0, 0)], [(0, 0), (x, 0)]], [Rational(-1, 4), Rational(1, 4)])
    #expect(atLeast(first, (r + k / 2) / (1 - k)))
    // diag(0, 1) and X = diag(1, 1/1024) with L = 0: the eigenvalue 1/2 of the scaled matrix is 1/2 away, its residual
    // is 1/2048.
    let second = bound(
      integers([[0, 0], [0, 1]]), [[(1, 0), (0, 0)], [(0, 0), (Rational(1, 1024), 0)]], [0, 0])
    #expect(atLeast(second, Rational(1, 2)))
    // The columns (1, i) and (1, -i) over sqrt 2 with L = 0 for diag(2, 0): one eigenvalue is 1/2 in the scale of 4.
    let root = Interval(Rational(1, 2), precision: 160).squareRoot.lower.rational ?? 0
    let matrix = HermitianMatrix(2, precision: 64) { row, column in
      ComplexInterval(Interval(row == 0 && column == 0 ? 2 : 0, precision: 64), Interval(0, precision: 64))
    }
    let third = bound(matrix, [[(root, 0), (0, root)], [(root, 0), (0, -root)]], [0, 0])
    #expect(atLeast(third, Rational(1, 2)))
  }

  /// Of ((a, x), (x, b)) with a in [0, w] and b in [1 - w, 1] every matrix inside has its projector inside; the third
  /// eigenvalue is far on one side or on the other, so that either gap counts.
  @Test(arguments: [-40, 40]) func `projectors of all matrices inside are inside`(third: Int) throws {
    let w = Rational(1, 64)
    let wide = HermitianMatrix(symmetric: 3, precision: 96) { row, column in
      switch (row, column) {
      case (0, 0): Interval(from: 0, to: w, precision: 96)
      case (1, 1): Interval(from: 1 - w, to: 1, precision: 96)
      case (1, 0): Interval(from: -w, to: w, precision: 96)
      case (2, 2): Interval(third, precision: 96)
      default: Interval(0, precision: 96)
      }
    }
    let spectrum = try HermitianSpectrum(wide, bits: 80)
    #expect(spectrum.clusters.map(\.multiplicity) == [1, 1, 1])
    for (a, b, x) in [(Rational(0), Rational(1), w), (w, 1 - w, w), (w, 1 - w, -w), (0, 1, 0)] {
      let exact = try HermitianSpectrum(
        HermitianMatrix(symmetric: 3, precision: 96) { row, column in
          Interval(row == column ? [a, b, Rational(third)][row] : row == 1 ? x : 0, precision: 96)
        }, bits: 80)
      for (wide, sharp) in zip(spectrum.clusters, exact.clusters) {
        let (p, q) = (spectrum.projector(onto: wide), exact.projector(onto: sharp))
        for row in 0..<3 {
          for column in 0...row { #expect(!p.realPart(row, column).isDisjoint(from: q.realPart(row, column))) }
        }
      }
    }
    // What X is off counts too: of the same columns, those of the widest cluster are not exact.
    let column = spectrum.projector(onto: spectrum.clusters[1])
    #expect(column.trace.contains(1))
  }

  /// The row that is known poorly comes first.
  @Test func `what elements are off counts in every row`() throws {
    let wide = Interval(from: 0, to: Rational(1, 4), precision: 64)
    let spectrum = try HermitianSpectrum(
      HermitianMatrix(
        diagonal: [wide, Interval(1, precision: 64), Interval(2, precision: 64)],
        offDiagonal: [Interval(0, precision: 64), Interval(0, precision: 64)], precision: 64), bits: 50)
    #expect(wide.isSubset(of: spectrum.eigenvalues[0]))
  }

  @Test func `sums of rows out of range and absurd bits are refused`() {
    let huge = Interval(1, precision: 64).scaled(byPowerOfTwo: (1 << 30) - 2)
    for n in [2, 4] {
      let refusal = #expect(throws: Unanswered.self) {
        try HermitianSpectrum(HermitianMatrix(symmetric: n, precision: 64) { _, _ in huge }, bits: 64)
      }
      #expect(refusal?.reason == "an element of the matrix or the sum of a row is not bounded")
    }
    let refusal = #expect(throws: Unanswered.self) { try HermitianSpectrum(integers([[1]]), bits: 1 << 25) }
    #expect(refusal?.reason == "spectra are enclosed to 16777216 bits at most")
  }

  @Test func `small and zero matrices have spectra, unbounded ones are refused`() throws {
    #expect(try HermitianSpectrum(integers([[-7]]), bits: 64).eigenvalues[0].contains(-7))
    let zero = try HermitianSpectrum(integers([[0, 0], [0, 0]]), bits: 64)
    #expect(zero.clusters.count == 1 && zero.clusters[0].multiplicity == 2 && zero.clusters[0].value.isPoint)
    #expect(zero.projector(onto: zero.clusters[0])[1, 1].real.contains(1))
    let unbounded = HermitianMatrix(symmetric: 2, precision: 64) { _, _ in .entire(precision: 64) }
    let refusal = #expect(throws: Unanswered.self) { try HermitianSpectrum(unbounded, bits: 64) }
    #expect(refusal?.reason == "an element of the matrix or the sum of a row is not bounded")
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
        offDiagonal: [Interval(0, precision: 500)], precision: 500), bits: 450)
    #expect(far.clusters.count == 2)
  }
}
