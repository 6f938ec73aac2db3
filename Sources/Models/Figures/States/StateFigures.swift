import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

/// The figures of one state of a model.
struct StateFigures: Sendable {
  let state: ModelState
  let point: ModelPoint
  let budget: Budget
  private var locals: [[Int]: LocalState] = [:]
  private var spectra: [[Int]: BlockState] = [:]
  private var energies: [Int: PartFigures] = [:]

  init(_ state: ModelState, _ point: ModelPoint, within budget: Budget) {
    (self.state, self.point, self.budget) = (state, point, budget)
  }

  // MARK: - Sites

  /// The sites of a part.
  func sites(ofPart part: Int) throws -> [Int] { try point.sites(ofPart: part) }

  /// The sites that a figure is of.
  func sites(of subject: FigureSubject) throws -> [Int] { try point.sites(of: subject) }

  /// The number of dimensions of some sites; nil without end.
  func dimension(_ sites: [Int]) -> Integer? {
    var product = Integer(1)
    for site in sites {
      guard let dimension = point.basis.dimension(ofSite: site) else { return nil }
      product *= dimension
    }
    return product
  }

  private func others(_ sites: [Int]) -> [Int] { (0..<point.basis.count).filter { !sites.contains($0) } }

  // MARK: - Reduced states

  /// The reduced state of some sites.
  mutating func local(_ sites: [Int]) throws -> LocalState {
    if let known = locals[sites] { return known }
    let local = try LocalState(state, sites, point, within: budget)
    locals[sites] = local
    return local
  }

  /// The reduced state of some sites as blocks.
  mutating func blocks(_ sites: [Int]) throws -> BlockState {
    let local = try local(sites)
    return try BlockState(
      local.groups.map(local.matrix), dimension: dimension(sites), rank: local.rank, error: state.distance.traceNorm,
      precision: point.precision, within: budget)
  }

  /// The most rows of a matrix whose spectrum is enclosed.
  static let greatestBlock = 512
  /// Rows from which on the other side of a pure state is looked at.
  private static let leastTurned = 4

  /// The spectrum of the reduced state of some sites, by the side with the smaller blocks.
  ///
  /// With the matrix M of the amplitudes M M^H and M^H M have the same eigenvalues but for zeros; of a mixture with
  /// weights c_j the matrices sqrt(c_j) M_j stand beside each other.
  mutating func spectrum(_ sites: [Int]) throws -> BlockState {
    if let known = spectra[sites] { return known }
    var dimension = dimension(sites)
    if state.vectors.count == 1, let other = self.dimension(others(sites)), other < dimension ?? other + 1 {
      dimension = other
    }
    let frame = LocalFrame(state, sites, point)
    var matrices: [HermitianMatrix]?
    if frame.states.count >= Self.leastTurned, let turned = try TurnedFrame(state, frame, point, within: budget),
      turned.greatestGroup < frame.greatestGroup
    {
      try Self.check(turned.greatestGroup)
      matrices = try turned.matrices(within: budget)
    }
    let rank = frame.columns.reduce(0) { $0 + $1.count }
    if matrices == nil {
      try Self.check(frame.greatestGroup)
      let local = try local(sites)
      matrices = local.groups.map(local.matrix)
    }
    let result = try BlockState(
      matrices ?? [], dimension: dimension, rank: min(rank, frame.states.count), error: state.distance.traceNorm,
      precision: point.precision, within: budget)
    spectra[sites] = result
    return result
  }

  static func check(_ rows: Int) throws {
    guard rows <= greatestBlock else {
      throw Unanswered(undecided: "a reduced state with a block of \(rows) dimensions (cap \(greatestBlock))")
    }
  }

  /// The mean number of quanta of a state that is cut off; nil of others.
  private mutating func quanta(_ sites: [Int]) throws -> BlockState.Quanta? {
    let modes = sites.filter { point.basis.dimension(ofSite: $0) == nil }
    guard !modes.isEmpty, !state.distance.vectors.isEmpty else { return nil }
    let (basis, ring) = (point.basis, point.scalars)
    var number = ModelPoint.Operator()
    for site in modes {
      let factor = basis.factor(ofSite: site)
      let cell: Letter.Cell =
        basis.hasNumbers(factor) ? .number(site - basis.sites(of: factor).lowerBound) : .only
      let word = [Letter.Ladder.creation, .annihilation].map { Letter(factor, .boson($0), cell: cell) }
      try number.add(ring.one, word, in: ring)
    }
    // Of X: the diagonal with the quanta of each state.
    let local = try local(sites)
    var (own, trace) = (Interval(0, precision: point.precision), Interval(0, precision: point.precision))
    for (place, element) in local.elements where place.row == place.column {
      let count = modes.reduce(0) { $0 + basis.number(of: $1, in: local.states[place.row]) }
      own = own + Interval(count, precision: 64) * element.value.real
      trace = trace + element.value.real
    }
    let others = sites.reduce(Integer(1)) { $0 * Integer(basis.dimension(ofSite: $1) ?? 1) }
    return .init(mean: (try state.mean(number, point)).maximum(own / trace), modes: modes.count, others: others)
  }

  // MARK: - Figures of a state alone

  mutating func value(_ figure: StateFigure, _ sites: [Int]) throws -> Interval {
    switch figure {
    case .purity: return try exactPurity(sites) ?? cutPurity(sites) ?? spectrum(sites).purity
    case .entropy: return try spectrum(sites).entropy(quanta(sites))
    case .largestEigenvalue: return try spectrum(sites).largestEigenvalue
    case .coherence: return try coherence(sites)
    case .negativity: return try negativity(sites)
    }
  }

  /// Tr rho^2 where the elements are rational.
  private mutating func exactPurity(_ sites: [Int]) throws -> Interval? {
    guard state.distance.traceNorm.signum == 0, state.isExact else { return nil }
    let local = try local(sites)
    guard local.states.count <= 256 else { return nil }
    var sum = Rational(0)
    for (place, element) in local.elements {
      guard let number = element.exact?.number else { return nil }
      let square = number.real * number.real + number.imaginary * number.imaginary
      sum = sum + (place.row == place.column ? square : 2 * square)
    }
    return Interval(sum, precision: point.precision)
  }

  /// Tr rho^2 of a state of many vectors that is cut off, without a spectrum: the Frobenius norm is within the error of
  /// that of X, no greater than the trace norm.
  private mutating func cutPurity(_ sites: [Int]) throws -> Interval? {
    let error = state.distance.traceNorm
    guard error.signum != 0, state.vectors.count > 1 else { return nil }
    let square = try local(sites).elements.reduce(Interval(0, precision: point.precision)) { sum, item in
      let size = item.value.value.squaredMagnitude
      return item.key.row == item.key.column ? sum + size : sum + size.scaled(byPowerOfTwo: 1)
    }
    return (square.squareRoot + .ball(error)).nonNegative.squared
      .intersection(Interval(from: 0, to: 1, precision: point.precision))
  }

  private mutating func coherence(_ sites: [Int]) throws -> Interval {
    let local = try local(sites)
    var sum = Interval(0, precision: point.precision)
    for (place, element) in local.elements where place.row != place.column { sum = sum + element.value.magnitude }
    sum = sum.scaled(byPowerOfTwo: 1)
    let error = state.distance.traceNorm
    if error.signum == 0 { return sum }
    guard let dimension = dimension(sites) else { return (sum + .ball(try spread(sites))).nonNegative }
    return BlockState.coherence(sum, dimension: dimension, error: error)
  }

  /// At least what the sum of the magnitudes of all elements of a reduced state with modes is off that of X.
  ///
  /// For vectors u and w of the whole with the elements u_nr, n being the states of the sites and r those of the rest,
  ///
  ///     sum over n, n' of |sum over r of u_nr conj(w_n'r)| <= |u|_1 |w|_1,   |u|_1^2 = sum over r of (sum_n |u_nr|)^2,
  ///
  /// and |u|_1^2 <= S |B^(s/2) u|^2 with S = sum of B_n^-s, by the inequality of Cauchy and Schwarz. B is at least 1 +
  /// sum of n_k, and each 1 + n_k at most that: with k modes among the sites and s = 2k the sum S is at most the
  /// product of k sums of (1 + n)^-2, pi^2/6 each, and of the dimensions of the other sites. So with e_j = psi_j -
  /// phi_j the sum of |C_jk| (|phi_j|_1 |e_k|_1 + |e_j|_1 |phi_k|_1 + |e_j|_1 |e_k|_1) and S Tr D B^s will do.
  private func spread(_ sites: [Int]) throws -> Interval {
    let (basis, distance) = (point.basis, state.distance)
    let none = Interval(0, precision: 64)
    guard let weight = distance.vectors.first?.weight else { return none }
    let modes = sites.count { basis.dimension(ofSite: $0) == nil }
    let s = Rational(Integer(2 * modes))
    let far = try distance.vectors.map { try $0.weighted(s) }
    let rest = try distance.weightedDropped(s)
    let isKnown = far.allSatisfy { $0?.isBounded ?? false }
    guard isKnown, let rest, rest.isBounded else { throw NotToldYet(what: "the l1 coherence of a state of modes") }
    let lengths = state.vectors.map { vector in
      vector.reduce(none) { sum, amplitude in
        let b = Interval(weight.value(state.states[amplitude.place], basis), precision: 64)
        return sum + b.power(s) * amplitude.number.value.squaredMagnitude.rounded(to: 64)
      }.squareRoot
    }
    let sum = state.coefficients.reduce(rest) { sum, coefficient in
      let (j, k) = (coefficient.row, coefficient.column)
      let size = coefficient.number.value.magnitude.rounded(to: 64)
      let (a, b) = (far[j] ?? none, far[k] ?? none)
      return sum + size * (lengths[j] * b + a * lengths[k] + a * b)
    }
    let others = sites.reduce(Integer(1)) { $0 * Integer(basis.dimension(ofSite: $1) ?? 1) }
    let series = (Interval.pi(precision: 64).squared / 6).power(modes)
    return Interval(others, precision: 64) * series * sum
  }

  // MARK: - Parts with their Hamiltonians

  /// The energies of a part.
  mutating func part(_ part: Int) throws -> PartFigures {
    if let known = energies[part] { return known }
    let sites = try sites(ofPart: part)
    let result = try PartFigures(
      point.model.parts[part], local: try local(sites), spectrum: try spectrum(sites), dimension: dimension(sites),
      quanta: try quanta(sites), state, point, within: budget)
    energies[part] = result
    return result
  }
}

extension ModelState {
  /// Whether two exact frames are the same.
  func isSame(as other: ModelState) -> Bool {
    guard states == other.states, vectors.count == other.vectors.count, isExact, other.isExact,
      coefficients.count == other.coefficients.count
    else {
      return false
    }
    return zip(vectors, other.vectors).allSatisfy { a, b in
      a.count == b.count && zip(a, b).allSatisfy { $0.place == $1.place && $0.number.exact == $1.number.exact }
    }
      && zip(coefficients, other.coefficients).allSatisfy {
        $0.row == $1.row && $0.column == $1.column && $0.number.exact == $1.number.exact
      }
  }

  /// Whether all amplitudes and coefficients are formulas.
  var isExact: Bool {
    coefficients.allSatisfy { $0.number.exact != nil }
      && vectors.allSatisfy { $0.allSatisfy { $0.number.exact != nil } }
  }
}
