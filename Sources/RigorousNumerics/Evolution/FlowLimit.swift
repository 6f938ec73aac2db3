import ArbitraryPrecision

/// The limit of a flow x' = Mx of a constant matrix as t goes to infinity, from one start.
///
/// Classes of elements that feed one another (``FlowClasses``) stand in an order in which each is fed by earlier ones
/// alone, and the eigenvalues of M are those of its blocks M_C on the classes. Elements that the start does not reach
/// stay zero.
///
/// - A class that feeds another one decays where all eigenvalues of M_C have negative real parts, and y_C = integral of
///   x_C over all times is the solution of M_C y_C = -x_C(0) - sum over D of M_CD y_D.
/// - A class that feeds no other one has conserved quantities: functionals l with l M_C = 0, exactly; the trace on it
///   is one. Let l_1 ... l_k be such functionals, and r_i vectors. The matrix A = M_C - c sum over i of r_i l_i maps
///   every l_j to -c sum over i of (l_j r_i) l_i, and on their common kernel, to which M_C leads, it is M_C. Where all
///   eigenvalues of A have negative real parts, those of M_C on that kernel have: M_C is invertible there, every vector
///   is one of it and one at rest, and the eigenvalue zero has as many dimensions as there are independent l_i (A.
///   Brauer, Duke Math. J. 19, 75, 1952). So x_C comes to rest, at the solution of
///
///       A x = -c sum over i of r_i w_i,    w_i = l_i x_C(0) + sum over D of l_i M_CD y_D,
///
///   w_i being what l_i x_C becomes: x_C at rest has M_C x = 0 and l_i x = w_i.
/// - A class that feeds another one and does not decay, as one with a dark state, is taken together with all that
///   it feeds: that set feeds nothing else, and of it all holds that was said of a class that feeds no other one.
///
/// That the real parts are negative is shown in one of two ways.
///
/// **One state at rest.** For a master equation, on elements |k><l| that are closed under products: the pairs (k, l) of
/// an equivalence relation. Such matrices are an algebra, blocks on the classes of the relation, and exp(tL) maps it
/// into itself, completely positively, and keeps the trace. Where it has *one* state at rest that attracts (Schirmer
/// and Wang, Phys. Rev. A 81, 062306, 2010, arXiv:0909.1596): let s be the state, P its support, and L X = i w X. The
/// dual maps S_t increase P to an element at rest, a multiple of 1 as these have one dimension too, so all weight comes
/// into P, and X = P X P, norms of it being kept. On P s is faithful, and the dual maps there have an element Y with
/// S_t Y = e^(iwt) Y up to the sign of w. By Schwarz' inequality S_t(Y'Y) >= Y'Y, by s with equality. So Y'Y is at
/// rest, a multiple of 1, and Y invertible; as equality makes S_t multiplicative on Y, S_t Y^n = e^(inwt) Y^n, Y^n !=
/// 0 for all n. Eigenvalues being finitely many, w = 0; and exp(tL) being bounded, zero has no Jordan block. Hence all
/// that is asked is that M has a kernel of one dimension on such a set of elements, those the start does not reach
/// included: every M_C is invertible but for one that feeds no other class, and for which A with the trace is. On sets
/// that are not closed it is wrong: the populations and the imaginary coherence of a qubit with H = s_x/2 and no jump
/// have one state at rest, and turn for ever.
///
/// **By Lyapunov's equation** (``StableMatrix``) for each class that remains, with as many functionals as are found.
///
/// Nothing is proved of a class for which neither comes out: its limit is left undecided.
public struct FlowLimit: Sendable {
  /// A functional of the elements: numbers at indices.
  public typealias Functional = [Int: RootFraction]

  let flow: FlowClasses
  let trace: Set<Int>
  let precision: Int

  /// - Parameters:
  ///   - trace: indices of elements whose sum is conserved exactly.
  public init(_ flow: ContractiveFlow, trace: Set<Int>, precision: Int) {
    demand(flow.drive == nil, "FlowLimit: the matrix is constant")
    self.flow = FlowClasses(dimension: flow.dimension, flow.terms[0])
    (self.trace, self.precision) = (trace, precision)
  }

  init(_ flow: FlowClasses, trace: Set<Int>, precision: Int) {
    (self.flow, self.trace, self.precision) = (flow, trace, precision)
  }

  /// The limit, each element within its error.
  ///
  /// - Parameters:
  ///   - isAlgebra: whether a set of elements that feeds no other one is closed under products, both parts of all its
  ///     elements included.
  ///   - isConserved: whether a functional is zero on M x for every x in a set of elements, exactly.
  /// - Throws: ``Unanswered`` where the state is not proved to come to rest.
  public func limit(
    from start: [Interval], within budget: Budget, isAlgebra: ([Int]) -> Bool,
    isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [Interval] {
    demand(start.count == flow.targets.count, "FlowLimit: the start has another dimension")
    let zero = Interval(0, precision: precision)
    var limit = start.map { _ in zero }
    /// What each element has been fed in all.
    var fed = start
    let classes = try classes(from: start, within: budget)
    let attracted = try attracted(within: budget, isAlgebra)
    /// Elements of classes that feed others and do not decay, with all that they feed.
    var lasting: Set<Int> = []
    for elements in classes where !lasting.contains(elements[0]) {
      try budget.check()
      let isKnown = attracted.contains(elements[0])
      let (matrix, isLast) = flow.block(elements)
      let given = elements.map { fed[$0] }
      guard !isLast else {
        let rest =
          isKnown
          ? try resting(elements, matrix, given, within: budget)
          : try resting(elements, matrix, given, within: budget, isConserved)
        for (element, value) in zip(elements, rest) { limit[element] = value }
        continue
      }
      if !isKnown {
        try FlowLimit.checkSize(elements.count)
        guard try StableMatrix.isProved(dimension: elements.count, matrix, within: budget) else {
          lasting.formUnion(flow.reached(from: elements))
          continue
        }
      }
      guard let system = try InvertibleMatrix(dimension: elements.count, matrix, within: budget) else {
        throw FlowLimit.failure(elements.count, matrix, proved: 0)
      }
      let passed = try system.solution(given.map { -$0 }, precision: precision, within: budget)
      let places = Set(elements)
      for (element, value) in zip(elements, passed) {
        for (row, factor) in flow.targets[element] where !places.contains(row) { fed[row] += factor * value }
      }
    }
    guard !lasting.isEmpty else { return limit }
    let elements = lasting.sorted()
    let rest: [Interval]
    do {
      rest = try resting(elements, flow.block(elements).entries, elements.map { fed[$0] }, within: budget, isConserved)
    } catch let open as Unanswered where open.cause == .undecided && open != budget.timeIsOver {
      throw Unanswered(undecided: "\(open.reason); some that feed others are not seen to decay, as of a dark state")
    }
    for (element, value) in zip(elements, rest) { limit[element] = value }
    return limit
  }

  /// The classes that a start reaches, each after those that feed it.
  func classes(from start: [Interval], within budget: Budget) throws(Unanswered) -> [[Int]] {
    try flow.classes(from: { !start[$0].isExactZero }, within: budget)
  }

  // MARK: - One state at rest

  /// The elements of sets that are closed under products and on which one state is at rest.
  private func attracted(within budget: Budget, _ isAlgebra: ([Int]) -> Bool) throws -> Set<Int> {
    let all = Array(flow.targets.indices)
    if isAlgebra(all), try hasOneState(all, within: budget) { return Set(all) }
    let components = flow.components()
    guard components.count > 1 else { return [] }
    var found: Set<Int> = []
    for component in components where isAlgebra(component) {
      if try hasOneState(component, within: budget) { found.formUnion(component) }
    }
    return found
  }

  /// Whether M is proved to have a kernel of one dimension on elements that feed no others.
  private func hasOneState(_ elements: [Int], within budget: Budget) throws -> Bool {
    let own = Set(elements)
    var states = 0
    // The small ones may tell soon.
    for elements in try flow.classes(from: own.contains, within: budget).sorted(by: { $0.count < $1.count }) {
      try budget.check()
      guard elements.count <= InvertibleMatrix.greatestSize else { return false }
      let (matrix, isLast) = flow.block(elements)
      let functionals = isLast ? traces(elements) : []
      states += functionals.count
      guard states <= 1,
        try InvertibleMatrix(
          dimension: elements.count, bordered(matrix, functionals, elements.count).matrix, within: budget) != nil
      else { return false }
    }
    return states == 1
  }

  /// The trace on a class that feeds no other one, if it holds any: the whole sum is conserved.
  func traces(_ elements: [Int]) -> [Functional] {
    let diagonal = elements.indices.filter { trace.contains(elements[$0]) }
    return diagonal.isEmpty ? [] : [diagonal.reduce(into: [:]) { $0[$1] = RootFraction(1) }]
  }

  // MARK: - Classes at rest

  /// M_C - c sum over i of r_i l_i, and the vectors c r_i, in doubles: l_j r_i is about one for j = i and else zero.
  ///
  /// - Parameter far: whether c is to be beyond all eigenvalues.
  func bordered(
    _ matrix: [ContractiveFlow.Entry], _ functionals: [Functional], _ n: Int, far: Bool = false
  ) -> (matrix: [ContractiveFlow.Entry], raised: [[Int: Interval]]) {
    let scale = far ? 4 * FlowLimit.greatestRowSum(matrix, n) : FlowLimit.scale(matrix, n)
    let doubles = functionals.map {
      $0.mapValues { $0.enclosure(precision: 64).anchor?.double(rounding: .nearest) ?? 0 }
    }
    var square = DoubleMatrix(zero: functionals.count)
    for (i, l) in doubles.enumerated() {
      for (j, other) in doubles.enumerated() { square[i, j] = l.reduce(0) { $0 + $1.value * (other[$1.key] ?? 0) } }
    }
    let dual = (try? square.inverse(within: Budget())) ?? square
    let raised = functionals.indices.map { i -> [Int: Interval] in
      var sums: [Int: Double] = [:]
      for (j, l) in doubles.enumerated() { for (place, value) in l { sums[place, default: 0] += dual[i, j] * value } }
      return sums.compactMapValues { Interval(exactly: scale * $0, precision: precision) }
    }
    var deflated = matrix
    for (r, l) in zip(raised, functionals) {
      let l = l.mapValues { $0.enclosure(precision: precision) }
      for (row, a) in r { for (column, b) in l { deflated.append(.init(row, column, -a * b)) } }
    }
    return (deflated, raised)
  }

  /// Whether l_j r_i is one for j = i and else zero, up to an eighth for all i together, c r_i being given.
  func areDual(_ raised: [[Int: Interval]], _ functionals: [Functional], _ matrix: [ContractiveFlow.Entry], _ n: Int)
    -> Bool
  {
    guard let scale = Interval(exactly: 4 * FlowLimit.greatestRowSum(matrix, n), precision: 64) else { return false }
    return functionals.indices.allSatisfy { j in
      let l = functionals[j].mapValues { $0.enclosure(precision: 64) }
      let sum = raised.indices.reduce(Interval(0, precision: 64)) { sum, i in
        let product = raised[i].reduce(Interval(0, precision: 64)) { sum, item in
          l[item.key].map { sum + item.value.rounded(to: 64) * $0 } ?? sum
        }
        return sum + (product - (i == j ? scale : Interval(0, precision: 64))).absoluteValue
      }
      return (8 * sum).upper <= scale.lower
    }
  }

  /// The solution of A x = -c sum over i of r_i w_i; nil where A is not proved to be invertible.
  private func solution(
    _ functionals: [Functional], _ matrix: [ContractiveFlow.Entry], _ given: [Interval], within budget: Budget
  ) throws -> [Interval]? {
    let n = given.count
    let zero = Interval(0, precision: precision)
    guard !functionals.isEmpty else { return given.map { _ in zero } }
    let (deflated, raised) = bordered(matrix, functionals, n)
    guard let system = try InvertibleMatrix(dimension: n, deflated, within: budget) else { return nil }
    var right = [Interval](repeating: zero, count: n)
    for (r, l) in zip(raised, functionals) {
      let weight = l.reduce(zero) { $0 + $1.value.enclosure(precision: precision) * given[$1.key] }
      for (row, a) in r { right[row] -= a * weight }
    }
    return try system.solution(right, precision: precision, within: budget)
  }

  /// The limit on a class of a set on which one state is at rest.
  private func resting(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], _ given: [Interval], within budget: Budget
  ) throws -> [Interval] {
    guard let found = try solution(traces(elements), matrix, given, within: budget) else {
      throw FlowLimit.failure(elements.count, matrix, proved: 1)
    }
    return found
  }

  /// The limit on a class of which nothing else is known.
  private func resting(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], _ given: [Interval], within budget: Budget,
    _ isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [Interval] {
    if matrix.isEmpty { return given }
    let n = elements.count
    try FlowLimit.checkSize(n)
    var functionals = traces(elements)
    for attempt in 0..<2 {
      if attempt == 1 {
        let found = try conserved(elements, matrix, isConserved)
        guard found.count > functionals.count else { break }
        functionals = found
      }
      let deflated = bordered(matrix, functionals, n).matrix
      guard try StableMatrix.isProved(dimension: n, deflated, within: budget) else { continue }
      if let found = try solution(functionals, matrix, given, within: budget) { return found }
    }
    throw FlowLimit.failure(n, matrix, proved: functionals.count)
  }

  /// The size of the elements of a matrix; one of zeros.
  private static func scale(_ matrix: [ContractiveFlow.Entry], _ n: Int) -> Double {
    let squares = matrix.reduce(0.0) {
      let value = $1.value.anchor?.double(rounding: .nearest) ?? 0
      return $0 + value * value
    }
    let scale = (squares / Double(n)).squareRoot()
    return scale > 0 ? scale : 1
  }

  /// About the greatest sum of magnitudes in a row.
  private static func greatestRowSum(_ matrix: [ContractiveFlow.Entry], _ n: Int) -> Double {
    var sums = [Double](repeating: 0, count: n)
    for entry in matrix { sums[entry.row] += abs(entry.value.anchor?.double(rounding: .nearest) ?? 0) }
    return sums.max() ?? 0
  }

  /// Functionals that are conserved exactly, guessed from the kernel in doubles: small fractions times small roots, as
  /// the elements of spins have them.
  func conserved(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], _ isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [Functional] {
    let transposed = FlowLimit.doubles(matrix, elements.count).transposed
    var found: [Functional] = []
    for vector in transposed.kernel(tolerance: FlowLimit.tolerance) {
      var guess: Functional = [:]
      for (place, value) in vector.enumerated() where abs(value) > FlowLimit.tolerance {
        guard let fraction = RootFraction(near: value) else { return [] }
        guess[place] = fraction
      }
      let functional = guess.reduce(into: Functional()) { $0[elements[$1.key]] = $1.value }
      guard try isConserved(functional, elements) else { return [] }
      found.append(guess)
    }
    return found
  }

  private static let tolerance = 1e-9

  private static func checkSize(_ n: Int) throws(Unanswered) {
    guard n <= StableMatrix.greatestSize else {
      throw Unanswered(
        beyond: "the limit of \(n) elements that feed one another; accepted: at most \(StableMatrix.greatestSize)")
    }
  }

  private static func doubles(_ matrix: [ContractiveFlow.Entry], _ n: Int) -> DoubleMatrix {
    var result = DoubleMatrix(zero: n)
    for entry in matrix { result[entry.row, entry.column] += entry.value.anchor?.double(rounding: .nearest) ?? 0 }
    return result
  }

  /// The most elements on which it is looked for why nothing is proved.
  private static let greatestDiagnosis = 600

  /// Why nothing is proved, as doubles have it.
  static func failure(_ n: Int, _ matrix: [ContractiveFlow.Entry], proved: Int) -> Unanswered {
    guard n <= greatestDiagnosis else {
      return Unanswered(undecided: "the state is not proved to come to rest on \(n) elements that feed one another")
    }
    let block = doubles(matrix, n)
    let still = block.kernel(tolerance: tolerance).count
    let turning = lasting(block).map { $0 - still } ?? 0
    if turning > 0 {
      return Unanswered(
        undecided: "the state is not proved to come to rest: \(turning) eigenvalues of the generator on its \(n) "
          + "elements appear on the imaginary axis beside zero, which turn for ever")
    }
    if still > proved {
      return Unanswered(
        undecided: "the limit depends on more of the start than is proved to be conserved: the generator on its \(n)"
          + " elements appears to have a kernel of dimension \(still), for \(proved) conserved quantities")
    }
    return Unanswered(
      undecided: "the state is not proved to come to rest: the \(n) elements decay too slowly to be told in doubles")
  }

  /// About the number of eigenvalues on the imaginary axis: the rank of a high power of Cayley's transform.
  private static func lasting(_ matrix: DoubleMatrix) -> Int? {
    let n = matrix.size
    let s = max((matrix.elements.reduce(0) { $0 + $1 * $1 } / Double(n)).squareRoot(), 0x1p-900)
    var shifted = matrix
    for k in shifted.elements.indices { shifted.elements[k] = -shifted.elements[k] }
    for k in 0..<n { shifted[k, k] += s }
    guard var power = try? shifted.inverse(within: Budget()) else { return nil }
    for k in power.elements.indices { power.elements[k] *= 2 * s }
    for k in 0..<n { power[k, k] -= 1 }
    for _ in 0..<32 { power = power * power }
    guard power.elements.allSatisfy(\.isFinite) else { return nil }
    return n - power.kernel(tolerance: 1e-4).count
  }
}
