import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics
import States

extension StateFigures {
  // MARK: - Negativity

  /// The negativity of some sites against the rest.
  ///
  /// Of a pure state with Schmidt coefficients s_i it is ((sum of s_i)^2 - 1)/2, and else the sum of the magnitudes of
  /// all negative eigenvalues of the partial transpose, half of what its trace norm exceeds its trace by. With an
  /// error e the norm is within d e, d the smaller dimension of both sides (``DensityMatrix``), and the trace within
  /// e.
  mutating func negativity(_ sites: [Int]) throws -> Interval {
    let basis = point.basis
    guard !(0..<basis.count).contains(where: { basis.factors[basis.factor(ofSite: $0)].kind == .fermion }) else {
      throw BadInput(
        "\(point.model.name): the negativity of fermions is not served; accepted: models without fermions")
    }
    let zero = Interval(0, precision: point.precision)
    let rest = (0..<basis.count).filter { !sites.contains($0) }
    if rest.isEmpty { return zero }
    let (own, other) = (dimension(sites), dimension(rest))
    let error = state.distance.traceNorm
    let smaller = [own, other].compactMap { $0 }.min()
    guard error.signum == 0 || smaller != nil else {
      throw BadInput(
        "\(point.model.name): the negativity of two sides with modes whose state is cut off does not follow from the "
          + "error in the trace norm; accepted: a side without modes")
    }
    let value: Interval
    if state.vectors.count == 1, error.signum == 0 {
      let spectrum = try spectrum(sites)
      let sum = spectrum.eigenvalues.reduce(zero) { $0 + $1.squareRoot }
      let isProduct = spectrum.eigenvalues.dropFirst().allSatisfy { $0.isPoint && $0.containsZero }
      value = isProduct ? zero : (sum.squared - 1).scaled(byPowerOfTwo: -1).nonNegative
    } else {
      let transposed = try PartialTransposition(state, sites, point, within: budget)
      if error.signum == 0, transposed.isPositive == true { return zero }
      value = try transposed.negative(within: budget)
    }
    guard let smaller else { return value }
    let range = Interval(.zero(precision: 64), Interval(smaller - 1, precision: 64).scaled(byPowerOfTwo: -1).upper)
    let off = Interval(smaller + 1, precision: 64) * Interval(error).scaled(byPowerOfTwo: -1)
    return (error.signum == 0 ? value : value + .ball(off.upper)).intersection(range ?? .entire(precision: 64))
  }

  // MARK: - Concurrence

  /// The concurrence of two qubits or spins 1/2 (Wootters, Phys. Rev. Lett. 80, 2245, 1998).
  ///
  /// A pure state of both has 2|ad - bc| of its amplitudes; a state whose only elements beside the diagonal are (0, 3)
  /// and (1, 2) twice the greater one of |r_03| - sqrt(r_11 r_22) and |r_12| - sqrt(r_00 r_33), or zero (Yu and Eberly,
  /// Quantum Inf. Comput. 7, 459, 2007).
  mutating func concurrence(_ x: PartDeclaration.Place, _ y: PartDeclaration.Place) throws -> Interval {
    let (left, right) = (try qubit(x), try qubit(y))
    guard left != right else { throw y.entry.fault("the concurrence of a qubit with itself; accepted: two qubits") }
    let sites = [left, right].sorted()
    let local = try local(sites)
    let precision = point.precision
    let unit = Interval(from: 0, to: 1, precision: precision)
    /// The place of each of the four states; nil where it is not reached.
    let places = (0..<4).map { index in
      local.states.firstIndex { state in
        point.basis.number(of: sites[0], in: state) == index >> 1
          && point.basis.number(of: sites[1], in: state) == index & 1
      }
    }
    let zero = ComplexInterval.zero(precision: precision)
    func element(_ i: Int, _ j: Int) -> ComplexInterval? {
      guard let row = places[i], let column = places[j] else { return nil }
      let value = local.elements[.init(row: max(row, column), column: min(row, column))]?.value
      return row >= column ? value : value?.conjugate
    }
    let error = state.distance.traceNorm
    if error.signum == 0, let amplitudes = local.amplitudes {
      let v = places.map { $0.map { amplitudes[$0] } ?? zero }
      let hasBoth = [(0, 3), (1, 2)].contains { pair in places[pair.0] != nil && places[pair.1] != nil }
      return hasBoth ? (2 * (v[0] * v[3] - v[1] * v[2]).magnitude).intersection(unit) : zero.real
    }
    let isX = [(0, 1), (0, 2), (1, 3), (2, 3)].allSatisfy { element($0.0, $0.1) == nil }
    if error.signum == 0, isX {
      let p = (0..<4).map { (element($0, $0)?.real ?? zero.real).nonNegative }
      let outer = (element(0, 3) ?? zero).magnitude - (p[1] * p[2]).squareRoot
      let inner = (element(1, 2) ?? zero).magnitude - (p[0] * p[3]).squareRoot
      if element(0, 3) == nil, element(1, 2) == nil { return zero.real }
      return (2 * outer.maximum(inner)).maximum(zero.real).intersection(unit)
    }
    if error.signum == 0, let rational = local.rational(point.scalars), local.states.count == 4,
      rational.hasPositiveTranspose([2, 2], on: [0])
    {
      return zero.real
    }
    let matrix = HermitianMatrix(4, precision: precision) { element($0, $1) ?? zero }
    let density = try DensityMatrix(matrix, error: error, within: budget)
    return try ConvexRoof.concurrence(of: density.matrix, within: budget).intersection(unit)
  }

  private func qubit(_ place: PartDeclaration.Place) throws -> Int {
    let sites = try point.sites(of: place)
    let basis = point.basis
    let isQubit = sites.allSatisfy { site in
      switch basis.factors[basis.factor(ofSite: site)].kind {
      case .qubit, .spin(twice: 1): true
      default: false
      }
    }
    guard sites.count == 1, isQubit else {
      throw place.entry.fault(
        "the concurrence is one of two qubits, and '\(basis.factors[FactorID(place.factor)].name)' is none; accepted: "
          + "qubits, cells of them, spins 1/2")
    }
    return sites[0]
  }

  // MARK: - Fisher information

  /// The quantum Fisher information of some sites for an observable of theirs.
  mutating func fisher(_ sites: [Int], _ observable: ModelPoint.Operator, _ place: ModelFormula) throws -> Interval {
    let basis = point.basis
    let own = Set(sites)
    for letter in observable.terms.keys.joined() where !basis.support(of: letter).allSatisfy(own.contains) {
      throw place.fault(
        "the observable of 'fisher' acts on '\(basis.factors[letter.factor].name)' outside of what the state is of; "
          + "accepted: operators of its factors and cells")
    }
    let error = state.distance.traceNorm
    if state.vectors.count == 1, sites.count == basis.count {
      return 4 * (try state.variance(observable, point))
    }
    // A real number near the mean, of which the information knows nothing, keeps the terms small.
    let middle = try state.mean(observable, point).midpoint.map { Interval($0) } ?? Interval(0, precision: 64)
    let square = state.square(
      try state.images(of: observable, minus: middle, point, isWhole: true), precision: point.precision)
    let (local, blocks) = (try local(sites), try blocks(sites))
    let groups = local.groups
    try StateFigures.check(groups.map(\.count).max() ?? 0)
    let columns = try PartEnergy(observable, on: local.states, point).columns
    let values = try columns.map { try $0.mapValues(point.scalars.enclosure) }
    let states = local.states
    let zero = Interval(0, precision: point.precision)
    let result = try QuantumInformation.value(of: blocks, square: square, within: budget) { block, i, other, j in
      let (row, column) = (groups[block][i], groups[other][j])
      let value = values[column][states[row]]
      guard row == column else { return value }
      return (value ?? ComplexInterval(zero, zero)) - ComplexInterval(middle, zero)
    }
    guard error.signum > 0 else { return result }
    // The observable acts on few of the sites.
    let met = Set(observable.terms.keys.joined().flatMap(basis.met(by:))).sorted()
    guard dimension(met) != nil else { throw BlockState.unbounded("the Fisher information") }
    let levels = try PartLevels(of: observable, on: met, room: 1, place, point, within: budget).energies(
      point.scalars)
    guard let bottom = levels.rising.first?.energy, let top = levels.rising.last?.energy else { return result }
    return (result / blocks.trace + .ball(QuantumInformation.spread(error: error, width: top - bottom))).nonNegative
  }
}
