import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// Two operators on the states of a sector, by their action on basis states: an independent check of what elimination
/// finds.
///
/// A basis state belongs to the sector at a point when each conserved quantity takes it to its value times itself.
/// Between such states the two operators must have the same elements. Quantities that are not diagonal in the basis
/// leave nothing to try.
public struct SectorTrial: Sendable {
  private let algebra: OperatorAlgebra
  private let domains: [String: SymbolDomain]
  private let sector: [(quantity: Expression, value: Expression)]
  private let cells: ClosedRange<Int>

  /// What the trial says.
  public enum Result: Sendable, Hashable {
    /// No difference between so many states of the sector and all others in it.
    case agrees(states: Int)
    /// A difference.
    case differs
    /// No state of the sector was found.
    case nothingTried
  }

  /// A trial with numbers of cells from a range.
  public init(
    algebra: OperatorAlgebra, domains: [String: SymbolDomain], sector: [(quantity: Expression, value: Expression)],
    cells: ClosedRange<Int> = 1...4
  ) {
    (self.algebra, self.sector, self.cells) = (algebra, sector, cells)
    self.domains = algebra.cells.map { domains.merging([$0: .integers]) { $1 } } ?? domains
  }

  private static let (attempts, statesWanted) = (4000, 8)
  private static let bits = 512

  /// Compares two operators.
  public func compare(_ left: Expression, _ right: Expression, seed: UInt64 = 20_190_531) -> Result {
    var random = SplitMix64(seed: seed)
    let formulas = [left, right] + sector.flatMap { [$0.quantity, $0.value] }
    let names = formulas.reduce(into: Set<String>()) { $0.formUnion($1.variables) }
      .filter { !algebra.isOperator($0) && $0 != "i" }.union(algebra.cells.map { [$0] } ?? [])
      .union(algebra.lengthNames).sorted()
    var found = 0
    for _ in 0..<SectorTrial.attempts {
      guard let isEqual = try? trial(left, right, names, &random) else { continue }
      guard isEqual else { return .differs }
      found += 1
      if found == SectorTrial.statesWanted { break }
    }
    return found > 0 ? .agrees(states: found) : .nothingTried
  }

  /// Whether the elements from one random state agree; nil where it is not of the sector.
  private func trial(
    _ left: Expression, _ right: Expression, _ names: [String], _ random: inout SplitMix64
  ) throws -> Bool? {
    let count = Int.random(in: cells, using: &random)
    let anyLengths = algebra.factors.all.map { _ in 1 + Int(random.next() % 4) }
    let small = algebra.lengthNames
    var point = names.reduce(into: [String: Rational]()) { point, name in
      let domain = domains[name] ?? .all
      point[name] =
        name == algebra.cells
        ? Rational(Integer(count))
        : small.contains(name) ? algebra.smallSample(domain, &random) : domain.sample(&random)
    }
    guard let lengths = algebra.lengths(anyLengths, at: point) else { return nil }
    func action() -> StateAction {
      let context = ComplexContext(precision: SectorTrial.bits)
      var values = point.mapValues { context.number($0) }
      values["i"] = context.imaginaryUnit
      return StateAction(algebra, cells: count, lengths: lengths, values: values, bits: SectorTrial.bits)
    }
    let start = action().randomState(&random, quanta: 4)
    // Parameters of lengths stay, as the state is one of these lengths.
    for conserved in sector { try adjust(&point, to: conserved, start, action(), but: small) }
    let action = action()
    guard try isInside(start, action, point) else { return nil }
    let state: StateAction.State = [start: ComplexContext(precision: SectorTrial.bits).number(1).value]
    let (a, b) = (try action.apply(left, to: state), try action.apply(right, to: state))
    let zero = ComplexContext(precision: SectorTrial.bits).number(0).value
    for numbers in Set(a.keys).union(b.keys) where try isInside(numbers, action, point) {
      let (x, y) = (a[numbers] ?? zero, b[numbers] ?? zero)
      if x.real.isDisjoint(from: y.real) || x.imaginary.isDisjoint(from: y.imaginary) { return false }
    }
    return true
  }

  /// Whether a basis state is an eigenstate of all quantities with their values, as far as enclosures tell.
  private func isInside(_ numbers: [Int], _ action: StateAction, _ point: [String: Rational]) throws -> Bool {
    let context = ComplexContext(precision: SectorTrial.bits)
    let values = point.mapValues { context.number($0) }
    for conserved in sector {
      let value = try conserved.value.evaluate(in: context, variables: values)
      guard value.isDefined else { return false }
      var image = try action.apply(conserved.quantity, to: [numbers: context.number(1).value])
      image[numbers] = (image[numbers] ?? context.number(0).value) - value.value
      guard image.values.allSatisfy({ $0.real.containsZero && $0.imaginary.containsZero }) else { return false }
    }
    return true
  }

  /// Gives a name in a value that is linear in it the value for which a state is of the sector, where it may have that.
  private func adjust(
    _ point: inout [String: Rational], to conserved: (quantity: Expression, value: Expression), _ start: [Int],
    _ action: StateAction, but fixed: Set<String>
  ) throws {
    let context = ComplexContext(precision: SectorTrial.bits)
    let image = try action.apply(conserved.quantity, to: [start: context.number(1).value])
    guard let element = (image[start] ?? context.number(0).value).real.exactRational,
      let name = conserved.value.variables.sorted().first(where: { $0 != algebra.cells && !fixed.contains($0) })
    else { return }
    func value(_ x: Rational) -> Rational? {
      let values = point.merging([name: x]) { $1 }.mapValues { Expression.number($0) }
      return (try? Constant(conserved.value.substituting(values)))?.rational
    }
    guard let low = value(0), let high = value(1), let next = value(2), high != low, next - high == high - low else {
      return
    }
    let solution = (element - low) / (high - low)
    if (domains[name] ?? .all).contains(solution) { point[name] = solution }
  }
}

extension Interval {
  /// The number that an enclosure is, where it is one.
  fileprivate var exactRational: Rational? { isPoint ? lower.rational : nil }
}
