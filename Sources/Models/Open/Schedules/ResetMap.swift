import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The reset of some sites: rho becomes the product of the rest's reduced state Tr_Q rho with a fresh state sigma of
/// the sites Q.
///
/// What the sites had in common with the rest is lost. Neither the partial trace nor the product with a state enlarges
/// the trace norm of a difference X of density matrices: |Tr_Q X|_1 <= |X|_1, since |Tr (A x 1) X| <= |X|_1 for all A
/// of norm 1, and |Y x sigma|_1 = |Y|_1 |sigma|_1 = |Y|_1. So the error of a state stays what it is.
struct ResetMap {
  let sites: [Int]
  /// The elements of sigma by the numbers of the sites.
  private let elements: [(row: [Int], column: [Int], value: ComplexInterval)]
  private let point: ModelPoint
  /// What was found for the places that were met last.
  private var plan: Plan?

  private struct Plan {
    let sources: [DensityBlock.Place]
    let targets: [DensityBlock.Place]
    /// Products that add up to the targets; of the conjugate of a source where that is meant.
    let terms: [(source: Int, isMirrored: Bool, target: Int, factor: ComplexInterval)]
  }

  /// The most elements of a fresh state.
  private static let greatestCount = 1 << 16

  init(_ reset: ScheduleDeclaration.Reset, _ point: ModelPoint, within budget: Budget) throws {
    self.point = point
    let frames = try StartState.frames(of: reset.fresh, point, within: budget)
    guard frames.allSatisfy({ !$0.isOpen }) else {
      throw Unanswered(
        beyond: reset.place.fault("a reset to a state without a last level; accepted: others").message)
    }
    sites = frames.flatMap(\.sites)
    func isFermion(_ site: Int) -> Bool { point.basis.factors[point.basis.factor(ofSite: site)].kind == .fermion }
    let fermions = (0..<point.basis.count).filter(isFermion)
    guard !sites.contains(where: isFermion) || fermions.allSatisfy(sites.contains) else {
      throw Unanswered(
        beyond: reset.place.fault("a reset of some fermions beside others; accepted: of all or none").message)
    }
    let one = ComplexInterval(
      Interval(1, precision: point.precision), Interval(0, precision: point.precision))
    var elements: [(row: [Int], column: [Int], value: ComplexInterval)] = [([], [], one)]
    for frame in frames {
      try budget.check()
      let own = try ResetMap.elements(frame, point)
      guard elements.count * own.count <= Self.greatestCount else {
        throw Unanswered(undecided: "a fresh state of more than \(Self.greatestCount) elements")
      }
      elements = elements.flatMap { known in
        own.map { (known.row + $0.row, known.column + $0.column, known.value * $0.value) }
      }
    }
    self.elements = elements
  }

  /// The elements of a state of some sites that are not zero by structure.
  private static func elements(
    _ frame: SiteFrame, _ point: ModelPoint
  ) throws -> [(row: [Int], column: [Int], value: ComplexInterval)] {
    struct Key: Hashable {
      let row: [Int]
      let column: [Int]
    }
    let ring = point.scalars
    let vectors = try frame.vectors.map { states in
      var products: [(numbers: [Int], value: ScalarPolynomial)] = [([], ring.one)]
      for state in states {
        products = try products.flatMap { known in
          try state.amplitudes.map { (known.numbers + [$0.key], try ring.product(known.value, $0.value)) }
        }
      }
      return products
    }
    var (exact, rough) = ([Key: ScalarPolynomial](), [Key: ComplexInterval]())
    for (row, column, number) in frame.coefficients {
      for (left, a) in vectors[row] {
        for (right, b) in vectors[column] {
          let key = Key(row: left, column: right)
          let product = try ring.product(a, ring.conjugate(b))
          if let c = number.exact {
            let value = try ring.product(c, product)
            exact[key] = exact[key].map { ring.sum($0, value) } ?? value
          } else {
            let value = number.value * (try ring.enclosure(product))
            rough[key] = rough[key].map { $0 + value } ?? value
          }
        }
      }
    }
    for (key, value) in exact where !ring.isZero(value) {
      let value = try ring.enclosure(value)
      rough[key] = rough[key].map { $0 + value } ?? value
    }
    guard rough.values.allSatisfy({ $0.isBounded && !$0.isEmpty }) else {
      throw NotToldYet(what: "an element of a fresh state")
    }
    return rough.map { ($0.key.row, $0.key.column, $0.value) }
  }

  /// The state after the reset.
  ///
  /// The elements that are stored, taken as exact, are mapped in enclosures; what these are off is added to the error.
  mutating func applied(to state: DensityElements, within budget: Budget) throws -> DensityElements {
    let known = try plan.flatMap { $0.sources == state.places ? $0 : nil } ?? found(state.places, within: budget)
    plan = known
    let precision = point.precision
    let stored = state.stored(precision: precision + 64)
    var sums = Array(repeating: ComplexInterval.zero(precision: precision + 64), count: known.targets.count)
    for (source, isMirrored, target, factor) in known.terms {
      let value = isMirrored ? stored[source].conjugate : stored[source]
      sums[target] = sums[target] + factor * value
    }
    return DensityElements(known.targets, error: state.numbers.error, precision: precision) { sums[$0] }
  }

  private func found(_ sources: [DensityBlock.Place], within budget: Budget) throws -> Plan {
    let basis = point.basis
    func placed(_ numbers: [Int], _ own: [Int]) -> BasisState? {
      var result = numbers
      for (site, number) in zip(sites, own) { result[site] = number }
      return basis.state(result)
    }
    var targets: [DensityBlock.Place: Int] = [:]
    var terms: [(source: Int, isMirrored: Bool, target: DensityBlock.Place, factor: ComplexInterval)] = []
    for (source, place) in sources.enumerated() {
      try budget.check()
      let (row, column) = (basis.numbers(of: place.row), basis.numbers(of: place.column))
      guard sites.allSatisfy({ row[$0] == column[$0] }) else { continue }
      // An element below the diagonal stands for its mirror image as well.
      let both = place.isDiagonal ? [(row, column, false)] : [(row, column, false), (column, row, true)]
      for (left, right, isMirrored) in both {
        for element in elements {
          guard let first = placed(left, element.row), let second = placed(right, element.column), first >= second
          else { continue }
          let target = DensityBlock.Place(row: first, column: second)
          targets[target] = 0
          terms.append((source, isMirrored, target, element.value))
        }
      }
      guard targets.count <= DensityBlock.greatestSize else { throw DensityBlock.limit.exceeded }
    }
    let order = targets.keys.sorted()
    for (index, place) in order.enumerated() { targets[place] = index }
    return Plan(
      sources: sources, targets: order,
      terms: terms.map { ($0.source, $0.isMirrored, targets[$0.target] ?? 0, $0.factor) })
  }
}
