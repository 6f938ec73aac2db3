import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The vectors of a model with modes on whole levels up to some quanta, by Taylor's series.
///
/// With P the projector on these levels, phi(s) the flow of P H P from the vector at the beginning of a step, and psi
/// the true one,
///
///     |psi(t) - phi(t)| <= what it was before + integral over the steps of |(1 - P) H phi(s)| ds + arithmetic.
///
/// The amplitudes at the edge are bounded on a whole step by the terms of its series, |phi_e(s)| <= sum of |T_k,e|, up
/// to the remainder: so the defect follows the path step by step. Where a step loses more than its share modes whose
/// edge it loses through get more levels, and all is done again from the start.
struct WholePath {
  let space: WholeSpace
  /// The ends of the vectors.
  private let vectors: [[ComplexInterval]]
  private let distances: [VectorDistance]

  /// A step's losses.
  private struct Loss: Sendable {
    /// Bounds of the elements of (1 - P) H phi on the step, with B of the states there.
    let image: [(weight: Integer, size: UpperBound)]
    /// At least the length of what these leave out.
    let rest: Interval
  }

  init(
    _ point: ModelPoint, _ written: ModelPoint.Operator, _ start: StartState, for time: Interval, within budget: Budget
  ) throws {
    let bits = point.precision - 32
    let starts = try start.vectors.indices.map { place in
      try start.open[place].map { try $0.cut(point, bits: bits + 4, within: budget) }
        ?? ModeStart(start.vectors[place], point)
    }
    var levels: [Int: Int] = [:]
    for mode in point.modes {
      let greatest = starts.flatMap(\.amplitudes.keys).reduce(0) { max($0, point.basis.number(of: mode, in: $1)) }
      levels[mode] = greatest + 4
    }
    let terms = try ModeTerm.terms(of: point.hamiltonian(), modes: point.modes, point)
    while true {
      let space = try WholeSpace(Array(0..<point.basis.count), levels: levels, point)
      let matrix = try space.matrix(try space.terms(written), within: budget)
      let run = Run(
        point: point, terms: terms, space: space, matrix: matrix, time: time, bits: bits, budget: budget)
      var open: [Int: Interval] = [:]
      var (vectors, distances): ([[ComplexInterval]], [VectorDistance]) = ([], [])
      for vector in starts {
        guard let end = try run.evolved(vector, share: starts.count, leaks: &open) else { break }
        vectors.append(end.vector)
        distances.append(end.distance)
      }
      if vectors.count == starts.count {
        (self.space, self.vectors, self.distances) = (space, vectors, distances)
        return
      }
      let greatest = open.values.reduce(Interval(0, precision: 64)) { $0.maximum($1) }
      for (mode, leak) in open where (1024 * leak).upper >= greatest.lower {
        levels[mode, default: 1] += max(4, levels[mode, default: 1] / 2)
      }
    }
  }

  /// The state.
  func content(_ start: StartState) -> WholeState.Content {
    .frame(
      vectors, start.coefficients, StateDistance(distances, norms: vectors.map(Self.length), start.coefficients))
  }

  // MARK: - Vectors of real numbers

  /// x_0, y_0, x_1, y_1, ...
  static func elements(_ vector: [ComplexInterval]) -> [Interval] { vector.flatMap { [$0.real, $0.imaginary] } }

  static func amplitudes(_ elements: [Interval]) -> [ComplexInterval] {
    stride(from: 0, to: elements.count, by: 2).map { ComplexInterval(elements[$0], elements[$0 + 1]) }
  }

  static func length(_ vector: [ComplexInterval]) -> Interval {
    vector.reduce(Interval(0, precision: 64)) { $0 + $1.squaredMagnitude.rounded(to: 64) }.squareRoot
  }

  /// A number in the middle of the diagonal.
  static func middle(_ matrix: WholeSpace.Matrix, precision: Int) throws -> Interval {
    let zero = Interval(0, precision: precision)
    var range: Interval?
    for (column, list) in matrix.columns.enumerated() {
      let value = list.first { $0.row == column }?.value.real ?? zero
      range = range.map { $0.hull(value) } ?? value
    }
    guard let middle = range?.midpoint, middle.isFinite else { throw NotToldYet(what: "a coupling") }
    return Interval(BigFloat(middle, precision: 64, rounding: .nearest))
  }

  /// -iH for H = S + iK: x' = K x + S y, y' = K y - S x. A multiple of 1 is left out, which turns all vectors alike.
  static func flow(_ matrix: WholeSpace.Matrix, precision: Int) throws -> TaylorFlow {
    let shift = try middle(matrix, precision: precision)
    var rows = [[(column: Int, value: Interval)]](repeating: [], count: 2 * matrix.columns.count)
    func add(_ row: Int, _ column: Int, _ value: Interval) {
      if !(value.isPoint && value.containsZero) { rows[row].append((column, value)) }
    }
    for (column, list) in matrix.columns.enumerated() {
      var isDiagonalMet = false
      for (row, value) in list {
        var real = value.real
        if row == column {
          isDiagonalMet = true
          real = real - shift
        } else {
          add(2 * row, 2 * column, value.imaginary)
          add(2 * row + 1, 2 * column + 1, value.imaginary)
        }
        add(2 * row, 2 * column + 1, real)
        add(2 * row + 1, 2 * column, -real)
      }
      if !isDiagonalMet {
        add(2 * column, 2 * column + 1, -shift)
        add(2 * column + 1, 2 * column, shift)
      }
    }
    return TaylorFlow(rows: rows)
  }

  // MARK: - A run on fixed levels

  /// One try.
  private struct Run {
    let point: ModelPoint
    let terms: [ModeTerm]
    let space: WholeSpace
    let matrix: WholeSpace.Matrix
    let time: Interval
    let bits: Int
    let budget: Budget

    /// What leads out of the space from the states that a start reaches: by the elements, so that no rounding to zero
    /// hides a way.
    private struct Boundary {
      /// The states with such an element.
      var edge: [Int] = []
      /// The states outside that they lead to.
      var outside: [[Int]] = []
      var elements: [(from: Int, to: Int, size: UpperBound)] = []
      /// At least the square of the norm of these elements, by Frobenius.
      var squaredNorm = Interval(0, precision: 64)
    }

    private func boundary(_ start: [Int]) -> Boundary {
      let isReached = matrix.reached(from: start)
      var (result, targets) = (Boundary(), [[Int]: Int]())
      for (column, list) in matrix.outside.enumerated() where isReached[column] && !list.isEmpty {
        for (numbers, value) in list {
          if targets[numbers] == nil {
            targets[numbers] = result.outside.count
            result.outside.append(numbers)
          }
          let size = UpperBound(value.magnitude.upper)
          result.elements.append((result.edge.count, targets[numbers] ?? 0, size))
          result.squaredNorm = result.squaredNorm + Interval(size.value).squared
        }
        result.edge.append(column)
      }
      return result
    }

    /// The end of a vector; nil with the leaks of the modes where too much is lost.
    func evolved(
      _ start: ModeStart, share: Int, leaks: inout [Int: Interval]
    ) throws -> (vector: [ComplexInterval], distance: VectorDistance)? {
      var vector = Array(repeating: ComplexInterval.zero(precision: point.precision), count: space.dimension)
      for (state, value) in start.amplitudes {
        guard let index = space.index(point.basis.numbers(of: state)) else { continue }
        vector[index] = value
      }
      let boundary = boundary(vector.indices.filter { !vector[$0].isExactlyZero })
      guard vector.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
      let flow = try WholePath.flow(matrix, precision: point.precision)
      let steps = try flow.steps(for: time)
      try WholeEvolution.check(entries: flow.count * share, steps: steps, bits: bits)
      let h = (time.rounded(to: 64) / steps)
      let allowed = (Interval(1, precision: 64) / steps).scaled(byPowerOfTwo: -bits)
      let weights = boundary.outside.map { numbers in
        point.basis.state(numbers).map { state in modeWeight.value(state, point.basis) } ?? 1
      }
      var losses: [Loss] = []
      var found: [Int: Interval] = [:]
      let end = try flow.evolved(
        WholePath.elements(vector), for: time, bits: bits + 12,
        watching: boundary.edge.flatMap { [2 * $0, 2 * $0 + 1] }, within: budget
      ) { step in
        var image = [UpperBound](repeating: .zero, count: boundary.outside.count)
        // |x + iy| <= |x| + |y|.
        for (from, to, size) in boundary.elements {
          image[to] = image[to] + size * (step.bounds[2 * from] + step.bounds[2 * from + 1])
        }
        let zero = Interval(0, precision: 64)
        let length = image.reduce(zero) { $0 + Interval($1.value).squared }.squareRoot
        let rest = boundary.edge.isEmpty ? zero : boundary.squaredNorm.squareRoot * step.noise
        losses.append(Loss(image: Array(zip(weights, image)), rest: rest))
        if (h * (length + rest)).upper <= allowed.lower { return true }
        for (numbers, size) in zip(boundary.outside, image) {
          for (place, number) in numbers.enumerated() where number >= space.sizes[place] {
            found[space.sites[place]] = (found[space.sites[place]] ?? zero).maximum(Interval(size.value))
          }
        }
        return false
      }
      guard let end else {
        leaks = found
        return nil
      }
      let amplitudes = WholePath.amplitudes(end.elements)
      return (amplitudes, try distance(start, end, losses, h, isClosed: boundary.edge.isEmpty))
    }

    private var conserved: QuantaBound? { QuantaBound(terms, point) }

    /// B, of a conserved number or of the theorem that the flow exists.
    private var modeWeight: ModeWeight {
      if let conserved { return conserved.weight(point) }
      return Existence.weight(terms, modes: point.modes).weight ?? ModeWeight(ofModesIn: point)
    }

    private func distance(
      _ start: ModeStart, _ end: TaylorFlow.End, _ losses: [Loss], _ h: Interval, isClosed: Bool
    ) throws -> VectorDistance {
      let (zero, weight, conserved) = (Interval(0, precision: 64), modeWeight, conserved)
      // What stays on finitely many states needs no theorem.
      if !isClosed, conserved == nil { _ = try point.existenceWeight(terms) }
      let tail = try start.tail(weight, power: 0)
      let lost = losses.reduce(zero) { sum, loss in
        sum + h * (loss.image.reduce(zero) { $0 + Interval($1.size.value).squared }.squareRoot + loss.rest)
      }
      let greatest = (0..<space.dimension).reduce(Integer(1)) { most, index in
        max(most, point.basis.state(space.numbers(index)).map { weight.value($0, point.basis) } ?? 1)
      }
      let beyond = losses.flatMap(\.image).reduce(greatest) { max($0, $1.weight) }
      let (terms, arithmetic) = (terms, end.error)
      return VectorDistance(norm: (tail + lost + arithmetic).greatest, weight: weight) { m in
        func scale(_ value: Integer) -> Interval { Interval(value, precision: 64).power(m / 2) }
        let first = try start.tail(weight, power: m)
        if isClosed, first.upper.signum == 0 { return scale(greatest) * arithmetic }
        let c = conserved == nil ? WeightGrowth(weight: weight).commutator(terms, power: m) : zero
        guard c.isBounded else { return nil }
        let growth = (c * h / 2).exponential
        // The arithmetic's error is counted from the start on.
        var result = first + scale(greatest) * arithmetic
        for loss in losses {
          let square = loss.image.reduce(zero) {
            $0 + Interval($1.weight, precision: 64).power(m) * Interval($1.size.value).squared
          }
          result = (growth * (result + h * (square.squareRoot + scale(beyond) * loss.rest))).greatest
        }
        return conserved.map { $0.growth(power: m) * result } ?? result
      }
    }
  }
}
