import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// How the state of a master equation is computed: on all elements that it reaches, or on elements that follow it where
/// these have no end.
enum OpenRoute {
  case block(MasterEvolution)
  case endless(EndlessEvolution)

  /// The route of a start: a number that keeps the modes finite decides at once, and else whether few elements are
  /// closed.
  ///
  /// - Throws: ``BadInput``, ``Unanswered``.
  init(_ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], within budget: Budget) throws {
    let hasEnd = start.open.isEmpty && start.dropped.isEmpty
    if hasEnd {
      if try Self.isBounded(point, try point.openHamiltonian(), dissipators) {
        self = .block(try MasterEvolution(point, start, dissipators, within: budget))
        return
      }
      if let block = try Self.few(point, start, dissipators, within: budget) {
        self = .block(block)
        return
      }
    }
    self = .endless(try EndlessEvolution(point, start, dissipators))
  }

  /// The elements that are closed to see whether they end.
  private static let greatestTried = 4096

  /// The route on few elements; nil where there are more.
  private static func few(
    _ point: ModelPoint, _ start: StartState, _ dissipators: [Dissipator], within budget: Budget
  ) throws -> MasterEvolution? {
    do {
      return try MasterEvolution(point, start, dissipators, atMost: greatestTried, within: budget)
    } catch is DensityBlock.TooMany {
      return nil
    }
  }

  /// Whether there are no modes, or a number of quanta and levels is kept by the Hamiltonian and raised by no jump.
  static func isBounded(
    _ point: ModelPoint, _ hamiltonian: ModelPoint.Operator, _ dissipators: [Dissipator]
  ) throws -> Bool {
    if point.modes.isEmpty { return true }
    // Of what depends on the time the words alone are looked at.
    let there = point.at(Interval(0, precision: point.precision))
    do {
      let terms = try ModeTerm.terms(of: hamiltonian, modes: point.modes, there)
      let jumps = try ModeDissipator.terms(of: dissipators, modes: point.modes, there)
      return QuantaBound(terms, jumps: jumps, point) != nil
    } catch is NotToldYet {
      return false
    }
  }

  /// The state after a time.
  ///
  /// - Parameters:
  ///   - exact: the time as a formula, where it is one.
  ///   - inDoubles: whether it is evolved in doubles.
  func state(
    after time: Interval, exact: Constant? = nil, inDoubles: Bool = false, within budget: Budget
  ) throws -> ModelState {
    switch self {
    case .block(let block): return try block.state(after: time, exact: exact, inDoubles: inDoubles, within: budget)
    case .endless(let endless):
      return inDoubles
        ? try endless.stateInDoubles(after: time, exact: exact, within: budget)
        : try endless.state(after: time, exact: exact, within: budget)
    }
  }

  /// The elements, where these have an end.
  func block(_ what: String, _ point: ModelPoint) throws -> MasterEvolution {
    guard case .block(let block) = self else {
      throw Unanswered(
        beyond: "\(point.model.name): \(what) are not served of modes that jumps or a drive take to levels without end"
          + ", unless they are Gaussian: that one state is at rest, and that the start comes to it, is not proved; "
          + "accepted: figures of the state at a time, rates, figures in windows")
    }
    return block
  }
}
