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
  private let flow: SkewFlow?
  /// The p_k; nil where the vector is doubled.
  private let phases: [Int]?
  private let dimension: Int
  private let precision: Int

  /// The flow of a sector's Hamiltonian.
  init(_ sector: Sector, _ scalars: ModelScalars, precision: Int) throws {
    dimension = sector.states.count
    self.precision = precision
    if let phases = try HermitianFlow.phases(sector, scalars) {
      self.phases = phases
      var couplings: [SkewFlow.Coupling<Interval>] = []
      for (column, entries) in sector.columns.enumerated() {
        for (row, element) in entries where row != column {
          let value = try HermitianFlow.enclosure(element, scalars)
          // The real part of -i i^(p_l - p_k) (a + ib): the power of i is i^-1, i^0 or i^-2.
          let part: Interval =
            switch phases[column] - phases[row] {
            case 1: value.real
            case -1: -value.real
            default: value.imaginary
            }
          couplings.append(.init(row: row, column: column, part))
        }
      }
      flow = couplings.isEmpty ? nil : SkewFlow(dimension: dimension, real: couplings)
      return
    }
    phases = nil
    let d = dimension
    let middle = try HermitianFlow.middle(sector, scalars)
    var couplings: [SkewFlow.Coupling<Interval>] = []
    for column in 0..<d {
      var diagonal = -middle
      for (row, element) in sector.columns[column] {
        let value = try HermitianFlow.enclosure(element, scalars)
        if row == column {
          diagonal += value.real
        } else {
          couplings.append(.init(row: row, column: column, value.imaginary))
          couplings.append(.init(row: d + row, column: d + column, value.imaginary))
          couplings.append(.init(row: row, column: d + column, value.real))
          couplings.append(.init(row: column, column: d + row, value.real))
        }
      }
      couplings.append(.init(row: column, column: d + column, diagonal))
    }
    flow = SkewFlow(dimension: 2 * d, real: couplings)
  }

  /// The enclosure of an element, bounded as couplings need to be.
  private static func enclosure(
    _ element: RadicalSum<ScalarPolynomial>, _ scalars: ModelScalars
  ) throws -> ComplexInterval {
    let value = try scalars.enclosure(element)
    guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coupling") }
    return value
  }

  /// An exact number in the middle of the diagonal.
  private static func middle(_ sector: Sector, _ scalars: ModelScalars) throws -> Interval {
    var range: Interval?
    for (column, entries) in sector.columns.enumerated() {
      let element = entries.first { $0.row == column }?.element ?? RadicalSum()
      let value = try scalars.enclosure(element).real
      range = range.map { $0.hull(value) } ?? value
    }
    guard let range, let middle = range.midpoint, middle.isFinite else { throw NotToldYet(what: "a coupling") }
    return Interval(middle)
  }

  /// The p_k, or nil where there is no such choice.
  private static func phases(_ sector: Sector, _ scalars: ModelScalars) throws -> [Int]? {
    var diagonal: RadicalSum<ScalarPolynomial>?
    var neighbours = [[(other: Int, differs: Bool)]](repeating: [], count: sector.states.count)
    for (column, entries) in sector.columns.enumerated() {
      let own = entries.first { $0.row == column }?.element ?? RadicalSum()
      var difference = own
      try difference.add(diagonal ?? own, times: scalars.number(-1), in: scalars)
      guard difference.isZero else { return nil }
      diagonal = diagonal ?? own
      for (row, element) in entries where row != column {
        let differs: Bool
        if element.terms.values.allSatisfy(\.isVisiblyReal) {
          differs = true
        } else if try element.terms.values.allSatisfy({ try scalars.product(scalars.imaginaryUnit(), $0).isVisiblyReal }
        ) {
          differs = false
        } else {
          return nil
        }
        neighbours[row].append((column, differs))
        neighbours[column].append((row, differs))
      }
    }
    var phases = [Int?](repeating: nil, count: neighbours.count)
    for root in phases.indices where phases[root] == nil {
      phases[root] = 0
      var waiting = [(root, 0)]
      while let (state, phase) = waiting.popLast() {
        for (other, differs) in neighbours[state] {
          let expected = differs ? 1 - phase : phase
          if let known = phases[other] {
            guard known == expected else { return nil }
          } else {
            phases[other] = expected
            waiting.append((other, expected))
          }
        }
      }
    }
    return phases.map { $0 ?? 0 }
  }

  /// The amplitudes after a time; those of the start are enclosures.
  ///
  /// - Parameter bits: the error is about 2^-bits.
  func evolved(
    _ start: [ComplexInterval], for time: Interval, bits: Int, within budget: Budget
  ) throws -> [ComplexInterval] {
    guard start.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    guard let flow else { return start }
    func run(_ elements: [Interval]) throws -> [Interval] {
      // A part that is exactly zero stays so.
      guard elements.contains(where: { !($0.isPoint && $0.containsZero) }) else { return elements }
      let state = try flow.evolved(
        FlowState(elements, fractionBits: bits + 32), for: time, bits: bits, within: budget)
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
