import ArbitraryPrecision
import RandomInputs

/// One choice of everything that a claim leaves open: values of parameters, a number of cells, lengths of spins.
///
/// Numbers are enclosures, so that two sides with disjoint enclosures certainly differ.
struct World {
  typealias Number = ComplexInterval

  /// Bits of the enclosures: 10^-30 beside numbers of a thousand is seen.
  static let precision = 320

  var values: [String: Number] = [:]
  var cells = 1
  var space = StateSpace()

  /// Whether two formulas, written out, have the same value or do the same to a few states; nil where one has none.
  func agree(_ left: Formula, _ right: Formula, _ random: inout SplitMix64) -> Bool? {
    guard space.holds(left) || space.holds(right) else {
      guard let a = value(left), let b = value(right) else { return nil }
      return (a - b).containsZero
    }
    for _ in 0..<2 {
      let state = [space.randomState(&random): World.exact(1)]
      guard let a = applying(left, to: state), let b = applying(right, to: state) else { return nil }
      let difference = a.merging(b.mapValues { -$0 }) { $0 + $1 }
      if difference.values.contains(where: { !$0.containsZero }) { return false }
    }
    return true
  }

  static func exact(_ value: Rational) -> Number {
    Number(Interval(value, precision: precision), Interval(0, precision: precision))
  }

  private static func real(_ value: Interval) -> Number { Number(value, Interval(0, precision: precision)) }

  static let imaginaryUnit = Number(Interval(0, precision: precision), Interval(1, precision: precision))

  /// The value of a formula without operators; nil where it has none, or may have none.
  func value(_ formula: Formula) -> Number? {
    switch formula {
    case .number(let value): return World.exact(Rational(value))
    case .name("pi"): return World.real(.pi(precision: World.precision))
    case .name("i"): return World.imaginaryUnit
    case .name(let name): return values[name]
    case .member(let family, let index): return values["\(family)[\(index)]"]
    case .negation(let a): return value(a).map { -$0 }
    case .adjoint(let a): return value(a)?.conjugate
    case .binary("^", let a, let n):
      guard let exponent = n.rational, let base = value(a) else { return nil }
      return World.power(base, exponent)
    case .binary(let sign, let a, let b):
      guard let x = value(a), let y = value(b) else { return nil }
      switch sign {
      case "+": return x + y
      case "-": return x - y
      case "*": return x * y
      default: return y.containsZero ? nil : x / y
      }
    case .call(let function, let arguments):
      let values = arguments.compactMap { value($0) }
      guard values.count == arguments.count else { return nil }
      if function == "exp" { return values[0].exponential }
      guard values.allSatisfy({ $0.imaginary.certainSign == 0 }) else { return nil }
      return World.call(function, values.map(\.real)).map(World.real)
    case .commutator: return World.exact(0)
    case .poisson, .sum, .derivative: return nil
    }
  }

  /// A whole power of any number, or a power of a positive one.
  private static func power(_ base: Number, _ exponent: Rational) -> Number? {
    guard exponent.integer != nil, let n = Int("\(exponent)"), abs(n) < 100 else {
      guard base.real.certainSign == 1, base.imaginary.certainSign == 0 else { return nil }
      return real((Interval(exponent, precision: precision) * base.real.logarithm).exponential)
    }
    guard n >= 0 || !base.containsZero else { return nil }
    let power = (0..<abs(n)).reduce(exact(1)) { product, _ in product * base }
    return n < 0 ? exact(1) / power : power
  }

  private static func call(_ function: String, _ x: [Interval]) -> Interval? {
    let positive = x[0].certainSign == 1
    switch function {
    case "sin": return x[0].sine
    case "cos": return x[0].cosine
    case "tan": return x[0].cosine.containsZero ? nil : x[0].sine / x[0].cosine
    case "atan": return x[0].arctangent
    case "log": return positive ? x[0].logarithm : nil
    case "sqrt": return positive || x[0].certainSign == 0 ? x[0].squareRoot : nil
    case "sinh": return x[0].hyperbolicSine
    case "cosh": return x[0].hyperbolicCosine
    case "tanh": return x[0].hyperbolicTangent
    case "abs": return x[0].absoluteValue
    case "max", "min":
      let (half, sign) = (
        Interval(Rational(1, 2), precision: precision), Interval(function == "max" ? 1 : -1, precision: precision)
      )
      return half * (x[0] + x[1] + sign * (x[0] - x[1]).absoluteValue)
    default: return nil
    }
  }
}

extension Formula {
  /// The rational that a formula of numbers is; nil for any other.
  var rational: Rational? {
    switch self {
    case .number(let value): return Rational(value)
    case .negation(let a): return a.rational.map { -$0 }
    case .binary(let sign, let a, let b):
      guard let x = a.rational, let y = b.rational else { return nil }
      switch sign {
      case "+": return x + y
      case "-": return x - y
      case "*": return x * y
      case "/": return y.signum == 0 ? nil : x / y
      default: return nil
      }
    default: return nil
    }
  }
}
