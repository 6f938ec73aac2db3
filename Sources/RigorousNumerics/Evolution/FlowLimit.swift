import ArbitraryPrecision

/// The limit of a flow x' = Mx of a constant matrix as t goes to infinity, from one start.
///
/// Element j feeds element i where M_ij is not exactly zero. Classes of elements that feed one another, in both
/// directions and over others, stand in an order in which each is fed by earlier ones alone, and the eigenvalues of M
/// are those of its blocks M_C on the classes. Elements that the start does not reach stay zero and are left out.
///
/// - A class that feeds another one: all eigenvalues of M_C are proved to have negative real parts. Then x_C decays,
///   and y_C = integral of x_C over all times is the solution of M_C y_C = -x_C(0) - sum over D of M_CD y_D.
/// - A class that feeds no other one has conserved quantities: functionals l with l M_C = 0, exactly; the trace on it
///   is one. Let l_1 ... l_k be such functionals, and r_i vectors. The matrix A = M_C - c sum over i of r_i l_i maps
///   every l_j to -c sum over i of (l_j r_i) l_i, and on their common kernel, to which M_C leads, it is M_C. Where all
///   eigenvalues of A are proved to have negative real parts, those of M_C on that kernel have: M_C is invertible
///   there, every vector is one of it and one at rest, and the eigenvalue zero has as many dimensions as there are
///   independent l_i (A. Brauer, Duke Math. J. 19, 75, 1952). So x_C comes to rest, at the solution of
///
///       A x = -c sum over i of r_i w_i,    w_i = l_i x_C(0) + sum over D of l_i M_CD y_D,
///
///   w_i being what l_i x_C becomes: x_C at rest has M_C x = 0 and l_i x = w_i.
///
/// Nothing is proved of a class for which this does not come out: its limit is left undecided.
public struct FlowLimit: Sendable {
  /// A functional of the elements: numbers at indices.
  public typealias Functional = [Int: Rational]

  private let dimension: Int
  private let entries: [FractionMatrix.Entry]
  private let trace: Set<Int>
  private let precision: Int

  /// - Parameters:
  ///   - trace: indices of elements whose sum is conserved exactly.
  public init(_ flow: ContractiveFlow, trace: Set<Int>, precision: Int) {
    demand(flow.drive == nil, "FlowLimit: the matrix is constant")
    (dimension, entries) = (flow.dimension, flow.terms[0])
    (self.trace, self.precision) = (trace, precision)
  }

  /// The limit, each element within its error.
  ///
  /// - Parameter isConserved: whether a functional is zero on M x for every x in a set of elements, exactly.
  /// - Throws: ``Unanswered`` where the state is not proved to come to rest.
  public func limit(
    from start: [Interval], within budget: Budget, isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [Interval] {
    demand(start.count == dimension, "FlowLimit: the start has another dimension")
    let zero = Interval(0, precision: precision)
    var limit = start.map { _ in zero }
    /// What each element has been fed in all.
    var fed = start
    var targets = [[(row: Int, value: Interval)]](repeating: [], count: dimension)
    for entry in entries { targets[entry.column].append((entry.row, entry.value)) }
    for elements in try classes(targets, start, within: budget) {
      try budget.check()
      let places = elements.enumerated().reduce(into: [Int: Int]()) { $0[$1.element] = $1.offset }
      let matrix = elements.enumerated().flatMap { column, element in
        targets[element].compactMap { target in
          places[target.row].map { ContractiveFlow.Entry($0, column, target.value) }
        }
      }
      let given = elements.map { fed[$0] }
      guard elements.contains(where: { targets[$0].contains { places[$0.row] == nil } }) else {
        let rest = try resting(elements, matrix, given, within: budget, isConserved)
        for (element, value) in zip(elements, rest) { limit[element] = value }
        continue
      }
      try FlowLimit.checkSize(elements.count)
      guard let stable = try StableMatrix(dimension: elements.count, matrix, within: budget) else {
        throw FlowLimit.failure(elements.count, matrix, proved: 0)
      }
      let passed = try stable.solution(given.map { -$0 }, precision: precision, within: budget)
      for (element, value) in zip(elements, passed) {
        for (row, factor) in targets[element] where places[row] == nil { fed[row] += factor * value }
      }
    }
    return limit
  }

  /// The limit on a class that feeds no other one.
  private func resting(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], _ given: [Interval], within budget: Budget,
    _ isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [Interval] {
    if matrix.isEmpty { return given }
    let n = elements.count
    try FlowLimit.checkSize(n)
    var functionals: [[Int: Rational]] = []
    let diagonal = elements.indices.filter { trace.contains(elements[$0]) }
    // The whole sum is conserved, and what is here feeds nothing else.
    if !diagonal.isEmpty { functionals = [diagonal.reduce(into: [:]) { $0[$1] = 1 }] }
    for attempt in 0..<2 {
      if attempt == 1 {
        let found = try conserved(elements, matrix, isConserved)
        guard found.count > functionals.count else { break }
        functionals = found
      }
      let scale = FlowLimit.scale(matrix, n)
      // r_i is l_i over its square, in doubles: c r_i are the numbers that count.
      let raised = functionals.map { functional in
        let square = functional.values.reduce(Rational(0)) { $0 + $1 * $1 }
        return functional.compactMapValues { value in
          Interval(
            exactly: Interval(value / square, precision: 64).anchor.map { scale * $0.double(rounding: .nearest) } ?? 0,
            precision: precision)
        }
      }
      var deflated = matrix
      for (r, l) in zip(raised, functionals) {
        for (row, a) in r {
          for (column, b) in l { deflated.append(.init(row, column, -a * Interval(b, precision: precision))) }
        }
      }
      guard let stable = try StableMatrix(dimension: n, deflated, within: budget) else { continue }
      var right = [Interval](repeating: Interval(0, precision: precision), count: n)
      for (r, l) in zip(raised, functionals) {
        let weight = l.reduce(Interval(0, precision: precision)) {
          $0 + Interval($1.value, precision: precision) * given[$1.key]
        }
        for (row, a) in r { right[row] -= a * weight }
      }
      return try stable.solution(right, precision: precision, within: budget)
    }
    throw FlowLimit.failure(n, matrix, proved: functionals.count)
  }

  /// The size of the elements of a matrix.
  private static func scale(_ matrix: [ContractiveFlow.Entry], _ n: Int) -> Double {
    let squares = matrix.reduce(0.0) {
      let value = $1.value.anchor?.double(rounding: .nearest) ?? 0
      return $0 + value * value
    }
    return (squares / Double(n)).squareRoot()
  }

  /// Functionals that are conserved exactly, guessed from the kernel in doubles: fractions with small denominators.
  private func conserved(
    _ elements: [Int], _ matrix: [ContractiveFlow.Entry], _ isConserved: (Functional, _ on: [Int]) throws -> Bool
  ) throws -> [[Int: Rational]] {
    let transposed = FlowLimit.doubles(matrix, elements.count).transposed
    var found: [[Int: Rational]] = []
    for vector in transposed.kernel(tolerance: FlowLimit.tolerance) {
      var guess: [Int: Rational] = [:]
      for (place, value) in vector.enumerated() where abs(value) > FlowLimit.tolerance {
        guard let fraction = FlowLimit.fraction(value) else { return [] }
        guess[place] = fraction
      }
      let functional = guess.reduce(into: Functional()) { $0[elements[$1.key]] = $1.value }
      guard try isConserved(functional, elements) else { return [] }
      found.append(guess)
    }
    return found
  }

  /// The first fraction with a denominator up to 1000 that is near.
  private static func fraction(_ value: Double) -> Rational? {
    guard abs(value) < 1e6 else { return nil }
    for denominator in 1...1000 {
      let product = value * Double(denominator)
      if abs(product - product.rounded()) < tolerance * Double(denominator) {
        return Rational(Integer(Int(product.rounded())), Integer(denominator))
      }
    }
    return nil
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

  /// Why nothing is proved, as doubles have it.
  private static func failure(_ n: Int, _ matrix: [ContractiveFlow.Entry], proved: Int) -> Unanswered {
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
    guard var power = shifted.inverse else { return nil }
    for k in power.elements.indices { power.elements[k] *= 2 * s }
    for k in 0..<n { power[k, k] -= 1 }
    for _ in 0..<32 { power = power * power }
    guard power.elements.allSatisfy(\.isFinite) else { return nil }
    return n - power.kernel(tolerance: 1e-4).count
  }

  /// Classes of elements that the start reaches, each after those that feed it (Kosaraju).
  private func classes(
    _ targets: [[(row: Int, value: Interval)]], _ start: [Interval], within budget: Budget
  ) throws -> [[Int]] {
    var sources = [[Int]](repeating: [], count: dimension)
    var order: [Int] = []
    var isMet = [Bool](repeating: false, count: dimension)
    for first in 0..<dimension where !isMet[first] && !start[first].isExactZero {
      try budget.check()
      isMet[first] = true
      var path = [(element: first, next: 0)]
      while let (element, next) = path.last {
        guard next < targets[element].count else {
          order.append(element)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let row = targets[element][next].row
        if row != element { sources[row].append(element) }
        if !isMet[row] {
          isMet[row] = true
          path.append((row, 0))
        }
      }
    }
    var classes: [[Int]] = []
    for last in order.reversed() where isMet[last] {
      isMet[last] = false
      var (own, waiting) = ([Int](), [last])
      while let element = waiting.popLast() {
        own.append(element)
        for source in sources[element] where isMet[source] {
          isMet[source] = false
          waiting.append(source)
        }
      }
      classes.append(own.sorted())
    }
    return classes
  }
}
