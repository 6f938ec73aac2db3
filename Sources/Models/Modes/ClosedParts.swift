import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A vector whose Hamiltonian keeps a number of quanta (``QuantaBound``): nothing leads out of the basis states
/// that are reached, and they fall apart into parts that each turn by themselves, as the sectors of a coherent start.
///
/// The cut of the start is its only distance from the true vector: the flow on these states is that of the whole
/// Hamiltonian, and keeps each norm up to the factor of ``QuantaBound``.
struct ClosedParts {
  private let start: ModeStart
  private let bounds: WeightFlow
  private let parts: [Sector]
  private let scalars: ModelScalars

  /// Nil where no such number is kept.
  init?(_ point: ModelPoint, from start: ModeStart, within budget: Budget) throws {
    let hamiltonian = try point.hamiltonian()
    bounds = try WeightFlow(hamiltonian, point)
    guard bounds.conserved != nil else { return nil }
    (self.start, scalars) = (start, point.scalars)
    guard start.amplitudes.values.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    parts = try Sector(of: hamiltonian, from: start.amplitudes.keys.sorted(), point, within: budget).parts()
  }

  var weight: ModeWeight { bounds.weight }

  /// At least |B^(m/2) (psi - phi)| at all times.
  func distance(power m: Rational) throws -> Interval {
    let tail = try start.tail(weight, power: m)
    return m.signum == 0 ? tail : bounds.conserved.map { $0.growth(power: m) * tail } ?? tail
  }

  /// The amplitudes after a time, with the phases of all parts, to about 2^-bits.
  ///
  /// A part with a small share of the vector is evolved as a vector of size one, with the bits that are left.
  func amplitudes(
    after time: Interval, bits: Int, within budget: Budget
  ) throws -> [BasisState: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: scalars.precision)
    var result: [BasisState: ComplexInterval] = [:]
    for part in parts {
      try budget.check()
      let given = part.states.map { start.amplitudes[$0] ?? zero }
      let size = given.reduce(BigFloat.zero(precision: 64)) { max($0, $1.magnitude.upper) }
      guard let exponent = size.binaryExponent else { continue }
      let flow = try HermitianFlow(part, scalars, precision: scalars.precision)
      let own = max(bits + exponent + 8, 32)
      let end = try flow.evolved(
        given.map { $0.scaled(byPowerOfTwo: -exponent) }, for: time, bits: own, within: budget)
      let angle = (flow.shift * time).rounded(to: own + 64)
      let turn = ComplexInterval(angle.cosine, -angle.sine)
      for (state, value) in zip(part.states, end) {
        result[state] = (turn * value).scaled(byPowerOfTwo: exponent)
      }
    }
    return result
  }
}
