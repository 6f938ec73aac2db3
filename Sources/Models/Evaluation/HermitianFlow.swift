import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The Schroedinger equation psi' = -iH psi with a sparse Hermitian matrix, as a rotation of real vectors.
///
/// A multiple c of 1 in H turns all amplitudes alike, which no figure of merit sees: the diagonal is taken relative to
/// a number in its middle.
///
/// - Phases. Let the diagonal be constant, exactly, and psi_k = i^(p_k) v_k with p_k = 0 or 1. Then v' = A v with
///   A_kl = -i i^(p_l - p_k) H_kl, which is real and skew where H_kl is real and p_k, p_l differ, or H_kl is imaginary
///   and they agree. If all elements allow one such choice the real and the imaginary part of v turn by A each.
/// - Doubling. Else psi = x + iy with x' = Kx + Sy, y' = Ky - Sx for H = S + iK with real symmetric S and skew K.
struct HermitianFlow {
  /// Nil where nothing is coupled and the state stands still.
  let rotation: SkewRotation?
  /// The p_k; nil where the vector is doubled.
  let phases: [Int]?
  let dimension: Int
  /// c.
  let shift: Interval

  /// The flow of a sector's Hamiltonian.
  init(_ sector: Sector, _ scalars: ModelScalars, precision: Int) throws {
    dimension = sector.states.count
    phases = try PhaseChoice.phases(sector, scalars)
    var couplings: [SkewRotation.Coupling] = []
    if let phases {
      for (column, entries) in sector.columns.enumerated() {
        for (row, element) in entries where row != column {
          // The real part of -i i^(p_l - p_k) (a + ib): the power of i is i^-1, i^0 or i^-2.
          switch phases[column] - phases[row] {
          case 1: couplings.append(.init(row: row, column: column, element, .real))
          case -1: couplings.append(.init(row: row, column: column, element, .minusReal))
          default: couplings.append(.init(row: row, column: column, element, .imaginary))
          }
        }
      }
      rotation = couplings.isEmpty ? nil : try SkewRotation(dimension: dimension, couplings, scalars)
      let diagonal = sector.columns.first?.first { $0.row == 0 }?.element ?? RadicalSum()
      shift = try scalars.enclosure(diagonal).real
      return
    }
    let d = dimension
    for column in 0..<d {
      var diagonal = RadicalSum<ScalarPolynomial>()
      for (row, element) in sector.columns[column] {
        if row == column {
          diagonal = element
        } else {
          couplings.append(.init(row: row, column: column, element, .imaginary))
          couplings.append(.init(row: d + row, column: d + column, element, .imaginary))
          couplings.append(.init(row: row, column: d + column, element, .real))
          couplings.append(.init(row: column, column: d + row, element, .real))
        }
      }
      couplings.append(.init(row: column, column: d + column, diagonal, .centred))
    }
    let rotation = try SkewRotation(dimension: 2 * d, couplings, scalars)
    (self.rotation, shift) = (rotation, rotation.shift)
  }

  /// The amplitudes after a time; those of the start are enclosures.
  ///
  /// - Parameter bits: the error is about 2^-bits.
  func evolved(
    _ start: [ComplexInterval], for time: Interval, bits: Int, within budget: Budget
  ) throws -> [ComplexInterval] {
    guard start.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    guard let rotation else { return start }
    func run(_ elements: [Interval]) throws -> [Interval] {
      // A part that is exactly zero stays so.
      guard elements.contains(where: { !($0.isPoint && $0.containsZero) }) else { return elements }
      let state = try rotation.flow.evolved(
        FlowState(elements, fractionBits: bits + 32), for: time * rotation.clock, bits: bits, within: budget)
      return (0..<state.dimension).map(state.element)
    }
    guard let phases else {
      let both = try run(start.map(\.real) + start.map(\.imaginary))
      return (0..<dimension).map { ComplexInterval(both[$0], both[dimension + $0]) }
    }
    // v = i^-p psi, and back.
    let turned = zip(start, phases).map { $1 == 0 ? $0 : ComplexInterval($0.imaginary, -$0.real) }
    let (x, y) = (try run(turned.map(\.real)), try run(turned.map(\.imaginary)))
    return (0..<dimension).map { phases[$0] == 0 ? ComplexInterval(x[$0], y[$0]) : ComplexInterval(-y[$0], x[$0]) }
  }
}
