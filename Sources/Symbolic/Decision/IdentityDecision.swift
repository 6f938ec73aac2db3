import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// Whether two formulas are equal wherever both are defined.
public enum IdentityDecision: Sendable {
  /// Equal by normal form; also tried at so many random exact points, where enclosures of both overlapped.
  case equal(points: Int)
  /// Not equal at a point, where enclosures exclude each other.
  case different(Witness)
  /// Neither was shown.
  case undecided(String)

  /// A point at which two formulas certainly differ.
  public struct Witness: Sendable {
    /// Names and exact values.
    public let point: [(name: String, value: Rational)]
    /// The enclosure of the left formula there.
    public let left: String
    /// The enclosure of the right formula there.
    public let right: String

    /// A point with the enclosures of both sides.
    public init(point: [(name: String, value: Rational)], left: String, right: String) {
      (self.point, self.left, self.right) = (point, left, right)
    }

    /// The point in a line.
    public var text: String { point.map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
  }
}

/// Two formulas in the same names, to be compared.
public struct Identity: Sendable {
  private let left: Expression
  private let right: Expression
  private let domains: [String: SymbolDomain]
  private let pairs: [CanonicalPair]
  private let names: [String]

  /// Random points for an identity, and for finding a witness.
  static let (pointsOfProof, pointsOfSearch) = (8, 64)
  /// Enclosures that overlap at so many bits are taken to agree: a trial, no proof.
  static let (firstBits, lastBits) = (96, 768)

  /// A question; names without a domain are real, and `i` is the imaginary unit.
  public init(
    _ left: Expression, _ right: Expression, domains: [String: SymbolDomain] = [:], canonicalPairs: [CanonicalPair] = []
  ) {
    (self.left, self.right, self.domains, pairs) = (left, right, domains, canonicalPairs)
    names = left.variables.union(right.variables).subtracting(["i"]).sorted()
  }

  /// The answer: equal by normal form alone, different by enclosures alone. Both ways are always tried, and must agree.
  public func decide(seed: UInt64 = 20_190_531) -> IdentityDecision {
    var unreadable: String?
    var isEqual = false
    do {
      isEqual = try SymbolicField.working(domains, canonicalPairs: pairs) { field in
        do {
          // Twice: roots that were met later may split those met first.
          for _ in 0..<2 {
            let (a, b) = (try field.normalForm(left), try field.normalForm(right))
            if try field.equals(a, b) { return true }
          }
          return false
        } catch let fault as OutsideFragment {
          throw Unreadable(expression: Expression(.difference(left, right)), reason: fault.description)
        }
      }
    } catch {
      unreadable = "\(error)"
    }
    var random = SplitMix64(seed: seed)
    var tried = 0
    guard let sides = left.withoutBrackets(pairs).flatMap({ a in right.withoutBrackets(pairs).map { (a, $0) } }) else {
      return .undecided("the formulas are too long for a trial")
    }
    for _ in 0..<(isEqual ? 4 * Identity.pointsOfProof : Identity.pointsOfSearch) {
      let point = names.map { (name: $0, value: (domains[$0] ?? .all).sample(&random)) }
      switch compare(sides.0, sides.1, at: point) {
      case .agree: tried += 1
      case .undefined: continue
      case .differ(let witness):
        // A rule that is no identity, or an enclosure that is wrong: never silently one or the other.
        if isEqual { return .undecided("the normal forms are equal, but at \(witness.text) the values differ") }
        return .different(witness)
      }
      if isEqual, tried == Identity.pointsOfProof { break }
    }
    if isEqual {
      return tried > 0
        ? .equal(points: tried) : .undecided("no random point was found at which both sides are defined")
    }
    if names.isEmpty, let zero = try? Constant(left - right).isZero, zero == .certainlyTrue {
      // Square roots of numbers have an exact decision of their own.
      return .equal(points: tried)
    }
    let reason = unreadable ?? "the normal forms differ, which proves nothing where roots or functions may be related"
    return .undecided(
      tried > 0 ? "\(reason); \(tried) random points show no difference" : "\(reason); no trial was possible")
  }

  /// What one trial says: no difference is seen, a side is not defined, or enclosures exclude each other.
  enum Comparison {
    case agree, undefined
    case differ(IdentityDecision.Witness)
  }

  private func compare(
    _ left: Expression, _ right: Expression, at point: [(name: String, value: Rational)]
  ) -> Comparison {
    var bits = Identity.firstBits
    while true {
      let context = ComplexContext(precision: bits)
      var values = ["i": context.imaginaryUnit]
      for (name, value) in point { values[name] = context.number(value) }
      guard let a = try? left.evaluate(in: context, variables: values),
        let b = try? right.evaluate(in: context, variables: values)
      else { return .undefined }
      if a.isDefined, b.isDefined {
        if a.value.real.isDisjoint(from: b.value.real) || a.value.imaginary.isDisjoint(from: b.value.imaginary) {
          let (x, y) = Identity.texts(a.value, b.value)
          return .differ(.init(point: point, left: x, right: y))
        }
        if bits >= Identity.lastBits { return .agree }
      } else if bits >= Identity.lastBits {
        return .undefined
      }
      bits *= 2
    }
  }

  /// Both enclosures with as many digits as it takes to see that they exclude each other.
  static func texts(_ a: ComplexInterval, _ b: ComplexInterval) -> (String, String) {
    let isReal = a.imaginary.certainSign == 0 && b.imaginary.certainSign == 0
    var digits = 12
    while digits < 400 {
      func isTold(_ x: Interval, _ y: Interval) -> Bool {
        guard let p = try? Interval(text: x.text(digits: digits), precision: 2048),
          let q = try? Interval(text: y.text(digits: digits), precision: 2048)
        else { return false }
        return p.isDisjoint(from: q)
      }
      if isTold(a.real, b.real) || isTold(a.imaginary, b.imaginary) { break }
      digits *= 2
    }
    func whole(_ x: ComplexInterval) -> String {
      isReal ? x.real.text(digits: digits) : "\(x.real.text(digits: digits)) + i*\(x.imaginary.text(digits: digits))"
    }
    return (whole(a), whole(b))
  }
}
