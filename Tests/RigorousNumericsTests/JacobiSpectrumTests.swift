import RandomInputs
import TestSupport
import Testing

@testable import ArbitraryPrecision
@testable import RigorousNumerics

@Suite struct JacobiSpectrumTests {
  private static let bits = 160

  private func number(_ x: Rational) -> Interval { Interval(x, precision: Self.bits) }

  private func dense(_ diagonal: [Interval], _ offDiagonal: [Interval]) -> HermitianMatrix {
    HermitianMatrix(diagonal: diagonal, offDiagonal: offDiagonal, precision: Self.bits)
  }

  /// Small integers with many zeros on the diagonal: pivots vanish exactly, and points of the search are eigenvalues.
  private func random(_ random: inout SplitMix64) -> (diagonal: [Rational], offDiagonal: [Rational]) {
    let n = Int.random(in: 1...9, using: &random)
    let scales: [Rational] = [1, Rational(1, 1_048_576), 1_073_741_824]
    let scale = scales.randomElement(using: &random) ?? 1
    return (
      (0..<n).map { _ in Bool.random(using: &random) ? 0 : Rational(Int.random(in: -4...4, using: &random)) },
      (0..<n - 1).map { _ in
        Rational(Int.random(in: 1...4, using: &random)) * (Int.random(in: 0..<5, using: &random) == 0 ? scale : 1)
      }
    )
  }

  /// The other route is the general one, which knows nothing of pivots.
  @Test func `eigenvalues are those of the general spectrum`() throws {
    try RandomCases.run(60) { generator, label in
      let (diagonal, offDiagonal) = random(&generator)
      let (a, e) = (diagonal.map(number), offDiagonal.map(number))
      let spectrum = try #require(
        try JacobiSpectrum(diagonal: a, offDiagonal: e, within: Budget()), "\(label): \(diagonal) \(offDiagonal)")
      let general = try HermitianSpectrum(dense(a, e), bits: 120, within: Budget())
      #expect(spectrum.eigenvalues.count == diagonal.count)
      for (first, second) in zip(spectrum.eigenvalues, general.eigenvalues) {
        #expect(!first.isDisjoint(from: second), "\(label): \(diagonal) \(offDiagonal)")
      }
      for (first, second) in zip(spectrum.eigenvalues, spectrum.eigenvalues.dropFirst()) {
        #expect(first.strictlyPrecedes(second), "\(label)")
      }
    }
  }

  @Test func `vectors obey the eigenvalue equation and have length one`() throws {
    try RandomCases.run(60) { generator, label in
      let (diagonal, offDiagonal) = random(&generator)
      let (a, e) = (diagonal.map(number), offDiagonal.map(number))
      let spectrum = try #require(
        try JacobiSpectrum(diagonal: a, offDiagonal: e, within: Budget()), "\(label): \(diagonal) \(offDiagonal)")
      for (value, v) in zip(spectrum.eigenvalues, spectrum.vectors) {
        for k in a.indices {
          var residual = (a[k] - value) * v[k]
          if k > 0 { residual += e[k - 1] * v[k - 1] }
          if k < e.count { residual += e[k] * v[k + 1] }
          #expect(residual.containsZero, "\(label): row \(k)")
        }
        let length = v.reduce(number(0)) { $0 + $1.squared }
        #expect(length.contains(1), "\(label)")
        // A vector as wide as the unit interval would obey everything.
        #expect(v.allSatisfy { ($0.width.binaryExponent ?? -1000) < -60 }, "\(label)")
      }
    }
  }

  /// det T is exact, and the smallest eigenvalue far below the unit of the largest: its relative digits are those of
  /// all.
  @Test func `small eigenvalues keep their relative digits`() throws {
    let n = 31
    let offDiagonal = (0..<n - 1).map { number($0 % 2 == 0 ? Rational(1, 1_000_000) : Rational(3 + $0)) }
    let diagonal = (0..<n).map { number($0 == n - 1 ? Rational(1, 1_000_000) : 0) }
    let spectrum = try #require(try JacobiSpectrum(diagonal: diagonal, offDiagonal: offDiagonal, within: Budget()))
    let product = spectrum.eigenvalues.reduce(number(1), *).absoluteValue
    // Expanding along the only elements: 15 squares of those beside the diagonal, times the last place.
    let determinant = number(Rational(1, Integer(10).power(6 * 31)))
    #expect(!product.isDisjoint(from: determinant))
    let least = try #require(spectrum.eigenvalues.min { $0.magnitude < $1.magnitude })
    #expect((least.magnitude.binaryExponent ?? 0) < -300)
    #expect((least.width.binaryExponent ?? 0) < (least.magnitude.binaryExponent ?? 0) - 140)
  }

  /// What is enclosed for a whole set of matrices holds for each of them.
  @Test func `wide elements enclose the spectra of their members`() throws {
    try RandomCases.run(20) { generator, label in
      let (diagonal, offDiagonal) = random(&generator)
      let parts: [Int] = [1_073_741_824, 10_000, 100]
      let width = Rational(1, Integer(parts.randomElement(using: &generator) ?? 100))
      func wide(_ x: Rational) -> Interval {
        Interval(from: x - width * x.magnitude, to: x + width * x.magnitude, precision: Self.bits)
      }
      guard
        let family = try JacobiSpectrum(
          diagonal: diagonal.map(wide), offDiagonal: offDiagonal.map(wide), within: Budget())
      else { return }
      func member(_ x: Rational) -> Interval {
        number(x + width * x * Rational(Int.random(in: -8...8, using: &generator)) / 8)
      }
      let one = try #require(
        try JacobiSpectrum(
          diagonal: diagonal.map { member($0) }, offDiagonal: offDiagonal.map { member($0) }, within: Budget())
      )
      for (outer, inner) in zip(family.eigenvalues, one.eigenvalues) {
        #expect(!outer.isDisjoint(from: inner), "\(label)")
      }
      for (outer, inner) in zip(family.vectors, one.vectors) {
        let agree = [1, -1].contains { sign in zip(outer, inner).allSatisfy { !$0.isDisjoint(from: sign * $1) } }
        #expect(agree, "\(label)")
      }
    }
  }

  /// F = 2, N = 3 of the star: the third element of the vector of the eigenvalue 2 is exactly zero.
  @Test func `an element of a vector may vanish`() throws {
    let offDiagonal = [number(2), number(3).squareRoot, number(2)]
    let spectrum = try #require(
      try JacobiSpectrum(
        diagonal: [number(0), number(0), number(0), number(2)], offDiagonal: offDiagonal, within: Budget()))
    let place = try #require(spectrum.eigenvalues.firstIndex { $0.contains(2) })
    #expect(spectrum.vectors[place][2].containsZero)
    #expect(!spectrum.vectors[place][0].containsZero)
  }

  @Test func `elements that may be zero or are unbounded give nothing`() throws {
    let zero = number(0)
    #expect(
      try JacobiSpectrum(
        diagonal: [zero, zero], offDiagonal: [Interval(from: -1, to: 1, precision: 64)], within: Budget())
        == nil)
    #expect(
      try JacobiSpectrum(diagonal: [zero, .entire(precision: 64)], offDiagonal: [number(1)], within: Budget()) == nil)
    #expect(throws: Unanswered(undecided: "the cap of 0.0 seconds was reached")) {
      _ = try JacobiSpectrum(diagonal: [zero, zero], offDiagonal: [number(1)], within: Budget(seconds: 0))
    }
  }
}
