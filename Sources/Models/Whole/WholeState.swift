import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// A state on a whole space: a density matrix, or vectors with coefficients where the space is large or cut off.
struct WholeState {
  enum Content {
    /// A matrix and a bound of the trace norm of what the state is off it.
    case density(HermitianMatrix, error: BigFloat)
    /// rho = sum of C_jk v_j v_k^H, and what it is off.
    case frame([[ComplexInterval]], [ModelState.Coefficient], StateDistance)
  }

  let space: WholeSpace
  let content: Content
  let point: ModelPoint
  let budget: Budget

  private var zero: ComplexInterval { .zero(precision: point.precision) }

  /// At least the trace norm of what the state is off.
  var error: BigFloat {
    switch content {
    case .density(_, let error): error
    case .frame(_, _, let distance): distance.traceNorm
    }
  }

  // MARK: - Means

  /// Tr(rho X) for a Hermitian operator as it is written.
  ///
  /// - Parameter normal: X in normal order, of which the error of a state with modes asks for bounds.
  func mean(_ written: ModelPoint.Operator, _ normal: () throws -> ModelPoint.Operator) throws -> Interval {
    let matrix = try space.matrix(try space.terms(written), within: budget)
    let none = Interval(0, precision: point.precision)
    switch content {
    case .density(let rho, let error):
      var sum = none
      for (column, list) in matrix.columns.enumerated() {
        for (row, value) in list {
          let element = rho[column, row]
          sum = sum + value.real * element.real - value.imaginary * element.imaginary
        }
      }
      return sum + .ball(Interval(error) * matrix.norm)
    case .frame(let vectors, let coefficients, let distance):
      let images = vectors.map { matrix.applied(to: $0, precision: point.precision) }
      var sum = none
      for coefficient in coefficients {
        let inner = zip(vectors[coefficient.column], images[coefficient.row]).reduce(zero) {
          $1.0.isExactlyZero || $1.1.isExactlyZero ? $0 : $0 + $1.0.conjugate * $1.1
        }
        sum = sum + (coefficient.number.value * inner).real
      }
      if point.modes.isEmpty { return sum + .ball(Interval(distance.traceNorm) * matrix.norm) }
      return sum + .ball(try distance.error(normal(), images: whole(vectors, images, matrix), coefficients, point))
    }
  }

  /// X v_j with what leads out of the space, by basis states of the model.
  private func whole(
    _ vectors: [[ComplexInterval]], _ images: [[ComplexInterval]], _ matrix: WholeSpace.Matrix
  ) -> [ModelState.Image] {
    zip(vectors, images).map { vector, inside in
      var image = ModelState.Image()
      func add(_ numbers: [Int], _ value: ComplexInterval) {
        guard let state = point.basis.state(numbers) else { return }
        image[state] = image[state].map { $0 + value } ?? value
      }
      for (index, value) in inside.enumerated() where !value.isExactlyZero { add(space.numbers(index), value) }
      for (column, list) in matrix.outside.enumerated() where !vector[column].isExactlyZero {
        for (numbers, value) in list { add(numbers, value * vector[column]) }
      }
      return image
    }
  }

  /// d/dt Tr(rho X) = i Tr(rho (H X - X H)) = -2 Im Tr(rho H X), of a density matrix.
  func rate(_ written: ModelPoint.Operator, _ hamiltonian: WholeSpace.Matrix) throws -> Interval {
    guard case .density(let rho, let error) = content else {
      throw Unanswered(beyond: "rates by the second route are those of density matrices")
    }
    let matrix = try space.matrix(try space.terms(written), within: budget)
    var sum = Interval(0, precision: point.precision)
    // H X, column after column; Tr(rho H X) is the sum of (H X)_rc rho_cr.
    for (column, list) in matrix.columns.enumerated() {
      for (middle, x) in list {
        for (row, h) in hamiltonian.columns[middle] {
          let (product, element) = (h * x, rho[column, row])
          sum = sum + product.real * element.imaginary + product.imaginary * element.real
        }
      }
    }
    return -2 * sum + .ball(2 * Interval(error) * matrix.norm * hamiltonian.norm)
  }

  // MARK: - Reduced states

  /// The most dimensions of a reduced state.
  static let greatestPart = 32

  /// The reduced state of some sites, in rising order, on all their numbers.
  ///
  /// The partial trace by its definition: with the numbers s of the sites and e of the rest <s|r|s'> is the sum over e
  /// of <s e|rho|s' e>. Fermions of the rest that stand before those of the sites change the sign of |s e>, as the
  /// letters of the sites are to come first.
  func reduced(_ sites: [Int]) throws -> (matrix: HermitianMatrix, error: BigFloat) {
    let own = Set(sites)
    let size = zip(space.sites, space.sizes).reduce(1) { own.contains($1.0) ? $0 * $1.1 : $0 }
    guard size <= Self.greatestPart else {
      throw Unanswered(beyond: "a reduced state of \(size) dimensions by the second route (cap \(Self.greatestPart))")
    }
    var sum = Array(repeating: Array(repeating: zero, count: size), count: size)
    for group in groups(own) {
      try budget.check()
      for x in group {
        for y in group where y.row <= x.row {
          guard let value = element(x.index, y.index) else { continue }
          sum[x.row][y.row] = x.isNegative == y.isNegative ? sum[x.row][y.row] + value : sum[x.row][y.row] - value
        }
      }
    }
    return (HermitianMatrix(size, precision: point.precision) { sum[$0][$1] }, error)
  }

  /// A state by its number on the sites and its sign.
  private typealias Part = (row: Int, index: Int, isNegative: Bool)

  /// The basis states in groups that are the same beside some sites.
  private func groups(_ own: Set<Int>) -> [[Part]] {
    let isFermion = space.sites.map { point.basis.factors[point.basis.factor(ofSite: $0)].kind == .fermion }
    var rest: [[Int]: [Part]] = [:]
    for index in 0..<space.dimension {
      var (row, others, crossings) = (0, [Int](), 0)
      let numbers = space.numbers(index)
      for (place, site) in space.sites.enumerated() {
        guard own.contains(site) else {
          others.append(numbers[place])
          continue
        }
        row = row * space.sizes[place] + numbers[place]
        guard isFermion[place], numbers[place] == 1 else { continue }
        crossings += (0..<place).count { isFermion[$0] && numbers[$0] == 1 && !own.contains(space.sites[$0]) }
      }
      rest[others, default: []].append((row, index, !crossings.isMultiple(of: 2)))
    }
    return Array(rest.values)
  }

  /// An element of the density matrix; nil where it is exactly zero.
  private func element(_ row: Int, _ column: Int) -> ComplexInterval? {
    switch content {
    case .density(let rho, _): return rho[row, column]
    case .frame(let vectors, let coefficients, _):
      var sum: ComplexInterval?
      for coefficient in coefficients {
        let (a, b) = (vectors[coefficient.row][row], vectors[coefficient.column][column])
        if a.isExactlyZero || b.isExactlyZero { continue }
        let term = coefficient.number.value * a * b.conjugate
        sum = sum.map { $0 + term } ?? term
      }
      return sum
    }
  }

  /// The probability <v|r|v> of a product of vectors of some sites, by the amplitudes of their numbers.
  func weight(_ amplitudes: [(site: Int, values: [Int: ComplexInterval])]) throws -> Interval {
    let places = space.sites.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
    var sum = Interval(0, precision: point.precision)
    for group in groups(Set(amplitudes.map(\.site))) {
      try budget.check()
      let met = group.compactMap { part -> (index: Int, value: ComplexInterval)? in
        let numbers = space.numbers(part.index)
        var value = ComplexInterval(Interval(1, precision: point.precision), zero.real)
        for (site, values) in amplitudes {
          guard let place = places[site], let factor = values[numbers[place]] else { return nil }
          value = value * factor
        }
        return (part.index, part.isNegative ? zero - value : value)
      }
      for x in met {
        for y in met {
          guard let element = element(x.index, y.index) else { continue }
          sum = sum + (x.value.conjugate * element * y.value).real
        }
      }
    }
    return (sum + .ball(error)).intersection(Interval(from: 0, to: 1, precision: point.precision))
  }
}
