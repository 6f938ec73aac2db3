import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import States

@Suite struct StateTests {
  private func real(_ x: Rational) -> ComplexInterval {
    ComplexInterval(Interval(x, precision: 128), Interval(0, precision: 128))
  }

  private func state(_ rows: [[Rational]]) throws -> DensityMatrix {
    try DensityMatrix(rows.count, precision: 128) { real(rows[$0][$1]) }
  }

  private func diagonal(_ values: [Rational]) -> HermitianMatrix {
    HermitianMatrix(symmetric: values.count, precision: 128) {
      Interval($0 == $1 ? values[$0] : 0, precision: 128)
    }
  }

  private func refusal(_ body: () throws -> DensityMatrix) -> String {
    let error = #expect(throws: BadInput.self) { _ = try body() }
    return error?.message ?? ""
  }

  @Test func `matrices that are no states are refused with what they are off by`() {
    let half = Rational(1, 2)
    #expect(
      refusal { try state([[half, Rational(1, 4)], [Rational(1, 8), half]]) }
        == "the state is not Hermitian: element (1, 0) differs from the conjugate of (0, 1) by at least 0.125; accepted: no difference"
    )
    #expect(
      refusal { try state([[half, 0], [0, Rational(3, 4)]]) }
        == "the trace of the state is off one by at least 0.25; accepted: 1")
    #expect(
      refusal { try state([[half, 1], [1, half]]) }
        == "the state has a negative eigenvalue, of magnitude at least 0.499; accepted: none")
    #expect(
      refusal { try DensityMatrix(pure: [real(half), real(half)], precision: 128) }
        == "the squares of the amplitudes add up to one less or more by at least 0.5; accepted: 1")
    #expect(refusal { try state([]) } == "the state has no dimension; accepted: 1 or more")
    #expect(
      refusal { try DensityMatrix(pure: [], precision: 64) } == "the state has no amplitude; accepted: 1 or more")
    // On the diagonal an imaginary part is a violation, too.
    #expect(
      refusal { try DensityMatrix(1, precision: 64) { _, _ in ComplexInterval(real(1).real, real(1).real) } }
        == "the state is not Hermitian: element (0, 0) differs from the conjugate of (0, 0) by at least 2; accepted: no difference"
    )
  }

  @Test func `parts that are none are refused`() throws {
    let mixed = try state([[Rational(1, 2), 0], [0, Rational(1, 2)]])
    #expect(
      refusal { try mixed.reduced([2, 2], to: [0]) }
        == "the parts have 2 x 2 dimensions, the state has 2; accepted: equal")
    #expect(
      refusal { try mixed.reduced([1 << 40, 1 << 40], to: [0]) }.hasSuffix(
        "dimensions, the state has 2; accepted: equal"))
    #expect(
      refusal { try mixed.reduced([2], to: [1]) }
        == "the parts [1] are not places of the 1 parts; accepted: different ones in rising order")
    let error = #expect(throws: BadInput.self) { try Ergotropy(of: mixed, in: diagonal([0, 1, 2])) }
    #expect(error?.message == "the state has 2 dimensions, the Hamiltonian 3; accepted: equal")
  }

  @Test func `half of a Bell pair is mixed, and pure states are apart by their overlap`() throws {
    let root = Interval(Rational(1, 2), precision: 160).squareRoot
    let zero = Interval(0, precision: 160)
    let bell = try DensityMatrix(
      pure: [root, zero, zero, root].map { ComplexInterval($0, zero) }, precision: 160)
    let half = try bell.reduced([2, 2], to: [1])
    #expect(half.populations.allSatisfy { $0.contains(Rational(1, 2)) } && bell.purity.contains(1))
    #expect(!half.purity.isDisjoint(from: Interval(Rational(1, 2), precision: 64)))
    // The partial transpose has the eigenvalues 1/2 three times and -1/2.
    let transposed = try HermitianSpectrum(bell.matrix.partialTranspose(2, 2), bits: 100)
    #expect(transposed.clusters.map(\.multiplicity) == [1, 3] && transposed.eigenvalues[0].contains(Rational(-1, 2)))
    // |<a|b>| = 3/5 for (1, 0) and (3/5, 4 i/5): the distance is 4/5.
    let a = try DensityMatrix(pure: [real(1), real(0)], precision: 128)
    let b = try DensityMatrix(
      pure: [real(Rational(3, 5)), ComplexInterval(real(0).real, real(Rational(4, 5)).real)], precision: 128)
    let distance = try a.traceDistance(to: b)
    #expect(distance.contains(Rational(4, 5)) && (distance.width.binaryExponent ?? 0) < -110)
  }

  /// Each part of a product state is got back, in an order of three different dimensions.
  @Test func `parts of a product are its factors`() throws {
    let factors: [[Rational]] = [
      [Rational(1, 3), Rational(2, 3)], [Rational(1, 2), Rational(1, 3), Rational(1, 6)],
      [Rational(1, 4), Rational(3, 4)],
    ]
    var product = [Rational(1)]
    for factor in factors { product = product.flatMap { a in factor.map { a * $0 } } }
    let state = try DensityMatrix(diagonal(product))
    for (part, factor) in factors.enumerated() {
      let reduced = try state.reduced([2, 3, 2], to: [part])
      for (k, p) in factor.enumerated() { #expect(reduced.matrix.realPart(k, k).contains(p)) }
    }
    let outer = try state.reduced([2, 3, 2], to: [0, 2])
    #expect(outer.matrix.realPart(1, 1).contains(Rational(1, 3) * Rational(3, 4)))
  }

  /// The passive state that is not completely passive: 1/2, 1/3, 1/6 on 0, 1, 2. The exact values by hand: five copies let p_1^5 and
  /// p_0^3 p_2^2, 1/243 and 1/288, change places, and so on; four copies nothing.
  @Test func `the passive qutrit gives work from five copies on`() throws {
    let qutrit = try DiagonalState(
      populations: [Rational(1, 2), Rational(1, 3), Rational(1, 6)], energies: [0, 1, 2])
    for n in 1...4 { #expect(qutrit.copies(n).ergotropy == 0) }
    #expect(qutrit.copies(5).ergotropy == Rational(5, 7776))
  }

  /// Two copies of a state with equal terms against all nine dimensions one by one.
  @Test func `copies of equal terms are counted`() throws {
    let (p, e): ([Rational], [Rational]) = ([Rational(1, 4), Rational(1, 4), Rational(1, 2)], [1, 1, 0])
    let pairs = p.indices.flatMap { i in p.indices.map { (p[i] * p[$0], e[i] + e[$0]) } }
    let one = try DiagonalState(populations: pairs.map(\.0), energies: pairs.map(\.1))
    let copies = try DiagonalState(populations: p, energies: e).copies(2)
    #expect(copies.terms == one.terms && copies.terms.values.reduce(0, +) == 9)
    #expect(copies.activeEnergy == one.activeEnergy && copies.energy == 1)
  }

  /// Of a matrix with a different element everywhere on parts of two and of three dimensions.
  @Test func `the partial transpose exchanges the second indices`() {
    let matrix = HermitianMatrix(6, precision: 64) { row, column in
      ComplexInterval(Interval(10 * row + column, precision: 64), Interval(row - column, precision: 64))
    }
    let transposed = matrix.partialTranspose(2, 3)
    for (row, column) in [(0, 4), (1, 5), (2, 3), (5, 1), (4, 3)] {
      let (i, k, j, l) = (row / 3, row % 3, column / 3, column % 3)
      let (a, b) = (transposed[row, column], matrix[3 * i + l, 3 * j + k])
      #expect(a.real.isSameSet(as: b.real) && a.imaginary.isSameSet(as: b.imaginary))
    }
  }

  @Test func `exact states that do not fit are refused`() {
    func message(_ populations: [Rational], _ energies: [Rational]) -> String {
      let error = #expect(throws: BadInput.self) { try DiagonalState(populations: populations, energies: energies) }
      return error?.message ?? ""
    }
    #expect(message([1], [0, 1]) == "1 populations and 2 energies; accepted: equally many, at least one")
    #expect(message([2, -1], [0, 1]) == "the population -1 is negative; accepted: 0 or more")
    #expect(message([Rational(1, 2)], [0]) == "the populations add up to 1/2; accepted: 1")
  }

  @Test func `passive, active and undecided states are told apart`() throws {
    let energies = diagonal([0, 1, 2])
    let passive = try DensityMatrix(diagonal([Rational(1, 2), Rational(1, 4), Rational(1, 4)]))
    #expect(try Ergotropy(of: passive, in: energies).isPassive == .certainlyTrue)
    let active = try DensityMatrix(diagonal([Rational(1, 4), Rational(1, 2), Rational(1, 4)]))
    #expect(try Ergotropy(of: active, in: energies).isPassive == .certainlyFalse)
    // 1/3 is no binary number: the enclosures hold active states as well.
    let third = Rational(1, 3)
    let unknown = try DensityMatrix(diagonal([third, third, third]))
    #expect(try Ergotropy(of: unknown, in: energies).isPassive == .undecided)
    // Degenerate levels: populations that differ within one change nothing.
    let degenerate = try DensityMatrix(diagonal([Rational(1, 2), Rational(1, 8), Rational(3, 8)]))
    #expect(try Ergotropy(of: degenerate, in: diagonal([0, 1, 1])).isPassive == .certainlyTrue)
  }

  /// Of a qubit with Bloch vector r in H = sigma_z/2: the ergotropy is (|r| + r_z)/2, the capacity |r|.
  @Test func `a qubit has the ergotropy of its Bloch vector`() throws {
    let (x, y, z) = (Rational(2, 7), Rational(3, 7), Rational(-6, 7) * Rational(1, 2))
    let qubit = try DensityMatrix(2, precision: 160) { row, column in
      let part = { (r: Rational) in Interval(r / 2, precision: 160) }
      if row == column { return ComplexInterval(part(row == 0 ? 1 + z : 1 - z), part(0)) }
      return ComplexInterval(part(x), part(row == 0 ? -y : y))
    }
    let figures = try Ergotropy(of: qubit, in: diagonal([Rational(1, 2), Rational(-1, 2)]))
    let length = Interval(x * x + y * y + z * z, precision: 160).squareRoot
    let expected = (length + Interval(z, precision: 160)).scaled(byPowerOfTwo: -1)
    #expect(!figures.value.isDisjoint(from: expected) && (figures.value.width.binaryExponent ?? 0) < -110)
    #expect(!figures.capacity.isDisjoint(from: length) && figures.isPassive == .certainlyFalse)
  }

  /// No unitary of many reaches below the passive energy or above the active one; permutations of eigenstates reach both.
  @Test func `unitaries stay between the passive and the active energy`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for index in 0..<6 * RandomCases.scale {
      let n = Int.random(in: 2...5, using: &generator)
      let weights = (0..<n).map { _ in Int.random(in: 0...9, using: &generator) + 1 }
      let populations = weights.map { Rational(Integer($0), Integer(weights.reduce(0, +))) }
      let energies = (0..<n).map { _ in Rational(Int.random(in: -9...9, using: &generator)) }
      let exact = try DiagonalState(populations: populations, energies: energies)
      func vector() -> [Int] { (0..<n).map { _ in Int.random(in: -9...9, using: &generator) } }
      var real = vector()
      if real.allSatisfy({ $0 == 0 }) { real[0] = 1 }
      let turned = try DensityMatrix(
        HermitianMatrix(
          eigenvalues: populations.map { Interval($0, precision: 128) }, reflectedBy: real, vector(), precision: 128))
      let figures = try Ergotropy(of: turned, in: diagonal(energies))
      let note: Comment = "seed \(RandomCases.seed), case \(index)"
      #expect(figures.passiveEnergy.contains(exact.passiveEnergy), note)
      #expect(figures.activeEnergy.contains(exact.activeEnergy), note)
      #expect(figures.capacity.contains(exact.capacity), note)
      #expect(
        figures.energy.lower <= figures.activeEnergy.upper && figures.passiveEnergy.lower <= figures.energy.upper, note)
    }
  }

  /// All of 2^N dimensions against the sector: the projectors of the symmetric states |k> of three cells have elements 1/C(3, k).
  @Test func `the symmetric sector agrees with brute force`() throws {
    let n = 3
    let populations: [Rational] = [Rational(1, 8), Rational(1, 8), Rational(1, 4), Rational(1, 2)]
    let binomials = [1, 3, 3, 1]
    let brute = try DensityMatrix(
      HermitianMatrix(symmetric: 1 << n, precision: 128) { row, column in
        let (k, l) = (row.nonzeroBitCount, column.nonzeroBitCount)
        return Interval(k == l ? populations[k] / Rational(binomials[k]) : 0, precision: 128)
      })
    let figures = try Ergotropy(of: brute, in: diagonal((0..<1 << n).map { Rational($0.nonzeroBitCount) }))
    let energy = populations.enumerated().reduce(Rational(0)) { $0 + Rational($1.offset) * $1.element }
    let sector = try SymmetricSector.ergotropy(
      cells: n, twiceSpin: n, energy: Interval(energy, precision: 128),
      populations: populations.sorted(by: >).map { Interval($0, precision: 128) })
    #expect(!sector.isDisjoint(from: figures.value) && sector.contains(energy - Rational(1, 2)))
  }

  /// |N = 4, j = 1, m = 0>: its block stands for three copies, and the ergotropy is 4/3, not 2.
  @Test func `a block stands for its copies`() throws {
    #expect(SymmetricSector.copies(4, twiceSpin: 2) == 3 && SymmetricSector.copies(4, twiceSpin: 0) == 2)
    let one = [1, 0, 0].map { Interval($0, precision: 128) }
    let value = try SymmetricSector.ergotropy(
      cells: 4, twiceSpin: 2, energy: Interval(2, precision: 128), populations: one)
    #expect(value.contains(Rational(4, 3)) && (value.width.binaryExponent ?? 0) < -120)
    // The order of the eigenvalues does not matter.
    let last = try SymmetricSector.ergotropy(
      cells: 4, twiceSpin: 2, energy: Interval(2, precision: 128), populations: one.reversed())
    #expect(last.isSameSet(as: value))
    // Less energy than the passive 2/3 belongs to no state.
    let none = try SymmetricSector.ergotropy(
      cells: 4, twiceSpin: 2, energy: Interval(Rational(1, 2), precision: 128), populations: one)
    #expect(none.isEmpty)
    for (spin, count, message) in [
      (3, 4, "2j is 3; accepted: 4, 2, ... down to 0"), (2, 2, "2 populations of a spin with 2j = 2; accepted: 3"),
    ] {
      let error = #expect(throws: BadInput.self) {
        try SymmetricSector.ergotropy(
          cells: 4, twiceSpin: spin, energy: Interval(2, precision: 64),
          populations: (0..<count).map { Interval($0 == 0 ? 1 : 0, precision: 64) })
      }
      #expect(error?.message == message)
    }
    let error = #expect(throws: BadInput.self) {
      try SymmetricSector.ergotropy(cells: 0, twiceSpin: 0, energy: one[0], populations: [one[0]])
    }
    #expect(error?.message == "N is 0; accepted: 1 to 100000")
  }
}
