import ArbitraryPrecision
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import States

/// States with an error: figures enclose those of the true state, which is known here.
@Suite struct StateErrorTests {
  private let zero = Interval(0, precision: 128)

  private func diagonal(_ values: [Rational]) -> HermitianMatrix {
    HermitianMatrix(symmetric: values.count, precision: 128) { Interval($0 == $1 ? values[$0] : 0, precision: 128) }
  }

  private func bound(_ x: Rational) -> BigFloat { BigFloat(x, precision: 64, rounding: .up) }

  /// A qubit that dephases and relaxes: the flow's own result, whose trace is off by roundings, is a state.
  ///
  /// Of |+> with H = 0 and the jump sqrt(gamma) |0><1|, gamma t = ln 2: the populations are 3/4 and 1/4 and the coherence is 1/(2 sqrt 2), by hand.
  @Test func `the end of a flow is a state`() throws {
    let half = Interval(Rational(1, 2), precision: 160)
    let start = HermitianMatrix(symmetric: 2, precision: 160) { _, _ in half }
    let one = ComplexInterval(Interval(1, precision: 160), Interval(0, precision: 160))
    let flow = LindbladFlow(
      hamiltonian: HermitianMatrix(symmetric: 2, precision: 160) { _, _ in Interval(0, precision: 160) },
      jumps: [[.init(0, 1, one)]])
    let end = try flow.evolved(start, for: Interval(2, precision: 160).logarithm, bits: 100, within: Budget())
    // Without its error this matrix is refused.
    #expect(throws: BadInput.self) {
      try DensityMatrix(
        HermitianMatrix(symmetric: 2, precision: 160) { row, column in
          row == 0 && column == 0
            ? Interval(Rational(3, 4), precision: 160) + Interval(1, precision: 64).scaled(byPowerOfTwo: -120)
            : Interval(row == column ? Rational(1, 4) : 0, precision: 160)
        })
    }
    let state = try DensityMatrix(end)
    #expect(state.error.signum > 0)
    let coherence = 1 / (2 * Interval(2, precision: 160).squareRoot)
    #expect(
      state.matrix.realPart(0, 0).contains(Rational(3, 4)) && state.matrix.realPart(1, 1).contains(Rational(1, 4)))
    #expect(!state.matrix[1, 0].real.isDisjoint(from: coherence))
    // Tr rho^2 = 9/16 + 1/16 + 2/8 = 7/8; the Bloch vector has the length sqrt(2 Tr rho^2 - 1) = sqrt(3)/2.
    #expect(state.purity.contains(Rational(7, 8)))
    let length = Interval(3, precision: 160).squareRoot.scaled(byPowerOfTwo: -1)
    let figures = try Ergotropy(of: state, in: diagonal([0, 1]))
    #expect(figures.energy.contains(Rational(1, 4)))
    #expect(!figures.capacity.isDisjoint(from: length) && (figures.capacity.width.binaryExponent ?? 0) < -90)
    // (length - (p0 - p1))/2.
    let ergotropy = (length - Interval(Rational(1, 2), precision: 160)).scaled(byPowerOfTwo: -1)
    #expect(!figures.value.isDisjoint(from: ergotropy) && (figures.value.width.binaryExponent ?? 0) < -90)
    #expect(try state.traceDistance(to: state).lower.signum == 0)
  }

  /// rho is turned and known; X = rho + D with a Hermitian D of a known trace norm, its eigenvalues being given: a diagonal matrix in another basis.
  ///
  /// Expected values come from the exact populations and from the enclosures of rho without an error.
  @Test func `figures hold the true state within the error`() throws {
    var generator = SplitMix64(seed: RandomCases.seed)
    for index in 0..<8 * RandomCases.scale {
      let note: Comment = "seed \(RandomCases.seed), case \(index)"
      let n = Int.random(in: 2...5, using: &generator)
      let weights = (0..<n).map { _ in Int.random(in: 0...9, using: &generator) + (index % 3 == 0 ? 0 : 1) }
      let total = max(1, weights.reduce(0, +))
      let populations =
        weights.reduce(0, +) == 0
        ? (0..<n).map { Rational($0 == 0 ? 1 : 0) } : weights.map { Rational(Integer($0), Integer(total)) }
      let energies = (0..<n).map { _ in Rational(Int.random(in: -9...9, using: &generator) + 100) }
      func vector() -> [Int] {
        var v = (0..<n).map { _ in Int.random(in: -9...9, using: &generator) }
        if v.allSatisfy({ $0 == 0 }) { v[0] = 1 }
        return v
      }
      func turned(_ values: [Rational]) -> HermitianMatrix {
        HermitianMatrix(
          eigenvalues: values.map { Interval($0, precision: 128) }, reflectedBy: vector(), vector(), precision: 128)
      }
      let rho = turned(populations)
      let scale = Rational(1, Integer(10).power(Int.random(in: 1...12, using: &generator)))
      let off = (0..<n).map { _ in Rational(Int.random(in: -9...9, using: &generator)) * scale }
      let error = bound(off.reduce(0) { $0 + $1.magnitude })
      let computed = rho - turned(off)
      let (exact, state) = (try DensityMatrix(rho), try DensityMatrix(computed, error: error))
      let hamiltonian = turned(energies)
      let (truth, figures) = (
        try Ergotropy(of: exact, in: hamiltonian), try Ergotropy(of: state, in: hamiltonian)
      )
      let pairs = [
        (truth.energy, figures.energy), (truth.passiveEnergy, figures.passiveEnergy),
        (truth.activeEnergy, figures.activeEnergy), (truth.value, figures.value),
        (truth.capacity, figures.capacity), (exact.purity, state.purity),
      ]
      for (k, (a, b)) in pairs.enumerated() { #expect(!a.isDisjoint(from: b), "\(note), figure \(k)") }
      for (p, found) in zip(populations.sorted(by: >), state.populations) { #expect(found.contains(p), note) }
      for i in 0..<n {
        for j in 0...i {
          let (a, b) = (rho[i, j], state.matrix[i, j])
          #expect(!a.real.isDisjoint(from: b.real) && !a.imaginary.isDisjoint(from: b.imaginary), note)
        }
      }
      let distance = try state.traceDistance(to: exact)
      #expect(distance.lower.signum == 0 && distance.upper <= (Interval(error) + Interval(error)).upper, note)
      // The width is that of the derivation: e times the width of the spectrum on both sides, and roundings.
      let spread = (energies.max() ?? 0) - (energies.min() ?? 0)
      let limit =
        2 * Interval(error) * Interval(spread, precision: 64) + Interval(1, precision: 64).scaled(byPowerOfTwo: -80)
      #expect(figures.value.width <= limit.upper, note)
    }
  }

  /// At the very edge: the bounds are attained by pushing a population from the lowest level to the highest one.
  @Test func `the bounds of the energies are attained`() throws {
    let shift = Rational(1, 16)
    let energies = diagonal([0, 1, 5])
    let computed = diagonal([Rational(1, 2), Rational(1, 4), Rational(1, 4)])
    let state = try DensityMatrix(computed, error: bound(2 * shift))
    let truth = try Ergotropy(
      of: DensityMatrix(diagonal([Rational(1, 2) - shift, Rational(1, 4), Rational(1, 4) + shift])), in: energies)
    let figures = try Ergotropy(of: state, in: energies)
    // 3/2 + 5/16, and e w/2 = 5/16 for e = 1/8 and w = 5.
    #expect(truth.energy.contains(Rational(29, 16)) && figures.energy.contains(Rational(29, 16)))
    #expect(!figures.energy.contains(Rational(29, 16) + Rational(1, Integer(1 << 40))))
    #expect(figures.isPassive == .undecided)
  }

  /// A vector with a distance: of sqrt(1/2) (|00> + |11>) written to a few bits.
  @Test func `a pure state with a distance is one`() throws {
    let root = Interval(Rational(181, 256), precision: 128)
    let amplitudes = [root, zero, zero, root].map { ComplexInterval($0, zero) }
    // 2 (181/256)^2 = 1 - 7/32768.
    let message = #expect(throws: BadInput.self) { try DensityMatrix(pure: amplitudes, precision: 128) }
    #expect(
      message?.message
        == "the squares of the amplitudes add up to one less or more by at least 0.000213; accepted: 1")
    let state = try DensityMatrix(pure: amplitudes, precision: 128, distance: bound(Rational(1, 8000)))
    let half = try state.reduced([2, 2], to: [0])
    #expect(half.populations.allSatisfy { $0.contains(Rational(1, 2)) } && half.purity.contains(Rational(1, 2)))
    #expect(state.purity.contains(1) && state.matrix.realPart(0, 3).contains(Rational(1, 2)))
    #expect(state.populations[0].contains(1) && state.populations[3].contains(0))
  }

  @Test func `what is off by more than the error is refused`() throws {
    func message(_ matrix: HermitianMatrix, _ error: BigFloat) -> String {
      let refusal = #expect(throws: BadInput.self) { try DensityMatrix(matrix, error: error) }
      return refusal?.message ?? ""
    }
    let off = diagonal([Rational(1, 2), Rational(5, 8)])
    #expect(
      message(off, bound(Rational(1, 16)))
        == "the trace of the state is off one by at least 0.125; accepted: at most the error of 0.0625")
    // An element beside the diagonal comes with its conjugate: of the trace norm it has half.
    let element = try DensityMatrix(off, error: bound(Rational(1, 8))).matrix[1, 0].real
    #expect(element.contains(Rational(1, 16)) && !element.contains(Rational(9, 128)))
    #expect(
      message(diagonal([Rational(5, 4), Rational(-1, 4)]), bound(Rational(1, 8)))
        == "the state has a negative eigenvalue, of magnitude at least 0.25; accepted: at most the error of 0.125")
    #expect(throws: Never.self) {
      try DensityMatrix(diagonal([Rational(5, 4), Rational(-1, 4)]), error: bound(Rational(1, 2)))
    }
    // Here the trace and the negative eigenvalue are within the error.
    #expect(
      message(diagonal([Rational(49, 32), Rational(-3, 8)]), bound(Rational(3, 8)))
        == "the state has an eigenvalue beyond one by at least 0.531; accepted: 0 to 1")
    #expect(
      message(off, bound(-1)) == "the error of the state is negative or not finite; accepted: a number of 0 or more")
    func skew(_ error: Rational) throws -> DensityMatrix {
      try DensityMatrix(2, precision: 128, error: bound(error)) { row, column in
        ComplexInterval(Interval(row == column ? Rational(1, 2) : Rational(Integer(row), 8), precision: 128), zero)
      }
    }
    let refusal = #expect(throws: BadInput.self) { try skew(Rational(1, 16)) }
    #expect(
      refusal?.message
        == "the state is not Hermitian: element (1, 0) differs from the conjugate of (0, 1) by at least 0.125; accepted: at most the error of 0.0625"
    )
    #expect(try skew(Rational(1, 8)).matrix[1, 0].real.contains(Rational(1, 16)))
  }
}
