import ArbitraryPrecision
import Operators

/// The truth at a time in doubles, for what is told beside the bounds.
struct DoubleState {
  private typealias Number = (real: Double, imaginary: Double)

  private enum Content {
    case vector([BasisState: Number])
    case elements([DensityBlock.Place: Number])
  }

  private let content: Content

  init(vector: [BasisState: ComplexInterval]) { content = .vector(vector.mapValues(Self.double)) }

  init(elements: PathDistance.Elements) { content = .elements(elements.mapValues(Self.double)) }

  private static func double(_ value: ComplexInterval) -> Number {
    func middle(_ interval: Interval) -> Double { interval.midpoint?.double(rounding: .nearest) ?? .nan }
    return (middle(value.real), middle(value.imaginary))
  }

  /// The numbers that it consists of.
  var count: Int {
    switch content {
    case .vector(let vector): vector.count
    case .elements(let elements): elements.count
    }
  }

  /// The 2-norm of what stands on other basis states than some, of matrices the Frobenius norm of the elements that are
  /// not between these: a state that holds nothing there is as far from it at least.
  func outside(_ own: Set<BasisState>) -> Double {
    switch content {
    case .vector(let vector):
      vector.reduce(0) { own.contains($1.key) ? $0 : $0 + Self.square($1.value) }.squareRoot()
    case .elements(let elements):
      elements.reduce(0) { sum, element in
        let isMet = own.contains(element.key.row) && own.contains(element.key.column)
        return isMet ? sum : sum + Self.square(element.value) * (element.key.isDiagonal ? 1 : 2)
      }.squareRoot()
    }
  }

  /// The 2-norm of the difference, of matrices the greatest trace norm that its Frobenius norm allows; something beyond
  /// a limit where that is exceeded.
  ///
  /// - Parameter isConjugate: whether the conjugate of the given state is meant.
  func distance(_ given: ForeignState, isConjugate: Bool, limit: Double) -> Double {
    let sign = isConjugate ? -1.0 : 1.0
    let met = Set(given.places.compactMap { $0 })
    let far = outside(met)
    var sum = far * far
    let own = given.trajectory.states[given.number]
    switch content {
    case .vector(let vector):
      for (place, state) in given.places.enumerated() {
        let truth = state.flatMap { vector[$0] } ?? (0, 0)
        sum += Self.square((own.real[place] - truth.real, sign * own.imaginary[place] - truth.imaginary))
      }
      return sum.squareRoot()
    case .elements(let elements):
      var others: Set<BasisState> = []
      for place in elements.keys { others.formUnion([place.row, place.column]) }
      let rows = Double(given.places.count + others.subtracting(met).count)
      for (row, first) in given.places.enumerated() where rows * sum <= limit * limit {
        for (column, second) in given.places.enumerated() {
          let own = given.number(row, column)
          var truth: Number = (0, 0)
          if let first, let second {
            if let found = elements[.init(row: max(first, second), column: min(first, second))] {
              truth = first >= second ? found : (found.real, -found.imaginary)
            }
          }
          sum += Self.square((own.real - truth.real, sign * own.imaginary - truth.imaginary))
        }
      }
      // |X|_1 <= sqrt(rows) |X|_F.
      return (rows * sum).squareRoot()
    }
  }

  private static func square(_ number: Number) -> Double {
    number.real * number.real + number.imaginary * number.imaginary
  }

  /// The least 2-norm of the difference over all phases of the given vector; nil of matrices.
  func distanceUpToPhase(_ given: ForeignState) -> Double? {
    guard case .vector(let vector) = content else { return nil }
    let own = given.trajectory.states[given.number]
    var (real, imaginary) = (0.0, 0.0)
    for (place, state) in given.places.enumerated() {
      let (x, y) = (own.real[place], own.imaginary[place])
      guard let truth = state.flatMap({ vector[$0] }) else { continue }
      real += truth.real * x + truth.imaginary * y
      imaginary += truth.real * y - truth.imaginary * x
    }
    // The phase that turns the given vector nearest.
    let size = (real * real + imaginary * imaginary).squareRoot()
    let turn: Number = size > 0 ? (real / size, -imaginary / size) : (1, 0)
    var rest = vector
    var sum = 0.0
    for (place, state) in given.places.enumerated() {
      let (x, y) = (own.real[place], own.imaginary[place])
      let truth = state.flatMap { rest.removeValue(forKey: $0) } ?? (0, 0)
      sum += Self.square(
        (x * turn.real - y * turn.imaginary - truth.real, x * turn.imaginary + y * turn.real - truth.imaginary))
    }
    return rest.values.reduce(sum) { $0 + Self.square($1) }.squareRoot()
  }
}

extension ForeignState {
  /// An element of the density matrix, or of the projector of the vector.
  fileprivate func number(_ row: Int, _ column: Int) -> (real: Double, imaginary: Double) {
    guard !trajectory.isDensity else { return trajectory.element(row, column, of: number) }
    let own = trajectory.states[number]
    let (a, b) = (own.real[row], own.imaginary[row])
    let (x, y) = (own.real[column], own.imaginary[column])
    return (a * x + b * y, b * x - a * y)
  }
}
