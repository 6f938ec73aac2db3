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

  /// The weight on some basis states.
  func weight(_ isMeant: (BasisState) -> Bool) -> Double {
    switch content {
    case .vector(let vector):
      vector.reduce(0) { sum, element in
        isMeant(element.key)
          ? sum + element.value.real * element.value.real + element.value.imaginary * element.value.imaginary : sum
      }
    case .elements(let elements):
      elements.reduce(0) { $1.key.isDiagonal && isMeant($1.key.row) ? $0 + $1.value.real : $0 }
    }
  }

  /// The 2-norm of the difference, of matrices the Frobenius norm.
  ///
  /// - Parameter isConjugate: whether the conjugate of the given state is meant.
  func distance(_ given: ForeignState, isConjugate: Bool) -> Double {
    let sign = isConjugate ? -1.0 : 1.0
    switch content {
    case .vector(let vector):
      let own = given.trajectory.states[given.number]
      let met = Set(given.places.compactMap { $0 })
      var sum = vector.reduce(0) { met.contains($1.key) ? $0 : $0 + Self.square($1.value) }
      for (place, state) in given.places.enumerated() {
        let truth = state.flatMap { vector[$0] } ?? (0, 0)
        sum += Self.square((own.real[place] - truth.real, sign * own.imaginary[place] - truth.imaginary))
      }
      return sum.squareRoot()
    case .elements(let elements):
      guard given.trajectory.isDensity else { return .infinity }
      let met = Set(given.places.compactMap { $0 })
      var sum = elements.reduce(0) { sum, element in
        let isMet = met.contains(element.key.row) && met.contains(element.key.column)
        return isMet ? sum : sum + Self.square(element.value) * (element.key.isDiagonal ? 1 : 2)
      }
      for (row, first) in given.places.enumerated() {
        for (column, second) in given.places.enumerated() {
          let own = given.trajectory.element(row, column, of: given.number)
          var truth: Number = (0, 0)
          if let first, let second {
            if let found = elements[.init(row: max(first, second), column: min(first, second))] {
              truth = first >= second ? found : (found.real, -found.imaginary)
            }
          }
          sum += Self.square((own.real - truth.real, sign * own.imaginary - truth.imaginary))
        }
      }
      return sum.squareRoot()
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
