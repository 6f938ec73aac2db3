import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Vectors on finitely many states that a Hamiltonian alone moves, step by step.
extension ModelEvolution {
  /// A vector of the start on the states that it reaches, or that some vectors reach together.
  ///
  /// - Throws: ``NotToldYet`` where an amplitude is not bounded.
  mutating func sectorWalk(_ vector: StartState.Vector, among whole: StartState.Vector, bits: Int) throws -> SectorWalk
  {
    let (sector, flow) = try flow(of: whole)
    let zero = ComplexInterval.zero(precision: point.precision)
    let amplitudes = try sector.states.map { try vector[$0].map(point.scalars.enclosure) ?? zero }
    guard amplitudes.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    return SectorWalk(sector.states, flow, from: amplitudes, bits: bits, precision: point.precision)
  }

  /// The vectors of a mixture at rising times; nil where jumps or a drive move them, or one has no last state.
  mutating func mixtureWalk(bits: Int) throws -> MixtureWalk? {
    guard try !isOpen() else { return nil }
    let start = try start
    var walks: [Int: SectorWalk] = [:]
    for group in Self.groups(start) {
      for place in group where try modeStart(place, bits: bits) != nil { return nil }
      let whole = group.reduce(into: StartState.Vector()) { $0.merge(start.vectors[$1]) { first, _ in first } }
      for place in group { walks[place] = try sectorWalk(start.vectors[place], among: whole, bits: bits) }
    }
    // A vector without a weight is in no group.
    let own = start.vectors.indices.compactMap { walks[$0] }
    guard own.count == start.vectors.count else { return nil }
    return MixtureWalk(own, dropped: try droppedFlow())
  }
}
