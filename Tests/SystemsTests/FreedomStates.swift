import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

@testable import Catalogue
@testable import Systems

/// A state of the symmetric subspace of N cells, diagonal in the number of excited cells, in exact rationals.
struct SymmetricState {
  let cells: Int
  /// The population of each level 0 ... N.
  let populations: [Rational]

  var energy: Rational { populations.enumerated().reduce(0) { $0 + Rational($1.offset) * $1.element } }
  var purity: Rational { populations.reduce(0) { $0 + $1 * $1 } }
  var largest: Rational { populations.reduce(0) { max($0, $1) } }

  /// R from all 2^N levels one by one: the greatest population on the lowest level, and so on.
  var ratioByBruteForce: Rational {
    let levels = (0..<1 << cells).map(\.nonzeroBitCount).sorted()
    let passive = zip(levels, populations.sorted(by: >)).reduce(Rational(0)) { $0 + Rational($1.0) * $1.1 }
    return 1 - passive / energy
  }

  init(_ cells: Int, weights: [Int]) {
    let sum = Integer(weights.reduce(0, +))
    (self.cells, populations) = (cells, weights.map { Rational(Integer($0), sum) })
  }

  /// A state with a positive energy: random weights, equal ones, one far above the others, few levels, geometric ones, on levels in any order, in falling or
  /// in rising order.
  init(_ cells: Int, _ random: inout SplitMix64) {
    var weights = (0...cells).map { _ in Int(random.next() % 100) }
    switch random.next() % 7 {
    case 0: weights = weights.map { _ in 0 }
    case 1: weights[0] = 1_000_000
    case 2: weights = weights.map { _ in 1 }
    case 3:
      // Some equal ones and a rest: the states of the lower bound.
      let count = 1 + Int(random.next() % UInt64(cells + 1))
      for k in 0...cells { weights[k] = k < count ? 100 : 0 }
      if count <= cells { weights[count] = Int(random.next() % 101) }
    case 4:
      // One and equal ones: the states of the upper bound.
      let other = Int(random.next() % 101)
      for k in 0...cells { weights[k] = k == 0 ? 100 : other }
    case 5: for k in 0...cells { weights[k] = 1 << max(0, 40 - 3 * k) }
    default: break
    }
    if weights.allSatisfy({ $0 == 0 }) { weights[0] = 1 }
    weights.sort(by: >)
    switch random.next() % 3 {
    case 0: weights.reverse()
    case 1: weights.shuffle(using: &random)
    default: break
    }
    if weights.dropFirst().allSatisfy({ $0 == 0 }) { weights.swapAt(0, cells) }
    self.init(cells, weights: weights)
  }
}

/// A bound on R as an enclosure of 160 bits.
func freedomBound(_ name: String, _ cells: Int, _ e: String, _ purity: String? = nil, route: Int = 0) throws -> Interval
{
  let quantity = try Catalogue.builtIn.quantity(named: "freedom.\(name)")
  let given = [(name: "N", text: "\(cells)"), (name: "e", text: e)] + (purity.map { [(name: "P", text: $0)] } ?? [])
  let arguments = try Arguments(given, for: quantity)
  if quantity.isZero(arguments) == .certainlyTrue { return Interval(0, precision: 160) }
  return try quantity.routes[route].evaluate(arguments, 160, .init())
}
