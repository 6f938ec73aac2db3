import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// Random small spaces and random formulas in their operators.
struct RandomOperators {
  let factors: [Factor]

  /// Two or three factors of any kinds, families of two cells among them, of at most 40 states with six of each boson.
  init(_ random: inout SplitMix64) {
    var chosen: [Factor] = []
    repeat {
      chosen = (0..<2 + Int(random.next() % 2)).map { RandomOperators.factor("abc", $0, &random) }
    } while DenseSpace(factors: chosen, quanta: 6).dimension > 40
    factors = chosen
  }

  /// Two matrices, on one place or on two.
  private static func matrices(_ name: String, isFamily: Bool, _ random: inout SplitMix64) -> Factor.Kind {
    let dimensions = isFamily ? [2] : [[3], [2, 2], [1, 2]][Int(random.next() % 3)]
    let size = dimensions.reduce(1, *)
    func matrix(_ random: inout SplitMix64) -> SparseMatrix {
      SparseMatrix(
        size,
        (0..<1 + Int(random.next() % 7)).map { _ in
          let (row, column) = (Int(random.next() % UInt64(size)), Int(random.next() % UInt64(size)))
          let parts = [Int(random.next() % 5) - 2, Int(random.next() % 3) - 1].map { Rational(Integer($0), 2) }
          return (row, column, GaussianRational(parts[0], parts[1]))
        })
    }
    return .matrix(
      MatrixSpace(dimensions, [.init("\(name)_u", matrix(&random)), .init("\(name)_v", matrix(&random))]))
  }

  private static func factor(_ names: String, _ position: Int, _ random: inout SplitMix64) -> Factor {
    let name = String(Array(names)[position])
    let family = random.next() % 3 == 0 ? Factor.Size.number(2) : nil
    switch random.next() % 7 {
    case 0: return Factor(name, .boson)
    case 1: return Factor(name, .spin(twice: 1 + Int(random.next() % 5)))
    case 2: return Factor(name, .levels(1 + Int(random.next() % 3)), cells: family)
    case 3: return Factor(name, .qubit, cells: family)
    case 4: return Factor(name, matrices(name, isFamily: family != nil, &random), cells: family)
    default: return Factor(name, .fermion, cells: family)
    }
  }

  /// The text of a letter.
  func letter(_ random: inout SplitMix64) -> String {
    let factor = factors[Int(random.next() % UInt64(factors.count))]
    let cell = factor.cells == nil ? "" : "[\(random.next() % 2)]"
    switch factor.kind {
    case .boson, .fermion, .observable: return "\(factor.name)\(cell)\(random.next() % 2 == 0 ? "'" : "")"
    case .levels(let count):
      return "\(factor.name)(\(random.next() % UInt64(count)), \(random.next() % UInt64(count)))\(cell)"
    case .matrix:
      return "\(factor.name)_\(["u", "v"][Int(random.next() % 2)])\(cell)\(["", "'"][Int(random.next() % 2)])"
    case .qubit, .spin:
      return "\(factor.name)_\(["x", "y", "z", "p", "m"][Int(random.next() % 5)])\(cell)"
    }
  }

  /// A product of at most so many letters with a coefficient.
  func term(_ length: Int, _ random: inout SplitMix64) -> String {
    let coefficient = "(\(Int(random.next() % 7) - 3)/\(1 + random.next() % 3) + \(Int(random.next() % 5) - 2)*i)"
    let letters = (0..<Int(random.next() % UInt64(length + 1))).map { _ in letter(&random) }
    return ([coefficient] + letters).joined(separator: "*")
  }

  /// A sum of up to three products.
  func polynomial(_ length: Int, _ random: inout SplitMix64) -> String {
    (0...Int(random.next() % 3)).map { _ in term(length, &random) }.joined(separator: " + ")
  }
}
