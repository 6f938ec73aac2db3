import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A vector of finitely many amplitudes, moved step by step.
struct SectorWalk {
  private let states: [BasisState]
  private let flow: HermitianFlow
  private let bits: Int
  /// The real parts and the imaginary ones, or both as one vector where the flow is doubled; with their errors.
  private var parts: [FlowState]
  private var time: Interval

  init(_ states: [BasisState], _ flow: HermitianFlow, from amplitudes: [ComplexInterval], bits: Int) {
    (self.states, self.flow, self.bits) = (states, flow, bits)
    time = Interval(0, precision: 64)
    if let phases = flow.phases {
      let turned = zip(amplitudes, phases).map { $0.turned(by: -$1) }
      parts = [turned.map(\.real), turned.map(\.imaginary)].map { FlowState($0, fractionBits: bits + 64) }
    } else {
      parts = [FlowState(amplitudes.map(\.real) + amplitudes.map(\.imaginary), fractionBits: bits + 64)]
    }
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

  /// Another vector after a time; what stands on other states is left out.
  func moved(
    _ vector: [BasisState: ComplexInterval], for step: Interval, within budget: Budget
  ) throws -> [BasisState: ComplexInterval] {
    let zero = ComplexInterval.zero(precision: 64)
    var walk = SectorWalk(states, flow, from: states.map { vector[$0] ?? zero }, bits: 64)
    try walk.advance(by: step, to: step, within: budget)
    return walk.amplitudes(precision: 128)
  }

  /// What the amplitudes as stored are off in the 2-norm.
  var distance: Interval { parts.reduce(Interval(0, precision: 64)) { $0 + Interval($1.error) } }

  /// The enclosures of the amplitudes, with the phase that all share.
  func amplitudes(precision: Int) -> [BasisState: ComplexInterval] {
    let angle = flow.shift * time
    let turn = ComplexInterval(angle.cosine, -angle.sine)
    return states.enumerated().reduce(into: [:]) { result, pair in
      let value: ComplexInterval
      if let phases = flow.phases {
        value = ComplexInterval(parts[0].element(pair.offset), parts[1].element(pair.offset))
          .turned(by: phases[pair.offset])
      } else {
        value = ComplexInterval(parts[0].element(pair.offset), parts[0].element(states.count + pair.offset))
      }
      if !value.isExactlyZero { result[pair.element] = turn * value }
    }
  }
}
