import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The Schroedinger equation psi' = -iH psi with a sparse Hermitian matrix, as a rotation of real vectors.
///
/// A multiple c of 1 in H turns all amplitudes alike, which no figure of merit sees: the diagonal is taken relative to
/// a number in its middle.
///
/// - Phases. Let the diagonal be constant, exactly, and psi_k = i^(p_k) v_k. Then v' = A v with A_kl = -i i^(p_l - p_k)
///   H_kl, which is real and skew where H_kl is real and p_k - p_l is odd, or H_kl is imaginary and it is even. If all
///   elements allow one such choice the real and the imaginary part of v turn by A each. Adding 2 to a p_k changes the
///   sign of v_k: on a path of states all A_(k+1)k are made positive, which the engine has steps of its own for.
/// - Doubling. Else psi = x + iy with x' = Kx + Sy, y' = Ky - Sx for H = S + iK with real symmetric S and skew K.
struct HermitianFlow {
  /// Nil where nothing is coupled and the state stands still.
  let rotation: SkewRotation?
  /// The p_k, 0 to 3; nil where the vector is doubled.
  let phases: [Int]?
  let dimension: Int
  /// c.
  let shift: Interval

  /// The flow of a sector's Hamiltonian.
  init(_ sector: Sector, _ scalars: ModelScalars, precision: Int) throws {
    dimension = sector.states.count
    phases = try PhaseChoice.phases(sector, scalars).map { try PhaseChoice.alongPath($0, sector, scalars) }
    var couplings: [SkewRotation.Coupling] = []
    if let phases {
      for (column, entries) in sector.columns.enumerated() {
        for (row, element) in entries where row != column {
          couplings.append(
            .init(row: row, column: column, element, PhaseChoice.part(phases[column] - phases[row])))
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
    return amplitudes(of: try parts(of: start).map(run))
  }

  /// The real vectors that the rotation turns: both parts of v = i^-p psi, or those of psi as one vector.
  func parts(of amplitudes: [ComplexInterval]) -> [[Interval]] {
    guard let phases else { return [amplitudes.map(\.real) + amplitudes.map(\.imaginary)] }
    let turned = zip(amplitudes, phases).map { $0.turned(by: -$1) }
    return [turned.map(\.real), turned.map(\.imaginary)]
  }

  /// The amplitudes whose parts these are.
  func amplitudes(of parts: [[Interval]]) -> [ComplexInterval] {
    guard let phases else { return (0..<dimension).map { ComplexInterval(parts[0][$0], parts[0][dimension + $0]) } }
    return (0..<dimension).map { ComplexInterval(parts[0][$0], parts[1][$0]).turned(by: phases[$0]) }
  }
}

extension ComplexInterval {
  /// The number times a power of i.
  func turned(by quarters: Int) -> ComplexInterval {
    switch quarters & 3 {
    case 0: self
    case 1: ComplexInterval(-imaginary, real)
    case 2: ComplexInterval(-real, -imaginary)
    default: ComplexInterval(imaginary, -real)
    }
  }
}
