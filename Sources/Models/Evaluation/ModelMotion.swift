import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The motion of a model's pure start on the finitely many basis states that it reaches, for what no figure asks:
/// vectors that are taken apart between two times.
public struct ModelMotion {
  /// The amplitudes at t = 0, in the order of the basis.
  public let start: [ComplexInterval]
  private let sector: Sector
  private let flow: HermitianFlow
  private let point: ModelPoint
  private let budget: Budget

  /// The motion at given parameters.
  ///
  /// - Throws: ``BadInput`` as figures of the model do, ``Unanswered`` for starts that are mixed or reach basis states
  ///   without end, ``NotToldYet`` where more bits are needed.
  public init(_ model: Model, _ arguments: Arguments, precision: Int, within budget: Budget) throws {
    let point = try ModelPoint(model, arguments, precision: precision)
    var evolution = try ModelEvolution(point, within: budget)
    let start = try evolution.start
    guard start.vectors.count == 1, start.coefficients.count == 1, start.open.isEmpty,
      try evolution.modeStart(0, bits: precision) == nil
    else { throw Unanswered(beyond: "the motion is that of pure starts on finitely many basis states") }
    let (sector, flow) = try evolution.flow(of: start.vectors[0])
    let zero = ComplexInterval.zero(precision: precision)
    self.start = try sector.states.map { try start.vectors[0][$0].map(point.scalars.enclosure) ?? zero }
    (self.sector, self.flow, self.point, self.budget) = (sector, flow, point, budget)
  }

  /// The basis states, each by its numbers on the factors and cells.
  public var states: [[Int]] { sector.states.map(point.basis.numbers) }

  /// A vector after a time, of either sign, up to a phase that all of them share.
  ///
  /// - Parameter bits: the error is about 2^-bits times the size of the vector.
  public func evolved(_ vector: [ComplexInterval], for time: Interval, bits: Int) throws -> [ComplexInterval] {
    try flow.evolved(vector, for: time, bits: bits, within: budget)
  }

  /// The level of each basis state in the Hamiltonian of a part, which has to be diagonal with rational levels.
  ///
  /// - Throws: ``BadInput`` for names that are none and for other Hamiltonians.
  public func levels(of part: String) throws -> [Rational] {
    guard let part = point.model.parts.first(where: { $0.name == part }) else {
      throw BadInput("\(point.model.name): unknown part '\(part.abridged)'")
    }
    let polynomial = try point.hermitian(part.hamiltonian)
    return try sector.states.map { state in
      let column = try point.basis.column(of: polynomial, at: state, in: point.scalars)
      let level = try point.scalars.value(of: column[state] ?? RadicalSum())
      guard column.keys.allSatisfy({ $0 == state }), let number = level.number, number.imaginary.signum == 0 else {
        throw part.hamiltonian.fault("the levels are no rationals of basis states; accepted: such Hamiltonians here")
      }
      return number.real
    }
  }
}
