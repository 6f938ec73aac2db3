import ArbitraryPrecision
import Operators
import Synchronization

/// The columns of operators that were asked for, as enclosures: a mean along a path asks for the same at each time.
final class OperatorColumns: Sendable {
  /// The elements of a column that are not zero, by rising images.
  typealias Column = [(image: BasisState, element: ComplexInterval)]

  /// The columns of one operator.
  final class Known: Sendable {
    private let columns = Mutex<[BasisState: Column]>([:])

    func column(_ state: BasisState, _ find: () throws -> Column) rethrows -> Column {
      if let known = columns.withLock({ $0[state] }) { return known }
      let found = try find()
      columns.withLock { if $0.count < OperatorColumns.greatestCount { $0[state] = found } }
      return found
    }

    /// The operator in doubles on the frame that was asked for last.
    private let inDoubles = Mutex<(frame: RoughFrame, found: RoughOperator?)?>(nil)

    func rough(_ frame: RoughFrame, _ find: () throws -> RoughOperator?) rethrows -> RoughOperator? {
      if let known = inDoubles.withLock({ $0 }), known.frame === frame { return known.found }
      let found = try find()
      inDoubles.withLock { $0 = (frame, found) }
      return found
    }
  }

  /// The most operators, and the most columns of each.
  private static let greatestOperators = 64
  private static let greatestCount = 1 << 14

  private let known = Mutex<[ModelPoint.Operator: Known]>([:])

  func of(_ polynomial: ModelPoint.Operator) -> Known {
    known.withLock { known in
      if let own = known[polynomial] { return own }
      if known.count >= Self.greatestOperators { known.removeAll() }
      let own = Known()
      known[polynomial] = own
      return own
    }
  }
}

extension ModelPoint {
  /// The columns of an operator at some states, each found when it is first asked for.
  func columns(of polynomial: Operator, at states: [BasisState]) throws -> [OperatorColumns.Column] {
    let known = columns.of(polynomial)
    var placed: ProductBasis.PlacedOperator<ScalarPolynomial>?
    return try states.map { state in
      try known.column(state) {
        let own = try placed ?? basis.placed(polynomial)
        placed = own
        return try basis.column(of: own, at: state, in: scalars).sorted { $0.key < $1.key }
          .map { ($0.key, try scalars.enclosure($0.value)) }
      }
    }
  }
}
