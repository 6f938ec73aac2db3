import ArbitraryPrecision
import Models
import RandomInputs
import TestSupport
import Testing

/// Hopping between levels without energies of their own, real and imaginary: chains, cycles of any parity and separate
/// pieces, so that phases exist for some and not for others. Against the dense exponential.
@Suite struct HoppingTests {
  private static let precision = 256

  private static func number(_ value: Int) -> Interval { Interval(value, precision: precision) }

  /// A random Hermitian matrix with zero diagonal as a formula in `b(k,l)`, and itself.
  private static func hopping(_ d: Int, _ random: inout SplitMix64) -> (text: String, matrix: DenseMatrix) {
    var (texts, matrix) = (["0*b(0,0)"], DenseMatrix(zero: d, precision))
    let mostlyReal = random.next() % 2 == 0
    for k in 0..<d {
      for l in 0..<k where random.next() % 2 == 0 {
        let size = Int(random.next() % 5) - 2
        if mostlyReal || random.next() % 2 == 0 {
          texts.append("(\(size))*(b(\(k),\(l)) + b(\(l),\(k)))")
          matrix.real[k, l] = number(size)
          matrix.real[l, k] = number(size)
        } else {
          texts.append("(\(size))*i*(b(\(k),\(l)) - b(\(l),\(k)))")
          matrix.imaginary[k, l] = number(size)
          matrix.imaginary[l, k] = number(-size)
        }
      }
    }
    return (texts.joined(separator: " + "), matrix)
  }

  @Test func `hopping meets the dense exponential`() throws {
    try RandomCases.run(150) { random, label in
      let d = Int(random.next() % 4) + 2
      let (hamiltonian, observable) = (Self.hopping(d, &random), Self.hopping(d, &random))
      let twice = Int(random.next() % 30) + 1
      let start = "superposition: [[3/5, {b: level(0)}], [4*i/5, {b: level(\(d - 1))}]]"
      let text = """
        model: m
        space: {b: levels \(d)}
        hamiltonian: "\(hamiltonian.text)"
        start: {\(random.next() % 3 == 0 ? start : "b: level(0)")}
        quantities: {mean: {value: "mean(\(observable.text))"}}
        """
      var psi = (real: [Interval](repeating: Self.number(0), count: d), imaginary: [Interval]())
      psi.imaginary = psi.real
      psi.real[0] = Self.number(1)
      if text.contains("superposition") {
        psi.real[0] = Interval(Rational(3, 5), precision: Self.precision)
        psi.imaginary[d - 1] = Interval(Rational(4, 5), precision: Self.precision)
      }
      let end = try hamiltonian.matrix.evolved(psi, Self.number(twice) / 2)
      let image = observable.matrix.applied(end)
      var expected = Self.number(0)
      for k in 0..<d { expected += end.real[k] * image.real[k] + end.imaginary[k] * image.imaginary[k] }
      let found = try Model(parsing: text, name: "m.yaml").value("mean", [("t", "\(twice)/2")], digits: 20)
      let value = try #require(found.interval(precision: 128))
      #expect(!value.isDisjoint(from: expected), "\(label)\n\(text)\nt = \(twice)/2")
      #expect(expected.width.double(rounding: .up) < 1e-15, "\(label): the twin is wide")
    }
  }
}
