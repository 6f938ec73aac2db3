import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A vector of finitely many amplitudes, moved step by step.
struct SectorWalk {
  private let states: [BasisState]
  private let flow: HermitianFlow
  private let bits: Int
  /// The bits of the amplitudes: those of what they are used with, as longer numbers would only take longer.
  private let precision: Int
  /// The real vectors that the flow turns, with their errors.
  private var parts: [FlowState]
  private var time: Interval

  init(
    _ states: [BasisState], _ flow: HermitianFlow, from amplitudes: [ComplexInterval], bits: Int, precision: Int
  ) {
    (self.states, self.flow, self.bits, self.precision) = (states, flow, bits, precision)
    time = Interval(0, precision: 64)
    parts = flow.parts(of: amplitudes).map { FlowState($0, fractionBits: bits + 64) }
  }

  mutating func advance(by step: Interval, to time: Interval, within budget: Budget) throws {
    self.time = time
    guard let rotation = flow.rotation, step.upper.signum > 0 else { return }
    for place in parts.indices
    where (0..<parts[place].dimension).contains(where: { parts[place].storedDouble($0) != 0 })
      || parts[place].error.signum > 0
    {
      parts[place] = try rotation.flow.evolved(
        parts[place], for: step * rotation.clock, bits: bits + 32, within: budget)
    }
  }

  /// Whether a basis state is one of those that are moved.
  var own: Set<BasisState> { Set(states) }

  /// Another vector after a time, to 2^-48 about, which serves to tell a cause; what stands on other states is left
  /// out.
  func moved(
    _ vector: [BasisState: ComplexInterval], for step: Interval, within budget: Budget
  ) throws -> [BasisState: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: 64)
    var walk = SectorWalk(states, flow, from: states.map { vector[$0] ?? zero }, bits: 16, precision: 64)
    try walk.advance(by: step, to: step, within: budget)
    return walk.amplitudes
  }

  /// The enclosures of the amplitudes, with the phase that all share.
  var amplitudes: [BasisState: ComplexInterval] {
    let angle = flow.shift * time
    let turn = ComplexInterval(angle.cosine, -angle.sine).rounded(to: precision)
    let values = flow.amplitudes(
      of: parts.map { part in (0..<part.dimension).map { part.element($0).rounded(to: precision) } })
    return zip(states, values).reduce(into: [:]) { if !$1.1.isExactlyZero { $0[$1.0] = turn * $1.1 } }
  }
}
