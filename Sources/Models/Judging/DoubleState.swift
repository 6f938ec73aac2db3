import ArbitraryPrecision
import Operators

/// The truth at a time in doubles, for what is told beside the bounds.
struct DoubleState {
  private typealias Number = (real: Double, imaginary: Double)

  private enum Content {
    case vector([BasisState: Number])
    case elements([DensityBlock.Place: Number])
    case inFrame(RoughState)
    case projector(RoughState)
  }

  private let content: Content

  init(vector: [BasisState: ComplexInterval]) { content = .vector(vector.mapValues(Self.double)) }

  init(elements: PathDistance.Elements) { content = .elements(elements.mapValues(Self.double)) }

  /// - Parameter isProjector: whether a vector stands for its projector.
  init(_ state: RoughState, isProjector: Bool = false) {
    content = isProjector ? .projector(state) : .inFrame(state)
  }

  private static func double(_ value: ComplexInterval) -> Number {
    func middle(_ interval: Interval) -> Double { interval.midpoint?.double(rounding: .nearest) ?? .nan }
    return (middle(value.real), middle(value.imaginary))
  }

  /// The numbers that it consists of.
  var count: Int {
    switch content {
    case .vector(let vector): vector.count
    case .elements(let elements): elements.count
    case .inFrame(let state), .projector(let state): state.real.count
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
    case .inFrame(let state):
      state.outside(state.frame.states.map(own.contains))
    case .projector(let state):
      // Of |y|^4 what stands between the given states: the square of their part of |y|^2.
      state.outsideOfProjector(state.frame.states.map(own.contains))
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
    case .projector(let state):
      let numbers = given.places.map { $0.flatMap { state.frame.numbers[$0] } }
      var (a, b, real, imaginary) = (0.0, 0.0, 0.0, 0.0)
      for k in state.real.indices { b += Self.square((state.real[k], state.imaginary[k])) }
      for (place, k) in numbers.enumerated() {
        let (x, y) = (own.real[place], sign * own.imaginary[place])
        a += x * x + y * y
        guard let k else { continue }
        real += x * state.real[k] + y * state.imaginary[k]
        imaginary += x * state.imaginary[k] - y * state.real[k]
      }
      let across = max(a * b - real * real - imaginary * imaginary, 0)
      return ((a - b) * (a - b) + 4 * across).squareRoot()
    case .inFrame(let state):
      let numbers = given.places.map { $0.flatMap { state.frame.numbers[$0] } }
      guard state.isMatrix else {
        for (place, k) in numbers.enumerated() {
          let truth: Number = k.map { (state.real[$0], state.imaginary[$0]) } ?? (0, 0)
          sum += Self.square((own.real[place] - truth.real, sign * own.imaginary[place] - truth.imaginary))
        }
        return sum.squareRoot()
      }
      let n = state.frame.count
      let rows = Double(n)
      for (row, first) in numbers.enumerated() where rows * sum <= limit * limit {
        for (column, second) in numbers.enumerated() {
          let own = given.number(row, column)
          var truth: Number = (0, 0)
          if let first, let second {
            let place = max(first, second) * n + min(first, second)
            truth = (state.real[place], first >= second ? state.imaginary[place] : -state.imaginary[place])
          }
          sum += Self.square((own.real - truth.real, sign * own.imaginary - truth.imaginary))
        }
      }
      return (rows * sum).squareRoot()
    }
  }

  private static func square(_ number: Number) -> Double {
    number.real * number.real + number.imaginary * number.imaginary
  }

  /// The least 2-norm of the difference over all phases of the given vector; nil of matrices.
  func distanceUpToPhase(_ given: ForeignState) -> Double? {
    let vector: [BasisState: Number]
    switch content {
    case .vector(let own): vector = own
    case .inFrame(let state) where !state.isMatrix:
      vector = Dictionary(
        uniqueKeysWithValues: state.frame.states.enumerated().map {
          ($0.element, (state.real[$0.offset], state.imaginary[$0.offset]))
        })
    default: return nil
    }
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

extension RoughState {
  /// The Frobenius norm of the elements of the projector of a vector that are not between some states.
  fileprivate func outsideOfProjector(_ isMet: [Bool]) -> Double {
    var (inside, outside) = (0.0, 0.0)
    for k in isMet.indices {
      let own = real[k] * real[k] + imaginary[k] * imaginary[k]
      if isMet[k] { inside += own } else { outside += own }
    }
    return (outside * (2 * inside + outside)).squareRoot()
  }

  /// The norm of what does not stand on some states: of vectors the other numbers, of matrices the elements of which a
  /// row or a column is another one.
  fileprivate func outside(_ isMet: [Bool]) -> Double {
    let n = frame.count
    var sum = 0.0
    if !isMatrix {
      for k in 0..<n where !isMet[k] { sum += real[k] * real[k] + imaginary[k] * imaginary[k] }
      return sum.squareRoot()
    }
    guard isMet.contains(false) else { return 0 }
    for row in 0..<n {
      for column in 0...row where !isMet[row] || !isMet[column] {
        let place = row * n + column
        let own = real[place] * real[place] + imaginary[place] * imaginary[place]
        sum += row == column ? own : 2 * own
      }
    }
    return sum.squareRoot()
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
