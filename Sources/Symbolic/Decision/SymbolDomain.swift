import ArbitraryPrecision
import RandomInputs

/// The values for which a name in an identity stands.
public enum SymbolDomain: Sendable, Hashable {
  /// Any real number.
  case all
  /// Any positive real number.
  case positive
  /// Any real number from one rational to another.
  case between(Rational, Rational)
  /// Zero, or any positive real number.
  case nonNegative
  /// Any integer from 1.
  case integers
  /// Any integer from another one; nil for all integers.
  case integersFrom(Int?)

  /// Whether every value is above zero.
  public var isPositive: Bool {
    switch self {
    case .all, .nonNegative: false
    case .positive, .integers: true
    case .integersFrom(let least): (least ?? 0) > 0
    case .between(let low, _): low.signum > 0
    }
  }

  /// Whether every value is zero or above.
  public var isNotNegative: Bool {
    switch self {
    case .all: false
    case .positive, .integers, .nonNegative: true
    case .integersFrom(let least): least.map { $0 >= 0 } ?? false
    case .between(let low, _): low.signum >= 0
    }
  }

  /// Whether every value is an integer.
  public var isInteger: Bool {
    switch self {
    case .integers, .integersFrom: true
    case .all, .positive, .nonNegative, .between: false
    }
  }

  /// Whether a number is one of the values.
  func contains(_ value: Rational) -> Bool {
    switch self {
    case .all: true
    case .positive: value.signum > 0
    case .nonNegative: value.signum >= 0
    case .integers: value.integer.map { $0.signum > 0 } ?? false
    case .integersFrom(let least):
      value.integer.map { integer in least.map { (integer - Integer($0)).signum >= 0 } ?? true } ?? false
    case .between(let low, let high): low <= value && value <= high
    }
  }

  /// A random rational of the domain: small fractions, small integers, and numbers far out.
  func sample(_ random: inout SplitMix64) -> Rational {
    let size: Rational
    switch random.next() % 8 {
    case 0: size = Rational(Integer(Int(random.next() % 7)))
    case 1: size = Rational(Integer(1 + Int(random.next() % 40)), Integer(1 + Int(random.next() % 12)))
    case 2: size = Rational(Integer(1 + Int(random.next() % 1000)), Integer(1 + Int(random.next() % 7)))
    case 3: size = Rational(Integer(1 + Int(random.next() % 7)), Integer(1 + Int(random.next() % 1000)))
    default: size = Rational(Integer(1 + Int(random.next() % 4000)), Integer(1000 + Int(random.next() % 97)))
    }
    switch self {
    case .all: return random.next() % 2 == 0 ? size : -size
    case .positive: return size.signum == 0 ? 1 : size
    case .nonNegative: return size
    case .integers: return Rational(Integer(1 + Self.steps(&random)))
    case .integersFrom(let least):
      guard let least else {
        let steps = Self.steps(&random)
        return Rational(Integer(random.next() % 2 == 0 ? steps : -steps))
      }
      return Rational(Integer(least + Self.steps(&random)))
    case .between(let low, let high):
      // Parts of any size, the ends among them.
      let parts = 1 + Int(random.next() % 2000)
      return low + (high - low) * Rational(Integer(Int(random.next() % UInt64(parts + 1))), Integer(parts))
    }
  }

  /// Steps from the least integer, beyond the zeros of any polynomial that one would write, too.
  private static func steps(_ random: inout SplitMix64) -> Int {
    let greatest: UInt64 =
      switch random.next() % 4 {
      case 0, 1: 9
      case 2: 60
      default: 5000
      }
    return Int(random.next() % greatest)
  }
}
