import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// Two formulas in operators, to be compared.
public struct OperatorIdentity: Sendable {
  private let left: Expression
  private let right: Expression
  private let algebra: OperatorAlgebra
  private let numbers: [String: SymbolDomain]
  private let names: [String]
  private let size: Int?

  /// A question; the names that the algebra does not know are numbers.
  ///
  /// - Parameter size: the number of cells, where sums are written out; nil where it is a symbol.
  public init(
    _ left: Expression, _ right: Expression, algebra: OperatorAlgebra, domains: [String: SymbolDomain] = [:],
    size: Int? = nil
  ) {
    (self.left, self.right, self.algebra, self.size) = (left, right, algebra, size)
    // The number of cells is an integer, whatever else is said of it.
    numbers = algebra.cells.map { domains.merging([$0: .integers]) { $1 } } ?? domains
    let known = left.variables.union(right.variables).filter { !algebra.isOperator($0) }
    names = known.subtracting(["i"]).union(algebra.cells.map { [$0] } ?? []).union(algebra.lengthNames).sorted()
  }

  /// The answer: equal by normal order alone, different by the action on a state alone. Both ways are always tried, and
  /// must agree.
  public func decide(seed: UInt64 = 20_190_531) -> IdentityDecision {
    var unreadable: String?
    var isEqual = false
    do {
      isEqual = try SymbolicField.working(numbers) { field in
        var reader = OperatorReader(algebra.factors, field)
        let (a, b) = (try reader.normalForm(left), try reader.normalForm(right))
        return try reader.difference(a, b).isZero
      }
    } catch {
      unreadable = "\(error)"
    }
    var random = SplitMix64(seed: seed)
    var (tried, tooLong) = (0, 0)
    var sizes: Set<Int> = []
    for _ in 0..<(isEqual ? 4 * Identity.pointsOfProof : Identity.pointsOfSearch) {
      let outcome: Identity.Comparison
      let cells = self.cells(&random)
      do {
        outcome = try trial(&random, cells: cells)
      } catch {
        // Another size or state may take less; four in vain are enough.
        tooLong += 1
        if tooLong < 4 { continue }
        if tried > 0 { break }
        return .undecided("\(unreadable.map { "\($0); " } ?? "")the action on a state is too long for a trial")
      }
      sizes.insert(cells)
      switch outcome {
      case .agree: tried += 1
      case .undefined: continue
      case .differ(let witness):
        if isEqual { return .undecided("the normal orders are equal, but at \(witness.text) the actions differ") }
        return .different(witness)
      }
      if isEqual, tried == Identity.pointsOfProof { break }
    }
    if isEqual {
      return tried > 0 ? .equal(points: tried) : .undecided("no random point was found at which both sides are defined")
    }
    let reason = unreadable ?? "the normal orders differ"
    let range = algebra.cells.map { name in
      " for \(name) in \(sizes.sorted().map { "\($0)" }.joined(separator: ", "))"
    }
    return .undecided(
      tried > 0
        ? "\(reason); \(tried) random states\(range ?? "") show no difference" : "\(reason); no trial was possible")
  }

  /// A number of cells: small, or beyond the degree of the formulas in it, so that no polynomial in it vanishes at all
  /// that are tried.
  private func cells(_ random: inout SplitMix64) -> Int {
    if let size { return size }
    guard let name = algebra.cells else { return 1 }
    let degree = min(max(left.degree(in: name), right.degree(in: name)), OperatorIdentity.greatestDegree)
    return max(1 + Int(random.next() % UInt64(max(4, 2 * degree + 2))), leastCells)
  }

  /// The greatest degree in the number of cells that sizes are tried for.
  private static let greatestDegree = 40

  /// One more than the greatest number of a member in the formulas.
  private var leastCells: Int {
    // Numbers that fit no algebra are refused where the letter is read.
    left.variables.union(right.variables).reduce(0) { max($0, min(IndexedName($1).number ?? -1, 4095) + 1) }
  }

  /// The actions at one random point and state.
  private func trial(
    _ random: inout SplitMix64, cells: Int
  ) throws(StateAction.TooMuch) -> Identity.Comparison {
    // Enough quanta and steps that products of many lowering letters do not annihilate every state.
    let quanta = max(4, min(max(left.letters(algebra), right.letters(algebra)), 40))
    let anyLengths = algebra.factors.all.map { _ in 1 + Int(random.next() % UInt64(quanta)) }
    let small = algebra.lengthNames
    let point = names.map { name in
      guard name != algebra.cells else { return (name: name, value: Rational(cells)) }
      let domain = self.numbers[name] ?? .all
      return (name, small.contains(name) ? algebra.smallSample(domain, &random) : domain.sample(&random))
    }
    let values = point.reduce(into: [String: Rational]()) { $0[$1.name] = $1.value }
    guard let lengths = algebra.lengths(anyLengths, at: values) else { return .undefined }
    let bits = 512
    let context = ComplexContext(precision: bits)
    var numbers = values.mapValues { context.number($0) }
    numbers["i"] = context.imaginaryUnit
    let action = StateAction(algebra, cells: cells, lengths: lengths, values: numbers, bits: bits)
    let start = action.randomState(&random, quanta: quanta)
    let state: StateAction.State = [start: context.number(1).value]
    let (a, b): (StateAction.State, StateAction.State)
    do {
      (a, b) = (try action.apply(left, to: state), try action.apply(right, to: state))
    } catch let tooMuch as StateAction.TooMuch {
      throw tooMuch
    } catch {
      return .undefined
    }
    let zero = context.number(0).value
    for numbers in Set(a.keys).union(b.keys).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let (x, y) = (a[numbers] ?? zero, b[numbers] ?? zero)
      if x.real.isDisjoint(from: y.real) || x.imaginary.isDisjoint(from: y.imaginary) {
        let (left, right) = Identity.texts(x, y)
        let cells = algebra.cells == nil ? [] : [(name: "cells", value: Rational(cells))]
        return .differ(
          .init(
            point: point.filter { $0.name != algebra.cells } + cells,
            left: "takes the state \(start) to \(left) of \(numbers)", right: right))
      }
    }
    return .agree
  }
}

extension Expression {
  /// An upper bound of the degree in a name, where the formula is a polynomial in it; sums over cells count as one.
  fileprivate func degree(in name: String) -> Int {
    let parts = node.children.map { $0.degree(in: name) }
    switch node {
    case .variable(let own): return own == name ? 1 : 0
    case .product, .quotient, .operation(.commutator, _), .operation(.bracket, _): return min(parts.reduce(0, +), 1000)
    case .power(_, let n): return min(parts[0] * min(Swift.abs(n), 1000), 1000)
    case .operation(.sum, _): return min(parts[0] + 1, 1000)
    default: return parts.max() ?? 0
    }
  }

  /// The most letters in a product that the formula makes.
  fileprivate func letters(_ algebra: OperatorAlgebra) -> Int {
    let parts = node.children.map { $0.letters(algebra) }
    switch node {
    case .variable(let name): return algebra.isOperator(name) ? 1 : 0
    case .product, .operation(.commutator, _): return min(parts.reduce(0, +), 1000)
    case .power(_, let n): return min(parts[0] * min(max(n, 0), 1000), 1000)
    default: return parts.max() ?? 0
    }
  }
}
